//! Reads a typed copy of a paper sign-in book into visits.

use std::collections::HashMap;
use std::path::Path;

use chrono::{Datelike, NaiveDate};
use daycare_core::import::outcome::{Doubt, Reason, Rejected, Warning, WarningKind};
use daycare_core::import::rows::{Rows, SignInRow};
use daycare_core::resident::Resident;
use daycare_core::text;

use super::cell::Cell;
use super::dates::{self, Dots, How, Likely};
use super::table::{Layout, Part, Table, Words};
use super::workbook::Row;
use crate::error::Result;

/// Columns of a sign-in book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// 日期
    Date,
    /// 姓名
    Name,
    /// 院落
    Yard,
    /// 到达
    Arrived,
    /// 离开
    Left,
    /// 事项
    Purpose,
}

const WORDS: &[Words<Field>] = &[
    (Field::Date, &["日期", "签到日期", "来访日期", "到访日期", "年月日"]),
    (Field::Name, &["姓名", "老人姓名", "名字"]),
    (Field::Yard, &["院落", "院落/小区", "小区", "所属院落", "所在院落", "住址"]),
    (Field::Arrived, &["到达", "到达时间", "签到时间", "签到", "来的时间", "来访时间", "到"]),
    (Field::Left, &["离开", "离开时间", "签退时间", "签退", "走的时间", "离开时刻", "离"]),
    (Field::Purpose, &["事项", "来访事项", "目的", "项目", "服务项目", "服务内容", "服务事项"]),
];

static LAYOUT: Layout<Field> = Layout {
    words: WORDS,
    subject: Field::Name,
    needed: &[Field::Name, Field::Arrived],
    own: &[],
    by_sheet: None,
    group: |word| word,
    settle: |_, _| {},
};

/// A sign-in book matched against known residents; nothing is saved yet.
#[derive(Debug, Clone)]
pub struct SignInBook {
    /// The file's rows, for the list of refused rows.
    pub table: Table<Field>,
    /// The visits that were read, with refused rows and warnings.
    pub rows: Rows<SignInRow>,
}

/// No day-care centre kept a book before.
const FIRST_YEAR: i32 = 1980;

/// Context for reading the rows of one sheet.
struct Reader<'a> {
    part: &'a Part<Field>,
    days: How,
    arrivals: Dots,
    departures: Dots,
    today: NaiveDate,
    by_name: &'a HashMap<String, Vec<&'a Resident>>,
}

impl SignInBook {
    /// Reads a file; `year` completes dates without a year or with two digits of it.
    ///
    /// # Errors
    /// The file is missing, is not a table, or has no header of this kind.
    pub fn read(path: &Path, year: Option<i32>, today: NaiveDate, residents: &[Resident]) -> Result<Self> {
        Ok(Self::of(Table::read(path, &LAYOUT)?, year, today, residents))
    }

    /// As [`SignInBook::read`], from bytes.
    ///
    /// # Errors
    /// The bytes are not a table, or have no header of this kind.
    pub fn parse(
        bytes: &[u8],
        year: Option<i32>,
        today: NaiveDate,
        residents: &[Resident],
    ) -> std::result::Result<Self, super::workbook::Wrong> {
        Ok(Self::of(Table::of(bytes, &LAYOUT)?, year, today, residents))
    }

    fn of(table: Table<Field>, year: Option<i32>, today: NaiveDate, residents: &[Resident]) -> Self {
        let mut by_name: HashMap<String, Vec<&Resident>> = HashMap::new();
        for resident in residents {
            by_name.entry(text::person_name(&resident.profile.name)).or_default().push(resident);
        }
        let mut rows = table.rows();
        for part in &table.parts {
            let month_and_day = dates::is_month_and_day(part.column_cells(Field::Date));
            let reader = Reader {
                part,
                days: How { year, month_and_day, zeros: dates::writes_zeros(part.column_cells(Field::Date)) },
                arrivals: dates::dots(part.column_cells(Field::Arrived)),
                departures: dates::dots(part.column_cells(Field::Left)),
                today,
                by_name: &by_name,
            };
            for row in &part.rows {
                let at = part.at(row);
                match reader.entry(row) {
                    Ok((entry, moved)) => {
                        if moved && entry.doubt.is_none() {
                            rows.warnings.push(Warning { at, kind: WarningKind::YardDiffers });
                        }
                        rows.entries.push(entry);
                    }
                    Err(reason) => rows.rejected.push(Rejected { at, reason }),
                }
            }
        }
        Self { table, rows }
    }
}

impl Reader<'_> {
    fn entry(&self, row: &Row) -> std::result::Result<(SignInRow, bool), Reason> {
        if let Some(reason) = self.part.beside_the_table(row) {
            return Err(reason);
        }
        let (arrival, departure) = (self.part.raw(row, Field::Arrived), self.part.raw(row, Field::Left));
        let (day, mut doubt) = self.day(row, &arrival)?;
        let raw = &self.part.raw(row, Field::Name).text;
        let name =
            super::registry::names::read(raw).map_or_else(|_| text::person_name(raw), |named| named.name);
        if name.is_empty() {
            return Err(Reason::NoName);
        }
        if day.year() < FIRST_YEAR {
            return Err(Reason::ImpossibleDate);
        }
        if day > self.today && doubt.is_none() {
            return Err(Reason::InTheFuture);
        }
        let (arrived, unsure) = dates::time(&arrival, self.arrivals)?.ok_or(Reason::NoArrivalTime)?;
        let left = dates::time(&departure, self.departures)?;
        doubt = doubt.or(unsure).or(left.and_then(|(_, unsure)| unsure));
        let left = left.map(|(left, _)| left);
        if left.is_some_and(|left| left < arrived) {
            return Err(Reason::LeavesBeforeArriving);
        }
        if dates::day_in_time(&departure, self.days).is_some_and(|(left_on, _)| left_on != day) {
            doubt = doubt.or(Some(Doubt::TwoDates));
        }
        let yard = self.part.cell(row, Field::Yard);
        let resident = who(self.by_name.get(&name).map_or(&[], Vec::as_slice), &yard)?;
        let moved = !yard.is_empty() && text::tidy(&resident.profile.yard) != yard;
        let entry = SignInRow {
            at: self.part.at(row),
            resident: resident.id,
            arrived: day.and_time(arrived),
            left: left.map(|left| day.and_time(left)),
            purposes: words(&self.part.cell(row, Field::Purpose)),
            doubt,
        };
        Ok((entry, moved))
    }

    /// The day from the date column, otherwise from the arrival column.
    fn day(&self, row: &Row, arrival: &Cell) -> std::result::Result<Likely<NaiveDate>, Reason> {
        let beside = dates::day_in_time(arrival, self.days);
        match (dates::day(&self.part.raw(row, Field::Date), self.days), beside) {
            (Err(Reason::NoDate), Some(beside)) => Ok(beside),
            (Ok((day, doubt)), Some((beside, _))) if day != beside => {
                Ok((day, doubt.or(Some(Doubt::TwoDates))))
            }
            // A full date in the arrival column settles a two-digit year.
            (Ok((day, _)), Some((_, None))) => Ok((day, None)),
            (read, _) => read,
        }
    }
}

/// The resident meant: namesakes are distinguished by 院落; if that is not enough the row is
/// refused.
fn who<'a>(namesakes: &[&'a Resident], yard: &str) -> std::result::Result<&'a Resident, Reason> {
    match namesakes {
        [] => Err(Reason::UnknownPerson),
        [only] => Ok(only),
        several => {
            let mut there =
                several.iter().filter(|r| !yard.is_empty() && text::tidy(&r.profile.yard) == yard);
            match (there.next(), there.next()) {
                (Some(one), None) => Ok(one),
                _ => Err(Reason::AmbiguousName),
            }
        }
    }
}

fn words(cell: &str) -> Vec<String> {
    cell.split(['、', ',', '，', '/', ';', '；', '+', ' ', '和'])
        .map(text::tidy)
        .filter(|word| !word.is_empty())
        .collect()
}
