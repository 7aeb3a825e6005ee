//! The audit trail: every write leaves one row.

use serde::{Deserialize, Serialize};

use super::ids::StaffId;
use super::time::Moment;

/// Who is acting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A resident at the screen.
    Resident,
    /// A staff member, unlocked by PIN.
    Staff(StaffId),
    /// The command line.
    Cli,
    /// The program itself (closing a day, seeding).
    Program,
}

/// One entry of the audit trail, as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// When.
    pub at: Moment,
    /// Who, in words: a staff name, `cli`, `resident` or `program`.
    pub actor: String,
    /// The action, such as `visit.correct`.
    pub action: String,
    /// Values before, as JSON.
    pub before: Option<String>,
    /// Values after, as JSON.
    pub after: Option<String>,
    /// The reason, if one was required.
    pub reason: Option<String>,
    /// The person it is about, if known; otherwise empty.
    pub about: String,
}

/// Which entries of the audit trail to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditFilter {
    /// Only entries of this staff member.
    pub staff: Option<StaffId>,
    /// Only one kind of row, such as `visit`.
    pub entity: Option<String>,
    /// From this instant on.
    pub from: Moment,
    /// Before this instant (exclusive).
    pub until: Moment,
}
