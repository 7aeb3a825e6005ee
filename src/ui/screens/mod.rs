//! Screens: one file each. A screen is State + Message + Action; it knows
//! nobody above it, and what it may ask for is a closed list.

pub mod demo_mark;
pub mod document;
pub mod front;
pub mod resident;
pub mod staff;
pub mod strip;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use daycare_core::access::Permission;
use daycare_core::activity::{Listed, OccurrenceKey};
use daycare_core::appointment::Appointment;
use daycare_core::audit::Actor;
use daycare_core::chore::Late;
use daycare_core::clock::Clock;
use daycare_core::clock_doubt::ClockDoubt;
use daycare_core::expiry::Ending;
use daycare_core::ids::{AppointmentId, ResidentId, VisitId};
use daycare_core::resident::{Profile, Resident, Sex, default_called_by, surname};
use daycare_core::roster::Intent;
use daycare_core::service::Service;
use daycare_core::shift_book::Notice;
use daycare_core::staff::Staff;
use daycare_core::visit::{Source, Visit};
use daycare_core::volunteer::{Shift, Volunteer};
use daycare_store::handle::StoreHandle;
use daycare_store::paths::Paths;
use iced::Task;
use iced::widget::image::Handle;

use crate::config::Config;
use crate::i18n::names::Names;
use crate::i18n::{I18n, Lang};
use document::Document;
use front::StaffSession;
use resident::activities;
use resident::book::Wish;

use crate::ui::theme::{Look, Palette, Shape, TextScale, palette};

/// What every screen may look at.
#[derive(Debug, Clone)]
pub struct Ctx {
    /// The store.
    pub store: StoreHandle,
    /// The words.
    pub i18n: I18n,
    /// The time.
    pub clock: Clock,
    /// The settings file.
    pub config: Arc<Config>,
    /// The centre.
    pub centre: Arc<Centre>,
    /// How this visitor wants to see.
    pub sight: Sight,
    /// Who has unlocked.
    pub staff: Option<StaffSession>,
    /// Where things lie in the data folder.
    pub paths: Paths,
    /// Whether there is a printer.
    pub can_print: bool,
    /// What waits for staff.
    pub waiting: Waiting,
    /// What the program does by itself and could not do in time.
    pub late: Late,
    /// What ends soon, and its last good day.
    pub ending: Vec<Ending>,
    /// Why the clock is not believed, if it is not.
    pub clock_doubt: Option<ClockDoubt>,
    /// Photos of those who agreed.
    pub photos: Arc<HashMap<ResidentId, Handle>>,
}

/// What waits for staff: the red numbers of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Waiting {
    /// Calls for help.
    pub calls: usize,
    /// People of the welfare list who have not been seen.
    pub missed: usize,
    /// What sync cannot decide without people.
    pub decisions: usize,
    /// The hub's clock is ahead of ours by so much.
    pub clock_off_ms: i64,
}

/// What is known of the centre since the start.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Centre {
    /// Its name.
    pub name: String,
    /// What people come for.
    pub services: Vec<Service>,
    /// What it calls its services, rooms and activities in other languages.
    pub names: Names,
    /// Whether everything in it is invented.
    pub demo: bool,
    /// Whether the store has told it: not yet while it is being opened.
    pub known: bool,
}

/// How one visitor wants to see; gone when they leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sight {
    /// Size of text.
    pub scale: TextScale,
    /// Yellow and white on black.
    pub dark: bool,
    /// Mirrored for the left hand.
    pub left_handed: bool,
}

impl Ctx {
    /// The words of a key.
    #[must_use]
    pub fn tr(&self, key: &str) -> String {
        self.i18n.tr(key)
    }

    /// The name of a service, room, activity, team or duty in the language of
    /// the screen; several may stand with `、` between.
    #[must_use]
    pub fn name(&self, name: &str) -> String {
        self.centre.names.of(&self.i18n, name)
    }

    /// Somebody's full name and what they are called: 王福全爷爷.
    #[must_use]
    pub fn addressed(&self, name: &str, called_by: &str) -> String {
        format!("{name}{}", self.called(called_by))
    }

    /// What somebody is called, in the characters of the screen. A word that the
    /// centre chose may hold a name, and stays as it is.
    #[must_use]
    pub fn called(&self, called_by: &str) -> String {
        let usual = [Some(Sex::Male), Some(Sex::Female), None].map(default_called_by);
        if usual.contains(&called_by) { self.name(called_by) } else { called_by.to_owned() }
    }

    /// Family name and what they are called, for public screens: 王爷爷.
    #[must_use]
    pub fn public_name(&self, profile: &Profile) -> String {
        self.addressed(surname(&profile.name), &profile.called_by)
    }

    /// Who leads: a team in the language of the screen, a person by their name.
    #[must_use]
    pub fn led_by(&self, listed: &Listed) -> String {
        let person = !listed.occurrence.arrangement.leader.is_empty();
        if person { listed.led_by.clone() } else { self.name(&listed.led_by) }
    }

    /// Colours in use.
    #[must_use]
    pub fn palette(&self) -> &'static Palette {
        if self.sight.dark { &palette::DARK } else { &palette::LIGHT }
    }

    /// The look on a screen of this shape.
    #[must_use]
    pub fn look(&self, shape: Shape) -> Look {
        Look { palette: self.palette(), scale: self.sight.scale, shape, left_handed: self.sight.left_handed }
    }

    /// Who writes: the staff member who unlocked, else the resident.
    #[must_use]
    pub fn actor(&self) -> Actor {
        self.staff.as_ref().map_or(Actor::Resident, |staff| Actor::Staff(staff.id))
    }

    /// Whether who has unlocked may do this.
    #[must_use]
    pub fn may(&self, what: Permission) -> bool {
        self.staff.as_ref().is_some_and(|staff| staff.role.may(what))
    }

    /// Somebody's photo, where there is one.
    #[must_use]
    pub fn photo(&self, of: ResidentId) -> Option<&Handle> {
        self.photos.get(&of)
    }

    /// A service by its identifier.
    #[must_use]
    pub fn service(&self, id: daycare_core::ids::ServiceId) -> Option<&Service> {
        self.centre.services.iter().find(|service| service.id == id)
    }
}

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
    Activities(Option<activities::Visitor>, Option<OccurrenceKey>),
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

/// What a screen asks of the application.
#[must_use]
pub enum Action<M> {
    /// Nothing.
    None,
    /// Run this and tell the screen.
    Run(Task<M>),
    /// Go there.
    Go(Route),
    /// Speak this language until the visitor leaves.
    Speak(Lang),
    /// Show it like this until the visitor leaves.
    See(Sight),
    /// The right PIN was given.
    Unlocked(Staff),
    /// Lock the staff screens.
    Lock,
    /// The centre is set up: read it anew and show the first page.
    Founded,
    /// Show the demo centre.
    Demo,
    /// Print it, or save it where there is no printer.
    Print(Document<M>),
    /// Save it: on a stick if one is plugged in.
    Save(Document<M>),
    /// Look for files with these endings on the sticks.
    Look(&'static [&'static str], Box<dyn FnOnce(Vec<PathBuf>) -> M + Send>),
    /// Photos or names of the centre have changed: read them anew, and run this.
    Reread(Task<M>),
    /// Staff say that the clock is right, and that is on disk.
    BelieveClock,
    /// Ring the bell once.
    Ring,
    /// Ask the blood pressure device for a measurement.
    Cuff,
}

/// Where a person who said who they are is led.
#[must_use]
pub fn led(resident: Resident, here: bool, intent: Intent, source: Source) -> Route {
    match (here, intent) {
        (_, Intent::Activities(key)) => Route::Activities(Some((Box::new(resident), source)), key),
        (false, _) => Route::Confirm(Box::new(resident), source),
        (true, Intent::Leave) => Route::Leave(Box::new(resident)),
        (true, Intent::CheckIn) => Route::MyDay(Box::new(resident), source),
    }
}

impl<M> From<staff::frame::Nav> for Action<M> {
    fn from(nav: staff::frame::Nav) -> Self {
        use staff::frame::{Nav, Place};
        match nav {
            Nav::To(Place::Board) => Self::Go(Route::Board),
            Nav::To(Place::History) => Self::Go(Route::History),
            Nav::To(Place::Residents) => Self::Go(Route::Residents),
            Nav::To(Place::Clinic) => Self::Go(Route::Clinic),
            Nav::To(Place::Programme) => Self::Go(Route::Programme),
            Nav::To(Place::Welfare) => Self::Go(Route::Welfare),
            Nav::To(Place::Statistics) => Self::Go(Route::Statistics),
            Nav::To(Place::ShiftBook) => Self::Go(Route::ShiftBook),
            Nav::To(Place::Settings) => Self::Go(Route::Settings),
            Nav::Lock => Self::Lock,
        }
    }
}
