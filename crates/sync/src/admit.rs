//! Which ops of a batch are new. Each op counts once and in order, however often and over
//! whatever connection it arrives.

use std::collections::BTreeMap;

use super::fault::Fault;
use super::op::OpId;
use super::wire::{Batch, Progress, Refused};

/// The incarnation of a kiosk that was restored from a backup, or of a copy of one. The same
/// backup may be restored twice: the random part `chance` keeps the two apart.
#[must_use]
pub fn next_incarnation(own: u32, received: u32, chance: u16) -> u32 {
    own.max(received).saturating_add(1 + u32::from(chance))
}

/// Checks a batch. `stored` are the ops that this incarnation sent earlier, by number. Returns
/// how many ops at the start of the batch are already known, and the progress of the kiosk once
/// the rest is stored.
///
/// # Errors
/// Ops are missing before the batch, or another op already has one of its numbers; then none of
/// it may be stored.
pub fn admit(
    received: Progress,
    batch: &Batch,
    stored: &BTreeMap<u64, OpId>,
    fault: Fault,
) -> Result<(usize, Progress), Refused> {
    let received = match batch.incarnation.cmp(&received.incarnation) {
        // Restored from a backup: its ops are numbered from 1 again.
        std::cmp::Ordering::Greater => Progress { incarnation: batch.incarnation, last: 0 },
        std::cmp::Ordering::Equal => received,
        std::cmp::Ordering::Less => {
            return Err(Refused::Fork { at: batch.first, received: received.incarnation });
        }
    };
    if batch.first > received.last + 1 && fault != Fault::AnyGap {
        return Err(Refused::Gap { expect: received.last + 1 });
    }
    let other = (batch.first..)
        .zip(&batch.ops)
        .find(|(at, op)| *at <= received.last && stored.get(at).is_some_and(|id| *id != op.id));
    if let Some((at, _)) = other {
        return Err(Refused::Fork { at, received: received.incarnation });
    }
    let known = (received.last + 1).saturating_sub(batch.first);
    let known = usize::try_from(known).unwrap_or(usize::MAX).min(batch.ops.len());
    let end = batch.first + batch.ops.len() as u64 - 1;
    Ok((known, Progress { last: received.last.max(end), ..received }))
}
