//! Rows of a registry, a sign-in book and an activity plan.

use chrono::{NaiveDateTime, NaiveTime, Weekday};

use super::outcome::{At, Doubt, Outcome, Rejected, Warning};
use crate::ids::ResidentId;
use crate::national_id::NationalId;
use crate::resident::{ArchivedAs, Profile};

/// The rows of one file; nothing has been written yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows<R> {
    /// Names of the sheets that were read; a text file counts as one sheet without a name.
    pub sheets: Vec<String>,
    /// Columns and sheets that were not used.
    pub unused: Vec<String>,
    /// Rows that can be written, in file order.
    pub entries: Vec<R>,
    /// Refused rows.
    pub rejected: Vec<Rejected>,
    /// Warnings about rows that can be written.
    pub warnings: Vec<Warning>,
}

impl<R> Rows<R> {
    /// The outcome so far: refusals and warnings, with no row counted yet.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        Outcome {
            sheets: self.sheets.clone(),
            unused: self.unused.clone(),
            rejected: self.rejected.clone(),
            warnings: self.warnings.clone(),
            ..Outcome::default()
        }
    }
}

/// A person in a registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResidentRow {
    /// Where it stands.
    pub at: At,
    /// The profile that the row describes.
    pub profile: Profile,
    /// The identity number, only if its check character fits.
    pub id: Option<NationalId>,
    /// Deceased or moved, where the row says so.
    pub gone: Option<ArchivedAs>,
    /// Why a person must look at it first.
    pub doubt: Option<Doubt>,
}

/// A visit in a sign-in book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInRow {
    /// Where it stands.
    pub at: At,
    /// The matching resident.
    pub resident: ResidentId,
    /// Local arrival.
    pub arrived: NaiveDateTime,
    /// Local departure, if given.
    pub left: Option<NaiveDateTime>,
    /// The purposes, in the words of the book.
    pub purposes: Vec<String>,
    /// Why a person must look at it first.
    pub doubt: Option<Doubt>,
}

/// A weekly activity of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityRow {
    /// Where it stands.
    pub at: At,
    /// On which days of the week, from Monday.
    pub weekdays: Vec<Weekday>,
    /// From.
    pub starts: NaiveTime,
    /// Until.
    pub ends: NaiveTime,
    /// What.
    pub name: String,
    /// Where; may be empty.
    pub room: String,
    /// Who leads, a team or a person; may be empty.
    pub led_by: String,
    /// Number of places; `None` if there is no limit.
    pub capacity: Option<u16>,
    /// Why a person must look at it first.
    pub doubt: Option<Doubt>,
}
