//! Any table that a program can print is taken in or refused in words; nothing
//! that somebody else wrote ends the program.

use chrono::NaiveDate;
use daycare_core::import::residents::plan;
use daycare_core::resident::{Profile, Resident, Standing};
use daycare_kiosk::i18n::{I18n, Lang};
use daycare_kiosk::intake::activity_plan::ActivityPlan;
use daycare_kiosk::intake::answer;
use daycare_kiosk::intake::registry::Registry;
use daycare_kiosk::intake::sign_in_book::SignInBook;
use proptest::prelude::*;

const HEADERS: &[&str] = &[
    "姓名",
    "性别",
    "出生日期",
    "身份证号",
    "手机号",
    "院落",
    "门牌",
    "居住情况",
    "紧急联系人",
    "联系人电话",
    "备注",
    "日期",
    "到达",
    "离开",
    "事项",
    "星期",
    "开始",
    "结束",
    "活动",
    "地点",
    "名额",
    "状态",
    "没见过的列",
];

/// Cells that people write, and what breaks programs.
fn cell() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "",
        "王芳",
        "欧阳素芬（已故）",
        "游德才/蒲素芳",
        "同上",
        "〃",
        "身份证已遗失",
        "510103194305110247",
        "5.1E+17",
        "1944.05",
        "3.1",
        "8.3",
        "2025-03-03 08:31:07",
        "下午2:30",
        "周一、周三",
        "每天",
        "合计：3人",
        "以下空白",
        "'=1+1",
        "=\"138\"",
        "+86 138 0000 0000",
        "陈?",
        "龚\u{e863}",
        "\u{2fbc}",
        "1940-02-30",
        "99999",
        "-1",
        "é点半",
        "第1页,共2页",
        "\u{feff}",
    ]);
    prop_oneof![
        3 => known.prop_map(str::to_owned),
        1 => "\\PC{0,24}",
        1 => "[0-9.:年月日点/ -]{0,12}",
        1 => "[一-龥·（）]{0,8}",
    ]
}

fn table() -> impl Strategy<Value = String> {
    let header = prop::sample::subsequence(HEADERS.to_vec(), 1..HEADERS.len()).prop_shuffle();
    (
        header,
        prop::collection::vec(prop::collection::vec(cell(), 0..12), 0..20),
        prop::sample::select(vec![',', '\t', ';']),
    )
        .prop_map(|(header, rows, delimiter)| {
            let mut writer =
                csv::WriterBuilder::new().flexible(true).delimiter(delimiter as u8).from_writer(vec![]);
            writer.write_record(&header).expect("written");
            for row in rows.iter().filter(|row| !row.is_empty()) {
                writer.write_record(row).expect("written");
            }
            String::from_utf8(writer.into_inner().expect("written")).expect("text")
        })
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day")
}

fn known() -> Vec<Resident> {
    let named = |name: &str, born: Option<&str>| Resident {
        id: daycare_core::ids::ResidentId::new(),
        profile: Profile {
            name: name.into(),
            born_on: born.map(|text| text.parse().expect("a birth date")),
            ..Profile::default()
        },
        standing: Standing::Active,
        id_hash: None,
    };
    vec![named("王芳", Some("1944-05-20")), named("王芳", None), named("陈", Some("1939"))]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_printable_table_is_taken_in_or_refused_in_words(text in table(), year in prop::option::of(1900..2100i32)) {
        let i18n = I18n::new(Lang::ZhHans);
        let residents = known();
        match Registry::parse(text.as_bytes(), day(), str::to_owned) {
            Ok(read) => {
                let rows: usize = read.table.parts.iter().map(|part| part.rows.len()).sum();
                let made = plan(&read.rows, &residents, false, |_| [0; 32]).outcome;
                let told = (made.accepted + made.updated + made.unchanged) as usize
                    + made.rejected.len()
                    + made.doubtful.len();
                prop_assert_eq!(told, rows, "every row is accepted, refused or doubtful");
                prop_assert!(answer::refusals(&made, &i18n).iter().all(|line| !line.contains("reason-")));
                prop_assert!(answer::doubts(&made, &i18n).iter().all(|line| !line.contains("doubt-")));
                let all = plan(&read.rows, &residents, true, |_| [0; 32]).outcome;
                prop_assert!(all.doubtful.is_empty());
            }
            Err((fault, _)) => prop_assert!(!i18n.tr(&fault.key()).contains("fault-")),
        }
        if let Ok(book) = SignInBook::parse(text.as_bytes(), year, day(), &residents) {
            let rows: usize = book.table.parts.iter().map(|part| part.rows.len()).sum();
            prop_assert_eq!(book.rows.entries.len() + book.rows.rejected.len(), rows);
        }
        if let Ok(roster) = ActivityPlan::parse(text.as_bytes()) {
            let rows: usize = roster.table.parts.iter().map(|part| part.rows.len()).sum();
            prop_assert_eq!(roster.rows.entries.len() + roster.rows.rejected.len(), rows);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), head in 0..5usize) {
        let heads: [&[u8]; 5] = [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xef\xbb\xbf", b"\xff\xfe"];
        let bytes = [heads[head], &bytes].concat();
        drop(Registry::parse(&bytes, day(), str::to_owned));
        drop(ActivityPlan::parse(&bytes));
    }
}

/// A real workbook with bytes flipped and cut: read or refused, never a panic.
#[test]
fn a_damaged_workbook_is_read_or_refused() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/trials");
    for name in ["i5_registry.xls", "i6_sheet_per_yard.xlsx", "i7_two_headers.xlsx"] {
        let whole = std::fs::read(folder.join(name)).expect("read");
        for at in (0..whole.len()).step_by(whole.len() / 150 + 1) {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x5a;
            drop(Registry::parse(&damaged, day(), str::to_owned));
            drop(Registry::parse(&whole[..at], day(), str::to_owned));
        }
    }
}
