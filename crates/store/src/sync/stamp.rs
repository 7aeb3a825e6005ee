//! Gives edits their identifier and their instant, in the transaction that makes them.

use daycare_core::clock::Clock;
use daycare_sync::hlc::Hlc;
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use crate::error::Result;
use crate::sql::{RowExt, params};

/// The logical clock is stored as the same bits, in a signed integer.
pub(super) fn hlc(stored: i64) -> Hlc {
    Hlc::from_bits(stored.cast_unsigned())
}

/// Gives the edits of this transaction their identifier and their instant.
pub(crate) fn stamp(conn: &Connection, clock: &Clock) -> Result<()> {
    let wall = clock.now();
    let stored = conn.prepare_cached("SELECT hlc FROM sync_state")?.query_row([], |row| row.read(0));
    // After leaving the hub, nothing is pushed any more.
    let Some(stored) = stored.optional()? else { return Ok(()) };
    let mut now = hlc(stored);
    let stamped = stamp_each(conn, |_| {
        now = now.next(wall);
        now
    })?;
    if stamped {
        let _ =
            conn.prepare_cached("UPDATE sync_state SET hlc = ?1")?.execute([now.to_bits().cast_signed()])?;
    }
    Ok(())
}

/// As [`stamp`], but each edit gets the age of its row at the hub. Rows that the hub has never
/// mentioned count as older than anything.
pub(super) fn stamp_with_age(conn: &Connection) -> Result<()> {
    stamp_each(conn, |age| age).map(drop)
}

/// Returns whether there was anything to stamp.
fn stamp_each(conn: &Connection, mut instant: impl FnMut(Hlc) -> Hlc) -> Result<bool> {
    let unstamped: Vec<(i64, i64)> = {
        let mut statement = conn.prepare_cached(include_str!("list_unstamped.sql"))?;
        let numbers = statement.query_map([], |row| Ok((row.read(0)?, row.read(1)?)))?;
        numbers.collect::<rusqlite::Result<_>>()?
    };
    let mut statement = conn.prepare_cached(include_str!("stamp.sql"))?;
    for (number, age) in &unstamped {
        let (id, at) = (Uuid::now_v7().into_bytes(), instant(hlc(*age)));
        let _ = statement.execute(params![number, id, at.to_bits().cast_signed()])?;
    }
    Ok(!unstamped.is_empty())
}
