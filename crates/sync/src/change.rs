//! The hub's result for an operation, as every kiosk of the centre pulls it.

use daycare_core::time::Moment;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::hlc::Hlc;
use super::op::{Fields, KioskId, OpId, RowKey};

/// Result of an op. Every op gets one; there is no "wait".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Applied in full.
    Applied,
    /// Applied in part: some columns had newer values.
    Merged,
    /// Not applied: all of it was older than the present row.
    Superseded,
    /// The place is confirmed.
    Confirmed {
        /// Number of the place.
        seat: u32,
    },
    /// Somebody else got the place first: they go on the waiting list, and staff call them.
    Displaced,
    /// Two changed a guarded column without knowing of each other: the old value
    /// stays until people decide. The other columns of the op stand.
    Queued {
        /// Which columns.
        fields: Vec<String>,
    },
    /// Refused; staff are shown why.
    Rejected(Reason),
}

impl Outcome {
    /// Whether people have to look at it.
    #[must_use]
    pub fn needs_people(&self) -> bool {
        matches!(self, Self::Displaced | Self::Queued { .. } | Self::Rejected(_))
    }
}

/// Why an op is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The hub does not know the table.
    UnknownTable,
    /// Only the kiosk that manages the accounts may write such rows.
    NotTheirs,
    /// The row does not exist.
    NoRow,
    /// The person has a place in it.
    HasAPlace,
    /// The row was erased for good.
    Erased,
    /// One of the two files had already been merged at another kiosk. Only used within a kiosk;
    /// on the wire such a merge comes back as undone.
    MergedElsewhere,
}

/// How a row was removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gone {
    /// Deleted.
    Deleted,
    /// Erased for good.
    Erased,
}

/// One entry of a centre's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Its number; a log has no gaps.
    pub number: u64,
    /// The op that caused it.
    pub op: OpId,
    /// The kiosk that made the op.
    pub kiosk: KioskId,
    /// Which row.
    #[serde(flatten)]
    pub row: RowKey,
    /// The instant that counts: that of the op, but no later than the hub allows.
    pub at: Hlc,
    /// Result of the op.
    pub outcome: Outcome,
    /// The new values of the columns that changed.
    pub fields: Fields,
    /// Whether the row was removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gone: Option<Gone>,
    /// Values that the op wanted for the columns that people must decide about.
    #[serde(default, skip_serializing_if = "Fields::is_empty")]
    pub asked: Fields,
    /// Places leased to single kiosks, if the row opened any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leases: Vec<Lease>,
}

/// A place leased to one kiosk, so that it can promise the place without asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    /// Pool of the place.
    pub pool: String,
    /// Which one.
    pub seat: u32,
    /// The kiosk that holds the lease.
    pub kiosk: Uuid,
    /// End of the lease; until then the hub gives the place to nobody else.
    pub until: Moment,
}

/// Two values between which people must choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// Number of the change that brought the other value.
    pub number: u64,
    /// Which row.
    #[serde(flatten)]
    pub row: RowKey,
    /// Which column.
    pub field: String,
    /// The present value.
    pub stands: serde_json::Value,
    /// The value written by the other kiosk.
    pub other: serde_json::Value,
}
