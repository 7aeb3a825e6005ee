//! What this account may not see: a lock, and whom to ask.

use daycare_core::access::Permission;

use crate::ui::screens::Action;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::widgets::Element;

use super::frame::{Nav, Place};

/// A closed door.
#[derive(Debug)]
pub struct Locked {
    what: Permission,
}

/// What happened here.
#[derive(Debug, Clone)]
pub enum Message {
    /// The navigation.
    Nav(Nav),
}

impl Locked {
    /// The door to something.
    #[must_use]
    pub fn new(what: Permission) -> Self {
        Self { what }
    }

    /// Follows a message.
    pub fn update(message: &Message) -> Action<Message> {
        let Message::Nav(nav) = message;
        (*nav).into()
    }

    /// Draws the screen.
    pub fn view<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let place = match self.what {
            Permission::Health => Place::Clinic,
            Permission::Merge => Place::Residents,
            _ => Place::Settings,
        };
        let locked = ui.locked(self.what);
        ui.page(place, &ui.tr("locked-title"), locked, Message::Nav)
    }
}
