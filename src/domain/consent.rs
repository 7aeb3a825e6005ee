//! Consent of a resident to hand their health data on.

use chrono::NaiveDate;

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Yes, or withdrawn.
    pub given: bool,
    /// Local day.
    pub decided_on: NaiveDate,
    /// Who heard it, or the guardian who decided.
    pub witness: String,
}
