//! Incidents: a fall, a quarrel, somebody lost.

use daycare_core::audit::Actor;
use daycare_core::period::Period;
use daycare_core::shift_book::Incident;
use serde_json::json;

use crate::audit::TrailEntry;
use crate::connection::Store;
use crate::error::Result;
use crate::handover::staff_of;
use crate::sql::{RowExt, params};

impl Store {
    /// Writes an incident. Repeating the call writes it only once.
    pub fn add_incident(&mut self, actor: Actor, incident: &Incident) -> Result<()> {
        self.transact(actor, |tx| {
            let day = incident.at.day(tx.clock.zone()).to_string();
            let added = tx.prepare_cached(include_str!("add.sql"))?.execute(params![
                incident.id,
                incident.resident,
                incident.kind,
                day,
                incident.at,
                incident.words,
                incident.measures,
                staff_of(actor),
            ])?;
            if added == 0 {
                return Ok(());
            }
            let words = json!({ "resident": incident.resident, "kind": incident.kind,
                "words": incident.words, "measures": incident.measures });
            tx.log(&TrailEntry::new("incident.add", "incident", incident.id.uuid()).after(words))
        })
    }

    /// Incidents of a period, newest first.
    pub fn incidents(&self, period: Period) -> Result<Vec<Incident>> {
        let mut statement = self.conn.prepare_cached(include_str!("list.sql"))?;
        let days = [period.from.to_string(), period.to.to_string()];
        let rows = statement.query_map(days, |row| {
            Ok(Incident {
                id: row.read(0)?,
                resident: row.read(1)?,
                name: row.read(2)?,
                kind: row.read(3)?,
                at: row.read(4)?,
                words: row.read(5)?,
                measures: row.read(6)?,
                by: row.read(7)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
