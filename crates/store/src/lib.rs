//! Records of a day-care centre in SQLite: the only crate that names rusqlite.
//!
//! One folder a table. A statement longer than a line of 100 characters is a `.sql`
//! file beside its table, so that it can be read and run by itself. [`Store`] is one
//! connection; [`handle::StoreHandle`] queues work for the thread that owns it and is
//! what the screens see.
//!
//! ```
//! use daycare_core::audit::Actor;
//! use daycare_core::clock::Clock;
//! use daycare_core::ids::{ResidentId, VisitId};
//! use daycare_core::resident::{Profile, Resident, Standing};
//! use daycare_core::visit::{CheckIn, Source};
//! use daycare_store::Store;
//! use daycare_store::paths::Paths;
//!
//! # fn main() -> daycare_store::error::Result<()> {
//! let folder = tempfile::tempdir().expect("a folder");
//! let clock = Clock::real(chrono_tz::Asia::Shanghai);
//! let mut store = Store::open(&Paths::new(folder.path()), &clock)?;
//!
//! let profile = Profile { name: "王福全".into(), ..Profile::default() };
//! let resident =
//!     Resident { id: ResidentId::new(), profile, standing: Standing::Active, id_hash: None };
//! store.put_resident(Actor::Cli, &resident, "")?;
//!
//! // The identifier is made by the caller: the same arrival twice is one visit.
//! let arrival = CheckIn {
//!     visit_id: VisitId::new(),
//!     resident_id: resident.id,
//!     at: clock.now(),
//!     source: Source::Card,
//!     services: vec![],
//! };
//! store.check_in(Actor::Resident, &arrival)?;
//! store.check_in(Actor::Resident, &arrival)?;
//! assert_eq!(store.inside()?.len(), 1);
//! # Ok(())
//! # }
//! ```

#![warn(clippy::string_slice)]
#![allow(
    clippy::missing_errors_doc,
    reason = "every call fails with Error::Database where SQLite cannot read or write; a section says what else can go wrong"
)]

pub mod activity;
pub mod appointment;
pub mod audit;
pub mod background;
pub mod backup;
pub mod call;
pub mod card;
pub mod care_plan;
pub mod checkup;
mod clock_check;
mod connection;
pub mod consent;
pub mod duty;
pub mod enrolment;
pub mod error;
pub mod follow_up;
pub mod handle;
pub mod handover;
pub mod import;
pub mod incident;
pub mod merge;
mod migrate;
pub mod notice;
mod open;
mod owner;
pub mod paths;
pub mod phone_number;
pub mod photo;
pub mod privacy;
pub mod reading;
pub mod relative;
pub mod resident;
pub mod room;
pub mod secret;
pub mod service;
pub mod session;
pub mod setting;
pub mod shift;
mod sql;
pub mod staff;
pub mod statistics;
pub mod sync;
pub mod team;
pub mod ticket;
pub mod uptime;
pub mod visit;
pub mod volunteer;
pub mod welfare;

pub use connection::Store;
