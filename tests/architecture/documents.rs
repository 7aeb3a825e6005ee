//! What the documents name exists: the names of the walks, and the targets of links.

use std::path::Path;

use crate::sources::{all, root};

/// The documents of the repository.
fn documents() -> Vec<(std::path::PathBuf, String)> {
    ["", "docs", "assets", "tests/data"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(root().join(folder)).expect("a folder"))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .map(|path| (path.clone(), std::fs::read_to_string(path).expect("text")))
        .collect()
}

/// What stands between backticks, outside blocks of code.
fn quoted(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    for (at, block) in text.split("```").enumerate() {
        if at % 2 == 0 {
            all.extend(block.split('`').skip(1).step_by(2));
        }
    }
    all
}

fn is_path(word: &str) -> bool {
    word.contains('/') && !word.contains([' ', '<', '*', '(', '<', '{', '=']) && !word.starts_with(['/', '-'])
}

#[test]
fn every_name_in_the_walks_exists() {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("read");
    let walks = text.split("## Three walks").nth(1).expect("walks").split("\n## ").next().expect("walks");
    let sources = all();
    let names = quoted(walks);
    assert!(names.len() > 60, "{}", names.len());
    for name in names {
        if is_path(name) {
            assert!(root().join(name).exists(), "{name} is not there");
        } else if name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            let last = name.rsplit("::").next().unwrap_or(name);
            let words =
                |text: &str| text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|w| w == last);
            assert!(sources.iter().any(|source| words(&source.text)), "nothing is called {name}");
        }
    }
}

#[test]
fn every_path_and_every_link_of_the_documents_leads_somewhere() {
    for (path, text) in documents() {
        let from = path.parent().unwrap_or(Path::new(""));
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for link in links.filter(|link| !link.contains("://") && !link.starts_with('#')) {
            let file = link.split('#').next().unwrap_or(link);
            assert!(from.join(file).exists(), "{}: {link}", path.display());
        }
        let begins = ["src/", "crates/", "tests/", "assets/", "docs/", "benches/", "examples/", ".ci/"];
        for word in quoted(&text).into_iter().filter(|word| is_path(word)) {
            let stable = begins.iter().any(|begin| word.starts_with(begin));
            assert!(!stable || root().join(word).exists(), "{}: {word}", path.display());
        }
    }
}
