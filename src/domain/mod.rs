//! Pure words and rules of a day-care centre. No iced, no SQL, no files.

pub mod activity;
pub mod appointment;
pub mod audit;
pub mod call;
pub mod card;
pub mod changes;
pub mod checkup;
pub mod consent;
pub mod follow_up;
pub mod ids;
pub mod national_id;
pub mod picture;
pub mod queue;
pub mod report;
pub mod resident;
pub mod roster;
pub mod service;
pub mod staff;
pub mod text;
pub mod time;
pub mod visit;
pub mod vitals;
pub mod volunteer;
