//! Which ops of a batch are new: each counts once, in its order, however often
//! and over whatever wire it comes.

use std::collections::BTreeMap;

use super::fault::Fault;
use super::op::OpId;
use super::wire::{Batch, Progress, Refused};

/// The incarnation of a kiosk that was put back from a backup, or of a copy of one.
/// The same backup may be put back twice: chance keeps the two lives apart.
#[must_use]
pub fn next_incarnation(own: u32, received: u32, chance: u16) -> u32 {
    own.max(received).saturating_add(1 + u32::from(chance))
}

/// Looks a batch over. `stored` are the ops that this incarnation has sent
/// before, by number. Returns how many ops at its beginning are known, and how
/// far the kiosk is received after the rest.
///
/// # Errors
/// Ops are missing before it, or another op has one of its numbers: nothing of
/// it may be taken.
pub fn admit(
    received: Progress,
    batch: &Batch,
    stored: &BTreeMap<u64, OpId>,
    fault: Fault,
) -> Result<(usize, Progress), Refused> {
    let received = match batch.incarnation.cmp(&received.incarnation) {
        // Restored from a backup: it numbers its ops anew.
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
