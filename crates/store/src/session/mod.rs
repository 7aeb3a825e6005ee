//! Sessions created from weekly availability, their seats, and closed days.

use chrono::{Days, NaiveDate};
use daycare_core::appointment::{Availability, Closure, HORIZON_DAYS, Session, Slot, slots};
use daycare_core::audit::Actor;
use daycare_core::ids::{AvailabilityId, ServiceId, SessionId};
use daycare_core::time::{Moment, hour_minute};
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::json;

use crate::audit::TrailEntry;
use crate::connection::{Store, Tx};
use crate::error::{Error, Result, Rule, Thing};
use crate::sql::{RowExt, params};
use crate::{sql, sync};

fn session(row: &Row<'_>) -> rusqlite::Result<Session> {
    let day = row.get_ref(3)?.as_str()?;
    Ok(Session {
        id: row.read(0)?,
        service_id: row.read(1)?,
        availability_id: row.read(2)?,
        day: sql::day(day)?,
        starts_at: row.read(4)?,
        ends_at: row.read(5)?,
        slot_minutes: row.read(6)?,
        capacity: row.read(7)?,
        room: row.read(8)?,
        provider: row.read(9)?,
        cancelled: row.read(10)?,
    })
}

fn availability(row: &Row<'_>) -> rusqlite::Result<Availability> {
    let (starts, ends): (String, String) = (row.read(3)?, row.read(4)?);
    Ok(Availability {
        id: row.read(0)?,
        service_id: row.read(1)?,
        weekday: row.read(2)?,
        starts: sql::time(&starts)?,
        ends: sql::time(&ends)?,
        slot_minutes: row.read(5)?,
        capacity: row.read(6)?,
        room: row.read(7)?,
        provider: row.read(8)?,
    })
}

/// The identifier of a session from weekly hours on a day: the same on every machine, so that
/// two kiosks create the same session.
fn session_id(of: AvailabilityId, day: NaiveDate) -> SessionId {
    let days = u128::from(chrono::Datelike::num_days_from_ce(&day).unsigned_abs());
    SessionId::from_u128(of.uuid().as_u128() ^ days)
}

pub(crate) fn require(conn: &Connection, id: SessionId) -> Result<Session> {
    let mut statement = conn.prepare_cached(include_str!("get.sql"))?;
    statement.query_row(params![id], session).optional()?.ok_or(Error::NotFound(Thing::Session))
}

/// Sessions of a service on a day, by start time.
pub(crate) fn on_day(conn: &Connection, service: ServiceId, day: &str) -> Result<Vec<Session>> {
    let mut all = between(conn, day, day)?;
    all.retain(|session| session.service_id == service);
    Ok(all)
}

pub(crate) fn between(conn: &Connection, from: &str, to: &str) -> Result<Vec<Session>> {
    let mut statement = conn.prepare_cached(include_str!("list.sql"))?;
    let rows = statement.query_map([from, to], session)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn closures(conn: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<Closure>> {
    let mut statement = conn.prepare_cached(include_str!("list_closures.sql"))?;
    let rows = statement.query_map([from.to_string(), to.to_string()], |row| {
        let day = row.get_ref(0)?.as_str()?;
        Ok(Closure { day: sql::day(day)?, name: row.read(1)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn availabilities(conn: &Connection) -> Result<Vec<Availability>> {
    let mut statement = conn.prepare_cached(include_str!("list_availability.sql"))?;
    let rows = statement.query_map([], availability)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Tx<'_> {
    /// Writes a session with its seats. Repeating the call changes nothing.
    fn add_session(&self, session: &Session) -> Result<bool> {
        let added = self.prepare_cached(include_str!("add.sql"))?.execute(params![
            session.id,
            session.service_id,
            session.availability_id,
            session.day.to_string(),
            session.starts_at,
            session.ends_at,
            session.slot_minutes,
            session.capacity,
            session.room,
            session.provider,
        ])?;
        if added > 0 {
            self.add_seats(session)?;
        }
        Ok(added > 0)
    }

    fn add_seats(&self, session: &Session) -> Result<()> {
        let zone = self.clock.zone();
        let (from, to) = (session.starts_at.local(zone).time(), session.ends_at.local(zone).time());
        let mut statement = self.prepare_cached(include_str!("add_seat.sql"))?;
        for slot in slots(from, to, session.slot_minutes) {
            let at = Moment::from_local(session.day.and_time(slot), zone);
            for number in 1..=session.capacity {
                let _ = statement.execute(params![session.id, at, number])?;
            }
        }
        Ok(())
    }

    /// Creates the sessions of the weekly hours from today up to the horizon.
    fn lay_out(&self) -> Result<u32> {
        let today = self.clock.today();
        let last = today.checked_add_days(Days::new(HORIZON_DAYS)).unwrap_or(today);
        let closed: Vec<NaiveDate> = closures(self, today, last)?.into_iter().map(|c| c.day).collect();
        let mut added = 0;
        for hours in availabilities(self)? {
            for day in today.iter_days().take_while(|day| *day <= last) {
                let fits = chrono::Datelike::weekday(&day).number_from_monday() == u32::from(hours.weekday);
                if fits && !closed.contains(&day) {
                    added += u32::from(self.add_session(&dated(&hours, day, self.clock.zone()))?);
                }
            }
        }
        Ok(added)
    }

    fn reopen(&self, id: SessionId) -> Result<()> {
        let none: Option<String> = None;
        let _ = self.prepare_cached(include_str!("set_cancelled.sql"))?.execute(params![id, none])?;
        self.log(&TrailEntry::new("session.reopen", "session", id.uuid()))?;
        self.revive_bookings_of(id)
    }

    /// Cancels a session: open bookings end, and the people are put on the call list.
    fn cancel_session(&self, session: &Session, reason: &str) -> Result<usize> {
        let _ =
            self.prepare_cached(include_str!("set_cancelled.sql"))?.execute(params![session.id, reason])?;
        let change = TrailEntry::new("session.cancel", "session", session.id.uuid()).reason(reason);
        self.log(&change)?;
        self.cancel_bookings_of(session.id, reason)
    }
}

/// The session of weekly hours on one day.
fn dated(hours: &Availability, day: NaiveDate, zone: chrono_tz::Tz) -> Session {
    Session {
        id: session_id(hours.id, day),
        service_id: hours.service_id,
        availability_id: Some(hours.id),
        day,
        starts_at: Moment::from_local(day.and_time(hours.starts), zone),
        ends_at: Moment::from_local(day.and_time(hours.ends), zone),
        slot_minutes: hours.slot_minutes,
        capacity: hours.capacity,
        room: hours.room.clone(),
        provider: hours.provider.clone(),
        cancelled: None,
    }
}

impl Store {
    /// Weekly hours of all services.
    pub fn availabilities(&self) -> Result<Vec<Availability>> {
        availabilities(&self.conn)
    }

    /// Adds weekly hours and creates their sessions.
    ///
    /// # Errors
    /// The hours are invalid, or database errors.
    pub fn add_availability(&mut self, actor: Actor, hours: &Availability) -> Result<()> {
        hours.check().map_err(Error::Rule)?;
        self.transact(actor, |tx| {
            let _ = tx.prepare_cached(include_str!("put_availability.sql"))?.execute(params![
                hours.id,
                hours.service_id,
                hours.weekday,
                hour_minute(hours.starts),
                hour_minute(hours.ends),
                hours.slot_minutes,
                hours.capacity,
                hours.room,
                hours.provider,
            ])?;
            tx.log(
                &TrailEntry::new("availability.add", "availability", hours.id.uuid())
                    .after(serde_json::to_value(hours).ok()),
            )?;
            tx.lay_out().map(drop)
        })
    }

    /// Ends weekly hours: cancels their sessions from tomorrow on. Returns how many people must
    /// be called.
    pub fn end_availability(&mut self, actor: Actor, id: AvailabilityId, reason: &str) -> Result<usize> {
        self.transact(actor, |tx| {
            let ended = tx
                .prepare_cached(include_str!("end_availability.sql"))?
                .execute(params![id, tx.clock.now()])?;
            if ended == 0 {
                return Ok(0);
            }
            tx.log(&TrailEntry::new("availability.end", "availability", id.uuid()).reason(reason))?;
            let tomorrow = tx.clock.today().succ_opt().unwrap_or_default().to_string();
            let sessions: Vec<Session> = {
                let mut statement = tx.prepare_cached(include_str!("list_of_availability.sql"))?;
                let rows = statement.query_map(params![id, tomorrow], session)?;
                rows.collect::<rusqlite::Result<_>>()?
            };
            sessions.iter().map(|session| tx.cancel_session(session, reason)).sum()
        })
    }

    /// Creates sessions up to the horizon; run once a day.
    pub fn lay_out_sessions(&mut self) -> Result<u32> {
        self.transact(Actor::Program, |tx| {
            let added = tx.lay_out()?;
            Ok(added)
        })
    }

    /// Adds a single session outside the weekly hours.
    pub fn add_session(&mut self, actor: Actor, session: &Session) -> Result<()> {
        self.transact(actor, |tx| {
            if tx.add_session(session)? {
                let words = json!({ "service": session.service_id, "day": session.day,
                    "room": session.room, "provider": session.provider });
                tx.log(&TrailEntry::new("session.add", "session", session.id.uuid()).after(words))?;
            }
            Ok(())
        })
    }

    /// Changes the room, provider or seats of one session. Reducing the seats takes nobody's
    /// seat away; additional seats go to the waiting list.
    ///
    /// # Errors
    /// No such session, zero seats, or database errors.
    pub fn change_session(
        &mut self,
        actor: Actor,
        id: SessionId,
        (room, provider): (&str, &str),
        capacity: u16,
    ) -> Result<()> {
        if !(1..=daycare_core::appointment::MOST_SEATS).contains(&capacity) {
            return Err(Error::Rule(Rule::SeatsOutOfRange));
        }
        self.transact(actor, |tx| {
            let old = require(tx, id)?;
            let _ = tx.prepare_cached(include_str!("change.sql"))?.execute(params![id, room, provider, capacity])?;
            tx.add_seats(&Session { capacity, ..old.clone() })?;
            let words = |room: &str, provider: &str, capacity: u16| json!({ "room": room, "provider": provider, "capacity": capacity });
            let change = TrailEntry::new("session.change", "session", id.uuid())
                .before(words(&old.room, &old.provider, old.capacity))
                .after(words(room, provider, capacity));
            tx.log(&change)?;
            tx.promote(id).map(drop)
        })
    }

    /// Cancels a session. Returns how many people must be called.
    ///
    /// # Errors
    /// No reason, no such session, or database errors.
    pub fn cancel_session(&mut self, actor: Actor, id: SessionId, reason: &str) -> Result<usize> {
        if reason.trim().is_empty() {
            return Err(Error::Rule(Rule::ReasonNeeded));
        }
        self.transact(actor, |tx| {
            let session = require(tx, id)?;
            if session.cancelled.is_some() { Ok(0) } else { tx.cancel_session(&session, reason) }
        })
    }

    /// Reopens a cancelled session. Bookings that ended with it are restored, except for people
    /// who were already called or have something else at that time.
    ///
    /// # Errors
    /// No such session, or database errors.
    pub fn reopen_session(&mut self, actor: Actor, id: SessionId) -> Result<()> {
        self.transact(actor, |tx| {
            let _ = require(tx, id)?;
            tx.reopen(id)
        })
    }

    /// Sessions of a period, including cancelled ones.
    pub fn sessions(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<Session>> {
        between(&self.conn, &from.to_string(), &to.to_string())
    }

    /// Slots of a service in a period, including full ones.
    pub fn slots(&self, service: ServiceId, from: NaiveDate, to: NaiveDate) -> Result<Vec<Slot>> {
        let kept = sync::leases::kept_slots(&self.conn, self.clock.now())?;
        let mut statement = self.conn.prepare_cached(include_str!("list_slots.sql"))?;
        let rows = statement.query_map(params![service, from.to_string(), to.to_string()], |row| {
            let day = row.get_ref(1)?.as_str()?;
            let (session_id, starts_at) = (row.read(0)?, row.read(2)?);
            let for_others = kept.get(&(session_id, starts_at)).copied().unwrap_or(0);
            Ok(Slot {
                session_id,
                day: sql::day(day)?,
                starts_at,
                seats: row.read(3)?,
                free: row.read::<u16>(4)?.saturating_sub(for_others),
                room: row.read(5)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Holidays and closed days of a period.
    pub fn closures(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<Closure>> {
        closures(&self.conn, from, to)
    }

    /// Adds holidays that are missing; a day that staff have opened stays open.
    pub fn seed_closures(&mut self, holidays: &[Closure]) -> Result<()> {
        self.transact(Actor::Program, |tx| {
            for closure in holidays {
                let _ = tx
                    .prepare_cached(include_str!("seed_closure.sql"))?
                    .execute(params![closure.day.to_string(), closure.name])?;
            }
            Ok(())
        })
    }

    /// Closes a day and cancels its sessions. Returns how many people must be called.
    pub fn close_day(&mut self, actor: Actor, closure: &Closure) -> Result<usize> {
        self.transact(actor, |tx| {
            let day = closure.day.to_string();
            let _ =
                tx.prepare_cached(include_str!("put_closure.sql"))?.execute(params![day, closure.name])?;
            let change = TrailEntry::new("closure.add", "closure", day_id(closure.day))
                .after(serde_json::to_value(closure).ok());
            tx.log(&change)?;
            let sessions = between(tx, &day, &day)?;
            let open = sessions.iter().filter(|session| session.cancelled.is_none());
            let called: usize =
                open.map(|session| tx.cancel_session(session, &closure.name)).sum::<Result<usize>>()?;
            Ok(called + tx.close_activities(closure.day, &closure.name)?)
        })
    }

    /// Reopens a closed day and creates its sessions. Sessions cancelled for a reason other
    /// than the closure stay cancelled.
    pub fn open_day(&mut self, actor: Actor, day: NaiveDate) -> Result<()> {
        self.transact(actor, |tx| {
            let Some(closure) = closures(tx, day, day)?.into_iter().next() else { return Ok(()) };
            let _ = tx
                .prepare_cached(include_str!("remove_closure.sql"))?
                .execute(params![day.to_string(), tx.clock.now()])?;
            tx.log(&TrailEntry::new("closure.remove", "closure", day_id(day)))?;
            let _ = tx.lay_out()?;
            let sessions = between(tx, &day.to_string(), &day.to_string())?;
            let closed = |session: &&Session| session.cancelled.as_deref() == Some(closure.name.as_str());
            sessions.iter().filter(closed).try_for_each(|session| tx.reopen(session.id))?;
            tx.open_activities(day)
        })
    }
}

/// Days have no identifier, but the audit trail needs one.
fn day_id(day: NaiveDate) -> uuid::Uuid {
    uuid::Uuid::from_u128(u128::from(chrono::Datelike::num_days_from_ce(&day).unsigned_abs()))
}
