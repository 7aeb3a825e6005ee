//! How several kiosks share one set of data: what a kiosk pushes to the hub, how the hub judges
//! it, and what every kiosk does with the answer. Pure code: no clock, no files, no network.
//! The hub stores the data in PostgreSQL, the kiosk in SQLite, the simulator of the tests in
//! memory; all three run this code.
//!
//! An [`op::Op`] is one edited row. The hub ([`judge`]) judges it and numbers a
//! [`change::Change`]; a kiosk ([`rebase`]) keeps what it has edited itself in
//! view until its own result comes back.

#![warn(clippy::string_slice)]

pub mod admit;
pub mod change;
pub mod fault;
pub mod hlc;
pub mod invitation;
pub mod judge;
pub mod op;
pub mod pool;
pub mod rebase;
pub mod tables;
pub mod wire;

/// Schema version of the rows that ops describe: the number of the newest migration that
/// changed a synced table. A hub accepts ops up to its own version.
pub const SCHEMA: u32 = 6;
