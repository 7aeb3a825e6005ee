//! Cards, and the list of scans nobody knew.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::json;

use super::audit::Change;
use super::{Store, Tx};
use crate::domain::audit::Actor;
use crate::domain::card::{Card, CardCode, UnknownScan};
use crate::domain::ids::{CardId, ResidentId};
use crate::error::{Error, Result};

fn of(conn: &Connection, resident: ResidentId) -> Result<Vec<Card>> {
    let mut statement = conn.prepare_cached(include_str!("list_of_resident.sql"))?;
    let rows = statement.query_map([resident], |row| {
        Ok(Card { id: row.get(0)?, code: row.get(1)?, issued_at: row.get(2)?, revoked_at: row.get(3)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Tx<'_> {
    pub(super) fn revoke_cards(&self, resident: ResidentId, reason: &str) -> Result<()> {
        for card in of(self, resident)?.iter().filter(|card| card.revoked_at.is_none()) {
            let _ = self.prepare_cached(include_str!("revoke.sql"))?.execute(params![
                card.id,
                self.clock.now(),
                reason
            ])?;
            self.log(&Change::new("card.revoke", "card", card.id.uuid()).reason(reason))?;
        }
        Ok(())
    }

    pub(super) fn add_card(&self, resident: ResidentId, code: &CardCode) -> Result<()> {
        let id = CardId::new();
        let _ = self.prepare_cached(include_str!("add.sql"))?.execute(params![
            id,
            resident,
            code.as_str(),
            self.clock.now()
        ])?;
        let after = json!({ "resident": resident, "tail": code.tail() });
        self.log(&Change::new("card.issue", "card", id.uuid()).after(after))
    }
}

impl Store {
    /// The cards of a resident, newest first.
    ///
    /// # Errors
    /// Database errors.
    pub fn cards_of(&self, resident: ResidentId) -> Result<Vec<Card>> {
        of(&self.conn, resident)
    }

    /// Bits for a new card code, from the system's random source.
    ///
    /// # Errors
    /// The system has no random source.
    pub fn random_bits(&self) -> Result<[u8; 10]> {
        let mut bits = [0u8; 10];
        getrandom::fill(&mut bits).map_err(|e| Error::Internal(e.to_string()))?;
        Ok(bits)
    }

    /// Whose valid card this is.
    ///
    /// # Errors
    /// Database errors.
    pub fn find_by_card(&self, code: &CardCode) -> Result<Option<ResidentId>> {
        let mut statement = self.conn.prepare_cached(include_str!("find.sql"))?;
        Ok(statement.query_row([code.as_str()], |row| row.get(0)).optional()?)
    }

    /// Issues a card; the older ones of this resident end with it. The same
    /// code again for the same resident changes nothing.
    ///
    /// # Errors
    /// No such resident, the code is somebody else's, or database errors.
    pub fn issue_card(&mut self, actor: Actor, resident: ResidentId, code: &CardCode) -> Result<()> {
        self.transact(actor, |tx| {
            let _ = super::resident::require(tx, resident)?;
            if of(tx, resident)?.iter().any(|c| c.code == code.as_str() && c.revoked_at.is_none()) {
                return Ok(());
            }
            tx.revoke_cards(resident, "replaced")?;
            tx.add_card(resident, code)
        })
    }

    /// Ends all cards of a resident.
    ///
    /// # Errors
    /// Database errors.
    pub fn revoke_cards(&mut self, actor: Actor, resident: ResidentId, reason: &str) -> Result<()> {
        self.transact(actor, |tx| tx.revoke_cards(resident, reason))
    }

    /// Notes a scan that belongs to nobody.
    ///
    /// # Errors
    /// Database errors.
    pub fn note_unknown_scan(&mut self, scanned: &str) -> Result<()> {
        let count = scanned.chars().count();
        let tail: String = scanned.chars().skip(count.saturating_sub(4)).collect();
        let at = self.clock.now();
        let _ = self.conn.prepare_cached(include_str!("add_unknown.sql"))?.execute(params![at, tail])?;
        Ok(())
    }

    /// The latest scans that nobody knew, of the last seven days.
    ///
    /// # Errors
    /// Database errors.
    pub fn unknown_scans(&self) -> Result<Vec<UnknownScan>> {
        let since = self.clock.now().plus_ms(-7 * 86_400_000);
        let mut statement = self.conn.prepare_cached(include_str!("list_unknown.sql"))?;
        let rows =
            statement.query_map([since], |row| Ok(UnknownScan { at: row.get(0)?, tail: row.get(1)? }))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
