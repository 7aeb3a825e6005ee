//! The demo centre's health data: weekly hours, bookings of the last three weeks and the next
//! days, readings, targets and consents.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};
use daycare_core::appointment::{Availability, Booked, Booking, Status};
use daycare_core::audit::Actor;
use daycare_core::clock::Clock;
use daycare_core::consent::{Consent, Purpose};
use daycare_core::ids::{AppointmentId, AvailabilityId, ReadingId, ResidentId, StaffId};
use daycare_core::resident::Resident;
use daycare_core::service::{CHECKUP, HEALTH_CHECK, seed_id};
use daycare_core::time::Moment;
use daycare_core::vitals::{Guided, Kind, Origin, Reading, Target, Timing, Value, guided};
use daycare_store::Store;

use super::random::Random;
use crate::error::Result;
use crate::health::LIMITS;

/// The demo nurse 陈静; her PIN is the caregiver's.
pub(super) const NURSE: StaffId = StaffId::from_u128(3);
const ACTOR: Actor = Actor::Staff(NURSE);

/// Service, weekdays, from, until, slot, seats, room, provider.
type Hours = (usize, &'static [u8], &'static str, &'static str, u16, u16, &'static str, &'static str);
const HOURS: &[Hours] = &[
    (HEALTH_CHECK, &[1, 2, 3, 4, 5], "08:30", "11:30", 30, 2, "一楼保健室", "陈静"),
    (HEALTH_CHECK, &[1, 3, 5], "14:00", "16:00", 30, 2, "一楼保健室", "陈静"),
    (CHECKUP, &[2, 4], "08:00", "10:00", 30, 3, "一楼保健室", "王医生"),
    (13, &[1, 3, 5], "14:00", "16:30", 30, 1, "二楼诊室", "刘医生"),
    (6, &[2, 5], "09:00", "12:00", 60, 1, "谈心室", "张老师"),
    (9, &[3], "14:00", "17:00", 30, 2, "谈心屋", "李社工"),
    (7, &[4], "14:00", "16:00", 30, 1, "法律室", "何律师"),
    (10, &[1], "09:00", "11:00", 30, 1, "助残室", "赵老师"),
];

/// Adds the health data to a store that holds the demo residents; `but` gets none.
pub(super) fn fill(store: &mut Store, residents: &[Resident], but: ResidentId) -> Result<()> {
    let mut random = Random::new(65);
    let now = store.clock().now();
    let today = store.clock().today();
    let others: Vec<&Resident> = residents.iter().filter(|resident| resident.id != but).collect();
    // Past days are written through a store whose clock is set to that day.
    let mut number = 0;
    for back in (0..=21u64).rev() {
        let Some(day) = today.checked_sub_days(Days::new(back)) else { continue };
        if back > 0 && matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            continue;
        }
        let morning = Moment::from_local(day.and_time(NaiveTime::MIN), store.clock().zone());
        let clock = Clock::fixed(morning, store.clock().zone());
        let mut then = Store::open(store.paths(), &clock)?;
        if back == 21 || number == 0 {
            add_hours(&mut then)?;
        }
        then.lay_out_sessions()?;
        one_day(&mut then, &others, day, (&mut number, &mut random))?;
        if back > 0 {
            clock.advance(std::time::Duration::from_secs(86_399));
            keep(&mut then, day, &mut random)?;
        }
    }
    store.lay_out_sessions()?;
    arrived_today(store, now)?;
    ahead(store, &others, today, (&mut number, &mut random))?;
    readings(store, residents, &mut random)?;
    consents(store, residents, today, &mut random)
}

fn add_hours(store: &mut Store) -> Result<()> {
    for (place, (service, weekdays, from, to, slot_minutes, capacity, room, provider)) in (0u128..).zip(HOURS)
    {
        for weekday in *weekdays {
            let time = |text| NaiveTime::parse_from_str(text, "%H:%M").unwrap_or_default();
            store.add_availability(
                Actor::Program,
                &Availability {
                    // Session identifiers put the day into the low 64 bits.
                    id: AvailabilityId::from_u128((place + 1) << 96 | u128::from(*weekday) << 64),
                    service_id: seed_id(*service),
                    weekday: *weekday,
                    starts: time(from),
                    ends: time(to),
                    slot_minutes: *slot_minutes,
                    capacity: *capacity,
                    room: (*room).into(),
                    provider: (*provider).into(),
                },
            )?;
        }
    }
    Ok(())
}

/// Books about two thirds of a day's seats.
fn one_day(
    store: &mut Store,
    residents: &[&Resident],
    day: NaiveDate,
    (number, random): (&mut u128, &mut Random),
) -> Result<()> {
    for session in store.sessions(day, day)? {
        for slot in store.slots(session.service_id, day, day)? {
            if slot.session_id != session.id || random.below(100) < 40 {
                continue;
            }
            *number += 1;
            let booking = Booking {
                id: AppointmentId::from_u128(0xa << 120 | *number),
                resident_id: random.pick(residents).id,
                session_id: slot.session_id,
                starts_at: slot.starts_at,
                instead_of: None,
            };
            // A refused booking is simply skipped.
            let _: Booked = store.book(Actor::Program, &booking)?;
        }
    }
    Ok(())
}

/// Sets the outcome of a past day's bookings.
fn keep(store: &mut Store, day: NaiveDate, random: &mut Random) -> Result<()> {
    for listed in store.appointments_between(day, day)? {
        if random.below(100) < 92 && listed.appointment.status.may_become(Status::Fulfilled) {
            store.set_appointment(Actor::Program, listed.appointment.id, Status::Fulfilled)?;
        }
    }
    store.close_appointments(Actor::Program, day)?;
    // All missed bookings except the last days' have been followed up.
    let age = store.clock().now().0 - 2 * 86_400_000;
    for missed in store.follow_ups()?.into_iter().filter(|follow_up| follow_up.raised_at.0 < age) {
        store.finish_follow_up(Actor::Program, missed.id, "打通了，下次来")?;
    }
    Ok(())
}

/// Gives numbers to this morning's arrivals; one of them is being called.
fn arrived_today(store: &mut Store, now: Moment) -> Result<()> {
    let today = store.clock().today();
    let mut seen = 0;
    for listed in store.appointments_between(today, today)? {
        let appointment = listed.appointment;
        let near = appointment.starts_at.0 <= now.0 + 3_600_000;
        if near && (seen < 4 || store.open_visit(appointment.resident_id)?.is_some()) {
            seen += 1;
            store.come_for(Actor::Program, appointment.id)?;
        }
    }
    store.call_next(Actor::Program, seed_id(HEALTH_CHECK), "一楼保健室", None)?;
    Ok(())
}

/// Bookings of the days ahead.
fn ahead(
    store: &mut Store,
    residents: &[&Resident],
    today: NaiveDate,
    (number, random): (&mut u128, &mut Random),
) -> Result<()> {
    for day in today.iter_days().skip(1).take(6) {
        one_day(store, residents, day, (&mut *number, &mut *random))?;
    }
    Ok(())
}

/// Half of the residents have occasional blood pressure readings.
fn readings(store: &mut Store, residents: &[Resident], random: &mut Random) -> Result<()> {
    let now = store.clock().now();
    let zone = store.clock().zone();
    // Each kind of record has its own first digit, so identifiers never collide.
    let mut number = 0u128;
    let mut all = Vec::new();
    for (at, resident) in residents.iter().enumerate().filter(|(at, _)| at % 2 == 0 || *at < 2) {
        let usual = (118 + random.below_i32(30), 70 + random.below_i32(16));
        let weight = 480 + random.below_i32(260);
        let times = if at < 2 { 12 } else { 2 + random.below(6) };
        for back in (0..times).rev() {
            let day = now.plus_ms(-86_400_000 * (i64::from(back) * 14 + 1)).day(zone);
            let minute = 20 + random.below(30);
            let taken_at = Moment::from_local(day.and_hms_opt(9, minute, 0).unwrap_or_default(), zone);
            let mut add = |kind, timing, value, parts| {
                number += 1;
                all.push(Reading {
                    id: ReadingId::from_u128(0xb << 120 | number),
                    resident_id: resident.id,
                    appointment_id: None,
                    taken_at,
                    kind,
                    timing,
                    value,
                    parts,
                    origin: Origin::Demo,
                    limits: LIMITS.version.clone(),
                    taken_by: String::new(),
                });
            };
            let high = if random.below(100) < 12 { 14 } else { 0 };
            let mut parts = Vec::new();
            let value = loop {
                let systolic = usual.0 + high + random.below_i32(9) - 4;
                parts.push(Value::pressure(systolic, usual.1 + high / 2 + random.below_i32(5) - 2));
                if let Guided::Average(value) = guided(&parts) {
                    break value;
                }
            };
            add(Kind::BloodPressure, None, value, parts);
            add(Kind::Pulse, None, Value::one(62 + random.below_i32(24)), vec![]);
            if back % 3 == 0 {
                add(Kind::Weight, None, Value::one(weight + random.below_i32(15) - 7), vec![]);
            }
            if at % 6 == 0 {
                add(Kind::Glucose, Some(Timing::Fasting), Value::one(52 + random.below_i32(16)), vec![]);
            }
        }
    }
    store.add_readings(ACTOR, &all, None)?;
    let target = Target {
        kind: Kind::BloodPressure,
        range: [110, 149],
        range_second: Some([60, 89]),
        set_by: "王医生".into(),
        set_on: store.clock().today().checked_sub_days(Days::new(90)).unwrap_or_default(),
    };
    residents.iter().take(2).try_for_each(|resident| store.set_target(ACTOR, resident.id, &target))
}

/// Two in three consent to sharing their health data; a few have withdrawn.
fn consents(store: &mut Store, residents: &[Resident], today: NaiveDate, random: &mut Random) -> Result<()> {
    let decided_on = today.checked_sub_days(Days::new(60)).unwrap_or(today);
    for (at, resident) in residents.iter().enumerate() {
        let asked = at == 0 || random.below(3) < 2;
        let given = |given| Consent {
            purpose: Purpose::Sharing,
            given,
            decided_on,
            witness: "周敏".into(),
            guardian: String::new(),
        };
        if asked {
            store.decide_consent(ACTOR, resident.id, &given(true))?;
        }
        if asked && at != 0 && random.below(100) < 6 {
            store.decide_consent(ACTOR, resident.id, &given(false))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::Timelike as _;

    use super::*;

    #[test]
    fn the_demo_hours_make_sense() {
        for (_, weekdays, from, to, slot, seats, ..) in HOURS {
            let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").expect("a time");
            assert!(time(from) < time(to) && time(from).second() == 0);
            assert!(!weekdays.is_empty() && *slot >= 5 && *seats >= 1);
        }
    }
}
