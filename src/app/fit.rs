//! The window covers the screen. A window manager sees to that; where there is
//! none, nobody makes the window as large as the monitor, and nobody tells it
//! when the monitor is turned.

use std::time::Duration;

use iced::{Point, Size, Subscription, Task, window};

use super::{App, Message};
use crate::config::Mode;

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
        let text = crate::storage::paths::read_small(file);
        let kept: Option<Self> = text.and_then(|text| serde_json::from_str(&text).ok());
        let sane =
            |one: &Self| (640.0..=8192.0).contains(&one.width) && (400.0..=8192.0).contains(&one.height);
        kept.filter(sane).map_or(DESK, |one| Size::new(one.width, one.height))
    }

    fn write(self, file: &std::path::Path) -> crate::error::Result<()> {
        let text = serde_json::to_string(&self).map_err(|e| crate::error::Error::Internal(e.to_string()))?;
        crate::storage::paths::write_small(file, &text)
    }
}

/// How the window and the monitor fit together.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fit {
    id: Option<window::Id>,
    /// The window in physical pixels.
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
    /// A window manager covers the screen with it.
    Managed,
    /// There is no window manager: the monitor is looked at again and again.
    Alone,
}

/// A window manager has covered the screen after this many looks.
const LOOKS: u8 = 4;
/// Physical pixels that rounding may cost.
const SLACK: f32 = 2.0;

impl Fit {
    /// The monitor is looked at while it is not known who covers it, and for ever
    /// where nobody else does.
    pub(super) fn subscription(&self) -> Subscription<Message> {
        let look =
            |every: u64| iced::time::every(Duration::from_millis(every)).map(|_| Message::Monitor(None));
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
        let keep = crate::thread::on_thread("kiosk-window", move || Remembered::from(size).write(&file));
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
            Message::Monitor(size) => return self.monitor(*size),
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

    /// How large the monitor is, in logical pixels; `None` asks.
    fn monitor(&mut self, size: Option<Size>) -> Task<Message> {
        let Some(id) = self.fit.id else { return Task::none() };
        let Some(size) = size else {
            return window::monitor_size(id).map(|size| Message::Monitor(Some(size.unwrap_or(Size::ZERO))));
        };
        if size.width < 1.0 {
            return Task::none();
        }
        let monitor = Size::new(size.width * self.scale, size.height * self.scale);
        let fits = (monitor.width - self.fit.window.width).abs() <= SLACK
            && (monitor.height - self.fit.window.height).abs() <= SLACK;
        self.fit.state = match (self.fit.state, fits) {
            (State::Checking(_), true) => State::Managed,
            (State::Checking(looks), false) if looks < LOOKS => State::Checking(looks + 1),
            (State::Checking(_), false) => State::Alone,
            (state, _) => state,
        };
        if fits || self.fit.state != State::Alone {
            return Task::none();
        }
        Task::batch([window::move_to(id, Point::ORIGIN), window::resize(id, size)])
    }
}
