//! What community offices really send: what a careful registrar would take, refuse, or ask about.

use chrono::NaiveDate;
use daycare_core::audit::Actor;
use daycare_core::import::outcome::{Doubt, Outcome, Reason, WarningKind};
use daycare_core::resident::{Profile, Standing};
use daycare_kiosk::i18n::pinyin::reading;
use daycare_kiosk::intake::activity_plan::ActivityPlan;
use daycare_kiosk::intake::registry::Registry;
use daycare_kiosk::intake::sign_in_book::SignInBook;
use daycare_store::import::Mode;
use testkit::centre::Centre;

const NOW: &str = "2026-11-24T08:00:00";
const CONFIRMED: Mode = Mode { write: true, confirmed: true };

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day")
}

fn registry_as(centre: &mut Centre, text: &str, mode: Mode) -> Outcome {
    let read = Registry::parse(text.as_bytes(), today(), reading).expect("a table");
    centre.store.import_registry(Actor::Cli, mode, &read.rows).expect("imported")
}

fn registry(centre: &mut Centre, text: &str) -> Outcome {
    registry_as(centre, text, Mode::WRITE)
}

fn book(centre: &mut Centre, text: &str, mode: Mode) -> Outcome {
    let residents = centre.store.named_residents().expect("read");
    let read = SignInBook::parse(text.as_bytes(), None, today(), &residents).expect("a table");
    centre.store.import_sign_in_book(Actor::Cli, mode, &read.rows).expect("imported")
}

fn plan(centre: &mut Centre, text: &str, mode: Mode) -> Outcome {
    let read = ActivityPlan::parse(text.as_bytes()).expect("a plan");
    centre.store.import_activity_plan(Actor::Cli, mode, &read.rows).expect("imported")
}

fn doubts(outcome: &Outcome) -> Vec<(u32, Doubt)> {
    outcome.doubtful.iter().map(|doubtful| (doubtful.at.line, doubtful.doubt)).collect()
}

fn refusals(outcome: &Outcome) -> Vec<(u32, Reason)> {
    outcome.rejected.iter().map(|rejected| (rejected.at.line, rejected.reason)).collect()
}

fn warned(outcome: &Outcome, kind: WarningKind) -> usize {
    outcome.warnings.iter().filter(|warning| warning.kind == kind).count()
}

fn people(centre: &Centre) -> Vec<(Profile, Standing)> {
    let all = centre.store.named_residents().expect("read");
    all.into_iter().map(|resident| (resident.profile, resident.standing)).collect()
}

#[test]
fn namesakes_without_a_birth_date_are_never_merged_in_silence() {
    let mut centre = Centre::at(NOW);
    let phones = "姓名,手机号\n王芳,13811110001\n王芳,13911110002\n";
    let read = registry(&mut centre, phones);
    assert_eq!(doubts(&read), [(3, Doubt::PerhapsNamesake)]);
    let _ = registry_as(&mut centre, phones, CONFIRMED);
    assert_eq!(people(&centre).len(), 2, "confirmed, they are two");

    let mut centre = Centre::at(NOW);
    let _ = registry(&mut centre, "姓名,性别,院落\n王芳,女,一号院\n王芳,男,一号院\n");
    assert_eq!(people(&centre).len(), 2, "a woman and a man");

    let mut centre = Centre::at(NOW);
    let _ = registry(
        &mut centre,
        "姓名,出生日期,院落,门牌,手机号\n王芳,1942,一号院,1-101,138111100\n王芳,1942,五号院,5-202,139111100\n",
    );
    assert_eq!(people(&centre).len(), 2, "one year of birth is not one person");
}

#[test]
fn a_living_person_is_not_archived_for_a_namesake() {
    let mut centre = Centre::at(NOW);
    let read =
        registry(&mut centre, "姓名,性别,院落,手机号\n李强,男,一号院,13811110001\n李强（已故）,男,一号院,\n");
    assert_eq!(doubts(&read), [(3, Doubt::PerhapsKnown)]);
    assert!(people(&centre).iter().all(|(_, standing)| *standing == Standing::Active));
}

#[test]
fn a_list_without_birth_dates_finds_the_people_it_is_about() {
    let mut centre = Centre::at(NOW);
    let _ =
        registry(&mut centre, "姓名,出生日期,院落,门牌,手机号\n王芳,1942-03-05,一号院,1-101,13811110001\n");
    let again = registry(&mut centre, "姓名,院落,门牌,手机号\n王芳,一号院,1-101,13811110001\n");
    assert_eq!(again.unchanged, 1);
    let gone = registry(&mut centre, "姓名,院落,门牌,手机号\n王芳（已故）,一号院,1-101,13811110001\n");
    assert_eq!(warned(&gone, WarningKind::Archived), 1);
    let people = people(&centre);
    assert_eq!((people.len(), people[0].1), (1, Standing::Archived));
    let back = registry(&mut centre, "姓名,出生日期,院落\n王芳,1942-03-05,一号院\n");
    assert_eq!(warned(&back, WarningKind::StaysArchived), 1);
}

#[test]
fn a_ditto_mark_below_a_total_means_the_last_person() {
    let mut centre = Centre::at(NOW);
    let _ = registry(&mut centre, "姓名,院落,联系人电话\n王芳,一号院,139\n小计,1人,\n李强,〃,（同上）\n");
    let people = people(&centre);
    assert_eq!(people.iter().filter(|(profile, _)| profile.yard == "一号院").count(), 2);
}

#[test]
fn words_of_a_header_a_form_or_a_footer_are_nobody() {
    let mut centre = Centre::at(NOW);
    let read = registry(
        &mut centre,
        "姓名,院落,手机号\n王芳,一号院,1381111000\n姓名,手机号,院落\n李强,1381111001,二号院\n\
         审核：,李主任,\n第二组,,\n共2人,,\n",
    );
    let named: Vec<_> = people(&centre).into_iter().map(|(p, _)| (p.name, p.yard)).collect();
    assert_eq!(named, [("李强".into(), "二号院".into()), ("王芳".into(), "一号院".into())]);
    assert_eq!(refusals(&read), [(5, Reason::NoteRow), (6, Reason::NoteRow), (7, Reason::TotalRow)]);
    let form = "姓名,王芳,性别,女\n出生日期,1942-3-5,身份证号,\n家庭住址,一号院,紧急联系人,李军\n";
    let fault = Registry::parse(form.as_bytes(), today(), reading).map(|_| ()).map_err(|wrong| wrong.0);
    assert_eq!(fault, Err(daycare_core::fault::FileFault::Form));
}

#[test]
fn two_lists_side_by_side_are_both_read() {
    let mut centre = Centre::at(NOW);
    let text = "序号,姓名,电话,序号,姓名,电话\n1,王芳,1381111000,3,李强,1381111002\n2,赵敏,1381111001,4,周红,1381111003\n";
    assert_eq!(registry(&mut centre, text).accepted, 4);
}

/// A workbook of sheets, each with its rows; `merged` are areas of the first sheet.
fn workbook(sheets: &[(&str, &[&[&str]], bool)], merged: &[(u32, u16, u32, u16, &str)]) -> Vec<u8> {
    use rust_xlsxwriter::{Format, Workbook};
    let mut book = Workbook::new();
    for (at, (name, rows, hidden)) in sheets.iter().enumerate() {
        let sheet = book.add_worksheet();
        let _ = sheet.set_name(*name).expect("a name").set_hidden(*hidden);
        for (row, cells) in (0..).zip(rows.iter()) {
            for (column, text) in (0..).zip(cells.iter()) {
                let _ = sheet.write(row, column, *text).expect("written");
            }
        }
        for (top, left, bottom, right, text) in merged.iter().filter(|_| at == 0) {
            let _ = sheet.merge_range(*top, *left, *bottom, *right, text, &Format::new()).expect("merged");
        }
    }
    book.save_to_buffer().expect("written")
}

#[test]
fn hidden_and_other_sheets_are_not_read_and_the_answer_says_so() {
    let head: &[&str] = &["姓名", "手机号"];
    let file = workbook(
        &[
            ("第一网格", &[head, &["王芳", "13811110001"]], false),
            ("旧名单", &[head, &["李强", "13811110002"]], true),
            ("说明", &[&["请在月底前报送"]], false),
            ("已搬走", &[head, &["赵敏", "13811110003"]], false),
        ],
        &[],
    );
    let read = Registry::parse(&file, today(), reading).expect("a table");
    let named: Vec<_> =
        read.rows.entries.iter().map(|e| (e.profile.name.as_str(), e.gone.is_some())).collect();
    assert_eq!(named, [("王芳", false), ("赵敏", true)]);
    assert_eq!(read.rows.entries[0].profile.grid, "第一网格");
    assert_eq!(read.rows.sheets, ["第一网格", "已搬走"]);
    assert_eq!(read.rows.unused, ["旧名单", "说明"]);
}

#[test]
fn an_activity_that_is_merged_over_days_is_on_all_of_them() {
    let rows: &[&[&str]] = &[&["时间", "星期一", "星期二", "星期三"], &["9:00-10:00", "早操"]];
    let file = workbook(&[("表", rows, false)], &[(1, 1, 1, 3, "早操")]);
    let read = ActivityPlan::parse(&file).expect("a plan");
    assert_eq!(read.rows.entries.len(), 3);
}

#[test]
fn lost_characters_and_characters_without_a_glyph_are_named_before_anything_is_written() {
    let mut centre = Centre::at(NOW);
    let text = "姓名,出生日期\n陈?华,1940-01-01\n王\u{e7c7}明,1940-01-02\n";
    let read = registry_as(&mut centre, text, Mode::DRY_RUN);
    assert_eq!(warned(&read, WarningKind::LostCharacters), 1);
    assert_eq!(warned(&read, WarningKind::NoGlyph), 1);
    assert!(people(&centre).is_empty());
}

#[test]
fn a_phone_behind_a_contact_is_the_contacts() {
    let mut centre = Centre::at(NOW);
    let _ = registry(&mut centre, "姓名,院落,家属姓名,与老人关系,电话\n王芳,一号院,李军,儿子,13911110001\n");
    let (one, _) = &people(&centre)[0];
    assert_eq!((one.phone.as_str(), one.contact_phone.as_str()), ("", "13911110001"));
}

#[test]
fn columns_without_a_header_are_named() {
    let mut centre = Centre::at(NOW);
    let read = registry(&mut centre, "姓名,手机号,,\n王芳,13811110001,青霉素过敏,独居\n");
    assert_eq!(read.unused, ["C列", "D列"]);
}

#[test]
fn a_second_contact_is_kept_in_the_remark() {
    let mut centre = Centre::at(NOW);
    let _ = registry(
        &mut centre,
        "姓名,出生日期,联系人,联系人电话\n王芳,1942-03-05,李军,13911110001\n王芳,1942-03-05,李红,13911110002\n",
    );
    let (one, _) = &people(&centre)[0];
    assert_eq!((one.contact_name.as_str(), one.remark.as_str()), ("李军", "李红 13911110002"));
}

#[test]
fn a_birth_date_that_is_only_not_understood_does_not_cost_the_person() {
    let mut centre = Centre::at(NOW);
    let read = registry(
        &mut centre,
        "姓名,出生日期\n王芳,四二年三月\n李强,不详\n赵敏,/\n周红,1942-02-30\n郑华,19423\n冯英,2020-01-01\n",
    );
    assert_eq!(read.accepted, 3);
    assert_eq!(refusals(&read), [(5, Reason::ImpossibleDate)]);
    assert_eq!(doubts(&read), [(6, Doubt::DayNumber), (7, Doubt::TooYoung)]);
}

#[test]
fn refused_rows_of_a_sheet_that_were_mended_keep_their_columns() {
    let text = "姓名,住址,,联系人,\n,院落,门牌,姓名,电话\n王芳,一号院,1-101,李军,13911110001\n赵敏,二号院,2-1,李红,139\n";
    let text = text.replace("王芳,", "王芳/赵一,");
    let read = Registry::parse(text.as_bytes(), today(), reading).expect("a table");
    let at = read.rows.entries[0].at;
    let refused =
        daycare_kiosk::intake::table::refused_csv(&read.table, &[(at, "x".into())]).expect("written");
    let again = Registry::parse(&refused, today(), reading).expect("a table");
    assert_eq!(again.rows.entries[0].profile.yard, "一号院");
    assert_eq!(again.rows.entries[0].profile.contact_phone, "13911110001");
}

fn two_known(centre: &mut Centre) {
    let _ = registry(centre, "姓名,院落,门牌\n王芳,一号院,1\n李强,二号院,2\n");
}

#[test]
fn an_hour_of_the_night_is_asked_about() {
    let mut centre = Centre::at(NOW);
    two_known(&mut centre);
    let read = book(
        &mut centre,
        "日期,姓名,到达,离开\n2025-03-01,王芳,1:30,4:30\n2025-03-01,李强,下午1:30,下午4:30\n",
        Mode::WRITE,
    );
    assert_eq!((read.accepted, doubts(&read)), (1, vec![(2, Doubt::NightHour)]));
    let text = "星期,时段,时间,活动\n一,下午,2:30-4:00,象棋\n二,,下午2:30-4:00,合唱\n三,,2:30-4:00,手工\n";
    let read = plan(&mut centre, text, Mode::WRITE);
    assert_eq!((read.accepted, doubts(&read)), (2, vec![(4, Doubt::NightHour)]));
}

#[test]
fn half_hours_and_decimal_hours_are_not_guessed() {
    let mut centre = Centre::at(NOW);
    two_known(&mut centre);
    let read = book(&mut centre, "日期,姓名,到达,离开\n2025-03-01,王芳,8.5,11.5\n", Mode::WRITE);
    assert_eq!(doubts(&read), [(2, Doubt::DecimalHour)]);
    let read = book(&mut centre, "日期,姓名,到达\n1016-3-5,王芳,9:00\n", Mode::WRITE);
    assert_eq!(refusals(&read), [(2, Reason::ImpossibleDate)]);
}

#[test]
fn a_mended_book_adds_and_asks_before_it_changes() {
    let mut centre = Centre::at(NOW);
    two_known(&mut centre);
    let first =
        "日期,姓名,到达,离开,事项\n2025-03-01,王芳,8:30,11:00,午餐\n2025-03-01,王芳,8:30,11:00,量血压\n";
    let read = book(&mut centre, first, Mode::WRITE);
    assert_eq!((read.accepted, read.updated), (1, 1));
    assert_eq!(book(&mut centre, first, Mode::WRITE).unchanged, 2);
    let other = "日期,姓名,到达,离开\n2025-03-01,王芳,8:30,16:00\n";
    assert_eq!(doubts(&book(&mut centre, other, Mode::WRITE)), [(2, Doubt::OtherDeparture)]);
    assert_eq!(book(&mut centre, other, CONFIRMED).updated, 1);
    assert_eq!(book(&mut centre, other, Mode::WRITE).unchanged, 1);
}

#[test]
fn an_activity_at_another_time_is_asked_about_and_moves_once_confirmed() {
    let mut centre = Centre::at(NOW);
    let head = "星期,开始,结束,活动,地点\n";
    let _ = plan(&mut centre, &format!("{head}一,9:30,10:30,太极拳,院坝\n"), Mode::WRITE);
    let later = format!("{head}一,14:30,15:30,太极拳,院坝\n");
    assert_eq!(doubts(&plan(&mut centre, &later, Mode::WRITE)), [(2, Doubt::PerhapsMoved)]);
    assert_eq!(plan(&mut centre, &later, CONFIRMED).updated, 1);
    assert_eq!(plan(&mut centre, &later, Mode::WRITE).unchanged, 1);
}

#[test]
fn two_groups_at_one_time_stay_two() {
    let mut centre = Centre::at(NOW);
    let text = "星期,开始,结束,活动,地点\n一,9:30,10:30,太极拳,院坝\n一,9:30,10:30,太极拳,二楼\n";
    assert_eq!(plan(&mut centre, text, Mode::WRITE).accepted, 2);
    assert_eq!(plan(&mut centre, text, Mode::WRITE).unchanged, 2);
    let bigger = text.replace("二楼", "三楼");
    let read = plan(&mut centre, &bigger, Mode::WRITE);
    assert_eq!((read.unchanged, read.updated), (1, 1), "only one of them moved to another room");
}

#[test]
fn dates_are_no_weekdays_and_some_weeks_are_not_every_week() {
    let mut centre = Centre::at(NOW);
    let dates = "日期,开始,结束,活动\n3/5,9:30,10:30,太极\n3-5,9:30,10:30,棋\n";
    assert_eq!(
        refusals(&plan(&mut centre, dates, Mode::WRITE)),
        [(2, Reason::NoWeekday), (3, Reason::NoWeekday)]
    );
    let some = "星期,开始,结束,活动\n单周一,9:30,10:30,太极\n隔周三,9:30,10:30,棋\n";
    assert_eq!(
        refusals(&plan(&mut centre, some, Mode::WRITE)),
        [(2, Reason::NotWeekly), (3, Reason::NotWeekly)]
    );
}

#[test]
fn a_grid_has_places_halves_and_empty_cells() {
    let mut centre = Centre::at(NOW);
    let text = "时段,时间,地点,星期一,星期二\n上午,9:30-10:30,院坝,太极拳,—\n下午,2:30-4:00,二楼,\"合唱\n王老师\",休息\n";
    let read = ActivityPlan::parse(text.as_bytes()).expect("a plan");
    let rows: Vec<_> = read
        .rows
        .entries
        .iter()
        .map(|row| (row.name.as_str(), row.starts.to_string(), row.room.as_str(), row.led_by.as_str()))
        .collect();
    assert_eq!(
        rows,
        [("太极拳", "09:30:00".into(), "院坝", ""), ("合唱", "14:30:00".into(), "二楼", "王老师")]
    );
    let two = "时间,星期一,星期二\n9:30-10:30,\"太极拳\n书法\",象棋\n";
    assert_eq!(doubts(&plan(&mut centre, two, Mode::WRITE)), [(2, Doubt::TwoActivities)]);
}
