//! From letters to words: a graph of syllables, the words along its paths, and the cheapest
//! sentences over those words.

use crate::dictionary::{Dictionary, Node, Trie, WordId};
use crate::lexicon::Lexicon;
use crate::spelling::{Arc, Spellings};

/// Letters that are looked at: about 30 characters.
pub const LONGEST_INPUT: usize = 96;
const DEEPEST: usize = 12;
/// Partial words that are followed further, by the cheapest word that they may become.
const FRONTIER: usize = 240;
/// Words from one place to another that a sentence may use.
const WORDS_PER_ARC: usize = 24;
/// Sentences that are kept at each place.
const BEAM: usize = 16;
/// A sentence this much dearer than the best at its place is given up.
const GIVE_UP: u32 = 110;

/// Syllables between the places of an input.
pub struct Graph {
    arcs: Vec<Vec<Arc>>,
    start: usize,
}

impl Graph {
    /// Of lower-case letters and apostrophes.
    pub fn new(dictionary: &Dictionary, spellings: &Spellings, letters: &str, slips: bool) -> Self {
        let skip = |mut at: usize| {
            while letters.as_bytes().get(at) == Some(&b'\'') {
                at += 1;
            }
            at
        };
        let mut arcs: Vec<Vec<Arc>> = (0..=letters.len())
            .map(|from| {
                let mut arcs = spellings.arcs(dictionary, letters, from, slips);
                arcs.iter_mut().for_each(|arc| arc.to = skip(arc.to));
                arcs
            })
            .collect();
        // What cannot reach the end only costs time, unless nothing reaches it.
        let mut reaches = vec![false; letters.len() + 1];
        reaches[letters.len()] = true;
        for from in (0..letters.len()).rev() {
            reaches[from] = arcs[from].iter().any(|arc| reaches[arc.to]);
        }
        let start = skip(0);
        if reaches[start] {
            arcs.iter_mut().for_each(|list| list.retain(|arc| reaches[arc.to]));
        }
        Self { arcs, start }
    }

    pub fn start(&self) -> usize {
        self.start
    }

    pub fn end(&self) -> usize {
        self.arcs.len() - 1
    }

    fn from(&self, place: usize) -> &[Arc] {
        &self.arcs[place]
    }
}

/// A node of a trie that the letters from some place lead to.
#[derive(Debug, Clone, Copy)]
pub struct Reach {
    pub node: Node,
    pub to: usize,
    /// What the way of spelling costs.
    pub cost: u32,
    pub slip: bool,
    depth: u8,
    ends: [u8; DEEPEST],
}

impl Reach {
    fn root(from: usize) -> Self {
        Self { node: 0, to: from, cost: 0, slip: false, depth: 0, ends: [0; DEEPEST] }
    }

    fn step(&self, node: Node, arc: &Arc) -> Self {
        let mut next = *self;
        (next.node, next.to, next.cost, next.slip) =
            (node, arc.to, self.cost + arc.cost, self.slip || arc.slip);
        next.ends[usize::from(self.depth)] = u8::try_from(arc.to).unwrap_or(u8::MAX);
        next.depth += 1;
        next
    }

    /// Where the letters of each character end.
    pub fn ends(&self) -> &[u8] {
        &self.ends[..usize::from(self.depth)]
    }
}

/// Follows all paths from a place through a trie, one level after the other.
fn follow(
    graph: &Graph,
    from: usize,
    children: impl Fn(Node, &Arc, &mut Vec<Node>),
    best: impl Fn(Node) -> u32,
) -> Vec<Reach> {
    let mut found: Vec<Reach> = Vec::new();
    let mut frontier = vec![Reach::root(from)];
    let mut nodes = Vec::new();
    for _ in 0..DEEPEST {
        let mut next: Vec<Reach> = Vec::new();
        for reach in &frontier {
            for arc in graph.from(reach.to) {
                if reach.slip && arc.slip {
                    continue;
                }
                nodes.clear();
                children(reach.node, arc, &mut nodes);
                next.extend(nodes.iter().map(|node| reach.step(*node, arc)));
            }
        }
        if next.is_empty() {
            break;
        }
        next.sort_unstable_by_key(|reach| (reach.node, reach.to, reach.cost));
        next.dedup_by_key(|reach| (reach.node, reach.to));
        if next.len() > FRONTIER {
            next.select_nth_unstable_by_key(FRONTIER, |reach| reach.cost + best(reach.node));
            next.truncate(FRONTIER);
        }
        found.extend_from_slice(&next);
        frontier = next;
    }
    found
}

/// The nodes of a trie that letters from a place lead to; not all of them have words.
pub fn walk(trie: &Trie, graph: &Graph, from: usize) -> Vec<Reach> {
    let children =
        |node: Node, arc: &Arc, out: &mut Vec<Node>| out.extend(trie.children_in(node, &arc.syllables));
    follow(graph, from, children, |node| trie.best(node))
}

fn walk_lexicon(lexicon: &Lexicon, graph: &Graph, from: usize) -> Vec<Reach> {
    let children = |node: Node, arc: &Arc, out: &mut Vec<Node>| {
        let listed = lexicon.children(node);
        let start = listed.partition_point(|(label, _)| *label < arc.syllables.start);
        out.extend(
            listed[start..]
                .iter()
                .take_while(|(label, _)| *label < arc.syllables.end)
                .map(|(_, child)| *child),
        );
    };
    follow(graph, from, children, |_| 0)
}

/// Keeps the first `most` items for each place; items of one place stand together.
pub fn keep_first<T>(items: &mut Vec<T>, most: usize, place: impl Fn(&T) -> usize) {
    let (mut last, mut count) = (usize::MAX, 0);
    items.retain(|item| {
        count = if place(item) == last { count + 1 } else { 1 };
        last = place(item);
        count <= most
    });
}

/// A word of the dictionary or of the centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WordRef {
    Known(WordId),
    Own(u32),
}

/// A word that the letters from some place may stand for.
#[derive(Debug, Clone, Copy)]
pub struct Use {
    pub word: WordRef,
    pub reach: Reach,
    /// The word by itself and its spelling.
    pub cost: u32,
}

/// What is searched with.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    pub dictionary: &'a Dictionary,
    pub lexicon: &'a Lexicon,
    pub graph: &'a Graph,
}

impl Sources<'_> {
    /// The words that start at a place, at most `most` for each place that they lead to.
    pub fn uses(&self, from: usize, most: usize) -> Vec<Use> {
        let words = &self.dictionary.words;
        let mut uses = Vec::new();
        for reach in walk(words, self.graph, from) {
            // With a slip, a single syllable could be anything.
            if reach.slip && reach.depth < 2 {
                continue;
            }
            let listed = words.words(reach.node).take(most);
            uses.extend(listed.map(|word| Use {
                word: WordRef::Known(word),
                reach,
                cost: reach.cost + words.cost(word),
            }));
        }
        for reach in walk_lexicon(self.lexicon, self.graph, from) {
            let listed = self.lexicon.words_at(reach.node).iter();
            uses.extend(listed.map(|word| {
                let cost = reach.cost + self.lexicon.word(*word).cost;
                Use { word: WordRef::Own(*word), reach, cost }
            }));
        }
        uses.sort_unstable_by_key(|used| (used.reach.to, used.cost));
        keep_first(&mut uses, most, |used| used.reach.to);
        uses
    }

    pub fn text(&self, word: WordRef) -> String {
        match word {
            WordRef::Known(word) => self.dictionary.text(&self.dictionary.words, word).collect(),
            WordRef::Own(word) => self.lexicon.word(word).text.clone(),
        }
    }

    fn cost_after(&self, left: Option<WordRef>, used: &Use) -> u32 {
        match (left, used.word) {
            (None, WordRef::Known(word)) => self.dictionary.cost_first(word) + used.reach.cost,
            (Some(WordRef::Known(left)), WordRef::Known(right)) => {
                self.dictionary.cost_after(left, right) + used.reach.cost
            }
            (Some(WordRef::Known(left)), _) => self.dictionary.backoff(left) + used.cost,
            _ => used.cost,
        }
    }
}

impl Sources<'_> {
    /// What it costs that a text ends after a word.
    fn cost_last(&self, word: WordRef) -> u32 {
        match word {
            WordRef::Known(word) => self.dictionary.cost_last(Some(word)),
            WordRef::Own(_) => self.dictionary.cost_last(None),
        }
    }

    /// What a word costs that is the whole text.
    pub fn cost_alone(&self, used: &Use) -> u32 {
        self.cost_after(None, used) + self.cost_last(used.word)
    }
}

/// A way to read all letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    pub text: String,
    pub cost: u32,
    pub ends: Vec<u8>,
}

/// A way to read the letters up to some place.
#[derive(Clone, Copy)]
struct Path {
    cost: u32,
    used: Option<Use>,
    /// Place and rank of what stands before.
    before: (usize, usize),
    /// Tells the texts of two paths apart.
    hash: u64,
    slip: bool,
}

/// The cheapest readings of the whole input, the best first.
pub fn sentences(sources: &Sources<'_>, most: usize) -> Vec<Sentence> {
    let (from, end) = (sources.graph.start(), sources.graph.end());
    let mut places: Vec<Vec<Path>> = vec![Vec::new(); end + 1];
    places[from].push(Path { cost: 0, used: None, before: (from, 0), hash: 0, slip: false });
    for place in from..end {
        settle(&mut places[place]);
        if places[place].is_empty() {
            continue;
        }
        for used in sources.uses(place, WORDS_PER_ARC) {
            for rank in 0..places[place].len() {
                let path = places[place][rank];
                if path.slip && used.reach.slip {
                    continue;
                }
                let cost = path.cost
                    + sources.cost_after(path.used.map(|before| before.word), &used)
                    + if used.reach.to == end { sources.cost_last(used.word) } else { 0 };
                let there = &mut places[used.reach.to];
                if there.len() >= BEAM * 4 {
                    settle(there);
                }
                if there.first().is_some_and(|best| cost > best.cost + GIVE_UP) {
                    continue;
                }
                let hash = mix(path.hash, used.word);
                there.push(Path {
                    cost,
                    used: Some(used),
                    before: (place, rank),
                    hash,
                    slip: path.slip || used.reach.slip,
                });
            }
        }
    }
    settle(&mut places[end]);
    let mut found: Vec<Sentence> = Vec::new();
    for path in &places[end] {
        let sentence = read_back(sources, &places, path);
        if found.len() < most && found.iter().all(|known| known.text != sentence.text) {
            found.push(sentence);
        }
    }
    found
}

fn mix(hash: u64, word: WordRef) -> u64 {
    let number = match word {
        WordRef::Known(id) => u64::from(id),
        WordRef::Own(id) => u64::from(id) | 1 << 32,
    };
    (hash.rotate_left(7) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Keeps the cheapest paths, each text once.
fn settle(paths: &mut Vec<Path>) {
    paths.sort_unstable_by_key(|path| (path.hash, path.cost));
    paths.dedup_by_key(|path| path.hash);
    paths.sort_unstable_by_key(|path| (path.cost, path.hash));
    paths.truncate(BEAM);
}

fn read_back(sources: &Sources<'_>, places: &[Vec<Path>], last: &Path) -> Sentence {
    let mut uses = Vec::new();
    let mut path = *last;
    while let Some(used) = path.used {
        uses.push(used);
        path = places[path.before.0][path.before.1];
    }
    uses.reverse();
    Sentence {
        text: uses.iter().map(|used| sources.text(used.word)).collect(),
        cost: last.cost,
        ends: uses.iter().flat_map(|used| used.reach.ends().to_vec()).collect(),
    }
}
