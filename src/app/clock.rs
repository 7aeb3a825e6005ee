//! Results of the background chores, and whether the system clock can be trusted.

use std::time::Duration;

use daycare_core::audit::Actor;
use daycare_core::clock_doubt::ClockDoubt;
use daycare_store::Store;
use iced::Task;

use super::housekeeping::Message as Went;
use super::state::{App, Message};

impl App {
    /// Starts the chores that are due.
    pub(super) fn housekeep(&mut self) -> Task<Message> {
        self.housekeeping.due(&self.cx).map(Message::Housekeeping)
    }

    /// Handles the results of the chores.
    pub(super) fn housekeeping_came(&mut self, message: Went, now: Duration) -> Task<Message> {
        match message {
            Went::Kept(chore, today, done) => {
                self.housekeeping.done(chore, today, &done, now);
                // A failed chore has its own red line on the staff screens.
                let _ = self.cx.store.take_failure();
                self.cx.late = self.housekeeping.late();
            }
            Went::Looked(Ok(looked)) => {
                self.cx.ending = looked.ending;
                self.housekeeping.looked_at(looked.late);
                self.cx.late = self.housekeeping.late();
                let by_hub = self.housekeeping.held_against_hub(looked.hub_offset_ms);
                if let (None | Some(ClockDoubt::Hub), Some(doubt)) = (self.cx.clock_doubt, by_hub) {
                    return self.clock_seen(doubt, None);
                }
            }
            Went::ClockKnown(Ok(known)) => {
                let doubt = self.housekeeping.check(known, &self.cx);
                let forget = self.cx.store.write(Store::forget_clock_jumps);
                let forgotten = Task::perform(forget, Message::Written);
                return Task::batch([forgotten, self.doubt_clock(doubt), self.housekeep()]);
            }
            Went::Alive(Err(error)) => {
                tracing::error!("sign of life: {error}");
                let _ = self.cx.store.take_failure();
            }
            Went::Looked(Err(_)) | Went::ClockKnown(Err(_)) | Went::Alive(Ok(())) => {}
        }
        Task::none()
    }

    /// Sets or clears the doubt about the clock, and saves it for the next start.
    pub(super) fn doubt_clock(&mut self, doubt: Option<ClockDoubt>) -> Task<Message> {
        if std::mem::replace(&mut self.cx.clock_doubt, doubt) == doubt {
            return Task::none();
        }
        let note = self.cx.store.write(move |store| store.note_clock_doubt(doubt));
        Task::perform(note, Message::Written)
    }

    /// Handles the minute's clock check: the present doubt, and by how many milliseconds the
    /// clock was set, if it was.
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
                // A clock that has caught up by itself needs no confirmation by staff.
                None if before.is_some() => store.confirm_clock(Actor::Program),
                doubt => store.note_clock_doubt(doubt),
            }
        });
        Task::perform(note, Message::Written)
    }
}
