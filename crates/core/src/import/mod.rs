//! Parsed import data before it is written: rows, refusals and doubts. The kiosk reads the
//! files, the store writes the records.

pub mod outcome;
pub mod residents;
pub mod rows;
