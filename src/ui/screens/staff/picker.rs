//! A search for a person by name, initials, pinyin or the end of the phone number.

use daycare_core::resident::{Resident, Standing};
use iced::Task;
use iced::widget::{Column, container};

use super::residents::search;
use crate::error::Result;
use crate::ui::screens::Ctx;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::widgets::Element;

/// A search under way.
#[derive(Debug, Default)]
pub struct Picker {
    all: Vec<Resident>,
    text: String,
}

/// Messages of the search.
#[derive(Debug, Clone)]
pub enum Message {
    /// All residents were loaded.
    Loaded(Result<Vec<Resident>>),
    /// The search text changed.
    Searched(String),
    /// A person was tapped.
    Picked(Box<Resident>),
}

/// Most results shown; as many as fit under the field.
const SHOWN: usize = 6;

impl Picker {
    /// Loads all residents.
    pub fn new(cx: &Ctx) -> (Self, Task<Message>) {
        (Self::default(), Task::perform(cx.store.read(|store| store.residents()), Message::Loaded))
    }

    /// Handles a message; returns the person who was picked.
    pub fn update(&mut self, message: Message) -> Option<Box<Resident>> {
        match message {
            Message::Loaded(all) => self.all = all.unwrap_or_default(),
            Message::Searched(text) => self.text = text,
            Message::Picked(resident) => return Some(resident),
        }
        None
    }

    /// Draws the field and who is found.
    pub fn view<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let mut lines =
            Column::new().spacing(8).push(ui.field(&ui.tr("history-search"), &self.text, Message::Searched));
        if !self.text.trim().is_empty() {
            for at in search(&self.all, &self.text, Standing::Active).into_iter().take(SHOWN) {
                let resident = &self.all[at];
                let profile = &resident.profile;
                let person = ui.person(&profile.picture, &profile.name, &profile.called_by, &profile.yard);
                let touch = ui
                    .touch_row(format!("pick-{at}"), container(person).padding(12))
                    .on_press(Message::Picked(Box::new(resident.clone())));
                lines = lines.push(touch);
            }
        }
        lines.into()
    }
}
