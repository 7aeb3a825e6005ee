//! Ready-made centres for journey tests and pictures. They are always compiled in, but only
//! `kiosk demo` and the test runner use them.

use std::sync::Arc;

use daycare_core::audit::Actor;
use daycare_core::clock::Clock;
use daycare_core::ids::StaffId;
use daycare_core::staff::{Role, Staff};
use daycare_core::time::Moment;
use daycare_store::handle::StoreHandle;
use daycare_store::paths::Paths;
use daycare_store::{Store, setting};
use iced::{Preset, Task};

use super::state::{App, Devices, Message};
use crate::config::Config;
use crate::error::{Error, Result};
use crate::i18n::{I18n, Lang};
use crate::ui::screens::{Centre, Ctx, Sight, Waiting};

/// The presets' fixed clock: 2026-11-24 09:00 in Shanghai.
#[must_use]
pub fn clock() -> Clock {
    let zone = chrono_tz::Asia::Shanghai;
    let at = chrono::NaiveDate::from_ymd_opt(2026, 11, 24).and_then(|day| day.and_hms_opt(9, 0, 0));
    Clock::fixed(Moment::from_local(at.unwrap_or_default(), zone), zone)
}

/// All presets by name.
#[must_use]
pub fn all() -> Vec<Preset<App, Message>> {
    let preset = |name, fill: fn(&mut Store) -> Result<()>| {
        Preset::new(name, move || match context(fill) {
            Ok(cx) => App::new(cx, Devices::default()),
            Err(error) => (unusable(&error), Task::none()),
        })
    };
    vec![
        preset("new", |_| Ok(())),
        preset("empty", empty),
        preset("demo", |store| crate::demo::seed(store).map(drop)),
    ]
}

/// A new centre with a manager and nobody else.
fn empty(store: &mut Store) -> Result<()> {
    let manager = Staff { id: StaffId::from_u128(1), name: "主任".into(), role: Role::Manager };
    store.add_staff(Actor::Program, &manager, crate::demo::STAFF_PIN)?;
    store.set_setting(Actor::Program, setting::CENTRE_NAME, "新的日间照料中心")
}

/// A context on a store filled by `fill`, in a temporary folder that is removed when the
/// process ends.
///
/// # Errors
/// The temporary folder or the store cannot be created.
pub fn context(fill: impl FnOnce(&mut Store) -> Result<()>) -> Result<Ctx> {
    let mut store = Store::open(&Paths::new(scratch()), &clock())?;
    fill(&mut store)?;
    open(store, Config::default())
}

/// A context on a store that is already open and checked.
///
/// # Errors
/// See [`StoreHandle::start`].
pub fn open(store: Store, config: Config) -> Result<Ctx> {
    let centre = Arc::new(centre(&store)?);
    let (clock, paths) = (store.clock().clone(), store.paths().clone());
    Ok(Ctx { centre, ..around(StoreHandle::start(store)?, clock, paths, config) })
}

/// A context on a store that is still being opened; its centre is loaded later.
///
/// # Errors
/// See [`StoreHandle::opening`].
pub fn opening(
    paths: &Paths,
    clock: Clock,
    config: Config,
    open: impl FnOnce() -> Result<Store> + Send + 'static,
) -> Result<Ctx> {
    Ok(around(StoreHandle::opening(open)?, clock, paths.clone(), config))
}

fn around(store: StoreHandle, clock: Clock, paths: Paths, config: Config) -> Ctx {
    Ctx {
        store,
        i18n: I18n::new(Lang::from_tag(&config.screen.language)),
        clock,
        config: Arc::new(config),
        centre: Arc::default(),
        sight: Sight::default(),
        staff: None,
        paths,
        waiting: Waiting::default(),
        late: daycare_core::chore::Late::default(),
        ending: vec![],
        clock_doubt: None,
        photos: Arc::default(),
        can_print: false,
    }
}

/// A context on the demo centre, in a folder of its own beside the real data.
///
/// # Errors
/// See [`StoreHandle::opening`].
pub(super) fn demo_of(cx: &Ctx) -> Result<Ctx> {
    let (paths, clock) = (cx.paths.demo(), cx.clock.clone());
    let folder = paths.clone();
    let open = move || {
        let mut store = Store::open(&folder, &clock)?;
        crate::demo::seed(&mut store)?;
        Ok(store)
    };
    opening(&paths, cx.clock.clone(), (*cx.config).clone(), open)
}

/// Reads the centre's name, services and names.
pub(super) fn centre(store: &Store) -> Result<Centre> {
    let name = store.setting(setting::CENTRE_NAME)?.unwrap_or_default();
    let demo = store.setting(setting::DEMO)?.is_some();
    Ok(Centre {
        name,
        services: store.services()?,
        names: store.own_names()?.into_iter().collect(),
        demo,
        known: true,
    })
}

/// Path of a new temporary folder for one preset; opening the store creates it.
fn scratch() -> std::path::PathBuf {
    std::env::temp_dir().join(format!("kiosk-preset-{}", uuid::Uuid::now_v7()))
}

/// Aborts: a preset must return an application, and without a store there is none.
fn unusable(error: &Error) -> App {
    tracing::error!("preset: {error}");
    #[expect(clippy::panic, reason = "only tests and the demo come here, and must stop")]
    {
        panic!("preset: {error}")
    }
}
