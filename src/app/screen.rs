//! Every screen behind one type.

use std::time::Duration;

use iced::Task;

use crate::domain::ids::ResidentId;
use crate::domain::roster::Intent;
use crate::screens::resident::{
    confirm, display, help, idle, leave, my_day, phone, photo, said, success, surname, trouble,
};
use crate::screens::{Action, Ctx, Route};
use crate::theme::Shape;
use crate::widgets::{Element, Press, Tapped};

/// Makes the two enums and the dispatch to each screen's own functions.
macro_rules! screens {
    ($($(#[$doc:meta])* $name:ident($state:path, $message:path)),+ $(,)?) => {
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
            /// Every screen of residents by name: audits go through all of them.
            pub const RESIDENT: &[&str] = &[$(stringify!($name)),+];

            /// Draws the screen.
            pub fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, ScreenMessage> {
                match self {
                    $(Self::$name(screen) => screen.view(cx, shape).map(|tapped| wrapped(tapped, ScreenMessage::$name))),+
                }
            }
        }
    };
}

screens! {
    /// S0
    Idle(idle::Idle, idle::Message),
    /// 大字
    Display(display::Display, display::Message),
    /// S1
    Surname(surname::Surname, surname::Message),
    /// S2
    Photo(photo::Photo, photo::Message),
    /// Last four digits.
    Phone(phone::Phone, phone::Message),
    /// S3
    Confirm(confirm::Confirm, confirm::Message),
    /// S4
    Success(success::Success, success::Message),
    /// S5
    MyDay(my_day::MyDay, my_day::Message),
    /// S8
    Leave(leave::Leave, leave::Message),
    /// A sentence.
    Said(said::Said, said::Message),
    /// S9
    Help(help::Help, help::Message),
    /// SX
    Trouble(trouble::Trouble, trouble::Message),
}

fn wrapped<M>(tapped: Tapped<M>, wrap: fn(M) -> ScreenMessage) -> Tapped<ScreenMessage> {
    let press = match tapped.press {
        Press::Own(message) => Press::Own(wrap(message)),
        Press::Chrome(chrome) => Press::Chrome(chrome),
    };
    Tapped { target: tapped.target, press }
}

impl Default for Screen {
    fn default() -> Self {
        Self::Idle(idle::Idle)
    }
}

impl<M: Send + 'static> Action<M> {
    fn wrap(self, wrap: fn(M) -> ScreenMessage) -> Action<ScreenMessage> {
        match self {
            Self::None => Action::None,
            Self::Run(task) => Action::Run(task.map(wrap)),
            Self::Go(route) => Action::Go(route),
            Self::Speak(lang) => Action::Speak(lang),
            Self::See(sight) => Action::See(sight),
        }
    }
}

impl Screen {
    /// The screen of a route, and what it loads.
    pub fn open(route: Route, cx: &Ctx) -> (Self, Task<ScreenMessage>) {
        fn loading<S, M: Send + 'static>(
            (screen, task): (S, Task<M>),
            show: fn(S) -> Screen,
            wrap: fn(M) -> ScreenMessage,
        ) -> (Screen, Task<ScreenMessage>) {
            (show(screen), task.map(wrap))
        }
        let plain = |screen| (screen, Task::none());
        match route {
            Route::Idle => plain(Self::default()),
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
            Route::MyDay(resident) => {
                loading(my_day::MyDay::new(resident, cx), Self::MyDay, ScreenMessage::MyDay)
            }
            Route::Leave(resident) => {
                loading(leave::Leave::new(resident, cx), Self::Leave, ScreenMessage::Leave)
            }
            Route::Said(saying) => plain(Self::Said(said::Said::new(saying, cx))),
            Route::Help => plain(Self::Help(help::Help::default())),
            Route::Trouble(kind) => plain(Self::Trouble(trouble::Trouble::new(kind))),
        }
    }

    /// Follows a message; one for a screen no longer shown is dropped.
    pub fn update(&mut self, message: ScreenMessage, cx: &Ctx) -> Action<ScreenMessage> {
        use ScreenMessage as M;
        match (self, message) {
            (Self::Idle(s), M::Idle(m)) => s.update(&m).wrap(M::Idle),
            (Self::Display(s), M::Display(m)) => s.update(&m, cx).wrap(M::Display),
            (Self::Surname(s), M::Surname(m)) => s.update(m).wrap(M::Surname),
            (Self::Photo(s), M::Photo(m)) => s.update(m, cx).wrap(M::Photo),
            (Self::Phone(s), M::Phone(m)) => s.update(&m).wrap(M::Phone),
            (Self::Confirm(s), M::Confirm(m)) => s.update(m, cx).wrap(M::Confirm),
            (Self::Success(s), M::Success(m)) => s.update(m, cx).wrap(M::Success),
            (Self::MyDay(s), M::MyDay(m)) => s.update(m).wrap(M::MyDay),
            (Self::Leave(s), M::Leave(m)) => s.update(m, cx).wrap(M::Leave),
            (Self::Said(s), M::Said(m)) => s.update(m, cx).wrap(M::Said),
            (Self::Help(s), M::Help(m)) => s.update(&m).wrap(M::Help),
            (Self::Trouble(s), M::Trouble(m)) => s.update(m).wrap(M::Trouble),
            _ => Action::None,
        }
    }

    /// A second has passed.
    pub fn tick(&mut self, now: Duration, cx: &Ctx) -> Action<ScreenMessage> {
        match self {
            Self::Confirm(s) => s.tick(now).wrap(ScreenMessage::Confirm),
            Self::Leave(s) => s.tick(now).wrap(ScreenMessage::Leave),
            Self::Success(s) => s.tick(now, cx).wrap(ScreenMessage::Success),
            Self::Said(s) => s.tick(now, cx).wrap(ScreenMessage::Said),
            Self::Help(s) => {
                s.tick();
                Action::None
            }
            _ => Action::None,
        }
    }

    /// Where 返回 leads.
    #[must_use]
    pub fn back(&self) -> Route {
        match self {
            Self::Photo(s) if s.by_phone() => Route::Phone(s.intent()),
            Self::Photo(s) => Route::Surname(s.intent()),
            Self::Phone(s) => Route::Surname(s.intent()),
            _ => Route::Idle,
        }
    }

    /// What the visitor wants to do, where they have said it.
    #[must_use]
    pub fn intent(&self) -> Option<Intent> {
        match self {
            Self::Surname(s) => Some(s.intent()),
            Self::Photo(s) => Some(s.intent()),
            Self::Phone(s) => Some(s.intent()),
            Self::Leave(_) => Some(Intent::Leave),
            _ => None,
        }
    }

    /// Whose screen it is, once they have said who they are.
    #[must_use]
    pub fn resident_id(&self) -> Option<ResidentId> {
        match self {
            Self::Success(s) => Some(s.resident().id),
            Self::MyDay(s) => Some(s.resident().id),
            Self::Leave(s) => Some(s.resident().id),
            _ => None,
        }
    }

    /// Whether somebody left it standing there: these ask "still there?".
    #[must_use]
    pub fn is_personal(&self) -> bool {
        !matches!(self, Self::Idle(_) | Self::Success(_) | Self::Said(_) | Self::Help(_))
    }
}
