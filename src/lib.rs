//! The kiosk: screens, command line, devices, papers, other people's files.
//!
//! The words and rules of a centre are in `daycare-core`, its records in
//! `daycare-store`, what several kiosks agree on in `daycare-sync`.
//! `tests/architecture.rs` says which room may import which.

// A byte index into somebody else's words may lie inside a character.
#![warn(clippy::string_slice)]

pub mod app;
pub mod cli;
pub mod config;
pub mod demo;
pub mod devices;
pub mod error;
pub mod graphics;
pub mod health;
pub mod i18n;
pub mod intake;
pub mod link;
pub mod reports;
pub mod ui;
