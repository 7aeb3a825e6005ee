//! Finds files to import on USB sticks and in the user's folders.

use std::path::{Path, PathBuf};

/// Extensions of table files. Formats that cannot be read are listed too, so that the error
/// can say how to convert them.
pub const ENDINGS: &[&str] = &["csv", "txt", "xlsx", "xlsm", "xls", "et", "ods"];

/// Search depth in folders.
const DEPTH: usize = 3;
/// At most this many files are shown.
const MOST: usize = 8;

/// Spreadsheets and CSV files on sticks and in `extra`, the newest first.
#[must_use]
pub fn files(extra: &[PathBuf]) -> Vec<PathBuf> {
    let sticks = ["/media", "/run/media", "/mnt", "/Volumes"].map(PathBuf::from);
    let drives = if cfg!(windows) {
        (b'D'..=b'Z').map(|c| PathBuf::from(format!("{}:\\", c as char))).collect()
    } else {
        vec![]
    };
    let mut found = Vec::new();
    for root in sticks.iter().chain(&drives).chain(extra) {
        look(root, DEPTH, &mut found);
    }
    found.sort_by_key(|(changed, _)| std::cmp::Reverse(*changed));
    found.into_iter().map(|(_, path)| path).take(MOST).collect()
}

fn look(folder: &Path, depth: usize, found: &mut Vec<(Option<std::time::SystemTime>, PathBuf)>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let Ok(kind) = entry.file_type() else { continue };
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if kind.is_dir() && depth > 1 && !hidden {
            look(&path, depth - 1, found);
        }
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        if kind.is_file() && !hidden && ending.as_deref().is_some_and(|ending| ENDINGS.contains(&ending)) {
            let changed = entry.metadata().ok().and_then(|about| about.modified().ok());
            found.push((changed, path));
        }
    }
}
