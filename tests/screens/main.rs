//! Screens without a window, by finger, key and card.

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
mod booking;
mod files;
mod front;
mod journeys;
mod keyboard;
mod lost_writes;
mod papers;
mod resident_layout;
mod staff;
mod staff_layout;
mod sync;
mod touch;
