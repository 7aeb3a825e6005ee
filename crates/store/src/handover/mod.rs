//! Handover notes from one shift to the next.

use daycare_core::audit::Actor;
use daycare_core::ids::{HandoverId, StaffId};
use daycare_core::shift_book::Handover;
use daycare_core::time::Moment;
use serde_json::json;

use crate::audit::TrailEntry;
use crate::connection::Store;
use crate::error::{Error, Result, Rule};
use crate::sql;
use crate::sql::{RowExt, params};

pub(crate) fn staff_of(actor: Actor) -> Option<StaffId> {
    match actor {
        Actor::Staff(id) => Some(id),
        Actor::Resident | Actor::Cli | Actor::Program => None,
    }
}

impl Store {
    /// Writes a note. Repeating the call writes it only once.
    ///
    /// # Errors
    /// The note is empty, or database errors.
    pub fn add_handover(&mut self, actor: Actor, id: HandoverId, words: &str) -> Result<()> {
        if words.trim().is_empty() {
            return Err(Error::Rule(Rule::NoteEmpty));
        }
        self.transact(actor, |tx| {
            let (now, today) = (tx.clock.now(), tx.clock.today().to_string());
            let _ = tx.prepare_cached(include_str!("add.sql"))?.execute(params![
                id,
                today,
                words.trim(),
                now,
                staff_of(actor)
            ])?;
            tx.log(&TrailEntry::new("handover.add", "handover", id.uuid()).after(json!({ "words": words })))
        })
    }

    /// Marks a note as done.
    pub fn finish_handover(&mut self, actor: Actor, id: HandoverId) -> Result<()> {
        self.transact(actor, |tx| {
            let now = tx.clock.now();
            let done =
                tx.prepare_cached(include_str!("finish.sql"))?.execute(params![id, now, staff_of(actor)])?;
            if done == 0 {
                return Ok(());
            }
            tx.log(&TrailEntry::new("handover.finish", "handover", id.uuid()))
        })
    }

    /// Open notes, and those since a day.
    pub fn handovers(&self, since: chrono::NaiveDate) -> Result<Vec<Handover>> {
        let mut statement = self.conn.prepare_cached(include_str!("list.sql"))?;
        let rows = statement.query_map([since.to_string()], |row| {
            let done_at: Option<Moment> = row.read(5)?;
            let done_by: String = row.read(6)?;
            Ok(Handover {
                id: row.read(0)?,
                day: sql::day(row.get_ref(1)?.as_str()?)?,
                words: row.read(2)?,
                at: row.read(3)?,
                by: row.read(4)?,
                done: done_at.map(|at| (at, done_by)),
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
