//! Writing an import: one transaction per file, rolled back for a dry run.

mod book;
mod plan;

use daycare_core::activity::enrolment::{Mood, Outcome as Part, SigningUp};
use daycare_core::activity::{Room, Series};
use daycare_core::audit::Actor;
use daycare_core::import::outcome::{Doubtful, Outcome, Reason, Rejected, Warning, WarningKind};
use daycare_core::import::residents;
use daycare_core::import::rows::{ActivityRow, ResidentRow, Rows, SignInRow};
use daycare_core::resident::Resident;
use daycare_core::visit::Visit;
use daycare_core::volunteer::{Shift, Volunteer};

use crate::connection::{Store, Tx};
use crate::error::Result;
use crate::visit::Extra;

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
                let (written, unknown_word) = tx.book(entry, mode.confirmed)?;
                match written {
                    Ok(fate) => outcome.count(fate),
                    Err(doubt) => {
                        outcome.doubtful.push(Doubtful { at: entry.at, doubt });
                        continue;
                    }
                }
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
    /// identified by name, weekday and start, and among several of these by its room, so importing
    /// the same plan twice changes nothing; one that differs is changed from its next occurrence on.
    /// One that runs at another time now is doubtful.
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
        self.in_mode(actor, mode, |tx| tx.plan_all(&rows.entries, mode.confirmed, &mut outcome))?;
        outcome.doubtful.sort_unstable_by_key(|doubtful| doubtful.at);
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
}
