//! The one error type. It is `Clone`, so results travel in messages.

use std::path::PathBuf;

use thiserror::Error;

/// `Result` of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong, in words for staff: what happened and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Error {
    /// The queue to the store is full.
    #[error("the store is busy; try again in a moment")]
    Busy,
    /// The store's thread has ended.
    #[error("the store has stopped; restart the program")]
    StoreStopped,
    /// SQLite said no.
    #[error("database: {0}")]
    Database(String),
    /// The database did not pass its check.
    #[error("database {} is damaged: {what}", path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What the check said.
        what: String,
    },
    /// A file could not be read or written.
    #[error("{}: {what}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        what: String,
    },
    /// The whole input is refused.
    #[error("{0}")]
    Refused(String),
    /// No such row.
    #[error("{0} not found")]
    NotFound(&'static str),
    /// This account may not do that.
    #[error("not allowed for this account; ask the manager")]
    NotAllowed,
    /// Accounts are kept by another kiosk of the centre.
    #[error("the accounts of the staff are kept on another machine of the centre")]
    AccountsElsewhere,
    /// A rule of the centre forbids it.
    #[error("{0}")]
    Rule(&'static str),
    /// Our own fault.
    #[error("internal error: {0}")]
    Internal(String),
}

impl Error {
    /// A file error with its path.
    pub fn file(path: impl Into<PathBuf>, what: impl std::fmt::Display) -> Self {
        Self::File { path: path.into(), what: what.to_string() }
    }
}
