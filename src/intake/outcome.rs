//! What an import says about each row.

use serde::Serialize;

/// Why a row is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The name is empty.
    NoName,
    /// A date that is on no calendar, or cannot be read.
    ImpossibleDate,
    /// A birth date after today.
    BornInTheFuture,
    /// A line of sums.
    TotalRow,
    /// The header once more.
    HeaderRow,
    /// A spreadsheet formula where a name should be.
    FormulaAsName,
    /// Nobody of this name is registered.
    UnknownPerson,
    /// Several people fit and the 院落 does not tell them apart.
    AmbiguousName,
    /// The date is empty.
    NoDate,
    /// The date has no year, and none was given.
    NoYear,
    /// A day after today.
    InTheFuture,
    /// The arrival is empty.
    NoArrival,
    /// A time that is on no clock, or cannot be read.
    ImpossibleTime,
    /// The departure is before the arrival.
    LeavesBeforeArriving,
    /// The name of the activity is empty.
    NoActivity,
    /// The name has more characters than any screen shows.
    LongName,
    /// The day of the week is empty, or none.
    NoWeekday,
    /// The beginning is empty.
    NoStart,
    /// The end is not after the beginning.
    EndsBeforeStarting,
}

impl Reason {
    /// The reason in plain English, as the JSON answer says it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::NoName => "no name",
            Self::ImpossibleDate => "impossible date",
            Self::BornInTheFuture => "born in the future",
            Self::TotalRow => "total row, not a person",
            Self::HeaderRow => "header row, not a person",
            Self::FormulaAsName => "formula as a name",
            Self::UnknownPerson => "unknown person",
            Self::AmbiguousName => "ambiguous name",
            Self::NoDate => "no date",
            Self::NoYear => "no year",
            Self::InTheFuture => "in the future",
            Self::NoArrival => "no arrival time",
            Self::ImpossibleTime => "impossible time",
            Self::LeavesBeforeArriving => "leaves before arriving",
            Self::NoActivity => "no activity",
            Self::LongName => "name too long",
            Self::NoWeekday => "no weekday",
            Self::NoStart => "no start time",
            Self::EndsBeforeStarting => "ends before starting",
        }
    }

    /// The key of the reason's words in the language files.
    #[must_use]
    pub fn key(self) -> String {
        let code = self.words().split(',').next().unwrap_or_default().replace(' ', "-");
        format!("refused-{code}")
    }
}

/// What is odd about a row that was taken all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WarningKind {
    /// The identity number's check character does not fit; it is not used.
    IdChecksum,
    /// The birth date differs from the identity number's; the column wins.
    BirthDiffers,
    /// No birth date at all.
    NoBirthDate,
    /// No phone number.
    NoPhone,
    /// The phone cell holds no phone number.
    BadPhone,
    /// Nobody to call in an emergency.
    NoContact,
    /// A purpose nobody has taught the program; the word is kept.
    UnknownPurpose,
    /// The only person of this name lives elsewhere.
    YardDiffers,
    /// No end: an hour is taken.
    NoEnd,
    /// The number of places is no number: there is no limit.
    UnknownCapacity,
    /// The room or the leader is taken at this time.
    Clash,
}

/// A refused row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Line or row in the file, from 1.
    pub line: u32,
    /// Why.
    pub reason: Reason,
}

/// A warning about an accepted row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Warning {
    /// Line or row in the file, from 1.
    pub line: u32,
    /// What.
    pub kind: WarningKind,
}

/// The answer about a whole file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// New rows.
    pub accepted: u32,
    /// Rows that changed something known.
    pub updated: u32,
    /// Rows that said nothing new.
    pub unchanged: u32,
    /// Refused rows.
    pub rejected: Vec<Rejected>,
    /// Warnings.
    pub warnings: Vec<Warning>,
}

/// What became of one accepted row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// New.
    Accepted,
    /// Changed something known.
    Updated,
    /// Said nothing new.
    Unchanged,
}

impl Outcome {
    /// Counts one accepted row.
    pub fn count(&mut self, fate: Fate) {
        match fate {
            Fate::Accepted => self.accepted += 1,
            Fate::Updated => self.updated += 1,
            Fate::Unchanged => self.unchanged += 1,
        }
    }

    /// The JSON of the command line.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        let rejected: Vec<_> = self
            .rejected
            .iter()
            .map(|r| serde_json::json!({ "line": r.line, "reason": r.reason.words() }))
            .collect();
        serde_json::json!({
            "accepted": self.accepted,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": rejected,
            "warnings": self.warnings,
        })
    }
}
