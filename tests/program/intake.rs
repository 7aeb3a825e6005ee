//! The registry and the sign-in book of a real-shaped centre, by the command
//! line, against the right answers.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/centre-2016").join(name)
}

fn answers() -> Value {
    let text = std::fs::read_to_string(data("answers.json")).expect("answers");
    serde_json::from_str(&text).expect("JSON")
}

fn kiosk(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kiosk"))
        .current_dir(folder)
        .arg("--data")
        .arg(folder.join("data"))
        .args(args)
        .output()
        .expect("the program runs")
}

fn json(folder: &Path, args: &[&str]) -> Value {
    let output = kiosk(folder, &[args, &["--json"]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("standard output holds only JSON")
}

fn import_registry(folder: &Path, name: &str) -> Value {
    json(folder, &["import", "registry", data(name).to_str().expect("a path")])
}

fn import_book(folder: &Path) -> Value {
    let book = data("signin_book.csv");
    json(folder, &["import", "visits", book.to_str().expect("a path"), "--year", "2016"])
}

fn lines(value: &Value, kind: &str) -> Vec<u64> {
    let all = value["warnings"].as_array().expect("warnings");
    all.iter().filter(|w| w["kind"] == kind).filter_map(|w| w["line"].as_u64()).collect()
}

#[test]
fn the_registry_as_it_is_gives_the_right_answers() {
    let folder = tempfile::tempdir().expect("a folder");
    let want = answers();
    let got = import_registry(folder.path(), "registry.csv");
    assert_eq!(got["accepted"], want["accepted"]);
    assert_eq!(got["updated"], want["merged_duplicates"].as_array().expect("a list").len());
    assert_eq!(got["unchanged"], 0);
    let rejected = got["rejected"].as_array().expect("a list");
    for (got, want) in rejected.iter().zip(want["rejected"].as_array().expect("a list")) {
        assert_eq!((&got["line"], &got["reason"]), (&want["line"], &want["why"]));
    }
    assert_eq!(rejected.len(), 5);
    for (kind, key) in
        [("id_checksum", "bad_id_checksum"), ("no_phone", "no_phone"), ("no_contact", "no_contact")]
    {
        let want: Vec<u64> = serde_json::from_value(want["warnings"][key].clone()).expect("lines");
        assert_eq!(lines(&got, kind), want, "{kind}");
    }
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    import_registry(folder.path(), "registry.csv");
    let again = import_registry(folder.path(), "registry.csv");
    assert_eq!(
        (&again["accepted"], &again["updated"], &again["unchanged"]),
        (&0.into(), &0.into(), &244.into())
    );
    import_book(folder.path());
    let again = import_book(folder.path());
    assert_eq!(
        (&again["accepted"], &again["updated"], &again["unchanged"]),
        (&0.into(), &0.into(), &451.into())
    );
}

#[test]
fn the_spreadsheet_is_the_same_registry_one_row_lower() {
    let folder = tempfile::tempdir().expect("a folder");
    let sheet = import_registry(folder.path(), "registry.xlsx");
    assert_eq!((&sheet["accepted"], &sheet["updated"]), (&240.into(), &4.into()));
    assert_eq!(sheet["rejected"][0]["line"], 243);
    let csv = import_registry(folder.path(), "registry.csv");
    assert_eq!((&csv["accepted"], &csv["unchanged"]), (&0.into(), &244.into()));
}

#[test]
fn the_year_of_the_centre_reports_to_the_exact_figures() {
    let folder = tempfile::tempdir().expect("a folder");
    let want = &answers()["visits"];
    import_registry(folder.path(), "registry.csv");
    let book = import_book(folder.path());
    assert_eq!(book["accepted"], want["accepted"]);
    let mut reasons: Vec<_> =
        book["rejected"].as_array().expect("a list").iter().map(|r| r["reason"].clone()).collect();
    reasons.sort_by_key(|r| r.as_str().map(str::to_owned));
    assert_eq!(Value::Array(reasons), want["rejected"]);
    let report = json(folder.path(), &["report", "--from", "2016-01-01", "--to", "2016-12-31"]);
    assert_eq!(report["visits"], want["person_days"]);
    assert_eq!(report["people"], want["distinct_people"]);
    for map in ["by_month", "by_yard", "by_purpose"] {
        assert_eq!(report[map], want[map], "{map}");
    }
}

#[test]
fn a_dry_run_says_the_same_and_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let registry = data("registry.csv");
    let registry = registry.to_str().expect("a path");
    let dry = json(folder.path(), &["--dry-run", "import", "registry", registry]);
    assert_eq!(dry["accepted"], 240);
    assert!(!folder.path().join("data/refused").exists());
    assert_eq!(import_registry(folder.path(), "registry.csv")["accepted"], 240);
}

#[test]
fn refused_rows_can_be_mended_and_imported_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let refused = folder.path().join("refused.csv");
    let path = refused.to_str().expect("a path");
    let registry = data("registry.csv");
    json(folder.path(), &["import", "registry", registry.to_str().expect("a path"), "--refused", path]);
    let text = std::fs::read_to_string(&refused).expect("written");
    assert!(text.starts_with('\u{feff}') && text.contains("没有姓名"));
    assert!(text.contains("'=HYPERLINK"), "a refused formula must not come back to life");
    std::fs::write(&refused, text.replace("1940-02-30", "1940-02-28")).expect("mended");
    let again = json(folder.path(), &["import", "registry", path]);
    assert_eq!(again["accepted"], 1);
}

#[test]
fn two_residents_of_one_name_stay_two_and_one_person_twice_becomes_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("r.csv");
    let rows = "姓名,性别,出生日期,身份证号,手机号,院落,联系人电话\n\
                王芳,女,1940-01-02,,13900000001,一号院,13900000009\n\
                王芳,女,1941-05-06,,13900000002,二号院,13900000009\n\
                王　芳,女,1940年1月2日,,13900000003,,13900000009\n";
    std::fs::write(&file, rows).expect("written");
    let got = json(folder.path(), &["import", "registry", "r.csv"]);
    assert_eq!((&got["accepted"], &got["updated"]), (&2.into(), &1.into()));
}

#[test]
fn complaint_30_a_broken_file_is_refused_whole_and_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in
        [("empty.csv", &b""[..]), ("torn.xlsx", b"PK\x03\x04torn"), ("photo.csv", &[0xff; 99])]
    {
        std::fs::write(folder.path().join(name), bytes).expect("written");
        let output = kiosk(folder.path(), &["import", "registry", name]);
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(name));
    }
    let missing = kiosk(folder.path(), &["import", "registry", "nowhere.csv"]);
    assert_eq!(missing.status.code(), Some(1));
    let usage = kiosk(folder.path(), &["import", "nonsense"]);
    assert_eq!(usage.status.code(), Some(2));
}

#[test]
fn a_backup_restored_after_losing_the_database_gives_the_same_report() {
    let folder = tempfile::tempdir().expect("a folder");
    import_registry(folder.path(), "registry.csv");
    import_book(folder.path());
    let before = json(folder.path(), &["report"]);
    json(folder.path(), &["backup"]);
    std::fs::remove_file(folder.path().join("data/kiosk.db")).expect("removed");
    // A stale -wal must never be applied to what is restored.
    std::fs::write(folder.path().join("data/kiosk.db-wal"), b"stale").expect("written");
    let gone = kiosk(folder.path(), &["report"]);
    assert_eq!(gone.status.code(), Some(70), "an empty database must not take its place");
    json(folder.path(), &["restore"]);
    assert_eq!(json(folder.path(), &["report"]), before);
    // The key came back too: the same identity numbers are the same people.
    assert_eq!(import_registry(folder.path(), "registry.csv")["unchanged"], 244);
}

#[test]
fn the_demo_centre_is_the_same_every_time_and_a_second_seed_adds_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = json(folder.path(), &["demo", "--seed-only"]);
    let second = json(folder.path(), &["demo", "--seed-only"]);
    assert_eq!(first, second);
    assert_eq!(first["residents"], 120);
}

#[test]
fn the_activity_plan_is_read_like_a_person_would_and_twice_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let roster = data("roster.xlsx");
    let roster = roster.to_str().expect("a path");
    let dry = json(folder.path(), &["--dry-run", "import", "roster", roster]);
    assert_eq!((&dry["accepted"], &dry["rejected"]), (&8.into(), &serde_json::json!([])));
    let first = json(folder.path(), &["import", "roster", roster]);
    assert_eq!((&first["accepted"], &first["unchanged"]), (&8.into(), &0.into()));
    let again = json(folder.path(), &["import", "roster", roster]);
    assert_eq!((&again["accepted"], &again["unchanged"]), (&0.into(), &8.into()));
    let feed = folder.path().join("week.ics");
    let feed = feed.to_str().expect("a path");
    let written = json(folder.path(), &["export", "activities", feed]);
    let text = std::fs::read_to_string(feed).expect("written");
    // Thirteen weeks and a day of eight activities.
    assert!(written["activities"].as_u64().expect("a number") >= 8 * 13);
    // Long lines are folded.
    assert!(text.replace("\r\n ", "").contains("健康讲座：冬季血压"));
    let exists = kiosk(folder.path(), &["export", "activities", feed]);
    assert_eq!(exists.status.code(), Some(1), "an existing file is never overwritten");
}

#[test]
fn a_plan_that_differs_changes_what_runs_from_its_next_time_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("plan.csv");
    let plan = |room: &str| {
        format!("星期,开始,结束,活动,地点,负责,名额\n一,09:30,10:30,太极拳,{room},新来的队,好多\n")
    };
    std::fs::write(&file, plan("院坝")).expect("written");
    let first = json(folder.path(), &["import", "roster", "plan.csv"]);
    assert_eq!(first["warnings"][0]["kind"], "unknown_capacity");
    std::fs::write(&file, plan("大厅")).expect("written");
    let second = json(folder.path(), &["import", "roster", "plan.csv"]);
    assert_eq!((&second["accepted"], &second["updated"]), (&0.into(), &1.into()));
    let third = json(folder.path(), &["import", "roster", "plan.csv"]);
    assert_eq!((&third["updated"], &third["unchanged"]), (&0.into(), &1.into()));
}
