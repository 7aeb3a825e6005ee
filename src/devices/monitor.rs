//! The monitor of an X display without a window manager, where nothing resizes windows to the
//! monitor or reports that it was rotated.

use x11rb::connection::Connection as _;
use x11rb::protocol::randr::ConnectionExt as _;
use x11rb::protocol::xproto::{AtomEnum, ConnectionExt as _};

/// Whether a full-screen window is kept at the size of the monitor for us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Covering {
    /// Yes, by a window manager or a Wayland compositor.
    Managed,
    /// No: the window must resize itself to this width and height in physical pixels.
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
    // Every EWMH window manager sets this property on the root window.
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
