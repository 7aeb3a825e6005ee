//! Re-exports the one error type and its codes. It is defined in the store crate, where `?`
//! converts SQLite errors.

pub use daycare_core::fault::{DatabaseFault, FileFault, Refusal, Thing};
pub use daycare_core::rule::Rule;
pub use daycare_store::error::{Error, Result};
