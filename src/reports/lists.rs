//! Lists for the street office, a shift or the fire brigade, each as PDF and spreadsheet.

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use daycare_core::activity::enrolment::{Outcome, Participant};
use daycare_core::papers::PersonRecord;
use daycare_core::period::Period;
use daycare_core::resident::{Escort, Profile, masked_phone};
use daycare_core::roster::ListedResident;
use daycare_core::time::{Moment, hour_minute};
use daycare_core::visit::{State, VisitRow};
use daycare_core::welfare::{Cared, State as Standing, Why};
use serde::Serialize;

use super::figures::living_key;
use super::sheet::Sheet;
use super::table::{Cell, Column, Table};
use crate::i18n::{I18n, Lang};

/// Heading data common to all lists.
#[derive(Debug, Clone)]
pub struct PaperHead {
    /// Name of the centre.
    pub centre: String,
    /// When it is made.
    pub now: NaiveDateTime,
    /// The centre's time zone.
    pub zone: Tz,
}

/// Somebody in the building, with what matters for an evacuation.
#[derive(Debug, Clone, PartialEq)]
pub struct Inside {
    /// The resident, and since when they are here.
    pub listed: ListedResident,
    /// Uses a wheelchair.
    pub wheelchair: bool,
    /// May not hear the alarm.
    pub hearing: bool,
}

fn columns<const N: usize>(titles: [(&str, f32); N]) -> Vec<Column> {
    titles.into_iter().map(|(title, width)| Column::new(title, width)).collect()
}

fn named(profile: &Profile) -> String {
    format!("{}{}", profile.name, profile.called_by)
}

/// The text of a stored enum value; key such as `outcome-left-early`.
fn word(prefix: &str, value: &impl Serialize, i18n: &I18n) -> String {
    let name = serde_json::to_value(value).ok();
    let name = name.as_ref().and_then(|name| name.as_str()).unwrap_or_default().replace('_', "-");
    i18n.tr(&format!("{prefix}-{name}"))
}

impl PaperHead {
    fn sheet(&self, title: &str, about: String, tables: Vec<Table>, signed: bool) -> Sheet {
        Sheet { centre: self.centre.clone(), title: title.into(), about, tables, signed, made_at: self.now }
    }

    fn clock(&self, at: Moment) -> String {
        hour_minute(at.local(self.zone).time())
    }

    fn left(&self, row: &VisitRow) -> String {
        match (row.visit.state, row.visit.left_at) {
            (State::Open, _) => "还在".into(),
            (_, Some(at)) => self.clock(at),
            _ => "没记".into(),
        }
    }

    /// 签到表: who came on a day, with room for signatures.
    #[must_use]
    pub fn day(&self, day: NaiveDate, visits: &[VisitRow]) -> Sheet {
        let i18n = I18n::new(Lang::ZhHans);
        let mut people: Vec<_> = visits.iter().map(|row| row.visit.resident_id).collect();
        people.sort_unstable();
        people.dedup();
        let mut in_order: Vec<&VisitRow> = visits.iter().collect();
        in_order.sort_by_key(|row| row.visit.arrived_at);
        let rows = (1u32..).zip(in_order).map(|(number, row)| {
            vec![
                Cell::count(number),
                Cell::Text(format!("{}{}", row.name, row.called_by)),
                Cell::from(row.yard.as_str()),
                Cell::Text(self.clock(row.visit.arrived_at)),
                Cell::Text(self.left(row)),
                Cell::from(row.purposes.as_str()),
            ]
        });
        let table = Table {
            title: "签到表".into(),
            columns: columns([
                ("序号", 13.0),
                ("姓名", 34.0),
                ("院落", 38.0),
                ("到", 16.0),
                ("离开", 16.0),
                ("事由", 50.0),
            ]),
            rows: rows.collect(),
            total: None,
            note: format!("人次 {0}，人数 {0}。同一人同一天不论来几次只算一次。", people.len()),
            charted: false,
        };
        let about = format!("{} {}", day.format("%Y年"), i18n.day_line(day));
        self.sheet("签到表", about, vec![table], true)
    }

    /// 疏散名单: who is inside now, those who need help first.
    #[must_use]
    pub fn evacuation(&self, inside: &[Inside]) -> Sheet {
        let helped = |one: &Inside| {
            let escort = one.listed.resident.profile.escort == Escort::Staff;
            let needs = [(one.wheelchair, "坐轮椅"), (one.hearing, "听不见警报"), (escort, "要人陪")];
            needs.into_iter().filter(|(is, _)| *is).map(|(_, words)| words).collect::<Vec<_>>().join("、")
        };
        let mut in_order: Vec<&Inside> = inside.iter().collect();
        in_order.sort_by_key(|one| (helped(one).is_empty(), one.listed.resident.profile.pinyin.clone()));
        let rows = in_order.into_iter().map(|one| {
            let profile = &one.listed.resident.profile;
            vec![
                Cell::Tick,
                Cell::Text(named(profile)),
                Cell::Text(helped(one)),
                Cell::Text(one.listed.here_since.map(|at| self.clock(at)).unwrap_or_default()),
                Cell::Text(format!("{} {}", profile.contact_name, profile.contact_phone)),
            ]
        });
        let table = Table {
            title: "疏散名单".into(),
            columns: columns([
                ("点到", 13.0),
                ("姓名", 38.0),
                ("要帮忙", 40.0),
                ("几点来的", 22.0),
                ("家人电话", 58.0),
            ]),
            rows: rows.collect(),
            total: None,
            note: String::new(),
            charted: false,
        };
        let about = format!("{} 在里面 {} 人", self.now.format("%m-%d %H:%M"), inside.len());
        self.sheet("疏散名单", about, vec![table], false)
    }

    /// 出勤表: who came on which days of a period.
    #[must_use]
    pub fn attendance(&self, period: Period, visits: &[VisitRow]) -> Sheet {
        use std::collections::{BTreeMap, BTreeSet};
        let mut people: BTreeMap<_, (&VisitRow, BTreeSet<NaiveDate>)> = BTreeMap::new();
        for row in visits {
            let entry = people.entry(row.visit.resident_id).or_insert((row, BTreeSet::new()));
            let _ = entry.1.insert(row.visit.day);
        }
        let mut people: Vec<_> = people.into_values().collect();
        people.sort_by(|a, b| (b.1.len(), &a.0.yard, &a.0.name).cmp(&(a.1.len(), &b.0.yard, &b.0.name)));
        let in_one_month = period.from.format("%Y-%m").to_string() == period.to.format("%Y-%m").to_string();
        let words = |day: &NaiveDate| day.format(if in_one_month { "%-d" } else { "%-m/%-d" }).to_string();
        let mut visits = 0;
        let rows: Vec<Vec<Cell>> = people
            .iter()
            .map(|(row, days)| {
                let count = u32::try_from(days.len()).unwrap_or(0);
                visits += count;
                vec![
                    Cell::Text(format!("{}{}", row.name, row.called_by)),
                    Cell::from(row.yard.as_str()),
                    Cell::count(count),
                    Cell::Text(days.iter().map(words).collect::<Vec<_>>().join("、")),
                ]
            })
            .collect();
        let table = Table {
            title: "出勤表".into(),
            columns: columns([("姓名", 36.0), ("院落", 40.0), ("天数", 16.0), ("哪些天", 90.0)]),
            note: format!("人次 {visits}，人数 {}。同一人同一天不论来几次只算一次。", rows.len()),
            rows,
            total: None,
            charted: false,
        };
        self.sheet("出勤表", format!("{} 到 {}", period.from, period.to), vec![table], true)
    }

    /// 活动签到表: who signed up for one time of an activity, and who came.
    #[must_use]
    pub fn activity(&self, title: &str, about: &str, people: &[Participant]) -> Sheet {
        let i18n = I18n::new(Lang::ZhHans);
        let took_part = people.iter().filter(|p| p.enrolment.outcome.is_some_and(Outcome::took_part)).count();
        let rows = (1u32..).zip(people).map(|(number, one)| {
            let outcome = one.enrolment.outcome.map(|outcome| word("outcome", &outcome, &i18n));
            vec![
                Cell::count(number),
                Cell::Text(format!("{}{}", one.name, one.called_by)),
                Cell::from(one.yard.as_str()),
                outcome.map_or(Cell::Tick, Cell::Text),
                Cell::Text(one.enrolment.mood.map(|mood| word("mood", &mood, &i18n)).unwrap_or_default()),
                Cell::from(""),
            ]
        });
        let table = Table {
            title: "活动签到表".into(),
            columns: columns([
                ("序号", 13.0),
                ("姓名", 40.0),
                ("院落", 44.0),
                ("来了", 22.0),
                ("心情", 22.0),
                ("签字", 40.0),
            ]),
            rows: rows.collect(),
            total: None,
            note: format!("报名 {} 人，参加 {took_part} 人。", people.len()),
            charted: false,
        };
        self.sheet("活动签到表", format!("{title} {about}"), vec![table], true)
    }

    /// 备用签到表: a form to fill in by hand during a power cut: everybody expected, and empty lines.
    #[must_use]
    pub fn fallback(&self, day: NaiveDate, expected: &[ListedResident]) -> Sheet {
        const EMPTY: usize = 12;
        let i18n = I18n::new(Lang::ZhHans);
        let blank = || vec![Cell::from(""), Cell::from(""), Cell::from(""), Cell::from(""), Cell::from("")];
        let known = expected.iter().map(|listed| {
            let profile = &listed.resident.profile;
            let mut row = blank();
            row[0] = Cell::Text(named(profile));
            row[1] = Cell::from(profile.yard.as_str());
            row
        });
        let table = Table {
            title: "备用签到表".into(),
            columns: columns([("姓名", 40.0), ("院落", 42.0), ("到", 22.0), ("离开", 22.0), ("事由", 57.0)]),
            rows: known.chain((0..EMPTY).map(|_| blank())).collect(),
            total: None,
            note: "停电时手写；来电后在「来访记录 · 补录」里补进去，理由选「纸上补录」。".into(),
            charted: false,
        };
        let about = format!("{} {}", day.format("%Y年"), i18n.day_line(day));
        self.sheet("备用签到表", about, vec![table], false)
    }

    /// 上门单: whom to call or visit, with room for the result.
    #[must_use]
    pub fn welfare(&self, cared: &[&Cared], i18n: &I18n) -> Sheet {
        let rows = cared.iter().map(|one| {
            vec![
                Cell::Text(format!("{}{}", one.name, one.called_by)),
                Cell::Text(format!("{} {}", one.yard, one.door)),
                Cell::from(one.phone.as_str()),
                Cell::Text(why_words(one, i18n)),
                Cell::from(""),
            ]
        });
        let table = Table {
            title: "上门单".into(),
            columns: columns([
                ("姓名", 30.0),
                ("住址", 42.0),
                ("电话", 28.0),
                ("为什么", 50.0),
                ("结果（谁、几点）", 40.0),
            ]),
            rows: rows.collect(),
            total: None,
            note: i18n.tr("welfare-rule"),
            charted: false,
        };
        self.sheet("上门单", self.now.format("%Y-%m-%d").to_string(), vec![table], false)
    }

    /// 来访记录: rows as shown, with exact times.
    #[must_use]
    pub fn history(&self, about: String, visits: &[VisitRow]) -> Sheet {
        let rows = visits.iter().map(|row| {
            vec![
                Cell::Text(row.visit.day.to_string()),
                Cell::from(row.name.as_str()),
                Cell::from(row.called_by.as_str()),
                Cell::from(row.yard.as_str()),
                Cell::Text(self.clock(row.visit.arrived_at)),
                Cell::Text(self.left(row)),
                Cell::from(row.purposes.as_str()),
                Cell::from(if row.corrected { "改过" } else { "" }),
            ]
        });
        let table = Table {
            title: "来访记录".into(),
            columns: columns([
                ("日期", 24.0),
                ("姓名", 26.0),
                ("称呼", 18.0),
                ("院落", 34.0),
                ("到", 14.0),
                ("离开", 14.0),
                ("事由", 44.0),
                ("备注", 16.0),
            ]),
            rows: rows.collect(),
            total: None,
            note: String::new(),
            charted: false,
        };
        self.sheet("来访记录", about, vec![table], false)
    }

    /// 老人档案: one person's file.
    #[must_use]
    pub fn person(&self, record: &PersonRecord) -> Sheet {
        let i18n = I18n::new(Lang::ZhHans);
        let mut tables = vec![about_person(record, &i18n)];
        let list = |title: &str, columns: Vec<Column>, rows: Vec<Vec<Cell>>| Table {
            title: title.into(),
            columns,
            rows,
            ..Table::default()
        };
        let consents = record.consents.iter().map(|consent| {
            vec![
                Cell::Text(i18n.tr(consent.purpose.key())),
                Cell::from(if consent.given { "同意" } else { "不同意" }),
                Cell::Text(consent.decided_on.to_string()),
                Cell::from(consent.witness.as_str()),
                Cell::from(consent.guardian.as_str()),
            ]
        });
        let heads = [("事项", 40.0), ("决定", 20.0), ("日期", 26.0), ("见证人", 30.0), ("监护人", 30.0)];
        tables.push(list("同意书", columns(heads), consents.collect()));
        if let Some(readings) = &record.readings {
            let rows = readings.iter().map(|reading| {
                let at = reading.taken_at.local(self.zone);
                vec![
                    Cell::Text(at.format("%Y-%m-%d %H:%M").to_string()),
                    Cell::Text(word("kind", &reading.kind, &i18n)),
                    Cell::Text(format!("{} {}", reading.value.words(reading.kind), reading.kind.unit())),
                    Cell::from(reading.taken_by.as_str()),
                ]
            });
            let heads = [("时间", 40.0), ("项目", 30.0), ("数值", 40.0), ("量的人", 30.0)];
            tables.push(list("健康记录", columns(heads), rows.collect()));
        }
        let activities = record.activities.iter().map(|shown| {
            let outcome = shown.enrolment.outcome.map(|outcome| word("outcome", &outcome, &i18n));
            vec![
                Cell::Text(shown.starts_at.local(self.zone).format("%Y-%m-%d %H:%M").to_string()),
                Cell::from(shown.name.as_str()),
                Cell::Text(outcome.unwrap_or_default()),
            ]
        });
        let heads = [("时间", 40.0), ("活动", 60.0), ("参加", 30.0)];
        tables.push(list("活动", columns(heads), activities.collect()));
        let visits = record.visits.iter().map(|row| {
            vec![
                Cell::Text(row.visit.day.to_string()),
                Cell::Text(self.clock(row.visit.arrived_at)),
                Cell::Text(self.left(row)),
                Cell::from(row.purposes.as_str()),
            ]
        });
        let heads = [("日期", 30.0), ("到", 20.0), ("离开", 20.0), ("事由", 70.0)];
        tables.push(list("来访", columns(heads), visits.collect()));
        self.sheet("老人档案", named(&record.resident.profile), tables, false)
    }
}

fn about_person(record: &PersonRecord, i18n: &I18n) -> Table {
    let profile = &record.resident.profile;
    let plan = &record.care_plan;
    let born = profile.born_on.map(|born| i18n.birth(born)).unwrap_or_default();
    let living = profile.living.map(|living| i18n.tr(living_key(living))).unwrap_or_default();
    let needs = [
        (plan.hearing, "听力弱"),
        (plan.sight, "视力弱"),
        (plan.wheelchair, "坐轮椅"),
        (profile.escort == Escort::Staff, "要人送"),
    ];
    let needs: Vec<&str> = needs.into_iter().filter(|(is, _)| *is).map(|(_, words)| words).collect();
    let family = record.relatives.iter().map(|r| {
        let collects = if r.collects { "，可以接" } else { "" };
        format!("{}（{}{collects}）{}", r.name, r.relation, r.phone)
    });
    let contact = format!("{} {}", profile.contact_name, profile.contact_phone);
    let family: Vec<String> = std::iter::once(contact).chain(family).collect();
    let lines = [
        ("姓名", named(profile)),
        ("性别", profile.sex.map(|sex| word("sex", &sex, i18n)).unwrap_or_default()),
        ("出生", born),
        ("电话", profile.phone.clone()),
        ("住址", format!("{} {}（{}）", profile.yard, profile.door, profile.grid)),
        ("居住情况", living),
        ("过敏", plan.allergies.clone()),
        ("照护", needs.join("、")),
        ("照护备注", plan.notes.clone()),
        ("家人", family.join("；")),
        ("备注", profile.remark.clone()),
    ];
    Table {
        title: "基本情况".into(),
        columns: columns([("项目", 30.0), ("内容", 150.0)]),
        rows: lines.into_iter().map(|(name, value)| vec![Cell::from(name), Cell::Text(value)]).collect(),
        ..Table::default()
    }
}

/// Why a person is on the welfare list, in one sentence.
#[must_use]
pub fn why_words(one: &Cared, i18n: &I18n) -> String {
    let rhythm = one.verdict.rhythm.map_or((0, 0), |rhythm| (rhythm.per_week, rhythm.longest));
    let often = format!("{}.{}", rhythm.0 / 10, rhythm.0 % 10);
    let often = often.trim_end_matches(".0").to_owned();
    match one.verdict.why {
        Why::Rhythm { silent } => i18n.tr_with(
            "welfare-why-rhythm",
            &[("often", often.into()), ("longest", rhythm.1.into()), ("silent", silent.into())],
        ),
        Why::Off { silent, off } => {
            i18n.tr_with("welfare-why-off", &[("silent", silent.into()), ("off", off.into())])
        }
        Why::Duty { days: Some(days) } => {
            i18n.tr_with("welfare-why-duty", &[("days", days.into()), ("every", one.risk.days().into())])
        }
        Why::Duty { days: None } => i18n.tr("welfare-why-never"),
        Why::Away(until) => i18n.tr_with("welfare-why-away", &[("day", i18n.month_day(until).into())]),
        Why::Seen => i18n.tr("welfare-why-seen"),
    }
}

/// How often a person usually comes, in words.
#[must_use]
pub fn rhythm_words(one: &Cared, i18n: &I18n) -> String {
    let Some(rhythm) = one.verdict.rhythm else { return i18n.tr("welfare-no-rhythm") };
    let often = format!("{}.{}", rhythm.per_week / 10, rhythm.per_week % 10);
    let often = often.trim_end_matches(".0").to_owned();
    i18n.tr_with("welfare-rhythm", &[("often", often.into()), ("longest", rhythm.longest.into())])
}

/// A phone number with most digits hidden.
#[must_use]
pub fn hidden(phone: &str) -> String {
    if phone.is_empty() { String::new() } else { masked_phone(phone) }
}

/// Whether a person in this state still has to be checked on.
#[must_use]
pub fn is_open(state: Standing) -> bool {
    matches!(state, Standing::Missed | Standing::Due)
}
