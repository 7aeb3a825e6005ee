//! Against the floor, in one run: ratios, not times, are what counts.
//! `cargo bench` (or `make bench`); the window part needs Xvfb and xdotool.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench measures time and prints it"
)]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use daycare_core::activity::repeat::{Repeat, weekday};
use daycare_core::activity::{Arrangement, Series};
use daycare_core::appointment::{Availability, Booked, Booking, Slot};
use daycare_core::audit::Actor;
use daycare_core::ids::{ActivityId, AppointmentId, AvailabilityId, ResidentId, SeriesId, VisitId};
use daycare_core::recurrence;
use daycare_core::resident::{Resident, Standing};
use daycare_core::service::{HEALTH_CHECK, seed_id};
use daycare_core::visit::{HistoryFilter, Source, State, Visit};
use daycare_ime::{Engine, Field, Fuzzy, Lexicon};
use daycare_kiosk::app::Message;
use daycare_kiosk::i18n::Lang;
use daycare_kiosk::ui::screens::staff::residents::search;
use daycare_kiosk::ui::screens::{Route, Sight};
use daycare_kiosk::ui::theme::Shape;
use daycare_kiosk::ui::widgets::root::KeyInput;
use iced::keyboard::Modifiers;
use iced::keyboard::key::Named;
use rusqlite::types::Value;
use rusqlite::{Connection, TransactionBehavior, params};

use testkit::centre::{Centre, person};
use testkit::sandbox::{Painter, Sandbox};

fn main() {
    println!("{:<58} {:>9} {:>9} {:>7}  goal", "what", "ours", "floor", "ratio");
    check_in();
    history();
    free_times();
    booking();
    name_search();
    month_of_activities();
    week_screen();
    pinyin();
    window();
}

fn median(mut samples: Vec<Duration>) -> Duration {
    samples.sort_unstable();
    samples[samples.len() / 2]
}

fn row(what: &str, ours: f64, floor: f64, unit: &str, goal: f64) {
    let ratio = ours / floor;
    let verdict = if ratio <= goal { "met" } else { "MISSED" };
    println!("{what:<58} {ours:>7.2}{unit:<2} {floor:>7.2}{unit:<2} {ratio:>6.2}x  <= {goal}x {verdict}");
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// "Yes, it is me" to committed, against the same rows by bare rusqlite at FULL.
fn check_in() {
    let rounds = 400;
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let people: Vec<ResidentId> = (0..rounds).map(|n| centre.resident(&format!("王{n}"))).collect();
    let bare_folder = tempfile::tempdir().expect("a folder");
    let mut bare = bare(bare_folder.path(), &people);
    let (mut ours, mut floor) = (Vec::new(), Vec::new());
    // One of each in turn, so that both see the same weather.
    for who in &people {
        let arrival = centre.arrival(*who);
        let began = Instant::now();
        centre.store.check_in(Actor::Resident, &arrival).expect("written");
        ours.push(began.elapsed());
        let began = Instant::now();
        bare_check_in(&mut bare, *who);
        floor.push(began.elapsed());
    }
    row(
        "check-in committed (visit + audit, synchronous=FULL)",
        ms(median(ours)),
        ms(median(floor)),
        "ms",
        1.3,
    );
}

fn bare(folder: &Path, people: &[ResidentId]) -> Connection {
    let conn = Connection::open(folder.join("bare.db")).expect("opens");
    conn.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")
        .expect("set");
    conn.execute_batch(include_str!("../crates/store/src/migrations/0001_init.sql")).expect("made");
    for who in people {
        conn.execute(
            "INSERT INTO resident VALUES (?1, 'x', '', NULL, NULL, NULL, '', '', '', '', NULL, '', '', '', '', '', 'none', 'active', 0, 0)",
            [who.uuid().into_bytes()],
        )
        .expect("written");
    }
    conn
}

fn bare_check_in(conn: &mut Connection, who: ResidentId) {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate).expect("begun");
    let id = VisitId::new().uuid().into_bytes();
    let now = 1_795_000_000_000_i64;
    tx.prepare_cached("INSERT INTO visit (id, resident_id, day, arrived_at, state, source) VALUES (?1, ?2, '2026-11-24', ?3, 'open', 'card')")
        .expect("prepared")
        .execute(params![id, who.uuid().into_bytes(), now])
        .expect("written");
    let body = format!(
        r#"{{"resident":"{who}","day":"2026-11-24","arrived_at":{now},"left_at":null,"state":"open","source":"card","services":[]}}"#
    );
    tx.prepare_cached("INSERT INTO audit (at, actor, action, entity, entity_id, after) VALUES (?1, 'resident', 'visit.check_in', 'visit', ?2, ?3)")
        .expect("prepared")
        .execute(params![now, id, body])
        .expect("written");
    tx.commit().expect("committed");
}

/// Each key of each phrase to its candidates, against what a finger notices; and the memory
/// that the engine takes when it is first used.
fn pinyin() {
    let before = resident_memory();
    let began = Instant::now();
    let engine = Engine::new(Lexicon::default(), Fuzzy::ALL);
    let opened = began.elapsed();
    let mut keys = Vec::new();
    for line in include_str!("../crates/ime/tests/phrases.tsv").lines().filter(|line| !line.starts_with('#'))
    {
        let fields: Vec<&str> = line.split('\t').collect();
        let field = if fields[1] == "name" { Field::Name } else { Field::Text };
        for end in 1..=fields[3].len() {
            let began = Instant::now();
            let found = engine.candidates(&fields[3][..end], field);
            keys.push(began.elapsed());
            assert!(found.len() < 100_000);
        }
    }
    keys.sort_unstable();
    let late = keys[keys.len() * 99 / 100];
    row("pinyin: a key to its candidates, 99th percentile, against 5 ms", ms(late), 5.0, "ms", 1.0);
    row("pinyin: first use, against 50 ms", ms(opened), 50.0, "ms", 1.0);
    row("pinyin: memory after all phrases, against 12 MB", resident_memory() - before, 12.0, "MB", 1.0);
}

/// Megabytes of this process that are in memory.
fn resident_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("a line");
    let kib: f64 = line.split_whitespace().nth(1).and_then(|kib| kib.parse().ok()).expect("a number");
    kib / 1024.0
}

/// The first page of 100,000 visits, against the bare query.
fn history() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let residents: Vec<Resident> = (0..500).map(|n| person(&format!("王{n}"))).collect();
    let visits: Vec<Visit> = (0..100_000u64)
        .map(|n| {
            let who = residents[usize::try_from(n % 500).expect("small")].id;
            let day =
                chrono::NaiveDate::from_ymd_opt(2026, 11, 24).expect("a date") - chrono::Days::new(n / 250);
            let arrived_at = testkit::centre::moment("2026-11-24T08:00:00")
                .plus_ms(-i64::try_from(n).expect("small") * 345_600);
            let left_at = Some(arrived_at.plus_ms(3_600_000));
            Visit {
                id: VisitId::new(),
                resident_id: who,
                day,
                arrived_at,
                left_at,
                state: State::Left,
                source: Source::Demo,
                services: vec![],
            }
        })
        .collect();
    centre.store.load_demo(&residents, &visits).expect("loaded");
    let conn = Connection::open(centre.paths().database()).expect("opens");
    let sql = include_str!("../crates/store/src/visit/list_history.sql")
        .replace("{where}", "")
        .replace(":limit", "20")
        .replace(":offset", "0");
    let (mut ours, mut floor) = (Vec::new(), Vec::new());
    for _ in 0..300 {
        let began = Instant::now();
        let page = centre.store.history(&HistoryFilter::default(), 0, 20).expect("read");
        ours.push(began.elapsed());
        assert_eq!(page.len(), 20);
        let began = Instant::now();
        let mut statement = conn.prepare_cached(&sql).expect("prepared");
        let rows = statement
            .query_map([], |row| (0..13).map(|at| row.get::<_, Value>(at)).collect::<Result<Vec<_>, _>>())
            .expect("asked");
        assert_eq!(rows.filter_map(Result::ok).count(), 20);
        floor.push(began.elapsed());
    }
    row("history, first page of 100,000 visits", ms(median(ours)), ms(median(floor)), "ms", 2.0);
}

/// Five years of a service: half an hour a slot, two seats each, mornings of
/// all weekdays, two of three booked.
fn years(centre: &mut Centre) -> Connection {
    let people: Vec<_> = (0..200).map(|n| centre.resident(&format!("王{n}")).uuid().into_bytes()).collect();
    let conn = Connection::open(centre.paths().database()).expect("opens");
    conn.execute_batch("PRAGMA synchronous = OFF; BEGIN IMMEDIATE").expect("begun");
    let service = seed_id(HEALTH_CHECK).uuid().into_bytes();
    let mut number = 0u128;
    let first = testkit::centre::moment("2021-11-24T08:00:00").0;
    for day in 0..(5 * 365 + 30i64) {
        let date = chrono::NaiveDate::from_ymd_opt(2021, 11, 24).expect("a day")
            + chrono::Days::new(day.unsigned_abs());
        number += 1;
        let session = uuid::Uuid::from_u128(number).into_bytes();
        let starts = first + day * 86_400_000;
        let mut add = conn
            .prepare_cached("INSERT INTO session (id, service_id, day, starts_at, ends_at, slot_minutes, capacity, room, provider) VALUES (?1, ?2, ?3, ?4, ?5, 30, 2, '', '')")
            .expect("prepared");
        add.execute(params![session, service, date.to_string(), starts, starts + 14_400_000])
            .expect("written");
        for slot in 0..8 {
            let at = starts + slot * 1_800_000;
            for seat in 1..=2 {
                conn.prepare_cached("INSERT INTO seat VALUES (?1, ?2, ?3)")
                    .expect("prepared")
                    .execute(params![session, at, seat])
                    .expect("written");
                number += 1;
                if !number.is_multiple_of(3) {
                    let id = uuid::Uuid::from_u128(number).into_bytes();
                    // Each person once in a session, none at one time twice.
                    let who = people[usize::try_from(slot * 2 + seat).expect("small")];
                    conn.prepare_cached("INSERT INTO appointment (id, resident_id, session_id, starts_at, ends_at, seat, status, origin, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'fulfilled', 'booked', 0)")
                        .expect("prepared")
                        .execute(params![id, who, session, at, at + 1_800_000, seat])
                        .expect("written");
                }
            }
        }
    }
    conn.execute_batch("COMMIT; PRAGMA optimize; PRAGMA synchronous = FULL").expect("committed");
    conn
}

/// The free times of a month of a service with five years of history.
fn free_times() {
    let mut centre = Centre::at("2026-11-24T07:00:00");
    let conn = years(&mut centre);
    let (from, to) = (centre.clock.today(), centre.clock.today() + chrono::Days::new(30));
    let sql = include_str!("../crates/store/src/session/list_slots.sql");
    let service = seed_id(HEALTH_CHECK);
    let (mut ours, mut floor) = (Vec::new(), Vec::new());
    for _ in 0..300 {
        let began = Instant::now();
        let slots = centre.store.slots(service, from, to).expect("read");
        ours.push(began.elapsed());
        assert!(slots.len() > 200 && slots.iter().any(|slot| slot.free > 0));
        let began = Instant::now();
        let mut statement = conn.prepare_cached(sql).expect("prepared");
        let rows = statement
            .query_map(params![service.uuid().into_bytes(), from.to_string(), to.to_string()], |row| {
                (0..6).map(|at| row.get::<_, Value>(at)).collect::<Result<Vec<_>, _>>()
            })
            .expect("asked");
        assert_eq!(rows.filter_map(Result::ok).count(), slots.len());
        floor.push(began.elapsed());
    }
    let (ours, floor) = (ms(median(ours)), ms(median(floor)));
    row("free times of a month, five years of history", ours, floor, "ms", 2.0);
    row("free times of a month (of 5 ms)", ours, 5.0, "ms", 1.0);
}

/// A booking committed, against its rows by bare rusqlite at FULL.
fn booking() {
    let rounds = 300i64;
    let mut centre = Centre::at("2026-11-24T07:00:00");
    let people: Vec<ResidentId> = (0..rounds).map(|n| centre.resident(&format!("王{n}"))).collect();
    // Ten places a slot, ten slots a day, on three days.
    let hours = |weekday: u8| Availability {
        id: AvailabilityId::from_u128(u128::from(weekday) << 90),
        service_id: seed_id(HEALTH_CHECK),
        weekday,
        starts: chrono::NaiveTime::from_hms_opt(8, 0, 0).expect("a time"),
        ends: chrono::NaiveTime::from_hms_opt(18, 0, 0).expect("a time"),
        slot_minutes: 60,
        capacity: 10,
        room: String::new(),
        provider: String::new(),
    };
    let mut twin = Centre::at("2026-11-24T07:00:00");
    for weekday in [3, 4, 5] {
        centre.store.add_availability(Actor::Cli, &hours(weekday)).expect("laid out");
        twin.store.add_availability(Actor::Cli, &hours(weekday)).expect("laid out");
    }
    let (from, to) = (centre.clock.today(), centre.clock.today() + chrono::Days::new(4));
    let slots = centre.store.slots(seed_id(HEALTH_CHECK), from, to).expect("read");
    // The floor writes the same rows into the same kind of database.
    let copies: Vec<ResidentId> = (0..rounds).map(|n| twin.resident(&format!("王{n}"))).collect();
    let mut bare = Connection::open(twin.paths().database()).expect("opens");
    bare.execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;").expect("set");
    let (mut ours, mut floor) = (Vec::new(), Vec::new());
    for (at, who) in people.iter().enumerate() {
        let slot = &slots[at % slots.len()];
        let booking = Booking {
            id: AppointmentId::new(),
            resident_id: *who,
            session_id: slot.session_id,
            starts_at: slot.starts_at,
            instead_of: None,
        };
        let began = Instant::now();
        let booked = centre.store.book(Actor::Resident, &booking).expect("written");
        ours.push(began.elapsed());
        assert!(matches!(booked, Booked::Done(_)));
        let began = Instant::now();
        bare_booking(&mut bare, copies[at], slot, at / slots.len() + 1);
        floor.push(began.elapsed());
    }
    let what = "booking committed (seat + audit, synchronous=FULL)";
    row(what, ms(median(ours)), ms(median(floor)), "ms", 1.3);
}

fn bare_booking(conn: &mut Connection, who: ResidentId, slot: &Slot, seat: usize) {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate).expect("begun");
    let id = uuid::Uuid::now_v7().into_bytes();
    let (session, who) = (slot.session_id.uuid().into_bytes(), who.uuid().into_bytes());
    let seat = i64::try_from(seat).expect("small");
    tx.prepare_cached("INSERT INTO appointment (id, resident_id, session_id, starts_at, ends_at, seat, status, origin, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'booked', 'booked', 0)")
        .expect("prepared")
        .execute(params![id, who, session, slot.starts_at.0, slot.starts_at.0 + 3_600_000, seat])
        .expect("written");
    let body = format!(
        r#"{{"resident":"x","session":"y","starts_at":{},"seat":{seat},"status":"booked"}}"#,
        slot.starts_at.0
    );
    tx.prepare_cached("INSERT INTO audit (at, actor, action, entity, entity_id, after) VALUES (1, 'resident', 'appointment.book', 'appointment', ?1, ?2)")
        .expect("prepared")
        .execute(params![id, body])
        .expect("written");
    tx.commit().expect("committed");
}

/// One keystroke of a name search over 10,000 residents, against 2 ms.
fn name_search() {
    let names = ["王福全", "李素芬", "张大勇", "欧阳素芬", "曾桂英"];
    let all: Vec<Resident> = (0..10_000).map(|n| person(names[n % names.len()])).collect();
    let mut samples = Vec::new();
    for _ in 0..50 {
        for text in ["w", "wf", "wfq", "素", "zeng"] {
            let began = Instant::now();
            assert!(!search(&all, text, Standing::Active).is_empty());
            samples.push(began.elapsed());
        }
    }
    row("name search over 10,000 residents, a keystroke (of 2 ms)", ms(median(samples)), 2.0, "ms", 1.0);
}

/// A month of 60 activities with a single change in every week of three years,
/// with names and numbers, against the bare queries.
fn month_of_activities() {
    let mut centre = Centre::at("2026-11-24T07:00:00");
    let conn = Connection::open(centre.paths().database()).expect("opens");
    for number in 0..60u128 {
        centre.store.add_activity(Actor::Cli, &activity(number)).expect("added");
    }
    conn.execute_batch("BEGIN IMMEDIATE").expect("begun");
    for number in 0..60u128 {
        let id = ActivityId::from_u128(number).uuid().into_bytes();
        let series = activity(number);
        for day in recurrence::dates(&series, series.starts_on, centre.clock.today() + chrono::Days::new(30))
        {
            let cancelled = (number % 7 == 0).then_some("下雨");
            conn.prepare_cached("INSERT INTO activity_change (activity_id, day, held_on, starts, ends, leader, cancelled) VALUES (?1, ?2, ?2, '10:00', '11:00', '', ?3)")
                .expect("prepared")
                .execute(params![id, day.to_string(), cancelled])
                .expect("written");
        }
    }
    conn.execute_batch("COMMIT; PRAGMA optimize").expect("committed");
    let (from, to) = (centre.clock.today(), centre.clock.today() + chrono::Days::new(30));
    let (mut ours, mut floor) = (Vec::new(), Vec::new());
    let bare = |sql: &str| {
        let mut statement = conn.prepare_cached(sql).expect("prepared");
        let columns = statement.column_count();
        let rows = statement
            .query_map(params![from.to_string(), to.to_string()], |row| {
                (0..columns).map(|at| row.get::<_, Value>(at)).collect::<Result<Vec<_>, _>>()
            })
            .expect("asked");
        rows.filter_map(Result::ok).count()
    };
    for _ in 0..200 {
        let began = Instant::now();
        let held = centre.store.activities(from, to).expect("read");
        ours.push(began.elapsed());
        assert!(held.len() >= 240, "{}", held.len());
        let began = Instant::now();
        assert_eq!(bare(include_str!("../crates/store/src/activity/list_series.sql")), 60);
        assert_eq!(bare(include_str!("../crates/store/src/activity/list_changes.sql")), held.len());
        floor.push(began.elapsed());
    }
    let ours = ms(median(ours));
    println!(
        "{:<58} {ours:>7.2}ms {:>7.2}ms {:>6.2}x  (its bare queries; no goal)",
        "a month of 60 activities, 3 years of changes",
        ms(median(floor.clone())),
        ours / ms(median(floor))
    );
    row("a month of 60 activities, 3 years of changes (of 5 ms)", ours, 5.0, "ms", 1.0);
}

fn activity(number: u128) -> Series {
    let hour = |hour| chrono::NaiveTime::from_hms_opt(hour, 0, 0).expect("a time");
    Series {
        id: SeriesId::from_u128(number),
        activity_id: ActivityId::from_u128(number),
        name: format!("活动{number}"),
        picture: String::new(),
        repeat: Repeat::Weekly { every: 1, days: vec![weekday(usize::try_from(number % 7).expect("small"))] },
        starts_on: chrono::NaiveDate::from_ymd_opt(2023, 11, 24).expect("a day"),
        until: None,
        arrangement: Arrangement {
            starts: hour(9),
            ends: hour(10),
            room_id: None,
            team_id: None,
            leader: String::new(),
            capacity: Some(20),
        },
        opens_days: 7,
        closes_minutes: 0,
        notice: String::new(),
        notice_on: None,
    }
}

/// The staff's week: a key turns it, the store answers, everything is laid out
/// and drawn into pixels, 1080 x 1920; against an empty picture of that size.
fn week_screen() {
    let mut sandbox = Sandbox::demo();
    sandbox.unlock();
    sandbox.open(Route::Programme, Lang::ZhHans, Sight::default(), Shape::Portrait);
    let mut painter = Painter::new();
    let (mut ours, mut floor) = (Vec::new(), Vec::new());
    for turn in 0..40 {
        let to = if turn % 2 == 0 { Named::ArrowRight } else { Named::ArrowLeft };
        let began = Instant::now();
        sandbox.send(Message::Key(KeyInput::Other(to), Modifiers::empty()));
        painter.draw(sandbox.app.view());
        ours.push(began.elapsed());
        let began = Instant::now();
        painter.draw(iced::widget::Space::new().into());
        floor.push(began.elapsed());
    }
    let ours = ms(median(ours));
    println!(
        "{:<58} {ours:>7.2}ms {:>7.2}ms {:>6.2}x  (an empty picture; no goal)",
        "the week of activities turned and drawn",
        ms(median(floor.clone())),
        ours / ms(median(floor))
    );
    row("the week of activities turned and drawn (of 33 ms)", ours, 33.0, "ms", 1.0);
}

/// Start, memory and rest of the window, against a bare iced window.
fn window() {
    let there = |program: &str| Command::new("which").arg(program).output().is_ok_and(|o| o.status.success());
    assert!(there("Xvfb") && there("xdotool"), "the window part needs Xvfb and xdotool: run make packages");
    let built = Command::new("cargo")
        .args(["build", "--release", "--quiet", "--bins", "--example", "bare"])
        .status()
        .expect("cargo runs");
    assert!(built.success());
    // The server chooses a free display and says which once it is ready.
    let mut screen = Running(
        Command::new("Xvfb")
            .args(["-displayfd", "1", "-noreset", "-screen", "0", "1080x1920x24"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb starts"),
    );
    let mut display = String::from(":");
    BufReader::new(screen.0.stdout.take().expect("its output")).read_line(&mut display).expect("ready");
    let display = display.trim();
    let release = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/release");
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().to_str().expect("a path").to_owned();
    let seeded = Command::new(release.join("kiosk")).args(["demo", "--seed-only", "--data", &data]).output();
    assert!(seeded.expect("runs").status.success());
    let ours: Vec<Figures> =
        (0..5).map(|_| measure(&release.join("kiosk"), &["run", "--data", &data], display)).collect();
    let floor: Vec<Figures> = (0..5).map(|_| measure(&release.join("examples/bare"), &[], display)).collect();
    let middle = |all: &[Figures], pick: fn(&Figures) -> f64| {
        let mut values: Vec<f64> = all.iter().map(pick).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    row("start to window shown", middle(&ours, |f| f.shown), middle(&floor, |f| f.shown), "ms", 1.5);
    row("resident memory", middle(&ours, |f| f.memory), middle(&floor, |f| f.memory), "MB", 1.5);
    println!(
        "{:<58} {:>7.2}ms in 5 s at rest, {:.0}ms from start to rest",
        "processor time on the first page",
        middle(&ours, |f| f.rest),
        middle(&ours, |f| f.start)
    );
}

/// A program that ends with the bench, however that ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

struct Figures {
    shown: f64,
    start: f64,
    memory: f64,
    rest: f64,
}

fn measure(program: &Path, args: &[&str], display: &str) -> Figures {
    let began = Instant::now();
    let child = Command::new(program)
        .args(args)
        .env("DISPLAY", display)
        .env_remove("WAYLAND_DISPLAY")
        .stderr(Stdio::inherit())
        .stdout(Stdio::null())
        .spawn()
        .expect("starts");
    let running = Running(child);
    let child = &running.0;
    let id = child.id().to_string();
    while !Command::new("xdotool")
        .args(["search", "--onlyvisible", "--pid", &id])
        .env("DISPLAY", display)
        .output()
        .is_ok_and(|output| !output.stdout.is_empty())
    {
        assert!(began.elapsed() < Duration::from_secs(20), "no window");
        std::thread::sleep(Duration::from_millis(5));
    }
    let shown = ms(began.elapsed());
    // Past any full minute that may be drawn, to rest.
    std::thread::sleep(Duration::from_secs(2));
    let start = processor_ms(child);
    std::thread::sleep(Duration::from_secs(5));
    Figures { shown, start, memory: memory_mb(child), rest: processor_ms(child) - start }
}

fn processor_ms(child: &Child) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", child.id())).expect("Linux");
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks = |n: usize| after.split_whitespace().nth(n).and_then(|t| t.parse::<f64>().ok()).unwrap_or(0.0);
    // utime and stime are fields 14 and 15; a tick is 10 ms.
    (ticks(11) + ticks(12)) * 10.0
}

fn memory_mb(child: &Child) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).expect("Linux");
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}
