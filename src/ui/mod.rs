//! The user interface: `theme` has colours and measures, `widgets` the parts, `screens` the
//! pages.

pub mod screens;
pub mod theme;
pub mod widgets;
