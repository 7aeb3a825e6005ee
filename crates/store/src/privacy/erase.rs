//! Erasure: personal data are removed, counts stay, and a row proves it.

use std::collections::{BTreeMap, BTreeSet};

use daycare_core::audit::Actor;
use daycare_core::ids::{ErasureId, ResidentId};
use daycare_core::resident::{ERASED_NAME, Profile, Resident, Standing};
use serde_json::json;

use crate::audit::TrailEntry;
use crate::connection::{Store, Tx};
use crate::error::{Error, Result, Rule};
use crate::resident;
use crate::sql::{RowExt, params};

/// How much was erased.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Erased {
    /// Rows removed or emptied, by table.
    pub rows: Vec<(String, usize)>,
    /// Visits that stay as counts, without a person.
    pub visits_kept: usize,
    /// Copies (exports, refused rows, older backups) removed.
    pub files: usize,
    /// Other people whose name contains one of the erased names. Text about that name may be
    /// about them, so it stays, and somebody has to review it.
    pub namesakes: usize,
}

/// What is removed, ordered by references between tables.
const GONE: [(&str, &str); 25] = [
    ("visit", "UPDATE visit SET other_words = '' WHERE resident_id = ?1 AND other_words <> ''"),
    ("follow_up", include_str!("forget_follow_ups.sql")),
    (
        "reading_part",
        "DELETE FROM reading_part WHERE reading_id IN (SELECT id FROM reading WHERE resident_id = ?1)",
    ),
    ("reading", include_str!("unlink_corrections.sql")),
    ("reading", "DELETE FROM reading WHERE resident_id = ?1"),
    ("reading", include_str!("unlink_readings.sql")),
    (
        "ticket",
        "DELETE FROM ticket WHERE appointment_id IN (SELECT id FROM appointment WHERE resident_id = ?1)",
    ),
    ("appointment", include_str!("unlink_moved_appointments.sql")),
    ("appointment", "DELETE FROM appointment WHERE resident_id = ?1"),
    ("enrolment", "DELETE FROM enrolment WHERE resident_id = ?1"),
    ("target", "DELETE FROM target WHERE resident_id = ?1"),
    ("checkup_item", "DELETE FROM checkup_item WHERE resident_id = ?1"),
    ("consent", "DELETE FROM consent WHERE resident_id = ?1"),
    ("relative", "DELETE FROM relative WHERE resident_id = ?1"),
    ("care_plan", "DELETE FROM care_plan WHERE resident_id = ?1"),
    ("photo", "DELETE FROM photo WHERE resident_id = ?1"),
    ("welfare_check", "DELETE FROM welfare_check WHERE resident_id = ?1"),
    ("absence", "DELETE FROM absence WHERE resident_id = ?1"),
    ("notice_receipt", "DELETE FROM notice_receipt WHERE resident_id = ?1"),
    ("card", "DELETE FROM card WHERE resident_id = ?1"),
    ("call", "UPDATE call SET resident_id = NULL WHERE resident_id = ?1"),
    ("incident", "UPDATE incident SET resident_id = NULL, words = '', measures = '' WHERE resident_id = ?1"),
    ("volunteer", include_str!("anonymise_volunteer.sql")),
    ("merge_row", include_str!("forget_merged_rows.sql")),
    ("merge", "DELETE FROM merge WHERE resident_id = ?1 OR merged_id = ?1"),
];

/// Phone numbers stored beside a name are removed with it.
const BESIDE_A_NAME: [(&str, &str); 3] = [
    ("relative", "UPDATE relative SET phone = '' WHERE phone <> '' AND instr(name, ?1)"),
    (
        "resident",
        "UPDATE resident SET contact_phone = '' WHERE contact_phone <> '' AND instr(contact_name, ?1)",
    ),
    ("phone_number", "DELETE FROM phone_number WHERE instr(name, ?1)"),
];

/// Tables whose audit entries are found through a row of the resident.
const OF_A_RESIDENT: [&str; 9] =
    ["visit", "card", "call", "appointment", "reading", "follow_up", "enrolment", "incident", "volunteer"];

impl Store {
    /// What erasing somebody would remove; nothing is written.
    ///
    /// # Errors
    /// As [`Store::erase_person`].
    pub fn rehearse_erasure(&mut self, actor: Actor, id: ResidentId, reason: &str) -> Result<Erased> {
        self.rehearse(actor, |tx| tx.erase(id, reason))
    }

    /// Erases a person: their rows, their name in every text, the text of audit entries about
    /// them, and every copy that this machine made. Their visits stay as counts of their 院落. A
    /// new backup replaces all older ones.
    ///
    /// # Errors
    /// They are here now, no reason, no such resident, their file was merged
    /// into another, or the files or the database say no.
    pub fn erase_person(&mut self, actor: Actor, id: ResidentId, reason: &str) -> Result<Erased> {
        let mut erased = self.transact(actor, |tx| tx.erase(id, reason))?;
        erased.files = self.forget_copies()?;
        Ok(erased)
    }
}

impl Tx<'_> {
    pub(super) fn erase(&self, id: ResidentId, reason: &str) -> Result<Erased> {
        if reason.trim().is_empty() {
            return Err(Error::Rule(Rule::ReasonNeeded));
        }
        let _ = resident::require(self, id)?;
        if crate::visit::read::open_of(self, id)?.is_some() {
            return Err(Error::Rule(Rule::StillHere));
        }
        let merged = "SELECT 1 FROM resident WHERE id = ?1 AND merged_into_id IS NOT NULL";
        if self.prepare(merged)?.exists(params![id])? {
            return Err(Error::Rule(Rule::MergedFileNotErasable));
        }
        // Files merged into this one belong to the same person.
        let everyone = self.files_of(id)?;
        let (erased, names) = self.wipe(&everyone)?;
        // The reason may itself contain the person's name.
        let reason = names.iter().fold(reason.to_owned(), |words, name| words.replace(name, ERASED_NAME));
        self.prove(id, &reason, &erased)?;
        Ok(erased)
    }

    /// Erases somebody who was erased on another kiosk, with every file merged into theirs,
    /// which that kiosk may not know of. Returns whether there was anybody to erase.
    pub(crate) fn erase_here(&self, id: ResidentId) -> Result<bool> {
        let Some(known) = resident::get(self, id)? else { return Ok(false) };
        if known.profile.name == ERASED_NAME {
            // Rows that others had written about them arrived in the meantime.
            let removed: usize = self.remove_rows(id)?.iter().map(|(_, count)| count).sum();
            if removed > 0 {
                self.note_copies_to_forget()?;
            }
            return Ok(removed > 0);
        }
        // Data that this kiosk merged into somebody else's file are not theirs.
        self.take_apart(id)?;
        let others: Vec<_> = self.files_of(id)?.into_iter().filter(|other| *other != id).collect();
        let _ = self.wipe(&[id])?;
        // The erasure of these files must be pushed by this kiosk itself.
        self.as_own_edits(|| {
            others.iter().try_for_each(|other| self.tell_erasure(*other))?;
            self.wipe(&others).map(drop)
        })?;
        Ok(true)
    }

    /// Removes everything stored about somebody, except for the counts.
    fn remove_rows(&self, id: ResidentId) -> Result<Vec<(String, usize)>> {
        // Their rows refer to each other and are removed together: an edit of a row that is
        // about to be removed would reach other kiosks after its removal.
        self.execute_batch("PRAGMA defer_foreign_keys = ON")?;
        GONE.iter()
            .map(|(table, sql)| Ok(((*table).to_owned(), self.prepare(sql)?.execute(params![id])?)))
            .collect()
    }

    fn wipe(&self, everyone: &[ResidentId]) -> Result<(Erased, BTreeSet<String>)> {
        self.note_copies_to_forget()?;
        let names: BTreeSet<String> = everyone
            .iter()
            .map(|id| Ok(resident::require(self, *id)?.profile.name))
            .collect::<Result<_>>()?;
        let mut namesakes = 0;
        let mut own_names = Vec::new();
        for name in &names {
            let others = self.namesakes(name, everyone)?;
            namesakes += others;
            if others == 0 {
                own_names.push(name.as_str());
            }
        }
        let mut rows = vec![("audit".to_owned(), self.scrub_trail(everyone, &own_names)?)];
        let mut visits_kept = 0;
        for id in everyone {
            self.tell_erased(*id)?;
            rows.extend(self.remove_rows(*id)?);
            visits_kept += self.count("SELECT count(*) FROM visit WHERE resident_id = ?1", *id)?;
            self.untold(|tx| tx.make_anonymous(*id))?;
            self.tell_what_is_left(*id)?;
        }
        for name in own_names {
            rows.extend(self.scrub_words(name)?);
            self.scrub_untold(name)?;
        }
        let mut by_table: BTreeMap<String, usize> = BTreeMap::new();
        for (table, count) in rows.into_iter().filter(|(_, count)| *count > 0) {
            *by_table.entry(table).or_default() += count;
        }
        let erased = Erased { rows: by_table.into_iter().collect(), visits_kept, files: 0, namesakes };
        Ok((erased, names))
    }

    /// This file and all files merged into it, directly or indirectly.
    fn files_of(&self, id: ResidentId) -> Result<Vec<ResidentId>> {
        let mut statement = self.prepare(include_str!("files_of.sql"))?;
        let found = statement.query_map(params![id], |row| row.read(0))?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// Other people with this name, or with a longer one that contains it.
    fn namesakes(&self, name: &str, everyone: &[ResidentId]) -> Result<usize> {
        let mut statement = self.prepare(include_str!("namesakes.sql"))?;
        let found = statement.query_map([name], |row| row.read::<Option<ResidentId>>(0))?;
        let others = found.collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(others.into_iter().filter(|id| id.is_none_or(|id| !everyone.contains(&id))).count())
    }

    /// Removes a name from every stored text. The columns are read from the schema, so that
    /// none is missed; the audit trail is handled separately.
    fn scrub_words(&self, name: &str) -> Result<Vec<(String, usize)>> {
        let mut rows = Vec::new();
        for (table, sql) in BESIDE_A_NAME {
            rows.push((table.to_owned(), self.prepare(sql)?.execute([name])?));
        }
        let mut statement = self.prepare(include_str!("text_columns.sql"))?;
        let columns = statement.query_map([], |row| Ok((row.read(0)?, row.read(1)?)))?;
        for (table, column) in columns.collect::<rusqlite::Result<Vec<(String, String)>>>()? {
            let sql =
                format!("UPDATE {table} SET {column} = replace({column}, ?1, ?2) WHERE instr({column}, ?1)");
            rows.push((table, self.prepare(&sql)?.execute(params![name, ERASED_NAME])?));
        }
        Ok(rows)
    }

    fn count(&self, sql: &str, id: ResidentId) -> Result<usize> {
        let count: i64 = self.prepare(sql)?.query_row(params![id], |row| row.read(0))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// Removes the text of every audit entry about these people. Digests and seals stay, so the
    /// chain still proves that nothing else was changed.
    fn scrub_trail(&self, everyone: &[ResidentId], names: &[&str]) -> Result<usize> {
        let own = OF_A_RESIDENT
            .map(|table| format!("SELECT id FROM {table} WHERE resident_id = ?1"))
            .join(" UNION ALL ");
        let said = "coalesce(before, '') || coalesce(after, '') || coalesce(reason, '')";
        let trail = include_str!("empty_trail_lines.sql");
        let mut scrubbed = 0;
        for id in everyone {
            let about = format!("(entity_id = ?1 OR entity_id IN ({own}) OR instr({said}, ?2))");
            let sql = format!("{trail} AND {about}");
            scrubbed += self.prepare(&sql)?.execute(params![id, id.to_string()])?;
        }
        for name in names {
            let sql = format!("{trail} AND instr({said}, ?1)");
            scrubbed += self.prepare(&sql)?.execute([name])?;
        }
        Ok(scrubbed)
    }

    /// Makes a resident anonymous; only the 院落 stays, for the counts of past years.
    fn make_anonymous(&self, id: ResidentId) -> Result<()> {
        let before = resident::require(self, id)?.profile;
        let profile = Profile {
            name: ERASED_NAME.into(),
            picture: daycare_core::picture::PERSONAL[0].into(),
            yard: before.yard,
            grid: before.grid,
            sex: before.sex,
            living: before.living,
            ..Profile::default()
        };
        let nobody = Resident { id, profile, standing: Standing::Archived, id_hash: None };
        self.write_resident(&nobody)?;
        let sql = "UPDATE resident SET archived_as = 'erased', merged_into_id = NULL WHERE id = ?1";
        let _ = self.prepare_cached(sql)?.execute(params![id])?;
        Ok(())
    }

    fn prove(&self, id: ResidentId, reason: &str, erased: &Erased) -> Result<()> {
        let proof = json!(erased);
        let sql = "INSERT INTO erasure (id, resident_id, at, reason, counts) VALUES (?1, ?2, ?3, ?4, ?5)";
        let of = ErasureId::new();
        let _ = self.prepare_cached(sql)?.execute(params![
            of,
            id,
            self.clock.now(),
            reason.trim(),
            proof.to_string()
        ])?;
        self.log(&TrailEntry::new("resident.erase", "resident", id.uuid()).after(proof).reason(reason))
    }
}
