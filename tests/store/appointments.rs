//! Booking on real files: nothing is booked twice, nobody is forgotten.

use std::sync::{Arc, Barrier};
use std::time::Duration;

use chrono::{NaiveDate, NaiveTime};
use daycare_core::appointment::{Availability, BookableDay, Booked, Booking, Closure, Session, Slot, Status};
use daycare_core::audit::Actor;
use daycare_core::birth::Birth;
use daycare_core::consent::{Consent, Purpose};
use daycare_core::follow_up::Kind;
use daycare_core::ids::{AppointmentId, AvailabilityId, ResidentId, ServiceId, SessionId, StaffId};
use daycare_core::queue::TicketState;
use daycare_core::service::{HEALTH_CHECK, seed_id};
use daycare_core::vitals::{self, Target};
use daycare_kiosk::error::Error;
use daycare_store::Store;
use proptest::prelude::*;

use testkit::centre::{Centre, clock_at, moment};

const SERVICE: ServiceId = seed_id(HEALTH_CHECK);
const NURSE: Actor = Actor::Staff(StaffId::from_u128(1));

fn hours(weekday: u8, from: &str, to: &str, minutes: u16, capacity: u16) -> Availability {
    let time = |text| NaiveTime::parse_from_str(text, "%H:%M").expect("a time");
    Availability {
        id: AvailabilityId::new(),
        service_id: SERVICE,
        weekday,
        starts: time(from),
        ends: time(to),
        slot_minutes: minutes,
        capacity,
        room: "保健室".into(),
        provider: "陈静".into(),
    }
}

/// A Tuesday morning; the health check is on Wednesdays from nine to ten.
fn centre(capacity: u16) -> Centre {
    let mut centre = Centre::at("2026-11-24T08:00:00");
    let staff = daycare_core::staff::Staff {
        id: StaffId::from_u128(1),
        name: "陈静".into(),
        role: daycare_core::staff::Role::Nurse,
    };
    centre.store.add_staff(Actor::Cli, &staff, "246810").expect("staff");
    centre.store.add_availability(Actor::Cli, &hours(3, "09:00", "10:00", 20, capacity)).expect("laid out");
    centre
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn slots(store: &Store, on: &str) -> Vec<Slot> {
    store.slots(SERVICE, day(on), day(on)).expect("read")
}

fn wish(resident: ResidentId, slot: &Slot) -> Booking {
    Booking {
        id: AppointmentId::new(),
        resident_id: resident,
        session_id: slot.session_id,
        starts_at: slot.starts_at,
        instead_of: None,
    }
}

fn booked(store: &mut Store, resident: ResidentId, slot: &Slot) -> AppointmentId {
    match store.book(Actor::Resident, &wish(resident, slot)).expect("asked") {
        Booked::Done(appointment) => appointment.id,
        other => panic!("{other:?}"),
    }
}

fn status(store: &Store, id: AppointmentId) -> Status {
    store.appointment(id).expect("read").expect("there").status
}

#[test]
fn weekly_hours_are_laid_out_on_dates_once_and_closed_days_have_none() {
    let mut centre = centre(2);
    assert_eq!(slots(&centre.store, "2026-11-25").len(), 3);
    assert_eq!(centre.store.lay_out_sessions().expect("again"), 0);
    let holiday = Closure { day: day("2026-12-02"), name: "停电".into() };
    centre.store.close_day(NURSE, &holiday).expect("closed");
    assert!(slots(&centre.store, "2026-12-02").is_empty());
    centre.store.open_day(NURSE, holiday.day).expect("open again");
    assert_eq!(slots(&centre.store, "2026-12-02").len(), 3);
    // A holiday that staff opened is not closed again by the program.
    centre.store.seed_closures(std::slice::from_ref(&holiday)).expect("seeded");
    assert_eq!(slots(&centre.store, "2026-12-02").len(), 3);
    assert!(centre.store.closures(holiday.day, holiday.day).expect("read").is_empty());
    let late = Closure { day: day("2026-12-23"), name: "冬至活动".into() };
    centre.store.close_day(NURSE, &late).expect("closed before it is laid out");
    centre.clock.advance(Duration::from_hours(72));
    centre.store.lay_out_sessions().expect("laid out");
    assert!(slots(&centre.store, "2026-12-23").is_empty());
}

#[test]
fn complaint_18_two_clients_race_for_the_last_seats_and_nobody_gets_one_twice() {
    // 8 slots x 20 seats = 160; 600 people ask, from two connections.
    let mut centre = Centre::at("2026-11-24T08:00:00");
    centre.store.add_availability(Actor::Cli, &hours(3, "08:00", "16:00", 60, 20)).expect("laid out");
    let people: Vec<ResidentId> = (0..600).map(|n| centre.resident(&format!("王{n}"))).collect();
    let slots = slots(&centre.store, "2026-11-25");
    assert_eq!(slots.len(), 8);
    let gate = Arc::new(Barrier::new(2));
    let halves: Vec<Vec<ResidentId>> = people.chunks(300).map(<[ResidentId]>::to_vec).collect();
    let clients = halves.into_iter().map(|half| {
        let (gate, slots, paths, clock) = (gate.clone(), slots.clone(), centre.paths(), centre.clock.clone());
        std::thread::spawn(move || {
            let mut store = Store::open(&paths, &clock).expect("a second client");
            let _ = gate.wait();
            let ask = |(n, who): (usize, &ResidentId)| {
                // Full there: the next time is asked for, as a person would.
                for at in 0..slots.len() {
                    let slot = &slots[(n + at) % slots.len()];
                    match store.book(Actor::Resident, &wish(*who, slot)).expect("asked") {
                        Booked::Done(_) => return (true, false),
                        Booked::Full => {}
                        other => panic!("{other:?}"),
                    }
                }
                (false, true)
            };
            half.iter().enumerate().map(ask).collect::<Vec<_>>()
        })
    });
    let clients: Vec<_> = clients.collect();
    let told: Vec<(bool, bool)> = clients.into_iter().flat_map(|c| c.join().expect("no panic")).collect();
    assert_eq!(told.iter().filter(|(done, _)| *done).count(), 160);
    assert_eq!(told.iter().filter(|(_, full)| *full).count(), 440);
    let all = centre.store.appointments_between(day("2026-11-25"), day("2026-11-25")).expect("read");
    assert_eq!(all.len(), 160);
    let mut who: Vec<_> = all.iter().map(|listed| listed.appointment.resident_id).collect();
    who.sort_unstable();
    who.dedup();
    assert_eq!(who.len(), 160, "somebody has two");
    assert!(
        centre
            .store
            .slots(SERVICE, day("2026-11-25"), day("2026-11-25"))
            .expect("read")
            .iter()
            .all(|s| s.free == 0)
    );
}

#[test]
fn one_seat_is_refused_to_a_second_person_by_the_schema_itself() {
    let mut centre = centre(1);
    let (wang, li) = (centre.resident("王福全"), centre.resident("李素芬"));
    let slot = slots(&centre.store, "2026-11-25")[0].clone();
    booked(&mut centre.store, wang, &slot);
    let conn = rusqlite::Connection::open(centre.paths().database()).expect("opens");
    let again = conn.execute(
        "INSERT INTO appointment (id, resident_id, session_id, starts_at, ends_at, seat, status, origin, created_at)
         SELECT randomblob(16), ?1, session_id, starts_at, ends_at, seat, 'booked', 'booked', 0 FROM appointment",
        [li.uuid().into_bytes().to_vec()],
    );
    assert!(again.expect_err("refused").to_string().contains("UNIQUE"));
}

#[test]
fn complaint_19_one_person_is_never_booked_twice_at_the_same_time() {
    let mut centre = centre(2);
    let other =
        Availability { service_id: seed_id(13), room: "二楼".into(), ..hours(3, "09:10", "10:10", 30, 2) };
    centre.store.add_availability(Actor::Cli, &other).expect("laid out");
    let wang = centre.resident("王福全");
    let first = slots(&centre.store, "2026-11-25");
    let own = booked(&mut centre.store, wang, &first[0]);
    // The same session again, at another time.
    let again = centre.store.book(Actor::Resident, &wish(wang, &first[2])).expect("asked");
    assert!(matches!(again, Booked::Already(known) if known.id == own));
    // Another service that overlaps; one that does not is fine.
    let others = centre.store.slots(seed_id(13), day("2026-11-25"), day("2026-11-25")).expect("read");
    let overlaps = centre.store.book(Actor::Resident, &wish(wang, &others[0])).expect("asked");
    assert!(matches!(overlaps, Booked::Already(known) if known.id == own));
    booked(&mut centre.store, wang, &others[1]);
    let conn = rusqlite::Connection::open(centre.paths().database()).expect("opens");
    let forced = conn.execute(
        "UPDATE appointment SET starts_at = starts_at, status = 'booked', ends_at = ends_at + 3600000 WHERE id = ?1",
        [own.uuid().into_bytes().to_vec()],
    );
    assert!(forced.expect_err("refused").to_string().contains("overlapping"));
}

#[test]
fn a_time_that_is_no_slot_is_closed_and_a_seat_given_back_is_the_next_to_be_taken() {
    let mut centre = centre(3);
    let people: Vec<_> = ["王一", "李二", "张三"].map(|name| centre.resident(name)).into();
    let slot = slots(&centre.store, "2026-11-25")[0].clone();
    let beside = Slot { starts_at: slot.starts_at.plus_ms(60_000), ..slot.clone() };
    let asked = centre.store.book(Actor::Resident, &wish(people[0], &beside)).expect("asked");
    assert_eq!(asked, Booked::Closed);
    let first = booked(&mut centre.store, people[0], &slot);
    booked(&mut centre.store, people[1], &slot);
    centre.store.cancel_appointment(NURSE, first, "").expect("given back");
    booked(&mut centre.store, people[2], &slot);
    booked(&mut centre.store, people[0], &slot);
    assert_eq!(slots(&centre.store, "2026-11-25")[0].free, 0);
}

#[test]
fn complaint_20_full_times_are_listed_not_hidden() {
    let mut centre = centre(1);
    let wang = centre.resident("王福全");
    let all = slots(&centre.store, "2026-11-25");
    booked(&mut centre.store, wang, &all[1]);
    let shown = BookableDay::group(slots(&centre.store, "2026-11-25"));
    let free: Vec<u16> = shown[0].slots.iter().map(|slot| slot.free).collect();
    assert_eq!(free, [1, 0, 1]);
    assert_eq!(shown[0].free(), 2);
}

#[test]
fn complaint_5_a_walk_in_before_ones_own_booking_becomes_that_booking() {
    let mut centre = centre(1);
    let wang = centre.resident("王福全");
    let slot = slots(&centre.store, "2026-11-25")[2].clone();
    let own = booked(&mut centre.store, wang, &slot);
    centre.clock.advance(Duration::from_mins(1470));
    centre.check_in(wang);
    assert_eq!(status(&centre.store, own), Status::Arrived);
    let came = centre.store.walk_in(NURSE, AppointmentId::new(), wang, SERVICE).expect("came");
    assert_eq!((came.id, came.status), (own, Status::CheckedIn));
    assert_eq!(came.ticket.as_deref(), Some("A01"));
    let all = centre.store.appointments_between(slot.day, slot.day).expect("read");
    assert_eq!(all.len(), 1, "one row, not two");
}

#[test]
fn a_walk_in_takes_the_next_free_seat_and_queues_where_all_is_full() {
    let mut centre = centre(1);
    let people: Vec<_> = ["王一", "李二", "张三", "刘四", "陈五"].map(|name| centre.resident(name)).into();
    centre.clock.advance(Duration::from_mins(1505));
    let times: Vec<_> = people
        .iter()
        .map(|who| centre.store.walk_in(NURSE, AppointmentId::new(), *who, SERVICE).expect("came"))
        .map(|came| (came.ticket.expect("a number"), came.starts_at))
        .collect();
    let numbers: Vec<_> = times.iter().map(|(ticket, _)| ticket.as_str()).collect();
    assert_eq!(numbers, ["A01", "A02", "A03", "A04", "A05"]);
    assert_eq!(times[0].1, moment("2026-11-25T09:00:00"), "a slot that has begun is used");
    assert_eq!(times[2].1, moment("2026-11-25T09:40:00"));
    assert_eq!(times[3].1, moment("2026-11-25T09:05:00"), "no seat left: in the queue all the same");
    let nobody = centre.store.walk_in(NURSE, AppointmentId::new(), people[0], seed_id(13));
    assert!(matches!(nobody, Err(Error::Rule(_))), "no session of that service today");
}

#[test]
fn complaint_21_the_seat_given_back_goes_to_who_waited_first_and_only_once() {
    let mut centre = centre(1);
    let people: Vec<_> = (0..9).map(|n| centre.resident(&format!("王{n}"))).collect();
    let all = slots(&centre.store, "2026-11-25");
    let held: Vec<_> = (0..3).map(|n| booked(&mut centre.store, people[n], &all[n])).collect();
    let waits: Vec<_> = (3..9)
        .map(|n| {
            centre.clock.advance(Duration::from_secs(1));
            let id = AppointmentId::new();
            let (waits, before) =
                centre.store.join_waitlist(Actor::Resident, id, people[n], all[0].session_id).expect("waits");
            assert_eq!((waits.status, before), (Status::Waitlist, n - 3));
            id
        })
        .collect();
    // Two clients give back at the same moment.
    let gate = Arc::new(Barrier::new(2));
    let clients: Vec<_> = [held[2], held[0]]
        .into_iter()
        .map(|id| {
            let (gate, paths, clock) = (gate.clone(), centre.paths(), centre.clock.clone());
            std::thread::spawn(move || {
                let mut store = Store::open(&paths, &clock).expect("a client");
                let _ = gate.wait();
                store.cancel_appointment(Actor::Resident, id, "").expect("given back");
                // Again: nothing more happens.
                store.cancel_appointment(Actor::Resident, id, "").expect("given back");
            })
        })
        .collect();
    clients.into_iter().for_each(|client| client.join().expect("no panic"));
    let now: Vec<_> = waits.iter().map(|id| status(&centre.store, *id)).collect();
    let (got, waits) = (Status::Booked, Status::Waitlist);
    assert_eq!(now, [got, got, waits, waits, waits, waits]);
    let told = centre.store.follow_ups().expect("read");
    assert_eq!(told.iter().filter(|f| f.kind == Kind::Promoted).count(), 2, "both are to be told");
    assert!(slots(&centre.store, "2026-11-25").iter().all(|slot| slot.free == 0));
}

#[test]
fn changing_a_booking_moves_it_in_one_step_and_a_full_time_leaves_it_alone() {
    let mut centre = centre(1);
    let (wang, li) = (centre.resident("王福全"), centre.resident("李素芬"));
    let all = slots(&centre.store, "2026-11-25");
    let own = booked(&mut centre.store, wang, &all[0]);
    booked(&mut centre.store, li, &all[1]);
    let full = Booking { instead_of: Some(own), ..wish(wang, &all[1]) };
    assert_eq!(centre.store.book(Actor::Resident, &full).expect("asked"), Booked::Full);
    assert_eq!(status(&centre.store, own), Status::Booked, "nothing is lost");
    let moved = Booking { instead_of: Some(own), ..wish(wang, &all[2]) };
    let Booked::Done(new) = centre.store.book(Actor::Resident, &moved).expect("asked") else {
        panic!("moved")
    };
    assert_eq!(status(&centre.store, own), Status::Cancelled);
    assert_eq!(centre.store.appointments_of(wang, day("2026-11-24")).expect("read"), [new]);
    let first = centre.store.first_booked(moved.id).expect("read");
    assert_eq!(first, own, "the calendar of the family keeps one entry");
    let theirs = Booking { instead_of: Some(moved.id), ..wish(li, &all[0]) };
    let refused = centre.store.book(Actor::Resident, &theirs);
    assert!(refused.is_err() || matches!(refused, Ok(Booked::Already(_))), "somebody else's is not moved");
    assert_eq!(status(&centre.store, moved.id), Status::Booked);
}

#[test]
fn a_booking_cut_off_in_the_middle_is_whole_or_not_there_and_can_be_sent_again() {
    let mut centre = centre(1);
    let wang = centre.resident("王福全");
    let slot = slots(&centre.store, "2026-11-25")[0].clone();
    let booking = wish(wang, &slot);
    let first = centre.store.book(Actor::Resident, &booking).expect("asked");
    let mut centre = centre.restart();
    // The screen never heard the answer and sends the same again.
    let again = centre.store.book(Actor::Resident, &booking).expect("asked");
    assert_eq!(first, again);
    assert_eq!(centre.store.appointments_of(wang, slot.day).expect("read").len(), 1);
}

#[test]
fn complaint_22_too_late_to_book_is_said_and_a_missed_booking_is_followed_up() {
    let mut centre = centre(1);
    let (wang, li) = (centre.resident("王福全"), centre.resident("李素芬"));
    let all = slots(&centre.store, "2026-11-25");
    let own = booked(&mut centre.store, wang, &all[0]);
    // 09:35 on the day: ten minutes ahead is the nearest that may be booked.
    centre.clock.advance(Duration::from_mins(1535));
    assert_eq!(centre.store.book(Actor::Resident, &wish(li, &all[2])).expect("asked"), Booked::Closed);
    assert_eq!(centre.store.book(Actor::Resident, &wish(li, &all[1])).expect("asked"), Booked::Closed);
    // Late, but come: they get a number all the same.
    centre.clock.advance(Duration::from_mins(1));
    assert!(centre.store.come_for(Actor::Resident, own).expect("late").ticket.is_some());
    centre.clock.advance(Duration::from_hours(24));
    assert_eq!(centre.store.close_appointments(Actor::Program, centre.clock.today()).expect("closed"), 0);
    // Another one, not kept.
    let next = slots(&centre.store, "2026-12-02");
    let missed = booked(&mut centre.store, li, &next[0]);
    centre.clock.advance(Duration::from_hours(168));
    assert_eq!(centre.store.close_appointments(Actor::Program, centre.clock.today()).expect("closed"), 1);
    assert_eq!(status(&centre.store, missed), Status::NoShow);
    let open = centre.store.follow_ups().expect("read");
    assert_eq!((open.len(), open[0].kind, open[0].name.as_str()), (1, Kind::NoShow, "李素芬"));
    centre.store.finish_follow_up(NURSE, open[0].id, "打通了，下周来").expect("done");
    assert!(centre.store.follow_ups().expect("read").is_empty());
}

#[test]
fn a_session_that_does_not_take_place_ends_its_bookings_and_lists_whom_to_call() {
    let mut centre = centre(1);
    let (wang, li) = (centre.resident("王福全"), centre.resident("李素芬"));
    let all = slots(&centre.store, "2026-11-25");
    let own = booked(&mut centre.store, wang, &all[0]);
    centre
        .store
        .join_waitlist(NURSE, AppointmentId::new(), li, all[0].session_id)
        .expect("got a seat at once");
    assert!(centre.store.cancel_session(NURSE, all[0].session_id, " ").is_err(), "without a reason");
    assert_eq!(centre.store.cancel_session(NURSE, all[0].session_id, "医生生病").expect("cancelled"), 2);
    assert_eq!(status(&centre.store, own), Status::Cancelled);
    let calls = centre.store.follow_ups().expect("read");
    assert_eq!(calls.iter().filter(|f| f.kind == Kind::SessionCancelled).count(), 2);
    assert!(slots(&centre.store, "2026-11-25").is_empty());
}

#[test]
fn numbers_start_again_each_day_also_across_midnight() {
    let mut centre = Centre::at("2026-11-24T23:30:00");
    for weekday in [2, 3] {
        let (from, to) = if weekday == 2 { ("23:00", "23:59") } else { ("00:00", "01:00") };
        centre.store.add_availability(Actor::Cli, &hours(weekday, from, to, 15, 3)).expect("laid out");
    }
    let (wang, li) = (centre.resident("王福全"), centre.resident("李素芬"));
    let tonight = centre.store.walk_in(NURSE_LIKE, AppointmentId::new(), wang, SERVICE).expect("came");
    assert_eq!((tonight.day, tonight.ticket.as_deref()), (day("2026-11-24"), Some("A01")));
    let after = slots(&centre.store, "2026-11-25");
    assert_eq!(after[0].starts_at, moment("2026-11-25T00:00:00"));
    let own = booked(&mut centre.store, li, &after[2]);
    assert!(centre.store.come_for(NURSE_LIKE, own).is_err(), "not before its day");
    centre.clock.advance(Duration::from_mins(31));
    let came = centre.store.come_for(NURSE_LIKE, own).expect("came");
    assert_eq!((came.day, came.ticket.as_deref()), (day("2026-11-25"), Some("A01")));
}

#[test]
fn sessions_lie_at_the_same_wall_time_in_a_zone_with_summer_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let zone = chrono_tz::Europe::Berlin;
    let at = daycare_core::time::Moment::from_local("2026-03-24T08:00:00".parse().expect("a time"), zone);
    let clock = daycare_core::clock::Clock::fixed(at, zone);
    let paths = daycare_store::paths::Paths::new(folder.path());
    let mut store = Store::open(&paths, &clock).expect("a store");
    // The night of 29 March has no half past two.
    store.add_availability(Actor::Cli, &hours(7, "02:00", "04:00", 30, 1)).expect("laid out");
    store.add_availability(Actor::Cli, &hours(3, "09:00", "10:00", 30, 1)).expect("laid out");
    for on in ["2026-03-25", "2026-04-01"] {
        let first = store.slots(SERVICE, day(on), day(on)).expect("read").remove(0);
        assert_eq!(first.starts_at.local(zone).to_string(), format!("{on} 09:00:00"));
    }
}

#[test]
fn complaint_17_two_nurses_who_call_at_once_do_not_overwrite_each_other() {
    let mut centre = centre(3);
    let people: Vec<_> = ["王一", "李二", "张三"].map(|name| centre.resident(name)).into();
    centre.clock.advance(Duration::from_hours(25));
    for who in &people {
        centre.store.walk_in(NURSE, AppointmentId::new(), *who, SERVICE).expect("came");
    }
    let first = centre.store.call_next(NURSE, SERVICE, "保健室", None).expect("called").expect("A01");
    // The other nurse still sees an empty room.
    let other = centre.store.call_next(NURSE, SERVICE, "保健室", None).expect("asked").expect("A01");
    assert_eq!((first.words.as_str(), other.id, other.calls), ("A01", first.id, 1));
    let second =
        centre.store.call_next(NURSE, SERVICE, "保健室", Some(first.id)).expect("called").expect("A02");
    assert_eq!(second.words, "A02");
    assert_eq!(status(&centre.store, first.appointment_id), Status::Fulfilled, "who was in the room is done");
    let shown = centre.store.public_calls().expect("read");
    assert_eq!((shown[0].ticket.as_str(), shown[0].room.as_str()), ("A02", "保健室"));
    assert_eq!(shown[1].ticket, "A01", "recent calls stay to be seen");
}

#[test]
fn a_number_can_be_called_again_passed_over_put_back_moved_and_finished() {
    let mut centre = centre(3);
    let people: Vec<_> = ["王一", "李二", "张三"].map(|name| centre.resident(name)).into();
    centre.clock.advance(Duration::from_hours(25));
    for who in &people {
        centre.store.walk_in(NURSE, AppointmentId::new(), *who, SERVICE).expect("came");
    }
    let order = |centre: &Centre| -> Vec<(String, TicketState)> {
        centre.store.queue().expect("read").into_iter().map(|t| (t.words, t.state)).collect()
    };
    let first = centre.store.call_next(NURSE, SERVICE, "保健室", None).expect("called").expect("A01");
    assert_eq!(centre.store.recall(NURSE, first.id).expect("again").calls, 2);
    centre.store.skip(NURSE, first.id).expect("passed over");
    let (skipped, waiting) = (TicketState::Skipped, TicketState::Waiting);
    let names = |words: &[&str], states: &[TicketState]| -> Vec<(String, TicketState)> {
        words.iter().map(|w| (*w).to_owned()).zip(states.iter().copied()).collect()
    };
    assert_eq!(order(&centre), names(&["A02", "A03", "A01"], &[waiting, waiting, skipped]));
    centre.store.requeue(NURSE, first.id).expect("put back");
    assert_eq!(order(&centre), names(&["A02", "A03", "A01"], &[waiting; 3]));
    let moved = centre.store.queue().expect("read")[0].id;
    centre.store.move_ticket(NURSE, moved, "二楼").expect("moved");
    let next = centre.store.call_next(NURSE, SERVICE, "保健室", None).expect("called").expect("A03");
    assert_eq!(next.words, "A03", "A02 is another room's now");
    centre.store.finish_ticket(NURSE, next.id).expect("finished");
    assert_eq!(status(&centre.store, next.appointment_id), Status::Fulfilled);
    assert!(centre.store.recall(NURSE, next.id).is_err());
    assert!(centre.store.queue().expect("read").iter().all(|t| t.words != "A03"));
}

#[test]
fn only_staff_step_back_and_only_with_a_reason_and_a_free_seat() {
    let mut centre = centre(1);
    let (wang, li) = (centre.resident("王福全"), centre.resident("李素芬"));
    let slot = slots(&centre.store, "2026-11-25")[0].clone();
    let own = booked(&mut centre.store, wang, &slot);
    centre.store.set_appointment(NURSE, own, Status::NoShow).expect("marked");
    assert!(centre.store.set_appointment(NURSE, own, Status::Booked).is_err(), "that is back");
    assert!(centre.store.step_back(NURSE, own, Status::Booked, "").is_err(), "no reason");
    assert!(centre.store.step_back(Actor::Resident, own, Status::Booked, "我来了").is_err(), "not staff");
    booked(&mut centre.store, li, &slot);
    let taken = centre.store.step_back(NURSE, own, Status::Booked, "认错人了");
    assert!(matches!(taken, Err(Error::Rule(_))), "{taken:?}");
    assert_eq!(status(&centre.store, own), Status::NoShow);
}

#[test]
fn leaving_out_a_session_for_one_day_keeps_the_weekly_hours() {
    let mut centre = centre(1);
    let session = slots(&centre.store, "2026-11-25")[0].session_id;
    centre.store.change_session(NURSE, session, ("一楼大厅", "王医生"), 4).expect("changed");
    let all: Vec<Session> = centre.store.sessions(day("2026-11-25"), day("2026-12-02")).expect("read");
    assert_eq!((all[0].room.as_str(), all[0].capacity), ("一楼大厅", 4));
    assert_eq!((all[1].room.as_str(), all[1].capacity), ("保健室", 1), "the next week is as before");
    assert_eq!(slots(&centre.store, "2026-11-25")[0].free, 4);
    centre.store.change_session(NURSE, session, ("一楼大厅", "王医生"), 2).expect("changed");
    assert_eq!(slots(&centre.store, "2026-11-25")[0].free, 2);
}

#[derive(Debug, Clone)]
enum Act {
    Book(usize, usize),
    Wait(usize),
    Cancel(usize),
    Come(usize),
    WalkIn(usize),
    Finish(usize),
    Pass(u16),
    Close,
    Restart,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (0usize..6, 0usize..6).prop_map(|(who, slot)| Act::Book(who, slot)),
        2 => (0usize..6).prop_map(Act::Wait),
        2 => (0usize..24).prop_map(Act::Cancel),
        2 => (0usize..24).prop_map(Act::Come),
        2 => (0usize..6).prop_map(Act::WalkIn),
        2 => (0usize..24).prop_map(Act::Finish),
        2 => (1u16..600).prop_map(Act::Pass),
        1 => Just(Act::Close),
        1 => Just(Act::Restart),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn any_course_of_things_keeps_seats_people_and_order(acts in proptest::collection::vec(act(), 1..50)) {
        let mut centre = Centre::at("2026-11-24T08:00:00");
        for weekday in [2, 3] {
            centre.store.add_availability(Actor::Cli, &hours(weekday, "09:00", "10:00", 20, 1)).expect("laid out");
        }
        let people: Vec<_> = (0..6).map(|n| centre.resident(&format!("王{n}"))).collect();
        let sessions: Vec<SessionId> =
            ["2026-11-24", "2026-11-25"].iter().map(|on| slots(&centre.store, on)[0].session_id).collect();
        let all: Vec<Slot> = ["2026-11-24", "2026-11-25"].iter().flat_map(|on| slots(&centre.store, on)).collect();
        let mut ids: Vec<AppointmentId> = vec![];
        let mut seen: std::collections::HashMap<AppointmentId, Vec<Status>> = std::collections::HashMap::new();
        for act in acts {
            let pick = |n: usize, ids: &[AppointmentId]| ids.get(n % ids.len().max(1)).copied();
            match act {
                Act::Book(who, slot) => {
                    let wish = wish(people[who], &all[slot]);
                    if let Booked::Done(done) = centre.store.book(Actor::Resident, &wish).expect("asked") {
                        ids.push(done.id);
                    }
                }
                Act::Wait(who) => {
                    let id = AppointmentId::new();
                    if let Ok((waits, _)) = centre.store.join_waitlist(Actor::Resident, id, people[who], sessions[who % 2]) {
                        ids.push(waits.id);
                    }
                }
                Act::Cancel(n) => if let Some(id) = pick(n, &ids) {
                    drop(centre.store.cancel_appointment(Actor::Resident, id, ""));
                },
                Act::Come(n) => if let Some(id) = pick(n, &ids) {
                    drop(centre.store.come_for(Actor::Resident, id));
                },
                Act::WalkIn(who) => {
                    if let Ok(came) = centre.store.walk_in(NURSE_LIKE, AppointmentId::new(), people[who], SERVICE) {
                        ids.push(came.id);
                    }
                }
                Act::Finish(n) => if let Some(id) = pick(n, &ids) {
                    drop(centre.store.set_appointment(NURSE_LIKE, id, Status::Fulfilled));
                },
                Act::Pass(minutes) => centre.clock.advance(Duration::from_secs(u64::from(minutes) * 60)),
                Act::Close => { centre.store.close_appointments(Actor::Program, centre.clock.today()).expect("closed"); }
                Act::Restart => centre = centre.restart(),
            }
            // Nothing is lost, and each went forward only.
            for id in &ids {
                let now = status(&centre.store, *id);
                let path = seen.entry(*id).or_default();
                if path.last() != Some(&now) {
                    prop_assert!(!path.contains(&now), "{id} went back to {now:?}: {path:?}");
                    path.push(now);
                }
            }
            // A seat has one person; the slots know it.
            for on in ["2026-11-24", "2026-11-25"] {
                let listed = centre.store.appointments_between(day(on), day(on)).expect("read");
                for slot in slots(&centre.store, on) {
                    let there = listed.iter().filter(|l| {
                        let a = &l.appointment;
                        a.starts_at == slot.starts_at && a.status.holds_seat()
                            && a.origin == daycare_core::appointment::Origin::Booked
                    }).count();
                    prop_assert!(there <= usize::from(slot.seats));
                    prop_assert!(slot.free <= slot.seats);
                }
                // Numbers of a day are all different.
                let mut numbers: Vec<_> = listed.iter().filter_map(|l| l.appointment.ticket.clone()).collect();
                let count = numbers.len();
                numbers.sort();
                numbers.dedup();
                prop_assert_eq!(numbers.len(), count);
            }
        }
    }
}

/// The program itself: no staff account is needed for it.
const NURSE_LIKE: Actor = Actor::Program;

#[test]
fn an_older_database_is_brought_up_to_date_after_a_backup() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = daycare_store::paths::Paths::new(folder.path());
    {
        let conn = rusqlite::Connection::open(paths.database()).expect("made");
        conn.execute_batch(include_str!("../../crates/store/src/migrations/0001_init.sql"))
            .expect("the first schema");
        conn.pragma_update(None, "user_version", 1).expect("as it was");
        conn.execute(
            "INSERT INTO service (id, name, picture, place) VALUES (x'73657276696365000000000000000006', '午餐', 'x', 6)",
            [],
        )
        .expect("a service");
    }
    let store = Store::open(&paths, &clock_at("2026-11-24T09:00:00")).expect("migrated");
    let services = store.services().expect("read");
    assert!(services.iter().any(|s| s.name == "年度体检" && s.bookable && s.fasting && s.letter == "B"));
    assert_eq!(services.iter().filter(|s| s.name == "午餐").count(), 1);
    assert_eq!(std::fs::read_dir(paths.backups()).expect("there").count(), 1, "a backup came first");
}

fn target(high: i32, who: &str) -> Target {
    Target {
        kind: vitals::Kind::BloodPressure,
        range: [110, high],
        range_second: Some([60, 89]),
        set_by: who.into(),
        set_on: day("2026-11-24"),
    }
}

fn decided(given: bool) -> Consent {
    Consent {
        purpose: Purpose::Sharing,
        given,
        decided_on: day("2026-11-24"),
        witness: "周敏".into(),
        guardian: String::new(),
    }
}

#[test]
fn the_newest_target_and_the_newest_consent_count_and_each_names_somebody() {
    let mut centre = centre(1);
    let wang = centre.resident("王福全");
    assert!(centre.store.set_target(NURSE, wang, &target(149, " ")).is_err(), "nobody set it");
    assert!(centre.store.set_target(NURSE, wang, &target(100, "王医生")).is_err(), "upside down");
    centre.store.set_target(NURSE, wang, &target(149, "王医生")).expect("set");
    centre.store.set_target(NURSE, wang, &target(139, "李医生")).expect("set again");
    assert_eq!(centre.store.targets_of(wang).expect("read"), [target(139, "李医生")]);
    centre.store.decide_consent(NURSE, wang, &decided(true)).expect("agreed");
    assert_eq!(centre.store.consenting(Purpose::Sharing).expect("read"), [wang]);
    centre.store.decide_consent(NURSE, wang, &decided(false)).expect("withdrawn");
    assert!(centre.store.consenting(Purpose::Sharing).expect("read").is_empty());
    assert_eq!(centre.store.consent_of(wang, Purpose::Sharing).expect("read"), Some(decided(false)));
}

#[test]
fn the_yearly_list_has_who_is_old_enough_with_what_is_done_and_booked() {
    use daycare_core::checkup::born_by;
    use daycare_core::service::CHECKUP;
    let mut centre = centre(1);
    let born = |centre: &mut Centre, name: &str, on: &str| {
        let mut person = testkit::centre::person(name);
        person.profile.born_on = Some(Birth::day(day(on)));
        centre.store.put_resident(Actor::Cli, &person, "").expect("written");
        person.id
    };
    let old = born(&mut centre, "王老", "1961-11-24");
    born(&mut centre, "李小", "1961-11-25");
    let check_up = Availability { service_id: seed_id(CHECKUP), ..hours(4, "08:00", "09:00", 30, 1) };
    centre.store.add_availability(Actor::Cli, &check_up).expect("laid out");
    let slot =
        centre.store.slots(seed_id(CHECKUP), day("2026-11-26"), day("2026-11-26")).expect("read").remove(0);
    booked(&mut centre.store, old, &slot);
    centre.store.set_checkup_item(NURSE, old, "urine", true).expect("done");
    centre.store.set_checkup_item(NURSE, old, "ecg", true).expect("done");
    centre.store.set_checkup_item(NURSE, old, "ecg", false).expect("open again");
    let list = centre.store.checkups(2026, born_by(centre.clock.today(), 65)).expect("read");
    assert_eq!(list.len(), 1, "who turns 65 tomorrow is not on it");
    assert_eq!((list[0].resident_id, list[0].done), (old, 1));
    assert_eq!(list[0].booked_at, Some(slot.starts_at));
    assert_eq!(list[0].last_on, Some(day("2026-11-24")));
    assert_eq!(centre.store.checkup_done(old, 2026).expect("read"), ["urine"]);
    assert!(centre.store.checkup_done(old, 2027).expect("read").is_empty(), "each year begins anew");
}

/// The newest row was written while the machine's clock was years ahead.
fn written_by_a_clock_ahead(centre: &Centre, table: &str) {
    let conn = rusqlite::Connection::open(centre.paths().database()).expect("opens");
    let sql = format!("UPDATE {table} SET id = unhex('7fffffffffff7fffbfffffffffffffff')");
    assert_eq!(conn.execute(&sql, []).expect("changed"), 1);
}

#[test]
fn a_withdrawal_stands_over_a_consent_that_a_clock_ahead_has_dated_later() {
    let mut centre = centre(1);
    let who = centre.resident("王福全");
    centre.store.decide_consent(NURSE, who, &decided(true)).expect("agreed");
    written_by_a_clock_ahead(&centre, "consent");
    centre.store.decide_consent(NURSE, who, &decided(false)).expect("withdrawn");
    assert!(!centre.store.consent_of(who, Purpose::Sharing).expect("read").expect("decided").given);
    assert!(centre.store.consenting(Purpose::Sharing).expect("read").is_empty());
    centre.store.decide_consent(NURSE, who, &decided(true)).expect("agreed anew");
    assert_eq!(centre.store.consenting(Purpose::Sharing).expect("read"), [who]);
}

#[test]
fn the_target_that_was_set_last_holds_although_a_clock_ahead_has_dated_the_one_before_later() {
    let mut centre = centre(1);
    let who = centre.resident("王福全");
    centre.store.set_target(NURSE, who, &target(149, "王医生")).expect("set");
    written_by_a_clock_ahead(&centre, "target");
    centre.store.set_target(NURSE, who, &target(139, "李医生")).expect("set again");
    let held = centre.store.targets_of(who).expect("read");
    assert_eq!(held.iter().map(|target| target.set_by.as_str()).collect::<Vec<_>>(), ["李医生"]);
}
