//! The import rules and the bans of the house, by reading the sources.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where something is wrong"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, out: &mut Vec<(PathBuf, String)>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).expect("text");
                out.push((path, text));
            }
        }
    }
    let mut out = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut out);
    out
}

/// `storage` for `src/storage/visit/mod.rs`, `clock` for `src/clock.rs`.
fn room(path: &Path) -> String {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).expect("below src");
    let first = inside.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// Code without its tests: they may look everywhere.
fn code(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

/// Every `crate::<room>` that a file names.
fn named(text: &str) -> Vec<String> {
    code(text)
        .split("crate::")
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>())
        .filter(|name| !name.is_empty())
        .collect()
}

/// Which rooms a room may name.
fn rules() -> BTreeMap<&'static str, Vec<&'static str>> {
    let leaves = ["error", "clock", "config", "qr", "font_files", "picture_files", "bars", "photo", "thread"];
    let mut may: BTreeMap<&str, Vec<&str>> = BTreeMap::from([
        ("error", vec!["domain"]),
        ("clock", vec!["domain"]),
        ("config", vec!["error"]),
        ("qr", vec![]),
        ("font_files", vec![]),
        ("picture_files", vec![]),
        ("bars", vec![]),
        ("photo", vec!["error"]),
        ("thread", vec!["error"]),
        ("domain", vec![]),
        ("i18n", vec!["domain"]),
        ("intake", vec!["domain", "i18n"]),
        ("recurrence", vec!["domain"]),
        ("storage", vec!["domain", "intake", "recurrence", "sync"]),
        ("reports", vec!["domain", "health", "i18n"]),
        ("health", vec!["domain"]),
        ("sync", vec!["domain"]),
        ("hub", vec!["domain", "sync"]),
        ("link", vec!["domain", "storage", "sync"]),
        ("demo", vec!["domain", "i18n", "storage", "health", "recurrence"]),
        ("devices", vec!["domain"]),
        ("theme", vec![]),
        ("widgets", vec!["theme"]),
        (
            "screens",
            vec![
                "domain",
                "health",
                "i18n",
                "storage",
                "recurrence",
                "reports",
                "intake",
                "demo",
                "link",
                "sync",
                "widgets",
                "theme",
            ],
        ),
        (
            "app",
            vec![
                "screens", "widgets", "theme", "devices", "storage", "domain", "health", "i18n", "demo",
                "link", "reports",
            ],
        ),
        (
            "cli",
            vec![
                "app", "intake", "reports", "storage", "domain", "health", "i18n", "demo", "devices", "link",
                "theme",
            ],
        ),
        ("main", vec!["cli"]),
        ("lib", vec![]),
        ("bin", vec![]),
    ]);
    for (room, allowed) in &mut may {
        if !leaves.contains(room) && *room != "domain" {
            allowed.extend(leaves);
        }
    }
    may
}

#[test]
fn imports_go_one_way() {
    let may = rules();
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let here = room(&path);
        let allowed = may.get(here.as_str()).unwrap_or_else(|| panic!("{here} has no rule"));
        for name in named(&text) {
            if name != here && !allowed.contains(&name.as_str()) {
                wrong.push(format!("{}: crate::{name}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn widgets_know_no_domain_word_and_the_domain_knows_no_library_of_ours() {
    for (path, text) in sources() {
        let here = room(&path);
        let banned: &[&str] = match here.as_str() {
            "widgets" | "theme" => &["crate::domain", "rusqlite"],
            "domain" => &["iced", "rusqlite", "tokio", "std::fs", "std::io", "std::net"],
            "screens" | "app" => &["rusqlite", "std::fs"],
            "storage" => &[],
            _ => &["rusqlite::"],
        };
        for word in banned {
            // What a comment says is no import.
            let named =
                code(&text).lines().any(|line| !line.trim_start().starts_with("//") && line.contains(word));
            assert!(!named, "{} names {word}", path.display());
        }
    }
}

#[test]
fn only_the_clock_reads_the_time_and_nobody_sleeps() {
    for (path, text) in sources() {
        let here = room(&path);
        let bans = ["Utc::now", "Local::now", "Instant::now", "SystemTime::now"];
        if here != "clock" {
            for word in bans {
                assert!(!code(&text).contains(word), "{} reads the time", path.display());
            }
        }
        if here != "devices" {
            assert!(!code(&text).contains("thread::sleep"), "{} sleeps", path.display());
        }
    }
}

#[test]
fn residents_screens_use_the_one_button_and_never_scroll_or_type() {
    let banned = ["widget::button", "mouse_area", "scrollable", "text_input", ".size(", "desk::"];
    for (path, text) in sources() {
        if path.to_string_lossy().contains("screens/resident/") {
            for word in banned {
                let found =
                    code(&text).lines().find(|line| line.contains(word) && !line.contains("place.size()"));
                let found = found.filter(|line| !line.contains("shape.size()"));
                assert!(found.is_none(), "{} has {word}: {found:?}", path.display());
            }
        }
    }
}

#[test]
fn developer_tools_of_iced_are_never_in_a_release() {
    let manifest =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).expect("read");
    let line = manifest.lines().find(|line| line.starts_with("iced = ")).expect("iced is there");
    assert!(line.contains("default-features = false"));
    for feature in ["\"debug\"", "\"hot\"", "\"tester\"", "\"time-travel\""] {
        assert!(!line.contains(feature), "{feature}");
    }
}

#[test]
fn no_room_has_grown_too_large() {
    for (path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= 700, "{} has {lines} lines: is it one room?", path.display());
    }
}
