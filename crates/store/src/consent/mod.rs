//! Consent by purpose: each decision is a row, and the newest one is in force.

use daycare_core::audit::Actor;
use daycare_core::consent::{Consent, Purpose};
use daycare_core::ids::{ConsentId, ResidentId};
use rusqlite::Row;
use serde_json::json;

use crate::audit::TrailEntry;
use crate::connection::Store;
use crate::error::{Error, Result, Rule};
use crate::sql;
use crate::sql::{RowExt, params};

fn from_row(row: &Row<'_>) -> rusqlite::Result<Consent> {
    Ok(Consent {
        purpose: row.read(0)?,
        given: row.read(1)?,
        decided_on: sql::day(row.get_ref(2)?.as_str()?)?,
        witness: row.read(3)?,
        guardian: row.read(4)?,
    })
}

impl Store {
    /// Writes a decision, which may be a withdrawal. Withdrawing consent to show a photo
    /// deletes the photo.
    ///
    /// # Errors
    /// No witness is named, or database errors.
    pub fn decide_consent(&mut self, actor: Actor, resident: ResidentId, consent: &Consent) -> Result<()> {
        if consent.witness.trim().is_empty() {
            return Err(Error::Rule(Rule::WitnessNeeded));
        }
        self.transact(actor, |tx| {
            let _ = tx.prepare_cached(include_str!("add.sql"))?.execute(params![
                ConsentId::new(),
                resident,
                consent.purpose,
                consent.given,
                consent.decided_on.to_string(),
                consent.witness,
                consent.guardian,
                tx.clock.now(),
            ])?;
            if consent.purpose == Purpose::Photo && !consent.given {
                tx.remove_photo(resident)?;
            }
            let words = json!({ "purpose": consent.purpose, "given": consent.given,
                "witness": consent.witness, "guardian": consent.guardian });
            tx.log(&TrailEntry::new("consent.decide", "resident", resident.uuid()).after(words))
        })
    }

    /// The decisions in force, at most one per purpose.
    pub fn consents(&self, resident: ResidentId) -> Result<Vec<Consent>> {
        let mut statement = self.conn.prepare_cached(include_str!("list_of.sql"))?;
        let rows = statement.query_map(params![resident], from_row)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The decision in force for one purpose, if there is one.
    pub fn consent_of(&self, resident: ResidentId, purpose: Purpose) -> Result<Option<Consent>> {
        Ok(self.consents(resident)?.into_iter().find(|consent| consent.purpose == purpose))
    }

    /// Every resident who has consented to a purpose.
    pub fn consenting(&self, purpose: Purpose) -> Result<Vec<ResidentId>> {
        let mut statement = self.conn.prepare_cached(include_str!("list_given.sql"))?;
        let rows = statement.query_map(params![purpose], |row| row.read(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
