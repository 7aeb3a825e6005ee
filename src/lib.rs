//! The kiosk: screens, command line, devices, documents, imports of foreign files.
//!
//! A centre's vocabulary and rules are in `daycare-core`, its records in `daycare-store`, the
//! rules of syncing several kiosks in `daycare-sync`, and pinyin in `daycare-ime`.
//! `tests/architecture` checks which module may import which.

// A byte index into foreign text may fall inside a character.
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
pub mod reports;
pub mod sync_client;
pub mod typing;
pub mod ui;
