//! Names of people: a family name with its own reading, then one or two characters.

use std::collections::HashMap;

use crate::dictionary::{Dictionary, Trie, WordId};
use crate::search::{Graph, Reach, keep_first, walk};

/// One given name in four has one character: −10 · ln ¼, and of ¾ for two.
const ONE_CHARACTER: u32 = 14;
const TWO_CHARACTERS: u32 = 3;
/// Given names, and characters of them, that are looked at.
const MOST_GIVEN: usize = 40;

/// A name that the whole input may stand for.
pub(crate) struct Name {
    pub text: String,
    pub cost: u32,
    pub ends: Vec<u8>,
}

/// Names that take up all letters.
pub(crate) fn names(dictionary: &Dictionary, graph: &Graph) -> Vec<Name> {
    let mut found = Vec::new();
    let mut given_from: HashMap<(usize, bool), Vec<Given>> = HashMap::new();
    for family in walk(&dictionary.surnames, graph, graph.start()) {
        if dictionary.surnames.words(family.node).is_empty() {
            continue;
        }
        let given = given_from
            .entry((family.to, family.slip))
            .or_insert_with(|| given_names(dictionary, graph, &family));
        for surname in dictionary.surnames.words(family.node).take(6) {
            let start = dictionary.surnames.cost(surname) + family.cost;
            for (text, cost, ends) in given.iter() {
                found.push(Name {
                    text: dictionary.text(&dictionary.surnames, surname).chain(text.chars()).collect(),
                    cost: start + cost,
                    ends: family.ends().iter().chain(ends).copied().collect(),
                });
            }
        }
    }
    found.sort_by(|a, b| (a.cost, &a.text).cmp(&(b.cost, &b.text)));
    found
}

/// Text, cost, and where each character's letters end.
type Given = (String, u32, Vec<u8>);

/// A character (or two) of a given name.
#[derive(Clone, Copy)]
struct Part {
    word: WordId,
    reach: Reach,
    cost: u32,
}

/// The likeliest parts that the letters from a place may stand for, for each place where they end.
fn parts(trie: &Trie, graph: &Graph, from: usize) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for reach in walk(trie, graph, from) {
        let words = trie.words(reach.node).take(MOST_GIVEN);
        parts.extend(words.map(|word| Part { word, reach, cost: trie.cost(word) + reach.cost }));
    }
    parts.sort_unstable_by_key(|part| (part.reach.to, part.cost, part.word));
    keep_first(&mut parts, MOST_GIVEN, |part| part.reach.to);
    parts
}

/// Given names that take up the letters after a family name.
fn given_names(dictionary: &Dictionary, graph: &Graph, family: &Reach) -> Vec<Given> {
    let end = graph.end();
    let mut names: Vec<(u32, Part, Option<Part>)> = Vec::new();
    let mut lasts_from: HashMap<usize, Vec<Part>> = HashMap::new();
    for first in parts(&dictionary.given_first, graph, family.to) {
        let slip = family.slip || first.reach.slip;
        if family.slip && first.reach.slip {
            continue;
        }
        if first.reach.to == end {
            names.push((first.cost + ONE_CHARACTER, first, None));
            continue;
        }
        let lasts = lasts_from
            .entry(first.reach.to)
            .or_insert_with(|| parts(&dictionary.given_last, graph, first.reach.to));
        let whole = lasts.iter().filter(|last| last.reach.to == end && !(slip && last.reach.slip));
        names.extend(whole.map(|last| (first.cost + last.cost + TWO_CHARACTERS, first, Some(*last))));
    }
    names.sort_by_key(|(cost, first, last)| (*cost, first.word, last.map(|last| last.word)));
    names.truncate(MOST_GIVEN);
    let text = |trie, part: &Part| dictionary.text(trie, part.word).collect::<String>();
    let mut given: Vec<Given> = names
        .iter()
        .map(|(cost, first, last)| {
            let mut name = text(&dictionary.given_first, first);
            let mut ends = first.reach.ends().to_vec();
            if let Some(last) = last {
                name.push_str(&text(&dictionary.given_last, last));
                ends.extend_from_slice(last.reach.ends());
            }
            (name, *cost, ends)
        })
        .collect();
    let both = parts(&dictionary.given_names, graph, family.to).into_iter();
    given.extend(both.filter(|both| both.reach.to == end && !(both.reach.slip && family.slip)).map(|both| {
        let cost = both.cost + TWO_CHARACTERS;
        (text(&dictionary.given_names, &both), cost, both.reach.ends().to_vec())
    }));
    given.sort_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
    given
}
