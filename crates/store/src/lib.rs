//! The only place that names rusqlite: one folder per table, one `.sql` per
//! statement. [`Store`] is one connection; [`handle::StoreHandle`] is what the
//! screens see.

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
