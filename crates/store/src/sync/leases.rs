//! Places that the hub leases to single kiosks, as used by this one.

use std::collections::HashMap;

use daycare_core::activity::OccurrenceKey;
use daycare_core::ids::SessionId;
use daycare_core::time::Moment;
use daycare_sync::pool::{Kept, LEASE_MARGIN_MS};
use rusqlite::Connection;
use uuid::Uuid;

use super::state::is_enrolled;
use crate::connection::{Store, Tx};
use crate::error::Result;
use crate::sql;
use crate::sql::{RowExt, params};

/// How certain a booking is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Promise {
    /// Certain: no other kiosk can give the place away.
    #[default]
    Given,
    /// Confirmed by the hub, or leased to this kiosk.
    Confirmed,
    /// Not confirmed: another kiosk may have been faster.
    Unconfirmed,
}

impl Promise {
    /// Whether the booking is certain; `None` if there is no doubt to begin with.
    #[must_use]
    pub fn is_sure(self) -> Option<bool> {
        (self != Self::Given).then_some(self == Self::Confirmed)
    }
}

/// The pool of a slot of a session.
pub(crate) fn pool_of_slot(session: SessionId, starts_at: Moment) -> String {
    format!("appointment/{}/{}", session.uuid().simple(), starts_at.0)
}

/// The pool of an occurrence of an activity.
pub(crate) fn pool_of_activity(key: OccurrenceKey) -> String {
    format!("enrolment/{}/{}", key.activity_id.uuid().simple(), key.day)
}

impl Tx<'_> {
    /// The leased places of a pool, for this kiosk and for others.
    pub(crate) fn kept(&self, pool: impl FnOnce() -> String) -> rusqlite::Result<Kept> {
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

/// Number of free places leased to other kiosks, by slot.
pub(crate) fn kept_slots(conn: &Connection, now: Moment) -> Result<HashMap<(SessionId, Moment), u16>> {
    let mut statement = conn.prepare_cached(include_str!("kept_slots.sql"))?;
    let rows = statement.query_map(params![now], |row| Ok(((row.read(0)?, row.read(1)?), row.read(2)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Number of free places leased to other kiosks, by occurrence of an activity.
pub(crate) fn kept_activities(conn: &Connection, now: Moment) -> Result<HashMap<OccurrenceKey, u16>> {
    let mut statement = conn.prepare_cached(include_str!("kept_activities.sql"))?;
    let rows = statement.query_map(params![now], |row| {
        let key = OccurrenceKey { activity_id: row.read(0)?, day: sql::day(row.get_ref(1)?.as_str()?)? };
        Ok((key, row.read(2)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Store {
    /// Appointments and sign-ups that are not promised yet: another kiosk may
    /// have been faster. Always empty without a hub.
    pub fn unconfirmed(&self) -> Result<Vec<Uuid>> {
        let mut statement = self.conn.prepare_cached(include_str!("list_unconfirmed.sql"))?;
        let margin = self.clock.now().plus_ms(LEASE_MARGIN_MS);
        let rows = statement.query_map(params![margin], |row| row.read::<[u8; 16]>(0))?;
        Ok(rows.map(|id| id.map(Uuid::from_bytes)).collect::<rusqlite::Result<_>>()?)
    }

    /// How certain an appointment or a sign-up is.
    pub fn promise(&self, id: Uuid) -> Result<Promise> {
        if !is_enrolled(&self.conn)? {
            return Ok(Promise::Given);
        }
        Ok(if self.unconfirmed()?.contains(&id) { Promise::Unconfirmed } else { Promise::Confirmed })
    }
}
