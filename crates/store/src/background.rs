//! Long-running work on a thread of its own, so that the window never waits.

use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::BoxFuture;

use crate::error::{Error, Result};

/// Runs work on a new thread; its result can be waited for without blocking.
pub fn on_thread<T, E>(
    name: &str,
    work: impl FnOnce() -> std::result::Result<T, E> + Send + 'static,
) -> BoxFuture<'static, std::result::Result<T, E>>
where
    T: Send + 'static,
    E: From<Error> + Send + 'static,
{
    let (send, receive) = oneshot::channel();
    let thread: Result<_> = std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || {
            // It does not matter if nobody is waiting any more.
            drop(send.send(work()));
        })
        .map_err(|e| Error::Internal(format!("thread: {e}")));
    async move {
        let _ = thread?;
        receive.await.map_err(|_| Error::Internal("the work was given up".into()))?
    }
    .boxed()
}
