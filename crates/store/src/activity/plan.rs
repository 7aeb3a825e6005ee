//! Changing the plan: a new activity, one occurrence, from now on, ending an activity.

use chrono::{Days, NaiveDate};
use daycare_core::activity::repeat::Repeat;
use daycare_core::activity::{Affected, OccurrenceChange, OccurrenceKey, Series};
use daycare_core::audit::Actor;
use daycare_core::follow_up::Kind;
use daycare_core::ids::{ActivityId, SeriesId};
use daycare_core::time::hour_minute;

use super::{change_of, occurrences, require, series_of};
use crate::audit;
use crate::connection::{Store, Tx};
use crate::error::{Error, Result, Rule};
use crate::sql::params;

const BEGUN: Error = Error::Rule(Rule::OccurrenceBegan);

impl Tx<'_> {
    pub(crate) fn add_series(&self, series: &Series, action: &'static str) -> Result<()> {
        series.check().map_err(Error::Rule)?;
        let (id, activity) = (series.id, series.activity_id);
        let _ = self.prepare_cached(include_str!("add.sql"))?.execute(params![activity, self.clock.now()])?;
        let at = &series.arrangement;
        let added = self.prepare_cached(include_str!("add_series.sql"))?.execute(params![
            id,
            activity,
            series.name.trim(),
            series.picture,
            series.repeat,
            series.starts_on.to_string(),
            series.until.map(|until| until.to_string()),
            hour_minute(at.starts),
            hour_minute(at.ends),
            at.room_id,
            at.team_id,
            at.leader.trim(),
            at.capacity,
            series.opens_days,
            series.closes_minutes,
            series.notice.trim(),
            series.notice_on.map(|on| on.to_string()),
        ])?;
        if added == 0 {
            return Ok(());
        }
        let change = audit::TrailEntry::new(action, "activity", activity.uuid())
            .after(serde_json::to_value(series).ok());
        self.log(&change)
    }

    fn put_change(&self, change: &OccurrenceChange, action: &'static str, reason: &str) -> Result<()> {
        let before = change_of(self, change.key)?;
        let at = &change.arrangement;
        let _ = self.prepare_cached(include_str!("put_change.sql"))?.execute(params![
            change.key.activity_id,
            change.key.day.to_string(),
            change.held_on.to_string(),
            hour_minute(at.starts),
            hour_minute(at.ends),
            at.room_id,
            at.team_id,
            at.leader.trim(),
            at.capacity,
            change.cancelled,
        ])?;
        let row = audit::TrailEntry::new(action, "activity", change.key.activity_id.uuid())
            .before(before.and_then(|before| serde_json::to_value(before).ok()))
            .after(serde_json::to_value(change).ok())
            .reason(reason);
        self.log(&row)
    }

    /// Ends the series of an activity on the day before `from`.
    fn end_before(&self, activity: ActivityId, from: NaiveDate) -> Result<()> {
        let last = from.pred_opt().unwrap_or(from).to_string();
        for series in series_of(self, activity)? {
            if series.until.is_none_or(|until| until >= from) {
                let _ =
                    self.prepare_cached(include_str!("end_series.sql"))?.execute(params![series.id, last])?;
            }
        }
        Ok(())
    }

    /// Updates the enrolments from `from` on. If the occurrence is still held, people keep
    /// their place and are called if its time or room has changed; otherwise they are called
    /// because it was cancelled.
    fn settle(&self, activity: ActivityId, from: NaiveDate, before: &Before, why: &str) -> Result<Affected> {
        let mut affected = Affected::default();
        for day in self.days_with_enrolments(activity, from)? {
            let key = OccurrenceKey { activity_id: activity, day };
            let Some(now) = super::find(self, key)?.filter(|now| now.off.is_none()) else {
                affected.to_call += self.cancel_enrolments(key, why)?;
                continue;
            };
            let then = before.iter().find(|then| then.key == key);
            let moved = then.is_none_or(|then| {
                then.held_on != now.held_on
                    || then.arrangement.starts != now.arrangement.starts
                    || then.arrangement.room_id != now.arrangement.room_id
            });
            if moved {
                affected.to_call += self.follow_up_enrolled(key, Kind::Moved)?;
            }
            affected.promoted += self.promote_enrolled(&now)?;
        }
        Ok(affected)
    }

    pub(crate) fn change_from(&self, from: OccurrenceKey, next: &Series) -> Result<Affected> {
        next.check().map_err(Error::Rule)?;
        if series_of(self, from.activity_id)?.iter().any(|known| known.id == next.id) {
            return Ok(Affected::default());
        }
        self.not_begun(from)?;
        if next.starts_on < from.day || next.activity_id != from.activity_id {
            return Err(BEGUN);
        }
        let before = self.held_before(from.activity_id, from.day)?;
        self.end_before(from.activity_id, from.day)?;
        let _ = self.undo_change(from)?;
        self.add_series(next, "activity.change")?;
        self.settle(from.activity_id, from.day, &before, &next.name)
    }

    fn not_begun(&self, key: OccurrenceKey) -> Result<()> {
        let found = require(self, key)?;
        if found.starts_at(self.clock.zone()) <= self.clock.now() { Err(BEGUN) } else { Ok(()) }
    }

    fn held_before(&self, activity: ActivityId, from: NaiveDate) -> Result<Before> {
        self.days_with_enrolments(activity, from)?
            .into_iter()
            .filter_map(|day| super::find(self, OccurrenceKey { activity_id: activity, day }).transpose())
            .collect()
    }

    /// Cancels all enrolments on a day on which the centre is closed.
    pub(crate) fn close_activities(&self, day: NaiveDate, why: &str) -> Result<usize> {
        let held = occurrences(self, day, day)?;
        held.iter().map(|occurrence| self.cancel_enrolments(occurrence.key, why)).sum()
    }

    /// Restores the enrolments on a day that is open again.
    pub(crate) fn open_activities(&self, day: NaiveDate) -> Result<()> {
        let held = occurrences(self, day, day)?;
        held.iter().try_for_each(|occurrence| self.revive_enrolments(occurrence.key))
    }
}

type Before = Vec<daycare_core::activity::Occurrence>;

impl Store {
    /// Adds an activity. Repeating the call writes it only once.
    ///
    /// # Errors
    /// The series is invalid, or database errors.
    pub fn add_activity(&mut self, actor: Actor, series: &Series) -> Result<()> {
        self.transact(actor, |tx| tx.add_series(series, "activity.add"))
    }

    /// Replaces the series of an activity by `next`, from the occurrence `from` on. Earlier
    /// occurrences are not touched; a single change of `from` is dropped, later ones stay.
    ///
    /// # Errors
    /// The occurrence has begun, `next` is invalid, or database errors.
    /// The time has begun, it makes no sense, or database errors.
    pub fn change_activity(&mut self, actor: Actor, from: OccurrenceKey, next: &Series) -> Result<Affected> {
        self.transact(actor, |tx| tx.change_from(from, next))
    }

    /// Ends an activity from the occurrence `from` on.
    ///
    /// # Errors
    /// The occurrence has begun, the reason is empty, or database errors.
    pub fn end_activity(&mut self, actor: Actor, from: OccurrenceKey, why: &str) -> Result<Affected> {
        if why.trim().is_empty() {
            return Err(Error::Rule(Rule::ReasonNeeded));
        }
        self.transact(actor, |tx| {
            tx.not_begun(from)?;
            tx.end_before(from.activity_id, from.day)?;
            let words = serde_json::json!({ "last_day": from.day.pred_opt() });
            let change = audit::TrailEntry::new("activity.end", "activity", from.activity_id.uuid())
                .after(words)
                .reason(why);
            tx.log(&change)?;
            tx.settle(from.activity_id, from.day, &vec![], why)
        })
    }

    /// Changes or cancels one occurrence.
    ///
    /// # Errors
    /// It is over, the change is invalid, or database errors.
    pub fn change_occurrence(&mut self, actor: Actor, change: &OccurrenceChange) -> Result<Affected> {
        change.arrangement.check().map_err(Error::Rule)?;
        self.transact(actor, |tx| {
            let before = require(tx, change.key)?;
            let zone = tx.clock.zone();
            if before.ends_at(zone) <= tx.clock.now() || change.held_on < tx.clock.today() {
                return Err(Error::Rule(Rule::OccurrenceOver));
            }
            let (action, why) = match &change.cancelled {
                Some(why) if why.trim().is_empty() => {
                    return Err(Error::Rule(Rule::ReasonNeeded));
                }
                Some(why) => ("activity.cancel_one", why.as_str()),
                None => ("activity.change_one", ""),
            };
            tx.put_change(change, action, why)?;
            let after = require(tx, change.key)?;
            if after.off.is_some() {
                let to_call = tx.cancel_enrolments(change.key, why)?;
                return Ok(Affected { to_call, promoted: 0 });
            }
            let same_place = after.arrangement.room_id == before.arrangement.room_id;
            let same_time = after.starts_at(zone) == before.starts_at(zone);
            let to_call =
                if same_place && same_time { 0 } else { tx.follow_up_enrolled(change.key, Kind::Moved)? };
            if before.off.is_some() {
                tx.revive_enrolments(change.key)?;
            }
            Ok(Affected { to_call, promoted: tx.promote_enrolled(&after)? })
        })
    }

    /// Undoes the change of an occurrence. People who lost a place by it get it back unless
    /// they were called already; pending calls about the change are dropped.
    pub fn restore_occurrence(&mut self, actor: Actor, key: OccurrenceKey) -> Result<()> {
        self.transact(actor, |tx| {
            if tx.undo_change(key)? {
                let words = serde_json::json!({ "day": key.day });
                tx.log(
                    &audit::TrailEntry::new("activity.restore_one", "activity", key.activity_id.uuid())
                        .after(words),
                )?;
                tx.take_back_moves(key)?;
                tx.revive_enrolments(key)?;
            }
            Ok(())
        })
    }

    /// Copies the occurrences of one week into another, day by day, each as a single
    /// occurrence, unless one of the same name is already held at that time.
    ///
    /// # Errors
    /// The target week is in the past, or database errors.
    /// The other week lies in the past, or database errors.
    pub fn copy_week(&mut self, actor: Actor, from: NaiveDate, to: NaiveDate) -> Result<usize> {
        if to < self.clock.today() && to.checked_add_days(Days::new(6)).is_none_or(|d| d < self.clock.today())
        {
            return Err(Error::Rule(Rule::WeekOver));
        }
        self.transact(actor, |tx| {
            let week = |monday: NaiveDate| monday.checked_add_days(Days::new(6)).unwrap_or(monday);
            let there = occurrences(tx, to, week(to))?;
            let mut copied = 0;
            for occurrence in occurrences(tx, from, week(from))?.into_iter().filter(|o| o.off.is_none()) {
                let ahead = occurrence.held_on - from;
                let Some(day) = to.checked_add_signed(ahead) else { continue };
                let begins = day.and_time(occurrence.arrangement.starts);
                let key = OccurrenceKey { day, ..occurrence.key };
                let same = there.iter().any(|other| {
                    // Also if the occurrence of that day was itself moved.
                    if other.key == key {
                        return true;
                    }
                    other.held_on == day
                        && other.name == occurrence.name
                        && other.arrangement.starts == occurrence.arrangement.starts
                });
                if same || begins <= tx.clock.local() {
                    continue;
                }
                let series = Series {
                    id: SeriesId::new(),
                    activity_id: occurrence.key.activity_id,
                    name: occurrence.name,
                    picture: occurrence.picture,
                    repeat: Repeat::Once,
                    starts_on: day,
                    until: Some(day),
                    arrangement: occurrence.arrangement,
                    opens_days: occurrence.opens_days,
                    closes_minutes: occurrence.closes_minutes,
                    notice: String::new(),
                    notice_on: None,
                };
                tx.add_series(&series, "activity.copy")?;
                copied += 1;
            }
            Ok(copied)
        })
    }
}

impl Tx<'_> {
    /// Undoes a single change. Returns whether there was one.
    fn undo_change(&self, key: OccurrenceKey) -> Result<bool> {
        let day = key.day.to_string();
        let undone = self.prepare_cached(include_str!("undo_change.sql"))?.execute(params![
            key.activity_id,
            day,
            self.clock.now()
        ])?;
        Ok(undone > 0)
    }
}
