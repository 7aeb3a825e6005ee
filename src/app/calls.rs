//! Calls for help: a finger asks for a person, the bell rings until one comes.

use iced::Task;

use super::{App, Message};
use crate::domain::ids::{CallId, ResidentId, StaffId};
use crate::screens::Route;

impl App {
    pub(super) fn call_for_help(&mut self, resident: Option<ResidentId>) -> Task<Message> {
        let raise = self.raise_call(resident);
        Task::batch([raise, self.go(Route::Help)])
    }

    pub(super) fn raise_call(&mut self, resident: Option<ResidentId>) -> Task<Message> {
        self.devices.sound.bell();
        if self.call.is_some() {
            return Task::none();
        }
        let id = CallId::new();
        self.call = Some(id);
        let write = self.cx.store.write(move |store| store.raise_call(id, resident));
        Task::perform(write, Message::Written)
    }

    pub(super) fn end_call(&mut self) -> Task<Message> {
        let Some(id) = self.call.take() else { return Task::none() };
        Task::perform(self.cx.store.write(move |store| store.end_call(id, None)), Message::Written)
    }

    /// Staff go to the one who has waited longest.
    pub(super) fn answer_oldest_call(&mut self) -> Task<Message> {
        let staff = self.cx.staff.as_ref().map(|staff| staff.id);
        let write = self.cx.store.write(move |store| match store.open_calls()?.first() {
            Some(call) => store.end_call(call.id, staff),
            None => Ok(()),
        });
        Task::batch([Task::perform(write, Message::Written), self.ask_waiting()])
    }

    /// Staff at the screen have come: the bell ends.
    pub(super) fn answer_call(&mut self, staff: StaffId) -> Task<Message> {
        let Some(id) = self.call.take() else { return Task::none() };
        let write = self.cx.store.write(move |store| store.end_call(id, Some(staff)));
        Task::perform(write, Message::Written)
    }
}
