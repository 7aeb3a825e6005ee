//! The desk against the floor: a million visits of ten years, a month as a
//! spreadsheet, the board. Ratios of one run are what counts.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench measures time and prints it"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use daycare_core::audit::Actor;
use daycare_core::ids::{ResidentId, VisitId};
use daycare_core::period::Period;
use daycare_core::resident::Resident;
use daycare_core::service::seed_id;
use daycare_core::statistics::Who;
use daycare_core::visit::{CheckIn, HistoryFilter, Source, State, Visit, VisitRow};
use daycare_kiosk::reports::lists::PaperHead;
use daycare_kiosk::ui::screens::staff::board;
use daycare_store::backup;
use daycare_store::handle::StoreHandle;
use futures::executor::block_on;
use rusqlite::types::Value;
use rusqlite::{Connection, params};
use rust_xlsxwriter::Workbook;

use testkit::centre::{Centre, ZONE, moment, person};

const PEOPLE: u64 = 2_000;
const VISITS: u64 = 1_000_000;
const DAYS: u64 = 3_652;

fn main() {
    println!("{:<62} {:>10} {:>10} {:>7}  goal", "what", "ours", "floor", "ratio");
    let centre = million();
    let conn = Connection::open(centre.paths().database()).expect("opens");
    figures(&centre, &conn);
    history(&centre, &conn);
    board_refresh(&centre);
    spreadsheet();
    drop(conn);
    check_in_during_a_backup(centre);
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn row(what: &str, ours: f64, floor: f64, goal: f64) {
    let ratio = ours / floor;
    let verdict = if ratio <= goal { "" } else { "  MISSED" };
    println!("{what:<62} {ours:>8.2}ms {floor:>8.2}ms {ratio:>6.2}x  {goal}{verdict}");
}

/// The shortest of several: what disturbs a run only makes it longer.
fn best(times: usize, mut work: impl FnMut()) -> f64 {
    (0..times)
        .map(|_| {
            let began = Instant::now();
            work();
            ms(began.elapsed())
        })
        .fold(f64::MAX, f64::min)
}

/// A million visits of ten years, two of three with a purpose, without a trail.
fn million() -> Centre {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let residents: Vec<Resident> = (0..PEOPLE)
        .map(|n| {
            let mut one = person(&format!("王{n}"));
            one.profile.yard = format!("{}号院", n % 12);
            one.profile.grid = format!("第{}网格", n % 5);
            one
        })
        .collect();
    for resident in &residents {
        centre.store.put_resident(Actor::Cli, resident, "").expect("written");
    }
    let conn = Connection::open(centre.paths().database()).expect("opens");
    conn.execute_batch("PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; BEGIN IMMEDIATE")
        .expect("begun");
    let last = NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day");
    for n in 0..VISITS {
        let who = residents[usize::try_from(n % PEOPLE).expect("small")].id.uuid().into_bytes();
        let back = n * DAYS / VISITS;
        let day = last - chrono::Days::new(back);
        let at = moment("2026-11-24T08:00:00").0 - i64::try_from(back).expect("small") * 86_400_000
            + i64::try_from(n % 300).expect("small") * 60_000
            - 86_400_000;
        let id = VisitId::from_u128(u128::from(n) + 1).uuid().into_bytes();
        conn.prepare_cached(
            "INSERT INTO visit (id, resident_id, day, arrived_at, left_at, state, source) VALUES (?1, ?2, ?3, ?4, ?5, 'left', 'demo')",
        )
        .expect("prepared")
        .execute(params![id, who, day.to_string(), at, at + 3_600_000])
        .expect("written");
        if n % 3 > 0 {
            let service = seed_id(usize::try_from(n % 6).expect("small")).uuid().into_bytes();
            conn.prepare_cached("INSERT INTO visit_service VALUES (?1, ?2)")
                .expect("prepared")
                .execute(params![id, service])
                .expect("written");
        }
    }
    conn.execute_batch("COMMIT; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)").expect("committed");
    drop(conn);
    centre.restart()
}

/// The simplest SQL that answers the same, one query a statistic.
const BARE: [(&str, &str); 6] = [
    (
        "total",
        "SELECT count(*), count(DISTINCT resident_id) FROM (SELECT DISTINCT day, resident_id FROM visit WHERE counted = 1 AND day BETWEEN ?1 AND ?2)",
    ),
    (
        "days",
        "SELECT day, count(DISTINCT resident_id) FROM visit WHERE counted = 1 AND day BETWEEN ?1 AND ?2 GROUP BY day",
    ),
    (
        "months",
        "SELECT substr(day, 1, 7), count(*), count(DISTINCT resident_id) FROM (SELECT DISTINCT day, resident_id FROM visit WHERE counted = 1 AND day BETWEEN ?1 AND ?2) GROUP BY 1",
    ),
    (
        "yards",
        "SELECT r.yard, count(*), count(DISTINCT v.resident_id) FROM (SELECT DISTINCT day, resident_id FROM visit WHERE counted = 1 AND day BETWEEN ?1 AND ?2) v JOIN resident r ON r.id = v.resident_id GROUP BY 1",
    ),
    (
        "grids",
        "SELECT r.grid, count(*), count(DISTINCT v.resident_id) FROM (SELECT DISTINCT day, resident_id FROM visit WHERE counted = 1 AND day BETWEEN ?1 AND ?2) v JOIN resident r ON r.id = v.resident_id GROUP BY 1",
    ),
    (
        "purposes",
        "SELECT service_id, count(*), count(DISTINCT resident_id) FROM (SELECT DISTINCT s.service_id, v.day, v.resident_id FROM visit v JOIN visit_service s ON s.visit_id = v.id WHERE v.counted = 1 AND v.day BETWEEN ?1 AND ?2) GROUP BY 1",
    ),
];

fn figures(centre: &Centre, conn: &Connection) {
    let to = NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day");
    let period = Period { from: to - chrono::Days::new(DAYS), to };
    let days = [period.from.to_string(), period.to.to_string()];
    let all = best(3, || {
        let told = centre.store.statistics(period, &Who::default()).expect("counted");
        assert!(told.total.visits > 900_000);
    });
    let mut sum = 0.0;
    for (name, sql) in BARE {
        let floor = best(3, || {
            let mut statement = conn.prepare_cached(sql).expect("prepared");
            let mut rows = statement.query(days.clone()).expect("asked");
            while let Some(row) = rows.next().expect("read") {
                let _: Value = row.get(1).expect("a number");
            }
        });
        sum += floor;
        println!("  bare {name:<55} {:>10} {floor:>8.2}ms", "");
    }
    row("11 tables of 1,000,000 visits at once, against 6 bare queries", all, sum, 2.0);
    println!("  each of the 11 tables, on average {:>34.2}ms", all / 11.0);
}

fn history(centre: &Centre, conn: &Connection) {
    let sql = include_str!("../crates/store/src/visit/list_history.sql")
        .replace("{where}", "")
        .replace(":limit", "20")
        .replace(":offset", "0");
    let ours = best(200, || {
        assert_eq!(centre.store.history(&HistoryFilter::default(), 0, 20).expect("read").len(), 20);
    });
    let floor = best(200, || {
        let mut statement = conn.prepare_cached(&sql).expect("prepared");
        let rows = statement
            .query_map([], |row| (0..13).map(|at| row.get::<_, Value>(at)).collect::<Result<Vec<_>, _>>())
            .expect("asked");
        assert_eq!(rows.filter_map(Result::ok).count(), 20);
    });
    row("history, first page of 1,000,000 visits", ours, floor, 2.0);
}

fn board_refresh(centre: &Centre) {
    let ours = best(20, || drop(board::read(&centre.store).expect("read")));
    for (name, part) in [
        ("roster", best(20, || drop(centre.store.roster().expect("read")))),
        ("meals", best(20, || assert!(centre.store.meals_today().expect("read") < 10_000))),
        ("appointments", best(20, || drop(centre.store.queue().expect("read")))),
    ] {
        println!("  of it {name:<54} {part:>10.2}ms");
    }
    row("the board read anew, 2,000 residents (of 5 ms)", ours, 5.0, 1.0);
}

fn spreadsheet() {
    let rows: Vec<VisitRow> = (0..30_000u64).map(visit_row).collect();
    let now = NaiveDate::from_ymd_opt(2026, 11, 24).and_then(|d| d.and_hms_opt(9, 0, 0)).expect("a time");
    let head = PaperHead { centre: "阳光".into(), now, zone: ZONE };
    let sheet = head.history("2026-11".into(), &rows);
    let cells: Vec<Vec<String>> = sheet.tables[0]
        .rows
        .iter()
        .map(|row| row.iter().map(daycare_kiosk::reports::table::Cell::words).collect())
        .collect();
    let ours = best(5, || {
        let bytes = head.history("2026-11".into(), &rows).xlsx().expect("written");
        assert!(bytes.len() > 100_000);
    });
    let floor = best(5, || {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (at, line) in (0u32..).zip(&cells) {
            for (column, cell) in (0u16..).zip(line) {
                let _ = sheet.write_string(at, column, cell).expect("written");
            }
        }
        assert!(book.save_to_buffer().expect("written").len() > 100_000);
    });
    row("a month of 30,000 visits as XLSX", ours, floor, 1.5);
}

fn visit_row(n: u64) -> VisitRow {
    let day = NaiveDate::from_ymd_opt(2026, 11, 1).expect("a day") + chrono::Days::new(n / 1_000);
    let arrived_at = moment("2026-11-01T08:00:00").plus_ms(i64::try_from(n).expect("small") * 60_000);
    VisitRow {
        visit: Visit {
            id: VisitId::from_u128(u128::from(n)),
            resident_id: ResidentId::from_u128(u128::from(n % 500)),
            day,
            arrived_at,
            left_at: Some(arrived_at.plus_ms(3_600_000)),
            state: State::Left,
            source: Source::Demo,
            services: vec![],
        },
        name: format!("王{}", n % 500),
        called_by: "婆婆".into(),
        yard: format!("{}号院", n % 12),
        picture: "panda".into(),
        purposes: "聊天休闲、午餐".into(),
        corrected: n.is_multiple_of(50),
    }
}

/// How long a check-in takes at the most, but for one in a hundred, while a backup of
/// a million visits is made beside it, against the same without.
fn check_in_during_a_backup(centre: Centre) {
    let people: Vec<ResidentId> =
        centre.store.residents().expect("read").into_iter().map(|one| one.id).collect();
    let Centre { folder, clock, store } = centre;
    let handle = StoreHandle::start(store).expect("starts");
    let mut turn = people.iter().cycle();
    let mut come_and_go = || {
        let (who, at) = (*turn.next().expect("somebody"), clock.now());
        let arrival = CheckIn {
            visit_id: VisitId::new(),
            resident_id: who,
            at,
            source: Source::Card,
            services: vec![],
        };
        let began = Instant::now();
        let _ = block_on(handle.write(move |store| store.check_in(Actor::Resident, &arrival))).expect("here");
        let took = began.elapsed();
        let left = handle.write(move |store| store.check_out(Actor::Resident, who, at, None));
        let _ = block_on(left).expect("home");
        ms(took)
    };
    let p99 = |mut samples: Vec<f64>| {
        samples.sort_by(f64::total_cmp);
        samples[samples.len() * 99 / 100]
    };
    let alone = p99((0..600).map(|_| come_and_go()).collect());
    let ended = Arc::new(AtomicBool::new(false));
    let (done, beside) = (Arc::clone(&ended), handle.beside(backup::create));
    let began = Instant::now();
    let making = std::thread::spawn(move || {
        let made = block_on(beside).expect("backed up");
        done.store(true, Ordering::SeqCst);
        made
    });
    let mut during = Vec::new();
    while !ended.load(Ordering::SeqCst) {
        during.push(come_and_go());
    }
    let made = making.join().expect("ended");
    let bytes = std::fs::metadata(made.join("kiosk.db")).expect("there").len();
    println!(
        "a backup of {} MB in {:.1} s, {} check-ins meanwhile",
        bytes / 1_000_000,
        began.elapsed().as_secs_f64(),
        during.len()
    );
    row("check-in during a backup of 1,000,000 visits, p99", p99(during), alone, 2.0);
    drop(folder);
}
