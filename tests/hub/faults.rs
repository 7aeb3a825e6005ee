//! What cannot be relied on: wires, processes, power. Nothing that the hub said
//! it has is lost, nothing is there twice.

use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use daycare_core::audit::Actor;
use daycare_core::clock::Clock;
use daycare_core::consent::{Consent, Purpose};
use daycare_core::ids::ResidentId;
use daycare_kiosk::sync_client::{self, Failure, Identity};
use daycare_store::backup;
use daycare_store::paths::Paths;

use testkit::centre::clock_at;
use testkit::hub::{Hub, Kiosk};
use testkit::postgres::Server;
use testkit::proxy::{Proxy, Wire};
use testkit::random::Random;

const NOW: &str = "2026-11-24T09:00:00";

/// Names that nobody has.
fn name(number: u32) -> String {
    let hanzi = |of: u32| char::from_u32(0x4e00 + of % 5_000).expect("a character");
    format!("王{}{}", hanzi(number), hanzi(number / 5_000 + 77))
}

fn resident(kiosk: &Kiosk, number: u32) -> ResidentId {
    kiosk.resident(&name(number))
}

/// The kiosk calls by another address from now on.
fn call_by(kiosk: &Kiosk, proxy: &Proxy) {
    let url = format!("https://localhost:{}", proxy.at.port());
    Identity { url, ..kiosk.identity() }.save(&kiosk.paths).expect("saved");
}

fn settle(kiosks: &[Kiosk]) {
    for _ in 0..3 {
        for kiosk in kiosks {
            let _ = kiosk.sync().expect("synced");
        }
    }
    let folders: Vec<_> = kiosks.iter().map(|kiosk| kiosk.paths.database()).collect();
    testkit::compare::assert_same(&folders);
}

#[test]
fn kiosks_agree_after_every_way_in_which_a_wire_can_fail() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let kiosks: Vec<Kiosk> = (0..3).map(|_| Kiosk::enrolled(&hub, centre, &clock)).collect();
    let proxies: Vec<Proxy> = kiosks.iter().map(|_| Proxy::before(hub.outside)).collect();
    for (kiosk, proxy) in kiosks.iter().zip(&proxies) {
        call_by(kiosk, proxy);
    }
    let mut random = Random(7);
    let mut people = Vec::new();
    for round in 0..60u32 {
        let (at, size) = (random.at(kiosks.len()), random.at(6_000));
        let wire = match random.below(7) {
            0 => Wire::Down,
            1 => Wire::CutAsking(size),
            2 => Wire::CutAnswer(size),
            3 => Wire::Slow(random.below(4)),
            4 => Wire::Twice,
            _ => Wire::Whole,
        };
        proxies[at].set(wire);
        people.push(resident(&kiosks[at], round));
        let who = people[random.at(people.len())];
        if kiosks[at].read(move |store| store.resident(who)).is_some() {
            kiosks[at].check_in(who);
        }
        // How it goes is the wire's to say.
        drop(kiosks[at].sync());
    }
    for proxy in &proxies {
        proxy.set(Wire::Whole);
    }
    settle(&kiosks);
    assert_eq!(hub.ask("SELECT count(*) FROM row_state WHERE tbl = 'resident'"), 60);
    let doubled = "SELECT count(*) FROM (SELECT op_id FROM op_log GROUP BY op_id HAVING count(*) > 1) d";
    assert_eq!(hub.ask(doubled), 0);
    let gaps = "SELECT (SELECT max(cseq) FROM op_log) - (SELECT count(*) FROM op_log)";
    assert_eq!(hub.ask(gaps), 0, "the log has no gaps");
}

#[test]
fn a_hub_that_takes_everything_and_says_nothing_is_given_up_and_nobody_waits_for_it() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let kiosk = Kiosk::enrolled(&hub, hub.centre("共和路"), &clock);
    let proxy = Proxy::before(hub.outside);
    call_by(&kiosk, &proxy);
    proxy.set(Wire::Silent);
    let who = resident(&kiosk, 1);
    std::thread::scope(|scope| {
        let syncing = scope.spawn(|| kiosk.sync());
        std::thread::sleep(Duration::from_millis(300));
        assert!(!syncing.is_finished());
        let before = Instant::now();
        kiosk.check_in(who);
        assert!(before.elapsed() < Duration::from_secs(2), "signing in waited for the hub");
        assert!(syncing.join().expect("ended").is_err(), "it is given up");
    });
    proxy.set(Wire::Whole);
    let _ = kiosk.sync().expect("synced");
    assert_eq!(hub.ask("SELECT count(*) FROM row_state WHERE tbl = 'visit'"), 1);
}

/// A hub as a process, to be killed.
struct Process {
    child: Child,
    url: String,
}

fn serve(hub: &Hub, listen: &str) -> Process {
    let url = format!("https://localhost:{}", listen.rsplit(':').next().unwrap_or_default());
    let child = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "faults::the_hub_as_a_process", "--ignored", "--nocapture"])
        .env("HUB_LISTEN", listen)
        .env("KIOSK_HUB_DATABASE", &hub.database.api)
        .env("KIOSK_HUB_AUTHORITY", hub.authority.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("started");
    Process { child, url }
}

#[test]
#[ignore = "other tests start it as a process, to kill it"]
fn the_hub_as_a_process() {
    let listen = std::env::var("HUB_LISTEN").expect("an address");
    let url = format!("https://localhost:{}", listen.rsplit(':').next().unwrap_or_default());
    let args = ["kiosk-hub", "serve", "--listen", &listen, "--inside", "127.0.0.1:0", "--url", &url];
    assert_eq!(kiosk_hub::cli::run(args.map(Into::into)), std::process::ExitCode::SUCCESS);
}

fn free_port() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").to_string()
}

fn wait_for(process: &Process) {
    let at = process.url.trim_start_matches("https://localhost").to_owned();
    let until = Instant::now() + Duration::from_secs(30);
    while std::net::TcpStream::connect(format!("127.0.0.1{at}")).is_err() {
        assert!(Instant::now() < until, "the hub does not listen");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_hub_that_is_killed_again_and_again_loses_nothing_it_has_acknowledged() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let kiosks: Vec<Kiosk> = (0..2).map(|_| Kiosk::enrolled(&hub, centre, &clock)).collect();
    let listen = free_port();
    let mut process = serve(&hub, &listen);
    wait_for(&process);
    for kiosk in &kiosks {
        Identity { url: process.url.clone(), ..kiosk.identity() }.save(&kiosk.paths).expect("saved");
    }
    for round in 0..6u32 {
        for number in 0..120 {
            let _ = resident(&kiosks[round as usize % 2], round * 1_000 + number);
        }
        std::thread::scope(|scope| {
            for kiosk in &kiosks {
                let _ = scope.spawn(|| drop(kiosk.sync()));
            }
            std::thread::sleep(Duration::from_millis(30 + u64::from(round) * 15));
            process.child.kill().expect("killed");
            let _ = process.child.wait().expect("ended");
        });
        process = serve(&hub, &listen);
        wait_for(&process);
    }
    settle(&kiosks);
    assert_eq!(hub.ask("SELECT count(*) FROM row_state WHERE tbl = 'resident'"), 6 * 120);
    // Told to end, it ends in order.
    let told = Command::new("kill").args(["-TERM", &process.child.id().to_string()]).status().expect("told");
    assert!(told.success());
    assert!(process.child.wait().expect("ended").success());
}

#[test]
fn a_database_server_whose_plug_is_pulled_has_everything_that_was_acknowledged() {
    let server = Arc::new(Server::start());
    let clock = clock_at(NOW);
    let authority = tempfile::tempdir().expect("a folder");
    let hub = Hub::on(server.database(), authority, "127.0.0.1:0".parse().expect("an address"));
    let centre = hub.centre("共和路");
    let kiosks: Vec<Kiosk> = (0..2).map(|_| Kiosk::enrolled(&hub, centre, &clock)).collect();
    for round in 0..3u32 {
        for number in 0..100 {
            let _ = resident(&kiosks[0], round * 1_000 + number);
        }
        std::thread::scope(|scope| {
            let syncing = scope.spawn(|| drop(kiosks[0].sync()));
            std::thread::sleep(Duration::from_millis(40));
            server.kill_and_start();
            syncing.join().expect("ended");
        });
        let acked = kiosks[0].read(|store| store.sync_state()).expect("enrolled").acked;
        let heard = hub.ask("SELECT coalesce(max(kseq), 0) FROM op_log");
        assert!(heard >= acked.cast_signed(), "acknowledged {acked}, there {heard}");
    }
    // Connections that died with the server are made anew.
    let until = Instant::now() + Duration::from_secs(30);
    while kiosks[0].sync().is_err() {
        assert!(Instant::now() < until, "the hub does not come back");
    }
    settle(&kiosks);
    assert_eq!(hub.ask("SELECT count(*) FROM row_state WHERE tbl = 'resident'"), 300);
}

#[test]
fn a_kiosk_killed_in_the_middle_of_a_conversation_goes_on_where_it_was() {
    let (hub, clock) = (Hub::start(), Clock::real(testkit::centre::ZONE));
    let centre = hub.centre("共和路");
    let kiosks: Vec<Kiosk> = (0..2).map(|_| Kiosk::enrolled(&hub, centre, &clock)).collect();
    for number in 0..2_500 {
        let _ = resident(&kiosks[0], number);
    }
    let mut killed = 0;
    for round in 0..60u64 {
        // The other one writes too, so that there is always something to hear.
        let _ = resident(&kiosks[1], 5_000 + u32::try_from(round).expect("small"));
        let _ = kiosks[1].sync().expect("synced");
        let mut child = Command::new(env!("CARGO_BIN_EXE_kiosk"))
            .args(["sync", "once", "--data"])
            .arg(kiosks[0].folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        std::thread::sleep(Duration::from_millis(20 + round * 7 % 90));
        let done = child.try_wait().expect("asked").is_some();
        child.kill().expect("killed");
        let _ = child.wait().expect("ended");
        killed += u32::from(!done);
        if done && kiosks[0].read(|store| Ok(store.sync_status()?.expect("enrolled").pending)) == 0 {
            break;
        }
    }
    assert!(killed > 2, "it was killed in the middle {killed} times");
    settle(&kiosks);
    let doubled = "SELECT count(*) FROM (SELECT op_id FROM op_log GROUP BY op_id HAVING count(*) > 1) d";
    assert_eq!(hub.ask(doubled), 0);
}

#[test]
fn the_command_line_joins_says_how_it_stands_and_leaves() {
    let (hub, clock) = (Hub::start(), Clock::real(testkit::centre::ZONE));
    let centre = hub.centre("共和路");
    let folder = tempfile::tempdir().expect("a folder");
    let run = |args: &[&str]| -> (i32, serde_json::Value) {
        let output = Command::new(env!("CARGO_BIN_EXE_kiosk"))
            .args(["--json", "--data"])
            .arg(folder.path())
            .arg("sync")
            .args(args)
            .output()
            .expect("runs");
        let json = serde_json::from_slice(&output.stdout).unwrap_or_default();
        (output.status.code().expect("a code"), json)
    };
    drop(daycare_store::Store::open(&Paths::new(folder.path()), &clock).expect("opens"));
    assert_eq!(run(&["status"]), (0, serde_json::json!({ "enrolled": false })));
    for refused in [&["enrol", "nonsense"][..], &["once"], &["code"]] {
        assert_eq!(run(refused).0, 1, "{refused:?}");
    }
    let (code, welcome) = run(&["enrol", &hub.code(centre)]);
    assert_eq!((code, &welcome["accounts"]), (0, &serde_json::json!(true)));
    assert_eq!(run(&["enrol", &hub.code(hub.centre("别处"))]).0, 1, "one centre is enough");
    let (code, again) = run(&["enrol", &hub.code(centre)]);
    assert_eq!((code, &again["accounts"]), (0, &serde_json::json!(true)), "the same place, once more");
    let (_, before) = run(&["status"]);
    assert!(before["unsent"].as_u64().is_some_and(|unsent| unsent > 0));
    assert_eq!(run(&["once"]).0, 0);
    let (_, after) = run(&["status"]);
    assert_eq!((&after["unsent"], &after["trouble"]), (&serde_json::json!(0), &serde_json::json!("")));
    let (_, code) = run(&["code"]);
    let other = Kiosk::new(&clock);
    let invited = code["code"].as_str().expect("a code");
    let welcome = sync_client::join(&other.store, &other.paths, Actor::Cli, invited).expect("let in");
    assert!(!welcome.accounts);
    assert_eq!(run(&["leave"]).0, 0);
    assert_eq!(run(&["status"]).1, serde_json::json!({ "enrolled": false }));
}

#[test]
fn a_kiosk_put_back_from_a_backup_is_in_step_again_over_the_real_hub() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let [broken, other] = [(); 2].map(|()| Kiosk::enrolled(&hub, centre, &clock));
    let people: Vec<ResidentId> = (0..20).map(|number| resident(&broken, number)).collect();
    let _ = broken.sync().expect("synced");
    let folder = broken.write(|store| backup::create(store));
    for who in &people {
        broken.check_in(*who);
    }
    let _ = broken.sync().expect("synced");
    let _ = other.sync().expect("synced");
    // The disk dies; last night's backup takes its place, and people sign in.
    let fresh = broken.put_back(&folder);
    let late = resident(&fresh, 900);
    fresh.check_in(late);
    let state = fresh.read(|store| store.sync_state()).expect("enrolled");
    assert!(state.incarnation > 1, "a restored kiosk is another incarnation of itself");
    settle(&[fresh, other]);
    assert_eq!(hub.ask("SELECT count(*) FROM row_state WHERE tbl = 'visit'"), 21);
}

fn to_a_photo(clock: &Clock) -> Consent {
    Consent {
        purpose: Purpose::Photo,
        given: true,
        decided_on: clock.today(),
        witness: "周敏".into(),
        guardian: String::new(),
    }
}

#[test]
fn a_hub_put_back_from_an_older_backup_is_noticed_and_joining_again_heals_it() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let kiosks: Vec<Kiosk> = (0..2).map(|_| Kiosk::enrolled(&hub, centre, &clock)).collect();
    let early = resident(&kiosks[0], 1);
    let consent = to_a_photo(&clock);
    let other = resident(&kiosks[0], 3);
    kiosks[0].write(move |store| {
        for who in [early, other] {
            store.decide_consent(Actor::Cli, who, &consent)?;
            store.put_photo(Actor::Cli, who, b"of them")?;
        }
        Ok(())
    });
    let _ = kiosks[0].sync().expect("synced");
    kiosks[0].write(move |store| store.remove_photo(Actor::Cli, other));
    let _ = kiosks[0].sync().expect("synced");
    let _ = kiosks[1].sync().expect("synced");
    // The hub's disk dies; what it heard since the backup is gone.
    let (database, authority, listen) = hub.end();
    let hub = Hub::on(database.backup(), authority, listen);
    let late = resident(&kiosks[0], 2);
    kiosks[1].write(move |store| {
        let mut known = store.resident(early)?.expect("known");
        known.profile.yard = "三号院".into();
        store.put_resident(Actor::Cli, &known, "moved").map(drop)
    });
    kiosks[1].write(move |store| store.remove_photo(Actor::Cli, early));
    kiosks[0].check_in(late);
    let _ = kiosks[0].sync().expect("synced");
    let _ = kiosks[1].sync().expect("synced");
    let _ = kiosks[0].sync().expect("synced");
    let (_, authority, listen) = hub.end();
    let hub = Hub::on(database, authority, listen);
    let is_put_back = |kiosk: &Kiosk| {
        assert!(matches!(kiosk.sync(), Err(Failure::PutBack)));
        assert_eq!(kiosk.read(|store| store.sync_state()).expect("enrolled").trouble, "put-back");
    };
    is_put_back(&kiosks[0]);
    // Another one writes so much that the log is longer than ever before.
    let fresh = Kiosk::enrolled(&hub, centre, &clock);
    for number in 100..130 {
        let _ = resident(&fresh, number);
    }
    let _ = fresh.sync().expect("synced");
    let head = hub.ask("SELECT max(cseq) FROM op_log");
    assert!(head > kiosks[0].read(|store| store.sync_state()).expect("enrolled").cursor.cast_signed());
    is_put_back(&kiosks[0]);
    is_put_back(&kiosks[0]);
    let mut kiosks = kiosks;
    // Meanwhile somebody goes home, and a photo is taken anew.
    kiosks[0].write(move |store| {
        let now = store.clock().now();
        let _ = store.check_out(Actor::Resident, late, now, None)?;
        store.put_photo(Actor::Cli, other, b"anew")
    });
    for kiosk in &kiosks {
        let _ = sync_client::join(&kiosk.store, &kiosk.paths, Actor::Cli, &hub.code(centre)).expect("let in");
    }
    kiosks.push(fresh);
    settle(&kiosks);
    for kiosk in &kiosks {
        assert!(kiosk.read(move |store| store.resident(late)).is_some());
        let yard = kiosk.read(move |store| store.resident(early)).expect("known").profile.yard;
        assert_eq!(yard, "三号院", "what the hub had lost is told again");
        assert_eq!(kiosk.count("SELECT count(*) FROM photo"), 1, "what was removed stays so");
        assert_eq!(kiosk.count("SELECT count(*) FROM photo WHERE jpeg = CAST('anew' AS BLOB)"), 1);
        assert_eq!(kiosk.count("SELECT count(*) FROM visit WHERE state = 'left'"), 1, "they went home");
        assert_eq!(kiosk.pending(), 0);
    }
    assert_eq!(hub.ask("SELECT count(*) FROM row_state WHERE tbl = 'resident'"), 33);
}

#[test]
fn a_month_without_a_network_at_three_doors_is_caught_up() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let kiosks: Vec<Kiosk> = (0..3).map(|_| Kiosk::enrolled(&hub, centre, &clock)).collect();
    let people: Vec<ResidentId> = (0..40).map(|number| resident(&kiosks[0], number)).collect();
    for kiosk in &kiosks {
        let _ = kiosk.sync().expect("synced");
    }
    for _day in 0..30 {
        for (kiosk, part) in kiosks.iter().zip(people.chunks(14)) {
            for who in part {
                kiosk.check_in(*who);
                let (who, at) = (*who, kiosk.clock.now());
                kiosk.write(move |store| store.check_out(Actor::Resident, who, at, None).map(drop));
            }
        }
        clock.advance(Duration::from_hours(24));
    }
    let waiting = |kiosk: &Kiosk| kiosk.read(|store| Ok(store.sync_status()?.expect("enrolled").unsent));
    assert!(kiosks.iter().all(|kiosk| waiting(kiosk) >= 700), "a month's edits wait");
    settle(&kiosks);
    assert_eq!(hub.ask("SELECT count(*) FROM row_state WHERE tbl = 'visit'"), 1_200);
}

/// 64 kB a second: each piece of 4096 bytes takes so many milliseconds.
const SLOW_MS: u64 = 64;

/// A wire that carries everything, but slowly.
fn slowly(kiosk: &Kiosk, hub: &Hub) -> Proxy {
    let proxy = Proxy::before(hub.outside);
    call_by(kiosk, &proxy);
    proxy.set(Wire::Slow(SLOW_MS));
    proxy
}

#[test]
fn a_kiosk_on_64_kilobytes_a_second_joins_a_centre_with_300_photos() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let first = Kiosk::enrolled(&hub, centre, &clock);
    let consent = to_a_photo(&clock);
    let mut noise = 0x9e37_79b9_7f4a_7c15_u64;
    for number in 0..300 {
        // Like a picture, it cannot be packed any smaller.
        let photo: Vec<u8> = std::iter::repeat_with(|| {
            noise ^= noise << 13;
            noise ^= noise >> 7;
            noise ^= noise << 17;
            noise.to_le_bytes()[0]
        })
        .take(5_000)
        .collect();
        let (who, consent) = (resident(&first, number), consent.clone());
        first.write(move |store| {
            store.decide_consent(Actor::Cli, who, &consent)?;
            store.put_photo(Actor::Cli, who, &photo)
        });
    }
    let _ = first.sync().expect("synced");
    let photos = "SELECT count(*) FROM photo";
    // One reads the log, the other, which comes when that is gone, the rows.
    let by_log = Kiosk::enrolled(&hub, centre, &clock);
    let wire = slowly(&by_log, &hub);
    let _ = by_log.sync().expect("every answer comes in time");
    assert_eq!(by_log.count(photos), 300);
    drop(wire);
    let by_rows = Kiosk::enrolled(&hub, centre, &clock);
    assert!(hub.prune(centre) > 300);
    let wire = slowly(&by_rows, &hub);
    let _ = by_rows.sync().expect("every answer comes in time");
    assert_eq!(by_rows.count(photos), 300);
    drop(wire);
}

#[test]
fn a_snapshot_that_is_broken_off_goes_on_where_it_was() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let first = Kiosk::enrolled(&hub, centre, &clock);
    for number in 0..2_500 {
        let _ = resident(&first, number);
    }
    let _ = first.sync().expect("synced");
    assert!(hub.prune(centre) > 0);
    let late = Kiosk::enrolled(&hub, centre, &clock);
    let proxy = Proxy::before(hub.outside);
    call_by(&late, &proxy);
    // The wire ends in the middle of the second page or later.
    let mut tries = 0;
    proxy.set(Wire::CutAnswer(45_000));
    while late.sync().is_err() {
        tries += 1;
        let so_far = late.read(|store| store.snapshot_so_far());
        assert!(so_far.is_some_and(|so_far| so_far.last.is_some()), "each try brings it further");
        assert!(tries < 20, "it ends some day");
        if late.count("SELECT count(*) FROM resident") > 2_000 {
            proxy.set(Wire::Whole);
        }
    }
    assert!(tries > 0, "it was broken off");
    assert_eq!(late.count("SELECT count(*) FROM resident"), 2_500);
    assert_eq!(late.read(|store| store.snapshot_so_far()), None);
}

#[test]
fn what_a_program_of_before_has_passed_over_is_read_again_after_its_update() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let kiosks: Vec<Kiosk> = (0..2).map(|_| Kiosk::enrolled(&hub, centre, &clock)).collect();
    let (kept, merged) = (resident(&kiosks[0], 1), resident(&kiosks[0], 2));
    kiosks[0].write(move |store| {
        let id = daycare_core::ids::MergeId::new();
        store.merge_residents(Actor::Cli, id, kept, merged)
    });
    settle(&kiosks);
    // As the older program left it: no merge, and its cursor is past them.
    let conn = rusqlite::Connection::open(kiosks[1].paths.database()).expect("opens");
    conn.execute_batch(
        "UPDATE sync_state SET applying = 1;
         DELETE FROM merge_row; DELETE FROM merge; UPDATE resident SET merged_into_id = NULL;
         UPDATE sync_state SET applying = 0;
         INSERT INTO setting (key, value) VALUES ('sync.reread', 'consent merge merge_row target')
         ON CONFLICT (key) DO UPDATE SET value = excluded.value;",
    )
    .expect("as it was");
    drop(conn);
    let _ = kiosks[1].sync().expect("synced");
    assert_eq!(kiosks[1].read(|store| store.merges()).len(), 1);
    assert_eq!(kiosks[1].count("SELECT count(*) FROM resident WHERE merged_into_id IS NOT NULL"), 1);
    assert!(kiosks[1].read(|store| store.tables_to_reread()).is_empty(), "once is enough");
}
