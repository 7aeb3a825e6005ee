//! Which ops of a batch are new: each counts once, in its order, however often
//! and over whatever wire it comes.

use std::collections::BTreeMap;

use super::fault::Fault;
use super::op::OpId;
use super::wire::{Batch, Heard, Refused};

/// The incarnation of a kiosk that was put back from a backup, or of a copy of one.
/// The same backup may be put back twice: chance keeps the two lives apart.
#[must_use]
pub fn next_incarnation(own: u32, heard: u32, chance: u16) -> u32 {
    own.max(heard).saturating_add(1 + u32::from(chance))
}

/// Looks a batch over. `stored` are the ops that this incarnation has sent
/// before, by number. Returns how many ops at its beginning are known, and how
/// far the kiosk is heard after the rest.
///
/// # Errors
/// Ops are missing before it, or another op has one of its numbers: nothing of
/// it may be taken.
pub fn admit(
    heard: Heard,
    batch: &Batch,
    stored: &BTreeMap<u64, OpId>,
    fault: Fault,
) -> Result<(usize, Heard), Refused> {
    let heard = match batch.incarnation.cmp(&heard.incarnation) {
        // Restored from a backup: it numbers its ops anew.
        std::cmp::Ordering::Greater => Heard { incarnation: batch.incarnation, last: 0 },
        std::cmp::Ordering::Equal => heard,
        std::cmp::Ordering::Less => return Err(Refused::Fork { at: batch.first, heard: heard.incarnation }),
    };
    if batch.first > heard.last + 1 && fault != Fault::AnyGap {
        return Err(Refused::Gap { expect: heard.last + 1 });
    }
    let other = (batch.first..)
        .zip(&batch.ops)
        .find(|(at, op)| *at <= heard.last && stored.get(at).is_some_and(|id| *id != op.id));
    if let Some((at, _)) = other {
        return Err(Refused::Fork { at, heard: heard.incarnation });
    }
    let known = (heard.last + 1).saturating_sub(batch.first);
    let known = usize::try_from(known).unwrap_or(usize::MAX).min(batch.ops.len());
    let end = batch.first + batch.ops.len() as u64 - 1;
    Ok((known, Heard { last: heard.last.max(end), ..heard }))
}
