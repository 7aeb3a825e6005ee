//! All screens behind one enum, and all their messages behind another.

use std::time::Duration;

use daycare_core::ids::ResidentId;
use daycare_core::roster::Intent;
use daycare_core::vitals::{CuffError, Measured};
use futures::future::BoxFuture;
use iced::Task;
use iced::keyboard::Modifiers;

use crate::error::Result;
use crate::ui::screens::resident::{
    activities, book, booked, calling, cancel_appointment, closing, confirm, display, first_page, help,
    leave, my_day, notice, phone, photo, queue_number, success, surname, trouble, volunteer_shift,
};
use crate::ui::screens::staff::{
    board, cleaning, clinic, first_start, health, history, intake, locked, measure, merge, person, programme,
    residents, schedule, settings, shift_book, statistics, unlock, volunteers, welfare,
};
use crate::ui::screens::{Action, Ctx, Route, Screen, Side, Unfinished};
use crate::ui::theme::Shape;
use crate::ui::widgets::Element;
use crate::ui::widgets::root::KeyInput;

/// Converts a screen and its messages to the enums of all screens.
trait Shown: Screen + 'static {
    fn show(self) -> AnyScreen;
    fn wrap(message: Self::Message) -> ScreenMessage;
}

/// Makes both enums, opens the screen of a route, and forwards every call to the current
/// screen: a new screen is one line here.
macro_rules! screens {
    ($cx:ident; $($(#[$doc:meta])* $name:ident($state:path) at $route:pat => $open:expr),+ $(,)?) => {
        /// Any screen; one is shown at a time.
        #[derive(Debug)]
        pub enum AnyScreen {
            $($(#[$doc])* $name($state)),+
        }

        /// A message of any screen.
        #[derive(Debug, Clone)]
        pub enum ScreenMessage {
            $($(#[$doc])* $name(<$state as Screen>::Message)),+
        }

        $(impl Shown for $state {
            fn show(self) -> AnyScreen {
                AnyScreen::$name(self)
            }

            fn wrap(message: Self::Message) -> ScreenMessage {
                ScreenMessage::$name(message)
            }
        })+

        /// Calls a method of the current screen.
        macro_rules! ask {
            ($any:expr, $screen:ident => $answer:expr) => {
                match $any {
                    $(AnyScreen::$name($screen) => $answer),+
                }
            };
        }

        /// The same, with the returned messages wrapped.
        macro_rules! act {
            ($any:expr, $screen:ident => $action:expr) => {
                match $any {
                    $(AnyScreen::$name($screen) => $action.map(ScreenMessage::$name)),+
                }
            };
        }

        impl AnyScreen {
            /// Names of all screens.
            pub const NAMES: &[&str] = &[$(stringify!($name)),+];

            /// Whether residents see the screen of this name; the audit covers exactly those.
            #[must_use]
            pub fn is_for_residents(name: &str) -> bool {
                match name {
                    $(stringify!($name) => <$state as Screen>::SIDE == Side::Resident,)+
                    _ => false,
                }
            }

            /// Whether it is a staff screen.
            #[must_use]
            pub fn is_staff(&self) -> bool {
                match self {
                    $(Self::$name(_) => <$state as Screen>::SIDE == Side::Staff),+
                }
            }

            /// Opens the screen of a route; the task loads its data.
            pub fn open(route: Route, $cx: &Ctx) -> (Self, Task<ScreenMessage>) {
                match route {
                    $($route => $open),+
                }
            }

            /// Draws it.
            pub fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, ScreenMessage> {
                match self {
                    $(Self::$name(screen) => {
                        screen.view(cx, shape).map(|tapped| tapped.map(ScreenMessage::$name))
                    }),+
                }
            }

            /// Handles a message; one for another screen is dropped.
            pub fn update(&mut self, message: ScreenMessage, cx: &Ctx) -> Action<ScreenMessage> {
                match (self, message) {
                    $((Self::$name(screen), ScreenMessage::$name(message)) => {
                        screen.update(message, cx).map(ScreenMessage::$name)
                    })+
                    _ => Action::None,
                }
            }
        }
    };
}

screens! { cx;
    /// The first page.
    FirstPage(first_page::FirstPage) at Route::FirstPage => load(first_page::FirstPage::new(cx)),
    /// 大字
    Display(display::Display) at Route::Display => show(display::Display),
    /// Family names.
    Surname(surname::Surname) at Route::Surname(intent) => load(surname::Surname::new(intent, cx)),
    /// Pictures of people.
    Photo(photo::Photo) at Route::Photo(intent, among) => load(photo::Photo::new(intent, among, cx)),
    /// Last four digits of a phone number.
    Phone(phone::Phone) at Route::Phone(intent) => show(phone::Phone::new(intent)),
    /// Is it you?
    Confirm(confirm::Confirm) at Route::Confirm(resident, source) =>
        show(confirm::Confirm::new(resident, source)),
    /// Signed in.
    Success(success::Success) at Route::Success(resident, visit) =>
        load(success::Success::new(resident, visit, cx)),
    /// One person's day.
    MyDay(my_day::MyDay) at Route::MyDay(resident, source) => load(my_day::MyDay::new(resident, source, cx)),
    /// A booking under way.
    Book(book::Book) at Route::Book(wish) => load(book::Book::new(wish, cx)),
    /// The ticket just booked.
    Booked(booked::Booked) at Route::Booked(resident, source, appointment) =>
        load(booked::Booked::new(resident, source, appointment, cx)),
    /// The number of the day.
    QueueNumber(queue_number::QueueNumber) at Route::QueueNumber(resident, appointment) =>
        load(queue_number::QueueNumber::new(resident, appointment, cx)),
    /// 不去了
    CancelAppointment(cancel_appointment::CancelAppointment) at Route::CancelAppointment(resident, source, appointment) =>
        show(cancel_appointment::CancelAppointment::new(resident, source, appointment)),
    /// The next days' activities.
    Activities(activities::Activities) at Route::Activities(visitor, wanted) =>
        load(activities::Activities::new(visitor, wanted, cx)),
    /// A volunteer starts or ends a shift.
    VolunteerShift(volunteer_shift::VolunteerShift) at Route::VolunteerShift(volunteer) => load(volunteer_shift::VolunteerShift::new(volunteer, cx)),
    /// A notice for everybody who signs in.
    Notice(notice::Notice) at Route::Notice(resident, visit, notices) =>
        show(notice::Notice::new(resident, visit, notices, cx)),
    /// The public screen of called numbers.
    Calling(calling::Calling) at Route::Calling => load(calling::Calling::new(cx)),
    /// Going home?
    Leave(leave::Leave) at Route::Leave(resident) => load(leave::Leave::new(resident, cx)),
    /// A closing sentence.
    Closing(closing::Closing) at Route::Closing(saying) => show(closing::Closing::new(saying, cx)),
    /// Somebody is coming.
    Help(help::Help) at Route::Help => show(help::Help::default()),
    /// An error, and what to do now.
    Trouble(trouble::Trouble) at Route::Trouble(kind) => show(trouble::Trouble::new(kind)),
    /// The very first start.
    FirstStart(first_start::FirstStart) at Route::FirstStart => show(first_start::FirstStart::default()),
    /// Unlocking the staff screens.
    Unlock(unlock::Unlock) at Route::Unlock => load(unlock::Unlock::new(cx)),
    /// 今日
    Board(board::Board) at Route::Board => load(board::Board::new(cx)),
    /// 来访
    History(history::History) at Route::History => load(history::History::new(cx)),
    /// 老人
    Residents(residents::Residents) at Route::Residents => load(residents::Residents::new(cx)),
    /// One person's file.
    Person(person::Person) at Route::Person(id) => load(person::Person::new(id, cx)),
    /// 健康
    Clinic(clinic::Clinic) at Route::Clinic => load(clinic::Clinic::new(cx)),
    /// 排班
    Schedule(schedule::Schedule) at Route::Schedule => load(schedule::Schedule::new(cx)),
    /// One person's readings.
    Health(health::Health) at Route::Health(id) => load(health::Health::new(id, cx)),
    /// Taking readings.
    Measure(measure::Measure) at Route::Measure(id, at) => load(measure::Measure::new(id, at, cx)),
    /// 活动
    Programme(programme::Programme) at Route::Programme => load(programme::Programme::new(cx)),
    /// 志愿者
    Volunteers(volunteers::Volunteers) at Route::Volunteers => load(volunteers::Volunteers::new(cx)),
    /// 关怀名单
    Welfare(welfare::Welfare) at Route::Welfare => load(welfare::Welfare::new(cx)),
    /// 统计
    Statistics(statistics::Statistics) at Route::Statistics => load(statistics::Statistics::new(cx)),
    /// 交班本
    ShiftBook(shift_book::ShiftBook) at Route::ShiftBook => load(shift_book::ShiftBook::new(cx)),
    /// 设置
    Settings(settings::Settings) at Route::Settings => load(settings::Settings::new(cx)),
    /// Merging duplicate files.
    Merge(merge::Merge) at Route::Merge => load(merge::Merge::new(cx)),
    /// Importing files from a USB stick.
    Intake(intake::Intake) at Route::Intake => load(intake::Intake::new(cx)),
    /// A screen that this account may not see.
    Locked(locked::Locked) at Route::Locked(what) => show(locked::Locked::new(what)),
    /// 擦屏幕
    Cleaning(cleaning::Cleaning) at Route::Cleaning => show(cleaning::Cleaning::new(cx)),
}

/// The blood pressure device's result, as a message of the screen that asked.
#[must_use]
pub fn measured(sent: std::result::Result<Measured, CuffError>) -> ScreenMessage {
    ScreenMessage::Measure(measure::Message::Measured(sent))
}

impl Default for AnyScreen {
    fn default() -> Self {
        Self::FirstPage(first_page::FirstPage::default())
    }
}

/// Wraps a screen and its loading task.
fn load<S: Shown>((screen, task): (S, Task<S::Message>)) -> (AnyScreen, Task<ScreenMessage>) {
    (screen.show(), task.map(S::wrap))
}

/// Wraps a screen that needs no loading.
fn show(screen: impl Shown) -> (AnyScreen, Task<ScreenMessage>) {
    (screen.show(), Task::none())
}

/// See [`Screen`] for each method.
#[allow(missing_docs, reason = "they are said once, in the trait")]
impl AnyScreen {
    pub fn tick(&mut self, now: Duration, cx: &Ctx) -> Action<ScreenMessage> {
        act!(self, screen => screen.tick(now, cx))
    }

    pub fn minute(&self, cx: &Ctx) -> Task<ScreenMessage> {
        act!(self, screen => screen.minute(cx))
    }

    pub fn key(&mut self, key: &KeyInput, modifiers: Modifiers, cx: &Ctx) -> Action<ScreenMessage> {
        act!(self, screen => screen.key(key, modifiers, cx))
    }

    #[must_use]
    pub fn has_keys(&self) -> bool {
        ask!(self, screen => screen.has_keys())
    }

    #[must_use]
    pub fn steps_back(&self) -> bool {
        ask!(self, screen => screen.steps_back())
    }

    pub fn back(&mut self) -> Option<Route> {
        ask!(self, screen => screen.back())
    }

    #[must_use]
    pub fn has_rail(&self) -> bool {
        ask!(self, screen => screen.has_rail())
    }

    #[must_use]
    pub fn spoken_key(&self) -> &'static str {
        ask!(self, screen => screen.spoken_key())
    }

    #[must_use]
    pub fn intent(&self) -> Option<Intent> {
        ask!(self, screen => screen.intent())
    }

    #[must_use]
    pub fn resident_id(&self) -> Option<ResidentId> {
        ask!(self, screen => screen.resident().map(|resident| resident.id))
    }

    #[must_use]
    pub fn leads_from(&self) -> Option<Route> {
        ask!(self, screen => screen.leads_from())
    }

    #[must_use]
    pub fn takes_cards(&self) -> bool {
        ask!(self, screen => screen.takes_cards())
    }

    #[must_use]
    pub fn unfinished(&self) -> Option<Unfinished<'_>> {
        ask!(self, screen => screen.unfinished())
    }

    pub fn leave(&mut self, cx: &Ctx) -> Option<BoxFuture<'static, Result<()>>> {
        ask!(self, screen => screen.leave(cx))
    }

    #[must_use]
    pub fn has_draft(&self) -> bool {
        ask!(self, screen => screen.has_draft())
    }

    #[must_use]
    pub fn is_unsaved_alarm(&self) -> bool {
        ask!(self, screen => screen.is_unsaved_alarm())
    }

    #[must_use]
    pub fn keeps_awake(&self) -> bool {
        ask!(self, screen => screen.keeps_awake())
    }

    #[must_use]
    pub fn is_personal(&self) -> bool {
        ask!(self, screen => screen.is_personal())
    }
}
