//! What an erasure leaves behind outside the tables: old pages of the database
//! and its log, files written from it, backups.

use super::super::{Store, backup};
use crate::error::{Error, Result, Rule};

impl Store {
    /// Writes the database anew, empties the log, removes exports, refused rows
    /// and set-aside databases; a new backup takes the place of all older ones.
    /// Returns how many files went.
    pub(in crate::storage) fn forget_copies(&mut self) -> Result<usize> {
        self.forget_pages()?;
        let paths = self.paths().clone();
        let mut files = 0;
        for folder in [paths.exports(), paths.refused(), paths.set_aside()] {
            files += remove_files(&folder)?;
        }
        let older = backup::list(&paths);
        let _ = backup::create(self)?;
        for folder in older {
            std::fs::remove_dir_all(&folder).map_err(|e| Error::file(&folder, e))?;
            files += 1;
        }
        Ok(files)
    }

    /// The old pages of the file and of the log still hold the words: both are
    /// written anew.
    pub(in crate::storage) fn forget_pages(&mut self) -> Result<()> {
        self.conn.execute_batch("PRAGMA secure_delete = ON; VACUUM")?;
        let busy: bool = self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy {
            return Err(Error::Rule(Rule::ErasedDatabaseInUse));
        }
        Ok(())
    }
}

/// Empties a folder. Returns how much was in it.
pub(in crate::storage) fn remove_files(folder: &std::path::Path) -> Result<usize> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(0) };
    let mut removed = 0;
    for entry in entries.flatten() {
        let path = entry.path();
        let gone = if path.is_dir() { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) };
        gone.map_err(|e| Error::file(&path, e))?;
        removed += 1;
    }
    Ok(removed)
}
