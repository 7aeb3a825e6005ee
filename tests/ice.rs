//! Whole journeys on the real application: every `.ice` file of `tests/ice`,
//! or of the folder in `KIOSK_ICE_DIR`.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where something is wrong"
)]

use std::path::PathBuf;

use daycare_kiosk::app::{self, Devices, Start, presets};
use iced_test::{Ice, Instruction};

fn folder() -> PathBuf {
    std::env::var_os("KIOSK_ICE_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/ice"), PathBuf::from)
}

fn files() -> Vec<(PathBuf, String)> {
    let entries = std::fs::read_dir(folder()).expect("the folder of journeys");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut files: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|e| e == "ice"))
        .map(|path| (path.clone(), std::fs::read_to_string(&path).expect("text")))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no journeys in {}", folder().display());
    files
}

#[test]
fn every_line_of_a_journey_is_understood() {
    for (path, text) in files() {
        let body = text.split_once("-----").expect("a header").1;
        let lines = body.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('-'));
        for line in lines {
            let first =
                Instruction::parse(line).unwrap_or_else(|e| panic!("{}: {line}: {e}", path.display()));
            let again = Instruction::parse(&first.to_string()).expect("what it printed");
            assert_eq!(first, again, "{}: {line}", path.display());
            // What cannot be read is dropped without a word: compare the words.
            let quoted = line.split('"').nth(1).unwrap_or_default();
            assert!(format!("{first:?}").contains(quoted), "{}: {line}", path.display());
        }
        Ice::parse(&text).expect("the whole file");
    }
}

#[test]
fn every_journey_arrives() {
    testkit::sandbox::load_fonts();
    let start = || Start {
        cx: presets::context(|store| daycare_kiosk::demo::seed(store).map(drop)).expect("a centre"),
        devices: Devices::default(),
    };
    if let Err(error) = iced_test::run(app::application(start), folder()) {
        panic!("{error}: {error:?}");
    }
}
