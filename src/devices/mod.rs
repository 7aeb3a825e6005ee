//! Attached devices. A missing device is never an error.

pub mod cuff;
pub mod monitor;
pub mod printer;
pub mod scanner;
pub mod sound;
pub mod usb;
