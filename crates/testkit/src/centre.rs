//! What several tests need: a folder, a store, people.

use chrono::NaiveDateTime;
use daycare_core::audit::Actor;
use daycare_core::clock::Clock;
use daycare_core::ids::{ResidentId, VisitId};
use daycare_core::resident::{Profile, Resident, Standing};
use daycare_core::time::Moment;
use daycare_core::visit::{CheckIn, Source};
use daycare_kiosk::i18n::pinyin::reading;
use daycare_store::Store;
use daycare_store::paths::Paths;
use tempfile::TempDir;

pub const ZONE: chrono_tz::Tz = chrono_tz::Asia::Shanghai;

/// A fixed clock at this local time.
pub fn clock_at(text: &str) -> Clock {
    Clock::fixed(moment(text), ZONE)
}

pub fn moment(text: &str) -> Moment {
    let local: NaiveDateTime = text.parse().expect("a local date and time");
    Moment::from_local(local, ZONE)
}

/// A store in a folder of its own, on real files.
pub struct Centre {
    pub folder: TempDir,
    pub clock: Clock,
    pub store: Store,
}

impl Centre {
    pub fn at(text: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = clock_at(text);
        let store = Store::open(&Paths::new(folder.path()), &clock).expect("a store");
        Self { folder, clock, store }
    }

    pub fn paths(&self) -> Paths {
        Paths::new(self.folder.path())
    }

    pub fn resident(&mut self, name: &str) -> ResidentId {
        let resident = person(name);
        self.store.put_resident(Actor::Cli, &resident, "").expect("written");
        resident.id
    }

    pub fn arrival(&self, resident_id: ResidentId) -> CheckIn {
        CheckIn {
            visit_id: VisitId::new(),
            resident_id,
            at: self.clock.now(),
            source: Source::Card,
            services: vec![],
        }
    }

    pub fn check_in(&mut self, resident: ResidentId) -> VisitId {
        let arrival = self.arrival(resident);
        self.store.check_in(Actor::Resident, &arrival).expect("checked in").visit().id
    }

    /// Closes the store and opens it again, as after a restart.
    pub fn restart(self) -> Self {
        let Self { folder, clock, store } = self;
        drop(store);
        let store = Store::open(&Paths::new(folder.path()), &clock).expect("opens again");
        Self { folder, clock, store }
    }
}

pub fn person(name: &str) -> Resident {
    let profile = Profile {
        name: name.into(),
        called_by: "婆婆".into(),
        pinyin: reading(name),
        picture: "panda".into(),
        ..Profile::default()
    };
    Resident { id: ResidentId::new(), profile, standing: Standing::Active, id_hash: None }
}
