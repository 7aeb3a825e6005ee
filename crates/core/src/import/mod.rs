//! Parsed import data before it is written: rows, refusals and doubts. The kiosk reads the
//! files, the store writes the records.

// Files that others wrote are of any shape: an index may lie outside.
#![cfg_attr(not(test), warn(clippy::indexing_slicing))]

pub mod outcome;
pub mod residents;
pub mod rows;
