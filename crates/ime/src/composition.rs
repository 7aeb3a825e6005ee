//! Letters on their way to become text.

use crate::engine::{Candidate, Engine, Field};
use crate::search::{LONGEST_INPUT, Pin};

/// What was typed and what was chosen of it so far. Nothing is text before all letters are
/// chosen: [`Composition::finished`].
#[derive(Debug, Clone, Default)]
pub struct Composition {
    letters: String,
    pins: Vec<Pin>,
    /// Where the writer chooses: candidates start here.
    at: usize,
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

    /// Takes back the last choice if all letters before the writer's place were chosen by it,
    /// else the last letter.
    pub fn backspace(&mut self) {
        if let Some(last) = self.pins.pop_if(|pin| pin.to == self.at) {
            self.at = last.from;
            return;
        }
        self.letters.pop();
        while self.letters.ends_with('\'') {
            self.letters.pop();
        }
        let length = self.letters.len();
        self.pins.retain(|pin| pin.to <= length);
        self.at = self.at.min(length);
    }

    /// Drops all letters and choices.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// What may be chosen for the letters from the writer's place on.
    pub fn candidates(&self, engine: &Engine, field: Field) -> Vec<Candidate> {
        let field = if self.at == 0 { field } else { Field::Text };
        engine.read(&self.letters, &self.pins, self.at, field)
    }

    /// Takes a candidate of [`Composition::candidates`].
    pub fn choose(&mut self, candidate: &Candidate) {
        let (from, to) = (self.at, candidate.consumed.min(self.letters.len()));
        self.pins.retain(|pin| pin.to <= from || pin.from >= to);
        self.pins.push(Pin { from, to, text: candidate.text.clone(), ends: candidate.ends.clone() });
        self.pins.sort_by_key(|pin| pin.from);
        // On to what is not chosen yet.
        self.at = self.next_open(to);
    }

    fn next_open(&self, mut place: usize) -> usize {
        loop {
            while self.letters.as_bytes().get(place) == Some(&b'\'') {
                place += 1;
            }
            match self.pins.iter().find(|pin| pin.from == place) {
                Some(pin) if pin.to > place => place = pin.to,
                _ => return place,
            }
        }
    }

    /// The text, if every letter was chosen.
    pub fn finished(&self) -> Option<String> {
        let whole = !self.letters.is_empty() && self.next_open(0) >= self.letters.len();
        whole.then(|| self.pins.iter().map(|pin| pin.text.as_str()).collect())
    }

    /// Pairs of what was chosen and the letters that it stands for: what to learn.
    pub fn choices(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pins.iter().map(|pin| (pin.text.as_str(), &self.letters[pin.from..pin.to]))
    }

    /// The likeliest text of all letters, and for each of its characters where its letters
    /// end. `None` if the letters cannot be read.
    pub fn preview(&self, engine: &Engine) -> Option<(String, Vec<usize>)> {
        let sentence = engine.sentence(&self.letters, &self.pins)?;
        Some((sentence.text, sentence.ends.iter().map(|end| usize::from(*end)).collect()))
    }

    /// Puts the writer before a character of [`Composition::preview`], to choose it anew. What
    /// stands before it is chosen as it is shown, what follows is open again.
    pub fn focus(&mut self, engine: &Engine, character: usize) {
        let Some((text, ends)) = self.preview(engine) else { return };
        let place = match character.checked_sub(1) {
            None => 0,
            Some(before) => ends.get(before).copied().unwrap_or(self.letters.len()),
        };
        // What stands before the place stays as it is shown.
        let (front, ends) = (&text, &ends[..character.min(ends.len())]);
        self.pins.clear();
        if !ends.is_empty() {
            let ends = ends.iter().map(|end| u8::try_from(*end).unwrap_or(u8::MAX)).collect();
            self.pins.push(Pin { from: 0, to: place, text: front.chars().take(character).collect(), ends });
        }
        self.at = place;
    }
}
