//! Cards, and the list of unknown scans.

use daycare_core::audit::Actor;
use daycare_core::card::{Card, CardCode, Holder, UnknownScan};
use daycare_core::ids::{CardId, ResidentId, VolunteerId};
use daycare_core::resident::Standing;
use rusqlite::{Connection, OptionalExtension};
use serde_json::json;

use crate::audit::TrailEntry;
use crate::connection::{Store, Tx};
use crate::error::{Error, Result, Rule};
use crate::sql::{RowExt, params};

fn of(conn: &Connection, holder: Holder) -> Result<Vec<Card>> {
    let mut statement = conn.prepare_cached(include_str!("list_of.sql"))?;
    let (resident, volunteer) = columns(holder);
    let rows = statement.query_map(params![resident, volunteer], |row| {
        Ok(Card { id: row.read(0)?, code: row.read(1)?, issued_at: row.read(2)?, revoked_at: row.read(3)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The holder as two columns, one of which is NULL.
fn columns(holder: Holder) -> (Option<ResidentId>, Option<VolunteerId>) {
    match holder {
        Holder::Resident(id) => (Some(id), None),
        Holder::Volunteer(id) => (None, Some(id)),
    }
}

impl Tx<'_> {
    pub(crate) fn revoke_cards(&self, holder: Holder, reason: &str) -> Result<()> {
        for card in of(self, holder)?.iter().filter(|card| card.revoked_at.is_none()) {
            let _ = self.prepare_cached(include_str!("revoke.sql"))?.execute(params![
                card.id,
                self.clock.now(),
                reason
            ])?;
            self.log(&TrailEntry::new("card.revoke", "card", card.id.uuid()).reason(reason))?;
        }
        Ok(())
    }

    fn add_card(&self, holder: Holder, code: &CardCode) -> Result<()> {
        let id = CardId::new();
        let (resident, volunteer) = columns(holder);
        let _ = self.prepare_cached(include_str!("add.sql"))?.execute(params![
            id,
            resident,
            volunteer,
            code.as_str(),
            self.clock.now()
        ])?;
        let after = json!({ "holder": holder, "tail": code.tail() });
        self.log(&TrailEntry::new("card.issue", "card", id.uuid()).after(after))
    }
}

impl Store {
    /// The cards of somebody, newest first.
    pub fn cards_of(&self, holder: Holder) -> Result<Vec<Card>> {
        of(&self.conn, holder)
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

    /// The holder of this card, if it is valid.
    pub fn find_by_card(&self, code: &CardCode) -> Result<Option<Holder>> {
        let mut statement = self.conn.prepare_cached(include_str!("find.sql"))?;
        let found = statement.query_row([code.as_str()], |row| {
            let resident: Option<ResidentId> = row.read(0)?;
            let volunteer: Option<VolunteerId> = row.read(1)?;
            Ok(resident.map(Holder::Resident).or(volunteer.map(Holder::Volunteer)))
        });
        Ok(found.optional()?.flatten())
    }

    /// Issues a card and revokes the holder's older ones. Repeating the call with the same code
    /// and holder changes nothing. Somebody who is both resident and volunteer has one card,
    /// the resident's.
    ///
    /// # Errors
    /// No such holder, the code belongs to somebody else, or database errors.
    pub fn issue_card(&mut self, actor: Actor, holder: Holder, code: &CardCode) -> Result<()> {
        self.transact(actor, |tx| {
            match holder {
                Holder::Resident(id) => drop(crate::resident::require(tx, id)?),
                Holder::Volunteer(id) => {
                    if crate::volunteer::require(tx, id)?.resident_id.is_some() {
                        return Err(Error::Rule(Rule::VolunteerUsesResidentCard));
                    }
                }
            }
            if of(tx, holder)?.iter().any(|c| c.code == code.as_str() && c.revoked_at.is_none()) {
                return Ok(());
            }
            tx.revoke_cards(holder, "replaced")?;
            tx.add_card(holder, code)
        })
    }

    /// Issues a card to every active resident without one. Returns how many were issued.
    ///
    /// # Errors
    /// Database errors; then no card is issued.
    pub fn issue_missing_cards(&mut self, actor: Actor) -> Result<usize> {
        let have: Vec<ResidentId> = self.valid_cards()?.into_iter().map(|(id, _)| id).collect();
        let missing: Vec<ResidentId> = self
            .residents()?
            .into_iter()
            .filter(|resident| resident.standing == Standing::Active && !have.contains(&resident.id))
            .map(|resident| resident.id)
            .collect();
        let codes = missing.iter().map(|_| Ok(CardCode::from_random(self.random_bits()?)));
        let codes: Vec<CardCode> = codes.collect::<Result<_>>()?;
        self.transact(actor, |tx| {
            for (id, code) in missing.iter().zip(&codes) {
                tx.add_card(Holder::Resident(*id), code)?;
            }
            Ok(missing.len())
        })
    }

    /// The valid card of each active resident who has one.
    pub fn valid_cards(&self) -> Result<Vec<(ResidentId, String)>> {
        let mut statement = self.conn.prepare_cached(include_str!("list_all.sql"))?;
        let rows = statement.query_map([], |row| Ok((row.read(0)?, row.read(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Revokes all cards of a holder.
    pub fn revoke_cards(&mut self, actor: Actor, holder: Holder, reason: &str) -> Result<()> {
        self.transact(actor, |tx| tx.revoke_cards(holder, reason))
    }

    /// Notes a scan that belongs to nobody.
    pub fn note_unknown_scan(&mut self, scanned: &str) -> Result<()> {
        let count = scanned.chars().count();
        let tail: String = scanned.chars().skip(count.saturating_sub(4)).collect();
        let at = self.clock.now();
        let _ = self.conn.prepare_cached(include_str!("add_unknown.sql"))?.execute(params![at, tail])?;
        Ok(())
    }

    /// The latest unknown scans of the last seven days.
    pub fn unknown_scans(&self) -> Result<Vec<UnknownScan>> {
        let since = self.clock.now().plus_ms(-7 * 86_400_000);
        let mut statement = self.conn.prepare_cached(include_str!("list_unknown.sql"))?;
        let rows = statement
            .query_map(params![since], |row| Ok(UnknownScan { at: row.read(0)?, tail: row.read(1)? }))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
