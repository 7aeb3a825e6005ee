//! What every screen shows: the centre, what it calls things, photos, and what
//! waits for staff. Read at the start, and anew when it has changed.

use std::sync::Arc;

use daycare_core::audit::Actor;
use daycare_core::clock_doubt::ClockDoubt;
use daycare_store::Store;
use iced::Task;
use iced::widget::image::Handle;

use super::{App, Message, presets};
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

    /// Doubts the clock, or no more; which of the two is noted for the next start.
    pub(super) fn doubt_clock(&mut self, doubt: Option<ClockDoubt>) -> Task<Message> {
        if std::mem::replace(&mut self.cx.clock_doubt, doubt) == doubt {
            return Task::none();
        }
        let note = self.cx.store.write(move |store| store.note_clock_doubt(doubt));
        Task::perform(note, Message::Written)
    }

    /// A minute has passed: what is thought of the clock, and by how much it was set.
    pub(super) fn clock_seen(&mut self, doubt: Option<ClockDoubt>, set_by: Option<i64>) -> Task<Message> {
        let before = std::mem::replace(&mut self.cx.clock_doubt, doubt);
        if before == doubt && set_by.is_none() {
            return Task::none();
        }
        let since = self.housekeeping.since_line();
        let note = self.cx.store.write(move |store| {
            if let Some(by_ms) = set_by {
                store.note_clock_jump(since, by_ms)?;
            }
            match doubt {
                // Nobody has to say that a clock is right which has caught up by itself.
                None if before.is_some() => store.confirm_clock(Actor::Program),
                doubt => store.note_clock_doubt(doubt),
            }
        });
        Task::perform(note, Message::Written)
    }

    /// Takes what was read; what could not be read stays as it was.
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
            Message::Looked(Ok(looked)) => {
                self.cx.ending = looked.ending;
                self.housekeeping.looked_at(looked.late);
                self.cx.late = self.housekeeping.late();
                let by_hub = self.housekeeping.held_against_hub(looked.hub_offset_ms);
                if let (None | Some(ClockDoubt::Hub), Some(doubt)) = (self.cx.clock_doubt, by_hub) {
                    return self.clock_seen(doubt, None);
                }
            }
            Message::ClockKnown(Ok(known)) => {
                let doubt = self.housekeeping.check(known, &self.cx);
                let forget = self.cx.store.write(Store::forget_clock_jumps);
                let forgotten = Task::perform(forget, Message::Written);
                return Task::batch([forgotten, self.doubt_clock(doubt), self.housekeeping.due(&self.cx)]);
            }
            Message::Alive(Err(error)) => {
                tracing::error!("sign of life: {error}");
                let _ = self.cx.store.take_failure();
            }
            _ => {}
        }
        Task::none()
    }
}
