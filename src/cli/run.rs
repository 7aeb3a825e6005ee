//! `kiosk run`: opens the window.

use std::time::Duration;

use daycare_core::audit::Actor;
use daycare_core::clock::Clock;
use daycare_store::paths::Paths;
use daycare_store::{Store, backup, setting};

use super::context::{Context, lock};
use crate::app::fit::Remembered;
use crate::app::{self, Devices, Start, presets};
use crate::config::Mode;
use crate::devices::printer::Printer;
use crate::devices::sound::Sound;
use crate::error::{Error, Result};
use crate::sync_client::Link;
use crate::ui::theme::Shape;

#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(context: &Context, _args: &Args) -> Result<()> {
    let Some(_lock) = lock(&context.paths)? else {
        return context.answer(
            &serde_json::json!({ "running": true }),
            "the kiosk is already running on this data folder",
        );
    };
    // This process holds the lock, so any unfinished backup or restore was interrupted.
    if let Err(error) = backup::remove_leftovers(&context.paths) {
        tracing::warn!("leftovers of a backup: {error}");
    }
    let (paths, clock) = (context.paths.clone(), context.clock.clone());
    let open = move || opened(&paths, &clock);
    let cx = presets::opening(&context.paths, context.clock.clone(), context.config.clone(), open)?;
    let devices = Devices { sound: Sound::new(context.config.sound.volume), printer: Printer::find() };
    let sync = &context.config.sync;
    let _link = sync.enabled.then(|| {
        let poll = Duration::from_secs(sync.poll_seconds);
        Link::start(cx.store.apart(), context.paths.clone(), context.clock.clone(), poll)
    });
    let start = Start { cx, devices };
    app::application(move || start.clone())
        .window(window(context))
        .run()
        .map_err(|e| Error::Internal(format!("window: {e}")))
}

/// Window settings: a kiosk covers the screen. The window stays resizable because a window
/// manager honours a fixed size before full screen.
fn window(context: &Context) -> iced::window::Settings {
    let kiosk = context.config.mode == Mode::Kiosk;
    let fullscreen = kiosk && context.config.screen.fullscreen;
    let size = if kiosk { Shape::Portrait.size() } else { Remembered::read(&context.paths.window()) };
    iced::window::Settings {
        size,
        fullscreen,
        decorations: !fullscreen,
        exit_on_close_request: false,
        ..iced::window::Settings::default()
    }
}

/// Opens the store. A damaged database is set aside and replaced by the newest good backup,
/// and staff are told on the screen. Without a backup nothing is touched.
fn opened(paths: &Paths, clock: &Clock) -> Result<Store> {
    let what = match Store::open(paths, clock) {
        Err(Error::Damaged { detail, .. }) => detail,
        opened_or_failed => return opened_or_failed,
    };
    let recovery = backup::recover(paths, clock)?;
    let notice = serde_json::json!({
        "what": what,
        "set_aside": recovery.set_aside,
        "restored": recovery.restored,
    });
    let mut store = Store::open(paths, clock)?;
    store.set_setting(Actor::Program, setting::DAMAGE_NOTICE, &notice.to_string())?;
    Ok(store)
}
