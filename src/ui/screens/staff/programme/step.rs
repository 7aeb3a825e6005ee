//! Opening the form of an activity, and stepping through the plan with keys.

use daycare_core::activity::OccurrenceKey;
use iced::Task;

use super::form::{self, Form};
use super::{Message, Panel, Programme};
use crate::ui::screens::{Action, Ctx, Screen};

impl Programme {
    pub(super) fn edit(&mut self, cx: &Ctx) -> Action<Message> {
        let Some(listed) = self.opened().cloned() else { return Action::None };
        self.panel = Panel::Form(Box::new(Form::of(&listed, cx)));
        self.notice = None;
        let key = listed.occurrence.key;
        let series = listed.occurrence.series_id;
        let read = cx.store.read(move |store| {
            Ok(store.series_of(key.activity_id)?.into_iter().find(|known| known.id == series))
        });
        Action::Run(Task::perform(read, |found| {
            Message::Form(form::Message::Series(found.map(|f| f.map(Box::new))))
        }))
    }

    pub(super) fn form_message(&mut self, message: form::Message, cx: &Ctx) -> Action<Message> {
        let rooms = self.data.as_ref().map(|data| data.rooms.clone()).unwrap_or_default();
        let Panel::Form(form) = &mut self.panel else { return Action::None };
        match form.update(message, &rooms, cx) {
            form::Outcome::Stay => Action::None,
            form::Outcome::Run(task) => Action::Run(task.map(Message::Form)),
            form::Outcome::Close => {
                self.panel = if self.open.is_some() { Panel::People(vec![], None) } else { Panel::None };
                Action::Run(self.people(cx))
            }
            form::Outcome::Save(task) => Action::Run(task.map(|saved| Message::Changed("prog-saved", saved))),
        }
    }

    /// Opens the next or previous occurrence shown.
    pub(super) fn step(&mut self, by: isize, cx: &Ctx) -> Action<Message> {
        let all: Vec<OccurrenceKey> =
            self.data.as_ref().into_iter().flat_map(|data| &data.listed).map(|l| l.occurrence.key).collect();
        let now = self.open.and_then(|open| all.iter().position(|key| *key == open));
        let to = match now {
            Some(at) => at.saturating_add_signed(by),
            None => 0,
        };
        match all.get(to) {
            Some(key) => self.update(Message::Opened(*key), cx),
            None => Action::None,
        }
    }
}
