//! Anything with a plug. A missing one is never an error.

pub mod scanner;
pub mod sound;
