//! Volunteers, and the PINs of those without a card.

use daycare_core::audit::Actor;
use daycare_core::card::Holder;
use daycare_core::ids::{ResidentId, VolunteerId};
use daycare_core::staff::{Lockout, Tried};
use daycare_core::volunteer::Volunteer;
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::json;

use crate::audit::TrailEntry;
use crate::connection::{Store, Tx};
use crate::error::{Error, Result, Rule, Thing};
use crate::resident;
use crate::sql::{RowExt, params};
use crate::staff::{hash, verify};

fn from_row(row: &Row<'_>) -> rusqlite::Result<Volunteer> {
    Ok(Volunteer {
        id: row.read(0)?,
        name: row.read(1)?,
        team_id: row.read(2)?,
        resident_id: row.read(3)?,
        phone: row.read(4)?,
    })
}

/// A volunteer, the hash of their PIN if there is one, and its lock.
type Account = (Volunteer, Option<String>, Lockout);

fn account(conn: &Connection, id: VolunteerId) -> Result<Account> {
    let mut statement = conn.prepare_cached(include_str!("get.sql"))?;
    let found = statement.query_row(params![id], |row| {
        let lock = Lockout { failures: row.read(6)?, locked_until: row.read(7)? };
        Ok((from_row(row)?, row.read(5)?, lock))
    });
    found.optional()?.ok_or(Error::NotFound(Thing::Volunteer))
}

pub(crate) fn require(conn: &Connection, id: VolunteerId) -> Result<Volunteer> {
    Ok(account(conn, id)?.0)
}

pub(crate) fn of_resident(conn: &Connection, id: ResidentId) -> Result<Option<Volunteer>> {
    let mut statement = conn.prepare_cached(include_str!("find_of_resident.sql"))?;
    Ok(statement.query_row(params![id], from_row).optional()?)
}

impl Tx<'_> {
    pub(crate) fn put_volunteer(&self, volunteer: &Volunteer) -> Result<()> {
        if volunteer.name.trim().is_empty() {
            return Err(Error::Rule(Rule::VolunteerNameNeeded));
        }
        if let Some(id) = volunteer.resident_id {
            let _ = resident::require(self, id)?;
            if of_resident(self, id)?.is_some_and(|other| other.id != volunteer.id) {
                return Err(Error::Rule(Rule::VolunteerAlready));
            }
            // From now on the resident's card is used.
            self.revoke_cards(Holder::Volunteer(volunteer.id), "is a resident")?;
        }
        let _ = self.prepare_cached(include_str!("put.sql"))?.execute(params![
            volunteer.id,
            volunteer.name.trim(),
            volunteer.team_id,
            volunteer.resident_id,
            volunteer.phone.trim()
        ])?;
        let after = json!({ "team": volunteer.team_id, "resident": volunteer.resident_id });
        self.log(&TrailEntry::new("volunteer.put", "volunteer", volunteer.id.uuid()).after(after))
    }
}

impl Store {
    /// Volunteers by team and name.
    pub fn volunteers(&self) -> Result<Vec<Volunteer>> {
        let mut statement = self.conn.prepare_cached(include_str!("list.sql"))?;
        let rows = statement.query_map([], from_row)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Volunteers who sign in with a PIN.
    pub fn volunteers_with_pin(&self) -> Result<Vec<Volunteer>> {
        let mut statement = self.conn.prepare_cached(include_str!("list_with_pin.sql"))?;
        let rows = statement.query_map([], from_row)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// One volunteer.
    ///
    /// # Errors
    /// No such volunteer, or database errors.
    pub fn volunteer(&self, id: VolunteerId) -> Result<Volunteer> {
        require(&self.conn, id)
    }

    /// The volunteer who is this resident, if there is one.
    pub fn volunteer_of(&self, id: ResidentId) -> Result<Option<Volunteer>> {
        of_resident(&self.conn, id)
    }

    /// Adds or changes a volunteer.
    ///
    /// # Errors
    /// No name, no such team or resident, or database errors.
    pub fn put_volunteer(&mut self, actor: Actor, volunteer: &Volunteer) -> Result<()> {
        self.transact(actor, |tx| tx.put_volunteer(volunteer))
    }

    /// Archives a volunteer; the hours stay.
    pub fn archive_volunteer(&mut self, actor: Actor, id: VolunteerId) -> Result<()> {
        self.transact(actor, |tx| {
            let now = tx.clock.now();
            if tx.prepare_cached(include_str!("archive.sql"))?.execute(params![id, now])? == 0 {
                return Ok(());
            }
            tx.revoke_cards(Holder::Volunteer(id), "archived")?;
            tx.log(&TrailEntry::new("volunteer.archive", "volunteer", id.uuid()))
        })
    }

    /// Sets a volunteer's PIN and unlocks it.
    ///
    /// # Errors
    /// The PIN is not six digits, no such volunteer, or database errors.
    pub fn set_volunteer_pin(&mut self, actor: Actor, id: VolunteerId, pin: &str) -> Result<()> {
        let hash = hash(pin)?;
        self.transact(actor, |tx| {
            if tx.prepare_cached(include_str!("set_pin.sql"))?.execute(params![id, hash])? == 0 {
                return Err(Error::NotFound(Thing::Volunteer));
            }
            tx.log(&TrailEntry::new("volunteer.pin", "volunteer", id.uuid()))
        })
    }

    /// Tries a volunteer's PIN, with the same lock as for staff.
    ///
    /// # Errors
    /// No such volunteer, one without a PIN, or database errors.
    pub fn try_volunteer_pin(&mut self, id: VolunteerId, pin: &str) -> Result<Tried<Volunteer>> {
        let now = self.clock.now();
        let (volunteer, stored, lock) = account(&self.conn, id)?;
        let stored = stored.ok_or(Error::Rule(Rule::VolunteerWithoutPin))?;
        let put = |store: &Self, lock: Lockout| -> Result<()> {
            let _ = store.conn.prepare_cached(include_str!("set_lock.sql"))?.execute(params![
                id,
                lock.failures,
                lock.locked_until
            ])?;
            Ok(())
        };
        let wait_ms = lock.wait_ms(now);
        if wait_ms > 0 {
            return Ok(Tried::Locked { wait_ms });
        }
        let failed = lock.after_failure(now);
        put(self, failed)?;
        if verify(pin, &stored)? {
            put(self, Lockout::default())?;
            return Ok(Tried::Opened(volunteer));
        }
        self.transact(Actor::Program, |tx| {
            tx.log(&TrailEntry::new("volunteer.wrong_pin", "volunteer", id.uuid()))
        })?;
        Ok(failed.as_tried(now))
    }
}
