//! Counts a period in one pass and breaks the figures down by many criteria.
//!
//! 人次: one person on one day counts one, however often they came; by purpose,
//! service and activity, each once per person and day. 人数: distinct people.
//! A meal is one per person, meal and day. Registered are all active residents,
//! and who came in the period and has left the register since.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::ids::ResidentId;
use super::period::Period;
use super::report::Report;
use super::resident::{Living, Resident, Sex, Standing};

/// 人次 and 人数, always together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Count {
    /// 人次: person-days.
    pub visits: u32,
    /// 人数: distinct people.
    pub people: u32,
}

/// The criterion by which a table breaks the figures down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// Year.
    Year,
    /// Month.
    Month,
    /// Day.
    Day,
    /// 事项
    Purpose,
    /// Booked services that took place.
    Service,
    /// Activities that were attended.
    Activity,
    /// 院落
    Yard,
    /// 网格
    Grid,
    /// Age at the end of the period.
    Age,
    /// Sex.
    Sex,
    /// Living situation.
    Living,
}

impl By {
    /// Every one, in the order of a report.
    pub const ALL: [Self; 11] = [
        Self::Year,
        Self::Month,
        Self::Day,
        Self::Purpose,
        Self::Service,
        Self::Activity,
        Self::Yard,
        Self::Grid,
        Self::Age,
        Self::Sex,
        Self::Living,
    ];

    /// Key of its name among the words: `by-yard`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Year => "by-year",
            Self::Month => "by-month",
            Self::Day => "by-day",
            Self::Purpose => "by-purpose",
            Self::Service => "by-service",
            Self::Activity => "by-activity",
            Self::Yard => "by-yard",
            Self::Grid => "by-grid",
            Self::Age => "by-age",
            Self::Sex => "by-sex",
            Self::Living => "by-living",
        }
    }
}

/// An age band.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AgeBand {
    /// Younger than 60.
    Under60,
    /// The ten years from this age on.
    From(u8),
    /// 90 and older.
    From90,
    /// No birth date.
    Unknown,
}

impl AgeBand {
    /// The band of an age.
    #[must_use]
    pub fn of(age: Option<i32>) -> Self {
        match age {
            None => Self::Unknown,
            Some(age) if age < 60 => Self::Under60,
            Some(age) if age < 70 => Self::From(60),
            Some(age) if age < 80 => Self::From(70),
            Some(age) if age < 90 => Self::From(80),
            Some(_) => Self::From90,
        }
    }
}

/// The key of a table row.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// A year.
    Year(i32),
    /// A month of a year.
    Month(i32, u32),
    /// A day.
    Day(NaiveDate),
    /// A name; empty if unknown.
    Words(String),
    /// Ages.
    Age(AgeBand),
    /// Sex.
    Sex(Option<Sex>),
    /// Living situation.
    Living(Option<Living>),
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Which.
    pub key: Key,
    /// Its figures.
    pub count: Count,
    /// How many registered residents it has, if that applies.
    pub registered: Option<u32>,
}

impl Group {
    /// Percentage of its registered residents who came.
    #[must_use]
    pub fn share(&self) -> Option<u32> {
        share(self.count.people, self.registered?)
    }
}

/// Rounded percentage; `None` if `of` is 0.
#[must_use]
pub fn share(part: u32, of: u32) -> Option<u32> {
    (of > 0).then(|| (part * 200 + of) / (2 * of))
}

/// Figures by one criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// By what.
    pub by: By,
    /// Its lines, in the order they are shown.
    pub groups: Vec<Group>,
}

/// Filter for residents to count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Who {
    /// Of one 院落.
    pub yard: Option<String>,
    /// Of one 网格.
    pub grid: Option<String>,
    /// Of one sex.
    pub sex: Option<Sex>,
    /// Of one living situation.
    pub living: Option<Living>,
}

impl Who {
    /// Whether the filter includes this resident.
    #[must_use]
    pub fn includes(&self, resident: &Resident) -> bool {
        let profile = &resident.profile;
        self.yard.as_ref().is_none_or(|yard| *yard == profile.yard)
            && self.grid.as_ref().is_none_or(|grid| *grid == profile.grid)
            && self.sex.is_none_or(|sex| Some(sex) == profile.sex)
            && self.living.is_none_or(|living| Some(living) == profile.living)
    }
}

/// All figures of one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statistics {
    /// Which.
    pub period: Period,
    /// All of it.
    pub total: Count,
    /// How many are registered.
    pub registered: u32,
    /// Days on which somebody came.
    pub open_days: u32,
    /// Meals: one per person, meal and day.
    pub meals: u32,
    /// Visits whose departure nobody recorded.
    pub not_recorded: u32,
    /// Visits that were corrected.
    pub corrected: u32,
    /// The tables, one for each [`By`].
    pub tables: Vec<Table>,
}

impl Statistics {
    /// The lines of one table.
    #[must_use]
    pub fn by(&self, by: By) -> &[Group] {
        self.tables.iter().find(|table| table.by == by).map_or(&[], |table| &table.groups)
    }

    /// Average 人次 per day with visitors, in tenths.
    #[must_use]
    pub fn tenths_a_day(&self) -> u32 {
        if self.open_days == 0 { 0 } else { (self.total.visits * 20 + self.open_days) / (2 * self.open_days) }
    }

    /// The day with the most visitors.
    #[must_use]
    pub fn busiest(&self) -> Option<(NaiveDate, u32)> {
        self.by(By::Day)
            .iter()
            .filter_map(|group| match group.key {
                Key::Day(day) => Some((day, group.count.visits)),
                _ => None,
            })
            .max_by_key(|(day, visits)| (*visits, std::cmp::Reverse(*day)))
    }

    /// The short report that the command line prints.
    #[must_use]
    pub fn report(&self) -> Report {
        let mut report = Report { visits: self.total.visits, people: self.total.people, ..Report::default() };
        for group in self.by(By::Month) {
            if let Key::Month(year, month) = group.key {
                let _ = report.by_month.insert((year, month), group.count.visits);
            }
        }
        let named = |by| {
            self.by(by).iter().filter(|group| group.count.visits > 0).filter_map(|group| match &group.key {
                Key::Words(name) if !name.is_empty() => Some((name.clone(), group.count.visits)),
                _ => None,
            })
        };
        report.by_yard = named(By::Yard).collect();
        report.by_purpose = named(By::Purpose).collect();
        report
    }
}

/// Counts distinct people; must be fed in the order of days.
#[derive(Debug, Clone, Default)]
struct Distinct {
    count: Count,
    /// Residents seen so far, by index in the register.
    seen: Vec<bool>,
}

impl Distinct {
    fn add(&mut self, place: usize, of: usize) {
        if self.seen.is_empty() {
            self.seen = vec![false; of];
        }
        self.count.visits += 1;
        if !std::mem::replace(&mut self.seen[place], true) {
            self.count.people += 1;
        }
    }
}

/// Accumulates the figures in one pass over the person-days of a period.
#[derive(Debug)]
pub struct Tally<'a> {
    period: Period,
    residents: &'a [Resident],
    places: HashMap<ResidentId, usize>,
    included: Vec<bool>,
    /// Person-days of each resident.
    days_of: Vec<u32>,
    days: Vec<(NaiveDate, u32)>,
    months: Vec<(i32, u32, Count)>,
    years: Vec<(i32, Count)>,
    /// The last month and year each resident was counted in.
    month_of: Vec<(i32, u32)>,
    year_of: Vec<i32>,
    named: HashMap<By, HashMap<String, Distinct>>,
    meals: u32,
}

impl<'a> Tally<'a> {
    /// An empty tally.
    #[must_use]
    pub fn new(period: Period, residents: &'a [Resident], who: &Who) -> Self {
        let places = residents.iter().enumerate().map(|(place, resident)| (resident.id, place)).collect();
        Self {
            period,
            residents,
            places,
            included: residents.iter().map(|resident| who.includes(resident)).collect(),
            days_of: vec![0; residents.len()],
            days: vec![],
            months: vec![],
            years: vec![],
            month_of: vec![(i32::MIN, 0); residents.len()],
            year_of: vec![i32::MIN; residents.len()],
            named: HashMap::new(),
            meals: 0,
        }
    }

    /// The index of a resident, if the filter includes them.
    #[must_use]
    pub fn place(&self, resident: ResidentId) -> Option<usize> {
        self.places.get(&resident).copied().filter(|place| self.included[*place])
    }

    /// One person on one day: each pair once, days in order.
    pub fn person_day(&mut self, day: NaiveDate, place: usize) {
        self.days_of[place] += 1;
        if self.days.last().is_none_or(|(last, _)| *last != day) {
            self.days.push((day, 0));
            let (year, month) = (day.year(), day.month());
            if self.months.last().is_none_or(|(y, m, _)| (*y, *m) != (year, month)) {
                self.months.push((year, month, Count::default()));
            }
            if self.years.last().is_none_or(|(y, _)| *y != year) {
                self.years.push((year, Count::default()));
            }
        }
        if let (Some(day), Some((year, month, in_month)), Some((_, in_year))) =
            (self.days.last_mut(), self.months.last_mut(), self.years.last_mut())
        {
            day.1 += 1;
            in_month.visits += 1;
            in_year.visits += 1;
            if std::mem::replace(&mut self.month_of[place], (*year, *month)) != (*year, *month) {
                in_month.people += 1;
            }
            if std::mem::replace(&mut self.year_of[place], *year) != *year {
                in_year.people += 1;
            }
        }
    }

    /// Adds one purpose, service or activity of one person on one day: each combination once.
    pub fn named(&mut self, by: By, name: &str, place: usize, meal: bool) {
        let of = self.residents.len();
        self.meals += u32::from(meal);
        let of_this = self.named.entry(by).or_default();
        // The name is copied only the first time it is seen.
        if let Some(known) = of_this.get_mut(name) {
            known.add(place, of);
        } else {
            of_this.entry(name.to_owned()).or_default().add(place, of);
        }
    }

    /// The final figures.
    #[must_use]
    pub fn finish(self, not_recorded: u32, corrected: u32) -> Statistics {
        let total = Count {
            visits: self.days_of.iter().sum(),
            people: count(self.days_of.iter().filter(|days| **days > 0)),
        };
        let registered = |place: usize| {
            self.included[place]
                && (self.residents[place].standing == Standing::Active || self.days_of[place] > 0)
        };
        let mut tables = vec![
            Table { by: By::Year, groups: plain(self.years.iter().map(|(y, c)| (Key::Year(*y), *c))) },
            Table {
                by: By::Month,
                groups: plain(self.months.iter().map(|(y, m, c)| (Key::Month(*y, *m), *c))),
            },
            Table {
                by: By::Day,
                groups: plain(
                    self.days.iter().map(|(day, n)| (Key::Day(*day), Count { visits: *n, people: *n })),
                ),
            },
        ];
        for by in [By::Purpose, By::Service, By::Activity] {
            let of_this = self.named.get(&by).into_iter().flatten();
            let mut groups = plain(of_this.map(|(name, found)| (Key::Words(name.clone()), found.count)));
            groups.sort_by(|a, b| (b.count.visits, &a.key).cmp(&(a.count.visits, &b.key)));
            tables.push(Table { by, groups });
        }
        for by in [By::Yard, By::Grid, By::Age, By::Sex, By::Living] {
            let mut groups: HashMap<Key, Group> = HashMap::new();
            for (place, resident) in self.residents.iter().enumerate().filter(|(place, _)| registered(*place))
            {
                let key = attribute(by, resident, self.period.to);
                let group = groups.entry(key.clone()).or_insert(Group {
                    key,
                    count: Count::default(),
                    registered: Some(0),
                });
                group.count.visits += self.days_of[place];
                group.count.people += u32::from(self.days_of[place] > 0);
                group.registered = group.registered.map(|n| n + 1);
            }
            let mut groups: Vec<Group> = groups.into_values().collect();
            if matches!(by, By::Yard | By::Grid) {
                // Largest first; the group without a name comes last.
                groups.sort_by(|a, b| {
                    let nameless = |group: &Group| group.key == Key::Words(String::new());
                    (nameless(a), b.registered, &a.key).cmp(&(nameless(b), a.registered, &b.key))
                });
            } else {
                groups.sort_by(|a, b| a.key.cmp(&b.key));
            }
            tables.push(Table { by, groups });
        }
        Statistics {
            period: self.period,
            total,
            registered: count((0..self.residents.len()).filter(|place| registered(*place))),
            open_days: count(self.days.iter()),
            meals: self.meals,
            not_recorded,
            corrected,
            tables,
        }
    }
}

fn count(items: impl Iterator) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}

fn plain(lines: impl Iterator<Item = (Key, Count)>) -> Vec<Group> {
    lines.map(|(key, count)| Group { key, count, registered: None }).collect()
}

fn attribute(by: By, resident: &Resident, on: NaiveDate) -> Key {
    let profile = &resident.profile;
    match by {
        By::Grid => Key::Words(profile.grid.clone()),
        By::Age => Key::Age(AgeBand::of(profile.born_on.map(|born| born.age_on(on)))),
        By::Sex => Key::Sex(profile.sex),
        By::Living => Key::Living(profile.living),
        _ => Key::Words(profile.yard.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_and_of_nothing_there_is_none() {
        assert_eq!(share(12, 31), Some(39));
        assert_eq!(share(1, 2), Some(50));
        assert_eq!(share(0, 0), None);
    }

    #[test]
    fn bands_of_age_begin_at_their_round_birthday() {
        use AgeBand::{From, From90, Under60};
        let bands = [59, 60, 69, 70, 89, 90, 101].map(|age| AgeBand::of(Some(age)));
        assert_eq!(bands, [Under60, From(60), From(60), From(70), From(80), From90, From90]);
    }
}
