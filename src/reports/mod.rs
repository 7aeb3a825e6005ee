//! Writing what was counted: tables for the terminal, CSV for a spreadsheet.

pub mod card;
pub mod csv;
pub mod text;
