//! Writing a sign-in book.

use daycare_core::ids::VisitId;
use daycare_core::import::outcome::{Doubt, Fate};
use daycare_core::import::rows::SignInRow;
use daycare_core::time::Moment;
use daycare_core::visit::{Correction, Source, State, Visit};
use rusqlite::OptionalExtension;

use crate::audit::TrailEntry;
use crate::connection::Tx;
use crate::error::Result;
use crate::sql::{RowExt, params};
use crate::visit::Extra;

/// Reason of a correction that a mended book makes.
const FROM_A_BOOK: &str = "import";

impl Tx<'_> {
    /// Writes one row of a book. Returns what it did, or the doubt about it; and whether it
    /// contains words that match no service (they are kept as they are).
    pub(super) fn book(
        &self,
        row: &SignInRow,
        confirmed: bool,
    ) -> Result<(std::result::Result<Fate, Doubt>, bool)> {
        let zone = self.clock.zone();
        let arrived_at = Moment::from_local(row.arrived, zone);
        let left_at = row.left.map(|left| Moment::from_local(left, zone));
        let (mut services, mut unknown_words) = (Vec::new(), Vec::new());
        for word in &row.purposes {
            match crate::service::find(self, word)? {
                Some(id) if !services.contains(&id) => services.push(id),
                Some(_) => {}
                None => unknown_words.push(word.as_str()),
            }
        }
        let known: Option<(VisitId, bool)> = self
            .prepare_cached(include_str!("../visit/find_by_arrival.sql"))?
            .query_row(params![row.resident, arrived_at], |found| Ok((found.read(0)?, found.read(1)?)))
            .optional()?;
        let Some((id, corrected)) = known else {
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
            return Ok((Ok(Fate::Accepted), !unknown_words.is_empty()));
        };
        let visit = crate::visit::read::require(self, id)?;
        // What staff corrected or struck out is not changed by the old book.
        if corrected || !matches!(visit.state, State::Left | State::NotRecorded) {
            return Ok((Ok(Fate::Unchanged), !unknown_words.is_empty()));
        }
        let mut fate = Fate::Unchanged;
        let mut current = visit;
        if left_at.is_some() && current.left_at != left_at {
            if current.left_at.is_none() {
                self.complete(id, left_at)?;
            } else if confirmed {
                let with = Correction {
                    new_id: VisitId::new(),
                    arrived_at,
                    left_at,
                    services: current.services.clone(),
                    reason: FROM_A_BOOK.into(),
                };
                current = self.correct(id, &with)?;
            } else {
                return Ok((Err(Doubt::OtherDeparture), !unknown_words.is_empty()));
            }
            fate = Fate::Updated;
        }
        if self.add_purposes(&current, &services, &unknown_words)? {
            fate = Fate::Updated;
        }
        Ok((Ok(fate), !unknown_words.is_empty()))
    }

    /// Adds purposes that the visit does not have; `false` if it has them all.
    fn add_purposes(
        &self,
        visit: &Visit,
        services: &[daycare_core::ids::ServiceId],
        words: &[&str],
    ) -> Result<bool> {
        let mut all = visit.services.clone();
        all.extend(services.iter().filter(|service| !visit.services.contains(service)));
        let more_services = all.len() > visit.services.len();
        if more_services {
            self.change_services(visit, &all)?;
        }
        let known: String = self
            .prepare_cached(include_str!("../visit/get_other_words.sql"))?
            .query_row(params![visit.id], |row| row.read(0))?;
        let missing: Vec<&str> =
            words.iter().copied().filter(|word| !known.split('、').any(|one| one == *word)).collect();
        if missing.is_empty() {
            return Ok(more_services);
        }
        let words: Vec<&str> = known.split('、').filter(|word| !word.is_empty()).chain(missing).collect();
        let words = words.join("、");
        let _ = self
            .prepare_cached(include_str!("../visit/set_other_words.sql"))?
            .execute(params![visit.id, words])?;
        let change = TrailEntry::new("visit.services", "visit", visit.id.uuid())
            .before(serde_json::json!({ "other_words": known }))
            .after(serde_json::json!({ "other_words": words }));
        self.log(&change)?;
        Ok(true)
    }
}
