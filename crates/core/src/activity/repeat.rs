//! On which days: the part of RFC 5545's RRULE that a day centre needs.

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::rule::Rule;

/// A recurrence rule, stored as RRULE text; empty for a single day.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Repeat {
    /// Only on the first day.
    Once,
    /// Every `every` weeks on these days.
    Weekly {
        /// 1 for every week, 2 for every second.
        every: u8,
        /// The weekdays, Monday first; at least one.
        days: Vec<Weekday>,
    },
    /// Every month on the first, second .. or last of a given weekday.
    Monthly {
        /// 1 to 4 from the beginning, -1 for the last one.
        nth: i8,
        /// Which weekday.
        day: Weekday,
    },
}

const CODES: [(Weekday, &str); 7] = [
    (Weekday::Mon, "MO"),
    (Weekday::Tue, "TU"),
    (Weekday::Wed, "WE"),
    (Weekday::Thu, "TH"),
    (Weekday::Fri, "FR"),
    (Weekday::Sat, "SA"),
    (Weekday::Sun, "SU"),
];

/// The weekday at an index from 0 (Monday); larger numbers wrap around.
#[must_use]
pub fn weekday(from_monday: usize) -> Weekday {
    CODES[from_monday % 7].0
}

fn code(day: Weekday) -> &'static str {
    CODES[day.num_days_from_monday() as usize].1
}

fn of_code(text: &str) -> Option<Weekday> {
    CODES.iter().find(|(_, code)| *code == text).map(|(day, _)| *day)
}

impl Repeat {
    /// Every week on the weekday of `day`.
    #[must_use]
    pub fn weekly_on(day: NaiveDate) -> Self {
        Self::Weekly { every: 1, days: vec![day.weekday()] }
    }

    /// Checks that the rule makes sense.
    ///
    /// # Errors
    /// The rule of the centre that it breaks, worded for staff.
    pub fn check(&self) -> Result<(), Rule> {
        match self {
            Self::Once => Ok(()),
            Self::Weekly { days, .. } if days.is_empty() => Err(Rule::WeekdayNeeded),
            Self::Weekly { every, .. } if !(1..=8).contains(every) => Err(Rule::WeeksOutOfRange),
            Self::Monthly { nth, .. } if !(1..=4).contains(nth) && *nth != -1 => {
                Err(Rule::WeekOfMonthOutOfRange)
            }
            Self::Weekly { .. } | Self::Monthly { .. } => Ok(()),
        }
    }

    /// The RRULE (RFC 5545, 3.3.10); empty for a single day.
    #[must_use]
    pub fn rrule(&self) -> String {
        match self {
            Self::Once => String::new(),
            Self::Weekly { every, days } => {
                let mut days: Vec<Weekday> = days.clone();
                days.sort_by_key(Weekday::num_days_from_monday);
                days.dedup();
                let codes: Vec<&str> = days.into_iter().map(code).collect();
                format!("FREQ=WEEKLY;INTERVAL={every};BYDAY={}", codes.join(","))
            }
            Self::Monthly { nth, day } => format!("FREQ=MONTHLY;BYDAY={nth}{}", code(*day)),
        }
    }

    /// Parses the output of [`Repeat::rrule`]; `None` if it is anything else.
    #[must_use]
    pub fn parse(rule: &str) -> Option<Self> {
        if rule.is_empty() {
            return Some(Self::Once);
        }
        let part = |name: &str| {
            rule.split(';')
                .find_map(|part| part.split_once('=').filter(|(key, _)| *key == name))
                .map(|(_, v)| v)
        };
        let days = part("BYDAY")?;
        let repeat = match part("FREQ")? {
            "WEEKLY" => Self::Weekly {
                every: part("INTERVAL").unwrap_or("1").parse().ok()?,
                days: days.split(',').map(of_code).collect::<Option<_>>()?,
            },
            "MONTHLY" => {
                let (nth, day) = days.split_at_checked(days.len().checked_sub(2)?)?;
                Self::Monthly { nth: nth.parse().ok()?, day: of_code(day)? }
            }
            _ => return None,
        };
        repeat.check().is_ok().then_some(repeat)
    }
}

impl TryFrom<String> for Repeat {
    type Error = String;

    fn try_from(rule: String) -> Result<Self, String> {
        Self::parse(&rule).ok_or_else(|| format!("{rule:?} is no rule of ours"))
    }
}

impl From<Repeat> for String {
    fn from(repeat: Repeat) -> Self {
        repeat.rrule()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_read_as_it_was_written() {
        for repeat in [
            Repeat::Once,
            Repeat::Weekly { every: 1, days: vec![Weekday::Mon] },
            Repeat::Weekly { every: 2, days: vec![Weekday::Tue, Weekday::Sun] },
            Repeat::Monthly { nth: -1, day: Weekday::Fri },
            Repeat::Monthly { nth: 3, day: Weekday::Wed },
        ] {
            assert_eq!(Repeat::parse(&repeat.rrule()), Some(repeat));
        }
    }

    #[test]
    fn other_words_are_refused() {
        for rule in
            ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=", "FREQ=MONTHLY;BYDAY=FR", "FREQ=MONTHLY;BYDAY=5FR", "x"]
        {
            assert_eq!(Repeat::parse(rule), None, "{rule}");
        }
    }
}
