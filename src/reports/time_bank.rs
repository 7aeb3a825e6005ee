//! A volunteer's hours on paper: the statement of the time bank (时间银行),
//! to be signed by the centre.

use chrono::NaiveDate;
use chrono_tz::Tz;
use daycare_core::time::hour_minute;
use daycare_core::visit::State;
use daycare_core::volunteer::{ListedShift, Minutes};

use super::pdf::{self, Page};
use crate::error::Result;
use crate::i18n::{I18n, Lang};

/// The contents of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Name of the centre.
    pub centre: String,
    /// Full name.
    pub name: String,
    /// Team; empty for staff.
    pub team: String,
    /// First local day.
    pub from: NaiveDate,
    /// Last local day.
    pub to: NaiveDate,
    /// When it was written.
    pub made_on: NaiveDate,
    /// Shifts of the period.
    pub shifts: Vec<ListedShift>,
    /// Minutes served before the period.
    pub carried: u32,
    /// The centre's time zone.
    pub zone: Tz,
}

const PAPER: (f32, f32) = (210.0, 297.0);
const MARGIN: f32 = 15.0;
const ROW: f32 = 8.0;
const BOTTOM: f32 = 250.0;
const COLUMNS: [(f32, &str); 6] =
    [(15.0, "日期"), (50.0, "开始"), (70.0, "结束"), (92.0, "做什么"), (140.0, "时长"), (170.0, "累计")];

/// 1小时05分
#[must_use]
pub fn hours_words(minutes: u32) -> String {
    format!("{}小时{:02}分", minutes / 60, minutes % 60)
}

impl Statement {
    /// The statement as PDF, A4 upright.
    ///
    /// # Errors
    /// See [`pdf::write`].
    pub fn pdf(&self) -> Result<Vec<u8>> {
        let i18n = I18n::new(Lang::ZhHans);
        let mut pages = vec![self.head(&i18n)];
        let mut y = 62.0;
        let mut total = self.carried;
        let counted = self.shifts.iter().filter(|listed| listed.shift.state.counts());
        for listed in counted.clone() {
            if y + ROW > BOTTOM {
                pages.push(self.head(&i18n));
                y = 62.0;
            }
            total += listed.shift.minutes();
            self.line(pdf::last(&mut pages), y, listed, total, &i18n);
            y += ROW;
        }
        if counted.clone().next().is_none() {
            pdf::last(&mut pages).text((MARGIN, y + 6.0), 11.0, false, "这段时间没有服务记录");
            y += ROW;
        }
        if y > BOTTOM - 40.0 {
            pages.push(self.head(&i18n));
            y = 62.0;
        }
        self.sums(pdf::last(&mut pages), y + 4.0, total);
        let count = pages.len();
        for (at, page) in pages.iter_mut().enumerate() {
            let words = format!("第 {} 页，共 {count} 页", at + 1);
            page.text_centred((PAPER.0 / 2.0, 289.0), 9.0, false, &words);
        }
        pdf::write(PAPER, &format!("{} {}", self.centre, self.name), &pages)
    }

    fn head(&self, i18n: &I18n) -> Page {
        let mut page = Page::default();
        page.text((MARGIN, 22.0), 22.0, true, "志愿服务时间证明（时间银行）");
        page.text_right((PAPER.0 - MARGIN, 22.0), 11.0, false, &self.centre);
        page.text((MARGIN, 34.0), 14.0, true, format!("{}　{}", self.name, self.team));
        let period = format!(
            "{} {} 到 {} {}",
            self.from.format("%Y年"),
            i18n.month_day(self.from),
            self.to.format("%Y年"),
            i18n.month_day(self.to)
        );
        page.text((MARGIN, 42.0), 11.0, false, period);
        page.text_right(
            (PAPER.0 - MARGIN, 42.0),
            11.0,
            false,
            &format!("以前累计 {}", hours_words(self.carried)),
        );
        page.ground((MARGIN, 48.0), (PAPER.0 - 2.0 * MARGIN, 9.0), 228);
        for (x, words) in COLUMNS {
            page.text((x + 1.0, 54.0), 10.5, true, words);
        }
        page
    }

    fn line(&self, page: &mut Page, y: f32, listed: &ListedShift, total: u32, i18n: &I18n) {
        let shift = &listed.shift;
        let clock = |at: daycare_core::time::Moment| hour_minute(at.local(self.zone).time());
        let (end, length) = match (shift.state, shift.ended_at) {
            (State::Left, Some(end)) => (clock(end), hours_words(shift.minutes())),
            (State::Open, _) => ("还在".to_owned(), String::new()),
            _ => ("没记".to_owned(), "不计".to_owned()),
        };
        let duty = if listed.duty.is_empty() { "志愿服务" } else { listed.duty.as_str() };
        let cells = [
            format!("{} {}", shift.day.format("%Y"), i18n.month_day(shift.day)),
            clock(shift.started_at),
            end,
            duty.to_owned(),
            length,
            hours_words(total),
        ];
        for ((x, _), words) in COLUMNS.into_iter().zip(cells) {
            page.text((x + 1.0, y + 5.5), 10.5, false, words);
        }
        page.ground((MARGIN, y + ROW), (PAPER.0 - 2.0 * MARGIN, 0.15), 150);
    }

    fn sums(&self, page: &mut Page, y: f32, total: u32) {
        let by_duty = Minutes::by(&self.shifts, |listed| &listed.duty);
        let words: Vec<String> = by_duty
            .iter()
            .map(|group| {
                let name = if group.name.is_empty() { "志愿服务" } else { group.name.as_str() };
                format!("{name} {}", hours_words(group.minutes))
            })
            .collect();
        page.text((MARGIN, y + 5.0), 10.5, false, words.join("　"));
        page.text((MARGIN, y + 14.0), 14.0, true, format!("本期 {}", hours_words(total - self.carried)));
        page.text((105.0, y + 14.0), 14.0, true, format!("累计 {}", hours_words(total)));
        page.text(
            (MARGIN, y + 21.0),
            9.6,
            false,
            "结束没有记下的不计时，也不估算；改过的以改后的为准，原来的仍可查。",
        );
        page.text((MARGIN, y + 34.0), 11.0, false, "负责人签字：____________________　　盖章：");
        let made = format!("开具日期：{}", self.made_on);
        page.text_right((PAPER.0 - MARGIN, y + 34.0), 11.0, false, &made);
    }
}
