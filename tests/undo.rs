//! Whatever is taken back is as if it had never been: every table but the trail.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops where something is wrong")]

mod support;

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::NaiveTime;
use daycare_kiosk::domain::activity::team_id;
use daycare_kiosk::domain::appointment::{Availability, Booked, Booking, Closure, Status};
use daycare_kiosk::domain::audit::Actor;
use daycare_kiosk::domain::ids::{AppointmentId, AvailabilityId, ResidentId, ShiftId, VolunteerId};
use daycare_kiosk::domain::service::{HEALTH_CHECK, seed_id};
use daycare_kiosk::domain::volunteer::{Volunteer, Worker};
use daycare_kiosk::error::{Error, Rule};
use proptest::prelude::*;
use support::Centre;

/// Every row of every table, but what only ever grows.
fn whole(centre: &Centre) -> BTreeMap<String, Vec<String>> {
    let db = rusqlite::Connection::open(centre.paths().database()).expect("opened");
    let mut tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").expect("read");
    let names = tables.query_map([], |row| row.get::<_, String>(0)).expect("read");
    let names: Vec<String> = names.map(|name| name.expect("a name")).collect();
    let kept =
        |name: &String| !["audit", "uptime", "op"].contains(&name.as_str()) && !name.starts_with("sqlite");
    let rows = |name: &str| {
        let mut statement = db.prepare(&format!("SELECT * FROM {name}")).expect("read");
        let columns = statement.column_count();
        let row = |row: &rusqlite::Row<'_>| {
            let value = |at| row.get::<_, rusqlite::types::Value>(at).map(|value| format!("{value:?}"));
            (0..columns).map(value).collect::<rusqlite::Result<Vec<_>>>().map(|all| all.join("|"))
        };
        let mut all: Vec<String> =
            statement.query_map([], row).expect("read").map(|row| row.expect("a row")).collect();
        // A visit that was taken back stays readable as one that does not count.
        all.retain(|row| name != "visit" || !row.contains("Text(\"void\")"));
        all.sort();
        all
    };
    names.iter().filter(|name| kept(name)).map(|name| (name.clone(), rows(name))).collect()
}

/// A centre with a health check today, somebody who serves and has a booking.
fn centre() -> (Centre, ResidentId, Worker, AppointmentId) {
    let mut centre = Centre::at("2026-11-25T08:00:00");
    let time = |text| NaiveTime::parse_from_str(text, "%H:%M").expect("a time");
    let hours = Availability {
        id: AvailabilityId::from_u128(1),
        service_id: seed_id(HEALTH_CHECK),
        weekday: 3,
        starts: time("09:00"),
        ends: time("11:00"),
        slot_minutes: 30,
        capacity: 2,
        room: "保健室".into(),
        provider: "陈静".into(),
    };
    centre.store.add_availability(Actor::Cli, &hours).expect("laid out");
    let who = centre.resident("王福全");
    let volunteer = Volunteer {
        id: VolunteerId::new(),
        name: "王福全".into(),
        team_id: team_id(0),
        resident_id: Some(who),
        phone: String::new(),
    };
    centre.store.put_volunteer(Actor::Cli, &volunteer).expect("written");
    let today = centre.clock.today();
    let slot = centre.store.slots(seed_id(HEALTH_CHECK), today, today).expect("read").remove(0);
    let (session_id, starts_at) = (slot.session_id, slot.starts_at);
    let booking =
        Booking { id: AppointmentId::new(), resident_id: who, session_id, starts_at, instead_of: None };
    assert!(matches!(centre.store.book(Actor::Cli, &booking), Ok(Booked::Done(_))));
    (centre, who, Worker::Volunteer(volunteer.id), booking.id)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Arrivals, departures and shifts in any order, the last one taken back.
    #[test]
    fn an_undo_leaves_every_table_as_it_was(steps in prop::collection::vec(0..4u8, 1..7)) {
        let (mut centre, who, worker, _) = centre();
        for step in steps {
            centre.clock.advance(Duration::from_mins(5));
            let before = whole(&centre);
            let open = centre.store.open_visit(who).expect("read");
            let at = centre.clock.now();
            match (step, open) {
                (0, None) => {
                    let visit = centre.check_in(who);
                    let _ = centre.store.undo_check_in(Actor::Cli, visit).expect("taken back");
                }
                (1, Some(_)) => {
                    let visit = centre.store.check_out(Actor::Cli, who, at, None).expect("left");
                    let _ = centre.store.undo_check_out(Actor::Cli, visit.id).expect("taken back");
                }
                (2, None) => {
                    let _ = centre.check_in(who);
                    continue;
                }
                (3, Some(_)) => {
                    if centre.store.open_shift(worker).expect("read").is_none() {
                        let _ = centre
                            .store
                            .start_shift(Actor::Cli, ShiftId::new(), worker, None)
                            .expect("serves");
                    }
                    continue;
                }
                _ => continue,
            }
            let after = whole(&centre);
            for (table, rows) in &before {
                prop_assert_eq!(rows, &after[table], "{} after step {}", table, step);
            }
        }
    }
}

#[test]
fn who_was_taken_for_absent_by_mistake_is_not_to_be_called() {
    let (mut centre, _, _, booking) = centre();
    let before = whole(&centre);
    let _ = centre.store.set_appointment(Actor::Cli, booking, Status::NoShow).expect("absent");
    assert_eq!(centre.store.follow_ups().expect("read").len(), 1);
    let _ = centre.store.step_back(Actor::Cli, booking, Status::Booked, "认错人了").expect("back");
    let after = whole(&centre);
    for (table, rows) in &before {
        assert_eq!(rows, &after[table], "{table}");
    }
}

#[test]
fn nobody_is_put_back_into_a_session_that_was_cancelled() {
    let (mut centre, _, _, booking) = centre();
    let _ = centre.store.set_appointment(Actor::Cli, booking, Status::NoShow).expect("absent");
    let today = centre.clock.today();
    let session = centre.store.sessions(today, today).expect("read").remove(0).id;
    let _ = centre.store.cancel_session(Actor::Cli, session, "医生生病").expect("cancelled");
    let back = centre.store.step_back(Actor::Cli, booking, Status::Booked, "认错人了");
    assert!(matches!(back, Err(Error::Rule(Rule::SessionCancelled))), "{back:?}");
}

#[test]
fn opening_a_day_again_revives_only_what_its_closure_cancelled() {
    let (mut centre, ..) = centre();
    let today = centre.clock.today();
    let later = today + chrono::Days::new(7);
    centre.store.lay_out_sessions().expect("laid out");
    let on = |centre: &Centre| centre.store.sessions(later, later).expect("read").remove(0);
    let ill = on(&centre).id;
    let _ = centre.store.cancel_session(Actor::Cli, ill, "医生生病").expect("cancelled");
    let closure = Closure { day: later, name: "停电".into() };
    let _ = centre.store.close_day(Actor::Cli, &closure).expect("closed");
    centre.store.open_day(Actor::Cli, later).expect("open again");
    assert_eq!(on(&centre).cancelled.as_deref(), Some("医生生病"));
    centre.store.reopen_session(Actor::Cli, ill).expect("takes place");
    let _ = centre.store.close_day(Actor::Cli, &closure).expect("closed");
    assert!(on(&centre).cancelled.is_some());
    centre.store.open_day(Actor::Cli, later).expect("open again");
    assert_eq!(on(&centre).cancelled, None);
}
