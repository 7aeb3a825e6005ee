//! What carers need to know about a resident.

use daycare_core::audit::Actor;
use daycare_core::care_plan::CarePlan;
use daycare_core::ids::ResidentId;
use rusqlite::{Connection, OptionalExtension};
use serde_json::json;

use crate::audit::TrailEntry;
use crate::connection::{Store, Tx};
use crate::error::Result;
use crate::sql::{RowExt, params};

pub(crate) fn get(conn: &Connection, id: ResidentId) -> Result<Option<CarePlan>> {
    let mut statement = conn.prepare_cached(include_str!("get.sql"))?;
    let found = statement.query_row(params![id], |row| {
        Ok(CarePlan {
            allergies: row.read(0)?,
            notes: row.read(1)?,
            hearing: row.read(2)?,
            sight: row.read(3)?,
            wheelchair: row.read(4)?,
            risk: row.read(5)?,
        })
    });
    Ok(found.optional()?)
}

impl Store {
    /// A resident's care plan; empty if none was written.
    pub fn care_plan(&self, id: ResidentId) -> Result<CarePlan> {
        Ok(get(&self.conn, id)?.unwrap_or_default())
    }

    /// Writes a care plan. Repeating the call changes nothing.
    ///
    /// # Errors
    /// No such resident, or database errors.
    pub fn put_care_plan(&mut self, actor: Actor, id: ResidentId, plan: &CarePlan) -> Result<()> {
        self.transact(actor, |tx| {
            let _ = crate::resident::require(tx, id)?;
            let before = get(tx, id)?.unwrap_or_default();
            if before == *plan { Ok(()) } else { tx.put_plan(id, Some(plan)) }
        })
    }
}

impl Tx<'_> {
    /// Writes a care plan, or removes it if `None`. Repeating the call changes nothing.
    pub(crate) fn put_plan(&self, id: ResidentId, plan: Option<&CarePlan>) -> Result<()> {
        let before = get(self, id)?;
        if before.as_ref() == plan {
            return Ok(());
        }
        let _ = match plan {
            Some(plan) => self.prepare_cached(include_str!("put.sql"))?.execute(params![
                id,
                plan.allergies,
                plan.notes,
                plan.hearing,
                plan.sight,
                plan.wheelchair,
                plan.risk,
            ])?,
            None => self.prepare_cached(include_str!("remove.sql"))?.execute(params![id])?,
        };
        let change = TrailEntry::new("care_plan.put", "resident", id.uuid())
            .before(before.map(|plan| json!(plan)))
            .after(json!(plan));
        self.log(&change)
    }
}
