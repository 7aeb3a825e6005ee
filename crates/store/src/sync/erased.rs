//! Pending operations must not contain data of a person who was erased.

use daycare_core::ids::ResidentId;
use daycare_core::resident::ERASED_NAME;
use daycare_sync::op::RowKey;
use daycare_sync::tables::TABLES;
use serde_json::Value;

use super::state::is_enrolled;
use super::{capture, receive};
use crate::connection::Tx;
use crate::error::Result;
use crate::sql::params;

/// Rows that stay as counts, and the values of some of their columns.
const STAYS: [(&str, &str); 4] = [
    ("visit", ", '$.other_words', ''"),
    ("call", ""),
    ("incident", ", '$.words', '', '$.measures', ''"),
    ("volunteer", ", '$.name', '（已删除）', '$.phone', '', '$.pin_hash', NULL"),
];

/// Other kiosks still need a resident for the visits that are counted, but never learn who it
/// was.
const RESIDENT: &str =
    "deed = CASE deed WHEN 'insert' THEN 'insert' ELSE 'erase' END, was = NULL, under = '{}'";

impl Tx<'_> {
    /// Pushes the erasure before the person's name is removed, because other kiosks search for
    /// it too. Operations that are still pending lose their text: rows that stay as counts are
    /// emptied, edits of other rows become deletes.
    pub(crate) fn tell_erased(&self, resident: ResidentId) -> Result<()> {
        if !self.enrolled && !is_enrolled(self)? {
            return Ok(());
        }
        for table in TABLES {
            let columns = capture::columns(self, table)?;
            let owners: &[&str] = match table.name {
                "resident" => &["id"],
                // A merge has two people, until it turns out that they are the same.
                "merge" => &["resident_id", "merged_id"],
                _ if columns.iter().any(|column| column.name == "resident_id") => &["resident_id"],
                _ => continue,
            };
            let key = capture::key("r", table, &columns);
            let owns = owners.iter().map(|owner| format!("r.{owner} = ?1")).collect::<Vec<_>>().join(" OR ");
            let theirs = format!("(SELECT {key} FROM {} r WHERE {owns})", table.name);
            // A deleted row is identified by the values in its edit.
            let says = owners.iter().map(|owner| format!(", fields ->> '{owner}', was ->> '{owner}'"));
            let said = format!("lower(hex(?1)) IN (row{})", says.collect::<String>());
            let which = format!("tbl = '{}' AND (row IN {theirs} OR {said})", table.name);
            let seen = "UPDATE sync_notice SET other = '{}', seen_at = coalesce(seen_at, ?2) WHERE";
            let seen = format!("{seen} tbl = '{}' AND row IN {theirs}", table.name);
            let _ = self.prepare(&seen)?.execute(params![resident, self.clock.now()])?;
            let words = match STAYS.iter().find(|(name, _)| *name == table.name) {
                Some((_, empty)) => {
                    let each = |column: &str| format!("{column} = json_replace({column}{empty})");
                    ["fields", "was", "under"].map(each).join(", ")
                }
                None if table.name == "resident" => RESIDENT.to_owned(),
                None => "deed = 'delete', fields = NULL, was = NULL, under = '{}'".to_owned(),
            };
            let _ =
                self.prepare(&format!("UPDATE op SET {words} WHERE {which}"))?.execute(params![resident])?;
        }
        let _ = self.prepare(include_str!("untell_parts.sql"))?.execute(params![resident])?;
        if self.enrolled {
            self.tell_erasure(resident)?;
        }
        Ok(())
    }

    /// Pushes an erasure to the hub.
    pub(crate) fn tell_erasure(&self, resident: ResidentId) -> Result<()> {
        let sql = "INSERT INTO op (tbl, row, deed) VALUES ('resident', ?1, 'erase')";
        let _ = self.prepare_cached(sql)?.execute([resident.uuid().simple().to_string()])?;
        Ok(())
    }

    /// Removes a name from pending operations on other rows. The previous value of a guarded
    /// column is kept until the push, because the hub compares it.
    pub(crate) fn scrub_untold(&self, name: &str) -> Result<()> {
        let sql = include_str!("replace_name_in_ops.sql");
        let _ = self.prepare(sql)?.execute([name, ERASED_NAME])?;
        let guarded = TABLES.iter().filter(|table| !table.guarded.is_empty());
        let guarded: Vec<String> = guarded.map(|table| format!("'{}'", table.name)).collect();
        let sql = format!(
            "UPDATE op SET was = replace(was, ?1, ?2) WHERE instr(was, ?1) AND tbl NOT IN ({})",
            guarded.join(", ")
        );
        let _ = self.prepare(&sql)?.execute([name, ERASED_NAME])?;
        Ok(())
    }

    /// Pushes what is left of somebody who was erased: an anonymous row.
    pub(crate) fn tell_what_is_left(&self, resident: ResidentId) -> Result<()> {
        if !self.enrolled && !is_enrolled(self)? {
            return Ok(());
        }
        let row = RowKey::new("resident", resident.uuid().simple().to_string());
        let left = Value::Object(receive::whole(self, &row)?.into_iter().collect()).to_string();
        let sql =
            "UPDATE op SET fields = ?2 WHERE tbl = 'resident' AND row = ?1 AND deed IN ('insert', 'erase')";
        let _ = self.prepare_cached(sql)?.execute(params![row.key, left])?;
        Ok(())
    }

    /// Runs work that must not be recorded, because it reaches the hub in another way.
    pub(crate) fn untold(&self, work: impl FnOnce(&Self) -> Result<()>) -> Result<()> {
        let _ = self.prepare_cached("UPDATE sync_state SET applying = applying + 1")?.execute([])?;
        work(self)?;
        let _ = self.prepare_cached("UPDATE sync_state SET applying = applying - 1")?.execute([])?;
        Ok(())
    }
}
