//! Erasure: the person goes, the counts stay, and a row proves it.

use rusqlite::params;
use serde_json::json;

use super::super::audit::Change;
use super::super::{Store, Tx, backup, resident};
use crate::domain::audit::Actor;
use crate::domain::ids::{ErasureId, ResidentId};
use crate::domain::resident::{Profile, Resident, Standing};
use crate::error::{Error, Result};

/// How much was erased.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Erased {
    /// Rows removed or emptied, by table.
    pub rows: Vec<(String, usize)>,
    /// Visits that stay as counts, without a person.
    pub visits_kept: usize,
    /// Copies (exports, refused rows, older backups) removed.
    pub files: usize,
}

/// Tables whose rows go. The order follows who refers to whom.
const GONE: [&str; 15] = [
    "follow_up",
    "reading_part WHERE reading_id IN (SELECT id FROM reading WHERE resident_id = ?1)",
    "reading",
    "target",
    "checkup_item",
    "ticket WHERE appointment_id IN (SELECT id FROM appointment WHERE resident_id = ?1)",
    "appointment",
    "enrolment",
    "consent",
    "relative",
    "care_plan",
    "photo",
    "welfare_check",
    "absence",
    "notice_receipt",
];

/// Words that anybody may have written a name into.
const FREE_TEXT: [(&str, &str); 12] = [
    ("handover", "words"),
    ("incident", "words"),
    ("incident", "measures"),
    ("welfare_check", "note"),
    ("follow_up", "result"),
    ("care_plan", "notes"),
    ("care_plan", "allergies"),
    ("absence", "reason"),
    ("resident", "remark"),
    ("resident", "contact_name"),
    ("consent", "witness"),
    ("consent", "guardian"),
];

/// What stands where a name stood.
const NOBODY: &str = "（已删除）";

impl Store {
    /// What erasing somebody would remove; nothing is written.
    ///
    /// # Errors
    /// As [`Store::erase_person`].
    pub fn rehearse_erasure(&mut self, actor: Actor, id: ResidentId, reason: &str) -> Result<Erased> {
        self.rehearse(actor, |tx| tx.erase(id, reason))
    }

    /// Erases a person: their rows, their name wherever somebody wrote it, the
    /// words of the trail about them, every copy this machine made. Their
    /// visits stay as counts of their 院落. A new backup takes the place of all
    /// older ones.
    ///
    /// # Errors
    /// They are here now, no reason, no such resident, or the files or the
    /// database say no.
    pub fn erase_person(&mut self, actor: Actor, id: ResidentId, reason: &str) -> Result<Erased> {
        self.conn.execute_batch("PRAGMA secure_delete = ON")?;
        let mut erased = self.transact(actor, |tx| tx.erase(id, reason))?;
        // The old pages of the file and of the log still hold the words.
        self.conn.execute_batch("VACUUM")?;
        let busy: bool = self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy {
            return Err(Error::Rule(
                "erased, but another program reads the database: close it and erase once more",
            ));
        }
        let paths = self.paths().clone();
        for folder in [paths.exports(), paths.refused(), paths.set_aside()] {
            erased.files += remove_files(&folder)?;
        }
        let older = backup::list(&paths);
        let _ = backup::create(self)?;
        for folder in older {
            std::fs::remove_dir_all(&folder).map_err(|e| Error::file(&folder, e))?;
            erased.files += 1;
        }
        Ok(erased)
    }
}

fn remove_files(folder: &std::path::Path) -> Result<usize> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(0) };
    let mut removed = 0;
    for entry in entries.flatten() {
        let path = entry.path();
        let gone = if path.is_dir() { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) };
        gone.map_err(|e| Error::file(&path, e))?;
        removed += 1;
    }
    Ok(removed)
}

impl Tx<'_> {
    pub(super) fn erase(&self, id: ResidentId, reason: &str) -> Result<Erased> {
        if reason.trim().is_empty() {
            return Err(Error::Rule("an erasure needs a reason"));
        }
        let person = resident::require(self, id)?;
        if super::super::visit::open_of(self, id)?.is_some() {
            return Err(Error::Rule("still here: let them go home first"));
        }
        let mut rows = Vec::new();
        // Files merged into this one are of the same person.
        let merged: Vec<ResidentId> = {
            let mut statement = self.prepare("SELECT id FROM resident WHERE merged_into_id = ?1")?;
            let found = statement.query_map([id], |row| row.get(0))?;
            found.collect::<rusqlite::Result<_>>()?
        };
        let everyone: Vec<ResidentId> = merged.into_iter().chain([id]).collect();
        let trail = self.scrub_trail(&everyone, &person.profile)?;
        rows.push(("audit".to_owned(), trail));
        let mut visits_kept = 0;
        for id in &everyone {
            rows.extend(self.erase_rows(*id)?);
            visits_kept += self.count("SELECT count(*) FROM visit WHERE resident_id = ?1", *id)?;
        }
        for (table, column) in FREE_TEXT {
            let sql =
                format!("UPDATE {table} SET {column} = replace({column}, ?1, ?2) WHERE instr({column}, ?1)");
            let _ = self.prepare(&sql)?.execute(params![person.profile.name, NOBODY])?;
        }
        for id in &everyone {
            self.make_anonymous(*id)?;
        }
        rows.retain(|(_, count)| *count > 0);
        let erased = Erased { rows, visits_kept, files: 0 };
        self.prove(id, reason, &erased)?;
        Ok(erased)
    }

    fn count(&self, sql: &str, id: ResidentId) -> Result<usize> {
        let count: i64 = self.prepare(sql)?.query_row([id], |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    fn erase_rows(&self, id: ResidentId) -> Result<Vec<(String, usize)>> {
        let mut rows = Vec::new();
        for table in GONE {
            let sql = if table.contains(" WHERE ") {
                format!("DELETE FROM {table}")
            } else {
                format!("DELETE FROM {table} WHERE resident_id = ?1")
            };
            let name = table.split(' ').next().unwrap_or(table);
            rows.push((name.to_owned(), self.prepare(&sql)?.execute([id])?));
        }
        let emptied = [
            ("card", "DELETE FROM card WHERE resident_id = ?1"),
            ("call", "UPDATE call SET resident_id = NULL WHERE resident_id = ?1"),
            (
                "incident",
                "UPDATE incident SET resident_id = NULL, words = '', measures = '' WHERE resident_id = ?1",
            ),
            ("visit", "UPDATE visit SET other_words = '' WHERE resident_id = ?1 AND other_words <> ''"),
            (
                "volunteer",
                "UPDATE volunteer SET name = '（已删除）', phone = '', pin_hash = NULL,
                 archived_at = coalesce(archived_at, 0) WHERE resident_id = ?1",
            ),
            (
                "merge_row",
                "DELETE FROM merge_row WHERE merge_id IN (SELECT id FROM merge WHERE kept_id = ?1 OR merged_id = ?1)",
            ),
            ("merge", "DELETE FROM merge WHERE kept_id = ?1 OR merged_id = ?1"),
        ];
        for (name, sql) in emptied {
            rows.push((name.to_owned(), self.prepare(sql)?.execute([id])?));
        }
        Ok(rows)
    }

    /// The words of every line about these people; digests and seals stay, so
    /// the chain still proves that nothing else was touched.
    fn scrub_trail(&self, everyone: &[ResidentId], profile: &Profile) -> Result<usize> {
        let mut scrubbed = 0;
        for id in everyone {
            let own = [
                "visit",
                "card",
                "call",
                "appointment",
                "reading",
                "follow_up",
                "enrolment",
                "incident",
                "volunteer",
            ]
            .map(|table| format!("SELECT id FROM {table} WHERE resident_id = ?1"))
            .join(" UNION ALL ");
            let said = "coalesce(before, '') || coalesce(after, '') || coalesce(reason, '')";
            let about =
                format!("entity_id = ?1 OR entity_id IN ({own}) OR instr({said}, ?2) OR instr({said}, ?3)");
            let words = "(before IS NOT NULL OR after IS NOT NULL OR reason IS NOT NULL)";
            let sql = format!(
                "UPDATE audit SET before = NULL, after = NULL, reason = NULL, salt = NULL WHERE {words} AND ({about})"
            );
            scrubbed += self.prepare(&sql)?.execute(params![id, id.to_string(), profile.name])?;
            let sql = format!(
                "UPDATE outbox SET body = NULL WHERE body IS NOT NULL AND
                 (entity_id = ?1 OR entity_id IN ({own}) OR instr(body, ?2) OR instr(body, ?3))"
            );
            scrubbed += self.prepare(&sql)?.execute(params![id, id.to_string(), profile.name])?;
        }
        Ok(scrubbed)
    }

    /// Somebody of a 院落, for the counts of past years; nobody in particular.
    fn make_anonymous(&self, id: ResidentId) -> Result<()> {
        let before = resident::require(self, id)?.profile;
        let profile = Profile {
            name: NOBODY.into(),
            picture: crate::domain::picture::PERSONAL[0].into(),
            yard: before.yard,
            grid: before.grid,
            sex: before.sex,
            living: before.living,
            ..Profile::default()
        };
        let nobody = Resident { id, profile, standing: Standing::Archived, id_hash: None };
        self.write_resident(&nobody)?;
        let sql = "UPDATE resident SET archived_as = 'erased' WHERE id = ?1";
        let _ = self.prepare_cached(sql)?.execute([id])?;
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
        self.log(&Change::new("resident.erase", "resident", id.uuid()).after(proof).reason(reason))
    }
}
