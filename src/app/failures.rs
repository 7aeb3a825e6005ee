//! Writes that failed after the screen that asked for them was left: kept until
//! staff can be told.

use iced::Task;

use super::state::{App, Message};
use crate::error::Error;
use crate::ui::screens::strip::Strip;

impl App {
    /// A write failed, and the screen that asked for it has gone: staff are told
    /// wherever they are by now, or when they come.
    pub(super) fn failed_unseen(&mut self, error: Option<Error>) -> Task<Message> {
        let failed = self.cx.store.take_failure();
        let Some(error) = error.or(failed) else { return Task::none() };
        tracing::error!("a write failed: {error}");
        self.untold = Some(error);
        if self.cx.staff.is_some() {
            self.tell_failure();
        }
        Task::none()
    }

    /// Tells staff of a write that failed unseen.
    pub(super) fn tell_failure(&mut self) {
        let Some(error) = self.untold.take() else { return };
        let why = self.cx.i18n.error(&error);
        let words = self.cx.i18n.tr_with("strip-not-saved", &[("why", why.into())]);
        self.strip = Some(Strip::note(words, &self.cx));
    }
}
