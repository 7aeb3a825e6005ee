//! Makes the window cover the screen. Without a window manager nothing resizes the window to
//! the monitor, or reports that the monitor was rotated, so this module does.

use std::time::Duration;

use iced::{Size, Subscription, window};

/// The window size of a caregivers' desk PC, as stored in the data folder.
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
pub struct Remembered {
    width: f32,
    height: f32,
}

/// Default desk window: fits a 1366 x 768 laptop with its panels.
const DESK: Size = Size::new(1280.0, 680.0);

impl From<Size> for Remembered {
    fn from(size: Size) -> Self {
        Self { width: size.width, height: size.height }
    }
}

impl Remembered {
    /// Reads the stored size in logical pixels; the default if the file is missing or the size is
    /// absurd.
    #[must_use]
    pub fn read(file: &std::path::Path) -> Size {
        let text = daycare_store::paths::read_small(file);
        let kept: Option<Self> = text.and_then(|text| serde_json::from_str(&text).ok());
        let sane =
            |one: &Self| (640.0..=8192.0).contains(&one.width) && (400.0..=8192.0).contains(&one.height);
        kept.filter(sane).map_or(DESK, |one| Size::new(one.width, one.height))
    }

    pub(super) fn write(self, file: &std::path::Path) -> crate::error::Result<()> {
        let text = serde_json::to_string(&self).map_err(|e| crate::error::Error::Internal(e.to_string()))?;
        daycare_store::paths::write_small(file, &text)
    }
}

/// What is known of how the window fits the monitor.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fit {
    pub(super) id: Option<window::Id>,
    /// Window size in logical pixels of the desktop, before the UI scale.
    pub(super) window: Size,
    pub(super) state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum State {
    /// The window does not have to cover the screen.
    #[default]
    Free,
    /// Not known yet: the number of checks since the window opened.
    Checking(u8),
    /// A window manager or compositor keeps the window full screen.
    Managed,
    /// No window manager: the monitor is polled and the window resized to it.
    Alone,
}

/// Checks before concluding that there is no window manager; one may still be starting.
pub(super) const LOOKS: u8 = 4;
/// Pixels that rounding may cost when window and monitor sizes are compared.
pub(super) const SLACK: f32 = 2.0;

impl Fit {
    /// Polls the monitor while it is unknown whether there is a window manager, and for as long
    /// as there is none.
    pub(super) fn subscription(&self) -> Subscription<()> {
        let look = |every: u64| iced::time::every(Duration::from_millis(every)).map(|_| ());
        match self.state {
            State::Checking(_) => look(400),
            State::Alone => look(3_000),
            State::Free | State::Managed => Subscription::none(),
        }
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
