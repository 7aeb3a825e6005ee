//! When the kiosk ran, so that nobody counts as missing because it was off.

use daycare_core::clock_doubt::UsualStarts;
use daycare_core::time::Moment;

use crate::connection::Store;
use crate::error::Result;
use crate::sql::{RowExt, params};

/// If it left no record for longer than this, in ms, it was off.
const GAP_MS: i64 = 10 * 60_000;
/// History used for the usual start of the day, in ms: four weeks.
const SEEN_MS: i64 = 28 * 86_400_000;

impl Store {
    /// The day this kiosk first ran; `None` before that.
    pub fn first_day(&self) -> Result<Option<chrono::NaiveDate>> {
        let first: Option<Moment> =
            self.conn.prepare_cached(include_str!("first.sql"))?.query_row([], |row| row.read(0))?;
        Ok(first.map(|at| at.local(self.clock.zone()).date()))
    }

    /// Records that the kiosk is running. It is not an edit by anybody and leaves no audit row.
    pub fn note_running(&mut self) -> Result<()> {
        let now = self.clock.now();
        let went_on = self.conn.prepare_cached(include_str!("go_on.sql"))?.execute(params![now, GAP_MS])?;
        if went_on == 0 {
            let _ = self.conn.prepare_cached(include_str!("begin.sql"))?.execute(params![now])?;
        }
        Ok(())
    }

    /// Writes running times, for a generated centre.
    pub fn load_demo_uptime(&mut self, ran: &[(Moment, Moment)]) -> Result<()> {
        for (from, to) in ran {
            let sql = "INSERT INTO uptime (started_at, last_at) VALUES (?1, ?2)";
            let _ = self.conn.execute(sql, params![from, to])?;
        }
        Ok(())
    }

    /// The hours at which its last days began, if today can be compared with them.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn usual_starts(&self) -> Result<Option<UsualStarts>> {
        let now = self.clock.now();
        let ran = self.ran_since(now.plus_ms(-SEEN_MS))?;
        Ok(UsualStarts::of(&ran, now, self.clock.zone()))
    }

    /// The times at which it ran, from an instant on.
    pub fn ran_since(&self, since: Moment) -> Result<Vec<(Moment, Moment)>> {
        let mut statement = self.conn.prepare_cached(include_str!("list.sql"))?;
        let rows = statement.query_map(params![since], |row| Ok((row.read(0)?, row.read(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
