//! The hub, through which the kiosks of a centre sync. A stateless HTTPS API over PostgreSQL;
//! several instances may run side by side.

#![warn(clippy::string_slice)]

mod affected;
pub mod authority;
pub mod cli;
pub mod database;
mod enrol;
pub mod error;
mod forget;
mod metrics;
pub mod operator;
mod pull;
mod push;
mod rate;
pub mod server;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use daycare_sync::wire::Refused;

use error::Error;

/// Schema versions of kiosks that this hub accepts. A hub must be upgraded before its kiosks.
pub const SCHEMAS: std::ops::RangeInclusive<u32> = 5..=daycare_sync::SCHEMA;

/// Why a request is not fulfilled.
#[derive(Debug)]
pub enum Refusal {
    /// A reason defined by the protocol, which the kiosk knows how to handle.
    Protocol(Refused),
    /// The caller has no valid certificate.
    Stranger,
    /// A failure of the hub; the kiosk tries again later.
    Broken(String),
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        Self::Protocol(refused)
    }
}

impl From<tokio_postgres::Error> for Refusal {
    fn from(error: tokio_postgres::Error) -> Self {
        // The database's message may contain the data that it was asked to store.
        let said = error.as_db_error().map_or_else(
            || error.to_string(),
            |db| format!("{} {}", db.code().code(), db.constraint().unwrap_or_default()),
        );
        Self::Broken(said)
    }
}

impl From<deadpool_postgres::PoolError> for Refusal {
    fn from(error: deadpool_postgres::PoolError) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Broken(error.to_string())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let refused = match self {
            Self::Protocol(refused) => refused,
            Self::Stranger => return StatusCode::UNAUTHORIZED.into_response(),
            Self::Broken(why) => {
                tracing::error!(why, "a call failed");
                return StatusCode::SERVICE_UNAVAILABLE.into_response();
            }
        };
        let status = match refused {
            Refused::Gap { .. } | Refused::Fork { .. } => StatusCode::CONFLICT,
            Refused::Revoked | Refused::SnapshotRequired => StatusCode::GONE,
            Refused::Wipe => StatusCode::FORBIDDEN,
            Refused::Schema { .. } => StatusCode::UPGRADE_REQUIRED,
            Refused::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Refused::BadBody => StatusCode::BAD_REQUEST,
        };
        let mut response = (status, Json(refused)).into_response();
        if status == StatusCode::TOO_MANY_REQUESTS {
            let _ = response.headers_mut().insert("retry-after", axum::http::HeaderValue::from_static("5"));
        }
        response
    }
}

/// Result of a handler.
type Answer<T> = std::result::Result<T, Refusal>;
