//! Photos: small, and kept only while the person consents.

use daycare_core::audit::Actor;
use daycare_core::consent::Purpose;
use daycare_core::ids::ResidentId;
use serde_json::json;

use crate::audit::TrailEntry;
use crate::connection::{Store, Tx};
use crate::error::{Error, Result, Rule};
use crate::sql::{RowExt, params};

impl Tx<'_> {
    pub(crate) fn remove_photo(&self, of: ResidentId) -> Result<()> {
        let removed = self.prepare_cached(include_str!("remove.sql"))?.execute(params![of])?;
        if removed == 0 {
            return Ok(());
        }
        self.log(&TrailEntry::new("photo.remove", "resident", of.uuid()))
    }
}

impl Store {
    /// Stores a photo: a small JPEG.
    ///
    /// # Errors
    /// The person has not consented, or database errors.
    pub fn put_photo(&mut self, actor: Actor, of: ResidentId, jpeg: &[u8]) -> Result<()> {
        if !self.consent_of(of, Purpose::Photo)?.is_some_and(|consent| consent.given) {
            return Err(Error::Rule(Rule::PhotoConsentMissing));
        }
        self.transact(actor, |tx| {
            let now = tx.clock.now();
            let _ = tx.prepare_cached(include_str!("put.sql"))?.execute(params![of, jpeg, now])?;
            let words = json!({ "bytes": jpeg.len() });
            tx.log(&TrailEntry::new("photo.put", "resident", of.uuid()).after(words))
        })
    }

    /// Removes a photo.
    pub fn remove_photo(&mut self, actor: Actor, of: ResidentId) -> Result<()> {
        self.transact(actor, |tx| tx.remove_photo(of))
    }

    /// Every photo, with its resident.
    pub fn photos(&self) -> Result<Vec<(ResidentId, Vec<u8>)>> {
        let mut statement = self.conn.prepare_cached(include_str!("list.sql"))?;
        let rows = statement.query_map([], |row| Ok((row.read(0)?, row.read(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
