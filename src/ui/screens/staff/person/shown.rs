//! What is shown of a person: tabs, phone numbers, the card.

use daycare_core::access::Permission;
use daycare_core::card::Card;

use super::{Message, Part, Person, Tab};
use crate::ui::screens::{Action, Ctx};

impl Person {
    /// Whether phone numbers are shown.
    pub(super) fn phones_shown(&self) -> bool {
        self.new || self.revealed.shows(self.resident.id)
    }

    pub(super) fn reveal(&mut self, cx: &Ctx) -> Action<Message> {
        Action::Run(self.revealed.show(self.resident.id.into(), cx, |noted| match noted {
            Ok(()) => Message::Pictures(None),
            Err(error) => Message::Saved(Part::Other, Err(error)),
        }))
    }

    pub(super) fn valid_card(&self) -> Option<&Card> {
        self.file.cards.iter().find(|card| card.revoked_at.is_none())
    }

    /// Parts this account may see of this file.
    pub(super) fn tabs(&self, cx: &Ctx) -> Vec<(Tab, &'static str)> {
        if self.new {
            return vec![(Tab::Known, "person-known")];
        }
        let mut tabs = vec![
            (Tab::Known, "person-known"),
            (Tab::Care, "person-care"),
            (Tab::Consents, "person-consents"),
            (Tab::Cards, "card-title"),
            (Tab::Attended, "person-attended"),
        ];
        if cx.may(Permission::Registry) {
            tabs.push((Tab::More, "person-more"));
        }
        tabs
    }
}
