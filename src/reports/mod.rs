//! Writing what was counted: tables for the terminal, CSV for a spreadsheet.

pub mod csv;
pub mod text;
