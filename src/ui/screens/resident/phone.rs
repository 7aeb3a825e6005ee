//! Asks for the last four digits of a phone number: known by heart, and they identify nobody
//! to others.

use daycare_core::roster::Intent;

use crate::ui::screens::{Action, Among, Ctx, Route, Screen, Side};
use crate::ui::theme::metrics::{cell, rect};
use crate::ui::theme::{Role, Shape};
use crate::ui::widgets::Element;
use crate::ui::widgets::fitted::Fitted;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::parts;

use super::keypad::Key;
use super::page::{Emblem, Page, Words};

/// Digits tapped so far.
#[derive(Debug)]
pub struct Phone {
    intent: Intent,
    digits: String,
}

/// Messages of this screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// A keypad key was tapped.
    Key(Key),
}

const LENGTH: usize = 4;

impl Screen for Phone {
    type Message = Message;
    const SIDE: Side = Side::Resident;

    // Handles a message; the fourth digit continues.
    fn update(&mut self, message: Message, _cx: &Ctx) -> Action<Message> {
        let Message::Key(key) = &message;
        key.apply(&mut self.digits, LENGTH);
        if self.digits.len() == LENGTH {
            return Action::Go(Route::Photo(self.intent, Among::Phone(self.digits.clone())));
        }
        Action::None
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let words = Words { title: cx.tr("who-phone"), ..Words::default() };
        let mut page = Page::titled(cx, shape, Emblem::Sign(Icon::Smartphone), &words);
        let look = page.look;
        let boxes = match shape {
            Shape::Portrait => rect(48.0, 572.0, 984.0, 150.0),
            Shape::Landscape => rect(816.0, 60.0, 1056.0, 168.0),
        };
        for at in 0..LENGTH {
            let place = cell(boxes, at, LENGTH, 1);
            page.put(place, parts::panel(look.palette.card, look.palette.hair, 2.0, 20.0));
            if let Some(digit) = self.digits.chars().nth(at) {
                page.text(place, Fitted::new(digit.to_string(), Role::Surname, look).lines(1));
            }
        }
        page.keypad(rect(48.0, 758.0, 984.0, 858.0), Message::Key);
        page.finish()
    }

    fn back(&mut self) -> Option<Route> {
        Some(Route::Surname(self.intent))
    }

    fn spoken_key(&self) -> &'static str {
        "who-phone"
    }

    fn intent(&self) -> Option<Intent> {
        Some(self.intent)
    }
}

impl Phone {
    /// No digits yet.
    #[must_use]
    pub fn new(intent: Intent) -> Self {
        Self { intent, digits: String::new() }
    }
}
