//! The demo before the centre is set up. It never touches the centre's own records.

use iced::Task;

use super::presets;
use super::state::{App, Message};
use crate::ui::screens::strip::Strip;

impl App {
    /// Opens the demo centre, which has a data folder of its own.
    pub(super) fn begin_demo(&mut self) -> Task<Message> {
        if self.home.is_some() {
            return Task::none();
        }
        match presets::demo_of(&self.cx) {
            Ok(cx) => {
                self.home = Some(Box::new(std::mem::replace(&mut self.cx, cx)));
                Task::batch([self.read_centre(), self.read_photos()])
            }
            Err(error) => {
                self.strip = Some(Strip::note(self.cx.i18n.error(&error), &self.cx));
                Task::none()
            }
        }
    }

    /// Returns from the demo to the real centre.
    pub(super) fn end_demo(&mut self) -> Task<Message> {
        // `kiosk demo` has no real centre to return to: ending the demo exits the program.
        let Some(home) = self.home.take() else { return iced::exit() };
        self.forget_visitor();
        self.parked.clear();
        (self.call, self.strip) = (None, None);
        self.cx = *home;
        Task::batch([self.begin(), self.read_photos()])
    }

    /// Returns to the real centre when the demo folder could not be opened or filled, and shows
    /// staff why.
    pub(super) fn demo_failed(&mut self, error: &crate::error::Error) -> Task<Message> {
        let back = self.end_demo();
        self.strip = Some(Strip::note(self.cx.i18n.error(error), &self.cx));
        back
    }
}
