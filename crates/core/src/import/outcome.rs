//! What an import says about each row.

use crate::codes::codes;

codes! {
    /// Why a row is refused.
    Reason {
        /// The name is empty.
        NoName,
        /// What stands in the name's column is no name: digits, signs.
        NotAName,
        /// A date that is on no calendar, or cannot be read.
        ImpossibleDate,
        /// A birth date after today.
        BornInTheFuture,
        /// A line of sums.
        TotalRow,
        /// A remark, a signature, the end of the table.
        NoteRow,
        /// The header once more.
        HeaderRow,
        /// A spreadsheet formula where a name should be.
        FormulaAsAName,
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
        NoArrivalTime,
        /// A time that is on no clock, or cannot be read.
        ImpossibleTime,
        /// The departure is before the arrival.
        LeavesBeforeArriving,
        /// The name of the activity is empty.
        NoActivity,
        /// The name has more characters than any screen shows.
        NameTooLong,
        /// The day of the week is empty, or cannot be read.
        NoWeekday,
        /// The beginning is empty.
        NoStartTime,
        /// The end is not after the beginning.
        EndsBeforeStarting,
    }
}

impl Reason {
    /// The reason in plain English, as the JSON answer says it.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::TotalRow | Self::HeaderRow | Self::NoteRow => format!("{self}, not a person"),
            _ => self.to_string(),
        }
    }
}

codes! {
    /// Why a row needs a person to look at it: it is written only when confirmed.
    Doubt {
        /// A year of two digits, and nobody said which century or year is meant.
        TwoDigitYear,
        /// Two digits of a year that is not the one that was stated.
        OtherYear,
        /// A number may have lost a zero: 3.1 may have been 3.10.
        DroppedZero,
        /// The day in the time's cell differs from the day in the date's.
        TwoDates,
        /// Two people in one row.
        TwoPeople,
        /// The identity number is another person's. If confirmed, this one is
        /// taken without it.
        NumberOfAnother,
        /// The same name with a birth date of which one is known only in part. If
        /// confirmed, they are one person.
        PerhapsKnown,
    }
}

codes! {
    /// What is odd about a row that was taken all the same.
    WarningKind {
        /// The identity number's check character does not fit; it is not used.
        IdChecksum,
        /// The spreadsheet rounded the identity number; it is not used.
        IdRounded,
        /// The identity number cell holds words, not a number; it is not used.
        IdUnreadable,
        /// The birth date differs from the identity number's; the column wins.
        BirthDiffers,
        /// No birth date at all.
        NoBirthDate,
        /// Only the month of birth is known.
        BirthMonthOnly,
        /// Only the year of birth is known.
        BirthYearOnly,
        /// The birth date cannot be read; the identity number's is taken.
        BirthUnreadable,
        /// No phone number.
        NoPhone,
        /// The phone cell holds no phone number.
        BadPhone,
        /// Somebody of another name has this phone number.
        SharedPhone,
        /// Nobody to call in an emergency.
        NoContact,
        /// Characters of the row were lost before the file came here.
        LostCharacters,
        /// The name has a character that no font here shows or prints.
        NoGlyph,
        /// Said to be deceased or moved, and no longer shown among those who come.
        Archived,
        /// Marked as deceased or moved, and inside the centre now: stays active.
        StillHere,
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
}

/// Where a row stands: in which sheet (by number, from 0), and in which line or
/// row of it, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct At {
    /// The sheet, among those that were read.
    pub sheet: u16,
    /// Line or row.
    pub line: u32,
    /// Which cell of a drawn grid, from 0; 0 in a list.
    pub cell: u16,
}

impl At {
    /// A line of a file with one table.
    #[must_use]
    pub fn line(line: u32) -> Self {
        Self { line, ..Self::default() }
    }
}

/// A refused row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rejected {
    /// Where.
    pub at: At,
    /// Why.
    pub reason: Reason,
}

/// A row that waits to be confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Doubtful {
    /// Where.
    pub at: At,
    /// Why.
    pub doubt: Doubt,
}

/// A warning about an accepted row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Warning {
    /// Where.
    pub at: At,
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
    /// Rows that are written only when confirmed.
    pub doubtful: Vec<Doubtful>,
    /// Warnings.
    pub warnings: Vec<Warning>,
    /// Sheets that were read; one nameless for a text.
    pub sheets: Vec<String>,
    /// Columns and sheets that were not used.
    pub unused: Vec<String>,
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

    /// The name of a row's sheet, where there are several.
    #[must_use]
    pub fn sheet_of(&self, at: At) -> Option<&str> {
        self.sheets.get(usize::from(at.sheet)).filter(|_| self.sheets.len() > 1).map(String::as_str)
    }

    /// The JSON of the command line.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        let row = |at: At, key: &str, words: serde_json::Value| {
            let mut row = serde_json::json!({ "line": at.line, key: words });
            if let Some(sheet) = self.sheet_of(at) {
                row["sheet"] = sheet.into();
            }
            row
        };
        let rejected = self.rejected.iter().map(|r| row(r.at, "reason", r.reason.words().into()));
        let doubtful = self.doubtful.iter().map(|d| row(d.at, "reason", d.doubt.to_string().into()));
        let warnings =
            self.warnings.iter().map(|w| row(w.at, "kind", w.kind.to_string().replace(' ', "_").into()));
        serde_json::json!({
            "accepted": self.accepted,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": rejected.collect::<Vec<_>>(),
            "doubtful": doubtful.collect::<Vec<_>>(),
            "warnings": warnings.collect::<Vec<_>>(),
            "sheets": self.sheets.iter().filter(|name| !name.is_empty()).collect::<Vec<_>>(),
            "unused": self.unused,
        })
    }
}
