//! Duties: what shifts are for.

use daycare_core::audit::Actor;
use daycare_core::volunteer::{DUTIES, Duty, duty_id};

use crate::connection::Store;
use crate::error::Result;
use crate::sql::{RowExt, params};

/// Adds the built-in duties that are missing.
pub(crate) fn seed(store: &mut Store) -> Result<()> {
    let known = store.duties()?;
    if (0..DUTIES.len()).all(|place| known.iter().any(|duty| duty.id == duty_id(place))) {
        return Ok(());
    }
    store.transact(Actor::Program, |tx| {
        for (place, (name, picture)) in (0u32..).zip(DUTIES) {
            let id = duty_id(place as usize);
            let _ = tx.prepare_cached(include_str!("add.sql"))?.execute(params![id, name, picture, place])?;
        }
        Ok(())
    })
}

impl Store {
    /// Duties in the order they are shown.
    pub fn duties(&self) -> Result<Vec<Duty>> {
        let mut statement = self.conn.prepare_cached(include_str!("list.sql"))?;
        let rows = statement
            .query_map([], |row| Ok(Duty { id: row.read(0)?, name: row.read(1)?, picture: row.read(2)? }))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
