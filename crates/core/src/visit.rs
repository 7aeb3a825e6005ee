//! Visits: one stay of one person, and how it is corrected.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ids::{ResidentId, ServiceId, VisitId};
use super::time::Moment;

/// Where a visit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Here now.
    Open,
    /// Gone home, time known.
    Left,
    /// The day ended without a departure.
    NotRecorded,
    /// Undone or struck out: kept, not counted.
    Void,
    /// Replaced by a correction: kept, not counted.
    Superseded,
}

impl State {
    /// Whether the row counts as a visit.
    #[must_use]
    pub fn counts(self) -> bool {
        matches!(self, Self::Open | Self::Left | Self::NotRecorded)
    }
}

/// How the arrival came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Card at the screen.
    Card,
    /// Surname and picture at the screen.
    Surname,
    /// Last four digits at the screen.
    Phone,
    /// Staff on the board.
    Staff,
    /// Entered later from paper.
    Paper,
    /// Imported sign-in book.
    Import,
    /// Generated demo data.
    Demo,
}

/// With whom somebody goes home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// 家里人接
    Family,
    /// 自己走
    Alone,
    /// 坐车
    Ride,
}

/// One version of one stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Identifier of this version.
    pub id: VisitId,
    /// Who came.
    pub resident_id: ResidentId,
    /// Local calendar day of the arrival.
    pub day: NaiveDate,
    /// When.
    pub arrived_at: Moment,
    /// When they left, where known.
    pub left_at: Option<Moment>,
    /// Where it stands.
    pub state: State,
    /// How the arrival came about.
    pub source: Source,
    /// Purposes, possibly none.
    pub services: Vec<ServiceId>,
}

/// A resident's arrival. The same `visit_id` may be sent twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckIn {
    /// Made by the sender.
    pub visit_id: VisitId,
    /// Who.
    pub resident_id: ResidentId,
    /// When.
    pub at: Moment,
    /// How.
    pub source: Source,
    /// Purposes, possibly none.
    pub services: Vec<ServiceId>,
}

/// What became of an arrival.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckedIn {
    /// Written now, or written before under the same identifier.
    Done(Visit),
    /// Already here: their day is shown.
    AlreadyHere(Visit),
}

impl CheckedIn {
    /// The visit, if it began by this.
    #[must_use]
    pub fn done(&self) -> Option<&Visit> {
        match self {
            Self::Done(visit) => Some(visit),
            Self::AlreadyHere(_) => None,
        }
    }

    /// The open visit either way.
    #[must_use]
    pub fn visit(&self) -> &Visit {
        match self {
            Self::Done(visit) | Self::AlreadyHere(visit) => visit,
        }
    }
}

/// What staff put in place of a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The new version's identifier, made by the sender.
    pub new_id: VisitId,
    /// Arrival.
    pub arrived_at: Moment,
    /// Departure; `None` leaves the visit open today, else not recorded.
    pub left_at: Option<Moment>,
    /// Purposes.
    pub services: Vec<ServiceId>,
    /// Why.
    pub reason: String,
}

/// A visit with the words a list needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitRow {
    /// The visit.
    pub visit: Visit,
    /// Full name.
    pub name: String,
    /// Called-by word.
    pub called_by: String,
    /// 院落.
    pub yard: String,
    /// Personal picture.
    pub picture: String,
    /// Names of the purposes.
    pub purposes: String,
    /// Whether it corrects an older version.
    pub corrected: bool,
}

/// Which visits a list shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HistoryFilter {
    /// First day, inclusive.
    pub from: Option<NaiveDate>,
    /// Last day, inclusive.
    pub to: Option<NaiveDate>,
    /// One resident only.
    pub resident: Option<ResidentId>,
    /// Part of a name, first letters of the reading, or end of the phone.
    pub text: String,
    /// One 院落 only.
    pub yard: Option<String>,
    /// One purpose only.
    pub service: Option<ServiceId>,
    /// Only those whose departure is not recorded.
    pub not_recorded_only: bool,
}

/// 人次 and 人数 of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Rows.
    pub rows: u32,
    /// Person-days.
    pub visits: u32,
    /// Distinct people.
    pub people: u32,
}
