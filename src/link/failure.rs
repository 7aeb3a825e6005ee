//! Why a call to the hub did not work.

use std::fmt;
use std::time::Duration;

use daycare_sync::wire::Refused;

use crate::error::{Error, Refusal};

/// Why it did not work. The kiosk works on.
#[derive(Debug)]
pub enum Failure {
    /// Nobody answers, or not in time.
    Offline(String),
    /// The hub says no.
    Refused(Refused),
    /// The hub asks to come back later.
    Later(Duration),
    /// The hub does not know this kiosk, or the code was used.
    Stranger,
    /// Whoever answers is not the hub that was named.
    NotTheHub,
    /// The certificate has run out or is not there any more, as after a new disk.
    Rejoin,
    /// The hub knows less than it had sent: it was restored from a backup.
    PutBack,
    /// Something is wrong here.
    Broken(String),
}

impl Failure {
    pub(super) fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Later(wait) => Some(*wait),
            _ => None,
        }
    }

    /// One word for it, as it is stored and shown.
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
        Self::refused(Refusal::HubTrouble, trouble.to_string())
    }
}
