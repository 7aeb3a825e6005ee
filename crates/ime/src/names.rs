//! Names of people: a family name with its own reading, then one or two characters.

use std::collections::HashMap;

use crate::dictionary::{Dictionary, Trie};
use crate::search::{Graph, Reach, walk};

/// One given name in four has one character.
const ONE_CHARACTER: u32 = 14;
const TWO_CHARACTERS: u32 = 3;
const MOST_GIVEN: usize = 40;

/// A name that the whole input may stand for.
pub(crate) struct Name {
    pub text: String,
    pub cost: u32,
    pub ends: Vec<u8>,
}

/// Names that take up the letters from `from` to the end.
pub(crate) fn names(dictionary: &Dictionary, graph: &Graph, from: usize) -> Vec<Name> {
    let mut found = Vec::new();
    let mut given_from: HashMap<(usize, bool), Vec<Given>> = HashMap::new();
    for family in walk(&dictionary.surnames, graph, from) {
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

/// Given names that take up the letters after a family name.
fn given_names(dictionary: &Dictionary, graph: &Graph, family: &Reach) -> Vec<Given> {
    let words = |trie: &'static Trie, reach: &Reach| {
        let (cost, ends) = (reach.cost, reach.ends().to_vec());
        trie.words(reach.node).take(MOST_GIVEN).map(move |word| {
            let text: String = Dictionary::built_in().text(trie, word).collect();
            (text, trie.cost(word) + cost, ends.clone())
        })
    };
    let built_in = Dictionary::built_in();
    let mut given = Vec::new();
    for first in walk(&dictionary.given_first, graph, family.to) {
        if family.slip && first.slip {
            continue;
        }
        if first.to == graph.end() {
            given.extend(
                words(&built_in.given_first, &first)
                    .map(|(text, cost, ends)| (text, cost + ONE_CHARACTER, ends)),
            );
            continue;
        }
        let lasts: Vec<Reach> = walk(&dictionary.given_last, graph, first.to)
            .into_iter()
            .filter(|last| last.to == graph.end() && !(last.slip && (first.slip || family.slip)))
            .collect();
        for (a, cost_a, ends_a) in words(&built_in.given_first, &first) {
            for last in &lasts {
                for (b, cost_b, ends_b) in words(&built_in.given_last, last).take(12) {
                    let ends = ends_a.iter().chain(&ends_b).copied().collect();
                    given.push((format!("{a}{b}"), cost_a + cost_b + TWO_CHARACTERS, ends));
                }
            }
        }
    }
    for both in walk(&dictionary.given_names, graph, family.to) {
        if both.to == graph.end() && !(both.slip && family.slip) {
            given.extend(
                words(&built_in.given_names, &both)
                    .map(|(text, cost, ends)| (text, cost + TWO_CHARACTERS, ends)),
            );
        }
    }
    given.sort_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
    given.truncate(MOST_GIVEN * 2);
    given
}
