//! Rate limits, so that no kiosk can use up the hub's capacity for the others.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Sustained calls per second allowed for one kiosk.
const A_SECOND: f64 = 20.0;
/// Calls allowed in a burst after a pause: a kiosk pushes a whole centre when it joins.
const AT_ONCE: f64 = 600.0;
/// If there are more callers than this, all are forgotten.
const CALLERS: usize = 100_000;

/// Remaining calls and time of the last one, by caller.
#[derive(Debug, Default)]
pub(super) struct Rate(Mutex<HashMap<Vec<u8>, (f64, Duration)>>);

impl Rate {
    /// Counts a call. Returns whether it may be answered.
    pub(super) fn allows(&self, caller: &[u8], now: Duration) -> bool {
        let mut callers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if callers.len() > CALLERS {
            callers.clear();
        }
        let (left, since) = callers.entry(caller.to_vec()).or_insert((AT_ONCE, now));
        *left = (*left + now.saturating_sub(*since).as_secs_f64() * A_SECOND).min(AT_ONCE);
        *since = now;
        if *left < 1.0 {
            return false;
        }
        *left -= 1.0;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caller_has_six_hundred_calls_at_once_then_twenty_a_second_and_harms_nobody_else() {
        let (rate, now) = (Rate::default(), Duration::from_secs(9));
        let answered = (0..900).filter(|_| rate.allows(b"one", now)).count();
        assert_eq!(answered, 600);
        assert!(rate.allows(b"other", now));
        let later = now + Duration::from_secs(1);
        assert_eq!((0..50).filter(|_| rate.allows(b"one", later)).count(), 20);
    }
}
