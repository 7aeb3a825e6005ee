//! Operations to push, in order, until their results have come back.

use daycare_core::time::Moment;
use daycare_sync::SCHEMA;
use daycare_sync::admit::next_incarnation;
use daycare_sync::change::Outcome;
use daycare_sync::op::{Edit, Fields, Op, RowKey};
use daycare_sync::rebase::Pending;
use daycare_sync::wire::{BATCH, Batch, Pushed};
use rusqlite::{Connection, OptionalExtension, Row};
use uuid::Uuid;

use super::stamp::hlc;
use super::state::{SNAPSHOT, state};
use crate::connection::Store;
use crate::error::{Error, Result};
use crate::setting;
use crate::sql::{RowExt, params};

/// The most bytes of ops in one batch.
const BATCH_BYTES: usize = 256 * 1024;

pub(super) fn fields(text: Option<String>) -> rusqlite::Result<Fields> {
    let Some(text) = text else { return Ok(Fields::new()) };
    serde_json::from_str(&text).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))
}

/// number, id, tbl, row, deed, fields, was, under, hlc, settled
pub(super) fn pending(row: &Row<'_>) -> rusqlite::Result<Pending> {
    let now = fields(row.read(5)?)?;
    let edit = match row.get_ref(4)?.as_str()? {
        "insert" => Edit::Insert(now),
        "update" => Edit::Update { fields: now, was: fields(row.read(6)?)? },
        "delete" => Edit::Delete,
        _ => Edit::Erase(now),
    };
    let op = Op {
        id: Uuid::from_bytes(row.read(1)?),
        row: RowKey::new(row.read::<String>(2)?, row.read::<String>(3)?),
        hlc: hlc(row.read(8)?),
        schema: SCHEMA,
        edit,
    };
    let number: i64 = row.read(0)?;
    Ok(Pending { number: number.unsigned_abs(), op, under: fields(row.read(7)?)?, settled: row.read(9)? })
}

impl Store {
    /// The next batch of ops that the hub does not have yet; `None` if there is none.
    pub fn batch(&self) -> Result<Option<Batch>> {
        let Some(state) = state(&self.conn)? else { return Ok(None) };
        let mut statement = self.conn.prepare_cached(include_str!("batch.sql"))?;
        let limit = i64::try_from(BATCH).unwrap_or(i64::MAX);
        let mut rows = statement.query(params![state.acked.cast_signed(), limit])?;
        let (mut first, mut ops, mut bytes) = (0, Vec::new(), 0);
        while let Some(row) = rows.next()? {
            let size = row.get_ref(5)?.as_str_or_null().map_err(rusqlite::Error::from)?.map_or(0, str::len);
            bytes += size + 200;
            if !ops.is_empty() && bytes > BATCH_BYTES {
                break;
            }
            let pending = pending(row)?;
            if ops.is_empty() {
                first = pending.number;
            }
            ops.push(pending.op);
        }
        drop(rows);
        if ops.is_empty() {
            return Ok(None);
        }
        let seal = self.last_seal()?;
        Ok(Some(Batch { incarnation: state.incarnation, first, ops, seal }))
    }

    /// Records that the hub has accepted a batch. A late answer changes nothing. Problems for
    /// people are recorded at once, because the log may be pruned before it is read.
    pub fn pushed(&mut self, incarnation: u32, answer: &Pushed) -> Result<()> {
        self.quietly(|conn, wall| {
            if state(conn)?.is_some_and(|state| state.incarnation == incarnation) {
                let offset = answer.hub_time.0 - wall.0;
                let _ =
                    conn.execute(include_str!("pushed.sql"), params![answer.acked.cast_signed(), offset])?;
                for (op, outcome) in &answer.outcomes {
                    if matches!(outcome, Outcome::Queued { .. } | Outcome::Rejected(_)) {
                        note_own(conn, *op, outcome, wall)?;
                    }
                }
                let _ = conn.execute(include_str!("forget_settled.sql"), [])?;
            }
            Ok(())
        })
    }

    /// The hub expects an earlier op. If that op is no longer here, everything pending gets new
    /// numbers, so that sync never gets stuck.
    pub fn rewind(&mut self, expect: u64) -> Result<()> {
        let there =
            self.conn.prepare_cached("SELECT 1 FROM op WHERE number = ?1")?.exists([expect.cast_signed()])?;
        if !there {
            return self.renumber(0);
        }
        self.quietly(|conn, _| {
            let sql = "UPDATE sync_state SET acked = min(acked, ?1 - 1)";
            let _ = conn.execute(sql, [expect.cast_signed()])?;
            Ok(())
        })
    }

    /// After a restore from a backup or a disk image: starts a new incarnation, above the one
    /// that the hub has `received`. Numbers start at 1; ops keep their identifiers.
    pub fn renumber(&mut self, received: u32) -> Result<()> {
        self.quietly(|conn, _| renumber(conn, received))
    }
}

/// Records the result of an own edit, together with the values it wanted.
fn note_own(conn: &Connection, op: Uuid, outcome: &Outcome, wall: Moment) -> Result<()> {
    let sql = "SELECT number, id, tbl, row, deed, fields, was, under, hlc, settled FROM op WHERE id = ?1";
    let own = conn.prepare_cached(sql)?.query_row([op.into_bytes()], pending).optional()?;
    let Some(Pending { op, .. }) = own else { return Ok(()) };
    let mut asked = op.edit.fields().cloned().unwrap_or_default();
    match outcome {
        Outcome::Queued { fields } => asked.retain(|name, _| fields.contains(name)),
        _ => asked.clear(),
    }
    add_notice(conn, (op.id, &op.row), outcome, &asked, wall)
}

/// Adds a problem that people must look at; one already seen stays seen.
pub(super) fn add_notice(
    conn: &Connection,
    (op, row): (Uuid, &RowKey),
    outcome: &Outcome,
    asked: &Fields,
    wall: Moment,
) -> Result<()> {
    let json = |value: serde_json::Result<String>| value.map_err(|e| Error::Internal(e.to_string()));
    let (outcome, asked) = (json(serde_json::to_string(outcome))?, json(serde_json::to_string(asked))?);
    let _ = conn.prepare_cached(include_str!("add_notice.sql"))?.execute(params![
        op.into_bytes(),
        row.table,
        row.key,
        outcome,
        asked,
        wall
    ])?;
    Ok(())
}

/// As [`Store::renumber`]; does nothing without a hub.
pub(crate) fn renumber(conn: &Connection, received: u32) -> Result<()> {
    let numbers: Vec<i64> = {
        let mut statement = conn.prepare("SELECT number FROM op ORDER BY number")?;
        let numbers = statement.query_map([], |row| row.read(0))?;
        numbers.collect::<rusqlite::Result<_>>()?
    };
    // A new number is never above the old one, so no number is used twice on the way.
    for (new, old) in (1i64..).zip(&numbers) {
        let _ = conn.execute("UPDATE op SET number = ?2 WHERE number = ?1", [*old, new])?;
    }
    let count = i64::try_from(numbers.len()).map_err(|e| Error::Internal(e.to_string()))?;
    let _ = conn.execute("UPDATE sqlite_sequence SET seq = ?1 WHERE name = 'op'", [count])?;
    let Some(state) = state(conn)? else { return Ok(()) };
    // Its numbers belong to an earlier incarnation.
    setting::put(conn, SNAPSHOT, "")?;
    let mut chance = [0; 2];
    getrandom::fill(&mut chance).map_err(|e| Error::Internal(e.to_string()))?;
    let next = next_incarnation(state.incarnation, received, u16::from_be_bytes(chance));
    let _ = conn.execute("UPDATE sync_state SET incarnation = ?1, acked = 0", [next])?;
    // A leased place may have been given away since the backup was made.
    let _ = conn.execute("DELETE FROM seat_lease WHERE mine = 1", [])?;
    Ok(())
}
