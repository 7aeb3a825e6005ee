//! Booking, coming and measuring on the screens, without a window.

use std::time::Duration;

use daycare_core::appointment::{Appointment, Status};
use daycare_core::visit::Source;
use daycare_kiosk::demo::{CARD, STAFF_PIN};
use daycare_kiosk::i18n::Lang;
use daycare_kiosk::ui::screens::{Route, Sight};
use daycare_kiosk::ui::theme::Shape;
use daycare_kiosk::ui::widgets::root::KeyInput;

use testkit::sandbox::{Sandbox, samples};

fn tap(sandbox: &mut Sandbox, labels: &[&str]) {
    for label in labels {
        sandbox.cx().clock.advance_monotonic(Duration::from_secs(1));
        sandbox.click(label);
    }
}

fn own(sandbox: &Sandbox, name: &str) -> Vec<Appointment> {
    let (id, today) = (sandbox.resident(name).id, sandbox.cx().clock.today());
    let read = sandbox.cx().store.read(move |store| store.appointments_of(id, today));
    futures::executor::block_on(read).expect("read")
}

/// 欧阳 at her day, by her card.
fn my_day() -> Sandbox {
    let mut sandbox = Sandbox::demo();
    sandbox.scan(CARD);
    tap(&mut sandbox, &["是我，签到", "看我今天的安排"]);
    sandbox
}

/// Nurse 陈静 unlocks; 周敏 has the same PIN in the demo.
fn unlock(sandbox: &mut Sandbox) {
    tap(sandbox, &["陈静"]);
    for digit in STAFF_PIN.chars() {
        tap(sandbox, &[&digit.to_string()]);
    }
}

#[test]
fn a_health_check_is_booked_with_four_taps() {
    let mut sandbox = my_day();
    let taps = ["预约体检", "明天", "10:30", "对，就约这个"];
    tap(&mut sandbox, &taps);
    sandbox.expect("约好了");
    assert!(taps.len() <= 4);
    let booked = own(&sandbox, "欧阳素芬");
    assert_eq!((booked.len(), booked[0].status), (1, Status::Booked));
}

#[test]
fn a_bouncing_finger_books_once() {
    let mut sandbox = my_day();
    tap(&mut sandbox, &["预约体检", "明天", "10:30"]);
    sandbox.cx().clock.advance_monotonic(Duration::from_secs(1));
    let at = sandbox.target("btn:primary:yes");
    let bounce = [testkit::sandbox::press(1, at), testkit::sandbox::lift(1, at)];
    sandbox.events([bounce.clone(), bounce.clone(), bounce].concat());
    assert_eq!(own(&sandbox, "欧阳素芬").len(), 1);
}

#[test]
fn the_code_on_the_drawn_ticket_is_a_calendar_entry_without_a_name() {
    for (shape, name) in [(Shape::Portrait, "upright"), (Shape::Landscape, "lying")] {
        for dark in [false, true] {
            let mut sandbox = Sandbox::demo();
            let all = samples(&sandbox);
            let booked = all.iter().find(|sample| sample.name == "Booked").expect("there");
            sandbox.show(booked, Lang::ZhHans, Sight { dark, ..Sight::default() }, shape);
            let (width, height, rgba) = sandbox.picture(shape.size());
            let grey = |x: usize, y: usize| rgba[(y * width as usize + x) * 4 + 1];
            let mut image =
                rqrr::PreparedImage::prepare_from_greyscale(width as usize, height as usize, grey);
            let grids = image.detect_grids();
            let (_, text) = grids.first().expect(name).decode().expect("readable off the screen");
            let event = ical::IcalParser::new(text.as_bytes()).next().expect("one").expect("valid").events;
            let value =
                |key: &str| event[0].properties.iter().find(|p| p.name == key).and_then(|p| p.value.clone());
            assert_eq!(value("SUMMARY").as_deref(), Some("年度体检"));
            assert_eq!(value("DTSTART").as_deref(), Some("20261126T000000Z"));
            for private in ["欧阳", "素芬", "5678", "1941", "血压"] {
                assert!(!text.contains(private), "{private} in {text}");
            }
        }
    }
}

#[test]
fn only_the_card_or_staff_change_a_booking_but_everybody_may_look_and_book() {
    let mut sandbox = my_day();
    tap(&mut sandbox, &["预约体检", "明天", "10:30", "对，就约这个", "好的"]);
    sandbox.expect("不去了");
    tap(&mut sandbox, &["看好了"]);
    // The same person by phone.
    tap(&mut sandbox, &["我要回家了", "用手机号", "5", "6", "7", "8"]);
    let resident = Box::new(sandbox.resident("欧阳素芬"));
    let route = Route::MyDay(resident, Source::Phone);
    sandbox.open(route, Lang::ZhHans, Sight::default(), Shape::Portrait);
    sandbox.expect("明天 上午 10:30");
    assert!(!sandbox.shows("不去了"));
    sandbox.expect("只能看，要改请刷卡");
    tap(&mut sandbox, &["预约体检", "后天", "11:00", "对，就约这个"]);
    sandbox.expect("约好了");
}

#[test]
fn not_going_is_asked_once_more_and_can_be_taken_back() {
    let mut sandbox = my_day();
    tap(&mut sandbox, &["预约体检", "明天", "10:30", "对，就约这个", "好的", "不去了"]);
    sandbox.expect("这个不去了吗？");
    assert_eq!(own(&sandbox, "欧阳素芬").len(), 1, "not before the answer");
    tap(&mut sandbox, &["是，不去了"]);
    assert!(own(&sandbox, "欧阳素芬").is_empty());
    tap(&mut sandbox, &["点错了，取消"]);
    sandbox.expect("约好了");
    let again = own(&sandbox, "欧阳素芬");
    assert_eq!((again.len(), again[0].status), (1, Status::Booked));
}

#[test]
fn checking_in_offers_the_booking_of_the_day_and_gives_a_large_number() {
    let mut sandbox = my_day();
    tap(&mut sandbox, &["预约体检", "今天", "10:30", "对，就约这个", "好的"]);
    // Home again by mistake: the visit is taken back, the booking stays.
    tap(&mut sandbox, &["看好了"]);
    let booked = own(&sandbox, "欧阳素芬").remove(0);
    let here = sandbox.resident("欧阳素芬").id;
    let undo = sandbox.cx().store.write(move |store| {
        let visit = store.open_visit(here)?.expect("here");
        store.undo_check_in(daycare_core::audit::Actor::Resident, visit.id)
    });
    futures::executor::block_on(undo).expect("undone");
    assert_eq!(own(&sandbox, "欧阳素芬")[0].status, Status::Booked);
    sandbox.cx().clock.advance(Duration::from_secs(5));
    sandbox.scan(CARD);
    tap(&mut sandbox, &["是我，签到"]);
    assert_eq!(own(&sandbox, "欧阳素芬")[0].status, Status::Arrived);
    tap(&mut sandbox, &["10:30 体检", "好的"]);
    sandbox.expect("您的号码");
    let now = own(&sandbox, "欧阳素芬").remove(0);
    assert_eq!((now.id, now.status), (booked.id, Status::CheckedIn));
    sandbox.expect(now.ticket.as_deref().expect("a number"));
    tap(&mut sandbox, &["好的"]);
    sandbox.expect("您好，请刷卡签到");
}

#[test]
fn complaint_16_without_a_printer_nothing_is_offered_and_nothing_is_asked() {
    let mut sandbox = my_day();
    tap(&mut sandbox, &["预约体检", "明天", "10:30", "对，就约这个"]);
    assert!(!sandbox.shows("打一张小票"), "no printer, no button");
}

#[test]
fn a_full_day_offers_the_waiting_list_with_a_plain_sentence() {
    let mut sandbox = Sandbox::demo();
    let all = samples(&sandbox);
    let wait = all.iter().find(|sample| sample.name == "Book-wait").expect("there");
    sandbox.show(wait, Lang::ZhHans, Sight::default(), Shape::Portrait);
    sandbox.expect("都满了，帮您排队吗？");
    tap(&mut sandbox, &["好，帮我排队"]);
    sandbox.expect("排上了");
    sandbox.expect("前面有 0 位，有位子就打电话给您");
    assert_eq!(own(&sandbox, "欧阳素芬")[0].status, Status::Waitlist);
}

#[test]
fn ones_own_readings_need_the_card_and_staff() {
    let mut sandbox = Sandbox::demo();
    let resident = Box::new(sandbox.resident("欧阳素芬"));
    let by = |source| Route::MyDay(resident.clone(), source);
    sandbox.open(by(Source::Phone), Lang::ZhHans, Sight::default(), Shape::Portrait);
    assert!(!sandbox.shows("看我的记录"), "not by phone");
    sandbox.open(by(Source::Card), Lang::ZhHans, Sight::default(), Shape::Portrait);
    tap(&mut sandbox, &["看我的记录"]);
    sandbox.expect("请点您的名字");
    assert!(!sandbox.texts().iter().any(|text| text.contains("mmHg")));
    unlock(&mut sandbox);
    sandbox.expect("欧阳素芬婆婆的健康");
    assert!(sandbox.texts().iter().any(|text| text.contains("mmHg")));
    sandbox.wait(181);
    sandbox.expect("您好，请刷卡签到");
}

fn measuring(sandbox: &mut Sandbox) {
    let id = sandbox.resident("欧阳素芬").id;
    tap(sandbox, &["工作人员"]);
    unlock(sandbox);
    sandbox.open(Route::Measure(id, None), Lang::ZhHans, Sight::default(), Shape::Portrait);
    tap(sandbox, &["已经休息好了"]);
}

fn typed(sandbox: &mut Sandbox, number: &str) {
    for key in number.chars() {
        tap(sandbox, &[&key.to_string()]);
    }
    tap(sandbox, &["记下"]);
}

fn readings(sandbox: &Sandbox) -> Vec<daycare_core::vitals::Reading> {
    let id = sandbox.resident("欧阳素芬").id;
    let since = sandbox.cx().clock.now().plus_ms(-1);
    let read = sandbox.cx().store.read(move |store| store.readings_of(id, since));
    futures::executor::block_on(read).expect("read")
}

#[test]
fn a_critical_value_calls_staff_and_the_resident_reads_only_a_kind_sentence() {
    let mut sandbox = Sandbox::demo();
    measuring(&mut sandbox);
    for number in ["186", "112", "184", "110"] {
        typed(&mut sandbox, number);
    }
    tap(&mut sandbox, &["保存"]);
    sandbox.expect("请坐一下");
    sandbox.expect("马上有人来看您");
    let shown = sandbox.texts().join(" ");
    for number in ["185", "186", "184", "112", "mmHg"] {
        assert!(!shown.contains(number), "{number} stands in public");
    }
    let calls = futures::executor::block_on(sandbox.cx().store.read(|store| store.open_calls()));
    let calls = calls.expect("read");
    assert_eq!((calls.len(), calls[0].for_reading), (1, true));
    let kept = readings(&sandbox);
    assert_eq!(kept[0].value.words(kept[0].kind), "185/111");
    assert_eq!(kept[0].parts.len(), 2, "all measurements are kept");
    assert_eq!(kept[0].taken_by, "陈静");
}

#[test]
fn a_slip_of_the_keypad_is_refused_in_words_and_nothing_is_rounded() {
    let mut sandbox = Sandbox::demo();
    measuring(&mut sandbox);
    typed(&mut sandbox, "1320");
    sandbox.expect("60 到 260 之间才对，请看清再输");
    typed(&mut sandbox, "76");
    typed(&mut sandbox, "132");
    sandbox.expect("高压要比低压高，请看清再输");
    assert!(readings(&sandbox).is_empty());
}

#[test]
fn high_for_the_first_time_is_no_conclusion_and_offers_another_day() {
    let mut sandbox = Sandbox::demo();
    // A new person, never measured.
    let mut person = sandbox.resident("欧阳素芬");
    person.id = daycare_core::ids::ResidentId::new();
    person.profile.name = "黄新来".into();
    let id = person.id;
    let add = sandbox
        .cx()
        .store
        .write(move |store| store.put_resident(daycare_core::audit::Actor::Cli, &person, ""));
    futures::executor::block_on(add).expect("added");
    tap(&mut sandbox, &["工作人员"]);
    unlock(&mut sandbox);
    sandbox.open(Route::Measure(id, None), Lang::ZhHans, Sight::default(), Shape::Portrait);
    tap(&mut sandbox, &["已经休息好了"]);
    for number in ["152", "92", "150", "90"] {
        typed(&mut sandbox, number);
    }
    tap(&mut sandbox, &["保存"]);
    sandbox.expect("第一次偏高，不能下结论。约改天再量？");
    tap(&mut sandbox, &["记到待联系"]);
    let calls = futures::executor::block_on(sandbox.cx().store.read(|store| store.follow_ups()));
    assert!(calls.expect("read").iter().any(|call| call.name == "黄新来"));
}

#[test]
fn five_minutes_of_rest_are_counted_and_end_with_a_bell() {
    let mut sandbox = Sandbox::demo();
    let id = sandbox.resident("欧阳素芬").id;
    tap(&mut sandbox, &["工作人员"]);
    unlock(&mut sandbox);
    sandbox.open(Route::Measure(id, None), Lang::ZhHans, Sight::default(), Shape::Portrait);
    tap(&mut sandbox, &["开始计时"]);
    sandbox.wait(60);
    sandbox.expect("还有 4:00");
    // Nobody touches the screen, and it does not lock.
    sandbox.wait(240);
    assert!(!sandbox.shows("五分钟不说话，脚放平"));
    sandbox.expect("第 1 次 · 高压");
}

/// What staff type into the field of an open reading.
fn fixed(text: &str) -> daycare_kiosk::app::Message {
    use daycare_kiosk::app::screen::ScreenMessage;
    use daycare_kiosk::ui::screens::staff::health::Message;
    use daycare_kiosk::ui::widgets::Tapped;
    let Tapped { target, press } = Tapped::own(ScreenMessage::Health(Message::Fixed(text.into())));
    daycare_kiosk::app::Message::Tapped(target, press)
}

#[test]
fn a_reading_is_corrected_by_a_new_one_with_a_reason_or_struck_out() {
    let mut sandbox = Sandbox::demo();
    measuring(&mut sandbox);
    for number in ["132", "76", "130", "78"] {
        typed(&mut sandbox, number);
    }
    tap(&mut sandbox, &["保存", "131/77 mmHg"]);
    let id = readings(&sandbox)[0].id;
    // What cannot be is refused here, too.
    sandbox.send(fixed("13/77"));
    tap(&mut sandbox, &["点错了"]);
    sandbox.expect("60 到 260 之间才对，请看清再输");
    assert_eq!(readings(&sandbox)[0].id, id);
    sandbox.send(fixed("121/77"));
    tap(&mut sandbox, &["点错了"]);
    let now = readings(&sandbox);
    assert_eq!((now.len(), now[0].value.words(now[0].kind).as_str()), (1, "121/77"));
    tap(&mut sandbox, &["121/77 mmHg", "认错人了"]);
    assert!(readings(&sandbox).is_empty());
}

#[test]
fn measuring_for_an_appointment_leads_back_to_the_clinic_and_without_one_to_the_person() {
    use daycare_kiosk::app::screen::AnyScreen;
    let mut sandbox = Sandbox::demo();
    let id = sandbox.resident("欧阳素芬").id;
    tap(&mut sandbox, &["工作人员"]);
    unlock(&mut sandbox);
    for appointment in [Some(daycare_core::ids::AppointmentId::new()), None] {
        sandbox.open(Route::Measure(id, appointment), Lang::ZhHans, Sight::default(), Shape::Portrait);
        sandbox.wait(1);
        sandbox.press_key(KeyInput::Other(iced::keyboard::key::Named::Escape));
        let there = sandbox.app.screen();
        assert_eq!(matches!(there, AnyScreen::Clinic(_)), appointment.is_some());
        assert_eq!(matches!(there, AnyScreen::Health(_)), appointment.is_none());
    }
}
