//! Corrects records that were dated while the clock was wrong, as far as the program noticed by
//! how much it was set. Each row gets a corrected version; the old one stays.

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

/// Setting: clock jumps whose records have not been corrected yet.
const JUMPS: &str = "clock.jumps";
/// The reason given in the corrections.
const REASON: &str = "时钟不对，按校准后的时间改";

/// A change of the clock is noticed within this many ms.
const NOTICED_MS: i64 = 2 * 60_000;

/// By how many ms the start and the end of a row are off.
type Off = (Option<i64>, Option<i64>);

impl Store {
    /// The newest entry of the audit trail.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn last_line(&self) -> Result<i64> {
        Ok(self.conn.prepare_cached(include_str!("last_line.sql"))?.query_row([], |row| row.read(0))?)
    }

    /// Records that the clock was set by `by_ms` within the last minute, in a program that
    /// started at entry `since` of the audit trail.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn note_clock_jump(&mut self, since: i64, by_ms: i64) -> Result<()> {
        let mut jumps = self.clock_jumps()?;
        // Up to the last confirmation, dates are right or have already been corrected.
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

    /// Corrects the dates of visits, shifts and readings. A record that would then lie in the
    /// future or clash with newer ones stays as it is.
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
        // Duplicates of a visit stay duplicates.
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

    /// Reopens what the nightly closing ended because the clock was ahead, if the day is not
    /// over.
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

    /// Rows that were closed in a range of entries, with their earlier status.
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
