//! Writes that failed after their screen was closed: kept until staff can be shown.

use iced::Task;

use super::state::{App, Message};
use crate::error::Error;
use crate::ui::screens::strip::Strip;

impl App {
    /// Records a failed write whose screen has been closed. Staff see it at once if they are
    /// signed in, otherwise when they next unlock.
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

    /// Shows staff the failed write, if there is one.
    pub(super) fn tell_failure(&mut self) {
        let Some(error) = self.untold.take() else { return };
        let why = self.cx.i18n.error(&error);
        let words = self.cx.i18n.tr_with("strip-not-saved", &[("why", why.into())]);
        self.strip = Some(Strip::note(words, &self.cx));
    }
}
