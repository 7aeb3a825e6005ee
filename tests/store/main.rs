//! Records on real files: what is written, corrected, undone, merged, migrated, killed.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::string_slice,
    reason = "a test stops where something is wrong, and may wait"
)]

mod activities;
mod appointments;
mod care_and_privacy;
mod clock;
mod crash;
mod opening;
mod schema;
mod undo;
