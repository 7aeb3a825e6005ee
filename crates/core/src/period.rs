//! The range of days that a report or a table covers.

use chrono::{Datelike, Months, NaiveDate};

/// The period of a report, both days inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

impl Period {
    /// The whole month of a day.
    ///
    /// ```
    /// use daycare_core::period::Period;
    ///
    /// let month = Period::month_of("2028-02-10".parse().expect("a day"));
    /// assert_eq!(month.to.to_string(), "2028-02-29");
    /// assert!(month.is_month() && !month.is_year());
    /// ```
    #[must_use]
    pub fn month_of(day: NaiveDate) -> Self {
        let from = day.with_day(1).unwrap_or(day);
        let to = from.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(day);
        Self { from, to }
    }

    /// The whole year of a day.
    #[must_use]
    pub fn year_of(day: NaiveDate) -> Self {
        let from = NaiveDate::from_ymd_opt(day.year(), 1, 1).unwrap_or(day);
        Self { from, to: NaiveDate::from_ymd_opt(day.year(), 12, 31).unwrap_or(day) }
    }

    /// The same days of the year before.
    #[must_use]
    pub fn year_before(self) -> Self {
        let back = |day: NaiveDate| day.checked_sub_months(Months::new(12)).unwrap_or(day);
        Self { from: back(self.from), to: back(self.to) }
    }

    /// The period, cut off at `today`.
    #[must_use]
    pub fn until(self, today: NaiveDate) -> Self {
        Self { from: self.from.min(today), to: self.to.min(today) }
    }

    /// Whether it is exactly one month.
    #[must_use]
    pub fn is_month(self) -> bool {
        self == Self::month_of(self.from)
    }

    /// Whether it is exactly one year.
    #[must_use]
    pub fn is_year(self) -> bool {
        self == Self::year_of(self.from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, to: &str) -> Period {
        Period { from: from.parse().expect("a day"), to: to.parse().expect("a day") }
    }

    #[test]
    fn months_and_years_end_on_their_last_day_and_a_leap_day_has_a_year_before() {
        let day = "2028-02-29".parse().expect("a day");
        assert_eq!(Period::month_of(day), period("2028-02-01", "2028-02-29"));
        assert_eq!(Period::year_of(day), period("2028-01-01", "2028-12-31"));
        assert_eq!(period("2028-02-01", "2028-02-29").year_before(), period("2027-02-01", "2027-02-28"));
        assert!(Period::month_of(day).is_month() && !Period::month_of(day).is_year());
        assert_eq!(Period::year_of(day).until(day), period("2028-01-01", "2028-02-29"));
    }
}
