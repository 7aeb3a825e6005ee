//! Sync on the screen: the panel, what people decide, promises that differ, a
//! caregiver's table.

use daycare_core::appointment::{Booked, Booking, Slot, Status};
use daycare_core::audit::Actor;
use daycare_core::care_plan::CarePlan;
use daycare_core::follow_up::Kind;
use daycare_core::ids::AppointmentId;
use daycare_core::visit::Source;
use daycare_kiosk::app::presets;
use daycare_kiosk::app::screen::AnyScreen;
use daycare_kiosk::config::{Config, Mode};
use daycare_kiosk::demo::{MANAGER_PIN, STAFF_PIN};
use daycare_kiosk::error::{Error, Result};
use daycare_kiosk::i18n::Lang;
use daycare_kiosk::ui::screens::{Route, Sight};
use daycare_kiosk::ui::theme::Shape;
use daycare_store::Store;
use daycare_sync::change::{Lease, Outcome};
use daycare_sync::op::RowKey;

use testkit::joined::Joined;
use testkit::sandbox::Sandbox;

fn ask<T: Send + 'static>(
    sandbox: &Sandbox,
    work: impl FnOnce(&mut Store) -> Result<T> + Send + 'static,
) -> T {
    futures::executor::block_on(sandbox.cx().store.write(work)).expect("done")
}

fn open(sandbox: &mut Sandbox, route: Route) {
    sandbox.open(route, Lang::ZhHans, Sight::default(), Shape::Portrait);
    sandbox.wait(1);
}

fn manager() -> Sandbox {
    let mut sandbox = Sandbox::demo();
    sandbox.unlock_as("何静", MANAGER_PIN);
    sandbox.wait(1);
    sandbox
}

fn panel(sandbox: &mut Sandbox) {
    open(sandbox, Route::Settings);
    sandbox.click("同步");
    sandbox.wait(1);
}

/// Times of every bookable service.
fn slots(sandbox: &Sandbox) -> Vec<Slot> {
    let services: Vec<_> =
        sandbox.cx().centre.services.iter().filter(|one| one.bookable).map(|one| one.id).collect();
    let today = sandbox.cx().clock.today();
    let (from, to) = (today, today + chrono::Days::new(20));
    ask(sandbox, move |store| {
        let all = services.into_iter().map(|service| store.slots(service, from, to));
        Ok(all.collect::<Result<Vec<_>>>()?.concat())
    })
}

/// The roomiest time that nobody has booked yet.
fn free_slot(sandbox: &Sandbox) -> Slot {
    let soon = sandbox.cx().clock.today() + chrono::Days::new(2);
    let all = slots(sandbox).into_iter().filter(|slot| slot.free == slot.seats && slot.day >= soon);
    all.max_by_key(|slot| slot.seats).expect("a free time")
}

fn book(sandbox: &Sandbox, name: &str, slot: &Slot) -> Booked {
    let booking = Booking {
        id: AppointmentId::new(),
        resident_id: sandbox.resident(name).id,
        session_id: slot.session_id,
        starts_at: slot.starts_at,
        instead_of: None,
    };
    ask(sandbox, move |store| store.book(Actor::Resident, &booking))
}

fn pool(slot: &Slot) -> String {
    format!("appointment/{}/{}", slot.session_id.uuid().simple(), slot.starts_at.0)
}

#[test]
fn without_a_hub_the_panel_says_that_everything_is_here_and_a_caregiver_cannot_join_one() {
    let mut sandbox = Sandbox::demo();
    sandbox.unlock();
    panel(&mut sandbox);
    sandbox.expect("没有开同步，一切都在这台机器上");
    assert!(!sandbox.shows("接入"), "joining is the manager's");
    let mut sandbox = manager();
    panel(&mut sandbox);
    sandbox.expect("接入");
}

#[test]
fn the_panel_counts_what_waits_says_why_and_the_clock_is_a_banner_and_no_lock() {
    let mut sandbox = manager();
    let joined = Joined::of(&sandbox, 0);
    let unsent = ask(&sandbox, |store| Ok(store.sync_status()?.expect("joined").unsent));
    panel(&mut sandbox);
    sandbox.expect(&format!("{unsent} 处改动等着传，连上网就传"));
    sandbox.expect("还没有");
    ask(&sandbox, |store| store.note_sync("offline"));
    sandbox.wait(1);
    sandbox.expect("连不上服务器，先照常用，连上了自己补");
    // The hub answers, and its clock is twelve minutes ahead.
    let hub_time = sandbox.cx().clock.now().plus_ms(12 * 60_000);
    joined.tell(&sandbox, vec![], hub_time);
    sandbox.wait(1);
    sandbox.expect("正常");
    open(&mut sandbox, Route::Board);
    sandbox.send(daycare_kiosk::app::Message::Minute);
    sandbox.expect("这台机器的钟慢了 12 分钟，请找人校准；签到照常");
    let away = |store: &mut Store| {
        let all = store.roster()?;
        Ok(all.into_iter().find(|listed| listed.here_since.is_none()).expect("somebody").resident.id)
    };
    let who = ask(&sandbox, away);
    open(&mut sandbox, Route::FirstPage);
    ask(&sandbox, move |store| {
        let at = store.clock().now();
        let visit_id = daycare_core::ids::VisitId::new();
        let arrival = daycare_core::visit::CheckIn {
            visit_id,
            resident_id: who,
            at,
            source: Source::Card,
            services: vec![],
        };
        store.check_in(Actor::Resident, &arrival).map(drop)
    });
    assert!(sandbox.is_here(who));
}

#[test]
fn an_allergy_that_two_machines_wrote_is_decided_on_the_screen() {
    let mut sandbox = manager();
    let mut joined = Joined::of(&sandbox, 0);
    let who = sandbox.resident("欧阳素芬").id;
    let plan = CarePlan { allergies: "青霉素".into(), ..CarePlan::default() };
    ask(&sandbox, move |store| store.put_care_plan(Actor::Cli, who, &plan));
    let row = RowKey::new("care_plan", who.uuid().simple().to_string());
    let (other, queued) = (joined.other, Outcome::Queued { fields: vec!["allergies".into()] });
    joined.hear(&sandbox, other, row, queued, |change| {
        drop(change.asked.insert("allergies".into(), "头孢".into()));
    });
    sandbox.send(daycare_kiosk::app::Message::Minute);
    assert_eq!(sandbox.cx().waiting.decisions, 1, "the navigation says that something waits");
    panel(&mut sandbox);
    for words in ["要人来定的：1 件", "欧阳素芬", "过敏", "青霉素", "头孢"] {
        sandbox.expect(words);
    }
    let unsent = |sandbox: &Sandbox| ask(sandbox, |store| Ok(store.sync_status()?.expect("joined").unsent));
    let before = unsent(&sandbox);
    sandbox.click("用另一处的");
    sandbox.wait(1);
    let plan = ask(&sandbox, move |store| store.care_plan(who));
    assert_eq!(plan.allergies, "头孢");
    assert!(unsent(&sandbox) > before, "the others are told");
    assert!(!sandbox.shows("要人来定的：1 件"));
}

#[test]
fn a_conflict_stays_until_somebody_decides_it_whatever_else_of_the_row_is_edited() {
    let sandbox = Sandbox::demo();
    let mut joined = Joined::of(&sandbox, 0);
    let who = sandbox.resident("欧阳素芬").id;
    let row = || RowKey::new("care_plan", who.uuid().simple().to_string());
    let (other, queued) = (joined.other, Outcome::Queued { fields: vec!["allergies".into()] });
    joined.hear(&sandbox, other, row(), queued, |change| {
        drop(change.asked.insert("allergies".into(), "头孢".into()));
    });
    let mut edit = |field: &str, value: serde_json::Value| {
        joined.hear(&sandbox, other, row(), Outcome::Applied, |change| {
            drop(change.fields.insert(field.into(), value));
        });
        ask(&sandbox, |store| store.undecided())
    };
    assert_eq!(edit("notes", "慢慢走".into()), 1, "that says nothing about the allergy");
    assert_eq!(edit("allergies", "青霉素、头孢".into()), 0);
}

#[test]
fn who_lost_a_promised_place_waits_and_is_on_the_list_of_calls() {
    let mut sandbox = manager();
    let mut joined = Joined::of(&sandbox, 0);
    let slot = free_slot(&sandbox);
    let Booked::Done(appointment) = book(&sandbox, "王福全", &slot) else { panic!("booked") };
    let row = RowKey::new("appointment", appointment.id.uuid().simple().to_string());
    let own = joined.own;
    joined.hear(&sandbox, own, row, Outcome::Displaced, |change| {
        drop(change.fields.insert("status".into(), "waitlist".into()));
        drop(change.fields.insert("seat".into(), serde_json::Value::Null));
    });
    let calls = ask(&sandbox, |store| store.follow_ups());
    assert!(calls.iter().any(|call| call.kind == Kind::Displaced && call.name == "王福全"));
    panel(&mut sandbox);
    sandbox.expect("断网时约的位子，别的机器先约走了。已经排进候补，请打电话商量。");
    sandbox.click("去打电话");
    sandbox.wait(1);
    assert!(matches!(sandbox.app.screen(), AnyScreen::Clinic(_)));
}

#[test]
fn a_place_that_is_kept_here_is_promised_and_any_other_is_not_certain_yet() {
    let mut sandbox = Sandbox::demo();
    let mut joined = Joined::of(&sandbox, 0);
    let slot = free_slot(&sandbox);
    let (pool, own) = (pool(&slot), joined.own);
    let seat = u32::from(slot.seats);
    let until = slot.starts_at.plus_ms(-3_600_000);
    joined.hear(&sandbox, own, RowKey::new("pool", pool.as_str()), Outcome::Applied, |change| {
        change.leases = vec![Lease { pool: pool.clone(), seat, kiosk: own, until }];
    });
    let show = |sandbox: &mut Sandbox, name: &str, words: &str| {
        let Booked::Done(appointment) = book(sandbox, name, &slot) else { panic!("booked") };
        let resident = Box::new(sandbox.resident(name));
        open(sandbox, Route::Booked(resident.clone(), Source::Card, Box::new(appointment)));
        sandbox.expect(words);
        resident
    };
    let _ = show(&mut sandbox, "王福全", "位子定好了，我们会提醒您");
    let resident = show(&mut sandbox, "欧阳素芬", "先记下了，还没定");
    open(&mut sandbox, Route::MyDay(resident, Source::Card));
    assert!(sandbox.texts().iter().any(|text| text.contains("还没定")), "{:?}", sandbox.texts());
}

#[test]
fn places_that_are_kept_for_another_machine_are_not_given_away_here_until_the_lease_ends() {
    let sandbox = Sandbox::demo();
    let mut joined = Joined::of(&sandbox, 0);
    let slot = free_slot(&sandbox);
    let (pool, other, until) = (pool(&slot), joined.other, slot.starts_at.plus_ms(-12 * 3_600_000));
    let seats = 1..=u32::from(slot.seats);
    joined.hear(&sandbox, other, RowKey::new("pool", pool.as_str()), Outcome::Applied, |change| {
        change.leases = seats.map(|seat| Lease { pool: pool.clone(), seat, kiosk: other, until }).collect();
    });
    assert!(matches!(book(&sandbox, "王福全", &slot), Booked::Full));
    let free = |sandbox: &Sandbox| {
        let same = |one: &Slot| (one.session_id, one.starts_at) == (slot.session_id, slot.starts_at);
        slots(sandbox).into_iter().find(same).expect("the time").free
    };
    assert_eq!(free(&sandbox), 0, "nor shown as free");
    let ahead = until.0 - sandbox.cx().clock.now().0 + 1;
    sandbox.cx().clock.advance(std::time::Duration::from_millis(ahead.unsigned_abs()));
    assert_eq!(free(&sandbox), slot.free);
    assert!(matches!(book(&sandbox, "王福全", &slot), Booked::Done(_)));
}

#[test]
fn a_caregivers_table_shows_the_door_of_the_staff_and_never_a_residents_screen() {
    let cx = presets::context(|store| daycare_kiosk::demo::seed(store).map(drop)).expect("a demo centre");
    let config = Config { mode: Mode::Desk, ..Config::default() };
    let mut sandbox = Sandbox::on(daycare_kiosk::ui::screens::Ctx { config: config.into(), ..cx });
    assert!(matches!(sandbox.app.screen(), AnyScreen::Unlock(_)));
    open(&mut sandbox, Route::Calling);
    assert!(matches!(sandbox.app.screen(), AnyScreen::Unlock(_)));
    sandbox.click("周敏");
    for digit in STAFF_PIN.chars() {
        sandbox.wait(1);
        sandbox.click(&digit.to_string());
    }
    assert!(matches!(sandbox.app.screen(), AnyScreen::Board(_)));
    sandbox.wait(1);
    sandbox.click("锁屏");
    assert!(matches!(sandbox.app.screen(), AnyScreen::Unlock(_)));
}

#[test]
fn accounts_are_changed_only_on_the_machine_that_keeps_them() {
    let sandbox = Sandbox::demo();
    let _ = Joined::of(&sandbox, 1);
    let set = sandbox.cx().store.write(|store| {
        let one = store.staff()?.into_iter().next().expect("somebody");
        store.set_pin(Actor::Cli, one.id, "135790")
    });
    assert!(matches!(futures::executor::block_on(set), Err(Error::AccountsElsewhere)));
    let mut sandbox = manager();
    let _ = Joined::of(&sandbox, 1);
    panel(&mut sandbox);
    sandbox.expect("由另一台机器管，这里照用");
}

#[test]
fn the_second_kiosk_gives_numbers_of_its_own() {
    let sandbox = Sandbox::demo();
    let _ = Joined::of(&sandbox, 1);
    let appointments = ask(&sandbox, |store| {
        let people = store.roster()?;
        let today = store.clock().today();
        let all = people.iter().map(|listed| store.appointments_of(listed.resident.id, today));
        Ok(all.collect::<Result<Vec<_>>>()?.concat())
    });
    let today = sandbox.cx().clock.today();
    let one = appointments
        .iter()
        .find(|one| one.day == today && matches!(one.status, Status::Booked | Status::Arrived))
        .expect("somebody is booked today");
    let id = one.id;
    let came = ask(&sandbox, move |store| store.come_for(Actor::Resident, id));
    let ticket = came.ticket.expect("a number");
    assert!(ticket.ends_with("101"), "{ticket}");
}
