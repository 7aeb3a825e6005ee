//! The wire format: requests and answers between kiosk and hub, as JSON.

use daycare_core::time::Moment;
use serde::{Deserialize, Serialize};

use super::change::{Change, Gone, Outcome};
use super::hlc::Hlc;
use super::op::{Fields, KioskId, Op, OpId, RowKey};

/// Ops of one kiosk, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// Minted anew after every restore.
    pub incarnation: u32,
    /// Number of the first op.
    pub first: u64,
    /// The ops.
    pub ops: Vec<Op>,
    /// The last seal of the kiosk's trail: the hub keeps it, so that a trail
    /// that was rewritten is found out.
    #[serde(default)]
    pub seal: String,
}

/// The most ops in one batch.
pub const BATCH: usize = 100;
/// The most changes in one answer.
pub const PAGE: usize = 500;
/// An answer ends with the row that brings it to so many bytes, as they are stored: over a
/// slow wire each comes in time, photos or not.
pub const PAGE_BYTES: u32 = 256 * 1024;

/// How far the hub has received the operations of a kiosk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Progress {
    /// Of which incarnation.
    pub incarnation: u32,
    /// The number of the last op.
    pub last: u64,
}

/// A batch is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pushed {
    /// Every op up to this number is in the log.
    pub acked: u64,
    /// What came of each.
    pub outcomes: Vec<(OpId, Outcome)>,
    /// The hub's clock.
    pub hub_time: Moment,
}

/// How far the log goes: the cheap look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The number of the last change there is.
    pub cseq: u64,
    /// Which op has the number that was asked about, where the log still has it:
    /// another one than the kiosk pulled means that the hub was restored.
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

/// The rows of a centre as they are, page by page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Rows after the page before.
    pub rows: Vec<SnapshotRow>,
    /// The log goes on after this number; that of the first page counts.
    pub head: u64,
    /// Whether there are more rows. An older hub does not say: there a page that is not
    /// full is the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub more: Option<bool>,
}

/// One row of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotRow {
    /// Which row.
    #[serde(flatten)]
    pub row: RowKey,
    /// Its columns.
    pub fields: Fields,
    /// How old it is.
    #[serde(default)]
    pub at: Hlc,
    /// Whether it is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gone: Option<Gone>,
}

/// What a kiosk asks to be let in with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asking {
    /// The one-time code.
    pub code: String,
    /// Its public key, as a signing request (PEM).
    pub csr: String,
    /// Who it was before, where it joins again: that entry ends, and its place
    /// among the kiosks and the accounts go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<KioskId>,
}

/// A kiosk is let in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// Which centre it belongs to.
    pub centre: uuid::Uuid,
    /// Who it is.
    pub kiosk: KioskId,
    /// Which of the centre's kiosks it is, from 0.
    pub ordinal: u32,
    /// Whether it keeps the accounts of the staff.
    pub accounts: bool,
    /// Its certificate (PEM).
    pub certificate: String,
    /// Until when it holds: it is to be renewed before.
    pub not_after: Moment,
}

/// A one-time code for another kiosk of the same centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The whole code, as it is shown and scanned.
    pub code: String,
}

/// Why a call is not answered. The kiosk goes on working either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refused {
    /// Ops before it are missing: begin at this number.
    Gap {
        /// The next number that is expected.
        expect: u64,
    },
    /// Another op has this number: the kiosk is a copy of itself.
    Fork {
        /// Which number.
        at: u64,
        /// The last incarnation that the hub has received operations of.
        #[serde(rename = "heard", default)]
        received: u32,
    },
    /// It was revoked.
    Revoked,
    /// It was lost: everything on it goes.
    Wipe,
    /// The hub is older than the kiosk, or the kiosk older than the hub takes.
    Schema {
        /// The oldest schema the hub takes.
        min: u32,
        /// The newest.
        max: u32,
    },
    /// The log does not reach back so far: begin with a snapshot.
    SnapshotRequired,
    /// Too many calls.
    TooMany,
    /// The body is too large, or says nothing that can be read.
    BadBody,
}

/// Who calls, as the hub knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// Which kiosk.
    pub kiosk: KioskId,
    /// Whether it keeps the accounts of the centre's staff.
    pub accounts: bool,
}
