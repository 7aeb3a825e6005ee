//! The one error type. It is `Clone`, so results travel in messages. `Display`
//! is English, for the log; people read [`Error::message`] in their language.

use std::path::PathBuf;

use thiserror::Error;

pub use crate::domain::fault::{DatabaseFault, FileFault, Refusal, Thing};
pub use crate::domain::rule::Rule;

/// `Result` of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Error {
    /// The queue to the store is full.
    #[error("the store is busy")]
    Busy,
    /// The store's thread has ended.
    #[error("the store has stopped")]
    StoreStopped,
    /// SQLite refused or failed.
    #[error("database: {fault}: {detail}")]
    Database {
        /// Which kind of failure.
        fault: DatabaseFault,
        /// What SQLite said, for the log.
        detail: String,
    },
    /// The database did not pass its check.
    #[error("database {} is damaged: {detail}", path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What the check said, for the log.
        detail: String,
    },
    /// A file could not be read, written or understood.
    #[error("{}: {fault}{}", path.display(), in_brackets(detail))]
    File {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        fault: FileFault,
        /// A name or number that belongs to the fault, or what the system said.
        detail: String,
    },
    /// The whole input or command is refused.
    #[error("{refusal}{}", in_brackets(detail))]
    Refused {
        /// Why.
        refusal: Refusal,
        /// A name or number that belongs to it.
        detail: String,
    },
    /// The command line was used wrongly. Never reaches a screen.
    #[error("{0}")]
    Usage(String),
    /// No such row.
    #[error("{0} not found")]
    NotFound(Thing),
    /// This account may not do that.
    #[error("not allowed for this account")]
    NotAllowed,
    /// Accounts are kept by another kiosk of the centre.
    #[error("the accounts of the staff are kept on another machine of the centre")]
    AccountsElsewhere,
    /// A rule of the centre forbids it.
    #[error("rule: {0}")]
    Rule(Rule),
    /// Our own fault.
    #[error("internal error: {0}")]
    Internal(String),
}

fn in_brackets(detail: &str) -> String {
    if detail.is_empty() { String::new() } else { format!(" ({detail})") }
}

impl Error {
    /// What the system said of a file.
    pub fn file(path: impl Into<PathBuf>, error: impl std::borrow::Borrow<std::io::Error>) -> Self {
        let error = error.borrow();
        Self::File { path: path.into(), fault: error.into(), detail: error.to_string() }
    }

    /// A file with something wrong in it.
    pub fn bad_file(path: impl Into<PathBuf>, fault: FileFault, detail: impl Into<String>) -> Self {
        Self::File { path: path.into(), fault, detail: detail.into() }
    }

    /// A whole input or command is refused.
    pub fn refused(refusal: Refusal, detail: impl Into<String>) -> Self {
        Self::Refused { refusal, detail: detail.into() }
    }
}
