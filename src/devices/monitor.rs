//! The monitor of an X display that has no window manager. There nobody makes a
//! window as large as the monitor, and nobody says when the monitor is turned.

use x11rb::connection::Connection as _;
use x11rb::protocol::randr::ConnectionExt as _;
use x11rb::protocol::xproto::{AtomEnum, ConnectionExt as _};

/// Whether somebody covers the screen with a window that asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Covering {
    /// A window manager or a Wayland compositor.
    Managed,
    /// Nobody: the window must take these physical pixels itself.
    Alone(u32, u32),
}

/// Asks the display; takes about a millisecond.
#[must_use]
pub fn covering() -> Covering {
    if std::env::var_os("WAYLAND_DISPLAY").is_some_and(|name| !name.is_empty()) {
        return Covering::Managed;
    }
    ask().unwrap_or(Covering::Managed)
}

fn ask() -> Option<Covering> {
    let (display, screen) = x11rb::connect(None).ok()?;
    let screen = display.setup().roots.get(screen)?;
    // Every window manager leaves its own window's name at the root.
    let sign = display.intern_atom(false, b"_NET_SUPPORTING_WM_CHECK").ok()?.reply().ok()?.atom;
    let manager =
        display.get_property(false, screen.root, sign, AtomEnum::WINDOW, 0, 1).ok()?.reply().ok()?;
    if manager.value_len > 0 {
        return Some(Covering::Managed);
    }
    let whole = (u32::from(screen.width_in_pixels), u32::from(screen.height_in_pixels));
    let monitors = display.randr_get_monitors(screen.root, true).ok().and_then(|asked| asked.reply().ok());
    let first = monitors.and_then(|known| known.monitors.into_iter().find(|one| one.x == 0 && one.y == 0));
    let (width, height) = first.map_or(whole, |one| (u32::from(one.width), u32::from(one.height)));
    Some(Covering::Alone(width, height))
}
