//! Writing an import: one transaction a file, or none for a dry run.

use rusqlite::{OptionalExtension, params};

use super::visit::Extra;
use super::{Store, Tx};
use crate::domain::audit::Actor;
use crate::domain::ids::VisitId;
use crate::domain::resident::Resident;
use crate::domain::time::Moment;
use crate::domain::visit::{Source, State, Visit};
use crate::error::Result;
use crate::intake::outcome::{Fate, Outcome, Warning, WarningKind};
use crate::intake::registry::{self, Registry};
use crate::intake::visits::{Book, Entry};

/// Whether to write, or only to say what would happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Write.
    Write,
    /// Say what would happen and take it all back.
    DryRun,
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

    /// Writes a registry that was read, in one transaction.
    ///
    /// # Errors
    /// The key is missing, or database errors; then nothing is written.
    pub fn import_registry(&mut self, actor: Actor, mode: Mode, registry: &Registry) -> Result<Outcome> {
        let secret = self.secret()?;
        self.in_mode(actor, mode, |tx| {
            let known = super::resident::list(tx)?;
            let plan = registry::plan(registry, &known, |number| secret.hash(number));
            for resident in &plan.residents {
                tx.put_resident(resident, "resident.import", "")?;
            }
            Ok(plan.outcome)
        })
    }

    /// Writes a sign-in book that was read, in one transaction. A visit is
    /// known by resident and arrival, so the same book twice changes nothing.
    ///
    /// # Errors
    /// Database errors; then nothing is written.
    pub fn import_book(&mut self, actor: Actor, mode: Mode, book: &Book) -> Result<Outcome> {
        let mut outcome = Outcome {
            rejected: book.rejected.clone(),
            warnings: book.warnings.clone(),
            ..Outcome::default()
        };
        self.in_mode(actor, mode, |tx| {
            for entry in &book.entries {
                let (fate, unknown_word) = tx.book(entry)?;
                outcome.count(fate);
                if unknown_word {
                    let kind = WarningKind::UnknownPurpose;
                    outcome.warnings.push(Warning { line: entry.line, kind });
                }
            }
            Ok(())
        })?;
        outcome.warnings.sort_unstable();
        Ok(outcome)
    }

    fn in_mode<T>(&mut self, actor: Actor, mode: Mode, work: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        match mode {
            Mode::Write => self.transact(actor, work),
            Mode::DryRun => self.rehearse(actor, work),
        }
    }
}

impl Tx<'_> {
    /// One row of a book: what became of it, and whether it has a word that
    /// names no service (such words are kept as they are).
    fn book(&self, row: &Entry) -> Result<(Fate, bool)> {
        let zone = self.clock.zone();
        let arrived_at = Moment::from_local(row.arrived, zone);
        let left_at = row.left.map(|left| Moment::from_local(left, zone));
        let mut services = Vec::new();
        let mut unknown_words = Vec::new();
        for word in &row.purposes {
            match super::service::find(self, word)? {
                Some(id) if !services.contains(&id) => services.push(id),
                Some(_) => {}
                None => unknown_words.push(word.as_str()),
            }
        }
        let known: Option<(VisitId, State)> = self
            .prepare_cached(include_str!("visit/find_by_arrival.sql"))?
            .query_row(params![row.resident, arrived_at], |found| Ok((found.get(0)?, found.get(1)?)))
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
