//! Steps inside a transaction: taking a seat, passing it on, checking in for it.

use chrono::NaiveDate;
use daycare_core::appointment::{Appointment, Booked, Booking, Origin, Session, Status};
use daycare_core::follow_up;
use daycare_core::ids::{AppointmentId, ResidentId, ServiceId, SessionId};
use daycare_core::time::Moment;
use rusqlite::OptionalExtension;
use serde_json::json;

use super::{from_row, get, require};
use crate::audit::TrailEntry;
use crate::connection::Tx;
use crate::error::{Error, Result, Rule, Thing};
use crate::sql::{RowExt, params};
use crate::sync::leases;
use crate::{resident, session, sql};

impl Tx<'_> {
    pub(super) fn add_appointment(
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
        self.log(&TrailEntry::new(action, "appointment", new.id.uuid()).after(words))
    }

    /// Changes the status and writes the audit row. The caller checks whether the step is
    /// allowed.
    pub(crate) fn step(
        &self,
        id: AppointmentId,
        from: Status,
        next: Status,
        action: &'static str,
        reason: &str,
    ) -> Result<()> {
        let _ = self.prepare_cached(include_str!("set_status.sql"))?.execute(params![id, next])?;
        let change = TrailEntry::new(action, "appointment", id.uuid())
            .before(json!({ "status": from }))
            .after(json!({ "status": next }))
            .reason(reason);
        self.log(&change)
    }

    /// An open booking of the same person in the same session or at the same time.
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
            statement.query_row(params![resident, session, from, to, but], |row| row.read(0)).optional()?;
        id.map(|id| require(self, id)).transpose()
    }

    /// The schema's constraints keep seats and people apart. The reason for a refusal is looked
    /// up only then, so that a successful booking costs little more than its rows.
    pub(super) fn take_seat(&self, booking: &Booking) -> Result<Booked> {
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

    /// The result of a booking without a free seat. A repeated booking already has its seat.
    fn without_seat(&self, booking: &Booking, closed: bool) -> Result<Booked> {
        if let Some(known) = get(self, booking.id)? {
            return Ok(Booked::Done(known));
        }
        Ok(if closed || !self.is_slot(booking)? { Booked::Closed } else { Booked::Full })
    }

    /// Why the schema refused a booking.
    fn refusal(&self, booking: &Booking, wanted: &Appointment) -> Result<Option<Booked>> {
        if let Some(known) = get(self, booking.id)? {
            return Ok(Some(Booked::Done(known)));
        }
        let span = (wanted.starts_at, wanted.ends_at);
        let own = self.clashing(booking.resident_id, booking.session_id, span, booking.instead_of)?;
        Ok(match own {
            Some(own) => Some(Booked::Already(own)),
            None if !self.is_slot(booking)? => Some(Booked::Closed),
            None => None,
        })
    }

    /// Moves an appointment of the same person: ends the old one, creates the new one.
    fn move_to(&self, new: &Appointment, seat: u32, booking: &Booking) -> Result<Booked> {
        if let Some(refusal) = self.refusal(booking, new)? {
            return Ok(refusal);
        }
        let mut freed = None;
        if let Some(old) = booking.instead_of {
            let old = require(self, old)?;
            if old.resident_id != booking.resident_id {
                return Err(Error::Rule(Rule::AppointmentOfAnother));
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

    /// The first free seat of a slot that this kiosk may give. Whether the slot exists at all
    /// is checked by the foreign key.
    fn free_seat(&self, booking: &Booking, capacity: u32) -> rusqlite::Result<Option<u32>> {
        let mut statement = self.prepare_cached(include_str!("list_taken.sql"))?;
        let taken = statement.query_map(params![booking.session_id, booking.starts_at], |row| row.read(0))?;
        let taken = taken.collect::<rusqlite::Result<Vec<u32>>>()?;
        let kept = self.kept(|| leases::pool_of_slot(booking.session_id, booking.starts_at))?;
        Ok(kept.first_free(&taken, capacity))
    }

    fn is_slot(&self, booking: &Booking) -> Result<bool> {
        let mut statement = self.prepare_cached(include_str!("is_slot.sql"))?;
        Ok(statement.exists(params![booking.session_id, booking.starts_at])?)
    }

    /// What a slot of a session offers, read in one query.
    pub(super) fn offer(&self, booking: &Booking) -> Result<Offer> {
        let starts_at = booking.starts_at;
        let now = self.clock.now();
        let mut statement = self.prepare_cached(include_str!("offer.sql"))?;
        let offer = statement.query_row(params![booking.session_id], |row| {
            let (minutes, cancelled, lead): (i64, Option<String>, i64) =
                (row.read(0)?, row.read(1)?, row.read(2)?);
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
                    service_id: row.read(4)?,
                    service: row.read(5)?,
                    picture: row.read(6)?,
                    fasting: row.read(7)?,
                    room: row.read(8)?,
                    provider: row.read(9)?,
                    ticket: None,
                },
                seat: self.free_seat(booking, row.read(10)?)?,
                closed: cancelled.is_some() || starts_at < now.plus_ms(lead * 60_000),
            })
        });
        offer.optional()?.ok_or(Error::NotFound(Thing::Session))
    }

    /// Gives free seats of a session to the people on its waiting list, first come, first
    /// served.
    pub(crate) fn promote(&self, session: SessionId) -> Result<u32> {
        let session = session::require(self, session)?;
        if session.cancelled.is_some() {
            return Ok(0);
        }
        let waiting: Vec<(AppointmentId, ResidentId)> = {
            let mut statement = self.prepare_cached(include_str!("list_waiting.sql"))?;
            let rows = statement.query_map(params![session.id], |row| Ok((row.read(0)?, row.read(1)?)))?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        let (mut promoted, now) = (0, self.clock.now());
        // Within the minimum notice for bookings, seats are not given to the waiting list
        // either.
        let lead: i64 = self
            .prepare_cached("SELECT lead_minutes FROM service WHERE id = ?1")?
            .query_row(params![session.service_id], |row| row.read(0))?;
        for (id, resident) in waiting {
            let free: Vec<(Moment, u32)> = {
                let mut statement = self.prepare_cached(include_str!("list_free_seats.sql"))?;
                let rows = statement
                    .query_map(params![session.id, now.plus_ms(lead * 60_000), now], |row| {
                        Ok((row.read(0)?, row.read(1)?))
                    })?;
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
                self.log(&TrailEntry::new("appointment.promote", "appointment", id.uuid()).after(words))?;
                self.raise_follow_up(resident, follow_up::About::Appointment(id), follow_up::Kind::Promoted)?;
                promoted += 1;
                break;
            }
        }
        Ok(promoted)
    }

    /// Ends the open bookings of a cancelled session; the people are put on the call list.
    pub(crate) fn cancel_bookings_of(&self, session: SessionId, reason: &str) -> Result<usize> {
        let open: Vec<Appointment> = {
            let mut statement = self.prepare_cached(include_str!("list_open_of_session.sql"))?;
            let rows = statement.query_map(params![session], from_row)?;
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
            self.raise_follow_up(
                appointment.resident_id,
                follow_up::About::Appointment(appointment.id),
                kind,
            )?;
        }
        Ok(open.len())
    }

    /// Restores a booking that was closed by mistake before its time.
    pub(crate) fn open_appointment_again(&self, id: AppointmentId, before: &str) -> Result<()> {
        let now = require(self, id)?;
        let over = now.ends_at <= self.clock.now();
        let was = serde_json::from_value::<Status>(before.into()).ok();
        let was = was.filter(|was| was.is_open() && !over && !now.status.is_open());
        if let Some(was) = was {
            self.step(id, now.status, was, "appointment.back", "")?;
            self.take_back_follow_up(id.uuid(), follow_up::Kind::NoShow)?;
        }
        Ok(())
    }

    /// The status of an appointment before its session was cancelled, if known.
    fn status_before(&self, id: AppointmentId) -> Result<Option<Status>> {
        let mut statement = self.prepare_cached(include_str!("status_before.sql"))?;
        let before: Option<String> =
            statement.query_row(params![id], |row| row.read(0)).optional()?.flatten();
        Ok(before.and_then(|before| serde_json::from_value(before.into()).ok()))
    }

    /// Restores the bookings of a session that is reopened, except for people who were already
    /// called or have something else at that time.
    pub(crate) fn revive_bookings_of(&self, session: SessionId) -> Result<()> {
        let ended: Vec<Appointment> = {
            let mut statement = self.prepare_cached(include_str!("list_to_revive.sql"))?;
            let rows = statement.query_map(params![session, self.clock.now()], from_row)?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        for appointment in &ended {
            let time = (appointment.starts_at, appointment.ends_at);
            let id = appointment.id;
            if self.clashing(appointment.resident_id, session, time, Some(id))?.is_some() {
                continue;
            }
            let was = self.status_before(id)?.unwrap_or(Status::Booked);
            if self.prepare_cached(include_str!("revive.sql"))?.execute(params![id, was])? > 0 {
                if was == Status::CheckedIn {
                    self.wait_again(id)?;
                }
                let change = TrailEntry::new("appointment.session_reopened", "appointment", id.uuid())
                    .before(json!({ "status": Status::Cancelled }))
                    .after(json!({ "status": was }));
                self.log(&change)?;
                self.take_back_follow_up(id.uuid(), follow_up::Kind::SessionCancelled)?;
            }
        }
        self.promote(session).map(drop)
    }

    /// Marks today's bookings of somebody who has come as arrived.
    pub(crate) fn arrive(&self, resident: ResidentId) -> Result<()> {
        self.step_today(resident, Status::Booked, Status::Arrived, "appointment.arrive")
    }

    /// Undoes the arrival, except for bookings that already have a queue number.
    pub(crate) fn unarrive(&self, resident: ResidentId) -> Result<()> {
        self.step_today(resident, Status::Arrived, Status::Booked, "appointment.unarrive")
    }

    /// Moves all of today's appointments from one status to another.
    fn step_today(&self, resident: ResidentId, from: Status, to: Status, action: &'static str) -> Result<()> {
        let (today, zone) = (self.clock.today(), self.clock.zone());
        let begins = |day: NaiveDate| Moment::from_local(day.and_time(chrono::NaiveTime::MIN), zone);
        let until = begins(today.succ_opt().unwrap_or(today));
        let ids: Vec<AppointmentId> = {
            let mut statement = self.prepare_cached(include_str!("list_of_day.sql"))?;
            let rows =
                statement.query_map(params![resident, begins(today), until, from], |row| row.read(0))?;
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
    pub(super) fn walk_in(
        &self,
        id: AppointmentId,
        resident: ResidentId,
        service: ServiceId,
    ) -> Result<Appointment> {
        if let Some(known) = get(self, id)? {
            return Ok(known);
        }
        if let Some(own) = self.today_of_service(resident, service)? {
            return self.come_for(&own);
        }
        let _ = resident::require(self, resident)?;
        let now = self.clock.now();
        let today = self.clock.today().to_string();
        let mut sessions: Vec<Session> = session::on_day(self, service, &today)?;
        sessions.retain(|session| session.cancelled.is_none() && session.ends_at > now);
        let Some(first) = sessions.first() else {
            return Err(Error::Rule(Rule::NoSessionLeft));
        };
        let mut place = None;
        for session in &sessions {
            let slot_ms = i64::from(session.slot_minutes) * 60_000;
            // A slot that has begun may still be used.
            let since = now.plus_ms(1 - slot_ms);
            let mut statement = self.prepare_cached(include_str!("list_free_seats.sql"))?;
            let rows = statement
                .query_map(params![session.id, since, now], |row| Ok((row.read(0)?, row.read(1)?)))?;
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
            // Somebody on the waiting list of this very session has come for it.
            if own.status == Status::Waitlist {
                self.step(own.id, own.status, Status::Cancelled, "appointment.change", "")?;
            } else {
                return Err(Error::Rule(Rule::AppointmentsOverlap));
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

    /// Checks somebody in and issues a queue number.
    pub(super) fn come_for(&self, appointment: &Appointment) -> Result<Appointment> {
        match appointment.status {
            Status::CheckedIn | Status::Fulfilled => Ok(appointment.clone()),
            status if status.may_become(Status::CheckedIn) => {
                if appointment.day != self.clock.today() {
                    return Err(Error::Rule(Rule::AppointmentOnAnotherDay));
                }
                self.step(appointment.id, appointment.status, Status::CheckedIn, "appointment.check_in", "")?;
                self.issue_ticket(appointment)?;
                require(self, appointment.id)
            }
            _ => Err(Error::Rule(Rule::AppointmentOver)),
        }
    }
}

/// What a slot offers: the resulting appointment, the first free seat, and whether booking is
/// closed.
pub(super) struct Offer {
    pub(super) appointment: Appointment,
    seat: Option<u32>,
    closed: bool,
}
