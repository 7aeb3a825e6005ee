//! The program as it is installed: command line, files, papers, windows.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::string_slice,
    reason = "a test stops where something is wrong, and may wait"
)]

mod fhir;
mod intake;
mod reports;
mod trials;
mod window;
