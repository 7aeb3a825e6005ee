//! Readings: written once, corrected by new rows, with every measurement
//! behind an average; and each person's own targets.

use daycare_core::audit::Actor;
use daycare_core::follow_up;
use daycare_core::ids::{CallId, ReadingId, ResidentId, StaffId, TargetId};
use daycare_core::time::Moment;
use daycare_core::vitals::{Reading, Target, Value};
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::json;

use crate::audit::TrailEntry;
use crate::connection::{Store, Tx};
use crate::error::{Error, Result, Rule, Thing};
use crate::sql;
use crate::sql::{RowExt, params};

fn from_row(row: &Row<'_>) -> rusqlite::Result<Reading> {
    Ok(Reading {
        id: row.read(0)?,
        resident_id: row.read(1)?,
        appointment_id: row.read(2)?,
        taken_at: row.read(3)?,
        kind: row.read(4)?,
        timing: row.read(5)?,
        value: Value { first: row.read(6)?, second: row.read(7)? },
        parts: Vec::new(),
        origin: row.read(8)?,
        limits: row.read(9)?,
        taken_by: row.read(10)?,
    })
}

fn with_parts(conn: &Connection, mut readings: Vec<Reading>) -> Result<Vec<Reading>> {
    let mut statement = conn.prepare_cached(include_str!("list_parts.sql"))?;
    for reading in &mut readings {
        let rows = statement
            .query_map(params![reading.id], |row| Ok(Value { first: row.read(0)?, second: row.read(1)? }))?;
        reading.parts = rows.collect::<rusqlite::Result<_>>()?;
    }
    Ok(readings)
}

/// One reading with its single measurements.
pub(crate) fn require(conn: &Connection, id: ReadingId) -> Result<Reading> {
    let found = conn.prepare_cached(include_str!("get.sql"))?.query_row(params![id], from_row).optional()?;
    let reading = found.ok_or(Error::NotFound(Thing::Reading))?;
    with_parts(conn, vec![reading])?.pop().ok_or(Error::NotFound(Thing::Reading))
}

impl Tx<'_> {
    fn add_reading(&self, reading: &Reading, corrects: Option<ReadingId>, reason: &str) -> Result<()> {
        let staff: Option<StaffId> = match self.actor {
            Actor::Staff(id) => Some(id),
            _ => None,
        };
        let _ = self.prepare_cached(include_str!("add.sql"))?.execute(params![
            reading.id,
            reading.resident_id,
            reading.appointment_id,
            reading.taken_at,
            reading.kind,
            reading.timing,
            reading.value.first,
            reading.value.second,
            reading.origin,
            reading.limits,
            staff,
            corrects,
        ])?;
        for (number, part) in (1u32..).zip(&reading.parts) {
            let _ = self.prepare_cached(include_str!("add_part.sql"))?.execute(params![
                reading.id,
                number,
                part.first,
                part.second
            ])?;
        }
        let words = json!({ "resident": reading.resident_id, "kind": reading.kind, "timing": reading.timing,
            "value": reading.value, "parts": reading.parts, "taken_at": reading.taken_at });
        let action = if corrects.is_some() { "reading.correct" } else { "reading.add" };
        self.log(&TrailEntry::new(action, "reading", reading.id.uuid()).after(words).reason(reason))
    }

    pub(crate) fn correct_reading(&self, old: ReadingId, with: &Reading, reason: &str) -> Result<()> {
        if self.reading_state(with.id)?.is_some() {
            return Ok(());
        }
        self.end_reading(old, "superseded", reason)?;
        self.add_reading(with, Some(old), reason)
    }

    /// The new version keeps the staff member who took the old one.
    pub(crate) fn keep_taker(&self, old: ReadingId, new: ReadingId) -> Result<()> {
        let _ = self.prepare_cached(include_str!("keep_staff.sql"))?.execute(params![old, new])?;
        Ok(())
    }

    fn reading_state(&self, id: ReadingId) -> Result<Option<String>> {
        let mut statement = self.prepare_cached(include_str!("get_state.sql"))?;
        Ok(statement.query_row(params![id], |row| row.read(0)).optional()?)
    }

    fn end_reading(&self, id: ReadingId, state: &str, reason: &str) -> Result<()> {
        match self.reading_state(id)?.as_deref() {
            Some("final") => {}
            Some(_) => {
                return Err(Error::Rule(Rule::ReadingChanged));
            }
            None => return Err(Error::NotFound(Thing::Reading)),
        }
        let _ = self.prepare_cached(include_str!("set_state.sql"))?.execute(params![id, state])?;
        let change = TrailEntry::new("reading.end", "reading", id.uuid())
            .before(json!({ "state": "final" }))
            .after(json!({ "state": state }))
            .reason(reason);
        self.log(&change)
    }
}

impl Store {
    /// Writes readings taken together, all or none. Repeating the call writes them only once.
    /// If `call` is given, staff are called to the person in the same transaction.
    ///
    /// # Errors
    /// No such resident, or database errors.
    pub fn add_readings(&mut self, actor: Actor, readings: &[Reading], call: Option<CallId>) -> Result<()> {
        self.transact(actor, |tx| {
            for reading in readings {
                if tx.reading_state(reading.id)?.is_none() {
                    let _ = crate::resident::require(tx, reading.resident_id)?;
                    tx.add_reading(reading, None, "")?;
                }
            }
            if let (Some(call), Some(reading)) = (call, readings.first()) {
                tx.raise_call(call, Some(reading.resident_id), "reading")?;
            }
            Ok(())
        })
    }

    /// Replaces a reading by a corrected version; the old one stays.
    ///
    /// # Errors
    /// No reason, corrected meanwhile, or database errors.
    pub fn correct_reading(
        &mut self,
        actor: Actor,
        old: ReadingId,
        with: &Reading,
        reason: &str,
    ) -> Result<()> {
        if reason.trim().is_empty() {
            return Err(Error::Rule(Rule::ReasonNeeded));
        }
        self.transact(actor, |tx| tx.correct_reading(old, with, reason))
    }

    /// Strikes a reading out, because it was somebody else's or was never taken.
    ///
    /// # Errors
    /// No reason, corrected meanwhile, or database errors.
    pub fn strike_out_reading(&mut self, actor: Actor, id: ReadingId, reason: &str) -> Result<()> {
        if reason.trim().is_empty() {
            return Err(Error::Rule(Rule::ReasonNeeded));
        }
        self.transact(actor, |tx| tx.end_reading(id, "entered_in_error", reason))
    }

    /// Readings of one person since an instant, the oldest first.
    pub fn readings_of(&self, resident: ResidentId, since: Moment) -> Result<Vec<Reading>> {
        let readings = {
            let mut statement = self.conn.prepare_cached(include_str!("list_of_resident.sql"))?;
            let rows = statement.query_map(params![resident, since], from_row)?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        with_parts(&self.conn, readings)
    }

    /// Readings of everybody between two instants.
    pub fn readings_between(&self, from: Moment, until: Moment) -> Result<Vec<Reading>> {
        let readings = {
            let mut statement = self.conn.prepare_cached(include_str!("list_between.sql"))?;
            let rows = statement.query_map(params![from, until], from_row)?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        with_parts(&self.conn, readings)
    }

    /// Puts somebody on the call list, because a reading must be repeated on another day.
    pub fn ask_recheck(&mut self, actor: Actor, resident: ResidentId) -> Result<()> {
        self.transact(actor, |tx| {
            tx.raise_follow_up(resident, follow_up::About::Nothing, follow_up::Kind::Recheck)
        })
    }

    /// Sets a person's own target; earlier ones stay in the file.
    ///
    /// # Errors
    /// No name of who set it, the lower limit is above the upper one, or database errors.
    pub fn set_target(&mut self, actor: Actor, resident: ResidentId, target: &Target) -> Result<()> {
        if target.set_by.trim().is_empty() {
            return Err(Error::Rule(Rule::TargetSetterNeeded));
        }
        let upside_down = |range: [i32; 2]| range[0] > range[1];
        if upside_down(target.range) || target.range_second.is_some_and(upside_down) {
            return Err(Error::Rule(Rule::TargetReversed));
        }
        self.transact(actor, |tx| {
            let _ = tx.prepare_cached(include_str!("add_target.sql"))?.execute(params![
                TargetId::new(),
                resident,
                target.kind,
                target.range[0],
                target.range[1],
                target.range_second.map(|range| range[0]),
                target.range_second.map(|range| range[1]),
                target.set_by,
                target.set_on.to_string(),
            ])?;
            let change = TrailEntry::new("target.set", "resident", resident.uuid())
                .after(serde_json::to_value(target).ok());
            tx.log(&change)
        })
    }

    /// The targets in force for one person.
    pub fn targets_of(&self, resident: ResidentId) -> Result<Vec<Target>> {
        let mut statement = self.conn.prepare_cached(include_str!("list_targets.sql"))?;
        let rows = statement.query_map(params![resident], |row| {
            let (low, high): (Option<i32>, Option<i32>) = (row.read(3)?, row.read(4)?);
            let day: String = row.read(6)?;
            Ok(Target {
                kind: row.read(0)?,
                range: [row.read(1)?, row.read(2)?],
                range_second: low.zip(high).map(|(low, high)| [low, high]),
                set_by: row.read(5)?,
                set_on: sql::day(&day)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
