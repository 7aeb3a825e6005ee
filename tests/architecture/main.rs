//! The import rules and the bans of the house, by reading the sources. That the
//! crates import one way is Cargo's to see; here is what Cargo cannot see.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops where something is wrong")]

mod documents;
mod sources;

use std::collections::BTreeMap;
use std::process::Command;

use sources::{CRATES, all, below, circles, code, imports, paths, root};

/// `ui/screens` for `src/ui/screens/staff/frame.rs`, `sync_client` for `src/sync_client/wire.rs`.
fn room(module: &[String]) -> String {
    match module {
        [] => String::new(),
        [ui, part, ..] if ui == "ui" => format!("ui/{part}"),
        [first, ..] => first.clone(),
    }
}

/// Which rooms of the kiosk a room may name.
fn rules() -> BTreeMap<&'static str, &'static [&'static str]> {
    BTreeMap::from([
        ("error", &[] as &[&str]),
        ("config", &["error"]),
        ("graphics", &["error"]),
        ("health", &[]),
        ("devices", &["error"]),
        ("i18n", &["error"]),
        ("intake", &["error", "graphics", "i18n"]),
        ("reports", &["error", "graphics", "health", "i18n"]),
        ("sync_client", &["error"]),
        ("demo", &["error", "health", "i18n"]),
        ("typing", &["error"]),
        ("ui/theme", &["graphics"]),
        ("ui/widgets", &["ui/theme", "graphics"]),
        (
            "ui/screens",
            &[
                "error",
                "config",
                "graphics",
                "health",
                "i18n",
                "intake",
                "reports",
                "sync_client",
                "demo",
                "ui/widgets",
                "ui/theme",
            ],
        ),
        (
            "app",
            &[
                "error",
                "config",
                "health",
                "i18n",
                "reports",
                "sync_client",
                "demo",
                "devices",
                "ui/screens",
                "ui/widgets",
                "ui/theme",
            ],
        ),
        (
            "cli",
            &[
                "error",
                "config",
                "i18n",
                "intake",
                "reports",
                "sync_client",
                "demo",
                "devices",
                "app",
                "ui/theme",
            ],
        ),
        ("main", &["cli"]),
        ("", &["cli"]),
        ("ui", &[]),
    ])
}

#[test]
fn the_rooms_of_the_kiosk_import_one_way() {
    let may = rules();
    let mut wrong = Vec::new();
    for source in below("src") {
        let here = room(&source.module);
        let allowed = may.get(here.as_str()).unwrap_or_else(|| panic!("{here} has no rule"));
        for path in paths(&source.text).iter().filter(|path| path[0] == "crate") {
            let there = room(&path[1..]);
            if there != here && !allowed.contains(&there.as_str()) {
                wrong.push(format!("{}: {}", source.path.display(), path.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_files_of_a_crate_import_each_other_in_a_circle() {
    for (name, folder) in CRATES {
        let found = circles(&imports(&below(folder)));
        assert!(found.is_empty(), "{name}: {found:#?}");
    }
}

#[test]
fn a_circle_of_files_is_found() {
    let source = |module: &str, text: &str| sources::Source {
        path: module.into(),
        module: module.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect(),
        text: text.into(),
    };
    let talk = source("sync_client/talk", "use super::{wire::Wire, pace};\nfn f() {}");
    let wire = source(
        "sync_client/wire",
        "fn f() { crate::sync_client::join::leave() } // crate::sync_client::pace",
    );
    let join = source(
        "sync_client/join",
        "use super::super::sync_client::talk;\n#[cfg(test)] mod t { use super::pace; }",
    );
    let pace = source("sync_client/pace", "fn f() -> std::time::Duration { x }");
    let found = circles(&imports(&[source("sync_client", "mod talk;"), talk, wire, join, pace]));
    assert_eq!(found, [["sync_client/join", "sync_client/talk", "sync_client/wire"]]);
}

#[test]
fn the_hub_is_built_without_the_window_the_loudspeaker_and_the_paper() {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--package", "kiosk-hub", "--prefix", "none"])
        .current_dir(root())
        .output()
        .expect("runs");
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let tree = String::from_utf8_lossy(&tree.stdout);
    assert!(tree.contains("axum"));
    for banned in ["iced", "rodio", "krilla", "rusqlite", "daycare-kiosk", "daycare-store"] {
        assert!(!tree.lines().any(|line| line.starts_with(banned)), "{banned}");
    }
}

#[test]
fn each_library_is_named_where_it_belongs() {
    let only = [
        ("rusqlite", &["crates/store/"] as &[&str]),
        ("tokio_postgres", &["crates/hub/"]),
        ("axum", &["crates/hub/"]),
        ("iced", &["src/ui/", "src/app/", "src/cli/run.rs"]),
        ("krilla", &["src/reports/"]),
        ("ureq", &["src/sync_client/"]),
    ];
    for source in all() {
        let path = source.path.strip_prefix(root()).expect("below").to_string_lossy().into_owned();
        let named = paths(&source.text);
        for (library, places) in only {
            let found = named.iter().any(|path| path[0] == library);
            assert!(!found || places.iter().any(|place| path.starts_with(place)), "{path} names {library}");
        }
    }
}

#[test]
fn core_and_sync_touch_no_file_and_widgets_know_no_domain_word() {
    let banned: [(&str, &[&[&str]]); 6] = [
        ("crates/core/src", &[&["std", "fs"], &["std", "io", "Read"], &["std", "net"], &["std", "thread"]]),
        ("crates/sync/src", &[&["std", "fs"], &["std", "io"], &["std", "net"], &["std", "thread"]]),
        ("crates/ime/src", &[&["std", "fs"], &["std", "io"], &["std", "net"], &["std", "thread"]]),
        ("src/ui/widgets", &[&["daycare_store"], &["daycare_sync"]]),
        ("src/ui/theme", &[&["daycare_core"], &["daycare_store"], &["daycare_sync"]]),
        ("src/ui/screens", &[&["std", "fs"], &["std", "thread"]]),
    ];
    for (folder, words) in banned {
        for source in below(folder) {
            for path in paths(&source.text) {
                let bad = words
                    .iter()
                    .find(|word| path.iter().zip(**word).all(|(a, b)| a == b) && path.len() >= word.len());
                assert!(bad.is_none(), "{} names {}", source.path.display(), path.join("::"));
            }
        }
    }
    // Widgets draw codes and read the clock; they know nobody and nothing of a centre.
    for source in below("src/ui/widgets") {
        for path in paths(&source.text).iter().filter(|path| path[0] == "daycare_core") {
            assert!(
                ["clock", "qr"].contains(&path[1].as_str()),
                "{}: {}",
                source.path.display(),
                path.join("::")
            );
        }
    }
}

#[test]
fn only_the_clock_reads_the_time_and_nobody_sleeps() {
    for source in all() {
        let path = source.path.to_string_lossy().into_owned();
        if !path.ends_with("crates/core/src/clock.rs") {
            for word in ["Utc::now", "Local::now", "Instant::now", "SystemTime::now"] {
                assert!(!code(&source.text).contains(word), "{path} reads the time");
            }
        }
        if !path.contains("src/devices/") {
            assert!(!code(&source.text).contains("thread::sleep"), "{path} sleeps");
        }
    }
}

#[test]
fn residents_screens_use_the_one_button_and_never_scroll_or_type() {
    let banned = ["widget::button", "mouse_area", "scrollable", "text_input", ".size(", "controls::"];
    for source in below("src/ui/screens/resident") {
        for word in banned {
            let found =
                code(&source.text).lines().find(|line| line.contains(word) && !line.contains("place.size()"));
            let found = found.filter(|line| !line.contains("shape.size()"));
            assert!(found.is_none(), "{} has {word}: {found:?}", source.path.display());
        }
    }
}

#[test]
fn staff_screens_name_no_raw_colour_and_no_raw_size_of_text() {
    for source in below("src/ui/screens/staff") {
        for word in
            ["Color::from_rgb", "color!(", "widget::text(", "widget::button", ".size(1", ".size(2", ".size(3"]
        {
            assert!(!code(&source.text).contains(word), "{} has {word}", source.path.display());
        }
    }
}

#[test]
fn developer_tools_of_iced_are_never_in_a_release() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).expect("read");
    let line = manifest.lines().find(|line| line.starts_with("iced = ")).expect("iced is there");
    assert!(line.contains("default-features = false"));
    for feature in ["\"debug\"", "\"hot\"", "\"tester\"", "\"time-travel\""] {
        assert!(!line.contains(feature), "{feature}");
    }
}

#[test]
fn no_file_has_grown_too_large() {
    for source in all() {
        let lines = source.text.lines().count();
        let most = if source.path.to_string_lossy().contains("src/ui/screens/") { 400 } else { 700 };
        assert!(lines <= most, "{} has {lines} lines: is it one thing?", source.path.display());
    }
}

/// The words between the quotes of a string that begins like a statement.
fn statements(text: &str) -> Vec<String> {
    fn walk(tokens: proc_macro2::TokenStream, out: &mut Vec<String>) {
        for token in tokens {
            match token {
                proc_macro2::TokenTree::Group(group) => walk(group.stream(), out),
                proc_macro2::TokenTree::Literal(literal) => out.push(literal.to_string()),
                _ => {}
            }
        }
    }
    let mut all = Vec::new();
    walk(code(text).parse().expect("Rust"), &mut all);
    let begins = ["\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE ", "\"WITH "];
    all.retain(|literal| begins.iter().any(|word| literal.starts_with(word)));
    all
}

#[test]
fn a_statement_longer_than_a_line_is_a_file() {
    for source in below("crates/store/src").into_iter().chain(below("crates/hub/src")) {
        // One whose table is a variable cannot be a file.
        for statement in statements(&source.text).iter().filter(|statement| !statement.contains('{')) {
            let words: Vec<&str> = statement
                .trim_matches('"')
                .split([' ', '\n', '\\'])
                .filter(|word| !word.is_empty())
                .collect();
            let line = words.join(" ");
            assert!(line.chars().count() <= 100, "{}: {line}", source.path.display());
        }
    }
}
