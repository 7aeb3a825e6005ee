//! Every export, opened by a reader that is not ours.

use std::io::Cursor;
use std::path::Path;
use std::process::{Command, Output};

use calamine::{Data, Reader, Xlsx};
use chrono::{NaiveDate, NaiveDateTime};
use daycare_core::audit::Actor;
use daycare_core::card::{CardCode, Holder};
use daycare_core::care_plan::{CarePlan, Relative, Risk};
use daycare_core::consent::{Consent, Purpose};
use daycare_core::ids::{RelativeId, ResidentId, VisitId};
use daycare_core::papers::Audience;
use daycare_core::period::Period;
use daycare_core::resident::Escort;
use daycare_core::service::seed_id;
use daycare_core::visit::{Correction, HistoryFilter};
use daycare_kiosk::i18n::{I18n, Lang};
use daycare_kiosk::reports::cards::{CardSheet, Face};
use daycare_kiosk::reports::csv;
use daycare_kiosk::reports::lists::{Inside, PaperHead};
use daycare_kiosk::reports::period::PeriodReport;

use testkit::centre::{Centre, ZONE, moment, person};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn now() -> NaiveDateTime {
    "2026-11-24T09:00:00".parse().expect("a time")
}

/// `KIOSK_PAPERS=dir` keeps the papers, to be looked at.
fn kept(name: &str, bytes: &[u8]) {
    if let Some(folder) = std::env::var_os("KIOSK_PAPERS") {
        std::fs::write(Path::new(&folder).join(name), bytes).expect("kept");
    }
}

fn words(name: &str, pdf: &[u8]) -> String {
    kept(&format!("{name}.pdf"), pdf);
    assert!(pdf.len() < 400_000, "{} bytes", pdf.len());
    pdf_extract::extract_text_from_mem(pdf).expect("readable").replace([' ', '\n'], "")
}

fn opened(name: &str, bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    kept(&format!("{name}.xlsx"), &bytes);
    Xlsx::new(Cursor::new(bytes)).expect("a workbook")
}

fn kiosk(data: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kiosk")).arg("--data").arg(data).args(args).output().expect("runs")
}

/// The value beside a name, as a number.
fn number(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str, name: &str, column: usize) -> f64 {
    let range = book.worksheet_range(sheet).expect("the sheet");
    let row = range.rows().find(|row| row[0] == Data::String(name.into()));
    match row.unwrap_or_else(|| panic!("no {name}"))[column] {
        Data::Float(value) => value,
        #[expect(clippy::cast_precision_loss, reason = "small")]
        Data::Int(value) => value as f64,
        ref other => panic!("{name} is {other:?}, no number"),
    }
}

#[test]
fn the_yearly_report_of_the_paper_year_says_440_and_103_as_numbers() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/centre-2016");
    let text = |path: &Path| path.to_str().expect("text").to_owned();
    let registry = text(&data.join("registry.csv"));
    assert!(kiosk(folder.path(), &["import", "registry", &registry]).status.success());
    let book = text(&data.join("signin_book.csv"));
    assert!(kiosk(folder.path(), &["import", "visits", &book, "--year", "2016"]).status.success());
    let year = ["report", "--from", "2016-01-01", "--to", "2016-12-31", "--format"];
    let out = folder.path().join("2016.xlsx");
    let mut args: Vec<&str> = year.to_vec();
    let file = text(&out);
    args.extend(["xlsx", "--out", &file]);
    let done = kiosk(folder.path(), &args);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let mut workbook = opened("2016", std::fs::read(&out).expect("written"));
    let title = "2016年 服务年报";
    for (name, value) in [("人次", 440.0), ("人数", 103.0)] {
        assert!((number(&mut workbook, title, name, 1) - value).abs() < 0.001, "{name}");
    }
    // The yards of the answers, and their sum.
    assert!((number(&mut workbook, "按院落", "共和村5号院", 1) - 82.0).abs() < 0.001);
    assert!((number(&mut workbook, "按院落", "合计", 1) - 440.0).abs() < 0.001);
    assert!((number(&mut workbook, "按院落", "合计", 2) - 103.0).abs() < 0.001);
    assert!((number(&mut workbook, "按月", "2016年9月", 1) - 54.0).abs() < 0.001);
    // A file that is there is never overwritten.
    assert_eq!(kiosk(folder.path(), &args).status.code(), Some(1));
    let out = folder.path().join("2016.pdf");
    let file = text(&out);
    let mut args: Vec<&str> = year.to_vec();
    args.extend(["pdf", "--out", &file]);
    assert!(kiosk(folder.path(), &args).status.success());
    let said = words("2016", &std::fs::read(&out).expect("written"));
    for wanted in [
        "2016年服务年报",
        "440",
        "103",
        "一、每月人次",
        "三、按院落",
        "人次：同一人同一天",
        "审核人",
        "第1页，共2页",
    ] {
        assert!(said.contains(wanted), "{wanted}");
    }
    // A dry run writes nothing; a format needs a file.
    let dry = folder.path().join("dry.pdf");
    let file = text(&dry);
    let mut args = vec!["--dry-run"];
    args.extend(year);
    args.extend(["pdf", "--out", &file]);
    assert!(kiosk(folder.path(), &args).status.success());
    assert!(!dry.exists());
    assert_eq!(kiosk(folder.path(), &["report", "--format", "pdf"]).status.code(), Some(2));
}

/// Three people of two yards; the last has never come.
fn centre() -> (Centre, Vec<ResidentId>) {
    let mut centre = Centre::at("2026-11-24T09:00:00");
    let mut ids = Vec::new();
    for (name, yard) in [("=王福全", "望江雅居"), ("李秀英", "科华苑"), ("欧阳素芬", "科华苑")]
    {
        let mut one = person(name);
        one.profile.yard = yard.into();
        one.profile.contact_name = "王建国".into();
        one.profile.contact_phone = "13900001953".into();
        centre.store.put_resident(Actor::Cli, &one, "").expect("written");
        ids.push(one.id);
    }
    for (who, from, to) in [
        (0, "2026-11-03T09:05:00", "2026-11-03T11:00:00"),
        (0, "2026-11-03T14:00:00", "2026-11-03T15:00:00"),
        (0, "2026-11-20T08:00:00", "2026-11-20T09:00:00"),
        (1, "2026-11-20T08:30:00", "2026-11-20T12:00:00"),
    ] {
        let entry = Correction {
            new_id: VisitId::new(),
            arrived_at: moment(from),
            left_at: Some(moment(to)),
            services: vec![seed_id(5)],
            reason: "补录".into(),
        };
        let _ = centre.store.enter_late(Actor::Cli, ids[who], &entry).expect("written");
    }
    (centre, ids)
}

fn head() -> PaperHead {
    PaperHead { centre: "阳光日间照料中心".into(), now: now(), zone: ZONE }
}

fn month() -> Period {
    Period { from: day("2026-11-01"), to: day("2026-11-30") }
}

#[test]
fn a_monthly_report_for_the_operator_also_tells_volunteers_and_incidents() {
    let (centre, _) = centre();
    let contents = centre.store.report_contents(month()).expect("counted");
    assert_eq!(
        (contents.statistics.total.visits, contents.statistics.meals),
        (3, 3),
        "twice on one day is one"
    );
    let report = |audience| PeriodReport {
        contents: contents.clone(),
        audience,
        made_by: "何静".into(),
        made_at: now(),
    };
    let street = words("month-street", &report(Audience::Street).pdf().expect("made"));
    let operator = words("month-operator", &report(Audience::Operator).pdf().expect("made"));
    assert!(street.contains("报送：街道办事处") && !street.contains("志愿服务"));
    for wanted in
        ["2026年11月服务月报", "报送：运营机构", "十、志愿服务", "十一、突发情况", "填报人：何静", "校验号"]
    {
        assert!(operator.contains(wanted), "{wanted}");
    }
    // The check number is the seal that the trail ends with.
    let seal = centre.store.last_seal().expect("read").to_uppercase();
    assert!(operator.contains(&format!("{}-{}", &seal[..4], &seal[4..8])));
}

#[test]
fn the_history_opens_as_a_spreadsheet_and_as_csv_with_the_same_rows_and_no_formula() {
    let (centre, _) = centre();
    let rows = centre.store.history(&HistoryFilter::default(), 0, 100).expect("read");
    let sheet = head().history("2026-11".into(), &rows);
    let mut book = opened("history", sheet.xlsx().expect("written"));
    let range = book.worksheet_range("来访记录").expect("the sheet");
    let lines: Vec<Vec<String>> =
        range.rows().skip(3).map(|row| row.iter().map(ToString::to_string).collect()).collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[3][..6], ["2026-11-03", "=王福全", "婆婆", "望江雅居", "09:05", "11:00"]);
    assert!(book.worksheet_formula("来访记录").expect("read").is_empty(), "words are never formulas");
    let i18n = I18n::new(Lang::ZhHans);
    let bytes = csv::visits(&csv::Headings::of(&i18n), &rows, ZONE).expect("written");
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").expect("a byte order mark");
    let mut reader = ::csv::Reader::from_reader(body);
    let names: Vec<String> = reader.records().map(|row| row.expect("a row")[1].to_owned()).collect();
    assert_eq!(names.iter().filter(|name| *name == "'=王福全").count(), 3);
}

#[test]
fn the_sheet_of_a_day_and_of_a_month_count_people_once() {
    let (centre, _) = centre();
    let of = |from: &str, to: &str| {
        let filter = HistoryFilter { from: Some(day(from)), to: Some(day(to)), ..HistoryFilter::default() };
        centre.store.history(&filter, 0, 100).expect("read")
    };
    let sheet = head().day(day("2026-11-20"), &of("2026-11-20", "2026-11-20"));
    let said = words("day", &sheet.pdf().expect("made"));
    for wanted in ["签到表", "11月20日", "李秀英婆婆", "08:30", "12:00", "午餐", "人次2，人数2", "审核人"]
    {
        assert!(said.contains(wanted), "{wanted}");
    }
    let sheet = head().attendance(month(), &of("2026-11-01", "2026-11-30"));
    let said = words("attendance", &sheet.pdf().expect("made"));
    assert!(said.contains("人次3，人数2") && said.contains("3、20"), "{said}");
    let mut book = opened("attendance", sheet.xlsx().expect("written"));
    assert!((number(&mut book, "出勤表", "=王福全婆婆", 2) - 2.0).abs() < 0.001, "two days");
}

#[test]
fn the_evacuation_list_begins_with_those_who_need_help() {
    let (mut centre, ids) = centre();
    for id in &ids[..2] {
        let _ = centre.check_in(*id);
    }
    let mut inside: Vec<Inside> = centre
        .store
        .roster()
        .expect("read")
        .into_iter()
        .filter(|listed| listed.here_since.is_some())
        .map(|listed| Inside { listed, wheelchair: false, hearing: false })
        .collect();
    inside.iter_mut().find(|one| one.listed.resident.id == ids[1]).expect("inside").wheelchair = true;
    inside
        .iter_mut()
        .find(|one| one.listed.resident.id == ids[0])
        .expect("inside")
        .listed
        .resident
        .profile
        .escort = Escort::None;
    let said = words("evacuation", &head().evacuation(&inside).pdf().expect("made"));
    assert!(said.contains("在里面2人") && said.contains("坐轮椅") && said.contains("13900001953"));
    let place = |name: &str| said.find(name).unwrap_or_else(|| panic!("{name} is not in {said}"));
    assert!(place("李秀英") < place("王福全"));
}

#[test]
fn the_sheet_for_a_day_without_power_has_the_expected_and_empty_lines() {
    let (centre, _) = centre();
    let expected = centre.store.roster_of(day("2026-11-25")).expect("read");
    let said = words("fallback", &head().fallback(day("2026-11-25"), &expected).pdf().expect("made"));
    for wanted in ["备用签到表", "11月25日", "欧阳素芬", "纸上补录"] {
        assert!(said.contains(wanted), "{wanted}");
    }
}

#[test]
fn a_file_on_paper_shows_health_only_to_who_may_see_it() {
    let (mut centre, ids) = centre();
    let id = ids[2];
    let plan = CarePlan {
        allergies: "青霉素过敏".into(),
        hearing: true,
        risk: Some(Risk::High),
        ..CarePlan::default()
    };
    centre.store.put_care_plan(Actor::Cli, id, &plan).expect("written");
    let relative = Relative {
        id: RelativeId::new(),
        name: "欧阳建军".into(),
        relation: "儿子".into(),
        phone: "13800002206".into(),
        collects: true,
    };
    centre.store.put_relative(Actor::Cli, id, &relative).expect("written");
    let consent = Consent {
        purpose: Purpose::Health,
        given: true,
        decided_on: day("2026-11-01"),
        witness: "周敏".into(),
        guardian: String::new(),
    };
    centre.store.decide_consent(Actor::Cli, id, &consent).expect("written");
    let paper = |with_health| {
        let record = centre.store.person_record(id, with_health).expect("read");
        words("person", &head().person(&record).pdf().expect("made"))
    };
    let said = paper(true);
    for wanted in ["欧阳素芬婆婆", "青霉素过敏", "听力弱", "欧阳建军（儿子，可以接）", "健康记录", "同意"]
    {
        assert!(said.contains(wanted), "{wanted} is not in {said}");
    }
    assert!(!paper(false).contains("健康记录（"), "no table of readings");
}

/// Rectangles of a page in PDF points, dark ones only, with y downwards.
fn dark_boxes(pdf: &lopdf::Document, page: lopdf::ObjectId) -> Vec<(f32, f32, f32, f32)> {
    let content = pdf.get_page_content(page).expect("content");
    let content = lopdf::content::Content::decode(&content).expect("decoded");
    let mut boxes = Vec::new();
    let (mut dark, mut points): (bool, Vec<(f32, f32)>) = (true, vec![]);
    for operation in content.operations {
        let numbers: Vec<f32> = operation.operands.iter().filter_map(|o| o.as_float().ok()).collect();
        match (operation.operator.as_str(), numbers.as_slice()) {
            ("rg", [red, ..]) => dark = *red < 0.3,
            ("m", [x, y]) => points = vec![(*x, *y)],
            ("l", [x, y]) => points.push((*x, *y)),
            ("f", _) if dark && points.len() == 4 => {
                let x = points.iter().map(|p| p.0).fold(f32::MAX, f32::min);
                let y = points.iter().map(|p| p.1).fold(f32::MAX, f32::min);
                let right = points.iter().map(|p| p.0).fold(f32::MIN, f32::max);
                let bottom = points.iter().map(|p| p.1).fold(f32::MIN, f32::max);
                boxes.push((x, y, right - x, bottom - y));
            }
            _ => {}
        }
    }
    boxes
}

#[test]
fn every_code_of_a_sheet_of_cards_reads_back_and_no_card_says_a_full_name() {
    const SCALE: f32 = 4.0;
    let mut centre = Centre::at("2026-11-24T09:00:00");
    for n in 0..13 {
        let _ = centre.resident(&format!("王桂{}", ["芳", "英", "兰"][n % 3]));
    }
    assert_eq!(centre.store.issue_missing_cards(Actor::Cli).expect("issued"), 13);
    assert_eq!(centre.store.issue_missing_cards(Actor::Cli).expect("none"), 0, "who has one keeps it");
    let residents = centre.store.residents().expect("read");
    let codes = centre.store.valid_cards().expect("read");
    let face = |(id, code): &(ResidentId, String)| {
        let resident = residents.iter().find(|resident| resident.id == *id).expect("known");
        Face::of(&resident.profile, code)
    };
    let sheet =
        CardSheet { centre: "阳光日间照料中心".into(), faces: codes.iter().map(face).collect() };
    let pdf = sheet.pdf().expect("made");
    let said = words("cards", &pdf);
    assert!(said.contains("王婆婆") && !said.contains("桂"), "a card gets lost");
    let document = lopdf::Document::load_mem(&pdf).expect("a PDF");
    let mut read = Vec::new();
    for page in document.page_iter() {
        let (width, height) = (595 * 4, 842 * 4);
        let mut grey = vec![255u8; width * height];
        for (x, y, w, h) in dark_boxes(&document, page) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside the page")]
            let (from, to) = (
                ((x * SCALE) as usize, (y * SCALE) as usize),
                (((x + w) * SCALE) as usize, ((y + h) * SCALE) as usize),
            );
            for row in from.1..to.1.min(height) {
                grey[row * width + from.0..row * width + to.0.min(width)].fill(0);
            }
        }
        // Card by card: a reader that sees ten codes at once mixes their corners.
        for at in 0..10 {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside the page")]
            let pixel = |mm: f32| (mm * 72.0 / 25.4 * SCALE) as usize;
            let (column, row) = ([0.0, 91.6][at % 2], [0.0, 55.0, 110.0, 165.0, 220.0][at / 2]);
            let (left, top) = (pixel(16.4 + 44.0 + column), pixel(11.0 + 1.0 + row));
            let (wide, high) = (pixel(41.0), pixel(52.0));
            let dot = |x: usize, y: usize| grey[(top + y) * width + left + x];
            let mut image = rqrr::PreparedImage::prepare_from_greyscale(wide, high, dot);
            read.extend(image.detect_grids().iter().filter_map(|grid| Some(grid.decode().ok()?.1)));
        }
    }
    read.sort();
    let mut wanted: Vec<String> = codes.into_iter().map(|(_, code)| code).collect();
    wanted.sort();
    assert_eq!(read, wanted);
    for code in read {
        let code = CardCode::parse(&code).expect("a card");
        assert!(matches!(centre.store.find_by_card(&code), Ok(Some(Holder::Resident(_)))));
    }
}

#[test]
fn one_persons_copy_and_erasure_work_from_the_command_line() {
    let (centre, ids) = centre();
    let Centre { folder, store, .. } = centre;
    drop(store);
    let file = folder.path().join("copy.json");
    let text = file.to_str().expect("text").to_owned();
    let done = kiosk(folder.path(), &["privacy", "export", "李秀英", &text, "--json"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let copy: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&file).expect("written")).expect("JSON");
    assert_eq!(copy["visits"].as_array().map(Vec::len), Some(1));
    let id = ids[1].to_string();
    let erase = ["privacy", "erase", id.as_str(), "--reason", "本人要求", "--json"];
    let mut dry = vec!["--dry-run"];
    dry.extend(erase);
    assert!(kiosk(folder.path(), &dry).status.success());
    assert!(kiosk(folder.path(), &["privacy", "export", "李秀英", "x.pdf", "--dry-run"]).status.success());
    let done = kiosk(folder.path(), &erase);
    let said: serde_json::Value = serde_json::from_slice(&done.stdout).expect("JSON");
    assert_eq!(said["visits_kept"], 1);
    assert_eq!(kiosk(folder.path(), &["privacy", "export", "李秀英", "x.pdf"]).status.code(), Some(1));
    let doctor = kiosk(folder.path(), &["doctor", "--json"]);
    let said: serde_json::Value = serde_json::from_slice(&doctor.stdout).expect("JSON");
    assert_eq!(said["trail"]["whole"], true);
    let report = kiosk(folder.path(), &["report", "--json"]);
    let said: serde_json::Value = serde_json::from_slice(&report.stdout).expect("JSON");
    assert_eq!(said["visits"], 3, "the counts stay");
}
