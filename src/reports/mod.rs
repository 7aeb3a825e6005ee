//! Reports, lists, cards and exports, for people and other programs.

pub mod card;
pub mod cards;
pub mod csv;
pub mod day_list;
pub mod fhir;
pub mod figures;
pub mod files;
pub mod ics;
pub mod lists;
pub mod pdf;
pub mod period;
pub mod poster;
pub mod sheet;
pub mod slip;
pub mod table;
pub mod text;
pub mod time_bank;
pub mod xlsx;
