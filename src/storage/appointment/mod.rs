//! Appointments: booking a seat, giving it back, waiting for one, coming.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::json;

use super::audit::Change;
use super::{Store, Tx, session, sql};
use crate::domain::appointment::{Appointment, Booked, Booking, Origin, Session, Status, ticket_words};
use crate::domain::audit::Actor;
use crate::domain::follow_up;
use crate::domain::ids::{AppointmentId, ResidentId, ServiceId, SessionId};
use crate::domain::time::Moment;
use crate::error::{Error, Result};

/// An appointment with whom it is for: staff lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The appointment.
    pub appointment: Appointment,
    /// Full name.
    pub name: String,
    /// Called-by word.
    pub called_by: String,
    /// 院落.
    pub yard: String,
    /// Phone, for a call.
    pub phone: String,
    /// Personal picture.
    pub face: String,
}

/// Appointments kept by one provider of a service in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caseload {
    /// Service.
    pub service: String,
    /// Provider.
    pub provider: String,
    /// Appointments kept.
    pub kept: u32,
    /// Distinct people.
    pub people: u32,
}

pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Appointment> {
    let day = row.get_ref(5)?.as_str()?;
    let (letter, number): (String, Option<u32>) = (row.get(14)?, row.get(15)?);
    Ok(Appointment {
        id: row.get(0)?,
        resident_id: row.get(1)?,
        status: row.get(2)?,
        origin: row.get(3)?,
        session_id: row.get(4)?,
        day: sql::day(day)?,
        starts_at: row.get(6)?,
        ends_at: row.get(7)?,
        service_id: row.get(8)?,
        service: row.get(9)?,
        picture: row.get(10)?,
        fasting: row.get(11)?,
        room: row.get(12)?,
        provider: row.get(13)?,
        ticket: number.map(|number| ticket_words(&letter, number)),
    })
}

pub(super) fn get(conn: &Connection, id: AppointmentId) -> Result<Option<Appointment>> {
    let mut statement = conn.prepare_cached(include_str!("get.sql"))?;
    Ok(statement.query_row([id], from_row).optional()?)
}

pub(super) fn require(conn: &Connection, id: AppointmentId) -> Result<Appointment> {
    get(conn, id)?.ok_or(Error::NotFound("appointment"))
}

fn of_resident(conn: &Connection, resident: ResidentId, from: NaiveDate) -> Result<Vec<Appointment>> {
    let mut statement = conn.prepare_cached(include_str!("list_of_resident.sql"))?;
    let rows = statement.query_map(params![resident, from.to_string()], from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Tx<'_> {
    fn add_appointment(
        &self,
        new: &Appointment,
        seat: Option<u32>,
        instead_of: Option<AppointmentId>,
        action: &'static str,
    ) -> Result<()> {
        let _ = self.prepare_cached(include_str!("add.sql"))?.execute(params![
            new.id,
            new.resident_id,
            new.session_id,
            new.starts_at,
            new.ends_at,
            seat,
            new.status,
            new.origin,
            instead_of,
            self.clock.now(),
        ])?;
        let words = json!({ "resident": new.resident_id, "session": new.session_id,
            "starts_at": new.starts_at, "seat": seat, "status": new.status, "origin": new.origin });
        self.log(&Change::new(action, "appointment", new.id.uuid()).after(words))
    }

    /// One step, written with its trail. Whether it is allowed is the caller's.
    pub(super) fn step(
        &self,
        id: AppointmentId,
        from: Status,
        next: Status,
        action: &'static str,
        reason: &str,
    ) -> Result<()> {
        let _ = self.prepare_cached(include_str!("set_status.sql"))?.execute(params![id, next])?;
        let change = Change::new(action, "appointment", id.uuid())
            .before(json!({ "status": from }))
            .after(json!({ "status": next }))
            .reason(reason);
        self.log(&change)
    }

    /// An own open booking in the same session or at the same time.
    fn clashing(
        &self,
        resident: ResidentId,
        session: SessionId,
        (from, to): (Moment, Moment),
        but: Option<AppointmentId>,
    ) -> Result<Option<Appointment>> {
        let but = but.unwrap_or(AppointmentId::from_u128(0));
        let mut statement = self.prepare_cached(include_str!("find_clashing.sql"))?;
        let id =
            statement.query_row(params![resident, session, from, to, but], |row| row.get(0)).optional()?;
        id.map(|id| require(self, id)).transpose()
    }

    /// The schema keeps seats and people apart; why it said no is asked only
    /// then, so that a booking that goes well costs little more than its rows.
    fn take_seat(&self, booking: &Booking) -> Result<Booked> {
        let Offer { appointment, seat, closed } = self.offer(booking)?;
        let Some(seat) = seat.filter(|_| !closed) else { return self.without_seat(booking, closed) };
        if booking.instead_of.is_some() {
            return self.move_to(&appointment, seat, booking);
        }
        match self.add_appointment(&appointment, Some(seat), None, "appointment.book") {
            Ok(()) => Ok(Booked::Done(appointment)),
            Err(error) => match self.refusal(booking, &appointment)? {
                Some(refusal) => Ok(refusal),
                None => Err(error),
            },
        }
    }

    /// What a booking becomes that finds no seat: sent again, it has one.
    fn without_seat(&self, booking: &Booking, closed: bool) -> Result<Booked> {
        if let Some(known) = get(self, booking.id)? {
            return Ok(Booked::Done(known));
        }
        let is_slot = self
            .prepare_cached(include_str!("is_slot.sql"))?
            .exists(params![booking.session_id, booking.starts_at])?;
        Ok(if closed || !is_slot { Booked::Closed } else { Booked::Full })
    }

    /// Why the schema refused a booking.
    fn refusal(&self, booking: &Booking, wanted: &Appointment) -> Result<Option<Booked>> {
        if let Some(known) = get(self, booking.id)? {
            return Ok(Some(Booked::Done(known)));
        }
        let span = (wanted.starts_at, wanted.ends_at);
        let own = self.clashing(booking.resident_id, booking.session_id, span, booking.instead_of)?;
        Ok(own.map(Booked::Already))
    }

    /// Moves an own appointment: the old one ends, the new one begins.
    fn move_to(&self, new: &Appointment, seat: u32, booking: &Booking) -> Result<Booked> {
        if let Some(refusal) = self.refusal(booking, new)? {
            return Ok(refusal);
        }
        let mut freed = None;
        if let Some(old) = booking.instead_of {
            let old = require(self, old)?;
            if old.resident_id != booking.resident_id {
                return Err(Error::Rule("that appointment is somebody else's"));
            }
            if old.status.is_open() {
                self.step(old.id, old.status, Status::Cancelled, "appointment.change", "")?;
                freed = Some(old.session_id);
            }
        }
        self.add_appointment(new, Some(seat), booking.instead_of, "appointment.book")?;
        if let Some(session) = freed {
            self.promote(session)?;
        }
        Ok(Booked::Done(new.clone()))
    }

    /// What is offered at a time of a session, read at once.
    fn offer(&self, booking: &Booking) -> Result<Offer> {
        let starts_at = booking.starts_at;
        let now = self.clock.now();
        let mut statement = self.prepare_cached(include_str!("offer.sql"))?;
        let offer = statement.query_row(params![booking.session_id, starts_at], |row| {
            let (minutes, cancelled, lead): (i64, Option<String>, i64) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            let day = row.get_ref(3)?.as_str()?;
            Ok(Offer {
                appointment: Appointment {
                    id: booking.id,
                    resident_id: booking.resident_id,
                    status: Status::Booked,
                    origin: Origin::Booked,
                    session_id: booking.session_id,
                    day: sql::day(day)?,
                    starts_at,
                    ends_at: starts_at.plus_ms(minutes * 60_000),
                    service_id: row.get(4)?,
                    service: row.get(5)?,
                    picture: row.get(6)?,
                    fasting: row.get(7)?,
                    room: row.get(8)?,
                    provider: row.get(9)?,
                    ticket: None,
                },
                seat: row.get(10)?,
                closed: cancelled.is_some() || starts_at < now.plus_ms(lead * 60_000),
            })
        });
        offer.optional()?.ok_or(Error::NotFound("session"))
    }

    /// Gives free seats of a session to those who wait, first come first served.
    pub(super) fn promote(&self, session: SessionId) -> Result<u32> {
        let session = session::require(self, session)?;
        if session.cancelled.is_some() {
            return Ok(0);
        }
        let waiting: Vec<(AppointmentId, ResidentId)> = {
            let mut statement = self.prepare_cached(include_str!("list_waiting.sql"))?;
            let rows = statement.query_map([session.id], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        let mut promoted = 0;
        for (id, resident) in waiting {
            let free: Vec<(Moment, u32)> = {
                let mut statement = self.prepare_cached(include_str!("list_free_seats.sql"))?;
                let rows = statement
                    .query_map(params![session.id, self.clock.now()], |row| Ok((row.get(0)?, row.get(1)?)))?;
                rows.collect::<rusqlite::Result<_>>()?
            };
            for (starts_at, seat) in free {
                let ends_at = starts_at.plus_ms(i64::from(session.slot_minutes) * 60_000);
                if self.clashing(resident, session.id, (starts_at, ends_at), Some(id))?.is_some() {
                    continue;
                }
                let _ = self
                    .prepare_cached(include_str!("give_seat.sql"))?
                    .execute(params![id, starts_at, ends_at, seat])?;
                let words = json!({ "status": Status::Booked, "starts_at": starts_at, "seat": seat });
                self.log(&Change::new("appointment.promote", "appointment", id.uuid()).after(words))?;
                self.raise_follow_up(resident, Some(id), follow_up::Kind::Promoted)?;
                promoted += 1;
                break;
            }
        }
        Ok(promoted)
    }

    /// Open bookings of a session that does not take place end; their people
    /// are to be called.
    pub(super) fn cancel_bookings_of(&self, session: SessionId, reason: &str) -> Result<usize> {
        let open: Vec<Appointment> = {
            let mut statement = self.prepare_cached(include_str!("list_open_of_session.sql"))?;
            let rows = statement.query_map([session], from_row)?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        for appointment in &open {
            self.step(
                appointment.id,
                appointment.status,
                Status::Cancelled,
                "appointment.session_cancelled",
                reason,
            )?;
            self.end_ticket_of(appointment.id)?;
            let kind = follow_up::Kind::SessionCancelled;
            self.raise_follow_up(appointment.resident_id, Some(appointment.id), kind)?;
        }
        Ok(open.len())
    }

    /// Somebody has come into the house: today's bookings know it.
    pub(super) fn arrive(&self, resident: ResidentId) -> Result<()> {
        self.step_today(resident, Status::Booked, Status::Arrived, "appointment.arrive")
    }

    /// The coming was taken back; who already has a number keeps it.
    pub(super) fn unarrive(&self, resident: ResidentId) -> Result<()> {
        self.step_today(resident, Status::Arrived, Status::Booked, "appointment.unarrive")
    }

    /// All of today's appointments of one status get another.
    fn step_today(&self, resident: ResidentId, from: Status, to: Status, action: &'static str) -> Result<()> {
        let (today, zone) = (self.clock.today(), self.clock.zone());
        let begins = |day: NaiveDate| Moment::from_local(day.and_time(chrono::NaiveTime::MIN), zone);
        let until = begins(today.succ_opt().unwrap_or(today));
        let ids: Vec<AppointmentId> = {
            let mut statement = self.prepare_cached(include_str!("list_of_day.sql"))?;
            let rows =
                statement.query_map(params![resident, begins(today), until, from], |row| row.get(0))?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        ids.into_iter().try_for_each(|id| self.step(id, from, to, action, ""))
    }

    fn today_of_service(&self, resident: ResidentId, service: ServiceId) -> Result<Option<Appointment>> {
        let today = self.clock.today().to_string();
        let mut statement = self.prepare_cached(include_str!("list_today_of_service.sql"))?;
        Ok(statement.query_row(params![resident, service, today], from_row).optional()?)
    }

    /// A walk-in: one's own booking of today, else the next free seat, else
    /// the queue of the session without one.
    fn walk_in(&self, id: AppointmentId, resident: ResidentId, service: ServiceId) -> Result<Appointment> {
        if let Some(known) = get(self, id)? {
            return Ok(known);
        }
        if let Some(own) = self.today_of_service(resident, service)? {
            return self.come_for(&own);
        }
        let _ = super::resident::require(self, resident)?;
        let now = self.clock.now();
        let today = self.clock.today().to_string();
        let mut sessions: Vec<Session> = super::session::on_day(self, service, &today)?;
        sessions.retain(|session| session.cancelled.is_none() && session.ends_at > now);
        let Some(first) = sessions.first() else {
            return Err(Error::Rule("no session of this service is left today"));
        };
        let mut place = None;
        for session in &sessions {
            let slot_ms = i64::from(session.slot_minutes) * 60_000;
            // A slot that has begun may still be used.
            let since = now.plus_ms(1 - slot_ms);
            let mut statement = self.prepare_cached(include_str!("list_free_seats.sql"))?;
            let rows =
                statement.query_map(params![session.id, since], |row| Ok((row.get(0)?, row.get(1)?)))?;
            for seat in rows {
                let (starts_at, seat): (Moment, u32) = seat?;
                let span = (starts_at, starts_at.plus_ms(slot_ms));
                if place.is_none() && self.clashing(resident, session.id, span, None)?.is_none() {
                    place = Some((session, starts_at, Some(seat)));
                }
            }
        }
        let (session, starts_at, seat) = place.unwrap_or((first, first.starts_at.max(now), None));
        let ends_at = starts_at.plus_ms(i64::from(session.slot_minutes) * 60_000);
        if let Some(own) = self.clashing(resident, session.id, (starts_at, ends_at), None)? {
            // Who waits for a seat of this very session has come for it.
            if own.status == Status::Waitlist {
                self.step(own.id, own.status, Status::Cancelled, "appointment.change", "")?;
            } else {
                return Err(Error::Rule("this person has another appointment at this time"));
            }
        }
        let at = Booking { id, resident_id: resident, session_id: session.id, starts_at, instead_of: None };
        let walked_in = Appointment {
            status: Status::Arrived,
            origin: Origin::WalkIn,
            ends_at,
            ..self.offer(&at)?.appointment
        };
        self.add_appointment(&walked_in, seat, None, "appointment.walk_in")?;
        self.come_for(&walked_in)
    }

    /// "I am here for it": a number of the day.
    fn come_for(&self, appointment: &Appointment) -> Result<Appointment> {
        match appointment.status {
            Status::CheckedIn | Status::Fulfilled => Ok(appointment.clone()),
            status if status.may_become(Status::CheckedIn) => {
                if appointment.day != self.clock.today() {
                    return Err(Error::Rule("the appointment is on another day"));
                }
                self.step(appointment.id, appointment.status, Status::CheckedIn, "appointment.check_in", "")?;
                self.issue_ticket(appointment)?;
                require(self, appointment.id)
            }
            _ => Err(Error::Rule("the appointment is over")),
        }
    }
}

/// What is offered at one time: the appointment it would become, the first
/// free seat, and whether it can no longer be booked.
struct Offer {
    appointment: Appointment,
    seat: Option<u32>,
    closed: bool,
}

impl Store {
    /// One appointment.
    ///
    /// # Errors
    /// Database errors.
    pub fn appointment(&self, id: AppointmentId) -> Result<Option<Appointment>> {
        get(&self.conn, id)
    }

    /// Books a seat. Sent twice, it is written once; nobody gets two at a time
    /// and no seat is given twice.
    ///
    /// # Errors
    /// No such resident or session, or database errors.
    pub fn book(&mut self, actor: Actor, booking: &Booking) -> Result<Booked> {
        self.transact(actor, |tx| tx.take_seat(booking))
    }

    /// Waits for a seat of a session. How many wait before is told.
    ///
    /// # Errors
    /// No such resident or session, it is over, or database errors.
    pub fn join_waitlist(
        &mut self,
        actor: Actor,
        id: AppointmentId,
        resident: ResidentId,
        session: SessionId,
    ) -> Result<(Appointment, usize)> {
        self.transact(actor, |tx| {
            let session = session::require(tx, session)?;
            if session.cancelled.is_some() || session.ends_at <= tx.clock.now() {
                return Err(Error::Rule("this session is over"));
            }
            let own: Option<AppointmentId> = tx
                .prepare_cached(include_str!("find_in_session.sql"))?
                .query_row(params![session.id, resident], |row| row.get(0))
                .optional()?;
            let waits = if let Some(known) = get(tx, id)? {
                known
            } else if let Some(own) = own {
                require(tx, own)?
            } else {
                let _ = super::resident::require(tx, resident)?;
                let (session_id, starts_at) = (session.id, session.starts_at);
                let at = Booking { id, resident_id: resident, session_id, starts_at, instead_of: None };
                let (status, ends_at) = (Status::Waitlist, session.ends_at);
                let waits = Appointment { status, ends_at, ..tx.offer(&at)?.appointment };
                tx.add_appointment(&waits, None, None, "appointment.wait")?;
                waits
            };
            // A seat may have become free since the screen was drawn.
            let _ = tx.promote(session.id)?;
            let waiting: Vec<AppointmentId> = {
                let mut statement = tx.prepare_cached(include_str!("list_waiting.sql"))?;
                let rows = statement.query_map([session.id], |row| row.get(0))?;
                rows.collect::<rusqlite::Result<_>>()?
            };
            let before = waiting.iter().position(|other| *other == waits.id).unwrap_or(0);
            Ok((require(tx, waits.id)?, before))
        })
    }

    /// Gives an appointment back. The seat goes to who waits longest.
    ///
    /// # Errors
    /// No such appointment, it is over, or database errors.
    pub fn cancel_appointment(
        &mut self,
        actor: Actor,
        id: AppointmentId,
        reason: &str,
    ) -> Result<Appointment> {
        self.transact(actor, |tx| {
            let appointment = require(tx, id)?;
            if appointment.status == Status::Cancelled {
                return Ok(appointment);
            }
            if !appointment.status.may_become(Status::Cancelled) {
                return Err(Error::Rule("the appointment is over"));
            }
            tx.step(appointment.id, appointment.status, Status::Cancelled, "appointment.cancel", reason)?;
            tx.end_ticket_of(id)?;
            let _ = tx.promote(appointment.session_id)?;
            require(tx, id)
        })
    }

    /// A step forward: kept, or not come.
    ///
    /// # Errors
    /// The step is not forward, no such appointment, or database errors.
    pub fn set_appointment(&mut self, actor: Actor, id: AppointmentId, next: Status) -> Result<Appointment> {
        self.transact(actor, |tx| {
            let appointment = require(tx, id)?;
            if appointment.status == next {
                return Ok(appointment);
            }
            if !appointment.status.may_become(next) || next == Status::Booked {
                return Err(Error::Rule("an appointment goes forward only; back needs a reason"));
            }
            if next == Status::CheckedIn {
                return tx.come_for(&appointment);
            }
            tx.step(appointment.id, appointment.status, next, "appointment.step", "")?;
            if !next.is_open() {
                tx.end_ticket_of(id)?;
            }
            if next == Status::NoShow {
                tx.raise_follow_up(appointment.resident_id, Some(id), follow_up::Kind::NoShow)?;
            }
            require(tx, id)
        })
    }

    /// A step back, by staff with a reason, if the seat is still there.
    ///
    /// # Errors
    /// No reason, the step is not back, the seat is somebody else's now, or
    /// database errors.
    pub fn step_back(
        &mut self,
        actor: Actor,
        id: AppointmentId,
        earlier: Status,
        reason: &str,
    ) -> Result<Appointment> {
        if reason.trim().is_empty() {
            return Err(Error::Rule("a step back needs a reason"));
        }
        if matches!(actor, Actor::Resident) {
            return Err(Error::Rule("only staff step back"));
        }
        let taken = Error::Rule("the seat or the time is taken meanwhile");
        self.transact(actor, |tx| {
            let appointment = require(tx, id)?;
            if !appointment.status.may_go_back_to(earlier) {
                return Err(Error::Rule("this is not a step back"));
            }
            tx.step(appointment.id, appointment.status, earlier, "appointment.back", reason)?;
            tx.end_ticket_of(id)?;
            if earlier == Status::CheckedIn {
                tx.wait_again(id)?;
            }
            require(tx, id)
        })
        .map_err(|error| match error {
            Error::Database(what) if what.contains("UNIQUE") || what.contains("overlapping") => taken,
            other => other,
        })
    }

    /// "I am here for it": gives a number of the day; the same one again.
    ///
    /// # Errors
    /// The appointment is over or on another day, or database errors.
    pub fn come_for(&mut self, actor: Actor, id: AppointmentId) -> Result<Appointment> {
        self.transact(actor, |tx| {
            let appointment = require(tx, id)?;
            tx.come_for(&appointment)
        })
    }

    /// Somebody comes without asking before: their own booking of today if
    /// there is one, else the next free seat, else the end of the queue.
    ///
    /// # Errors
    /// No session today, no such resident, or database errors.
    pub fn walk_in(
        &mut self,
        actor: Actor,
        id: AppointmentId,
        resident: ResidentId,
        service: ServiceId,
    ) -> Result<Appointment> {
        self.transact(actor, |tx| tx.walk_in(id, resident, service))
    }

    /// Appointments of one person from a day on, without those given back.
    ///
    /// # Errors
    /// Database errors.
    pub fn appointments_of(&self, resident: ResidentId, from: NaiveDate) -> Result<Vec<Appointment>> {
        of_resident(&self.conn, resident, from)
    }

    /// Appointments of a period with whom they are for.
    ///
    /// # Errors
    /// Database errors.
    pub fn appointments_between(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<Listed>> {
        let mut statement = self.conn.prepare_cached(include_str!("list_between.sql"))?;
        let rows = statement.query_map([from.to_string(), to.to_string()], |row| {
            Ok(Listed {
                appointment: from_row(row)?,
                name: row.get(16)?,
                called_by: row.get(17)?,
                yard: row.get(18)?,
                phone: row.get(19)?,
                face: row.get(20)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Who kept how many appointments with whom.
    ///
    /// # Errors
    /// Database errors.
    pub fn caseload(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<Caseload>> {
        let mut statement = self.conn.prepare_cached(include_str!("count_caseload.sql"))?;
        let rows = statement.query_map([from.to_string(), to.to_string()], |row| {
            Ok(Caseload {
                service: row.get(0)?,
                provider: row.get(1)?,
                kept: row.get(2)?,
                people: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Marks what was not kept: bookings whose time is over on `day` or before.
    /// Each is to be followed up; who still waits has waited in vain. Who has a
    /// number stays: whether they were seen is for staff to say.
    ///
    /// # Errors
    /// Database errors.
    pub fn close_appointments(&mut self, actor: Actor, day: NaiveDate) -> Result<usize> {
        self.transact(actor, |tx| {
            let left: Vec<Appointment> = {
                let mut statement = tx.prepare_cached(include_str!("list_left_over.sql"))?;
                let rows = statement.query_map(params![day.to_string(), tx.clock.now()], from_row)?;
                rows.collect::<rusqlite::Result<_>>()?
            };
            for appointment in &left {
                if appointment.status == Status::Waitlist {
                    tx.step(appointment.id, appointment.status, Status::Cancelled, "appointment.close", "")?;
                    continue;
                }
                tx.step(appointment.id, appointment.status, Status::NoShow, "appointment.close", "")?;
                tx.raise_follow_up(appointment.resident_id, Some(appointment.id), follow_up::Kind::NoShow)?;
            }
            Ok(left.len())
        })
    }
}
