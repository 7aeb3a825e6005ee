//! The words of one centre, for writing them by pinyin.

use daycare_ime::{Kind, Lexicon};
use daycare_store::{Store, setting};

use crate::error::Result;

/// Reasons that are worth offering again.
const REASONS: u32 = 200;

/// What the centre writes often: people, places, services, and reasons that were given before.
/// Erased people are not among them. A word may stand more than once.
///
/// # Errors
/// The database cannot be read.
pub fn words(store: &Store) -> Result<Vec<(String, Kind)>> {
    let mut words = Vec::new();
    let mut add = |kind: Kind, listed: &mut dyn Iterator<Item = String>| {
        words.extend(listed.filter(|word| !word.is_empty()).map(|word| (word, kind)));
    };
    let residents = store.named_residents()?;
    add(Kind::Person, &mut residents.iter().map(|resident| resident.profile.name.clone()));
    add(Kind::Person, &mut residents.iter().map(|resident| resident.profile.contact_name.clone()));
    add(Kind::Person, &mut store.staff()?.into_iter().map(|staff| staff.name));
    add(Kind::Person, &mut store.volunteers()?.into_iter().map(|volunteer| volunteer.name));
    add(Kind::Place, &mut residents.iter().map(|resident| resident.profile.yard.clone()));
    add(Kind::Place, &mut residents.iter().map(|resident| resident.profile.grid.clone()));
    add(Kind::Place, &mut store.rooms()?.into_iter().map(|room| room.name));
    add(Kind::Place, &mut store.setting(setting::CENTRE_NAME)?.into_iter());
    add(Kind::Term, &mut store.names_in_use()?.into_iter());
    add(Kind::Term, &mut store.past_reasons(REASONS)?.into_iter());
    Ok(words)
}

/// The words of [`words`], ready for the engine. Takes some milliseconds for a large centre: not
/// for the thread that draws.
///
/// # Errors
/// The database cannot be read.
pub fn lexicon(store: &Store) -> Result<Lexicon> {
    let words = words(store)?;
    Ok(Lexicon::new(words.iter().map(|(word, kind)| (word.as_str(), *kind))))
}
