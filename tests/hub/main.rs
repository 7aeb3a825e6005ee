//! The hub over a real PostgreSQL, and wires, servers and kiosks that fail.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::string_slice,
    reason = "a test stops where something is wrong, and may wait"
)]

mod api;
mod calls;
mod erasure;
mod faults;
