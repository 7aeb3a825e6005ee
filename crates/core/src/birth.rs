//! A birth date, as far as it is known: many registries of old people give only a month or a
//! year.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::time::age_on;

/// Day, month or year of birth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Birth {
    /// The day; the first of the month or year where only that is known.
    first: NaiveDate,
    known: Known,
}

/// How much of a birth date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Known {
    /// The year.
    Year,
    /// Year and month.
    Month,
    /// The day.
    Day,
}

impl Birth {
    /// A whole date.
    #[must_use]
    pub fn day(day: NaiveDate) -> Self {
        Self { first: day, known: Known::Day }
    }

    /// A year, or a month; `None` where the calendar has no such month.
    #[must_use]
    pub fn partial(year: i32, month: Option<u32>) -> Option<Self> {
        let known = if month.is_some() { Known::Month } else { Known::Year };
        NaiveDate::from_ymd_opt(year, month.unwrap_or(1), 1).map(|first| Self { first, known })
    }

    /// The full date, if known. Without it there is no birthday.
    #[must_use]
    pub fn date(self) -> Option<NaiveDate> {
        (self.known == Known::Day).then_some(self.first)
    }

    /// How much is known.
    #[must_use]
    pub fn known(self) -> Known {
        self.known
    }

    /// The earliest day it may be.
    #[must_use]
    pub fn earliest(self) -> NaiveDate {
        self.first
    }

    /// The age on `day`, in full years; up to one year too high if only the year is known.
    #[must_use]
    pub fn age_on(self, day: NaiveDate) -> i32 {
        age_on(self.first, day)
    }

    /// Whether both can belong to the same person: the vaguer one must not contradict the
    /// other.
    #[must_use]
    pub fn fits(self, other: Self) -> bool {
        let year = self.first.year() == other.first.year();
        let month = self.first.month() == other.first.month();
        match self.known.min(other.known) {
            Known::Year => year,
            Known::Month => year && month,
            Known::Day => self.first == other.first,
        }
    }
}

impl fmt::Display for Birth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let form = match self.known {
            Known::Day => "%Y-%m-%d",
            Known::Month => "%Y-%m",
            Known::Year => "%Y",
        };
        write!(f, "{}", self.first.format(form))
    }
}

impl FromStr for Birth {
    type Err = String;

    /// Parses `1944-05-20`, `1944-05` or `1944`.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text} is no birth date");
        let parts: Vec<&str> = text.split('-').collect();
        match parts.as_slice() {
            [_, _, _] => text.parse().map(Self::day).map_err(|_| wrong()),
            [year, rest @ ..] if year.len() == 4 => {
                let month =
                    rest.first().map(|month| month.parse::<u32>()).transpose().map_err(|_| wrong())?;
                year.parse().ok().and_then(|year| Self::partial(year, month)).ok_or_else(wrong)
            }
            _ => Err(wrong()),
        }
    }
}

impl From<Birth> for String {
    fn from(birth: Birth) -> Self {
        birth.to_string()
    }
}

impl TryFrom<String> for Birth {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_birth_date_is_written_as_far_as_it_is_known() {
        for text in ["1944-05-20", "1944-05", "1939"] {
            assert_eq!(text.parse::<Birth>().map(|birth| birth.to_string()), Ok(text.to_owned()));
        }
        for text in ["", "1944-13", "44-05", "1944-02-30", "五月"] {
            assert!(text.parse::<Birth>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_month_fits_each_of_its_days_and_has_no_birthday() {
        let birth = |text: &str| text.parse::<Birth>().expect("a birth date");
        assert!(birth("1944-05").fits(birth("1944-05-20")) && birth("1944").fits(birth("1944-05")));
        assert!(!birth("1944-05").fits(birth("1944-06-20")));
        assert_eq!(birth("1944-05").date(), None);
        assert_eq!(birth("1944").age_on("2026-11-24".parse().expect("a day")), 82);
    }
}
