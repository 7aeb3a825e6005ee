//! How far records are off that were written before the clock was set.

use serde::{Deserialize, Serialize};

/// The clock was set, seen while the program ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jump {
    /// Lines of the trail after this one were dated by the clock as it was before the jump.
    pub from: i64,
    /// The last line that was dated so.
    pub until: i64,
    /// How far the clock was set, forward or back.
    pub by_ms: i64,
}

/// Records this little off are left as they are.
const LITTLE_MS: i64 = 10 * 60_000;

/// Lines of the trail whose dates are off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// After this line.
    pub from: i64,
    /// Up to this one.
    pub until: i64,
    /// What is to be added to them.
    pub by_ms: i64,
}

/// What is off, once the clock is right: whatever lies before a jump was dated by a
/// clock that every later jump has set. One that went ahead and came back has dated
/// only what lies between.
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
