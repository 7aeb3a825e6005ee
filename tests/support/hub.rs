//! A hub in memory.
#![allow(dead_code, reason = "each test uses a part of it")]

use std::collections::{BTreeMap, HashMap, HashSet};

use daycare_kiosk::domain::time::Moment;
use daycare_kiosk::sync::admit::{Heard, admit};
use daycare_kiosk::sync::centre::Centre;
use daycare_kiosk::sync::change::Change;
use daycare_kiosk::sync::fault::Fault;
use daycare_kiosk::sync::op::{KioskId, OpId};
use daycare_kiosk::sync::wire::{Batch, Caller, Pushed, Refused};

/// A hub in memory: the real judge, with a log instead of a database.
#[derive(Default)]
pub struct Hub {
    pub centre: Centre,
    pub log: Vec<Change>,
    pub heard: HashMap<KioskId, (Heard, BTreeMap<u64, OpId>)>,
    pub seen: HashSet<OpId>,
    pub fault: Fault,
    /// The kiosk that keeps the accounts; nobody in particular is everybody.
    pub accounts: Option<KioskId>,
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
        for (number, op) in new {
            let _ = stored.insert(number, op.id);
            // Known from before a restore: it counts once.
            if self.seen.insert(op.id) || self.fault == Fault::Forgetful {
                let number = self.log.len() as u64 + 1;
                self.log.push(self.centre.take(caller, op, number, hub));
            }
        }
        let acked = batch.first + batch.ops.len() as u64 - 1;
        Ok(Pushed { acked, outcomes: vec![], hub_time: hub })
    }

    pub fn pull(&self, after: u64, most: usize) -> &[Change] {
        let from = usize::try_from(after).expect("small").min(self.log.len());
        &self.log[from..from.saturating_add(most).min(self.log.len())]
    }
}
