//! Appointments: weekly availability, sessions on dates, seats, and bookings. Terms and
//! statuses follow FHIR R4.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::ids::{AppointmentId, AvailabilityId, ResidentId, ServiceId, SessionId};
use super::time::Moment;
use crate::rule::Rule;

/// How many days ahead can be booked, and for how many days sessions are created.
pub const HORIZON_DAYS: u64 = 28;

/// Status of an appointment (FHIR Appointment.status).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// No seat yet; first come, first served when a seat is released.
    Waitlist,
    /// Has a seat.
    Booked,
    /// The person is in the centre.
    Arrived,
    /// Has reported for the appointment: has a queue number and waits to be called.
    CheckedIn,
    /// Done.
    Fulfilled,
    /// Cancelled in advance.
    Cancelled,
    /// The person did not come.
    #[serde(rename = "noshow")]
    NoShow,
}

impl Status {
    /// Every status, in the order of a usual day.
    pub const ALL: [Self; 7] = [
        Self::Waitlist,
        Self::Booked,
        Self::Arrived,
        Self::CheckedIn,
        Self::Fulfilled,
        Self::Cancelled,
        Self::NoShow,
    ];

    /// Whether the appointment is still pending.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Waitlist | Self::Booked | Self::Arrived | Self::CheckedIn)
    }

    /// Whether it occupies a seat.
    #[must_use]
    pub fn holds_seat(self) -> bool {
        matches!(self, Self::Booked | Self::Arrived | Self::CheckedIn | Self::Fulfilled)
    }

    /// Whether anybody may make this transition; it only goes forward.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        use Status::{Arrived, Booked, Cancelled, CheckedIn, Fulfilled, NoShow, Waitlist};
        match self {
            Waitlist => matches!(next, Booked | Cancelled),
            Booked => matches!(next, Arrived | CheckedIn | Fulfilled | Cancelled | NoShow),
            Arrived => matches!(next, CheckedIn | Fulfilled | Cancelled | NoShow),
            CheckedIn => matches!(next, Fulfilled | Cancelled | NoShow),
            Fulfilled | Cancelled | NoShow => false,
        }
    }

    /// Whether staff, giving a reason, may revert to `earlier`. Nothing returns to the waiting
    /// list, because its position there is lost.
    #[must_use]
    pub fn may_go_back_to(self, earlier: Self) -> bool {
        use Status::{Arrived, Booked, Cancelled, CheckedIn, Fulfilled, NoShow};
        match self {
            Arrived => earlier == Booked,
            CheckedIn => matches!(earlier, Booked | Arrived),
            Fulfilled | Cancelled | NoShow => matches!(earlier, Booked | Arrived | CheckedIn),
            Self::Waitlist | Booked => false,
        }
    }
}

/// How an appointment came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Booked ahead.
    Booked,
    /// Came without a booking.
    WalkIn,
}

/// Opening hours of a service on one weekday, repeated every week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Availability {
    /// Identifier.
    pub id: AvailabilityId,
    /// What is offered.
    pub service_id: ServiceId,
    /// 1 Monday to 7 Sunday.
    pub weekday: u8,
    /// Start, local time.
    pub starts: NaiveTime,
    /// End, local time.
    pub ends: NaiveTime,
    /// Length of one slot in minutes.
    pub slot_minutes: u16,
    /// Seats a slot.
    pub capacity: u16,
    /// Where.
    pub room: String,
    /// Who does it.
    pub provider: String,
}

/// Longest slot, in minutes.
pub const LONGEST_SLOT_MINUTES: u16 = 240;
/// Most seats that a slot may have.
pub const MOST_SEATS: u16 = 60;

impl Availability {
    /// Checks that the hours make sense.
    ///
    /// # Errors
    /// The rule that they break, worded for staff.
    pub fn check(&self) -> Result<(), Rule> {
        if !(1..=7).contains(&self.weekday) {
            return Err(Rule::WeekdayNeeded);
        }
        if self.starts >= self.ends {
            return Err(Rule::HoursReversed);
        }
        if !(5..=LONGEST_SLOT_MINUTES).contains(&self.slot_minutes) {
            return Err(Rule::SlotMinutesOutOfRange);
        }
        if !(1..=MOST_SEATS).contains(&self.capacity) {
            return Err(Rule::SeatsOutOfRange);
        }
        if slots(self.starts, self.ends, self.slot_minutes).is_empty() {
            return Err(Rule::SlotsDoNotFit);
        }
        Ok(())
    }
}

/// Start times of the slots that fit completely between `starts` and `ends`; `minutes` is the
/// length of a slot.
#[must_use]
pub fn slots(starts: NaiveTime, ends: NaiveTime, minutes: u16) -> Vec<NaiveTime> {
    let step = chrono::Duration::minutes(i64::from(minutes.max(1)));
    let mut all = Vec::new();
    let mut at = starts;
    while ends.signed_duration_since(at) >= step {
        all.push(at);
        let (next, wrapped) = at.overflowing_add_signed(step);
        if wrapped != 0 {
            break;
        }
        at = next;
    }
    all
}

/// A service on one date (FHIR Schedule).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Identifier.
    pub id: SessionId,
    /// What is offered.
    pub service_id: ServiceId,
    /// The weekly availability it was created from, if any.
    pub availability_id: Option<AvailabilityId>,
    /// Local day.
    pub day: NaiveDate,
    /// Begins.
    pub starts_at: Moment,
    /// Ends.
    pub ends_at: Moment,
    /// Length of one slot in minutes.
    pub slot_minutes: u16,
    /// Seats a slot.
    pub capacity: u16,
    /// Where.
    pub room: String,
    /// Who does it.
    pub provider: String,
    /// The reason, if it was cancelled.
    pub cancelled: Option<String>,
}

/// One time slot of a session, with its free seats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Its session.
    pub session_id: SessionId,
    /// Local day.
    pub day: NaiveDate,
    /// Begins.
    pub starts_at: Moment,
    /// Number of seats.
    pub seats: u16,
    /// Number of free seats.
    pub free: u16,
    /// Where.
    pub room: String,
}

/// One day of a service, as shown to a resident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookableDay {
    /// Local day.
    pub day: NaiveDate,
    /// All its slots, including full ones.
    pub slots: Vec<Slot>,
}

impl BookableDay {
    /// Seats left on the whole day.
    #[must_use]
    pub fn free(&self) -> u16 {
        self.slots.iter().map(|slot| slot.free).sum()
    }

    /// Groups slots by day; they must be sorted by time.
    #[must_use]
    pub fn group(slots: Vec<Slot>) -> Vec<Self> {
        let mut days: Vec<Self> = Vec::new();
        for slot in slots {
            match days.last_mut() {
                Some(last) if last.day == slot.day => last.slots.push(slot),
                _ => days.push(Self { day: slot.day, slots: vec![slot] }),
            }
        }
        days
    }
}

/// One person's appointment, with the text that screens show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// Identifier, generated by the caller.
    pub id: AppointmentId,
    /// Whose.
    pub resident_id: ResidentId,
    /// Current status.
    pub status: Status,
    /// How it came about.
    pub origin: Origin,
    /// Its session.
    pub session_id: SessionId,
    /// Local day.
    pub day: NaiveDate,
    /// Start; for somebody on the waiting list, the start of the session.
    pub starts_at: Moment,
    /// Ends.
    pub ends_at: Moment,
    /// What for.
    pub service_id: ServiceId,
    /// Name of the service.
    pub service: String,
    /// Picture of the service.
    pub picture: String,
    /// Whether to come without breakfast.
    pub fasting: bool,
    /// Where.
    pub room: String,
    /// Who does it.
    pub provider: String,
    /// The queue number of the day, such as `A06`, once the person has reported.
    pub ticket: Option<String>,
}

impl Appointment {
    /// Whether it has a seat, as opposed to waiting for one.
    #[must_use]
    pub fn has_place(&self) -> bool {
        self.status.is_open() && self.status != Status::Waitlist
    }
}

/// A booking request. Sending the same `id` again changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Booking {
    /// Made by the sender.
    pub id: AppointmentId,
    /// Who.
    pub resident_id: ResidentId,
    /// Which session.
    pub session_id: SessionId,
    /// Start of the slot.
    pub starts_at: Moment,
    /// An appointment of the same person that this one replaces.
    pub instead_of: Option<AppointmentId>,
}

/// Result of a booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Booked {
    /// It has a seat: written now, or before under the same identifier.
    Done(Appointment),
    /// No seat is left at this time.
    Full,
    /// The person already has this one; nothing was written.
    Already(Appointment),
    /// The slot is over or too soon, or the session is cancelled.
    Closed,
}

/// A closed day, with its reason or the name of the holiday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// Local day.
    pub day: NaiveDate,
    /// Why.
    pub name: String,
}

/// A queue number in words: its letter and at least two digits, such as `A06`.
#[must_use]
pub fn ticket_words(letter: &str, number: u32) -> String {
    format!("{letter}{number:02}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(hour: u32, minute: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, minute, 0).expect("a time")
    }

    #[test]
    fn only_whole_slots_fit_into_the_hours_and_none_runs_past_midnight() {
        assert_eq!(slots(at(9, 0), at(10, 0), 20), [at(9, 0), at(9, 20), at(9, 40)]);
        assert_eq!(slots(at(9, 0), at(9, 50), 20), [at(9, 0), at(9, 20)]);
        assert_eq!(slots(at(23, 0), at(23, 59), 30), [at(23, 0)]);
        assert!(slots(at(9, 0), at(9, 0), 20).is_empty());
    }

    #[test]
    fn a_finished_appointment_goes_nowhere_by_itself() {
        for done in [Status::Fulfilled, Status::Cancelled, Status::NoShow] {
            assert!(Status::ALL.iter().all(|next| !done.may_become(*next)), "{done:?}");
        }
    }

    #[test]
    fn statuses_are_spelled_as_in_fhir() {
        let words: Vec<_> = Status::ALL.iter().map(|s| serde_json::to_value(s).expect("a word")).collect();
        let wanted = ["waitlist", "booked", "arrived", "checked-in", "fulfilled", "cancelled", "noshow"];
        assert_eq!(words, wanted);
    }

    proptest! {
        #[test]
        fn no_chain_of_forward_steps_ever_comes_back(steps in proptest::collection::vec(0usize..7, 1..40)) {
            let mut now = Status::Waitlist;
            let mut seen = vec![now];
            for step in steps {
                let next = Status::ALL[step];
                if now.may_become(next) {
                    prop_assert!(!seen.contains(&next), "{next:?} twice");
                    prop_assert!(!next.may_become(now));
                    seen.push(next);
                    now = next;
                }
            }
        }

        #[test]
        fn forward_and_back_never_overlap(a in 0usize..7, b in 0usize..7) {
            let (a, b) = (Status::ALL[a], Status::ALL[b]);
            prop_assert!(!(a.may_become(b) && a.may_go_back_to(b)));
            prop_assert!(!a.may_go_back_to(Status::Waitlist));
        }
    }
}
