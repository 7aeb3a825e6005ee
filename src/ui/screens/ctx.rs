//! The read-only context that every screen gets.

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

/// The read-only context that every screen gets.
#[derive(Debug, Clone)]
pub struct Ctx {
    /// Reads and writes records.
    pub store: StoreHandle,
    /// Texts in the language of the screen.
    pub i18n: I18n,
    /// Wall clock and monotonic time.
    pub clock: Clock,
    /// The settings file.
    pub config: Arc<Config>,
    /// The centre.
    pub centre: Arc<Centre>,
    /// The visitor's display settings.
    pub sight: Sight,
    /// The staff session, while the screens are unlocked.
    pub staff: Option<StaffSession>,
    /// Paths in the data folder.
    pub paths: Paths,
    /// Whether there is a printer.
    pub can_print: bool,
    /// Counts of what staff must see to.
    pub waiting: Waiting,
    /// Background chores that are overdue or keep failing.
    pub late: Late,
    /// What expires soon, each with its last valid day.
    pub ending: Vec<Ending>,
    /// Why the clock is in doubt; `None` if it is trusted.
    pub clock_doubt: Option<ClockDoubt>,
    /// Photos of residents who consented.
    pub photos: Arc<HashMap<ResidentId, Handle>>,
}

/// Counts of what staff must see to: the red numbers of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Waiting {
    /// Open calls for help.
    pub calls: usize,
    /// People on the welfare list who have not been seen.
    pub missed: usize,
    /// Sync conflicts that a person must decide.
    pub decisions: usize,
    /// How far the hub's clock is ahead of the local one, in ms.
    pub clock_off_ms: i64,
}

/// The centre's data, loaded at start.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Centre {
    /// Its name.
    pub name: String,
    /// The services the centre offers.
    pub services: Vec<Service>,
    /// Its own names of services, rooms and activities in other languages.
    pub names: Names,
    /// Whether it is the demo centre with generated data.
    pub demo: bool,
    /// Whether it has been loaded from the store yet.
    pub known: bool,
}

/// One visitor's display settings, reset when they leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sight {
    /// Size of text.
    pub scale: TextScale,
    /// Yellow and white on black, for low vision.
    pub dark: bool,
    /// Mirrored for the left hand.
    pub left_handed: bool,
}

impl Ctx {
    /// The text of a key.
    #[must_use]
    pub fn tr(&self, key: &str) -> String {
        self.i18n.tr(key)
    }

    /// The name of a service, room, activity, team or duty in the language of the screen; also
    /// for several names joined by `、`.
    #[must_use]
    pub fn name(&self, name: &str) -> String {
        self.centre.names.of(&self.i18n, name)
    }

    /// Full name with the form of address: 王福全爷爷.
    #[must_use]
    pub fn addressed(&self, name: &str, called_by: &str) -> String {
        format!("{name}{}", self.called(called_by))
    }

    /// The form of address in the script of the screen. A word the centre chose may contain a
    /// name, and is not converted.
    #[must_use]
    pub fn called(&self, called_by: &str) -> String {
        let usual = [Some(Sex::Male), Some(Sex::Female), None].map(default_called_by);
        if usual.contains(&called_by) { self.name(called_by) } else { called_by.to_owned() }
    }

    /// Family name with the form of address, for public screens: 王爷爷.
    #[must_use]
    pub fn public_name(&self, profile: &Profile) -> String {
        self.addressed(surname(&profile.name), &profile.called_by)
    }

    /// Who leads an activity: a team in the language of the screen, a person by name.
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

    /// The visual settings for a screen of this shape.
    #[must_use]
    pub fn look(&self, shape: Shape) -> Look {
        Look { palette: self.palette(), scale: self.sight.scale, shape, left_handed: self.sight.left_handed }
    }

    /// The actor of writes: the staff member who unlocked, otherwise the resident.
    #[must_use]
    pub fn actor(&self) -> Actor {
        self.staff.as_ref().map_or(Actor::Resident, |staff| Actor::Staff(staff.id))
    }

    /// Whether the staff member who unlocked has this permission.
    #[must_use]
    pub fn may(&self, what: Permission) -> bool {
        self.staff.as_ref().is_some_and(|staff| staff.role.may(what))
    }

    /// A resident's photo; `None` if there is none.
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
