//! Calls for help.

use super::ids::CallId;
use super::time::Moment;

/// Somebody waits for help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Identifier.
    pub id: CallId,
    /// Since when.
    pub raised_at: Moment,
    /// Who, where known: 王福全爷爷.
    pub who: Option<String>,
    /// Whether a reading called staff, not a finger.
    pub for_reading: bool,
}
