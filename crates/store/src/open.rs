//! Opening the database for writing: it is checked, migrated to the newest schema, and filled
//! with what every centre has.

use daycare_core::clock::Clock;
use rusqlite::Connection;

use crate::connection::Store;
use crate::error::{Error, Result};
use crate::paths::{self, Paths};
use crate::{backup, duty, migrate, service, team};

impl Store {
    /// Opens the database for writing; creates and migrates it as needed.
    ///
    /// # Errors
    /// [`Error::Damaged`] if the file fails its check, or is missing while backups of it exist:
    /// an empty database never silently replaces it.
    pub fn open(paths: &Paths, clock: &Clock) -> Result<Self> {
        paths.create()?;
        let file = paths.database();
        if !file.exists() && backup::newest(paths).is_some() {
            return Err(Error::Damaged { path: file, detail: "it is gone, but backups exist".into() });
        }
        paths::private_file(&file)?;
        let conn = Connection::open(&file).map_err(|e| damaged_or(&file, e))?;
        let mut store = Self { conn, clock: clock.clone(), paths: paths.clone() };
        store.configure().map_err(|e| damaged_or(&file, e))?;
        store.check()?;
        migrate::run(&mut store)?;
        service::seed(&mut store)?;
        team::seed(&mut store)?;
        duty::seed(&mut store)?;
        Ok(store)
    }

    fn configure(&self) -> rusqlite::Result<()> {
        // FULL, so that pulling the plug after "checked in" does not lose the row.
        self.conn.execute_batch(
            "PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             PRAGMA foreign_keys = ON;
             PRAGMA busy_timeout = 5000;
             PRAGMA trusted_schema = OFF;
             PRAGMA cell_size_check = ON;
             PRAGMA journal_size_limit = 16777216;",
        )?;
        self.conn.set_prepared_statement_cache_capacity(64);
        Ok(())
    }

    fn check(&self) -> Result<()> {
        let path = self.paths.database();
        let verdict: String = self
            .conn
            .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
            .map_err(|e| damaged_or(&path, e))?;
        if verdict == "ok" { Ok(()) } else { Err(Error::Damaged { path, detail: verdict }) }
    }
}

fn damaged_or(path: &std::path::Path, error: rusqlite::Error) -> Error {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
    match error.sqlite_error_code() {
        Some(DatabaseCorrupt | NotADatabase) => {
            Error::Damaged { path: path.to_owned(), detail: error.to_string() }
        }
        _ => error.into(),
    }
}
