//! Check-in kiosk for elderly day-care centres.
//!
//! Imports go one way: `main -> cli -> app -> screens -> widgets -> theme`;
//! `storage`, `intake` and `reports` know `domain` only; `domain` knows nobody.
//! `tests/architecture.rs` proves it.

// A byte index into somebody else's words may lie inside a character.
#![warn(clippy::string_slice)]

pub mod app;
pub mod bars;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod devices;
pub mod domain;
pub mod error;
mod font_files;
pub mod health;
#[cfg(feature = "hub")]
pub mod hub;
pub mod i18n;
pub mod intake;
pub mod link;
pub mod photo;
mod picture_files;
pub mod qr;
pub mod recurrence;
pub mod reports;
pub mod screens;
pub mod storage;
pub mod sync;
pub mod theme;
pub mod thread;
pub mod widgets;
