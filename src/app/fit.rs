//! The window covers the screen. A window manager sees to that; where there is
//! none, nobody makes the window as large as the monitor, and nobody tells it
//! when the monitor is turned.

use std::time::Duration;

use iced::{Point, Size, Subscription, Task, window};

use super::{App, Message};
use crate::config::Mode;
use crate::devices::monitor::{self, Covering};

/// The size of a caregivers' table, as the data folder keeps it.
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
pub struct Remembered {
    width: f32,
    height: f32,
}

/// Fits a laptop of 1366 by 768 with its bars.
const DESK: Size = Size::new(1280.0, 680.0);

impl From<Size> for Remembered {
    fn from(size: Size) -> Self {
        Self { width: size.width, height: size.height }
    }
}

impl Remembered {
    /// The size kept in a file; the usual one where the file is missing or absurd.
    #[must_use]
    pub fn read(file: &std::path::Path) -> Size {
        let text = daycare_store::paths::read_small(file);
        let kept: Option<Self> = text.and_then(|text| serde_json::from_str(&text).ok());
        let sane =
            |one: &Self| (640.0..=8192.0).contains(&one.width) && (400.0..=8192.0).contains(&one.height);
        kept.filter(sane).map_or(DESK, |one| Size::new(one.width, one.height))
    }

    fn write(self, file: &std::path::Path) -> crate::error::Result<()> {
        let text = serde_json::to_string(&self).map_err(|e| crate::error::Error::Internal(e.to_string()))?;
        daycare_store::paths::write_small(file, &text)
    }
}

/// How the window and the monitor fit together.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fit {
    id: Option<window::Id>,
    /// The window in pixels of the desktop.
    window: Size,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum State {
    /// The window is not to cover the screen.
    #[default]
    Free,
    /// Looked at so often since it opened.
    Checking(u8),
    /// Somebody covers the screen with it.
    Managed,
    /// Nobody does: the monitor is looked at again and again.
    Alone,
}

/// A window manager that is still starting is there after this many looks.
const LOOKS: u8 = 4;
/// Physical pixels that rounding may cost.
const SLACK: f32 = 2.0;

impl Fit {
    /// The monitor is looked at while it is not known who covers it, and for ever
    /// where nobody else does.
    pub(super) fn subscription(&self) -> Subscription<Message> {
        let look = |every: u64| iced::time::every(Duration::from_millis(every)).map(|_| Message::Look);
        match self.state {
            State::Checking(_) => look(400),
            State::Alone => look(3_000),
            State::Free | State::Managed => Subscription::none(),
        }
    }
}

impl App {
    /// Closing asks nobody; a caregivers' table remembers how large it was.
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

    /// What happened to the window.
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

    /// The window is there.
    fn opened(&mut self, id: window::Id) {
        let covers = self.cx.config.mode == Mode::Kiosk && self.cx.config.screen.fullscreen;
        self.fit.id = Some(id);
        self.fit.state = if covers { State::Checking(0) } else { State::Free };
    }

    /// Who covers the screen, and how large it is where the window does; the
    /// desktop may have a scale of its own.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_of_the_desk_is_kept_and_an_absurd_one_is_not_taken() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("window-size");
        assert_eq!(Remembered::read(&file), DESK);
        Remembered::from(Size::new(1500.0, 900.0)).write(&file).expect("written");
        assert_eq!(Remembered::read(&file), Size::new(1500.0, 900.0));
        for absurd in ["{\"width\":3,\"height\":900}", "{\"width\":1e9,\"height\":900}", "x", ""] {
            std::fs::write(&file, absurd).expect("written");
            assert_eq!(Remembered::read(&file), DESK, "{absurd}");
        }
    }
}
