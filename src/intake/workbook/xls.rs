//! Reads `.xls`. The library reads a whole file at once, so its records are measured first.

use std::io::{Cursor, Read};

use calamine::{Reader, SheetVisible, Xls};

use super::builder::{Budget, Builder, torn};
use super::model::{MAX_BYTES, MAX_TEXT, Sheet, Workbook, Wrong};
use crate::error::FileFault;

pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Wrong> {
    check_compound(bytes)?;
    let mut book: Xls<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(torn)?;
    let epoch_1904 = book.has_1904_epoch();
    let mut out = Workbook::default();
    let mut budget = Budget::new();
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.visible != SheetVisible::Visible {
            out.hidden.push(sheet.name);
            continue;
        }
        let Ok(range) = book.worksheet_range(&sheet.name) else { continue };
        let formulas = book.worksheet_formula(&sheet.name).unwrap_or_else(|_| calamine::Range::empty());
        let Some((top, left)) = range.start() else { continue };
        let mut builder = Builder::new(epoch_1904, &mut budget);
        for (row, column, value) in range.used_cells() {
            let place = |from: u32, at: usize| from + u32::try_from(at).unwrap_or(u32::MAX / 2);
            let place = (place(top, row), place(left, column));
            if let calamine::Data::String(text) = value {
                builder.measure(text)?;
            }
            builder.put(place, value, formulas.get_value(place).is_some_and(|f| !f.is_empty()))?;
        }
        let merged = book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
        out.sheets.push(Sheet { name: sheet.name, rows: builder.rows(&merged)? });
    }
    Ok(out)
}

/// Checks an old compound file before it is read as a whole: its type, and how much it holds.
fn check_compound(bytes: &[u8]) -> Result<(), Wrong> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(torn)?;
    let has = |name: &str| file.exists(name);
    if has("/EncryptedPackage") {
        return Err((FileFault::Protected, String::new()));
    }
    if has("/WordDocument") {
        return Err((FileFault::TextDocument, String::new()));
    }
    let Some(name) = ["/Workbook", "/Book"].into_iter().find(|name| has(name)) else {
        return Err((FileFault::WpsTable, String::new()));
    };
    let mut stream = Vec::new();
    let whole = file.open_stream(name).map_err(torn)?;
    let _ = whole.take(MAX_BYTES).read_to_end(&mut stream).map_err(torn)?;
    check_records(&stream)
}

/// BIFF records that hold cells; their data begin with row and column.
const CELL_RECORDS: [u16; 10] =
    [0x0006, 0x00bd, 0x00d6, SHARED_TEXT, 0x0203, 0x0204, 0x0205, 0x027e, 0x0003, 0x0004];
/// A cell whose text is one of the table of shared strings.
const SHARED_TEXT: u16 = 0x00fd;
/// Several numbers of one row; the last two bytes are the last column.
const NUMBERS: u16 = 0x00bd;
const SHARED_STRINGS: u16 = 0x00fc;
const CONTINUED: u16 = 0x003c;
/// First and last row and column, which the library trusts when it reserves memory.
const DIMENSIONS: u16 = 0x0200;
const END_OF_SHEET: u16 = 0x000a;
const FILE_PASS: u16 = 0x002f;

/// Most cells in the bounding boxes of all sheets, which are read as a whole.
const MAX_BOX: u64 = 4_000_000;
/// Cells of the largest sheet that the format can hold.
const LARGEST_SHEET: u64 = 65_536 * 256;

struct Record<'a> {
    kind: u16,
    data: &'a [u8],
}

impl Record<'_> {
    fn word(&self, at: usize) -> u64 {
        word(self.data, at).map_or(0, u64::from)
    }

    fn long(&self, at: usize) -> u64 {
        self.word(at) | self.word(at + 2) << 16
    }
}

fn word(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes([*data.get(at)?, *data.get(at + 1)?]))
}

fn records(mut stream: &[u8]) -> impl Iterator<Item = Record<'_>> {
    std::iter::from_fn(move || {
        let (kind, length) = (word(stream, 0)?, usize::from(word(stream, 2)?));
        let rest = stream.get(4..)?;
        let data = rest.get(..length).unwrap_or(rest);
        stream = rest.get(length..).unwrap_or_default();
        Some(Record { kind, data })
    })
}

fn check_records(stream: &[u8]) -> Result<(), Wrong> {
    let too_many = |rows: u64, columns: u64| Err((FileFault::TooManyCells, format!("{rows}×{columns}")));
    let (mut rows, mut columns, mut before, mut text) = (0, 0, 0, 0);
    let mut lengths = Vec::new();
    let mut shared: Vec<&[u8]> = Vec::new();
    for record in records(stream) {
        match record.kind {
            FILE_PASS => return Err((FileFault::Protected, String::new())),
            END_OF_SHEET => {
                before += rows * columns;
                (rows, columns) = (0, 0);
            }
            DIMENSIONS => {
                let (until_row, until_column) = match record.data.len() {
                    10 => (record.word(2), record.word(6)),
                    _ => (record.long(4), record.word(10)),
                };
                if until_row * until_column > LARGEST_SHEET {
                    return too_many(until_row, until_column);
                }
            }
            SHARED_STRINGS => shared = vec![record.data.get(8..).unwrap_or_default()],
            CONTINUED if !shared.is_empty() => shared.push(record.data),
            kind if CELL_RECORDS.contains(&kind) => {
                let last = if kind == NUMBERS { record.data.len().saturating_sub(2) } else { 2 };
                rows = rows.max(record.word(0) + 1);
                columns = columns.max(record.word(last) + 1);
                if before + rows * columns > MAX_BOX {
                    return too_many(rows, columns);
                }
                if kind == SHARED_TEXT {
                    let at = usize::try_from(record.long(6)).unwrap_or(usize::MAX);
                    text += lengths.get(at).copied().unwrap_or(0);
                    if text > MAX_TEXT {
                        return Err((FileFault::TooMuchText, String::new()));
                    }
                }
            }
            _ => {}
        }
        if !matches!(record.kind, SHARED_STRINGS | CONTINUED) && !shared.is_empty() {
            lengths = lengths_of(&std::mem::take(&mut shared));
        }
    }
    Ok(())
}

/// Lengths in bytes, at most, of the shared strings; `parts` are the table and its
/// continuations. A damaged table ends early.
fn lengths_of(parts: &[&[u8]]) -> Vec<usize> {
    let mut strings = Strings { parts, at: 0 };
    std::iter::from_fn(|| strings.next_length()).collect()
}

struct Strings<'a> {
    parts: &'a [&'a [u8]],
    at: usize,
}

impl Strings<'_> {
    /// The rest of the current part; the next one once it is used up.
    fn rest(&mut self) -> Option<usize> {
        while self.parts.first()?.len() <= self.at {
            (self.parts, self.at) = (self.parts.get(1..)?, 0);
        }
        Some(self.parts.first()?.len() - self.at)
    }

    fn byte(&mut self) -> Option<u8> {
        let _ = self.rest()?;
        let byte = self.parts.first()?.get(self.at).copied();
        self.at += 1;
        byte
    }

    fn number(&mut self, bytes: u32) -> Option<usize> {
        (0..bytes).try_fold(0, |number, at| Some(number | usize::from(self.byte()?) << (8 * at)))
    }

    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > 0 {
            let step = self.rest()?.min(bytes);
            (self.at, bytes) = (self.at + step, bytes - step);
        }
        Some(())
    }

    /// Skips one string. Characters are one or two bytes; a continuation says anew which.
    fn next_length(&mut self) -> Option<usize> {
        let characters = self.number(2)?;
        let mut flags = self.byte()?;
        let runs = if flags & 8 == 0 { 0 } else { self.number(2)? };
        let phonetic = if flags & 4 == 0 { 0 } else { self.number(4)? };
        let mut left = characters;
        while left > 0 {
            if self.parts.first()?.len() <= self.at {
                flags = self.byte()?;
            }
            let width = 1 + usize::from(flags & 1);
            let step = (self.rest()? / width).min(left);
            if step == 0 {
                return None;
            }
            self.at += step * width;
            left -= step;
        }
        self.skip(runs * 4 + phonetic)?;
        // Three bytes of UTF-8 are enough for each.
        Some(characters * 3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).expect("short");
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    }

    fn fault(stream: &[u8]) -> Option<FileFault> {
        check_records(stream).err().map(|wrong| wrong.0)
    }

    #[test]
    fn an_old_spreadsheet_is_measured_before_it_is_read() {
        let near = record(0x0203, &[5, 0, 3, 0, 0, 0]);
        let far = record(0x0203, &[0xff, 0xff, 0xff, 0, 0, 0]);
        assert_eq!(fault(&near), None);
        assert_eq!(fault(&[near.clone(), far].concat()), Some(FileFault::TooManyCells));
        assert_eq!(fault(&record(FILE_PASS, &[])), Some(FileFault::Protected));
        assert_eq!(fault(&[1, 2, 3]), None);
    }

    #[test]
    fn many_sheets_that_are_large_together_are_refused() {
        let sheet = [record(0x0203, &[0xff, 0x7f, 60, 0, 0, 0]), record(END_OF_SHEET, &[])].concat();
        assert_eq!(fault(&sheet), None);
        assert_eq!(fault(&sheet.repeat(3)), Some(FileFault::TooManyCells));
    }

    #[test]
    fn dimensions_that_no_sheet_can_have_are_refused() {
        let whole = [0u32, 65_536].map(u32::to_le_bytes).concat();
        let whole = record(DIMENSIONS, &[&whole[..], &[0, 0, 0, 1, 0, 0]].concat());
        assert_eq!(fault(&whole), None);
        assert_eq!(fault(&record(DIMENSIONS, &[0xff; 14])), Some(FileFault::TooManyCells));
    }

    #[test]
    fn a_long_shared_text_is_counted_in_every_cell_that_repeats_it() {
        // 20,000 characters of two bytes, in a table with one continuation.
        let text = [&20_000u16.to_le_bytes()[..], &[1], &[0x4e; 8_000]].concat();
        let table = record(SHARED_STRINGS, &[&[0; 8][..], &text].concat());
        let rest = record(CONTINUED, &[&[1u8][..], &vec![0x4e; 32_000]].concat());
        let cell = record(SHARED_TEXT, &[0; 10]);
        let file = |cells: usize| [table.clone(), rest.clone(), cell.repeat(cells)].concat();
        assert_eq!(fault(&file(1_000)), None);
        assert_eq!(fault(&file(2_000)), Some(FileFault::TooMuchText));
    }
}
