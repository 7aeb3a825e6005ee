//! The store as seen by the rest of the program: two queues and futures.

use std::sync::mpsc::{SyncSender, TrySendError};
use std::sync::{Arc, Mutex, PoisonError};

use futures::channel::oneshot;
use futures::future::{BoxFuture, FutureExt};

use crate::background::on_thread;
use crate::connection::Store;
use crate::error::{Error, Result};
use crate::owner::{self, Job};

/// A door to the store. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct StoreHandle {
    writer: SyncSender<Job>,
    reader: SyncSender<Job>,
    /// The last write that failed, until somebody has been shown it.
    failure: Arc<Mutex<Option<Error>>>,
}

impl StoreHandle {
    /// Starts the two threads of a store: one writes, one reads.
    ///
    /// # Errors
    /// A thread cannot be made.
    pub fn start(store: Store) -> Result<Self> {
        Self::opening(move || Ok(store))
    }

    /// Starts the two threads. The first one opens the store, so that checking a large database
    /// does not delay the first screen. Requests meanwhile wait in the queue.
    ///
    /// # Errors
    /// A thread cannot be made.
    pub fn opening(open: impl FnOnce() -> Result<Store> + Send + 'static) -> Result<Self> {
        let (opened, wait) = std::sync::mpsc::sync_channel(1);
        let writer = owner::spawn("kiosk-store", move || {
            let store = open()?;
            // It does not matter if nobody is waiting any more: the reader has ended.
            let _ = opened.send((store.paths().clone(), store.clock().clone()));
            Ok(store)
        })?;
        let reader = owner::spawn("kiosk-read", move || {
            let (paths, clock) = wait.recv().map_err(|_| Error::StoreStopped)?;
            Store::open_read_only(&paths, &clock)
        })?;
        Ok(Self { writer, reader, failure: Arc::default() })
    }

    /// Queues work that writes. The future resolves once the result is on disk.
    ///
    /// The work is queued when the future is first polled. It may run even if the future is
    /// dropped, so every write must be repeatable.
    pub fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store) -> Result<T> + Send + 'static,
    ) -> BoxFuture<'static, Result<T>> {
        let (done, failure) = (run(self.writer.clone(), work), Arc::clone(&self.failure));
        let noted = async move {
            let done = done.await;
            if let Err(error) = &done {
                *failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.clone());
            }
            done
        };
        noted.boxed()
    }

    /// The last write that failed and has not been shown to anybody yet. The requester may have
    /// gone before the answer arrived.
    #[must_use]
    pub fn take_failure(&self) -> Option<Error> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// A handle for a caller that reports failures in its own way, such as sync: its failures
    /// are not shown to staff on the screen.
    #[must_use]
    pub fn apart(&self) -> Self {
        Self { failure: Arc::default(), ..self.clone() }
    }

    /// Queues work that only reads; it does not wait for pending writes.
    pub fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store) -> Result<T> + Send + 'static,
    ) -> BoxFuture<'static, Result<T>> {
        run(self.reader.clone(), work)
    }

    /// Runs long read-only work, such as a backup, on its own thread and connection, so that
    /// neither check-ins nor lists wait for it.
    pub fn beside<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Store) -> Result<T> + Send + 'static,
    ) -> BoxFuture<'static, Result<T>> {
        let opened = self.read(|store| Ok((store.paths().clone(), store.clock().clone())));
        let work = async move {
            let (paths, clock) = opened.await?;
            on_thread("kiosk-beside", move || work(&Store::open_read_only(&paths, &clock)?)).await
        };
        work.boxed()
    }
}

fn run<T: Send + 'static>(
    queue: SyncSender<Job>,
    work: impl FnOnce(&mut Store) -> Result<T> + Send + 'static,
) -> BoxFuture<'static, Result<T>> {
    let (reply, answer) = oneshot::channel();
    let job: Job = Box::new(move |store| {
        // It does not matter if nobody is waiting any more: the work itself is done.
        drop(reply.send(work(store)));
    });
    let answer = async move {
        queue.try_send(job).map_err(|e| match e {
            TrySendError::Full(_) => Error::Busy,
            TrySendError::Disconnected(_) => Error::StoreStopped,
        })?;
        match answer.await {
            Ok(done) => done,
            // The job panicked; the store goes on.
            Err(_) if queue.try_send(Box::new(|_| {})).is_ok() => {
                Err(Error::Internal("a store job panicked".into()))
            }
            Err(_) => Err(Error::StoreStopped),
        }
    };
    answer.boxed()
}
