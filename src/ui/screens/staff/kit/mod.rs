//! The parts that staff screens are made of. A screen draws with a [`Ui`] and with
//! nothing else; `UI_GUIDELINES.md` says which part is for what.

mod form;
mod lists;
mod loadable;
mod strips;
mod toolbar;
mod ui;

pub use form::Form;
pub use loadable::Loadable;
pub use strips::Feedback;
pub use toolbar::Toolbar;
pub use ui::Ui;
