//! Places of activities that the hub may lease to single kiosks.

use chrono::Days;
use daycare_core::audit::Actor;
use daycare_core::time::Moment;

use super::leases::pool_of_activity;
use crate::activity;
use crate::connection::Store;
use crate::error::Result;
use crate::sql::params;

/// Activities are announced to the hub so many days ahead, so that there are leases
/// before somebody signs up without a network.
const AHEAD_DAYS: u64 = 14;
/// Leases of an activity end at 20:00 on the evening before.
const EVENING_BEFORE_MS: i64 = -4 * 3_600_000;

impl Store {
    /// Announces the activities of the coming days to the hub, so that it leases their places.
    /// Without a hub it does nothing.
    pub fn open_places(&mut self) -> Result<()> {
        let (zone, today) = (self.clock.zone(), self.clock.today());
        self.transact(Actor::Program, |tx| {
            if !tx.enrolled {
                return Ok(());
            }
            let last = today.checked_add_days(Days::new(AHEAD_DAYS)).unwrap_or(today);
            for occurrence in activity::occurrences(tx, today, last)? {
                let Some(capacity) = occurrence.arrangement.capacity else { continue };
                let midnight = occurrence.key.day.and_time(chrono::NaiveTime::MIN);
                let until = Moment::from_local(midnight, zone).plus_ms(EVENING_BEFORE_MS);
                let sql =
                    "INSERT INTO pool (id, capacity, until) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING";
                let id = pool_of_activity(occurrence.key);
                let _ = tx.prepare_cached(sql)?.execute(params![id, capacity, until])?;
            }
            Ok(())
        })
    }
}
