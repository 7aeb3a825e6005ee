//! Window events.

use iced::{Point, Size, Task, window};

use super::fit::{LOOKS, Remembered, SLACK, State};
use super::state::{App, Message};
use crate::config::Mode;
use crate::devices::monitor::{self, Covering};

impl App {
    /// Closes without asking. A full-screen kiosk cannot be closed; a desk PC stores its window
    /// size.
    fn close(&self) -> Task<Message> {
        if self.cx.config.mode == Mode::Kiosk && self.cx.config.screen.fullscreen {
            return Task::none();
        }
        let (file, size) = (self.cx.paths.window(), self.fit.window);
        let keep =
            daycare_store::background::on_thread("kiosk-window", move || Remembered::from(size).write(&file));
        Task::future(keep).then(|kept| {
            if let Err(error) = kept {
                tracing::warn!("window: {error}");
            }
            iced::exit()
        })
    }

    /// Handles the window's messages.
    pub(super) fn window_message(&mut self, message: &Message) -> Task<Message> {
        match message {
            Message::Opened(id) => self.opened(*id),
            Message::Look => {
                let Some(id) = self.fit.id else { return Task::none() };
                let ask = Task::future(async { monitor::covering() });
                let scale = move |covering| {
                    window::scale_factor(id).map(move |scale| Message::Covering(covering, scale))
                };
                return ask.then(scale);
            }
            Message::Covering(covering, desktop) => return self.covering(*covering, *desktop),
            Message::CloseAsked => return self.close(),
            Message::Resized(size) => {
                self.fit.window = Size::new(size.width * self.scale, size.height * self.scale);
                self.resized(*size);
            }
            _ => {}
        }
        Task::none()
    }

    /// Handles the opened window.
    fn opened(&mut self, id: window::Id) {
        let covers = self.cx.config.mode == Mode::Kiosk && self.cx.config.screen.fullscreen;
        self.fit.id = Some(id);
        self.fit.state = if covers { State::Checking(0) } else { State::Free };
    }

    /// Resizes the window to the monitor if there is no window manager; the desktop may have a
    /// scale of its own.
    fn covering(&mut self, covering: Covering, desktop: f32) -> Task<Message> {
        let Some(id) = self.fit.id else { return Task::none() };
        self.fit.state = match (self.fit.state, covering) {
            (State::Checking(looks), _) if looks < LOOKS => State::Checking(looks + 1),
            (_, Covering::Managed) => State::Managed,
            (_, Covering::Alone(..)) => State::Alone,
        };
        let Covering::Alone(width, height) = covering else { return Task::none() };
        #[expect(clippy::cast_precision_loss, reason = "a monitor has fewer pixels than that")]
        let whole = Size::new(width as f32 / desktop, height as f32 / desktop);
        let window = self.fit.window;
        let fits =
            (whole.width - window.width).abs() <= SLACK && (whole.height - window.height).abs() <= SLACK;
        if fits {
            return Task::none();
        }
        let size = Size::new(whole.width / self.scale, whole.height / self.scale);
        Task::batch([window::move_to(id, Point::ORIGIN), window::resize(id, size)])
    }
}
