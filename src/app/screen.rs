//! Every screen behind one type.

use std::time::Duration;

use daycare_core::ids::ResidentId;
use daycare_core::resident::Resident;
use daycare_core::roster::Intent;
use daycare_core::vitals::{CuffError, Measured};
use futures::future::BoxFuture;
use iced::Task;
use iced::keyboard::Modifiers;

use crate::error::Result;
use crate::ui::screens::resident::{
    activities, book, booked, calling, confirm, display, dropping, help, idle, leave, my_day, notice, number,
    phone, photo, said, serving, success, surname, trouble,
};
use crate::ui::screens::staff::{
    board, cleaning, clinic, first_start, health, history, intake, locked, measure, merge, person, programme,
    residents, schedule, settings, shift_book, statistics, unlock, volunteers, welfare,
};
use crate::ui::screens::{Action, Ctx, Route, Screen, Side};
use crate::ui::theme::Shape;
use crate::ui::widgets::Element;
use crate::ui::widgets::root::KeyInput;

/// A screen as one of all, and its messages as one of all.
trait Shown: Screen + 'static {
    fn show(self) -> AnyScreen;
    fn wrap(message: Self::Message) -> ScreenMessage;
}

/// Makes the two enums, and hands every question on to the screen that is shown: a new
/// screen is one line here.
macro_rules! screens {
    ($($(#[$doc:meta])* $name:ident($state:path)),+ $(,)?) => {
        /// The screen shown.
        #[derive(Debug)]
        pub enum AnyScreen {
            $($(#[$doc])* $name($state)),+
        }

        /// What happened on a screen.
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

        /// Asks the screen that is shown.
        macro_rules! ask {
            ($any:expr, $screen:ident => $answer:expr) => {
                match $any {
                    $(AnyScreen::$name($screen) => $answer),+
                }
            };
        }

        /// The same, and its messages become those of all.
        macro_rules! act {
            ($any:expr, $screen:ident => $action:expr) => {
                match $any {
                    $(AnyScreen::$name($screen) => $action.map(ScreenMessage::$name)),+
                }
            };
        }

        impl AnyScreen {
            /// Every screen by name.
            pub const NAMES: &[&str] = &[$(stringify!($name)),+];

            /// Whether residents see the screen of this name: the audit goes through all
            /// of those.
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

            /// Draws it.
            pub fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, ScreenMessage> {
                match self {
                    $(Self::$name(screen) => {
                        screen.view(cx, shape).map(|tapped| tapped.map(ScreenMessage::$name))
                    }),+
                }
            }

            /// Follows a message; one for a screen no longer shown is dropped.
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

screens! {
    /// S0
    Idle(idle::Idle),
    /// 大字
    Display(display::Display),
    /// S1
    Surname(surname::Surname),
    /// S2
    Photo(photo::Photo),
    /// Last four digits.
    Phone(phone::Phone),
    /// S3
    Confirm(confirm::Confirm),
    /// S4
    Success(success::Success),
    /// S5
    MyDay(my_day::MyDay),
    /// S6
    Book(book::Book),
    /// S6, the ticket.
    Booked(booked::Booked),
    /// The number of the day.
    Number(number::Number),
    /// 不去了
    Dropping(dropping::Dropping),
    /// S7
    Activities(activities::Activities),
    /// A volunteer begins or ends.
    Serving(serving::Serving),
    /// What everybody is told.
    Notice(notice::Notice),
    /// Numbers that are called.
    Calling(calling::Calling),
    /// S8
    Leave(leave::Leave),
    /// A sentence.
    Said(said::Said),
    /// S9
    Help(help::Help),
    /// SX
    Trouble(trouble::Trouble),
    /// The very first start.
    FirstStart(first_start::FirstStart),
    /// The door of the staff.
    Unlock(unlock::Unlock),
    /// 今日
    Board(board::Board),
    /// 来访
    History(history::History),
    /// 老人
    Residents(residents::Residents),
    /// One person's file.
    Person(person::Person),
    /// 健康
    Clinic(clinic::Clinic),
    /// 排班
    Schedule(schedule::Schedule),
    /// One person's readings.
    Health(health::Health),
    /// Taking them.
    Measure(measure::Measure),
    /// 活动
    Programme(programme::Programme),
    /// 志愿者
    Volunteers(volunteers::Volunteers),
    /// 关怀名单
    Welfare(welfare::Welfare),
    /// 统计
    Statistics(statistics::Statistics),
    /// 交班本
    ShiftBook(shift_book::ShiftBook),
    /// 设置
    Settings(settings::Settings),
    /// Files entered twice.
    Merge(merge::Merge),
    /// Files from a stick.
    Intake(intake::Intake),
    /// A closed door.
    Locked(locked::Locked),
    /// 擦屏幕
    Cleaning(cleaning::Cleaning),
}

/// What the blood pressure device sent, for the screen that asked.
#[must_use]
pub fn measured(sent: std::result::Result<Measured, CuffError>) -> ScreenMessage {
    ScreenMessage::Measure(measure::Message::Measured(sent))
}

impl Default for AnyScreen {
    fn default() -> Self {
        Self::Idle(idle::Idle::default())
    }
}

/// A screen that loads something.
fn load<S: Shown>((screen, task): (S, Task<S::Message>)) -> (AnyScreen, Task<ScreenMessage>) {
    (screen.show(), task.map(S::wrap))
}

/// A screen that loads nothing.
fn show(screen: impl Shown) -> (AnyScreen, Task<ScreenMessage>) {
    (screen.show(), Task::none())
}

/// Each as [`Screen`] says.
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
    pub fn unfinished(&self) -> Option<(&'static str, &Resident)> {
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

    /// The screen of a route, and what it loads.
    pub fn open(route: Route, cx: &Ctx) -> (Self, Task<ScreenMessage>) {
        match route {
            Route::Idle => load(idle::Idle::new(cx)),
            Route::Display => show(display::Display),
            Route::Surname(intent) => load(surname::Surname::new(intent, cx)),
            Route::Photo(intent, among) => load(photo::Photo::new(intent, among, cx)),
            Route::Phone(intent) => show(phone::Phone::new(intent)),
            Route::Confirm(resident, source) => show(confirm::Confirm::new(resident, source)),
            Route::Success(resident, visit) => load(success::Success::new(resident, visit, cx)),
            Route::MyDay(resident, source) => load(my_day::MyDay::new(resident, source, cx)),
            Route::Book(wish) => load(book::Book::new(wish, cx)),
            Route::Booked(resident, source, appointment) => {
                let booked = booked::Booked::new(resident, source, appointment, cx);
                load(booked)
            }
            Route::Number(resident, appointment) => {
                let number = number::Number::new(resident, appointment, cx);
                load(number)
            }
            Route::Dropping(resident, source, appointment) => {
                show(dropping::Dropping::new(resident, source, appointment))
            }
            Route::Activities(visitor, wanted) => {
                let activities = activities::Activities::new(visitor, wanted, cx);
                load(activities)
            }
            Route::Serving(volunteer) => load(serving::Serving::new(volunteer, cx)),
            Route::Notice(resident, visit, notices) => {
                show(notice::Notice::new(resident, visit, notices, cx))
            }
            Route::Calling => load(calling::Calling::new(cx)),
            Route::Leave(resident) => load(leave::Leave::new(resident, cx)),
            Route::Said(saying) => show(said::Said::new(saying, cx)),
            Route::Help => show(help::Help::default()),
            Route::Trouble(kind) => show(trouble::Trouble::new(kind)),
            Route::FirstStart => show(first_start::FirstStart::default()),
            Route::Unlock => load(unlock::Unlock::new(cx)),
            desk => Self::open_desk(&desk, cx),
        }
    }

    /// As [`Screen::open`], behind the door of the staff.
    fn open_desk(route: &Route, cx: &Ctx) -> (Self, Task<ScreenMessage>) {
        match route {
            Route::History => load(history::History::new(cx)),
            Route::Residents => load(residents::Residents::new(cx)),
            Route::Person(id) => load(person::Person::new(*id, cx)),
            Route::Clinic => load(clinic::Clinic::new(cx)),
            Route::Schedule => load(schedule::Schedule::new(cx)),
            Route::Health(id) => load(health::Health::new(*id, cx)),
            Route::Measure(id, at) => load(measure::Measure::new(*id, *at, cx)),
            Route::Programme => load(programme::Programme::new(cx)),
            Route::Volunteers => load(volunteers::Volunteers::new(cx)),
            Route::Welfare => load(welfare::Welfare::new(cx)),
            Route::Statistics => load(statistics::Statistics::new(cx)),
            Route::ShiftBook => load(shift_book::ShiftBook::new(cx)),
            Route::Settings => load(settings::Settings::new(cx)),
            Route::Merge => load(merge::Merge::new(cx)),
            Route::Intake => load(intake::Intake::new(cx)),
            Route::Locked(what) => show(locked::Locked::new(*what)),
            Route::Cleaning => show(cleaning::Cleaning::new(cx)),
            _ => load(board::Board::new(cx)),
        }
    }
}
