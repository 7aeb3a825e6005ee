//! Imports foreign files: a registry, a sign-in book, an activity plan. The result is domain
//! values, refused rows with their reason, and warnings. Nothing here touches the database.

// Files that others wrote are of any shape: an index may lie outside.
#![cfg_attr(not(test), warn(clippy::indexing_slicing))]

pub mod activity_plan;
pub mod answer;
pub mod cell;
pub mod dates;
pub mod files;
mod grid;
pub mod registry;
pub mod sign_in_book;
pub mod table;
mod weekdays;
pub mod workbook;
