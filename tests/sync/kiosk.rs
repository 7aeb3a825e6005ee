//! Kiosks on real files and a hub in memory: what one writes the others see, a
//! booking offline, two doors at once, a restored backup, an erasure.

mod merges;
mod model;

use std::time::Duration;

use daycare_core::appointment::{Booked, Booking, Slot, Status};
use daycare_core::audit::Actor;
use daycare_core::care_plan::CarePlan;
use daycare_core::follow_up::Kind;
use daycare_core::ids::{AppointmentId, HandoverId, ResidentId};
use daycare_core::time::Moment;
use daycare_core::visit::{HistoryFilter, State};
use daycare_store::backup;
use daycare_store::sync::Promise;
use daycare_sync::change::{Gone, Outcome};
use daycare_sync::hlc::Hlc;
use daycare_sync::op::RowKey;
use daycare_sync::wire::{Caller, Pulled, Pushed, Refused, SnapshotRow};
use rusqlite::Connection;
use serde_json::Value;
use uuid::Uuid;

use testkit::centre::{Centre, person};
use testkit::enrolment::welcome;
use testkit::simulated_hub::Hub;

const NOW: &str = "2026-11-24T09:00:00";

fn kiosk(number: u128) -> Uuid {
    Uuid::from_u128(0xa000 + number)
}

/// So many kiosks of one centre; the first has the demo where asked for.
fn centre(kiosks: u32, demo: bool) -> (Hub, Vec<Centre>) {
    let mut hub = Hub { accounts: Some(kiosk(0)), ..Hub::default() };
    let mut all = Vec::new();
    for ordinal in 0..kiosks {
        let id = kiosk(u128::from(ordinal));
        hub.centre.kiosks.push(id);
        let mut centre = Centre::at(NOW);
        if demo && ordinal == 0 {
            let _ = daycare_kiosk::demo::seed(&mut centre.store).expect("seeded");
        }
        centre.store.begin_sync(Actor::Cli, "https://hub", &welcome(id, ordinal)).expect("enrolled");
        all.push(centre);
    }
    (hub, all)
}

/// One kiosk pushes until there is nothing left, then pulls.
fn sync(hub: &mut Hub, centre: &mut Centre) {
    let store = &mut centre.store;
    let id = store.sync_state().expect("read").expect("enrolled").kiosk;
    let now = Moment(centre.clock.now().0);
    while let Some(batch) = store.batch().expect("read") {
        match hub.push(id, &batch, now) {
            Ok(pushed) => store.pushed(batch.incarnation, &pushed).expect("noted"),
            Err(Refused::Gap { expect }) => store.rewind(expect).expect("noted"),
            Err(Refused::Fork { received, .. }) => store.renumber(received).expect("noted"),
            Err(refused) => panic!("{refused:?}"),
        }
    }
    loop {
        let after = store.sync_state().expect("read").expect("enrolled").cursor;
        let changes = hub.pull(after, 500).to_vec();
        if changes.is_empty() {
            return;
        }
        let pulled = Pulled { changes, head: hub.log.len() as u64, hub_time: now };
        let received = store.receive(&pulled).expect("received");
        assert_eq!(received.refused, 0, "every change finds its place");
    }
}

fn sync_all(hub: &mut Hub, kiosks: &mut [Centre]) {
    for _ in 0..3 {
        for centre in kiosks.iter_mut() {
            sync(hub, centre);
        }
    }
}

fn assert_same(kiosks: &[Centre]) {
    let databases: Vec<_> = kiosks.iter().map(|centre| centre.paths().database()).collect();
    testkit::compare::assert_same(&databases);
}

fn visits(centre: &Centre, who: ResidentId) -> usize {
    let filter = HistoryFilter { resident: Some(who), ..HistoryFilter::default() };
    centre.store.history(&filter, 0, 100).expect("read").len()
}

#[test]
fn a_second_kiosk_gets_the_whole_centre_and_each_sees_what_the_other_writes() {
    let (mut hub, mut kiosks) = centre(2, true);
    sync_all(&mut hub, &mut kiosks);
    assert_same(&kiosks);
    let people = kiosks[1].store.roster().expect("read");
    assert!(people.len() > 100, "the demo's people are at the second door: {}", people.len());
    let who = people.iter().find(|listed| listed.here_since.is_none()).expect("somebody").resident.id;
    let _ = kiosks[1].check_in(who);
    sync_all(&mut hub, &mut kiosks);
    assert!(kiosks[0].store.open_visit(who).expect("read").is_some());
    let now = kiosks[0].clock.now();
    let _ = kiosks[0].store.check_out(Actor::Resident, who, now, None).expect("home");
    sync_all(&mut hub, &mut kiosks);
    assert!(kiosks[1].store.open_visit(who).expect("read").is_none());
    assert_same(&kiosks);
}

#[test]
fn a_booking_is_certain_once_the_hub_has_said_so_and_coming_for_it_does_not_change_that() {
    let (mut hub, mut kiosks) = centre(1, true);
    let store = &kiosks[0].store;
    let today = kiosks[0].clock.today();
    let people = store.roster().expect("read");
    let booked = people.iter().filter(|listed| listed.here_since.is_none()).find_map(|listed| {
        let all = store.appointments_of(listed.resident.id, today).expect("read");
        all.into_iter().find(|one| one.day == today && one.status == Status::Booked)
    });
    let booked = booked.expect("somebody is booked today and not here yet");
    let promise = |kiosk: &Centre| kiosk.store.promise(booked.id.uuid()).expect("read");
    assert_eq!(promise(&kiosks[0]), Promise::Unconfirmed);
    sync_all(&mut hub, &mut kiosks);
    assert_eq!(promise(&kiosks[0]), Promise::Confirmed);
    let _ = kiosks[0].check_in(booked.resident_id);
    assert!(kiosks[0].store.has_unsent().expect("read"));
    assert_eq!(promise(&kiosks[0]), Promise::Confirmed, "they came; it is still theirs");
}

fn slots(kiosk: &Centre) -> Vec<Slot> {
    let today = kiosk.clock.today();
    let (from, to) = (today + chrono::Days::new(2), today + chrono::Days::new(12));
    let services = kiosk.store.services().expect("read");
    let bookable = services.into_iter().filter(|one| one.bookable);
    bookable.flat_map(|one| kiosk.store.slots(one.id, from, to).expect("read")).collect()
}

fn everybody(kiosk: &Centre) -> Vec<ResidentId> {
    kiosk.store.roster().expect("read").iter().map(|listed| listed.resident.id).collect()
}

fn booking(resident_id: ResidentId, slot: &Slot) -> Booking {
    let id = AppointmentId::new();
    Booking { id, resident_id, session_id: slot.session_id, starts_at: slot.starts_at, instead_of: None }
}

fn status(kiosk: &Centre, who: ResidentId, id: AppointmentId) -> Status {
    let all = kiosk.store.appointments_of(who, kiosk.clock.today()).expect("read");
    all.into_iter().find(|one| one.id == id).map_or(Status::Cancelled, |one| one.status)
}

#[test]
fn a_place_that_is_added_reaches_whoever_waited_for_it() {
    let (mut hub, mut kiosks) = centre(1, true);
    sync_all(&mut hub, &mut kiosks);
    let slot = slots(&kiosks[0]).into_iter().find(|slot| slot.free == slot.seats).expect("a free time");
    let people = everybody(&kiosks[0]);
    let store = &mut kiosks[0].store;
    let mut people = people.into_iter();
    let mut booked = 0;
    let mut waiting = None;
    for who in people.by_ref() {
        match store.book(Actor::Resident, &booking(who, &slot)).expect("asked") {
            Booked::Done(_) => booked += 1,
            Booked::Full => {
                let waits = booking(who, &slot);
                let _ = store.join_waitlist(Actor::Resident, waits.id, who, slot.session_id).expect("waits");
                waiting = Some((who, waits.id));
                break;
            }
            _ => {}
        }
    }
    assert_eq!(booked, slot.seats);
    let (who, id) = waiting.expect("somebody waits");
    sync_all(&mut hub, &mut kiosks);
    let session = kiosks[0].store.sessions(slot.day, slot.day).expect("read");
    let session = session.into_iter().find(|one| one.id == slot.session_id).expect("known");
    let rooms = (session.room.as_str(), session.provider.as_str());
    let more = session.capacity + 1;
    kiosks[0].store.change_session(Actor::Cli, session.id, rooms, more).expect("changed");
    assert_eq!(status(&kiosks[0], who, id), Status::Booked);
    sync_all(&mut hub, &mut kiosks);
    assert_eq!(status(&kiosks[0], who, id), Status::Booked, "the hub knows of the new place");
    assert!(kiosks[0].store.follow_ups().expect("read").iter().all(|one| one.kind != Kind::Displaced));
}

/// Somebody waits at the first machine and is given a place at the second one.
fn waits_and_has(kiosks: &mut [Centre]) -> (ResidentId, AppointmentId, AppointmentId) {
    let all = slots(&kiosks[0]);
    let session = all.iter().max_by_key(|slot| slot.seats).expect("a time").session_id;
    let times: Vec<&Slot> = all.iter().filter(|slot| slot.session_id == session).collect();
    let people = everybody(&kiosks[0]);
    // The first machine gives everything that it has to give; the last one waits.
    let (who, others) = (people[0], &people[1..]);
    let mut others = others.iter();
    for slot in &times {
        for other in others.by_ref() {
            if kiosks[0].store.book(Actor::Resident, &booking(*other, slot)).expect("asked") == Booked::Full {
                break;
            }
        }
    }
    let waits = booking(who, times[0]);
    let _ = kiosks[0].store.join_waitlist(Actor::Resident, waits.id, who, session).expect("waits");
    assert_eq!(status(&kiosks[0], who, waits.id), Status::Waitlist);
    let has = times.iter().map(|slot| booking(who, slot));
    let has = has
        .into_iter()
        .find(|asked| matches!(kiosks[1].store.book(Actor::Resident, asked), Ok(Booked::Done(_))));
    (who, waits.id, has.expect("the second machine has a place").id)
}

#[test]
fn waiting_at_one_machine_never_takes_away_the_place_that_was_given_at_another() {
    // Whichever of the two is heard first.
    for first in [0, 1] {
        let (mut hub, mut kiosks) = centre(2, true);
        sync_all(&mut hub, &mut kiosks);
        let (who, waits, has) = waits_and_has(&mut kiosks);
        sync(&mut hub, &mut kiosks[first]);
        sync_all(&mut hub, &mut kiosks);
        assert_same(&kiosks);
        for kiosk in &kiosks {
            assert_eq!(status(kiosk, who, has), Status::Booked);
            assert_eq!(status(kiosk, who, waits), Status::Cancelled);
        }
        let stands = |id: AppointmentId| {
            let row = RowKey::new("appointment", id.uuid().simple().to_string());
            hub.centre.rows[&row].fields["status"].clone()
        };
        assert_eq!((stands(has), stands(waits)), ("booked".into(), "cancelled".into()));
    }
}

#[test]
fn a_stay_that_the_night_closed_at_one_door_ends_when_they_left_at_the_other() {
    // Whichever of the two is heard first.
    for first in [0, 1] {
        let (mut hub, mut kiosks) = centre(2, false);
        let who = kiosks[0].resident("王福全");
        let id = kiosks[0].check_in(who);
        sync_all(&mut hub, &mut kiosks);
        let left = Moment(kiosks[0].clock.now().0 + 3_600_000);
        kiosks[0].clock.advance(Duration::from_hours(1));
        let _ = kiosks[0].store.check_out(Actor::Resident, who, left, None).expect("home");
        for kiosk in &kiosks {
            kiosk.clock.advance(Duration::from_hours(24));
        }
        assert_eq!(kiosks[1].store.close_days_before_today().expect("closed"), 1);
        sync(&mut hub, &mut kiosks[first]);
        sync_all(&mut hub, &mut kiosks);
        assert_same(&kiosks);
        for kiosk in &kiosks {
            let stay = kiosk.store.visit(id).expect("read").expect("known");
            assert_eq!((stay.state, stay.left_at), (State::Left, Some(left)));
        }
    }
}

#[test]
fn who_comes_to_two_doors_for_one_appointment_has_one_number() {
    let (mut hub, mut kiosks) = centre(2, true);
    sync_all(&mut hub, &mut kiosks);
    let today = kiosks[0].clock.today();
    let people = kiosks[0].store.roster().expect("read");
    let booked = people.iter().filter(|listed| listed.here_since.is_none()).find_map(|listed| {
        let all = kiosks[0].store.appointments_of(listed.resident.id, today).expect("read");
        all.into_iter().find(|one| one.day == today && one.status == Status::Booked)
    });
    let booked = booked.expect("somebody is booked today and not here yet");
    for kiosk in &mut kiosks {
        let _ = kiosk.check_in(booked.resident_id);
        let _ = kiosk.store.come_for(Actor::Resident, booked.id).expect("a number");
    }
    sync_all(&mut hub, &mut kiosks);
    assert_same(&kiosks);
    for kiosk in &kiosks {
        let tickets = kiosk.store.queue().expect("read");
        assert_eq!(tickets.iter().filter(|one| one.appointment_id == booked.id).count(), 1);
    }
}

#[test]
fn years_that_have_expired_keep_their_counts_on_joining() {
    let (mut hub, mut kiosks) = centre(1, false);
    let mut old = Centre::at(NOW);
    let _ = daycare_kiosk::demo::seed(&mut old.store).expect("seeded");
    old.clock.advance(Duration::from_hours(24 * 800));
    kiosks[0].clock.advance(Duration::from_hours(24 * 800));
    let _ = old.store.close_days_before_today().expect("closed");
    let _ = old.store.expire_after(Actor::Cli, 1, false).expect("expired");
    let counts = |centre: &Centre| {
        let conn = Connection::open(centre.paths().database()).expect("opens");
        ["visit", "appointment", "enrolment"].map(|table| -> i64 {
            let sql = format!(
                "SELECT count(*) FROM {table} t JOIN resident r ON r.id = t.resident_id WHERE r.archived_as = 'erased'"
            );
            conn.query_row(&sql, [], |row| row.get(0)).expect("counted")
        })
    };
    let before = counts(&old);
    assert!(before.iter().all(|count| *count > 0), "{before:?}");
    hub.centre.kiosks.push(kiosk(1));
    old.store.begin_sync(Actor::Cli, "https://hub", &welcome(kiosk(1), 1)).expect("enrolled");
    kiosks.push(old);
    sync_all(&mut hub, &mut kiosks);
    assert_same(&kiosks);
    for kiosk in &kiosks {
        assert_eq!(counts(kiosk), before);
    }
}

#[test]
fn a_row_that_no_table_takes_stops_no_snapshot_and_no_log() {
    let (mut hub, mut kiosks) = centre(1, false);
    let who = kiosks[0].resident("王福全");
    sync_all(&mut hub, &mut kiosks);
    let of = |name: &str, key: u128, pairs: &[(&str, Value)]| SnapshotRow {
        row: RowKey::new(name, Uuid::from_u128(key).simple().to_string()),
        fields: pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        at: Hlc::default().next(Moment(1)),
        gone: None,
    };
    let id = |key: u128| Value::from(Uuid::from_u128(key).simple().to_string());
    let whose = Value::from(who.uuid().simple().to_string());
    let phone = |key, name: &str| {
        of("phone_number", key, &[("id", id(key)), ("name", name.into()), ("phone", "120".into())])
    };
    let ended = of(
        "visit",
        7,
        &[
            ("id", id(7)),
            ("resident_id", whose),
            ("day", "2026-11-24".into()),
            ("arrived_at", 1.into()),
            ("left_at", 2.into()),
            ("state", "open".into()),
            ("source", "staff".into()),
        ],
    );
    let from_a_newer_program = of("robot", 8, &[("id", id(8))]);
    let store = &mut kiosks[0].store;
    let rows = [phone(1, "急救"), ended, from_a_newer_program, phone(2, "社区")];
    let acked = store.sync_state().expect("read").expect("joined").acked;
    assert_eq!(store.receive_rows(&rows, acked).expect("received"), 2);
    store.end_snapshot(hub.log.len() as u64, acked).expect("ended");
    assert_eq!(store.phone_numbers().expect("read").len(), 2);
    // And an own edit whose result cannot be written waits no more.
    let mut known = store.resident(who).expect("read").expect("known");
    known.profile.yard = "三号院".into();
    store.put_resident(Actor::Cli, &known, "moved").expect("written");
    let batch = store.batch().expect("read").expect("an edit");
    let mut change = hub.centre.take(
        Caller { kiosk: kiosk(0), accounts: true },
        &batch.ops[0],
        hub.log.len() as u64 + 1,
        kiosks[0].clock.now(),
    );
    let _ = change.fields.insert("standing".into(), "nowhere".into());
    let (head, hub_time) = (change.number, kiosks[0].clock.now());
    let store = &mut kiosks[0].store;
    let pushed = Pushed { acked: batch.first, outcomes: vec![], hub_time };
    store.pushed(batch.incarnation, &pushed).expect("noted");
    let received = store.receive(&Pulled { changes: vec![change], head, hub_time }).expect("received");
    assert_eq!((received.refused, received.applied), (1, 0));
    assert_eq!(store.sync_status().expect("read").expect("joined").pending, 0);
}

#[test]
fn what_the_hub_has_refused_is_gone_after_a_snapshot_too_and_who_lost_a_place_is_called() {
    let (mut hub, mut kiosks) = centre(2, true);
    sync_all(&mut hub, &mut kiosks);
    // Both give the last place that is nobody's; the second one begins from a snapshot.
    let slot = slots(&kiosks[0]).into_iter().find(|slot| slot.free == slot.seats).expect("a free time");
    let people = everybody(&kiosks[0]);
    let (ours, theirs) = people.split_at(people.len() / 2);
    let give = |kiosk: &mut Centre, people: &[ResidentId]| -> Vec<(ResidentId, AppointmentId)> {
        let asked = people.iter().map(|who| booking(*who, &slot));
        let mut given = Vec::new();
        for asked in asked {
            if matches!(kiosk.store.book(Actor::Resident, &asked), Ok(Booked::Done(_))) {
                given.push((asked.resident_id, asked.id));
            }
        }
        given
    };
    let first = give(&mut kiosks[0], ours);
    let second = give(&mut kiosks[1], theirs);
    assert!(first.len() + second.len() > slot.seats as usize, "more were given than there are");
    sync(&mut hub, &mut kiosks[0]);
    let now = kiosks[1].clock.now();
    let unknown = kiosks[1].resident("陈远行");
    let store = &mut kiosks[1].store;
    while let Some(batch) = store.batch().expect("read") {
        let pushed = hub.push(kiosk(1), &batch, now).expect("heard");
        store.pushed(batch.incarnation, &pushed).expect("noted");
    }
    // The hub has refused one row: it never was there.
    let refused = RowKey::new("resident", unknown.uuid().simple().to_string());
    let rows: Vec<SnapshotRow> = hub
        .centre
        .rows
        .iter()
        .filter(|(row, _)| **row != refused)
        .map(|(row, kept)| {
            let gone = kept.deleted.map(|_| Gone::Deleted);
            let at = kept.at.values().max().copied().unwrap_or_default();
            SnapshotRow { row: row.clone(), fields: kept.fields.clone(), at, gone }
        })
        .collect();
    let (some, rest) = rows.split_at(rows.len() / 2);
    let acked = store.sync_state().expect("read").expect("joined").acked;
    let _ = store.receive_rows(some, acked).expect("received");
    // The power goes; the snapshot is read from its beginning.
    for rows in [some, rest] {
        assert_eq!(store.receive_rows(rows, acked).expect("received"), 0);
    }
    store.end_snapshot(hub.log.len() as u64, acked).expect("ended");
    let status_of = store.sync_status().expect("read").expect("joined");
    assert_eq!(status_of.pending, status_of.unsent, "only the call is new");
    assert!(store.resident(unknown).expect("read").is_none());
    let lost = second.iter().filter(|(who, id)| status(&kiosks[1], *who, *id) == Status::Waitlist).count();
    assert!(lost > 0, "somebody lost a place");
    let calls = kiosks[1].store.follow_ups().expect("read");
    assert_eq!(calls.iter().filter(|one| one.kind == Kind::Displaced).count(), lost);
}

#[test]
fn a_new_machine_brings_what_it_began_with_and_changes_nothing_that_the_centre_has_named() {
    let (mut hub, mut kiosks) = centre(1, false);
    let mut team = kiosks[0].store.teams().expect("read").remove(4);
    team.name = "银龄互助队".into();
    kiosks[0].store.put_team(Actor::Cli, &team).expect("named");
    sync_all(&mut hub, &mut kiosks);
    hub.centre.kiosks.push(kiosk(1));
    let mut second = Centre::at(NOW);
    second.store.begin_sync(Actor::Cli, "https://hub", &welcome(kiosk(1), 1)).expect("enrolled");
    kiosks.push(second);
    sync_all(&mut hub, &mut kiosks);
    assert_same(&kiosks);
    for kiosk in &kiosks {
        assert!(kiosk.store.teams().expect("read").iter().any(|one| one.name == "银龄互助队"));
    }
}

#[test]
fn one_backup_put_back_twice_loses_nothing_that_is_written_after() {
    let (mut hub, mut kiosks) = centre(2, false);
    sync_all(&mut hub, &mut kiosks);
    let early = kiosks[0].resident("王福全");
    let folder = backup::create(&kiosks[0].store).expect("copied");
    for life in 0..2 {
        let broken = kiosks.remove(0);
        let (paths, clock) = (broken.paths(), broken.clock.clone());
        let Centre { folder: root, store, .. } = broken;
        drop(store);
        let _ = backup::restore(&paths, &clock, &folder).expect("put back");
        let store = daycare_store::Store::open(&paths, &clock).expect("opens");
        kiosks.insert(0, Centre { folder: root, clock, store });
        for number in 0..=5 - life * 3 {
            let _ = kiosks[0].resident(&format!("李{life}{number}"));
        }
        sync(&mut hub, &mut kiosks[0]);
    }
    sync_all(&mut hub, &mut kiosks);
    assert_same(&kiosks);
    let names: Vec<String> =
        kiosks[1].store.residents().expect("read").into_iter().map(|one| one.profile.name).collect();
    assert!(kiosks[1].store.resident(early).expect("read").is_some());
    assert!((0..=2).all(|number| names.contains(&format!("李1{number}"))), "{names:?}");
}

#[test]
fn who_signs_in_at_two_doors_without_a_network_is_here_once() {
    let (mut hub, mut kiosks) = centre(2, false);
    let who = kiosks[0].resident("王福全");
    sync_all(&mut hub, &mut kiosks);
    let _ = kiosks[0].check_in(who);
    let _ = kiosks[1].check_in(who);
    sync_all(&mut hub, &mut kiosks);
    assert_same(&kiosks);
    assert_eq!((visits(&kiosks[0], who), visits(&kiosks[1], who)), (1, 1), "the second is kept, uncounted");
}

#[test]
fn an_allergy_that_two_wrote_is_asked_about_and_decided_once_for_all() {
    let (mut hub, mut kiosks) = centre(2, false);
    let who = kiosks[0].resident("王福全");
    let plan = |allergies: &str| CarePlan { allergies: allergies.into(), ..CarePlan::default() };
    kiosks[0].store.put_care_plan(Actor::Cli, who, &plan("无")).expect("written");
    sync_all(&mut hub, &mut kiosks);
    kiosks[0].store.put_care_plan(Actor::Cli, who, &plan("青霉素")).expect("written");
    kiosks[1].store.put_care_plan(Actor::Cli, who, &plan("海鲜")).expect("written");
    assert_eq!(kiosks[1].store.care_plan(who).expect("read").allergies, "海鲜", "in view at once");
    sync_all(&mut hub, &mut kiosks);
    assert_same(&kiosks);
    for centre in &kiosks {
        assert_eq!(centre.store.care_plan(who).expect("read").allergies, "青霉素", "the first stays");
        let notices = centre.store.sync_status().expect("read").expect("enrolled").notices;
        assert_eq!(notices.len(), 1);
        assert_eq!(notices[0].person.as_deref(), Some("王福全"));
        assert_eq!(
            (&notices[0].asked["allergies"], &notices[0].stands["allergies"]),
            (&"海鲜".into(), &"青霉素".into())
        );
    }
    let notice = kiosks[0].store.sync_status().expect("read").expect("enrolled").notices[0].op;
    kiosks[0].store.decide_notice(Actor::Cli, notice, true).expect("decided");
    sync_all(&mut hub, &mut kiosks);
    assert_same(&kiosks);
    for centre in &kiosks {
        assert_eq!(centre.store.care_plan(who).expect("read").allergies, "海鲜");
        assert!(centre.store.sync_status().expect("read").expect("enrolled").notices.is_empty());
    }
}

#[test]
fn a_kiosk_restored_from_a_backup_is_in_step_again_and_tells_nothing_twice() {
    let (mut hub, mut kiosks) = centre(2, false);
    let who = kiosks[0].resident("王福全");
    sync_all(&mut hub, &mut kiosks);
    let _ = kiosks[0].check_in(who);
    let folder = backup::create(&kiosks[0].store).expect("a backup");
    sync(&mut hub, &mut kiosks[0]);
    let later = kiosks[0].resident("李素芬");
    sync_all(&mut hub, &mut kiosks);
    let told = hub.log.len();
    // The disk is gone; the backup takes its place.
    let Centre { folder: home, clock, store } = kiosks.remove(0);
    drop(store);
    let paths = daycare_store::paths::Paths::new(home.path());
    let _ = backup::restore(&paths, &clock, &folder).expect("restored");
    let store = daycare_store::Store::open(&paths, &clock).expect("opens");
    kiosks.insert(0, Centre { folder: home, clock, store });
    assert!(kiosks[0].store.resident(later).expect("read").is_none());
    sync_all(&mut hub, &mut kiosks);
    assert_same(&kiosks);
    assert!(
        kiosks[0].store.resident(later).expect("read").is_some(),
        "the hub gives back what the backup lacks"
    );
    assert_eq!(hub.log.len(), told, "nothing counts twice");
}

#[test]
fn somebody_erased_at_one_door_is_erased_at_all() {
    let (mut hub, mut kiosks) = centre(2, false);
    let who = kiosks[0].resident("欧阳素芬");
    let id = kiosks[0].check_in(who);
    let now = kiosks[0].clock.now();
    let _ = kiosks[0].store.check_out(Actor::Resident, who, now, None).expect("home");
    sync_all(&mut hub, &mut kiosks);
    kiosks[1].store.add_handover(Actor::Cli, HandoverId::new(), "欧阳素芬没吃药").expect("written");
    let _ = kiosks[1].store.erase_person(Actor::Cli, who, "本人要求").expect("erased");
    sync_all(&mut hub, &mut kiosks);
    assert_same(&kiosks);
    for centre in &kiosks {
        for entry in std::fs::read_dir(centre.folder.path()).expect("a folder").flatten() {
            let Ok(bytes) = std::fs::read(entry.path()) else { continue };
            let name = "欧阳素芬".as_bytes();
            assert!(!bytes.windows(name.len()).any(|part| part == name), "{}", entry.path().display());
        }
        assert!(centre.store.visit(id).expect("read").is_some(), "the count stays");
    }
}

#[test]
fn an_edit_that_arrives_between_an_erasure_and_its_result_brings_nothing_back() {
    let (mut hub, mut kiosks) = centre(2, false);
    let who = kiosks[0].resident("王福全");
    sync_all(&mut hub, &mut kiosks);
    let mut known = kiosks[1].store.resident(who).expect("read").expect("there");
    known.profile.phone = "13812345678".into();
    kiosks[1].store.put_resident(Actor::Cli, &known, "").expect("written");
    sync(&mut hub, &mut kiosks[1]);
    let _ = kiosks[0].store.erase_person(Actor::Cli, who, "本人要求").expect("erased");
    // The edit is read before the erasure is told.
    let pulled =
        Pulled { changes: hub.pull(0, 500).to_vec(), head: hub.log.len() as u64, hub_time: Moment(0) };
    let _ = kiosks[0].store.receive(&pulled).expect("received");
    let left = kiosks[0].store.resident(who).expect("read").expect("somebody for the counts").profile;
    assert_eq!(left.phone, "");
    sync_all(&mut hub, &mut kiosks);
    assert_same(&kiosks);
}

#[test]
fn what_is_still_untold_of_somebody_erased_says_nothing_of_them() {
    let (mut hub, mut kiosks) = centre(2, false);
    let (who, late) = (kiosks[0].resident("欧阳素芬"), kiosks[0].resident("王福全"));
    sync_all(&mut hub, &mut kiosks);
    // Without a network: a plan, two readings, a new phone; and somebody new.
    let plan = CarePlan { allergies: "青霉素过敏".into(), ..CarePlan::default() };
    let store = &mut kiosks[0].store;
    store.put_care_plan(Actor::Cli, who, &plan).expect("written");
    let mut known = store.resident(who).expect("read").expect("known");
    known.profile.phone = "13800002206".into();
    store.put_resident(Actor::Cli, &known, "phone").expect("written");
    store.put_care_plan(Actor::Cli, late, &plan).expect("written");
    let fresh = kiosks[0].resident("何月英");
    let words = "欧阳素芬没吃药";
    kiosks[0].store.add_handover(Actor::Cli, HandoverId::new(), words).expect("written");
    for gone in [who, fresh] {
        let _ = kiosks[0].store.erase_person(Actor::Cli, gone, "本人要求").expect("erased");
    }
    let conn = Connection::open(kiosks[0].paths().database()).expect("opens");
    let said = "SELECT count(*) FROM op WHERE coalesce(fields, '') || coalesce(was, '') || under LIKE ?1";
    let said = |words: &str| -> i64 {
        conn.query_row(said, [format!("%{words}%")], |row| row.get(0)).expect("counted")
    };
    assert_eq!([said("欧阳素芬"), said("13800002206"), said("何月英")], [0, 0, 0]);
    assert_eq!(said("青霉素过敏"), 1, "the plan of the other one");
    drop(conn);
    sync_all(&mut hub, &mut kiosks);
    assert_same(&kiosks);
    assert!(kiosks.iter().all(|kiosk| kiosk.store.roster().expect("read").len() == 1));
    assert!(kiosks.iter().all(|kiosk| kiosk.store.undecided().expect("read") == 0));
}

#[test]
fn nothing_is_noted_without_a_hub_and_leaving_it_leaves_everything_here() {
    let mut alone = Centre::at(NOW);
    let _ = alone.resident("王福全");
    assert_eq!(alone.store.batch().expect("read"), None);
    let (mut hub, mut kiosks) = centre(1, false);
    let who = kiosks[0].resident("王福全");
    sync_all(&mut hub, &mut kiosks);
    kiosks[0].store.end_sync(Actor::Cli).expect("left");
    let _ = kiosks[0].check_in(who);
    assert_eq!(kiosks[0].store.batch().expect("read"), None);
    assert_eq!(visits(&kiosks[0], who), 1);
    kiosks[0].store.begin_sync(Actor::Cli, "https://hub", &welcome(kiosk(9), 0)).expect("enrolled again");
    assert!(kiosks[0].store.batch().expect("read").is_some());
}

#[test]
fn what_the_hub_refuses_is_shown_and_never_stops_the_rest() {
    let (mut hub, mut kiosks) = centre(2, false);
    sync_all(&mut hub, &mut kiosks);
    let staff = daycare_core::staff::Staff {
        id: daycare_core::ids::StaffId::new(),
        name: "周敏".into(),
        role: daycare_core::staff::Role::Caregiver,
    };
    // Accounts are the first kiosk's: what slips in at another is taken back.
    let conn = Connection::open(kiosks[1].paths().database()).expect("opens");
    let sql =
        "INSERT INTO staff (id, name, role, pin_hash, created_at) VALUES (?1, '周敏', 'manager', 'x', 1)";
    let _ = conn.execute(sql, [staff.id.uuid().into_bytes()]).expect("written");
    drop(conn);
    let _ = kiosks[1].resident("李素芬");
    sync_all(&mut hub, &mut kiosks);
    assert_same(&kiosks);
    assert!(kiosks[1].store.staff().expect("read").is_empty(), "taken back");
    let notices = kiosks[1].store.sync_status().expect("read").expect("enrolled").notices;
    assert!(matches!(notices[0].outcome, Outcome::Rejected(_)));
    assert_eq!(kiosks[0].store.roster().expect("read").len(), 1);
    let _ = person("王福全");
}
