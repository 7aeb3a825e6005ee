//! The kiosk's side: what it has edited itself stays in view until its own
//! result comes back; what did not stand is taken back then.

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
    /// What the columns are underneath, at the hub; kept up to date.
    pub under: Fields,
    /// Its result has come; it stays only until the hub says that it has it.
    pub settled: bool,
}

/// What is to be done to the row that people see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Write {
    /// Columns to set, or a row to write.
    pub fields: Fields,
    /// The row goes.
    pub gone: Option<Gone>,
}

/// Applies a change to one row. `pending` are this kiosk's ops on that row, the
/// oldest first; the one whose result this is becomes settled.
pub fn receive(change: &Change, pending: &mut [Pending], fault: Fault) -> Write {
    let mut fields = change.fields.clone();
    if let Some(own) = pending.iter_mut().find(|pending| pending.op.id == change.op) {
        own.settled = true;
        // What did not stand goes back to what is underneath.
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
    // A column that was edited here since is not written; it is what lies under
    // the first of those edits now.
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
        // Erased is erased, whatever is pending.
        Some(Gone::Erased) => Some(Gone::Erased),
        // What was written anew here has its own result to come.
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

/// What lies under an op when it is made: the columns as they are now, seen
/// through the ops that are pending already.
#[must_use]
pub fn under(op: &Op) -> Fields {
    match &op.edit {
        Edit::Update { was, .. } => was.clone(),
        Edit::Insert(_) | Edit::Delete | Edit::Erase(_) => Fields::new(),
    }
}
