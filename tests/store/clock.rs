//! A clock that is wrong: nothing is closed or thinned by it, people come and go
//! as ever, and what it wrote does no lasting damage.

use std::time::Duration;

use daycare_core::audit::Actor;
use daycare_core::card::{CardCode, Holder};
use daycare_core::clock_doubt::ClockDoubt;
use daycare_core::ids::{ReadingId, ResidentId, ShiftId, StaffId};
use daycare_core::staff::{Role, Staff};
use daycare_core::visit::{CheckedIn, HistoryFilter, State, Visit};
use daycare_core::vitals::{Kind, Origin, Reading, Value};
use daycare_core::volunteer::Worker;
use daycare_kiosk::app::Message;
use daycare_kiosk::i18n::Lang;
use daycare_kiosk::ui::screens::{Route, Sight};
use daycare_kiosk::ui::theme::Shape;

use testkit::centre::{Centre, ZONE, moment};
use testkit::sandbox::Sandbox;

#[test]
fn an_arrival_of_a_year_to_come_does_not_swallow_the_arrivals_of_today() {
    let mut centre = Centre::at("2027-11-24T09:00:00");
    let who = centre.resident("王福全");
    let ahead = centre.check_in(who);
    centre.clock.set_wall(moment("2026-11-24T09:00:00"));
    let arrival = centre.arrival(who);
    let today = centre.store.check_in(Actor::Resident, &arrival).expect("answered");
    assert!(matches!(today, CheckedIn::Done(ref visit) if visit.id != ahead), "{today:?}");
    let left = centre.store.check_out(Actor::Resident, who, centre.clock.now(), None).expect("left");
    assert_eq!(left.state, State::Left);
}

#[test]
fn who_was_closed_by_a_clock_eight_hours_ahead_leaves_as_ever() {
    let mut centre = Centre::at("2026-11-24T16:30:00");
    let who = centre.resident("王福全");
    let visit = centre.check_in(who);
    // Eight hours ahead it is tomorrow, and today is closed.
    centre.clock.set_wall(moment("2026-11-25T00:40:00"));
    assert_eq!(centre.store.close_days_before_today().expect("closed"), 1);
    centre.clock.set_wall(moment("2026-11-24T16:50:00"));
    let left = centre.store.check_out(Actor::Resident, who, centre.clock.now(), None).expect("left");
    assert_eq!((left.id, left.state, left.left_at), (visit, State::Left, Some(centre.clock.now())));
}

#[test]
fn a_visit_of_a_day_to_come_marks_nobody_as_seen() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let who = centre.resident("王福全");
    let _ = centre.check_in(who);
    let _ = centre.store.check_out(Actor::Resident, who, centre.clock.now(), None).expect("left");
    centre.clock.set_wall(moment("2027-11-24T09:00:00"));
    let _ = centre.check_in(who);
    centre.clock.set_wall(moment("2026-11-25T09:00:00"));
    let seen = centre.store.last_days().expect("read");
    assert_eq!(seen[&who].map(|day| day.to_string()).as_deref(), Some("2026-11-24"));
}

#[test]
fn a_sign_out_of_a_moment_to_come_throws_nobody_out() {
    let mut centre = Centre::at("2027-11-24T09:00:00");
    let manager = Staff { id: StaffId::new(), name: "何静".into(), role: Role::Manager };
    centre.store.add_staff(Actor::Cli, &manager, "246810").expect("staff");
    centre.store.sign_out(Actor::Cli, manager.id).expect("signed out");
    centre.clock.set_wall(moment("2026-11-24T09:00:00"));
    assert!(centre.store.may_stay(manager.id, centre.clock.now()).expect("read"));
}

#[test]
fn once_staff_confirm_the_time_what_was_written_ahead_counts_no_more() {
    let mut centre = Centre::at("2027-11-24T09:00:00");
    let who = centre.resident("王福全");
    let _ = centre.check_in(who);
    centre.store.note_running().expect("noted");
    centre.clock.set_wall(moment("2026-11-24T09:00:00"));
    assert!(centre.store.newest_record().expect("read") > Some(centre.clock.now()));
    centre.store.confirm_clock(Actor::Cli).expect("confirmed");
    assert!(centre.store.newest_record().expect("read") <= Some(centre.clock.now()));
    assert!(centre.store.open_visit(who).expect("read").is_none(), "nobody is inside since next year");
    let arrival = centre.arrival(who);
    assert!(matches!(centre.store.check_in(Actor::Resident, &arrival), Ok(CheckedIn::Done(_))));
}

fn open_visits(sandbox: &Sandbox) -> usize {
    let read = sandbox
        .cx()
        .store
        .read(|store| Ok(store.roster()?.into_iter().filter(|listed| listed.here_since.is_some()).count()));
    futures::executor::block_on(read).expect("read")
}

#[test]
fn a_clock_that_is_set_back_while_the_program_runs_closes_nothing_until_staff_confirm_it() {
    let mut sandbox = Sandbox::demo();
    sandbox.send(Message::Minute);
    let here = open_visits(&sandbox);
    assert!(here > 0);
    let before = sandbox.cx().clock.now();
    // The battery is empty: back to 2010, then on to a day far away.
    sandbox.cx().clock.set_wall(moment("2010-01-01T00:00:00"));
    sandbox.send(Message::Minute);
    assert!(sandbox.cx().clock_doubt.is_some());
    sandbox.cx().clock.set_wall(before.plus_ms(26 * 3_600_000));
    sandbox.send(Message::Minute);
    let database = rusqlite::Connection::open(sandbox.cx().paths.database()).expect("opened");
    let sql = "SELECT count(*) FROM visit WHERE state = 'open'";
    let still_open: u32 = database.query_row(sql, [], |row| row.get(0)).expect("read");
    assert_eq!(still_open as usize, here, "nothing was closed");

    sandbox.cx().clock.set_wall(before);
    sandbox.unlock();
    sandbox.open(Route::Board, Lang::ZhHans, Sight::default(), Shape::Portrait);
    assert!(sandbox.texts().iter().any(|text| text.contains("跳了好几个小时")), "{:?}", sandbox.texts());
    sandbox.wait(1);
    sandbox.click("时间没错");
    assert!(sandbox.cx().clock_doubt.is_none());
    assert_eq!(open_visits(&sandbox), here);
}

#[test]
fn a_night_off_and_a_long_weekend_asleep_are_no_wrong_clock() {
    let mut sandbox = Sandbox::demo();
    sandbox.send(Message::Minute);
    for hours in [1, 15, 60] {
        sandbox.cx().clock.advance(Duration::from_hours(hours));
        sandbox.send(Message::Minute);
        assert_eq!(sandbox.cx().clock_doubt, None, "{hours} hours");
    }
}

#[test]
fn a_doubt_outlives_a_restart_and_only_staff_resolve_it() {
    let mut sandbox = Sandbox::demo();
    sandbox.send(Message::Minute);
    let right = sandbox.cx().clock.now();
    // A year ahead, and somebody signs in: that record must not speak for the clock.
    sandbox.cx().clock.set_wall(right.plus_ms(366 * 86_400_000));
    sandbox.send(Message::Minute);
    sandbox.scan(daycare_kiosk::demo::CARD);
    sandbox.wait(1);
    sandbox.click("是我，签到");
    let mut again = Sandbox::on(sandbox.cx().clone());
    again.send(Message::Minute);
    assert!(again.cx().clock_doubt.is_some());
}

#[test]
fn a_machine_without_a_battery_is_believed_once_its_clock_is_past_the_newest_record() {
    let right = Sandbox::demo().cx().clock.now();
    let sandbox = Sandbox::demo();
    sandbox.cx().clock.set_wall(moment("2010-01-01T00:00:00"));
    let mut started = Sandbox::on(sandbox.cx().clone());
    assert!(started.cx().clock_doubt.is_some());
    started.cx().clock.set_wall(right.plus_ms(60_000));
    started.send(Message::Minute);
    assert_eq!(started.cx().clock_doubt, None, "a network has set it");
}

/// A visit of somebody, in force.
fn visit_of(sandbox: &Sandbox, who: ResidentId) -> Visit {
    let read = sandbox.cx().store.read(move |store| {
        let filter = HistoryFilter { resident: Some(who), ..HistoryFilter::default() };
        let newest = store.history(&filter, 0, 1)?.remove(0).visit;
        Ok(newest)
    });
    futures::executor::block_on(read).expect("read")
}

fn sign_in(sandbox: &mut Sandbox) -> ResidentId {
    sandbox.scan(daycare_kiosk::demo::CARD);
    sandbox.wait(1);
    sandbox.click("是我，签到");
    sandbox.expect("签到好了");
    let code = CardCode::parse(daycare_kiosk::demo::CARD).expect("a card");
    let read = sandbox.cx().store.read(move |store| store.find_by_card(&code));
    match futures::executor::block_on(read).expect("read") {
        Some(Holder::Resident(who)) => who,
        other => panic!("{other:?}"),
    }
}

#[test]
fn who_came_while_the_clock_was_eight_hours_ahead_came_at_the_right_time_once_it_is_set() {
    let right = Sandbox::demo().cx().clock.now();
    let started = Sandbox::demo();
    started.cx().clock.set_wall(right.plus_ms(8 * 3_600_000));
    let mut sandbox = Sandbox::on(started.cx().clone());
    sandbox.send(Message::Minute);
    let who = sign_in(&mut sandbox);
    assert!(visit_of(&sandbox, who).arrived_at > right.plus_ms(7 * 3_600_000));
    // A network sets it.
    sandbox.cx().clock.set_wall(right.plus_ms(60_000));
    sandbox.send(Message::Minute);
    assert_eq!(sandbox.cx().clock_doubt, Some(ClockDoubt::Jumped));
    sandbox.wait(1);
    sandbox.click("好的");
    sandbox.unlock();
    sandbox.open(Route::Board, Lang::ZhHans, Sight::default(), Shape::Portrait);
    sandbox.wait(1);
    sandbox.click("时间没错");
    let visit = visit_of(&sandbox, who);
    assert!((visit.arrived_at.0 - right.0).abs() < 5 * 60_000, "{visit:?}");
    assert_eq!((visit.day, visit.state), (right.day(ZONE), State::Open), "and they are inside");
}

#[test]
fn who_came_before_a_machine_without_a_battery_knew_the_time_came_today() {
    let right = Sandbox::demo().cx().clock.now();
    let started = Sandbox::demo();
    started.cx().clock.set_wall(moment("2010-01-01T00:00:00"));
    let mut sandbox = Sandbox::on(started.cx().clone());
    sandbox.send(Message::Minute);
    let who = sign_in(&mut sandbox);
    sandbox.cx().clock.set_wall(right.plus_ms(60_000));
    sandbox.send(Message::Minute);
    assert_eq!(sandbox.cx().clock_doubt, None);
    let visit = visit_of(&sandbox, who);
    assert_eq!((visit.day, visit.state), (right.day(ZONE), State::Open), "nobody had to ask for it");
}

#[test]
fn a_reading_and_a_shift_of_a_wrong_clock_are_dated_anew_and_keep_whoever_took_them() {
    let mut centre = Centre::at("2026-11-24T17:00:00");
    let nurse = Staff { id: StaffId::new(), name: "陈静".into(), role: Role::Nurse };
    centre.store.add_staff(Actor::Cli, &nurse, "246810").expect("staff");
    let who = centre.resident("王福全");
    let since = centre.store.last_line().expect("read");
    let value = Value { first: 128, second: Some(80) };
    let reading = Reading {
        id: ReadingId::new(),
        resident_id: who,
        appointment_id: None,
        taken_at: centre.clock.now(),
        kind: Kind::BloodPressure,
        timing: None,
        value,
        parts: vec![value],
        origin: Origin::Typed,
        limits: "2026-11".into(),
        taken_by: String::new(),
    };
    let nurse_acts = Actor::Staff(nurse.id);
    centre.store.add_readings(nurse_acts, std::slice::from_ref(&reading), None).expect("taken");
    let worker = Worker::Staff(nurse.id);
    let _ = centre.store.start_shift(Actor::Cli, ShiftId::new(), worker, None).expect("serves");
    // It was nine in the morning.
    centre.clock.set_wall(moment("2026-11-24T09:01:00"));
    centre.store.note_clock_jump(since, -8 * 3_600_000).expect("noted");
    centre.store.confirm_clock(nurse_acts).expect("confirmed");
    let readings = centre.store.readings_of(who, moment("2026-01-01T00:00:00")).expect("read");
    assert_eq!((readings.len(), readings[0].taken_at), (1, moment("2026-11-24T09:00:00")));
    assert_eq!((readings[0].taken_by.as_str(), readings[0].value), ("陈静", value));
    let shift = centre.store.open_shift(worker).expect("read").expect("still serves");
    assert_eq!(shift.started_at, moment("2026-11-24T09:00:00"));
}

#[test]
fn what_was_written_in_the_minute_after_the_clock_was_set_is_left_as_it_is() {
    let mut centre = Centre::at("2026-11-24T17:00:00");
    let (early, late) = (centre.resident("王福全"), centre.resident("欧阳素芬"));
    let since = centre.store.last_line().expect("read");
    let _ = centre.check_in(early);
    centre.clock.set_wall(moment("2026-11-24T09:00:20"));
    let _ = centre.check_in(late);
    // Only now it is noticed.
    centre.clock.set_wall(moment("2026-11-24T09:00:50"));
    centre.store.note_clock_jump(since, -8 * 3_600_000).expect("noted");
    centre.store.confirm_clock(Actor::Cli).expect("confirmed");
    let arrived = |who| centre.store.open_visit(who).expect("read").expect("inside").arrived_at;
    assert_eq!(arrived(early), moment("2026-11-24T09:00:00"));
    assert_eq!(arrived(late), moment("2026-11-24T09:00:20"));
}

#[test]
fn what_the_night_closed_by_a_clock_ahead_is_open_again() {
    let mut centre = Centre::at("2026-11-24T16:30:00");
    let who = centre.resident("王福全");
    let visit = centre.check_in(who);
    let since = centre.store.last_line().expect("read");
    centre.clock.set_wall(moment("2026-11-25T00:40:00"));
    let _ = centre.store.close_days_before_today().expect("closed");
    centre.clock.set_wall(moment("2026-11-24T16:41:00"));
    centre.store.note_clock_jump(since, -8 * 3_600_000).expect("noted");
    centre.store.confirm_clock(Actor::Cli).expect("confirmed");
    assert_eq!(centre.store.open_visit(who).expect("read").map(|open| open.id), Some(visit));
}

/// Everything that the centre has written, without the program's own notes.
fn records(sandbox: &Sandbox) -> Vec<String> {
    let database = rusqlite::Connection::open(sandbox.cx().paths.database()).expect("opened");
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
         AND name NOT IN ('uptime', 'setting', 'audit')";
    let mut names = database.prepare(tables).expect("read");
    let names = names.query_map([], |row| row.get::<_, String>(0)).expect("read");
    let mut all = Vec::new();
    for name in names.map(|name| name.expect("a name")) {
        let mut rows = database.prepare(&format!("SELECT * FROM {name}")).expect("read");
        let count = rows.column_count();
        let cells = |row: &rusqlite::Row<'_>| {
            let cell = |at| row.get::<_, rusqlite::types::Value>(at).map(|value| format!("{value:?}"));
            (0..count).map(cell).collect::<rusqlite::Result<Vec<_>>>().map(|cells| cells.join("|"))
        };
        let rows = rows.query_map([], cells).expect("read");
        all.extend(rows.map(|row| format!("{name} {}", row.expect("a row"))));
    }
    all.sort();
    all
}

#[test]
fn under_any_wrong_clock_the_program_changes_nothing_and_afterwards_all_is_as_before() {
    const HOUR: i64 = 3_600_000;
    for off in [-16 * 365 * 24 * HOUR, -24 * HOUR, 8 * HOUR, 365 * 24 * HOUR] {
        let mut sandbox = Sandbox::demo();
        sandbox.send(Message::Minute);
        let before = records(&sandbox);
        let right = sandbox.cx().clock.now();
        sandbox.cx().clock.set_wall(right.plus_ms(off));
        sandbox.send(Message::Minute);
        assert!(sandbox.cx().clock_doubt.is_some(), "{off}");
        // Nights go by under it.
        for _ in 0..3 {
            sandbox.cx().clock.advance(Duration::from_hours(25));
            sandbox.send(Message::Minute);
        }
        assert_eq!(records(&sandbox), before, "{off}");
        sandbox.cx().clock.set_wall(right.plus_ms(60_000));
        sandbox.send(Message::Minute);
        sandbox.unlock();
        sandbox.open(Route::Board, Lang::ZhHans, Sight::default(), Shape::Portrait);
        sandbox.wait(1);
        if sandbox.cx().clock_doubt.is_some() {
            sandbox.click("时间没错");
        }
        assert_eq!(sandbox.cx().clock_doubt, None);
        assert_eq!(records(&sandbox), before, "{off}, and back");
    }
}

#[test]
fn dates_are_put_right_although_nobody_came_for_hours_before_the_clock_was_set() {
    let mut centre = Centre::at("2026-11-24T17:00:00");
    let who = centre.resident("王福全");
    let since = centre.store.last_line().expect("read");
    let _ = centre.check_in(who);
    // Eight hours ahead all morning; set in the afternoon.
    centre.clock.set_wall(moment("2026-11-24T14:00:00"));
    centre.store.note_clock_jump(since, -8 * 3_600_000).expect("noted");
    centre.store.confirm_clock(Actor::Cli).expect("confirmed");
    let open = centre.store.open_visit(who).expect("read").expect("inside");
    assert_eq!(open.arrived_at, moment("2026-11-24T09:00:00"));
}

#[test]
fn right_dates_are_not_moved_when_the_clock_was_put_right_by_a_restart() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let who = centre.resident("王福全");
    let since = centre.store.last_line().expect("read");
    let _ = centre.check_in(who);
    // Set ahead by mistake; the machine is started anew, and its clock is right.
    centre.clock.set_wall(moment("2026-11-24T18:00:00"));
    centre.store.note_clock_jump(since, 8 * 3_600_000).expect("noted");
    let mut centre = centre.restart();
    centre.clock.set_wall(moment("2026-11-24T10:05:00"));
    centre.store.forget_clock_jumps().expect("forgotten");
    centre.store.confirm_clock(Actor::Cli).expect("confirmed");
    let open = centre.store.open_visit(who).expect("read").expect("inside");
    assert_eq!(open.arrived_at, moment("2026-11-24T09:00:00"));
}

#[test]
fn a_second_jump_moves_nothing_that_staff_have_confirmed() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let (early, late) = (centre.resident("王福全"), centre.resident("欧阳素芬"));
    let since = centre.store.last_line().expect("read");
    let _ = centre.check_in(early);
    centre.store.confirm_clock(Actor::Cli).expect("confirmed");
    // In the afternoon it is set ahead without anybody noticing, and then back.
    centre.clock.set_wall(moment("2026-11-24T20:00:00"));
    let _ = centre.check_in(late);
    centre.clock.set_wall(moment("2026-11-24T12:01:00"));
    centre.store.note_clock_jump(since, -8 * 3_600_000).expect("noted");
    centre.store.confirm_clock(Actor::Cli).expect("confirmed");
    let arrived = |who| centre.store.open_visit(who).expect("read").expect("inside").arrived_at;
    assert_eq!(arrived(early), moment("2026-11-24T09:00:00"));
    assert_eq!(arrived(late), moment("2026-11-24T12:00:00"));
}
