//! Small files that went wrong elsewhere, each with its right answer, by the
//! command line.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use daycare_core::resident::surname;
use serde_json::{Value, json};

/// A data folder of its own.
struct Centre {
    folder: tempfile::TempDir,
}

fn trial(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/trials").join(name)
}

impl Centre {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_kiosk"))
            .current_dir(self.folder.path())
            .arg("--data")
            .arg(self.folder.path().join("data"))
            .args(args)
            .output()
            .expect("the program runs")
    }

    fn answer(&self, args: &[&str]) -> Value {
        let output = self.run(&[args, &["--json"]].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("standard output holds only JSON")
    }

    fn import(&self, kind: &str, name: &str, more: &[&str]) -> Value {
        let path = trial(name);
        self.answer(&[&["import", kind, path.to_str().expect("a path")], more].concat())
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path.to_str().expect("a path").to_owned()
    }

    /// One resident by name, as the copy of their data says.
    fn resident(&self, name: &str) -> Value {
        let file = self.folder.path().join("person.json");
        drop(std::fs::remove_file(&file));
        let output = self.run(&["privacy", "export", name, file.to_str().expect("a path")]);
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        let all: Value = serde_json::from_slice(&std::fs::read(file).expect("read")).expect("JSON");
        let mut one = all["profile"].clone();
        one["standing"] = all["resident"]["standing"].clone();
        one["archived_as"] = all["resident"]["archived_as"].clone();
        one
    }

    /// Day, arrival and departure of every visit, in order.
    fn visits(&self) -> Vec<String> {
        let file = self.folder.path().join("visits.csv");
        drop(std::fs::remove_file(&file));
        let output = self.run(&["export", "visits", file.to_str().expect("a path")]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = std::fs::read_to_string(file).expect("read");
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let header: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
        let column = |name: &str| header.iter().position(|word| word == name).expect("a column");
        let (day, name) = (column("日期"), column("姓名"));
        let (arrived, left) = (column("到达"), column("离开"));
        let mut rows: Vec<String> = reader
            .records()
            .map(|row| row.expect("a row"))
            .map(|row| format!("{} {} {}-{}", &row[day], &row[name], &row[arrived], &row[left]))
            .collect();
        rows.sort();
        rows
    }
}

fn lines(answer: &Value, list: &str) -> Vec<(u64, String)> {
    let words = if list == "warnings" { "kind" } else { "reason" };
    let rows = answer[list].as_array().expect("a list");
    rows.iter()
        .map(|row| (row["line"].as_u64().expect("a line"), row[words].as_str().expect("words").to_owned()))
        .collect()
}

fn warned(answer: &Value, kind: &str) -> usize {
    lines(answer, "warnings").iter().filter(|(_, word)| word == kind).count()
}

#[test]
fn i1_two_digit_years_are_the_stated_year_or_doubtful() {
    let centre = Centre::new();
    assert_eq!(centre.import("registry", "i1_registry.csv", &[])["accepted"], 3);
    assert_eq!(centre.resident("龚长根")["born_on"], "1941-10-03");
    let without = centre.import("visits", "i1_two_digit_years.csv", &["--dry-run"]);
    assert_eq!(without["accepted"], 1);
    assert_eq!(lines(&without, "doubtful").iter().map(|row| row.0).collect::<Vec<_>>(), [2, 3, 5]);
    let with = centre.import("visits", "i1_two_digit_years.csv", &["--year", "2016"]);
    assert_eq!(with["accepted"], 3);
    assert_eq!(lines(&with, "doubtful"), [(5, "other year".to_owned())]);
    let days: Vec<_> = centre.visits().iter().map(|row| row[..10].to_owned()).collect();
    assert_eq!(days, ["2016-03-05", "2016-03-06", "2016-03-07"]);
    let confirmed =
        centre.import("visits", "i1_two_digit_years.csv", &["--year", "2016", "--accept-doubtful"]);
    assert_eq!((&confirmed["accepted"], &confirmed["unchanged"]), (&json!(1), &json!(3)));
}

#[test]
fn i2_numbers_with_a_point_are_months_and_days_and_minutes_never_guessed() {
    let centre = Centre::new();
    centre.import("registry", "i1_registry.csv", &[]);
    let got = centre.import("visits", "i2_dotted_numbers.xlsx", &["--year", "2016"]);
    let doubts = lines(&got, "doubtful");
    assert!(doubts.contains(&(2, "dropped zero".to_owned())), "{doubts:?}");
    assert_eq!(centre.visits(), ["2016-03-11 龚长根 14:30-16:45"]);
    centre.import("visits", "i2_dotted_numbers.xlsx", &["--year", "2016", "--accept-doubtful"]);
    assert_eq!(
        centre.visits(),
        ["2016-03-01 邓启明 08:30-11:20", "2016-03-02 何素清 09:05-10:50", "2016-03-11 龚长根 14:30-16:45"]
    );
}

#[test]
fn i3_dates_of_the_1904_system_are_read_in_it() {
    let centre = Centre::new();
    assert_eq!(centre.import("registry", "i3_1904_registry.xlsx", &[])["accepted"], 2);
    assert_eq!(centre.resident("谭玉芳")["born_on"], "1943-08-21");
    assert_eq!(centre.resident("冉光明")["born_on"], "1939-12-02");
}

#[test]
fn i4_a_merged_cell_and_a_ditto_mark_mean_the_value_above() {
    let centre = Centre::new();
    assert_eq!(centre.import("registry", "i4_merged_yard.xlsx", &[])["accepted"], 5);
    let yard = |name: &str| centre.resident(name)["yard"].clone();
    for name in ["梁国珍", "汪志成", "袁淑群"] {
        assert_eq!(yard(name), "玉林一号院", "{name}");
    }
    assert_eq!(centre.import("visits", "i4_ditto.csv", &[])["accepted"], 3);
    assert!(centre.visits().iter().all(|row| row.starts_with("2025-03-05")));
}

#[test]
fn i5_an_old_spreadsheet_is_read() {
    let centre = Centre::new();
    let got = centre.import("registry", "i5_registry.xls", &[]);
    assert!(got["accepted"].as_u64() > Some(0), "{got}");
    assert_eq!(got["rejected"], json!([]));
}

#[test]
fn i6_a_sheet_for_each_yard_is_read_whole_and_named() {
    let centre = Centre::new();
    let got = centre.import("registry", "i6_sheet_per_yard.xlsx", &[]);
    assert_eq!(got["accepted"], 5);
    assert_eq!(got["sheets"], json!(["南苑", "北苑", "西苑"]));
    assert!(warned(&got, "shared_phone") >= 2, "{got}");
    assert!(got["warnings"][0]["sheet"].is_string());
    assert_eq!(centre.resident("熊大贵")["yard"], "西苑");
}

#[test]
fn i7_a_header_of_two_lines_is_read() {
    let centre = Centre::new();
    let got = centre.import("registry", "i7_two_headers.xlsx", &[]);
    assert_eq!((&got["accepted"], &got["rejected"]), (&json!(2), &json!([])));
    let one = &centre.resident("文国秀");
    for (key, want) in [
        ("yard", "双楠院"),
        ("door", "3-2-402"),
        ("contact_name", "文小军"),
        ("contact_phone", "13900000701"),
        ("phone", "13800000701"),
    ] {
        assert_eq!(one[key], want, "{key}");
    }
    assert_eq!(centre.resident("贺长林")["contact_name"], "贺敏");
}

#[test]
fn i8_fifteen_and_eighteen_digits_are_one_person() {
    let centre = Centre::new();
    assert_eq!(centre.import("registry", "i8_id15.csv", &[])["accepted"], 1);
    let again = centre.import("registry", "i8_id18.csv", &[]);
    assert_eq!((&again["accepted"], &again["unchanged"]), (&json!(0), &json!(1)));
}

#[test]
fn i8_rounded_numbers_merge_nobody() {
    let centre = Centre::new();
    let got = centre.import("registry", "i8_id_zeros.xlsx", &[]);
    assert_eq!((&got["accepted"], warned(&got, "id_rounded")), (&json!(3), 3));
}

#[test]
fn one_number_under_two_names_is_doubtful_and_never_merged_in_silence() {
    let centre = Centre::new();
    let file = centre.write(
        "r.csv",
        "姓名,身份证号,手机号,联系人电话\n苟顺芬,510103194305110247,13800000801,13900000801\n苟顺芳,510103194305110247,13800000802,13900000802\n",
    );
    let got = centre.answer(&["import", "registry", &file]);
    assert_eq!(got["accepted"], 1);
    assert_eq!(lines(&got, "doubtful"), [(3, "number of another".to_owned())]);
    let again = centre.answer(&["import", "registry", &file, "--accept-doubtful"]);
    assert_eq!((&again["accepted"], &again["unchanged"]), (&json!(1), &json!(1)));
    let twice = centre.answer(&["import", "registry", &file, "--accept-doubtful"]);
    assert_eq!((&twice["accepted"], &twice["unchanged"]), (&json!(0), &json!(2)), "{twice}");
}

#[test]
fn i9_what_the_spreadsheet_put_around_values_is_not_the_values() {
    let centre = Centre::new();
    let got = centre.import("registry", "i9_apostrophe.csv", &[]);
    assert_eq!(got["accepted"], 3);
    for kind in ["id_checksum", "no_phone", "bad_phone", "no_contact", "id_rounded", "id_unreadable"] {
        assert_eq!(warned(&got, kind), 0, "{kind}");
    }
    assert_eq!(centre.resident("喻淑华")["phone"], "13800000902");
}

#[test]
fn i10_one_name_with_four_kinds_of_dots_is_one_person() {
    let centre = Centre::new();
    assert_eq!(centre.import("registry", "i10_dots_registry.csv", &[])["accepted"], 2);
    assert_eq!(centre.import("registry", "i10_dots_registry_again.csv", &[])["unchanged"], 1);
    let visits = centre.import("visits", "i10_dots_visits.csv", &[]);
    assert_eq!((&visits["accepted"], &visits["rejected"]), (&json!(4), &json!([])));
}

#[test]
fn i11_rare_characters_of_old_fonts_are_the_same_people() {
    let centre = Centre::new();
    assert_eq!(centre.import("registry", "i11_rare_registry.csv", &[])["accepted"], 4);
    let visits = centre.import("visits", "i11_rare_visits.csv", &[]);
    assert_eq!((&visits["accepted"], &visits["rejected"]), (&json!(4), &json!([])));
}

#[test]
fn i12_what_stands_below_the_list_is_no_person_and_a_state_is_taken() {
    let centre = Centre::new();
    let got = centre.import("registry", "i12_footer.csv", &[]);
    assert_eq!(got["accepted"], 2);
    assert_eq!(lines(&got, "doubtful"), [(4, "two people".to_owned())]);
    assert_eq!(lines(&got, "rejected").iter().map(|row| row.0).collect::<Vec<_>>(), [5, 6, 7, 8]);
    assert!(lines(&got, "rejected").iter().all(|(_, why)| why.ends_with("not a person")));
    let gone = centre.resident("代玉珍");
    assert_eq!((&gone["standing"], &gone["archived_as"]), (&json!("archived"), &json!("deceased")), "{gone}");
    let again = centre.import("registry", "i12_footer.csv", &[]);
    assert_eq!((&again["updated"], &again["unchanged"]), (&json!(0), &json!(2)));
    let confirmed = centre.import("registry", "i12_footer.csv", &["--accept-doubtful"]);
    assert_eq!((&confirmed["accepted"], &confirmed["unchanged"]), (&json!(1), &json!(2)));
    let twice = centre.import("registry", "i12_footer.csv", &["--accept-doubtful"]);
    assert_eq!((&twice["accepted"], &twice["unchanged"]), (&json!(0), &json!(3)), "{twice}");
}

#[test]
fn i13_a_month_or_a_year_of_birth_keeps_the_person() {
    let centre = Centre::new();
    let got = centre.import("registry", "i13_birth_month.csv", &[]);
    assert_eq!(got["accepted"], 4);
    let born = |name: &str| centre.resident(name)["born_on"].as_str().expect("born").to_owned();
    assert_eq!(
        (born("舒国华").as_str(), born("柯素英").as_str(), born("庞秀琼").as_str()),
        ("1944-05", "1947-11", "1939")
    );
    assert!(["1942-08-15", "1942-08"].contains(&born("阳文彬").as_str()));
    assert_eq!(warned(&got, "birth_year_only"), 1);
    assert!(warned(&got, "birth_month_only") >= 2);
    let again = centre.import("registry", "i13_birth_month.csv", &[]);
    assert_eq!((&again["updated"], &again["unchanged"]), (&json!(0), &json!(4)));
}

#[test]
fn i14_one_far_cell_is_refused_in_words() {
    let centre = Centre::new();
    let output = centre.run(&["import", "registry", trial("i14_last_cell.xlsx").to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(1));
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(words.contains("1048576") && words.contains("表格太大"), "{words}");
}

#[test]
fn i15_day_and_time_in_one_cell_are_read() {
    let centre = Centre::new();
    centre.import("registry", "i15_registry.csv", &[]);
    assert_eq!(centre.import("visits", "i15_machine.csv", &[])["accepted"], 2);
    assert_eq!(centre.visits(), ["2025-03-03 易长青 08:31-11:02", "2025-03-04 易长青 08:29-11:00"]);
}

#[test]
fn i16_tabs_and_a_quoted_line_break_are_read() {
    let centre = Centre::new();
    assert_eq!(centre.import("registry", "i16_tabs.txt", &[])["accepted"], 2);
    assert_eq!(centre.resident("秦素芬")["remark"], "听力不好， 说话大声");
    assert_eq!(centre.resident("孔祥林")["phone"], "13800001602");
}

#[test]
fn i17_compound_surnames_are_whole() {
    let centre = Centre::new();
    assert_eq!(centre.import("registry", "i17_surnames.csv", &[])["accepted"], 5);
    let names = ["万俟国兴", "鲜于素芳", "欧阳静", "司空明远", "欧阳"];
    assert_eq!(names.map(surname), ["万俟", "鲜于", "欧阳", "司空", "欧"]);
}

#[test]
fn i18_columns_by_other_words_are_found_and_the_rest_is_named() {
    let centre = Centre::new();
    let got = centre.import("registry", "i18_columns.csv", &[]);
    assert_eq!((&got["accepted"], &got["unused"]), (&json!(1), &json!(["编号"])));
    let one = &centre.resident("申玉华");
    assert_eq!(
        (&one["phone"], &one["yard"], &one["contact_name"]),
        (&json!("13800002601"), &json!("晨光院"), &json!("申小兵"))
    );
    assert_eq!((&one["door"], &one["contact_phone"]), (&json!("3栋2单元501"), &json!("13900002601")));
    assert_eq!(one["living"], "alone");
}

#[test]
fn i19_words_in_the_numbers_column_cost_the_number_only() {
    let centre = Centre::new();
    let got = centre.import("registry", "i19_id_in_words.csv", &[]);
    assert_eq!((&got["accepted"], warned(&got, "id_unreadable")), (&json!(1), 1));
}

#[test]
fn a2_a_plan_that_changed_raises_the_sequence_of_the_same_event() {
    let centre = Centre::new();
    let feed = |name: &str| {
        let file = centre.folder.path().join(name);
        centre.answer(&["export", "activities", file.to_str().expect("a path")]);
        std::fs::read_to_string(file).expect("read").replace("\r\n ", "")
    };
    assert_eq!(centre.import("roster", "a2_plan_before.xlsx", &[])["accepted"], 1);
    let before = feed("before.ics");
    let same = centre.import("roster", "a2_plan_before.xlsx", &[]);
    assert_eq!((&same["unchanged"], &same["warnings"]), (&json!(1), &json!([])), "no clash with itself");
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert_eq!(centre.import("roster", "a2_plan_after.xlsx", &[])["updated"], 1);
    let after = feed("after.ics");
    let field = |text: &str, key: &str| -> Vec<String> {
        text.lines().filter_map(|line| line.strip_prefix(key)).map(str::to_owned).collect()
    };
    let same_uids: Vec<_> =
        field(&after, "UID:").into_iter().filter(|uid| before.contains(uid.as_str())).collect();
    assert!(!same_uids.is_empty());
    let last = |text: &str| -> (u32, String) {
        let event =
            text.split("BEGIN:VEVENT").find(|event| event.contains(&same_uids[0])).expect("the event");
        let sequence = field(event, "SEQUENCE:").first().and_then(|n| n.parse().ok()).expect("a sequence");
        (sequence, field(event, "LAST-MODIFIED:").first().cloned().expect("a time"))
    };
    assert!(last(&after).0 > last(&before).0, "{:?} {:?}", last(&before), last(&after));
    assert!(last(&after).1 > last(&before).1);
    assert!(
        after.contains("太极\\;八段锦\\, 慢练\\\\柔和")
            || after.contains("太极\\;八段锦，慢练\\\\柔和")
            || after.contains("太极\\;八段锦， 慢练\\\\柔和"),
        "{after}"
    );
}

#[test]
fn a3_a_grid_of_weekdays_and_times_is_read() {
    let centre = Centre::new();
    let got = centre.import("roster", "a3_plan_grid.xlsx", &[]);
    assert_eq!((&got["accepted"], &got["rejected"]), (&json!(10), &json!([])), "{got}");
}

#[test]
fn r1_a_refused_file_that_was_mended_brings_back_what_was_typed() {
    let centre = Centre::new();
    let refused = centre.folder.path().join("refused.csv");
    let path = refused.to_str().expect("a path");
    let first = centre.import("registry", "r1_refused_registry.csv", &["--refused", path]);
    assert_eq!(lines(&first, "rejected"), [(2, "impossible date".to_owned())]);
    let text = std::fs::read_to_string(&refused).expect("written").replace("1942-02-30", "1942-02-28");
    std::fs::write(&refused, text).expect("mended");
    assert_eq!(centre.answer(&["import", "registry", path])["accepted"], 1);
    let one = &centre.resident("甘素云");
    assert_eq!((&one["phone"], &one["contact_phone"]), (&json!("13800002101"), &json!("13900002101")));
    assert_eq!(one["remark"], "-左耳听力差");
}

#[test]
fn r2_visits_that_were_exported_come_back_unchanged() {
    let centre = Centre::new();
    centre.import("registry", "i4_merged_yard.xlsx", &[]);
    let first = centre.import("visits", "r2_visits.csv", &[]);
    let file = centre.folder.path().join("out.csv");
    let path = file.to_str().expect("a path");
    centre.answer(&["export", "visits", path]);
    let again = centre.answer(&["import", "visits", path]);
    assert_eq!(again["unchanged"], first["accepted"], "{again}");
    assert_eq!(
        (&again["accepted"], &again["updated"], &again["rejected"]),
        (&json!(0), &json!(0), &json!([]))
    );
}

#[test]
fn a_row_without_a_number_does_not_open_its_person_to_another_number() {
    let centre = Centre::new();
    let known = centre
        .write("a.csv", "姓名,出生日期,身份证号,手机号\n苟顺芬,1943-05-11,510103194305110247,13800000801\n");
    centre.answer(&["import", "registry", &known]);
    let file = centre.write(
        "b.csv",
        "姓名,出生日期,身份证号,手机号\n苟顺芬,1943-05-11,,\n苟顺芬,1943-05-11,510104194305110021,13900000000\n",
    );
    let got = centre.answer(&["import", "registry", &file]);
    let phone = centre.answer(&["report"]);
    assert!(phone.is_object());
    assert_ne!(got["updated"], json!(1), "the other number is another person or not used: {got}");
}

#[test]
fn two_names_in_one_cell_are_doubtful_however_they_stand() {
    let centre = Centre::new();
    let file = centre
        .write("c.csv", "姓名,院落\n\"游德才\n蒲素芳\",一号院\n游德才 蒲素芳,一号院\n曹　桂芳,一号院\n");
    let got = centre.answer(&["import", "registry", &file]);
    assert_eq!((&got["accepted"], lines(&got, "doubtful").len()), (&json!(1), 2), "{got}");
}
