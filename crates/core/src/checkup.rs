//! The yearly check-up: who is due, and when the next one is.

use chrono::{Datelike, NaiveDate};

use super::birth::Birth;
use super::ids::ResidentId;
use super::time::Moment;

/// One row of the check-up list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Who.
    pub resident_id: ResidentId,
    /// Full name.
    pub name: String,
    /// Called-by word.
    pub called_by: String,
    /// Personal picture.
    pub picture: String,
    /// Phone.
    pub phone: String,
    /// Date of birth.
    pub born_on: Option<Birth>,
    /// Items done this year.
    pub done: u32,
    /// Day of the last item ever done.
    pub last_on: Option<NaiveDate>,
    /// Start of the appointment for it, if booked.
    pub booked_at: Option<Moment>,
}

/// The latest birth date of those who are `age` years old on `today`.
#[must_use]
pub fn born_by(today: NaiveDate, age: i32) -> NaiveDate {
    let year = today.year() - age;
    // People born on 29 February turn a year older on 1 March in common years.
    NaiveDate::from_ymd_opt(year, today.month(), today.day())
        .or_else(|| NaiveDate::from_ymd_opt(year, 2, 28))
        .unwrap_or(today)
}

/// The day from which the next check-up is due: a year after the last.
#[must_use]
pub fn next_on(last: NaiveDate) -> NaiveDate {
    last.checked_add_months(chrono::Months::new(12)).unwrap_or(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::age_on;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn who_turns_65_today_is_due_and_who_turns_tomorrow_is_not() {
        for today in ["2026-11-24", "2024-02-29", "2025-02-28", "2025-03-01"] {
            let today = day(today);
            let last = born_by(today, 65);
            assert_eq!(age_on(last, today), 65, "{today}");
            assert_eq!(age_on(last.succ_opt().expect("a day"), today), 64, "{today}");
        }
    }

    #[test]
    fn the_next_one_is_a_year_later() {
        assert_eq!(next_on(day("2026-03-02")), day("2027-03-02"));
        assert_eq!(next_on(day("2024-02-29")), day("2025-02-28"));
    }
}
