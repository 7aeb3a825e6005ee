//! How this kiosk stands with its hub, and what it keeps of a snapshot under way.

use daycare_core::time::Moment;
use daycare_sync::op::RowKey;
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::Result;
use crate::sql::RowExt;

/// How this kiosk stands with its hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Address of the hub.
    pub hub: String,
    /// Which centre.
    pub centre: Uuid,
    /// Who this kiosk is there.
    pub kiosk: Uuid,
    /// Which of the centre's kiosks it is, from 0.
    pub ordinal: u32,
    /// Whether it keeps the accounts of the staff.
    pub accounts: bool,
    /// Minted anew after every restore.
    pub incarnation: u32,
    /// The hub has every op up to this number.
    pub acked: u64,
    /// The last change that was put in place.
    pub cursor: u64,
    /// Which op that was, where it is known.
    pub cursor_op: Option<Uuid>,
    /// The last change there is.
    pub head: u64,
    /// The hub's clock is ahead of ours by so much.
    pub offset_ms: i64,
    /// When the hub last answered.
    pub synced_at: Option<Moment>,
    /// What went wrong since; empty is nothing.
    pub trouble: String,
}

/// How far a snapshot has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoFar {
    /// The last row that is in place.
    pub last: Option<RowKey>,
    /// The log goes on after this number, by the first page.
    pub head: Option<u64>,
    /// The hub had every op up to this number when it began.
    pub acked: u64,
}

/// Setting of the tables that are to be read again from the hub.
pub(super) const REREAD: &str = "sync.reread";

/// Setting of a snapshot that is under way.
pub(super) const SNAPSHOT: &str = "sync.snapshot";

pub(crate) fn state(conn: &Connection) -> Result<Option<State>> {
    let mut statement = conn.prepare_cached(include_str!("state.sql"))?;
    let unsigned = |value: i64| value.cast_unsigned();
    let found = statement.query_row([], |row| {
        Ok(State {
            hub: row.read(0)?,
            kiosk: Uuid::from_bytes(row.read(1)?),
            ordinal: row.read(2)?,
            accounts: row.read(3)?,
            incarnation: row.read(4)?,
            acked: unsigned(row.read(5)?),
            cursor: unsigned(row.read(6)?),
            head: unsigned(row.read(7)?),
            offset_ms: row.read(8)?,
            synced_at: row.read(9)?,
            trouble: row.read(10)?,
            centre: Uuid::from_bytes(row.read(11)?),
            cursor_op: row.read::<Option<[u8; 16]>>(12)?.map(Uuid::from_bytes),
        })
    });
    Ok(found.optional()?)
}

/// Whether a hub is enrolled.
pub(crate) fn is_enrolled(conn: &Connection) -> Result<bool> {
    Ok(conn.prepare_cached("SELECT 1 FROM sync_state")?.exists([])?)
}
