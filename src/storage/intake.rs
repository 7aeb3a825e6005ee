//! Writing an import: one transaction a file, or none for a dry run.

use rusqlite::{OptionalExtension, params};

use super::visit::Extra;
use super::{Store, Tx};
use crate::domain::audit::Actor;
use crate::domain::ids::{ResidentId, VisitId};
use crate::domain::resident::Resident;
use crate::domain::time::Moment;
use crate::domain::visit::{Source, State, Visit};
use crate::error::Result;

/// Whether to write, or only to say what would happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Write.
    Write,
    /// Say what would happen and take it all back.
    DryRun,
}

/// A visit of a sign-in book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookVisit {
    /// Who.
    pub resident_id: ResidentId,
    /// Arrival.
    pub arrived_at: Moment,
    /// Departure, where written.
    pub left_at: Option<Moment>,
    /// The book's words.
    pub purposes: Vec<String>,
}

/// What became of a visit of a sign-in book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booked {
    /// New, or it filled in a missing departure, or nothing.
    pub change: BookChange,
    /// Words that name no service; they are kept as they are.
    pub unknown_words: Vec<String>,
}

/// How much a row of the book added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BookChange {
    /// A new visit.
    New,
    /// A known visit got its departure.
    Completed,
    /// A known visit.
    Known,
}

impl Store {
    /// Reads who is known, asks `plan` what to write, and writes it, all in
    /// one transaction.
    ///
    /// # Errors
    /// Database errors; then nothing is written.
    pub fn import_residents<T>(
        &mut self,
        actor: Actor,
        mode: Mode,
        plan: impl FnOnce(&[Resident]) -> (Vec<Resident>, T),
    ) -> Result<T> {
        self.in_mode(actor, mode, |tx| {
            let (residents, answer) = plan(&super::resident::list(tx)?);
            for resident in &residents {
                tx.put_resident(resident, "resident.import", "")?;
            }
            Ok(answer)
        })
    }

    /// Writes the visits of a sign-in book. A visit is known by resident and
    /// arrival, so the same book twice changes nothing.
    ///
    /// # Errors
    /// Database errors; then nothing is written.
    pub fn import_visits(
        &mut self,
        actor: Actor,
        mode: Mode,
        visits: &[BookVisit],
    ) -> Result<Vec<Booked>> {
        self.in_mode(actor, mode, |tx| visits.iter().map(|visit| tx.book(visit)).collect())
    }

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

    fn in_mode<T>(
        &mut self,
        actor: Actor,
        mode: Mode,
        work: impl FnOnce(&Tx<'_>) -> Result<T>,
    ) -> Result<T> {
        match mode {
            Mode::Write => self.transact(actor, work),
            Mode::DryRun => self.rehearse(actor, work),
        }
    }
}

impl Tx<'_> {
    fn book(&self, row: &BookVisit) -> Result<Booked> {
        let mut services = Vec::new();
        let mut unknown_words = Vec::new();
        for word in &row.purposes {
            match super::service::find(self, word)? {
                Some(id) if !services.contains(&id) => services.push(id),
                Some(_) => {}
                None => unknown_words.push(word.clone()),
            }
        }
        let known: Option<(VisitId, State)> = self
            .prepare_cached(include_str!("visit/find_by_arrival.sql"))?
            .query_row(params![row.resident_id, row.arrived_at], |found| {
                Ok((found.get(0)?, found.get(1)?))
            })
            .optional()?;
        let change = match known {
            Some((id, State::NotRecorded)) if row.left_at.is_some() => {
                self.complete(id, row.left_at)?;
                BookChange::Completed
            }
            Some(_) => BookChange::Known,
            None => {
                let visit = Visit {
                    id: VisitId::new(),
                    resident_id: row.resident_id,
                    day: row.arrived_at.day(self.clock.zone()),
                    arrived_at: row.arrived_at,
                    left_at: row.left_at,
                    state: if row.left_at.is_some() { State::Left } else { State::NotRecorded },
                    source: Source::Import,
                    services,
                };
                let other_words = unknown_words.join("、");
                let extra = Extra { other_words: &other_words, ..Extra::of("visit.import") };
                self.add_visit(&visit, &extra)?;
                BookChange::New
            }
        };
        Ok(Booked { change, unknown_words })
    }
}
