//! Candidates for what was typed.

use std::collections::HashSet;

use crate::dictionary::Dictionary;
use crate::lexicon::{Kind, Lexicon};
use crate::names::names;
use crate::search::{Graph, LONGEST_INPUT, Sources, Use, WordRef, sentences};
use crate::spelling::{Fuzzy, Spellings};

/// What a text field asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Field {
    /// Words and sentences.
    #[default]
    Text,
    /// The full name of a person: family names and given names come first.
    Name,
}

/// Text for the first letters of an input, or for all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Chinese characters, simplified.
    pub text: String,
    /// Letters of the input that the text stands for, in bytes from the start of the input.
    pub consumed: usize,
    /// For each character, where its letters end.
    pub(crate) ends: Vec<u8>,
}

/// Reads pinyin with the built-in dictionary and a centre's words.
#[derive(Debug)]
pub struct Engine {
    spellings: Spellings,
    lexicon: Lexicon,
}

impl Default for Engine {
    fn default() -> Self {
        Self::new(Lexicon::default(), Fuzzy::NONE)
    }
}

/// Sentences that are offered before shorter words.
const SENTENCES: usize = 5;
/// Words from one place to another that are offered.
const WORDS: usize = 400;
/// In the field of a name, what is no name stands behind.
const NO_NAME: u32 = 70;
/// Somebody whom the centre knows may be meant again.
const KNOWN_NAME: u32 = 45;
const NAMES: usize = 30;

impl Engine {
    /// With the words of a centre, and the sounds that count as the same. Takes some
    /// milliseconds.
    pub fn new(lexicon: Lexicon, fuzzy: Fuzzy) -> Self {
        Self { spellings: Spellings::new(Dictionary::built_in(), fuzzy), lexicon }
    }

    /// The centre's words, for example after a resident was added or a word was chosen.
    pub fn set_lexicon(&mut self, lexicon: Lexicon) {
        self.lexicon = lexicon;
    }

    /// What the letters may stand for, the likeliest first. Letters are a to z, v for ü, and
    /// the apostrophe between syllables; `u` with a hexadecimal number is a code point. Empty
    /// if nothing can be read.
    pub fn candidates(&self, letters: &str, field: Field) -> Vec<Candidate> {
        if let Some(character) = code_point(letters) {
            let text = character.to_string();
            let end = u8::try_from(letters.len()).unwrap_or(u8::MAX);
            return vec![Candidate { text, consumed: letters.len(), ends: vec![end] }];
        }
        let letters = readable(letters);
        let typed = self.search(&letters, field, false);
        // A slip is assumed only where what was typed can hardly be meant.
        if typed.best.is_some_and(|best| best <= dear(letters.len())) {
            return typed.candidates;
        }
        let slipped = self.search(&letters, field, true);
        if slipped.best.is_none_or(|slipped| typed.best.is_some_and(|best| best <= slipped)) {
            return typed.candidates;
        }
        let mut candidates = slipped.candidates;
        candidates.retain(|candidate| candidate.consumed == letters.len());
        let texts: HashSet<String> = candidates.iter().map(|candidate| candidate.text.clone()).collect();
        candidates.extend(typed.candidates.into_iter().filter(|candidate| !texts.contains(&candidate.text)));
        candidates
    }

    fn search(&self, letters: &str, field: Field, slips: bool) -> Found {
        let dictionary = Dictionary::built_in();
        let graph = Graph::new(dictionary, &self.spellings, letters, slips);
        if graph.start() >= graph.end() {
            return Found::default();
        }
        let sources = Sources { dictionary, lexicon: &self.lexicon, graph: &graph };
        let mut whole: Vec<(u32, Candidate)> = Vec::new();
        let whole_sentences = sentences(&sources, SENTENCES);
        let mut best = whole_sentences.first().map(|sentence| sentence.cost);
        let penalty = if field == Field::Name { NO_NAME } else { 0 };
        for sentence in whole_sentences {
            whole.push((
                sentence.cost + penalty,
                Candidate { text: sentence.text, consumed: graph.end(), ends: sentence.ends },
            ));
        }
        if field == Field::Name {
            let names = names(dictionary, &graph);
            best = best.into_iter().chain(names.first().map(|name| name.cost)).min();
            for name in names.into_iter().take(NAMES) {
                whole
                    .push((name.cost, Candidate { text: name.text, consumed: graph.end(), ends: name.ends }));
            }
        }
        let mut shorter: Vec<(u32, Candidate)> = Vec::new();
        for used in sources.uses(graph.start(), WORDS) {
            let candidate = candidate(&sources, &used);
            let cost = match used.word {
                WordRef::Own(word)
                    if field == Field::Name && self.lexicon.word(word).kind == Kind::Person =>
                {
                    used.cost.saturating_sub(KNOWN_NAME)
                }
                _ if used.reach.to == graph.end() => sources.cost_alone(&used) + penalty,
                _ => used.cost + penalty,
            };
            if used.reach.to == graph.end() {
                whole.push((cost, candidate));
            } else {
                shorter.push((cost, candidate));
            }
        }
        whole.sort_by(|a, b| (a.0, &a.1.text).cmp(&(b.0, &b.1.text)));
        shorter.sort_by(|a, b| (b.1.consumed, a.0, &a.1.text).cmp(&(a.1.consumed, b.0, &b.1.text)));
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut seen = HashSet::new();
        for (_, candidate) in whole.into_iter().chain(shorter) {
            if seen.insert(candidate.text.clone()) {
                candidates.push(candidate);
            }
        }
        Found { candidates, best }
    }
}

/// The letters that are looked at: up to what is no letter, and not too many.
fn readable(typed: &str) -> String {
    let letters = typed.chars().map(|letter| letter.to_ascii_lowercase());
    letters.take_while(|letter| letter.is_ascii_lowercase() || *letter == '\'').take(LONGEST_INPUT).collect()
}

fn candidate(sources: &Sources<'_>, used: &Use) -> Candidate {
    Candidate { text: sources.text(used.word), consumed: used.reach.to, ends: used.reach.ends().to_vec() }
}

/// Candidates, and what the best reading of the whole input costs.
#[derive(Default)]
struct Found {
    candidates: Vec<Candidate>,
    best: Option<u32>,
}

/// Readings dearer than this are hardly what was meant: ordinary words cost about three nats
/// for two letters.
fn dear(letters: usize) -> u32 {
    40 + 17 * u32::try_from(letters).unwrap_or(u32::MAX / 32)
}

/// `u5f20` is 张.
fn code_point(letters: &str) -> Option<char> {
    let digits = letters.strip_prefix('u').filter(|digits| (4..=6).contains(&digits.len()))?;
    let character = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    (!character.is_control()).then_some(character)
}
