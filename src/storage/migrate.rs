//! Numbered migrations, never edited once shipped.

use super::{Store, backup};
use crate::error::{Error, Refusal, Result};

const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_init.sql"),
    include_str!("migrations/0002_appointments.sql"),
    include_str!("migrations/0003_activities.sql"),
    include_str!("migrations/0004_desk.sql"),
    include_str!("migrations/0005_sync.sql"),
];

/// From this schema on the trail is sealed.
const SEALED: u32 = 4;

/// Brings the schema up to date, after a backup when there is data to lose.
pub(super) fn run(store: &mut Store) -> Result<()> {
    let version: u32 = store.conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
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
            super::audit::seal::seal_older(&tx)?;
        }
        tx.pragma_update(None, "user_version", number)?;
        tx.commit()?;
    }
    if version < MIGRATIONS.len() {
        super::sync::note_new_columns(&mut store.conn)?;
    }
    Ok(())
}
