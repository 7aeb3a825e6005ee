//! The seal of the audit trail: each row's digest is chained to the row before it. Changing,
//! removing or inserting a row breaks the chain; rewriting the whole trail gives another head
//! than the one on the last printed report.

use daycare_core::text::hex;
use rusqlite::{Connection, OptionalExtension, Row};
use sha2::{Digest, Sha256};

use crate::connection::Store;
use crate::error::{Error, Result};
use crate::sql::{RowExt, params};

/// The content of a row, as it is sealed.
pub(super) struct Sealed<'a> {
    pub(super) at: i64,
    pub(super) actor: &'a str,
    pub(super) staff: Option<&'a [u8]>,
    pub(super) action: &'a str,
    pub(super) entity: &'a str,
    pub(super) entity_id: &'a [u8],
}

/// The free text of a row.
pub(super) struct Payload<'a> {
    pub(super) before: Option<&'a str>,
    pub(super) after: Option<&'a str>,
    pub(super) reason: Option<&'a str>,
}

/// Salted, so that nobody can guess erased text from its digest.
pub(super) fn digest(salt: &[u8], payload: &Payload<'_>) -> [u8; 32] {
    let mut hash = Sha256::new();
    put(&mut hash, Some(salt));
    for part in [payload.before, payload.after, payload.reason] {
        put(&mut hash, part.map(str::as_bytes));
    }
    hash.finalize().into()
}

pub(super) fn seal(before: &[u8], row: &Sealed<'_>, digest: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    put(&mut hash, Some(before));
    put(&mut hash, Some(&row.at.to_be_bytes()));
    put(&mut hash, Some(row.actor.as_bytes()));
    put(&mut hash, row.staff);
    put(&mut hash, Some(row.action.as_bytes()));
    put(&mut hash, Some(row.entity.as_bytes()));
    put(&mut hash, Some(row.entity_id));
    put(&mut hash, Some(digest));
    hash.finalize().into()
}

/// Writes the length first, so that no two different rows have the same encoding.
fn put(hash: &mut Sha256, part: Option<&[u8]>) {
    let length = part.map_or(u64::MAX, |part| part.len() as u64);
    hash.update(length.to_be_bytes());
    hash.update(part.unwrap_or_default());
}

/// Result of checking the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// Number of rows checked.
    pub rows: u64,
    /// The first row whose seal is wrong, if any.
    pub broken_at: Option<i64>,
    /// The last seal, as hexadecimal digits.
    pub head: String,
}

/// Checks a stored row: returns its expected seal, and whether the stored one matches.
fn step(before: &[u8], row: &Row<'_>) -> rusqlite::Result<([u8; 32], bool)> {
    let text = |at: usize| row.get_ref(at).and_then(|value| Ok(value.as_str_or_null()?));
    let blob = |at: usize| row.get_ref(at).and_then(|value| Ok(value.as_blob_or_null()?));
    let payload = Payload { before: text(7)?, after: text(8)?, reason: text(9)? };
    let stored = blob(11)?.unwrap_or_default();
    // Without a salt the text was erased; its digest is still valid.
    let fits = match blob(10)? {
        Some(salt) => digest(salt, &payload) == stored,
        None => payload.before.is_none() && payload.after.is_none() && payload.reason.is_none(),
    };
    let said = Sealed {
        at: row.read(1)?,
        actor: row.get_ref(2)?.as_str()?,
        staff: blob(3)?,
        action: row.get_ref(4)?.as_str()?,
        entity: row.get_ref(5)?.as_str()?,
        entity_id: row.get_ref(6)?.as_blob()?,
    };
    let seal = seal(before, &said, stored);
    Ok((seal, fits && blob(12)?.is_some_and(|stored| stored == seal)))
}

impl Store {
    /// The last seal, as hexadecimal digits; it is printed on reports.
    pub fn last_seal(&self) -> Result<String> {
        let mut statement = self.conn.prepare_cached(include_str!("last_seal.sql"))?;
        let last: Option<Option<Vec<u8>>> = statement.query_row([], |row| row.read(0)).optional()?;
        Ok(hex(&last.flatten().unwrap_or_default()))
    }

    /// Checks the whole chain.
    pub fn check_trail(&self) -> Result<Chain> {
        let mut statement = self.conn.prepare(include_str!("walk.sql"))?;
        let mut rows = statement.query([])?;
        let mut chain = Chain { rows: 0, broken_at: None, head: String::new() };
        let mut before: Vec<u8> = vec![];
        while let Some(row) = rows.next()? {
            let (seal, fits) = step(&before, row)?;
            chain.rows += 1;
            if !fits {
                chain.broken_at = Some(row.read(0)?);
                break;
            }
            before = seal.to_vec();
        }
        chain.head = hex(&before);
        Ok(chain)
    }
}

/// Seals the rows that an older program wrote without a seal.
pub(crate) fn seal_older(conn: &Connection) -> Result<()> {
    let mut walk = conn.prepare(include_str!("walk.sql"))?;
    let mut set = conn.prepare(include_str!("set_seal.sql"))?;
    let mut rows = walk.query([])?;
    let mut before: Vec<u8> = vec![];
    while let Some(row) = rows.next()? {
        let text = |at: usize| row.get_ref(at).and_then(|value| Ok(value.as_str_or_null()?));
        let payload = Payload { before: text(7)?, after: text(8)?, reason: text(9)? };
        let salt = salt()?;
        let digest = digest(&salt, &payload);
        let staff = row.get_ref(3)?;
        let said = Sealed {
            at: row.read(1)?,
            actor: row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?,
            staff: staff.as_blob_or_null().map_err(rusqlite::Error::from)?,
            action: row.get_ref(4)?.as_str().map_err(rusqlite::Error::from)?,
            entity: row.get_ref(5)?.as_str().map_err(rusqlite::Error::from)?,
            entity_id: row.get_ref(6)?.as_blob().map_err(rusqlite::Error::from)?,
        };
        let seal = seal(&before, &said, &digest);
        let _ = set.execute(params![row.read::<i64>(0)?, salt, digest, seal])?;
        before = seal.to_vec();
    }
    Ok(())
}

/// Sixteen random bytes.
pub(super) fn salt() -> Result<[u8; 16]> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(salt)
}
