//! The interface of a screen: its messages, how it is drawn, and its answers to the
//! application. Most answers have a default.

use std::time::Duration;

use daycare_core::resident::Resident;
use daycare_core::roster::Intent;
use daycare_core::volunteer::Volunteer;
use futures::future::BoxFuture;
use iced::Task;
use iced::keyboard::Modifiers;

use super::action::Action;
use super::ctx::Ctx;
use super::route::Route;
use crate::error::Result;
use crate::ui::theme::Shape;
use crate::ui::widgets::Element;
use crate::ui::widgets::root::KeyInput;

/// Who may see a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Everybody.
    Resident,
    /// Between the two: unlocking, first start.
    Door,
    /// Staff who have unlocked.
    Staff,
}

/// A question that a visitor has not answered yet.
#[derive(Debug, Clone, Copy)]
pub struct Unfinished<'a> {
    /// Key of the text that says what was not done.
    pub key: &'static str,
    /// Whose question it is.
    pub whose: Whose<'a>,
}

/// A visitor who was asked something.
#[derive(Debug, Clone, Copy)]
pub enum Whose<'a> {
    /// A resident.
    Resident(&'a Resident),
    /// A volunteer.
    Volunteer(&'a Volunteer),
}

/// A screen. It holds its own state, never does I/O and never reads the clock: it returns an
/// [`Action`] and gets the result as a message.
pub trait Screen {
    /// Messages of this screen.
    type Message: std::fmt::Debug + Clone + Send + 'static;

    /// Who may see it.
    const SIDE: Side;

    /// Handles a message.
    fn update(&mut self, message: Self::Message, cx: &Ctx) -> Action<Self::Message>;

    /// Draws it for a screen of this shape.
    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Self::Message>;

    /// A second has passed; `now` is the monotonic time.
    fn tick(&mut self, _now: Duration, _cx: &Ctx) -> Action<Self::Message> {
        Action::None
    }

    /// A minute has passed: returns what an unattended screen has to reload.
    fn minute(&self, _cx: &Ctx) -> Task<Self::Message> {
        Task::none()
    }

    /// A key was pressed: Enter does what the main button does, Esc closes what is open, and some
    /// screens have shortcuts.
    fn key(&mut self, _key: &KeyInput, _modifiers: Modifiers, _cx: &Ctx) -> Action<Self::Message> {
        Action::None
    }

    /// Whether the screen handles keys.
    fn has_keys(&self) -> bool {
        Self::SIDE == Side::Staff
    }

    /// Whether Esc means 返回 here, because nothing typed would be lost.
    fn steps_back(&self) -> bool {
        false
    }

    /// The route 返回 leads to; `None` if the screen itself went a step back.
    fn back(&mut self) -> Option<Route> {
        Some(Route::FirstPage)
    }

    /// Whether the staff navigation is shown beside it.
    fn has_rail(&self) -> bool {
        Self::SIDE == Side::Staff
    }

    /// Key of the text that 再听一遍 reads aloud; the text never contains a name.
    fn spoken_key(&self) -> &'static str {
        "idle-title"
    }

    /// What the visitor wants to do, once known.
    fn intent(&self) -> Option<Intent> {
        None
    }

    /// The resident whom the screen shows, once known.
    fn resident(&self) -> Option<&Resident> {
        None
    }

    /// The route to return to, if staff can lead a resident from this screen.
    fn leads_from(&self) -> Option<Route> {
        None
    }

    /// Whether a card scanned here signs its owner in: true for the board and the lists.
    fn takes_cards(&self) -> bool {
        false
    }

    /// What a visitor has begun but not finished here, so that they can be told when another
    /// card is read.
    fn unfinished(&self) -> Option<Unfinished<'_>> {
        None
    }

    /// A last write to make when the screen is left, whichever way.
    fn leave(&mut self, _cx: &Ctx) -> Option<BoxFuture<'static, Result<()>>> {
        None
    }

    /// Whether the screen has unsaved staff input.
    fn has_draft(&self) -> bool {
        false
    }

    /// Whether an unsaved critical value is shown: then the screen cannot be left.
    fn is_unsaved_alarm(&self) -> bool {
        false
    }

    /// Whether it waits without touches on purpose, and must not time out.
    fn keeps_awake(&self) -> bool {
        self.is_unsaved_alarm()
    }

    /// Whether it shows personal data when abandoned: such screens ask "still there?".
    fn is_personal(&self) -> bool {
        Self::SIDE != Side::Staff
    }
}
