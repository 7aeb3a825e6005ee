//! Numbered migrations, never edited once shipped.

use rusqlite::{Connection, OpenFlags};

use crate::backup;
use crate::connection::Store;
use crate::error::{Error, Refusal, Result};
use crate::paths::Paths;
use crate::sql::RowExt;

const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_init.sql"),
    include_str!("migrations/0002_appointments.sql"),
    include_str!("migrations/0003_activities.sql"),
    include_str!("migrations/0004_desk.sql"),
    include_str!("migrations/0005_sync.sql"),
    include_str!("migrations/0006_merges.sql"),
];

/// The first schema version with a sealed audit trail.
const SEALED: u32 = 4;

impl Store {
    /// Whether opening the database would migrate its tables, because an older program wrote
    /// it.
    ///
    /// # Errors
    /// The file is no database.
    pub fn is_older(paths: &Paths) -> Result<bool> {
        if !paths.database().exists() {
            return Ok(false);
        }
        let conn = Connection::open_with_flags(paths.database(), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let version: u32 = conn.query_row("PRAGMA user_version", [], |row| row.read(0))?;
        Ok((1..MIGRATIONS.len()).contains(&(version as usize)))
    }
}

/// Brings the schema up to date, after a backup if there is any data.
pub(crate) fn run(store: &mut Store) -> Result<()> {
    let version: u32 = store.conn.query_row("PRAGMA user_version", [], |row| row.read(0))?;
    let version = version as usize;
    if version > MIGRATIONS.len() {
        return Err(Error::refused(Refusal::NewerDatabase, format!("{version} > {}", MIGRATIONS.len())));
    }
    if version > 0 && version < MIGRATIONS.len() {
        backup::create(store)?;
    }
    for (number, sql) in (1u32..).zip(MIGRATIONS).skip(version) {
        let tx = store.conn.transaction()?;
        tx.execute_batch(sql)?;
        if number == SEALED {
            crate::audit::seal::seal_older(&tx)?;
        }
        if number as usize == MIGRATIONS.len() {
            crate::sync::note_new_columns(&tx, version)?;
        }
        tx.pragma_update(None, "user_version", number)?;
        tx.commit()?;
    }
    Ok(())
}
