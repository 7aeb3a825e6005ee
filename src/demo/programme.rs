//! The demo centre's activities: rooms, the weekly plan, participants of the last three
//! weeks, sign-ups for the next days, volunteers.

use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use daycare_core::activity::enrolment::{Mood, Outcome, SigningUp};
use daycare_core::activity::repeat::{Repeat, weekday};
use daycare_core::activity::{Arrangement, OccurrenceKey, Room, Series, picture_for, team_id};
use daycare_core::ids::{ActivityId, EnrolmentId, ResidentId, RoomId, SeriesId, ShiftId, VolunteerId};
use daycare_core::recurrence;
use daycare_core::resident::Resident;
use daycare_core::time::{Moment, moved};
use daycare_core::visit::{State, Visit};
use daycare_core::volunteer::{Shift, Volunteer, Worker, duty_id};
use daycare_store::Store;
use daycare_store::import::Programme;

use super::random::Random;

const ROOMS: &[(&str, Option<u16>)] = &[
    ("院坝", None),
    ("多功能厅", Some(40)),
    ("棋牌室", Some(16)),
    ("师兰书社", Some(12)),
    ("法律之家", Some(6)),
    ("一楼保健室", Some(12)),
];

/// Weekday (0 is Monday), start, minutes, name, room, team, leader, places.
type Plan = (usize, &'static str, i64, &'static str, usize, Option<usize>, &'static str, Option<u16>);
const PLAN: &[Plan] = &[
    (0, "09:30", 60, "太极拳", 0, Some(0), "", Some(20)),
    (0, "14:30", 120, "象棋", 2, None, "曾德明", Some(12)),
    (1, "10:00", 60, "唱红歌", 1, Some(2), "", Some(30)),
    (1, "14:00", 60, "八段锦", 0, Some(0), "", Some(20)),
    (1, "15:30", 60, "手机课堂", 3, Some(5), "", Some(10)),
    (2, "09:00", 120, "健康讲座：冬季血压", 1, None, "陈静", Some(25)),
    (2, "14:30", 120, "打牌联谊", 2, None, "谢大勇", Some(16)),
    (3, "09:00", 120, "量血压日", 5, None, "陈静", Some(12)),
    (3, "14:00", 90, "书法", 3, None, "杨子墨", Some(10)),
    (4, "09:30", 90, "法律咨询", 4, Some(1), "", Some(6)),
    (4, "14:30", 90, "手工", 1, Some(3), "", Some(15)),
    (5, "10:00", 90, "电影：老片回放", 1, None, "", None),
];

/// Generates the programme; `but` is not signed up for anything.
pub(super) fn of(store: &Store, residents: &[Resident], visits: &[Visit], but: ResidentId) -> Programme {
    let mut random = Random::new(88);
    let today = store.clock().today();
    let began = today.checked_sub_days(Days::new(56)).unwrap_or(today);
    let mut programme = Programme {
        rooms: rooms(),
        series: PLAN.iter().zip(1u128..).map(|(plan, number)| series(plan, number, began)).collect(),
        volunteers: volunteers(residents),
        ..Programme::default()
    };
    let others: Vec<&Resident> = residents.iter().filter(|resident| resident.id != but).collect();
    programme.enrolments = enrolments(&programme.series, &others, visits, store, &mut random);
    programme.shifts = shifts(&programme.volunteers, store, &mut random);
    programme
}

fn room_id(at: usize) -> RoomId {
    RoomId::from_u128(0x7000 + at as u128)
}

fn rooms() -> Vec<Room> {
    let all = ROOMS.iter().enumerate();
    all.map(|(at, (name, capacity))| Room { id: room_id(at), name: (*name).into(), capacity: *capacity })
        .collect()
}

fn series(plan: &Plan, number: u128, began: NaiveDate) -> Series {
    let (day, from, minutes, name, room, team, leader, capacity) = *plan;
    let starts = NaiveTime::parse_from_str(from, "%H:%M").unwrap_or_default();
    Series {
        id: SeriesId::from_u128(number),
        activity_id: ActivityId::from_u128(number),
        name: name.into(),
        picture: picture_for(name).into(),
        repeat: Repeat::Weekly { every: 1, days: vec![weekday(day)] },
        starts_on: began,
        until: None,
        arrangement: Arrangement {
            starts,
            ends: moved(starts, minutes),
            room_id: Some(room_id(room)),
            team_id: team.map(team_id),
            leader: leader.into(),
            capacity,
        },
        opens_days: 7,
        closes_minutes: 0,
        notice: String::new(),
        notice_on: None,
    }
}

fn volunteers(residents: &[Resident]) -> Vec<Volunteer> {
    let new = |number: u128, name: &str, team: usize, resident_id| Volunteer {
        id: VolunteerId::from_u128(number),
        name: name.into(),
        team_id: team_id(team),
        resident_id,
        phone: format!("1370000{number:04}"),
    };
    let mut all = vec![
        new(1, "谢大勇", 0, None),
        new(2, "杨子墨", 2, None),
        new(3, "曾德明", 1, None),
        new(4, "罗小娟", 3, None),
        new(5, "邓一鸣", 5, None),
    ];
    // One of the younger residents is also a volunteer.
    let young = residents.iter().filter(|resident| resident.profile.born_on.is_some());
    if let Some(resident) = young.max_by_key(|resident| resident.profile.born_on) {
        all.push(new(6, &resident.profile.name, 4, Some(resident.id)));
    }
    all
}

/// Three weeks back and one ahead; participants also have a visit on that day.
fn enrolments(
    all: &[Series],
    people: &[&Resident],
    visits: &[Visit],
    store: &Store,
    random: &mut Random,
) -> Vec<(SigningUp, Option<Outcome>, Option<Mood>)> {
    let (today, now) = (store.clock().today(), store.clock().local());
    let from = today.checked_sub_days(Days::new(21)).unwrap_or(today);
    let to = today.checked_add_days(Days::new(6)).unwrap_or(today);
    let mut rows = Vec::new();
    for series in all {
        for day in recurrence::dates(series, from, to) {
            let key = OccurrenceKey { activity_id: series.activity_id, day };
            let places = u32::from(series.arrangement.capacity.unwrap_or(24));
            let small = places <= 10;
            let wanted = if small { places + 1 } else { places * (4 + random.below(5)) / 10 };
            let over = day.and_time(series.arrangement.ends) <= now;
            let came = |who: &Resident| visits.iter().any(|v| v.resident_id == who.id && v.day == day);
            let mut asked = Vec::new();
            for _ in 0..wanted * 4 {
                let who = *random.pick(people);
                if asked.len() < wanted as usize && !asked.contains(&who.id) && (!over || came(who)) {
                    asked.push(who.id);
                }
            }
            for resident_id in asked {
                let number = (u128::from(day.num_days_from_ce().unsigned_abs()) << 64)
                    | (series.id.uuid().as_u128() << 32)
                    | resident_id.uuid().as_u128();
                let outcome = over.then(|| match random.below(10) {
                    0 => Outcome::LeftEarly,
                    1 => Outcome::Absent,
                    _ => Outcome::Attended,
                });
                let mood = outcome.filter(|o| o.took_part()).map(|_| *random.pick(&Mood::ALL));
                rows.push((
                    SigningUp { id: EnrolmentId::from_u128(number), key, resident_id },
                    outcome,
                    mood,
                ));
            }
        }
    }
    rows
}

fn shifts(volunteers: &[Volunteer], store: &Store, random: &mut Random) -> Vec<Shift> {
    let (today, now, zone) = (store.clock().today(), store.clock().now(), store.clock().zone());
    let mut all = Vec::new();
    for (at, volunteer) in volunteers.iter().enumerate() {
        for back in (0..=28u64).rev() {
            let Some(day) = today.checked_sub_days(Days::new(back)) else { continue };
            let theirs = (u64::from(day.num_days_from_ce().unsigned_abs()) + at as u64).is_multiple_of(3);
            if !theirs || day.weekday() == chrono::Weekday::Sun {
                continue;
            }
            let Some(begins) = NaiveTime::from_hms_opt(8, 30 + random.below(20), 0) else { continue };
            let started_at = Moment::from_local(day.and_time(begins), zone);
            if started_at > now {
                continue;
            }
            let ends = started_at.plus_ms(i64::from(90 + random.below(120)) * 60_000);
            let (state, ended_at) = match ends <= now {
                true if random.below(12) == 0 && day < today => (State::NotRecorded, None),
                true => (State::Left, Some(ends)),
                false => (State::Open, None),
            };
            all.push(Shift {
                id: ShiftId::from_u128((u128::from(back) << 64) | at as u128),
                worker: Worker::Volunteer(volunteer.id),
                team_id: Some(volunteer.team_id),
                duty_id: Some(duty_id(random.below(8) as usize)),
                day,
                started_at,
                ended_at,
                state,
            });
        }
    }
    all
}
