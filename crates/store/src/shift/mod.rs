//! Shifts of volunteers and staff. They are corrected like visits: a new row replaces the old
//! one, which stays readable.

use chrono::NaiveDate;
use daycare_core::audit::Actor;
use daycare_core::ids::{DutyId, ResidentId, ShiftId, StaffId, VolunteerId};
use daycare_core::time::Moment;
use daycare_core::visit::State;
use daycare_core::volunteer::{Correction, ListedShift, Shift, Worker};
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::json;

use crate::audit::TrailEntry;
use crate::connection::{Store, Tx};
use crate::error::{Error, Result, Rule, Thing};
use crate::sql::{RowExt, params};
use crate::{sql, visit, volunteer};

fn from_row(row: &Row<'_>) -> rusqlite::Result<Shift> {
    let worker = match row.read(1)? {
        Some(id) => Worker::Volunteer(id),
        None => Worker::Staff(row.read(2)?),
    };
    Ok(Shift {
        id: row.read(0)?,
        worker,
        team_id: row.read(3)?,
        duty_id: row.read(4)?,
        day: sql::day(row.get_ref(5)?.as_str()?)?,
        started_at: row.read(6)?,
        ended_at: row.read(7)?,
        state: row.read(8)?,
    })
}

/// The worker as two columns, one of which is NULL.
fn columns(worker: Worker) -> (Option<VolunteerId>, Option<StaffId>) {
    match worker {
        Worker::Volunteer(id) => (Some(id), None),
        Worker::Staff(id) => (None, Some(id)),
    }
}

fn get(conn: &Connection, id: ShiftId) -> Result<Option<Shift>> {
    let mut statement = conn.prepare_cached(include_str!("get.sql"))?;
    Ok(statement.query_row(params![id], from_row).optional()?)
}

pub(crate) fn require(conn: &Connection, id: ShiftId) -> Result<Shift> {
    get(conn, id)?.ok_or(Error::NotFound(Thing::Shift))
}

fn open_of(conn: &Connection, worker: Worker) -> Result<Option<Shift>> {
    let mut statement = conn.prepare_cached(include_str!("get_open.sql"))?;
    let (volunteer, staff) = columns(worker);
    Ok(statement.query_row(params![volunteer, staff], from_row).optional()?)
}

fn words(shift: &Shift) -> serde_json::Value {
    json!({ "worker": shift.worker, "team": shift.team_id, "duty": shift.duty_id, "day": shift.day,
        "started_at": shift.started_at, "ended_at": shift.ended_at, "state": shift.state })
}

impl Tx<'_> {
    pub(crate) fn add_shift(
        &self,
        shift: &Shift,
        corrects: Option<ShiftId>,
        action: &'static str,
        reason: &str,
    ) -> Result<()> {
        let (volunteer, staff) = columns(shift.worker);
        let _ = self.prepare_cached(include_str!("add.sql"))?.execute(params![
            shift.id,
            volunteer,
            staff,
            shift.team_id,
            shift.duty_id,
            shift.day.to_string(),
            shift.started_at,
            shift.ended_at,
            shift.state,
            corrects,
        ])?;
        self.log(&TrailEntry::new(action, "shift", shift.id.uuid()).after(words(shift)).reason(reason))
    }

    fn set_shift(
        &self,
        shift: &Shift,
        state: State,
        ended_at: Option<Moment>,
        (action, reason): (&'static str, &str),
    ) -> Result<Shift> {
        let _ = self
            .prepare_cached(include_str!("set_state.sql"))?
            .execute(params![shift.id, state, ended_at])?;
        let after = Shift { ended_at, state, ..shift.clone() };
        let change = TrailEntry::new(action, "shift", shift.id.uuid())
            .before(words(shift))
            .after(words(&after))
            .reason(reason);
        self.log(&change)?;
        Ok(after)
    }

    fn end_shift(&self, worker: Worker, at: Moment) -> Result<Option<Shift>> {
        let Some(open) = open_of(self, worker)? else { return Ok(None) };
        // A toggle never crosses the day, and a clock that was set back never makes a shift end
        // before it began.
        if open.day != at.day(self.clock.zone()) {
            return self.set_shift(&open, State::NotRecorded, None, ("shift.close_day", "")).map(Some);
        }
        let at = at.max(open.started_at);
        self.set_shift(&open, State::Left, Some(at), ("shift.end", "")).map(Some)
    }

    /// Reopens a shift of today that was closed by mistake, unless another has begun.
    pub(crate) fn open_shift_again(&self, id: ShiftId) -> Result<()> {
        let shift = require(self, id)?;
        let closed = shift.state == State::NotRecorded && shift.day == self.clock.today();
        if closed && open_of(self, shift.worker)?.is_none() {
            let _ = self.set_shift(&shift, State::Open, None, ("shift.open_again", ""))?;
        }
        Ok(())
    }

    /// Ends the shift of somebody who goes home.
    pub(crate) fn end_shift_of(&self, resident: ResidentId, at: Moment) -> Result<()> {
        if let Some(volunteer) = volunteer::of_resident(self, resident)? {
            let _ = self.end_shift(Worker::Volunteer(volunteer.id), at)?;
        }
        Ok(())
    }

    /// Reopens the shift that ended with the departure at `left_at`, because the person is
    /// still here, unless another one has begun since.
    pub(crate) fn resume_shift_of(&self, resident: ResidentId, left_at: Moment) -> Result<()> {
        let Some(volunteer) = volunteer::of_resident(self, resident)? else { return Ok(()) };
        let worker = Worker::Volunteer(volunteer.id);
        if open_of(self, worker)?.is_some() {
            return Ok(());
        }
        let ended = self
            .prepare_cached(include_str!("get_ended_at.sql"))?
            .query_row(params![volunteer.id, left_at], from_row)
            .optional()?;
        if let Some(ended) = ended {
            let _ = self.set_shift(&ended, State::Open, None, ("shift.undo_end", ""))?;
        }
        Ok(())
    }

    fn team_of(&self, worker: Worker) -> Result<Option<daycare_core::ids::TeamId>> {
        match worker {
            Worker::Volunteer(id) => Ok(Some(volunteer::require(self, id)?.team_id)),
            Worker::Staff(_) => Ok(None),
        }
    }

    pub(crate) fn correct_shift(&self, old: ShiftId, with: &Correction) -> Result<Shift> {
        if let Some(done) = get(self, with.new_id)? {
            return Ok(done);
        }
        let old = require(self, old)?;
        if old.state == State::Superseded {
            return Err(Error::Rule(Rule::ShiftChanged));
        }
        // The team stays that of the day.
        let new = Shift { team_id: old.team_id, ..self.written_later(old.worker, with)? };
        let _ = self.set_shift(&old, State::Superseded, old.ended_at, ("shift.supersede", ""))?;
        if new.state == State::Open && open_of(self, old.worker)?.is_some() {
            return Err(Error::Rule(Rule::ShiftOpen));
        }
        self.add_shift(&new, Some(old.id), "shift.correct", &with.reason)?;
        Ok(new)
    }

    /// A shift entered later must lie in the past, within one day.
    fn written_later(&self, worker: Worker, with: &Correction) -> Result<Shift> {
        if with.reason.trim().is_empty() {
            return Err(Error::Rule(Rule::ReasonNeeded));
        }
        let zone = self.clock.zone();
        visit::check_times(with.started_at, with.ended_at, self.clock.now(), zone)?;
        let day = with.started_at.day(zone);
        let state = match with.ended_at {
            Some(_) => State::Left,
            None if day == self.clock.today() => State::Open,
            None => State::NotRecorded,
        };
        Ok(Shift {
            id: with.new_id,
            worker,
            team_id: self.team_of(worker)?,
            duty_id: with.duty_id,
            day,
            started_at: with.started_at,
            ended_at: with.ended_at,
            state,
        })
    }
}

impl Store {
    /// Starts a shift. Repeating the call writes it only once; an open shift goes on.
    ///
    /// # Errors
    /// No such person, or database errors.
    pub fn start_shift(
        &mut self,
        actor: Actor,
        id: ShiftId,
        worker: Worker,
        duty: Option<DutyId>,
    ) -> Result<Shift> {
        self.transact(actor, |tx| {
            if let Some(known) = get(tx, id)? {
                return Ok(known);
            }
            let (now, today) = (tx.clock.now(), tx.clock.today());
            if let Some(open) = open_of(tx, worker)? {
                if open.day == today {
                    return Ok(open);
                }
                let _ = tx.set_shift(&open, State::NotRecorded, None, ("shift.close_day", ""))?;
            }
            let shift = Shift {
                id,
                worker,
                team_id: tx.team_of(worker)?,
                duty_id: duty,
                day: today,
                started_at: now,
                ended_at: None,
                state: State::Open,
            };
            tx.add_shift(&shift, None, "shift.start", "")?;
            Ok(shift)
        })
    }

    /// Ends the open shift; returns `None` if there is none.
    pub fn end_shift(&mut self, actor: Actor, worker: Worker) -> Result<Option<Shift>> {
        self.transact(actor, |tx| tx.end_shift(worker, tx.clock.now()))
    }

    /// Undoes the start or the end of a shift of today.
    ///
    /// # Errors
    /// The day is over, another shift has begun, or database errors.
    pub fn undo_shift(&mut self, actor: Actor, id: ShiftId) -> Result<Shift> {
        self.transact(actor, |tx| {
            let shift = require(tx, id)?;
            match shift.state {
                State::Open => tx.set_shift(&shift, State::Void, None, ("shift.undo", "")),
                State::Left if shift.day == tx.clock.today() => {
                    if open_of(tx, shift.worker)?.is_some() {
                        return Err(Error::Rule(Rule::ShiftBegan));
                    }
                    tx.set_shift(&shift, State::Open, None, ("shift.undo_end", ""))
                }
                State::Void => Ok(shift),
                _ => Err(Error::Rule(Rule::DayOver)),
            }
        })
    }

    /// Sets the duty of a shift.
    ///
    /// # Errors
    /// No such shift or duty, or database errors.
    pub fn set_duty(&mut self, actor: Actor, id: ShiftId, duty: Option<DutyId>) -> Result<()> {
        self.transact(actor, |tx| {
            let before = require(tx, id)?;
            let _ = tx.prepare_cached(include_str!("set_duty.sql"))?.execute(params![id, duty])?;
            let change = TrailEntry::new("shift.duty", "shift", id.uuid())
                .before(json!({ "duty": before.duty_id }))
                .after(json!({ "duty": duty }));
            tx.log(&change)
        })
    }

    /// Replaces a shift by a corrected version.
    ///
    /// # Errors
    /// No reason, impossible times, corrected meanwhile, or database errors.
    pub fn correct_shift(&mut self, actor: Actor, old: ShiftId, with: &Correction) -> Result<Shift> {
        self.transact(actor, |tx| tx.correct_shift(old, with))
    }

    /// Enters a shift later, from paper, with a reason.
    ///
    /// # Errors
    /// No reason, impossible times, no such person, or database errors.
    pub fn enter_shift_late(&mut self, actor: Actor, worker: Worker, entry: &Correction) -> Result<Shift> {
        self.transact(actor, |tx| {
            if let Some(done) = get(tx, entry.new_id)? {
                return Ok(done);
            }
            let new = tx.written_later(worker, entry)?;
            if new.state == State::Open && open_of(tx, worker)?.is_some() {
                return Err(Error::Rule(Rule::ShiftOpen));
            }
            tx.add_shift(&new, None, "shift.late_entry", &entry.reason)?;
            Ok(new)
        })
    }

    /// Strikes a shift out for a reason; it stays readable.
    ///
    /// # Errors
    /// No reason, no such shift, or database errors.
    pub fn strike_out_shift(&mut self, actor: Actor, id: ShiftId, reason: &str) -> Result<Shift> {
        if reason.trim().is_empty() {
            return Err(Error::Rule(Rule::ReasonNeeded));
        }
        self.transact(actor, |tx| {
            let shift = require(tx, id)?;
            if !shift.state.counts() {
                return Ok(shift);
            }
            tx.set_shift(&shift, State::Void, shift.ended_at, ("shift.strike_out", reason))
        })
    }

    /// The open shift of today, if there is one.
    pub fn open_shift(&self, worker: Worker) -> Result<Option<Shift>> {
        let today = self.clock.today();
        Ok(open_of(&self.conn, worker)?.filter(|shift| shift.day == today))
    }

    /// Shifts of a period, of one person or everybody, including those struck out.
    pub fn shifts(&self, from: NaiveDate, to: NaiveDate, worker: Option<Worker>) -> Result<Vec<ListedShift>> {
        let mut statement = self.conn.prepare_cached(include_str!("list.sql"))?;
        let (volunteer, staff) = worker.map_or((None, None), columns);
        let period = params![from.to_string(), to.to_string(), volunteer, staff];
        let rows = statement.query_map(period, |row| {
            Ok(ListedShift {
                shift: from_row(row)?,
                name: row.read(9)?,
                team: row.read(10)?,
                duty: row.read(11)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Closes open shifts of earlier days as "end not recorded".
    pub fn close_shifts_before_today(&mut self) -> Result<usize> {
        let today = self.clock.today().to_string();
        self.transact(Actor::Program, |tx| {
            let open: Vec<Shift> = {
                let mut statement = tx.prepare_cached(include_str!("list_open_before.sql"))?;
                let rows = statement.query_map([today], from_row)?;
                rows.collect::<rusqlite::Result<_>>()?
            };
            for shift in &open {
                let _ = tx.set_shift(shift, State::NotRecorded, None, ("shift.close_day", ""))?;
            }
            Ok(open.len())
        })
    }
}
