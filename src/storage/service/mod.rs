//! Services: the purposes of coming, and the words people use for them.

use rusqlite::{Connection, OptionalExtension, params};

use super::Store;
use crate::domain::audit::Actor;
use crate::domain::ids::ServiceId;
use crate::domain::service::{SEED, Service};
use crate::error::Result;

/// Fills an empty table with the words of the design.
pub(super) fn seed(store: &mut Store) -> Result<()> {
    let count: i64 = store.conn.query_row(include_str!("count.sql"), [], |row| row.get(0))?;
    if count > 0 {
        return Ok(());
    }
    store.transact(Actor::Program, |tx| {
        for (place, (name, picture, meal, synonyms)) in (1u32..).zip(SEED) {
            // The same identifiers on every machine, so that they can be merged.
            let id = ServiceId::from_u128(0x7365_7276_6963_6500_0000_0000_0000_0000 + u128::from(place));
            let _ = tx
                .prepare_cached(include_str!("add.sql"))?
                .execute(params![id, name, picture, meal, place])?;
            for word in *synonyms {
                let _ = tx.prepare_cached(include_str!("add_synonym.sql"))?.execute(params![word, id])?;
            }
        }
        Ok(())
    })
}

pub(super) fn find(conn: &Connection, word: &str) -> Result<Option<ServiceId>> {
    let mut statement = conn.prepare_cached(include_str!("find.sql"))?;
    Ok(statement.query_row([word], |row| row.get(0)).optional()?)
}

impl Store {
    /// All services in the order they are shown.
    ///
    /// # Errors
    /// Database errors.
    pub fn services(&self) -> Result<Vec<Service>> {
        let mut statement = self.conn.prepare_cached(include_str!("list.sql"))?;
        let rows = statement.query_map([], |row| {
            Ok(Service { id: row.get(0)?, name: row.get(1)?, picture: row.get(2)?, meal: row.get(3)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
