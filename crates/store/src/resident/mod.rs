//! Residents: the register, and who is here.

use std::collections::HashMap;

use chrono::NaiveDate;
use daycare_core::audit::Actor;
use daycare_core::ids::ResidentId;
use daycare_core::resident::{ArchivedAs, Profile, Resident, Standing};
use daycare_core::roster::ListedResident;
use daycare_core::time::Moment;
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::json;

use crate::audit::TrailEntry;
use crate::connection::{Store, Tx};
use crate::error::{Error, Result, Rule, Thing};
use crate::sql;
use crate::sql::{RowExt, params};

/// Arrival of the open visit, and the last departure.
type Stay = (Option<Moment>, Option<Moment>);

/// How somebody came around a day.
#[derive(Debug, Clone, Copy, Default)]
struct Usual {
    recent: bool,
    weekdays: u8,
}

/// Why somebody no longer comes, and into which file theirs was merged.
pub type Gone = (Option<ArchivedAs>, Option<ResidentId>);

fn from_row(row: &Row<'_>) -> rusqlite::Result<Resident> {
    let born_on: Option<String> = row.read(4)?;
    Ok(Resident {
        id: row.read(0)?,
        profile: Profile {
            name: row.read(1)?,
            called_by: row.read(2)?,
            sex: row.read(3)?,
            born_on: born_on.as_deref().map(sql::birth).transpose()?,
            phone: row.read(6)?,
            yard: row.read(7)?,
            door: row.read(8)?,
            grid: row.read(9)?,
            living: row.read(10)?,
            contact_name: row.read(11)?,
            contact_phone: row.read(12)?,
            remark: row.read(13)?,
            pinyin: row.read(14)?,
            picture: row.read(15)?,
            escort: row.read(16)?,
        },
        standing: row.read(17)?,
        id_hash: row.read(5)?,
    })
}

pub(crate) fn get(conn: &Connection, id: ResidentId) -> Result<Option<Resident>> {
    let mut statement = conn.prepare_cached(include_str!("get.sql"))?;
    Ok(statement.query_row(params![id], from_row).optional()?)
}

pub(crate) fn require(conn: &Connection, id: ResidentId) -> Result<Resident> {
    get(conn, id)?.ok_or(Error::NotFound(Thing::Resident))
}

/// Why somebody no longer comes.
pub(crate) fn archived_as(conn: &Connection, id: ResidentId) -> Result<Option<ArchivedAs>> {
    let mut statement = conn.prepare_cached(include_str!("get_archived_as.sql"))?;
    Ok(statement.query_row(params![id], |row| row.read(0))?)
}

fn is_merged(conn: &Connection, id: ResidentId) -> Result<bool> {
    let mut statement = conn.prepare_cached(include_str!("is_merged.sql"))?;
    Ok(statement.query_row(params![id], |row| row.read(0))?)
}

pub(crate) fn list(conn: &Connection) -> Result<Vec<Resident>> {
    let mut statement = conn.prepare_cached(include_str!("list.sql"))?;
    let rows = statement.query_map([], from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Tx<'_> {
    /// Writes a resident. Repeating the call changes nothing.
    pub(crate) fn put_resident(&self, resident: &Resident, action: &'static str, reason: &str) -> Result<()> {
        let before = get(self, resident.id)?;
        if before.as_ref() == Some(resident) {
            return Ok(());
        }
        self.write_resident(resident)?;
        let words = |r: &Resident| json!({ "profile": r.profile, "standing": r.standing });
        let change = TrailEntry::new(action, "resident", resident.id.uuid())
            .before(before.as_ref().map(words))
            .after(words(resident))
            .reason(reason);
        self.log(&change)
    }

    /// Marks somebody as deceased or moved.
    pub(crate) fn archive(&self, id: ResidentId, gone: ArchivedAs) -> Result<()> {
        let resident = Resident { standing: Standing::Archived, ..require(self, id)? };
        self.put_resident(&resident, "resident.standing", "")?;
        let _ = self.prepare_cached(include_str!("set_archived_as.sql"))?.execute(params![id, gone])?;
        Ok(())
    }

    /// As [`Tx::put_resident`], without recording the values in the audit trail.
    pub(crate) fn write_resident(&self, resident: &Resident) -> Result<()> {
        let profile = &resident.profile;
        let _ = self.prepare_cached(include_str!("put.sql"))?.execute(params![
            resident.id,
            profile.name,
            profile.called_by,
            profile.sex,
            profile.born_on.map(|d| d.to_string()),
            resident.id_hash,
            profile.phone,
            profile.yard,
            profile.door,
            profile.grid,
            profile.living,
            profile.contact_name,
            profile.contact_phone,
            profile.remark,
            profile.pinyin,
            profile.picture,
            profile.escort,
            resident.standing,
            self.clock.now(),
        ])?;
        Ok(())
    }
}

impl Store {
    /// One resident.
    pub fn resident(&self, id: ResidentId) -> Result<Option<Resident>> {
        get(&self.conn, id)
    }

    /// Every resident by name, including archived ones.
    pub fn residents(&self) -> Result<Vec<Resident>> {
        list(&self.conn)
    }

    /// Active residents with today's standing, in the fixed order of the day.
    pub fn roster(&self) -> Result<Vec<ListedResident>> {
        self.roster_of(self.clock.today())
    }

    /// As [`Store::roster`], for any day; for a future day, who is expected.
    pub fn roster_of(&self, day: NaiveDate) -> Result<Vec<ListedResident>> {
        let here = self.here_on(day)?;
        let usual = self.usual_around(day)?;
        let mut statement = self.conn.prepare_cached(include_str!("list_active.sql"))?;
        let rows = statement.query_map([], |row| {
            let resident = from_row(row)?;
            let (here_since, left_at) = here.get(&resident.id).copied().unwrap_or_default();
            let usual = usual.get(&resident.id).copied().unwrap_or_default();
            let (recent, expected) = (usual.recent, usual.weekdays >= 2);
            Ok(ListedResident { resident, here_since, left_at, recent, expected })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Everybody who is still inside, for the evacuation list.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn inside(&self) -> Result<Vec<ListedResident>> {
        let mut statement = self.conn.prepare_cached(include_str!("list_inside.sql"))?;
        let rows = statement.query_map([], |row| {
            let (resident, here_since) = (from_row(row)?, row.read(18)?);
            Ok(ListedResident { resident, here_since, left_at: None, recent: true, expected: false })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// For each person, the arrival of the open visit and the last departure on a day.
    fn here_on(&self, day: NaiveDate) -> Result<HashMap<ResidentId, Stay>> {
        let mut statement = self.conn.prepare_cached(include_str!("list_here.sql"))?;
        let rows =
            statement.query_map([day.to_string()], |row| Ok((row.read(0)?, (row.read(1)?, row.read(2)?))))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Who came in the two weeks before a day, and how often on its weekday in four weeks. It
    /// is one pass over an index, because the board asks every few seconds.
    fn usual_around(&self, day: NaiveDate) -> Result<HashMap<ResidentId, Usual>> {
        let recent_from = day.checked_sub_days(chrono::Days::new(14)).unwrap_or(day).to_string();
        let weekdays: Vec<String> = [7, 14, 21, 28]
            .into_iter()
            .filter_map(|back| Some(day.checked_sub_days(chrono::Days::new(back))?.to_string()))
            .collect();
        let mut usual: HashMap<ResidentId, Usual> = HashMap::new();
        let mut statement = self.conn.prepare_cached(include_str!("list_recent.sql"))?;
        let mut rows = statement.query([day.to_string()])?;
        let mut last: Option<(String, ResidentId)> = None;
        while let Some(row) = rows.next()? {
            let (on, who) = (row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?, row.read(1)?);
            // The index is sorted by day and person, so each person-day is counted once.
            if last.as_ref().is_some_and(|(day, person)| day == on && *person == who) {
                continue;
            }
            let entry = usual.entry(who).or_default();
            entry.recent |= on >= recent_from.as_str();
            entry.weekdays += u8::from(weekdays.iter().any(|weekday| weekday == on));
            match &mut last {
                Some((day, person)) if day == on => *person = who,
                _ => last = Some((on.to_owned(), who)),
            }
        }
        Ok(usual)
    }

    /// Adds or changes a resident.
    ///
    /// # Errors
    /// The name is empty, or database errors.
    pub fn put_resident(&mut self, actor: Actor, resident: &Resident, reason: &str) -> Result<()> {
        if resident.profile.name.trim().is_empty() {
            return Err(Error::Rule(Rule::ResidentNameNeeded));
        }
        self.transact(actor, |tx| tx.put_resident(resident, "resident.put", reason))
    }

    /// Archives a resident with a reason: moved or deceased. Visits stay.
    ///
    /// # Errors
    /// As [`Store::set_standing`].
    pub fn archive_resident(
        &mut self,
        actor: Actor,
        id: ResidentId,
        why: ArchivedAs,
        reason: &str,
    ) -> Result<()> {
        self.set_standing(actor, id, Standing::Archived, reason)?;
        self.transact(actor, |tx| {
            let _ = tx.prepare_cached(include_str!("set_archived_as.sql"))?.execute(params![id, why])?;
            tx.log(
                &TrailEntry::new("resident.archived_as", "resident", id.uuid()).after(json!({ "why": why })),
            )
        })
    }

    /// Why archived residents no longer come, and the files into which theirs were merged.
    pub fn archived(&self) -> Result<HashMap<ResidentId, Gone>> {
        let mut statement = self.conn.prepare_cached(include_str!("list_archived.sql"))?;
        let rows = statement.query_map([], |row| Ok((row.read(0)?, (row.read(1)?, row.read(2)?))))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Every resident whom a name in a book may refer to: without erased ones, and with merged
    /// files replaced by the kept file.
    pub fn named_residents(&self) -> Result<Vec<Resident>> {
        let archived = self.archived()?;
        let mut named: Vec<Resident> = Vec::new();
        for mut resident in list(&self.conn)? {
            // The kept file may itself have been merged into a third one.
            while let Some((_, Some(kept))) = archived.get(&resident.id) {
                resident.id = *kept;
            }
            if matches!(archived.get(&resident.id), Some((Some(ArchivedAs::Erased), _))) {
                continue;
            }
            let twice = named.iter().any(|n| n.id == resident.id && n.profile.name == resident.profile.name);
            if !twice {
                named.push(resident);
            }
        }
        Ok(named)
    }

    /// Archives or reactivates a resident. Visits stay.
    ///
    /// # Errors
    /// No such resident; still here; or database errors.
    pub fn set_standing(
        &mut self,
        actor: Actor,
        id: ResidentId,
        standing: Standing,
        reason: &str,
    ) -> Result<()> {
        self.transact(actor, |tx| {
            let mut resident = require(tx, id)?;
            if standing == Standing::Archived && crate::visit::read::open_of(tx, id)?.is_some() {
                return Err(Error::Rule(Rule::StillHere));
            }
            if standing == Standing::Active && is_merged(tx, id)? {
                return Err(Error::Rule(Rule::MergedFile));
            }
            resident.standing = standing;
            if standing == Standing::Active {
                let nothing = params![id, None::<ArchivedAs>];
                let _ = tx.prepare_cached(include_str!("set_archived_as.sql"))?.execute(nothing)?;
            }
            tx.put_resident(&resident, "resident.standing", reason)
        })
    }
}
