//! The demo of a centre that is not set up yet: its own records stay untouched.

use iced::Task;

use super::presets;
use super::state::{App, Message};
use crate::ui::screens::strip::Strip;

impl App {
    /// Shows the demo centre, which lives in a folder of its own.
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

    /// Back from the demo to the centre itself.
    pub(super) fn end_demo(&mut self) -> Task<Message> {
        // A demo that was started as one ends with the program.
        let Some(home) = self.home.take() else { return iced::exit() };
        self.forget_visitor();
        (self.parked, self.call, self.strip) = (None, None, None);
        self.cx = *home;
        Task::batch([self.begin(), self.read_photos()])
    }

    /// Its folder cannot be opened or filled: back, and staff are told why.
    pub(super) fn demo_failed(&mut self, error: &crate::error::Error) -> Task<Message> {
        let back = self.end_demo();
        self.strip = Some(Strip::note(self.cx.i18n.error(error), &self.cx));
        back
    }
}
