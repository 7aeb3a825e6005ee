//! Whether the machine's clock can be right, by what was written before.

use super::time::Moment;

/// Records may be this much newer than now: clocks of two machines differ a little.
const BEHIND_MS: i64 = 10 * 60_000;
/// Nobody has written for longer than this, and the kiosk was not just set up: a
/// centre is closed for two weeks at most.
const AHEAD_MS: i64 = 45 * 86_400_000;
/// While the program runs the clock may be set back by this much, as over a network.
const BACK_MS: i64 = 3 * 3_600_000;
/// And forward by this much: a machine may have been asleep over a long weekend.
const FORWARD_MS: i64 = 5 * 86_400_000;

/// Why the clock is not believed until staff say that it is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockDoubt {
    /// There are records of later than now.
    Behind,
    /// The newest record is months old.
    Ahead,
    /// It was set while the program ran.
    Jumped,
}

impl ClockDoubt {
    /// At the start, by the newest record that was not confirmed away.
    #[must_use]
    pub fn at_start(now: Moment, newest: Option<Moment>) -> Option<Self> {
        let ahead = now.0 - newest?.0;
        if ahead < -BEHIND_MS { Some(Self::Behind) } else { (ahead > AHEAD_MS).then_some(Self::Ahead) }
    }

    /// While it runs, by how far the wall clock moved and how much time went by.
    #[must_use]
    pub fn while_running(moved_ms: i64, elapsed_ms: i64) -> Option<Self> {
        let jump = moved_ms - elapsed_ms;
        (!(-BACK_MS..=FORWARD_MS).contains(&jump)).then_some(Self::Jumped)
    }

    /// The doubt of a key.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        [Self::Behind, Self::Ahead, Self::Jumped].into_iter().find(|doubt| doubt.key() == key)
    }

    /// Key of the words for staff.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Behind => "clock-behind",
            Self::Ahead => "clock-ahead",
            Self::Jumped => "clock-jumped",
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
    fn a_clock_that_is_set_while_the_program_runs_is_doubted_and_sleep_is_not() {
        assert_eq!(ClockDoubt::while_running(-8 * HOUR, 60_000), Some(ClockDoubt::Jumped));
        assert_eq!(ClockDoubt::while_running(365 * DAY, 60_000), Some(ClockDoubt::Jumped));
        assert_eq!(ClockDoubt::while_running(16 * HOUR, 60_000), None, "asleep over night");
        assert_eq!(ClockDoubt::while_running(-HOUR, 60_000), None, "a network set it right");
        assert_eq!(ClockDoubt::while_running(60_000, 60_000), None);
    }
}
