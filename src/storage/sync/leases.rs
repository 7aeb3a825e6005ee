//! Places that the hub keeps for single kiosks, as this one goes by them.

use std::collections::HashMap;

use chrono::Days;
use rusqlite::Connection;
use uuid::Uuid;

use super::super::{Store, Tx, activity, sql};
use crate::domain::activity::OccurrenceKey;
use crate::domain::audit::Actor;
use crate::domain::ids::SessionId;
use crate::domain::time::Moment;
use crate::error::Result;
use crate::storage::sql::{RowExt, params};
use crate::sync::places::{Kept, LEASE_MARGIN_MS};

/// The hub is told of activities so many days ahead, so that there are leases
/// before somebody signs up without a network.
const AHEAD_DAYS: u64 = 14;
/// Leases of an activity end at eight in the evening before.
const EVENING_BEFORE_MS: i64 = -4 * 3_600_000;

/// How a booking stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Promise {
    /// There is nobody else who could give the place away.
    #[default]
    Given,
    /// The hub has said so, or keeps the place for this kiosk.
    Confirmed,
    /// Another kiosk may have been faster.
    Unconfirmed,
}

impl Promise {
    /// Whether it is sure, where that is a question at all.
    #[must_use]
    pub fn is_sure(self) -> Option<bool> {
        (self != Self::Given).then_some(self == Self::Confirmed)
    }
}

/// The places of one time of a session.
pub(in crate::storage) fn pool_of_slot(session: SessionId, starts_at: Moment) -> String {
    format!("appointment/{}/{}", session.uuid().simple(), starts_at.0)
}

/// The places of one time of an activity.
pub(in crate::storage) fn pool_of_activity(key: OccurrenceKey) -> String {
    format!("enrolment/{}/{}", key.activity_id.uuid().simple(), key.day)
}

impl Tx<'_> {
    /// Which places of a pool are kept, for whom.
    pub(in crate::storage) fn kept(&self, pool: impl FnOnce() -> String) -> rusqlite::Result<Kept> {
        let mut kept = Kept::default();
        if !self.enrolled {
            return Ok(kept);
        }
        let now = self.clock.now();
        let sql = "SELECT seat, mine, until FROM seat_lease WHERE pool = ?1 AND until > ?2";
        let mut statement = self.prepare_cached(sql)?;
        let mut rows = statement.query(params![pool(), now])?;
        while let Some(row) = rows.next()? {
            let (seat, mine, until): (u32, bool, Moment) = (row.read(0)?, row.read(1)?, row.read(2)?);
            if !mine {
                let _ = kept.others.insert(seat);
            } else if now.plus_ms(LEASE_MARGIN_MS) < until {
                let _ = kept.mine.insert(seat);
            }
        }
        Ok(kept)
    }
}

/// Free places that are kept for other kiosks, by time of a session.
pub(in crate::storage) fn kept_slots(
    conn: &Connection,
    now: Moment,
) -> Result<HashMap<(SessionId, Moment), u16>> {
    let mut statement = conn.prepare_cached(include_str!("kept_slots.sql"))?;
    let rows = statement.query_map(params![now], |row| Ok(((row.read(0)?, row.read(1)?), row.read(2)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The same, by time of an activity.
pub(in crate::storage) fn kept_activities(
    conn: &Connection,
    now: Moment,
) -> Result<HashMap<OccurrenceKey, u16>> {
    let mut statement = conn.prepare_cached(include_str!("kept_activities.sql"))?;
    let rows = statement.query_map(params![now], |row| {
        let key = OccurrenceKey { activity_id: row.read(0)?, day: sql::day(row.get_ref(1)?.as_str()?)? };
        Ok((key, row.read(2)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Store {
    /// Tells the hub of the activities of the coming days, so that it leases
    /// their places. Without a hub it does nothing.
    ///
    /// # Errors
    /// Database errors.
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

    /// Appointments and sign-ups that are not promised yet: another kiosk may
    /// have been faster. Always empty without a hub.
    ///
    /// # Errors
    /// Database errors.
    pub fn unconfirmed(&self) -> Result<Vec<Uuid>> {
        let mut statement = self.conn.prepare_cached(include_str!("list_unconfirmed.sql"))?;
        let margin = self.clock.now().plus_ms(LEASE_MARGIN_MS);
        let rows = statement.query_map(params![margin], |row| row.read::<[u8; 16]>(0))?;
        Ok(rows.map(|id| id.map(Uuid::from_bytes)).collect::<rusqlite::Result<_>>()?)
    }

    /// How an appointment or a sign-up stands.
    ///
    /// # Errors
    /// Database errors.
    pub fn promise(&self, id: Uuid) -> Result<Promise> {
        if !super::is_enrolled(&self.conn)? {
            return Ok(Promise::Given);
        }
        Ok(if self.unconfirmed()?.contains(&id) { Promise::Unconfirmed } else { Promise::Confirmed })
    }
}
