//! Figures of a period: the rows are read in one pass, and the domain code counts.

use std::collections::HashMap;

use daycare_core::ids::{ResidentId, ServiceId};
use daycare_core::papers::Contents;
use daycare_core::period::Period;
use daycare_core::report::Report;
use daycare_core::shift_book::IncidentKind;
use daycare_core::statistics::{By, Statistics, Tally, Who};
use daycare_core::volunteer::Minutes;
use rusqlite::Row;

use crate::connection::Store;
use crate::error::Result;
use crate::sql;
use crate::sql::{RowExt, named_params};

impl Store {
    /// All figures of a period, for everybody or a selection.
    pub fn statistics(&self, period: Period, who: &Who) -> Result<Statistics> {
        let residents = crate::resident::list(&self.conn)?;
        let mut tally = Tally::new(period, &residents, who);
        self.walk_days(period, &mut tally)?;
        self.walk_purposes(period, &mut tally)?;
        self.walk_named(period, By::Purpose, include_str!("walk_other_words.sql"), &mut tally)?;
        self.walk_named(period, By::Service, include_str!("walk_services.sql"), &mut tally)?;
        self.walk_named(period, By::Activity, include_str!("walk_activities.sql"), &mut tally)?;
        let not_recorded = self.count_of(period, include_str!("count_not_recorded.sql"), &tally)?;
        let corrected = self.count_of(period, include_str!("count_corrected.sql"), &tally)?;
        Ok(tally.finish(not_recorded, corrected))
    }

    /// The short form of [`Store::statistics`], of everybody.
    pub fn report(&self, period: Period) -> Result<Report> {
        Ok(self.statistics(period, &Who::default())?.report())
    }

    /// Everything shown in a report of a period.
    pub fn report_contents(&self, period: Period) -> Result<Contents> {
        let everybody = Who::default();
        let days = named_params! { ":from": period.from.to_string(), ":to": period.to.to_string() };
        let (cared, cared_seen) = self
            .conn
            .prepare_cached(include_str!("count_cared.sql"))?
            .query_row(days, |row| Ok((row.read(0)?, row.read(1)?)))?;
        let mut incidents: Vec<(IncidentKind, u32)> = Vec::new();
        for incident in self.incidents(period)? {
            match incidents.iter_mut().find(|(kind, _)| *kind == incident.kind) {
                Some((_, count)) => *count += 1,
                None => incidents.push((incident.kind, 1)),
            }
        }
        Ok(Contents {
            centre: self.setting(crate::setting::CENTRE_NAME)?.unwrap_or_default(),
            statistics: self.statistics(period, &everybody)?,
            // Days in the future are not compared with the year before.
            before: self.statistics(period.until(self.clock.today()).year_before(), &everybody)?,
            closed: self.closures(period.from, period.to)?.into_iter().map(|closure| closure.day).collect(),
            cared,
            cared_seen,
            checks: self.count_welfare_checks(period)?,
            teams: Minutes::by(&self.shifts(period.from, period.to, None)?, |listed| &listed.team),
            incidents,
            seal: self.last_seal()?,
        })
    }

    fn walk<'s>(
        &'s self,
        period: Period,
        sql: &str,
        mut each: impl FnMut(&Row<'_>) -> Result<()> + 's,
    ) -> Result<()> {
        let (from, to) = (period.from.to_string(), period.to.to_string());
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut rows = statement.query(named_params! { ":from": from, ":to": to })?;
        while let Some(row) = rows.next()? {
            each(row)?;
        }
        Ok(())
    }

    fn walk_days(&self, period: Period, tally: &mut Tally<'_>) -> Result<()> {
        let mut day = Day::default();
        let mut last: Option<(chrono::NaiveDate, usize)> = None;
        self.walk(period, include_str!("walk_days.sql"), |row| {
            let Some(place) = tally.place(row.read::<ResidentId>(1)?) else { return Ok(()) };
            let day = day.read(text(row)?)?;
            if last.replace((day, place)) != Some((day, place)) {
                tally.person_day(day, place);
            }
            Ok(())
        })
    }

    fn walk_purposes(&self, period: Period, tally: &mut Tally<'_>) -> Result<()> {
        let services = crate::service::list(&self.conn)?;
        let services: HashMap<ServiceId, (&str, bool)> =
            services.iter().map(|service| (service.id, (service.name.as_str(), service.meal))).collect();
        let mut day = Day::default();
        let mut last = (chrono::NaiveDate::MIN, usize::MAX);
        let mut said: Vec<ServiceId> = Vec::new();
        self.walk(period, include_str!("walk_purposes.sql"), |row| {
            let Some(place) = tally.place(row.read::<ResidentId>(1)?) else { return Ok(()) };
            let day = day.read(text(row)?)?;
            if last != (day, place) {
                last = (day, place);
                said.clear();
            }
            let service: ServiceId = row.read(2)?;
            if !said.contains(&service)
                && let Some((name, meal)) = services.get(&service)
            {
                said.push(service);
                tally.named(By::Purpose, name, place, *meal);
            }
            Ok(())
        })
    }

    fn walk_named(&self, period: Period, by: By, sql: &str, tally: &mut Tally<'_>) -> Result<()> {
        self.walk(period, sql, |row| {
            if let Some(place) = tally.place(row.read::<ResidentId>(2)?) {
                tally.named(by, text(row)?, place, false);
            }
            Ok(())
        })
    }

    fn count_of(&self, period: Period, sql: &str, tally: &Tally<'_>) -> Result<u32> {
        let mut count = 0;
        self.walk(period, sql, |row| {
            count += u32::from(tally.place(row.read::<ResidentId>(0)?).is_some());
            Ok(())
        })?;
        Ok(count)
    }
}

/// Caches the last day parsed, because most rows repeat it.
#[derive(Default)]
struct Day {
    text: String,
    day: chrono::NaiveDate,
}

impl Day {
    fn read(&mut self, text: &str) -> Result<chrono::NaiveDate> {
        if text != self.text {
            self.day = sql::day(text)?;
            text.clone_into(&mut self.text);
        }
        Ok(self.day)
    }
}

fn text<'r>(row: &'r Row<'_>) -> rusqlite::Result<&'r str> {
    Ok(row.get_ref(0)?.as_str()?)
}
