//! Pinyin input for a touchscreen without a keyboard.
//!
//! Letters go in, Chinese words come out: whole syllables (`xueya` → 血压), initials
//! (`ghl` → 共和路), both mixed, with one slip of the finger and the sounds that Sichuan
//! speakers do not tell apart. Sentences are found by a language model over words; a centre's
//! own words come first. The crate has no user interface and does no I/O.
//!
//! ```
//! use daycare_ime::{Engine, Field};
//!
//! let engine = Engine::default();
//! let first = &engine.candidates("liangxueya", Field::Text)[0];
//! assert_eq!(first.text, "量血压");
//! assert_eq!(first.consumed, "liangxueya".len());
//! ```
//!
//! Costs are tenths of a nat (−10 · ln of a probability) everywhere: 23 is one in ten.

mod composition;
mod dictionary;
mod engine;
mod lexicon;
mod names;
mod search;
mod spelling;
mod surnames;

pub use composition::Composition;
pub use engine::{Candidate, Engine, Field};
pub use lexicon::{Kind, Lexicon};
pub use spelling::Fuzzy;

/// The spellings of all syllables, sorted; ü is written v.
pub fn syllables() -> &'static [&'static str] {
    dictionary::Dictionary::built_in().syllables()
}
