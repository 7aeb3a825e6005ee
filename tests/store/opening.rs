//! Rules of the store, on real files.

use std::time::Duration;

use daycare_core::audit::Actor;
use daycare_core::card::{CardCode, Holder};
use daycare_core::ids::{MergeId, ResidentId, StaffId, VisitId};
use daycare_core::period::Period;
use daycare_core::staff::{Role, Staff, Tried};
use daycare_core::visit::{CheckedIn, Correction, HistoryFilter, State};
use daycare_kiosk::error::Error;
use daycare_store::paths::Paths;
use daycare_store::{Store, backup};

use testkit::centre::{Centre, moment};

fn correction(arrived: &str, left: Option<&str>) -> Correction {
    Correction {
        new_id: VisitId::new(),
        arrived_at: moment(arrived),
        left_at: left.map(moment),
        services: vec![],
        reason: "忘了签走".into(),
    }
}

#[test]
fn complaint_3_a_second_check_in_leaves_one_open_visit() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let who = centre.resident("王福全");
    let first = centre.check_in(who);
    let arrival = centre.arrival(who);
    let second = centre.store.check_in(Actor::Resident, &arrival).expect("answered");
    assert!(matches!(second, CheckedIn::AlreadyHere(ref visit) if visit.id == first));
    let totals = centre.store.history_totals(&HistoryFilter::default()).expect("counted");
    assert_eq!((totals.rows, totals.visits, totals.people), (1, 1, 1));
}

#[test]
fn the_same_check_in_sent_twice_is_written_once() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let who = centre.resident("王福全");
    let arrival = centre.arrival(who);
    for _ in 0..3 {
        let answer = centre.store.check_in(Actor::Resident, &arrival).expect("answered");
        assert!(matches!(answer, CheckedIn::Done(_)));
    }
    assert_eq!(centre.store.history_totals(&HistoryFilter::default()).expect("counted").rows, 1);
}

#[test]
fn complaint_6_an_undone_check_in_is_not_counted_and_stays_readable() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let who = centre.resident("王福全");
    let id = centre.check_in(who);
    centre.store.undo_check_in(Actor::Resident, id).expect("undone");
    assert_eq!(centre.store.history_totals(&HistoryFilter::default()).expect("counted").rows, 0);
    let kept = centre.store.visit(id).expect("read").expect("kept");
    assert_eq!(kept.state, State::Void);
    let again = centre.check_in(who);
    assert_ne!(again, id);
}

#[test]
fn complaint_7_a_forgotten_departure_never_turns_the_next_arrival_into_one() {
    let mut centre = Centre::at("2026-11-24T16:00:00");
    let who = centre.resident("王福全");
    let yesterday = centre.check_in(who);
    centre.clock.advance(Duration::from_hours(17));
    assert!(centre.store.open_visit(who).expect("read").is_none());
    let arrival = centre.arrival(who);
    let today = centre.store.check_in(Actor::Resident, &arrival).expect("answered");
    assert!(matches!(today, CheckedIn::Done(ref visit) if visit.day.to_string() == "2026-11-25"));
    let closed = centre.store.visit(yesterday).expect("read").expect("kept");
    assert_eq!((closed.state, closed.left_at), (State::NotRecorded, None));
}

#[test]
fn complaint_8_stale_open_visits_are_closed_and_can_be_corrected() {
    let mut centre = Centre::at("2026-11-24T16:00:00");
    let who = centre.resident("王福全");
    let id = centre.check_in(who);
    centre.clock.advance(Duration::from_hours(24));
    assert_eq!(centre.store.close_days_before_today().expect("closed"), 1);
    assert_eq!(centre.store.close_days_before_today().expect("closed"), 0);
    let with = correction("2026-11-24T16:00:00", Some("2026-11-24T17:30:00"));
    let new = centre.store.correct_visit(Actor::Cli, id, &with).expect("corrected");
    assert_eq!(new.state, State::Left);
    assert_eq!(centre.store.visit(id).expect("read").expect("kept").state, State::Superseded);
    let trail = centre.store.trail(new.id.uuid()).expect("read");
    let actions: Vec<_> = trail.iter().map(|e| e.action.as_str()).collect();
    assert_eq!(actions, ["visit.check_in", "visit.close_day", "visit.supersede", "visit.correct"]);
    assert_eq!(trail.last().and_then(|e| e.reason.as_deref()), Some("忘了签走"));
}

#[test]
fn complaint_10_a_visit_at_half_past_midnight_belongs_to_the_local_day() {
    let mut centre = Centre::at("2026-11-24T00:30:00");
    let who = centre.resident("王福全");
    centre.check_in(who);
    let day = "2026-11-24".parse().expect("a date");
    let report = centre.store.report(Period { from: day, to: day }).expect("counted");
    assert_eq!(report.visits, 1);
}

#[test]
fn complaint_11_a_clock_set_back_never_makes_somebody_leave_before_they_came() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let who = centre.resident("王福全");
    centre.check_in(who);
    centre.clock.set_wall(moment("2026-11-24T08:00:00"));
    let now = centre.clock.now();
    let visit = centre.store.check_out(Actor::Resident, who, now, None).expect("left");
    assert_eq!(visit.left_at, Some(visit.arrived_at));
}

#[test]
fn complaint_25_exact_times_of_arrival_and_departure_are_kept() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let who = centre.resident("王福全");
    let id = centre.check_in(who);
    centre.clock.advance(Duration::from_secs(3_661));
    let now = centre.clock.now();
    centre.store.check_out(Actor::Resident, who, now, None).expect("left");
    let visit = centre.store.visit(id).expect("read").expect("kept");
    assert_eq!(visit.left_at.map(|at| at.0 - visit.arrived_at.0), Some(3_661_000));
}

#[test]
fn complaint_27_a_late_entry_from_paper_needs_a_reason_and_is_written_once() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let who = centre.resident("王福全");
    let mut entry = correction("2026-11-20T09:00:00", Some("2026-11-20T11:00:00"));
    entry.reason = " ".into();
    assert!(matches!(centre.store.enter_late(Actor::Cli, who, &entry), Err(Error::Rule(_))));
    entry.reason = "停电，纸上登记".into();
    for _ in 0..2 {
        centre.store.enter_late(Actor::Cli, who, &entry).expect("written");
    }
    assert_eq!(centre.store.history_totals(&HistoryFilter::default()).expect("counted").rows, 1);
}

#[test]
fn impossible_corrections_are_refused_and_change_nothing() {
    let mut centre = Centre::at("2026-11-24T12:00:00");
    let who = centre.resident("王福全");
    let id = centre.check_in(who);
    for (arrived, left) in [
        ("2026-11-24T11:00:00", Some("2026-11-24T10:00:00")),
        ("2026-11-24T13:00:00", None),
        ("2026-11-23T22:00:00", Some("2026-11-24T08:00:00")),
    ] {
        let refused = centre.store.correct_visit(Actor::Cli, id, &correction(arrived, left));
        assert!(matches!(refused, Err(Error::Rule(_))), "{arrived}");
    }
    assert_eq!(centre.store.visit(id).expect("read").expect("kept").state, State::Open);
}

#[test]
fn a_correction_of_an_old_version_is_refused() {
    let mut centre = Centre::at("2026-11-24T12:00:00");
    let who = centre.resident("王福全");
    let id = centre.check_in(who);
    let with = correction("2026-11-24T11:00:00", Some("2026-11-24T11:30:00"));
    centre.store.correct_visit(Actor::Cli, id, &with).expect("corrected");
    centre.store.correct_visit(Actor::Cli, id, &with).expect("the same again is the same");
    let other = correction("2026-11-24T10:00:00", Some("2026-11-24T11:30:00"));
    assert!(matches!(centre.store.correct_visit(Actor::Cli, id, &other), Err(Error::Rule(_))));
}

#[test]
fn a_revoked_or_replaced_card_opens_nothing() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let who = centre.resident("王福全");
    let first = CardCode::from_random([1; 10]);
    let second = CardCode::from_random([2; 10]);
    centre.store.issue_card(Actor::Cli, Holder::Resident(who), &first).expect("issued");
    centre.store.issue_card(Actor::Cli, Holder::Resident(who), &second).expect("replaced");
    assert_eq!(centre.store.find_by_card(&first).expect("read"), None);
    assert_eq!(centre.store.find_by_card(&second).expect("read"), Some(Holder::Resident(who)));
    centre.store.revoke_cards(Actor::Cli, Holder::Resident(who), "lost").expect("revoked");
    assert_eq!(centre.store.find_by_card(&second).expect("read"), None);
}

#[test]
fn the_lock_of_a_wrong_pin_is_kept_over_a_restart() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let staff = Staff { id: StaffId::new(), name: "周敏".into(), role: Role::Caregiver };
    centre.store.add_staff(Actor::Cli, &staff, "246810").expect("added");
    assert!(centre.store.add_staff(Actor::Cli, &staff, "1234").is_err());
    for left in [4, 3, 2, 1] {
        let answer = centre.store.unlock(staff.id, "000000").expect("answered");
        assert_eq!(answer, Tried::Wrong { tries_left: left });
    }
    assert!(matches!(centre.store.unlock(staff.id, "000000"), Ok(Tried::Locked { .. })));
    let mut centre = centre.restart();
    assert!(matches!(centre.store.unlock(staff.id, "246810"), Ok(Tried::Locked { wait_ms: 60_000 })));
    centre.clock.advance(Duration::from_secs(61));
    assert_eq!(centre.store.unlock(staff.id, "246810").expect("answered"), Tried::Opened(staff));
}

#[test]
fn a_damaged_database_is_set_aside_and_the_newest_backup_takes_its_place() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let who = centre.resident("王福全");
    centre.check_in(who);
    backup::create(&centre.store).expect("backed up");
    let (paths, clock) = (centre.paths(), centre.clock.clone());
    drop(centre.store);
    std::fs::write(paths.database(), vec![7u8; 9000]).expect("damaged");
    assert!(matches!(Store::open(&paths, &clock), Err(Error::Damaged { .. })));
    let recovery = backup::recover(&paths, &clock).expect("recovered");
    assert!(recovery.set_aside.expect("kept").join("kiosk.db").exists());
    let store = Store::open(&paths, &clock).expect("opens");
    assert!(store.open_visit(who).expect("read").is_some());
}

#[test]
fn a_damaged_database_without_a_backup_is_never_replaced_by_an_empty_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = Paths::new(folder.path());
    let clock = testkit::centre::clock_at("2026-11-24T09:00:00");
    std::fs::write(paths.database(), vec![7u8; 9000]).expect("damaged");
    assert!(backup::recover(&paths, &clock).is_err());
    assert_eq!(std::fs::read(paths.database()).expect("still there"), vec![7u8; 9000]);
}

#[test]
fn a_torn_backup_is_not_restored() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    centre.resident("王福全");
    let good = backup::create(&centre.store).expect("backed up");
    let bytes = std::fs::read(good.join("kiosk.db")).expect("read");
    std::fs::write(good.join("kiosk.db"), &bytes[..bytes.len() / 2]).expect("torn");
    assert!(backup::restore(&centre.paths(), &centre.clock, &good).is_err());
    assert!(backup::newest(&centre.paths()).is_none());
    assert_eq!(centre.store.residents().expect("still there").len(), 1);
}

#[test]
fn the_newest_backup_is_the_one_with_the_most_in_it_whatever_its_name_says() {
    let mut centre = Centre::at("2027-05-01T09:00:00");
    centre.resident("王福全");
    let ahead = backup::create(&centre.store).expect("backed up, with a clock that is ahead");
    centre.clock.set_wall(moment("2026-11-24T09:00:00"));
    let who = centre.resident("欧阳素芬");
    centre.check_in(who);
    let latest = backup::create(&centre.store).expect("backed up");
    assert_eq!(backup::newest(&centre.paths()), Some(latest.clone()));
    assert!(ahead.file_name() > latest.file_name());
    backup::thin(&centre.paths(), 1).expect("thinned");
    assert!(latest.exists() && !ahead.exists(), "the one just made is never thinned");
}

#[test]
fn after_a_restore_the_backups_of_the_given_up_past_are_not_the_newest() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    centre.resident("王福全");
    let chosen = backup::create(&centre.store).expect("backed up");
    for name in ["一", "二", "三"] {
        centre.resident(name);
    }
    let given_up = backup::create(&centre.store).expect("backed up");
    let (paths, clock) = (centre.paths(), centre.clock.clone());
    drop(centre.store);
    backup::restore(&paths, &clock, &chosen).expect("restored");
    let store = Store::open(&paths, &clock).expect("opens");
    let fresh = backup::create(&store).expect("backed up");
    assert_eq!(backup::newest(&paths), Some(fresh));
    assert!(given_up.exists());
}

#[test]
fn a_copy_at_the_second_place_is_made_once_thinned_and_forgets_the_erased() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let stick = tempfile::tempdir().expect("a stick");
    let who = centre.resident("王福全");
    for day in 1..=4 {
        centre.clock.advance(Duration::from_hours(24));
        centre.resident(&format!("客人{day}"));
        backup::create(&centre.store).expect("backed up");
        for _ in 0..3 {
            keep_copy(&mut centre.store, stick.path(), 2).expect("copied");
        }
    }
    let copies = || std::fs::read_dir(stick.path()).expect("read").count();
    assert_eq!(copies(), 2, "one a backup, the oldest removed");
    let gone = "本人要求".to_owned();
    let _ = centre.store.erase_person(Actor::Program, who, &gone).expect("erased");
    keep_copy(&mut centre.store, stick.path(), 2).expect("copied");
    assert_eq!(copies(), 1);
    assert!(!holds(stick.path(), "王福全") && holds(stick.path(), "客人4"));
}

#[test]
fn a_second_place_that_is_not_there_is_not_made_and_backups_of_others_stay() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    centre.resident("王福全");
    backup::create(&centre.store).expect("backed up");
    let disk = tempfile::tempdir().expect("a disk");
    let place = disk.path().join("backups");
    assert!(keep_copy(&mut centre.store, &place, 1).is_err(), "the stick is not plugged in");
    assert!(!place.exists());
    std::fs::create_dir(&place).expect("plugged in");
    // A much older machine has its backups there.
    let mut other = Centre::at("2026-01-01T09:00:00");
    let _ = other.store.secret().expect("a key of its own");
    for number in 0..30 {
        other.resident(&format!("别人{number}"));
    }
    backup::write(&other.store, &place.join("2026-01-01-020000")).expect("written");
    let _ = centre.store.secret().expect("a key of its own");
    centre.clock.advance(Duration::from_hours(24));
    let newest = backup::create(&centre.store).expect("backed up");
    keep_copy(&mut centre.store, &place, 1).expect("copied");
    assert!(place.join(newest.file_name().expect("a name")).exists(), "never thinned as it is made");
    assert!(place.join("2026-01-01-020000").exists());
}

#[test]
fn restoring_a_backup_of_after_an_erasure_removes_nothing_that_it_set_aside() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let who = centre.resident("王福全");
    let _ = centre.store.erase_person(Actor::Program, who, "本人要求").expect("erased");
    let chosen = backup::newest(&centre.paths()).expect("a backup");
    centre.resident("欧阳素芬");
    let (paths, clock) = (centre.paths(), centre.clock.clone());
    drop(centre.store);
    let aside = backup::restore(&paths, &clock, &chosen).expect("restored").expect("set aside");
    let mut store = Store::open(&paths, &clock).expect("opens");
    store.forget_what_is_noted().expect("nothing is noted");
    assert!(aside.join("kiosk.db").exists());
}

#[test]
fn what_a_power_cut_left_of_a_backup_or_a_restore_is_forgotten_with_the_person() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let who = centre.resident("王福全");
    let paths = centre.paths();
    let whole = backup::create(&centre.store).expect("backed up");
    for left in [paths.backups().join("2026-11-20-020000.part"), paths.root().join("restoring")] {
        std::fs::create_dir_all(&left).expect("made");
        let _ = std::fs::copy(whole.join("kiosk.db"), left.join("kiosk.db")).expect("copied");
    }
    assert!(holds(paths.root(), "王福全"));
    let _ = centre.store.erase_person(Actor::Program, who, "本人要求").expect("erased");
    assert!(!holds(paths.root(), "王福全"));
}

#[test]
fn an_erasure_whose_copies_cannot_go_yet_is_worked_off_later() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let who = centre.resident("王福全");
    let paths = centre.paths();
    backup::create(&centre.store).expect("backed up");
    let reader = rusqlite::Connection::open(paths.database()).expect("opened");
    reader.execute_batch("BEGIN; SELECT count(*) FROM resident").expect("reading");
    assert!(centre.store.erase_person(Actor::Program, who, "本人要求").is_err(), "somebody reads");
    assert!(holds(paths.root(), "王福全"));
    drop(reader);
    // The program ends here and starts again.
    drop(centre.store);
    let mut store = Store::open(&paths, &centre.clock).expect("opens");
    store.forget_what_is_noted().expect("worked off");
    assert!(!holds(paths.root(), "王福全"));
    let copies = backup::list(&paths).len();
    store.forget_what_is_noted().expect("nothing to do");
    assert_eq!(backup::list(&paths).len(), copies);
}

#[test]
#[cfg(unix)]
fn nobody_else_may_read_what_the_program_writes() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut centre = Centre::at("2026-11-24T09:00:00");
    centre.resident("王福全");
    let paths = centre.paths();
    std::fs::set_permissions(paths.database(), std::fs::Permissions::from_mode(0o644)).expect("opened");
    backup::create(&centre.store).expect("backed up");
    drop(centre.store);
    let store = Store::open(&paths, &centre.clock).expect("opens");
    let mut open = Vec::new();
    let mut folders = vec![paths.root().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("read").flatten() {
            let mode = entry.metadata().expect("read").permissions().mode();
            if mode & 0o077 != 0 {
                open.push((entry.path(), format!("{mode:o}")));
            }
            if entry.path().is_dir() {
                folders.push(entry.path());
            }
        }
    }
    assert!(open.is_empty(), "{open:?}");
    drop(store);
}

/// As the program keeps its second place.
fn keep_copy(store: &mut Store, place: &std::path::Path, kept: u32) -> daycare_kiosk::error::Result<()> {
    backup::keep_copy(store, place, kept)?.map_or(Ok(()), |mark| store.second_place_forgot(&mark))
}

/// Whether some file under a folder holds these words.
fn holds(folder: &std::path::Path, words: &str) -> bool {
    std::fs::read_dir(folder).expect("read").flatten().any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            return holds(&path, words);
        }
        let bytes = std::fs::read(&path).expect("read");
        bytes.windows(words.len()).any(|window| window == words.as_bytes())
    })
}

#[test]
fn history_is_found_by_day_yard_state_and_first_letters() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let zeng = centre.resident("曾桂英");
    let wang = centre.resident("王福全");
    centre.check_in(zeng);
    centre.check_in(wang);
    let find = |filter: HistoryFilter| {
        let rows = centre.store.history(&filter, 0, 50).expect("read");
        rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    assert_eq!(find(HistoryFilter { text: "zgy".into(), ..Default::default() }), ["曾桂英"]);
    assert_eq!(find(HistoryFilter { resident: Some(wang), ..Default::default() }), ["王福全"]);
    assert_eq!(find(HistoryFilter { text: "nobody".into(), ..Default::default() }), [""; 0]);
    assert_eq!(find(HistoryFilter { not_recorded_only: true, ..Default::default() }), [""; 0]);
    assert_eq!(find(HistoryFilter::default()).len(), 2);
}

#[test]
fn a_database_of_the_program_before_keeps_its_cards_calls_and_consents_and_its_trail_is_sealed() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = Paths::new(folder.path());
    std::fs::create_dir_all(paths.database().parent().expect("a folder")).expect("made");
    let conn = rusqlite::Connection::open(paths.database()).expect("opens");
    for sql in [
        include_str!("../../crates/store/src/migrations/0001_init.sql"),
        include_str!("../../crates/store/src/migrations/0002_appointments.sql"),
    ] {
        conn.execute_batch(sql).expect("made");
    }
    let who = ResidentId::from_u128(7);
    let code = CardCode::from_random([5; 10]);
    let id = who.uuid().into_bytes();
    conn.execute(
        "INSERT INTO resident VALUES (?1, '王福全', '爷爷', NULL, NULL, NULL, '', '', '', '', NULL, '', '', '', '', '', 'none', 'active', 0, 0)",
        [id],
    )
    .expect("written");
    conn.execute(
        "INSERT INTO card (id, resident_id, code, issued_at) VALUES (?1, ?1, ?2, 5)",
        rusqlite::params![id, code.as_str()],
    )
    .expect("written");
    conn.execute(
        "INSERT INTO follow_up (id, resident_id, kind, raised_at) VALUES (?1, ?1, 'recheck', 9)",
        [id],
    )
    .expect("written");
    conn.execute(
        "INSERT INTO consent (resident_id, purpose, given, decided_on, witness, at) VALUES (?1, 'sharing', 1, '2026-11-01', '周敏', 9)",
        [id],
    )
    .expect("written");
    conn.execute_batch(
        "INSERT INTO audit (at, actor, action, entity, entity_id, after) VALUES (9, 'cli', 'resident.put', 'resident', x'07', '{}');
         PRAGMA user_version = 2",
    )
    .expect("said");
    drop(conn);
    let store =
        Store::open(&paths, &testkit::centre::clock_at("2026-11-24T09:00:00")).expect("opens and migrates");
    assert_eq!(store.find_by_card(&code).expect("read"), Some(Holder::Resident(who)));
    assert_eq!(store.cards_of(Holder::Resident(who)).expect("read").len(), 1);
    assert_eq!(store.follow_ups().expect("read").len(), 1);
    assert_eq!(store.consents(who).expect("read").len(), 1);
    let chain = store.check_trail().expect("read");
    assert!(chain.rows >= 1 && chain.broken_at.is_none(), "{chain:?}");
    assert!(store.teams().expect("read").len() >= 6, "what is new is seeded");
}

/// A database as the program before merges were synced has left it, with one merge.
fn before_merges_were_synced(paths: &Paths) -> (ResidentId, ResidentId, MergeId) {
    std::fs::create_dir_all(paths.root()).expect("made");
    let conn = rusqlite::Connection::open(paths.database()).expect("opens");
    for sql in [
        include_str!("../../crates/store/src/migrations/0001_init.sql"),
        include_str!("../../crates/store/src/migrations/0002_appointments.sql"),
        include_str!("../../crates/store/src/migrations/0003_activities.sql"),
        include_str!("../../crates/store/src/migrations/0004_desk.sql"),
        include_str!("../../crates/store/src/migrations/0005_sync.sql"),
    ] {
        conn.execute_batch(sql).expect("made");
    }
    let (kept, merged) = (testkit::centre::person("王福全"), testkit::centre::person("王福全"));
    let id = MergeId::from_u128(9);
    let resident = "INSERT INTO resident (id, name, called_by, phone, yard, door, grid, contact_name, contact_phone, remark,
        pinyin, picture, escort, standing, created_at, updated_at, merged_into_id)
        VALUES (?1, '王福全', '爷爷', '', '', '', '', '', '', '', 'wang', 'panda', 'none', ?2, 0, 0, ?3)";
    let key = |id: ResidentId| id.uuid().into_bytes();
    let none: Option<[u8; 16]> = None;
    conn.execute(resident, rusqlite::params![key(kept.id), "active", none]).expect("written");
    conn.execute(resident, rusqlite::params![key(merged.id), "archived", Some(key(kept.id))])
        .expect("written");
    let file = serde_json::json!({ "profile": kept.profile, "plan": null, "id_hash": null });
    let file = serde_json::json!({ "before": file, "after": file, "other_hash": null }).to_string();
    conn.execute(
        "INSERT INTO merge (id, kept_id, merged_id, kept, standing, made_at) VALUES (?1, ?2, ?3, ?4, 'active', 5)",
        rusqlite::params![id.uuid().into_bytes(), key(kept.id), key(merged.id), file],
    )
    .expect("written");
    conn.execute(
        "INSERT INTO visit (id, resident_id, day, arrived_at, left_at, state, source)
         VALUES (?1, ?2, '2026-11-20', 1, 2, 'left', 'card')",
        rusqlite::params![[7u8; 16], key(kept.id)],
    )
    .expect("written");
    conn.execute(
        "INSERT INTO merge_row (merge_id, entity, row) VALUES (?1, 'visit', ?2)",
        rusqlite::params![id.uuid().into_bytes(), [7u8; 16]],
    )
    .expect("written");
    conn.execute_batch("PRAGMA user_version = 5").expect("as it was");
    (kept.id, merged.id, id)
}

#[test]
fn a_merge_of_the_program_before_is_taken_back_with_its_rows() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = Paths::new(folder.path());
    let (kept, merged, id) = before_merges_were_synced(&paths);
    let mut store = Store::open(&paths, &testkit::centre::clock_at("2026-11-24T09:00:00")).expect("migrates");
    assert_eq!(store.merges().expect("read").len(), 1);
    store.undo_merge(Actor::Cli, id).expect("taken back");
    let visits = |who| {
        let filter = HistoryFilter { resident: Some(who), ..HistoryFilter::default() };
        store.history(&filter, 0, 10).expect("read").len()
    };
    assert_eq!((visits(kept), visits(merged)), (0, 1));
}

#[test]
fn a_newer_program_changes_no_table_under_a_kiosk_that_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = Paths::new(folder.path());
    let _ = before_merges_were_synced(&paths);
    let version = || -> u32 {
        let conn = rusqlite::Connection::open(paths.database()).expect("opens");
        conn.query_row("PRAGMA user_version", [], |row| row.get(0)).expect("read")
    };
    let list = || {
        let mut kiosk = std::process::Command::new(env!("CARGO_BIN_EXE_kiosk"));
        let kiosk = kiosk.arg("--data").arg(folder.path()).args(["staff", "list"]);
        kiosk.output().expect("runs").status.success()
    };
    // As a kiosk that runs holds it.
    let lock = std::fs::File::create(paths.lock()).expect("made");
    lock.lock().expect("locked");
    assert!(!list(), "refused");
    assert_eq!(version(), 5);
    lock.unlock().expect("ended");
    assert!(list());
    assert!(version() > 5);
}

#[test]
fn a_backup_beside_the_writer_is_whole_while_people_come_and_go() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let people: Vec<ResidentId> = (0..200).map(|n| centre.resident(&format!("王{n}"))).collect();
    let arrivals: Vec<_> = people.iter().map(|who| centre.arrival(*who)).collect();
    let paths = centre.paths();
    let handle = daycare_store::handle::StoreHandle::start(centre.store).expect("starts");
    let beside = handle.beside(backup::create);
    let making = std::thread::spawn(move || futures::executor::block_on(beside).expect("backed up"));
    for arrival in arrivals {
        let came = handle.write(move |store| store.check_in(Actor::Resident, &arrival).map(drop));
        futures::executor::block_on(came).expect("here");
    }
    let made = making.join().expect("ended");
    backup::check(&made).expect("whole");
    assert_eq!(backup::newest(&paths), Some(made));
}

#[test]
fn an_erasure_during_a_backup_waits_for_it_and_leaves_nothing_behind() {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let who = centre.resident("王福全");
    let paths = centre.paths();
    // As whoever writes a backup holds it.
    let lock = std::fs::File::create(paths.backups_lock()).expect("made");
    lock.lock().expect("locked");
    let refused = centre.store.erase_person(Actor::Program, who, "本人要求");
    assert!(matches!(refused, Err(Error::Rule(daycare_kiosk::error::Rule::ErasedDatabaseInUse))));
    lock.unlock().expect("ended");
    centre.store.forget_what_is_noted().expect("worked off");
    assert!(!holds(paths.root(), "王福全"));
}

#[test]
fn a_database_that_cannot_grow_says_that_the_disk_is_full() {
    use daycare_store::error::{DatabaseFault, Error};
    let conn = rusqlite::Connection::open_in_memory().expect("opens");
    conn.execute_batch("CREATE TABLE t (x BLOB); PRAGMA max_page_count = 4;").expect("small");
    let full = conn.execute("INSERT INTO t VALUES (zeroblob(100000))", []).expect_err("no room");
    let error = Error::from(full);
    assert!(matches!(error, Error::Database { fault: DatabaseFault::Full, .. }), "{error:?}");
    assert!(format!("{error:?}").contains("disk full"));
    let conn = rusqlite::Connection::open_in_memory().expect("opens");
    conn.execute_batch("CREATE TABLE t (x INTEGER PRIMARY KEY); INSERT INTO t VALUES (1);").expect("made");
    let twice = Error::from(conn.execute("INSERT INTO t VALUES (1)", []).expect_err("twice"));
    assert!(matches!(twice, Error::Database { fault: DatabaseFault::Duplicate, .. }), "{twice:?}");
}
