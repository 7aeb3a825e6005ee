//! Relatives of residents.

use daycare_core::audit::Actor;
use daycare_core::care_plan::Relative;
use daycare_core::ids::{RelativeId, ResidentId};
use serde_json::json;

use crate::audit::TrailEntry;
use crate::connection::Store;
use crate::error::{Error, Result, Rule};
use crate::sql::{RowExt, params};

impl Store {
    /// Relatives of a resident; those who may pick them up come first.
    pub fn relatives(&self, of: ResidentId) -> Result<Vec<Relative>> {
        let mut statement = self.conn.prepare_cached(include_str!("list_of.sql"))?;
        let rows = statement.query_map(params![of], |row| {
            Ok(Relative {
                id: row.read(0)?,
                name: row.read(1)?,
                relation: row.read(2)?,
                phone: row.read(3)?,
                collects: row.read(4)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Adds or changes a relative.
    ///
    /// # Errors
    /// No name, no such resident, or database errors.
    pub fn put_relative(&mut self, actor: Actor, of: ResidentId, relative: &Relative) -> Result<()> {
        if relative.name.trim().is_empty() {
            return Err(Error::Rule(Rule::ContactNameNeeded));
        }
        self.transact(actor, |tx| {
            let _ = crate::resident::require(tx, of)?;
            let _ = tx.prepare_cached(include_str!("put.sql"))?.execute(params![
                relative.id,
                of,
                relative.name,
                relative.relation,
                relative.phone,
                relative.collects,
            ])?;
            tx.log(&TrailEntry::new("relative.put", "resident", of.uuid()).after(json!(relative)))
        })
    }

    /// Removes a relative from the list; the audit trail keeps the entry.
    pub fn remove_relative(&mut self, actor: Actor, of: ResidentId, id: RelativeId) -> Result<()> {
        self.transact(actor, |tx| {
            let now = tx.clock.now();
            let _ = tx.prepare_cached(include_str!("remove.sql"))?.execute(params![id, now])?;
            tx.log(
                &TrailEntry::new("relative.remove", "resident", of.uuid()).before(json!({ "relative": id })),
            )
        })
    }
}
