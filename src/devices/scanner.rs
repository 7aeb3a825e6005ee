//! The card scanner, which types like a keyboard but faster than any person.

use std::time::Duration;

use daycare_core::card::{CardCode, PREFIX};

/// Longest scan; more characters come from somebody leaning on a keyboard.
const LONGEST: usize = 64;
/// After fewer characters Enter is an ordinary key.
const SHORTEST: usize = 6;
/// The same card again within this time is ignored.
const SAME: Duration = Duration::from_secs(3);

/// Collects typed characters into scans.
#[derive(Debug, Default)]
pub struct Scanner {
    typed: String,
    last_key: Option<Duration>,
    last_scan: Option<(String, Duration)>,
}

/// A complete scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scan {
    /// One of our card codes.
    Card(CardCode),
    /// Any other text.
    Foreign(String),
}

impl Scanner {
    /// Takes a character typed at `now`. After a pause longer than `gap` a new scan begins, since
    /// a person is typing.
    pub fn character(&mut self, c: char, now: Duration, gap: Duration) {
        if self.last_key.is_some_and(|last| now.saturating_sub(last) > gap) {
            self.typed.clear();
        }
        self.last_key = Some(now);
        if self.typed.len() < LONGEST {
            self.typed.push(c);
        }
    }

    /// Whether the characters so far look like the beginning of a card code: our prefix, or more
    /// digits than any measured value has.
    #[must_use]
    pub fn is_scanning(&self) -> bool {
        let typed = self.typed.to_ascii_uppercase();
        let ours = typed.starts_with(PREFIX) || PREFIX.starts_with(&typed);
        let digits = typed.len() >= SHORTEST && typed.chars().all(|c| c.is_ascii_digit());
        digits || (typed.len() > 1 && ours)
    }

    /// Takes Enter: returns the scan if the characters before were one.
    pub fn enter(&mut self, now: Duration, gap: Duration) -> Option<Scan> {
        let slow = self.last_key.is_none_or(|last| now.saturating_sub(last) > gap);
        let typed = std::mem::take(&mut self.typed);
        self.last_key = None;
        if slow || typed.chars().count() < SHORTEST {
            return None;
        }
        let again = self
            .last_scan
            .as_ref()
            .is_some_and(|(code, at)| *code == typed && now.saturating_sub(*at) < SAME);
        self.last_scan = Some((typed.clone(), now));
        if again {
            return None;
        }
        Some(CardCode::parse(&typed).map_or(Scan::Foreign(typed), Scan::Card))
    }

    /// Clears everything, when the visitor has left.
    pub fn forget(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GAP: Duration = Duration::from_millis(50);
    const CODE: &str = "YL1-0123456789ABCDEF8";

    fn scan(scanner: &mut Scanner, text: &str, from_ms: u64, step_ms: u64) -> Option<Scan> {
        let mut now = from_ms;
        for c in text.chars() {
            scanner.character(c, Duration::from_millis(now), GAP);
            now += step_ms;
        }
        scanner.enter(Duration::from_millis(now), GAP)
    }

    #[test]
    fn complaint_28_a_fast_code_is_a_card_and_slow_typing_is_not() {
        let card = CardCode::parse(CODE).expect("valid");
        assert_eq!(scan(&mut Scanner::default(), CODE, 0, 10), Some(Scan::Card(card)));
        assert_eq!(scan(&mut Scanner::default(), CODE, 0, 80), None);
        assert_eq!(scan(&mut Scanner::default(), "abc", 0, 10), None);
    }

    #[test]
    fn what_was_typed_before_does_not_stick_to_a_scan() {
        let mut scanner = Scanner::default();
        scanner.character('9', Duration::ZERO, GAP);
        assert!(matches!(scan(&mut scanner, CODE, 1_000, 5), Some(Scan::Card(_))));
    }

    #[test]
    fn the_same_card_held_in_the_beam_is_one_scan() {
        let mut scanner = Scanner::default();
        assert!(scan(&mut scanner, CODE, 0, 5).is_some());
        assert_eq!(scan(&mut scanner, CODE, 1_000, 5), None);
        assert!(scan(&mut scanner, CODE, 9_000, 5).is_some());
    }

    #[test]
    fn a_foreign_or_torn_code_is_told_apart() {
        let foreign = scan(&mut Scanner::default(), "6901234567892", 0, 5);
        assert_eq!(foreign, Some(Scan::Foreign("6901234567892".into())));
        let torn = scan(&mut Scanner::default(), "YL1-0123456789", 0, 5);
        assert!(matches!(torn, Some(Scan::Foreign(_))));
    }

    #[test]
    fn a_code_is_known_before_it_ends_and_a_measured_value_is_no_code() {
        let scanning = |text: &str| {
            let mut scanner = Scanner::default();
            text.chars().for_each(|c| scanner.character(c, Duration::ZERO, GAP));
            scanner.is_scanning()
        };
        assert!(scanning("YL") && scanning("yl1-01") && scanning("690123"), "cards, whole or begun");
        assert!(!scanning("120") && !scanning("36.5") && !scanning("Y"), "values and words");
    }
}
