//! Activities: who gets a place, what a change of the plan does, volunteers.

use chrono::{NaiveDate, NaiveTime, Weekday};
use daycare_core::activity::clash::Wanted;
use daycare_core::activity::enrolment::{Mood, Outcome, SignedUp, SigningUp};
use daycare_core::activity::repeat::Repeat;
use daycare_core::activity::{Arrangement, OccurrenceChange, OccurrenceKey, Off, Room, Series, team_id};
use daycare_core::appointment::{Closure, Status};
use daycare_core::audit::Actor;
use daycare_core::card::{CardCode, Holder};
use daycare_core::follow_up::Kind;
use daycare_core::ids::{
    ActivityId, EnrolmentId, ResidentId, RoomId, SeriesId, ShiftId, StaffId, VolunteerId,
};
use daycare_core::staff::{Role, Staff, Tried};
use daycare_core::visit::State;
use daycare_core::volunteer::{Correction, Volunteer, Worker, duty_id};
use daycare_kiosk::error::Error;
use daycare_store::Store;
use daycare_store::handle::StoreHandle;
use proptest::prelude::*;

use testkit::centre::{Centre, moment};

const STAFF: Actor = Actor::Cli;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn at(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").expect("a time")
}

/// Every Tuesday from three weeks ago, 14:00 to 15:00.
fn series(name: &str, capacity: Option<u16>) -> Series {
    Series {
        id: SeriesId::new(),
        activity_id: ActivityId::new(),
        name: name.into(),
        picture: "microphone".into(),
        repeat: Repeat::Weekly { every: 1, days: vec![Weekday::Tue] },
        starts_on: day("2026-11-03"),
        until: None,
        arrangement: Arrangement {
            starts: at("14:00"),
            ends: at("15:00"),
            room_id: None,
            team_id: None,
            leader: String::new(),
            capacity,
        },
        opens_days: 7,
        closes_minutes: 0,
        notice: String::new(),
        notice_on: None,
    }
}

/// A centre on Tuesday the 24th with one activity of that day.
fn with_activity(capacity: Option<u16>) -> (Centre, Series, OccurrenceKey) {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let series = series("唱红歌", capacity);
    centre.store.add_activity(STAFF, &series).expect("added");
    let key = OccurrenceKey { activity_id: series.activity_id, day: day("2026-11-24") };
    (centre, series, key)
}

fn asked(key: OccurrenceKey, resident_id: ResidentId) -> SigningUp {
    SigningUp { id: EnrolmentId::new(), key, resident_id }
}

fn join(store: &mut Store, key: OccurrenceKey, who: ResidentId) -> SignedUp {
    store.sign_up_or_wait(Actor::Resident, &asked(key, who)).expect("asked")
}

fn status(store: &Store, who: ResidentId) -> Option<Status> {
    store.enrolments_of(who, day("2026-01-01")).expect("read").first().map(|own| own.enrolment.status)
}

#[test]
fn complaint_21_a_place_given_back_goes_to_who_signed_up_first_and_they_are_called() {
    let (mut centre, _, key) = with_activity(Some(2));
    let people: Vec<ResidentId> = (0..5).map(|n| centre.resident(&format!("王{n}"))).collect();
    for (at, who) in people.iter().enumerate() {
        match join(&mut centre.store, key, *who) {
            SignedUp::Done(_) => assert!(at < 2),
            SignedUp::Waiting(_, before) => assert_eq!(before, at - 2),
            other => panic!("{other:?}"),
        }
    }
    let first = centre.store.enrolments_of(people[0], key.day).expect("read")[0].enrolment.id;
    centre.store.leave_activity(Actor::Resident, first, "").expect("left");
    assert_eq!(status(&centre.store, people[2]), Some(Status::Booked));
    assert_eq!(status(&centre.store, people[3]), Some(Status::Waitlist));
    let calls = centre.store.follow_ups().expect("read");
    assert_eq!(calls.len(), 1);
    assert_eq!((calls[0].kind, calls[0].resident_id), (Kind::Promoted, people[2]));
    assert_eq!(
        (calls[0].service.as_str(), calls[0].starts_at),
        ("唱红歌", Some(moment("2026-11-24T14:00:00")))
    );
}

#[test]
fn who_comes_while_others_wait_does_not_overtake_them() {
    let (mut centre, _, key) = with_activity(Some(1));
    let [a, b, c] = ["王一", "王二", "王三"].map(|name| centre.resident(name));
    join(&mut centre.store, key, a);
    join(&mut centre.store, key, b);
    assert!(matches!(centre.store.sign_up(Actor::Resident, &asked(key, c)), Ok(SignedUp::Full)));
    let listed = centre.store.occurrence(key).expect("read").expect("held");
    assert_eq!((listed.taken, listed.waiting, listed.is_full()), (1, 1, true));
}

#[test]
fn signing_up_twice_is_once_and_a_second_tap_is_the_same_one() {
    let (mut centre, _, key) = with_activity(Some(5));
    let who = centre.resident("王一");
    let once = asked(key, who);
    let first = centre.store.sign_up(Actor::Resident, &once).expect("signed up");
    assert_eq!(centre.store.sign_up(Actor::Resident, &once).expect("again"), first);
    assert_eq!(centre.store.sign_up(Actor::Resident, &asked(key, who)).expect("another"), first);
    assert_eq!(centre.store.participants(key).expect("read").len(), 1);
}

#[test]
fn who_left_may_join_again_and_stands_behind_those_who_wait() {
    let (mut centre, _, key) = with_activity(Some(1));
    let [a, b] = ["王一", "王二"].map(|name| centre.resident(name));
    let mine = asked(key, a);
    centre.store.sign_up(Actor::Resident, &mine).expect("joined");
    join(&mut centre.store, key, b);
    centre.store.leave_activity(Actor::Resident, mine.id, "").expect("left");
    assert_eq!(status(&centre.store, b), Some(Status::Booked));
    assert!(matches!(centre.store.sign_up_or_wait(Actor::Resident, &mine), Ok(SignedUp::Waiting(_, 0))));
}

#[test]
fn complaint_19_one_person_is_at_one_place_at_a_time() {
    let (mut centre, _, key) = with_activity(None);
    let mut other = series("书法", None);
    other.arrangement.starts = at("14:30");
    other.arrangement.ends = at("15:30");
    centre.store.add_activity(STAFF, &other).expect("added");
    let who = centre.resident("王一");
    join(&mut centre.store, key, who);
    let clashing = OccurrenceKey { activity_id: other.activity_id, day: key.day };
    match join(&mut centre.store, clashing, who) {
        SignedUp::Elsewhere(own) => assert_eq!(own.name, "唱红歌"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn signing_up_opens_and_closes_and_staff_may_put_somebody_on_the_list_of_what_has_begun() {
    let (mut centre, series, key) = with_activity(None);
    let who = centre.resident("王一");
    let later = OccurrenceKey { day: day("2026-12-08"), ..key };
    assert!(matches!(centre.store.sign_up(Actor::Resident, &asked(later, who)), Ok(SignedUp::Closed)));
    centre.clock.advance(std::time::Duration::from_mins(301));
    assert!(matches!(centre.store.sign_up(Actor::Resident, &asked(key, who)), Ok(SignedUp::Closed)));
    let staff = Actor::Staff(staff(&mut centre.store));
    assert!(matches!(centre.store.sign_up(staff, &asked(key, who)), Ok(SignedUp::Done(_))));
    assert_eq!(series.opens_days, 7);
}

fn staff(store: &mut Store) -> StaffId {
    let staff = Staff { id: StaffId::new(), name: "周敏".into(), role: Role::Caregiver };
    store.add_staff(Actor::Cli, &staff, "246810").expect("added");
    staff.id
}

#[test]
fn changing_from_now_on_never_rewrites_the_past_and_calls_those_who_are_moved() {
    let (mut centre, old, key) = with_activity(Some(3));
    let who = centre.resident("王一");
    join(&mut centre.store, key, who);
    let past = centre.store.activities(day("2026-11-01"), day("2026-11-23")).expect("read");
    assert_eq!(past.len(), 3);
    let mut next = Series { id: SeriesId::new(), starts_on: key.day, ..old.clone() };
    next.name = "唱新歌".into();
    next.arrangement.starts = at("10:00");
    next.arrangement.ends = at("11:00");
    let affected = centre.store.change_activity(STAFF, key, &next).expect("changed");
    assert_eq!(affected.to_call, 1);
    assert_eq!(centre.store.activities(day("2026-11-01"), day("2026-11-23")).expect("read"), past);
    let ahead = centre.store.activities(key.day, day("2026-12-07")).expect("read");
    assert!(ahead.iter().all(|listed| listed.occurrence.name == "唱新歌"));
    assert_eq!(ahead.len(), 2);
    assert_eq!(status(&centre.store, who), Some(Status::Booked), "the place is kept");
    assert_eq!(centre.store.follow_ups().expect("read")[0].kind, Kind::Moved);
}

#[test]
fn a_day_that_is_no_longer_in_the_rule_ends_its_places_and_lists_its_people() {
    let (mut centre, old, key) = with_activity(Some(3));
    let who = centre.resident("王一");
    join(&mut centre.store, key, who);
    let repeat = Repeat::Weekly { every: 1, days: vec![Weekday::Wed] };
    let next = Series { id: SeriesId::new(), starts_on: key.day, repeat, ..old };
    let affected = centre.store.change_activity(STAFF, key, &next).expect("changed");
    assert_eq!(affected.to_call, 1);
    assert_eq!(status(&centre.store, who), None);
    assert_eq!(centre.store.follow_ups().expect("read")[0].kind, Kind::SessionCancelled);
}

#[test]
fn what_has_begun_is_not_changed_from_now_on() {
    let (mut centre, old, key) = with_activity(None);
    centre.clock.advance(std::time::Duration::from_hours(6));
    let next = Series { id: SeriesId::new(), starts_on: key.day, ..old };
    assert!(matches!(centre.store.change_activity(STAFF, key, &next), Err(Error::Rule(_))));
    assert!(matches!(centre.store.end_activity(STAFF, key, "x"), Err(Error::Rule(_))));
    let earlier = OccurrenceKey { day: day("2026-11-17"), ..key };
    let change = OccurrenceChange {
        key: earlier,
        held_on: earlier.day,
        arrangement: next.arrangement.clone(),
        cancelled: Some("x".into()),
    };
    assert!(matches!(centre.store.change_occurrence(STAFF, &change), Err(Error::Rule(_))));
}

#[test]
fn one_cancelled_time_leaves_the_others_and_its_history_stays_readable() {
    let (mut centre, series, key) = with_activity(None);
    let who = centre.resident("王一");
    join(&mut centre.store, key, who);
    let change = OccurrenceChange {
        key,
        held_on: key.day,
        arrangement: series.arrangement.clone(),
        cancelled: Some("带的人来不了".into()),
    };
    assert_eq!(centre.store.change_occurrence(STAFF, &change).expect("cancelled").to_call, 1);
    let week = centre.store.activities(key.day, day("2026-12-01")).expect("read");
    assert_eq!(week[0].occurrence.off.as_ref().map(Off::why), Some("带的人来不了"));
    assert!(week[1].occurrence.off.is_none());
    let next = centre.store.next_time(key).expect("read").expect("the next one is offered");
    assert_eq!(next.occurrence.held_on, day("2026-12-01"));
    centre.store.restore_occurrence(STAFF, key).expect("restored");
    assert!(centre.store.occurrence(key).expect("read").expect("held").occurrence.off.is_none());
    let trail = centre.store.trail(key.activity_id.uuid()).expect("read");
    let actions: Vec<&str> = trail.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(actions, ["activity.add", "activity.cancel_one", "activity.restore_one"]);
}

#[test]
fn a_moved_time_is_found_on_its_new_day_and_keeps_its_people() {
    let (mut centre, series, key) = with_activity(None);
    let who = centre.resident("王一");
    join(&mut centre.store, key, who);
    let change = OccurrenceChange {
        key,
        held_on: day("2026-11-26"),
        arrangement: series.arrangement,
        cancelled: None,
    };
    assert_eq!(centre.store.change_occurrence(STAFF, &change).expect("moved").to_call, 1);
    assert!(centre.store.activities(key.day, key.day).expect("read").is_empty());
    let moved = centre.store.activities(day("2026-11-26"), day("2026-11-26")).expect("read");
    assert_eq!((moved[0].taken, moved[0].occurrence.key), (1, key));
    let own = &centre.store.enrolments_of(who, key.day).expect("read")[0];
    assert_eq!(own.starts_at, moment("2026-11-26T14:00:00"));
}

#[test]
fn a_closed_day_ends_its_places_and_everybody_is_listed_for_a_call() {
    let (mut centre, _, key) = with_activity(None);
    let people: Vec<ResidentId> = (0..3).map(|n| centre.resident(&format!("王{n}"))).collect();
    for who in &people {
        join(&mut centre.store, key, *who);
    }
    let closure = Closure { day: key.day, name: "停电".into() };
    assert_eq!(centre.store.close_day(STAFF, &closure).expect("closed"), 3);
    assert_eq!(centre.store.follow_ups().expect("read").len(), 3);
    let held = centre.store.occurrence(key).expect("read").expect("known");
    assert_eq!(held.occurrence.off.as_ref().map(Off::why), Some("停电"));
    assert!(matches!(join(&mut centre.store, key, people[0]), SignedUp::Closed));
}

#[test]
fn more_places_go_to_those_who_wait_and_fewer_take_nobodys_away() {
    let (mut centre, series, key) = with_activity(Some(2));
    let people: Vec<ResidentId> = (0..4).map(|n| centre.resident(&format!("王{n}"))).collect();
    for who in &people {
        join(&mut centre.store, key, *who);
    }
    let with = |capacity| OccurrenceChange {
        key,
        held_on: key.day,
        arrangement: Arrangement { capacity: Some(capacity), ..series.arrangement.clone() },
        cancelled: None,
    };
    assert_eq!(centre.store.change_occurrence(STAFF, &with(3)).expect("changed").promoted, 1);
    assert_eq!(status(&centre.store, people[2]), Some(Status::Booked));
    assert_eq!(centre.store.change_occurrence(STAFF, &with(1)).expect("changed").promoted, 0);
    let listed = centre.store.occurrence(key).expect("read").expect("held");
    assert_eq!((listed.taken, listed.waiting, listed.free()), (3, 1, Some(0)));
}

#[test]
fn clashes_of_room_and_leader_are_told_before_saving_also_with_services() {
    let (mut centre, mut first, _) = with_activity(None);
    let room = Room { id: RoomId::new(), name: "多功能厅".into(), capacity: Some(40) };
    centre.store.put_room(STAFF, &room).expect("added");
    first = Series { id: SeriesId::new(), activity_id: ActivityId::new(), name: "电影".into(), ..first };
    first.arrangement.room_id = Some(room.id);
    first.arrangement.leader = "陈静".into();
    centre.store.add_activity(STAFF, &first).expect("added");
    let mut planned = series("讲座", None);
    planned.starts_on = day("2026-11-24");
    planned.arrangement.room_id = Some(room.id);
    let clashes = centre.store.clashes_of(&planned).expect("looked");
    assert_eq!(clashes[0].wanted, Wanted::Room);
    assert_eq!((clashes[0].with.name.as_str(), clashes[0].with.day), ("电影", day("2026-11-24")));
    planned.arrangement.room_id = None;
    planned.arrangement.leader = "陈静".into();
    assert_eq!(centre.store.clashes_of(&planned).expect("looked")[0].wanted, Wanted::Leader);
    planned.repeat = Repeat::Weekly { every: 1, days: vec![Weekday::Thu] };
    assert!(centre.store.clashes_of(&planned).expect("looked").is_empty());
}

#[test]
fn a_week_is_copied_once_and_keeps_what_is_there() {
    let (mut centre, _, _) = with_activity(None);
    let mut once = series("端午包粽子", None);
    once.repeat = Repeat::Once;
    once.starts_on = day("2026-11-26");
    once.until = Some(once.starts_on);
    centre.store.add_activity(STAFF, &once).expect("added");
    let (from, to) = (day("2026-11-23"), day("2026-11-30"));
    assert_eq!(
        centre.store.copy_week(STAFF, from, to).expect("copied"),
        1,
        "the weekly one is there already"
    );
    assert_eq!(centre.store.copy_week(STAFF, from, to).expect("copied"), 0);
    let next = centre.store.activities(to, day("2026-12-06")).expect("read");
    let names: Vec<_> = next.iter().map(|l| (l.occurrence.name.as_str(), l.occurrence.held_on)).collect();
    assert_eq!(names, [("唱红歌", day("2026-12-01")), ("端午包粽子", day("2026-12-03"))]);
}

#[test]
fn a_time_that_was_moved_within_the_next_week_is_not_copied_beside_itself() {
    let (mut centre, series, key) = with_activity(None);
    let next = OccurrenceKey { day: day("2026-12-01"), ..key };
    let later = Arrangement { starts: at("16:00"), ends: at("17:00"), ..series.arrangement };
    let change = OccurrenceChange { key: next, held_on: next.day, arrangement: later, cancelled: None };
    centre.store.change_occurrence(STAFF, &change).expect("moved");
    let copied = centre.store.copy_week(STAFF, day("2026-11-23"), day("2026-11-30")).expect("copied");
    assert_eq!(copied, 0);
    assert_eq!(centre.store.activities(next.day, next.day).expect("read").len(), 1);
}

#[test]
fn attendance_is_noted_in_bulk_counted_and_never_guessed() {
    let (mut centre, _, key) = with_activity(None);
    let people: Vec<ResidentId> = (0..4).map(|n| centre.resident(&format!("王{n}"))).collect();
    for who in &people {
        join(&mut centre.store, key, *who);
    }
    centre.check_in(people[0]);
    let list = centre.store.participants(key).expect("read");
    assert_eq!(list.iter().filter(|person| person.here).count(), 1);
    let ids: Vec<EnrolmentId> = list.iter().map(|person| person.enrolment.id).collect();
    let noted = [
        (ids[0], Some(Outcome::Attended), Some(Mood::Cheerful)),
        (ids[1], Some(Outcome::LeftEarly), None),
        (ids[2], Some(Outcome::Declined), None),
    ];
    centre.store.note_outcomes(STAFF, &noted).expect("noted");
    let came = centre.store.walk_in_to_activity(STAFF, &asked(key, people[3])).expect("on the list already");
    assert_eq!(came.id, ids[3]);
    let tally = &centre.store.activity_tallies(key.day, key.day).expect("counted")[0];
    assert_eq!((tally.attendances, tally.people, tally.held), (2, 2, 1));
    let own = &centre.store.activity_history(people[0], key.day, 10).expect("read")[0];
    assert_eq!((own.enrolment.outcome, own.enrolment.mood), (Some(Outcome::Attended), Some(Mood::Cheerful)));
    let own = &centre.store.activity_history(people[3], key.day, 10).expect("read")[0];
    assert_eq!(own.enrolment.outcome, None);
}

#[test]
fn a_name_stays_with_what_was_attended_when_the_activity_is_renamed() {
    let (mut centre, old, key) = with_activity(None);
    let who = centre.resident("王一");
    let earlier = OccurrenceKey { day: day("2026-11-17"), ..key };
    centre.store.walk_in_to_activity(STAFF, &asked(earlier, who)).expect("came");
    let next = Series { id: SeriesId::new(), starts_on: key.day, name: "新名字".into(), ..old };
    centre.store.change_activity(STAFF, key, &next).expect("renamed");
    join(&mut centre.store, key, who);
    let history = centre.store.activity_history(who, key.day, 10).expect("read");
    let names: Vec<&str> = history.iter().map(|own| own.name.as_str()).collect();
    assert_eq!(names, ["新名字", "唱红歌"]);
}

#[test]
fn complaint_21_ten_at_once_never_take_more_than_there_are() {
    let (centre, _, key) = with_activity(Some(4));
    let Centre { folder, mut store, .. } = centre;
    let people: Vec<ResidentId> = (0..10)
        .map(|n| {
            let person = testkit::centre::person(&format!("王{n}"));
            store.put_resident(Actor::Cli, &person, "").expect("written");
            person.id
        })
        .collect();
    let paths = store.paths().clone();
    drop(store);
    // Two kiosks on one database, each with its own connection.
    let doors: Vec<StoreHandle> = (0..2)
        .map(|_| {
            let store =
                Store::open(&paths, &testkit::centre::clock_at("2026-11-24T09:00:00")).expect("opens");
            StoreHandle::start(store).expect("started")
        })
        .collect();
    let all: Vec<_> = people
        .iter()
        .enumerate()
        .map(|(n, who)| {
            let asked = asked(key, *who);
            doors[n % 2].write(move |store| store.sign_up_or_wait(Actor::Resident, &asked))
        })
        .collect();
    let results = futures::executor::block_on(futures::future::join_all(all));
    let done = results.iter().filter(|r| matches!(r, Ok(SignedUp::Done(_)))).count();
    let waiting = results.iter().filter(|r| matches!(r, Ok(SignedUp::Waiting(..)))).count();
    assert_eq!((done, waiting), (4, 6), "{results:?}");
    drop(folder);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever people do, there are never more than places, nobody twice, and
    /// who has a place signed up before everybody who waits.
    #[test]
    fn places_are_never_exceeded_and_given_in_the_order_of_signing_up(
        steps in proptest::collection::vec((0usize..8, any::<bool>()), 1..40),
        capacity in 1u16..4,
    ) {
        let (mut centre, _, key) = with_activity(Some(capacity));
        let people: Vec<ResidentId> = (0..8).map(|n| centre.resident(&format!("王{n}"))).collect();
        let mut order: Vec<ResidentId> = Vec::new();
        for (who, joins) in steps {
            let who = people[who];
            if joins {
                join(&mut centre.store, key, who);
                if !order.contains(&who) {
                    order.push(who);
                }
            } else if let Some(own) = centre.store.enrolments_of(who, key.day).expect("read").first() {
                centre.store.leave_activity(Actor::Resident, own.enrolment.id, "").expect("left");
                order.retain(|other| *other != who);
            }
            let list = centre.store.participants(key).expect("read");
            let placed: Vec<ResidentId> = list
                .iter()
                .filter(|p| p.enrolment.status == Status::Booked)
                .map(|p| p.enrolment.resident_id)
                .collect();
            let first: Vec<ResidentId> = order.iter().copied().take(usize::from(capacity)).collect();
            prop_assert_eq!(list.len(), order.len());
            prop_assert!(first.iter().all(|who| placed.contains(who)), "{:?} {:?}", placed, first);
            prop_assert_eq!(placed.len(), first.len());
        }
    }
}

fn volunteer(store: &mut Store, name: &str, resident_id: Option<ResidentId>) -> Volunteer {
    let volunteer = Volunteer {
        id: VolunteerId::new(),
        name: name.into(),
        team_id: team_id(0),
        resident_id,
        phone: String::new(),
    };
    store.put_volunteer(STAFF, &volunteer).expect("added");
    volunteer
}

#[test]
fn a_volunteer_signs_in_and_out_with_a_card_and_the_minutes_count() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let volunteer = volunteer(&mut centre.store, "谢大勇", None);
    let code = CardCode::from_random([3; 10]);
    centre.store.issue_card(STAFF, Holder::Volunteer(volunteer.id), &code).expect("issued");
    assert_eq!(centre.store.find_by_card(&code).expect("read"), Some(Holder::Volunteer(volunteer.id)));
    let worker = Worker::Volunteer(volunteer.id);
    let id = ShiftId::new();
    let begun = centre.store.start_shift(Actor::Resident, id, worker, Some(duty_id(0))).expect("begun");
    assert_eq!(centre.store.start_shift(Actor::Resident, id, worker, None).expect("again"), begun);
    assert_eq!(centre.store.start_shift(Actor::Resident, ShiftId::new(), worker, None).expect("open"), begun);
    centre.clock.advance(std::time::Duration::from_secs(95 * 60 + 30));
    let ended = centre.store.end_shift(Actor::Resident, worker).expect("ended").expect("was open");
    assert_eq!(ended.minutes(), 95);
    let listed = centre.store.shifts(day("2026-11-24"), day("2026-11-24"), Some(worker)).expect("read");
    assert_eq!((listed[0].team.as_str(), listed[0].duty.as_str()), ("康乐服务队", "带活动"));
    centre.store.archive_volunteer(STAFF, volunteer.id).expect("archived");
    assert_eq!(centre.store.find_by_card(&code).expect("read"), None);
}

#[test]
fn one_person_may_be_resident_and_volunteer_with_one_card_and_going_home_ends_the_shift() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let who = centre.resident("邓蓉华");
    let volunteer = volunteer(&mut centre.store, "邓蓉华", Some(who));
    let code = CardCode::from_random([4; 10]);
    let refused = centre.store.issue_card(STAFF, Holder::Volunteer(volunteer.id), &code);
    assert!(matches!(refused, Err(Error::Rule(_))));
    centre.check_in(who);
    let worker = Worker::Volunteer(volunteer.id);
    centre.store.start_shift(Actor::Resident, ShiftId::new(), worker, None).expect("begun");
    centre.clock.advance(std::time::Duration::from_hours(1));
    centre.store.check_out(Actor::Resident, who, centre.clock.now(), None).expect("home");
    assert_eq!(centre.store.open_shift(worker).expect("read"), None);
    let listed = centre.store.shifts(day("2026-11-24"), day("2026-11-24"), Some(worker)).expect("read");
    assert_eq!(listed[0].shift.minutes(), 60);
}

#[test]
fn complaint_7_a_forgotten_end_never_crosses_the_day_and_counts_no_time() {
    let mut centre = Centre::at("2026-11-24T17:00:00");
    let worker = Worker::Volunteer(volunteer(&mut centre.store, "谢大勇", None).id);
    centre.store.start_shift(Actor::Resident, ShiftId::new(), worker, None).expect("begun");
    centre.clock.advance(std::time::Duration::from_hours(16));
    let next = centre.store.start_shift(Actor::Resident, ShiftId::new(), worker, None).expect("begun");
    assert_eq!(next.day, day("2026-11-25"));
    let listed = centre.store.shifts(day("2026-11-24"), day("2026-11-24"), None).expect("read");
    assert_eq!((listed[0].shift.state, listed[0].shift.minutes()), (State::NotRecorded, 0));
}

#[test]
fn complaint_6_a_corrected_shift_keeps_the_old_one_readable_with_who_and_why() {
    let mut centre = Centre::at("2026-11-24T12:00:00");
    let worker = Worker::Volunteer(volunteer(&mut centre.store, "谢大勇", None).id);
    let id = ShiftId::new();
    centre.store.start_shift(Actor::Resident, id, worker, None).expect("begun");
    let with = Correction {
        new_id: ShiftId::new(),
        started_at: moment("2026-11-24T08:00:00"),
        ended_at: Some(moment("2026-11-24T11:30:00")),
        duty_id: Some(duty_id(2)),
        reason: "忘记刷卡".into(),
    };
    let nameless = Correction { reason: " ".into(), ..with.clone() };
    assert!(matches!(centre.store.correct_shift(STAFF, id, &nameless), Err(Error::Rule(_))));
    let future = Correction { ended_at: Some(moment("2026-11-24T13:00:00")), ..with.clone() };
    assert!(matches!(centre.store.correct_shift(STAFF, id, &future), Err(Error::Rule(_))));
    assert_eq!(centre.store.correct_shift(STAFF, id, &with).expect("corrected").minutes(), 210);
    assert!(matches!(
        centre.store.correct_shift(STAFF, id, &Correction { new_id: ShiftId::new(), ..with.clone() }),
        Err(Error::Rule(_))
    ));
    let trail = centre.store.trail(with.new_id.uuid()).expect("read");
    assert!(trail.iter().any(|entry| entry.reason.as_deref() == Some("忘记刷卡")));
    centre.store.strike_out_shift(STAFF, with.new_id, "记错人").expect("struck out");
    let listed = centre.store.shifts(day("2026-11-24"), day("2026-11-24"), None).expect("read");
    assert_eq!(listed.iter().filter(|l| l.shift.state.counts()).count(), 0);
}

#[test]
fn a_volunteer_without_a_card_has_a_pin_under_the_same_lock_as_staff() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let volunteer = volunteer(&mut centre.store, "谢大勇", None);
    assert!(centre.store.volunteers_with_pin().expect("read").is_empty());
    centre.store.set_volunteer_pin(STAFF, volunteer.id, "135246").expect("set");
    assert_eq!(centre.store.volunteers_with_pin().expect("read").len(), 1);
    for left in (0..5).rev() {
        let tried = centre.store.try_volunteer_pin(volunteer.id, "000000").expect("tried");
        match tried {
            Tried::Wrong { tries_left } => assert_eq!(tries_left, left),
            Tried::Locked { .. } => assert_eq!(left, 0),
            Tried::Opened(_) => panic!("opened"),
        }
    }
    assert!(matches!(centre.store.try_volunteer_pin(volunteer.id, "135246"), Ok(Tried::Locked { .. })));
    centre.clock.advance(std::time::Duration::from_secs(61));
    assert!(matches!(centre.store.try_volunteer_pin(volunteer.id, "135246"), Ok(Tried::Opened(_))));
}

#[test]
fn a_volunteer_and_staff_or_resident_of_one_number_are_never_taken_for_each_other() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let staff = staff(&mut centre.store);
    let twin = Volunteer {
        id: VolunteerId::from(staff.uuid()),
        name: "谢大勇".into(),
        team_id: team_id(0),
        resident_id: None,
        phone: String::new(),
    };
    centre.store.put_volunteer(STAFF, &twin).expect("added");
    let (volunteer, colleague) = (Worker::Volunteer(twin.id), Worker::Staff(staff));
    centre.store.start_shift(STAFF, ShiftId::new(), volunteer, None).expect("begun");
    assert_eq!(centre.store.open_shift(colleague).expect("read"), None);
    let today = day("2026-11-24");
    assert_eq!(centre.store.shifts(today, today, Some(colleague)).expect("read").len(), 0);
    assert_eq!(centre.store.shifts(today, today, Some(volunteer)).expect("read").len(), 1);
    assert_eq!(centre.store.shifts(today, today, None).expect("read").len(), 1);
    let resident = daycare_core::resident::Resident {
        id: ResidentId::from(staff.uuid()),
        ..testkit::centre::person("王一")
    };
    centre.store.put_resident(STAFF, &resident, "").expect("added");
    let code = CardCode::from_random([6; 10]);
    centre.store.issue_card(STAFF, Holder::Volunteer(twin.id), &code).expect("issued");
    assert!(centre.store.cards_of(Holder::Resident(resident.id)).expect("read").is_empty());
    assert_eq!(centre.store.cards_of(Holder::Volunteer(twin.id)).expect("read").len(), 1);
}

#[test]
fn somebody_whose_waiting_ended_by_a_clock_ahead_waits_again() {
    let (mut centre, _, key) = with_activity(Some(1));
    let (first, second) = (centre.resident("王一"), centre.resident("王二"));
    let since = centre.store.last_line().expect("read");
    join(&mut centre.store, key, first);
    join(&mut centre.store, key, second);
    centre.clock.set_wall(testkit::centre::moment("2026-11-25T00:40:00"));
    assert_eq!(centre.store.close_waiting_lists().expect("closed"), 1);
    centre.clock.set_wall(testkit::centre::moment("2026-11-24T09:01:00"));
    centre.store.note_clock_jump(since, -16 * 3_600_000).expect("noted");
    centre.store.confirm_clock(Actor::Program).expect("confirmed");
    assert_eq!(status(&centre.store, first), Some(Status::Booked));
    assert_eq!(status(&centre.store, second), Some(Status::Waitlist));
}
