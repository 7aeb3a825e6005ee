//! Hybrid logical clock: the wall time in milliseconds and a counter. It never goes back,
//! advances to instants it has seen, and is limited by the hub's clock.

use daycare_core::time::Moment;
use serde::{Deserialize, Serialize};

/// An edit counts as at most this many ms ahead of the hub, whatever its own clock said.
pub const AHEAD_MS: i64 = 5 * 60_000;

/// An instant of the logical clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Hlc(u64);

impl Hlc {
    /// The first instant of a millisecond (counter 0).
    #[must_use]
    pub fn at(moment: Moment) -> Self {
        Self(u64::try_from(moment.0).unwrap_or(0) << 16)
    }

    /// The stored form: milliseconds in the upper 48 bits, the counter in the lower 16.
    #[must_use]
    pub fn to_bits(self) -> u64 {
        self.0
    }

    /// From the stored form.
    #[must_use]
    pub fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// Its wall time; the counter is dropped.
    #[must_use]
    pub fn moment(self) -> Moment {
        Moment(i64::try_from(self.0 >> 16).unwrap_or(i64::MAX))
    }

    /// The next instant: later than this one, and not before the wall time. A full counter
    /// overflows into the next millisecond.
    ///
    /// ```
    /// use daycare_core::time::Moment;
    /// use daycare_sync::hlc::Hlc;
    ///
    /// let first = Hlc::default().next(Moment(10_000));
    /// // The wall clock was set back: the logical clock goes on.
    /// assert!(first.next(Moment(9_000)) > first);
    /// ```
    #[must_use]
    pub fn next(self, wall: Moment) -> Self {
        Self(self.0.saturating_add(1)).max(Self::at(wall))
    }

    /// This instant, limited to what the hub allows at its time `hub`.
    #[must_use]
    pub fn clamped(self, hub: Moment) -> Self {
        let latest = Self(Self::at(hub.plus_ms(AHEAD_MS)).0 | 0xffff);
        self.min(latest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_never_goes_back_even_where_the_wall_does() {
        let first = Hlc::default().next(Moment(10_000));
        let second = first.next(Moment(2_000));
        assert!(second > first && second.moment() == Moment(10_000));
        assert_eq!(second.next(Moment(20_000)), Hlc::at(Moment(20_000)));
    }

    #[test]
    fn a_clock_a_year_ahead_is_held_at_five_minutes() {
        let hub = Moment(1_000_000_000);
        let far = Hlc::at(hub.plus_ms(365 * 86_400_000));
        assert_eq!(far.clamped(hub).moment(), hub.plus_ms(AHEAD_MS));
        let near = Hlc::at(hub.plus_ms(1_000));
        assert_eq!(near.clamped(hub), near);
    }

    #[test]
    fn a_full_counter_runs_into_the_next_millisecond() {
        let full = Hlc((7 << 16) | 0xffff);
        assert_eq!(full.next(Moment(7)).moment(), Moment(8));
    }
}
