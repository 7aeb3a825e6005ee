//! What every screen may look at.

use std::collections::HashMap;
use std::sync::Arc;

use daycare_core::access::Permission;
use daycare_core::activity::ListedActivity;
use daycare_core::audit::Actor;
use daycare_core::chore::Late;
use daycare_core::clock::Clock;
use daycare_core::clock_doubt::ClockDoubt;
use daycare_core::expiry::Ending;
use daycare_core::ids::{ResidentId, ServiceId};
use daycare_core::resident::{Profile, Sex, default_called_by, surname};
use daycare_core::service::Service;
use daycare_store::handle::StoreHandle;
use daycare_store::paths::Paths;
use iced::widget::image::Handle;

use super::front::StaffSession;
use crate::config::Config;
use crate::i18n::I18n;
use crate::i18n::names::Names;
use crate::ui::theme::{Look, Palette, Shape, TextScale, palette};

/// What every screen may look at.
#[derive(Debug, Clone)]
pub struct Ctx {
    /// The store.
    pub store: StoreHandle,
    /// The words.
    pub i18n: I18n,
    /// The time.
    pub clock: Clock,
    /// The settings file.
    pub config: Arc<Config>,
    /// The centre.
    pub centre: Arc<Centre>,
    /// How this visitor wants to see.
    pub sight: Sight,
    /// Who has unlocked.
    pub staff: Option<StaffSession>,
    /// Where things lie in the data folder.
    pub paths: Paths,
    /// Whether there is a printer.
    pub can_print: bool,
    /// What waits for staff.
    pub waiting: Waiting,
    /// What the program does by itself and could not do in time.
    pub late: Late,
    /// What ends soon, and its last good day.
    pub ending: Vec<Ending>,
    /// Why the clock is not believed, if it is not.
    pub clock_doubt: Option<ClockDoubt>,
    /// Photos of those who agreed.
    pub photos: Arc<HashMap<ResidentId, Handle>>,
}

/// What waits for staff: the red numbers of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Waiting {
    /// Calls for help.
    pub calls: usize,
    /// People of the welfare list who have not been seen.
    pub missed: usize,
    /// What sync cannot decide without people.
    pub decisions: usize,
    /// The hub's clock is ahead of ours by so much.
    pub clock_off_ms: i64,
}

/// What is known of the centre since the start.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Centre {
    /// Its name.
    pub name: String,
    /// What people come for.
    pub services: Vec<Service>,
    /// What it calls its services, rooms and activities in other languages.
    pub names: Names,
    /// Whether everything in it is invented.
    pub demo: bool,
    /// Whether the store has told it: not yet while it is being opened.
    pub known: bool,
}

/// How one visitor wants to see; gone when they leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sight {
    /// Size of text.
    pub scale: TextScale,
    /// Yellow and white on black.
    pub dark: bool,
    /// Mirrored for the left hand.
    pub left_handed: bool,
}

impl Ctx {
    /// The words of a key.
    #[must_use]
    pub fn tr(&self, key: &str) -> String {
        self.i18n.tr(key)
    }

    /// The name of a service, room, activity, team or duty in the language of
    /// the screen; several may stand with `、` between.
    #[must_use]
    pub fn name(&self, name: &str) -> String {
        self.centre.names.of(&self.i18n, name)
    }

    /// Somebody's full name and what they are called: 王福全爷爷.
    #[must_use]
    pub fn addressed(&self, name: &str, called_by: &str) -> String {
        format!("{name}{}", self.called(called_by))
    }

    /// What somebody is called, in the characters of the screen. A word that the
    /// centre chose may hold a name, and stays as it is.
    #[must_use]
    pub fn called(&self, called_by: &str) -> String {
        let usual = [Some(Sex::Male), Some(Sex::Female), None].map(default_called_by);
        if usual.contains(&called_by) { self.name(called_by) } else { called_by.to_owned() }
    }

    /// Family name and what they are called, for public screens: 王爷爷.
    #[must_use]
    pub fn public_name(&self, profile: &Profile) -> String {
        self.addressed(surname(&profile.name), &profile.called_by)
    }

    /// Who leads: a team in the language of the screen, a person by their name.
    #[must_use]
    pub fn led_by(&self, listed: &ListedActivity) -> String {
        let person = !listed.occurrence.arrangement.leader.is_empty();
        if person { listed.led_by.clone() } else { self.name(&listed.led_by) }
    }

    /// Colours in use.
    #[must_use]
    pub fn palette(&self) -> &'static Palette {
        if self.sight.dark { &palette::DARK } else { &palette::LIGHT }
    }

    /// The look on a screen of this shape.
    #[must_use]
    pub fn look(&self, shape: Shape) -> Look {
        Look { palette: self.palette(), scale: self.sight.scale, shape, left_handed: self.sight.left_handed }
    }

    /// Who writes: the staff member who unlocked, else the resident.
    #[must_use]
    pub fn actor(&self) -> Actor {
        self.staff.as_ref().map_or(Actor::Resident, |staff| Actor::Staff(staff.id))
    }

    /// Whether who has unlocked may do this.
    #[must_use]
    pub fn may(&self, what: Permission) -> bool {
        self.staff.as_ref().is_some_and(|staff| staff.role.may(what))
    }

    /// Somebody's photo, where there is one.
    #[must_use]
    pub fn photo(&self, of: ResidentId) -> Option<&Handle> {
        self.photos.get(&of)
    }

    /// A service by its identifier.
    #[must_use]
    pub fn service(&self, id: ServiceId) -> Option<&Service> {
        self.centre.services.iter().find(|service| service.id == id)
    }
}
