//! What everyone else sees of the store: two queues and futures.

use std::sync::mpsc::{SyncSender, TrySendError};

use futures::channel::oneshot;
use futures::future::{BoxFuture, FutureExt};

use super::Store;
use super::thread::{self, Job};
use crate::error::{Error, Result};

/// A door to the store. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct StoreHandle {
    writer: SyncSender<Job>,
    reader: SyncSender<Job>,
}

impl StoreHandle {
    /// Starts the two threads of a store: one writes, one reads.
    ///
    /// # Errors
    /// The second connection or a thread cannot be made.
    pub fn start(store: Store) -> Result<Self> {
        let reader = Store::open_read_only(store.paths(), store.clock())?;
        Ok(Self {
            writer: thread::spawn("kiosk-store", store)?,
            reader: thread::spawn("kiosk-read", reader)?,
        })
    }

    /// Sends work that writes. The future resolves once it is on disk.
    ///
    /// The work is queued when the future is first polled; it may land even if
    /// the future is dropped, so every write can be repeated.
    pub fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store) -> Result<T> + Send + 'static,
    ) -> BoxFuture<'static, Result<T>> {
        run(self.writer.clone(), work)
    }

    /// Sends work that only reads, past any waiting writes.
    pub fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store) -> Result<T> + Send + 'static,
    ) -> BoxFuture<'static, Result<T>> {
        run(self.reader.clone(), work)
    }
}

fn run<T: Send + 'static>(
    queue: SyncSender<Job>,
    work: impl FnOnce(&mut Store) -> Result<T> + Send + 'static,
) -> BoxFuture<'static, Result<T>> {
    let (reply, answer) = oneshot::channel();
    let job: Job = Box::new(move |store| {
        // Nobody waiting any more is fine: the work itself is done.
        drop(reply.send(work(store)));
    });
    let answer = async move {
        queue.try_send(job).map_err(|e| match e {
            TrySendError::Full(_) => Error::Busy,
            TrySendError::Disconnected(_) => Error::StoreStopped,
        })?;
        answer.await.map_err(|_| Error::Internal("a store job panicked".into()))?
    };
    answer.boxed()
}
