//! Merging two files of one person: every row moves to the file that is kept, and each move is
//! recorded so that it can be undone.

pub(crate) mod arrival;
mod tables;

use daycare_core::audit::Actor;
use daycare_core::ids::{MergeId, ResidentId};
use daycare_core::merge::{File, Hashes, Kept, Merge};
use daycare_core::resident::{Resident, Standing};
use rusqlite::{Connection, OptionalExtension};
use serde_json::json;

use crate::audit::TrailEntry;
use crate::connection::{Store, Tx};
use crate::error::{Error, Result, Rule, Thing};
use crate::sql::{RowExt, params};
use crate::{care_plan, resident, visit};
use tables::{TABLES, WHOSE};

/// Tables of numbered decisions, with the statements that settle differences between two files.
const DECISIONS: [(&str, &str); 2] =
    [("consent", include_str!("list_refusals.sql")), ("target", include_str!("list_later_targets.sql"))];

/// Tables whose rows are corrected by new rows.
const CORRECTED: [&str; 2] = ["visit", "reading"];

/// A merge in force, as stored.
struct Held {
    kept: ResidentId,
    merged: ResidentId,
    file: String,
    standing: Standing,
    /// Hashes of the identity numbers, if the merge was made here: each machine has its own
    /// key, and never shares it.
    hashes: Option<String>,
}

impl Store {
    /// Merges `merged` into `kept`: visits and everything else move, empty
    /// fields are filled, the other file is closed and points to the kept one.
    ///
    /// # Errors
    /// Both are the same file, one is already merged, both have an appointment at the same
    /// time, or database errors.
    pub fn merge_residents(
        &mut self,
        actor: Actor,
        id: MergeId,
        kept: ResidentId,
        merged: ResidentId,
    ) -> Result<()> {
        self.transact(actor, |tx| tx.merge(id, kept, merged))
    }

    /// Undoes a merge: everything that moved goes back; data entered since stay where they were
    /// entered.
    ///
    /// # Errors
    /// No such merge, a later one rests on it, or database errors.
    pub fn undo_merge(&mut self, actor: Actor, id: MergeId) -> Result<()> {
        self.transact(actor, |tx| tx.unmerge(id))
    }

    /// Merges in force, newest first.
    pub fn merges(&self) -> Result<Vec<Merge>> {
        let mut statement = self.conn.prepare_cached(include_str!("list.sql"))?;
        let rows = statement.query_map([], |row| {
            Ok(Merge {
                id: row.read(0)?,
                kept: row.read(1)?,
                kept_name: row.read(2)?,
                merged: row.read(3)?,
                merged_name: row.read(4)?,
                made_at: row.read(5)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Tx<'_> {
    fn merge(&self, id: MergeId, kept: ResidentId, merged: ResidentId) -> Result<()> {
        let known = self.prepare_cached("SELECT 1 FROM merge WHERE id = ?1")?.exists(params![id])?;
        if known {
            return Ok(());
        }
        let (keep, close) = (resident::require(self, kept)?, resident::require(self, merged)?);
        let pointing: bool = self
            .prepare_cached(include_str!("cannot_merge.sql"))?
            .query_row(params![kept, merged], |row| row.read(0))?;
        if kept == merged || pointing {
            return Err(Error::Rule(Rule::FilesNotMergeable));
        }
        let clash: bool = self
            .prepare_cached(include_str!("clashing_appointment.sql"))?
            .query_row(params![kept, merged], |row| row.read(0))?;
        if clash {
            return Err(Error::Rule(Rule::MergeAppointmentsOverlap));
        }
        let before = File { profile: keep.profile, plan: care_plan::get(self, kept)?, id_hash: keep.id_hash };
        let other = File {
            profile: close.profile.clone(),
            plan: care_plan::get(self, merged)?,
            id_hash: close.id_hash,
        };
        let file = Kept { after: before.joined(&other), before };
        let hashes = Hashes { before: file.before.id_hash, after: file.after.id_hash, other: other.id_hash };
        let _ = self.prepare_cached(include_str!("add.sql"))?.execute(params![
            id,
            kept,
            merged,
            json!(file).to_string(),
            close.standing,
            self.clock.now(),
            json!(hashes).to_string()
        ])?;
        self.end_double(id, kept, merged)?;
        self.settle_decisions(id, kept, merged)?;
        for (table, key) in TABLES {
            let _ = self.move_rows(id, table, key, kept, merged)?;
        }
        // An identity number is unique: it must leave the one file before it enters the other.
        let id_hash = close.id_hash.filter(|_| file.before.id_hash.is_some());
        let closed = Resident { standing: Standing::Archived, id_hash, ..close };
        self.put_resident(&closed, "resident.merge", "")?;
        self.put_file(kept, keep.standing, file.after, "resident.merge")?;
        self.point(merged)?;
        let change = TrailEntry::new("resident.merge", "resident", kept.uuid())
            .after(json!({ "merge": id, "merged": merged }));
        self.log(&change)
    }

    fn put_file(&self, id: ResidentId, standing: Standing, file: File, action: &'static str) -> Result<()> {
        let File { profile, plan, id_hash } = file;
        self.put_resident(&Resident { id, profile, standing, id_hash }, action, "")?;
        self.put_plan(id, plan.as_ref())
    }

    /// Somebody who is signed in under both files is here once: ends the other visit, without a
    /// known time.
    fn end_double(&self, id: MergeId, kept: ResidentId, merged: ResidentId) -> Result<()> {
        let ended: Option<String> = self
            .prepare_cached(include_str!("end_double.sql"))?
            .query_row(params![kept, merged], |row| row.read(0))
            .optional()?;
        if let Some(visit) = ended {
            let _ = self.prepare_cached(include_str!("note_row.sql"))?.execute(params![
                id,
                "double_open",
                visit
            ])?;
        }
        Ok(())
    }

    /// Corrections follow their first version to its owner.
    fn follow_corrections(&self, id: MergeId) -> Result<()> {
        for table in CORRECTED {
            let sql = include_str!("follow_corrections.sql").replace("{table}", table);
            let _ = self.prepare(&sql)?.execute(params![id])?;
        }
        Ok(())
    }

    /// The decisions of two files were numbered separately. If they disagree, a refusal wins,
    /// and for targets the one set on the later day. The previous numbers are recorded.
    fn settle_decisions(&self, id: MergeId, kept: ResidentId, merged: ResidentId) -> Result<()> {
        for (table, sql) in DECISIONS {
            let apart: Vec<(String, i64, i64)> = {
                let mut statement = self.prepare_cached(sql)?;
                let rows = statement
                    .query_map(params![kept, merged], |row| Ok((row.read(0)?, row.read(1)?, row.read(2)?)))?;
                rows.collect::<rusqlite::Result<_>>()?
            };
            for (row, before, number) in apart {
                let noted = format!("{row} {before}");
                let _ = self.prepare_cached(include_str!("note_row.sql"))?.execute(params![
                    id,
                    format!("{table}_number"),
                    noted
                ])?;
                self.set_number(table, &row, number)?;
            }
        }
        Ok(())
    }

    fn set_number(&self, table: &str, row: &str, number: i64) -> Result<()> {
        let sql = format!("UPDATE {table} SET number = ?2 WHERE id = unhex(?1)");
        let _ = self.prepare_cached(&sql)?.execute(params![row, number])?;
        Ok(())
    }

    /// Gives decisions back the numbers that they had before the merge.
    fn unsettle_decisions(&self, id: MergeId) -> Result<()> {
        for (table, _) in DECISIONS {
            let noted: Vec<String> = {
                let mut statement = self.prepare_cached(include_str!("list_noted.sql"))?;
                let rows = statement.query_map(params![id, format!("{table}_number")], |row| row.read(0))?;
                rows.collect::<rusqlite::Result<_>>()?
            };
            for (row, before) in noted.iter().filter_map(|noted| noted.split_once(' ')) {
                self.set_number(table, row, before.parse().unwrap_or(0))?;
            }
        }
        Ok(())
    }

    fn point(&self, merged: ResidentId) -> Result<()> {
        let _ = self.prepare_cached(include_str!("point.sql"))?.execute(params![merged])?;
        Ok(())
    }

    // The tables are few and known; one statement a table would say the same
    // eighteen times. Returns how many rows moved.
    fn move_rows(
        &self,
        id: MergeId,
        table: &str,
        key: &str,
        kept: ResidentId,
        merged: ResidentId,
    ) -> Result<usize> {
        let keys = || -> Result<Vec<String>> {
            let sql = format!("SELECT {key} FROM {table} WHERE resident_id = ?1");
            let mut statement = self.prepare_cached(&sql)?;
            let rows = statement.query_map(params![merged], |row| row.read(0))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        };
        let before = keys()?;
        if before.is_empty() {
            return Ok(0);
        }
        let go = format!("UPDATE OR IGNORE {table} SET resident_id = ?1 WHERE resident_id = ?2");
        let moved = self.prepare_cached(&go)?.execute(params![kept, merged])?;
        // Rows that the kept file already has an equivalent of stay behind and are not
        // recorded.
        let stayed = keys()?;
        for row in before.iter().filter(|row| !stayed.contains(row)) {
            let _ = self.prepare_cached(include_str!("note_row.sql"))?.execute(params![id, table, row])?;
        }
        Ok(moved)
    }

    /// Moves the rows of a merge back to the file they came from.
    fn move_rows_back(
        &self,
        id: MergeId,
        kept: ResidentId,
        merged: ResidentId,
        tables: &[(&str, &str)],
    ) -> Result<usize> {
        let mut moved = 0;
        for &(table, key) in tables {
            // A row identified by its owner now has the kept file as its owner.
            let which = if key == WHOSE {
                format!("EXISTS (SELECT 1 FROM merge_row WHERE merge_id = ?1 AND entity = '{table}')")
            } else {
                format!("{key} IN (SELECT row FROM merge_row WHERE merge_id = ?1 AND entity = '{table}')")
            };
            let back =
                format!("UPDATE OR IGNORE {table} SET resident_id = ?2 WHERE resident_id = ?3 AND {which}");
            moved += self.prepare_cached(&back)?.execute(params![id, merged, kept])?;
        }
        Ok(moved)
    }

    fn unmerge(&self, id: MergeId) -> Result<()> {
        let Held { kept, merged, .. } = self.held(id)?.ok_or(Error::NotFound(Thing::Merge))?;
        let last: bool = self
            .prepare_cached(include_str!("is_last.sql"))?
            .query_row(params![id, kept, merged], |row| row.read(0))?;
        if !last {
            return Err(Error::Rule(Rule::LaterMergeFirst));
        }
        self.take_back(id)
    }

    fn held(&self, id: MergeId) -> Result<Option<Held>> {
        let mut statement = self.prepare_cached(include_str!("get.sql"))?;
        let found = statement.query_row(params![id], |row| {
            Ok(Held {
                kept: row.read(0)?,
                merged: row.read(1)?,
                file: row.read(2)?,
                standing: row.read(3)?,
                hashes: row.read(4)?,
            })
        });
        Ok(found.optional()?)
    }

    /// Undoes a merge, whatever depends on it; one that is not in force is left alone.
    fn take_back(&self, id: MergeId) -> Result<()> {
        let Some(Held { kept, merged, file, standing, hashes }) = self.held(id)? else { return Ok(()) };
        self.follow_corrections(id)?;
        let _ = self.move_rows_back(id, kept, merged, &TABLES)?;
        self.unsettle_decisions(id)?;
        self.reopen_double(id, merged)?;
        let read = |e: serde_json::Error| Error::Internal(e.to_string());
        let mut file: Kept = serde_json::from_str(&file).map_err(read)?;
        let hashes: Option<Hashes> =
            hashes.map(|text| serde_json::from_str(&text)).transpose().map_err(read)?;
        let now = resident::require(self, kept)?;
        let (before, after) = hashes.map_or((now.id_hash, now.id_hash), |known| (known.before, known.after));
        (file.before.id_hash, file.after.id_hash) = (before, after);
        let was = File { profile: now.profile, plan: care_plan::get(self, kept)?, id_hash: now.id_hash };
        let back = file.taken_back(was);
        let closed = resident::require(self, merged)?;
        // The identity number is restored, unless the kept file has kept it.
        let id_hash = match hashes {
            Some(known) => known.other.filter(|hash| back.id_hash != Some(*hash)),
            None => closed.id_hash,
        };
        self.put_file(kept, now.standing, back, "resident.unmerge")?;
        self.put_resident(&Resident { standing, id_hash, ..closed }, "resident.unmerge", "")?;
        let _ = self.prepare_cached(include_str!("undo.sql"))?.execute(params![id, self.clock.now()])?;
        self.point(merged)?;
        let change = TrailEntry::new("resident.unmerge", "resident", kept.uuid())
            .after(json!({ "merge": id, "merged": merged }));
        self.log(&change)
    }

    /// Reopens the visit that the merge ended, if that was today and they have not come again.
    fn reopen_double(&self, id: MergeId, merged: ResidentId) -> Result<()> {
        if visit::read::open_of(self, merged)?.is_none() {
            let today = self.clock.today().to_string();
            let _ = self.prepare_cached(include_str!("reopen_double.sql"))?.execute(params![id, today])?;
        }
        Ok(())
    }
}

/// The file into which a merged one was merged; `None` if it is not merged.
pub(crate) fn kept_for(conn: &Connection, id: ResidentId) -> Result<Option<Resident>> {
    let mut statement = conn.prepare_cached(include_str!("kept_for.sql"))?;
    let kept: Option<ResidentId> = statement.query_row(params![id], |row| row.read(0)).optional()?;
    kept.map(|kept| resident::require(conn, kept)).transpose()
}
