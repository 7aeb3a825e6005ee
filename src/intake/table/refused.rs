//! Refused rows as a file, to be corrected and imported again.

use std::path::Path;

use daycare_core::import::outcome::At;
use daycare_core::text::looks_like_formula;

use super::read::Table;
use crate::error::{Error, Result};

/// Writes refused rows to a file, to be corrected and imported again.
///
/// # Errors
/// The file cannot be written.
pub fn write_refused<F: Copy + PartialEq>(
    path: &Path,
    table: &Table<F>,
    refused: &[(At, String)],
) -> Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|e| Error::file(folder, e))?;
    }
    std::fs::write(path, refused_csv(table, refused)?).map_err(|e| Error::file(path, e))
}

/// Refused rows as CSV, with line number and reason. A cell that a spreadsheet would run as a
/// formula gets a leading apostrophe, which import removes again.
///
/// # Errors
/// Only if the CSV writer itself fails.
pub fn refused_csv<F: Copy + PartialEq>(table: &Table<F>, refused: &[(At, String)]) -> Result<Vec<u8>> {
    let internal = |e: csv::Error| Error::Internal(e.to_string());
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(vec![]);
    let safe = |cell: &str| if looks_like_formula(cell) { format!("'{cell}") } else { cell.to_owned() };
    for part in &table.parts {
        let mine: Vec<_> = refused.iter().filter(|(at, _)| at.sheet == part.sheet).collect();
        let mine: Vec<_> =
            mine.into_iter().filter(|(at, _)| part.rows.iter().any(|row| part.at(row) == *at)).collect();
        if mine.is_empty() {
            continue;
        }
        let by_sheet = part.sheet_title().filter(|_| table.parts.len() > 1);
        let titles = part.titles();
        let mut write = |cells: Vec<String>, more: [&str; 3]| {
            let padded = (0..titles.len()).map(|at| cells.get(at).map(|cell| safe(cell)).unwrap_or_default());
            // The name of the sheet may be the 院落 of its rows.
            let more = more.into_iter().skip(usize::from(by_sheet.is_none())).map(ToOwned::to_owned);
            writer.write_record(padded.chain(more)).map_err(internal)
        };
        write(titles.clone(), [by_sheet.unwrap_or_default(), "行号", "原因"])?;
        for (at, reason) in mine {
            if let Some(row) = part.rows.iter().find(|row| part.at(row) == *at) {
                let cells = row.cells.iter().map(|cell| cell.text.clone()).collect();
                write(cells, [&part.name, &at.line.to_string(), reason])?;
            }
        }
    }
    let body = writer.into_inner().map_err(|e| Error::Internal(e.to_string()))?;
    // Without a byte order mark Chinese spreadsheet programs show garbage.
    Ok([b"\xef\xbb\xbf".as_slice(), &body].concat())
}
