//! An in-memory hub for simulations.

use std::collections::{BTreeMap, HashMap, HashSet};

use daycare_core::time::Moment;
use daycare_sync::admit::admit;
use daycare_sync::change::{Change, Gone};
use daycare_sync::fault::Fault;
use daycare_sync::judge::{Centre, Row};
use daycare_sync::op::{Edit, Fields, KioskId, OpId, RowKey};
use daycare_sync::tables::Table;
use daycare_sync::wire::Progress;
use daycare_sync::wire::{Batch, Caller, Pushed, Refused, SnapshotRow};
use serde_json::Value;

/// An in-memory hub: the real conflict rules, with a log instead of a database.
#[derive(Default)]
pub struct Hub {
    pub centre: Centre,
    pub log: Vec<Change>,
    pub heard: HashMap<KioskId, (Progress, BTreeMap<u64, OpId>)>,
    pub seen: HashSet<OpId>,
    pub fault: Fault,
    /// The kiosk that keeps the accounts; `None` means that every kiosk may.
    pub accounts: Option<KioskId>,
    /// Log lines up to this number have been removed.
    pub floor: u64,
    /// Whether it removes an erased person's data from its rows and log, as the real hub does.
    pub forgets: bool,
}

impl Hub {
    pub fn push(&mut self, kiosk: KioskId, batch: &Batch, hub: Moment) -> Result<Pushed, Refused> {
        let (heard, stored) = self.heard.entry(kiosk).or_default();
        let (known, now) = admit(*heard, batch, stored, self.fault)?;
        if now.incarnation != heard.incarnation {
            stored.clear();
        }
        *heard = now;
        let caller = Caller { kiosk, accounts: self.accounts.is_none_or(|id| id == kiosk) };
        let new: Vec<_> = (batch.first..).zip(&batch.ops).skip(known).collect();
        let mut erased = Vec::new();
        for (number, op) in new {
            let _ = stored.insert(number, op.id);
            // Already seen before a restore: it counts once.
            if self.seen.insert(op.id) || self.fault == Fault::Forgetful {
                let number = self.log.len() as u64 + 1;
                let change = self.centre.take(caller, op, number, hub);
                self.log.push(change);
                if matches!(op.edit, Edit::Erase(_)) {
                    erased.push((op.row.key.clone(), number));
                }
            }
        }
        if self.forgets {
            erased.iter().for_each(|(person, number)| self.forget(person, *number));
        }
        let acked = batch.first + batch.ops.len() as u64 - 1;
        Ok(Pushed { acked, outcomes: vec![], hub_time: hub })
    }

    /// Does what the real hub's statements do (`crates/hub/src/sql/forget_*.sql`).
    fn forget(&mut self, person: &str, number: u64) {
        let at = self.log.last().expect("a line").at;
        let is = |row: &Row, name: &str| row.fields.get(name).and_then(Value::as_str) == Some(person);
        let stays = ["resident", "erasure", "visit", "call", "incident", "volunteer"];
        let rows = &self.centre.rows;
        let theirs = |key: &RowKey, row: &Row| {
            let own = is(row, "resident_id") && !stays.contains(&key.table.as_str());
            own || key.table == "merge" && is(row, "merged_id")
        };
        let mut gone: Vec<RowKey> =
            rows.iter().filter(|(key, row)| theirs(key, row)).map(|(key, _)| key.clone()).collect();
        let whole = |key: &RowKey, row: &Row| Table::named(&key.table)?.whole_of(&row.fields);
        let parts = rows.iter().filter(|(key, row)| {
            whole(key, row).is_some_and(|of| {
                gone.contains(&of) || rows.get(&of).is_some_and(|row| row.deleted.is_some())
            })
        });
        gone.extend(parts.map(|(key, _)| key.clone()).collect::<Vec<_>>());
        for key in gone {
            let _ = self.centre.rows.insert(key, Row { deleted: Some(at), ..Row::default() });
        }
        for line in &mut self.log[..usize::try_from(number).expect("small") - 1] {
            line.fields.clear();
            line.asked.clear();
        }
        self.floor = number - 1;
    }

    /// Every row, for a kiosk that is behind the floor.
    pub fn snapshot(&self) -> Vec<SnapshotRow> {
        let rows = self.centre.rows.iter().map(|(row, stored)| SnapshotRow {
            row: row.clone(),
            fields: if stored.deleted.is_some() { Fields::new() } else { stored.fields.clone() },
            at: stored.at.values().copied().chain(stored.deleted).max().unwrap_or_default(),
            gone: match (stored.erased, stored.deleted) {
                (true, _) => Some(Gone::Erased),
                (false, Some(_)) => Some(Gone::Deleted),
                (false, None) => None,
            },
        });
        rows.collect()
    }

    pub fn pull(&self, after: u64, most: usize) -> &[Change] {
        let from = usize::try_from(after).expect("small").min(self.log.len());
        &self.log[from..from.saturating_add(most).min(self.log.len())]
    }
}
