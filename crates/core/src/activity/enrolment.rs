//! Signing up for one time of an activity, and what came of it.

use serde::{Deserialize, Serialize};

use super::OccurrenceKey;
use crate::appointment::{Origin, Status};
use crate::ids::{EnrolmentId, ResidentId};
use crate::time::Moment;

/// How somebody took part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Took part.
    Attended,
    /// Took part, and left before the end.
    LeftEarly,
    /// Was there and did not want to.
    Declined,
    /// Did not come.
    Absent,
}

impl Outcome {
    /// Every outcome, in the order of its buttons.
    pub const ALL: [Self; 4] = [Self::Attended, Self::LeftEarly, Self::Declined, Self::Absent];

    /// Whether it counts as taking part.
    #[must_use]
    pub fn took_part(self) -> bool {
        matches!(self, Self::Attended | Self::LeftEarly)
    }
}

/// How somebody was in it, in one tap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mood {
    /// Cheerful, with the others.
    Cheerful,
    /// Quiet, content.
    Calm,
    /// Low, or apart.
    Low,
}

impl Mood {
    /// Every mood, in the order of its buttons.
    pub const ALL: [Self; 3] = [Self::Cheerful, Self::Calm, Self::Low];
}

/// One person signed up. `status` is `Waitlist`, `Booked` or `Cancelled`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// Identifier, made by the sender.
    pub id: EnrolmentId,
    /// For what.
    pub key: OccurrenceKey,
    /// Who.
    pub resident_id: ResidentId,
    /// Where it stands.
    pub status: Status,
    /// How it came about.
    pub origin: Origin,
    /// How they took part, once noted.
    pub outcome: Option<Outcome>,
    /// How they were in it, once noted.
    pub mood: Option<Mood>,
}

/// What a resident or staff ask for. The same `id` may be sent twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SigningUp {
    /// Made by the sender.
    pub id: EnrolmentId,
    /// For what.
    pub key: OccurrenceKey,
    /// Who.
    pub resident_id: ResidentId,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignedUp {
    /// Has a place: written now, or before.
    Done(Enrolment),
    /// Waits, behind so many.
    Waiting(Enrolment, usize),
    /// All places are taken; nothing was written.
    Full,
    /// The person is at something else then; nothing was written.
    Elsewhere(Own),
    /// It is not held, is over, or not open yet; nothing was written.
    Closed,
}

/// An own activity or appointment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// What.
    pub name: String,
    /// From.
    pub starts_at: Moment,
}

/// An enrolment with what a list of one person shows: the plan of a day, the
/// history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The enrolment.
    pub enrolment: Enrolment,
    /// What it is called.
    pub name: String,
    /// Picture.
    pub picture: String,
    /// Where; may be empty.
    pub room: String,
    /// Begins.
    pub starts_at: Moment,
    /// Ends.
    pub ends_at: Moment,
    /// Why it is not held, if so.
    pub cancelled: Option<String>,
}

/// An enrolment with whom it is of: the list of an activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// The enrolment.
    pub enrolment: Enrolment,
    /// Full name.
    pub name: String,
    /// Called-by word.
    pub called_by: String,
    /// 院落.
    pub yard: String,
    /// Phone.
    pub phone: String,
    /// Personal picture.
    pub face: String,
    /// Whether they are in the house now.
    pub here: bool,
}

/// How often somebody took part in an activity, or an activity was held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Name of the activity.
    pub name: String,
    /// Times held with anybody noted.
    pub held: u32,
    /// 人次: a person counts once a time.
    pub attendances: u32,
    /// 人数: distinct people.
    pub people: u32,
}
