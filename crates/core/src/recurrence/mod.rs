//! Expands series (RFC 5545 rules) into occurrences, applying changes to single days and closed
//! days.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeZone};
use rrule::{RRule, Tz, Unvalidated};

use crate::activity::repeat::Repeat;
use crate::activity::{NOTICE_DAYS, Occurrence, OccurrenceChange, OccurrenceKey, Off, Series};
use crate::appointment::Closure;

/// Most days that are expanded for one period.
const MOST: u16 = 2_000;

/// Days of a rule from `from` to `to`, both included.
///
/// The rule is expanded from a day near `from`, not from the first day of the series, so that a
/// series of ten years costs no more than one of a week.
#[must_use]
pub fn dates(series: &Series, from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
    let from = from.max(series.starts_on);
    let to = series.until.map_or(to, |until| to.min(until));
    if from > to {
        return vec![];
    }
    if series.repeat == Repeat::Once {
        return if series.starts_on == from { vec![from] } else { vec![] };
    }
    let unrolled = || {
        let rule: RRule<Unvalidated> = series.repeat.rrule().parse().ok()?;
        let set = rule.build(midnight(anchor(series, from))?).ok()?;
        Some(set.after(midnight(from)?).before(midnight(to)?).all(MOST).dates)
    };
    unrolled().unwrap_or_default().into_iter().map(|at| at.date_naive()).collect()
}

/// A day at or before `from`, a whole number of periods after the first day, from which the
/// rule gives the same days.
fn anchor(series: &Series, from: NaiveDate) -> NaiveDate {
    match &series.repeat {
        Repeat::Once => series.starts_on,
        Repeat::Weekly { every, .. } => {
            let monday = |day: NaiveDate| {
                day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday())))
                    .unwrap_or(day)
            };
            let first = monday(series.starts_on);
            let period = 7 * i64::from(*every).max(1);
            let whole = (monday(from) - first).num_days().max(0) / period * period;
            first.checked_add_days(Days::new(whole.unsigned_abs())).unwrap_or(first)
        }
        Repeat::Monthly { .. } => from.with_day(1).unwrap_or(from),
    }
}

fn midnight(day: NaiveDate) -> Option<DateTime<Tz>> {
    Tz::UTC.from_local_datetime(&day.and_time(NaiveTime::MIN)).single()
}

/// Every occurrence from `from` to `to`, including those cancelled or closed, by day and time.
#[must_use]
pub fn expand(
    series: &[Series],
    changes: &[OccurrenceChange],
    closed: &[Closure],
    from: NaiveDate,
    to: NaiveDate,
) -> Vec<Occurrence> {
    let known: HashMap<OccurrenceKey, &OccurrenceChange> =
        changes.iter().map(|change| (change.key, change)).collect();
    let mut all = Vec::new();
    for series in series {
        let mut days = dates(series, from, to);
        // Occurrences that were moved into the period from a day outside it.
        let moved = changes.iter().filter(|change| {
            change.key.activity_id == series.activity_id
                && (from..=to).contains(&change.held_on)
                && !(from..=to).contains(&change.key.day)
        });
        for change in moved {
            days.extend(dates(series, change.key.day, change.key.day));
        }
        for day in days {
            let key = OccurrenceKey { activity_id: series.activity_id, day };
            let occurrence = occurrence(series, key, known.get(&key).copied(), closed);
            if (from..=to).contains(&occurrence.held_on) {
                all.push(occurrence);
            }
        }
    }
    all.sort_by(|a, b| {
        let order = |o: &Occurrence| (o.held_on, o.arrangement.starts, o.arrangement.ends);
        order(a).cmp(&order(b)).then_with(|| a.name.cmp(&b.name)).then_with(|| a.key.cmp(&b.key))
    });
    all
}

/// One occurrence of a series, for a day on which its rule falls.
#[must_use]
pub fn occurrence(
    series: &Series,
    key: OccurrenceKey,
    change: Option<&OccurrenceChange>,
    closed: &[Closure],
) -> Occurrence {
    let held_on = change.map_or(key.day, |change| change.held_on);
    let arrangement = change.map_or(&series.arrangement, |change| &change.arrangement);
    let cancelled = change.and_then(|change| change.cancelled.clone()).map(Off::Cancelled);
    let shut = || closed.iter().find(|closure| closure.day == held_on).map(|c| Off::Closed(c.name.clone()));
    let news = series
        .notice_on
        .is_some_and(|on| on.checked_add_days(Days::new(NOTICE_DAYS)).is_none_or(|last| held_on <= last));
    Occurrence {
        key,
        series_id: series.id,
        held_on,
        name: series.name.clone(),
        picture: series.picture.clone(),
        arrangement: arrangement.clone(),
        opens_days: series.opens_days,
        closes_minutes: series.closes_minutes,
        notice: if news { series.notice.clone() } else { String::new() },
        off: cancelled.or_else(shut),
        changed: change.is_some(),
    }
}
