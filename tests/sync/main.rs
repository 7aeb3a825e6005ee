//! Several kiosks: the simulator of the protocol, and the store's side of it.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::string_slice,
    reason = "a test stops where something is wrong, and may wait"
)]

mod kiosk;
mod simulator;
