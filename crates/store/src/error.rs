//! The error type of this crate. It is `Clone`, so that results can travel in messages.
//! `Display` is English, for the log; people read it in their language (`I18n::error` of the kiosk).

use std::path::PathBuf;

use thiserror::Error;

pub use daycare_core::fault::{DatabaseFault, FileFault, Refusal, Thing};
pub use daycare_core::rule::Rule;

/// `Result` of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// Why an operation failed.
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
    /// The database failed its integrity check.
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
        /// A name or number that belongs to the fault, or the message of the operating system.
        detail: String,
    },
    /// The whole input or command is refused.
    #[error("{refusal}{}", in_brackets(detail))]
    Refused {
        /// Why.
        refusal: Refusal,
        /// A name or number that belongs to the refusal.
        detail: String,
    },
    /// The command line was used wrongly. Never reaches a screen.
    #[error("{0}")]
    Usage(String),
    /// The row does not exist.
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
    /// A bug in the program.
    #[error("internal error: {0}")]
    Internal(String),
}

fn in_brackets(detail: &str) -> String {
    if detail.is_empty() { String::new() } else { format!(" ({detail})") }
}

impl Error {
    /// An error of the operating system about a file.
    pub fn file(path: impl Into<PathBuf>, error: impl std::borrow::Borrow<std::io::Error>) -> Self {
        let error = error.borrow();
        Self::File { path: path.into(), fault: error.into(), detail: error.to_string() }
    }

    /// A file whose content is wrong.
    pub fn bad_file(path: impl Into<PathBuf>, fault: FileFault, detail: impl Into<String>) -> Self {
        Self::File { path: path.into(), fault, detail: detail.into() }
    }

    /// A whole input or command is refused.
    pub fn refused(refusal: Refusal, detail: impl Into<String>) -> Self {
        Self::Refused { refusal, detail: detail.into() }
    }
}

/// Maps SQLite's codes. On a full disk, the log of the database cannot be extended; SQLite
/// reports that as an I/O error about the size of the shared memory.
fn fault_of(error: &rusqlite::Error) -> DatabaseFault {
    use rusqlite::ErrorCode as Code;
    use rusqlite::ffi;
    let rusqlite::Error::SqliteFailure(failure, _) = error else { return DatabaseFault::Other };
    match (failure.code, failure.extended_code) {
        (Code::DiskFull, _) | (_, ffi::SQLITE_IOERR_SHMSIZE) => DatabaseFault::Full,
        (Code::DatabaseBusy | Code::DatabaseLocked, _) => DatabaseFault::Locked,
        (Code::ReadOnly | Code::PermissionDenied, _) => DatabaseFault::ReadOnly,
        (Code::CannotOpen, _) => DatabaseFault::CannotOpen,
        (Code::SystemIoFailure, _) => DatabaseFault::Disk,
        (Code::DatabaseCorrupt | Code::NotADatabase, _) => DatabaseFault::Damaged,
        (
            _,
            ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID,
        ) => DatabaseFault::Duplicate,
        (_, ffi::SQLITE_CONSTRAINT_TRIGGER) => DatabaseFault::Overlap,
        (Code::ConstraintViolation, _) => DatabaseFault::Constraint,
        _ => DatabaseFault::Other,
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        let fault = fault_of(&error);
        // SQLite calls it an I/O error; somebody reading the log needs to see that the disk is
        // full.
        let detail = if fault == DatabaseFault::Full { "disk full".to_owned() } else { error.to_string() };
        Self::Database { fault, detail }
    }
}
