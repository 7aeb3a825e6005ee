//! Reading visits: lists with 人次 and 人数, and other figures.

use daycare_core::ids::{ResidentId, ServiceId};
use daycare_core::period::Period;
use daycare_core::resident::Query;
use daycare_core::visit::{HistoryFilter, Totals, Visit, VisitRow};
use rusqlite::{Connection, Row};

use super::read::from_row;
use crate::connection::Store;
use crate::error::Result;
use crate::sql;
use crate::sql::{Bind, RowExt, params};

fn row(row: &Row<'_>) -> rusqlite::Result<VisitRow> {
    Ok(VisitRow {
        visit: from_row(row)?,
        name: row.read(7)?,
        called_by: row.read(8)?,
        yard: row.read(9)?,
        picture: row.read(10)?,
        purposes: row.read::<Option<String>>(11)?.unwrap_or_default(),
        corrected: row.read(12)?,
    })
}

/// Fills in `{where}` with only the conditions that are set, so that the planner can use its
/// indexes. Values are always bound.
fn narrowed(template: &str, filter: &HistoryFilter) -> String {
    let mut conditions = String::new();
    let mut add = |set: bool, condition: &str| {
        if set {
            conditions.push_str(" AND ");
            conditions.push_str(condition);
        }
    };
    add(filter.from.is_some(), "v.day >= :from");
    add(filter.to.is_some(), "v.day <= :to");
    add(filter.resident.is_some(), "v.resident_id = :resident");
    add(filter.yard.is_some(), "r.yard = :yard");
    add(filter.not_recorded_only, "v.state = 'not_recorded'");
    add(
        filter.service.is_some(),
        "EXISTS (SELECT 1 FROM visit_service s WHERE s.visit_id = v.id AND s.service_id = :service)",
    );
    add(!filter.text.is_empty(), "v.resident_id IN (SELECT value FROM temp.found)");
    template.replace("{where}", &conditions)
}

impl Store {
    /// One page of visits, newest first.
    pub fn history(&self, filter: &HistoryFilter, page: u32, per_page: u32) -> Result<Vec<VisitRow>> {
        self.select(include_str!("list_history.sql"), filter, |conn, sql, found| {
            let mut statement = conn.prepare_cached(sql)?;
            bind(&mut statement, filter, found)?;
            let limit = statement.parameter_index(":limit")?.unwrap_or(0);
            statement.raw_bind_parameter(limit, per_page)?;
            let offset = statement.parameter_index(":offset")?.unwrap_or(0);
            statement.raw_bind_parameter(offset, i64::from(page) * i64::from(per_page))?;
            let mut rows = statement.raw_query();
            let mut out = Vec::new();
            while let Some(next) = rows.next()? {
                out.push(row(next)?);
            }
            Ok(out)
        })
    }

    /// 人次 and 人数 of all visits that match the filter.
    pub fn history_totals(&self, filter: &HistoryFilter) -> Result<Totals> {
        self.select(include_str!("count_history.sql"), filter, |conn, sql, found| {
            let mut statement = conn.prepare_cached(sql)?;
            bind(&mut statement, filter, found)?;
            let mut rows = statement.raw_query();
            let Some(row) = rows.next()? else { return Ok(Totals::default()) };
            Ok(Totals { rows: row.read(0)?, visits: row.read(1)?, people: row.read(2)? })
        })
    }

    fn select<T>(
        &self,
        template: &str,
        filter: &HistoryFilter,
        run: impl FnOnce(&Connection, &str, &[ResidentId]) -> Result<T>,
    ) -> Result<T> {
        let mut sql = narrowed(template, filter);
        let mut found = Vec::new();
        if !filter.text.is_empty() {
            found = self.find_residents(&filter.text)?;
            let list = if found.is_empty() { "NULL".to_owned() } else { placeholders(found.len()) };
            sql = sql.replace("SELECT value FROM temp.found", &list);
        }
        run(&self.conn, &sql, &found)
    }

    /// Residents that a staff search finds, archived ones too.
    fn find_residents(&self, text: &str) -> Result<Vec<ResidentId>> {
        let all = crate::resident::list(&self.conn)?;
        // SQLite binds at most 32,766 values; a search with more hits is of no use.
        let query = Query::new(text);
        Ok(all.into_iter().filter(|r| r.profile.matches(&query)).map(|r| r.id).take(30_000).collect())
    }

    /// Every yard in which residents live, for a filter.
    pub fn yards(&self) -> Result<Vec<String>> {
        let mut statement = self.conn.prepare_cached(include_str!("list_yards.sql"))?;
        let rows = statement.query_map([], |row| row.read(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// A resident's own most frequent purposes, the most frequent first.
    pub fn usual_services(&self, resident: ResidentId) -> Result<Vec<ServiceId>> {
        let mut statement = self.conn.prepare_cached(include_str!("list_usual_services.sql"))?;
        let rows = statement.query_map(params![resident], |row| row.read(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Number of people with a meal among today's purposes.
    pub fn meals_today(&self) -> Result<u32> {
        let today = self.clock.today().to_string();
        let mut statement = self.conn.prepare_cached(include_str!("count_meals.sql"))?;
        Ok(statement.query_row([today], |row| row.read(0))?)
    }

    /// The latest visit of a resident that counts; `None` if there is none.
    pub fn last_visit(&self, resident: ResidentId) -> Result<Option<Visit>> {
        let filter = HistoryFilter { resident: Some(resident), ..HistoryFilter::default() };
        Ok(self.history(&filter, 0, 1)?.pop().map(|row| row.visit))
    }

    /// The first and the last day with a visit.
    pub fn days_with_visits(&self) -> Result<Option<Period>> {
        let ends: (Option<String>, Option<String>) = self
            .conn
            .prepare_cached(include_str!("span.sql"))?
            .query_row([], |row| Ok((row.read(0)?, row.read(1)?)))?;
        Ok(match ends {
            (Some(from), Some(to)) => Some(Period { from: sql::day(&from)?, to: sql::day(&to)? }),
            _ => None,
        })
    }
}

fn placeholders(count: usize) -> String {
    (0..count).map(|i| format!(":f{i}")).collect::<Vec<_>>().join(",")
}

/// Binds those parameters of the filter that the statement uses.
fn bind(statement: &mut rusqlite::Statement<'_>, filter: &HistoryFilter, found: &[ResidentId]) -> Result<()> {
    let mut put = |name: &str, value: &dyn Bind| -> Result<()> {
        if let Some(index) = statement.parameter_index(name)? {
            statement.raw_bind_parameter(index, sql::Param(value))?;
        }
        Ok(())
    };
    put(":from", &filter.from.map(|d| d.to_string()))?;
    put(":to", &filter.to.map(|d| d.to_string()))?;
    put(":resident", &filter.resident)?;
    put(":yard", &filter.yard)?;
    put(":service", &filter.service)?;
    for (i, id) in found.iter().enumerate() {
        put(&format!(":f{i}"), id)?;
    }
    Ok(())
}
