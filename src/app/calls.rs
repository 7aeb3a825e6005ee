//! Calls for help: raising one, retrying one that was not saved, ending one.

use daycare_core::ids::{CallId, ResidentId, StaffId};
use iced::Task;

use super::state::{App, Call, Message};
use crate::error::Result;
use crate::ui::screens::Route;

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
        self.call = Some(Call { id: CallId::new(), resident, lost: false });
        self.write_call()
    }

    fn write_call(&self) -> Task<Message> {
        let Some(Call { id, resident, .. }) = self.call else { return Task::none() };
        Task::perform(self.cx.store.write(move |store| store.raise_call(id, resident)), Message::Raised)
    }

    /// Handles the result of saving a call. An unsaved call still rings at this screen and is
    /// saved again later.
    pub(super) fn call_raised(&mut self, done: &Result<()>) -> Task<Message> {
        if let Err(error) = done {
            tracing::error!("a call for help was not written: {error}");
            // It is retried, so staff need no notice.
            let _ = self.cx.store.take_failure();
        }
        if let Some(call) = &mut self.call {
            call.lost = done.is_err();
        }
        Task::none()
    }

    /// Saves a call that could not be saved before, with the same identifier.
    pub(super) fn retry_call(&mut self) -> Task<Message> {
        match &mut self.call {
            Some(call) if call.lost => call.lost = false,
            _ => return Task::none(),
        }
        self.write_call()
    }

    pub(super) fn end_call(&mut self) -> Task<Message> {
        self.close_call(None)
    }

    /// Ends this screen's call. A call that was never saved is saved first, so that the record is
    /// complete.
    fn close_call(&mut self, by: Option<StaffId>) -> Task<Message> {
        let Some(Call { id, resident, .. }) = self.call.take() else { return Task::none() };
        let write = self.cx.store.write(move |store| {
            store.raise_call(id, resident)?;
            store.end_call(id, by)
        });
        Task::perform(write, Message::Written)
    }

    /// Answers the oldest open call on behalf of the staff who are signed in.
    pub(super) fn answer_oldest_call(&mut self) -> Task<Message> {
        let staff = self.cx.staff.as_ref().map(|staff| staff.id);
        let write = self.cx.store.write(move |store| match store.open_calls()?.first() {
            Some(call) => store.end_call(call.id, staff),
            None => Ok(()),
        });
        Task::batch([Task::perform(write, Message::Written), self.ask_waiting()])
    }

    /// Ends this screen's call, answered by `staff`.
    pub(super) fn answer_call(&mut self, staff: StaffId) -> Task<Message> {
        self.close_call(Some(staff))
    }
}
