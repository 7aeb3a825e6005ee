//! Letters on their way to become text.

use crate::engine::{Candidate, Engine, Field};
use crate::search::LONGEST_INPUT;

/// Text that was chosen for some letters.
#[derive(Debug, Clone)]
struct Choice {
    text: String,
    /// Where its letters start and end.
    from: usize,
    to: usize,
    /// Where the letters of each character end, counted from `from`.
    ends: Vec<u8>,
}

impl Choice {
    /// The first characters of a text that stands for letters from `from` on.
    fn first(text: &str, ends: &[u8], characters: usize, from: usize) -> Option<Self> {
        let to = from + usize::from(*ends.get(characters.checked_sub(1)?)?);
        let text = text.chars().take(characters).collect();
        Some(Self { text, from, to, ends: ends[..characters].to_vec() })
    }
}

/// What was typed, and what was chosen of it so far, from the first letter on. Nothing is text
/// before all letters are chosen: [`Composition::finished`].
#[derive(Debug, Clone, Default)]
pub struct Composition {
    letters: String,
    choices: Vec<Choice>,
}

impl Composition {
    /// Whether no letters are on their way.
    pub fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    /// The letters typed so far.
    pub fn letters(&self) -> &str {
        &self.letters
    }

    /// Where the letters start for which nothing was chosen yet.
    fn open_from(&self) -> usize {
        self.choices.last().map_or(0, |choice| choice.to)
    }

    /// Adds a letter or an apostrophe; anything else is ignored and answered with `false`, as is
    /// what would make more than 96 letters. An apostrophe needs letters before it.
    pub fn push(&mut self, letter: char) -> bool {
        let letter = letter.to_ascii_lowercase();
        let digit = letter.is_ascii_digit() && self.letters.starts_with('u');
        let apostrophe = letter == '\'' && !self.letters.is_empty() && !self.letters.ends_with('\'');
        let room = self.letters.len() < LONGEST_INPUT;
        let taken = room && (letter.is_ascii_lowercase() || digit || apostrophe);
        if taken {
            self.letters.push(letter);
        }
        taken
    }

    /// Takes back the last choice, or the last letter if nothing was chosen.
    pub fn backspace(&mut self) {
        if self.choices.pop().is_some() {
            return;
        }
        self.letters.pop();
        while self.letters.ends_with('\'') {
            self.letters.pop();
        }
    }

    /// Drops all letters and choices.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// What may be chosen for the letters that are open.
    pub fn candidates(&self, engine: &Engine, field: Field) -> Vec<Candidate> {
        // A name is looked for in all letters; what follows a choice is its rest.
        let field = if self.choices.is_empty() { field } else { Field::Text };
        engine.candidates(&self.letters[self.open_from()..], field)
    }

    /// Takes a candidate of [`Composition::candidates`].
    pub fn choose(&mut self, candidate: &Candidate) {
        let from = self.open_from();
        let mut to = (from + candidate.consumed).min(self.letters.len());
        if self.letters[to..].chars().all(|letter| letter == '\'') {
            to = self.letters.len();
        }
        self.choices.push(Choice { text: candidate.text.clone(), from, to, ends: candidate.ends.clone() });
    }

    /// The text, if every letter was chosen.
    pub fn finished(&self) -> Option<String> {
        let whole = !self.letters.is_empty() && self.open_from() >= self.letters.len();
        whole.then(|| self.chosen())
    }

    fn chosen(&self) -> String {
        self.choices.iter().map(|choice| choice.text.as_str()).collect()
    }

    /// Pairs of what was chosen and the letters that it stands for: what to learn.
    pub fn choices(&self) -> impl Iterator<Item = (&str, &str)> {
        self.choices.iter().map(|choice| (choice.text.as_str(), &self.letters[choice.from..choice.to]))
    }

    /// The first candidate for all open letters.
    fn expected(&self, engine: &Engine, field: Field) -> Option<Candidate> {
        let open = self.letters.len() - self.open_from();
        self.candidates(engine, field).into_iter().find(|candidate| candidate.consumed == open)
    }

    /// What was chosen and what is expected for the rest: for showing it in the field. `None` if
    /// the rest cannot be read.
    pub fn preview(&self, engine: &Engine, field: Field) -> Option<String> {
        if self.open_from() >= self.letters.len() {
            return Some(self.chosen());
        }
        Some(self.chosen() + &self.expected(engine, field)?.text)
    }

    /// Goes to the character of [`Composition::preview`] that is to be chosen anew. What stands
    /// before it is kept as it is shown; it and what follows are open again.
    pub fn focus(&mut self, engine: &Engine, field: Field, character: usize) {
        let mut before = 0;
        for at in 0..self.choices.len() {
            let choice = &self.choices[at];
            let length = choice.text.chars().count();
            if before + length > character {
                let kept = Choice::first(&choice.text, &choice.ends, character - before, choice.from);
                self.choices.truncate(at);
                self.choices.extend(kept);
                return;
            }
            before += length;
        }
        if let Some(expected) = self.expected(engine, field) {
            let from = self.open_from();
            self.choices.extend(Choice::first(&expected.text, &expected.ends, character - before, from));
        }
    }
}
