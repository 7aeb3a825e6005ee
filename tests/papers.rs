//! What is printed, read again by another program's reader.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where something is wrong"
)]

#[path = "support/sandbox.rs"]
mod sandbox;

use daycare_kiosk::reports::day_list::{DayList, Line};
use daycare_kiosk::reports::slip::Slip;
use sandbox::{Sandbox, samples};

/// The words of a paper; with `KIOSK_PAPERS` it is kept there to be looked at.
fn words(name: &str, pdf: &[u8]) -> String {
    assert!(pdf.starts_with(b"%PDF-"));
    if let Some(folder) = std::env::var_os("KIOSK_PAPERS") {
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.pdf")), pdf).expect("written");
    }
    // Fonts are cut to the glyphs used: twenty megabytes of them are not in it.
    assert!(pdf.len() < 300_000, "{} bytes", pdf.len());
    pdf_extract::extract_text_from_mem(pdf).expect("readable").replace([' ', '\n'], "")
}

#[test]
fn the_slip_says_when_and_where_and_to_come_without_breakfast_but_no_full_name() {
    let sandbox = Sandbox::demo();
    drop(samples(&sandbox));
    let resident = sandbox.resident("王福全");
    let id = resident.id;
    let today = sandbox.cx().clock.today();
    let own = sandbox.cx().store.read(move |store| store.appointments_of(id, today));
    let own = futures::executor::block_on(own).expect("read");
    let fasting = own.iter().find(|a| a.fasting).expect("a check-up");
    let slip = Slip::of(fasting, &resident.profile, "阳光日间照料中心", sandbox.cx().clock.zone());
    let text = words("slip", &slip.pdf().expect("made"));
    for wanted in ["阳光日间照料中心", "年度体检", "11月26日", "08:00", "一楼保健室", "空腹", "王爷爷"]
    {
        assert!(text.contains(wanted), "{wanted} is not in {text}");
    }
    assert!(!text.contains("福全"), "a slip gets lost");
}

#[test]
fn the_list_of_a_day_has_everybody_once_and_its_pages_are_numbered() {
    let sandbox = Sandbox::demo();
    let today = sandbox.cx().clock.today();
    let all = sandbox.cx().store.read(move |store| store.appointments_between(today, today));
    let all = futures::executor::block_on(all).expect("read");
    let line = |listed: &daycare_kiosk::storage::appointment::Listed| Line {
        appointment: listed.appointment.clone(),
        name: format!("{}{}", listed.name, listed.called_by),
        yard: listed.yard.clone(),
        phone: listed.phone.clone(),
    };
    // A long day: more than one page.
    let lines: Vec<Line> = all.iter().cycle().take(all.len() * 6).map(line).collect();
    let list = DayList {
        centre: sandbox.cx().centre.name.clone(),
        day: today,
        lines,
        zone: sandbox.cx().clock.zone(),
    };
    let text = words("day-list", &list.pdf().expect("made"));
    for listed in &all {
        let count = text.matches(&format!("{}{}", listed.name, listed.called_by)).count();
        assert!(count >= 6, "{} stands {count} times", listed.name);
    }
    assert!(text.contains("第1页，共3页") && text.contains("第3页，共3页"), "{text}");
    let empty = DayList { lines: vec![], ..list };
    assert!(words("day-list-empty", &empty.pdf().expect("made")).contains("这天没有预约"));
}
