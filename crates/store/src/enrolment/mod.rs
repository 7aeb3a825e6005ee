//! Enrolments: signing up for an occurrence of an activity, waiting for a place, and
//! attendance. People are promoted from the waiting list in the order of sign-up.

mod places;

use chrono::NaiveDate;
use daycare_core::activity::OccurrenceKey;
use daycare_core::activity::enrolment::{
    Enrolment, Mood, Outcome, Participant, Shown, SignedUp, SigningUp, Tally,
};
use daycare_core::appointment::{Origin, Status};
use daycare_core::audit::Actor;
use daycare_core::ids::{EnrolmentId, ResidentId};
use daycare_core::time::Moment;
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::json;

use crate::audit::TrailEntry;
use crate::connection::Store;
use crate::error::{Error, Result, Rule, Thing};
use crate::sql::{RowExt, params};
use crate::{activity, sql};

fn from_row(row: &Row<'_>) -> rusqlite::Result<Enrolment> {
    Ok(Enrolment {
        id: row.read(0)?,
        key: OccurrenceKey { activity_id: row.read(1)?, day: sql::day(row.get_ref(2)?.as_str()?)? },
        resident_id: row.read(3)?,
        status: row.read(4)?,
        origin: row.read(5)?,
        outcome: row.read(6)?,
        mood: row.read(7)?,
    })
}

fn get(conn: &Connection, id: EnrolmentId) -> Result<Option<Enrolment>> {
    let mut statement = conn.prepare_cached(include_str!("get.sql"))?;
    Ok(statement.query_row(params![id], from_row).optional()?)
}

fn require(conn: &Connection, id: EnrolmentId) -> Result<Enrolment> {
    get(conn, id)?.ok_or(Error::NotFound(Thing::Enrolment))
}

fn shown(row: &Row<'_>, zone: chrono_tz::Tz) -> rusqlite::Result<Shown> {
    let held_on = sql::day(row.get_ref(11)?.as_str()?)?;
    let at = |column: usize| -> rusqlite::Result<Moment> {
        Ok(Moment::from_local(held_on.and_time(sql::time(row.get_ref(column)?.as_str()?)?), zone))
    };
    Ok(Shown {
        enrolment: from_row(row)?,
        name: row.read(8)?,
        picture: row.read(9)?,
        room: row.read(10)?,
        starts_at: at(12)?,
        ends_at: at(13)?,
        cancelled: row.read(14)?,
    })
}

fn of_resident(
    conn: &Connection,
    resident: ResidentId,
    from: NaiveDate,
    zone: chrono_tz::Tz,
) -> Result<Vec<Shown>> {
    let mut statement = conn.prepare_cached(include_str!("list_of_resident.sql"))?;
    let rows = statement.query_map(params![resident, from.to_string()], |row| shown(row, zone))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Store {
    /// Signs somebody up, if there is a place. Repeating the call writes it only once.
    ///
    /// # Errors
    /// No such person or occurrence, or database errors.
    pub fn sign_up(&mut self, actor: Actor, asked: &SigningUp) -> Result<SignedUp> {
        self.transact(actor, |tx| tx.sign_up(asked, false))
    }

    /// As [`Store::sign_up`], but adds them to the waiting list if all places are taken.
    ///
    /// # Errors
    /// No such person or time, or database errors.
    pub fn sign_up_or_wait(&mut self, actor: Actor, asked: &SigningUp) -> Result<SignedUp> {
        self.transact(actor, |tx| tx.sign_up(asked, true))
    }

    /// Adds somebody who came without signing up, as noted by staff: nobody is turned away, and
    /// nobody loses a place.
    ///
    /// # Errors
    /// No such person or time, or database errors.
    pub fn walk_in_to_activity(&mut self, actor: Actor, asked: &SigningUp) -> Result<Enrolment> {
        self.transact(actor, |tx| {
            if let Some(known) = get(tx, asked.id)? {
                return Ok(known);
            }
            let _ = crate::resident::require(tx, asked.resident_id)?;
            let _ = activity::require(tx, asked.key)?;
            if let Some(own) = tx.own_enrolment(asked)? {
                if own.status == Status::Booked {
                    return Ok(own);
                }
                tx.set_enrolment(&own, Status::Cancelled, None, "enrolment.cancel", "")?;
            }
            tx.add_enrolment(asked, Status::Booked, Origin::WalkIn, None)
        })
    }

    /// Gives a place back; it goes to whoever has waited longest.
    ///
    /// # Errors
    /// No such enrolment, or database errors.
    pub fn leave_activity(&mut self, actor: Actor, id: EnrolmentId, reason: &str) -> Result<Enrolment> {
        self.transact(actor, |tx| {
            let enrolment = require(tx, id)?;
            if enrolment.status == Status::Cancelled {
                return Ok(enrolment);
            }
            tx.set_enrolment(&enrolment, Status::Cancelled, None, "enrolment.cancel", reason)?;
            if let Some(occurrence) = activity::find(tx, enrolment.key)? {
                let _ = tx.promote_enrolled(&occurrence)?;
            }
            require(tx, id)
        })
    }

    /// Records attendance, for all or none. Recording it again replaces it; the audit trail
    /// keeps the previous values.
    ///
    /// # Errors
    /// No such enrolment, somebody without a place, or database errors.
    pub fn note_outcomes(
        &mut self,
        actor: Actor,
        noted: &[(EnrolmentId, Option<Outcome>, Option<Mood>)],
    ) -> Result<()> {
        self.transact(actor, |tx| {
            for (id, outcome, mood) in noted {
                let before = require(tx, *id)?;
                if before.status != Status::Booked {
                    return Err(Error::Rule(Rule::NoPlace));
                }
                if (before.outcome, before.mood) == (*outcome, *mood) {
                    continue;
                }
                let _ = tx
                    .prepare_cached(include_str!("set_outcome.sql"))?
                    .execute(params![id, outcome, mood])?;
                let change = TrailEntry::new("enrolment.outcome", "enrolment", id.uuid())
                    .before(json!({ "outcome": before.outcome, "mood": before.mood }))
                    .after(json!({ "outcome": outcome, "mood": mood }));
                tx.log(&change)?;
            }
            Ok(())
        })
    }

    /// One person's enrolments, from a day on.
    pub fn enrolments_of(&self, resident: ResidentId, from: NaiveDate) -> Result<Vec<Shown>> {
        of_resident(&self.conn, resident, from, self.clock.zone())
    }

    /// What one person attended or had a place for, up to a day, newest first; at most `most`
    /// entries.
    pub fn activity_history(&self, resident: ResidentId, until: NaiveDate, most: u32) -> Result<Vec<Shown>> {
        let zone = self.clock.zone();
        let mut statement = self.conn.prepare_cached(include_str!("list_history.sql"))?;
        let rows = statement.query_map(params![resident, until.to_string(), most], |row| shown(row, zone))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// People signed up for an occurrence or waiting for it, in the order of sign-up.
    pub fn participants(&self, key: OccurrenceKey) -> Result<Vec<Participant>> {
        let today = self.clock.today().to_string();
        let mut statement = self.conn.prepare_cached(include_str!("list_participants.sql"))?;
        let rows = statement.query_map(params![key.activity_id, key.day.to_string(), today], |row| {
            Ok(Participant {
                enrolment: from_row(row)?,
                name: row.read(8)?,
                called_by: row.read(9)?,
                yard: row.read(10)?,
                phone: row.read(11)?,
                face: row.read(12)?,
                here: row.read(13)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Attendance of each activity in a period, highest first.
    pub fn activity_tallies(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<Tally>> {
        let mut statement = self.conn.prepare_cached(include_str!("count_by_activity.sql"))?;
        let rows = statement.query_map([from.to_string(), to.to_string()], |row| {
            Ok(Tally {
                name: row.read(0)?,
                held: row.read(1)?,
                attendances: row.read(2)?,
                people: row.read(3)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Ends waiting-list entries of earlier days. Attendance is never guessed.
    pub fn close_waiting_lists(&mut self) -> Result<usize> {
        let today = self.clock.today().to_string();
        self.transact(Actor::Program, |tx| {
            let left: Vec<Enrolment> = {
                let mut statement = tx.prepare_cached(include_str!("list_left_over.sql"))?;
                let rows = statement.query_map([today], from_row)?;
                rows.collect::<rusqlite::Result<_>>()?
            };
            for enrolment in &left {
                tx.set_enrolment(enrolment, Status::Cancelled, None, "enrolment.close", "")?;
            }
            Ok(left.len())
        })
    }
}
