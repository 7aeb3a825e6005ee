//! Resident screens: no scrolling, no typing, one question per screen.

pub mod activities;
pub mod book;
pub mod booked;
pub mod calling;
pub mod confirm;
pub mod display;
pub mod dropping;
pub mod help;
pub mod idle;
pub mod key;
pub mod leave;
pub mod my_day;
pub mod notice;
pub mod number;
pub mod page;
pub mod phone;
pub mod photo;
pub mod said;
pub mod serving;
pub mod still_there;
pub mod stub;
pub mod success;
pub mod surname;
pub mod trouble;
