//! The wire format: requests and answers between kiosk and hub, as JSON.

use daycare_core::time::Moment;
use serde::{Deserialize, Serialize};

use super::change::{Change, Gone, Outcome};
use super::hlc::Hlc;
use super::op::{Fields, KioskId, Op, OpId, RowKey};

/// Ops of one kiosk, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// A new number after every restore.
    pub incarnation: u32,
    /// Number of the first op.
    pub first: u64,
    /// The ops.
    pub ops: Vec<Op>,
    /// The last seal of the kiosk's audit trail. The hub keeps it, so that a rewritten trail is
    /// detected.
    #[serde(default)]
    pub seal: String,
}

/// Most ops in one batch.
pub const BATCH: usize = 100;
/// Most changes in one answer.
pub const PAGE: usize = 500;
/// Size limit of an answer in bytes, as stored; the row that reaches it is the last. This keeps
/// answers short enough for a slow connection, even with photos.
pub const PAGE_BYTES: u32 = 256 * 1024;

/// How far the hub has received the operations of a kiosk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Progress {
    /// Incarnation of the kiosk.
    pub incarnation: u32,
    /// The number of the last op.
    pub last: u64,
}

/// Answer to a batch that was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pushed {
    /// Every op up to this number is in the log.
    pub acked: u64,
    /// Result of each op.
    pub outcomes: Vec<(OpId, Outcome)>,
    /// The hub's clock.
    pub hub_time: Moment,
}

/// How far the log goes: a cheap check for news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The number of the last change there is.
    pub cseq: u64,
    /// The op with the number that was asked about, if it is still in the log. If it differs
    /// from the one that the kiosk pulled, the hub was restored from a backup.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<OpId>,
    /// How far the hub has received the operations of the caller.
    #[serde(rename = "heard", default, skip_serializing_if = "Option::is_none")]
    pub received: Option<Progress>,
    /// The hub's clock.
    pub hub_time: Moment,
}

/// Changes after a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pulled {
    /// The changes, in their order.
    pub changes: Vec<Change>,
    /// The number of the last change there is.
    pub head: u64,
    /// The hub's clock.
    pub hub_time: Moment,
}

/// The current rows of a centre, one page at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The rows that follow the previous page.
    pub rows: Vec<SnapshotRow>,
    /// Number after which to continue with the log; the value of the first page counts.
    pub head: u64,
    /// Whether there are more rows. An older hub does not say: there a page that is not
    /// full is the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub more: Option<bool>,
}

/// One row of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotRow {
    /// Which row.
    #[serde(flatten)]
    pub row: RowKey,
    /// Its columns.
    pub fields: Fields,
    /// Instant of its latest edit.
    #[serde(default)]
    pub at: Hlc,
    /// Whether it was removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gone: Option<Gone>,
}

/// A kiosk's request to join.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asking {
    /// The one-time code.
    pub code: String,
    /// Its public key, as a signing request (PEM).
    pub csr: String,
    /// The kiosk's former identifier, if it joins again: the old entry is closed, and its
    /// ordinal and accounts carry over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<KioskId>,
}

/// Answer to a kiosk that may join.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// Centre that it belongs to.
    pub centre: uuid::Uuid,
    /// Identifier of the kiosk.
    pub kiosk: KioskId,
    /// Which of the centre's kiosks it is, from 0.
    pub ordinal: u32,
    /// Whether it manages the staff accounts.
    pub accounts: bool,
    /// Its certificate (PEM).
    pub certificate: String,
    /// When the certificate expires; it must be renewed before then.
    pub not_after: Moment,
}

/// A one-time code for another kiosk of the same centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The whole code, as it is shown and scanned.
    pub code: String,
}

/// Why a request is refused. The kiosk keeps working either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refused {
    /// Earlier ops are missing: resend from this number.
    Gap {
        /// The next number that is expected.
        expect: u64,
    },
    /// Another op already has this number: two copies of the kiosk exist.
    Fork {
        /// The number in question.
        at: u64,
        /// The latest incarnation from which the hub has received ops.
        #[serde(rename = "heard", default)]
        received: u32,
    },
    /// The kiosk was revoked.
    Revoked,
    /// The kiosk was lost: it must delete everything.
    Wipe,
    /// The hub is older than the kiosk, or no longer supports the kiosk's version.
    Schema {
        /// The oldest schema version that the hub accepts.
        min: u32,
        /// The newest schema version that the hub accepts.
        max: u32,
    },
    /// The log does not go back that far: start with a snapshot.
    SnapshotRequired,
    /// Too many requests.
    TooMany,
    /// The body is too large or cannot be parsed.
    BadBody,
}

/// The kiosk that makes a request, as known to the hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// Which kiosk.
    pub kiosk: KioskId,
    /// Whether it manages the staff accounts of the centre.
    pub accounts: bool,
}
