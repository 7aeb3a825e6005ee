//! Rules of a centre: series, counting, visits, other people's tables.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::string_slice,
    reason = "a test stops where something is wrong, and may wait"
)]

mod any_table;
mod counting;
mod other_files;
mod recurrence;
mod typing;
mod visit_rules;
