//! Sync against the floor: a push over HTTPS against the same rows by bare SQL
//! on the same server, a crowd of kiosks, a month's backlog, and what syncing
//! costs the screen. Ratios of one run are what counts.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench measures time and prints it"
)]

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use daycare_core::audit::Actor;
use daycare_core::clock::Clock;
use daycare_core::ids::{ResidentId, VisitId};
use daycare_core::visit::{CheckIn, Source};
use daycare_kiosk::app::{Message, presets};
use daycare_kiosk::i18n::Lang;
use daycare_kiosk::ui::screens::{Route, Sight};
use daycare_kiosk::ui::theme::Shape;
use daycare_sync::op::{Fields, Op};
use daycare_sync::wire::{Batch, Pushed};
use futures::executor::block_on;
use rusqlite::Connection;
use serde_json::{Value, json};
use uuid::Uuid;

use testkit::centre::{ZONE, clock_at, person};
use testkit::http_client::Caller;
use testkit::hub::{Hub, Kiosk};
use testkit::sandbox::Sandbox;

const BATCH: usize = 50;
const BATCHES: usize = 200;

fn main() {
    println!("{:<62} {:>12} {:>12} {:>7}  goal", "what", "ours", "floor", "ratio");
    push();
    crowd_of_kiosks();
    backlog();
    screen();
}

/// Time against time: at most so many times the floor.
fn row(what: &str, ours: f64, floor: f64, goal: f64) {
    let ratio = ours / floor;
    let verdict = if ratio <= goal { "" } else { "  MISSED" };
    println!("{what:<62} {ours:>10.3}ms {floor:>10.3}ms {ratio:>6.2}x  {goal}{verdict}");
}

fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1_000.0
}

/// Batches of 50, one after the other: half the speed of bare SQL is twice its
/// time. The shortest of three runs each.
fn push() {
    let hub = Hub::start();
    let clock = Clock::real(ZONE);
    let best = |work: &mut dyn FnMut() -> f64| (0..3).map(|_| work()).fold(f64::MAX, f64::min);
    let batches = || -> Vec<Vec<Op>> {
        (0..BATCHES).map(|_| (0..BATCH).map(|_| testkit::fleet::arrival(&clock)).collect()).collect()
    };
    let floor = best(&mut || bare(&hub, &batches()));
    let ours = best(&mut || {
        let one = testkit::fleet::let_in(&hub, 1, 1).remove(0);
        let caller = Caller::of(&one);
        let all = batches();
        let began = Instant::now();
        for (at, ops) in (0u64..).zip(all) {
            let told = Batch { incarnation: 1, first: at * BATCH as u64 + 1, ops, seal: String::new() };
            let _: Pushed = caller.tell("/v1/sync/push", &told).expect("taken");
        }
        ms(began)
    });
    row("push of 200 batches of 50, half of bare SQL's speed", ours, floor, 2.0);
}

/// The same rows by the same two statements, and nothing else.
fn bare(hub: &Hub, batches: &[Vec<Op>]) -> f64 {
    let centre = hub.centre("地板");
    hub.runtime.block_on(async {
        let (mut client, connection) =
            tokio_postgres::connect(&hub.database.api, tokio_postgres::NoTls).await.expect("connected");
        let driver = tokio::spawn(connection);
        let lock =
            client.prepare(include_str!("../crates/hub/src/sql/lock_head.sql")).await.expect("prepared");
        let log = client.prepare(include_str!("../crates/hub/src/sql/add_log.sql")).await.expect("prepared");
        let put = client.prepare(include_str!("../crates/hub/src/sql/put_rows.sql")).await.expect("prepared");
        let head =
            client.prepare(include_str!("../crates/hub/src/sql/set_head.sql")).await.expect("prepared");
        let began = Instant::now();
        let mut last = 0i64;
        for ops in batches {
            let transaction = client.transaction().await.expect("begun");
            transaction.batch_execute(&format!("SET LOCAL app.centre_id = '{centre}'")).await.expect("set");
            let _ = transaction.query_one(&lock, &[&centre]).await.expect("locked");
            let numbers: Vec<i64> = (last + 1..).take(ops.len()).collect();
            last += i64::try_from(ops.len()).expect("small");
            let ids: Vec<Uuid> = ops.iter().map(|op| op.id).collect();
            let fields: Vec<&Fields> = ops.iter().map(|op| op.edit.fields().expect("an insert")).collect();
            let people: Vec<String> =
                fields.iter().map(|of| of["resident_id"].as_str().expect("text").to_owned()).collect();
            let hlc: Vec<i64> = ops.iter().map(|op| op.hlc.to_bits().cast_signed()).collect();
            let schema = vec![5i32; ops.len()];
            let whole: Vec<Value> = fields.iter().map(|of| json!(of)).collect();
            let changes: Vec<Value> = ops.iter().map(|op| json!(op)).collect();
            let since: Vec<Value> = fields
                .iter()
                .zip(&hlc)
                .map(|(of, hlc)| json!(of.keys().map(|name| (name, hlc)).collect::<Vec<_>>()))
                .collect();
            let _ = transaction
                .execute(
                    &log,
                    &[&centre, &Uuid::nil(), &1i32, &numbers, &numbers, &ids, &hlc, &schema, &changes],
                )
                .await
                .expect("written");
            let tables = vec!["visit"; ops.len()];
            let keys: Vec<&str> = ops.iter().map(|op| op.row.key.as_str()).collect();
            let (none, no, yes) =
                (vec![None::<i64>; ops.len()], vec![false; ops.len()], vec![true; ops.len()]);
            let began: Vec<i64> =
                fields.iter().map(|of| of["arrived_at"].as_i64().expect("a number")).collect();
            let _ = transaction
                .execute(
                    &put,
                    &[&centre, &tables, &keys, &numbers, &whole, &since, &none, &no, &people, &yes, &began],
                )
                .await
                .expect("written");
            let _ = transaction.execute(&head, &[&centre, &last]).await.expect("written");
            transaction.commit().await.expect("committed");
        }
        let took = ms(began);
        drop(client);
        drop(driver.await);
        took
    })
}

fn crowd_of_kiosks() {
    let hub = Hub::start();
    let kiosks = testkit::fleet::let_in(&hub, 30, 300);
    let seen = testkit::fleet::run(&kiosks, 5, Duration::from_secs(3), Duration::from_secs(20));
    let bad = seen.failed.len() as u64 + hub.number("failed_total") + hub.number("waiting");
    let verdict = if bad == 0 { "none failed, none waits" } else { "MISSED: some failed or wait" };
    println!(
        "{:<62} {:>10.1}ms {:>10.1}ms          {verdict}",
        format!("300 kiosks, {} pushes in 20 s: half within, 99 in 100 within", seen.pushes),
        seen.percentile(50),
        seen.percentile(99)
    );
}

/// A kiosk on real files with people.
fn peopled(hub: &Hub, centre: Uuid, clock: &Clock) -> (Kiosk, Vec<ResidentId>) {
    let kiosk = Kiosk::enrolled(hub, centre, clock);
    let people: Vec<ResidentId> = kiosk.write(|store| {
        (0..120)
            .map(|number| {
                let one = person(&format!("王{number}"));
                store.put_resident(Actor::Cli, &one, "").map(|()| one.id)
            })
            .collect()
    });
    let _ = kiosk.sync().expect("synced");
    (kiosk, people)
}

/// A hundred and twenty people come and go.
fn day(kiosk: &Kiosk, people: &[ResidentId]) {
    let people = people.to_vec();
    kiosk.write(move |store| {
        for who in people {
            let at = store.clock().now();
            let arrival = CheckIn {
                visit_id: VisitId::new(),
                resident_id: who,
                at,
                source: Source::Card,
                services: vec![],
            };
            let _ = store.check_in(Actor::Resident, &arrival)?;
            let _ = store.check_out(Actor::Resident, who, at, None)?;
        }
        Ok(())
    });
}

/// A month of one door without a network is told and heard at the other, against
/// the same visits written by bare SQLite at the other door.
fn backlog() {
    let (hub, clock) = (Hub::start(), clock_at("2026-11-01T09:00:00"));
    let centre = hub.centre("共和路");
    let (one, people) = peopled(&hub, centre, &clock);
    let two = Kiosk::enrolled(&hub, centre, &clock);
    let _ = two.sync().expect("synced");
    for _ in 0..30 {
        day(&one, &people);
        clock.advance(Duration::from_hours(24));
    }
    let began = Instant::now();
    let told = one.sync().expect("synced").pushed;
    let telling = ms(began);
    let began = Instant::now();
    let heard = two.sync().expect("synced").pulled;
    let hearing = ms(began);
    let conn = Connection::open(two.paths.database()).expect("opens");
    let visits: u32 = conn.query_row("SELECT count(*) FROM visit", [], |row| row.get(0)).expect("asked");
    let done = if visits == 3_600 { "caught up" } else { "MISSED: visits are missing" };
    println!(
        "{:<62} {telling:>10.1}ms {hearing:>10.1}ms          {done}",
        format!("a month's backlog: {told} edits told, {heard} heard")
    );
}

/// The board and a check-in at a kiosk that hears a month meanwhile, against the
/// same without.
fn screen() {
    let (hub, clock) = (Hub::start(), presets::clock());
    let centre = hub.centre("共和路");
    let cx = presets::context(|store| daycare_kiosk::demo::seed(store).map(drop)).expect("a demo");
    let mut sandbox = Sandbox::on(cx);
    let (store, paths) = (sandbox.cx().store.clone(), sandbox.cx().paths.clone());
    let _ = daycare_kiosk::sync_client::join(&store, &paths, Actor::Cli, &hub.code(centre)).expect("let in");
    let identity = daycare_kiosk::sync_client::Identity::load(&paths).expect("read").expect("enrolled");
    let _ = daycare_kiosk::sync_client::once(&store, &identity, &paths).expect("synced");
    let (other, people) = peopled(&hub, centre, &clock);
    for _ in 0..30 {
        day(&other, &people);
    }
    let _ = other.sync().expect("synced");
    sandbox.unlock();
    sandbox.open(Route::Board, Lang::ZhHans, Sight::default(), Shape::Portrait);
    let quiet = frames(&mut sandbox, || false);
    let ended = AtomicBool::new(false);
    let busy = std::thread::scope(|scope| {
        let _ = scope.spawn(|| {
            drop(daycare_kiosk::sync_client::once(&store, &identity, &paths));
            ended.store(true, Ordering::Relaxed);
        });
        frames(&mut sandbox, || ended.load(Ordering::Relaxed))
    });
    // Two processors carry screen, sync, hub and database here: a frame may lose
    // its turn now and then, but none waits.
    row("a frame of the board while a month is heard, 99 in 100", busy.0, quiet.0, 2.0);
    row("a check-in then, until it is on disk, 9 in 10", busy.1, quiet.1, 4.0);
    println!("{:<62} {:>10.3}ms {:>10.3}ms", "the slowest frame of each", busy.2, quiet.2);
}

/// Frames and check-ins until `ended`, at least a hundred: the time that 99 in
/// 100 frames keep, that 9 in 10 check-ins keep, and the slowest frame.
fn frames(sandbox: &mut Sandbox, ended: impl Fn() -> bool) -> (f64, f64, f64) {
    let (mut drawn, mut written) = (Vec::new(), Vec::new());
    let store = sandbox.cx().store.clone();
    let mut rounds = 0;
    while rounds < 100 || (!ended() && rounds < 4_000) {
        rounds += 1;
        let began = Instant::now();
        drop(sandbox.app.update(Message::Pressed));
        drop(sandbox.app.view());
        drawn.push(ms(began));
        if rounds % 10 == 0 {
            let began = Instant::now();
            let write = store.write(|store| {
                let here = store.roster()?;
                let free =
                    here.iter().find(|listed| listed.here_since.is_none()).expect("somebody").resident.id;
                let at = store.clock().now();
                let visit_id = VisitId::new();
                let arrival =
                    CheckIn { visit_id, resident_id: free, at, source: Source::Card, services: vec![] };
                let _ = store.check_in(Actor::Resident, &arrival)?;
                store.check_out(Actor::Resident, free, at, None).map(drop)
            });
            block_on(write).expect("written");
            written.push(ms(began));
        }
        std::thread::sleep(Duration::from_millis(4));
    }
    let of = |times: &mut Vec<f64>, percent: usize| {
        times.sort_by(f64::total_cmp);
        times[(times.len() * percent / 100).min(times.len() - 1)]
    };
    (of(&mut drawn, 99), of(&mut written, 90), of(&mut drawn, 100))
}
