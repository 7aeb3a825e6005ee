//! A paper sign-in book, typed in -> visits.

use std::collections::HashMap;
use std::path::Path;

use chrono::{NaiveDate, NaiveDateTime};

use super::dates;
use super::outcome::{Reason, Rejected, Warning, WarningKind};
use super::table::{Row, Table, Words};
use crate::domain::ids::ResidentId;
use crate::domain::resident::Resident;
use crate::domain::text;
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
    (Field::Date, &["日期", "签到日期", "来访日期"]),
    (Field::Name, &["姓名", "老人姓名", "名字"]),
    (Field::Yard, &["院落", "院落/小区", "小区"]),
    (Field::Arrived, &["到达", "到达时间", "签到时间", "签到", "来的时间", "到"]),
    (Field::Left, &["离开", "离开时间", "签退时间", "签退", "走的时间", "离"]),
    (Field::Purpose, &["事项", "来访事项", "目的", "项目", "服务项目"]),
];

/// One accepted row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Line or row in the file.
    pub line: u32,
    /// Who, found among the residents.
    pub resident: ResidentId,
    /// Local arrival.
    pub arrived: NaiveDateTime,
    /// Local departure, where written.
    pub left: Option<NaiveDateTime>,
    /// The book's words for the purpose.
    pub purposes: Vec<String>,
}

/// A sign-in book as read against the residents known.
#[derive(Debug, Clone)]
pub struct Book {
    /// The file's rows, for the list of refusals.
    pub table: Table<Field>,
    /// Accepted rows in file order.
    pub entries: Vec<Entry>,
    /// Refused rows.
    pub rejected: Vec<Rejected>,
    /// Warnings about accepted rows.
    pub warnings: Vec<Warning>,
}

impl Book {
    /// Reads a file; `year` is meant where a date has none.
    ///
    /// # Errors
    /// The whole file is refused: missing, of another kind, without a header.
    pub fn read(path: &Path, year: Option<i32>, today: NaiveDate, residents: &[Resident]) -> Result<Self> {
        let table = Table::read(path, WORDS, &[Field::Date, Field::Name, Field::Arrived])?;
        let mut by_name: HashMap<&str, Vec<&Resident>> = HashMap::new();
        for resident in residents {
            by_name.entry(&resident.profile.name).or_default().push(resident);
        }
        let mut book = Self { table, entries: vec![], rejected: vec![], warnings: vec![] };
        for row in book.table.rows.clone() {
            match book.entry(&row, year, today, &by_name) {
                Ok((entry, moved)) => {
                    if moved {
                        book.warnings.push(Warning { line: row.line, kind: WarningKind::YardDiffers });
                    }
                    book.entries.push(entry);
                }
                Err(reason) => book.rejected.push(Rejected { line: row.line, reason }),
            }
        }
        Ok(book)
    }

    fn entry(
        &self,
        row: &Row,
        year: Option<i32>,
        today: NaiveDate,
        by_name: &HashMap<&str, Vec<&Resident>>,
    ) -> std::result::Result<(Entry, bool), Reason> {
        let cell = |field| self.table.cell(row, field);
        if self.table.is_header(row) {
            return Err(Reason::HeaderRow);
        }
        let day = dates::date(&cell(Field::Date), year)?;
        let name = text::person_name(&cell(Field::Name));
        if name.is_empty() {
            return Err(Reason::NoName);
        }
        if day > today {
            return Err(Reason::InTheFuture);
        }
        let arrived = dates::time(&cell(Field::Arrived))?.ok_or(Reason::NoArrival)?;
        let left = dates::time(&cell(Field::Left))?;
        if left.is_some_and(|left| left < arrived) {
            return Err(Reason::LeavesBeforeArriving);
        }
        let yard = cell(Field::Yard);
        let resident = who(by_name.get(name.as_str()).map_or(&[], Vec::as_slice), &yard)?;
        let moved = !yard.is_empty() && resident.profile.yard != yard;
        let entry = Entry {
            line: row.line,
            resident: resident.id,
            arrived: day.and_time(arrived),
            left: left.map(|left| day.and_time(left)),
            purposes: words(&cell(Field::Purpose)),
        };
        Ok((entry, moved))
    }
}

/// Namesakes are told apart by 院落; where that does not help, nobody guesses.
fn who<'a>(namesakes: &[&'a Resident], yard: &str) -> std::result::Result<&'a Resident, Reason> {
    match namesakes {
        [] => Err(Reason::UnknownPerson),
        [only] => Ok(only),
        several => {
            let mut there = several.iter().filter(|r| !yard.is_empty() && r.profile.yard == yard);
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
