//! What ends on a known day and is renewed by people: staff are told in time.

use chrono::NaiveDate;

/// Something that ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expiry {
    /// The table of holidays and days worked in exchange.
    Holidays,
    /// The reviewed limits of readings and list of the yearly check-up.
    Health,
    /// The certificate by which the hub knows this machine.
    Certificate,
}

impl Expiry {
    /// Key of the words for staff; they name the day.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Holidays => "expiry-holidays",
            Self::Health => "expiry-health",
            Self::Certificate => "expiry-certificate",
        }
    }

    /// Staff are told so many days ahead. A certificate renews itself a month before:
    /// only where that has failed for a while is there anything to tell.
    fn ahead_days(self) -> i64 {
        if self == Self::Certificate { 14 } else { 31 }
    }
}

/// When something ends: its last good day.
pub type Ending = (Expiry, NaiveDate);

/// Those that have ended or will soon, the earliest first.
#[must_use]
pub fn soon(endings: impl IntoIterator<Item = Ending>, today: NaiveDate) -> Vec<Ending> {
    let is_soon = |(what, day): &Ending| (*day - today).num_days() <= what.ahead_days();
    let mut soon: Vec<Ending> = endings.into_iter().filter(is_soon).collect();
    soon.sort_by_key(|(_, day)| *day);
    soon
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_is_said_a_month_before_and_until_it_is_renewed() {
        let day = |text: &str| -> NaiveDate { text.parse().expect("a day") };
        let ends = [(Expiry::Holidays, day("2026-12-31")), (Expiry::Certificate, day("2026-12-10"))];
        let said = |today: &str| soon(ends, day(today)).into_iter().map(|(what, _)| what).collect::<Vec<_>>();
        assert_eq!(said("2026-11-25"), []);
        assert_eq!(said("2026-11-26"), [Expiry::Certificate]);
        assert_eq!(said("2026-12-01"), [Expiry::Certificate, Expiry::Holidays]);
        assert_eq!(said("2027-03-01").len(), 2, "until somebody has seen to it");
    }
}
