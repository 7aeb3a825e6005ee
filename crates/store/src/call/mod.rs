//! Calls for help.

use daycare_core::audit::Actor;
use daycare_core::call::Call;
use daycare_core::ids::{CallId, ResidentId, StaffId};

use crate::audit::TrailEntry;
use crate::connection::{Store, Tx};
use crate::error::Result;
use crate::sql::{RowExt, params};

impl Tx<'_> {
    pub(crate) fn raise_call(&self, id: CallId, resident: Option<ResidentId>, reason: &str) -> Result<()> {
        let now = self.clock.now();
        let added =
            self.prepare_cached(include_str!("add.sql"))?.execute(params![id, now, resident, reason])?;
        if added == 0 {
            return Ok(());
        }
        self.log(&TrailEntry::new("call.raise", "call", id.uuid()).reason(reason))
    }
}

impl Store {
    /// Raises a call. Repeating the same identifier changes nothing.
    pub fn raise_call(&mut self, id: CallId, resident: Option<ResidentId>) -> Result<()> {
        self.transact(Actor::Resident, |tx| tx.raise_call(id, resident, "pressed"))
    }

    /// Ends a call: taken back by the resident, or answered by staff.
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
            tx.log(&TrailEntry::new("call.end", "call", id.uuid()))
        })
    }

    /// Open calls, oldest first.
    pub fn open_calls(&self) -> Result<Vec<Call>> {
        let mut statement = self.conn.prepare_cached(include_str!("list_open.sql"))?;
        let rows = statement.query_map([], |row| {
            Ok(Call {
                id: row.read(0)?,
                raised_at: row.read(1)?,
                who: row.read(2)?,
                for_reading: row.read(3)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
