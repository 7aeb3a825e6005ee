//! What caregivers see. Lists may scroll; finger, mouse and keyboard all work.

pub mod board;
pub mod clinic;
pub mod first_start;
pub mod frame;
pub mod health;
pub mod history;
pub mod measure;
pub mod person;
pub mod picker;
pub mod programme;
pub mod residents;
pub mod schedule;
pub mod unlock;
pub mod visit_form;
pub mod volunteers;
