//! Who is in front of the screen. A visitor ends when another person comes and
//! on every way out; a staff session ends as soon as a resident's screen opens
//! that staff did not open for that resident.

use std::ops::Deref;

use daycare_core::ids::ResidentId;
use daycare_core::resident::Resident;
use daycare_core::staff::Staff;
use daycare_core::visit::Source;

use super::route::{Route, Saying, Trouble};

/// The resident who said who they are, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visitor {
    /// Who.
    pub id: ResidentId,
    /// By card, by picture or phone, or led by staff.
    pub source: Option<Source>,
}

/// The staff member who unlocked. Whoever has this may act as them.
#[derive(Debug, Clone, PartialEq)]
pub struct StaffSession {
    staff: Staff,
    led: Option<Led>,
}

/// A resident for whom staff opened a resident's screen.
#[derive(Debug, Clone, PartialEq)]
struct Led {
    resident: ResidentId,
    back: Box<Route>,
}

/// What becomes of a staff session on the way to a route.
#[derive(Debug, Clone, PartialEq)]
pub enum Passage {
    /// It goes on.
    Goes(Route),
    /// What staff led somebody through is over: back to where it began.
    Returns(Route),
    /// It ends.
    Ends(Route),
}

impl StaffSession {
    /// The session of whoever gave the right PIN.
    #[must_use]
    pub fn new(staff: Staff) -> Self {
        Self { staff, led: None }
    }

    /// Whether staff are leading a resident through a resident's screens.
    #[must_use]
    pub fn is_leading(&self) -> bool {
        self.led.is_some()
    }

    /// What becomes of the session when `route` opens; `from` is the staff
    /// screen that is left, if it is one.
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
            Route::Idle | Route::MyDay(..) if route.person().is_none_or(|who| who == led.resident) => {
                let back = (*led.back).clone();
                self.led = None;
                Passage::Returns(back)
            }
            Route::Trouble(Trouble::Resting) => Passage::Goes(route),
            Route::Book(_) | Route::Booked(..) | Route::Dropping(..) | Route::Said(_)
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
    /// The resident whose screen it is.
    #[must_use]
    pub fn resident(&self) -> Option<&Resident> {
        match self {
            Self::Confirm(resident, _)
            | Self::Success(resident, _)
            | Self::MyDay(resident, _)
            | Self::Booked(resident, ..)
            | Self::Number(resident, _)
            | Self::Dropping(resident, ..)
            | Self::Leave(resident)
            | Self::Notice(resident, ..) => Some(resident),
            Self::Book(wish) => Some(&wish.resident),
            Self::Activities(visitor, _) => visitor.as_ref().map(|(resident, _)| &**resident),
            Self::Said(saying) => match saying {
                Saying::Goodbye(resident, _)
                | Saying::WaitForStaff(resident)
                | Saying::Dropped(resident, ..)
                | Saying::Waiting(resident, _)
                | Saying::AlreadyBooked(resident, _) => Some(resident),
                Saying::Undone | Saying::NobodyHere | Saying::Serving(..) | Saying::Served(..) => None,
            },
            _ => None,
        }
    }

    /// Who that is.
    #[must_use]
    pub fn person(&self) -> Option<ResidentId> {
        self.resident().map(|resident| resident.id)
    }

    /// The visitor whom the route is for.
    #[must_use]
    pub fn visitor(&self) -> Option<Visitor> {
        let source = match self {
            Self::Confirm(_, source) | Self::MyDay(_, source) | Self::Booked(_, source, _) => Some(*source),
            Self::Dropping(_, source, _) => Some(*source),
            Self::Success(_, visit) | Self::Notice(_, visit, _) => Some(visit.source),
            Self::Book(wish) => Some(wish.source),
            Self::Activities(Some((_, source)), _) => Some(*source),
            _ => None,
        };
        self.person().map(|id| Visitor { id, source })
    }
}
