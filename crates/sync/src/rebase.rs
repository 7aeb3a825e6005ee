//! The kiosk's side of sync: its own edits stay visible until their results come back; those
//! that were not applied are reverted then.

use super::change::{Change, Gone};
use super::fault::Fault;
use super::op::{Edit, Fields, Op};

/// An op whose result has not come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// Its number in this incarnation.
    pub number: u64,
    /// The op.
    pub op: Op,
    /// The hub's values of the columns beneath this edit; kept up to date.
    pub under: Fields,
    /// Its result has come; it is kept only until the hub acknowledges it.
    pub settled: bool,
}

/// What to change in the visible row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Write {
    /// Columns to set; if the row does not exist, it is created with them.
    pub fields: Fields,
    /// Whether to remove the row.
    pub gone: Option<Gone>,
}

/// Applies a change to one row. `pending` are this kiosk's ops on that row, oldest first; the
/// one to which this result belongs becomes settled.
pub fn receive(change: &Change, pending: &mut [Pending], fault: Fault) -> Write {
    let mut fields = change.fields.clone();
    if let Some(own) = pending.iter_mut().find(|pending| pending.op.id == change.op) {
        own.settled = true;
        // Columns that were not applied return to the value beneath.
        let edited = own.op.edit.fields().into_iter().flatten();
        for (name, _) in edited.filter(|(name, _)| !change.fields.contains_key(*name)) {
            if let Some(under) = own.under.get(name).filter(|_| fault != Fault::NoRevert) {
                let _ = fields.insert(name.clone(), under.clone());
            }
        }
    }
    if fault == Fault::NoOverlay {
        return Write { fields, gone: change.gone };
    }
    // A column that was edited here since is not overwritten; the value becomes the one beneath
    // the first of those edits.
    for (name, value) in std::mem::take(&mut fields) {
        match first_to_touch(pending, &name) {
            Some(later) => drop(later.under.insert(name, value)),
            None => drop(fields.insert(name, value)),
        }
    }
    let mut open = pending.iter().filter(|pending| !pending.settled).peekable();
    let none_open = open.peek().is_none();
    let taken_away = open.any(|pending| matches!(pending.op.edit, Edit::Delete | Edit::Erase(_)));
    let gone = match change.gone {
        // An erasure applies, whatever is pending.
        Some(Gone::Erased) => Some(Gone::Erased),
        // A row that was inserted again here still awaits its own result.
        Some(Gone::Deleted) if none_open => Some(Gone::Deleted),
        _ => None,
    };
    if gone.is_some() || change.gone.is_some() || taken_away {
        fields.clear();
    }
    Write { fields, gone }
}

fn first_to_touch<'a>(pending: &'a mut [Pending], name: &str) -> Option<&'a mut Pending> {
    let open = pending.iter_mut().filter(|pending| !pending.settled);
    open.into_iter().find(|pending| pending.op.edit.fields().is_some_and(|f| f.contains_key(name)))
}

/// The values beneath a new op: the present columns, as seen through the ops that are already
/// pending.
#[must_use]
pub fn under(op: &Op) -> Fields {
    match &op.edit {
        Edit::Update { was, .. } => was.clone(),
        Edit::Insert(_) | Edit::Delete | Edit::Erase(_) => Fields::new(),
    }
}
