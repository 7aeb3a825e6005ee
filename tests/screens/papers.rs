//! What is printed, read again by another program's reader.

use daycare_core::activity::OccurrenceChange;
use daycare_core::appointment::Closure;
use daycare_core::audit::Actor;
use daycare_core::visit::State;
use daycare_core::volunteer::Worker;
use daycare_kiosk::reports::day_list::{DayList, Line};
use daycare_kiosk::reports::ics;
use daycare_kiosk::reports::poster::{Poster, Sheet};
use daycare_kiosk::reports::slip::Slip;
use daycare_kiosk::reports::time_bank::{Statement, hours_words};

use testkit::sandbox::{Sandbox, samples};

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
    let slip = Slip::of(
        (fasting, fasting.id),
        &resident.profile,
        "阳光日间照料中心",
        sandbox.cx().clock.now(),
        sandbox.cx().clock.zone(),
    );
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
    let line = |listed: &daycare_store::appointment::ListedAppointment| Line {
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

/// The week of the demo with one time cancelled and one day closed.
fn week(sandbox: &Sandbox) -> Poster {
    let monday: chrono::NaiveDate = "2026-11-23".parse().expect("a day");
    let read = sandbox.cx().store.write(move |store| {
        let sunday = monday + chrono::Days::new(6);
        let craft = store.activities(monday, sunday)?.into_iter().find(|l| l.occurrence.name == "手工");
        let craft = craft.expect("in the plan").occurrence;
        let cancelled = Some("老师来不了".to_owned());
        let change = OccurrenceChange {
            key: craft.key,
            held_on: craft.held_on,
            arrangement: craft.arrangement,
            cancelled,
        };
        let _ = store.change_occurrence(Actor::Program, &change)?;
        let _ = store.close_day(Actor::Program, &Closure { day: sunday, name: "消防检修".into() })?;
        Ok((store.activities(monday, sunday)?, store.closures(monday, sunday)?))
    });
    let (listed, closures) = futures::executor::block_on(read).expect("read");
    Poster { centre: sandbox.cx().centre.name.clone(), monday, sheet: Sheet::A4, listed, closures }
}

#[test]
fn the_poster_names_every_time_and_place_what_is_cancelled_full_and_closed() {
    let poster = week(&Sandbox::demo());
    let text = words("poster-a4", &poster.pdf().expect("made"));
    for listed in &poster.listed {
        let name = listed.occurrence.name.as_str();
        assert!(text.contains(name), "{name} is not in {text}");
        assert!(listed.occurrence.off.is_some() || text.contains(&listed.room), "{}", listed.room);
    }
    for wanted in [
        "11月23日–11月29日",
        "农历十月十五",
        "上午10:00",
        "这次不办：老师来不了",
        "消防检修",
        "满了，可以等位",
    ] {
        assert!(text.contains(wanted), "{wanted} is not in {text}");
    }
    let a3 = Poster { sheet: Sheet::A3, ..poster.clone() };
    assert_eq!(words("poster-a3", &a3.pdf().expect("made")), text);
    // A full week goes on another sheet before it becomes too small to read.
    let times = 4;
    let many = poster.listed.iter().flat_map(|listed| std::iter::repeat_n(listed.clone(), times)).collect();
    let many = words("poster-many", &Poster { listed: many, ..poster.clone() }.pdf().expect("made"));
    assert_eq!(many.matches("打牌联谊").count(), times);
    assert!(many.matches("这周活动").count() >= 2, "{many}");
    let empty = Poster { listed: vec![], closures: vec![], ..poster };
    assert!(words("poster-empty", &empty.pdf().expect("made")).contains("这周没有活动"));
}

#[test]
fn the_time_bank_statement_adds_up_and_an_end_that_nobody_noted_counts_no_time() {
    let sandbox = Sandbox::demo();
    let (from, to) = ("2026-11-01".parse().expect("a day"), "2026-11-30".parse().expect("a day"));
    let read = sandbox.cx().store.read(move |store| {
        let volunteer = store.volunteers()?.remove(0);
        let shifts = store.shifts(from, to, Some(Worker::Volunteer(volunteer.id)))?;
        Ok((volunteer, shifts))
    });
    let (volunteer, mut shifts) = futures::executor::block_on(read).expect("read");
    shifts[0].shift.state = State::NotRecorded;
    shifts[0].shift.ended_at = None;
    let total: u32 = shifts.iter().map(|listed| listed.shift.minutes()).sum();
    let statement = Statement {
        centre: sandbox.cx().centre.name.clone(),
        name: volunteer.name.clone(),
        team: "康乐服务队".into(),
        from,
        to,
        made_on: sandbox.cx().clock.today(),
        shifts,
        carried: 125,
        zone: sandbox.cx().clock.zone(),
    };
    let text = words("time-bank", &statement.pdf().expect("made"));
    for wanted in [
        volunteer.name,
        "时间银行".into(),
        "以前累计2小时05分".into(),
        format!("本期{}", hours_words(total)),
        format!("累计{}", hours_words(total + 125)),
        "没记".into(),
    ] {
        assert!(text.contains(&wanted), "{wanted} is not in {text}");
    }
}

#[test]
fn another_parser_reads_the_feed_with_every_time_once_and_no_person() {
    let poster = week(&Sandbox::demo());
    let zone = chrono_tz::Asia::Shanghai;
    let text = ics::feed(&poster.listed, &poster.centre, daycare_core::time::Moment(0), zone);
    let mut parser = ical::IcalParser::new(text.as_bytes());
    let calendar = parser.next().expect("one calendar").expect("valid");
    assert_eq!(calendar.events.len(), poster.listed.len());
    let value = |event: &ical::parser::ical::component::IcalEvent, name: &str| {
        event.properties.iter().find(|p| p.name == name).and_then(|p| p.value.clone()).unwrap_or_default()
    };
    let uids: std::collections::BTreeSet<String> =
        calendar.events.iter().map(|event| value(event, "UID")).collect();
    assert_eq!(uids.len(), poster.listed.len(), "each is an event of its own");
    let craft = calendar.events.iter().find(|event| value(event, "SUMMARY") == "手工").expect("in it");
    assert_eq!(value(craft, "STATUS"), "CANCELLED");
    assert_eq!(value(craft, "DTSTART"), "20261127T063000Z");
    assert!(!text.contains("陈静") && !text.contains("谢大勇"), "leaders are people");
}
