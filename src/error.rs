//! The one error type, and the codes that stand in it. It lives with the store,
//! whose `?` makes it from what SQLite says.

pub use daycare_core::fault::{DatabaseFault, FileFault, Refusal, Thing};
pub use daycare_core::rule::Rule;
pub use daycare_store::error::{Error, Result};
