//! The desk: merged files, erasure, the sealed trail, who may do what.

use std::path::Path;

use chrono::NaiveDate;
use daycare_core::access::Permission;
use daycare_core::appointment::Closure;
use daycare_core::audit::Actor;
use daycare_core::card::{CardCode, Holder};
use daycare_core::care_plan::{CarePlan, Relative, Risk};
use daycare_core::consent::{Consent, Purpose};
use daycare_core::ids::{
    HandoverId, MergeId, ReadingId, RelativeId, ResidentId, StaffId, VisitId, WelfareCheckId,
};
use daycare_core::period::Period;
use daycare_core::resident::{ArchivedAs, Resident, Standing};
use daycare_core::staff::{Role, Staff, Tried};
use daycare_core::visit::{Correction, HistoryFilter};
use daycare_core::vitals::{Kind, Origin, Reading, Value};
use daycare_core::welfare::{Check, CheckResult, CheckWay, State};
use daycare_kiosk::error::Error;
use daycare_kiosk::i18n::pinyin::reading;
use daycare_kiosk::intake::registry::Registry;
use daycare_store::import::Mode;
use daycare_store::privacy::Expired;
use proptest::prelude::*;
use rusqlite::Connection;

use testkit::centre::{Centre, moment, person};

const NOW: &str = "2026-11-24T09:00:00";
const PIN: &str = "246810";

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn staff(centre: &mut Centre, name: &str, role: Role) -> Actor {
    let staff = Staff { id: StaffId::new(), name: name.into(), role };
    centre.store.add_staff(Actor::Cli, &staff, PIN).expect("added");
    Actor::Staff(staff.id)
}

fn late(centre: &mut Centre, who: ResidentId, from: &str, to: &str) -> VisitId {
    let entry = Correction {
        new_id: VisitId::new(),
        arrived_at: moment(from),
        left_at: Some(moment(to)),
        services: vec![],
        reason: "补录".into(),
    };
    centre.store.enter_late(Actor::Cli, who, &entry).expect("written").id
}

/// Every table's rows, but for the trail and the merges themselves.
fn snapshot(centre: &Centre) -> Vec<String> {
    let conn = Connection::open(centre.paths().database()).expect("opens");
    let tables: Vec<String> = {
        let sql = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
                   AND name NOT LIKE 'sqlite_%' AND name NOT IN ('audit', 'merge', 'merge_row', 'op') ORDER BY name";
        let mut statement = conn.prepare(sql).expect("prepared");
        let names = statement.query_map([], |row| row.get(0)).expect("asked");
        names.collect::<Result<_, _>>().expect("read")
    };
    let mut all = Vec::new();
    for table in tables {
        let mut statement = conn.prepare(&format!("SELECT * FROM {table}")).expect("prepared");
        let columns = statement.column_count();
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([]).expect("asked");
        let mut lines = Vec::new();
        while let Some(row) = rows.next().expect("read") {
            let cells = (0..columns).filter(|at| names[*at] != "updated_at");
            let cells: Vec<String> =
                cells.map(|at| format!("{:?}", row.get_ref(at).expect("a cell"))).collect();
            lines.push(format!("{table}: {}", cells.join("|")));
        }
        lines.sort();
        all.extend(lines);
    }
    all
}

/// What may happen to one of two files before they are merged.
#[derive(Debug, Clone)]
enum Happens {
    CameOn(usize, u32),
    HereNow(usize),
    Card(usize, u8),
    Consent(usize, bool),
    Care(usize),
    Family(usize),
    Checked(usize),
    Checkup(usize),
}

fn happenings() -> impl Strategy<Value = Vec<Happens>> {
    let who = 0..2usize;
    prop::collection::vec(
        prop_oneof![
            (who.clone(), 1..20u32).prop_map(|(w, d)| Happens::CameOn(w, d)),
            who.clone().prop_map(Happens::HereNow),
            (who.clone(), 0..200u8).prop_map(|(w, n)| Happens::Card(w, n)),
            (who.clone(), any::<bool>()).prop_map(|(w, g)| Happens::Consent(w, g)),
            who.clone().prop_map(Happens::Care),
            who.clone().prop_map(Happens::Family),
            who.clone().prop_map(Happens::Checked),
            who.prop_map(Happens::Checkup),
        ],
        0..14,
    )
}

fn let_happen(centre: &mut Centre, people: [ResidentId; 2], what: &Happens) {
    let store = &mut centre.store;
    match what {
        Happens::CameOn(who, back) => {
            let on = day("2026-11-24") - chrono::Days::new(u64::from(*back));
            let _ = late(centre, people[*who], &format!("{on}T09:00:00"), &format!("{on}T11:00:00"));
        }
        Happens::HereNow(who) => {
            let _ = centre.check_in(people[*who]);
        }
        Happens::Card(who, bits) => {
            let code = CardCode::from_random([*bits; 10]);
            drop(store.issue_card(Actor::Cli, Holder::Resident(people[*who]), &code));
        }
        Happens::Consent(who, given) => {
            let consent = Consent {
                purpose: Purpose::Health,
                given: *given,
                decided_on: day("2026-11-01"),
                witness: "周敏".into(),
                guardian: String::new(),
            };
            store.decide_consent(Actor::Cli, people[*who], &consent).expect("written");
        }
        Happens::Care(who) => {
            let plan = CarePlan { allergies: format!("青霉素{who}"), ..CarePlan::default() };
            store.put_care_plan(Actor::Cli, people[*who], &plan).expect("written");
        }
        Happens::Family(who) => {
            let relative = Relative {
                id: RelativeId::new(),
                name: "王建军".into(),
                relation: "儿子".into(),
                phone: "13800002206".into(),
                collects: true,
            };
            store.put_relative(Actor::Cli, people[*who], &relative).expect("written");
        }
        Happens::Checked(who) => {
            let check = check(CheckResult::Safe);
            store.add_welfare_check(Actor::Cli, people[*who], &check, None).expect("written");
        }
        Happens::Checkup(who) => {
            store.set_checkup_item(Actor::Cli, people[*who], "ecg", true).expect("written");
        }
    }
}

fn check(result: CheckResult) -> Check {
    Check {
        id: WelfareCheckId::new(),
        at: moment(NOW),
        way: CheckWay::Phone,
        result,
        note: String::new(),
        by: String::new(),
    }
}

fn two_files(centre: &mut Centre) -> [ResidentId; 2] {
    let mut one = person("王桂芳");
    one.profile.yard = "望江雅居".into();
    let mut two = person("王桂芳");
    two.profile.phone = "13800001234".into();
    two.profile.yard = "科华苑".into();
    two.profile.door = "2-301".into();
    for resident in [&one, &two] {
        centre.store.put_resident(Actor::Cli, resident, "").expect("written");
    }
    [one.id, two.id]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn complaint_23_a_merge_loses_no_visit_and_taking_it_back_restores_every_row(what in happenings()) {
        let mut centre = Centre::at(NOW);
        let people = two_files(&mut centre);
        for happens in &what {
            let_happen(&mut centre, people, happens);
        }
        let before = snapshot(&centre);
        let everyone = HistoryFilter::default();
        let days = centre.store.history_totals(&everyone).expect("counted");
        let of = |centre: &Centre, who| {
            let filter = HistoryFilter { resident: Some(who), ..HistoryFilter::default() };
            centre.store.history(&filter, 0, 1000).expect("read").len()
        };
        let sum = of(&centre, people[0]) + of(&centre, people[1]);
        let id = MergeId::new();
        centre.store.merge_residents(Actor::Cli, id, people[0], people[1]).expect("merged");
        prop_assert_eq!(of(&centre, people[0]), sum, "every stay is with the kept file");
        prop_assert_eq!(of(&centre, people[1]), 0);
        let after = centre.store.history_totals(&everyone).expect("counted");
        prop_assert!(after.visits <= days.visits && after.people <= 1);
        centre.store.undo_merge(Actor::Cli, id).expect("taken back");
        prop_assert_eq!(snapshot(&centre), before);
    }
}

#[test]
fn what_is_entered_after_a_merge_stays_and_a_correction_goes_back_with_its_visit() {
    let mut centre = Centre::at(NOW);
    let [kept, merged] = two_files(&mut centre);
    let old = late(&mut centre, merged, "2026-11-20T09:00:00", "2026-11-20T10:00:00");
    let id = MergeId::new();
    centre.store.merge_residents(Actor::Cli, id, kept, merged).expect("merged");
    let with = Correction {
        new_id: VisitId::new(),
        arrived_at: moment("2026-11-20T09:30:00"),
        left_at: Some(moment("2026-11-20T11:00:00")),
        services: vec![],
        reason: "记错了".into(),
    };
    let _ = centre.store.correct_visit(Actor::Cli, old, &with).expect("corrected");
    let _ = late(&mut centre, kept, "2026-11-23T09:00:00", "2026-11-23T10:00:00");
    let phone = centre.store.resident(kept).expect("read").expect("there").profile.phone;
    assert_eq!(phone, "13800001234", "an empty field is filled");
    centre.store.undo_merge(Actor::Cli, id).expect("taken back");
    let of = |who| HistoryFilter { resident: Some(who), ..HistoryFilter::default() };
    let back = centre.store.history(&of(merged), 0, 10).expect("read");
    assert_eq!(back.iter().map(|row| row.visit.id).collect::<Vec<_>>(), [with.new_id]);
    assert_eq!(centre.store.history(&of(kept), 0, 10).expect("read").len(), 1);
}

#[test]
fn a_correction_of_the_times_keeps_what_the_book_said_it_was_for() {
    let mut centre = Centre::at(NOW);
    let who = centre.resident("王福全");
    let visit = late(&mut centre, who, "2026-11-20T09:00:00", "2026-11-20T10:00:00");
    let conn = Connection::open(centre.paths().database()).expect("opens");
    let said = |id: VisitId| -> String {
        conn.query_row("SELECT other_words FROM visit WHERE id = ?1", [id.uuid().into_bytes()], |row| {
            row.get(0)
        })
        .expect("read")
    };
    let _ = conn
        .execute("UPDATE visit SET other_words = '拿药' WHERE id = ?1", [visit.uuid().into_bytes()])
        .expect("written");
    let with = Correction {
        new_id: VisitId::new(),
        arrived_at: moment("2026-11-20T09:30:00"),
        left_at: None,
        services: vec![],
        reason: "记错了".into(),
    };
    let _ = centre.store.correct_visit(Actor::Cli, visit, &with).expect("corrected");
    assert_eq!((said(with.new_id).as_str(), said(visit).as_str()), ("拿药", "拿药"));
}

#[test]
fn merges_are_taken_back_in_their_order_and_the_same_one_twice_is_one() {
    let mut centre = Centre::at(NOW);
    let [a, b] = two_files(&mut centre);
    let c = centre.resident("王桂芬");
    let (first, second) = (MergeId::new(), MergeId::new());
    centre.store.merge_residents(Actor::Cli, first, a, b).expect("merged");
    centre.store.merge_residents(Actor::Cli, first, a, b).expect("once");
    centre.store.merge_residents(Actor::Cli, second, a, c).expect("merged");
    assert!(matches!(centre.store.undo_merge(Actor::Cli, first), Err(Error::Rule(_))));
    assert!(matches!(centre.store.merge_residents(Actor::Cli, MergeId::new(), b, a), Err(Error::Rule(_))));
    let active = Standing::Active;
    assert!(matches!(centre.store.set_standing(Actor::Cli, b, active, ""), Err(Error::Rule(_))));
    let named = centre.store.named_residents().expect("read");
    assert!(named.iter().all(|resident| resident.id == a), "a book's names lead to the kept file");
    centre.store.undo_merge(Actor::Cli, second).expect("taken back");
    centre.store.undo_merge(Actor::Cli, first).expect("taken back");
    assert_eq!(centre.store.merges().expect("read"), []);
}

/// Whether any file below a folder holds these bytes.
fn found_in(folder: &Path, words: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(found_in(&path, words));
        } else if std::fs::read(&path).expect("read").windows(words.len()).any(|part| part == words) {
            found.push(path.display().to_string());
        }
    }
    found
}

const NAME: &str = "欧阳素芬";
const PHONE: &str = "13800005678";
const ALLERGY: &str = "青霉素过敏";

fn known_person(centre: &mut Centre) -> ResidentId {
    let mut one = person(NAME);
    one.profile.phone = PHONE.into();
    one.profile.yard = "望江雅居".into();
    let id = one.id;
    let store = &mut centre.store;
    store.put_resident(Actor::Cli, &one, "").expect("written");
    let plan = CarePlan { allergies: ALLERGY.into(), risk: Some(Risk::High), ..CarePlan::default() };
    store.put_care_plan(Actor::Cli, id, &plan).expect("written");
    store.add_handover(Actor::Cli, HandoverId::new(), &format!("{NAME}今天没吃药")).expect("written");
    let reading = Reading {
        id: ReadingId::new(),
        resident_id: id,
        appointment_id: None,
        taken_at: moment("2026-11-20T09:00:00"),
        kind: Kind::BloodPressure,
        timing: None,
        value: Value { first: 151, second: Some(87) },
        parts: vec![Value { first: 151, second: Some(87) }],
        origin: Origin::Typed,
        limits: "t".into(),
        taken_by: String::new(),
    };
    store.add_readings(Actor::Cli, std::slice::from_ref(&reading), None).expect("written");
    let code = CardCode::from_random([7; 10]);
    store.issue_card(Actor::Cli, Holder::Resident(id), &code).expect("written");
    let _ = late(centre, id, "2026-11-20T09:00:00", "2026-11-20T10:00:00");
    id
}

#[test]
fn erasure_leaves_no_trace_in_database_log_copies_or_backups_and_the_counts_stay() {
    let mut centre = Centre::at(NOW);
    let id = known_person(&mut centre);
    let exports = centre.paths().exports();
    std::fs::create_dir_all(&exports).expect("made");
    std::fs::write(exports.join("visits.csv"), NAME).expect("written");
    let _ = daycare_store::backup::create(&centre.store).expect("a backup");
    for words in [NAME, PHONE, ALLERGY] {
        assert!(!found_in(centre.folder.path(), words.as_bytes()).is_empty(), "{words} is there before");
    }
    let rehearsed = centre.store.rehearse_erasure(Actor::Cli, id, "本人要求").expect("said");
    assert!(rehearsed.rows.iter().any(|(table, count)| table == "reading" && *count == 1));
    assert!(!found_in(centre.folder.path(), NAME.as_bytes()).is_empty(), "a rehearsal erases nothing");
    let erased = centre.store.erase_person(Actor::Cli, id, "本人要求").expect("erased");
    assert_eq!((erased.visits_kept, &erased.rows), (1, &rehearsed.rows));
    for words in [NAME, PHONE, ALLERGY] {
        assert_eq!(found_in(centre.folder.path(), words.as_bytes()), Vec::<String>::new(), "{words}");
    }
    let chain = centre.store.check_trail().expect("read");
    assert_eq!(chain.broken_at, None, "the trail is still whole");
    let all = Period { from: day("2026-11-01"), to: day("2026-11-24") };
    let report = centre.store.report(all).expect("counted");
    assert_eq!((report.visits, report.by_yard.get("望江雅居")), (1, Some(&1)));
    assert_eq!(daycare_store::backup::list(&centre.paths()).len(), 1);
    assert!(centre.store.named_residents().expect("read").is_empty());
    let centre = centre.restart();
    assert_eq!(found_in(centre.folder.path(), NAME.as_bytes()), Vec::<String>::new());
}

#[test]
fn erasing_follows_every_file_merged_into_this_one_and_the_reason_names_nobody() {
    let mut centre = Centre::at(NOW);
    let [third, second] = two_files(&mut centre);
    let first = known_person(&mut centre);
    for (kept, merged) in [(second, first), (third, second)] {
        centre.store.merge_residents(Actor::Cli, MergeId::new(), kept, merged).expect("merged");
    }
    let named = centre.store.named_residents().expect("read");
    assert!(named.iter().all(|one| one.id == third), "a name in a book leads through both merges");
    let refused = centre.store.erase_person(Actor::Cli, first, "本人要求");
    assert!(matches!(refused, Err(Error::Rule(_))), "a merged file is erased with the one it is part of");
    let reason = format!("{NAME}的女儿要求");
    let erased = centre.store.erase_person(Actor::Cli, third, &reason).expect("erased");
    assert_eq!(erased.visits_kept, 1);
    for words in [NAME, "王桂芳", PHONE, ALLERGY] {
        assert_eq!(found_in(centre.folder.path(), words.as_bytes()), Vec::<String>::new(), "{words}");
    }
}

#[test]
fn erasing_one_of_two_with_one_name_leaves_what_is_written_of_the_other() {
    let mut centre = Centre::at(NOW);
    let id = known_person(&mut centre);
    let mut other = person(&format!("{NAME}芳"));
    other.profile.contact_name = format!("{NAME}芳的儿子");
    other.profile.contact_phone = "13900009999".into();
    centre.store.put_resident(Actor::Cli, &other, "").expect("written");
    let erased = centre.store.erase_person(Actor::Cli, id, "本人要求").expect("erased");
    assert_eq!(erased.namesakes, 1, "the answer says that somebody has to read the notes");
    let left = centre.store.resident(other.id).expect("read").expect("there");
    assert_eq!(left.profile, other.profile);
    let trail = centre.store.trail(other.id.uuid()).expect("read");
    assert!(trail.iter().all(|line| line.after.is_some()), "their trail keeps its words");
    assert_eq!(found_in(centre.folder.path(), ALLERGY.as_bytes()), Vec::<String>::new());
}

#[test]
fn anybody_of_a_busy_centre_can_be_erased_and_no_row_points_to_nothing() {
    let mut centre = Centre::at(NOW);
    let _ = daycare_kiosk::demo::seed(&mut centre.store).expect("seeded");
    let conn = Connection::open(centre.paths().database()).expect("opens");
    let about_a_booking: i64 = conn
        .query_row("SELECT count(*) FROM follow_up WHERE appointment_id IS NOT NULL", [], |row| row.get(0))
        .expect("counted");
    assert!(about_a_booking > 0, "the demo has somebody to call about a booking");
    // What taking a merge back may leave: rows of one person that rest on another's.
    let crossed = conn
        .execute_batch(
            "UPDATE follow_up SET resident_id = (SELECT id FROM resident WHERE id <> follow_up.resident_id LIMIT 1);
             UPDATE appointment SET instead_of = (SELECT a.id FROM appointment a
                 WHERE a.resident_id <> appointment.resident_id LIMIT 1) WHERE status = 'cancelled';",
        );
    crossed.expect("crossed");
    drop(conn);
    let here = centre.store.roster().expect("read");
    let away: Vec<_> = here.iter().filter(|listed| listed.here_since.is_none()).collect();
    for listed in away {
        let erased = centre.store.rehearse_erasure(Actor::Cli, listed.resident.id, "本人要求");
        let _ = erased.unwrap_or_else(|e| panic!("{}: {e}", listed.resident.profile.name));
    }
}

#[test]
fn what_a_registry_says_of_a_merged_file_is_said_of_the_kept_one_too() {
    let mut centre = Centre::at(NOW);
    let [kept, merged] = two_files(&mut centre);
    centre.store.merge_residents(Actor::Cli, MergeId::new(), kept, merged).expect("merged");
    let file = centre.folder.path().join("registry.csv");
    std::fs::write(&file, "姓名,院落,门牌,电话,备注\n王桂芳,科华苑,2-301,13800007777,听力不好\n")
        .expect("written");
    let read = Registry::read(&file, day("2026-11-24"), reading).expect("read");
    let _ = centre.store.import_registry(Actor::Cli, Mode::WRITE, &read.rows).expect("imported");
    let now = centre.store.resident(kept).expect("read").expect("there").profile;
    assert_eq!(
        (now.phone.as_str(), now.remark.as_str(), now.yard.as_str()),
        ("13800007777", "听力不好", "望江雅居")
    );
    let active = centre.store.roster().expect("read").len();
    assert_eq!(active, 1, "the merged file stays closed");
    let again = centre.store.import_registry(Actor::Cli, Mode::WRITE, &read.rows).expect("imported");
    assert_eq!((again.updated, again.accepted), (0, 0), "the same file twice changes nothing");
}

#[test]
fn nobody_is_erased_while_here_or_without_a_reason() {
    let mut centre = Centre::at(NOW);
    let id = known_person(&mut centre);
    assert!(matches!(centre.store.erase_person(Actor::Cli, id, " "), Err(Error::Rule(_))));
    let _ = centre.check_in(id);
    assert!(matches!(centre.store.erase_person(Actor::Cli, id, "本人要求"), Err(Error::Rule(_))));
}

#[test]
fn nothing_expires_unless_the_centre_says_so_and_then_the_counts_stay() {
    let mut centre = Centre::at(NOW);
    let id = known_person(&mut centre);
    let _ = late(&mut centre, id, "2022-03-01T09:00:00", "2022-03-01T10:00:00");
    let _ = late(&mut centre, id, "2022-03-02T09:00:00", "2022-03-02T10:00:00");
    let moved = person("陈远行");
    centre.store.put_resident(Actor::Cli, &moved, "").expect("written");
    centre.store.archive_resident(Actor::Cli, moved.id, ArchivedAs::Moved, "").expect("archived");
    let year = Period { from: day("2022-01-01"), to: day("2022-12-31") };
    let before = centre.store.report(year).expect("counted");
    assert_eq!(centre.store.expire(Actor::Cli, false).expect("nothing"), Expired::default());
    centre.store.set_keep_years(Actor::Cli, 3).expect("set");
    let rehearsed = centre.store.expire(Actor::Cli, true).expect("said");
    assert_eq!((rehearsed.unlinked, rehearsed.people), (2, 0), "who left lately is kept");
    let old = daycare_store::backup::create(&centre.store).expect("a backup");
    assert_eq!(centre.store.expire(Actor::Cli, false).expect("done"), rehearsed);
    assert!(!old.exists(), "the older backups know too much");
    let after = centre.store.report(year).expect("counted");
    assert_eq!((after.visits, after.people, &after.by_yard), (before.visits, before.people, &before.by_yard));
    let of = HistoryFilter { resident: Some(id), ..HistoryFilter::default() };
    assert_eq!(
        centre.store.history(&of, 0, 10).expect("read").len(),
        1,
        "only what is young enough is theirs"
    );
    assert_eq!(centre.store.check_trail().expect("read").broken_at, None);
}

#[test]
fn a_copy_of_ones_data_holds_everything_and_no_pin() {
    let mut centre = Centre::at(NOW);
    let id = known_person(&mut centre);
    let copy = centre.store.export_person(Actor::Cli, id).expect("made");
    assert_eq!(copy["profile"]["name"], NAME);
    assert_eq!(copy["care_plan"][0]["allergies"], ALLERGY);
    for (what, count) in [("visits", 1), ("cards", 1), ("readings", 1), ("consents", 0)] {
        assert_eq!(copy[what].as_array().map(Vec::len), Some(count), "{what}");
    }
    assert!(!copy.to_string().contains("pin_hash"));
}

#[test]
fn a_changed_a_removed_and_a_slipped_in_line_break_the_chain() {
    let tampers = [
        "UPDATE audit SET after = replace(after, '福', '禄') WHERE id = (SELECT max(id) - 1 FROM audit)",
        "UPDATE audit SET actor = 'resident' WHERE id = (SELECT max(id) - 1 FROM audit)",
        "UPDATE audit SET before = NULL, after = NULL, reason = NULL WHERE id = (SELECT max(id) - 1 FROM audit)",
        "DELETE FROM audit WHERE id = (SELECT max(id) - 1 FROM audit)",
        "INSERT INTO audit (id, at, actor, action, entity, entity_id, salt, digest, seal)
         SELECT 99, at, actor, action, entity, entity_id, salt, digest, seal FROM audit WHERE id = (SELECT max(id) - 1 FROM audit)",
    ];
    for tamper in tampers {
        let mut centre = Centre::at(NOW);
        for name in ["王福全", "李福生", "张福来", "赵福贵"] {
            let _ = centre.resident(name);
        }
        let sound = centre.store.check_trail().expect("read");
        assert_eq!(sound.broken_at, None);
        let conn = Connection::open(centre.paths().database()).expect("opens");
        assert!(conn.execute(tamper, []).expect("changed") > 0, "{tamper}");
        assert!(centre.store.check_trail().expect("read").broken_at.is_some(), "{tamper}");
    }
}

/// Every action that the sources of the store write to the trail.
fn actions() -> Vec<String> {
    fn walk(folder: &Path, out: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).expect("text");
                for part in text.split('"').skip(1).step_by(2) {
                    let word =
                        |w: &str| !w.is_empty() && w.chars().all(|c| c.is_ascii_lowercase() || c == '_');
                    let known = ["sql", "db", "key", "lock"];
                    if let Some((entity, what)) = part.split_once('.')
                        && word(entity)
                        && word(what)
                        && !known.contains(&what)
                    {
                        out.push(part.to_owned());
                    }
                }
            }
        }
    }
    let mut all = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/store/src"), &mut all);
    all.sort();
    all.dedup();
    // Keys of settings look the same.
    let settings = [
        "backup.last",
        "backup.copied",
        "backup.restores",
        "centre.name",
        "clock.confirmed_line",
        "clock.doubt",
        "clock.jumps",
        "key.fingerprint",
        "screen.inches",
        "sync.hub",
        "sync.reread",
        "sync.snapshot",
        "privacy.keep_years",
        "privacy.copies_to_forget",
        "privacy.second_copies_to_forget",
    ];
    all.retain(|action| !settings.contains(&action.as_str()));
    all
}

#[test]
fn every_write_of_the_store_stands_in_the_table_of_permissions() {
    let all = actions();
    assert!(all.len() > 90, "{}", all.len());
    let unknown: Vec<_> = all
        .iter()
        .filter(|action| {
            Permission::of_action(action).is_none()
                && action.split_once('.').is_none_or(|(_, what)| what != "demo")
        })
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// A command that a role may or may not give.
type Command = fn(&mut Centre, Actor, &Resident) -> Result<(), Error>;

const COMMANDS: [(Permission, Command); 12] = [
    (Permission::Attendance, |c, a, r| c.store.check_in(a, &c.arrival(r.id)).map(drop)),
    (Permission::Registry, |c, a, r| {
        c.store.put_care_plan(a, r.id, &CarePlan { sight: true, ..CarePlan::default() })
    }),
    (Permission::Health, |c, a, r| c.store.set_checkup_item(a, r.id, "ecg", true)),
    (Permission::Welfare, |c, a, r| c.store.add_welfare_check(a, r.id, &check(CheckResult::Safe), None)),
    (Permission::ShiftBook, |c, a, _| c.store.add_handover(a, HandoverId::new(), "交班")),
    (Permission::Merge, |c, a, r| {
        let other = c.resident("王小二");
        c.store.merge_residents(a, MergeId::new(), r.id, other)
    }),
    (Permission::Staff, |c, a, _| {
        let new = Staff { id: StaffId::new(), name: "新人".into(), role: Role::Caregiver };
        c.store.add_staff(a, &new, PIN)
    }),
    (Permission::Privacy, |c, a, r| c.store.export_person(a, r.id).map(drop)),
    (Permission::Privacy, |c, a, r| c.store.rehearse_erasure(a, r.id, "本人要求").map(drop)),
    (Permission::Settings, |c, a, _| c.store.set_keep_years(a, 3)),
    (Permission::Appointments, |c, a, _| {
        c.store.close_day(a, &Closure { day: day("2026-12-24"), name: "检修".into() }).map(drop)
    }),
    (Permission::Attendance, |c, a, _| c.store.damage_seen(a)),
];

#[test]
fn every_command_goes_by_the_table_with_every_role() {
    for role in Role::ALL {
        for (at, (needed, command)) in COMMANDS.iter().enumerate() {
            let mut centre = Centre::at(NOW);
            let _ = staff(&mut centre, "主任", Role::Manager);
            let actor = staff(&mut centre, "某人", role);
            let resident = person("王福全");
            centre.store.put_resident(Actor::Cli, &resident, "").expect("written");
            let before = snapshot(&centre);
            let done = command(&mut centre, actor, &resident);
            if role.may(*needed) {
                assert_eq!(done, Ok(()), "{role:?} {at} {needed:?}");
            } else {
                assert_eq!(done, Err(Error::NotAllowed), "{role:?} {at} {needed:?}");
                let after = snapshot(&centre);
                let new: Vec<_> = after.iter().filter(|line| !before.contains(line)).collect();
                assert!(
                    new.iter().all(|line| line.contains("王小二") || line.starts_with("resident")),
                    "{new:?}"
                );
            }
        }
    }
}

#[test]
fn an_ended_account_may_nothing_at_once_and_one_manager_stays() {
    let mut centre = Centre::at(NOW);
    let manager = staff(&mut centre, "何静", Role::Manager);
    let caregiver = staff(&mut centre, "周敏", Role::Caregiver);
    let (Actor::Staff(boss), Actor::Staff(id)) = (manager, caregiver) else { panic!("staff") };
    assert!(centre.store.may_stay(id, moment(NOW)).expect("read"));
    centre.store.archive_staff(manager, id).expect("ended");
    assert!(!centre.store.may_stay(id, moment(NOW)).expect("read"));
    let who = centre.resident("王福全");
    let arrival = centre.arrival(who);
    assert_eq!(centre.store.check_in(caregiver, &arrival).map(drop), Err(Error::NotAllowed));
    assert!(matches!(centre.store.archive_staff(manager, boss), Err(Error::Rule(_))));
    assert!(matches!(centre.store.set_role(manager, boss, Role::Nurse), Err(Error::Rule(_))));
}

#[test]
fn who_is_signed_out_must_come_in_again_and_a_new_pin_needs_the_present_one() {
    let mut centre = Centre::at(NOW);
    let manager = staff(&mut centre, "何静", Role::Manager);
    let Actor::Staff(id) = staff(&mut centre, "周敏", Role::Caregiver) else { panic!("staff") };
    centre.store.sign_out(manager, id).expect("signed out");
    assert!(!centre.store.may_stay(id, moment("2026-11-24T08:59:00")).expect("read"));
    assert!(centre.store.may_stay(id, moment("2026-11-24T09:01:00")).expect("read"));
    let wrong = centre.store.change_own_pin(id, "111111", "222222").expect("tried");
    assert_eq!(wrong, Tried::Wrong { tries_left: 4 });
    assert!(matches!(centre.store.change_own_pin(id, PIN, "222222").expect("tried"), Tried::Opened(_)));
    assert!(matches!(centre.store.unlock(id, "222222").expect("tried"), Tried::Opened(_)));
}

#[test]
fn somebody_found_well_is_seen_and_somebody_away_is_not_missed() {
    let mut centre = Centre::at(NOW);
    let who = centre.resident("王福全");
    let plan = CarePlan { risk: Some(Risk::High), ..CarePlan::default() };
    centre.store.put_care_plan(Actor::Cli, who, &plan).expect("written");
    let state = |centre: &Centre| centre.store.welfare().expect("read").cared[0].verdict.state;
    assert_eq!(state(&centre), State::Due, "never seen");
    centre.store.add_welfare_check(Actor::Cli, who, &check(CheckResult::NoAnswer), None).expect("written");
    assert_eq!(state(&centre), State::Due, "nobody answered");
    let away = check(CheckResult::Away);
    assert!(matches!(centre.store.add_welfare_check(Actor::Cli, who, &away, None), Err(Error::Rule(_))));
    let until = Some(day("2026-12-05"));
    centre.store.add_welfare_check(Actor::Cli, who, &check(CheckResult::Away), until).expect("written");
    assert_eq!(state(&centre), State::Away);
    let absence = centre.store.absences(who).expect("read").remove(0);
    centre.store.end_absence(Actor::Cli, who, absence.id).expect("ended");
    centre.store.add_welfare_check(Actor::Cli, who, &check(CheckResult::Safe), None).expect("written");
    assert_eq!(state(&centre), State::Seen);
    centre.store.add_welfare_check(Actor::Cli, who, &check(CheckResult::Help), None).expect("written");
    assert_eq!(centre.store.open_calls().expect("read").len(), 1, "the manager is called");
}

#[test]
fn the_kiosk_notes_when_it_ran_and_a_long_silence_is_a_new_row() {
    let mut centre = Centre::at("2026-11-24T08:00:00");
    for time in ["08:00:00", "08:05:00", "08:10:00", "13:00:00", "13:05:00"] {
        centre.clock.set_wall(moment(&format!("2026-11-24T{time}")));
        centre.store.note_running().expect("noted");
    }
    let ran = centre.store.ran_since(moment("2026-11-24T00:00:00")).expect("read");
    let at = |time: &str| moment(&format!("2026-11-24T{time}:00"));
    assert_eq!(ran, [(at("08:00"), at("08:10")), (at("13:00"), at("13:05"))]);
}

#[test]
fn the_table_of_the_documents_is_the_table_of_the_code() {
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("SECURITY.md")).expect("read");
    let rows: Vec<(String, Vec<bool>)> = text
        .lines()
        .filter_map(|line| {
            let cells: Vec<&str> =
                line.strip_prefix("| ")?.split(" | ").map(|c| c.trim_end_matches(" |")).collect();
            let (name, _) = cells.first()?.split_once(": ")?;
            (cells.len() == 4).then(|| (name.to_owned(), cells[1..].iter().map(|c| *c == "yes").collect()))
        })
        .collect();
    let wanted: Vec<(String, Vec<bool>)> = Permission::ALL
        .iter()
        .map(|what| (format!("{what:?}"), Role::ALL.iter().map(|role| role.may(*what)).collect()))
        .collect();
    assert_eq!(rows, wanted);
}
