//! What the hub made of an operation, as every kiosk of the centre pulls it.

use daycare_core::time::Moment;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::hlc::Hlc;
use super::op::{Fields, KioskId, OpId, RowKey};

/// What came of an op. There is no outcome "wait".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It stands.
    Applied,
    /// Some of its columns stand, others were newer.
    Merged,
    /// All of it was older than what is there.
    Superseded,
    /// The place is theirs.
    Confirmed {
        /// Which one.
        seat: u32,
    },
    /// Somebody was faster: they wait, and staff call them.
    Displaced,
    /// Two changed a guarded column without knowing of each other: the old value
    /// stays until people decide. The other columns of the op stand.
    Queued {
        /// Which columns.
        fields: Vec<String>,
    },
    /// It cannot be; staff are shown why.
    Rejected(Reason),
}

impl Outcome {
    /// Whether people have to look at it.
    #[must_use]
    pub fn needs_people(&self) -> bool {
        matches!(self, Self::Displaced | Self::Queued { .. } | Self::Rejected(_))
    }
}

/// Why an op cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The hub knows no such table.
    UnknownTable,
    /// Only the kiosk that keeps the accounts writes such rows.
    NotTheirs,
    /// The row is not there.
    NoRow,
    /// The person has a place in it.
    HasAPlace,
    /// The row was erased for good.
    Erased,
    /// One of the two files had been merged at another kiosk. A kiosk says this of
    /// itself; on the wire such a merge comes back as taken back.
    MergedElsewhere,
}

/// A row that is not there any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gone {
    /// Taken away.
    Deleted,
    /// Erased for good.
    Erased,
}

/// One line of a centre's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Its number; a log has no gaps.
    pub number: u64,
    /// The op it is of.
    pub op: OpId,
    /// Who made it.
    pub kiosk: KioskId,
    /// Which row.
    #[serde(flatten)]
    pub row: RowKey,
    /// The instant it counts as: its own, no later than the hub allowed.
    pub at: Hlc,
    /// What came of it.
    pub outcome: Outcome,
    /// Columns as they are now, of those that changed.
    pub fields: Fields,
    /// Whether the row is gone now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gone: Option<Gone>,
    /// What the op wanted of the columns that people must decide about.
    #[serde(default, skip_serializing_if = "Fields::is_empty")]
    pub asked: Fields,
    /// Places kept for single kiosks, where the row opened some.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leases: Vec<Lease>,
}

/// A place kept for one kiosk, so that it can promise it without asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    /// Of which places.
    pub pool: String,
    /// Which one.
    pub seat: u32,
    /// For whom.
    pub kiosk: Uuid,
    /// The hub gives it to nobody else before.
    pub until: Moment,
}

/// Two values that people must choose between.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// Number of the change that brought the other value.
    pub number: u64,
    /// Which row.
    #[serde(flatten)]
    pub row: RowKey,
    /// Which column.
    pub field: String,
    /// What stands.
    pub stands: serde_json::Value,
    /// What the other kiosk wrote.
    pub other: serde_json::Value,
}
