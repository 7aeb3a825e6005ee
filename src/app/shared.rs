//! Shared data of all screens: the centre, its names, photos, staff counters. Loaded at start
//! and reloaded after changes.

use std::sync::Arc;

use iced::Task;
use iced::widget::image::Handle;

use super::presets;
use super::state::{App, Message};
use crate::ui::screens::{Route, Trouble};

impl App {
    pub(super) fn read_centre(&self) -> Task<Message> {
        Task::perform(self.cx.store.read(|store| presets::centre(store)), Message::Centre)
    }

    pub(super) fn read_photos(&self) -> Task<Message> {
        Task::perform(self.cx.store.read(|store| store.photos()), Message::Photos)
    }

    pub(super) fn read_names(&self) -> Task<Message> {
        let read = self.cx.store.read(|store| Ok(store.own_names()?.into_iter().collect()));
        Task::perform(read, Message::Names)
    }

    /// Stores what was loaded; after an error the old value stays.
    pub(super) fn shared_came(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Centre(Ok(centre)) => {
                self.cx.centre = Arc::new(centre);
                return self.begin();
            }
            Message::Centre(Err(error)) if self.home.is_some() => return self.demo_failed(&error),
            Message::Centre(Err(_)) => return self.go(Route::Trouble(Trouble::Resting)),
            Message::Waiting(of, Ok((_, false))) if self.cx.staff.as_ref().is_some_and(|s| s.id == of) => {
                return self.lock();
            }
            Message::Waiting(_, Ok((waiting, _))) => self.cx.waiting = waiting,
            Message::Names(Ok(names)) => Arc::make_mut(&mut self.cx.centre).names = names,
            Message::Photos(Ok(photos)) => {
                let photos = photos.into_iter().map(|(id, jpeg)| (id, Handle::from_bytes(jpeg)));
                self.cx.photos = Arc::new(photos.collect());
            }
            _ => {}
        }
        Task::none()
    }
}
