//! Settings that live with the data: name of the centre, last backup, notices.

use daycare_core::audit::Actor;
use rusqlite::{Connection, OptionalExtension};

use crate::connection::{Store, Tx};
use crate::error::Result;
use crate::sql::RowExt;

/// Name of the centre; a database without it has not been set up.
pub const CENTRE_NAME: &str = "centre.name";
/// Set if all data in the database are invented.
pub const DEMO: &str = "centre.demo";
/// Fingerprint of the key that is stored beside the database.
pub const KEY_FINGERPRINT: &str = "key.fingerprint";
/// Set if somebody was erased and earlier copies may still be in the data folder.
pub(crate) const COPIES_TO_FORGET: &str = "privacy.copies_to_forget";
/// Local time of the last good backup.
pub const LAST_BACKUP: &str = "backup.last";
/// Local day of the last good copy of a backup at the second place.
pub const LAST_COPY: &str = "backup.copied";
/// What staff must be told about a damaged database, until they say "seen".
pub const DAMAGE_NOTICE: &str = "notice.damage";
/// Screen diagonal chosen at first start, in inches.
pub const PANEL_INCHES: &str = "screen.inches";

/// How many years records stay linked to a person; empty or 0 means for ever.
pub const KEEP_YEARS: &str = "privacy.keep_years";

/// Prefix of the keys for the centre's own names, before the language tag and the name.
const NAME: &str = "name.";

pub(crate) fn get(conn: &Connection, key: &str) -> Result<Option<String>> {
    let mut statement = conn.prepare_cached(include_str!("get.sql"))?;
    Ok(statement.query_row([key], |row| row.read(0)).optional()?)
}

pub(crate) fn put(conn: &Connection, key: &str, value: &str) -> Result<()> {
    let _ = conn.prepare_cached(include_str!("put.sql"))?.execute([key, value])?;
    Ok(())
}

fn put_logged(tx: &Tx<'_>, key: &str, value: &str) -> Result<()> {
    let before = get(tx, key)?;
    put(tx, key, value)?;
    let change = crate::audit::TrailEntry::new("setting.put", "setting", uuid::Uuid::nil())
        .before(before.map(|v| serde_json::json!({ key: v })))
        .after(serde_json::json!({ key: value }));
    tx.log(&change)
}

impl Store {
    /// The value of a setting, if it is set.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        get(&self.conn, key)
    }

    /// What staff must be told about a damaged database, until they have seen it.
    pub fn damage_notice(&self) -> Result<Option<String>> {
        Ok(get(&self.conn, DAMAGE_NOTICE)?.filter(|notice| !notice.is_empty()))
    }

    /// Records that staff have acknowledged the damage notice.
    pub fn damage_seen(&mut self, actor: Actor) -> Result<()> {
        self.transact(actor, |tx| {
            put(tx, DAMAGE_NOTICE, "")?;
            tx.log(&crate::audit::TrailEntry::new("notice.damage", "setting", uuid::Uuid::nil()))
        })
    }

    /// The centre's own translations of names: language tag, name, translation.
    pub fn own_names(&self) -> Result<Vec<(String, String, String)>> {
        let mut statement = self.conn.prepare_cached(include_str!("own_names.sql"))?;
        let rows = statement.query_map([NAME], |row| Ok((row.read::<String>(0)?, row.read::<String>(1)?)))?;
        let mut all = Vec::new();
        for row in rows {
            let (key, words) = row?;
            if let Some((tag, name)) = key.strip_prefix(NAME).and_then(|rest| rest.split_once('.')) {
                all.push((tag.to_owned(), name.to_owned(), words));
            }
        }
        Ok(all)
    }

    /// Every name that residents and staff see and that may be translated: services, rooms,
    /// teams, duties, and activities that have not ended.
    pub fn names_in_use(&self) -> Result<Vec<String>> {
        let mut statement = self.conn.prepare_cached(include_str!("names_in_use.sql"))?;
        let today = self.clock.today();
        let rows = statement.query_map([today.to_string()], |row| row.read(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Sets the centre's translations of a name: language tags with texts. An empty text
    /// restores the built-in one.
    ///
    /// # Errors
    /// Database errors; then no translation is set.
    pub fn set_own_names(&mut self, actor: Actor, name: &str, words: &[(&str, &str)]) -> Result<()> {
        self.transact(actor, |tx| {
            for (tag, words) in words {
                let key = format!("{NAME}{tag}.{name}");
                if get(tx, &key)?.unwrap_or_default() != words.trim() {
                    put_logged(tx, &key, words.trim())?;
                }
            }
            Ok(())
        })
    }

    /// Sets a setting.
    pub fn set_setting(&mut self, actor: Actor, key: &'static str, value: &str) -> Result<()> {
        self.transact(actor, |tx| put_logged(tx, key, value))
    }
}
