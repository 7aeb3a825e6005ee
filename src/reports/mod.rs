//! What was counted, written for people and other programs.

pub mod card;
pub mod csv;
pub mod day_list;
pub mod fhir;
pub mod files;
pub mod ics;
pub mod pdf;
pub mod poster;
pub mod slip;
pub mod text;
pub mod time_bank;
