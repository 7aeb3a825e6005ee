//! Calls for help.

use rusqlite::params;

use super::Store;
use super::audit::Change;
use crate::domain::audit::Actor;
use crate::domain::call::Call;
use crate::domain::ids::{CallId, ResidentId, StaffId};
use crate::error::Result;

impl Store {
    /// Raises a call. The same identifier again changes nothing.
    ///
    /// # Errors
    /// Database errors.
    pub fn raise_call(&mut self, id: CallId, resident: Option<ResidentId>) -> Result<()> {
        self.transact(Actor::Resident, |tx| {
            let added =
                tx.prepare_cached(include_str!("add.sql"))?.execute(params![id, tx.clock.now(), resident])?;
            if added == 0 {
                return Ok(());
            }
            tx.log(&Change::new("call.raise", "call", id.uuid()))
        })
    }

    /// Ends a call: taken back by the resident, or answered by staff.
    ///
    /// # Errors
    /// Database errors.
    pub fn end_call(&mut self, id: CallId, answered_by: Option<StaffId>) -> Result<()> {
        let actor = answered_by.map_or(Actor::Resident, Actor::Staff);
        self.transact(actor, |tx| {
            let ended = tx.prepare_cached(include_str!("end.sql"))?.execute(params![
                id,
                tx.clock.now(),
                answered_by
            ])?;
            if ended == 0 {
                return Ok(());
            }
            tx.log(&Change::new("call.end", "call", id.uuid()))
        })
    }

    /// Who waits for help, the oldest first.
    ///
    /// # Errors
    /// Database errors.
    pub fn open_calls(&self) -> Result<Vec<Call>> {
        let mut statement = self.conn.prepare_cached(include_str!("list_open.sql"))?;
        let rows = statement
            .query_map([], |row| Ok(Call { id: row.get(0)?, raised_at: row.get(1)?, who: row.get(2)? }))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
