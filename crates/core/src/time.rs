//! Instants as stored (UTC milliseconds) and the local day they fall on.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Timelike, Utc};
use serde::{Deserialize, Serialize};

/// An instant in milliseconds since 1970-01-01 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
pub struct Moment(pub i64);

impl Moment {
    /// The instant of a UTC date and time.
    #[must_use]
    pub fn from_utc(at: DateTime<Utc>) -> Self {
        Self(at.timestamp_millis())
    }

    /// The instant at which wall clocks in `zone` show `at`.
    ///
    /// If that happens twice, the first is meant; if it never happens, the offset of an hour
    /// earlier is used.
    #[must_use]
    pub fn from_local(at: NaiveDateTime, zone: chrono_tz::Tz) -> Self {
        let resolved = zone.from_local_datetime(&at).earliest().unwrap_or_else(|| {
            let earlier = zone.offset_from_utc_datetime(&(at - chrono::Duration::hours(1)));
            DateTime::from_naive_utc_and_offset(at - chrono::Offset::fix(&earlier), earlier)
        });
        Self(resolved.timestamp_millis())
    }

    /// The local wall time in `zone`.
    #[must_use]
    pub fn local(self, zone: chrono_tz::Tz) -> NaiveDateTime {
        DateTime::<Utc>::from_timestamp_millis(self.0).unwrap_or_default().with_timezone(&zone).naive_local()
    }

    /// The business day: the local calendar day.
    #[must_use]
    pub fn day(self, zone: chrono_tz::Tz) -> NaiveDate {
        self.local(zone).date()
    }

    /// This instant moved by whole milliseconds.
    #[must_use]
    pub fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }
}

/// `08:05`, as shown everywhere.
#[must_use]
pub fn hour_minute(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Moves a time by minutes. A move past midnight leaves it unchanged.
#[must_use]
pub fn moved(time: NaiveTime, minutes: i64) -> NaiveTime {
    let (moved, days) = time.overflowing_add_signed(chrono::Duration::minutes(minutes));
    if days == 0 { moved } else { time }
}

/// Full years of age on `day`.
#[must_use]
pub fn age_on(born: NaiveDate, day: NaiveDate) -> i32 {
    let before_birthday = (day.month(), day.day()) < (born.month(), born.day());
    day.year() - born.year() - i32::from(before_birthday)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHANGHAI: chrono_tz::Tz = chrono_tz::Asia::Shanghai;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().expect("a date and time")
    }

    #[test]
    fn complaint_10_the_first_eight_hours_belong_to_the_local_day() {
        let early = Moment::from_local(at("2026-11-24T00:30:00"), SHANGHAI);
        assert_eq!(early.day(SHANGHAI).to_string(), "2026-11-24");
        assert_eq!(
            DateTime::<Utc>::from_timestamp_millis(early.0).expect("in range").date_naive().to_string(),
            "2026-11-23"
        );
    }

    #[test]
    fn the_last_millisecond_of_a_day_is_still_that_day() {
        let midnight = Moment::from_local(at("2026-11-25T00:00:00"), SHANGHAI);
        assert_eq!(midnight.plus_ms(-1).day(SHANGHAI).to_string(), "2026-11-24");
        assert_eq!(midnight.day(SHANGHAI).to_string(), "2026-11-25");
    }

    #[test]
    fn a_wall_time_skipped_by_summer_time_still_has_an_instant() {
        let zone = chrono_tz::Europe::Berlin;
        let skipped = Moment::from_local(at("2026-03-29T02:30:00"), zone);
        assert_eq!(skipped.day(zone).to_string(), "2026-03-29");
    }

    #[test]
    fn age_changes_on_the_birthday() {
        let born = NaiveDate::from_ymd_opt(1941, 6, 26).expect("a date");
        let before = NaiveDate::from_ymd_opt(2026, 6, 25).expect("a date");
        assert_eq!(age_on(born, before), 84);
        assert_eq!(age_on(born, before.succ_opt().expect("a date")), 85);
    }
}
