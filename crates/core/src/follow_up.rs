//! People to be called about an appointment or an activity.

use serde::{Deserialize, Serialize};

use super::ids::{AppointmentId, EnrolmentId, FollowUpId, ResidentId};
use super::time::Moment;

/// Why somebody needs to be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Did not come.
    #[serde(rename = "noshow")]
    NoShow,
    /// Got a seat from the waiting list.
    #[serde(rename = "promoted")]
    Promoted,
    /// The session was cancelled.
    #[serde(rename = "session_cancelled")]
    SessionCancelled,
    /// A reading must be repeated on another day.
    #[serde(rename = "recheck")]
    Recheck,
    /// The activity was moved to another time or place.
    #[serde(rename = "moved")]
    Moved,
    /// Another kiosk gave the place away first; they are now on the waiting list.
    #[serde(rename = "displaced")]
    Displaced,
}

/// The booking that the call is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// No booking, only the person.
    Nothing,
    /// An appointment.
    Appointment(AppointmentId),
    /// An activity somebody is signed up for.
    Enrolment(EnrolmentId),
}

/// One entry of the call list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUp {
    /// Identifier.
    pub id: FollowUpId,
    /// Why.
    pub kind: Kind,
    /// Since when.
    pub raised_at: Moment,
    /// The person to call.
    pub resident_id: ResidentId,
    /// Full name.
    pub name: String,
    /// Called-by word.
    pub called_by: String,
    /// Personal picture.
    pub picture: String,
    /// Own phone.
    pub phone: String,
    /// Emergency contact.
    pub contact_name: String,
    /// Their phone.
    pub contact_phone: String,
    /// What the appointment was for; empty if there was none.
    pub service: String,
    /// When it was.
    pub starts_at: Option<Moment>,
}
