//! The report of a month, a year or any period, for the street office and the operating
//! organisation: one A4 page with a chart, tables with denominators and the counting rules;
//! and the same figures as a workbook.

mod half_width;
mod measures;

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use daycare_core::papers::{Audience, Contents};
use daycare_core::period::Period;
use daycare_core::statistics::{By, Group, Key, share};

use super::figures;
use super::pdf::{self, A4, GREY, Ink, MARGIN, Page, WIDTH};
use super::sheet::wrap;
use super::table::{Cell, Column, Table};
use super::time_bank::hours_words;
use super::xlsx;
use crate::error::Result;
use crate::graphics::bars::{self, Bar};
use crate::i18n::{I18n, Lang};
use half_width::{HalfWidth, two_columns};
use measures::LINE;

/// A report.
#[derive(Debug, Clone, PartialEq)]
pub struct PeriodReport {
    /// The figures.
    pub contents: Contents,
    /// Whom it is for.
    pub audience: Audience,
    /// Who made it; may be empty.
    pub made_by: String,
    /// When it was made, in local time.
    pub made_at: NaiveDateTime,
}

/// Left edge of the right column, in mm.
const SECOND: f32 = 108.5;
const BLUE: Ink = Ink(11, 74, 143);

impl PeriodReport {
    /// 2026年10月 服务月报
    #[must_use]
    pub fn title(&self) -> String {
        let period = self.contents.statistics.period;
        let year = period.from.year();
        if period.is_month() {
            format!("{year}年{}月 服务月报", period.from.month())
        } else if period.is_year() {
            format!("{year}年 服务年报")
        } else {
            "服务报表".to_owned()
        }
    }

    /// All figures as a workbook, one sheet per table, the summary first.
    ///
    /// # Errors
    /// See [`xlsx::workbook`].
    pub fn xlsx(&self) -> Result<Vec<u8>> {
        let i18n = I18n::new(Lang::ZhHans);
        let mut tables = vec![self.summary(&i18n)];
        for by in By::ALL {
            let of_operator = matches!(by, By::Service | By::Activity);
            let table = figures::table(&self.contents.statistics, Some(&self.contents.before), by, &i18n);
            if !table.rows.is_empty() && (!of_operator || self.audience == Audience::Operator) {
                tables.push(table);
            }
        }
        if self.audience == Audience::Operator {
            tables.push(self.teams());
            tables.push(self.incidents(&i18n));
        }
        xlsx::workbook(&tables)
    }

    fn summary(&self, i18n: &I18n) -> Table {
        let all = &self.contents.statistics;
        let line = |name: &str, value: Cell| vec![Cell::from(name), value];
        let mut rows = vec![
            line("开始", Cell::from(all.period.from.to_string())),
            line("结束", Cell::from(all.period.to.to_string())),
            line("人次", Cell::count(all.total.visits)),
            line("人数", Cell::count(all.total.people)),
            line("登记人数", Cell::count(all.registered)),
            line("来过的占登记", Cell::Share(share(all.total.people, all.registered))),
            line("有人来的天数", Cell::count(all.open_days)),
            line("平均每天人次", Cell::Number(f64::from(all.tenths_a_day()) / 10.0)),
            line("午餐份数", Cell::count(all.meals)),
            line("去年同期人次", Cell::count(self.contents.before.total.visits)),
            line("去年同期人数", Cell::count(self.contents.before.total.people)),
            line("关怀对象人数", Cell::count(self.contents.cared)),
            line("其中见到的人数", Cell::count(self.contents.cared_seen)),
            line("探访人次", Cell::count(self.contents.checks.visits)),
            line("没记离开的来访", Cell::count(all.not_recorded)),
            line("更正过的来访", Cell::count(all.corrected)),
        ];
        rows.push(line("校验号", Cell::from(self.check_number())));
        Table {
            title: self.title(),
            columns: vec![Column::new("项目", 44.0), Column::new("数", 24.0)],
            rows,
            total: None,
            note: i18n.tr("counting-rule"),
            charted: false,
        }
    }

    fn teams(&self) -> Table {
        let rows = self.contents.teams.iter().map(|team| {
            let name = if team.name.is_empty() { "工作人员" } else { team.name.as_str() };
            vec![
                Cell::from(name),
                Cell::count(team.people),
                Cell::count(team.shifts),
                Cell::Number(f64::from(team.minutes) / 60.0),
            ]
        });
        Table {
            title: "志愿服务".into(),
            columns: ["队", "人数", "班次", "小时"].map(|title| Column::new(title, 24.0)).into(),
            rows: rows.collect(),
            total: None,
            note: "结束没有记下的不计时，也不估算。".into(),
            charted: false,
        }
    }

    fn incidents(&self, i18n: &I18n) -> Table {
        let rows = self
            .contents
            .incidents
            .iter()
            .map(|(kind, count)| vec![Cell::Text(i18n.tr(kind.key())), Cell::count(*count)]);
        Table {
            title: "突发情况".into(),
            columns: vec![Column::new("类别", 30.0), Column::new("次数", 20.0)],
            rows: rows.collect(),
            total: None,
            note: String::new(),
            charted: false,
        }
    }

    /// The first eight digits of the audit trail's last seal, which identify the state of the
    /// records the report was made from.
    fn check_number(&self) -> String {
        let seal = self.contents.seal.to_uppercase();
        match (seal.get(..4), seal.get(4..8)) {
            (Some(first), Some(second)) => format!("{first}-{second}"),
            _ => "—".to_owned(),
        }
    }

    /// The report as PDF, A4 upright.
    ///
    /// # Errors
    /// See [`pdf::write`].
    pub fn pdf(&self) -> Result<Vec<u8>> {
        let i18n = I18n::new(Lang::ZhHans);
        let mut first = Page::default();
        self.head(&mut first);
        self.numbers(&mut first);
        self.chart(&mut first);
        let all = &self.contents.statistics;
        let mut purposes = HalfWidth::new("二、按事由", &["人次", "人数", "去年"], MARGIN);
        let before = self.contents.before.by(By::Purpose);
        let nothing_before = self.contents.before.total.visits == 0;
        purposes.rows = all
            .by(By::Purpose)
            .iter()
            .map(|group| {
                let old = before.iter().find(|old| old.key == group.key).map_or(0, |old| old.count.visits);
                let mut cells = numbers([group.count.visits, group.count.people]);
                cells.push(if nothing_before { "—".to_owned() } else { old.to_string() });
                (figures::key_words(&group.key, &i18n), cells)
            })
            .collect();
        let yards = self.people_table("三、按院落", By::Yard, SECOND, &i18n);
        let mut pages = vec![first];
        two_columns(&mut pages, || self.next_page(), [vec![purposes], vec![yards]], 122.0);
        self.more(&mut pages, &i18n);
        self.signatures(pdf::last(&mut pages));
        pages.iter_mut().for_each(|page| self.rules(page, &i18n));
        let made = self.made_at.format("%Y-%m-%d %H:%M");
        pdf::foot(&mut pages, &format!("{made} 生成 · 校验号 {}", self.check_number()));
        pdf::write(A4, &format!("{} {}", self.contents.centre, self.title()), &pages)
    }

    fn people_table(&self, title: &str, by: By, x: f32, i18n: &I18n) -> HalfWidth {
        let all = &self.contents.statistics;
        let mut half = HalfWidth::new(title, &["登记", "来过", "占比", "人次"], x);
        let cells = |group: &Group| {
            let share = Cell::Share(group.share()).words();
            let registered = group.registered.unwrap_or(0).to_string();
            vec![registered, group.count.people.to_string(), share, group.count.visits.to_string()]
        };
        half.rows =
            all.by(by).iter().map(|group| (figures::key_words(&group.key, i18n), cells(group))).collect();
        let total =
            Group { key: Key::Words(String::new()), count: all.total, registered: Some(all.registered) };
        half.total = Some(("合计".to_owned(), cells(&total)));
        half
    }

    /// Further tables: grids, ages, living situations; for the operator also services,
    /// activities, volunteers and incidents.
    fn more(&self, pages: &mut Vec<Page>, i18n: &I18n) {
        let mut left = vec![
            self.people_table("四、按网格", By::Grid, MARGIN, i18n),
            self.people_table("五、按年龄", By::Age, MARGIN, i18n),
        ];
        let mut right = vec![
            self.people_table("六、按居住情况", By::Living, SECOND, i18n),
            self.people_table("七、按性别", By::Sex, SECOND, i18n),
        ];
        if self.audience == Audience::Operator {
            for (title, by) in [("八、预约服务", By::Service), ("九、活动", By::Activity)] {
                let mut half = HalfWidth::new(title, &["人次", "人数"], MARGIN);
                let lines = self.contents.statistics.by(by).iter();
                half.rows = lines
                    .map(|g| (figures::key_words(&g.key, i18n), numbers([g.count.visits, g.count.people])))
                    .collect();
                left.push(half);
            }
            let mut teams = HalfWidth::new("十、志愿服务", &["人数", "时间"], SECOND);
            teams.rows = self
                .contents
                .teams
                .iter()
                .map(|team| {
                    let name = if team.name.is_empty() { "工作人员" } else { team.name.as_str() };
                    (name.to_owned(), vec![team.people.to_string(), hours_words(team.minutes)])
                })
                .collect();
            let mut incidents = HalfWidth::new("十一、突发情况", &["次数"], SECOND);
            incidents.rows = self
                .contents
                .incidents
                .iter()
                .map(|(kind, n)| (i18n.tr(kind.key()), numbers([*n])))
                .collect();
            right.push(teams);
            right.push(incidents);
        }
        pages.push(self.next_page());
        two_columns(pages, || self.next_page(), [left, right], 34.0);
    }

    fn next_page(&self) -> Page {
        let mut page = Page::default();
        page.text_in((MARGIN, 18.0), 10.5, false, GREY, self.contents.centre.clone());
        page.text_right((A4.0 - MARGIN, 18.0), 10.5, false, &self.title());
        page.ground((MARGIN, 21.0), (WIDTH, 0.4), 0);
        page
    }

    fn head(&self, page: &mut Page) {
        let Period { from, to } = self.contents.statistics.period;
        page.text_in((MARGIN, 18.0), 12.0, false, GREY, self.contents.centre.clone());
        page.text((MARGIN, 28.5), 25.0, true, self.title());
        let to_whom = match self.audience {
            Audience::Street => "报送：街道办事处",
            Audience::Operator => "报送：运营机构",
        };
        let right = A4.0 - MARGIN;
        page.text_right((right, 24.0), 10.5, false, to_whom);
        let days = format!("{} 到 {} · 有人来 {} 天", from, to, self.contents.statistics.open_days);
        page.text_right((right, 29.0), 10.5, false, &days);
        page.ground((MARGIN, 32.6), (WIDTH, 0.6), 0);
    }

    fn numbers(&self, page: &mut Page) {
        let all = &self.contents.statistics;
        let before = &self.contents.before;
        let share_words = |part, of| Cell::Share(share(part, of)).words();
        let change = match (before.total.visits, all.total.visits) {
            (0, _) => "去年没有记录".to_owned(),
            (old, new) if new >= old => format!("去年 {old}，多 {}", share_words(new - old, old)),
            (old, new) => format!("去年 {old}，少 {}", share_words(old - new, old)),
        };
        let busiest = all.busiest().map_or(String::new(), |(_, most)| format!("，最多一天 {most}"));
        let tenths = all.tenths_a_day();
        let of_registered = share_words(all.total.people, all.registered);
        let numbers = [
            ("人次", all.total.visits.to_string(), change),
            ("人数", all.total.people.to_string(), format!("登记 {}，占 {of_registered}", all.registered)),
            ("平均每天", format!("{}.{}", tenths / 10, tenths % 10), format!("人次{busiest}")),
            ("午餐", all.meals.to_string(), "份，一人一天一份".to_owned()),
            (
                "探访",
                share_words(self.contents.cared_seen, self.contents.cared),
                format!("关怀对象 {} 人", self.contents.cared),
            ),
        ];
        let step = WIDTH / 5.0;
        let mut x = MARGIN;
        for (name, number, below) in numbers {
            page.ground_in((x, 38.0), (0.8, 17.5), BLUE);
            page.text_in((x + 3.2, 41.5), 10.5, false, GREY, name);
            page.text((x + 3.2, 50.0), 23.0, true, number);
            let size = super::text::fitting(&below, step - 3.6, 9.6);
            page.text_in((x + 3.2, 55.2), size, false, GREY, below);
            x += step;
        }
    }

    /// The chart: bars per day for a period up to a month, else per month.
    fn bars(&self) -> (&'static str, Vec<Bar>) {
        let all = &self.contents.statistics;
        let Period { from, to } = all.period;
        if (to - from).num_days() <= 31 {
            let counts = |day: NaiveDate| {
                all.by(By::Day).iter().find(|g| g.key == Key::Day(day)).map_or(0, |g| g.count.visits)
            };
            let today = self.made_at.date();
            let bars = from.iter_days().take_while(|day| *day <= to).map(|day| {
                let value = counts(day);
                let closed = value == 0 && day <= today;
                Bar { label: day.day().to_string(), value, closed, ..Bar::default() }
            });
            return ("一、每天人次", bars.collect());
        }
        ("一、每月人次", month_bars(all, None, self.made_at.date()))
    }

    fn chart(&self, page: &mut Page) {
        let (title, bars) = self.bars();
        page.text((MARGIN, 66.0), 13.0, true, title);
        let (left, right, top, bottom) = (MARGIN + 9.0, A4.0 - MARGIN, 76.0, 109.0);
        let at = bars::layout(&bars, (left, right), (top, bottom));
        for (line, (y, value)) in at.grid.iter().enumerate() {
            page.ground_in((left, *y), (right - left, 0.2), if line == 0 { GREY } else { LINE });
            page.text_right((left - 2.0, y + 1.2), 9.6, false, &value.to_string());
        }
        for (bar, column) in bars.iter().zip(&at.columns) {
            let (x, width) = column.bar;
            if bar.closed {
                page.text_centred((column.x, bottom - 1.4), 9.6, false, "休");
            } else if bar.value > 0 {
                page.ground_in((x, column.top), (width, bottom - column.top), BLUE);
                if bar.unfinished {
                    let (inside, high) = (width - 1.2, bottom - column.top - 0.6);
                    if inside > 0.0 && high > 0.0 {
                        page.ground_in((x + 0.6, column.top + 0.6), (inside, high), Ink(230, 238, 248));
                    }
                }
            }
            if column.told {
                page.text_centred((column.x, column.top - 1.4), 9.6, true, &bar.value.to_string());
            }
            if column.labelled {
                page.text_centred((column.x, bottom + 4.6), 9.6, false, &bar.label);
            }
        }
    }

    fn rules(&self, page: &mut Page, i18n: &I18n) {
        let all = &self.contents.statistics;
        page.ground_in((MARGIN, 245.0), (WIDTH, 22.0), Ink(245, 242, 232));
        page.text((MARGIN + 3.0, 250.4), 9.6, true, "怎么算的");
        let rule = format!(
            "{}没记离开的来访 {} 次，已算入。更正过的 {} 次，按更正后的算，原记录都留着。",
            i18n.tr("counting-rule"),
            all.not_recorded,
            all.corrected
        );
        let mut y = 250.4;
        for (at, line) in wrap(&format!("　　　　　{rule}"), WIDTH - 6.0, 9.6).into_iter().enumerate() {
            let x = MARGIN + 3.0;
            let line = if at == 0 { line } else { line.trim_start().to_owned() };
            page.text_in((x, y), 9.6, false, GREY, line);
            y += 4.8;
        }
    }

    fn signatures(&self, page: &mut Page) {
        let who = if self.made_by.is_empty() { "______________" } else { self.made_by.as_str() };
        page.text(
            (MARGIN, 275.0),
            10.0,
            false,
            format!("填报人：{who}　　审核人：________________　　（盖章）"),
        );
        let made = self.made_at.date();
        let made = format!("填报日期：{}年{}月{}日", made.year(), made.month(), made.day());
        page.text_right((A4.0 - MARGIN, 275.0), 10.0, false, &made);
    }
}

/// One bar per month of a period, with the year before if it is compared.
#[must_use]
pub fn month_bars(
    all: &daycare_core::statistics::Statistics,
    before: Option<&daycare_core::statistics::Statistics>,
    today: NaiveDate,
) -> Vec<Bar> {
    let mut bars = Vec::new();
    // With several years the label includes the year.
    let several = all.period.from.year() != all.period.to.year();
    let label = |day: NaiveDate| {
        if several {
            format!("{:02}/{}", day.year() % 100, day.month())
        } else {
            format!("{}月", day.month())
        }
    };
    let mut month = Period::month_of(all.period.from);
    while month.from <= all.period.to {
        let of = |statistics: &daycare_core::statistics::Statistics, year: i32| {
            let key = Key::Month(year, month.from.month());
            statistics.by(By::Month).iter().find(|group| group.key == key).map_or(0, |g| g.count.visits)
        };
        bars.push(Bar {
            label: label(month.from),
            value: of(all, month.from.year()),
            before: before.map(|before| of(before, month.from.year() - 1)).filter(|old| *old > 0),
            closed: false,
            unfinished: (month.from..month.to).contains(&today),
        });
        let Some(next) = month.to.succ_opt() else { break };
        month = Period::month_of(next);
    }
    bars
}

fn numbers<const N: usize>(values: [u32; N]) -> Vec<String> {
    values.iter().map(u32::to_string).collect()
}
