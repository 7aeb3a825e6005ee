//! Counting. 人次: one person on one day counts one, however often they came;
//! by purpose, each purpose once per person and day. 人数: distinct people.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Serialize, Serializer};

use super::activity::enrolment::Shown;
use super::care_plan::{CarePlan, Relative};
use super::consent::Consent;
use super::resident::Resident;
use super::shift_book::IncidentKind;
use super::statistics::{Count, Statistics};
use super::visit::VisitRow;
use super::vitals::Reading;
use super::volunteer::Minutes;
use super::welfare::Check;

/// Figures of a period. Only what is not zero is in the maps.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Report {
    /// 人次: person-days.
    pub visits: u32,
    /// 人数: distinct people.
    pub people: u32,
    /// 人次 by year and month; written as `3`, or as `2026-03` where visits of
    /// several years are counted.
    #[serde(serialize_with = "months")]
    pub by_month: BTreeMap<(i32, u32), u32>,
    /// 人次 by 院落.
    pub by_yard: BTreeMap<String, u32>,
    /// Person-days by purpose; they may add up to more than `visits`.
    pub by_purpose: BTreeMap<String, u32>,
}

impl Report {
    /// Whether there are visits of more than one year: a month says its year then.
    #[must_use]
    pub fn has_several_years(&self) -> bool {
        let years = |month: Option<(&(i32, u32), &u32)>| month.map(|((year, _), _)| *year);
        years(self.by_month.first_key_value()) != years(self.by_month.last_key_value())
    }
}

fn months<S: Serializer>(by_month: &BTreeMap<(i32, u32), u32>, serializer: S) -> Result<S::Ok, S::Error> {
    let several = Report { by_month: by_month.clone(), ..Report::default() }.has_several_years();
    let key = |(year, month): &(i32, u32)| {
        if several { format!("{year}-{month:02}") } else { month.to_string() }
    };
    serializer.collect_map(by_month.iter().map(|(month, visits)| (key(month), visits)))
}

/// The period of a report, both days inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

/// Whom a report is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// 街道办事处: figures.
    Street,
    /// 运营机构: also activities, services, volunteers and incidents.
    Operator,
}

/// Everything a report of a period tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Contents {
    /// Name of the centre.
    pub centre: String,
    /// What was counted.
    pub statistics: Statistics,
    /// The same days of the year before.
    pub before: Statistics,
    /// Closed days of the period.
    pub closed: Vec<NaiveDate>,
    /// People of the welfare list.
    pub cared: u32,
    /// Those of them who came or were found well.
    pub cared_seen: u32,
    /// Calls and visits to them.
    pub checks: Count,
    /// Volunteers by team.
    pub teams: Vec<Minutes>,
    /// Incidents by kind.
    pub incidents: Vec<(IncidentKind, u32)>,
    /// The last seal of the trail: what the figures were drawn from.
    pub seal: String,
}

/// One person's file on one paper.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonRecord {
    /// Who.
    pub resident: Resident,
    /// What carers must know.
    pub care_plan: CarePlan,
    /// Family.
    pub relatives: Vec<Relative>,
    /// Decisions that hold.
    pub consents: Vec<Consent>,
    /// Visits, newest first.
    pub visits: Vec<VisitRow>,
    /// Activities, newest first.
    pub activities: Vec<Shown>,
    /// Calls and visits to them.
    pub checks: Vec<Check>,
    /// Readings, newest first; none where the reader may not see them.
    pub readings: Option<Vec<Reading>>,
}

impl Period {
    /// The whole month of a day.
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

    /// As far as it has happened by `today`.
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
