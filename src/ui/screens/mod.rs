//! Screens: one file each. A screen is State + Message + Action; it knows
//! nobody above it, and what it may ask for is a closed list.

pub mod action;
pub mod ctx;
pub mod demo_mark;
pub mod document;
pub mod front;
pub mod resident;
pub mod route;
pub mod screen;
pub mod staff;
pub mod strip;

pub use action::Action;
pub use ctx::{Centre, Ctx, Sight, Waiting};
pub use route::{Among, Route, Saying, Trouble, Wish, next_route};
pub use screen::{Screen, Side};
