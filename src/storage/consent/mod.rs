//! Consent to hand health data on: each decision is a row, the newest counts.

use rusqlite::{OptionalExtension, params};
use serde_json::json;

use super::audit::Change;
use super::{Store, sql};
use crate::domain::audit::Actor;
use crate::domain::consent::Consent;
use crate::domain::ids::ResidentId;
use crate::error::{Error, Result};

impl Store {
    /// Writes a decision; a withdrawal is one too.
    ///
    /// # Errors
    /// Nobody is named who heard it, or database errors.
    pub fn decide_consent(&mut self, actor: Actor, resident: ResidentId, consent: &Consent) -> Result<()> {
        if consent.witness.trim().is_empty() {
            return Err(Error::Rule("a consent says who heard it"));
        }
        self.transact(actor, |tx| {
            let _ = tx.prepare_cached(include_str!("add.sql"))?.execute(params![
                resident,
                consent.given,
                consent.decided_on.to_string(),
                consent.witness,
                tx.clock.now(),
            ])?;
            let words = json!({ "purpose": "sharing", "given": consent.given, "witness": consent.witness });
            tx.log(&Change::new("consent.decide", "resident", resident.uuid()).after(words))
        })
    }

    /// The decision that holds, if there is one.
    ///
    /// # Errors
    /// Database errors.
    pub fn consent_of(&self, resident: ResidentId) -> Result<Option<Consent>> {
        let mut statement = self.conn.prepare_cached(include_str!("get.sql"))?;
        let row = statement.query_row([resident], |row| {
            let day: String = row.get(1)?;
            Ok(Consent { given: row.get(0)?, decided_on: sql::day(&day)?, witness: row.get(2)? })
        });
        Ok(row.optional()?)
    }

    /// Everybody whose health data may be handed on.
    ///
    /// # Errors
    /// Database errors.
    pub fn consenting(&self) -> Result<Vec<ResidentId>> {
        let mut statement = self.conn.prepare_cached(include_str!("list_given.sql"))?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
