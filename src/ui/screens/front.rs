//! Visitors and staff sessions. A visitor ends when another person is identified and whenever
//! the screen returns to the first page; a staff session ends when a resident's screen opens
//! that staff did not open for that resident.

use std::ops::Deref;

use daycare_core::ids::ResidentId;
use daycare_core::resident::Resident;
use daycare_core::staff::Staff;
use daycare_core::visit::Source;

use super::route::{ClosingSentence, Route, Trouble};

/// The resident who has identified themselves, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visitor {
    /// Who.
    pub id: ResidentId,
    /// How they identified themselves.
    pub source: Option<Source>,
}

/// The staff member who unlocked; holding one is the authority to act as them.
#[derive(Debug, Clone, PartialEq)]
pub struct StaffSession {
    staff: Staff,
    led: Option<Led>,
}

/// A resident whose screen staff opened for them.
#[derive(Debug, Clone, PartialEq)]
struct Led {
    resident: ResidentId,
    back: Box<Route>,
}

/// What opening a route does to the staff session.
#[derive(Debug, Clone, PartialEq)]
pub enum Passage {
    /// The session continues on this route.
    Goes(Route),
    /// Leading a resident is finished: return to the staff screen it began from.
    Returns(Route),
    /// The session ends, and this route opens.
    Ends(Route),
}

impl StaffSession {
    /// A session for an account whose PIN was correct.
    #[must_use]
    pub fn new(staff: Staff) -> Self {
        Self { staff, led: None }
    }

    /// Whether staff are leading a resident through resident screens.
    #[must_use]
    pub fn is_leading(&self) -> bool {
        self.led.is_some()
    }

    /// Decides what opening `route` does to the session; `from` is the staff screen being left,
    /// if it is one that can lead a resident.
    #[must_use]
    pub fn passes(&mut self, route: Route, from: Option<Route>) -> Passage {
        if route.needs_staff() {
            self.led = None;
            return Passage::Goes(route);
        }
        if let (Route::Book(wish), Some(back)) = (&route, from) {
            self.led = Some(Led { resident: wish.resident.id, back: Box::new(back) });
            return Passage::Goes(route);
        }
        let Some(led) = &self.led else { return Passage::Ends(route) };
        match &route {
            Route::FirstPage | Route::MyDay(..) if route.person().is_none_or(|who| who == led.resident) => {
                let back = (*led.back).clone();
                self.led = None;
                Passage::Returns(back)
            }
            Route::Trouble(Trouble::Resting) => Passage::Goes(route),
            Route::Book(_) | Route::Booked(..) | Route::CancelAppointment(..) | Route::Closing(_)
                if route.person().is_none_or(|who| who == led.resident) =>
            {
                Passage::Goes(route)
            }
            _ => Passage::Ends(route),
        }
    }
}

impl Deref for StaffSession {
    type Target = Staff;

    fn deref(&self) -> &Staff {
        &self.staff
    }
}

impl Route {
    /// The resident whom the route shows, if any.
    #[must_use]
    pub fn resident(&self) -> Option<&Resident> {
        match self {
            Self::Confirm(resident, _)
            | Self::Success(resident, _)
            | Self::MyDay(resident, _)
            | Self::Booked(resident, ..)
            | Self::QueueNumber(resident, _)
            | Self::CancelAppointment(resident, ..)
            | Self::Leave(resident)
            | Self::Notice(resident, ..) => Some(resident),
            Self::Book(wish) => Some(&wish.resident),
            Self::Activities(visitor, _) => visitor.as_ref().map(|(resident, _)| &**resident),
            Self::Closing(saying) => match saying {
                ClosingSentence::Goodbye(resident, _)
                | ClosingSentence::WaitForStaff(resident)
                | ClosingSentence::Dropped(resident, ..)
                | ClosingSentence::Waiting(resident, _)
                | ClosingSentence::AlreadyBooked(resident, _) => Some(resident),
                ClosingSentence::Undone
                | ClosingSentence::NobodyHere
                | ClosingSentence::Serving(..)
                | ClosingSentence::Served(..) => None,
            },
            _ => None,
        }
    }

    /// That resident's identifier.
    #[must_use]
    pub fn person(&self) -> Option<ResidentId> {
        self.resident().map(|resident| resident.id)
    }

    /// The visitor to whom the route belongs, if any.
    #[must_use]
    pub fn visitor(&self) -> Option<Visitor> {
        let source = match self {
            Self::Confirm(_, source) | Self::MyDay(_, source) | Self::Booked(_, source, _) => Some(*source),
            Self::CancelAppointment(_, source, _) => Some(*source),
            Self::Success(_, visit) | Self::Notice(_, visit, _) => Some(visit.source),
            Self::Book(wish) => Some(wish.source),
            Self::Activities(Some((_, source)), _) => Some(*source),
            _ => None,
        };
        self.person().map(|id| Visitor { id, source })
    }
}
