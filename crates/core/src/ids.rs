//! Typed identifiers. The client makes them, so every write can be repeated.

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

            /// The same words always give the same identifier (demo and tests).
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
    /// One version of one stay.
    VisitId,
    /// One card.
    CardId,
    /// One decision about a purpose.
    ConsentId,
    /// Somebody's own target of a reading.
    TargetId,
    /// Someone who works here.
    StaffId,
    /// A purpose of coming.
    ServiceId,
    /// A call for help.
    CallId,
    /// Weekly hours of a service.
    AvailabilityId,
    /// A service on one date.
    SessionId,
    /// One person's booking.
    AppointmentId,
    /// A number of the day.
    TicketId,
    /// A reading, or one measurement of it.
    ReadingId,
    /// Somebody to be called or looked after.
    FollowUpId,
    /// A room of the house.
    RoomId,
    /// A team that leads activities or serves.
    TeamId,
    /// An activity through all its changes.
    ActivityId,
    /// How an activity is from one day on.
    SeriesId,
    /// One person signed up for one time of an activity.
    EnrolmentId,
    /// Somebody who serves.
    VolunteerId,
    /// What a shift is for.
    DutyId,
    /// One version of one shift.
    ShiftId,
    /// Two files made one.
    MergeId,
    /// Somebody of a resident's family.
    RelativeId,
    /// A call or a visit to somebody not seen.
    WelfareCheckId,
    /// Somebody is away for some days.
    AbsenceId,
    /// A line for the next shift.
    HandoverId,
    /// Something that happened.
    IncidentId,
    /// Something everybody who signs in is told.
    NoticeId,
    /// A number worth having at hand.
    PhoneNumberId,
    /// Somebody's data were erased.
    ErasureId,
}
