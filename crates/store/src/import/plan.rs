//! Writing an activity plan: which running activity a row is about.

use chrono::NaiveDate;
use daycare_core::activity::repeat::Repeat;
use daycare_core::activity::{Arrangement, OccurrenceKey, Room, Series, Team, picture_for};
use daycare_core::ids::{ActivityId, RoomId, SeriesId, TeamId};
use daycare_core::import::outcome::{Doubt, Doubtful, Fate, Outcome, Warning, WarningKind};
use daycare_core::import::rows::ActivityRow;

use crate::connection::Tx;
use crate::error::Result;

/// Sign-up for an imported activity opens this many days before.
const SIGN_UP_DAYS: u16 = 7;

/// A day later than anything planned.
const FAR: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// A row, and what runs now that it is about.
struct Row<'a> {
    entry: &'a ActivityRow,
    planned: Series,
    running: Option<Series>,
}

impl Tx<'_> {
    /// Writes all rows of a plan.
    pub(super) fn plan_all(
        &self,
        entries: &[ActivityRow],
        confirmed: bool,
        outcome: &mut Outcome,
    ) -> Result<()> {
        let mut rows = Vec::new();
        for entry in entries {
            match entry.doubt.filter(|_| !confirmed) {
                Some(doubt) => outcome.doubtful.push(Doubtful { at: entry.at, doubt }),
                None => rows.push(Row { entry, planned: self.planned(entry)?, running: None }),
            }
        }
        let mut running = self.in_force()?;
        // What is sure is settled first: a group that changed its room must not take the place of
        // one that did not.
        assign(&mut rows, &mut running, is_unchanged);
        assign(&mut rows, &mut running, |known, planned| {
            is_at(known, planned) && known.arrangement.room_id == planned.arrangement.room_id
        });
        assign(&mut rows, &mut running, is_at);
        for row in rows {
            let (at, planned) = (row.entry.at, &row.planned);
            let moved =
                running.iter().position(|known| row.running.is_none() && may_have_moved(known, planned));
            if moved.is_some() && !confirmed {
                outcome.doubtful.push(Doubtful { at, doubt: Doubt::PerhapsMoved });
                continue;
            }
            let known = row.running.or(moved.map(|at| running.swap_remove(at)));
            let (fate, activity_id) = self.plan(planned, known)?;
            outcome.count(fate);
            // An activity does not clash with its own running series.
            let series = Series { activity_id, ..row.planned };
            if !crate::activity::clashes_of(self, self.clock.zone(), &series)?.is_empty() {
                outcome.warnings.push(Warning { at, kind: WarningKind::Clash });
            }
        }
        Ok(())
    }

    /// The series in force or to come of every activity: each is a chain, whose last counts.
    fn in_force(&self) -> Result<Vec<Series>> {
        let mut last: Vec<Series> = Vec::new();
        for series in crate::activity::series_between(self, self.clock.today(), FAR)? {
            match last.iter_mut().find(|known| known.activity_id == series.activity_id) {
                Some(known) if known.starts_on < series.starts_on => *known = series,
                Some(_) => {}
                None => last.push(series),
            }
        }
        Ok(last)
    }

    /// A row of a plan as a series from today on. Missing rooms are added, and so are missing
    /// teams whose name ends with 队; any other leader is taken as a person.
    fn planned(&self, row: &ActivityRow) -> Result<Series> {
        let room_id = match crate::room::list(self)?.into_iter().find(|room| room.name == row.room) {
            Some(room) => Some(room.id),
            None if row.room.is_empty() => None,
            None => {
                let room = Room { id: RoomId::new(), name: row.room.clone(), capacity: None };
                self.put_room(&room)?;
                Some(room.id)
            }
        };
        let team_id = match crate::team::list(self)?.into_iter().find(|team| team.name == row.led_by) {
            Some(team) => Some(team.id),
            None if row.led_by.ends_with('队') => {
                let team = Team { id: TeamId::new(), name: row.led_by.clone() };
                self.put_team(&team)?;
                Some(team.id)
            }
            None => None,
        };
        let leader = if team_id.is_some() { String::new() } else { row.led_by.clone() };
        Ok(Series {
            id: SeriesId::new(),
            activity_id: ActivityId::new(),
            name: row.name.clone(),
            picture: picture_for(&row.name).into(),
            repeat: Repeat::Weekly { every: 1, days: row.weekdays.clone() },
            starts_on: self.clock.today(),
            until: None,
            arrangement: Arrangement {
                starts: row.starts,
                ends: row.ends,
                room_id,
                team_id,
                leader,
                capacity: row.capacity,
            },
            opens_days: SIGN_UP_DAYS,
            closes_minutes: 0,
            notice: String::new(),
            notice_on: None,
        })
    }

    /// Writes a planned series: as new, as a change of the running one, or not at all. Also
    /// returns the identifier of the activity.
    fn plan(&self, planned: &Series, known: Option<Series>) -> Result<(Fate, ActivityId)> {
        let Some(known) = known else {
            self.add_series(planned, "activity.import")?;
            return Ok((Fate::Accepted, planned.activity_id));
        };
        let activity_id = known.activity_id;
        if is_unchanged(&known, planned) {
            return Ok((Fate::Unchanged, activity_id));
        }
        let today = self.clock.today();
        let weeks = known.starts_on.max(today).checked_add_days(chrono::Days::new(14)).unwrap_or(today);
        let now = self.clock.local();
        let next = daycare_core::recurrence::dates(&known, today, weeks)
            .into_iter()
            .find(|day| day.and_time(known.arrangement.starts) > now);
        let Some(day) = next else { return Ok((Fate::Unchanged, activity_id)) };
        let from = OccurrenceKey { activity_id, day };
        let changed = Series {
            id: SeriesId::new(),
            starts_on: day,
            arrangement: planned.arrangement.clone(),
            repeat: planned.repeat.clone(),
            ..known
        };
        let _ = self.change_from(from, &changed)?;
        Ok((Fate::Updated, activity_id))
    }
}

/// Gives each row without a running series the first one that fits; each is given once.
fn assign(rows: &mut [Row<'_>], running: &mut Vec<Series>, fits: impl Fn(&Series, &Series) -> bool) {
    for row in rows.iter_mut().filter(|row| row.running.is_none()) {
        if let Some(at) = running.iter().position(|known| fits(known, &row.planned)) {
            row.running = Some(running.remove(at));
        }
    }
}

fn is_at(known: &Series, planned: &Series) -> bool {
    known.name == planned.name
        && known.repeat == planned.repeat
        && known.arrangement.starts == planned.arrangement.starts
}

fn is_unchanged(known: &Series, planned: &Series) -> bool {
    is_at(known, planned) && known.arrangement == planned.arrangement
}

/// Whether a running activity that the file does not have may be this one at its former time.
fn may_have_moved(known: &Series, planned: &Series) -> bool {
    matches!(known.repeat, Repeat::Weekly { .. }) && known.until.is_none() && known.name == planned.name
}
