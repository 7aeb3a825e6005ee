//! The application.

pub mod import;
