//! Errors of calls to the hub.

use std::fmt;
use std::time::Duration;

use daycare_sync::wire::Refused;

use crate::error::{Error, Refusal};

/// Why a call to the hub failed. The kiosk itself keeps working.
#[derive(Debug)]
pub enum Failure {
    /// There was no answer in time.
    Offline(String),
    /// The hub refused the call.
    Refused(Refused),
    /// The hub is busy and asks to retry after this time.
    Later(Duration),
    /// The hub does not know this kiosk, or the code is used or expired.
    Stranger,
    /// The server's authority is not the one that the code names.
    NotTheHub,
    /// The certificate has expired or is missing, for example after a disk was replaced.
    Rejoin,
    /// The hub's log is behind or different: it was restored from a backup.
    PutBack,
    /// A local error: files, database, certificates, an unexpected answer.
    Broken(String),
}

impl Failure {
    pub(super) fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Later(wait) => Some(*wait),
            _ => None,
        }
    }

    /// A short code for it, as stored and mapped to a message.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Offline(_) | Self::Later(_) => "offline",
            Self::Refused(Refused::Revoked) => "revoked",
            Self::Refused(Refused::Wipe) => "wiped",
            Self::Refused(Refused::Schema { .. }) => "update",
            Self::Stranger => "stranger",
            Self::NotTheHub => "other-hub",
            Self::PutBack => "put-back",
            Self::Rejoin => "rejoin",
            Self::Refused(_) | Self::Broken(_) => "broken",
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Offline(why) => write!(f, "the hub is not to be reached: {why}"),
            Self::Refused(refused) => write!(f, "the hub refuses: {refused:?}"),
            Self::Later(wait) => write!(f, "the hub is busy, again in {} s", wait.as_secs()),
            Self::Stranger => {
                write!(f, "the hub does not know this kiosk, or the code was used or is too old")
            }
            Self::NotTheHub => write!(f, "whoever answers there is not the hub that the code names"),
            Self::Rejoin => {
                write!(f, "this kiosk's certificate is gone or has run out: join again with a new code")
            }
            Self::PutBack => {
                write!(f, "the hub was put back from an older backup: join it again with a new code")
            }
            Self::Broken(why) => write!(f, "{why}"),
        }
    }
}

impl std::error::Error for Failure {}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<Failure> for Error {
    fn from(trouble: Failure) -> Self {
        tracing::warn!("sync: {trouble}");
        // The word has a sentence in every language.
        Self::refused(Refusal::HubTrouble, trouble.word())
    }
}
