//! Writing by pinyin with the words of a centre.

use std::collections::BTreeSet;

use daycare_core::audit::Actor;
use daycare_ime::{Engine, Field, Fuzzy, Kind};
use daycare_kiosk::i18n::pinyin::reading;
use daycare_kiosk::typing;

use testkit::centre::Centre;

/// Letters as they are typed: without tones, ü as v, an apostrophe before a vowel.
fn letters(name: &str) -> String {
    let mut letters = String::new();
    for syllable in reading(name).split_whitespace() {
        let plain = syllable.trim_end_matches(|c: char| c.is_ascii_digit()).replace('ü', "v");
        if !letters.is_empty() && plain.starts_with(['a', 'o', 'e']) {
            letters.push('\'');
        }
        letters.push_str(&plain);
    }
    letters
}

fn demo() -> (Centre, Engine) {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let _ = daycare_kiosk::demo::seed(&mut centre.store).expect("seeded");
    let engine = Engine::new(typing::lexicon(&centre.store).expect("words"), Fuzzy::NONE);
    (centre, engine)
}

#[test]
fn every_name_of_the_centre_is_on_the_first_page_of_candidates() {
    let (centre, engine) = demo();
    let names: BTreeSet<String> = centre
        .store
        .residents()
        .expect("residents")
        .into_iter()
        .map(|resident| resident.profile.name)
        .collect();
    assert!(names.len() >= 40, "{}", names.len());
    let (mut first, mut by_initials) = (0, 0);
    for name in &names {
        let typed = letters(name);
        let found = engine.candidates(&typed, Field::Name);
        let rank = found.iter().position(|candidate| candidate.text == *name);
        assert!(rank.is_some_and(|rank| rank < 5), "{typed} {name}: {rank:?}");
        first += usize::from(rank == Some(0));
        let initials: String =
            reading(name).split_whitespace().filter_map(|syllable| syllable.chars().next()).collect();
        let found = engine.candidates(&initials, Field::Name);
        by_initials += usize::from(found.iter().take(5).any(|candidate| candidate.text == *name));
    }
    assert!(first * 100 >= names.len() * 90, "{first} of {} come first", names.len());
    assert!(by_initials * 100 >= names.len() * 80, "{by_initials} of {} by initials", names.len());
}

#[test]
fn places_services_and_teams_are_found_by_initials() {
    let (centre, engine) = demo();
    for (word, kind) in typing::words(&centre.store).expect("words") {
        let han = word.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        if kind == Kind::Person || !han || word.chars().count() < 4 || word.chars().count() > 8 {
            continue;
        }
        let initials: String =
            reading(&word).split_whitespace().filter_map(|syllable| syllable.chars().next()).collect();
        let found = engine.candidates(&initials, Field::Text);
        assert!(found.iter().take(5).any(|candidate| candidate.text == word), "{initials} {word}");
    }
}

#[test]
fn a_reason_that_was_given_is_offered_again_and_an_erased_person_is_not() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let who = centre.resident("谌婉容");
    let words = |centre: &Centre| typing::words(&centre.store).expect("words");
    assert!(words(&centre).contains(&("谌婉容".into(), Kind::Person)));
    centre.store.erase_person(Actor::Program, who, "谌婉容本人要求删除").expect("erased");
    assert!(words(&centre).iter().all(|(word, _)| !word.contains("婉容")), "{:?}", words(&centre));
    let other = centre.resident("王福全");
    centre.store.erase_person(Actor::Program, other, "家属来电要求删除资料").expect("erased");
    assert!(words(&centre).contains(&("家属来电要求删除资料".into(), Kind::Term)));
}
