//! The weekly activity plan as it hangs on the wall: weekday, from, until,
//! what, where, who, how many. Read as a person would read it.

use std::path::Path;

use chrono::{NaiveTime, Weekday};

use super::dates;
use super::outcome::{Reason, Rejected, Warning, WarningKind};
use super::table::{Row, Table, Words};
use crate::domain::activity::LONGEST_NAME;
use crate::domain::activity::repeat::weekday;
use crate::domain::text::tidy;
use crate::error::Result;

/// Columns of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// 星期
    Weekday,
    /// 开始
    Starts,
    /// 结束
    Ends,
    /// 活动
    Name,
    /// 地点
    Room,
    /// 负责
    LedBy,
    /// 名额
    Capacity,
}

const WORDS: &[Words<Field>] = &[
    (Field::Weekday, &["星期", "周几", "星期几", "周"]),
    (Field::Starts, &["开始", "开始时间", "时间", "时段"]),
    (Field::Ends, &["结束", "结束时间"]),
    (Field::Name, &["活动", "活动名称", "项目", "内容", "名称"]),
    (Field::Room, &["地点", "场地", "房间", "教室"]),
    (Field::LedBy, &["负责", "负责人", "带领", "带队", "老师", "组织"]),
    (Field::Capacity, &["名额", "人数", "容量"]),
];

/// One accepted row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Line or row in the file.
    pub line: u32,
    /// On which day of the week.
    pub weekday: Weekday,
    /// From.
    pub starts: NaiveTime,
    /// Until.
    pub ends: NaiveTime,
    /// What.
    pub name: String,
    /// Where; may be empty.
    pub room: String,
    /// Who leads, a team or a person; may be empty.
    pub led_by: String,
    /// Places; none is no limit.
    pub capacity: Option<u16>,
}

/// A plan as read.
#[derive(Debug, Clone)]
pub struct Roster {
    /// The file's rows, for the list of refusals.
    pub table: Table<Field>,
    /// Accepted rows.
    pub entries: Vec<Entry>,
    /// Refused rows.
    pub rejected: Vec<Rejected>,
    /// Warnings.
    pub warnings: Vec<Warning>,
}

impl Roster {
    /// Reads a plan.
    ///
    /// # Errors
    /// The file is missing, of another kind, or has no header.
    pub fn read(path: &Path) -> Result<Self> {
        Ok(Self::of(Table::read(path, WORDS, &[Field::Weekday, Field::Starts, Field::Name])?))
    }

    fn of(table: Table<Field>) -> Self {
        let (mut entries, mut rejected, mut warnings) = (vec![], vec![], vec![]);
        // A merged cell of the day stands only in its first row.
        let mut day = None;
        for row in &table.rows {
            match entry(&table, row, &mut day, &mut warnings) {
                Ok(entry) => entries.push(entry),
                Err(reason) => rejected.push(Rejected { line: row.line, reason }),
            }
        }
        Self { table, entries, rejected, warnings }
    }
}

fn entry(
    table: &Table<Field>,
    row: &Row,
    day: &mut Option<Weekday>,
    warnings: &mut Vec<Warning>,
) -> std::result::Result<Entry, Reason> {
    if table.is_header(row) {
        return Err(Reason::HeaderRow);
    }
    let cell = |field| table.cell(row, field);
    let written = cell(Field::Weekday);
    if !written.is_empty() {
        *day = weekday_of(&written);
    }
    let name = as_written(&cell(Field::Name));
    if name.is_empty() {
        return Err(Reason::NoActivity);
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(Reason::LongName);
    }
    let weekday = day.ok_or(Reason::NoWeekday)?;
    // 「09:30-10:30」 in one cell is from and until.
    let starts = cell(Field::Starts);
    let (from, until) = match starts.split_once(['-', '–', '—', '~', '～', '至', '到']) {
        Some((from, until)) => (from.to_owned(), until.to_owned()),
        None => (starts, cell(Field::Ends)),
    };
    let starts = dates::time(&from)?.ok_or(Reason::NoStart)?;
    let ends = if let Some(ends) = dates::time(&until)? {
        ends
    } else {
        warnings.push(Warning { line: row.line, kind: WarningKind::NoEnd });
        starts.overflowing_add_signed(chrono::Duration::hours(1)).0
    };
    if ends <= starts {
        return Err(Reason::EndsBeforeStarting);
    }
    let written = cell(Field::Capacity);
    let capacity = number(&written);
    if capacity.is_none() && !written.is_empty() && !["不限", "无", "—", "-"].contains(&written.as_str())
    {
        warnings.push(Warning { line: row.line, kind: WarningKind::UnknownCapacity });
    }
    Ok(Entry {
        line: row.line,
        weekday,
        starts,
        ends,
        name,
        room: cell(Field::Room),
        led_by: cell(Field::LedBy),
        capacity,
    })
}

const WEEKDAYS: [&[&str]; 7] = [
    &["一", "1", "mon", "monday"],
    &["二", "2", "tue", "tuesday"],
    &["三", "3", "wed", "wednesday"],
    &["四", "4", "thu", "thursday"],
    &["五", "5", "fri", "friday"],
    &["六", "6", "sat", "saturday"],
    &["日", "天", "7", "sun", "sunday"],
];

/// Tidying made every sign narrow; on a poster Chinese words have wide ones.
fn as_written(words: &str) -> String {
    let chinese = words.chars().any(|c| c >= '\u{2e80}');
    if !chinese {
        return words.to_owned();
    }
    words.replace(':', "：").replace('(', "（").replace(')', "）").replace(',', "，")
}

/// 一, 周一, 星期天, 礼拜日, 1, Mon.
fn weekday_of(written: &str) -> Option<Weekday> {
    let short = written
        .trim_start_matches("星期")
        .trim_start_matches("礼拜")
        .trim_start_matches('周')
        .trim_start_matches('週');
    let short = tidy(short).to_lowercase();
    WEEKDAYS.iter().position(|names| names.contains(&short.as_str())).map(weekday)
}

/// The number in 「20」, 「20人」, 「约20人」, 「二十」.
fn number(written: &str) -> Option<u16> {
    let digits: String =
        written.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    if let Ok(number) = digits.parse::<u16>() {
        return (number > 0).then_some(number);
    }
    let value = |c: char| "一二三四五六七八九".chars().position(|known| known == c).map(|at| at + 1);
    let hanzi: String = written.chars().filter(|c| *c == '十' || value(*c).is_some()).collect();
    let number = match hanzi.split_once('十') {
        Some((tens, ones)) => {
            let tens = tens.chars().next().map_or(Some(1), value)?;
            tens * 10 + ones.chars().next().map_or(Some(0), value)?
        }
        None => value(hanzi.chars().next()?)?,
    };
    u16::try_from(number).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Roster {
        let table = Table::parse(text.as_bytes(), WORDS, &[Field::Weekday, Field::Starts, Field::Name])
            .expect("read");
        Roster::of(table)
    }

    #[test]
    fn a_plan_is_read_as_a_person_would_read_it() {
        let plan = read(
            "星期,开始,结束,活动,地点,负责,名额\n\
             一,09:30,10:30,太极拳,院坝,康乐服务队,20\n\
             ,14点半,下午4:30,象棋,棋牌室,,约12人\n\
             周三,9：00-11：00,,讲座：冬季(血压),多功能厅,何老师,二十\n\
             星期天,10:00,,电影,多功能厅,,\n",
        );
        assert!(plan.rejected.is_empty(), "{:?}", plan.rejected);
        let days: Vec<_> = plan.entries.iter().map(|e| (e.weekday, e.capacity)).collect();
        assert_eq!(
            days,
            [
                (Weekday::Mon, Some(20)),
                (Weekday::Mon, Some(12)),
                (Weekday::Wed, Some(20)),
                (Weekday::Sun, None)
            ]
        );
        assert_eq!(plan.entries[2].name, "讲座：冬季（血压）");
        assert_eq!(plan.entries[1].ends.to_string(), "16:30:00");
        assert_eq!(plan.entries[2].ends.to_string(), "11:00:00");
        assert_eq!(plan.warnings, [Warning { line: 5, kind: WarningKind::NoEnd }]);
    }

    #[test]
    fn complaint_30_what_cannot_be_read_is_refused_with_its_row_and_reason() {
        let plan = read(
            "星期,开始,结束,活动,名额\n\
             八,09:30,10:30,太极拳,20\n\
             一,25:00,10:30,太极拳,20\n\
             一,,10:30,太极拳,20\n\
             一,10:30,09:30,太极拳,20\n\
             一,09:30,10:30,,20\n\
             一,09:30,10:30,太极拳,好多\n",
        );
        let reasons: Vec<_> = plan.rejected.iter().map(|r| (r.line, r.reason)).collect();
        assert_eq!(
            reasons,
            [
                (2, Reason::NoWeekday),
                (3, Reason::ImpossibleTime),
                (4, Reason::NoStart),
                (5, Reason::EndsBeforeStarting),
                (6, Reason::NoActivity)
            ]
        );
        assert_eq!(plan.entries.len(), 1);
        assert_eq!(plan.warnings[0].kind, WarningKind::UnknownCapacity);
    }
}
