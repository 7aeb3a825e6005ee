//! Applies what the hub sends. This kiosk's own edits stay visible until their results arrive.

use std::collections::HashMap;

use daycare_core::audit::Actor;
use daycare_core::follow_up::{About, Kind};
use daycare_core::ids::ResidentId;
use daycare_core::text::unhex;
use daycare_core::time::Moment;
use daycare_sync::change::{Change, Gone, Outcome, Reason};
use daycare_sync::fault::Fault;
use daycare_sync::hlc::Hlc;
use daycare_sync::op::{Fields, RowKey};
use daycare_sync::rebase::{self, Pending, Write};
use daycare_sync::tables::Table;
use daycare_sync::wire::{Pulled, SnapshotRow};
use rusqlite::types::Value as Stored;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params_from_iter};
use serde_json::Value;

use super::capture::{self, Column};
use super::state::{SNAPSHOT, state};
use super::{outbox, stamp};
use crate::connection::{Store, Tx};
use crate::error::{DatabaseFault, Error, Result};
use crate::merge::arrival::Arrived;
use crate::setting;
use crate::sql::{RowExt, params};

/// How many changes were applied, and how many could not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Received {
    /// Number of changes applied.
    pub applied: usize,
    /// Number of changes left out; staff are shown why.
    pub refused: usize,
    /// Number of people who were erased elsewhere; copies of their data here must be removed
    /// too.
    pub erased: usize,
}

impl Store {
    /// Applies changes in one transaction. Changes that were already applied are skipped;
    /// changes further ahead in the log wait for the missing ones.
    ///
    /// # Errors
    /// Database errors; then nothing of it is in place.
    pub fn receive(&mut self, pulled: &Pulled) -> Result<Received> {
        let received = self.applying(|tx| {
            let mut received = Received::default();
            let Some(state) = state(tx)? else { return Ok(received) };
            let (mut cursor, mut latest, mut last) = (state.cursor, Hlc::default(), state.cursor_op);
            let (mut displaced, mut arrived) = (Vec::new(), Arrived::default());
            for change in &pulled.changes {
                if change.number != cursor + 1 {
                    continue;
                }
                (cursor, last) = (change.number, Some(change.op));
                arrived.note(&change.row, &change.fields);
                latest = latest.max(change.at);
                let own = change.kiosk == state.kiosk || tx.is_own(change.op)?;
                match tx.or_nothing(|| tx.place_one(change, (state.kiosk, own))) {
                    Ok(erased) => {
                        received.applied += 1;
                        received.erased += usize::from(erased);
                        if own && change.outcome == Outcome::Displaced {
                            displaced.push(change.row.clone());
                        }
                    }
                    Err(Error::Database { fault, detail: why }) if is_about_the_row(fault) => {
                        received.refused += 1;
                        tracing::warn!(
                            "change {} of {} is not taken: {why}",
                            change.number,
                            change.row.table
                        );
                        tx.note(change)?;
                        // The change was received all the same, so edits made here no longer
                        // wait for it.
                        let mut pending = tx.pending_of(&change.row)?;
                        let _ = rebase::receive(change, &mut pending, Fault::None);
                        tx.keep(&pending)?;
                    }
                    Err(other) => return Err(other),
                }
            }
            let sql = "UPDATE sync_state SET cursor = ?1, head = ?2, offset_ms = ?3, hlc = max(hlc, ?4), cursor_op = ?5";
            let offset = pulled.hub_time.0 - tx.clock.now().0;
            let _ = tx.prepare_cached(sql)?.execute(params![
                cursor.cast_signed(),
                pulled.head.cast_signed(),
                offset,
                latest.to_bits().cast_signed(),
                last.map(uuid::Uuid::into_bytes)
            ])?;
            tx.call_displaced(&displaced)?;
            tx.follow(&arrived)?;
            Ok(received)
        })?;
        if received.erased > 0 {
            self.forget_copies_or_later();
        }
        Ok(received)
    }

    /// Applies rows in their present state at the hub. They include the results of the ops that
    /// the hub has taken from here, up to the number `acked` when the snapshot began. Edits
    /// that the hub does not have stay visible. People who were promised a place here and are
    /// now waiting for one are put on the call list. Returns how many rows could not be stored.
    ///
    /// # Errors
    /// Database errors; then nothing of it is in place.
    pub fn receive_rows(&mut self, rows: &[SnapshotRow], acked: u64) -> Result<usize> {
        let acked = acked.cast_signed();
        let (erased, refused) = self.applying(|tx| {
            let (mut erased, mut refused, mut lost) = (0, 0, Vec::new());
            let mut arrived = Arrived::default();
            for one in rows {
                arrived.note(&one.row, &one.fields);
                let mut told = tx.prepare_cached(include_str!("is_promised.sql"))?;
                let told = told.query_row(params![one.row.table, one.row.key, acked], |row| row.read(0));
                let promised: bool = told.optional()?.unwrap_or(false);
                let refused_merge = tx.own_merge(&one.row, acked)?.filter(|_| one.gone.is_none());
                let answered = "DELETE FROM op WHERE tbl = ?1 AND row = ?2 AND number <= ?3";
                let _ = tx.prepare_cached(answered)?.execute(params![one.row.table, one.row.key, acked])?;
                let placed = tx.or_nothing(|| {
                    if let Some(op) = refused_merge
                        && tx.take_back_refused(&one.row, &one.fields, false)?
                    {
                        tx.note_refused_merge(op, &one.row)?;
                    }
                    tx.place_row(one)
                });
                match placed {
                    Ok(was_somebody) => erased += usize::from(was_somebody),
                    Err(Error::Database { fault, detail: why }) if is_about_the_row(fault) => {
                        refused += 1;
                        tracing::warn!("a row of {} is not taken: {why}", one.row.table);
                    }
                    Err(other) => return Err(other),
                }
                if promised && tx.waits(&one.row)? {
                    lost.push(one.row.clone());
                }
            }
            tx.call_displaced(&lost)?;
            tx.follow(&arrived)?;
            Ok((erased, refused))
        })?;
        if erased > 0 {
            self.forget_copies_or_later();
        }
        Ok(refused)
    }

    /// Ends a snapshot whose rows are all applied; the log continues after `cursor`. Own rows
    /// that the hub has received but does not have were refused by it.
    pub fn end_snapshot(&mut self, cursor: u64, acked: u64) -> Result<()> {
        let acked = acked.cast_signed();
        self.applying(|tx| {
            let refused: Vec<RowKey> = {
                let mut statement = tx.prepare(include_str!("list_refused.sql"))?;
                let rows = statement.query_map([acked], |row| {
                    Ok(RowKey::new(row.read::<String>(0)?, row.read::<String>(1)?))
                })?;
                rows.collect::<rusqlite::Result<_>>()?
            };
            for row in &refused {
                let op = tx.own_merge(row, acked)?;
                if tx.take_back_refused(row, &Fields::new(), true)? {
                    tx.note_refused_merge(op.unwrap_or_default(), row)?;
                }
                tx.write(row, &Write { fields: Fields::new(), gone: Some(Gone::Deleted) })?;
            }
            let _ = tx.execute("DELETE FROM op WHERE number <= ?1", [acked])?;
            setting::put(tx, SNAPSHOT, "")?;
            let sql = "UPDATE sync_state SET cursor = ?1, cursor_op = NULL";
            let _ = tx.execute(sql, [cursor.cast_signed()])?;
            Ok(())
        })
    }

    /// A transaction in which nothing is recorded as our own edit. Foreign keys are not
    /// checked: they were checked where the row was written, and a row may arrive before the
    /// one it refers to.
    fn applying<T>(&mut self, work: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        self.conn.pragma_update(None, "foreign_keys", false)?;
        // Also after a panic, which the thread of the store survives.
        let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| self.apply_unchecked(work)));
        self.conn.pragma_update(None, "foreign_keys", true)?;
        done.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }

    fn apply_unchecked<T>(&mut self, work: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        let clock = self.clock.clone();
        let raw = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let tx = Tx { raw, clock, actor: Actor::Program, role: None, enrolled: false };
        let _ = tx.execute("UPDATE sync_state SET applying = 1", [])?;
        let value = work(&tx)?;
        let _ = tx.execute("UPDATE sync_state SET applying = 0", [])?;
        tx.raw.commit()?;
        Ok(value)
    }
}

impl Tx<'_> {
    /// Runs `work` completely or not at all.
    pub(crate) fn or_nothing<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.execute_batch("SAVEPOINT change")?;
        let done = work();
        self.execute_batch(if done.is_ok() {
            "RELEASE change"
        } else {
            "ROLLBACK TO change; RELEASE change"
        })?;
        done
    }

    /// Applies a row of a snapshot. Returns whether somebody was erased.
    fn place_row(&self, SnapshotRow { row, fields, at, gone }: &SnapshotRow) -> Result<bool> {
        let change = Change {
            number: 0,
            op: uuid::Uuid::nil(),
            kiosk: uuid::Uuid::nil(),
            row: row.clone(),
            at: *at,
            outcome: Outcome::Applied,
            fields: fields.clone(),
            gone: gone.filter(|gone| *gone == Gone::Deleted),
            asked: Fields::new(),
            leases: vec![],
        };
        let erased = *gone == Some(Gone::Erased) && self.erase_too(row)?;
        let mut pending = self.pending_of(row)?;
        let write = rebase::receive(&change, &mut pending, Fault::None);
        self.write(row, &write)?;
        self.keep(&pending)?;
        self.note_age(&change)?;
        Ok(erased)
    }

    /// Records the row's age as given by the hub.
    fn note_age(&self, change: &Change) -> Result<()> {
        let (at, gone) = (change.at.to_bits().cast_signed(), change.gone == Some(Gone::Deleted));
        let _ = self.prepare_cached(include_str!("put_heard.sql"))?.execute(params![
            change.row.table,
            change.row.key,
            at,
            gone
        ])?;
        Ok(())
    }

    /// Whether the booking is on the waiting list now.
    fn waits(&self, row: &RowKey) -> Result<bool> {
        let id = uuid::Uuid::parse_str(&row.key).map_err(|e| Error::Internal(e.to_string()))?;
        let sql = format!("SELECT 1 FROM {} WHERE id = ?1 AND status = 'waitlist'", row.table);
        Ok(self.prepare_cached(&sql)?.exists([id.into_bytes()])?)
    }

    /// Applies a change. Returns whether somebody was erased.
    fn place_one(&self, change: &Change, (kiosk, own): (uuid::Uuid, bool)) -> Result<bool> {
        for lease in &change.leases {
            let sql = "INSERT INTO seat_lease (pool, seat, mine, until) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
            let mine = lease.kiosk == kiosk;
            let _ = self.prepare_cached(sql)?.execute(params![lease.pool, lease.seat, mine, lease.until])?;
        }
        if own && self.take_back_refused(&change.row, &change.fields, change.gone.is_some())? {
            self.note_refused_merge(change.op, &change.row)?;
        }
        let mut pending = self.pending_of(&change.row)?;
        let write = rebase::receive(change, &mut pending, Fault::None);
        // Also if the erasure was made here: only now are its operations removed.
        let erased = write.gone == Some(Gone::Erased) && change.row.table == "resident";
        if erased {
            let _ = self.erase_too(&change.row)?;
        } else if change.gone != Some(Gone::Erased) {
            self.write(&change.row, &write)?;
        }
        self.keep(&pending)?;
        if !matches!(change.outcome, Outcome::Rejected(_)) {
            self.note_age(change)?;
        }
        self.settle_notices(change)?;
        // A result concerns only the kiosk that made the op; a conflict between two values
        // concerns every kiosk.
        let queued = matches!(change.outcome, Outcome::Queued { .. });
        if change.outcome.needs_people() && (queued || own) {
            self.note(change)?;
        }
        Ok(erased)
    }

    /// Moves received rows to where the merges say they belong. A row that cannot be moved
    /// stays where it is and does not block the others.
    fn follow(&self, arrived: &Arrived) -> Result<()> {
        match self.or_nothing(|| self.as_own_edits(|| self.follow_merges(arrived))) {
            Err(Error::Database { fault, detail }) if is_about_the_row(fault) => {
                tracing::warn!("a merge is not followed: {detail}");
                Ok(())
            }
            done => done,
        }
    }

    /// Runs work whose edits are recorded as this kiosk's own and pushed, while edits of others
    /// are being applied.
    pub(crate) fn as_own_edits<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let _ = self.prepare_cached("UPDATE sync_state SET applying = 0")?.execute([])?;
        let done = work()?;
        stamp::stamp(self, &self.clock)?;
        let _ = self.prepare_cached("UPDATE sync_state SET applying = 1")?.execute([])?;
        Ok(done)
    }

    /// Puts people who lost a promised place on the call list; done by the kiosk that made the
    /// promise.
    fn call_displaced(&self, rows: &[RowKey]) -> Result<()> {
        self.as_own_edits(|| self.raise_displaced(rows))
    }

    fn raise_displaced(&self, rows: &[RowKey]) -> Result<()> {
        for row in rows {
            let id = uuid::Uuid::parse_str(&row.key).map_err(|e| Error::Internal(e.to_string()))?;
            let about = match row.table.as_str() {
                "appointment" => About::Appointment(id.into()),
                _ => About::Enrolment(id.into()),
            };
            let sql = format!("SELECT resident_id FROM {} WHERE id = ?1", row.table);
            let whose =
                self.prepare_cached(&sql)?.query_row([id.into_bytes()], |row| row.read(0)).optional()?;
            if let Some(resident) = whose {
                self.raise_follow_up(resident, about, Kind::Displaced)?;
            }
        }
        Ok(())
    }

    /// Erases a person who was erased elsewhere. Returns whether there was anybody to erase.
    fn erase_too(&self, row: &RowKey) -> Result<bool> {
        if row.table != "resident" {
            return Ok(false);
        }
        let id = uuid::Uuid::parse_str(&row.key).map_err(|e| Error::Internal(e.to_string()))?;
        self.erase_here(ResidentId::from(id))
    }

    pub(super) fn pending_of(&self, row: &RowKey) -> Result<Vec<Pending>> {
        let mut statement = self.prepare_cached(include_str!("pending_of.sql"))?;
        let rows = statement.query_map([&row.table, &row.key], outbox::pending)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Stores the values beneath our own edits, and removes edits that are settled.
    fn keep(&self, pending: &[Pending]) -> Result<()> {
        for one in pending {
            let under = Value::Object(one.under.clone().into_iter().collect()).to_string();
            let sql = "UPDATE op SET under = ?2, settled = ?3 WHERE number = ?1";
            let _ =
                self.prepare_cached(sql)?.execute(params![one.number.cast_signed(), under, one.settled])?;
        }
        let _ = self.prepare_cached(include_str!("forget_settled.sql"))?.execute([])?;
        Ok(())
    }

    /// Whether this op is an own edit whose result is awaited.
    fn is_own(&self, op: uuid::Uuid) -> Result<bool> {
        Ok(self.prepare_cached("SELECT 1 FROM op WHERE id = ?1")?.exists([op.into_bytes()])?)
    }

    /// Whether the merge that a moved row was recorded for is present.
    fn has_merge_of(&self, key: &str) -> Result<bool> {
        let merge = key.split('/').next().unwrap_or_default();
        Ok(self.prepare_cached("SELECT 1 FROM merge WHERE id = unhex(?1)")?.exists([merge])?)
    }

    /// The operation of a merge that was made here, and whose result is awaited.
    fn own_merge(&self, row: &RowKey, acked: i64) -> Result<Option<uuid::Uuid>> {
        if row.table != "merge" {
            return Ok(None);
        }
        let mut statement = self.prepare_cached(include_str!("own_merge.sql"))?;
        let found = statement.query_row(params![row.key, acked], |row| row.read::<[u8; 16]>(0));
        Ok(found.optional()?.map(uuid::Uuid::from_bytes))
    }

    fn note_refused_merge(&self, op: uuid::Uuid, row: &RowKey) -> Result<()> {
        let refused = Outcome::Rejected(Reason::MergedElsewhere);
        outbox::add_notice(self, (op, row), &refused, &Fields::new(), self.clock.now())
    }

    fn note(&self, change: &Change) -> Result<()> {
        let (which, now) = ((change.op, &change.row), self.clock.now());
        outbox::add_notice(self, which, &change.outcome, &change.asked, now)
    }

    /// A decision counts for every kiosk: a column in question was written again, or somebody
    /// who lost a place has one or no longer wants one. Any other edit of the row decides
    /// nothing.
    fn settle_notices(&self, change: &Change) -> Result<()> {
        if !matches!(change.outcome, Outcome::Applied | Outcome::Merged | Outcome::Confirmed { .. }) {
            return Ok(());
        }
        let open: Vec<(Vec<u8>, String, Fields)> = {
            let sql = "SELECT op_id, outcome, other FROM sync_notice WHERE tbl = ?1 AND row = ?2 AND seen_at IS NULL";
            let mut statement = self.prepare_cached(sql)?;
            let rows = statement.query_map([&change.row.table, &change.row.key], |row| {
                Ok((row.read(0)?, row.read(1)?, outbox::fields(row.read(2)?)?))
            })?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        for (op, outcome, other) in open {
            let decided = match serde_json::from_str(&outcome).map_err(|e| Error::Internal(e.to_string()))? {
                Outcome::Queued { .. } => other.keys().any(|name| change.fields.contains_key(name)),
                Outcome::Displaced => change.fields.contains_key("status"),
                _ => false,
            };
            if decided || change.gone.is_some() {
                let sql = "UPDATE sync_notice SET seen_at = ?2 WHERE op_id = ?1";
                let _ = self.prepare_cached(sql)?.execute(params![op, self.clock.now()])?;
            }
        }
        Ok(())
    }

    /// Writes the visible state of a row.
    fn write(&self, row: &RowKey, write: &Write) -> Result<()> {
        let Some(table) = Table::named(&row.table) else {
            return Err(unfit(&format!("no table {}", row.table)));
        };
        if write.gone.is_some() {
            let columns = capture::columns(self, table)?;
            let (which, key) = by_key(table, &columns, &row.key, 1)?;
            let _ = self
                .prepare(&format!("DELETE FROM {} WHERE {which}", table.name))?
                .execute(params_from_iter(key))?;
            return Ok(());
        }
        // A record of a moved row means nothing once its merge was removed with an erased
        // person.
        if table.name == "merge_row" && !self.has_merge_of(&row.key)? {
            return Ok(());
        }
        match write_fields(self, row, &write.fields, self.clock.now()) {
            Err(Error::Database { fault: DatabaseFault::Duplicate, .. }) if table.name == "visit" => {
                self.write_second_visit(row, &write.fields)
            }
            Err(Error::Database { fault: DatabaseFault::Duplicate, .. }) => {
                self.step_aside(row, &write.fields)?;
                write_fields(self, row, &write.fields, self.clock.now())
            }
            done => done,
        }
    }
}

/// Every synced column of a row, as stored here.
pub(super) fn whole(conn: &Connection, row: &RowKey) -> Result<Fields> {
    let Some(table) = Table::named(&row.table) else { return Ok(Fields::new()) };
    let columns = capture::synced(conn, table)?;
    let names: Fields = columns.into_iter().map(|column| (column.name, Value::Null)).collect();
    Ok(look(conn, row, &names)?.0)
}

/// Converts a value to its stored form.
fn stored(value: &Value, column: &Column) -> Result<Stored> {
    Ok(match value {
        Value::Null => Stored::Null,
        Value::Bool(flag) => Stored::Integer(i64::from(*flag)),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => Stored::Integer(whole),
            None => Stored::Real(number.as_f64().unwrap_or_default()),
        },
        Value::String(text) if column.blob => {
            Stored::Blob(unhex(text).ok_or_else(|| unfit("not hexadecimal"))?)
        }
        Value::String(text) => Stored::Text(text.clone()),
        Value::Array(_) | Value::Object(_) => Stored::Text(value.to_string()),
    })
}

/// `a = ?1 AND b = ?2` and the values of a key.
fn by_key(table: &Table, columns: &[Column], key: &str, first: usize) -> Result<(String, Vec<Stored>)> {
    let mut parts = key.splitn(table.key.len(), '/');
    let (mut which, mut values) = (Vec::new(), Vec::new());
    for (at, name) in table.key.iter().enumerate() {
        let part = parts.next().ok_or_else(|| unfit("a key too short"))?;
        let column = columns.iter().find(|column| column.name == *name);
        let column = column.ok_or_else(|| unfit("no such key here"))?;
        which.push(format!("{name} = ?{}", first + at));
        values.push(stored(&Value::String(part.to_owned()), column)?);
    }
    Ok((which.join(" AND "), values))
}

/// Sets columns of a row, or inserts it if it does not exist. Columns that this program does
/// not know are left for a newer one.
pub(super) fn write_fields(conn: &Connection, row: &RowKey, fields: &Fields, now: Moment) -> Result<()> {
    let Some(table) = Table::named(&row.table) else {
        return Err(unfit(&format!("no table {}", row.table)));
    };
    let columns = capture::columns(conn, table)?;
    let known: Vec<(&Column, &Value)> = columns
        .iter()
        .filter(|column| !table.local.contains(&column.name.as_str()))
        .filter_map(|column| Some((column, fields.get(&column.name)?)))
        .collect();
    if known.is_empty() {
        return Ok(());
    }
    let mut values = known.iter().map(|(column, value)| stored(value, column)).collect::<Result<Vec<_>>>()?;
    let (which, key) = by_key(table, &columns, &row.key, values.len() + 1)?;
    let sets: Vec<String> =
        known.iter().enumerate().map(|(at, (column, _))| format!("{} = ?{}", column.name, at + 1)).collect();
    let update = format!("UPDATE {} SET {} WHERE {which}", table.name, sets.join(", "));
    let changed = conn.prepare_cached(&update)?.execute(params_from_iter(values.iter().chain(&key)))?;
    if changed > 0 {
        return Ok(());
    }
    let mut names: Vec<&str> = known.iter().map(|(column, _)| column.name.as_str()).collect();
    // Columns local to each kiosk start with their default values.
    for column in columns
        .iter()
        .filter(|column| column.needed && !names.contains(&column.name.as_str()))
        .collect::<Vec<_>>()
    {
        if table.local.contains(&column.name.as_str()) {
            names.push(&column.name);
            values.push(Stored::Integer(now.0));
        }
    }
    let marks: Vec<String> = (1..=names.len()).map(|at| format!("?{at}")).collect();
    let insert = format!("INSERT INTO {} ({}) VALUES ({})", table.name, names.join(", "), marks.join(", "));
    let _ = conn.prepare_cached(&insert)?.execute(params_from_iter(values))?;
    Ok(())
}

/// Some columns of a row as stored here, and the name of the person it belongs to.
pub(super) fn look(conn: &Connection, row: &RowKey, of: &Fields) -> Result<(Fields, Option<String>)> {
    let Some(table) = Table::named(&row.table) else { return Ok((Fields::new(), None)) };
    let columns = capture::columns(conn, table)?;
    let (which, key) = by_key(table, &columns, &row.key, 1)?;
    let by_name: HashMap<&str, &Column> = columns.iter().map(|c| (c.name.as_str(), c)).collect();
    let mut fields = Fields::new();
    for name in of.keys() {
        let Some(column) = by_name.get(name.as_str()) else { continue };
        let expression = if column.blob { format!("lower(hex({name}))") } else { name.clone() };
        let sql = format!("SELECT {expression} FROM {} WHERE {which}", table.name);
        let found = conn.prepare_cached(&sql)?.query_row(params_from_iter(&key), |row| row.read::<Stored>(0));
        if let Some(value) = found.optional()? {
            let value = match value {
                Stored::Integer(whole) => Value::from(whole),
                Stored::Real(number) => Value::from(number),
                Stored::Text(text) if column.blob && text.is_empty() => Value::Null,
                Stored::Text(text) => Value::from(text),
                Stored::Null | Stored::Blob(_) => Value::Null,
            };
            let _ = fields.insert(name.clone(), value);
        }
    }
    let whose = match table.name {
        "resident" => Some("id"),
        _ => by_name.contains_key("resident_id").then_some("resident_id"),
    };
    let person = match whose {
        None => None,
        Some(whose) => {
            let sql = format!(
                "SELECT r.name FROM {} t JOIN resident r ON r.id = t.{whose} WHERE {}",
                table.name,
                which.split(" AND ").map(|part| format!("t.{part}")).collect::<Vec<_>>().join(" AND ")
            );
            conn.prepare_cached(&sql)?.query_row(params_from_iter(&key), |row| row.read(0)).optional()?
        }
    };
    Ok((fields, person))
}

/// The error for a row that no table here accepts.
fn unfit(detail: &str) -> Error {
    Error::Database { fault: DatabaseFault::Constraint, detail: detail.to_owned() }
}

/// Whether the row itself is at fault, so that it is skipped. A full disk or a locked database
/// is not the row's fault, and the row will be received again.
fn is_about_the_row(fault: DatabaseFault) -> bool {
    use DatabaseFault::{Constraint, Duplicate, Other, Overlap};
    matches!(fault, Duplicate | Overlap | Constraint | Other)
}
