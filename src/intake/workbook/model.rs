//! Rows, sheets, and how much of them is accepted.

use super::super::cell::Cell;
use crate::error::FileFault;

/// Largest file accepted: far above any centre's registry, far below memory.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// Limit for the unpacked parts of a spreadsheet, in bytes.
pub(super) const MAX_UNPACKED: u64 = 256 * 1024 * 1024;
/// Most rows in a sheet: four district registries one below the other.
pub(super) const MAX_ROWS: u32 = 200_000;
/// Most columns in a sheet.
pub(super) const MAX_COLUMNS: u32 = 256;
/// Most cells of a file, with the empty ones left of a filled one: what memory holds.
pub(super) const MAX_CELLS: usize = 3_000_000;
/// Most text of a file in bytes, counted in every cell that repeats it.
pub(super) const MAX_TEXT: usize = 64 * 1024 * 1024;
/// The header and the delimiter are looked for in this many rows.
pub const HEADER_WITHIN: usize = 30;

/// What is wrong with a file, and the name or position concerned.
pub type Wrong = (FileFault, String);

/// One row with its place in the sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// Line or row, from 1.
    pub line: u32,
    /// Index of the grid cell it came from, from 0; 0 in a list.
    pub cell: u16,
    /// Cells from the first column on.
    pub cells: Vec<Cell>,
    /// Merged cells: first and last column.
    pub spans: Vec<(usize, usize)>,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// Its name; empty for a text file.
    pub name: String,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// The contents of a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Workbook {
    /// Visible sheets.
    pub sheets: Vec<Sheet>,
    /// Names of hidden sheets, which are not read.
    pub hidden: Vec<String>,
}
