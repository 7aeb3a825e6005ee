//! Resident screens: no scrolling, no typing, one question per screen.

pub mod activities;
pub mod book;
pub mod booked;
pub mod calling;
pub mod cancel_appointment;
pub mod closing;
pub mod confirm;
pub mod display;
pub mod first_page;
pub mod help;
pub mod keypad;
pub mod leave;
pub mod my_day;
pub mod notice;
pub mod page;
pub mod phone;
pub mod photo;
pub mod queue_number;
pub mod still_there;
pub mod success;
pub mod surname;
pub mod ticket_stub;
pub mod trouble;
pub mod volunteer_shift;
