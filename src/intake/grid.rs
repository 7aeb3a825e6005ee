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
    let room = across.cells.iter().take(first).position(|cell| is_room_word(&tidy(&cell.text)));
    let mut rows = vec![Row {
        line: across.line,
        cell: 0,
        cells: ["星期", "时段", "时间", "活动", "地点", "负责"].map(Cell::typed).to_vec(),
        spans: vec![],
    }];
    for row in sheet.rows.iter().skip(header + 1) {
        let left = || row.cells.iter().take(first).enumerate().filter(|(at, _)| Some(*at) != room);
        let is_side: fn(&str) -> bool = if days_across { has_digit } else { is_weekday };
        // The nearest heading that is a time, or a weekday; else the nearest, such as 上午.
        let nearest = |fits: fn(&str) -> bool| {
            left()
                .rfind(|(_, cell)| !cell.is_empty() && fits(&tidy(&cell.text)))
                .map(|(_, cell)| cell.clone())
        };
        let side = nearest(is_side).or_else(|| nearest(|_| true)).unwrap_or_default();
        let half = nearest(is_half).filter(|half| *half != side).unwrap_or_default();
        let place = room.and_then(|at| row.cells.get(at)).cloned().unwrap_or_default();
        for (at, head) in &heads {
            let Some(cell) = cell_at(row, *at).filter(|cell| is_activity(&tidy(&cell.text))) else {
                continue;
            };
            let mut lines = cell.text.lines().map(str::trim).filter(|line| !line.is_empty());
            let name = lines.next().unwrap_or_default();
            let (mut where_, mut who) = (place.text.clone(), String::new());
            for line in lines {
                if is_leader(line) {
                    line.clone_into(&mut who);
                } else {
                    line.clone_into(&mut where_);
                }
            }
            let (day, time) =
                if days_across { ((*head).clone(), side.clone()) } else { (side.clone(), (*head).clone()) };
            rows.push(Row {
                line: row.line,
                cell: u16::try_from(*at).unwrap_or(u16::MAX),
                cells: vec![
                    day,
                    half.clone(),
                    time,
                    Cell::typed(name),
                    Cell::typed(&where_),
                    Cell::typed(&who),
                ],
                spans: vec![],
            });
        }
    }
    (rows.len() > 1).then(|| Sheet { name: sheet.name.clone(), rows })
}

/// The cell at a column; one that is merged across covers all its columns.
fn cell_at(row: &Row, at: usize) -> Option<&Cell> {
    let own = row.cells.get(at).filter(|cell| !cell.is_empty());
    own.or_else(|| {
        let (from, _) = row.spans.iter().find(|(from, to)| *from <= at && at <= *to)?;
        row.cells.get(*from).filter(|cell| !cell.is_empty())
    })
}

/// Whether a cell names an activity; a dash or 休息 means that there is none.
fn is_activity(words: &str) -> bool {
    const NONE: &[&str] = &["无", "暂无", "休息", "休", "空", "停", "午休", "闭馆"];
    words.chars().any(char::is_alphanumeric) && !NONE.contains(&words)
}

fn is_room_word(word: &str) -> bool {
    ["地点", "场地", "房间", "教室"].contains(&word)
}

fn is_leader(line: &str) -> bool {
    ["老师", "队", "医生", "护士", "社工", "教练", "师傅"].iter().any(|end| line.ends_with(end))
}

fn is_half(word: &str) -> bool {
    ["上午", "下午", "晚上", "早上"].iter().any(|half| word.contains(half))
}

fn has_digit(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit())
}

fn is_weekday(word: &str) -> bool {
    // 一 alone may be a row number.
    word.chars().count() > 1 && weekdays_of(word).is_some_and(|days| days.len() == 1)
}

fn is_time(word: &str) -> bool {
    word.chars().filter(char::is_ascii_digit).count() >= 2 && (word.contains(':') || word.contains('点'))
}
