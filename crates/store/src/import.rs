//! Writing an import: one transaction per file, rolled back for a dry run.

use chrono::NaiveDate;
use daycare_core::activity::enrolment::{Mood, Outcome as Part, SigningUp};
use daycare_core::activity::repeat::Repeat;
use daycare_core::activity::{Arrangement, OccurrenceKey, Room, Series, Team, picture_for};
use daycare_core::audit::Actor;
use daycare_core::ids::{ActivityId, RoomId, SeriesId, TeamId, VisitId};
use daycare_core::import::outcome::{Doubtful, Fate, Outcome, Reason, Rejected, Warning, WarningKind};
use daycare_core::import::residents;
use daycare_core::import::rows::{ActivityRow, ResidentRow, Rows, SignInRow};
use daycare_core::resident::Resident;
use daycare_core::time::Moment;
use daycare_core::visit::{Source, State, Visit};
use daycare_core::volunteer::{Shift, Volunteer};
use rusqlite::OptionalExtension;

use crate::connection::{Store, Tx};
use crate::error::Result;
use crate::sql::{RowExt, params};
use crate::visit::Extra;

/// Sign-up for an imported activity opens this many days before.
const SIGN_UP_DAYS: u16 = 7;

/// A day later than anything planned.
const FAR: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// Whether to write, and whether to include doubtful rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mode {
    /// Write; otherwise only report what would happen.
    pub write: bool,
    /// Include doubtful rows.
    pub confirmed: bool,
}

impl Mode {
    /// Writes everything except doubtful rows.
    pub const WRITE: Self = Self { write: true, confirmed: false };
    /// Reports what would happen.
    pub const DRY_RUN: Self = Self { write: false, confirmed: false };
}

/// The activities, volunteers and shifts of a generated centre.
#[derive(Debug, Clone, Default)]
pub struct Programme {
    /// Rooms.
    pub rooms: Vec<Room>,
    /// Activities.
    pub series: Vec<Series>,
    /// Volunteers.
    pub volunteers: Vec<Volunteer>,
    /// Enrolments with their outcome and mood.
    pub enrolments: Vec<(SigningUp, Option<Part>, Option<Mood>)>,
    /// Who served when.
    pub shifts: Vec<Shift>,
}

impl Store {
    /// Writes a generated centre in one transaction.
    ///
    /// # Errors
    /// Database errors; then nothing is written.
    pub fn load_demo(&mut self, residents: &[Resident], visits: &[Visit]) -> Result<()> {
        self.transact(Actor::Program, |tx| {
            for resident in residents {
                tx.put_resident(resident, "resident.demo", "")?;
            }
            visits.iter().try_for_each(|visit| tx.add_visit(visit, &Extra::of("visit.demo")))
        })
    }

    /// Writes the activities, volunteers and shifts of a generated centre in one transaction.
    ///
    /// # Errors
    /// Database errors; then nothing is written.
    pub fn load_demo_programme(&mut self, programme: &Programme) -> Result<()> {
        self.transact(Actor::Program, |tx| {
            programme.rooms.iter().try_for_each(|room| tx.put_room(room))?;
            programme.series.iter().try_for_each(|series| tx.add_series(series, "activity.demo"))?;
            programme.volunteers.iter().try_for_each(|volunteer| tx.put_volunteer(volunteer))?;
            programme
                .enrolments
                .iter()
                .try_for_each(|(asked, outcome, mood)| tx.load_enrolment(asked, *outcome, *mood))?;
            programme.shifts.iter().try_for_each(|shift| tx.add_shift(shift, None, "shift.demo", ""))
        })
    }

    /// Writes the rows of a registry in one transaction.
    ///
    /// # Errors
    /// The key is missing, or database errors; then nothing is written.
    pub fn import_registry(&mut self, actor: Actor, mode: Mode, rows: &Rows<ResidentRow>) -> Result<Outcome> {
        let secret = self.secret()?;
        self.in_mode(actor, mode, |tx| {
            let known = crate::resident::list(tx)?;
            let mut plan = residents::plan(rows, &known, mode.confirmed, |number| secret.hash(number));
            for planned in &plan.residents {
                let resident = &planned.resident;
                if planned.changed {
                    tx.put_imported(resident, known.iter().find(|before| before.id == resident.id))?;
                }
                let Some(gone) = planned.gone else { continue };
                if crate::visit::read::open_of(tx, resident.id)?.is_some() {
                    plan.outcome.warnings.push(Warning { at: planned.at, kind: WarningKind::StillHere });
                } else {
                    tx.archive(resident.id, gone)?;
                    plan.outcome.warnings.push(Warning { at: planned.at, kind: WarningKind::Archived });
                }
            }
            plan.outcome.warnings.sort_unstable();
            Ok(plan.outcome)
        })
    }

    /// Writes the rows of a sign-in book in one transaction. A visit is identified by resident
    /// and arrival, so importing the same book twice changes nothing.
    ///
    /// # Errors
    /// Database errors; then nothing is written.
    pub fn import_sign_in_book(
        &mut self,
        actor: Actor,
        mode: Mode,
        rows: &Rows<SignInRow>,
    ) -> Result<Outcome> {
        let mut outcome = rows.outcome();
        self.in_mode(actor, mode, |tx| {
            for entry in &rows.entries {
                if let Some(doubt) = entry.doubt.filter(|_| !mode.confirmed) {
                    outcome.doubtful.push(Doubtful { at: entry.at, doubt });
                    continue;
                }
                if entry.doubt.is_some() && entry.arrived.date() > tx.clock.today() {
                    outcome.rejected.push(Rejected { at: entry.at, reason: Reason::InTheFuture });
                    continue;
                }
                let (fate, unknown_word) = tx.book(entry)?;
                outcome.count(fate);
                if unknown_word {
                    let kind = WarningKind::UnknownPurpose;
                    outcome.warnings.push(Warning { at: entry.at, kind });
                }
            }
            Ok(())
        })?;
        outcome.warnings.sort_unstable();
        Ok(outcome)
    }

    /// Writes the rows of an activity plan, from today on, in one transaction. An activity is
    /// identified by name, weekday and start, so importing the same plan twice changes nothing;
    /// one that differs is changed from its next occurrence on.
    ///
    /// # Errors
    /// Database errors; then nothing is written.
    pub fn import_activity_plan(
        &mut self,
        actor: Actor,
        mode: Mode,
        rows: &Rows<ActivityRow>,
    ) -> Result<Outcome> {
        let mut outcome = rows.outcome();
        self.in_mode(actor, mode, |tx| {
            for entry in &rows.entries {
                if let Some(doubt) = entry.doubt.filter(|_| !mode.confirmed) {
                    outcome.doubtful.push(Doubtful { at: entry.at, doubt });
                    continue;
                }
                let mut series = tx.planned(entry)?;
                let (fate, known) = tx.plan(&series)?;
                outcome.count(fate);
                // An activity does not clash with its own running series.
                series.activity_id = known;
                if !crate::activity::clashes_of(tx, tx.clock.zone(), &series)?.is_empty() {
                    outcome.warnings.push(Warning { at: entry.at, kind: WarningKind::Clash });
                }
            }
            Ok(())
        })?;
        outcome.warnings.sort_unstable();
        Ok(outcome)
    }

    fn in_mode<T>(&mut self, actor: Actor, mode: Mode, work: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        if mode.write { self.transact(actor, work) } else { self.rehearse(actor, work) }
    }
}

impl Tx<'_> {
    /// Writes a resident from a registry. For a merged file, the data go to the file that was
    /// kept.
    fn put_imported(&self, resident: &Resident, before: Option<&Resident>) -> Result<()> {
        let (Some(before), Some(mut kept)) = (before, crate::merge::kept_for(self, resident.id)?) else {
            return self.put_resident(resident, "resident.import", "");
        };
        kept.profile.take_later(&resident.profile.news_since(&before.profile));
        kept.id_hash = kept.id_hash.or(resident.id_hash.filter(|_| before.id_hash.is_none()));
        self.put_resident(&kept, "resident.import", "")?;
        let closed = Resident { id_hash: before.id_hash, ..resident.clone() };
        self.put_resident(&closed, "resident.import", "")
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

    /// Writes a planned series: as new, as a change of a running one, or not at all. Also
    /// returns the identifier of the activity.
    fn plan(&self, planned: &Series) -> Result<(Fate, ActivityId)> {
        let today = self.clock.today();
        let running = crate::activity::series_between(self, today, FAR)?;
        // An activity is a chain of series; the last one is in force.
        let same = |known: &Series| {
            known.name == planned.name
                && known.repeat == planned.repeat
                && known.arrangement.starts == planned.arrangement.starts
        };
        let known = running.into_iter().filter(same).max_by_key(|known| known.starts_on);
        let Some(known) = known else {
            self.add_series(planned, "activity.import")?;
            return Ok((Fate::Accepted, planned.activity_id));
        };
        if known.arrangement == planned.arrangement {
            return Ok((Fate::Unchanged, known.activity_id));
        }
        let weeks = today.checked_add_days(chrono::Days::new(14)).unwrap_or(today);
        let now = self.clock.local();
        let next = daycare_core::recurrence::dates(&known, today, weeks)
            .into_iter()
            .find(|day| day.and_time(known.arrangement.starts) > now);
        let activity_id = known.activity_id;
        let Some(day) = next else { return Ok((Fate::Unchanged, activity_id)) };
        let from = OccurrenceKey { activity_id: known.activity_id, day };
        let arrangement = planned.arrangement.clone();
        let changed = Series { id: SeriesId::new(), starts_on: day, arrangement, ..known };
        let _ = self.change_from(from, &changed)?;
        Ok((Fate::Updated, activity_id))
    }

    /// Writes one row of a book. Returns what it did, and whether it contains words that match
    /// no service (they are kept as they are).
    fn book(&self, row: &SignInRow) -> Result<(Fate, bool)> {
        let zone = self.clock.zone();
        let arrived_at = Moment::from_local(row.arrived, zone);
        let left_at = row.left.map(|left| Moment::from_local(left, zone));
        let mut services = Vec::new();
        let mut unknown_words = Vec::new();
        for word in &row.purposes {
            match crate::service::find(self, word)? {
                Some(id) if !services.contains(&id) => services.push(id),
                Some(_) => {}
                None => unknown_words.push(word.as_str()),
            }
        }
        let known: Option<(VisitId, State)> = self
            .prepare_cached(include_str!("visit/find_by_arrival.sql"))?
            .query_row(params![row.resident, arrived_at], |found| Ok((found.read(0)?, found.read(1)?)))
            .optional()?;
        let fate = match known {
            Some((id, State::NotRecorded)) if left_at.is_some() => {
                self.complete(id, left_at)?;
                Fate::Updated
            }
            Some(_) => Fate::Unchanged,
            None => {
                let visit = Visit {
                    id: VisitId::new(),
                    resident_id: row.resident,
                    day: row.arrived.date(),
                    arrived_at,
                    left_at,
                    state: if left_at.is_some() { State::Left } else { State::NotRecorded },
                    source: Source::Import,
                    services,
                };
                let other_words = unknown_words.join("、");
                self.add_visit(&visit, &Extra { other_words: &other_words, ..Extra::of("visit.import") })?;
                Fate::Accepted
            }
        };
        Ok((fate, !unknown_words.is_empty()))
    }
}
