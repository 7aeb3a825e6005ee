//! How family names are read: 单 is shan, not dan.

use std::sync::OnceLock;

use crate::dictionary::{Dictionary, Node, Syllable};

struct Surname {
    text: String,
    syllables: Vec<Syllable>,
}

fn surnames(dictionary: &Dictionary) -> &'static [Surname] {
    static SURNAMES: OnceLock<Vec<Surname>> = OnceLock::new();
    SURNAMES.get_or_init(|| {
        let mut listed = Vec::new();
        let mut open: Vec<(Node, Vec<Syllable>)> = vec![(0, Vec::new())];
        let trie = &dictionary.surnames;
        while let Some((node, syllables)) = open.pop() {
            for word in trie.words(node) {
                listed.push(Surname {
                    text: dictionary.text(trie, word).collect(),
                    syllables: syllables.clone(),
                });
            }
            for child in trie.children(node) {
                open.push((child, syllables.iter().copied().chain([trie.label(child)]).collect()));
            }
        }
        listed
    })
}

/// The length in bytes of the family name that a full name starts with, and how that is read.
pub(crate) fn surname_readings(dictionary: &Dictionary, name: &str) -> Option<(usize, Vec<Vec<Syllable>>)> {
    let all = surnames(dictionary)
        .iter()
        .filter(|surname| name.starts_with(&surname.text) && name.len() > surname.text.len());
    let longest = all.clone().map(|surname| surname.text.len()).max()?;
    let readings =
        all.filter(|surname| surname.text.len() == longest).map(|surname| surname.syllables.clone());
    Some((longest, readings.collect()))
}
