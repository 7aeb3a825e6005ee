//! The thread that owns a connection: a bounded queue of jobs.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use crate::connection::Store;
use crate::error::{Error, Result};

/// Work for the owner of a connection.
pub(crate) type Job = Box<dyn FnOnce(&mut Store) + Send>;

/// Most jobs that may wait. More than this means that something is wrong; answering "busy" is
/// better than a growing queue that nobody sees.
const QUEUE: usize = 64;

/// Starts a thread that opens a store and owns it; jobs wait meanwhile. If the store cannot be
/// opened, the thread ends and every job fails. The thread ends with its last sender.
pub(crate) fn spawn(
    name: &str,
    open: impl FnOnce() -> Result<Store> + Send + 'static,
) -> Result<SyncSender<Job>> {
    let (sender, receiver) = sync_channel(QUEUE);
    let _ = std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || match open() {
            Ok(store) => serve(store, &receiver),
            Err(error) => tracing::error!("the store does not open: {error}"),
        })
        .map_err(|e| Error::Internal(format!("thread {name}: {e}")))?;
    Ok(sender)
}

fn serve(mut store: Store, jobs: &Receiver<Job>) {
    while let Ok(job) = jobs.recv() {
        // A panic in one job must not end the store. Its transaction rolls back as it unwinds,
        // and the caller gets an error.
        if catch_unwind(AssertUnwindSafe(|| job(&mut store))).is_err() {
            tracing::error!("a store job panicked");
        }
    }
}
