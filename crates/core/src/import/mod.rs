//! What comes out of somebody else's file before it is written: rows, refusals
//! and doubts. Reading the file is the kiosk's, writing it the store's.

pub mod outcome;
pub mod residents;
pub mod rows;
