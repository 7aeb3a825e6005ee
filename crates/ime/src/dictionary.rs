//! The dictionary that `data/build.py` makes, read in place: nothing is copied or unpacked, so
//! that it costs no start-up time and only the memory of the pages that are touched.

use std::ops::Range;
use std::sync::OnceLock;

static WORDS: &[u8] = include_bytes!("../data/words.bin");
const MAGIC: &[u8] = b"PYWORDS1";

/// A syllable: its rank among the sorted spellings of the dictionary.
pub type Syllable = u16;
/// A word of a [`Trie`].
pub type WordId = u32;
/// A node of a [`Trie`]; the root is 0.
pub type Node = u32;

fn u16_at(bytes: &[u8], index: usize) -> u16 {
    let at = index * 2;
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], index: usize) -> u32 {
    let at = index * 4;
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn u24_at(bytes: &[u8], index: usize) -> u32 {
    let at = index * 3;
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], 0])
}

fn u64_at(bytes: &[u8], index: usize) -> u64 {
    u64::from(u32_at(bytes, index * 2)) | u64::from(u32_at(bytes, index * 2 + 1)) << 32
}

/// Everything that is known of Chinese before a centre adds its own words.
#[derive(Debug)]
pub struct Dictionary {
    characters: &'static [u8],
    syllables: Vec<&'static str>,
    /// Words and single characters.
    pub words: Trie,
    /// Family names, read as family names.
    pub surnames: Trie,
    /// The first (or only) character of a given name.
    pub given_first: Trie,
    /// The last character of a given name of two.
    pub given_last: Trie,
    /// Given names of two characters that are more frequent than their parts suggest.
    pub given_names: Trie,
    pair_starts: &'static [u8],
    pairs: &'static [u8],
    backoffs: &'static [u8],
}

impl Dictionary {
    /// The one that the program carries.
    pub fn built_in() -> &'static Self {
        static BUILT_IN: OnceLock<Dictionary> = OnceLock::new();
        BUILT_IN.get_or_init(|| Self::open(WORDS))
    }

    fn open(bytes: &'static [u8]) -> Self {
        debug_assert!(bytes.starts_with(MAGIC));
        let part = |index: usize| {
            let at = u32_at(bytes, 2 + index * 2) as usize;
            let length = u32_at(bytes, 3 + index * 2) as usize;
            &bytes[at..at + length]
        };
        Self {
            characters: part(0),
            syllables: std::str::from_utf8(part(1)).unwrap_or_default().lines().collect(),
            words: Trie::open(part(2)),
            surnames: Trie::open(part(3)),
            given_first: Trie::open(part(4)),
            given_last: Trie::open(part(5)),
            given_names: Trie::open(part(6)),
            pair_starts: part(7),
            pairs: part(8),
            backoffs: part(9),
        }
    }

    /// The spellings, sorted: ü is written v.
    pub fn syllables(&self) -> &[&'static str] {
        &self.syllables
    }

    /// The syllables whose spelling starts with these letters: a range, since they are sorted.
    pub fn starting_with(&self, letters: &str) -> Range<Syllable> {
        let start = self.syllables.partition_point(|s| *s < letters);
        let length = self.syllables[start..].iter().take_while(|s| s.starts_with(letters)).count();
        let start = Syllable::try_from(start).unwrap_or(Syllable::MAX);
        start..start + Syllable::try_from(length).unwrap_or(0)
    }

    fn character(&self, id: u16) -> char {
        char::from_u32(u32_at(self.characters, usize::from(id))).unwrap_or('\u{fffd}')
    }

    /// The characters of a word of one of this dictionary's tries.
    pub fn text(&self, trie: &Trie, word: WordId) -> impl Iterator<Item = char> {
        trie.characters(word).map(|id| self.character(id))
    }

    /// The readings of each character that the dictionary has, the most frequent first. Walks
    /// all single characters: for loading a word list, not for a key press.
    pub fn readings(&self) -> Readings {
        let mut by_character = vec![Vec::new(); self.characters.len() / 4];
        for node in self.words.children(0) {
            for word in self.words.words(node) {
                let character = self.words.characters(word).next();
                if let Some(listed) = character.and_then(|id| by_character.get_mut(usize::from(id))) {
                    listed.push((self.words.cost(word), self.words.label(node)));
                }
            }
        }
        by_character.iter_mut().for_each(|listed| listed.sort_unstable());
        Readings { characters: self.characters, by_character }
    }

    /// What `right` costs after `left`.
    pub fn cost_after(&self, left: WordId, right: WordId) -> u32 {
        self.pair(left, right).unwrap_or_else(|| self.backoff(left) + self.words.cost(right))
    }

    /// What a word costs at the beginning of a text.
    pub fn cost_first(&self, word: WordId) -> u32 {
        let edge = self.words.count();
        self.pair(edge, word).unwrap_or_else(|| self.backoff(edge) + self.words.cost(word))
    }

    /// What it costs that a text ends after a word, or after one that is not of the dictionary.
    pub fn cost_last(&self, word: Option<WordId>) -> u32 {
        let edge = self.words.count();
        word.and_then(|word| self.pair(word, edge))
            .unwrap_or_else(|| u32::from(self.backoffs[edge as usize + 1]))
    }

    fn pair(&self, left: WordId, right: WordId) -> Option<u32> {
        let start = u24_at(self.pair_starts, left as usize) as usize;
        let end = u24_at(self.pair_starts, left as usize + 1) as usize;
        let (mut low, mut high) = (start, end);
        while low < high {
            let middle = usize::midpoint(low, high);
            let pair = u24_at(self.pairs, middle);
            match (pair & 0x1_ffff).cmp(&right) {
                std::cmp::Ordering::Equal => return Some((pair >> 17) * 2),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// What it costs that no pair of `left` follows.
    pub fn backoff(&self, left: WordId) -> u32 {
        u32::from(self.backoffs[left as usize])
    }
}

/// The readings of single characters.
pub struct Readings {
    characters: &'static [u8],
    by_character: Vec<Vec<(u32, Syllable)>>,
}

impl Readings {
    /// Readings with what each costs, the most frequent first; empty for what is not a
    /// character of the dictionary.
    pub fn of(&self, character: char) -> &[(u32, Syllable)] {
        let (mut low, mut high) = (0, self.by_character.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match u32_at(self.characters, middle).cmp(&(character as u32)) {
                std::cmp::Ordering::Equal => return &self.by_character[middle],
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        &[]
    }
}

/// Words by their syllables. Nodes stand in breadth-first order: the children of a node and its
/// words are ranges, and the length of a word is the depth of its node.
#[derive(Debug)]
pub struct Trie {
    nodes: &'static [u8],
    /// The first word of each depth, and the number of words.
    starts: Vec<u32>,
    texts: &'static [u8],
    costs: &'static [u8],
}

impl Trie {
    fn open(bytes: &'static [u8]) -> Self {
        let nodes = u32_at(bytes, 0) as usize;
        let words = u32_at(bytes, 1) as usize;
        let depths = u32_at(bytes, 2) as usize;
        let starts: Vec<u32> = (0..depths).map(|depth| u32_at(bytes, 3 + depth)).collect();
        let at = (12 + depths * 4).next_multiple_of(8);
        let texts = at + nodes * 8;
        let length: usize =
            (1..depths).map(|depth| (depth - 1) * (starts[depth] - starts[depth - 1]) as usize).sum();
        let costs = texts + length * 2;
        Self {
            nodes: &bytes[at..texts],
            starts,
            texts: &bytes[texts..costs],
            costs: &bytes[costs..costs + words],
        }
    }

    fn first_child(&self, node: Node) -> u32 {
        u32::try_from(u64_at(self.nodes, node as usize) >> 9 & 0xf_ffff).unwrap_or(0)
    }

    fn first_word(&self, node: Node) -> u32 {
        u32::try_from(u64_at(self.nodes, node as usize) >> 29 & 0xf_ffff).unwrap_or(0)
    }

    /// The syllable that leads to the node.
    pub fn label(&self, node: Node) -> Syllable {
        u16_at(self.nodes, node as usize * 4) & 0x1ff
    }

    /// What the cheapest word at or below the node costs.
    pub fn best(&self, node: Node) -> u32 {
        u32::try_from(u64_at(self.nodes, node as usize) >> 49).unwrap_or(u32::MAX)
    }

    pub fn children(&self, node: Node) -> Range<Node> {
        self.first_child(node)..self.first_child(node + 1)
    }

    /// The children whose syllable is in the range.
    pub fn children_in(&self, node: Node, syllables: &Range<Syllable>) -> Range<Node> {
        let children = self.children(node);
        let find = |wanted: Syllable| {
            let (mut low, mut high) = (children.start, children.end);
            while low < high {
                let middle = u32::midpoint(low, high);
                if self.label(middle) < wanted {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            low
        };
        find(syllables.start)..find(syllables.end)
    }

    fn count(&self) -> u32 {
        self.starts.last().copied().unwrap_or(0)
    }

    /// The words of a node, the most frequent first.
    pub fn words(&self, node: Node) -> Range<WordId> {
        self.first_word(node)..self.first_word(node + 1)
    }

    pub fn cost(&self, word: WordId) -> u32 {
        u32::from(self.costs[word as usize])
    }

    fn characters(&self, word: WordId) -> impl Iterator<Item = u16> {
        let depth = self.starts.partition_point(|start| *start <= word).saturating_sub(1);
        let before: usize = (0..depth).map(|d| d * (self.starts[d + 1] - self.starts[d]) as usize).sum();
        let at = before + (word - self.starts[depth]) as usize * depth;
        (at..at + depth).map(|index| u16_at(self.texts, index))
    }
}
