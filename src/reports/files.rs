//! Writes documents and exports to files.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Writes bytes to a new file; an existing one is never overwritten.
///
/// # Errors
/// The file exists or cannot be written.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    use std::io::Write;
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|e| Error::file(folder, e))?;
    }
    std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .map_err(|e| Error::file(path, e))
}

/// Writes `<stem>.<extension>` into a folder and returns its path; adds a number if the name
/// is taken.
///
/// # Errors
/// The folder cannot be written.
pub fn save(folder: &Path, stem: &str, extension: &str, bytes: &[u8]) -> Result<PathBuf> {
    let mut path = folder.join(format!("{stem}.{extension}"));
    for number in 2..1000 {
        if !path.exists() {
            break;
        }
        path = folder.join(format!("{stem}-{number}.{extension}"));
    }
    write_new(&path, bytes)?;
    Ok(path)
}
