//! A clock that is wrong: nothing is closed or thinned by it, people come and go
//! as ever, and what it wrote does no lasting damage.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops where something is wrong")]

mod support;

#[path = "support/sandbox.rs"]
mod sandbox;

use std::time::Duration;

use daycare_kiosk::app::Message;
use daycare_kiosk::domain::audit::Actor;
use daycare_kiosk::domain::ids::StaffId;
use daycare_kiosk::domain::staff::{Role, Staff};
use daycare_kiosk::domain::visit::{CheckedIn, State};
use daycare_kiosk::i18n::Lang;
use daycare_kiosk::screens::{Route, Sight};
use daycare_kiosk::theme::Shape;
use sandbox::Sandbox;
use support::{Centre, moment};

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
        sandbox.cx().clock.advance(Duration::from_mins(1));
        let later = sandbox.cx().clock.now().plus_ms(hours * 3_600_000);
        sandbox.cx().clock.set_wall(later);
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
