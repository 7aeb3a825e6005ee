//! Errors of the hub, for its log and its command line.

use std::path::PathBuf;

/// Why the hub or one of its commands stopped.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// PostgreSQL refused or could not be reached; contains its message.
    #[error("database: {0}")]
    Database(String),
    /// The schema was made by a newer program.
    #[error("the database has schema {0}, which is newer than this program")]
    NewerDatabase(usize),
    /// A file of the certificate authority could not be read or written.
    #[error("{}: {error}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// The message of the operating system.
        error: std::io::Error,
    },
    /// A key or certificate could not be made or read.
    #[error("certificate: {0}")]
    Certificate(String),
    /// An invalid address or invalid use of a command.
    #[error("{0}")]
    Usage(String),
    /// The centre has no kiosk of this identifier.
    #[error("kiosk not found")]
    UnknownKiosk,
    /// A bug in the program.
    #[error("internal error: {0}")]
    Internal(String),
}

/// `Result` of the hub.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error of the operating system about a file.
    pub(crate) fn file(path: impl Into<PathBuf>, error: std::io::Error) -> Self {
        Self::File { path: path.into(), error }
    }
}
