//! Services: what people come for, and the words they use for it.

use daycare_core::audit::Actor;
use daycare_core::ids::ServiceId;
use daycare_core::service::{SEED, Service, seed_id};
use rusqlite::{Connection, OptionalExtension};

use crate::connection::Store;
use crate::error::Result;
use crate::sql::{RowExt, params};

/// Adds the built-in services that are missing: all in a new database, the new ones after an
/// update.
pub(crate) fn seed(store: &mut Store) -> Result<()> {
    let known: Vec<ServiceId> = {
        let mut statement = store.conn.prepare_cached(include_str!("list.sql"))?;
        let rows = statement.query_map([], |row| row.read(0))?;
        rows.collect::<rusqlite::Result<_>>()?
    };
    if (0..SEED.len()).all(|place| known.contains(&seed_id(place))) {
        return Ok(());
    }
    store.transact(Actor::Program, |tx| {
        for (place, seed) in (0u32..).zip(SEED) {
            let id = seed_id(place as usize);
            let _ = tx.prepare_cached(include_str!("add.sql"))?.execute(params![
                id,
                seed.name,
                seed.picture,
                seed.meal,
                place + 1,
                !seed.letter.is_empty(),
                seed.letter,
                seed.fasting,
                LEAD_MINUTES,
            ])?;
            for word in seed.synonyms {
                let _ = tx.prepare_cached(include_str!("add_synonym.sql"))?.execute(params![word, id])?;
            }
        }
        Ok(())
    })
}

/// Minimum time before a slot for booking it, in minutes, in a new centre.
const LEAD_MINUTES: u32 = 10;

pub(crate) fn find(conn: &Connection, word: &str) -> Result<Option<ServiceId>> {
    let mut statement = conn.prepare_cached(include_str!("find.sql"))?;
    Ok(statement.query_row([word], |row| row.read(0)).optional()?)
}

pub(crate) fn list(conn: &Connection) -> Result<Vec<Service>> {
    let mut statement = conn.prepare_cached(include_str!("list.sql"))?;
    let rows = statement.query_map([], |row| {
        Ok(Service {
            id: row.read(0)?,
            name: row.read(1)?,
            picture: row.read(2)?,
            meal: row.read(3)?,
            bookable: row.read(4)?,
            letter: row.read(5)?,
            fasting: row.read(6)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Store {
    /// All services in the order they are shown.
    pub fn services(&self) -> Result<Vec<Service>> {
        list(&self.conn)
    }
}
