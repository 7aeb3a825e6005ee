//! What a resident has consented to, separately for each purpose (PIPL Art. 29: separate
//! consent for sensitive data).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// 来访登记
    Attendance,
    /// 健康记录
    Health,
    /// 照片显示
    Photo,
    /// 告诉家人
    Family,
    /// Passing health data on to others.
    Sharing,
}

impl Purpose {
    /// Every purpose, in the order of the form.
    pub const ALL: [Self; 5] = [Self::Attendance, Self::Health, Self::Photo, Self::Family, Self::Sharing];

    /// Key of its name in the language files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Attendance => "consent-attendance",
            Self::Health => "consent-health",
            Self::Photo => "consent-photo",
            Self::Family => "consent-family",
            Self::Sharing => "consent-sharing",
        }
    }
}

/// One decision; the newest one for each purpose is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// What for.
    pub purpose: Purpose,
    /// Whether consent was given; `false` if it was withdrawn.
    pub given: bool,
    /// Local day.
    pub decided_on: NaiveDate,
    /// Who witnessed the decision.
    pub witness: String,
    /// The guardian who decided on their behalf; empty if they decided themselves.
    pub guardian: String,
}
