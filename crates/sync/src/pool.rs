//! Places that several kiosks compete for: some are leased to each kiosk, so that it can
//! promise them without asking; the rest are first come, first served.

use std::collections::{BTreeMap, BTreeSet};

use daycare_core::time::Moment;
use serde::{Deserialize, Serialize};

use super::change::Lease;
use super::fault::Fault;
use super::op::KioskId;

/// This many tenths of the places in a pool are leased, shared among the kiosks.
const LEASED_TENTHS: u64 = 6;

/// A kiosk stops promising a leased place this many ms before the lease ends, in case its clock
/// is wrong.
pub const LEASE_MARGIN_MS: i64 = 10 * 60_000;

/// The leased places of a pool, as seen by one kiosk.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept {
    /// For this kiosk: it may promise them without asking.
    pub mine: BTreeSet<u32>,
    /// Leased to other kiosks.
    pub others: BTreeSet<u32>,
}

impl Kept {
    /// The first free place that this kiosk may give; its own leases come first. `taken` must
    /// be sorted.
    #[must_use]
    pub fn first_free(&self, taken: &[u32], capacity: u32) -> Option<u32> {
        let is_taken = |seat: &u32| taken.binary_search(seat).is_ok();
        let own = self.mine.iter().copied().find(|seat| *seat <= capacity && !is_taken(seat));
        own.or_else(|| (1..=capacity).find(|seat| !is_taken(seat) && !self.others.contains(seat)))
    }
}

/// Most places leased per pool: no input from a kiosk may make the hub write more rows.
const MOST_LEASED: u64 = 1_000;

/// The highest number of a place.
const HIGHEST: u32 = 0xffff;

/// One place.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Seat {
    /// The kiosk that leases it, and until when.
    pub lease: Option<(KioskId, Moment)>,
    /// Key of the row that has it.
    pub taken: Option<String>,
}

/// The places of a session or an activity, numbered from 1.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Pool {
    /// Number of places; `None` if there is no limit.
    pub capacity: Option<u32>,
    /// Places that are leased or taken.
    pub seats: BTreeMap<u32, Seat>,
}

/// The kiosks that lease the first places of a pool: six tenths of all, in turn. If a pool is
/// too small to share evenly, its name decides the rounding, so that every kiosk gets its share
/// over many pools.
fn holders(id: &str, capacity: u32, kiosks: &[KioskId]) -> Vec<KioskId> {
    if kiosks.is_empty() {
        return vec![];
    }
    let chance =
        id.bytes().fold(0x811c_9dc5u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let leased = (u64::from(capacity) * LEASED_TENTHS + u64::from(chance >> 8) % 10) / 10;
    let leased = usize::try_from(leased.min(MOST_LEASED)).unwrap_or(0);
    let first = chance as usize % kiosks.len();
    kiosks.iter().copied().cycle().skip(first).take(leased).collect()
}

impl Pool {
    /// Opens a pool and leases a share of it to each kiosk. Opening it again sets the new
    /// number of places; rows that have a place keep it.
    pub fn open(
        &mut self,
        id: &str,
        capacity: Option<u32>,
        until: Moment,
        kiosks: &[KioskId],
        new: bool,
    ) -> Vec<Lease> {
        self.capacity = capacity;
        if !new {
            return vec![];
        }
        let mut leases = Vec::new();
        for (seat, kiosk) in (1..).zip(holders(id, capacity.unwrap_or(0), kiosks)) {
            self.seats.entry(seat).or_default().lease = Some((kiosk, until));
            leases.push(Lease { pool: id.to_owned(), seat, kiosk, until });
        }
        leases
    }

    /// Gives a row a place: the one it asks for if it may have it, else one that is neither
    /// taken nor leased. A confirmed place is never taken away by a later request.
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
        let capacity = self.capacity.unwrap_or(HIGHEST).min(HIGHEST);
        let is_there = |number: &u32| (1..=capacity).contains(number);
        let may_have = |number: &u32| self.seats.get(number).is_none_or(free_for);
        // Only places that are promised to nobody; the kiosk's own leases are saved for later.
        let unleased = |number: &u32| {
            let leased = self.seats.get(number).and_then(|seat| seat.lease);
            fault == Fault::NoLeases || leased.is_none_or(|(_, until)| hub >= until)
        };
        // Without a limit, the place after the last one is free.
        let last = self.seats.keys().next_back().map_or(1, |last| last.saturating_add(1));
        let last = if self.capacity.is_some() { capacity } else { last.min(capacity) };
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

    /// The number of the place that a row has.
    #[must_use]
    pub fn place_of(&self, row: &str) -> Option<u32> {
        self.seats.iter().find(|(_, seat)| seat.taken.as_deref() == Some(row)).map(|(number, _)| *number)
    }
}
