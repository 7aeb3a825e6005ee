//! Waiting times between syncs: regular while they succeed, exponential backoff with jitter
//! while they fail.

use std::time::Duration;

/// The base of the backoff.
const FIRST: Duration = Duration::from_secs(2);
/// The longest backoff.
const LONGEST: Duration = Duration::from_mins(5);

/// The waiting times of one kiosk.
#[derive(Debug)]
pub(super) struct Pace {
    poll: Duration,
    failures: u32,
    random: fn() -> f64,
}

impl Pace {
    pub(super) fn new(poll: Duration) -> Self {
        Self { poll, failures: 0, random }
    }

    /// The wait before the first sync.
    pub(super) fn begin(&self) -> Duration {
        self.poll.mul_f64((self.random)())
    }

    /// Whether the last sync failed.
    pub(super) fn is_waiting(&self) -> bool {
        self.failures > 0
    }

    /// The next wait after a success: the poll interval, give or take a third.
    pub(super) fn went_well(&mut self) -> Duration {
        self.failures = 0;
        self.poll.mul_f64(2.0 / 3.0 + (self.random)() * 2.0 / 3.0)
    }

    /// The next wait after a failure: random, up to a limit that doubles each time, and at least
    /// what the hub asked for.
    pub(super) fn went_wrong(&mut self, asked: Option<Duration>) -> Duration {
        self.failures = self.failures.saturating_add(1);
        let most = FIRST.saturating_mul(1u32 << self.failures.min(10)).min(LONGEST);
        // A long outage ends for all kiosks at once: the longest wait spreads them.
        most.mul_f64((self.random)()).max(asked.unwrap_or(Duration::ZERO))
    }
}

fn random() -> f64 {
    let mut bits = [0; 4];
    // Without a random source the longest wait is used.
    if getrandom::fill(&mut bits).is_err() {
        return 1.0;
    }
    f64::from(u32::from_be_bytes(bits)) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_five_minutes_and_begin_anew_when_it_works() {
        let mut pace = Pace { poll: Duration::from_secs(30), failures: 0, random: || 1.0 };
        let waits: Vec<u64> = (0..9).map(|_| pace.went_wrong(None).as_secs()).collect();
        assert_eq!(waits, [4, 8, 16, 32, 64, 128, 256, 300, 300]);
        assert_eq!(pace.went_well().as_secs(), 40);
        assert_eq!(pace.went_wrong(Some(Duration::from_mins(1))).as_secs(), 60);
        pace.random = || 0.0;
        assert_eq!(pace.went_well().as_secs(), 20);
    }
}
