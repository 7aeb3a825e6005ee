//! Screens, one module each: state, messages and actions. A screen knows nothing above it;
//! what it may ask for is the closed list in `action`.

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
pub use route::{Among, ClosingSentence, Route, Trouble, Wish, next_route};
pub use screen::{Screen, Side, Unfinished, Whose};
