//! What caregivers see. Lists may scroll; finger, mouse and keyboard all work.

pub mod board;
pub mod cleaning;
pub mod clinic;
pub mod first_start;
pub mod frame;
pub mod health;
pub mod history;
pub mod intake;
pub mod locked;
pub mod measure;
pub mod merge;
pub mod narrow;
pub mod person;
pub mod picker;
pub mod programme;
pub mod residents;
pub mod revealed;
pub mod schedule;
pub mod settings;
pub mod shift_book;
pub mod span;
pub mod statistics;
pub mod unlock;
pub mod visit_form;
pub mod volunteers;
pub mod welfare;
