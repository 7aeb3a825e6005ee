//! Reads a file into its tables.

use std::path::Path;

use daycare_core::import::rows::Rows;

use super::super::workbook::{self, Workbook, Wrong};
use super::header::header_of;
use super::layout::Layout;
use super::part::Part;
use super::sections::sections;
use crate::error::{Error, FileFault, Result};

/// All sheets of a file that have the expected header.
#[derive(Debug, Clone)]
pub struct Table<F: 'static> {
    /// Sheets with a header, in file order.
    pub parts: Vec<Part<F>>,
    /// Non-empty columns, and sheets, that were not used.
    pub unused: Vec<String>,
}

impl<F: Copy + PartialEq> Table<F> {
    /// Reads a file and finds the headers that have the needed fields.
    ///
    /// # Errors
    /// The file is missing, too large, not a table, or has no such header.
    pub fn read(path: &Path, layout: &'static Layout<F>) -> Result<Self> {
        Self::of(&bytes_of(path)?, layout).map_err(|(fault, detail)| bad(path, fault, detail))
    }

    /// As [`Table::read`], from bytes.
    ///
    /// # Errors
    /// The bytes are not a table, or have no such header.
    pub fn of(bytes: &[u8], layout: &'static Layout<F>) -> std::result::Result<Self, Wrong> {
        Self::among(workbook::read(bytes)?, layout)
    }

    /// The first of several decodings that has the header.
    pub(in crate::intake) fn among(
        mut readings: Vec<Workbook>,
        layout: &'static Layout<F>,
    ) -> std::result::Result<Self, Wrong> {
        let found = readings
            .iter()
            .position(|book| book.sheets.iter().any(|sheet| header_of(sheet, layout).is_some()));
        match found {
            Some(at) => Self::with_headers(readings.swap_remove(at), layout),
            None => Err((FileFault::NoHeader, missing(layout))),
        }
    }

    fn with_headers(book: Workbook, layout: &'static Layout<F>) -> std::result::Result<Self, Wrong> {
        let mut table = Self { parts: vec![], unused: book.hidden };
        let mut form = None;
        for (number, sheet) in (0..).zip(book.sheets) {
            let (name, filled) = (sheet.name.clone(), !sheet.rows.is_empty());
            let sections = sections(sheet, layout);
            if sections.is_empty() && filled {
                table.unused.push(name.clone());
            }
            for (section, header) in sections {
                let part = Part::new(number, section, header, layout);
                if part.is_form() {
                    form = Some(name.clone());
                    continue;
                }
                for column in part.unused() {
                    if !table.unused.contains(&column) {
                        table.unused.push(column);
                    }
                }
                table.parts.push(part);
            }
        }
        match form {
            Some(sheet) if table.parts.is_empty() => Err((FileFault::Form, sheet)),
            Some(sheet) => {
                table.unused.push(sheet);
                Ok(table)
            }
            None => Ok(table),
        }
    }

    /// Names of the sheets that were read.
    fn sheets(&self) -> Vec<String> {
        let mut sheets: Vec<(u16, String)> =
            self.parts.iter().map(|part| (part.sheet, part.name.clone())).collect();
        sheets.dedup();
        sheets.into_iter().map(|(_, name)| name).collect()
    }

    /// An empty result that already names the sheets and the unused columns.
    pub(in crate::intake) fn rows<R>(&self) -> Rows<R> {
        Rows {
            sheets: self.sheets(),
            unused: self.unused.clone(),
            entries: vec![],
            rejected: vec![],
            warnings: vec![],
        }
    }
}

/// Reads a file after checking its size.
///
/// # Errors
/// The file is missing, cannot be read, or is larger than [`workbook::MAX_BYTES`].
pub fn bytes_of(path: &Path) -> Result<Vec<u8>> {
    let size = std::fs::metadata(path).map_err(|e| Error::file(path, e))?.len();
    if size > workbook::MAX_BYTES {
        return Err(Error::bad_file(path, FileFault::TooLarge, ""));
    }
    std::fs::read(path).map_err(|e| Error::file(path, e))
}

/// An error that names the file and what is wrong with it.
pub fn bad(path: &Path, fault: FileFault, detail: String) -> Error {
    let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    let unclear = matches!(
        fault,
        FileFault::TornSpreadsheet
            | FileFault::NeitherTextNorSpreadsheet
            | FileFault::NoHeader
            | FileFault::Archive
    );
    let fault = match ending.as_str() {
        "et" | "ett" if unclear => FileFault::WpsTable,
        "wps" | "wpt" | "doc" | "docx" if unclear => FileFault::TextDocument,
        _ => fault,
    };
    Error::bad_file(path, fault, detail)
}

fn missing<F: Copy + PartialEq>(layout: &'static Layout<F>) -> String {
    let needed = layout.words.iter().filter(|(field, _)| layout.needed.contains(field));
    needed.filter_map(|(_, names)| names.first().copied()).collect::<Vec<_>>().join("、")
}
