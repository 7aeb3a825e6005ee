//! Reads a weekly activity plan as posted on the wall: weekday, start, end, activity, place,
//! leader, places.

use std::path::Path;

use chrono::Weekday;
use daycare_core::activity::LONGEST_NAME;
use daycare_core::import::outcome::{Doubt, Reason, Rejected, Warning, WarningKind};
use daycare_core::import::rows::{ActivityRow, Rows};
use daycare_core::text::tidy;

use super::cell::{Cell, Kind};
use super::dates;
use super::table::{self, Layout, Part, Table, Words};
use super::weekdays::{is_not_weekly, weekdays_of};
use super::workbook::{self, Row, Wrong};
use crate::error::{FileFault, Result};

/// Columns of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// 星期
    Weekday,
    /// 时段: 上午, 下午
    Half,
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
    (Field::Weekday, &["星期", "周几", "星期几", "周", "日期", "哪天"]),
    (Field::Starts, &["开始", "开始时间", "时间", "时段"]),
    (Field::Half, &["时段", "上午/下午", "上下午", "午别"]),
    (Field::Ends, &["结束", "结束时间"]),
    (Field::Name, &["活动", "活动名称", "项目", "内容", "名称"]),
    (Field::Room, &["地点", "场地", "房间", "教室"]),
    (Field::LedBy, &["负责", "负责人", "带领", "带队", "老师", "组织"]),
    (Field::Capacity, &["名额", "人数", "容量"]),
];

static LAYOUT: Layout<Field> = Layout {
    words: WORDS,
    subject: Field::Weekday,
    needed: &[Field::Weekday, Field::Starts, Field::Name],
    own: &[],
    by_sheet: None,
    group: |word| word,
    settle: |_, _| {},
};

/// A plan that was read; nothing is saved yet.
#[derive(Debug, Clone)]
pub struct ActivityPlan {
    /// The file's rows, for the list of refused rows.
    pub table: Table<Field>,
    /// The activities that were read, with refused rows and warnings.
    pub rows: Rows<ActivityRow>,
}

impl ActivityPlan {
    /// Reads a plan laid out as a list or as a grid of weekdays and times.
    ///
    /// # Errors
    /// The file is missing, is not a table, or has no header of this kind.
    pub fn read(path: &Path) -> Result<Self> {
        Self::parse(&table::bytes_of(path)?).map_err(|(fault, detail)| table::bad(path, fault, detail))
    }

    /// As [`ActivityPlan::read`], from bytes.
    ///
    /// # Errors
    /// The bytes are not a table, or have no header of this kind.
    pub fn parse(bytes: &[u8]) -> std::result::Result<Self, Wrong> {
        let as_grid = || {
            let lists = workbook::read(bytes)?.iter().filter_map(super::grid::as_list).collect();
            Table::among(lists, &LAYOUT)
        };
        let table = match Table::of(bytes, &LAYOUT) {
            Err((FileFault::NoHeader, columns)) => {
                as_grid().map_err(|_: Wrong| (FileFault::NoHeader, columns))?
            }
            read => read?,
        };
        Ok(Self::of(table))
    }

    fn of(table: Table<Field>) -> Self {
        let mut rows = table.rows();
        for part in &table.parts {
            // The weekday may be written only in the first of its rows, even without merged cells.
            let mut days = None;
            for row in &part.rows {
                match entry(part, row, &mut days, &mut rows.warnings) {
                    Ok(entry) => rows.entries.push(entry),
                    Err(reason) => rows.rejected.push(Rejected { at: part.at(row), reason }),
                }
            }
        }
        Self { table, rows }
    }
}

fn entry(
    part: &Part<Field>,
    row: &Row,
    days: &mut Option<Vec<Weekday>>,
    warnings: &mut Vec<Warning>,
) -> std::result::Result<ActivityRow, Reason> {
    let cell = |field| part.cell(row, field);
    let mut warn = |kind| warnings.push(Warning { at: part.at(row), kind });
    if let Some(reason) = part.beside_the_table(row) {
        return Err(reason);
    }
    let written = cell(Field::Weekday);
    if is_not_weekly(&written) || is_not_weekly(&part.name) {
        return Err(Reason::NotWeekly);
    }
    // Under 日期 digits are a date: 3/5 is the fifth of March, not Wednesday and Friday.
    let date = part.title(Field::Weekday) == "日期" && written.chars().any(|c| c.is_ascii_digit());
    if !written.is_empty() {
        *days = weekdays_of(&written).filter(|_| !date);
    }
    let name = as_written(&cell(Field::Name));
    if name.is_empty() {
        return Err(Reason::NoActivity);
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(Reason::NameTooLong);
    }
    let weekdays = days.clone().ok_or(Reason::NoWeekday)?;
    // One cell may hold start and end: 「09:30-10:30」.
    let (starts, ends) = (part.raw(row, Field::Starts), part.raw(row, Field::Ends));
    let (from, until) = match tidy(&starts.text).split_once(UNTIL) {
        Some((from, until)) => (Cell::typed(from), Cell::typed(until.trim_start_matches(UNTIL))),
        None => (starts, ends),
    };
    let half = cell(Field::Half);
    // 「下午2:30-4:00」 says the half of the day once.
    let half = if half.is_empty() && is_afternoon(&from.text) { "下午".to_owned() } else { half };
    let (from, until) = (in_half(from, &half), in_half(until, &half));
    let dots = dates::dots(part.column_cells(Field::Starts).chain(part.column_cells(Field::Ends)));
    let (starts, mut doubt) = dates::time(&from, dots)?.ok_or(Reason::NoStartTime)?;
    let ends = if let Some((ends, unsure)) = dates::time(&until, dots)? {
        doubt = doubt.or(unsure);
        ends
    } else {
        warn(WarningKind::NoEnd);
        starts.overflowing_add_signed(chrono::Duration::hours(1)).0
    };
    if ends <= starts {
        return Err(Reason::EndsBeforeStarting);
    }
    let written = cell(Field::Capacity);
    let capacity = number(&written);
    if capacity.is_none() && !written.is_empty() && !["不限", "无", "—", "-"].contains(&written.as_str())
    {
        warn(WarningKind::UnknownCapacity);
    }
    let (room, led_by) = (cell(Field::Room), cell(Field::LedBy));
    // The second line of a cell of a grid.
    if row.cell > 0 && !room.is_empty() && !is_place(&room) {
        doubt = doubt.or(Some(Doubt::TwoActivities));
    }
    Ok(ActivityRow { at: part.at(row), weekdays, starts, ends, name, room, led_by, capacity, doubt })
}

/// What stands between the beginning and the end.
const UNTIL: [char; 7] = ['-', '–', '—', '~', '～', '至', '到'];

fn is_afternoon(words: &str) -> bool {
    ["下午", "晚"].iter().any(|word| words.contains(word))
}

/// A time with the half of the day that stands beside it.
fn in_half(time: Cell, half: &str) -> Cell {
    let said = ["上午", "下午", "中午", "早", "晚"].iter().any(|word| time.text.contains(word));
    let half = if is_afternoon(half) {
        "下午"
    } else if half.contains("上午") || half.contains('早') {
        "上午"
    } else {
        return time;
    };
    if said || time.is_empty() || matches!(time.kind, Kind::Stamp(_) | Kind::Number(_)) && half == "上午" {
        return time;
    }
    match time.kind {
        // As text, a time of the spreadsheet can carry the word.
        Kind::Stamp(at) => Cell::typed(&format!("{half}{}", at.format("%H:%M"))),
        Kind::Number(_) => time,
        Kind::Text | Kind::Formula => Cell::typed(&format!("{half}{}", tidy(&time.text))),
    }
}

/// Whether words name a place in a house.
fn is_place(words: &str) -> bool {
    const ENDS: &[&str] = &[
        "室", "厅", "院", "坝", "楼", "房", "场", "园", "堂", "馆", "中心", "处", "层", "台", "站", "亭",
        "街", "路", "店", "角", "区", "棚", "廊",
    ];
    ENDS.iter().any(|end| words.ends_with(end)) || words.starts_with(['在', '@'])
}

/// Restores full-width punctuation, which tidying made half-width, for Chinese names on
/// posters.
fn as_written(words: &str) -> String {
    let chinese = words.chars().any(|c| c >= '\u{2e80}');
    if !chinese {
        return words.to_owned();
    }
    words.replace(':', "：").replace('(', "（").replace(')', "）").replace(',', "，")
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
    use daycare_core::import::outcome::At;

    fn read(text: &str) -> ActivityPlan {
        ActivityPlan::parse(text.as_bytes()).expect("read")
    }

    #[test]
    fn several_days_in_one_cell_are_all_read() {
        let days =
            |text: &str| weekdays_of(text).map(|days| days.iter().map(Weekday::number_from_monday).collect());
        for (text, want) in [
            ("周一、周三", vec![1, 3]),
            ("周一三五", vec![1, 3, 5]),
            ("每周二、四", vec![2, 4]),
            ("周一至周五", vec![1, 2, 3, 4, 5]),
            ("每天", vec![1, 2, 3, 4, 5, 6, 7]),
            ("周末", vec![6, 7]),
            ("星期天", vec![7]),
        ] {
            assert_eq!(days(text), Some(want), "{text}");
        }
        for text in ["八", "周一或", "周五至周一", "3月1日"] {
            assert_eq!(weekdays_of(text), None, "{text}");
        }
    }

    #[test]
    fn each_refused_cell_of_a_line_of_a_grid_stands_in_the_list_of_the_refused() {
        let (first, second) = ("长".repeat(40), "更".repeat(40));
        let plan = read(&format!("星期,9:30-10:30,14:00-15:00\n星期一,{first},{second}\n"));
        let refused: Vec<_> = plan.rows.rejected.iter().map(|r| (r.at, r.reason.to_string())).collect();
        let csv = crate::intake::table::refused_csv(&plan.table, &refused).expect("written");
        let csv = String::from_utf8(csv).expect("text");
        assert!(csv.contains(&first) && csv.contains(&second), "{csv}");
    }

    #[test]
    fn a_grid_is_read_whichever_way_it_is_drawn() {
        let down = read("时间,星期一,星期三\n9:30-10:30,太极拳,\"合唱\n二楼大厅\"\n上午,象棋,\n");
        let read_as: Vec<_> = down
            .rows
            .entries
            .iter()
            .map(|e| (e.at.line, e.weekdays[0], e.name.as_str(), e.room.as_str()))
            .collect();
        assert_eq!(read_as, [(2, Weekday::Mon, "太极拳", ""), (2, Weekday::Wed, "合唱", "二楼大厅")]);
        assert_eq!(down.rows.rejected.len(), 1, "上午 says no time");
        let across = read("星期,9:30-10:30,14:00-15:00\n星期一,太极拳,象棋\n");
        assert_eq!(across.rows.entries.len(), 2);
        assert_eq!(across.rows.entries[1].starts.to_string(), "14:00:00");
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
        assert!(plan.rows.rejected.is_empty(), "{:?}", plan.rows.rejected);
        let days: Vec<_> = plan.rows.entries.iter().map(|e| (e.weekdays[0], e.capacity)).collect();
        assert_eq!(
            days,
            [
                (Weekday::Mon, Some(20)),
                (Weekday::Mon, Some(12)),
                (Weekday::Wed, Some(20)),
                (Weekday::Sun, None)
            ]
        );
        assert_eq!(plan.rows.entries[2].name, "讲座：冬季（血压）");
        assert_eq!(plan.rows.entries[1].ends.to_string(), "16:30:00");
        assert_eq!(plan.rows.entries[2].ends.to_string(), "11:00:00");
        assert_eq!(plan.rows.warnings, [Warning { at: At::line(5), kind: WarningKind::NoEnd }]);
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
        let reasons: Vec<_> = plan.rows.rejected.iter().map(|r| (r.at.line, r.reason)).collect();
        assert_eq!(
            reasons,
            [
                (2, Reason::NoWeekday),
                (3, Reason::ImpossibleTime),
                (4, Reason::NoStartTime),
                (5, Reason::EndsBeforeStarting),
                (6, Reason::NoActivity)
            ]
        );
        assert_eq!(plan.rows.entries.len(), 1);
        assert_eq!(plan.rows.warnings[0].kind, WarningKind::UnknownCapacity);
    }
}
