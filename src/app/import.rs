//! Writing what an import has read: the command line and the first start
//! both come through here.

use crate::domain::audit::Actor;
use crate::domain::time::Moment;
use crate::error::Result;
use crate::intake::outcome::{Fate, Outcome, Warning, WarningKind};
use crate::intake::{registry, visits};
use crate::storage::Store;
use crate::storage::intake::{BookChange, BookVisit, Mode};

/// Writes a registry that was read, in one transaction.
///
/// # Errors
/// The key is missing, or database errors; then nothing is written.
pub fn write_registry(
    store: &mut Store,
    actor: Actor,
    mode: Mode,
    registry: &registry::Registry,
) -> Result<Outcome> {
    let secret = store.secret()?;
    store.import_residents(actor, mode, |known| {
        let plan = registry::plan(registry, known, |number| secret.hash(number));
        (plan.residents, plan.outcome)
    })
}

/// Writes a sign-in book that was read, in one transaction.
///
/// # Errors
/// Database errors; then nothing is written.
pub fn write_book(
    store: &mut Store,
    actor: Actor,
    mode: Mode,
    book: &visits::Book,
) -> Result<Outcome> {
    let zone = store.clock().zone();
    let rows: Vec<BookVisit> = book
        .entries
        .iter()
        .map(|entry| BookVisit {
            resident_id: entry.resident,
            arrived_at: Moment::from_local(entry.arrived, zone),
            left_at: entry.left.map(|left| Moment::from_local(left, zone)),
            purposes: entry.purposes.clone(),
        })
        .collect();
    let mut outcome = Outcome {
        rejected: book.rejected.clone(),
        warnings: book.warnings.clone(),
        ..Outcome::default()
    };
    for (entry, booked) in book.entries.iter().zip(store.import_visits(actor, mode, &rows)?) {
        outcome.count(match booked.change {
            BookChange::New => Fate::Accepted,
            BookChange::Completed => Fate::Updated,
            BookChange::Known => Fate::Unchanged,
        });
        if !booked.unknown_words.is_empty() {
            outcome.warnings.push(Warning { line: entry.line, kind: WarningKind::UnknownPurpose });
        }
    }
    outcome.warnings.sort_unstable();
    Ok(outcome)
}
