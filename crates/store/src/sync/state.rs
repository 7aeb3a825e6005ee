//! The state of this kiosk at its hub, and the progress of a snapshot.

use daycare_core::time::Moment;
use daycare_sync::op::RowKey;
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::Result;
use crate::sql::RowExt;

/// The state of this kiosk at its hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Address of the hub.
    pub hub: String,
    /// Centre that this kiosk belongs to.
    pub centre: Uuid,
    /// Identifier of this kiosk at the hub.
    pub kiosk: Uuid,
    /// Which of the centre's kiosks it is, from 0.
    pub ordinal: u32,
    /// Whether it manages the staff accounts.
    pub accounts: bool,
    /// A new number after every restore.
    pub incarnation: u32,
    /// The hub has every op up to this number.
    pub acked: u64,
    /// Number of the last change that was applied.
    pub cursor: u64,
    /// The op of that change, if known.
    pub cursor_op: Option<Uuid>,
    /// Number of the last change in the hub's log.
    pub head: u64,
    /// How far the hub's clock is ahead of ours, in ms.
    pub offset_ms: i64,
    /// When the hub last answered.
    pub synced_at: Option<Moment>,
    /// The problem since then; empty if there is none.
    pub trouble: String,
}

/// Progress of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoFar {
    /// The last row that was applied.
    pub last: Option<RowKey>,
    /// Number after which the log continues, as given by the first page.
    pub head: Option<u64>,
    /// Every op up to this number was at the hub when the snapshot began.
    pub acked: u64,
}

/// Setting: tables that must be read again from the hub.
pub(super) const REREAD: &str = "sync.reread";

/// Setting: progress of a snapshot.
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

/// Whether a hub is joined.
pub(crate) fn is_enrolled(conn: &Connection) -> Result<bool> {
    Ok(conn.prepare_cached("SELECT 1 FROM sync_state")?.exists([])?)
}
