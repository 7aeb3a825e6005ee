//! Shared by tests and benchmarks: a centre on real files, screens without a window, a hub
//! with a real PostgreSQL, failing networks.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::missing_errors_doc,
    clippy::missing_panics_doc,
    clippy::return_self_not_must_use,
    clippy::should_implement_trait,
    missing_docs,
    reason = "a test stops where something is wrong, may wait, and its helpers are named for what they do"
)]

pub mod centre;
pub mod compare;
pub mod enrolment;
pub mod fleet;
pub mod http_client;
pub mod hub;
pub mod joined;
pub mod postgres;
pub mod proxy;
pub mod random;
pub mod sandbox;
pub mod simulated_hub;
pub mod text_fit;
