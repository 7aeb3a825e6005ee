//! Whatever is taken back is as if it had never been: every table but the trail.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::NaiveTime;
use daycare_core::activity::enrolment::SigningUp;
use daycare_core::activity::repeat::Repeat;
use daycare_core::activity::{Arrangement, OccurrenceChange, OccurrenceKey, Series, team_id};
use daycare_core::appointment::{Availability, Booked, Booking, Closure, Status};
use daycare_core::audit::Actor;
use daycare_core::ids::{
    ActivityId, AppointmentId, AvailabilityId, EnrolmentId, MergeId, ResidentId, SeriesId, ShiftId,
    VolunteerId,
};
use daycare_core::service::{HEALTH_CHECK, seed_id};
use daycare_core::volunteer::{Volunteer, Worker};
use daycare_kiosk::error::{Error, Rule};
use proptest::prelude::*;

use testkit::centre::Centre;

/// Every row of every table, but what only ever grows.
fn whole(centre: &Centre) -> BTreeMap<String, Vec<String>> {
    let db = rusqlite::Connection::open(centre.paths().database()).expect("opened");
    let mut tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").expect("read");
    let names = tables.query_map([], |row| row.get::<_, String>(0)).expect("read");
    let names: Vec<String> = names.map(|name| name.expect("a name")).collect();
    // What was closed, changed or merged stays readable as something taken back.
    let readable = ["audit", "uptime", "op", "closure", "activity_change", "merge", "merge_row"];
    let kept = |name: &String| !readable.contains(&name.as_str()) && !name.starts_with("sqlite");
    let rows = |name: &str| {
        let mut statement = db.prepare(&format!("SELECT * FROM {name}")).expect("read");
        // When somebody last edited a file is no part of it.
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let columns: Vec<usize> = (0..names.len()).filter(|at| names[*at] != "updated_at").collect();
        let row = |row: &rusqlite::Row<'_>| {
            let value = |at| row.get::<_, rusqlite::types::Value>(at).map(|value| format!("{value:?}"));
            columns.iter().copied().map(value).collect::<rusqlite::Result<Vec<_>>>().map(|all| all.join("|"))
        };
        let mut all: Vec<String> =
            statement.query_map([], row).expect("read").map(|row| row.expect("a row")).collect();
        // A visit or shift that was taken back stays readable as one that does not count.
        all.retain(|row| !row.contains("Text(\"void\")"));
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

/// Something that can be taken back.
#[derive(Debug, Clone, Copy)]
enum Action {
    Arrive,
    ArriveTogether,
    Leave,
    LeaveTogether,
    StartShift,
    EndShift,
    NoShow,
    CancelSession,
    CloseDay,
    CancelActivity,
    MoveActivity,
    Merge,
}

const ACTIONS: [Action; 12] = [
    Action::Arrive,
    Action::ArriveTogether,
    Action::Leave,
    Action::LeaveTogether,
    Action::StartShift,
    Action::EndShift,
    Action::NoShow,
    Action::CancelSession,
    Action::CloseDay,
    Action::CancelActivity,
    Action::MoveActivity,
    Action::Merge,
];

/// A centre in which every action has something to do.
struct World {
    centre: Centre,
    who: ResidentId,
    other: ResidentId,
    twin: ResidentId,
    worker: Worker,
    booking: AppointmentId,
    activity: Series,
}

impl World {
    fn new() -> Self {
        let (mut centre, who, worker, booking) = centre();
        let (other, twin) = (centre.resident("欧阳素芬"), centre.resident("王福全"));
        let today = centre.clock.today();
        let time = |text| NaiveTime::parse_from_str(text, "%H:%M").expect("a time");
        let arrangement = Arrangement {
            starts: time("15:00"),
            ends: time("16:00"),
            room_id: None,
            team_id: None,
            leader: String::new(),
            capacity: Some(1),
        };
        let activity = Series {
            id: SeriesId::new(),
            activity_id: ActivityId::new(),
            name: "唱红歌".into(),
            picture: "microphone".into(),
            repeat: Repeat::weekly_on(today),
            starts_on: today,
            until: None,
            arrangement,
            opens_days: 7,
            closes_minutes: 0,
            notice: String::new(),
            notice_on: None,
        };
        centre.store.add_activity(Actor::Cli, &activity).expect("added");
        let key = OccurrenceKey { activity_id: activity.activity_id, day: today };
        for resident_id in [who, other] {
            let asked = SigningUp { id: EnrolmentId::new(), key, resident_id };
            let _ = centre.store.sign_up_or_wait(Actor::Cli, &asked).expect("asked");
        }
        Self { centre, who, other, twin, worker, booking, activity }
    }

    fn change(&self, cancelled: Option<&str>, hour: &str) -> OccurrenceChange {
        let day = self.centre.clock.today();
        let starts = NaiveTime::parse_from_str(hour, "%H:%M").expect("a time");
        let ends = starts + chrono::TimeDelta::hours(1);
        OccurrenceChange {
            key: OccurrenceKey { activity_id: self.activity.activity_id, day },
            held_on: day,
            arrangement: Arrangement { starts, ends, ..self.activity.arrangement.clone() },
            cancelled: cancelled.map(str::to_owned),
        }
    }

    /// Does something and takes it back; whether there was anything to do.
    fn do_and_undo(&mut self, action: Action) -> bool {
        let (who, worker, booking, at) = (self.who, self.worker, self.booking, self.centre.clock.now());
        let today = self.centre.clock.today();
        let open = self.centre.store.open_visit(who).expect("read").is_some();
        let serves = self.centre.store.open_shift(worker).expect("read").is_some();
        let booked = self.centre.store.appointment(booking).expect("read").expect("there").status;
        let change = |world: &Self, cancelled, hour| world.change(cancelled, hour);
        let (cancelled, moved) = (change(self, Some("老师病了"), "15:00"), change(self, None, "16:30"));
        let arrivals = [self.centre.arrival(who), self.centre.arrival(self.other)];
        let store = &mut self.centre.store;
        match action {
            Action::Arrive if !open => {
                let visit = store.check_in(Actor::Cli, &arrivals[0]).expect("here").visit().id;
                let _ = store.undo_check_in(Actor::Cli, visit).expect("taken back");
            }
            Action::ArriveTogether if !open => {
                let _ = store.check_in_all(Actor::Cli, &arrivals).expect("here");
                store.undo_check_ins(Actor::Cli, &arrivals.map(|one| one.visit_id)).expect("taken back");
            }
            Action::Leave if open => {
                let visit = store.check_out(Actor::Cli, who, at, None).expect("left").id;
                let _ = store.undo_check_out(Actor::Cli, visit).expect("taken back");
            }
            Action::LeaveTogether if open => {
                let left = store.check_out_all(Actor::Cli, &[who], at).expect("left");
                let left: Vec<_> = left.into_iter().map(|visit| visit.id).collect();
                store.undo_check_outs(Actor::Cli, &left).expect("taken back");
            }
            Action::StartShift if !serves => {
                let shift = store.start_shift(Actor::Cli, ShiftId::new(), worker, None).expect("serves").id;
                let _ = store.undo_shift(Actor::Cli, shift).expect("taken back");
            }
            Action::EndShift if serves => {
                let shift = store.end_shift(Actor::Cli, worker).expect("served").expect("one").id;
                let _ = store.undo_shift(Actor::Cli, shift).expect("taken back");
            }
            Action::NoShow if booked == Status::Booked => {
                let _ = store.set_appointment(Actor::Cli, booking, Status::NoShow).expect("absent");
                let _ = store.step_back(Actor::Cli, booking, Status::Booked, "认错人了").expect("back");
            }
            Action::CancelSession if booked.is_open() => {
                let session = store.sessions(today, today).expect("read").remove(0).id;
                let called = store.cancel_session(Actor::Cli, session, "医生生病").expect("cancelled");
                assert_eq!(called, 1);
                store.reopen_session(Actor::Cli, session).expect("held");
            }
            Action::CloseDay if booked.is_open() => {
                let closure = Closure { day: today, name: "停电".into() };
                let _ = store.close_day(Actor::Cli, &closure).expect("closed");
                store.open_day(Actor::Cli, today).expect("open");
            }
            Action::CancelActivity => {
                let _ = store.change_occurrence(Actor::Cli, &cancelled).expect("cancelled");
                store.restore_occurrence(Actor::Cli, cancelled.key).expect("held");
            }
            Action::MoveActivity => {
                let _ = store.change_occurrence(Actor::Cli, &moved).expect("moved");
                store.restore_occurrence(Actor::Cli, moved.key).expect("as before");
            }
            Action::Merge => {
                let id = MergeId::new();
                store.merge_residents(Actor::Cli, id, who, self.twin).expect("merged");
                store.undo_merge(Actor::Cli, id).expect("taken back");
            }
            _ => return false,
        }
        true
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever happened before, an action and its undo leave every table as it was.
    #[test]
    fn an_undo_leaves_every_table_as_it_was(steps in prop::collection::vec((0..4u8, 0..ACTIONS.len()), 1..7)) {
        let mut world = World::new();
        for (before, action) in steps {
            world.centre.clock.advance(Duration::from_mins(5));
            let (who, worker) = (world.who, world.worker);
            let open = world.centre.store.open_visit(who).expect("read").is_some();
            match before {
                0 if !open => drop(world.centre.check_in(who)),
                1 if open && world.centre.store.open_shift(worker).expect("read").is_none() => {
                    let shift = ShiftId::new();
                    let _ = world.centre.store.start_shift(Actor::Cli, shift, worker, None).expect("serves");
                }
                2 if open => {
                    let at = world.centre.clock.now();
                    let _ = world.centre.store.check_out(Actor::Cli, who, at, None).expect("left");
                }
                _ => {}
            }
            let before = whole(&world.centre);
            let action = ACTIONS[action];
            if world.do_and_undo(action) {
                let after = whole(&world.centre);
                for (table, rows) in &before {
                    prop_assert_eq!(rows, &after[table], "{} after {:?}", table, action);
                }
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
