//! Debounces taps: a second tap on the same target too soon, or any tap right after the
//! screen changed, is ignored.

use std::time::Duration;

/// A second tap on the same target is ignored for this long.
const SAME_TARGET: Duration = Duration::from_millis(600);
/// The same for keypad keys: shorter, because digits are doubled on purpose.
const SAME_KEY: Duration = Duration::from_millis(250);
/// Every tap is ignored for this long after the screen changed.
const NEW_SCREEN: Duration = Duration::from_millis(350);

/// The last accepted tap and the last change of screen.
#[derive(Debug, Default)]
pub struct TapGuard {
    last: Option<(String, Duration)>,
    screen_since: Option<Duration>,
}

impl TapGuard {
    /// Notes that the screen changed at `now`.
    pub fn screen_changed(&mut self, now: Duration) {
        self.screen_since = Some(now);
        self.last = None;
    }

    /// Whether a tap on `target` at `now` counts; remembers it if so.
    pub fn accepts(&mut self, target: &str, now: Duration) -> bool {
        let wait = if target.starts_with("btn:key:") { SAME_KEY } else { SAME_TARGET };
        let fresh = self.screen_since.is_some_and(|since| now.saturating_sub(since) < NEW_SCREEN);
        let bounce =
            self.last.as_ref().is_some_and(|(last, at)| last == target && now.saturating_sub(*at) < wait);
        if fresh || bounce {
            return false;
        }
        self.last = Some((target.to_owned(), now));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn three_bounces_are_one_tap() {
        let mut guard = TapGuard::default();
        let taps = [0, 90, 180].map(|ms| guard.accepts("btn:yes", at(ms)));
        assert_eq!(taps, [true, false, false]);
        assert!(guard.accepts("btn:yes", at(601)));
    }

    #[test]
    fn a_keypad_takes_the_same_digit_again_sooner() {
        let mut guard = TapGuard::default();
        let taps = [0, 200, 260].map(|ms| guard.accepts("btn:key:7", at(ms)));
        assert_eq!(taps, [true, false, true]);
    }

    #[test]
    fn nothing_counts_right_after_the_screen_changed() {
        let mut guard = TapGuard::default();
        guard.screen_changed(at(1_000));
        assert!(!guard.accepts("btn:done", at(1_349)));
        assert!(guard.accepts("btn:done", at(1_350)));
    }
}
