//! `kiosk run`: opens the window.

use std::fs::File;

use super::Context;
use crate::error::{Error, Result};
use crate::storage::paths::Paths;

#[derive(Debug, clap::Args)]
pub struct Args {}

/// The lock of the one running kiosk; `None` if another one holds it.
pub fn lock(paths: &Paths) -> Result<Option<File>> {
    paths.create()?;
    let path = paths.lock();
    let file = File::create(&path).map_err(|e| Error::file(&path, e))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(std::fs::TryLockError::WouldBlock) => Ok(None),
        Err(std::fs::TryLockError::Error(e)) => Err(Error::file(&path, e)),
    }
}

pub fn run(_context: &Context, _args: &Args) -> Result<()> {
    Err(Error::Refused("the window is not built yet".into()))
}
