//! The tables of one sheet.

use super::super::workbook::{Row, Sheet};
use super::header::{Header, header_at, header_of, plain, words_of};
use super::layout::Layout;

/// The tables of a sheet: side by side, and below each other where a header is repeated with
/// other columns.
pub(super) fn sections<F: Copy + PartialEq>(
    sheet: Sheet,
    layout: &'static Layout<F>,
) -> Vec<(Sheet, Header<F>)> {
    let mut out = Vec::new();
    for mut rest in side_by_side(sheet, layout) {
        let Some(mut header) = header_of(&rest, layout) else { continue };
        let mut from = header.last_row + 1;
        while let Some((at, next)) = next_header(&rest, from, &header, layout) {
            let below = rest.rows.split_off(at);
            let above = std::mem::replace(&mut rest, Sheet { name: String::new(), rows: below });
            rest.name.clone_from(&above.name);
            out.push((above, header));
            let height = next.last_row - at;
            header = Header { last_row: height, ..next };
            from = height + 1;
        }
        out.push((rest, header));
    }
    out
}

/// A later header whose columns are others than those of the present one.
fn next_header<F: Copy + PartialEq>(
    sheet: &Sheet,
    from: usize,
    present: &Header<F>,
    layout: &'static Layout<F>,
) -> Option<(usize, Header<F>)> {
    let names = layout.names(layout.subject);
    let subject = |row: &Row| row.cells.iter().any(|cell| names.contains(&plain(&cell.text).as_str()));
    sheet.rows.iter().enumerate().skip(from).filter(|(_, row)| subject(row)).find_map(|(at, row)| {
        let filled = words_of(row).into_iter().filter(|word| !word.is_empty());
        let (known, all) =
            filled.fold((0, 0), |(known, all), word| (known + usize::from(layout.is_word(&word)), all + 1));
        let header = header_at(sheet, at, true, layout)?;
        (known * 2 > all && header.columns != present.columns).then_some((at, header))
    })
}

/// Splits a sheet whose header repeats itself to the right: two lists on one page.
fn side_by_side<F: Copy + PartialEq>(sheet: Sheet, layout: &'static Layout<F>) -> Vec<Sheet> {
    let Some(header) = header_of(&sheet, layout) else { return vec![sheet] };
    let names = layout.names(layout.subject);
    let places: Vec<usize> = (0..header.words.len())
        .filter(|at| header.words.get(*at).is_some_and(|word| names.contains(&word.as_str())))
        .collect();
    let [first, second, ..] = places.as_slice() else { return vec![sheet] };
    let width = second - first;
    let word = |at: usize| header.words.get(at).filter(|word| !word.is_empty());
    let mut start = *first;
    while start > 0 && word(start - 1).is_some() && word(start - 1) == word(start - 1 + width) {
        start -= 1;
    }
    let repeats = (start..start + width)
        .all(|at| word(at).is_none_or(|own| word(at + width).is_none_or(|next| next == own)));
    if !repeats {
        return vec![sheet];
    }
    let slice = |from: usize| {
        let rows = sheet.rows.iter().map(|row| {
            let until = (from + width).min(row.cells.len());
            let inside = |(left, right): &(usize, usize)| {
                (*left >= from && *right < from + width).then(|| (left - from, right - from))
            };
            Row {
                line: row.line,
                cell: if from == start { row.cell } else { u16::try_from(from).unwrap_or(u16::MAX) },
                cells: row.cells.get(from..until).unwrap_or_default().to_vec(),
                spans: row.spans.iter().filter_map(inside).collect(),
            }
        });
        Sheet { name: sheet.name.clone(), rows: rows.collect() }
    };
    (start..header.words.len()).step_by(width).map(slice).collect()
}
