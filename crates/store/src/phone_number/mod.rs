//! The phone list: numbers worth having at hand.

use daycare_core::audit::Actor;
use daycare_core::ids::PhoneNumberId;
use daycare_core::shift_book::PhoneNumber;
use serde_json::json;

use crate::audit::TrailEntry;
use crate::connection::Store;
use crate::error::{Error, Result, Rule};
use crate::sql::{RowExt, params};

impl Store {
    /// Adds or changes a number.
    ///
    /// # Errors
    /// No name or number, or database errors.
    pub fn put_phone_number(&mut self, actor: Actor, number: &PhoneNumber) -> Result<()> {
        if number.name.trim().is_empty() || number.phone.trim().is_empty() {
            return Err(Error::Rule(Rule::PhoneNumberIncomplete));
        }
        self.transact(actor, |tx| {
            let _ = tx.prepare_cached(include_str!("put.sql"))?.execute(params![
                number.id,
                number.name.trim(),
                number.phone.trim()
            ])?;
            let words = json!({ "name": number.name, "phone": number.phone });
            tx.log(&TrailEntry::new("phone_number.put", "phone_number", number.id.uuid()).after(words))
        })
    }

    /// Removes a number from the list.
    pub fn remove_phone_number(&mut self, actor: Actor, id: PhoneNumberId) -> Result<()> {
        self.transact(actor, |tx| {
            let now = tx.clock.now();
            let _ = tx.prepare_cached(include_str!("remove.sql"))?.execute(params![id, now])?;
            tx.log(&TrailEntry::new("phone_number.remove", "phone_number", id.uuid()))
        })
    }

    /// Every number.
    pub fn phone_numbers(&self) -> Result<Vec<PhoneNumber>> {
        let mut statement = self.conn.prepare_cached(include_str!("list.sql"))?;
        let rows = statement.query_map([], |row| {
            Ok(PhoneNumber { id: row.read(0)?, name: row.read(1)?, phone: row.read(2)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
