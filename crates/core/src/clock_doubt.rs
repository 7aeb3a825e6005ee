//! Whether the machine's clock is plausible, judged by earlier records.

use chrono::Timelike;

use super::time::Moment;

/// Records may be this much newer than now: clocks of two machines differ a little.
const BEHIND_MS: i64 = 10 * 60_000;
/// If the newest record is older than this, the clock is probably ahead: a centre closes for
/// two weeks at most. A new kiosk without records is exempt.
const AHEAD_MS: i64 = 45 * 86_400_000;
/// While the program runs, the clock may be set back by this much, for example by network time.
const BACK_MS: i64 = 3 * 3_600_000;
/// The clock may be set forward by this much. If time asleep is not counted, a machine may have
/// been asleep over a long weekend.
const FORWARD_MS: i64 = if cfg!(target_os = "linux") { BACK_MS } else { 5 * 86_400_000 };

/// Why the clock is not trusted until staff confirm it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockDoubt {
    /// There are records of later than now.
    Behind,
    /// The newest record is months old.
    Ahead,
    /// The clock was set while the program ran.
    Jumped,
    /// After a night off, the machine started at an unusual hour.
    Unusual,
    /// The hub's clock differs.
    Hub,
}

/// A machine that was off for longer than this was off overnight.
const NIGHT_MS: i64 = 5 * 3_600_000;
/// Usual starts of the day lie within this many minutes of each other; a clock in another time
/// zone is further off.
const USUAL_MINUTES: i64 = 4 * 60;
/// Fewer mornings than this are not enough to judge by.
const MORNINGS: usize = 5;

/// The minutes of the day at which the machine was started in recent weeks, after a night off.
/// If the hardware clock holds local time but is read as UTC, the time in China is eight hours
/// ahead, so the machine appears to start at an hour at which it never did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsualStarts(Vec<i64>);

impl UsualStarts {
    /// Derived from the times at which the machine ran, oldest first; `None` if it was not off
    /// overnight before `now`, or if there are too few mornings.
    #[must_use]
    pub fn of(ran: &[(Moment, Moment)], now: Moment, zone: chrono_tz::Tz) -> Option<Self> {
        let (_, last) = ran.last()?;
        let mornings = ran.iter().zip(ran.iter().skip(1));
        let after_a_night = mornings.filter(|((_, end), (start, _))| start.0 - end.0 > NIGHT_MS);
        let starts: Vec<i64> = after_a_night.map(|(_, (start, _))| minute_of(*start, zone)).collect();
        (now.0 - last.0 > NIGHT_MS && starts.len() >= MORNINGS).then_some(Self(starts))
    }

    /// A doubt if no earlier day began around this time of day.
    #[must_use]
    pub fn doubt(&self, now: Moment, zone: chrono_tz::Tz) -> Option<ClockDoubt> {
        let minute = minute_of(now, zone);
        let apart = |other: &i64| (minute - other).abs().min(24 * 60 - (minute - other).abs());
        self.0.iter().all(|start| apart(start) > USUAL_MINUTES).then_some(ClockDoubt::Unusual)
    }
}

fn minute_of(at: Moment, zone: chrono_tz::Tz) -> i64 {
    i64::from(at.local(zone).num_seconds_from_midnight() / 60)
}

impl ClockDoubt {
    /// Check at start, against the newest record that staff have not already confirmed.
    #[must_use]
    pub fn at_start(now: Moment, newest: Option<Moment>) -> Option<Self> {
        let ahead = now.0 - newest?.0;
        if ahead < -BEHIND_MS { Some(Self::Behind) } else { (ahead > AHEAD_MS).then_some(Self::Ahead) }
    }

    /// Check while running: how far the wall clock was set, in ms, if that is more than the
    /// elapsed time allows.
    #[must_use]
    pub fn jump(moved_ms: i64, elapsed_ms: i64) -> Option<i64> {
        let jump = moved_ms - elapsed_ms;
        (!(-BACK_MS..=FORWARD_MS).contains(&jump)).then_some(jump)
    }

    /// Check against the hub's clock, which is `offset_ms` ahead of this one.
    #[must_use]
    pub fn by_hub(offset_ms: i64) -> Option<Self> {
        (offset_ms.abs() > BACK_MS).then_some(Self::Hub)
    }

    /// The doubt with this key.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        [Self::Behind, Self::Ahead, Self::Jumped, Self::Unusual, Self::Hub]
            .into_iter()
            .find(|doubt| doubt.key() == key)
    }

    /// Key of the message for staff.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Behind => "clock-behind",
            Self::Ahead => "clock-ahead",
            Self::Jumped => "clock-jumped",
            Self::Unusual => "clock-unusual",
            Self::Hub => "clock-hub",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;
    const DAY: i64 = 24 * HOUR;

    #[test]
    fn a_clock_before_the_newest_record_or_months_after_it_is_doubted_at_the_start() {
        let now = Moment(2_000_000 * DAY);
        let at = |before: i64| ClockDoubt::at_start(now, Some(Moment(now.0 - before)));
        assert_eq!(at(-16 * 365 * DAY), Some(ClockDoubt::Behind));
        assert_eq!(at(-DAY), Some(ClockDoubt::Behind));
        assert_eq!(at(-HOUR), Some(ClockDoubt::Behind));
        assert_eq!(at(-60_000), None, "another kiosk may be a minute ahead");
        assert_eq!(at(15 * HOUR), None, "off over night");
        assert_eq!(at(12 * DAY), None, "off over the new year");
        assert_eq!(at(365 * DAY), Some(ClockDoubt::Ahead));
        assert_eq!(ClockDoubt::at_start(now, None), None, "a new centre");
    }

    #[test]
    fn a_clock_hours_away_from_the_hubs_is_doubted() {
        assert_eq!(ClockDoubt::by_hub(-8 * HOUR), Some(ClockDoubt::Hub));
        assert_eq!(ClockDoubt::by_hub(90_000), None);
    }

    #[test]
    fn a_clock_that_is_set_while_the_program_runs_is_doubted_and_sleep_is_not() {
        assert_eq!(ClockDoubt::jump(-8 * HOUR, 60_000), Some(-8 * HOUR - 60_000));
        assert_eq!(ClockDoubt::jump(365 * DAY, 60_000), Some(365 * DAY - 60_000));
        assert_eq!(ClockDoubt::jump(16 * HOUR, 16 * HOUR - 60_000), None, "asleep over night");
        #[cfg(target_os = "linux")]
        assert_eq!(ClockDoubt::jump(8 * HOUR, 60_000), Some(8 * HOUR - 60_000));
        assert_eq!(ClockDoubt::jump(-HOUR, 60_000), None, "a network set it right");
        assert_eq!(ClockDoubt::jump(60_000, 60_000), None);
    }

    #[test]
    fn a_day_that_begins_eight_hours_later_than_every_other_is_doubted_after_a_night_off() {
        let zone = chrono_tz::Asia::Shanghai;
        let at = |day: i64, hour: i64| Moment(20_000 * DAY + day * DAY + (hour - 8) * HOUR);
        let ran: Vec<_> = (0..8).map(|day| (at(day, 8), at(day, 18))).collect();
        let doubt = |now: Moment| UsualStarts::of(&ran, now, zone).and_then(|usual| usual.doubt(now, zone));
        assert_eq!(doubt(at(8, 9)), None, "as ever");
        assert_eq!(doubt(at(8, 16)), Some(ClockDoubt::Unusual));
        assert_eq!(doubt(at(8, 1)), Some(ClockDoubt::Unusual));
        assert_eq!(doubt(at(7, 20)), None, "off for two hours");
        assert_eq!(UsualStarts::of(&ran[..4], at(8, 16), zone), None, "too few mornings");
    }
}
