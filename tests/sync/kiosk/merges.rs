//! Files merged at one kiosk while another does not know of it.

use daycare_core::ids::MergeId;
use daycare_core::resident::{Profile, Resident, Standing};
use daycare_kiosk::error::{Error, Rule};

use super::*;

/// So many kiosks in step, and two files of one person.
fn two_files(kiosks: u32) -> (Hub, Vec<Centre>, [ResidentId; 2]) {
    let (mut hub, mut all) = centre(kiosks, false);
    let mut file = |phone: &str| {
        let mut resident = person("王桂芳");
        resident.profile = Profile { phone: phone.into(), ..resident.profile };
        all[0].store.put_resident(Actor::Cli, &resident, "").expect("written");
        resident.id
    };
    let files = [file(""), file("13800005678")];
    sync_all(&mut hub, &mut all);
    (hub, all, files)
}

fn merge(kiosk: &mut Centre, kept: ResidentId, merged: ResidentId) -> MergeId {
    let id = MergeId::new();
    kiosk.store.merge_residents(Actor::Cli, id, kept, merged).expect("merged");
    id
}

fn inside(kiosk: &Centre) -> Vec<ResidentId> {
    kiosk.store.inside().expect("read").into_iter().map(|listed| listed.resident.id).collect()
}

fn file(kiosk: &Centre, id: ResidentId) -> Resident {
    kiosk.store.resident(id).expect("read").expect("there")
}

#[test]
fn who_signs_in_offline_while_their_file_is_merged_elsewhere_is_on_every_evacuation_list() {
    let (mut hub, mut kiosks, [kept, merged]) = two_files(3);
    merge(&mut kiosks[0], kept, merged);
    let _ = kiosks[1].check_in(merged);
    sync_all(&mut hub, &mut kiosks);
    assert_same(&kiosks);
    for kiosk in &kiosks {
        assert_eq!(inside(kiosk), [kept], "they are inside, under the file that is kept");
        let roster = kiosk.store.roster().expect("read");
        let here = roster.iter().filter(|listed| listed.here_since.is_some());
        assert_eq!(here.count(), 1, "and go home from there");
        assert_eq!(visits(kiosk, kept), 1);
    }
    let now = kiosks[2].clock.now();
    let _ = kiosks[2].store.check_out(Actor::Resident, kept, now, None).expect("home");
}

#[test]
fn who_is_here_under_both_files_is_here_once_after_the_merge_arrives() {
    let (mut hub, mut kiosks, [kept, merged]) = two_files(2);
    merge(&mut kiosks[0], kept, merged);
    let _ = kiosks[0].check_in(kept);
    kiosks[1].clock.advance(Duration::from_mins(30));
    let _ = kiosks[1].check_in(merged);
    sync_all(&mut hub, &mut kiosks);
    assert_same(&kiosks);
    for kiosk in &kiosks {
        assert_eq!(inside(kiosk), [kept]);
        assert_eq!(visits(kiosk, kept), 2, "both visits are kept");
    }
}

#[test]
fn a_merge_is_taken_back_at_another_kiosk_than_where_it_was_made_with_what_came_late() {
    let (mut hub, mut kiosks, [kept, merged]) = two_files(2);
    let before = file(&kiosks[0], kept).profile;
    let _ = kiosks[0].check_in(merged);
    let id = merge(&mut kiosks[0], kept, merged);
    assert_eq!(file(&kiosks[0], kept).profile.phone, "13800005678");
    sync_all(&mut hub, &mut kiosks);
    assert_eq!(kiosks[1].store.merges().expect("read").len(), 1);
    kiosks[1].store.undo_merge(Actor::Cli, id).expect("taken back");
    sync_all(&mut hub, &mut kiosks);
    assert_same(&kiosks);
    for kiosk in &kiosks {
        assert_eq!(file(kiosk, kept).profile, before);
        assert_eq!(file(kiosk, merged).standing, Standing::Active);
        assert_eq!(inside(kiosk), [merged]);
        assert_eq!((visits(kiosk, kept), visits(kiosk, merged)), (0, 1));
        assert!(kiosk.store.merges().expect("read").is_empty());
    }
}

#[test]
fn a_row_that_comes_to_a_merged_file_after_the_merge_was_taken_back_stays_there() {
    let (mut hub, mut kiosks, [kept, merged]) = two_files(3);
    let id = merge(&mut kiosks[0], kept, merged);
    sync(&mut hub, &mut kiosks[0]);
    sync(&mut hub, &mut kiosks[1]);
    // The third knows of no merge yet; the second sees its visit before the undo.
    let _ = kiosks[2].check_in(merged);
    sync(&mut hub, &mut kiosks[2]);
    kiosks[0].store.undo_merge(Actor::Cli, id).expect("taken back");
    sync(&mut hub, &mut kiosks[1]);
    sync_all(&mut hub, &mut kiosks);
    assert_same(&kiosks);
    assert_eq!(inside(&kiosks[0]), [merged]);
}

#[test]
fn opposite_merges_at_two_kiosks_leave_one_file_open_and_the_second_kiosk_is_told() {
    let (mut hub, mut kiosks, [a, b]) = two_files(3);
    let (first, second) = (late(&mut kiosks[0], a), late(&mut kiosks[1], b));
    merge(&mut kiosks[0], a, b);
    merge(&mut kiosks[1], b, a);
    sync_all(&mut hub, &mut kiosks);
    assert_same(&kiosks);
    for kiosk in &kiosks {
        assert_eq!(
            (file(kiosk, a).standing, file(kiosk, b).standing),
            (Standing::Active, Standing::Archived)
        );
        assert_eq!(kiosk.store.merges().expect("read").len(), 1);
        assert_eq!((visits(kiosk, a), visits(kiosk, b)), (2, 0), "{first} {second}");
    }
    let told = |kiosk: &Centre| kiosk.store.sync_status().expect("read").expect("enrolled").notices.len();
    assert_eq!((told(&kiosks[0]), told(&kiosks[1])), (0, 1));
}

/// A visit of yesterday, entered from paper.
fn late(kiosk: &mut Centre, who: ResidentId) -> daycare_core::ids::VisitId {
    let entry = daycare_core::visit::Correction {
        new_id: daycare_core::ids::VisitId::new(),
        arrived_at: testkit::centre::moment("2026-11-23T09:00:00"),
        left_at: Some(testkit::centre::moment("2026-11-23T10:00:00")),
        services: vec![],
        reason: "补录".into(),
    };
    kiosk.store.enter_late(Actor::Cli, who, &entry).expect("written").id
}

#[test]
fn nothing_is_merged_into_a_file_that_another_kiosk_has_closed() {
    let (mut hub, mut kiosks, [a, b]) = two_files(2);
    let c = kiosks[0].resident("王桂芳");
    sync_all(&mut hub, &mut kiosks);
    merge(&mut kiosks[0], a, b);
    merge(&mut kiosks[1], b, c);
    sync_all(&mut hub, &mut kiosks);
    assert_same(&kiosks);
    for kiosk in &kiosks {
        assert_eq!(file(kiosk, c).standing, Standing::Active, "the second merge was taken back");
        assert_eq!(kiosk.store.merges().expect("read").len(), 1);
    }
    let refused = kiosks[1].store.merge_residents(Actor::Cli, MergeId::new(), b, c);
    assert!(matches!(refused, Err(Error::Rule(Rule::FilesNotMergeable))));
}

#[test]
fn who_is_erased_after_a_merge_is_nowhere_in_what_the_hub_keeps_of_it() {
    let (mut hub, mut kiosks, [kept, merged]) = two_files(2);
    merge(&mut kiosks[0], kept, merged);
    sync_all(&mut hub, &mut kiosks);
    let _ = kiosks[1].store.erase_person(Actor::Cli, kept, "本人要求").expect("erased");
    sync_all(&mut hub, &mut kiosks);
    assert_same(&kiosks);
    for kiosk in &kiosks {
        let conn = Connection::open(kiosk.paths().database()).expect("opens");
        let count: i64 = conn.query_row("SELECT count(*) FROM merge", [], |row| row.get(0)).expect("read");
        assert_eq!(count, 0);
    }
}

#[test]
fn a_merge_in_which_a_row_stays_behind_comes_to_rest() {
    let (mut hub, mut kiosks, [kept, merged]) = two_files(2);
    let notice = daycare_core::shift_book::Notice {
        id: daycare_core::ids::NoticeId::new(),
        kind: daycare_core::shift_book::NoticeKind::ALL[0],
        read: 0,
        words: "明天停水".into(),
        from_on: kiosks[0].clock.today(),
        until_on: kiosks[0].clock.today(),
    };
    kiosks[0].store.add_notice(Actor::Cli, &notice).expect("put up");
    for who in [kept, merged] {
        kiosks[0].store.read_notice(Actor::Resident, notice.id, who).expect("read");
    }
    sync_all(&mut hub, &mut kiosks);
    merge(&mut kiosks[0], kept, merged);
    sync_all(&mut hub, &mut kiosks);
    let lines = hub.log.len();
    sync_all(&mut hub, &mut kiosks);
    assert_eq!(hub.log.len(), lines, "nobody has anything more to say");
    assert_same(&kiosks);
}

fn consent(given: bool) -> daycare_core::consent::Consent {
    daycare_core::consent::Consent {
        purpose: daycare_core::consent::Purpose::Photo,
        given,
        decided_on: "2026-11-20".parse().expect("a day"),
        witness: "周敏".into(),
        guardian: String::new(),
    }
}

#[test]
fn a_refusal_in_one_file_stands_over_however_many_decisions_in_the_other() {
    let (mut hub, mut kiosks, [kept, merged]) = two_files(2);
    for given in [true, false, true] {
        kiosks[0].store.decide_consent(Actor::Cli, kept, &consent(given)).expect("decided");
    }
    kiosks[0].store.decide_consent(Actor::Cli, merged, &consent(false)).expect("refused");
    merge(&mut kiosks[0], kept, merged);
    sync_all(&mut hub, &mut kiosks);
    assert_same(&kiosks);
    for kiosk in &kiosks {
        assert_eq!(kiosk.store.consents(kept).expect("read"), [consent(false)]);
    }
}

#[test]
fn what_a_merge_tells_of_two_files_holds_no_hash_of_an_identity_number() {
    let (mut hub, mut kiosks) = centre(2, false);
    let mut numbered = |hash: u8| {
        let one = Resident { id_hash: Some([hash; 32]), ..person("王桂芳") };
        kiosks[0].store.put_resident(Actor::Cli, &one, "").expect("written");
        one.id
    };
    let (kept, merged) = (numbered(1), numbered(2));
    let id = merge(&mut kiosks[0], kept, merged);
    let told = serde_json::to_string(&kiosks[0].store.batch().expect("read")).expect("JSON");
    assert!(!told.contains("id_hash") && !told.contains("hashes"), "{told}");
    sync_all(&mut hub, &mut kiosks);
    kiosks[0].store.undo_merge(Actor::Cli, id).expect("taken back");
    let hash = |who| file(&kiosks[0], who).id_hash;
    assert_eq!((hash(kept), hash(merged)), (Some([1; 32]), Some([2; 32])), "here they are known again");
}

#[test]
fn words_that_arrive_between_an_erasure_and_its_result_are_emptied() {
    let (mut hub, mut kiosks) = centre(2, false);
    let who = kiosks[0].resident("王福全");
    sync_all(&mut hub, &mut kiosks);
    let _ = kiosks[1].check_in(who);
    sync(&mut hub, &mut kiosks[1]);
    let _ = kiosks[0].store.erase_person(Actor::Cli, who, "本人要求").expect("erased");
    let conn = Connection::open(kiosks[1].paths().database()).expect("opens");
    conn.execute("UPDATE visit SET other_words = '家里的事'", []).expect("written");
    drop(conn);
    sync(&mut hub, &mut kiosks[1]);
    sync_all(&mut hub, &mut kiosks);
    for kiosk in &kiosks {
        let conn = Connection::open(kiosk.paths().database()).expect("opens");
        let said = "SELECT count(*) FROM visit WHERE other_words <> ''";
        let said: i64 = conn.query_row(said, [], |row| row.get(0)).expect("read");
        assert_eq!(said, 0);
    }
}
