//! Finds the header of a table, of one or two rows, and what its columns hold.

use daycare_core::text::tidy;

use super::super::workbook::{HEADER_WITHIN, Row, Sheet};
use super::layout::Layout;

/// Position of a header of one or two rows, and its words.
pub(super) struct Header<F> {
    pub(super) last_row: usize,
    pub(super) words: Vec<String>,
    pub(super) columns: Vec<(F, usize)>,
}

pub(super) fn header_of<F: Copy + PartialEq>(sheet: &Sheet, layout: &'static Layout<F>) -> Option<Header<F>> {
    // A title such as 服务对象登记表 begins like a header word, so a row with exact words is preferred
    // wherever it is.
    [true, false].into_iter().find_map(|exact| {
        sheet
            .rows
            .iter()
            .take(HEADER_WITHIN)
            .enumerate()
            .find_map(|(at, _)| header_at(sheet, at, exact, layout))
    })
}

pub(super) fn header_at<F: Copy + PartialEq>(
    sheet: &Sheet,
    at: usize,
    exact: bool,
    layout: &'static Layout<F>,
) -> Option<Header<F>> {
    let row = sheet.rows.get(at)?;
    let filled = row.cells.iter().filter(|cell| !cell.is_empty()).count();
    let whole = |found: &Found<F>| {
        let columns = found.columns.get(..if exact { found.exact } else { found.columns.len() });
        let has = |field: &F| columns.unwrap_or_default().iter().any(|(known, _)| known == field);
        layout.needed.iter().all(has) && (exact || filled >= 2)
    };
    let upper = words_of(row);
    if let Some(lower) = sheet.rows.get(at + 1).filter(|lower| is_second_line(row, lower, layout)) {
        let words = under_each_other(row, lower);
        let found = columns_of(&words, layout);
        if whole(&found) {
            let words = words.into_iter().map(|(upper, lower)| joined(&upper, &lower)).collect();
            return Some(Header { last_row: at + 1, words, columns: found.columns });
        }
    }
    let single: Vec<_> = upper.iter().map(|word| (word.clone(), String::new())).collect();
    let found = columns_of(&single, layout);
    whole(&found).then_some(Header { last_row: at, words: upper, columns: found.columns })
}

fn joined(upper: &str, lower: &str) -> String {
    if lower.is_empty() || upper == lower { upper.to_owned() } else { format!("{upper}{lower}") }
}

/// A header's words without spaces, line breaks and marks, in simplified characters.
pub(super) fn words_of(row: &Row) -> Vec<String> {
    row.cells.iter().map(|cell| simplified(plain(&cell.text).trim_start_matches(['*', '★']))).collect()
}

/// The traditional characters of header words.
fn simplified(word: &str) -> String {
    const FROM: &str = "別機號電話聯繫係證戶齡備註緊與關態狀現監護網門單樓間時結開負責動離達簽稱棟務對編區";
    const TO: &str = "别机号电话联系系证户龄备注紧与关态状现监护网门单楼间时结开负责动离达签称栋务对编区";
    let map = |c: char| FROM.chars().zip(TO.chars()).find(|(from, _)| *from == c).map_or(c, |(_, to)| to);
    word.chars().map(map).collect()
}

pub(super) fn plain(text: &str) -> String {
    tidy(text).replace(' ', "")
}

/// Whether a row is the second row of the header above it: it fills in below a merged or
/// empty cell, and contains only header words.
fn is_second_line<F: Copy + PartialEq>(upper: &Row, lower: &Row, layout: &'static Layout<F>) -> bool {
    const COMMON: &[&str] =
        &["姓名", "电话", "手机", "手机号", "联系电话", "联系方式", "关系", "与老人关系", "性别"];
    let known =
        |word: &str| COMMON.contains(&word) || layout.words.iter().any(|(_, names)| names.contains(&word));
    let above = under_each_other(upper, lower);
    let words = words_of(lower);
    let told = words.iter().filter(|word| !word.is_empty());
    let all_known = told.clone().count() > 0 && told.clone().all(|word| known(word));
    let differs = above.iter().any(|(upper, lower)| !lower.is_empty() && upper != lower);
    // The subject's header is merged over both rows, and nothing in the second looks like data.
    let subject = layout.names(layout.subject);
    let merged = above
        .iter()
        .any(|(upper, lower)| subject.contains(&upper.as_str()) && (lower.is_empty() || upper == lower));
    let some_known = told.clone().any(|word| known(word));
    let data = told.clone().any(|word| word.chars().any(|c| c.is_ascii_digit()) || word.chars().count() > 8);
    (all_known || merged && some_known && !data) && differs
}

/// Upper and lower word of each column. A merged upper cell covers its whole width; in a text
/// file, which has no widths, a word also covers the empty cells after it that have a word
/// below.
fn under_each_other(upper: &Row, lower: &Row) -> Vec<(String, String)> {
    let (above, below) = (words_of(upper), words_of(lower));
    let mut out: Vec<(String, String)> = Vec::new();
    for at in 0..above.len().max(below.len()) {
        let own = above.get(at).cloned().unwrap_or_default();
        let low = below.get(at).cloned().unwrap_or_default();
        let span = upper.spans.iter().find(|(from, to)| *from < at && at <= *to);
        let reach = match span {
            Some((from, _)) => above.get(*from).cloned(),
            None if own.is_empty() && !low.is_empty() => out.last().map(|(upper, _)| upper.clone()),
            None => None,
        };
        out.push((if own.is_empty() { reach.unwrap_or_default() } else { own }, low));
    }
    out
}

/// The words that may name a column, the most complete first.
fn names_of<F>((upper, lower): &(String, String), layout: &'static Layout<F>) -> Vec<String> {
    if lower.is_empty() || upper == lower {
        return vec![upper.clone()];
    }
    let group = (layout.group)(upper);
    let short = match lower.as_str() {
        "联系电话" | "手机" | "手机号" | "手机号码" | "联系方式" | "电话号码" => "电话",
        other => other,
    };
    let mut names = vec![format!("{upper}{lower}"), format!("{group}{short}")];
    if group == upper {
        names.push(lower.clone());
    }
    names
}

/// Columns that were found, exact matches first.
struct Found<F> {
    columns: Vec<(F, usize)>,
    exact: usize,
}

/// Maps fields to columns; exact header words win over partial matches.
fn columns_of<F: Copy + PartialEq>(header: &[(String, String)], layout: &'static Layout<F>) -> Found<F> {
    let names: Vec<Vec<String>> = header.iter().map(|words| names_of(words, layout)).collect();
    let mut columns: Vec<(F, usize)> = Vec::new();
    let taken = |columns: &[(F, usize)], at: usize| columns.iter().any(|(_, used)| *used == at);
    for depth in 0..3 {
        for (field, known) in layout.words {
            if columns.iter().any(|(found, _)| found == field) {
                continue;
            }
            // The plainest word first: 手机号 wins over 联系方式.
            let exact = known.iter().find_map(|word| {
                let at = |names: &Vec<String>| names.get(depth).is_some_and(|name| name == word);
                names.iter().enumerate().position(|(place, names)| !taken(&columns, place) && at(names))
            });
            if let Some(at) = exact {
                columns.push((*field, at));
            }
        }
    }
    let exact = columns.len();
    for (field, known) in layout.words {
        if columns.iter().any(|(found, _)| found == field) {
            continue;
        }
        // 「手机号（必填）」 still means 手机号; a title line is too long to count.
        let part = names.iter().enumerate().position(|(at, names)| {
            let [word] = names.as_slice() else { return false };
            !taken(&columns, at)
                && word.chars().count() <= 12
                && known.iter().any(|name| word.starts_with(name) && is_aside(word, name))
        });
        if let Some(at) = part {
            columns.push((*field, at));
        }
    }
    let words: Vec<String> = header.iter().map(|(upper, lower)| joined(upper, lower)).collect();
    (layout.settle)(&words, &mut columns);
    Found { columns, exact }
}

/// Whether what follows a known word only explains it, such as brackets or 号码, and does not
/// begin another word.
fn is_aside(word: &str, name: &str) -> bool {
    let rest = word.strip_prefix(name).unwrap_or_default();
    let other = ["关系", "电话", "手机", "姓名", "地址", "证", "类型", "备注", "情况"];
    !other.iter().any(|start| rest.starts_with(start))
}
