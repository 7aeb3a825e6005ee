//! The sources of the workspace, and what each file imports.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The root of the workspace.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of sources of each crate, by the name that code imports.
pub const CRATES: [(&str, &str); 6] = [
    ("daycare_core", "crates/core/src"),
    ("daycare_sync", "crates/sync/src"),
    ("daycare_ime", "crates/ime/src"),
    ("daycare_store", "crates/store/src"),
    ("kiosk_hub", "crates/hub/src"),
    ("daycare_kiosk", "src"),
];

/// A file and its module: `ui/screens/ctx` for `src/ui/screens/ctx.rs`, and the
/// folder alone for its `mod.rs`.
#[derive(Debug, Clone)]
pub struct Source {
    pub path: PathBuf,
    pub module: Vec<String>,
    pub text: String,
}

/// Every source file below a folder of the workspace.
pub fn below(folder: &str) -> Vec<Source> {
    fn walk(base: &Path, folder: &Path, out: &mut Vec<Source>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(base, &path, out);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).expect("text");
                let inside = path.strip_prefix(base).expect("below").with_extension("");
                let mut module: Vec<String> =
                    inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
                if module.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
                    let _ = module.pop();
                }
                out.push(Source { path, module, text });
            }
        }
    }
    let base = root().join(folder);
    let mut out = Vec::new();
    walk(&base, &base, &mut out);
    out.sort_by(|a, b| a.path.cmp(&b.path));
    out
}

/// Every source file of the workspace, without its tests.
pub fn all() -> Vec<Source> {
    CRATES.iter().flat_map(|(_, folder)| below(folder)).collect()
}

/// Code without its tests: they may look everywhere.
pub fn code(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

/// Every path of two parts or more in a file, as `["crate", "sync_client", "Identity"]`;
/// comments are not searched.
pub fn paths(text: &str) -> Vec<Vec<String>> {
    let tokens: TokenStream = code(text).parse().expect("Rust");
    let mut found = Vec::new();
    collect(tokens, &[], &mut found);
    found
}

fn collect(tokens: TokenStream, prefix: &[String], found: &mut Vec<Vec<String>>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_colon = |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(p)) if p.as_char() == ':');
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Ident(first) => {
                let mut path = prefix.to_vec();
                path.push(first.to_string());
                at += 1;
                let mut several = false;
                while is_colon(at) && is_colon(at + 1) {
                    match tokens.get(at + 2) {
                        Some(TokenTree::Ident(next)) => path.push(next.to_string()),
                        // `use a::{b, c}`
                        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                            collect(group.stream(), &path, found);
                            several = true;
                        }
                        _ => break,
                    }
                    at += 3;
                }
                if path.len() > 1 && !several {
                    found.push(path);
                }
            }
            TokenTree::Group(group) => {
                collect(group.stream(), prefix, found);
                at += 1;
            }
            _ => at += 1,
        }
    }
}

/// Which files of a crate import which, by module.
pub fn imports(sources: &[Source]) -> BTreeMap<Vec<String>, BTreeSet<Vec<String>>> {
    let modules: BTreeSet<&[String]> = sources.iter().map(|source| source.module.as_slice()).collect();
    let mut edges: BTreeMap<Vec<String>, BTreeSet<Vec<String>>> = BTreeMap::new();
    for source in sources {
        let own = edges.entry(source.module.clone()).or_default();
        for path in paths(&source.text) {
            let target = resolve(&source.module, &path, &modules);
            own.extend(target.filter(|target| *target != source.module));
        }
    }
    edges
}

/// The file that a path leads into: the longest part of it that is a module.
fn resolve(here: &[String], path: &[String], modules: &BTreeSet<&[String]>) -> Option<Vec<String>> {
    let (mut base, rest) = match path.first()?.as_str() {
        "crate" => (vec![], &path[1..]),
        "self" => (here.to_vec(), &path[1..]),
        "super" => {
            let up = path.iter().take_while(|part| *part == "super").count();
            (here[..here.len().checked_sub(up)?].to_vec(), &path[up..])
        }
        first => {
            let mut child = here.to_vec();
            child.push(first.to_owned());
            if !modules.contains(child.as_slice()) {
                return None;
            }
            (here.to_vec(), path)
        }
    };
    for part in rest {
        base.push(part.clone());
        if !modules.contains(base.as_slice()) {
            let _ = base.pop();
            break;
        }
    }
    Some(base)
}

/// The circles of a graph: sets of files each of which leads to every other.
pub fn circles(edges: &BTreeMap<Vec<String>, BTreeSet<Vec<String>>>) -> Vec<Vec<String>> {
    let reach = |from: &Vec<String>| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(at) = next.pop() {
            for to in edges.get(at).into_iter().flatten() {
                if seen.insert(to) {
                    next.push(to);
                }
            }
        }
        seen
    };
    let reached: BTreeMap<_, _> = edges.keys().map(|file| (file, reach(file))).collect();
    let back = |one: &Vec<String>, other: &Vec<String>| {
        reached[one].contains(other) && reached.get(other).is_some_and(|seen| seen.contains(one))
    };
    let name = |file: &Vec<String>| if file.is_empty() { "lib".to_owned() } else { file.join("/") };
    let mut found: BTreeSet<Vec<String>> = BTreeSet::new();
    for file in edges.keys() {
        let members: Vec<String> = edges.keys().filter(|other| back(file, other)).map(name).collect();
        if !members.is_empty() {
            let _ = found.insert(members);
        }
    }
    found.into_iter().collect()
}
