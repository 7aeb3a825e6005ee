//! Reading other people's files: a registry, a sign-in book. What comes out is
//! domain values, refused rows with their reason, and warnings. Nothing here
//! touches the database.

pub mod answer;
pub mod cell;
pub mod dates;
mod grid;
pub mod places;
pub mod registry;
pub mod roster;
pub mod table;
pub mod visits;
mod weekdays;
pub mod workbook;
