//! What every screen is: its state, its messages, how it is drawn, and what it
//! answers when the application asks. Most answers have a default.

use std::time::Duration;

use daycare_core::resident::Resident;
use daycare_core::roster::Intent;
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

/// For whom a screen is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Everybody who comes.
    Resident,
    /// The door between the two.
    Door,
    /// Staff who have unlocked.
    Staff,
}

/// A screen. It holds its own state, never does I/O and never reads the clock: it
/// returns an [`Action`] and is told what came of it by a message.
pub trait Screen {
    /// What may happen on it.
    type Message: std::fmt::Debug + Clone + Send + 'static;

    /// For whom it is.
    const SIDE: Side;

    /// Follows a message.
    fn update(&mut self, message: Self::Message, cx: &Ctx) -> Action<Self::Message>;

    /// Draws it for a screen of this shape.
    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Self::Message>;

    /// A second has passed; `now` is the monotonic time.
    fn tick(&mut self, _now: Duration, _cx: &Ctx) -> Action<Self::Message> {
        Action::None
    }

    /// A minute has passed: what is due on a screen at rest.
    fn minute(&self, _cx: &Ctx) -> Task<Self::Message> {
        Task::none()
    }

    /// A key of the desk: Enter does what the main button does, Esc closes what is
    /// open, and some screens have keys of their own.
    fn key(&mut self, _key: &KeyInput, _modifiers: Modifiers, _cx: &Ctx) -> Action<Self::Message> {
        Action::None
    }

    /// Whether keys mean something here.
    fn has_keys(&self) -> bool {
        Self::SIDE == Side::Staff
    }

    /// Whether Esc means 返回 here, and closes nothing that was typed.
    fn steps_back(&self) -> bool {
        false
    }

    /// Where 返回 leads; `None` where the screen went a step back itself.
    fn back(&mut self) -> Option<Route> {
        Some(Route::Idle)
    }

    /// Whether the places of the staff stand beside it.
    fn has_rail(&self) -> bool {
        Self::SIDE == Side::Staff
    }

    /// The key of the words that 再听一遍 reads: never a name.
    fn spoken_key(&self) -> &'static str {
        "idle-title"
    }

    /// What the visitor wants to do, where they have said it.
    fn intent(&self) -> Option<Intent> {
        None
    }

    /// Whose screen it is, once they have said who they are.
    fn resident(&self) -> Option<&Resident> {
        None
    }

    /// The route of a staff screen from which a resident may be led.
    fn leads_from(&self) -> Option<Route> {
        None
    }

    /// Whether a card read here signs its owner in: the board and the lists.
    fn takes_cards(&self) -> bool {
        false
    }

    /// What somebody has begun and not finished here: the key of the words that say
    /// so, and who.
    fn unfinished(&self) -> Option<(&'static str, &Resident)> {
        None
    }

    /// What must not be lost when the screen is left, whichever way.
    fn leave(&mut self, _cx: &Ctx) -> Option<BoxFuture<'static, Result<()>>> {
        None
    }

    /// Whether staff typed something here that is not saved.
    fn has_draft(&self) -> bool {
        false
    }

    /// Whether a critical value stands here that is not on disk: nobody leaves it.
    fn is_unsaved_alarm(&self) -> bool {
        false
    }

    /// Whether it waits on purpose, without a touch.
    fn keeps_awake(&self) -> bool {
        self.is_unsaved_alarm()
    }

    /// Whether somebody left it standing there: these ask "still there?".
    fn is_personal(&self) -> bool {
        Self::SIDE != Side::Staff
    }
}
