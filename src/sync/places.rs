//! Places that several kiosks want: some are leased to each kiosk, so that it
//! can promise them without asking; the rest go to who comes first.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::change::Lease;
use super::fault::Fault;
use super::op::KioskId;
use crate::domain::time::Moment;

/// Of the places of a pool so many in ten are leased, shared by its kiosks.
const LEASED_TENTHS: u32 = 6;

/// A kiosk stops promising a leased place so long before the lease ends: its
/// clock may be wrong.
pub const LEASE_MARGIN_MS: i64 = 10 * 60_000;

/// One place.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Seat {
    /// For whom it is kept, and until when.
    pub lease: Option<(KioskId, Moment)>,
    /// Whose row has it.
    pub taken: Option<String>,
}

/// The places of a session or an activity, by their number from 1.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Pool {
    /// How many there are; nothing is as many as are wanted.
    pub capacity: Option<u32>,
    /// Places that are leased or taken.
    pub seats: BTreeMap<u32, Seat>,
}

impl Pool {
    /// Opens a pool and leases a share of it to each kiosk. Opened again, it
    /// only grows.
    pub fn open(
        &mut self,
        id: &str,
        capacity: Option<u32>,
        until: Moment,
        kiosks: &[KioskId],
        new: bool,
    ) -> Vec<Lease> {
        if !new {
            self.capacity = self.capacity.zip(capacity).map(|(mine, theirs)| mine.max(theirs));
            return vec![];
        }
        self.capacity = capacity;
        let each =
            capacity.unwrap_or(0) * LEASED_TENTHS / 10 / u32::try_from(kiosks.len().max(1)).unwrap_or(1);
        let mut leases = Vec::new();
        for kiosk in kiosks {
            for _ in 0..each {
                let seat = u32::try_from(leases.len()).unwrap_or(0) + 1;
                self.seats.entry(seat).or_default().lease = Some((*kiosk, until));
                leases.push(Lease { pool: id.to_owned(), seat, kiosk: *kiosk, until });
            }
        }
        leases
    }

    /// Gives a row a place: the one it asks for where it may have it, else one
    /// that nobody holds. What is confirmed is never taken away again by
    /// somebody who comes later.
    pub fn give(
        &mut self,
        row: &str,
        kiosk: KioskId,
        asked: Option<u32>,
        hub: Moment,
        fault: Fault,
    ) -> Option<u32> {
        let free_for = |seat: &Seat| {
            let held_by_other = fault != Fault::NoLeases
                && seat.lease.is_some_and(|(holder, until)| holder != kiosk && hub < until);
            (seat.taken.is_none() || fault == Fault::Overbook) && !held_by_other
        };
        let is_there = |number: &u32| *number > 0 && self.capacity.is_none_or(|capacity| *number <= capacity);
        let may_have = |number: &u32| self.seats.get(number).is_none_or(free_for);
        // Nobody was promised it; own leases are kept for later.
        let unleased = |number: &u32| {
            let leased = self.seats.get(number).and_then(|seat| seat.lease);
            fault == Fault::NoLeases || leased.is_none_or(|(_, until)| hub >= until)
        };
        let last = self.capacity.unwrap_or_else(|| self.seats.keys().next_back().copied().unwrap_or(0) + 1);
        let place = asked
            .filter(|number| is_there(number) && may_have(number))
            .or_else(|| (1..=last).find(|number| may_have(number) && unleased(number)))
            .or_else(|| (1..=last).find(|number| may_have(number)))?;
        self.seats.entry(place).or_default().taken = Some(row.to_owned());
        Some(place)
    }

    /// Frees the place of a row.
    pub fn free(&mut self, row: &str) {
        for seat in self.seats.values_mut().filter(|seat| seat.taken.as_deref() == Some(row)) {
            seat.taken = None;
        }
    }

    /// The place of a row.
    #[must_use]
    pub fn place_of(&self, row: &str) -> Option<u32> {
        self.seats.iter().find(|(_, seat)| seat.taken.as_deref() == Some(row)).map(|(number, _)| *number)
    }
}
