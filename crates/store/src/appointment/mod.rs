//! Appointments: booking, cancelling, waiting lists and arrivals.

mod seats;

use chrono::NaiveDate;
use daycare_core::appointment::{Appointment, Booked, Booking, Status, ticket_words};
use daycare_core::audit::Actor;
use daycare_core::follow_up;
use daycare_core::ids::{AppointmentId, ResidentId, ServiceId, SessionId};
use rusqlite::{Connection, OptionalExtension, Row};

use crate::connection::Store;
use crate::error::{DatabaseFault, Error, Result, Rule, Thing};
use crate::sql::{RowExt, params};
use crate::{session, sql};

/// An appointment with details of the person, for staff lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedAppointment {
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
    /// Number of completed appointments.
    pub kept: u32,
    /// Distinct people.
    pub people: u32,
}

pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<Appointment> {
    let day = row.get_ref(5)?.as_str()?;
    let (letter, number): (String, Option<u32>) = (row.read(14)?, row.read(15)?);
    Ok(Appointment {
        id: row.read(0)?,
        resident_id: row.read(1)?,
        status: row.read(2)?,
        origin: row.read(3)?,
        session_id: row.read(4)?,
        day: sql::day(day)?,
        starts_at: row.read(6)?,
        ends_at: row.read(7)?,
        service_id: row.read(8)?,
        service: row.read(9)?,
        picture: row.read(10)?,
        fasting: row.read(11)?,
        room: row.read(12)?,
        provider: row.read(13)?,
        ticket: number.map(|number| ticket_words(&letter, number)),
    })
}

pub(crate) fn get(conn: &Connection, id: AppointmentId) -> Result<Option<Appointment>> {
    let mut statement = conn.prepare_cached(include_str!("get.sql"))?;
    Ok(statement.query_row(params![id], from_row).optional()?)
}

pub(crate) fn require(conn: &Connection, id: AppointmentId) -> Result<Appointment> {
    get(conn, id)?.ok_or(Error::NotFound(Thing::Appointment))
}

pub(crate) fn of_resident(
    conn: &Connection,
    resident: ResidentId,
    from: NaiveDate,
) -> Result<Vec<Appointment>> {
    let mut statement = conn.prepare_cached(include_str!("list_of_resident.sql"))?;
    let rows = statement.query_map(params![resident, from.to_string()], from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Store {
    /// The appointment that was booked first, of one that was moved; its calendar entry keeps the
    /// identifier.
    pub fn first_booked(&self, id: AppointmentId) -> Result<AppointmentId> {
        let mut statement = self.conn.prepare_cached(include_str!("first_of.sql"))?;
        Ok(statement.query_row(params![id], |row| row.read(0)).optional()?.unwrap_or(id))
    }

    /// One appointment.
    pub fn appointment(&self, id: AppointmentId) -> Result<Option<Appointment>> {
        get(&self.conn, id)
    }

    /// Books a seat. Repeating the call writes it only once; nobody gets two seats at the same
    /// time, and no seat is given twice.
    ///
    /// # Errors
    /// No such resident or session, or database errors.
    pub fn book(&mut self, actor: Actor, booking: &Booking) -> Result<Booked> {
        self.transact(actor, |tx| tx.take_seat(booking))
    }

    /// Puts somebody on the waiting list of a session. Returns how many people are ahead.
    ///
    /// # Errors
    /// No such resident or session, the session is over, or database errors.
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
                return Err(Error::Rule(Rule::SessionOver));
            }
            let own: Option<AppointmentId> = tx
                .prepare_cached(include_str!("find_in_session.sql"))?
                .query_row(params![session.id, resident], |row| row.read(0))
                .optional()?;
            let waits = if let Some(known) = get(tx, id)? {
                known
            } else if let Some(own) = own {
                require(tx, own)?
            } else {
                let _ = crate::resident::require(tx, resident)?;
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
                let rows = statement.query_map(params![session.id], |row| row.read(0))?;
                rows.collect::<rusqlite::Result<_>>()?
            };
            let before = waiting.iter().position(|other| *other == waits.id).unwrap_or(0);
            Ok((require(tx, waits.id)?, before))
        })
    }

    /// Cancels an appointment. The seat goes to whoever has waited longest.
    ///
    /// # Errors
    /// No such appointment, the appointment is over, or database errors.
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
                return Err(Error::Rule(Rule::AppointmentOver));
            }
            tx.step(appointment.id, appointment.status, Status::Cancelled, "appointment.cancel", reason)?;
            tx.end_ticket_of(id)?;
            let _ = tx.promote(appointment.session_id)?;
            require(tx, id)
        })
    }

    /// Moves the status forward, for example to fulfilled or no-show; checking in also issues a
    /// queue number.
    ///
    /// # Errors
    /// The step does not go forward, no such appointment, or database errors.
    pub fn set_appointment(&mut self, actor: Actor, id: AppointmentId, next: Status) -> Result<Appointment> {
        self.transact(actor, |tx| {
            let appointment = require(tx, id)?;
            if appointment.status == next {
                return Ok(appointment);
            }
            if !appointment.status.may_become(next) || next == Status::Booked {
                return Err(Error::Rule(Rule::AppointmentForwardOnly));
            }
            if next == Status::CheckedIn {
                return tx.come_for(&appointment);
            }
            tx.step(appointment.id, appointment.status, next, "appointment.step", "")?;
            if !next.is_open() {
                tx.end_ticket_of(id)?;
            }
            if next == Status::NoShow {
                tx.raise_follow_up(
                    appointment.resident_id,
                    follow_up::About::Appointment(id),
                    follow_up::Kind::NoShow,
                )?;
            }
            require(tx, id)
        })
    }

    /// Moves the status back, by staff and with a reason, if the seat is still free.
    ///
    /// # Errors
    /// No reason, the step does not go back, the seat was taken meanwhile, or database errors.
    pub fn step_back(
        &mut self,
        actor: Actor,
        id: AppointmentId,
        earlier: Status,
        reason: &str,
    ) -> Result<Appointment> {
        if reason.trim().is_empty() {
            return Err(Error::Rule(Rule::ReasonNeeded));
        }
        if matches!(actor, Actor::Resident) {
            return Err(Error::Rule(Rule::StaffOnly));
        }
        let taken = Error::Rule(Rule::PlaceTaken);
        self.transact(actor, |tx| {
            let appointment = require(tx, id)?;
            if !appointment.status.may_go_back_to(earlier) {
                return Err(Error::Rule(Rule::NotAStepBack));
            }
            if session::require(tx, appointment.session_id)?.cancelled.is_some() {
                return Err(Error::Rule(Rule::SessionCancelled));
            }
            if appointment.status == Status::NoShow {
                tx.take_back_follow_up(id.uuid(), follow_up::Kind::NoShow)?;
            }
            tx.step(appointment.id, appointment.status, earlier, "appointment.back", reason)?;
            tx.end_ticket_of(id)?;
            if earlier == Status::CheckedIn {
                tx.wait_again(id)?;
            }
            require(tx, id)
        })
        .map_err(|error| match error {
            Error::Database { fault: DatabaseFault::Duplicate | DatabaseFault::Overlap, .. } => taken,
            other => other,
        })
    }

    /// Checks somebody in for an appointment and issues a queue number; repeating the call
    /// returns the same number.
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

    /// Appointments of one person from a day on, without cancelled ones.
    pub fn appointments_of(&self, resident: ResidentId, from: NaiveDate) -> Result<Vec<Appointment>> {
        of_resident(&self.conn, resident, from)
    }

    /// Appointments of a period, with details of the people.
    pub fn appointments_between(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<ListedAppointment>> {
        let mut statement = self.conn.prepare_cached(include_str!("list_between.sql"))?;
        let rows = statement.query_map([from.to_string(), to.to_string()], |row| {
            Ok(ListedAppointment {
                appointment: from_row(row)?,
                name: row.read(16)?,
                called_by: row.read(17)?,
                yard: row.read(18)?,
                phone: row.read(19)?,
                face: row.read(20)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Completed appointments by service and provider.
    pub fn caseload(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<Caseload>> {
        let mut statement = self.conn.prepare_cached(include_str!("count_caseload.sql"))?;
        let rows = statement.query_map([from.to_string(), to.to_string()], |row| {
            Ok(Caseload {
                service: row.read(0)?,
                provider: row.read(1)?,
                kept: row.read(2)?,
                people: row.read(3)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Marks bookings whose time is over, on `day` or earlier, as no-show, and raises a
    /// follow-up for each; waiting-list entries are cancelled. People with a queue number are
    /// left alone: only staff can say whether they were seen.
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
                tx.raise_follow_up(
                    appointment.resident_id,
                    follow_up::About::Appointment(appointment.id),
                    follow_up::Kind::NoShow,
                )?;
            }
            Ok(left.len())
        })
    }
}
