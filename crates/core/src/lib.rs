//! Vocabulary and rules of a day-care centre. Pure code: no window, no SQL, no files. Only
//! [`clock`] reads the time.

// A byte index into text from outside may fall inside a character.
#![warn(clippy::string_slice)]

pub mod access;
pub mod activity;
pub mod appointment;
pub mod audit;
pub mod birth;
pub mod call;
pub mod card;
pub mod care_plan;
pub mod checkup;
pub mod chore;
pub mod clock;
pub mod clock_doubt;
pub mod clock_jump;
mod codes;
pub mod consent;
pub mod expiry;
pub mod fault;
pub mod follow_up;
pub mod ids;
pub mod import;
pub mod merge;
pub mod national_id;
pub mod papers;
pub mod period;
pub mod picture;
pub mod qr;
pub mod queue;
pub mod recurrence;
pub mod report;
pub mod resident;
pub mod roster;
pub mod rule;
pub mod service;
pub mod shift_book;
pub mod staff;
pub mod statistics;
pub mod surnames;
pub mod text;
pub mod time;
pub mod visit;
pub mod vitals;
pub mod volunteer;
pub mod welfare;
