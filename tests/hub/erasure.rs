//! Somebody is erased at one kiosk: what is left at the hub and at the others.

use daycare_core::audit::Actor;
use daycare_core::ids::{IncidentId, ReadingId, ResidentId, VolunteerId};
use daycare_core::shift_book::{Incident, IncidentKind};
use daycare_core::vitals::{Kind, Origin, Reading, Value};
use daycare_core::volunteer::Volunteer;
use daycare_kiosk::sync_client;

use testkit::centre::clock_at;
use testkit::hub::{Hub, Kiosk};

const NOW: &str = "2026-11-24T09:00:00";

/// Somebody of the first team, who may be a resident too.
fn volunteer(kiosk: &Kiosk, name: &str, resident_id: ResidentId) -> Volunteer {
    Volunteer {
        id: VolunteerId::new(),
        name: name.into(),
        team_id: kiosk.read(|store| store.teams())[0].id,
        resident_id: Some(resident_id),
        phone: "13800000001".into(),
    }
}

#[test]
fn who_is_erased_leaves_the_hub_too_and_a_kiosk_that_comes_later_never_hears_of_them() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let one = Kiosk::enrolled(&hub, centre, &clock);
    let who = one.resident("欧阳素芬");
    let _ = one.resident("王福全");
    let _ = one.sync().expect("synced");
    let named = "SELECT (SELECT count(*) FROM op_log WHERE change::text LIKE '%欧阳素芬%')
        + (SELECT count(*) FROM row_state WHERE fields::text LIKE '%欧阳素芬%')";
    assert!(hub.ask(named) > 0);
    one.write(move |store| store.erase_person(Actor::Cli, who, "本人要求").map(drop));
    let _ = one.sync().expect("synced");
    hub.forgets();
    assert_eq!(hub.ask(named), 0);
    let later = Kiosk::enrolled(&hub, centre, &clock);
    let done = later.sync().expect("synced from a snapshot");
    assert_eq!(done.refused, 0);
    assert_eq!(later.read(|store| store.roster()).len(), 1);
    assert!(
        later.read(move |store| store.resident(who)).is_some(),
        "their visits have somebody to belong to"
    );
}

#[test]
fn an_edit_told_before_an_erasure_in_one_go_is_done_with_too() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let kiosk = Kiosk::enrolled(&hub, centre, &clock);
    let who = kiosk.resident("欧阳素芬");
    let _ = kiosk.sync().expect("synced");
    let _ = kiosk.resident("王福全");
    kiosk.write(move |store| store.erase_person(Actor::Cli, who, "本人要求").map(drop));
    let _ = kiosk.sync().expect("synced");
    assert_eq!(kiosk.pending(), 0);
}

#[test]
fn who_is_erased_leaves_no_reading_care_plan_or_family_at_the_hub() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let kiosk = Kiosk::new(&clock);
    kiosk.write(|store| daycare_kiosk::demo::seed(store).map(drop));
    let _ = sync_client::join(&kiosk.store, &kiosk.paths, Actor::Cli, &hub.code(centre)).expect("let in");
    let _ = kiosk.sync().expect("synced");
    let people = kiosk.read(|store| store.residents());
    let who = people.iter().find(|one| one.profile.name == "欧阳素芬").expect("of the demo").id;
    let own = who.uuid().simple();
    let health = |table: &str| {
        format!(
            "SELECT count(*) FROM {table} WHERE tbl IN ('reading', 'care_plan', 'relative', 'consent', 'photo', 'target')
             AND fields->>'resident_id' = '{own}'"
        )
    };
    let rows = health("row_state");
    let log = health("(SELECT change->>'table' AS tbl, change->'fields' AS fields FROM op_log) l");
    assert!(hub.ask(&rows) > 2 && hub.ask(&log) > 2);
    kiosk.write(move |store| store.erase_person(Actor::Cli, who, "本人要求").map(drop));
    let _ = kiosk.sync().expect("synced");
    hub.forgets();
    assert_eq!((hub.ask(&rows), hub.ask(&log)), (0, 0));
    assert_eq!(hub.ask("SELECT count(*) FROM row_state WHERE deleted IS NOT NULL AND fields <> '{}'"), 0);
    let parts =
        "SELECT count(*) FROM op_log WHERE change->>'table' = 'reading_part' AND change->'fields' <> '{}'
        AND split_part(change->>'key', '/', 1) NOT IN
            (SELECT row_key FROM row_state WHERE tbl = 'reading' AND deleted IS NULL)";
    assert_eq!(hub.ask(parts), 0, "single measurements go with the reading");
}

/// A blood pressure.
fn measure(kiosk: &Kiosk, who: ResidentId) {
    kiosk.write(move |store| {
        let value = Value { first: 151, second: Some(87) };
        let reading = Reading {
            id: ReadingId::new(),
            resident_id: who,
            appointment_id: None,
            taken_at: store.clock().now(),
            kind: Kind::BloodPressure,
            timing: None,
            value,
            parts: vec![value],
            origin: Origin::Typed,
            limits: "t".into(),
            taken_by: String::new(),
        };
        store.add_readings(Actor::Cli, &[reading], None)
    });
}

#[test]
fn what_the_erasing_kiosk_has_not_heard_goes_too() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let [one, two, three] = [(); 3].map(|()| Kiosk::enrolled(&hub, centre, &clock));
    let (who, other) = (one.resident("欧阳素芬"), one.resident("王福全"));
    for kiosk in [&one, &two, &three] {
        let _ = kiosk.sync().expect("synced");
    }
    // One reading is at the hub, one waits at a third machine; neither is known
    // where the person is erased.
    measure(&two, who);
    measure(&two, other);
    let _ = two.sync().expect("synced");
    measure(&three, who);
    one.write(move |store| store.erase_person(Actor::Cli, who, "本人要求").map(drop));
    for kiosk in [&one, &two, &three, &one, &two, &three] {
        let _ = kiosk.sync().expect("synced");
    }
    let parts = "SELECT count(*) FROM row_state WHERE tbl IN ('reading', 'reading_part') AND deleted IS NULL";
    hub.forgets();
    let parts_of_other = hub.ask(parts);
    assert_eq!(hub.ask("SELECT count(*) FROM row_state WHERE tbl = 'reading' AND deleted IS NULL"), 1);
    assert_eq!(hub.ask("SELECT count(*) FROM op_log WHERE change->'fields'->>'value' = '151'"), 0);
    for kiosk in [&one, &two, &three] {
        let rows = "SELECT (SELECT count(*) FROM reading) + (SELECT count(*) FROM reading_part)";
        assert_eq!(kiosk.count(rows), parts_of_other);
        assert_eq!(kiosk.count("SELECT count(*) FROM erasure"), 1, "the proof is everywhere");
        assert_eq!(kiosk.count("SELECT count(*) FROM pragma_foreign_key_check"), 0);
        assert_eq!(kiosk.pending(), 0);
    }
    let seen = one.read(|store| store.sync_status()).expect("joined");
    assert!(seen.notices.is_empty(), "nothing to decide: {:?}", seen.notices);
}

#[test]
fn who_was_erased_while_nobody_listened_is_erased_everywhere_on_joining() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let [one, two] = [(); 2].map(|()| Kiosk::enrolled(&hub, centre, &clock));
    let who = one.resident("欧阳素芬");
    measure(&one, who);
    for kiosk in [&one, &two] {
        let _ = kiosk.sync().expect("synced");
    }
    sync_client::leave(&two.store, &two.paths, Actor::Cli).expect("left");
    two.write(move |store| store.erase_person(Actor::Cli, who, "本人要求").map(drop));
    let _ = sync_client::join(&two.store, &two.paths, Actor::Cli, &hub.code(centre)).expect("let in");
    for kiosk in [&two, &one, &two] {
        let _ = kiosk.sync().expect("synced");
    }
    for kiosk in [&one, &two] {
        assert!(kiosk.read(|store| store.roster()).is_empty());
        assert_eq!(kiosk.count("SELECT count(*) FROM reading"), 0);
        assert_eq!(kiosk.count("SELECT count(*) FROM erasure"), 1);
    }
    hub.forgets();
    assert_eq!(hub.ask("SELECT count(*) FROM row_state WHERE fields::text LIKE '%欧阳素芬%'"), 0);
}

#[test]
fn what_others_say_of_somebody_erased_before_they_hear_of_it_is_not_kept() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let [one, two] = [(); 2].map(|()| Kiosk::enrolled(&hub, centre, &clock));
    let who = one.resident("欧阳素芬");
    let volunteer = volunteer(&one, "欧阳素芬", who);
    let known = volunteer.clone();
    one.write(move |store| store.put_volunteer(Actor::Cli, &known));
    let both = [&one, &two];
    for kiosk in both {
        let _ = kiosk.sync().expect("synced");
    }
    let fall = Incident {
        id: IncidentId::new(),
        resident: Some(who),
        name: String::new(),
        kind: IncidentKind::Fall,
        at: clock.now(),
        words: "在门口摔了".into(),
        measures: "送医".into(),
        by: String::new(),
    };
    two.write(move |store| store.add_incident(Actor::Cli, &fall));
    let moved = Volunteer { phone: "13900000009".into(), ..volunteer };
    two.write(move |store| store.put_volunteer(Actor::Cli, &moved));
    one.write(move |store| store.erase_person(Actor::Cli, who, "本人要求").map(drop));
    for kiosk in [&one, &two, &one, &two] {
        let _ = kiosk.sync().expect("synced");
    }
    let said = |table: &str| {
        format!(
            "SELECT count(*) FROM {table} WHERE body LIKE '%欧阳素芬%' OR body LIKE '%13800000001%'
             OR body LIKE '%13900000009%' OR body LIKE '%门口%'"
        )
    };
    hub.forgets();
    assert_eq!(hub.ask(&said("(SELECT fields::text AS body FROM row_state) r")), 0);
    assert_eq!(hub.ask(&said("(SELECT change::text AS body FROM op_log) l")), 0);
    for kiosk in both {
        let volunteers = said("(SELECT name || phone AS body FROM volunteer)");
        assert_eq!(kiosk.count(&volunteers), 0, "also where it was erased");
        let incidents =
            "SELECT count(*) FROM incident WHERE resident_id IS NULL AND words = '' AND measures = ''";
        assert_eq!(kiosk.count(incidents), 1, "that somebody fell is still counted");
        assert_eq!(kiosk.pending(), 0);
    }
}

#[test]
fn who_was_no_volunteer_after_all_takes_no_volunteer_along_when_erased() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let [one, two] = [(); 2].map(|()| Kiosk::enrolled(&hub, centre, &clock));
    let who = one.resident("欧阳素芬");
    let linked = volunteer(&one, "何月英", who);
    let alone = Volunteer { resident_id: None, ..linked.clone() };
    for volunteer in [linked, alone] {
        one.write(move |store| store.put_volunteer(Actor::Cli, &volunteer));
        let _ = one.sync().expect("synced");
    }
    one.write(move |store| store.erase_person(Actor::Cli, who, "本人要求").map(drop));
    for kiosk in [&one, &two] {
        let _ = kiosk.sync().expect("synced");
        assert_eq!(kiosk.count("SELECT count(*) FROM volunteer WHERE name = '何月英' AND phone <> ''"), 1);
    }
}

#[test]
fn a_hundred_people_are_erased_in_a_log_of_a_million_lines_and_no_call_waits_for_it() {
    const LINES: i64 = 1_000_000;
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let one = Kiosk::enrolled(&hub, centre, &clock);
    let people: Vec<ResidentId> = (0..100).map(|n| one.resident(&format!("王{n}"))).collect();
    let _ = one.sync().expect("synced");
    // A long life of this centre, of which this kiosk has read everything.
    let life = format!(
        "WITH head AS (UPDATE centre_head SET cseq = cseq + {LINES} RETURNING cseq - {LINES} AS before),
         lines AS (INSERT INTO op_log (centre_id, cseq, kiosk_id, incarnation, kseq, op_id, hlc_raw, schema_ver, change)
             SELECT '{centre}', before + n, gen_random_uuid(), 1, n, gen_random_uuid(), 0, 6,
                    '{{\"fields\": {{\"words\": \"王0爱下棋\"}}}}' FROM head, generate_series(1, {LINES}) n RETURNING 1)
         SELECT count(*) FROM lines"
    );
    assert_eq!(hub.ask(&life), LINES);
    let conn = rusqlite::Connection::open(one.paths.database()).expect("opens");
    conn.execute("UPDATE sync_state SET cursor = cursor + ?1, cursor_op = NULL", [LINES]).expect("read");
    for who in people {
        one.write(move |store| store.erase_person(Actor::Cli, who, "本人要求").map(drop));
    }
    let done = one.sync().expect("answered, not given up");
    assert!(done.pushed >= 100, "{done:?}");
    // Meanwhile others are let in and answered.
    let later = Kiosk::enrolled(&hub, centre, &clock);
    let _ = later.sync().expect("answered");
    hub.forgets();
    assert_eq!(hub.ask("SELECT count(*) FROM op_log WHERE change::text LIKE '%爱下棋%'"), 0);
}

#[test]
fn a_hub_that_ends_while_it_forgets_goes_on_when_it_is_called_again() {
    let (hub, clock) = (Hub::start(), clock_at(NOW));
    let centre = hub.centre("共和路");
    let one = Kiosk::enrolled(&hub, centre, &clock);
    let who = one.resident("欧阳素芬");
    let _ = one.sync().expect("synced");
    one.write(move |store| store.erase_person(Actor::Cli, who, "本人要求").map(drop));
    let _ = one.sync().expect("synced");
    hub.forgets();
    // As if it had ended before the first lines were emptied.
    let again = "WITH back AS (UPDATE centre_head SET log_emptied = 0 RETURNING 1),
         said AS (UPDATE op_log SET change = jsonb_set(change, '{fields}', '{\"name\": \"欧阳素芬\"}') WHERE cseq = 1 RETURNING 1)
         SELECT count(*) FROM back, said";
    assert_eq!(hub.ask(again), 1);
    let _ = one.sync().expect("synced");
    hub.forgets();
    assert_eq!(hub.ask("SELECT count(*) FROM op_log WHERE change::text LIKE '%欧阳素芬%'"), 0);
}
