//! What was dated while the clock was wrong is dated anew, as far as the program saw
//! by how much the clock was set. Each row becomes a corrected one; the old stays.

use std::collections::BTreeMap;

use daycare_core::audit::Actor;
use daycare_core::clock_jump::{Jump, Stretch, stretches};
use daycare_core::ids::{ReadingId, ShiftId, VisitId};
use daycare_core::time::Moment;
use daycare_core::volunteer;
use daycare_core::{visit as visits, vitals};
use uuid::Uuid;

use crate::connection::{Store, Tx};
use crate::error::DatabaseFault::{Constraint, Duplicate, Overlap};
use crate::error::{Error, Result};
use crate::sql::{RowExt, params};
use crate::{reading, setting, shift, visit};

/// Jumps of the clock that nobody has put right yet.
const JUMPS: &str = "clock.jumps";
/// What the corrections say.
const REASON: &str = "时钟不对，按校准后的时间改";

/// A clock that was set is noticed within so long.
const NOTICED_MS: i64 = 2 * 60_000;

/// By how much the beginning and the end of a row are off.
type Off = (Option<i64>, Option<i64>);

impl Store {
    /// The newest line of the trail.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn last_line(&self) -> Result<i64> {
        Ok(self.conn.prepare_cached(include_str!("last_line.sql"))?.query_row([], |row| row.read(0))?)
    }

    /// Notes that the clock was set by `by_ms` in the last minute, in a program that
    /// began at line `since` of the trail.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn note_clock_jump(&mut self, since: i64, by_ms: i64) -> Result<()> {
        let mut jumps = self.clock_jumps()?;
        // Up to the last confirmation the dates are right, or have been put right.
        let since = since.max(self.confirmed_line()?);
        let from = jumps.last().map_or(since, |jump| jump.until.max(since));
        let now = self.clock.now();
        let until = self
            .conn
            .prepare_cached(include_str!("last_dated.sql"))?
            .query_row(params![from, now.plus_ms(-NOTICED_MS), now], |row| row.read(0))?;
        jumps.push(Jump { from, until, by_ms });
        let words = serde_json::to_string(&jumps).map_err(|e| Error::Internal(e.to_string()))?;
        setting::put(&self.conn, JUMPS, &words)
    }

    /// What happened to the clock while the program was not running is not known:
    /// leaving a date is better than moving a right one.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn forget_clock_jumps(&mut self) -> Result<()> {
        if self.clock_jumps()?.is_empty() { Ok(()) } else { setting::put(&self.conn, JUMPS, "") }
    }

    fn clock_jumps(&self) -> Result<Vec<Jump>> {
        let noted = self.setting(JUMPS)?.unwrap_or_default();
        Ok(serde_json::from_str(&noted).unwrap_or_default())
    }

    /// Visits, shifts and readings are dated anew. What cannot be, since it would lie in
    /// the future or clash with what was written since, stays as it is.
    pub(super) fn put_dates_right(&mut self) -> Result<()> {
        let stretches = stretches(&self.clock_jumps()?);
        self.transact(Actor::Program, |tx| {
            for (id, off) in tx.written(&stretches, "visit", ("visit.check_in", "visit.check_out"))? {
                tx.unless_impossible(|| tx.redate_visit(id.into(), off))?;
            }
            for (id, off) in tx.written(&stretches, "shift", ("shift.start", "shift.end"))? {
                tx.unless_impossible(|| tx.redate_shift(id.into(), off))?;
            }
            for (id, off) in tx.written(&stretches, "reading", ("reading.add", ""))? {
                tx.unless_impossible(|| tx.redate_reading(id.into(), off))?;
            }
            for stretch in stretches.iter().filter(|stretch| stretch.by_ms < 0) {
                tx.open_again(stretch)?;
            }
            setting::put(tx, JUMPS, "")
        })
    }
}

impl Tx<'_> {
    fn written(
        &self,
        stretches: &[Stretch],
        table: &str,
        (begun, ended): (&str, &str),
    ) -> Result<BTreeMap<Uuid, Off>> {
        let mut all: BTreeMap<Uuid, Off> = BTreeMap::new();
        // The duplicate of a visit stays one.
        let counts = if table == "visit" { "AND t.duplicate_of IS NULL" } else { "" };
        let sql = include_str!("list_written.sql").replace("{table}", table).replace("{counts}", counts);
        let mut statement = self.prepare(&sql)?;
        for stretch in stretches {
            let mut rows = statement.query(params![stretch.from, stretch.until, begun, ended])?;
            while let Some(row) = rows.next()? {
                let off = all.entry(Uuid::from_bytes(row.read(0)?)).or_default();
                off.0 = off.0.or(row.read::<bool>(1)?.then_some(stretch.by_ms));
                off.1 = off.1.or(row.read::<bool>(2)?.then_some(stretch.by_ms));
            }
        }
        Ok(all)
    }

    /// What the night closed by a clock that was ahead, although the day is not over.
    fn open_again(&self, stretch: &Stretch) -> Result<()> {
        for (id, _) in self.closed(stretch, "visit.close_day")? {
            self.unless_impossible(|| visit::open_again(self, id.into()))?;
        }
        for (id, _) in self.closed(stretch, "shift.close_day")? {
            self.unless_impossible(|| self.open_shift_again(id.into()))?;
        }
        for (id, _) in self.closed(stretch, "enrolment.close")? {
            self.unless_impossible(|| self.wait_for_place_again(id.into()))?;
        }
        for (id, before) in self.closed(stretch, "appointment.close")? {
            self.unless_impossible(|| self.open_appointment_again(id.into(), &before))?;
        }
        Ok(())
    }

    /// Rows that were closed in a stretch, and their status before.
    fn closed(&self, stretch: &Stretch, action: &str) -> Result<Vec<(Uuid, String)>> {
        let mut statement = self.prepare_cached(include_str!("list_closed.sql"))?;
        let rows = statement.query_map(params![stretch.from, stretch.until, action], |row| {
            Ok((Uuid::from_bytes(row.read(0)?), row.read(1)?))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn unless_impossible(&self, work: impl FnOnce() -> Result<()>) -> Result<()> {
        match self.or_nothing(work) {
            Err(
                error @ (Error::Rule(_) | Error::Database { fault: Duplicate | Overlap | Constraint, .. }),
            ) => {
                tracing::warn!("a date stays as it is: {error}");
                Ok(())
            }
            done => done,
        }
    }

    fn redate_visit(&self, id: VisitId, (arrived, left): Off) -> Result<()> {
        let old = visit::read::require(self, id)?;
        let with = visits::Correction {
            new_id: VisitId::new(),
            arrived_at: moved(old.arrived_at, arrived),
            left_at: old.left_at.map(|at| moved(at, left)),
            services: old.services,
            reason: REASON.into(),
        };
        self.correct(id, &with).map(drop)
    }

    fn redate_shift(&self, id: ShiftId, (started, ended): Off) -> Result<()> {
        let old = shift::require(self, id)?;
        let with = volunteer::Correction {
            new_id: ShiftId::new(),
            started_at: moved(old.started_at, started),
            ended_at: old.ended_at.map(|at| moved(at, ended)),
            duty_id: old.duty_id,
            reason: REASON.into(),
        };
        self.correct_shift(id, &with).map(drop)
    }

    fn redate_reading(&self, id: ReadingId, (taken, _): Off) -> Result<()> {
        let old = reading::require(self, id)?;
        let with = vitals::Reading { id: ReadingId::new(), taken_at: moved(old.taken_at, taken), ..old };
        self.correct_reading(id, &with, REASON)?;
        self.keep_taker(id, with.id)
    }
}

fn moved(at: Moment, by_ms: Option<i64>) -> Moment {
    at.plus_ms(by_ms.unwrap_or(0))
}
