//! The welfare list: reads what is needed; the domain code decides.

use std::collections::{BTreeSet, HashMap};

use chrono::{Days, NaiveDate, NaiveDateTime};
use daycare_core::audit::Actor;
use daycare_core::care_plan::Risk;
use daycare_core::ids::{AbsenceId, CallId, ResidentId};
use daycare_core::period::Period;
use daycare_core::statistics::Count;
use daycare_core::time::Moment;
use daycare_core::welfare::{Absence, Cared, Check, CheckResult, House, Known, WINDOW_DAYS, verdict};
use rusqlite::Row;
use serde_json::json;

use crate::audit::TrailEntry;
use crate::connection::{Store, Tx};
use crate::error::{Error, Result, Rule};
use crate::sql;
use crate::sql::{RowExt, named_params, params};

/// The people on the list, and when the centre was open.
#[derive(Debug, Clone)]
pub struct Welfare {
    /// The rows, in pinyin order.
    pub cared: Vec<Cared>,
    /// When the centre was open and the kiosk ran.
    pub house: House,
}

impl Store {
    /// The welfare list of today.
    pub fn welfare(&self) -> Result<Welfare> {
        let today = self.clock.today();
        let from = today.checked_sub_days(Days::new(WINDOW_DAYS)).unwrap_or(today);
        let mut came = self.came(from, today)?;
        let house = self.house(&came, from, today)?;
        let away = self.away(from)?;
        let zone = self.clock.zone();
        let mut statement = self.conn.prepare_cached(include_str!("list_cared.sql"))?;
        let rows = statement.query_map(named_params! { ":today": today.to_string() }, |row| {
            let mut cared = cared(row)?;
            let day_of = |at: Option<Moment>| at.map(|at| at.day(zone));
            let known = Known {
                came: came.remove(&cared.resident_id).unwrap_or_default(),
                attended: day_of(row.read(10)?),
                older: day_of(row.read(11)?).is_some_and(|first| first < from),
                checked: row.read::<Option<String>>(12)?.as_deref().map(sql::day).transpose()?,
                away: away.get(&cared.resident_id).cloned().unwrap_or_default(),
            };
            cared.verdict = verdict(&known, cared.risk, &house, today);
            Ok(cared)
        })?;
        let cared = rows.collect::<rusqlite::Result<_>>()?;
        Ok(Welfare { cared, house })
    }

    fn came(&self, from: NaiveDate, today: NaiveDate) -> Result<HashMap<ResidentId, Vec<NaiveDateTime>>> {
        let zone = self.clock.zone();
        let mut came: HashMap<ResidentId, Vec<NaiveDateTime>> = HashMap::new();
        let mut statement = self.conn.prepare_cached(include_str!("list_came.sql"))?;
        let window = named_params! { ":from": from.to_string(), ":today": today.to_string() };
        let mut rows = statement.query(window)?;
        while let Some(row) = rows.next()? {
            came.entry(row.read(0)?).or_default().push(row.read::<Moment>(1)?.local(zone));
        }
        Ok(came)
    }

    fn house(
        &self,
        came: &HashMap<ResidentId, Vec<NaiveDateTime>>,
        from: NaiveDate,
        today: NaiveDate,
    ) -> Result<House> {
        let zone = self.clock.zone();
        let days: BTreeSet<NaiveDate> = came.values().flatten().map(NaiveDateTime::date).collect();
        let begins = Moment::from_local(from.and_time(chrono::NaiveTime::MIN), zone);
        let ran = self.ran_since(begins)?;
        Ok(House {
            weekdays: House::learn(&days),
            came: days,
            closed: self.closures(from, today)?.into_iter().map(|closure| closure.day).collect(),
            ran: ran.into_iter().map(|(on, off)| (on.local(zone), off.local(zone))).collect(),
        })
    }

    /// Absences, past and present; one that was ended early stops on the day before.
    fn away(&self, from: NaiveDate) -> Result<HashMap<ResidentId, Vec<(NaiveDate, NaiveDate)>>> {
        let zone = self.clock.zone();
        let mut away: HashMap<ResidentId, Vec<(NaiveDate, NaiveDate)>> = HashMap::new();
        let mut statement = self.conn.prepare_cached(include_str!("list_away.sql"))?;
        let mut rows = statement.query(named_params! { ":from": from.to_string() })?;
        while let Some(row) = rows.next()? {
            let day = |at: usize| sql::day(row.get_ref(at)?.as_str()?);
            let ended = row.read::<Option<Moment>>(3)?.and_then(|at| at.day(zone).pred_opt());
            let until = day(2)?;
            let range = (day(1)?, ended.map_or(until, |ended| ended.min(until)));
            away.entry(row.read(0)?).or_default().push(range);
        }
        Ok(away)
    }

    /// Records a check on somebody. Found well counts as seen; away adds an absence; in need of
    /// help calls staff.
    ///
    /// # Errors
    /// Away without a last day, no such resident, or database errors.
    pub fn add_welfare_check(
        &mut self,
        actor: Actor,
        of: ResidentId,
        check: &Check,
        away_until: Option<NaiveDate>,
    ) -> Result<()> {
        let staff = match actor {
            Actor::Staff(id) => Some(id),
            Actor::Resident | Actor::Cli | Actor::Program => None,
        };
        let zone = self.clock.zone();
        self.transact(actor, |tx| {
            let _ = crate::resident::require(tx, of)?;
            let day = check.at.day(zone);
            let added = tx.prepare_cached(include_str!("add_check.sql"))?.execute(params![
                check.id,
                of,
                check.at,
                day.to_string(),
                check.way,
                check.result,
                check.note,
                staff,
            ])?;
            if added == 0 {
                return Ok(());
            }
            match check.result {
                CheckResult::Away => {
                    let until = away_until.filter(|until| *until >= day);
                    let until = until.ok_or(Error::Rule(Rule::AwayUntilNeeded))?;
                    tx.add_absence(of, day, until, &check.note)?;
                }
                CheckResult::Help => tx.raise_call(CallId::from(check.id.uuid()), Some(of), "welfare")?,
                CheckResult::Safe | CheckResult::NoAnswer => {}
            }
            let words = json!({ "way": check.way, "result": check.result, "note": check.note });
            tx.log(&TrailEntry::new("welfare.check", "resident", of.uuid()).after(words))
        })
    }

    /// Checks on somebody, newest first.
    pub fn welfare_checks(&self, of: ResidentId) -> Result<Vec<Check>> {
        let mut statement = self.conn.prepare_cached(include_str!("list_checks.sql"))?;
        let rows = statement.query_map(params![of], |row| {
            Ok(Check {
                id: row.read(0)?,
                at: row.read(1)?,
                way: row.read(2)?,
                result: row.read(3)?,
                note: row.read(4)?,
                by: row.read(5)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Checks of a period: one per person and day, and the number of people.
    pub fn count_welfare_checks(&self, period: Period) -> Result<Count> {
        let mut statement = self.conn.prepare_cached(include_str!("count_checks.sql"))?;
        let days = [period.from.to_string(), period.to.to_string()];
        Ok(statement.query_row(days, |row| Ok(Count { visits: row.read(0)?, people: row.read(1)? }))?)
    }

    /// Records an absence.
    ///
    /// # Errors
    /// The last day is before the first, or database errors.
    pub fn add_absence(
        &mut self,
        actor: Actor,
        of: ResidentId,
        (from, until): (NaiveDate, NaiveDate),
        reason: &str,
    ) -> Result<()> {
        self.transact(actor, |tx| tx.add_absence(of, from, until, reason))
    }

    /// Ends an absence: the person is back, or it was a mistake.
    pub fn end_absence(&mut self, actor: Actor, of: ResidentId, id: AbsenceId) -> Result<()> {
        self.transact(actor, |tx| {
            let now = tx.clock.now();
            let _ = tx.prepare_cached(include_str!("end_absence.sql"))?.execute(params![id, now])?;
            tx.log(&TrailEntry::new("absence.end", "resident", of.uuid()))
        })
    }

    /// Current and future absences of a resident.
    pub fn absences(&self, of: ResidentId) -> Result<Vec<Absence>> {
        let today = self.clock.today().to_string();
        let mut statement = self.conn.prepare_cached(include_str!("list_absences.sql"))?;
        let rows = statement.query_map(params![of, today], |row| {
            let day = |at: usize| sql::day(row.get_ref(at)?.as_str()?);
            Ok(Absence { id: row.read(0)?, from_on: day(1)?, until_on: day(2)?, reason: row.read(3)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The last day on which each active resident came; `None` for those who never did.
    pub fn last_days(&self) -> Result<HashMap<ResidentId, Option<NaiveDate>>> {
        let mut statement = self.conn.prepare_cached(include_str!("list_last_seen.sql"))?;
        let rows = statement.query_map(params![self.clock.now()], |row| {
            let day: Option<String> = row.read(1)?;
            Ok((row.read(0)?, day.as_deref().map(sql::day).transpose()?))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Tx<'_> {
    fn add_absence(&self, of: ResidentId, from: NaiveDate, until: NaiveDate, reason: &str) -> Result<()> {
        if until < from {
            return Err(Error::Rule(Rule::DaysReversed));
        }
        let days = (from.to_string(), until.to_string());
        let id = AbsenceId::new();
        let _ = self
            .prepare_cached(include_str!("add_absence.sql"))?
            .execute(params![id, of, days.0, days.1, reason])?;
        let words = json!({ "from": from, "until": until, "reason": reason });
        self.log(&TrailEntry::new("absence.add", "resident", of.uuid()).after(words))
    }
}

fn cared(row: &Row<'_>) -> rusqlite::Result<Cared> {
    use daycare_core::welfare::{State, Verdict, Why};
    let living = row.read(8)?;
    let risk: Option<Risk> = row.read(9)?;
    Ok(Cared {
        resident_id: row.read(0)?,
        name: row.read(1)?,
        called_by: row.read(2)?,
        picture: row.read(3)?,
        yard: row.read(4)?,
        door: row.read(5)?,
        phone: row.read(6)?,
        born_on: row.read::<Option<String>>(7)?.as_deref().map(sql::birth).transpose()?,
        living,
        risk: risk.or(Risk::usual(living)).unwrap_or(Risk::General),
        verdict: Verdict { state: State::Seen, why: Why::Seen, rhythm: None, seen: None },
        handled_today: row.read(13)?,
    })
}
