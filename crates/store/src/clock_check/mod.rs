//! The records by which the clock is judged, and what is corrected after a wrong one.

mod jumps;

use daycare_core::audit::Actor;
use daycare_core::clock_doubt::ClockDoubt;
use daycare_core::ids::VisitId;
use daycare_core::time::Moment;

use crate::connection::Store;
use crate::error::Result;
use crate::sql::{RowExt, params};
use crate::{audit, setting, visit};

/// Setting: the last entry of the audit trail when staff confirmed the clock. Records written
/// before no longer count against it.
const CONFIRMED: &str = "clock.confirmed_line";

/// Key of the doubt that staff have not resolved.
const DOUBT: &str = "clock.doubt";

impl Store {
    /// The newest time at which anything was written, ignoring records before the last
    /// confirmation by staff; `None` in a new centre.
    pub fn newest_record(&self) -> Result<Option<Moment>> {
        let confirmed = self.confirmed_line()?;
        let mut statement = self.conn.prepare_cached(include_str!("newest.sql"))?;
        Ok(statement.query_row([confirmed], |row| row.read(0))?)
    }

    fn confirmed_line(&self) -> Result<i64> {
        Ok(self.setting(CONFIRMED)?.and_then(|line| line.parse().ok()).unwrap_or(0))
    }

    /// Stores the doubt about the clock, or clears it. It must be stored, because a clock that
    /// is ahead soon writes records that seem to confirm it.
    pub fn note_clock_doubt(&mut self, doubt: Option<ClockDoubt>) -> Result<()> {
        setting::put(&self.conn, DOUBT, doubt.map(ClockDoubt::key).unwrap_or_default())
    }

    /// The stored doubt, if it is not resolved.
    pub fn noted_clock_doubt(&self) -> Result<Option<ClockDoubt>> {
        Ok(self.setting(DOUBT)?.and_then(|key| ClockDoubt::of_key(&key)))
    }

    /// Records that staff have confirmed the clock. Dates written while it was wrong are
    /// corrected as far as possible: by the amounts by which the clock was seen to be set;
    /// otherwise, running times in the future are dropped, and a visit on a future day gets no
    /// known departure.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn confirm_clock(&mut self, actor: Actor) -> Result<()> {
        self.put_dates_right()?;
        self.transact(actor, |tx| {
            let now = tx.clock.now();
            let _ = tx.prepare_cached(include_str!("drop_uptime.sql"))?.execute(params![now])?;
            let _ = tx.prepare_cached(include_str!("cut_uptime.sql"))?.execute(params![now])?;
            let ahead: Vec<VisitId> = {
                let mut statement = tx.prepare_cached(include_str!("future_visits.sql"))?;
                let rows = statement.query_map([tx.clock.today().to_string()], |row| row.read(0))?;
                rows.collect::<rusqlite::Result<_>>()?
            };
            for id in ahead {
                visit::close_without_departure(tx, id)?;
            }
            let _ = tx
                .prepare_cached(include_str!("close_shifts.sql"))?
                .execute([tx.clock.today().to_string()])?;
            setting::put(tx, DOUBT, "")?;
            let line: i64 =
                tx.prepare_cached(include_str!("last_line.sql"))?.query_row([], |row| row.read(0))?;
            setting::put(tx, CONFIRMED, &line.to_string())?;
            tx.log(&audit::TrailEntry::new("clock.confirm", "setting", uuid::Uuid::nil()))
        })
    }
}
