//! Settings that live with the data: name of the centre, last backup, notices.

use rusqlite::{Connection, OptionalExtension};

use super::Store;
use crate::domain::audit::Actor;
use crate::error::Result;

/// Name of the centre; a database without it has not been set up.
pub const CENTRE_NAME: &str = "centre.name";
/// Everything in the database is invented.
pub const DEMO: &str = "centre.demo";
/// Fingerprint of the key beside the database.
pub const KEY_FINGERPRINT: &str = "key.fingerprint";
/// Local time of the last good backup.
pub const LAST_BACKUP: &str = "backup.last";
/// What staff must be told about a damaged database, until they say "seen".
pub const DAMAGE_NOTICE: &str = "notice.damage";
/// Screen diagonal chosen at first start, in inches.
pub const PANEL_INCHES: &str = "screen.inches";

/// Years that records keep their person; empty or 0 keeps them always.
pub const KEEP_YEARS: &str = "privacy.keep_years";

pub(super) fn get(conn: &Connection, key: &str) -> Result<Option<String>> {
    let mut statement = conn.prepare_cached(include_str!("get.sql"))?;
    Ok(statement.query_row([key], |row| row.get(0)).optional()?)
}

pub(super) fn put(conn: &Connection, key: &str, value: &str) -> Result<()> {
    let _ = conn.prepare_cached(include_str!("put.sql"))?.execute([key, value])?;
    Ok(())
}

impl Store {
    /// A setting, where set.
    ///
    /// # Errors
    /// Database errors.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        get(&self.conn, key)
    }

    /// What staff must be told about a damaged database, until they have seen it.
    ///
    /// # Errors
    /// Database errors.
    pub fn damage_notice(&self) -> Result<Option<String>> {
        Ok(get(&self.conn, DAMAGE_NOTICE)?.filter(|notice| !notice.is_empty()))
    }

    /// Staff have seen the notice.
    ///
    /// # Errors
    /// Database errors.
    pub fn damage_seen(&mut self, actor: Actor) -> Result<()> {
        self.transact(actor, |tx| {
            put(tx, DAMAGE_NOTICE, "")?;
            tx.log(&super::audit::Change::new("notice.damage", "setting", uuid::Uuid::nil()))
        })
    }

    /// Sets a setting.
    ///
    /// # Errors
    /// Database errors.
    pub fn set_setting(&mut self, actor: Actor, key: &'static str, value: &str) -> Result<()> {
        self.transact(actor, |tx| {
            let before = get(tx, key)?;
            put(tx, key, value)?;
            let change = super::audit::Change::new("setting.put", "setting", uuid::Uuid::nil())
                .before(before.map(|v| serde_json::json!({ key: v })))
                .after(serde_json::json!({ key: value }));
            tx.log(&change)
        })
    }
}
