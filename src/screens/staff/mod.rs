//! What caregivers see. Lists may scroll; finger, mouse and keyboard all work.

pub mod board;
pub mod first_start;
pub mod frame;
pub mod history;
pub mod person;
pub mod residents;
pub mod unlock;
pub mod visit_form;
