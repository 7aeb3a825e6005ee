//! Visits: arrivals, departures, corrections. Lists and counts are in [`history`].

pub mod history;
pub(crate) mod read;

use chrono::NaiveDate;
use daycare_core::audit::Actor;
use daycare_core::ids::{ResidentId, ServiceId, VisitId};
use daycare_core::time::Moment;
use daycare_core::visit::{CheckIn, CheckedIn, Correction, Source, State, Visit, Way};
use rusqlite::{Connection, OptionalExtension};
use serde_json::json;

use crate::audit::TrailEntry;
use crate::connection::{Store, Tx};
use crate::error::{Error, Result, Rule, Thing};
use crate::sql::{RowExt, params};
use read::{from_row, get, open_of, require, with_services};

fn words(visit: &Visit) -> serde_json::Value {
    json!({
        "resident": visit.resident_id,
        "day": visit.day,
        "arrived_at": visit.arrived_at,
        "left_at": visit.left_at,
        "state": visit.state,
        "source": visit.source,
        "services": visit.services,
    })
}

/// The visit of a day that was closed without a departure.
fn closed_on(conn: &Connection, resident: ResidentId, day: NaiveDate) -> Result<Option<Visit>> {
    let mut statement = conn.prepare_cached(include_str!("get_closed_on.sql"))?;
    let found = statement.query_row(params![resident, day.to_string()], from_row).optional()?;
    found.map(|visit| with_services(conn, visit)).transpose()
}

/// Closes a visit without a known departure.
pub(crate) fn close_without_departure(tx: &Tx<'_>, id: VisitId) -> Result<()> {
    let visit = require(tx, id)?;
    let _ = tx.set_state(&visit, State::NotRecorded, None, &Step::of("visit.close_day"))?;
    Ok(())
}

/// Reopens a visit of today that was closed by mistake, unless another one has begun.
pub(crate) fn open_again(tx: &Tx<'_>, id: VisitId) -> Result<()> {
    let visit = require(tx, id)?;
    let closed = visit.state == State::NotRecorded && visit.day == tx.clock.today();
    if closed && open_of(tx, visit.resident_id)?.is_none() {
        let _ = tx.set_state(&visit, State::Open, None, &Step::of("visit.open_again"))?;
    }
    Ok(())
}

impl Tx<'_> {
    /// Whether there is a visit on that day that counts.
    fn was_here_on(&self, resident: ResidentId, day: NaiveDate) -> Result<bool> {
        let mut statement = self.prepare_cached(include_str!("was_here.sql"))?;
        Ok(statement.exists(params![resident, day.to_string()])?)
    }

    fn undo_check_in(&self, id: VisitId) -> Result<Visit> {
        let visit = require(self, id)?;
        match visit.state {
            State::Void => Ok(visit),
            State::Open => {
                let undone = self.set_state(&visit, State::Void, None, &Step::of("visit.undo"))?;
                // If there was an earlier visit that day, the bookings stay "arrived".
                if !self.was_here_on(visit.resident_id, visit.day)? {
                    self.unarrive(visit.resident_id)?;
                }
                Ok(undone)
            }
            _ => Err(Error::Rule(Rule::VisitEnded)),
        }
    }

    fn undo_check_out(&self, id: VisitId) -> Result<Visit> {
        let visit = require(self, id)?;
        if visit.state == State::Open {
            return Ok(visit);
        }
        if visit.state != State::Left || visit.day != self.clock.today() {
            return Err(Error::Rule(Rule::DayOver));
        }
        if open_of(self, visit.resident_id)?.is_some() {
            return Err(Error::Rule(Rule::VisitOpen));
        }
        // The departure ended their shift, so the shift is reopened as well.
        if let Some(left_at) = visit.left_at {
            self.resume_shift_of(visit.resident_id, left_at)?;
        }
        self.set_state(&visit, State::Open, None, &Step::of("visit.undo_check_out"))
    }

    /// Writes a new visit row.
    pub(crate) fn add_visit(&self, visit: &Visit, extra: &Extra<'_>) -> Result<()> {
        let _ = self.prepare_cached(include_str!("add.sql"))?.execute(params![
            visit.id,
            visit.resident_id,
            visit.day.to_string(),
            visit.arrived_at,
            visit.left_at,
            visit.state,
            visit.source,
            extra.other_words,
            extra.corrects,
        ])?;
        self.put_services(visit.id, &visit.services)?;
        self.log(
            &TrailEntry::new(extra.action, "visit", visit.id.uuid()).after(words(visit)).reason(extra.reason),
        )
    }

    fn put_services(&self, visit: VisitId, services: &[ServiceId]) -> Result<()> {
        let _ = self.prepare_cached(include_str!("clear_services.sql"))?.execute(params![visit])?;
        for service in services {
            let _ = self.prepare_cached(include_str!("add_service.sql"))?.execute(params![visit, service])?;
        }
        Ok(())
    }

    pub(crate) fn change_services(&self, before: &Visit, services: &[ServiceId]) -> Result<()> {
        self.put_services(before.id, services)?;
        let change = TrailEntry::new("visit.services", "visit", before.id.uuid())
            .before(json!({ "services": before.services }))
            .after(json!({ "services": services }));
        self.log(&change)
    }

    /// Changes the state of a visit.
    fn set_state(
        &self,
        visit: &Visit,
        state: State,
        left_at: Option<Moment>,
        step: &Step<'_>,
    ) -> Result<Visit> {
        let _ = self
            .prepare_cached(include_str!("set_state.sql"))?
            .execute(params![visit.id, state, left_at, step.way])?;
        let after = Visit { left_at, state, ..visit.clone() };
        let change = TrailEntry::new(step.action, "visit", visit.id.uuid())
            .before(words(visit))
            .after(words(&after))
            .reason(step.reason);
        self.log(&change)?;
        Ok(after)
    }

    /// Closes visits left open on earlier days: a toggle never crosses the day.
    fn close_before(&self, today: NaiveDate) -> Result<u32> {
        let mut closed = 0;
        let open: Vec<Visit> = {
            let mut statement = self.prepare_cached(include_str!("list_open_before.sql"))?;
            let rows = statement.query_map([today.to_string()], from_row)?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        for visit in open {
            let visit = with_services(self, visit)?;
            let _ = self.set_state(&visit, State::NotRecorded, None, &Step::of("visit.close_day"))?;
            closed += 1;
        }
        Ok(closed)
    }

    /// Adds the departure from a book to a visit that has none.
    pub(crate) fn complete(&self, id: VisitId, left_at: Option<Moment>) -> Result<()> {
        let visit = require(self, id)?;
        let _ = self.set_state(&visit, State::Left, left_at, &Step::of("visit.complete"))?;
        Ok(())
    }

    fn check_in(&self, arrival: &CheckIn) -> Result<CheckedIn> {
        let zone = self.clock.zone();
        let day = arrival.at.day(zone);
        if let Some(known) = get(self, arrival.visit_id)? {
            return Ok(CheckedIn::Done(known));
        }
        let resident = crate::resident::require(self, arrival.resident_id)?;
        if let Some(open) = open_of(self, resident.id)? {
            // An open visit of another day is closed, even of a future day, when the clock was
            // wrong.
            if open.day == day {
                return Ok(CheckedIn::AlreadyHere(open));
            }
            let _ = self.set_state(&open, State::NotRecorded, None, &Step::of("visit.close_day"))?;
        }
        let visit = Visit {
            id: arrival.visit_id,
            resident_id: arrival.resident_id,
            day,
            arrived_at: arrival.at,
            left_at: None,
            state: State::Open,
            source: arrival.source,
            services: arrival.services.clone(),
        };
        self.add_visit(&visit, &Extra::of("visit.check_in"))?;
        self.arrive(visit.resident_id)?;
        Ok(CheckedIn::Done(visit))
    }

    fn check_out(&self, resident: ResidentId, at: Moment, way: Option<Way>) -> Result<Visit> {
        let zone = self.clock.zone();
        let open = match open_of(self, resident)? {
            Some(open) => open,
            // Closed too early, by a clock that was ahead: they are leaving now.
            None => closed_on(self, resident, at.day(zone))?.ok_or(Error::NotFound(Thing::OpenVisit))?,
        };
        if open.day != at.day(zone) {
            return self.set_state(&open, State::NotRecorded, None, &Step::of("visit.close_day"));
        }
        // A clock set back must not make somebody leave before they came.
        let at = at.max(open.arrived_at);
        let step = Step { way, ..Step::of("visit.check_out") };
        self.end_shift_of(resident, at)?;
        self.set_state(&open, State::Left, Some(at), &step)
    }

    pub(crate) fn correct(&self, old: VisitId, with: &Correction) -> Result<Visit> {
        if let Some(done) = get(self, with.new_id)? {
            return Ok(done);
        }
        let old = require(self, old)?;
        if old.state == State::Superseded {
            return Err(Error::Rule(Rule::VisitChanged));
        }
        if with.reason.trim().is_empty() {
            return Err(Error::Rule(Rule::ReasonNeeded));
        }
        let zone = self.clock.zone();
        let day = with.arrived_at.day(zone);
        check_times(with.arrived_at, with.left_at, self.clock.now(), zone)?;
        let state = match with.left_at {
            Some(_) => State::Left,
            None if day == self.clock.today() => State::Open,
            None => State::NotRecorded,
        };
        let _ = self.set_state(&old, State::Superseded, old.left_at, &Step::of("visit.supersede"))?;
        if state == State::Open && open_of(self, old.resident_id)?.is_some() {
            return Err(Error::Rule(Rule::VisitOpen));
        }
        let new = Visit {
            id: with.new_id,
            resident_id: old.resident_id,
            day,
            arrived_at: with.arrived_at,
            left_at: with.left_at,
            state,
            source: old.source,
            services: with.services.clone(),
        };
        let other_words: String = self
            .prepare_cached(include_str!("get_other_words.sql"))?
            .query_row(params![old.id], |row| row.read(0))?;
        let extra = Extra {
            corrects: Some(old.id),
            reason: &with.reason,
            other_words: &other_words,
            ..Extra::of("visit.correct")
        };
        self.add_visit(&new, &extra)?;
        Ok(new)
    }
}

/// Further values of a new row.
pub(crate) struct Extra<'a> {
    pub(crate) action: &'static str,
    pub(crate) other_words: &'a str,
    pub(crate) corrects: Option<VisitId>,
    pub(crate) reason: &'a str,
}

impl Extra<'_> {
    pub(crate) fn of(action: &'static str) -> Self {
        Self { action, other_words: "", corrects: None, reason: "" }
    }
}

/// How a change of state is recorded in the audit trail.
struct Step<'a> {
    action: &'static str,
    way: Option<Way>,
    reason: &'a str,
}

impl Step<'_> {
    fn of(action: &'static str) -> Self {
        Self { action, way: None, reason: "" }
    }
}

pub(crate) fn check_times(
    arrived: Moment,
    left: Option<Moment>,
    now: Moment,
    zone: chrono_tz::Tz,
) -> Result<()> {
    if arrived > now || left.is_some_and(|left| left > now) {
        return Err(Error::Rule(Rule::InTheFuture));
    }
    if left.is_some_and(|left| left < arrived) {
        return Err(Error::Rule(Rule::LeavesBeforeArriving));
    }
    if left.is_some_and(|left| left.day(zone) != arrived.day(zone)) {
        return Err(Error::Rule(Rule::TwoDays));
    }
    Ok(())
}

impl Store {
    /// One visit.
    pub fn visit(&self, id: VisitId) -> Result<Option<Visit>> {
        get(&self.conn, id)
    }

    /// The open visit of today, if they are here now.
    pub fn open_visit(&self, resident: ResidentId) -> Result<Option<Visit>> {
        let today = self.clock.today();
        Ok(open_of(&self.conn, resident)?.filter(|visit| visit.day == today))
    }

    /// Records an arrival. Repeating the call writes it only once; somebody who is already here
    /// stays here; an open visit of an earlier day is closed.
    ///
    /// # Errors
    /// No such resident, or database errors.
    pub fn check_in(&mut self, actor: Actor, arrival: &CheckIn) -> Result<CheckedIn> {
        self.transact(actor, |tx| tx.check_in(arrival))
    }

    /// Records several arrivals, all or none.
    ///
    /// # Errors
    /// As [`Store::check_in`].
    pub fn check_in_all(&mut self, actor: Actor, arrivals: &[CheckIn]) -> Result<Vec<CheckedIn>> {
        self.transact(actor, |tx| arrivals.iter().map(|arrival| tx.check_in(arrival)).collect())
    }

    /// Undoes an arrival; the visit stays readable but is not counted.
    ///
    /// # Errors
    /// No such visit, it has ended meanwhile, or database errors.
    pub fn undo_check_in(&mut self, actor: Actor, id: VisitId) -> Result<Visit> {
        self.transact(actor, |tx| tx.undo_check_in(id))
    }

    /// Undoes several arrivals, all or none.
    ///
    /// # Errors
    /// As [`Store::undo_check_in`], of any of them.
    pub fn undo_check_ins(&mut self, actor: Actor, ids: &[VisitId]) -> Result<()> {
        self.transact(actor, |tx| ids.iter().try_for_each(|id| tx.undo_check_in(*id).map(drop)))
    }

    /// Strikes a visit out for a reason; it stays readable.
    ///
    /// # Errors
    /// No such visit, no reason, or database errors.
    pub fn strike_out(&mut self, actor: Actor, id: VisitId, reason: &str) -> Result<Visit> {
        if reason.trim().is_empty() {
            return Err(Error::Rule(Rule::ReasonNeeded));
        }
        self.transact(actor, |tx| {
            let visit = require(tx, id)?;
            if !visit.state.counts() {
                return Ok(visit);
            }
            let step = Step { reason, ..Step::of("visit.strike_out") };
            tx.set_state(&visit, State::Void, visit.left_at, &step)
        })
    }

    /// Records a departure. No rule of the centre ever prevents somebody from leaving.
    ///
    /// # Errors
    /// The person is not here, or database errors.
    pub fn check_out(
        &mut self,
        actor: Actor,
        resident: ResidentId,
        at: Moment,
        way: Option<Way>,
    ) -> Result<Visit> {
        self.transact(actor, |tx| tx.check_out(resident, at, way))
    }

    /// Records several departures, all or none. People who have already left are skipped.
    pub fn check_out_all(
        &mut self,
        actor: Actor,
        residents: &[ResidentId],
        at: Moment,
    ) -> Result<Vec<Visit>> {
        self.transact(actor, |tx| {
            let mut left = Vec::new();
            for resident in residents {
                if open_of(tx, *resident)?.is_some() {
                    left.push(tx.check_out(*resident, at, None)?);
                }
            }
            Ok(left)
        })
    }

    /// Undoes a departure, unless another visit has begun since.
    ///
    /// # Errors
    /// Another visit is open, the day is over, or database errors.
    pub fn undo_check_out(&mut self, actor: Actor, id: VisitId) -> Result<Visit> {
        self.transact(actor, |tx| tx.undo_check_out(id))
    }

    /// Undoes several departures, all or none.
    ///
    /// # Errors
    /// As [`Store::undo_check_out`], of any of them.
    pub fn undo_check_outs(&mut self, actor: Actor, ids: &[VisitId]) -> Result<()> {
        self.transact(actor, |tx| ids.iter().try_for_each(|id| tx.undo_check_out(*id).map(drop)))
    }

    /// Sets the purposes of a visit. An empty list is stored as such, never guessed.
    ///
    /// # Errors
    /// No such visit, or database errors.
    pub fn set_services(&mut self, actor: Actor, id: VisitId, services: &[ServiceId]) -> Result<()> {
        self.transact(actor, |tx| tx.change_services(&require(tx, id)?, services))
    }

    /// Replaces a visit by a corrected version; the old one stays readable.
    ///
    /// # Errors
    /// No reason, impossible times, corrected by someone else meanwhile, or
    /// database errors.
    pub fn correct_visit(&mut self, actor: Actor, old: VisitId, with: &Correction) -> Result<Visit> {
        self.transact(actor, |tx| tx.correct(old, with))
    }

    /// Enters a past visit from paper, with a reason. Repeating the call writes it only once.
    ///
    /// # Errors
    /// No reason, impossible times, no such resident, or database errors.
    pub fn enter_late(&mut self, actor: Actor, resident: ResidentId, entry: &Correction) -> Result<Visit> {
        if entry.reason.trim().is_empty() {
            return Err(Error::Rule(Rule::ReasonNeeded));
        }
        self.transact(actor, |tx| {
            if let Some(done) = get(tx, entry.new_id)? {
                return Ok(done);
            }
            let _ = crate::resident::require(tx, resident)?;
            let zone = tx.clock.zone();
            let day = entry.arrived_at.day(zone);
            check_times(entry.arrived_at, entry.left_at, tx.clock.now(), zone)?;
            let state = match entry.left_at {
                Some(_) => State::Left,
                None if day == tx.clock.today() => State::Open,
                None => State::NotRecorded,
            };
            if state == State::Open && open_of(tx, resident)?.is_some() {
                return Err(Error::Rule(Rule::VisitOpen));
            }
            let visit = Visit {
                id: entry.new_id,
                resident_id: resident,
                day,
                arrived_at: entry.arrived_at,
                left_at: entry.left_at,
                state,
                source: Source::Paper,
                services: entry.services.clone(),
            };
            tx.add_visit(&visit, &Extra { reason: &entry.reason, ..Extra::of("visit.late_entry") })?;
            Ok(visit)
        })
    }

    /// Closes open visits of earlier days as "departure not recorded".
    pub fn close_days_before_today(&mut self) -> Result<u32> {
        let today = self.clock.today();
        self.transact(Actor::Program, |tx| tx.close_before(today))
    }
}
