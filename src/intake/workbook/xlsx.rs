//! Reads `.xlsx`.

use std::collections::HashSet;
use std::io::{Cursor, Read};

use calamine::{Data, DataRef, Reader, SheetVisible, Xlsx};

use super::builder::{Budget, Builder, torn};
use super::model::{MAX_CELLS, MAX_UNPACKED, Sheet, Workbook, Wrong};
use crate::error::FileFault;

pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Wrong> {
    check_archive(bytes)?;
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(torn)?;
    let epoch_1904 = book.has_1904_epoch();
    let mut out = Workbook::default();
    let mut budget = Budget::new();
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.visible != SheetVisible::Visible {
            out.hidden.push(sheet.name);
            continue;
        }
        if sheet.typ != calamine::SheetType::WorkSheet {
            continue;
        }
        let mut builder = Builder::new(epoch_1904, &mut budget);
        let mut formulas = HashSet::new();
        {
            let mut reader = book.worksheet_cells_reader(&sheet.name).map_err(torn)?;
            while let Some(cell) = reader.next_formula().map_err(torn)? {
                if !cell.get_value().is_empty() && formulas.len() < MAX_CELLS {
                    let _ = formulas.insert(cell.get_position());
                }
            }
        }
        {
            let mut reader = book.worksheet_cells_reader(&sheet.name).map_err(torn)?;
            while let Some(cell) = reader.next_cell().map_err(torn)? {
                let value: &DataRef<'_> = cell.get_value();
                if let DataRef::String(text) = value {
                    builder.measure(text)?;
                } else if let DataRef::SharedString(text) = value {
                    builder.measure(text)?;
                }
                let value = Data::from(value.clone());
                builder.put(cell.get_position(), &value, formulas.contains(&cell.get_position()))?;
            }
        }
        let merged = book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
        out.sheets.push(Sheet { name: sheet.name, rows: builder.rows(&merged)? });
    }
    Ok(out)
}

/// Unpacks every part once and counts the bytes: the sizes that an archive declares may be
/// false.
fn check_archive(bytes: &[u8]) -> Result<(), Wrong> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(torn)?;
    let names: Vec<String> =
        archive.file_names().filter_map(Result::ok).map(std::borrow::Cow::into_owned).collect();
    let has = |start: &str| names.iter().any(|name| name.starts_with(start));
    if !has("xl/") {
        let other = |kind: &str| (FileFault::OtherSpreadsheet, kind.to_owned());
        return Err(match () {
            () if has("word/") => (FileFault::TextDocument, String::new()),
            () if has("content.xml") && has("mimetype") => other(".ods"),
            () if has("Index/") => other(".numbers"),
            () => (FileFault::Archive, String::new()),
        });
    }
    if has("xl/workbook.bin") {
        return Err((FileFault::OtherSpreadsheet, ".xlsb".into()));
    }
    let mut left = MAX_UNPACKED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(torn)?;
        let size = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(torn)?;
        left = left.checked_sub(size).ok_or((FileFault::TooLargeUnpacked, String::new()))?;
    }
    Ok(())
}
