//! What people see and touch: `theme` the measures and colours, `widgets` the
//! parts, `screens` the pages.

pub mod screens;
pub mod theme;
pub mod widgets;
