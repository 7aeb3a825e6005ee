//! The yearly check-up from age 65 on: items done, items open, and who is due.

use chrono::{Datelike, NaiveDate};
use daycare_core::audit::Actor;
use daycare_core::checkup::Due;
use daycare_core::ids::{ResidentId, StaffId};
use daycare_core::service::{CHECKUP, seed_id};
use serde_json::json;

use crate::audit::TrailEntry;
use crate::connection::Store;
use crate::error::Result;
use crate::sql;
use crate::sql::{RowExt, params};

impl Store {
    /// Marks an item of this year's check-up as done today, or as open.
    pub fn set_checkup_item(
        &mut self,
        actor: Actor,
        resident: ResidentId,
        item: &str,
        done: bool,
    ) -> Result<()> {
        let staff: Option<StaffId> = match actor {
            Actor::Staff(id) => Some(id),
            _ => None,
        };
        self.transact(actor, |tx| {
            let today = tx.clock.today();
            let done_on = done.then(|| today.to_string());
            let _ = tx.prepare_cached(include_str!("put.sql"))?.execute(params![
                resident,
                today.year(),
                item,
                done_on,
                staff
            ])?;
            let change = TrailEntry::new("checkup.item", "resident", resident.uuid())
                .after(json!({ "year": today.year(), "item": item, "done": done }));
            tx.log(&change)
        })
    }

    /// Keys of the items done in a year.
    pub fn checkup_done(&self, resident: ResidentId, year: i32) -> Result<Vec<String>> {
        let mut statement = self.conn.prepare_cached(include_str!("list_done.sql"))?;
        let rows = statement.query_map(params![resident, year], |row| row.read(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Active residents born on `born_by` or earlier, with the progress of this year's
    /// check-up.
    pub fn checkups(&self, year: i32, born_by: NaiveDate) -> Result<Vec<Due>> {
        let mut statement = self.conn.prepare_cached(include_str!("list_due.sql"))?;
        let rows = statement.query_map(params![year, born_by.to_string(), seed_id(CHECKUP)], |row| {
            let day = |text: Option<String>| text.as_deref().map(sql::day).transpose();
            Ok(Due {
                resident_id: row.read(0)?,
                name: row.read(1)?,
                called_by: row.read(2)?,
                picture: row.read(3)?,
                phone: row.read(4)?,
                born_on: row.read::<Option<String>>(5)?.as_deref().map(sql::birth).transpose()?,
                done: row.read(6)?,
                last_on: day(row.read(7)?)?,
                booked_at: row.read(8)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
