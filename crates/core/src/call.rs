//! Calls for help.

use super::ids::CallId;
use super::time::Moment;

/// An open call for help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Identifier.
    pub id: CallId,
    /// Since when.
    pub raised_at: Moment,
    /// The person's name as shown, if known: 王福全爷爷.
    pub who: Option<String>,
    /// Whether a critical reading raised the call, rather than a person.
    pub for_reading: bool,
}
