//! The words of one centre and what its staff chose before: a small trie in memory.

use crate::dictionary::{Dictionary, Readings, Syllable};
use crate::surnames::surname_readings;

/// What a word names, which says how likely it is to be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A resident, a member of staff, a volunteer: full name.
    Person,
    /// A courtyard, a street, a room.
    Place,
    /// A service, an activity, a team, a reason that was given before.
    Term,
    /// What somebody chose from the candidates, and how many times.
    Chosen(u32),
}

impl Kind {
    fn cost(self) -> u32 {
        match self {
            Self::Person => 78,
            Self::Place => 66,
            Self::Term => 66,
            Self::Chosen(times) => 88_u32.saturating_sub(times.saturating_mul(8)).max(48),
        }
    }
}

#[derive(Debug, Default)]
struct Node {
    children: Vec<(Syllable, u32)>,
    words: Vec<u32>,
}

/// A word with its kind.
#[derive(Debug)]
pub(crate) struct Word {
    pub text: String,
    pub kind: Kind,
    pub cost: u32,
}

/// Words that come before those of the dictionary. What is not Chinese separates words:
/// 共和村5号院 is found as 共和村 and as 号院.
#[derive(Debug)]
pub struct Lexicon {
    nodes: Vec<Node>,
    words: Vec<Word>,
}

impl Default for Lexicon {
    fn default() -> Self {
        Self { nodes: vec![Node::default()], words: Vec::new() }
    }
}

/// A word with more readings than this keeps the most frequent ones.
const READINGS: usize = 8;
const LONGEST: usize = 12;
/// A reading that is this much rarer than the usual one is not expected in a centre's word.
const RARE_READING: u32 = 30;

impl Lexicon {
    /// Takes words with their kinds; a word may stand more than once.
    pub fn new<'a>(words: impl IntoIterator<Item = (&'a str, Kind)>) -> Self {
        let dictionary = Dictionary::built_in();
        let readings = dictionary.readings();
        let mut lexicon = Self::default();
        for (text, kind) in words {
            for run in text.split(|c| readings.of(c).is_empty()) {
                lexicon.add(dictionary, &readings, run, kind);
            }
        }
        lexicon
    }

    fn add(&mut self, dictionary: &Dictionary, readings: &Readings, text: &str, kind: Kind) {
        if !(2..=LONGEST).contains(&text.chars().count()) {
            return;
        }
        let id = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let mut added = false;
        for syllables in spellings(dictionary, readings, text, kind) {
            added |= self.insert(&syllables, id, text, kind);
        }
        if added {
            self.words.push(Word { text: text.to_owned(), kind, cost: kind.cost() });
        }
    }

    fn insert(&mut self, syllables: &[Syllable], id: u32, text: &str, kind: Kind) -> bool {
        let mut node = 0;
        for syllable in syllables {
            let children = &self.nodes[node].children;
            node = match children.binary_search_by_key(syllable, |(label, _)| *label) {
                Ok(at) => children[at].1 as usize,
                Err(at) => {
                    let new = self.nodes.len();
                    self.nodes.push(Node::default());
                    self.nodes[node].children.insert(at, (*syllable, u32::try_from(new).unwrap_or(u32::MAX)));
                    new
                }
            };
        }
        let listed = &mut self.nodes[node].words;
        // The same word twice: the likelier kind stays.
        if let Some(known) =
            listed.iter().copied().find(|word| self.words.get(*word as usize).is_some_and(|w| w.text == text))
        {
            let word = &mut self.words[known as usize];
            if kind.cost() < word.cost {
                (word.kind, word.cost) = (kind, kind.cost());
            }
            return false;
        }
        listed.push(id);
        true
    }

    pub(crate) fn word(&self, id: u32) -> &Word {
        &self.words[id as usize]
    }

    pub(crate) fn words_at(&self, node: u32) -> &[u32] {
        &self.nodes[node as usize].words
    }

    pub(crate) fn children(&self, node: u32) -> &[(Syllable, u32)] {
        &self.nodes[node as usize].children
    }
}

/// The ways a word may be read.
fn spellings(dictionary: &Dictionary, readings: &Readings, text: &str, kind: Kind) -> Vec<Vec<Syllable>> {
    let mut spellings = vec![Vec::new()];
    let mut rest = text;
    if kind == Kind::Person
        && let Some((family, read)) = surname_readings(dictionary, text)
    {
        spellings = read;
        rest = &text[family..];
    }
    for character in rest.chars() {
        let listed = readings.of(character);
        let Some((usual, _)) = listed.first() else { return Vec::new() };
        let likely = listed.iter().filter(|(cost, _)| *cost <= usual + RARE_READING);
        let longer = likely.flat_map(|(_, syllable)| {
            spellings.iter().map(move |begun| begun.iter().copied().chain([*syllable]).collect())
        });
        spellings = longer.take(READINGS).collect();
    }
    spellings
}
