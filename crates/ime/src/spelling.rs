//! What typed letters may stand for: whole syllables, syllables that sound alike, initials,
//! and syllables with one slip of the finger.

use std::collections::HashMap;
use std::ops::Range;

use crate::dictionary::{Dictionary, Syllable};

/// Sounds that count as the same, a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fuzzy(u8);

impl Fuzzy {
    /// Every sound by itself.
    pub const NONE: Self = Self(0);
    /// n and l.
    pub const N_L: Self = Self(1);
    /// z and zh.
    pub const Z_ZH: Self = Self(1 << 1);
    /// c and ch.
    pub const C_CH: Self = Self(1 << 2);
    /// s and sh.
    pub const S_SH: Self = Self(1 << 3);
    /// an and ang, as in uan and uang.
    pub const AN_ANG: Self = Self(1 << 4);
    /// en and eng.
    pub const EN_ENG: Self = Self(1 << 5);
    /// in and ing.
    pub const IN_ING: Self = Self(1 << 6);
    /// h and f: hu and fu, hui and fei.
    pub const H_F: Self = Self(1 << 7);
    /// What speakers in Sichuan do not tell apart.
    pub const ALL: Self = Self(0xff);

    /// Both settings.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of the other's sounds are among these.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Initials that stand for each other.
    const INITIALS: [(Self, &'static str, &'static str); 5] = [
        (Self::N_L, "n", "l"),
        (Self::Z_ZH, "z", "zh"),
        (Self::C_CH, "c", "ch"),
        (Self::S_SH, "s", "sh"),
        (Self::H_F, "f", "h"),
    ];
    /// Endings that stand for each other.
    const ENDINGS: [(Self, &'static str, &'static str); 3] =
        [(Self::AN_ANG, "an", "ang"), (Self::EN_ENG, "en", "eng"), (Self::IN_ING, "in", "ing")];

    /// Spellings that sound like this one, without itself.
    fn alike(self, spelling: &str) -> Vec<String> {
        let (initial, ending) = split(spelling);
        let mut initials = vec![initial.to_owned()];
        for (pair, a, b) in Self::INITIALS {
            if self.has(pair) && initial == a {
                initials.push(b.to_owned());
            } else if self.has(pair) && initial == b {
                initials.push(a.to_owned());
            }
        }
        let mut endings = vec![ending.to_owned()];
        for (pair, short, long) in Self::ENDINGS {
            if self.has(pair) && ending.ends_with(long) {
                endings.push(ending[..ending.len() - 1].to_owned());
            } else if self.has(pair) && ending.ends_with(short) {
                endings.push(format!("{ending}g"));
            }
        }
        let mut alike = Vec::new();
        for initial in &initials {
            for ending in &endings {
                alike.push(format!("{initial}{ending}"));
                // Before u, h and f are one sound: hua and fa, hui and fei, hong and feng.
                if self.has(Self::H_F) {
                    alike.extend(Self::h_f(initial, ending));
                }
            }
        }
        alike.sort_unstable();
        alike.dedup();
        alike.retain(|other| other != spelling);
        alike
    }

    fn h_f(initial: &str, ending: &str) -> Option<String> {
        match (initial, ending) {
            ("h", "ui") => Some("fei".to_owned()),
            ("h", "un") => Some("fen".to_owned()),
            ("h", "ong") => Some("feng".to_owned()),
            ("h", rest) if rest.len() > 1 && rest.starts_with('u') => Some(format!("f{}", &rest[1..])),
            ("f", "ei") => Some("hui".to_owned()),
            ("f", "en") => Some("hun".to_owned()),
            ("f", "eng") => Some("hong".to_owned()),
            ("f", rest) => Some(format!("hu{rest}")),
            _ => None,
        }
    }
}

/// The initial and the ending of a spelling.
fn split(spelling: &str) -> (&str, &str) {
    let length = match spelling.as_bytes() {
        [b'z' | b'c' | b's', b'h', ..] => 2,
        [b'a' | b'e' | b'o', ..] | [] => 0,
        _ => 1,
    };
    spelling.split_at(length)
}

/// What a typed spelling costs more than the right one.
const FUZZY_COST: u32 = 18;
const SLIP_COST: u32 = 85;
/// The rest of a syllable after its first letter, or after the letters typed so far.
const INITIAL_COST: u32 = 26;
const UNFINISHED_COST: u32 = 12;

/// Letters from one place of the input to another, and the syllables they may stand for.
#[derive(Debug, Clone)]
pub struct Arc {
    pub to: usize,
    pub syllables: Range<Syllable>,
    pub cost: u32,
    /// Whether a slip of the finger is assumed.
    pub slip: bool,
}

/// All spellings under a setting of [`Fuzzy`].
#[derive(Debug)]
pub struct Spellings {
    exact: HashMap<String, Vec<(Syllable, u32)>>,
    slips: HashMap<String, Vec<Syllable>>,
}

const LONGEST: usize = 6;

impl Spellings {
    pub fn new(dictionary: &Dictionary, fuzzy: Fuzzy) -> Self {
        let mut exact: HashMap<String, Vec<(Syllable, u32)>> = HashMap::new();
        let mut slips: HashMap<String, Vec<Syllable>> = HashMap::new();
        for (id, spelling) in (0..).zip(dictionary.syllables()) {
            for (written, cost) in ways_to_write(spelling) {
                exact.entry(written).or_default().push((id, cost));
            }
            for alike in fuzzy.alike(spelling) {
                exact.entry(alike).or_default().push((id, FUZZY_COST));
            }
            for slip in slips_of(spelling) {
                slips.entry(slip).or_default().push(id);
            }
        }
        for list in exact.values_mut() {
            list.sort_unstable();
            list.dedup_by_key(|(id, _)| *id);
        }
        slips.retain(|slip, _| !exact.contains_key(slip));
        Self { exact, slips }
    }

    /// Where the letters from `from` may lead. Only the last syllable may be unfinished.
    pub fn arcs(&self, dictionary: &Dictionary, letters: &str, from: usize, slips: bool) -> Vec<Arc> {
        let rest = &letters[from..];
        let run = rest.find('\'').unwrap_or(rest.len());
        let rest = &rest[..run];
        let finished = from + run < letters.len();
        let mut arcs = Vec::new();
        for length in 1..=rest.len().min(LONGEST) {
            let (typed, to) = (&rest[..length], from + length);
            if let Some(listed) = self.exact.get(typed) {
                let one =
                    |&(id, cost): &(Syllable, u32)| Arc { to, syllables: id..id + 1, cost, slip: false };
                arcs.extend(listed.iter().map(one));
            }
            let initial = split(typed).1.is_empty() || length == 1;
            let unfinished = length == rest.len() && !finished;
            // Initials and slips together could be anything.
            if (initial && !slips) || unfinished {
                let syllables = dictionary.starting_with(typed);
                let cost = if unfinished && !initial { UNFINISHED_COST } else { INITIAL_COST };
                // A whole syllable is not the beginning of another one.
                if initial || !self.exact.contains_key(typed) {
                    arcs.push(Arc { to, syllables, cost, slip: false });
                }
            }
            if slips && let Some(listed) = self.slips.get(typed) {
                let one = |&id: &Syllable| Arc { to, syllables: id..id + 1, cost: SLIP_COST, slip: true };
                arcs.extend(listed.iter().map(one));
            }
        }
        arcs.retain(|arc| !arc.syllables.is_empty());
        arcs
    }
}

/// The ways a syllable with ü is written: nü as nv, nyu or nu; jü never but as ju or jv.
fn ways_to_write(spelling: &str) -> Vec<(String, u32)> {
    let mut ways = vec![(spelling.to_owned(), 0)];
    let (initial, ending) = split(spelling);
    match (initial, ending) {
        ("n" | "l", "v") => {
            ways.push((format!("{initial}yu"), 0));
            ways.push((format!("{initial}u"), FUZZY_COST));
        }
        ("n" | "l", "ve") => {
            ways.push((format!("{initial}ue"), 0));
            ways.push((format!("{initial}yue"), 0));
        }
        ("j" | "q" | "x" | "y", rest) if rest.starts_with('u') => {
            ways.push((format!("{initial}v{}", &rest[1..]), 0));
        }
        _ => {}
    }
    ways
}

/// One finger on the wrong key: two letters swapped, one left out, typed twice, or its
/// neighbour instead.
fn slips_of(spelling: &str) -> Vec<String> {
    let letters = spelling.as_bytes();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap_or_default();
    let mut slips = Vec::new();
    for at in 0..letters.len() {
        let mut doubled = letters.to_vec();
        doubled.insert(at, letters[at]);
        slips.push(text(doubled));
        for neighbour in neighbours(letters[at]).bytes() {
            let mut other = letters.to_vec();
            other[at] = neighbour;
            slips.push(text(other));
        }
        if at + 1 < letters.len() {
            let mut swapped = letters.to_vec();
            swapped.swap(at, at + 1);
            slips.push(text(swapped));
        }
        // A letter left out of a short syllable leaves what could be anything.
        if letters.len() > 2 && at > 0 {
            let mut shorter = letters.to_vec();
            shorter.remove(at);
            slips.push(text(shorter));
        }
    }
    slips.sort_unstable();
    slips.dedup();
    slips
}

/// The keys beside a key.
fn neighbours(letter: u8) -> &'static str {
    match letter {
        b'a' => "qswz",
        b'b' => "ghnv",
        b'c' => "dfvx",
        b'd' => "cefrsx",
        b'e' => "drsw",
        b'f' => "cdgrtv",
        b'g' => "bfhtvy",
        b'h' => "bgjnuy",
        b'i' => "jkou",
        b'j' => "hikmnu",
        b'k' => "ijlmo",
        b'l' => "kop",
        b'm' => "jkn",
        b'n' => "bhjm",
        b'o' => "iklp",
        b'p' => "lo",
        b'q' => "aw",
        b'r' => "deft",
        b's' => "adewxz",
        b't' => "fgry",
        b'u' => "hijy",
        b'v' => "bcfg",
        b'w' => "aeqs",
        b'x' => "cdsz",
        b'y' => "ghtu",
        b'z' => "asx",
        _ => "",
    }
}
