//! The result of an import, row by row.

use crate::codes::codes;

codes! {
    /// Why a row is refused.
    Reason {
        /// The name is empty.
        NoName,
        /// The name column holds something else: digits or symbols.
        NotAName,
        /// A date that does not exist, or cannot be read.
        ImpossibleDate,
        /// A birth date after today.
        BornInTheFuture,
        /// A row of totals.
        TotalRow,
        /// A remark, a signature line, or the end of the table.
        NoteRow,
        /// A repeated header.
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
        /// A time that does not exist, or cannot be read.
        ImpossibleTime,
        /// The departure is before the arrival.
        LeavesBeforeArriving,
        /// The name of the activity is empty.
        NoActivity,
        /// The name is longer than any screen can show.
        NameTooLong,
        /// The day of the week is empty, or cannot be read.
        NoWeekday,
        /// Only in some weeks: such an activity is entered by hand.
        NotWeekly,
        /// The beginning is empty.
        NoStartTime,
        /// The end is not after the beginning.
        EndsBeforeStarting,
    }
}

impl Reason {
    /// The reason in plain English, as in the JSON output.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::TotalRow | Self::HeaderRow | Self::NoteRow => format!("{self}, not a person"),
            _ => self.to_string(),
        }
    }
}

codes! {
    /// Why a person must review a row: it is written only if confirmed.
    Doubt {
        /// A two-digit year, and nobody stated which century or year is meant.
        TwoDigitYear,
        /// A two-digit year that differs from the stated year.
        OtherYear,
        /// A number may have lost a zero: 3.1 may have been 3.10.
        DroppedZero,
        /// The date in the time cell differs from the date in the date cell.
        TwoDates,
        /// Two people in one row.
        TwoPeople,
        /// The identity number belongs to another person. If confirmed, the row is imported
        /// without it.
        NumberOfAnother,
        /// The same name, and at least one of the two birth dates is incomplete. If confirmed,
        /// they count as one person.
        PerhapsKnown,
        /// The same name with another phone, and nothing else that would tell whether it is one
        /// person. If confirmed, they are two.
        PerhapsNamesake,
        /// The words in the name column may not be a name.
        PerhapsNoName,
        /// The words about the state may mean that the person died or moved. If confirmed, the
        /// file is archived.
        PerhapsGone,
        /// Younger than anybody who comes: the year of birth may be wrong.
        TooYoung,
        /// A time before six in the morning that may be in the afternoon.
        NightHour,
        /// A number such as 8.5 that may be half past eight or ten to nine.
        DecimalHour,
        /// A row of digits that may be a date or a spreadsheet's day number.
        DayNumber,
        /// Two lines in one cell of a plan: an activity and its place, or two activities?
        TwoActivities,
        /// An activity of this name runs on this day at another time, which the file does not
        /// have. If confirmed, it moves.
        PerhapsMoved,
        /// The visit is known with another departure. If confirmed, it is corrected.
        OtherDeparture,
    }
}

codes! {
    /// What is unusual about a row that was imported anyway.
    WarningKind {
        /// The identity number's check character is wrong; the number is not used.
        IdChecksum,
        /// The spreadsheet rounded the identity number; it is not used.
        IdRounded,
        /// The identity number cell holds words, not a number; it is not used.
        IdUnreadable,
        /// The birth date differs from the one in the identity number; the column wins.
        BirthDiffers,
        /// No birth date at all.
        NoBirthDate,
        /// Only the month of birth is known.
        BirthMonthOnly,
        /// Only the year of birth is known.
        BirthYearOnly,
        /// The birth date cannot be read; the one in the identity number is used.
        BirthUnreadable,
        /// No phone number.
        NoPhone,
        /// The phone cell does not contain a phone number.
        BadPhone,
        /// Somebody of another name has this phone number.
        SharedPhone,
        /// Nobody to call in an emergency.
        NoContact,
        /// Characters of the row were lost before the file was imported.
        LostCharacters,
        /// The name has a character that none of our fonts can show or print.
        NoGlyph,
        /// Marked as deceased or moved, and therefore archived.
        Archived,
        /// Marked as deceased or moved, and inside the centre now: stays active.
        StillHere,
        /// Listed without a mark, but archived here: stays archived.
        StaysArchived,
        /// The state is not a word that is known; the person stays active.
        UnknownState,
        /// A note behind the name was taken off and kept in the remark.
        NoteBehindName,
        /// The sex differs from the one in the identity number; the column wins.
        SexDiffers,
        /// An unknown purpose; its text is kept.
        UnknownPurpose,
        /// The only person of this name lives elsewhere.
        YardDiffers,
        /// No end time; one hour is assumed.
        NoEnd,
        /// The number of places is not a number; no limit is set.
        UnknownCapacity,
        /// The room or the leader is taken at this time.
        Clash,
    }
}

/// Position of a row: the sheet (by number, from 0) and the line or row in it, from 1.
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
    /// Rows that changed an existing record.
    pub updated: u32,
    /// Rows without new information.
    pub unchanged: u32,
    /// Refused rows.
    pub rejected: Vec<Rejected>,
    /// Rows that are written only when confirmed.
    pub doubtful: Vec<Doubtful>,
    /// Warnings.
    pub warnings: Vec<Warning>,
    /// Names of the sheets that were read; a text file counts as one sheet without a name.
    pub sheets: Vec<String>,
    /// Columns and sheets that were not used.
    pub unused: Vec<String>,
}

/// What one accepted row did.
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

    /// The name of a row's sheet, if the file has several.
    #[must_use]
    pub fn sheet_of(&self, at: At) -> Option<&str> {
        self.sheets.get(usize::from(at.sheet)).filter(|_| self.sheets.len() > 1).map(String::as_str)
    }

    /// The outcome as JSON, for the command line.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        let row = |at: At, key: &str, words: serde_json::Value| {
            let mut row = serde_json::Map::new();
            row.insert("line".into(), at.line.into());
            row.insert(key.into(), words);
            row.extend(self.sheet_of(at).map(|sheet| ("sheet".to_owned(), sheet.into())));
            serde_json::Value::Object(row)
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
