//! What an erasure leaves behind outside the tables: old pages of the database
//! and its log, files written from it, backups. That they are to go is noted with
//! the erasure itself, and worked off until it is done.

use std::path::Path;

use crate::connection::{Store, Tx};
use crate::error::{Error, Result, Rule};
use crate::setting::COPIES_TO_FORGET;
use crate::sql::RowExt;
use crate::{backup, setting};

/// The same of the second place of the backups.
const SECOND: &str = "privacy.second_copies_to_forget";

impl Tx<'_> {
    /// Notes, with the erasure, that copies of before are to go.
    pub(crate) fn note_copies_to_forget(&self) -> Result<()> {
        // Another mark each time: what is worked off is never a later erasure.
        let mark = uuid::Uuid::now_v7().to_string();
        setting::put(self, COPIES_TO_FORGET, &mark)?;
        setting::put(self, SECOND, &mark)
    }
}

impl Store {
    /// Removes what is left of somebody who was erased, if anything may be.
    ///
    /// # Errors
    /// Somebody reads the database, or a file cannot be removed: it stays noted.
    pub fn forget_what_is_noted(&mut self) -> Result<()> {
        if mark_of(self, COPIES_TO_FORGET)?.is_some() {
            let _ = self.forget_copies()?;
        }
        Ok(())
    }

    /// Writes the database anew, empties the log, removes exports, refused rows,
    /// set-aside databases and what a power cut left of a backup or a restore; a
    /// new backup takes the place of all older ones. Returns how many files went.
    ///
    /// # Errors
    /// Somebody reads the database, a backup is under way, or a file cannot be
    /// removed: the rest stays noted.
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

    /// As [`Store::forget_copies`], for an erasure that came from elsewhere: what
    /// fails stays noted and nobody waits for it.
    pub(crate) fn forget_copies_or_later(&mut self) {
        if let Err(error) = self.forget_copies() {
            tracing::warn!("copies of somebody who was erased are still there: {error}");
        }
    }

    /// The mark of the erasures after which backups may still lie at the second
    /// place, once the newest backup here is one of after them.
    pub(crate) fn second_place_is_to_forget(&self) -> Result<Option<String>> {
        Ok(mark_of(self, SECOND)?.filter(|_| matches!(mark_of(self, COPIES_TO_FORGET), Ok(None))))
    }

    /// The second place holds nothing of before the erasures with this mark.
    ///
    /// # Errors
    /// The database cannot be written: the copies there are removed once more.
    pub fn second_place_forgot(&mut self, mark: &str) -> Result<()> {
        unmark(self, SECOND, mark)
    }

    /// The old pages of the file and of the log still hold the words: both are
    /// written anew.
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

/// Takes a mark away, unless it is a newer one by now.
fn unmark(store: &Store, key: &str, mark: &str) -> Result<()> {
    if mark_of(store, key)?.as_deref() == Some(mark) {
        setting::put(&store.conn, key, "")?;
    }
    Ok(())
}

/// Empties a folder. Returns how much was in it.
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
