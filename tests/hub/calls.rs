//! What callers may say to the hub, and what it makes of it: more bookings than
//! places, another centre's rows, programs of other versions, nonsense.

use std::path::{Path, PathBuf};

use daycare_core::audit::Actor;
use daycare_kiosk::sync_client::{self, Identity, Link};
use daycare_sync::SCHEMA;
use daycare_sync::hlc::Hlc;
use daycare_sync::op::{Edit, Fields, Op, RowKey};
use daycare_sync::wire::{Batch, Pulled, Pushed, Refused, Snapshot, Welcome};
use serde_json::{Value, json};
use uuid::Uuid;

use testkit::centre::{clock_at, moment, person};
use testkit::http_client::Caller;
use testkit::hub::{Hub, Kiosk};
use testkit::random::Random;

const NOW: &str = "2026-11-24T09:00:00";

fn fields(value: Value) -> Fields {
    match value {
        Value::Object(map) => map.into_iter().collect(),
        other => panic!("{other}"),
    }
}

fn op(table: &str, key: &str, edit: Edit) -> Op {
    let hlc = Hlc::default().next(moment(NOW));
    Op { id: Uuid::now_v7(), row: RowKey::new(table, key), hlc, schema: SCHEMA, edit }
}

fn batch(first: u64, ops: &[Op]) -> Batch {
    Batch { incarnation: 1, first, ops: ops.to_vec(), seal: String::new() }
}

/// Identities that the hub has let in, without a kiosk behind them.
fn identities(hub: &Hub, centre: Uuid, count: usize) -> Vec<Identity> {
    (0..count)
        .map(|_| daycare_kiosk::sync_client::enrol(&hub.code(centre), None).expect("let in").0)
        .collect()
}

fn simple() -> Vec<u8> {
    let new = op(
        "resident",
        &Uuid::now_v7().simple().to_string(),
        Edit::Insert(fields(json!({ "name": "王福全" }))),
    );
    serde_json::to_vec(&batch(1, &[new])).expect("JSON")
}

const POOLS: usize = 20;
const SEATS: u32 = 8;

fn starts(pool: usize) -> i64 {
    moment("2036-01-05T09:00:00").0 + i64::try_from(pool).expect("small") * 900_000
}

/// Two hundred bookings of one kiosk, over all times of a session.
fn bookings(kiosk: usize, session: &str) -> Vec<Op> {
    (0..200usize)
        .map(|number| {
            let id = Uuid::now_v7().simple().to_string();
            let words = json!({
                "id": id, "session_id": session, "starts_at": starts(number % POOLS),
                "resident_id": format!("{kiosk:016x}{number:016x}"), "status": "booked", "origin": "booked",
                "seat": number as u64 / POOLS as u64 % u64::from(SEATS) + 1,
            });
            op("appointment", &id, Edit::Insert(fields(words)))
        })
        .collect()
}

#[test]
fn six_hundred_bookings_of_three_kiosks_without_a_network_get_a_hundred_and_sixty_places() {
    let hub = Hub::start();
    let centre = hub.centre("共和路");
    let kiosks = identities(&hub, centre, 3);
    let session = Uuid::now_v7().simple().to_string();
    let pools: Vec<Op> = (0..POOLS)
        .map(|pool| {
            let id = format!("appointment/{session}/{}", starts(pool));
            let words = json!({ "id": id, "capacity": SEATS, "until": starts(pool) - 43_200_000 });
            op("pool", &id, Edit::Insert(fields(words)))
        })
        .collect();
    let first: Pushed = Caller::of(&kiosks[0]).tell("/v1/sync/push", &batch(1, &pools)).expect("taken");
    assert_eq!(first.acked, 20);
    let sent: Vec<Vec<Batch>> = (0..3)
        .map(|kiosk| {
            let first = if kiosk == 0 { 21 } else { 1 };
            let all = bookings(kiosk, &session);
            all.chunks(50).zip(0u64..).map(|(part, at)| batch(first + at * 50, part)).collect()
        })
        .collect();
    let tell = |kiosk: &Identity, batches: &[Batch]| {
        let caller = Caller::of(kiosk);
        for batch in batches {
            let _: Pushed = caller.tell("/v1/sync/push", batch).expect("taken");
        }
    };
    std::thread::scope(|scope| {
        for (kiosk, batches) in kiosks.iter().zip(&sent) {
            let _ = scope.spawn(move || tell(kiosk, batches));
        }
    });
    let count = |what: &str| hub.ask(&format!("SELECT count(*) FROM op_log WHERE {what}"));
    let outcomes = || {
        (count("change->'outcome' ? 'confirmed'"), count("change->>'outcome' = 'displaced'"), count("true"))
    };
    assert_eq!(outcomes(), (160, 440, 620), "every place is taken once");
    let most =
        "SELECT max(n) FROM (SELECT count(*) AS n FROM seat WHERE row_key IS NOT NULL GROUP BY pool_id) t";
    assert_eq!(hub.ask(most), i64::from(SEATS), "nobody is overbooked");
    let holding = "SELECT count(*) FROM row_state WHERE tbl = 'appointment' AND fields->>'status' = 'booked'";
    assert_eq!(hub.ask(holding), 160);
    // All of it again, as after lost answers: nothing new.
    for (kiosk, batches) in kiosks.iter().zip(&sent) {
        tell(kiosk, batches);
    }
    assert_eq!(outcomes(), (160, 440, 620));
    assert_eq!(hub.ask("SELECT max(cseq) - count(*) FROM op_log"), 0, "the log has no gaps");
    // Another op under an old number, and a number too far on.
    let caller = Caller::of(&kiosks[1]);
    let refused = |first: u64| -> Refused {
        let other = op("resident", "aa", Edit::Delete);
        let (status, words) =
            caller.tell::<Pushed>("/v1/sync/push", &batch(first, &[other])).expect_err("refused");
        assert_eq!(status, 409);
        serde_json::from_str(&words).expect("a refusal")
    };
    assert_eq!(refused(7), Refused::Fork { at: 7, received: 1 });
    assert_eq!(refused(500), Refused::Gap { expect: 201 });
}

#[test]
fn whoever_is_of_another_centre_of_none_or_revoked_is_refused_everywhere() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let (ours, theirs) = (hub.centre("共和路"), hub.centre("别处"));
    let kiosk = Kiosk::enrolled(&hub, ours, &clock);
    let one = person("欧阳素芬");
    let id = one.id;
    kiosk.write(move |store| store.put_resident(Actor::Cli, &one, "").map(drop));
    let _ = kiosk.sync().expect("synced");
    let foreign = identities(&hub, theirs, 2);
    let gets = ["/v1/sync/pull?after=0&limit=500", "/v1/sync/head", "/v1/sync/snapshot"];
    let posts = ["/v1/sync/push", "/v1/renew", "/v1/invite"];
    let says_name = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("欧阳素芬");
    // Of another centre: their own, and nothing of ours.
    let caller = Caller::of(&foreign[0]);
    for path in gets {
        let (status, bytes) = caller.get(path);
        assert!(status == 200 && !says_name(&bytes), "{path}");
    }
    let row = id.uuid().simple().to_string();
    let rename = Edit::Update { fields: fields(json!({ "name": "偷" })), was: Fields::new() };
    let take = [op("resident", &row, rename), op("resident", &row, Edit::Erase(Fields::new()))];
    let _: Pushed = caller.tell("/v1/sync/push", &batch(1, &take)).expect("taken, as rows of their own");
    let kept = "SELECT count(*) FROM row_state WHERE tbl = 'resident' AND fields->>'name' = '欧阳素芬' AND NOT erased";
    assert_eq!(hub.ask(kept), 1, "our row is as it was");
    // Of none.
    let nobody = Caller::nobody(&foreign[0]);
    for path in gets {
        assert_eq!(nobody.get(path).0, 401, "{path}");
    }
    for path in posts {
        assert_eq!(nobody.post(path, &simple(), false).0, 401, "{path}");
    }
    // Revoked: at the next call, whichever it is.
    let end = kiosk_hub::operator::end(&hub.database.api, theirs, foreign[1].kiosk, false);
    hub.runtime.block_on(end).expect("ended");
    let caller = Caller::of(&foreign[1]);
    for path in gets {
        assert_eq!(caller.get(path).0, 410, "{path}");
    }
    for path in posts {
        let body = if path == "/v1/renew" { b"\"csr\"".to_vec() } else { simple() };
        assert_eq!(caller.post(path, &body, false).0, 410, "{path}");
    }
}

/// Questions that no kiosk asks.
const QUERIES: [&str; 10] = [
    "/v1/sync/pull?after=-1",
    "/v1/sync/pull?after=x",
    "/v1/sync/pull",
    "/v1/sync/pull?after=18446744073709551615",
    "/v1/sync/pull?after=0&limit=99999999",
    "/v1/sync/snapshot?table=%00&key=%FF",
    "/v1/sync/snapshot?table='--",
    "/v1/sync/head?x=%",
    "/v1/nothing",
    "/v1/sync/push",
];

/// Something like a valid body, or nothing like one.
fn mutated(valid: &[u8], random: &mut Random) -> Vec<u8> {
    let mut body = valid.to_vec();
    match random.below(6) {
        0 => (0..random.at(300)).map(|_| u8::try_from(random.below(256)).expect("a byte")).collect(),
        1 => {
            body.truncate(random.at(body.len()));
            body
        }
        2 => {
            for _ in 0..=random.at(5) {
                let at = random.at(body.len());
                body[at] = u8::try_from(random.below(256)).expect("a byte");
            }
            body
        }
        3 => ["[".repeat(100_000), "{\"a\":".repeat(50_000)].concat().into_bytes(),
        4 => {
            let text = String::from_utf8(body).expect("text");
            let words = [
                "-1",
                "1e400",
                "null",
                "\"\"",
                "[]",
                "99999999999999999999",
                "{}",
                "18446744073709551615",
                "9223372036854775807",
                "\"\\u0000\"",
            ];
            let with = words[random.at(words.len())];
            text.replacen(["1", "5", "\"王福全\"", "\"resident\""][random.at(4)], with, 1).into_bytes()
        }
        _ => {
            let long = "长".repeat(random.at(90_000));
            serde_json::to_vec(&batch(
                1,
                &[op("resident", &long, Edit::Insert(fields(json!({ "name": long }))))],
            ))
            .expect("JSON")
        }
    }
}

#[test]
fn nonsense_is_refused_and_never_breaks_the_hub() {
    let hub = Hub::start();
    let centre = hub.centre("共和路");
    let kiosks = identities(&hub, centre, 6);
    let valid = simple();
    let mut random = Random(3);
    let paths = ["/v1/sync/push", "/v1/sync/push", "/v1/sync/push", "/v1/enrol", "/v1/renew", "/v1/invite"];
    let mut seen = std::collections::BTreeMap::new();
    for kiosk in &kiosks {
        let caller = Caller::of(kiosk);
        for path in QUERIES {
            let (status, _) = caller.get(path);
            *seen.entry(status).or_insert(0) += 1;
            assert!((200..500).contains(&status), "{path}: {status}");
        }
        for _ in 0..80 {
            let path = paths[random.at(paths.len())];
            let body = mutated(&valid, &mut random);
            let packed = random.chance(30);
            let body = match (packed, random.chance(50)) {
                (true, true) => zstd::bulk::compress(&body, 1).expect("packed"),
                // Says that it is packed, and is not.
                _ => body,
            };
            let (status, words) = caller.post(path, &body, packed);
            *seen.entry(status).or_insert(0) += 1;
            // A call that needs no body is answered before a long one is read.
            let hung_up = status == 0 && path == "/v1/invite";
            assert!(
                hung_up || (200..500).contains(&status),
                "{path}: {status} {}",
                String::from_utf8_lossy(&words)
            );
        }
    }
    // A small body that unpacks to a large one.
    let bomb = zstd::bulk::compress(&vec![b' '; 64 * 1024 * 1024], 19).expect("packed");
    let fresh = identities(&hub, centre, 1);
    let caller = Caller::of(&fresh[0]);
    assert_eq!(caller.post("/v1/sync/push", &bomb, true).0, 400);
    let (status, _) = caller.post("/v1/sync/push", &vec![b' '; 3 * 1024 * 1024], false);
    assert!(status == 413 || status == 0, "{status}");
    // On a connection of its own: the one before was hung up.
    let again = Caller::of(&fresh[0]);
    assert_eq!(again.post("/v1/sync/push", &simple(), false).0, 200, "and it works on: {seen:?}");
    assert!(seen.get(&400).copied().unwrap_or(0) > 50, "{seen:?}");
}

#[test]
fn a_character_that_the_database_cannot_hold_never_stops_the_queue() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let [one, two] = [(); 2].map(|()| Kiosk::enrolled(&hub, centre, &clock));
    let mut odd = person("王福全");
    odd.profile.remark = "轮椅\0在三号院".into();
    let id = odd.id;
    one.write(move |store| store.put_resident(Actor::Cli, &odd, "").map(drop));
    for kiosk in [&one, &two, &one] {
        let _ = kiosk.sync().expect("synced");
    }
    for kiosk in [&one, &two] {
        let known = kiosk.read(move |store| store.resident(id)).expect("known");
        assert_eq!(known.profile.remark, "轮椅在三号院");
    }
}

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/sync").join(name)
}

fn recorded(name: &str) -> Vec<u8> {
    std::fs::read(data(name)).expect("recorded")
}

/// What a kiosk and a hub of this version say: written anew with KIOSK_RECORD=1
/// when the schema has changed; the older files stay, and are read for ever.
fn record(hub: &Hub, centre: Uuid) {
    let kiosk = Kiosk::enrolled(hub, centre, &clock_at(NOW));
    for name in ["王福全", "欧阳素芬"] {
        let one = person(name);
        kiosk.write(move |store| store.put_resident(Actor::Cli, &one, "").map(drop));
    }
    let batch = kiosk.read(|store| store.batch()).expect("something to tell");
    let caller = Caller::of(&kiosk.identity());
    let save = |name: &str, value: Value| {
        let file = data(&format!("v{SCHEMA}-{name}.json"));
        std::fs::write(file, serde_json::to_vec_pretty(&value).expect("JSON")).expect("written");
    };
    let batch = Batch { seal: String::new(), ..batch };
    save("push", json!(batch));
    save("pushed", caller.tell("/v1/sync/push", &batch).expect("taken"));
    save("pulled", caller.ask("/v1/sync/pull?after=0&limit=500").expect("told"));
    save("snapshot", caller.ask("/v1/sync/snapshot").expect("told"));
}

#[test]
fn a_kiosk_of_every_recorded_version_is_understood_and_so_is_an_older_hub() {
    let hub = Hub::start();
    let centre = hub.centre("共和路");
    if std::env::var_os("KIOSK_RECORD").is_some() {
        record(&hub, centre);
    }
    for version in kiosk_hub::SCHEMAS {
        let file = |what: &str| recorded(&format!("v{version}-{what}.json"));
        let one = identities(&hub, hub.centre("旧程序"), 1).remove(0);
        let (status, words) = Caller::of(&one).post("/v1/sync/push", &file("push"), false);
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(&words));
        let pushed: Value = serde_json::from_slice(&words).expect("JSON");
        let before: Value = serde_json::from_slice(&file("pushed")).expect("JSON");
        assert_eq!(pushed["acked"], before["acked"]);
        assert_eq!(pushed["outcomes"], before["outcomes"], "what came of it then comes of it now");
        // What an old program reads of an answer is still there.
        let now: Value = Caller::of(&one).ask("/v1/sync/pull?after=0&limit=500").expect("told");
        let then: Value = serde_json::from_slice(&file("pulled")).expect("JSON");
        assert_has(&now["changes"][0], &then["changes"][0], "change");
        assert_has(&now, &then, "pulled");
        // And an old hub is understood by this program.
        let _: Pushed = serde_json::from_slice(&file("pushed")).expect("understood");
        let _: Pulled = serde_json::from_slice(&file("pulled")).expect("understood");
        let _: Snapshot = serde_json::from_slice(&file("snapshot")).expect("understood");
    }
}

fn assert_has(now: &Value, then: &Value, what: &str) {
    for key in then.as_object().expect("an object").keys() {
        assert!(now.get(key).is_some(), "{what}.{key} is gone");
    }
}

#[test]
fn what_a_newer_kiosk_says_more_is_kept_and_passed_on_and_a_too_new_or_too_old_one_is_told() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let one = identities(&hub, centre, 1).remove(0);
    let caller = Caller::of(&one);
    let row = Uuid::now_v7().simple().to_string();
    let mut words = person("王福全").profile.name;
    words.push_str("的新栏");
    let whole = json!({
        "incarnation": 1, "first": 1, "seal": "", "of_a_newer_program": true,
        "ops": [{
            "id": Uuid::now_v7(), "table": "resident", "key": row, "hlc": Hlc::default().next(moment(NOW)),
            "schema": SCHEMA, "of_a_newer_program": 1,
            "deed": { "insert": { "id": row, "name": "王福全", "a_new_column": words } },
        }],
    });
    let _: Pushed = caller.tell("/v1/sync/push", &whole).expect("taken");
    let pulled: Pulled = caller.ask("/v1/sync/pull?after=0&limit=500").expect("told");
    assert_eq!(pulled.changes[0].fields["a_new_column"], json!(words));
    // A kiosk of this version takes what it knows and leaves the rest.
    let kiosk = Kiosk::enrolled(&hub, centre, &clock);
    let done = kiosk.sync();
    assert!(done.is_ok(), "{done:?}");
    for schema in [0, SCHEMA + 50] {
        let mut old = whole.clone();
        old["ops"][0]["schema"] = json!(schema);
        old["first"] = json!(2);
        let (status, said) = caller.tell::<Pushed>("/v1/sync/push", &old).expect_err("refused");
        assert_eq!(status, 426);
        assert!(matches!(serde_json::from_str(&said), Ok(Refused::Schema { .. })), "{said}");
    }
}

#[test]
fn a_kiosk_that_lies_about_places_costs_the_hub_nothing() {
    let hub = Hub::start();
    let one = identities(&hub, hub.centre("共和路"), 1).remove(0);
    let caller = Caller::of(&one);
    let (huge, endless) = ("appointment/aa/1", "appointment/bb/1");
    let pool = |id: &str, capacity: Value| {
        op(
            "pool",
            id,
            Edit::Insert(fields(json!({ "id": id, "capacity": capacity, "until": 4_000_000_000_000i64 }))),
        )
    };
    let book = |session: &str, person: u32, seat: u64| {
        let id = Uuid::now_v7().simple().to_string();
        let words = json!({ "id": id, "session_id": session, "starts_at": 1, "resident_id": person.to_string(),
            "status": "booked", "origin": "booked", "seat": seat });
        op("appointment", &id, Edit::Insert(fields(words)))
    };
    let last = u64::from(u32::MAX);
    let ops = [
        pool(huge, json!(4_000_000_000u64)),
        pool(endless, Value::Null),
        book("aa", 1, last),
        book("bb", 2, last),
        book("bb", 3, last),
    ];
    let pushed: Pushed = caller.tell("/v1/sync/push", &batch(1, &ops)).expect("taken");
    assert_eq!(pushed.acked, 5);
    assert!(hub.ask("SELECT count(*) FROM seat") <= 1_003);
    assert_eq!(hub.ask("SELECT count(*) FROM seat WHERE row_key IS NOT NULL"), 3, "each has a place");
    assert!(hub.ask("SELECT max(seat_no)::bigint FROM seat") < 65_536);
}

#[test]
fn a_certificate_that_runs_out_is_renewed_by_the_kiosk_itself() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let kiosk = Kiosk::enrolled(&hub, hub.centre("共和路"), &clock);
    let first = kiosk.identity();
    // For this kiosk it is sixty-five days later.
    clock.advance(std::time::Duration::from_hours(24 * 65));
    let _ = kiosk.sync().expect("synced");
    let renewed = kiosk.identity();
    assert_ne!(first.certificate, renewed.certificate);
    assert_ne!(first.key, renewed.key);
    let _ = kiosk.sync().expect("synced with the new one");
    let welcome: std::result::Result<Welcome, _> = Caller::of(&renewed).tell("/v1/renew", &"no request");
    assert!(welcome.is_err_and(|(status, _)| status < 500));
}

#[test]
fn a_kiosk_whose_certificate_is_gone_says_so_and_joining_again_tells_everything() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let kiosk = Kiosk::enrolled(&hub, centre, &clock);
    let _ = kiosk.sync().expect("synced");
    let one = person("王福全");
    kiosk.write(move |store| store.put_resident(Actor::Cli, &one, "").map(drop));
    // A new disk: the database is back, the key is not.
    std::fs::remove_file(kiosk.paths.root().join("hub.json")).expect("removed");
    let poll = std::time::Duration::from_secs(5);
    let link = Link::start(kiosk.store.clone(), kiosk.paths.clone(), clock.clone(), poll);
    let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while kiosk.read(|store| store.sync_state()).expect("enrolled").trouble != "rejoin" {
        assert!(std::time::Instant::now() < until, "nobody is told");
        std::thread::yield_now();
    }
    drop(link);
    let _ = sync_client::join(&kiosk.store, &kiosk.paths, Actor::Cli, &hub.code(centre)).expect("let in");
    let _ = kiosk.sync().expect("synced");
    let known = "SELECT count(*) FROM row_state WHERE tbl = 'resident' AND fields->>'name' = '王福全'";
    assert_eq!(hub.ask(known), 1);
}

#[test]
fn who_calls_too_often_is_told_to_come_back_later_and_the_others_are_not() {
    let hub = Hub::start();
    let kiosks = identities(&hub, hub.centre("共和路"), 2);
    let [busy, calm] = [0, 1].map(|at| Caller::of(&kiosks[at]));
    let statuses: Vec<u16> = (0..900).map(|_| busy.get("/v1/sync/head").0).collect();
    assert!(statuses.contains(&429) && statuses[..500].iter().all(|status| *status == 200));
    assert_eq!(calm.get("/v1/sync/head").0, 200);
}
