//! Removes what an erasure leaves behind outside the tables: old pages of the database and its
//! log, exported files, and backups. The task is recorded together with the erasure and retried
//! until it is done.

use std::path::Path;

use crate::connection::{Store, Tx};
use crate::error::{Error, Result, Rule};
use crate::setting::COPIES_TO_FORGET;
use crate::sql::RowExt;
use crate::{backup, setting};

/// The same, for the second location of the backups.
const SECOND: &str = "privacy.second_copies_to_forget";

impl Tx<'_> {
    /// Records, together with the erasure, that earlier copies must be removed.
    pub(crate) fn note_copies_to_forget(&self) -> Result<()> {
        // A new mark each time, so that finishing one erasure never clears a later one.
        let mark = uuid::Uuid::now_v7().to_string();
        setting::put(self, COPIES_TO_FORGET, &mark)?;
        setting::put(self, SECOND, &mark)
    }
}

impl Store {
    /// Removes the remaining copies of erased data, if any are recorded.
    ///
    /// # Errors
    /// Another program is reading the database, or a file cannot be removed; the task stays
    /// recorded.
    pub fn forget_what_is_noted(&mut self) -> Result<()> {
        if mark_of(self, COPIES_TO_FORGET)?.is_some() {
            let _ = self.forget_copies()?;
        }
        Ok(())
    }

    /// Rewrites the database, empties the log, and removes exports, refused rows, set-aside
    /// databases and leftovers of interrupted backups and restores; a new backup replaces all
    /// older ones. Returns how many files were removed.
    ///
    /// # Errors
    /// Another program is reading the database, a backup is in progress, or a file cannot be
    /// removed; the rest stays recorded.
    pub(crate) fn forget_copies(&mut self) -> Result<usize> {
        let paths = self.paths().clone();
        let hold = backup::Hold::now(&paths)?.ok_or(Error::Rule(Rule::ErasedDatabaseInUse))?;
        let mark = mark_of(self, COPIES_TO_FORGET)?;
        self.forget_pages()?;
        let mut files = hold.remove_leftovers()?;
        for folder in [paths.exports(), paths.refused(), paths.set_aside()] {
            files += remove_files(&folder)?;
        }
        let older = backup::list(&paths);
        let _ = hold.create(self)?;
        for folder in older {
            std::fs::remove_dir_all(&folder).map_err(|e| Error::file(&folder, e))?;
            files += 1;
        }
        if let Some(mark) = mark {
            unmark(self, COPIES_TO_FORGET, &mark)?;
        }
        Ok(files)
    }

    /// As [`Store::forget_copies`], for an erasure received from the hub: on failure the task
    /// stays recorded, and nobody waits for it.
    pub(crate) fn forget_copies_or_later(&mut self) {
        if let Err(error) = self.forget_copies() {
            tracing::warn!("copies of somebody who was erased are still there: {error}");
        }
    }

    /// The mark of the erasures whose copies may still be at the second location, once the
    /// newest backup here dates from after them.
    pub(crate) fn second_place_is_to_forget(&self) -> Result<Option<String>> {
        Ok(mark_of(self, SECOND)?.filter(|_| matches!(mark_of(self, COPIES_TO_FORGET), Ok(None))))
    }

    /// Records that the second location has no copies from before the erasures with this mark.
    ///
    /// # Errors
    /// The database cannot be written; the copies will be removed once more.
    pub fn second_place_forgot(&mut self, mark: &str) -> Result<()> {
        unmark(self, SECOND, mark)
    }

    /// Rewrites the database and truncates the log, because old pages of both still hold the
    /// text.
    pub(crate) fn forget_pages(&mut self) -> Result<()> {
        self.conn.execute_batch("PRAGMA secure_delete = ON; VACUUM")?;
        let busy: bool = self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.read(0))?;
        if busy {
            return Err(Error::Rule(Rule::ErasedDatabaseInUse));
        }
        Ok(())
    }
}

fn mark_of(store: &Store, key: &str) -> Result<Option<String>> {
    Ok(store.setting(key)?.filter(|mark| !mark.is_empty()))
}

/// Clears a mark, unless a newer one has replaced it.
fn unmark(store: &Store, key: &str, mark: &str) -> Result<()> {
    if mark_of(store, key)?.as_deref() == Some(mark) {
        setting::put(&store.conn, key, "")?;
    }
    Ok(())
}

/// Empties a folder. Returns how many entries were removed.
pub(crate) fn remove_files(folder: &Path) -> Result<usize> {
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
