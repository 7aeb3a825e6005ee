//! Several kiosks, one truth: what a kiosk pushes to the hub, what the hub makes of
//! it, and what every kiosk makes of the answer. Pure: no clock, no file, no network. The hub stores it in PostgreSQL, the kiosk in SQLite, the simulator of
//! the tests in memory; all three run this code.
//!
//! An [`op::Op`] is one edited row. The hub ([`judge`]) judges it and numbers a
//! [`change::Change`]; a kiosk ([`rebase`]) keeps what it has edited itself in
//! view until its own result comes back.

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

/// Schema of the rows that ops speak of: the number of the newest migration that
/// changed a synced table. A hub takes what is not newer than itself.
pub const SCHEMA: u32 = 6;
