//! The hub: where the kiosks of a centre meet. A stateless HTTPS API over
//! PostgreSQL; several of it may run beside each other.

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

/// Schemas of kiosks that this hub takes: a hub is upgraded before its kiosks.
pub const SCHEMAS: std::ops::RangeInclusive<u32> = 5..=daycare_sync::SCHEMA;

/// Why a call is not answered as it wished.
#[derive(Debug)]
pub enum Refusal {
    /// The protocol says why; the kiosk knows what to do.
    Protocol(Refused),
    /// No valid certificate, or none at all.
    Stranger,
    /// Something is wrong here; the kiosk tries again later.
    Broken(String),
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        Self::Protocol(refused)
    }
}

impl From<tokio_postgres::Error> for Refusal {
    fn from(error: tokio_postgres::Error) -> Self {
        // What the database says may hold what it was asked to store.
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

/// What a handler answers.
type Answer<T> = std::result::Result<T, Refusal>;
