//! Typed identifiers. The caller generates them, so every write can safely be repeated.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Defines one identifier type per entity over a UUIDv7.
macro_rules! define_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub struct $name(Uuid);

        impl $name {
            /// A new identifier from the machine's clock and random source.
            #[must_use]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }

            /// A fixed identifier, for seed data, the demo and tests.
            #[must_use]
            pub const fn from_u128(value: u128) -> Self {
                Self(Uuid::from_u128(value))
            }

            /// The bytes as stored.
            #[must_use]
            pub fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl From<Uuid> for $name {
            fn from(value: Uuid) -> Self {
                Self(value)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

define_id! {
    /// A person who may visit the centre.
    ResidentId,
    /// One version of a visit.
    VisitId,
    /// One card.
    CardId,
    /// One decision on a consent purpose.
    ConsentId,
    /// A person's own target range for a reading.
    TargetId,
    /// Someone who works here.
    StaffId,
    /// A service: a reason for coming.
    ServiceId,
    /// A call for help.
    CallId,
    /// Weekly hours of a service.
    AvailabilityId,
    /// A service on one date.
    SessionId,
    /// One person's booking.
    AppointmentId,
    /// A queue number of one day.
    TicketId,
    /// A reading, or one measurement of it.
    ReadingId,
    /// An entry of the call list.
    FollowUpId,
    /// A room of the house.
    RoomId,
    /// A team that leads activities or serves.
    TeamId,
    /// An activity through all its changes.
    ActivityId,
    /// One version of an activity, from one day on.
    SeriesId,
    /// One person signed up for one time of an activity.
    EnrolmentId,
    /// A volunteer.
    VolunteerId,
    /// What a shift is for.
    DutyId,
    /// One version of one shift.
    ShiftId,
    /// A merge of two files.
    MergeId,
    /// Somebody of a resident's family.
    RelativeId,
    /// A call or a visit to somebody not seen.
    WelfareCheckId,
    /// Days on which somebody is away.
    AbsenceId,
    /// A handover note for the next shift.
    HandoverId,
    /// An incident.
    IncidentId,
    /// A notice shown to everybody who signs in.
    NoticeId,
    /// An entry of the phone list.
    PhoneNumberId,
    /// The erasure of somebody's data.
    ErasureId,
}
