//! Who did what: every write leaves one row.

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

/// One line of the trail, as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// When.
    pub at: Moment,
    /// Who, in words: a staff name, `cli`, `resident` or `program`.
    pub actor: String,
    /// What, as `visit.correct`.
    pub action: String,
    /// Values before, as JSON.
    pub before: Option<String>,
    /// Values after, as JSON.
    pub after: Option<String>,
    /// Why, where one was asked for.
    pub reason: Option<String>,
    /// Whom it is about, where that can be said; empty else.
    pub about: String,
}

/// Which lines of the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditFilter {
    /// Of one staff member only.
    pub staff: Option<StaffId>,
    /// About one kind of row only, as `visit`.
    pub entity: Option<String>,
    /// From this instant.
    pub from: Moment,
    /// Until before this instant.
    pub until: Moment,
}
