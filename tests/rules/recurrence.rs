//! What takes place, against a slow and obvious way of finding it out.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};
use daycare_core::activity::repeat::{Repeat, weekday};
use daycare_core::activity::{Arrangement, OccurrenceChange, OccurrenceKey, Off, Series};
use daycare_core::appointment::Closure;
use daycare_core::ids::{ActivityId, SeriesId};
use daycare_core::recurrence::{dates, expand};
use proptest::prelude::*;

const FIRST: NaiveDate = match NaiveDate::from_ymd_opt(2023, 11, 1) {
    Some(day) => day,
    None => panic!("a day"),
};

fn later(days: u64) -> NaiveDate {
    FIRST.checked_add_days(Days::new(days)).expect("a day")
}

fn arrangement(hour: u32) -> Arrangement {
    let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("a time");
    Arrangement {
        starts: at(hour),
        ends: at(hour + 1),
        room_id: None,
        team_id: None,
        leader: String::new(),
        capacity: None,
    }
}

fn series(number: u128, repeat: Repeat, starts_on: NaiveDate, until: Option<NaiveDate>) -> Series {
    Series {
        id: SeriesId::from_u128(number),
        activity_id: ActivityId::from_u128(number),
        name: format!("活动{number}"),
        picture: String::new(),
        repeat,
        starts_on,
        until,
        arrangement: arrangement(8 + u32::try_from(number % 9).expect("small")),
        opens_days: 7,
        closes_minutes: 0,
        notice: String::new(),
        notice_on: None,
    }
}

/// Whether the rule has a day, said as a person would say it.
fn has(series: &Series, day: NaiveDate) -> bool {
    if day < series.starts_on || series.until.is_some_and(|until| day > until) {
        return false;
    }
    match &series.repeat {
        Repeat::Once => day == series.starts_on,
        Repeat::Weekly { every, days } => {
            let monday = |day: NaiveDate| day - Days::new(u64::from(day.weekday().num_days_from_monday()));
            let weeks = (monday(day) - monday(series.starts_on)).num_weeks();
            days.contains(&day.weekday()) && weeks % i64::from(*every) == 0
        }
        Repeat::Monthly { nth: -1, day: on } => {
            day.weekday() == *on && (day + Days::new(7)).month() != day.month()
        }
        Repeat::Monthly { nth, day: on } => {
            day.weekday() == *on && (day.day0() / 7 + 1) == u32::from(nth.unsigned_abs())
        }
    }
}

fn repeats() -> impl Strategy<Value = Repeat> {
    let days = proptest::collection::btree_set(0usize..7, 1..4);
    prop_oneof![
        Just(Repeat::Once),
        (1u8..=8, days).prop_map(|(every, days)| Repeat::Weekly {
            every,
            days: days.into_iter().map(weekday).collect()
        }),
        (prop_oneof![Just(-1i8), 1i8..=4], 0usize..7)
            .prop_map(|(nth, day)| Repeat::Monthly { nth, day: weekday(day) }),
    ]
}

proptest! {
    #[test]
    fn the_days_of_a_rule_are_the_obvious_ones_wherever_one_begins_to_look(
        repeat in repeats(), starts in 0u64..400, length in proptest::option::of(0u64..900),
        from in 0u64..1200, days in 0u64..80,
    ) {
        let starts_on = later(starts);
        let series = series(1, repeat, starts_on, length.map(|days| starts_on + Days::new(days)));
        let (from, to) = (later(from), later(from + days));
        let slow: Vec<NaiveDate> = from.iter_days().take_while(|day| *day <= to).filter(|day| has(&series, *day)).collect();
        prop_assert_eq!(dates(&series, from, to), slow);
    }

    #[test]
    fn series_with_changes_and_holidays_are_what_a_person_would_write_down(
        all in proptest::collection::vec((repeats(), 0u64..60), 1..5),
        changes in proptest::collection::vec((0usize..5, 0u64..120, -9i64..10, any::<bool>()), 0..12),
        closed in proptest::collection::btree_set(0u64..120, 0..8),
        from in 20u64..90, days in 0u64..40,
    ) {
        let all: Vec<Series> = all
            .into_iter()
            .zip(1u128..)
            .map(|((repeat, starts), number)| series(number, repeat, later(starts), None))
            .collect();
        let mut exceptions: Vec<OccurrenceChange> = Vec::new();
        for (which, day, by, cancelled) in changes {
            let series = &all[which % all.len()];
            let key = OccurrenceKey { activity_id: series.activity_id, day: later(day) };
            if exceptions.iter().all(|known| known.key != key) {
                let held_on = key.day.checked_add_signed(chrono::Duration::days(by)).expect("a day");
                let cancelled = cancelled.then(|| "下雨".to_owned());
                exceptions.push(OccurrenceChange { key, held_on, arrangement: arrangement(18), cancelled });
            }
        }
        let closures: Vec<Closure> =
            closed.into_iter().map(|day| Closure { day: later(day), name: "放假".into() }).collect();
        let (from, to) = (later(from), later(from + days));
        let mut slow = Vec::new();
        for series in &all {
            // Every day far around the period, one after the other.
            for day in later(0).iter_days().take(200).filter(|day| has(series, *day)) {
                let change = exceptions.iter().find(|change| {
                    change.key.activity_id == series.activity_id && change.key.day == day
                });
                let held_on = change.map_or(day, |change| change.held_on);
                if held_on < from || held_on > to {
                    continue;
                }
                let off = match change.and_then(|change| change.cancelled.clone()) {
                    Some(why) => Some(Off::Cancelled(why)),
                    None if closures.iter().any(|closure| closure.day == held_on) => {
                        Some(Off::Closed("放假".into()))
                    }
                    None => None,
                };
                let starts = change.map_or(series.arrangement.starts, |change| change.arrangement.starts);
                slow.push((held_on, starts, series.name.clone(), day, off));
            }
        }
        slow.sort_by(|a, b| (a.0, a.1, &a.2, a.3).cmp(&(b.0, b.1, &b.2, b.3)));
        let fast: Vec<_> = expand(&all, &exceptions, &closures, from, to)
            .into_iter()
            .map(|o| (o.held_on, o.arrangement.starts, o.name, o.key.day, o.off))
            .collect();
        prop_assert_eq!(fast, slow);
    }
}

#[test]
fn the_third_friday_and_the_last_one_are_found() {
    let monthly = |nth| series(1, Repeat::Monthly { nth, day: Weekday::Fri }, FIRST, None);
    let (from, to) = ("2026-05-01".parse().expect("a day"), "2026-05-31".parse().expect("a day"));
    assert_eq!(dates(&monthly(3), from, to)[0].to_string(), "2026-05-15");
    assert_eq!(dates(&monthly(-1), from, to)[0].to_string(), "2026-05-29");
}
