//! Things that expire on a known day and must be renewed by people; staff are warned in time.

use chrono::NaiveDate;

/// Something that expires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expiry {
    /// The table of holidays and days worked in exchange.
    Holidays,
    /// The reviewed limits for readings, and the list of check-up items.
    Health,
    /// The certificate by which the hub knows this machine.
    Certificate,
}

impl Expiry {
    /// Key of the message for staff; the message names the day.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Holidays => "expiry-holidays",
            Self::Health => "expiry-health",
            Self::Certificate => "expiry-certificate",
        }
    }

    /// How many days ahead staff are warned. A certificate renews itself a month before; a
    /// warning is needed only if that has failed for a while.
    fn ahead_days(self) -> i64 {
        if self == Self::Certificate { 14 } else { 31 }
    }
}

/// Something that expires, and the last day on which it is valid.
pub type Ending = (Expiry, NaiveDate);

/// What has expired or is about to, earliest first.
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
