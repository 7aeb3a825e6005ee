//! The sync client. It runs on a thread of its own and never blocks the screens: without a
//! hub or network everything works, and sync catches up later.

mod failure;
mod identity;
mod join;
mod pace;
mod round;
mod wire;

use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

use daycare_core::clock::Clock;
use daycare_store::handle::StoreHandle;
use daycare_store::paths::Paths;
pub use failure::Failure;
pub use identity::Identity;
pub use join::{enrol, join, join_and_sync, leave};
pub use round::{Done, invite, once};

/// A thread that syncs until this is dropped.
#[derive(Debug)]
pub struct Link {
    // Dropping the sender ends the thread.
    _end: SyncSender<()>,
}

/// How often unsent edits are looked for.
const LOOK: Duration = Duration::from_secs(2);

impl Link {
    /// Starts syncing in the background; does nothing while no hub is joined.
    #[must_use]
    pub fn start(store: StoreHandle, paths: Paths, clock: Clock, poll: Duration) -> Self {
        let (end, ended) = sync_channel(1);
        let thread = std::thread::Builder::new().name("kiosk-sync".into());
        if let Err(error) = thread.spawn(move || run(&store, &paths, &clock, poll, &ended)) {
            tracing::error!("sync does not run: {error}");
        }
        Self { _end: end }
    }
}

fn run(store: &StoreHandle, paths: &Paths, clock: &Clock, poll: Duration, ended: &Receiver<()>) {
    let mut pace = pace::Pace::new(poll);
    let mut last = clock.monotonic();
    // The first sync is delayed: after a power cut a whole street of kiosks starts at once.
    let mut wait = pace.begin();
    loop {
        match ended.recv_timeout(LOOK) {
            Err(RecvTimeoutError::Timeout) => {}
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
        }
        let Ok(Some(identity)) = Identity::load(paths) else {
            round::note_lost(store);
            continue;
        };
        let fresh = !pace.is_waiting() && round::has_unsent(store);
        if !fresh && clock.monotonic().saturating_sub(last) < wait {
            continue;
        }
        last = clock.monotonic();
        wait = match once(store, &identity, paths) {
            Ok(_) => pace.went_well(),
            Err(failure) => {
                tracing::warn!("sync: {failure}");
                pace.went_wrong(failure.retry_after())
            }
        };
    }
}
