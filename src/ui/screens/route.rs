//! Where one may go, with what is known on the way.

use daycare_core::access::Permission;
use daycare_core::activity::OccurrenceKey;
use daycare_core::appointment::Appointment;
use daycare_core::ids::{AppointmentId, ResidentId, ServiceId, VisitId};
use daycare_core::resident::Resident;
use daycare_core::roster::Intent;
use daycare_core::service::{HEALTH_CHECK, seed_id};
use daycare_core::shift_book::Notice;
use daycare_core::visit::{Source, Visit};
use daycare_core::volunteer::{Shift, Volunteer};

/// Where one may go.
#[derive(Debug, Clone, PartialEq)]
pub enum Route {
    /// The first page.
    Idle,
    /// Text size, colours, hand.
    Display,
    /// Family names.
    Surname(Intent),
    /// Pictures of the people of one family name, or of one phone ending.
    Photo(Intent, Among),
    /// The last four digits of a phone.
    Phone(Intent),
    /// Is it you?
    Confirm(Box<Resident>, Source),
    /// Signed in.
    Success(Box<Resident>, Box<Visit>),
    /// What is on for one person today and soon.
    MyDay(Box<Resident>, Source),
    /// Book a service.
    Book(Wish),
    /// A ticket just booked.
    Booked(Box<Resident>, Source, Box<Appointment>),
    /// The number of the day.
    Number(Box<Resident>, Box<Appointment>),
    /// Not going?
    Dropping(Box<Resident>, Source, Box<Appointment>),
    /// What is on; for whom, and which one to sign up for at once.
    Activities(Option<(Box<Resident>, Source)>, Option<OccurrenceKey>),
    /// A volunteer begins or ends to serve.
    Serving(Box<Volunteer>),
    /// Numbers that are called, for everybody.
    Calling,
    /// Going home?
    Leave(Box<Resident>),
    /// A sentence, and back to the first page.
    Said(Saying),
    /// Somebody is coming.
    Help,
    /// Something did not work; what to do now.
    Trouble(Trouble),
    /// The very first start.
    FirstStart,
    /// The door of the staff.
    Unlock,
    /// 今日
    Board,
    /// 来访
    History,
    /// 老人
    Residents,
    /// One person's file, or a new one.
    Person(Option<ResidentId>),
    /// 健康: the day's sessions and the queue.
    Clinic,
    /// 排班: weekly hours, closed days.
    Schedule,
    /// One person's readings, targets, check-up.
    Health(ResidentId),
    /// Readings are taken.
    Measure(ResidentId, Option<AppointmentId>),
    /// 活动: the week, the month, one time and who is there.
    Programme,
    /// 志愿者: who serves, hours, statements.
    Volunteers,
    /// 关怀名单: who has not been seen.
    Welfare,
    /// 统计: figures, charts, reports.
    Statistics,
    /// 交班本: notes, incidents, notices, numbers.
    ShiftBook,
    /// 设置: one's PIN, accounts, the trail, privacy.
    Settings,
    /// Two files of one person.
    Merge,
    /// Files from a stick.
    Intake,
    /// Something this account may not see, and whom to ask.
    Locked(Permission),
    /// Nothing reacts while the glass is wiped.
    Cleaning,
    /// What everybody who signs in is told.
    Notice(Box<Resident>, Box<Visit>, Vec<Notice>),
}

impl Route {
    /// Whether only unlocked staff may go there.
    #[must_use]
    pub fn needs_staff(&self) -> bool {
        self.needs().is_some()
    }

    /// What staff must be allowed to go there; `None` where anybody may.
    #[must_use]
    pub fn needs(&self) -> Option<Permission> {
        Some(match self {
            Self::Board | Self::History => Permission::Attendance,
            Self::Residents | Self::Person(_) => Permission::Registry,
            Self::Clinic | Self::Schedule => Permission::Appointments,
            Self::Health(_) | Self::Measure(..) => Permission::Health,
            Self::Programme | Self::Volunteers => Permission::Programme,
            Self::Welfare => Permission::Welfare,
            Self::Statistics => Permission::Statistics,
            Self::ShiftBook => Permission::ShiftBook,
            Self::Settings | Self::Locked(_) | Self::Cleaning => Permission::Own,
            Self::Merge => Permission::Merge,
            Self::Intake => Permission::Import,
            _ => return None,
        })
    }
}

/// Whose pictures are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Among {
    /// Those of a family name.
    Surname(String),
    /// Those whose phone ends so.
    Phone(String),
}

/// A sentence at the end of something.
#[derive(Debug, Clone, PartialEq)]
pub enum Saying {
    /// Goodbye; the departure can be taken back.
    Goodbye(Box<Resident>, VisitId),
    /// The signing in was taken back.
    Undone,
    /// Staff see this person out.
    WaitForStaff(Box<Resident>),
    /// Nobody is here.
    NobodyHere,
    /// The booking was given back; it can be taken again.
    Dropped(Box<Resident>, Source, Box<Appointment>),
    /// In the waiting list, behind so many.
    Waiting(Box<Resident>, usize),
    /// This person already has an appointment then.
    AlreadyBooked(Box<Resident>, Box<Appointment>),
    /// A volunteer serves from now on; it can be taken back.
    Serving(Box<Volunteer>, Box<Shift>),
    /// A volunteer has served; it can be taken back.
    Served(Box<Volunteer>, Box<Shift>),
}

/// What did not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// A card nobody knows.
    Card,
    /// Not among those shown.
    NotListed,
    /// No phone ends so.
    Phone,
    /// The store does not answer.
    Resting,
}

/// What a resident wants to book.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    /// Who.
    pub resident: Box<Resident>,
    /// How they said who they are.
    pub source: Source,
    /// What for.
    pub service: ServiceId,
    /// An own appointment to be moved.
    pub instead_of: Option<AppointmentId>,
}

impl Wish {
    /// What 预约体检 stands for.
    #[must_use]
    pub fn health_check(resident: Box<Resident>, source: Source) -> Self {
        Self { resident, source, service: seed_id(HEALTH_CHECK), instead_of: None }
    }
}

/// Where a person who said who they are is led.
#[must_use]
pub fn next_route(resident: Resident, here: bool, intent: Intent, source: Source) -> Route {
    match (here, intent) {
        (_, Intent::Activities(key)) => Route::Activities(Some((Box::new(resident), source)), key),
        (false, _) => Route::Confirm(Box::new(resident), source),
        (true, Intent::Leave) => Route::Leave(Box::new(resident)),
        (true, Intent::CheckIn) => Route::MyDay(Box::new(resident), source),
    }
}
