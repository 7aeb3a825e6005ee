//! The queue of one day: numbers, and who is called to which room.

use serde::{Deserialize, Serialize};

use super::appointment::Origin;
use super::ids::{AppointmentId, ResidentId, ServiceId, TicketId};
use super::time::Moment;

/// State of a queue number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketState {
    /// Waits.
    Waiting,
    /// Is being called, or in the room.
    Called,
    /// Was called and did not come; may return to the queue.
    Skipped,
    /// Finished.
    Done,
}

/// A queue number with its person, for staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// Identifier.
    pub id: TicketId,
    /// `A06`.
    pub words: String,
    /// Current state.
    pub state: TicketState,
    /// Its appointment.
    pub appointment_id: AppointmentId,
    /// Whose.
    pub resident_id: ResidentId,
    /// Full name with called-by word.
    pub name: String,
    /// What for.
    pub service_id: ServiceId,
    /// Where they are called to.
    pub room: String,
    /// Since when they wait.
    pub issued_at: Moment,
    /// When they were called last.
    pub called_at: Option<Moment>,
    /// How often.
    pub calls: u32,
    /// The booked time, or the arrival time of a walk-in.
    pub starts_at: Moment,
    /// Booked, or walked in.
    pub origin: Origin,
}

/// Waiting longer than this, in ms, is shown in bold red.
pub const LONG_WAIT_MS: i64 = 15 * 60_000;

impl Ticket {
    /// Minutes waited at `now`.
    #[must_use]
    pub fn waited_minutes(&self, now: Moment) -> i64 {
        (now.0 - self.issued_at.0).max(0) / 60_000
    }

    /// Whether that is too long.
    #[must_use]
    pub fn waits_long(&self, now: Moment) -> bool {
        self.state == TicketState::Waiting && now.0 - self.issued_at.0 > LONG_WAIT_MS
    }
}

/// What the public sees of a call: number and room, nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicCall {
    /// `A06`.
    pub ticket: String,
    /// Where to go.
    pub room: String,
    /// How often it was called: a new number flashes.
    pub calls: u32,
}
