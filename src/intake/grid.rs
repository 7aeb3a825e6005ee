//! Converts a plan drawn as a grid, with weekdays across and times down or the other way
//! round, to the usual list.

use daycare_core::text::tidy;

use super::cell::Cell;
use super::weekdays::weekdays_of;
use super::workbook::{HEADER_WITHIN, Row, Sheet, Workbook};

/// The workbook with every grid sheet rewritten as a list; `None` if there is no grid.
#[must_use]
pub fn as_list(book: &Workbook) -> Option<Workbook> {
    let sheets: Vec<Sheet> =
        book.sheets.iter().map(|sheet| list_of(sheet).unwrap_or_else(|| sheet.clone())).collect();
    let found = book.sheets.iter().zip(&sheets).any(|(before, after)| before != after);
    found.then(|| Workbook { sheets, hidden: book.hidden.clone() })
}

/// A grid has at least this many weekday columns or rows.
const ENOUGH: usize = 2;

fn list_of(sheet: &Sheet) -> Option<Sheet> {
    let header = sheet.rows.iter().take(HEADER_WITHIN).position(|row| {
        let across = |is: fn(&str) -> bool| row.cells.iter().filter(|cell| is(&tidy(&cell.text))).count();
        across(is_weekday) >= ENOUGH || across(is_time) >= ENOUGH
    })?;
    let across = sheet.rows.get(header)?;
    let days_across = across.cells.iter().filter(|cell| is_weekday(&tidy(&cell.text))).count() >= ENOUGH;
    let is_head: fn(&str) -> bool = if days_across { is_weekday } else { is_time };
    let heads: Vec<(usize, &Cell)> =
        across.cells.iter().enumerate().filter(|(_, cell)| is_head(&tidy(&cell.text))).collect();
    let first = heads.first()?.0;
    let mut rows = vec![Row {
        line: across.line,
        cell: 0,
        cells: ["星期", "时间", "活动", "地点"].map(Cell::typed).to_vec(),
        spans: vec![],
    }];
    for row in sheet.rows.iter().skip(header + 1) {
        // The nearest heading left of the first column, such as 上午.
        let side =
            row.cells.iter().take(first).rev().find(|cell| !cell.is_empty()).cloned().unwrap_or_default();
        for (at, head) in &heads {
            let Some(cell) = row.cells.get(*at).filter(|cell| !cell.is_empty()) else { continue };
            let mut lines = cell.text.lines().map(str::trim).filter(|line| !line.is_empty());
            let (name, room) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
            let (day, time) =
                if days_across { ((*head).clone(), side.clone()) } else { (side.clone(), (*head).clone()) };
            rows.push(Row {
                line: row.line,
                cell: u16::try_from(*at).unwrap_or(u16::MAX),
                cells: vec![day, time, Cell::typed(name), Cell::typed(room)],
                spans: vec![],
            });
        }
    }
    (rows.len() > 1).then(|| Sheet { name: sheet.name.clone(), rows })
}

fn is_weekday(word: &str) -> bool {
    // 一 alone may be a row number.
    word.chars().count() > 1 && weekdays_of(word).is_some_and(|days| days.len() == 1)
}

fn is_time(word: &str) -> bool {
    word.chars().filter(char::is_ascii_digit).count() >= 2 && (word.contains(':') || word.contains('点'))
}
