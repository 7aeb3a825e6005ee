//! Reads pinyin from standard input, a line each, and prints for each line the first ten
//! candidates as a JSON array:
//! `cargo run --release --example ime -- [--data DIR] [--fuzzy]`
//!
//! A line is `LINE` or, for the name of a person, `name:LINE`. `--data` takes the words of a
//! centre from its data folder, or from the tables (`.csv`, `.xlsx`, `.xls`) in a folder;
//! `--fuzzy` takes sounds that are alike in Sichuan as the same.

#![allow(clippy::print_stdout, reason = "a tool that prints")]

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};

use daycare_core::clock::Clock;
use daycare_core::surnames;
use daycare_ime::{Engine, Field, Fuzzy, Kind, Lexicon};
use daycare_kiosk::intake::workbook;
use daycare_kiosk::typing;
use daycare_store::Store;
use daycare_store::paths::Paths;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut folder, mut fuzzy) = (None, Fuzzy::NONE);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--data" => folder = Some(PathBuf::from(args.next().ok_or("--data needs a folder")?)),
            "--fuzzy" => fuzzy = Fuzzy::ALL,
            other => return Err(format!("unknown argument {other}").into()),
        }
    }
    let lexicon = folder.map_or_else(|| Ok(Lexicon::default()), |folder| lexicon(&folder))?;
    let engine = Engine::new(lexicon, fuzzy);
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (letters, field) = match line.trim().strip_prefix("name:") {
            Some(letters) => (letters, Field::Name),
            None => (line.trim(), Field::Text),
        };
        let candidates = engine.candidates(letters, field);
        let texts: Vec<&str> = candidates.iter().take(10).map(|candidate| candidate.text.as_str()).collect();
        writeln!(out, "{}", serde_json::to_string(&texts)?)?;
    }
    Ok(())
}

/// The words of a data folder, of its demo centre, or of the tables in a folder.
fn lexicon(folder: &Path) -> Result<Lexicon, Box<dyn std::error::Error>> {
    let paths = Paths::new(folder);
    for paths in [paths.clone(), paths.demo()] {
        if paths.database().exists() {
            let store = Store::open_read_only(&paths, &Clock::real(chrono_tz::Asia::Shanghai))?;
            return Ok(typing::lexicon(&store)?);
        }
    }
    let mut words = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let is_table = path.extension().is_some_and(|end| end == "csv" || end == "xlsx" || end == "xls");
        if is_table && let Ok(books) = workbook::read(&std::fs::read(&path)?) {
            let rows = books.into_iter().take(1).flat_map(|book| book.sheets).flat_map(|sheet| sheet.rows);
            words.extend(rows.flat_map(|row| row.cells).map(|cell| cell.text.trim().to_owned()));
        }
    }
    words.sort_unstable();
    words.dedup();
    Ok(Lexicon::new(words.iter().map(|word| (word.as_str(), kind(word)))))
}

fn kind(word: &str) -> Kind {
    if surnames::is_name(word) { Kind::Person } else { Kind::Place }
}
