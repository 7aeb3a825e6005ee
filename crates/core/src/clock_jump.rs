//! How far off the dates of records are that were written before the clock was set.

use serde::{Deserialize, Serialize};

/// A change of the clock, noticed while the program ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jump {
    /// Trail entries after this one were dated by the clock as it was before the jump.
    pub from: i64,
    /// The last entry that was dated that way.
    pub until: i64,
    /// How far the clock was set, in ms; negative if it was set back.
    pub by_ms: i64,
}

/// Errors up to this size, in ms, are not corrected.
const LITTLE_MS: i64 = 10 * 60_000;

/// A range of trail entries with wrong dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// After this entry (exclusive).
    pub from: i64,
    /// Up to and including this entry.
    pub until: i64,
    /// Milliseconds to add to their dates.
    pub by_ms: i64,
}

/// The ranges to correct once the clock is right. Entries before a jump are off by the sum of
/// that jump and all later ones; if the clock went ahead and came back, only the entries in
/// between are off.
#[must_use]
pub fn stretches(jumps: &[Jump]) -> Vec<Stretch> {
    let mut by_ms = 0;
    let mut stretches: Vec<Stretch> = jumps
        .iter()
        .rev()
        .map(|jump| {
            by_ms += jump.by_ms;
            Stretch { from: jump.from, until: jump.until, by_ms }
        })
        .filter(|stretch| stretch.by_ms.abs() > LITTLE_MS)
        .collect();
    stretches.reverse();
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    #[test]
    fn a_clock_that_went_ahead_and_came_back_has_dated_what_lies_between() {
        let ahead = Jump { from: 10, until: 20, by_ms: 8 * HOUR };
        let back = Jump { from: 20, until: 30, by_ms: -8 * HOUR + 2_000 };
        assert_eq!(stretches(&[ahead, back]), [Stretch { from: 20, until: 30, by_ms: -8 * HOUR + 2_000 }]);
    }

    #[test]
    fn a_clock_that_was_wrong_from_the_start_has_dated_all_until_it_was_set() {
        let set = Jump { from: 10, until: 20, by_ms: -8 * HOUR };
        assert_eq!(stretches(&[set]), [Stretch { from: 10, until: 20, by_ms: -8 * HOUR }]);
        assert_eq!(stretches(&[]), []);
    }
}
