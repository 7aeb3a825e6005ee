//! Merges across kiosks: a merge made elsewhere is repeated here, rows that arrive late for a
//! merged file move to the kept file, and a merge that the hub rejected is undone.

use std::collections::BTreeSet;

use daycare_core::appointment::Status;
use daycare_core::ids::{AppointmentId, MergeId, ResidentId, SessionId};
use daycare_sync::op::{Fields, RowKey};
use serde_json::Value;
use uuid::Uuid;

use super::tables::{TABLES, WHOSE};
use crate::connection::Tx;
use crate::error::Result;
use crate::sql::{RowExt, params};

/// Longest chain of files that are merged into one another.
const DEEPEST: usize = 8;

/// Rows in a batch of changes that may affect merges.
#[derive(Debug, Default)]
pub(crate) struct Arrived {
    merges: BTreeSet<Uuid>,
    people: BTreeSet<Uuid>,
}

impl Arrived {
    /// Records a row that arrived.
    pub(crate) fn note(&mut self, row: &RowKey, fields: &Fields) {
        let id = |text: &str| Uuid::parse_str(text).ok();
        match row.table.as_str() {
            "merge" => self.merges.extend(id(&row.key)),
            "merge_row" => self.merges.extend(row.key.split('/').next().and_then(id)),
            _ => self.people.extend(fields.get("resident_id").and_then(Value::as_str).and_then(id)),
        }
    }
}

struct Files {
    id: MergeId,
    kept: ResidentId,
    merged: ResidentId,
}

impl Tx<'_> {
    /// Moves every row to the file where it belongs after the merges, as edits of this kiosk.
    /// All kiosks reach the same result, whatever the order.
    pub(crate) fn follow_merges(&self, arrived: &Arrived) -> Result<()> {
        if arrived.merges.is_empty() && arrived.people.is_empty() {
            return Ok(());
        }
        let concerns = |files: &Files| {
            arrived.merges.contains(&files.id.uuid()) || arrived.people.contains(&files.merged.uuid())
        };
        for id in &arrived.merges {
            let merged = "SELECT merged_id FROM merge WHERE id = ?1";
            let merged = self.prepare_cached(merged)?.query_row([id.into_bytes()], |row| row.read(0));
            if let Some(merged) = rusqlite::OptionalExtension::optional(merged)? {
                self.point(merged)?;
            }
        }
        if !arrived.merges.is_empty() {
            // A photo is moved back by the kiosk that undoes the merge; it is not known here
            // which photo it was.
            let known: Vec<_> = TABLES.into_iter().filter(|(_, key)| *key != WHOSE).collect();
            for files in self.files(include_str!("list_taken_back.sql"))?.iter().filter(|f| concerns(f)) {
                self.follow_corrections(files.id)?;
                let _ = self.move_rows_back(files.id, files.kept, files.merged, &known)?;
                self.reopen_double(files.id, files.merged)?;
            }
        }
        let holding = self.files(include_str!("list_holding.sql"))?;
        let mut waiting: Vec<&Files> = holding.iter().filter(|files| concerns(files)).collect();
        for _ in 0..DEEPEST {
            let mut reached = Vec::new();
            for files in std::mem::take(&mut waiting) {
                if self.move_late_rows(files, &holding)? > 0 {
                    // The kept file may itself have been merged into another.
                    reached.extend(holding.iter().filter(|next| next.merged == files.kept));
                }
            }
            waiting = reached;
        }
        Ok(())
    }

    fn files(&self, sql: &str) -> Result<Vec<Files>> {
        let mut statement = self.prepare_cached(sql)?;
        let rows = statement
            .query_map([], |row| Ok(Files { id: row.read(0)?, kept: row.read(1)?, merged: row.read(2)? }))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn move_late_rows(&self, files: &Files, holding: &[Files]) -> Result<usize> {
        let &Files { id, kept, merged } = files;
        // Two kiosks have merged the same two files in opposite directions: wait for the hub's
        // decision on one of them.
        if holding.iter().any(|other| (other.kept, other.merged) == (merged, kept)) {
            return Ok(0);
        }
        self.end_double(id, kept, merged)?;
        self.end_second_bookings(kept, merged)?;
        self.settle_decisions(id, kept, merged)?;
        let mut moved = 0;
        for (table, key) in TABLES {
            moved += self.move_rows(id, table, key, kept, merged)?;
        }
        Ok(moved)
    }

    /// Somebody who is booked in both files needs one seat only; the other goes to the waiting
    /// list.
    fn end_second_bookings(&self, kept: ResidentId, merged: ResidentId) -> Result<()> {
        let second: Vec<(AppointmentId, Status, SessionId)> = {
            let mut statement = self.prepare_cached(include_str!("list_second_bookings.sql"))?;
            let rows = statement
                .query_map(params![kept, merged], |row| Ok((row.read(0)?, row.read(1)?, row.read(2)?)))?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        for (id, status, session) in second {
            self.step(id, status, Status::Cancelled, "appointment.cancel", "")?;
            self.end_ticket_of(id)?;
            let _ = self.promote(session)?;
        }
        Ok(())
    }

    /// Undoes the merge of a file that was merged into another one here.
    pub(crate) fn take_apart(&self, merged: ResidentId) -> Result<()> {
        let holding: Vec<MergeId> = {
            let mut statement = self.prepare_cached(include_str!("find_holding.sql"))?;
            let rows = statement.query_map(params![merged], |row| row.read(0))?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        if holding.is_empty() {
            return Ok(());
        }
        self.as_own_edits(|| holding.iter().try_for_each(|id| self.take_back(*id)))
    }

    /// Undoes a merge made here that the hub rejected, because one of its files had already
    /// been merged elsewhere or belongs to somebody who was erased. This must happen while it
    /// is still known what the merge did. Returns whether there was one.
    pub(crate) fn take_back_refused(&self, row: &RowKey, fields: &Fields, is_gone: bool) -> Result<bool> {
        let undone = is_gone || fields.get("undone_at").is_some_and(|at| !at.is_null());
        let Some(id) = Uuid::parse_str(&row.key).ok().filter(|_| row.table == "merge" && undone) else {
            return Ok(false);
        };
        let held = self.held(MergeId::from(id))?.is_some();
        if held {
            self.as_own_edits(|| self.take_back(MergeId::from(id)))?;
        }
        Ok(held)
    }
}
