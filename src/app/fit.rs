//! The window covers the screen. A window manager sees to that; where there is
//! none, nobody makes the window as large as the monitor, and nobody tells it
//! when the monitor is turned.

use std::time::Duration;

use iced::{Size, Subscription, window};

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

    pub(super) fn write(self, file: &std::path::Path) -> crate::error::Result<()> {
        let text = serde_json::to_string(&self).map_err(|e| crate::error::Error::Internal(e.to_string()))?;
        daycare_store::paths::write_small(file, &text)
    }
}

/// How the window and the monitor fit together.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fit {
    pub(super) id: Option<window::Id>,
    /// The window in pixels of the desktop.
    pub(super) window: Size,
    pub(super) state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum State {
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
pub(super) const LOOKS: u8 = 4;
/// Physical pixels that rounding may cost.
pub(super) const SLACK: f32 = 2.0;

impl Fit {
    /// The monitor is looked at while it is not known who covers it, and for ever
    /// where nobody else does.
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
