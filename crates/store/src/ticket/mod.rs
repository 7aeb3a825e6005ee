//! The queue of a day: issuing, calling, skipping, moving and ending numbers.

use daycare_core::appointment::{Appointment, Status, ticket_words};
use daycare_core::audit::Actor;
use daycare_core::ids::{AppointmentId, ServiceId, TicketId};
use daycare_core::queue::{PublicCall, Ticket, TicketState};
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::json;

use crate::audit::TrailEntry;
use crate::connection::{Store, Tx};
use crate::error::{Error, Result, Rule, Thing};
use crate::sql::{RowExt, params};

use crate::sync::state;

/// Two kiosks without a network never issue the same number: those of the second kiosk begin at
/// 101.
const NUMBERS_OF_A_KIOSK: u32 = 100;

fn from_row(row: &Row<'_>) -> rusqlite::Result<Ticket> {
    let (letter, number): (String, u32) = (row.read(1)?, row.read(2)?);
    let (name, called_by): (String, String) = (row.read(6)?, row.read(7)?);
    Ok(Ticket {
        id: row.read(0)?,
        words: ticket_words(&letter, number),
        state: row.read(3)?,
        appointment_id: row.read(4)?,
        resident_id: row.read(5)?,
        name: format!("{name}{called_by}"),
        service_id: row.read(8)?,
        room: row.read(9)?,
        issued_at: row.read(10)?,
        called_at: row.read(11)?,
        calls: row.read(12)?,
        starts_at: row.read(13)?,
        origin: row.read(14)?,
    })
}

fn require(conn: &Connection, id: TicketId) -> Result<Ticket> {
    let mut statement = conn.prepare_cached(include_str!("get.sql"))?;
    statement.query_row(params![id], from_row).optional()?.ok_or(Error::NotFound(Thing::Ticket))
}

impl Tx<'_> {
    /// Issues the next number of the day for a service; numbers start again each day.
    pub(crate) fn issue_ticket(&self, appointment: &Appointment) -> Result<()> {
        let day = self.clock.today().to_string();
        let now = self.clock.now();
        let (after, own) = match state::state(self)? {
            Some(state) => (state.ordinal * NUMBERS_OF_A_KIOSK, NUMBERS_OF_A_KIOSK),
            None => (0, u32::MAX),
        };
        let _ = self.prepare_cached(include_str!("add.sql"))?.execute(params![
            // If two kiosks each issue a number for one appointment, it is the same row.
            TicketId::from(appointment.id.uuid()),
            day,
            appointment.service_id,
            appointment.id,
            appointment.room,
            now,
            after,
            own
        ])?;
        // Somebody who already had a number waits again.
        self.wait_again(appointment.id)
    }

    /// Returns the number of an appointment to the end of the queue.
    pub(crate) fn wait_again(&self, appointment: AppointmentId) -> Result<()> {
        let ticket: Option<TicketId> = self
            .prepare_cached(include_str!("find.sql"))?
            .query_row(params![appointment], |row| row.read(0))
            .optional()?;
        if let Some(ticket) = ticket {
            let _ = self.prepare_cached(include_str!("wait_again.sql"))?.execute(params![ticket])?;
        }
        Ok(())
    }

    pub(crate) fn end_ticket_of(&self, appointment: AppointmentId) -> Result<()> {
        let _ = self.prepare_cached(include_str!("end_of_appointment.sql"))?.execute(params![appointment])?;
        Ok(())
    }

    fn set_ticket(
        &self,
        ticket: &Ticket,
        next: TicketState,
        room: &str,
        action: &'static str,
    ) -> Result<Ticket> {
        let (called_at, calls) = match next {
            TicketState::Called => (Some(self.clock.now()), ticket.calls + 1),
            _ => (ticket.called_at, ticket.calls),
        };
        let _ = self
            .prepare_cached(include_str!("set.sql"))?
            .execute(params![ticket.id, next, room, called_at, calls])?;
        let change = TrailEntry::new(action, "ticket", ticket.id.uuid())
            .before(json!({ "state": ticket.state, "room": ticket.room }))
            .after(json!({ "state": next, "room": room, "calls": calls }));
        self.log(&change)?;
        require(self, ticket.id)
    }

    fn called_in(&self, service: ServiceId, room: &str) -> Result<Option<Ticket>> {
        let day = self.clock.today().to_string();
        let mut statement = self.prepare_cached(include_str!("called.sql"))?;
        Ok(statement.query_row(params![day, service, room], from_row).optional()?)
    }

    fn finish(&self, ticket: &Ticket) -> Result<()> {
        let _ = self.set_ticket(ticket, TicketState::Done, &ticket.room, "ticket.finish")?;
        let appointment = crate::appointment::require(self, ticket.appointment_id)?;
        if appointment.status.may_become(Status::Fulfilled) {
            self.step(appointment.id, appointment.status, Status::Fulfilled, "appointment.step", "")?;
        }
        Ok(())
    }
}

impl Store {
    /// Today's numbers that have not ended: called ones first, then waiting ones in order, then
    /// skipped ones.
    pub fn queue(&self) -> Result<Vec<Ticket>> {
        let today = self.clock.today().to_string();
        let mut statement = self.conn.prepare_cached(include_str!("list.sql"))?;
        let rows = statement.query_map([today], from_row)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// What the public screen shows: current calls, then recent ones.
    pub fn public_calls(&self) -> Result<Vec<PublicCall>> {
        let today = self.clock.today().to_string();
        let mut statement = self.conn.prepare_cached(include_str!("list_public.sql"))?;
        let rows = statement.query_map([today], |row| {
            let (letter, number): (String, u32) = (row.read(0)?, row.read(1)?);
            Ok(PublicCall { ticket: ticket_words(&letter, number), room: row.read(2)?, calls: row.read(3)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Calls the next number of a service into a room. `after` is the number
    /// the caller sees there: if somebody else has called meanwhile, nothing
    /// happens and the standing call is given back. Who is in the room is
    /// finished first.
    pub fn call_next(
        &mut self,
        actor: Actor,
        service: ServiceId,
        room: &str,
        after: Option<TicketId>,
    ) -> Result<Option<Ticket>> {
        self.transact(actor, |tx| {
            let standing = tx.called_in(service, room)?;
            if standing.as_ref().map(|ticket| ticket.id) != after {
                return Ok(standing);
            }
            let day = tx.clock.today().to_string();
            let next: Option<Ticket> = {
                let mut statement = tx.prepare_cached(include_str!("next.sql"))?;
                statement.query_row(params![day, service, room], from_row).optional()?
            };
            if let Some(standing) = &standing {
                tx.finish(standing)?;
            }
            next.map(|next| tx.set_ticket(&next, TicketState::Called, room, "ticket.call")).transpose()
        })
    }

    /// Calls a number again.
    ///
    /// # Errors
    /// It is not being called, no such number, or database errors.
    pub fn recall(&mut self, actor: Actor, id: TicketId) -> Result<Ticket> {
        self.transact(actor, |tx| {
            let ticket = require(tx, id)?;
            if ticket.state != TicketState::Called {
                return Err(Error::Rule(Rule::NumberNotCalled));
            }
            tx.set_ticket(&ticket, TicketState::Called, &ticket.room, "ticket.recall")
        })
    }

    /// Skips somebody who does not come; they keep their number.
    ///
    /// # Errors
    /// No such number, it has ended, or database errors.
    pub fn skip(&mut self, actor: Actor, id: TicketId) -> Result<Ticket> {
        self.transact(actor, |tx| {
            let ticket = require(tx, id)?;
            match ticket.state {
                TicketState::Skipped => Ok(ticket),
                TicketState::Done => Err(Error::Rule(Rule::NumberEnded)),
                _ => tx.set_ticket(&ticket, TicketState::Skipped, &ticket.room, "ticket.skip"),
            }
        })
    }

    /// Returns a number to the end of the queue.
    ///
    /// # Errors
    /// No such number, it has ended, or database errors.
    pub fn requeue(&mut self, actor: Actor, id: TicketId) -> Result<Ticket> {
        self.transact(actor, |tx| {
            let ticket = require(tx, id)?;
            if ticket.state == TicketState::Done {
                return Err(Error::Rule(Rule::NumberEnded));
            }
            let waiting = tx.set_ticket(&ticket, TicketState::Waiting, &ticket.room, "ticket.requeue")?;
            let _ = tx.prepare_cached(include_str!("wait_again.sql"))?.execute(params![id])?;
            require(tx, waiting.id)
        })
    }

    /// Sends a number to another room; it keeps its place.
    ///
    /// # Errors
    /// No such number, it has ended, or database errors.
    pub fn move_ticket(&mut self, actor: Actor, id: TicketId, room: &str) -> Result<Ticket> {
        self.transact(actor, |tx| {
            let ticket = require(tx, id)?;
            if ticket.state == TicketState::Done {
                return Err(Error::Rule(Rule::NumberEnded));
            }
            tx.set_ticket(&ticket, TicketState::Waiting, room, "ticket.move")
        })
    }

    /// Ends a number and marks the appointment as fulfilled.
    ///
    /// # Errors
    /// No such number, or database errors.
    pub fn finish_ticket(&mut self, actor: Actor, id: TicketId) -> Result<()> {
        self.transact(actor, |tx| {
            let ticket = require(tx, id)?;
            if ticket.state == TicketState::Done { Ok(()) } else { tx.finish(&ticket) }
        })
    }
}
