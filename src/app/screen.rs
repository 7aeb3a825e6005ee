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
use crate::ui::screens::staff::kit::Ui;
use crate::ui::screens::staff::{
    board, cleaning, clinic, first_start, health, history, intake, locked, measure, merge, person, programme,
    residents, schedule, settings, shift_book, statistics, unlock, volunteers, welfare,
};
use crate::ui::screens::{Action, Ctx, Route};
use crate::ui::theme::Shape;
use crate::ui::widgets::Element;
use crate::ui::widgets::root::KeyInput;

/// Makes the two enums and the dispatch to each screen's own functions.
macro_rules! screens {
    (@view resident, $screen:ident, $cx:ident, $shape:ident) => {
        $screen.view($cx, $shape)
    };
    (@view door, $screen:ident, $cx:ident, $shape:ident) => {
        $screen.view($cx, $shape)
    };
    (@view staff, $screen:ident, $cx:ident, $shape:ident) => {
        $screen.view(Ui::new($cx, $shape))
    };
    ($($(#[$doc:meta])* $side:ident $name:ident($state:path, $message:path)),+ $(,)?) => {
        /// The screen shown.
        #[derive(Debug)]
        pub enum Screen {
            $($(#[$doc])* $name($state)),+
        }

        /// What happened on a screen.
        #[derive(Debug, Clone)]
        pub enum ScreenMessage {
            $($(#[$doc])* $name($message)),+
        }

        impl Screen {
            /// Every screen by name.
            pub const NAMES: &[&str] = &[$(stringify!($name)),+];

            /// Draws the screen.
            pub fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, ScreenMessage> {
                match self {
                    $(Self::$name(screen) => {
                        let view = screens!(@view $side, screen, cx, shape);
                        view.map(|tapped| tapped.map(ScreenMessage::$name))
                    }),+
                }
            }

            /// Whether residents see this screen: the audit goes through all of those.
            #[must_use]
            pub fn is_for_residents(name: &str) -> bool {
                match name {
                    $(stringify!($name) => stringify!($side) == "resident",)+
                    _ => false,
                }
            }

            /// Whether it is a staff screen.
            #[must_use]
            pub fn is_staff(&self) -> bool {
                match self {
                    $(Self::$name(_) => stringify!($side) == "staff"),+
                }
            }
        }
    };
}

screens! {
    /// S0
    resident Idle(idle::Idle, idle::Message),
    /// 大字
    resident Display(display::Display, display::Message),
    /// S1
    resident Surname(surname::Surname, surname::Message),
    /// S2
    resident Photo(photo::Photo, photo::Message),
    /// Last four digits.
    resident Phone(phone::Phone, phone::Message),
    /// S3
    resident Confirm(confirm::Confirm, confirm::Message),
    /// S4
    resident Success(success::Success, success::Message),
    /// S5
    resident MyDay(my_day::MyDay, my_day::Message),
    /// S6
    resident Book(book::Book, book::Message),
    /// S6, the ticket.
    resident Booked(booked::Booked, booked::Message),
    /// The number of the day.
    resident Number(number::Number, number::Message),
    /// 不去了
    resident Dropping(dropping::Dropping, dropping::Message),
    /// S7
    resident Activities(activities::Activities, activities::Message),
    /// A volunteer begins or ends.
    resident Serving(serving::Serving, serving::Message),
    /// What everybody is told.
    resident Notice(notice::Notice, notice::Message),
    /// Numbers that are called.
    resident Calling(calling::Calling, calling::Message),
    /// S8
    resident Leave(leave::Leave, leave::Message),
    /// A sentence.
    resident Said(said::Said, said::Message),
    /// S9
    resident Help(help::Help, help::Message),
    /// SX
    resident Trouble(trouble::Trouble, trouble::Message),
    /// The very first start.
    staff FirstStart(first_start::FirstStart, first_start::Message),
    /// The door of the staff.
    door Unlock(unlock::Unlock, unlock::Message),
    /// 今日
    staff Board(board::Board, board::Message),
    /// 来访
    staff History(history::History, history::Message),
    /// 老人
    staff Residents(residents::Residents, residents::Message),
    /// One person's file.
    staff Person(person::Person, person::Message),
    /// 健康
    staff Clinic(clinic::Clinic, clinic::Message),
    /// 排班
    staff Schedule(schedule::Schedule, schedule::Message),
    /// One person's readings.
    staff Health(health::Health, health::Message),
    /// Taking them.
    staff Measure(measure::Measure, measure::Message),
    /// 活动
    staff Programme(programme::Programme, programme::Message),
    /// 志愿者
    staff Volunteers(volunteers::Volunteers, volunteers::Message),
    /// 关怀名单
    staff Welfare(welfare::Welfare, welfare::Message),
    /// 统计
    staff Statistics(statistics::Statistics, statistics::Message),
    /// 交班本
    staff ShiftBook(shift_book::ShiftBook, shift_book::Message),
    /// 设置
    staff Settings(settings::Settings, settings::Message),
    /// Files entered twice.
    staff Merge(merge::Merge, merge::Message),
    /// Files from a stick.
    staff Intake(intake::Intake, intake::Message),
    /// A closed door.
    staff Locked(locked::Locked, locked::Message),
    /// 擦屏幕
    staff Cleaning(cleaning::Cleaning, cleaning::Message),
}

/// What the blood pressure device sent, for the screen that asked.
#[must_use]
pub fn measured(sent: std::result::Result<Measured, CuffError>) -> ScreenMessage {
    ScreenMessage::Measure(measure::Message::Measured(sent))
}

/// A screen that loads something, as one of all.
fn loading<S, M: Send + 'static>(
    (screen, task): (S, Task<M>),
    show: fn(S) -> Screen,
    wrap: fn(M) -> ScreenMessage,
) -> (Screen, Task<ScreenMessage>) {
    (show(screen), task.map(wrap))
}

impl Default for Screen {
    fn default() -> Self {
        Self::Idle(idle::Idle::default())
    }
}

impl Screen {
    /// Whether the places of the staff stand beside it.
    #[must_use]
    pub fn has_rail(&self) -> bool {
        self.is_staff() && !matches!(self, Self::FirstStart(_) | Self::Unlock(_) | Self::Cleaning(_))
    }

    /// The screen of a route, and what it loads.
    pub fn open(route: Route, cx: &Ctx) -> (Self, Task<ScreenMessage>) {
        let plain = |screen| (screen, Task::none());
        match route {
            Route::Idle => loading(idle::Idle::new(cx), Self::Idle, ScreenMessage::Idle),
            Route::Display => plain(Self::Display(display::Display)),
            Route::Surname(intent) => {
                loading(surname::Surname::new(intent, cx), Self::Surname, ScreenMessage::Surname)
            }
            Route::Photo(intent, among) => {
                loading(photo::Photo::new(intent, among, cx), Self::Photo, ScreenMessage::Photo)
            }
            Route::Phone(intent) => plain(Self::Phone(phone::Phone::new(intent))),
            Route::Confirm(resident, source) => plain(Self::Confirm(confirm::Confirm::new(resident, source))),
            Route::Success(resident, visit) => {
                loading(success::Success::new(resident, visit, cx), Self::Success, ScreenMessage::Success)
            }
            Route::MyDay(resident, source) => {
                loading(my_day::MyDay::new(resident, source, cx), Self::MyDay, ScreenMessage::MyDay)
            }
            Route::Book(wish) => loading(book::Book::new(wish, cx), Self::Book, ScreenMessage::Book),
            Route::Booked(resident, source, appointment) => {
                let booked = booked::Booked::new(resident, source, appointment, cx);
                loading(booked, Self::Booked, ScreenMessage::Booked)
            }
            Route::Number(resident, appointment) => {
                let number = number::Number::new(resident, appointment, cx);
                loading(number, Self::Number, ScreenMessage::Number)
            }
            Route::Dropping(resident, source, appointment) => {
                plain(Self::Dropping(dropping::Dropping::new(resident, source, appointment)))
            }
            Route::Activities(visitor, wanted) => {
                let activities = activities::Activities::new(visitor, wanted, cx);
                loading(activities, Self::Activities, ScreenMessage::Activities)
            }
            Route::Serving(volunteer) => {
                loading(serving::Serving::new(volunteer, cx), Self::Serving, ScreenMessage::Serving)
            }
            Route::Notice(resident, visit, notices) => {
                plain(Self::Notice(notice::Notice::new(resident, visit, notices, cx)))
            }
            Route::Calling => loading(calling::Calling::new(cx), Self::Calling, ScreenMessage::Calling),
            Route::Leave(resident) => {
                loading(leave::Leave::new(resident, cx), Self::Leave, ScreenMessage::Leave)
            }
            Route::Said(saying) => plain(Self::Said(said::Said::new(saying, cx))),
            Route::Help => plain(Self::Help(help::Help::default())),
            Route::Trouble(kind) => plain(Self::Trouble(trouble::Trouble::new(kind))),
            Route::FirstStart => plain(Self::FirstStart(first_start::FirstStart::default())),
            Route::Unlock => loading(unlock::Unlock::new(cx), Self::Unlock, ScreenMessage::Unlock),
            desk => Self::open_desk(&desk, cx),
        }
    }

    /// As [`Screen::open`], behind the door of the staff.
    fn open_desk(route: &Route, cx: &Ctx) -> (Self, Task<ScreenMessage>) {
        match route {
            Route::History => loading(history::History::new(cx), Self::History, ScreenMessage::History),
            Route::Residents => {
                loading(residents::Residents::new(cx), Self::Residents, ScreenMessage::Residents)
            }
            Route::Person(id) => loading(person::Person::new(*id, cx), Self::Person, ScreenMessage::Person),
            Route::Clinic => loading(clinic::Clinic::new(cx), Self::Clinic, ScreenMessage::Clinic),
            Route::Schedule => loading(schedule::Schedule::new(cx), Self::Schedule, ScreenMessage::Schedule),
            Route::Health(id) => loading(health::Health::new(*id, cx), Self::Health, ScreenMessage::Health),
            Route::Measure(id, at) => {
                loading(measure::Measure::new(*id, *at, cx), Self::Measure, ScreenMessage::Measure)
            }
            Route::Programme => {
                loading(programme::Programme::new(cx), Self::Programme, ScreenMessage::Programme)
            }
            Route::Volunteers => {
                loading(volunteers::Volunteers::new(cx), Self::Volunteers, ScreenMessage::Volunteers)
            }
            Route::Welfare => loading(welfare::Welfare::new(cx), Self::Welfare, ScreenMessage::Welfare),
            Route::Statistics => {
                loading(statistics::Statistics::new(cx), Self::Statistics, ScreenMessage::Statistics)
            }
            Route::ShiftBook => {
                loading(shift_book::ShiftBook::new(cx), Self::ShiftBook, ScreenMessage::ShiftBook)
            }
            Route::Settings => loading(settings::Settings::new(cx), Self::Settings, ScreenMessage::Settings),
            Route::Merge => loading(merge::Merge::new(cx), Self::Merge, ScreenMessage::Merge),
            Route::Intake => loading(intake::Intake::new(cx), Self::Intake, ScreenMessage::Intake),
            Route::Locked(what) => (Self::Locked(locked::Locked::new(*what)), Task::none()),
            Route::Cleaning => (Self::Cleaning(cleaning::Cleaning::new(cx)), Task::none()),
            _ => loading(board::Board::new(cx), Self::Board, ScreenMessage::Board),
        }
    }

    /// Follows a message; one for a screen no longer shown is dropped.
    pub fn update(&mut self, message: ScreenMessage, cx: &Ctx) -> Action<ScreenMessage> {
        use ScreenMessage as M;
        match (self, message) {
            (Self::Idle(s), M::Idle(m)) => s.update(m).map(M::Idle),
            (Self::Activities(s), M::Activities(m)) => s.update(m, cx).map(M::Activities),
            (Self::Serving(s), M::Serving(m)) => s.update(m, cx).map(M::Serving),
            (Self::Programme(s), M::Programme(m)) => s.update(m, cx).map(M::Programme),
            (Self::Volunteers(s), M::Volunteers(m)) => s.update(m, cx).map(M::Volunteers),
            (Self::Display(s), M::Display(m)) => s.update(&m, cx).map(M::Display),
            (Self::Surname(s), M::Surname(m)) => s.update(m).map(M::Surname),
            (Self::Photo(s), M::Photo(m)) => s.update(m, cx).map(M::Photo),
            (Self::Phone(s), M::Phone(m)) => s.update(&m).map(M::Phone),
            (Self::Confirm(s), M::Confirm(m)) => s.update(m, cx).map(M::Confirm),
            (Self::Success(s), M::Success(m)) => s.update(m, cx).map(M::Success),
            (Self::MyDay(s), M::MyDay(m)) => s.update(m, cx).map(M::MyDay),
            (Self::Book(s), M::Book(m)) => s.update(m, cx).map(M::Book),
            (Self::Booked(s), M::Booked(m)) => s.update(&m, cx).map(M::Booked),
            (Self::Number(s), M::Number(m)) => s.update(m, cx).map(M::Number),
            (Self::Dropping(s), M::Dropping(m)) => s.update(&m, cx).map(M::Dropping),
            (Self::Calling(s), M::Calling(m)) => s.update(m, cx).map(M::Calling),
            (Self::Clinic(s), M::Clinic(m)) => s.update(m, cx).map(M::Clinic),
            (Self::Schedule(s), M::Schedule(m)) => s.update(m, cx).map(M::Schedule),
            (Self::Health(s), M::Health(m)) => s.update(m, cx).map(M::Health),
            (Self::Measure(s), M::Measure(m)) => s.update(m, cx).map(M::Measure),
            (Self::Leave(s), M::Leave(m)) => s.update(m, cx).map(M::Leave),
            (Self::Said(s), M::Said(m)) => s.update(m, cx).map(M::Said),
            (Self::Help(s), M::Help(m)) => s.update(&m).map(M::Help),
            (Self::Trouble(s), M::Trouble(m)) => s.update(m).map(M::Trouble),
            (Self::FirstStart(s), M::FirstStart(m)) => s.update(m, cx).map(M::FirstStart),
            (Self::Unlock(s), M::Unlock(m)) => s.update(m, cx).map(M::Unlock),
            (Self::Board(s), M::Board(m)) => s.update(m, cx).map(M::Board),
            (Self::History(s), M::History(m)) => s.update(m, cx).map(M::History),
            (Self::Welfare(s), M::Welfare(m)) => s.update(m, cx).map(M::Welfare),
            (Self::Statistics(s), M::Statistics(m)) => s.update(m, cx).map(M::Statistics),
            (Self::ShiftBook(s), M::ShiftBook(m)) => s.update(m, cx).map(M::ShiftBook),
            (Self::Settings(s), M::Settings(m)) => s.update(m, cx).map(M::Settings),
            (Self::Merge(s), M::Merge(m)) => s.update(m, cx).map(M::Merge),
            (Self::Intake(s), M::Intake(m)) => s.update(m, cx).map(M::Intake),
            (Self::Locked(_), M::Locked(m)) => locked::Locked::update(&m).map(M::Locked),
            (Self::Notice(s), M::Notice(m)) => s.update(&m, cx).map(M::Notice),
            (Self::Residents(s), M::Residents(m)) => s.update(m, cx).map(M::Residents),
            (Self::Person(s), M::Person(m)) => s.update(m, cx).map(M::Person),
            _ => Action::None,
        }
    }

    /// A second has passed.
    pub fn tick(&mut self, now: Duration, cx: &Ctx) -> Action<ScreenMessage> {
        match self {
            Self::Confirm(s) => s.tick(now).map(ScreenMessage::Confirm),
            Self::Leave(s) => s.tick(now).map(ScreenMessage::Leave),
            Self::Success(s) => s.tick(now, cx).map(ScreenMessage::Success),
            Self::Said(s) => s.tick(now, cx).map(ScreenMessage::Said),
            Self::Book(s) => s.tick(now).map(ScreenMessage::Book),
            Self::Booked(s) => s.tick(now, cx).map(ScreenMessage::Booked),
            Self::Number(s) => s.tick(now, cx).map(ScreenMessage::Number),
            Self::Calling(s) => s.tick(now, cx).map(ScreenMessage::Calling),
            Self::Board(s) => s.tick(now, cx).map(ScreenMessage::Board),
            Self::Notice(s) => s.tick(now, cx).map(ScreenMessage::Notice),
            Self::Cleaning(s) => s.tick(now).map(ScreenMessage::Cleaning),
            Self::Settings(s) => s.tick(cx).map(ScreenMessage::Settings),
            Self::Welfare(s) => {
                s.tick(now);
                Action::None
            }
            Self::Person(s) => {
                s.tick(now);
                Action::None
            }
            Self::Clinic(s) => s.tick(now, cx).map(ScreenMessage::Clinic),
            Self::Measure(s) => s.tick(now, cx).map(ScreenMessage::Measure),
            Self::Help(s) => {
                s.tick();
                Action::None
            }
            _ => Action::None,
        }
    }

    /// Whether keys mean something here: behind the door of the staff, at it,
    /// and while staff book for somebody.
    #[must_use]
    pub fn has_keys(&self) -> bool {
        self.is_staff() || matches!(self, Self::Unlock(_) | Self::Book(_) | Self::Booked(_))
    }

    /// Whether Esc means 返回 here, and closes nothing that was typed.
    #[must_use]
    pub fn steps_back(&self) -> bool {
        match self {
            Self::Unlock(_) | Self::Book(_) | Self::Booked(_) => true,
            Self::Person(s) => !s.has_draft(),
            _ => false,
        }
    }

    /// A key of the desk: Enter does what the main button does, Esc closes what
    /// is open, and some screens have keys of their own.
    pub fn key(&mut self, key: &KeyInput, modifiers: Modifiers, cx: &Ctx) -> Action<ScreenMessage> {
        match self {
            Self::Programme(s) => s.key(key, modifiers, cx).map(ScreenMessage::Programme),
            Self::Unlock(s) => s.key(key, cx).map(ScreenMessage::Unlock),
            Self::Board(s) => s.key(key, cx).map(ScreenMessage::Board),
            Self::History(s) => s.key(key, cx).map(ScreenMessage::History),
            Self::Person(s) => s.key(key, cx).map(ScreenMessage::Person),
            Self::Volunteers(s) => s.key(key, cx).map(ScreenMessage::Volunteers),
            Self::Book(s) => s.key(key, cx).map(ScreenMessage::Book),
            Self::Clinic(s) => s.key(key, cx).map(ScreenMessage::Clinic),
            Self::Schedule(s) => s.key(key, cx).map(ScreenMessage::Schedule),
            Self::Health(s) => s.key(key, cx).map(ScreenMessage::Health),
            Self::Measure(s) => s.key(key, cx).map(ScreenMessage::Measure),
            Self::Welfare(s) => s.key(key, cx).map(ScreenMessage::Welfare),
            Self::ShiftBook(s) => s.key(key, cx).map(ScreenMessage::ShiftBook),
            Self::Settings(s) => s.key(key, cx).map(ScreenMessage::Settings),
            Self::Merge(s) => s.key(key, cx).map(ScreenMessage::Merge),
            Self::Intake(s) => s.key(key, cx).map(ScreenMessage::Intake),
            _ => Action::None,
        }
    }

    /// A minute has passed: what is due on a screen at rest.
    pub fn minute(&self, cx: &Ctx) -> Task<ScreenMessage> {
        match self {
            Self::Idle(_) => idle::Idle::ask(cx).map(ScreenMessage::Idle),
            _ => Task::none(),
        }
    }

    /// The words that 再听一遍 reads: never a name.
    #[must_use]
    pub fn spoken_key(&self) -> &'static str {
        match self {
            Self::Display(_) => "display-title",
            Self::Surname(_) => "who-surname",
            Self::Photo(_) => "who-photo",
            Self::Phone(_) => "who-phone",
            Self::Confirm(_) => "confirm-sub",
            Self::Success(_) => "ok-in",
            Self::Notice(_) => "notice-sub",
            Self::MyDay(_) => "day-title",
            Self::Book(s) => s.spoken(),
            Self::Activities(s) => s.spoken(),
            Self::Serving(_) => "serve-what",
            Self::Booked(_) => "book-ok",
            Self::Number(_) => "number-sub",
            Self::Dropping(_) => "drop-ask",
            Self::Calling(_) => "calling-sub",
            Self::Leave(_) => "leave-ask",
            Self::Help(_) => "help-coming",
            Self::Trouble(_) => "trouble-hint",
            _ => "idle-title",
        }
    }

    /// Where 返回 leads; `None` where the screen went a step back itself.
    pub fn back(&mut self) -> Option<Route> {
        Some(match self {
            Self::Unlock(s) => return s.back(),
            Self::Person(_) => person::Person::back(),
            Self::Book(s) => return s.back(),
            Self::Activities(s) => return s.back(),
            Self::Dropping(s) => s.back(),
            Self::Photo(s) if s.by_phone() => Route::Phone(s.intent()),
            Self::Photo(s) => Route::Surname(s.intent()),
            Self::Phone(s) => Route::Surname(s.intent()),
            _ => Route::Idle,
        })
    }

    /// What the visitor wants to do, where they have said it.
    #[must_use]
    pub fn intent(&self) -> Option<Intent> {
        match self {
            Self::Surname(s) => Some(s.intent()),
            Self::Photo(s) => Some(s.intent()),
            Self::Phone(s) => Some(s.intent()),
            Self::Leave(_) => Some(Intent::Leave),
            Self::Activities(_) => Some(activities::Activities::intent()),
            _ => None,
        }
    }

    /// Whose screen it is, once they have said who they are.
    #[must_use]
    pub fn resident_id(&self) -> Option<ResidentId> {
        match self {
            Self::Success(s) => Some(s.resident().id),
            Self::Notice(s) => Some(s.resident().id),
            Self::MyDay(s) => Some(s.resident().id),
            Self::Book(s) => Some(s.resident().id),
            Self::Activities(s) => s.resident().map(|resident| resident.id),
            Self::Booked(s) => Some(s.resident().id),
            Self::Number(s) => Some(s.resident().id),
            Self::Dropping(s) => Some(s.resident().id),
            Self::Leave(s) => Some(s.resident().id),
            _ => None,
        }
    }

    /// The route of a staff screen from which a resident may be led.
    #[must_use]
    pub fn leads_from(&self) -> Option<Route> {
        Some(match self {
            Self::Clinic(_) => Route::Clinic,
            Self::Measure(s) => Route::Health(s.resident_id()),
            _ => return None,
        })
    }

    /// Whether a card read here signs its owner in: the board and the lists.
    #[must_use]
    pub fn takes_cards(&self) -> bool {
        matches!(self, Self::Board(s) if !s.has_draft())
            || matches!(self, Self::Residents(_))
            || matches!(self, Self::History(s) if !s.has_draft())
    }

    /// What somebody has begun and not finished here: a key of the words that
    /// say so, and the words for who.
    #[must_use]
    pub fn unfinished(&self) -> Option<(&'static str, &Resident)> {
        match self {
            Self::Confirm(s) => Some(("strip-not-in", s.resident())),
            Self::Leave(s) => Some(("strip-not-out", s.resident())),
            Self::Book(s) => Some(("strip-not-booked", s.resident())),
            _ => None,
        }
    }

    /// What must not be lost when the screen is left, whichever way.
    pub fn leave(&mut self, cx: &Ctx) -> Option<BoxFuture<'static, Result<()>>> {
        match self {
            Self::Success(s) => s.leave(cx),
            _ => None,
        }
    }

    /// Whether staff typed something here that is not saved.
    #[must_use]
    pub fn has_draft(&self) -> bool {
        match self {
            Self::Board(s) => s.has_draft(),
            Self::Person(s) => s.has_draft(),
            Self::History(s) => s.has_draft(),
            Self::Programme(s) => s.has_draft(),
            Self::ShiftBook(s) => s.has_draft(),
            Self::Volunteers(s) => s.has_draft(),
            Self::Measure(s) => s.has_draft(),
            _ => false,
        }
    }

    /// Whether a critical value stands here that is not on disk: nobody leaves it.
    #[must_use]
    pub fn is_unsaved_alarm(&self) -> bool {
        matches!(self, Self::Measure(s) if s.is_unsaved_alarm())
    }

    /// Whether it waits on purpose, without a touch.
    #[must_use]
    pub fn keeps_awake(&self) -> bool {
        matches!(self, Self::Measure(s) if s.is_resting()) || self.is_unsaved_alarm()
    }

    /// Whether somebody left it standing there: these ask "still there?".
    #[must_use]
    pub fn is_personal(&self) -> bool {
        !self.is_staff()
            && !matches!(
                self,
                Self::Idle(_)
                    | Self::Success(_)
                    | Self::Notice(_)
                    | Self::Said(_)
                    | Self::Help(_)
                    | Self::Booked(_)
                    | Self::Number(_)
                    | Self::Calling(_)
            )
    }
}
