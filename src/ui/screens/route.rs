//! Routes: every screen one can go to, with the data it needs.

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

/// A screen to go to, with the data it needs.
#[derive(Debug, Clone, PartialEq)]
pub enum Route {
    /// The first page.
    FirstPage,
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
    /// One person's plans for today and the next days.
    MyDay(Box<Resident>, Source),
    /// Book a service.
    Book(Wish),
    /// A ticket just booked.
    Booked(Box<Resident>, Source, Box<Appointment>),
    /// The number of the day.
    QueueNumber(Box<Resident>, Box<Appointment>),
    /// Not going?
    CancelAppointment(Box<Resident>, Source, Box<Appointment>),
    /// Activities: for whom, and which one to sign up for at once.
    Activities(Option<(Box<Resident>, Source)>, Option<OccurrenceKey>),
    /// A volunteer starts or ends a shift.
    VolunteerShift(Box<Volunteer>),
    /// The public screen of called numbers.
    Calling,
    /// Going home?
    Leave(Box<Resident>),
    /// A sentence, and back to the first page.
    Closing(ClosingSentence),
    /// Somebody is coming.
    Help,
    /// Something did not work; what to do now.
    Trouble(Trouble),
    /// The very first start.
    FirstStart,
    /// Unlocking the staff screens.
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
    /// Taking readings, for an appointment or without one.
    Measure(ResidentId, Option<AppointmentId>),
    /// 活动: the week, the month, one occurrence and its participants.
    Programme,
    /// 志愿者: open shifts, hours, statements.
    Volunteers,
    /// 关怀名单: who has not been seen.
    Welfare,
    /// 统计: figures, charts, reports.
    Statistics,
    /// 交班本: notes, incidents, notices, numbers.
    ShiftBook,
    /// 设置: one's PIN, accounts, the trail, privacy.
    Settings,
    /// Merging duplicate files.
    Merge,
    /// Importing files from a USB stick.
    Intake,
    /// A screen this account may not see, and who can grant access.
    Locked(Permission),
    /// Nothing reacts while the glass is wiped.
    Cleaning,
    /// Notices for everybody who signs in.
    Notice(Box<Resident>, Box<Visit>, Vec<Notice>),
}

impl Route {
    /// Whether only unlocked staff may go there.
    #[must_use]
    pub fn needs_staff(&self) -> bool {
        self.needs().is_some()
    }

    /// The permission needed to go there; `None` if none is.
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
    /// People with this family name.
    Surname(String),
    /// People whose phone number ends in these digits.
    Phone(String),
}

/// A closing sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum ClosingSentence {
    /// Goodbye; the departure can be taken back.
    Goodbye(Box<Resident>, VisitId),
    /// Signing in was undone.
    Undone,
    /// Staff see this person out.
    WaitForStaff(Box<Resident>),
    /// Nobody is here.
    NobodyHere,
    /// The booking was cancelled; it can be booked again.
    Dropped(Box<Resident>, Source, Box<Appointment>),
    /// On the waiting list, with this many ahead.
    Waiting(Box<Resident>, usize),
    /// This person already has an appointment at that time.
    AlreadyBooked(Box<Resident>, Box<Appointment>),
    /// A volunteer's shift has started; this can be undone.
    Serving(Box<Volunteer>, Box<Shift>),
    /// A volunteer's shift has ended; this can be undone.
    Served(Box<Volunteer>, Box<Shift>),
}

/// What did not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The scanned card is unknown.
    Card,
    /// The visitor is not among the people shown.
    NotListed,
    /// No phone number ends in these digits.
    Phone,
    /// The store does not answer.
    Resting,
}

/// What a resident wants to book.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    /// Who.
    pub resident: Box<Resident>,
    /// How they identified themselves.
    pub source: Source,
    /// The service to book.
    pub service: ServiceId,
    /// An existing appointment that the new one replaces.
    pub instead_of: Option<AppointmentId>,
}

impl Wish {
    /// The booking that 预约体检 starts.
    #[must_use]
    pub fn health_check(resident: Box<Resident>, source: Source) -> Self {
        Self { resident, source, service: seed_id(HEALTH_CHECK), instead_of: None }
    }
}

/// The route for a person who has identified themselves.
#[must_use]
pub fn next_route(resident: Resident, here: bool, intent: Intent, source: Source) -> Route {
    match (here, intent) {
        (_, Intent::Activities(key)) => Route::Activities(Some((Box::new(resident), source)), key),
        (false, _) => Route::Confirm(Box::new(resident), source),
        (true, Intent::Leave) => Route::Leave(Box::new(resident)),
        (true, Intent::CheckIn) => Route::MyDay(Box::new(resident), source),
    }
}
