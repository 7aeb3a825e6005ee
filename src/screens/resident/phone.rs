//! The last four digits of a phone: known by heart, and they show nobody.

use crate::domain::roster::Intent;
use crate::screens::{Action, Among, Ctx, Route};
use crate::theme::metrics::{cell, rect};
use crate::theme::{Role, Shape};
use crate::widgets::fitted::Fitted;
use crate::widgets::icon::Icon;
use crate::widgets::parts::{self, Button, Kind};
use crate::widgets::{Element, Press};

use super::page::{Emblem, Page, Words};

/// Digits tapped so far.
#[derive(Debug)]
pub struct Phone {
    intent: Intent,
    digits: String,
}

/// What happened here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// A digit.
    Digit(char),
    /// 退一格
    Back,
    /// 清除
    Cleared,
}

const LENGTH: usize = 4;

impl Phone {
    /// No digits yet.
    #[must_use]
    pub fn new(intent: Intent) -> Self {
        Self { intent, digits: String::new() }
    }

    /// What it is for.
    #[must_use]
    pub fn intent(&self) -> Intent {
        self.intent
    }

    /// Follows a message; the fourth digit goes on.
    pub fn update(&mut self, message: &Message) -> Action<Message> {
        match message {
            Message::Digit(digit) if self.digits.len() < LENGTH => self.digits.push(*digit),
            Message::Digit(_) => {}
            Message::Back => drop(self.digits.pop()),
            Message::Cleared => self.digits.clear(),
        }
        if self.digits.len() == LENGTH {
            return Action::Go(Route::Photo(self.intent, Among::Phone(self.digits.clone())));
        }
        Action::None
    }

    /// Draws the screen.
    pub fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let words = Words { title: cx.tr("who-phone"), ..Words::default() };
        let mut page = Page::titled(cx, shape, Emblem::Sign(Icon::Smartphone), &words);
        let look = page.look;
        let (boxes, keys) = match shape {
            Shape::Portrait => (rect(48.0, 572.0, 984.0, 150.0), rect(48.0, 758.0, 984.0, 858.0)),
            Shape::Landscape => (rect(816.0, 60.0, 1056.0, 168.0), shape.list()),
        };
        let (columns, rows, order) = match shape {
            Shape::Portrait => (3, 4, ["1", "2", "3", "4", "5", "6", "7", "8", "9", "clear", "0", "back"]),
            // Lying there is no room for four rows; 1 to 9 stay where they are.
            Shape::Landscape => (4, 3, ["1", "2", "3", "clear", "4", "5", "6", "back", "7", "8", "9", "0"]),
        };
        for at in 0..LENGTH {
            let place = cell(boxes, at, LENGTH, 1);
            page.put(place, parts::panel(look.palette.card, look.palette.hair, 2.0, 20.0));
            if let Some(digit) = self.digits.chars().nth(at) {
                page.text(place, Fitted::new(digit.to_string(), Role::Surname, look).lines(1));
            }
        }
        for (at, name) in order.into_iter().enumerate() {
            let place = cell(keys, at, columns, rows);
            let (text, icon, message) = match name {
                "clear" => (cx.tr("key-clear"), Some(Icon::RotateCw), Message::Cleared),
                "back" => (cx.tr("key-back"), Some(Icon::Delete), Message::Back),
                digit => (digit.to_owned(), None, Message::Digit(digit.chars().next().unwrap_or('0'))),
            };
            let role = if icon.is_some() { Role::Button } else { Role::Surname };
            let button = Button::new(Kind::Secondary, role, &text);
            let button = icon.map_or(button.clone(), |icon| button.icon(icon));
            page.button(place, &format!("key:{name}"), &button, Press::Own(message));
        }
        page.finish()
    }
}
