//! Activities: their series, changes to single days, and the resulting occurrences. Reading is
//! here; changing the plan is in `plan`.

mod plan;

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use daycare_core::activity::clash::{Busy, Clash, clashes};
use daycare_core::activity::{
    Arrangement, ListedActivity, Occurrence, OccurrenceChange, OccurrenceKey, Series,
};
use daycare_core::ids::ActivityId;
use daycare_core::recurrence;
use daycare_core::time::Moment;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::connection::Store;
use crate::error::{Error, Result, Thing};
use crate::sql::{RowExt, params};
use crate::{room, service, session, sql, sync, team};

/// How many days ahead the next occurrence of an activity is searched for.
const LOOK_AHEAD_DAYS: u64 = 70;
/// How many days ahead double bookings are searched for.
const CLASH_DAYS: u64 = 91;

fn day_at(row: &Row<'_>, at: usize) -> rusqlite::Result<NaiveDate> {
    sql::day(row.get_ref(at)?.as_str()?)
}

fn optional_day(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<NaiveDate>> {
    row.get_ref(at)?.as_str_or_null()?.map(sql::day).transpose()
}

/// Time, room, leader and places: six columns from index `at` on.
fn arrangement(row: &Row<'_>, at: usize) -> rusqlite::Result<Arrangement> {
    Ok(Arrangement {
        starts: sql::time(row.get_ref(at)?.as_str()?)?,
        ends: sql::time(row.get_ref(at + 1)?.as_str()?)?,
        room_id: row.read(at + 2)?,
        team_id: row.read(at + 3)?,
        leader: row.read(at + 4)?,
        capacity: row.read(at + 5)?,
    })
}

fn series(row: &Row<'_>) -> rusqlite::Result<Series> {
    Ok(Series {
        id: row.read(0)?,
        activity_id: row.read(1)?,
        name: row.read(2)?,
        picture: row.read(3)?,
        repeat: row.read(4)?,
        starts_on: day_at(row, 5)?,
        until: optional_day(row, 6)?,
        arrangement: arrangement(row, 7)?,
        opens_days: row.read(13)?,
        closes_minutes: row.read(14)?,
        notice: row.read(15)?,
        notice_on: optional_day(row, 16)?,
    })
}

fn change(row: &Row<'_>) -> rusqlite::Result<OccurrenceChange> {
    Ok(OccurrenceChange {
        key: OccurrenceKey { activity_id: row.read(0)?, day: day_at(row, 1)? },
        held_on: day_at(row, 2)?,
        arrangement: arrangement(row, 3)?,
        cancelled: row.read(9)?,
    })
}

pub(crate) fn series_between(conn: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<Series>> {
    let mut statement = conn.prepare_cached(include_str!("list_series.sql"))?;
    let rows = statement.query_map([from.to_string(), to.to_string()], series)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn series_of(conn: &Connection, activity: ActivityId) -> Result<Vec<Series>> {
    let mut statement = conn.prepare_cached(include_str!("list_series_of.sql"))?;
    let rows = statement.query_map(params![activity], series)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn changes_between(conn: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<OccurrenceChange>> {
    let mut statement = conn.prepare_cached(include_str!("list_changes.sql"))?;
    let rows = statement.query_map([from.to_string(), to.to_string()], change)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn change_of(conn: &Connection, key: OccurrenceKey) -> Result<Option<OccurrenceChange>> {
    let mut statement = conn.prepare_cached(include_str!("get_change.sql"))?;
    Ok(statement.query_row(params![key.activity_id, key.day.to_string()], change).optional()?)
}

pub(crate) fn occurrences(conn: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<Occurrence>> {
    let changes = changes_between(conn, from, to)?;
    // An occurrence that was moved into the period may have its rule day outside it.
    let (first, last) = changes
        .iter()
        .fold((from, to), |(first, last), change| (first.min(change.key.day), last.max(change.key.day)));
    let series = series_between(conn, first, last)?;
    Ok(recurrence::expand(&series, &changes, &session::closures(conn, from, to)?, from, to))
}

/// One occurrence, if the rule of its series has that day.
pub(crate) fn find(conn: &Connection, key: OccurrenceKey) -> Result<Option<Occurrence>> {
    let change = change_of(conn, key)?;
    let held_on = change.as_ref().map_or(key.day, |change| change.held_on);
    let closed = session::closures(conn, held_on, held_on)?;
    let series = series_of(conn, key.activity_id)?;
    Ok(series
        .iter()
        .find(|series| !recurrence::dates(series, key.day, key.day).is_empty())
        .map(|series| recurrence::occurrence(series, key, change.as_ref(), &closed)))
}

pub(crate) fn require(conn: &Connection, key: OccurrenceKey) -> Result<Occurrence> {
    find(conn, key)?.ok_or(Error::NotFound(Thing::Occurrence))
}

/// Names and counts to list with occurrences.
struct Lister {
    rooms: HashMap<daycare_core::ids::RoomId, String>,
    teams: HashMap<daycare_core::ids::TeamId, String>,
    taken: HashMap<OccurrenceKey, (u16, u16)>,
}

impl Lister {
    fn new(conn: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Self> {
        let mut statement = conn.prepare_cached(include_str!("count_taken.sql"))?;
        let rows = statement.query_map([from.to_string(), to.to_string()], |row| {
            let key = OccurrenceKey { activity_id: row.read(0)?, day: day_at(row, 1)? };
            Ok((key, (row.read(2)?, row.read(3)?)))
        })?;
        Ok(Self {
            rooms: room::list(conn)?.into_iter().map(|room| (room.id, room.name)).collect(),
            teams: team::list(conn)?.into_iter().map(|team| (team.id, team.name)).collect(),
            taken: rows.collect::<rusqlite::Result<_>>()?,
        })
    }

    fn room(&self, of: &Arrangement) -> String {
        of.room_id.and_then(|id| self.rooms.get(&id)).cloned().unwrap_or_default()
    }

    fn led_by(&self, of: &Arrangement) -> String {
        if !of.leader.is_empty() {
            return of.leader.clone();
        }
        of.team_id.and_then(|id| self.teams.get(&id)).cloned().unwrap_or_default()
    }

    fn listed(&self, occurrence: Occurrence) -> ListedActivity {
        let (taken, waiting) = self.taken.get(&occurrence.key).copied().unwrap_or_default();
        let room = self.room(&occurrence.arrangement);
        let led_by = self.led_by(&occurrence.arrangement);
        ListedActivity { occurrence, room, led_by, taken, kept: 0, waiting }
    }

    fn busy(&self, occurrence: &Occurrence) -> Busy {
        Busy {
            name: occurrence.name.clone(),
            day: occurrence.held_on,
            starts: occurrence.arrangement.starts,
            ends: occurrence.arrangement.ends,
            room: self.room(&occurrence.arrangement),
            led_by: self.led_by(&occurrence.arrangement),
        }
    }
}

fn listed(conn: &Connection, now: Moment, found: Vec<Occurrence>) -> Result<Vec<ListedActivity>> {
    let days = || found.iter().map(|occurrence| occurrence.key.day);
    let (Some(first), Some(last)) = (days().min(), days().max()) else { return Ok(vec![]) };
    let (lister, kept) = (Lister::new(conn, first, last)?, sync::leases::kept_activities(conn, now)?);
    let kept = |of: &Occurrence| kept.get(&of.key).copied().unwrap_or(0);
    Ok(found.into_iter().map(|of| ListedActivity { kept: kept(&of), ..lister.listed(of) }).collect())
}

impl Store {
    /// Occurrences from `from` to `to`, including cancelled ones, by day and time.
    pub fn activities(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<ListedActivity>> {
        listed(&self.conn, self.clock.now(), occurrences(&self.conn, from, to)?)
    }

    /// One occurrence of an activity, if its rule has that day.
    pub fn occurrence(&self, key: OccurrenceKey) -> Result<Option<ListedActivity>> {
        Ok(listed(&self.conn, self.clock.now(), find(&self.conn, key)?.into_iter().collect())?.pop())
    }

    /// The next time of the same activity that is held and has a place.
    pub fn next_time(&self, key: OccurrenceKey) -> Result<Option<ListedActivity>> {
        let from = key.day.max(self.clock.today());
        let to = from.checked_add_days(Days::new(LOOK_AHEAD_DAYS)).unwrap_or(from);
        let now = self.clock.now();
        let zone = self.clock.zone();
        let all = self.activities(from, to)?;
        Ok(all.into_iter().find(|listed| {
            let occurrence = &listed.occurrence;
            occurrence.key.activity_id == key.activity_id
                && occurrence.key != key
                && occurrence.off.is_none()
                && occurrence.starts_at(zone) > now
                && !listed.is_full()
        }))
    }

    /// The series of an activity, the earliest first.
    pub fn series_of(&self, activity: ActivityId) -> Result<Vec<Series>> {
        series_of(&self.conn, activity)
    }

    /// Series with an occurrence from `from` to `to`, for a feed.
    pub fn series_between(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<Series>> {
        series_between(&self.conn, from, to)
    }

    /// Double bookings of the room or the leader of a planned series, within three months of
    /// its first day: with other activities and with services.
    pub fn clashes_of(&self, planned: &Series) -> Result<Vec<Clash>> {
        clashes_of(&self.conn, self.clock.zone(), planned)
    }

    /// As [`Store::clashes_of`], for a single occurrence.
    pub fn clashes_of_change(&self, change: &OccurrenceChange) -> Result<Vec<Clash>> {
        let Some(found) = find(&self.conn, change.key)? else { return Ok(vec![]) };
        let mine = Occurrence { held_on: change.held_on, arrangement: change.arrangement.clone(), ..found };
        clashes_with(&self.conn, self.clock.zone(), &[mine], (change.held_on, change.held_on))
    }
}

pub(crate) fn clashes_of(conn: &Connection, zone: chrono_tz::Tz, planned: &Series) -> Result<Vec<Clash>> {
    let from = planned.starts_on;
    let to = from.checked_add_days(Days::new(CLASH_DAYS)).unwrap_or(from);
    let mine = recurrence::expand(std::slice::from_ref(planned), &[], &[], from, to);
    clashes_with(conn, zone, &mine, (from, to))
}

/// Occurrences of other activities, and sessions of services, that need the same room or
/// leader.
fn clashes_with(
    conn: &Connection,
    zone: chrono_tz::Tz,
    mine: &[Occurrence],
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<Clash>> {
    let Some(activity) = mine.first().map(|occurrence| occurrence.key.activity_id) else { return Ok(vec![]) };
    let lister = Lister::new(conn, from, to)?;
    let planned: Vec<Busy> = mine.iter().map(|occurrence| lister.busy(occurrence)).collect();
    let mut others: Vec<Busy> = occurrences(conn, from, to)?
        .iter()
        .filter(|other| other.key.activity_id != activity && other.off.is_none())
        .map(|other| lister.busy(other))
        .collect();
    let services = service::list(conn)?;
    let name_of = |id| services.iter().find(|service| service.id == id).map(|service| service.name.clone());
    let sessions = session::between(conn, &from.to_string(), &to.to_string())?;
    others.extend(sessions.into_iter().filter(|session| session.cancelled.is_none()).map(|session| Busy {
        name: name_of(session.service_id).unwrap_or_default(),
        day: session.day,
        starts: session.starts_at.local(zone).time(),
        ends: session.ends_at.local(zone).time(),
        room: session.room,
        led_by: session.provider,
    }));
    Ok(clashes(&planned, &others))
}
