//! The hub as it is: PostgreSQL, HTTPS, kiosks on real files.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;

use daycare_core::appointment::{Booked, Booking};
use daycare_core::audit::Actor;
use daycare_core::card::Holder;
use daycare_core::ids::{AppointmentId, ResidentId};
use daycare_kiosk::sync_client::{self, Failure};
use daycare_sync::wire::{Pushed, Refused};

use testkit::centre::clock_at;
use testkit::hub::{Hub, Kiosk};

const NOW: &str = "2026-11-24T09:00:00";

fn is_here(kiosk: &Kiosk, who: ResidentId) -> bool {
    kiosk.read(move |store| store.open_visit(who)).is_some()
}

#[test]
fn two_doors_of_one_centre_see_each_others_check_ins_and_another_centre_sees_nothing() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let (ours, theirs) = (hub.centre("共和路"), hub.centre("别处"));
    let [one, two, other] = [ours, ours, theirs].map(|centre| Kiosk::enrolled(&hub, centre, &clock));
    let who = one.resident("王福全");
    for kiosk in [&one, &two, &other] {
        let _ = kiosk.sync().expect("synced");
    }
    two.check_in(who);
    let _ = two.sync().expect("synced");
    let heard = one.sync().expect("synced");
    assert!(heard.pulled > 0 && is_here(&one, who));
    let _ = other.sync().expect("synced");
    assert!(other.read(|store| store.roster()).is_empty(), "another centre's people are nobody here");
    let accounts = |kiosk: &Kiosk| kiosk.read(|store| store.sync_state()).expect("enrolled").accounts;
    assert!(accounts(&one) && !accounts(&two), "the first kiosk keeps the accounts");
}

#[test]
fn a_code_lets_in_one_kiosk_once_and_only_at_the_hub_it_names() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let code = hub.code(centre);
    let [first, second] = [(); 2].map(|()| Kiosk::new(&clock));
    let join = |kiosk: &Kiosk, code: &str| sync_client::join(&kiosk.store, &kiosk.paths, Actor::Cli, code);
    let welcome = join(&first, &code).expect("let in");
    assert_eq!(welcome.centre, centre);
    assert!(matches!(join(&second, &code), Err(Failure::Stranger)), "used");
    let fresh = hub.code(centre);
    let mut parts: Vec<&str> = fresh.split('|').collect();
    let other = "ab".repeat(32);
    parts[2] = &other;
    assert!(matches!(join(&second, &parts.join("|")), Err(Failure::NotTheHub)));
    assert!(second.read(|store| store.sync_state()).is_none(), "nothing was begun");
    // An enrolled kiosk lets in the next one.
    let invited = sync_client::invite(&first.identity()).expect("a code");
    let _ = join(&second, &invited).expect("let in");
    let _ = second.sync().expect("synced");
    let mode = std::fs::metadata(first.paths.root().join("hub.json")).expect("there");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(mode.permissions().mode() & 0o077, 0, "the key is this account's alone");
    }
}

#[test]
fn a_revoked_kiosk_is_refused_at_its_next_call_and_works_on_and_a_lost_one_forgets_everything() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let [kept, lost] = [(); 2].map(|()| Kiosk::enrolled(&hub, centre, &clock));
    let who = kept.resident("王福全");
    let _ = kept.sync().expect("synced");
    let _ = lost.sync().expect("synced");
    let end = |kiosk: &Kiosk, wipe| {
        let ended = kiosk_hub::operator::end(&hub.database.api, centre, kiosk.identity().kiosk, wipe);
        hub.runtime.block_on(ended).expect("ended");
    };
    end(&kept, false);
    kept.check_in(who);
    assert!(matches!(kept.sync(), Err(Failure::Refused(Refused::Revoked))));
    assert!(is_here(&kept, who), "it works on alone");
    assert_eq!(kept.read(|store| store.sync_state()).expect("enrolled").trouble, "revoked");
    end(&lost, true);
    assert!(matches!(lost.sync(), Err(Failure::Refused(Refused::Wipe))));
    for entry in std::fs::read_dir(lost.folder.path()).expect("a folder").flatten() {
        let bytes = std::fs::read(entry.path()).unwrap_or_default();
        let name = "王福全".as_bytes();
        assert!(!bytes.windows(name.len()).any(|part| part == name), "{}", entry.path().display());
    }
    assert!(!lost.paths.root().join("hub.json").exists());
}

#[test]
fn only_tls_1_3_with_a_certificate_of_this_hub_is_answered() {
    use rustls::pki_types::pem::PemObject;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
    use std::sync::Arc;
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let kiosk = Kiosk::enrolled(&hub, centre, &clock);
    let stranger = Hub::start();
    let foreign = Kiosk::enrolled(&stranger, stranger.centre("别处"), &clock);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let ask = |own: Option<&sync_client::Identity>,
               believe: &sync_client::Identity|
     -> std::result::Result<String, String> {
        let mut roots = rustls::RootCertStore::empty();
        let told = |e: &dyn std::fmt::Display| e.to_string();
        let root = CertificateDer::from_pem_slice(believe.authority.as_bytes()).expect("PEM");
        roots.add(root).expect("a root");
        let config = rustls::ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_protocol_versions(&[&rustls::version::TLS13])
            .expect("TLS 1.3")
            .with_root_certificates(roots);
        let config = match own {
            None => config.with_no_client_auth(),
            Some(own) => {
                let chain = vec![CertificateDer::from_pem_slice(own.certificate.as_bytes()).expect("PEM")];
                let key = PrivateKeyDer::from_pem_slice(own.key.as_bytes()).expect("PEM");
                config.with_client_auth_cert(chain, key).expect("a key")
            }
        };
        let name = ServerName::try_from("localhost").expect("a name");
        let mut connection = rustls::ClientConnection::new(Arc::new(config), name).expect("made");
        let mut socket = TcpStream::connect(hub.outside).expect("connected");
        let mut stream = rustls::Stream::new(&mut connection, &mut socket);
        let call = b"GET /v1/sync/head HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
        stream.write_all(call).map_err(|e| told(&e))?;
        let mut answer = Vec::new();
        match stream.read_to_end(&mut answer) {
            Err(error) if answer.is_empty() => Err(told(&error)),
            _ => Ok(String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned()),
        }
    };
    let (own, other) = (kiosk.identity(), foreign.identity());
    assert_eq!(ask(Some(&own), &own).as_deref(), Ok("HTTP/1.1 200 OK"));
    assert_eq!(ask(None, &own).as_deref(), Ok("HTTP/1.1 401 Unauthorized"));
    assert!(ask(Some(&other), &own).is_err(), "a certificate of another hub");
    assert!(ask(Some(&own), &other).is_err(), "a hub that we do not know");
    // TLS 1.2: a hello of its own, since our library speaks no older one here.
    let hello = hex(
        "160301002f0100002b0303000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f000004c02fc02b0100",
    );
    for first in [&hello[..], b"GET /v1/sync/head HTTP/1.1\r\nhost: localhost\r\n\r\n"] {
        let mut socket = TcpStream::connect(hub.outside).expect("connected");
        socket.write_all(first).expect("sent");
        let mut answer = Vec::new();
        drop(socket.read_to_end(&mut answer));
        assert!(answer.is_empty() || answer[0] == 21, "an alert or nothing: {answer:?}");
    }
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect("hex")).collect()
}

#[test]
fn the_database_itself_keeps_centres_apart_and_shows_nothing_to_who_says_no_name() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let (ours, theirs) = (hub.centre("共和路"), hub.centre("别处"));
    let [one, two] = [ours, theirs].map(|centre| Kiosk::enrolled(&hub, centre, &clock));
    for (kiosk, name) in [(&one, "王福全"), (&two, "李素芬")] {
        let _ = kiosk.resident(name);
        let _ = kiosk.sync().expect("synced");
    }
    hub.runtime.block_on(async {
        let (mut client, connection) =
            tokio_postgres::connect(&hub.database.api, tokio_postgres::NoTls).await.expect("connected");
        let driver = tokio::spawn(connection);
        let tables = ["centre_head", "kiosk", "op_log", "row_state", "pool", "seat", "conflict"];
        for table in tables {
            let sql = format!("SELECT count(*) FROM {table}");
            let rows: i64 = client.query_one(&sql, &[]).await.expect("asked").get(0);
            assert_eq!(rows, 0, "{table} without a centre");
        }
        let transaction = client.transaction().await.expect("begun");
        transaction.batch_execute(&format!("SET LOCAL app.centre_id = '{ours}'")).await.expect("set");
        let sql = "SELECT count(DISTINCT centre_id) FROM row_state";
        let centres: i64 = transaction.query_one(sql, &[]).await.expect("asked").get(0);
        assert_eq!(centres, 1);
        let sql = "UPDATE kiosk SET status = 'revoked' WHERE centre_id = $1";
        assert_eq!(
            transaction.execute(sql, &[&theirs]).await.expect("asked"),
            0,
            "a foreign row is not there"
        );
        let sql = "INSERT INTO pool (centre_id, pool_id) VALUES ($1, 'x')";
        assert!(transaction.execute(sql, &[&theirs]).await.is_err(), "nor written");
        drop(transaction);
        let rows: i64 = client.query_one("SELECT count(*) FROM row_state", &[]).await.expect("asked").get(0);
        assert_eq!(rows, 0, "the next transaction of the connection says its own name");
        for sql in ["SELECT * FROM centre", "DELETE FROM op_log", "TRUNCATE op_log", "SET ROLE owner"] {
            assert!(client.batch_execute(sql).await.is_err(), "{sql}");
        }
        drop(client);
        drop(driver.await);
    });
}

#[test]
fn a_kiosk_behind_the_log_begins_from_a_snapshot_and_keeps_what_it_wrote() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let [one, two] = [(); 2].map(|()| Kiosk::enrolled(&hub, centre, &clock));
    for number in 0..30 {
        let _ = one.resident(&format!("王{}", char::from_u32(0x4e00 + number * 7).expect("a character")));
    }
    let _ = one.sync().expect("synced");
    let own = two.resident("李素芬");
    assert!(hub.prune(centre) > 30);
    let _ = two.sync().expect("synced");
    assert_eq!(two.read(|store| store.roster()).len(), 31);
    let _ = one.sync().expect("synced");
    assert!(one.read(move |store| store.resident(own)).is_some());
    // Its own edit is done with: what somebody else makes of it is seen.
    assert_eq!(two.pending(), 0);
    one.write(move |store| {
        let mut known = store.resident(own)?.expect("known");
        known.profile.yard = "三号院".into();
        store.put_resident(Actor::Cli, &known, "moved").map(drop)
    });
    for kiosk in [&one, &two] {
        let _ = kiosk.sync().expect("synced");
    }
    assert_eq!(two.read(move |store| store.resident(own)).expect("known").profile.yard, "三号院");
}

#[test]
fn what_the_hub_took_and_lost_before_it_was_heard_is_told_again() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let [one, two] = [(); 2].map(|()| Kiosk::enrolled(&hub, centre, &clock));
    let people = ["王福全", "李素芬"].map(|name| one.resident(name));
    for kiosk in [&one, &two] {
        let _ = kiosk.sync().expect("synced");
    }
    // The second one was told that it was heard; the hub's disk died after that, and
    // the log of its backup begins later. It may not know the kiosk's last life.
    for (number, anew) in [false, true].into_iter().enumerate() {
        two.write(move |store| if anew { store.renumber(0) } else { Ok(()) });
        let who = people[number];
        two.check_in(who);
        two.write(|store| {
            let batch = store.batch()?.expect("an arrival");
            let acked = batch.first + batch.ops.len() as u64 - 1;
            let answer = Pushed { acked, outcomes: vec![], hub_time: store.clock().now() };
            store.pushed(batch.incarnation, &answer)
        });
        let _ = one.resident(["张德明", "刘秀英"][number]);
        let _ = one.sync().expect("synced");
        assert!(hub.prune(centre) > 0);
        for kiosk in [&two, &one] {
            let _ = kiosk.sync().expect("synced");
            assert!(is_here(kiosk, who));
            assert_eq!(kiosk.pending(), 0);
        }
    }
}

#[test]
fn a_card_that_was_revoked_stays_so_when_a_machine_joins_that_knows_it_as_good() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let [one, two] = [(); 2].map(|()| Kiosk::enrolled(&hub, centre, &clock));
    for (number, revokes) in [&one, &two].into_iter().enumerate() {
        let who = one.resident(["王福全", "李素芬"][number]);
        one.write(|store| store.issue_missing_cards(Actor::Cli).map(drop));
        for kiosk in [&one, &two] {
            let _ = kiosk.sync().expect("synced");
        }
        // The second one is away; it, or the other one meanwhile, revokes the card.
        sync_client::leave(&two.store, &two.paths, Actor::Cli).expect("left");
        revokes.write(move |store| store.revoke_cards(Actor::Cli, Holder::Resident(who), "丢了"));
        let _ = one.sync().expect("synced");
        let _ = sync_client::join(&two.store, &two.paths, Actor::Cli, &hub.code(centre)).expect("let in");
        for kiosk in [&two, &one, &two] {
            let _ = kiosk.sync().expect("synced");
        }
        for kiosk in [&one, &two] {
            let good = kiosk.read(move |store| store.cards_of(Holder::Resident(who)));
            assert!(good.iter().all(|card| card.revoked_at.is_some()), "{good:?}");
        }
    }
}

#[test]
fn joining_in_somebodys_place_ends_no_wipe_and_takes_no_accounts() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let [keeper, other, stolen] = [(); 3].map(|()| Kiosk::enrolled(&hub, centre, &clock));
    let keeps = keeper.identity().kiosk;
    // A kiosk that lets itself in again, in the place of who keeps the accounts.
    let code = sync_client::invite(&other.identity()).expect("a code");
    let (_, welcome) = sync_client::enrol(&code, Some(keeps)).expect("let in");
    assert!(!welcome.accounts);
    let _ = keeper.sync().expect("nobody has taken its place");
    // The keeper's own code, or the hub's, may.
    let code = sync_client::invite(&keeper.identity()).expect("a code");
    let (_, welcome) = sync_client::enrol(&code, Some(keeps)).expect("let in");
    assert!(welcome.accounts);
    assert!(matches!(keeper.sync(), Err(Failure::Refused(Refused::Revoked))));
    // A lost machine is to forget everything, whoever has its place now.
    let lost = stolen.identity().kiosk;
    let ended = kiosk_hub::operator::end(&hub.database.api, centre, lost, true);
    hub.runtime.block_on(ended).expect("ended");
    let _ = sync_client::enrol(&hub.code(centre), Some(lost)).expect("let in");
    // Something stopped it half-way: its files come back.
    stolen.write(daycare_store::Store::wipe);
    let late = stolen.paths.backups().join("late");
    std::fs::create_dir_all(&late).expect("made");
    std::fs::write(late.join("kiosk.db"), "王福全").expect("written");
    assert!(matches!(stolen.sync(), Err(Failure::Refused(Refused::Wipe))));
    assert!(!late.exists() && sync_client::Identity::load(&stolen.paths).expect("read").is_none());
}

#[test]
fn who_was_let_in_and_never_spoke_keeps_nothing() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    // The answer was lost on its way.
    let (_, welcome) = sync_client::enrol(&hub.code(centre), None).expect("let in");
    assert!(welcome.accounts);
    let kiosk = Kiosk::new(&clock);
    kiosk.write(|store| daycare_kiosk::demo::seed(store).map(drop));
    let welcome =
        sync_client::join(&kiosk.store, &kiosk.paths, Actor::Cli, &hub.code(centre)).expect("let in");
    assert!(welcome.accounts, "somebody keeps them");
    let _ = kiosk.sync().expect("synced");
    let own = welcome.kiosk;
    let leased = "SELECT count(*) FROM seat WHERE lease_kiosk IS NOT NULL";
    assert!(hub.ask(leased) > 0);
    assert_eq!(hub.ask(&format!("{leased} AND lease_kiosk <> '{own}'")), 0);
    // Who comes in its place has its places; who leaves leaves them to all.
    let welcome =
        sync_client::join(&kiosk.store, &kiosk.paths, Actor::Cli, &hub.code(centre)).expect("let in");
    assert!(hub.ask(leased) > 0);
    assert_eq!(hub.ask(&format!("{leased} AND lease_kiosk <> '{}'", welcome.kiosk)), 0);
    sync_client::leave(&kiosk.store, &kiosk.paths, Actor::Cli).expect("left");
    assert_eq!(hub.ask(leased), 0);
}

#[test]
fn who_waits_and_moves_up_in_one_go_takes_a_place_and_forgets_nobodys() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let kiosk = Kiosk::new(&clock);
    kiosk.write(|store| daycare_kiosk::demo::seed(store).map(drop));
    let _ = sync_client::join(&kiosk.store, &kiosk.paths, Actor::Cli, &hub.code(centre)).expect("let in");
    let _ = kiosk.sync().expect("synced");
    let boundless = "SELECT count(*) FROM pool WHERE capacity IS NULL AND pool_id LIKE 'appointment/%'";
    let before = hub.ask(boundless);
    let moved = kiosk.write(|store| {
        let (from, to) =
            (store.clock().today() + chrono::Days::new(2), store.clock().today() + chrono::Days::new(12));
        let service = store.services()?.into_iter().find(|one| one.bookable).expect("one").id;
        let all = store.slots(service, from, to)?;
        let last = all.last().expect("a time").clone();
        let times: Vec<_> = all.into_iter().filter(|slot| slot.session_id == last.session_id).collect();
        let mut people = store.roster()?.into_iter().map(|listed| listed.resident.id);
        let mut given = Vec::new();
        for slot in &times {
            for resident_id in people.by_ref() {
                let id = AppointmentId::new();
                let (session_id, starts_at) = (slot.session_id, slot.starts_at);
                let asked = Booking { id, resident_id, session_id, starts_at, instead_of: None };
                match store.book(Actor::Resident, &asked)? {
                    Booked::Done(_) => given.push(asked),
                    Booked::Full => break,
                    _ => {}
                }
            }
        }
        let (who, id) = (people.next().expect("one more"), AppointmentId::new());
        let _ = store.join_waitlist(Actor::Resident, id, who, last.session_id)?;
        // Somebody of the last hour does not come: who waits has their place.
        let gives = *given.last().expect("somebody");
        let _ = store.cancel_appointment(Actor::Resident, gives.id, "")?;
        Ok((id, last.starts_at))
    });
    let _ = kiosk.sync().expect("synced");
    let row = moved.0.uuid().simple().to_string();
    assert_eq!(hub.ask(&format!("SELECT count(*) FROM seat WHERE row_key = '{row}'")), 1, "they have it");
    assert_eq!(hub.ask(boundless), before, "no time has forgotten how many places it has");
    let lost = "SELECT count(*) FROM row_state r WHERE tbl = 'appointment' AND fields->>'status' = 'booked'
        AND NOT EXISTS (SELECT 1 FROM seat s WHERE s.row_key = r.row_key)";
    assert_eq!(hub.ask(lost), 0, "everybody who is booked has a place");
    assert_eq!(kiosk.pending(), 0);
}

#[test]
fn who_joins_again_takes_up_its_place_and_overwrites_nothing_newer() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let [first, second] = [(); 2].map(|()| Kiosk::enrolled(&hub, centre, &clock));
    let who = first.resident("王福全");
    let gone = first.resident("李素芬");
    for kiosk in [&first, &second] {
        let _ = kiosk.sync().expect("synced");
    }
    // The first one's key is gone; the other one goes on meanwhile.
    std::fs::remove_file(first.paths.root().join("hub.json")).expect("removed");
    let edit = |kiosk: &Kiosk, who, yard: &'static str| {
        kiosk.write(move |store| {
            let mut known = store.resident(who)?.expect("known");
            known.profile.yard = yard.into();
            store.put_resident(Actor::Cli, &known, "moved").map(drop)
        });
    };
    edit(&second, who, "三号院");
    second.write(move |store| store.erase_person(Actor::Cli, gone, "本人要求").map(drop));
    let _ = second.sync().expect("synced");
    let late = first.resident("张德明");
    let welcome =
        sync_client::join(&first.store, &first.paths, Actor::Cli, &hub.code(centre)).expect("let in");
    assert!(welcome.accounts && welcome.ordinal == 0, "the accounts and the numbers go on");
    for kiosk in [&first, &second, &first] {
        let _ = kiosk.sync().expect("synced");
    }
    for kiosk in [&first, &second] {
        assert_eq!(kiosk.read(move |store| store.resident(who)).expect("known").profile.yard, "三号院");
        assert!(kiosk.read(move |store| store.resident(late)).is_some());
        assert_eq!(kiosk.read(|store| store.roster()).len(), 2, "who was erased stays so");
        assert_eq!(kiosk.pending(), 0);
    }
    assert_eq!(hub.ask("SELECT count(*) FROM kiosk WHERE status = 'active'"), 2, "the old entry has ended");
    // A code of another centre changes nothing here.
    let other = hub.centre("别处");
    assert!(sync_client::join(&first.store, &first.paths, Actor::Cli, &hub.code(other)).is_err());
    let _ = first.sync().expect("synced as before");
    assert_eq!(hub.ask("SELECT count(*) FROM kiosk WHERE status = 'active'"), 2);
    // Whoever leaves and joins again later finds the centre as it is.
    sync_client::leave(&second.store, &second.paths, Actor::Cli).expect("left");
    assert_eq!(hub.ask("SELECT count(*) FROM kiosk WHERE status = 'active'"), 1, "no place is kept for it");
    edit(&first, who, "五号院");
    let _ = first.sync().expect("synced");
    let _ = sync_client::join(&second.store, &second.paths, Actor::Cli, &hub.code(centre)).expect("let in");
    for kiosk in [&second, &first, &second] {
        let _ = kiosk.sync().expect("synced");
        assert_eq!(kiosk.read(move |store| store.resident(who)).expect("known").profile.yard, "五号院");
    }
}

#[test]
fn health_is_read_inside_and_numbers_name_nobody() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let kiosk = Kiosk::enrolled(&hub, hub.centre("共和路"), &clock);
    let _ = kiosk.resident("王福全");
    let _ = kiosk.sync().expect("synced");
    let get = |path: &str| {
        let mut socket = TcpStream::connect(hub.inside).expect("connected");
        let call = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        socket.write_all(call.as_bytes()).expect("sent");
        let mut answer = String::new();
        let _ = socket.read_to_string(&mut answer).expect("read");
        answer
    };
    for path in ["/healthz", "/readyz"] {
        assert!(get(path).starts_with("HTTP/1.1 200"), "{path}");
    }
    let numbers = get("/metrics");
    let value = |name: &str| hub.number(name);
    assert!(value("pushes_total") >= 1 && value("ops_total") >= 1 && value("failed_total") == 0);
    assert!(!numbers.contains("王福全") && !numbers.contains("共和路"));
}

/// Every statement of the hub can be spread over machines by centre.
#[test]
fn every_statement_says_its_centre_and_none_does_what_a_spread_database_cannot() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/hub/src/sql");
    // Asked before the centre is known, or by the operator.
    let directory = [
        "find_cert.sql",
        "use_code.sql",
        "add_code.sql",
        "add_centre.sql",
        "list_centres.sql",
        "prepare.sql",
        "add_cert.sql",
        "add_head.sql",
        "add_kiosk.sql",
    ];
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let sql = std::fs::read_to_string(entry.path()).expect("read").to_lowercase();
        let code: String = sql.lines().filter(|line| !line.starts_with("--")).collect::<Vec<_>>().join("\n");
        for never in
            ["set_config", "listen ", "notify ", "lock table", "values ((select", "nextval", "now() at"]
        {
            assert!(!code.contains(never), "{name}: {never}");
        }
        // Rows of nothing but values are copied, which row-level security forbids.
        let copied =
            code.contains("insert into") && code.contains("from unnest") && !code.contains("on conflict");
        assert!(!copied, "{name} inserts what is of no table");
        // What another machine would work out differently may stand in no CASE.
        for part in ["case", "coalesce("].iter().flat_map(|word| code.split(word).skip(1)) {
            let within = part.split(" end").next().unwrap_or_default();
            let varies = ["now()", "jsonb_build_object", "to_jsonb", "random()"];
            let varying = varies.iter().find(|function| within.contains(**function));
            assert!(varying.is_none(), "{name}: {varying:?} within a CASE or COALESCE");
        }
        if !directory.contains(&name.as_str()) {
            let says = code.contains("centre_id = $1") || code.contains("select $1,");
            assert!(says, "{name} does not say its centre");
            let tables = code.matches("from ").count() + code.matches("join ").count();
            let joined = code.matches(" join ").count();
            assert!(
                joined == 0 || code.contains(".centre_id = "),
                "{name} joins without the centre ({tables})"
            );
        }
        seen += 1;
    }
    assert!(seen > 30);
    let schema = include_str!("../../crates/hub/src/migrations/0001_hub.sql");
    let keys: BTreeMap<&str, &str> = schema
        .split("CREATE TABLE ")
        .skip(1)
        .map(|table| {
            (table.split(' ').next().unwrap_or_default(), table.split(");").next().unwrap_or_default())
        })
        .collect();
    for (table, body) in keys {
        if ["centre", "cert", "enrol_code"].contains(&table) {
            continue;
        }
        for line in body.lines().filter(|line| line.contains("PRIMARY KEY (") || line.contains("UNIQUE (")) {
            assert!(line.contains("(centre_id"), "{table}: {line}");
        }
        assert!(schema.contains(&format!("ALTER TABLE {table} FORCE ROW LEVEL SECURITY")), "{table}");
    }
}
