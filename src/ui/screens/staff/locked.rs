//! Shown instead of a screen this account may not see: a lock, and whom to ask.

use daycare_core::access::Permission;

use crate::ui::screens::staff::kit::Ui;
use crate::ui::screens::{Action, Ctx, Route, Screen, Side};
use crate::ui::theme::Shape;
use crate::ui::widgets::Element;

use super::frame::{Nav, Place};

/// The locked screen.
#[derive(Debug)]
pub struct Locked {
    what: Permission,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// A navigation button was tapped.
    Nav(Nav),
}

impl Screen for Locked {
    type Message = Message;
    const SIDE: Side = Side::Staff;

    fn update(&mut self, message: Message, _cx: &Ctx) -> Action<Message> {
        let Message::Nav(nav) = &message;
        (*nav).into()
    }

    fn steps_back(&self) -> bool {
        true
    }

    fn back(&mut self) -> Option<Route> {
        Some(Route::Board)
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let ui = Ui::new(cx, shape);
        let place = match self.what {
            Permission::Health => Place::Clinic,
            Permission::Merge => Place::Residents,
            _ => Place::Settings,
        };
        let locked = ui.locked(self.what);
        ui.page(place, &ui.tr("locked-title"), locked, Message::Nav)
    }
}

impl Locked {
    /// For a screen that needs this permission.
    #[must_use]
    pub fn new(what: Permission) -> Self {
        Self { what }
    }
}
