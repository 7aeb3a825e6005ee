//! Who is in front of the screen: every screen, every role, and a card read
//! meanwhile. Asserts who is shown, who is the actor, and what may be opened.

use daycare_core::appointment::{Booked, Booking, Status};
use daycare_core::audit::Actor;
use daycare_core::card::{CardCode, Holder};
use daycare_core::ids::{AppointmentId, ResidentId};
use daycare_core::service::{HEALTH_CHECK, seed_id};
use daycare_core::visit::Source;
use daycare_kiosk::app::screen::{AnyScreen, ScreenMessage};
use daycare_kiosk::app::{Devices, Message};
use daycare_kiosk::config::{Config, Mode};
use daycare_kiosk::demo::{CARD, MANAGER_PIN, STAFF_PIN};
use daycare_kiosk::devices::printer::Printer;
use daycare_kiosk::i18n::Lang;
use daycare_kiosk::ui::screens::Wish;
use daycare_kiosk::ui::screens::staff::person;
use daycare_kiosk::ui::screens::{Ctx, Route, Sight};
use daycare_kiosk::ui::theme::Shape;
use daycare_kiosk::ui::widgets::Press;
use daycare_kiosk::ui::widgets::root::KeyInput;

use testkit::sandbox::{Sandbox, samples, staff_samples};

const ROLES: [(&str, &str); 3] = [("周敏", STAFF_PIN), ("陈静", STAFF_PIN), ("何静", MANAGER_PIN)];

/// A second resident with a card.
fn other(sandbox: &Sandbox, name: &str) -> (ResidentId, String) {
    let who = sandbox.resident(name).id;
    let code = CardCode::from_random([7; 10]);
    let given = code.clone();
    let write = sandbox
        .cx()
        .store
        .write(move |store| store.issue_card(Actor::Program, Holder::Resident(who), &given));
    futures::executor::block_on(write).expect("a card");
    (who, code.as_str().to_owned())
}

fn actor(sandbox: &Sandbox) -> Actor {
    sandbox.cx().actor()
}

/// Goes to a route as a tap would.
fn go(sandbox: &mut Sandbox, route: Route) {
    sandbox.open(route, Lang::ZhHans, Sight::default(), Shape::Portrait);
}

#[test]
fn a_card_on_any_residents_screen_ends_a_staff_session_and_shows_its_owner() {
    let names: Vec<&'static str> = samples(&Sandbox::demo()).iter().map(|sample| sample.name).collect();
    for (at, name) in names.iter().enumerate() {
        let mut sandbox = Sandbox::demo();
        let (who, code) = other(&sandbox, "王福全");
        sandbox.unlock_as("陈静", STAFF_PIN);
        let sample = samples(&sandbox).swap_remove(at);
        sandbox.show(&sample, Lang::ZhHans, Sight::default(), Shape::Portrait);
        sandbox.wait(1);
        sandbox.scan(&code);
        if !sandbox.app.screen().is_staff() {
            assert_eq!(actor(&sandbox), Actor::Resident, "{name}");
            assert!(sandbox.cx().staff.is_none(), "{name}");
        }
        let shown = sandbox.app.screen().resident_id();
        assert!(shown.is_none_or(|shown| shown == who), "{name} still shows somebody else");
    }
}

#[test]
fn a_card_while_staff_work_never_opens_a_residents_screen_and_loses_nothing() {
    for (name, pin) in ROLES {
        let count = staff_samples(&Sandbox::demo()).len();
        for at in 0..count {
            let mut sandbox = Sandbox::demo();
            sandbox.unlock_as(name, pin);
            let (sample, route) = staff_samples(&sandbox).swap_remove(at);
            let Some(staff) = sandbox.cx().staff.as_ref().map(|staff| staff.id) else { panic!("locked") };
            go(&mut sandbox, route);
            if sandbox.cx().staff.is_none() || !sandbox.app.screen().is_staff() {
                continue;
            }
            let before = std::mem::discriminant(sandbox.app.screen());
            sandbox.wait(1);
            sandbox.scan(CARD);
            assert_eq!(std::mem::discriminant(sandbox.app.screen()), before, "{name} on {sample}");
            assert_eq!(actor(&sandbox), Actor::Staff(staff), "{name} on {sample}");
            let said = sandbox.texts().join(" ");
            let told = ["签到好了", "已经在这里", "不能刷卡", "负责人", "没有权限", "不能做"];
            assert!(told.iter().any(|words| said.contains(words)), "{name} on {sample}: nothing is said");
        }
    }
}

#[test]
fn a_card_on_the_board_signs_its_owner_in_and_can_be_undone() {
    let mut sandbox = Sandbox::demo();
    let who = sandbox.resident("欧阳素芬").id;
    sandbox.unlock();
    sandbox.scan(CARD);
    assert!(sandbox.is_here(who));
    sandbox.expect("欧阳素芬婆婆签到好了");
    sandbox.wait(1);
    sandbox.click("撤销");
    assert!(!sandbox.is_here(who));
}

#[test]
fn a_card_does_not_keep_a_staff_session_open() {
    let mut sandbox = Sandbox::demo();
    sandbox.unlock();
    go(&mut sandbox, Route::Settings);
    sandbox.wait(179);
    sandbox.scan(CARD);
    sandbox.wait(2);
    assert!(sandbox.cx().staff.is_none(), "nobody has touched the screen for three minutes");
}

#[test]
fn a_nurse_books_for_somebody_and_returns_to_where_it_began() {
    for mode in [Mode::Kiosk, Mode::Desk] {
        let mut sandbox = in_mode(mode);
        let resident = sandbox.resident("王福全");
        if mode == Mode::Kiosk {
            sandbox.unlock_as("陈静", STAFF_PIN);
        } else {
            sandbox.click("陈静");
            for digit in STAFF_PIN.chars() {
                sandbox.wait(1);
                sandbox.click(&digit.to_string());
            }
        }
        let staff = actor(&sandbox);
        go(&mut sandbox, Route::Clinic);
        let wish = Wish::health_check(Box::new(resident.clone()), Source::Staff);
        go(&mut sandbox, Route::Book(wish));
        assert!(matches!(sandbox.app.screen(), AnyScreen::Book(_)), "{mode:?}: booking is locked out");
        assert_eq!(actor(&sandbox), staff, "{mode:?}");
        for tap in ["明天", "10:30", "对，就约这个"] {
            sandbox.wait(1);
            sandbox.click(tap);
        }
        assert!(matches!(sandbox.app.screen(), AnyScreen::Booked(_)), "{mode:?}: {:?}", sandbox.texts());
        sandbox.wait(1);
        sandbox.tap_first("primary");
        assert!(matches!(sandbox.app.screen(), AnyScreen::Clinic(_)), "{mode:?}: {:?}", sandbox.texts());
        assert_eq!(actor(&sandbox), staff);
    }
}

fn in_mode(mode: Mode) -> Sandbox {
    let cx = daycare_kiosk::app::presets::context(|store| daycare_kiosk::demo::seed(store).map(drop));
    let cx = cx.expect("a demo centre");
    let config = Config { mode, ..Config::default() };
    Sandbox::on(Ctx { config: std::sync::Arc::new(config), ..cx })
}

#[test]
fn a_card_ends_the_session_of_staff_who_led_its_owner_and_stepped_away() {
    let mut sandbox = Sandbox::demo();
    sandbox.unlock_as("陈静", STAFF_PIN);
    let resident = sandbox.resident("欧阳素芬");
    go(&mut sandbox, Route::Clinic);
    go(&mut sandbox, Route::Book(Wish::health_check(Box::new(resident.clone()), Source::Staff)));
    assert!(matches!(actor(&sandbox), Actor::Staff(_)));
    sandbox.wait(1);
    sandbox.scan(CARD);
    assert!(sandbox.cx().staff.is_none());
    assert!(!sandbox.app.screen().is_staff(), "{:?}", sandbox.texts());
}

#[test]
fn nothing_of_the_staff_stands_on_the_first_page_after_locking() {
    let mut sandbox = Sandbox::demo();
    sandbox.unlock();
    sandbox.scan(CARD);
    sandbox.expect("欧阳素芬婆婆签到好了");
    let lock = daycare_kiosk::ui::widgets::root::KeyInput::Char('l');
    sandbox.send(Message::Key(lock, iced::keyboard::Modifiers::CTRL));
    assert!(sandbox.cx().staff.is_none());
    assert!(!sandbox.texts().join(" ").contains("欧阳素芬"), "{:?}", sandbox.texts());
}

#[test]
fn two_cards_in_a_row_tell_the_first_that_they_are_not_signed_in() {
    let mut sandbox = Sandbox::demo();
    let (who, code) = other(&sandbox, "王福全");
    sandbox.scan(CARD);
    sandbox.expect("您是欧阳素芬婆婆吗？");
    sandbox.wait(1);
    sandbox.scan(&code);
    assert!(sandbox.shows("您是王福全爷爷吗？") || sandbox.app.screen().resident_id() == Some(who));
    sandbox.expect("欧阳婆婆还没有签到，请等一下再刷卡");
    assert!(!sandbox.is_here(sandbox.resident("欧阳素芬").id));
}

#[test]
fn who_ticked_a_booking_is_here_for_it_whichever_way_they_leave() {
    for way in ["好的", "看我今天的安排", "返回", "scan"] {
        let mut sandbox = Sandbox::demo();
        let who = sandbox.resident("欧阳素芬").id;
        let (_, code) = other(&sandbox, "王福全");
        let today = sandbox.cx().clock.today();
        let booked = |sandbox: &Sandbox| {
            let read = sandbox.cx().store.read(move |store| store.appointments_of(who, today));
            futures::executor::block_on(read).expect("read")
        };
        let id = AppointmentId::new();
        let now = sandbox.cx().clock.now();
        let write = sandbox.cx().store.write(move |store| {
            let slots = store.slots(seed_id(HEALTH_CHECK), today, today)?;
            let slot =
                slots.into_iter().find(|slot| slot.free > 0 && slot.starts_at > now).expect("a time today");
            let (session_id, starts_at) = (slot.session_id, slot.starts_at);
            let booking = Booking { id, resident_id: who, session_id, starts_at, instead_of: None };
            store.book(Actor::Cli, &booking)
        });
        let made = futures::executor::block_on(write).expect("written");
        assert!(matches!(made, Booked::Done(_)), "{made:?}");
        sandbox.scan(CARD);
        sandbox.click("是我，签到");
        sandbox.wait(1);
        sandbox.tap_first("choice");
        sandbox.wait(1);
        if way == "scan" {
            sandbox.scan(&code);
        } else {
            sandbox.click(way);
        }
        let after = booked(&sandbox).into_iter().find(|a| a.id == id).expect("the booking");
        assert_eq!(after.status, Status::CheckedIn, "{way}");
    }
}

#[test]
fn bulk_arrival_takes_back_only_what_it_did() {
    let mut sandbox = Sandbox::demo();
    let (first, second) = (sandbox.resident("欧阳素芬").id, sandbox.resident("王福全").id);
    sandbox.scan(CARD);
    sandbox.click("是我，签到");
    sandbox.click("好的");
    let at = sandbox.cx().clock.now();
    let arrivals: Vec<_> = [first, second]
        .map(|resident_id| daycare_core::visit::CheckIn {
            visit_id: daycare_core::ids::VisitId::new(),
            resident_id,
            at,
            source: Source::Staff,
            services: vec![],
        })
        .into();
    let write = sandbox.cx().store.write(move |store| store.check_in_all(Actor::Cli, &arrivals));
    let checked = futures::executor::block_on(write).expect("written");
    let done: Vec<_> = checked.iter().filter_map(|one| one.done().map(|visit| visit.id)).collect();
    assert_eq!(done.len(), 1, "one was here before");
    let write = sandbox.cx().store.write(move |store| store.undo_check_ins(Actor::Cli, &done));
    futures::executor::block_on(write).expect("taken back");
    assert!(sandbox.is_here(first) && !sandbox.is_here(second));
}

#[test]
fn what_staff_were_typing_when_the_screen_locked_is_there_for_them_alone() {
    let mut sandbox = Sandbox::demo();
    sandbox.unlock();
    let who = sandbox.resident("王福全").id;
    go(&mut sandbox, Route::Person(Some(who)));
    type_remark(&mut sandbox, "喜欢下棋");
    sandbox.wait(181);
    assert!(sandbox.cx().staff.is_none());
    assert!(!sandbox.shows("喜欢下棋"));
    sandbox.unlock_as("何静", MANAGER_PIN);
    assert!(matches!(sandbox.app.screen(), AnyScreen::Board(_)), "another person gets nothing of it");
    sandbox.wait(181);
    sandbox.unlock();
    assert!(matches!(sandbox.app.screen(), AnyScreen::Person(_)), "it is still there for her");
    assert!(sandbox.app.screen().has_draft());
}

fn type_remark(sandbox: &mut Sandbox, words: &str) {
    let typed = person::Message::Typed(person::Field::Remark, words.into());
    sandbox.send(Message::Tapped(String::new(), Press::Own(ScreenMessage::Person(typed))));
    assert!(sandbox.app.screen().has_draft());
}

fn type_in(sandbox: &mut Sandbox, message: ScreenMessage) {
    sandbox.send(Message::Tapped(String::new(), Press::Own(message)));
}

#[test]
fn every_form_of_the_staff_is_there_again_after_a_lock() {
    use daycare_kiosk::ui::screens::staff::{health, schedule, settings};
    type Form = (&'static str, fn(ResidentId) -> Route, ScreenMessage);
    let relative = person::Message::Typed(person::Field::Relative, "李军".into());
    let code = settings::hub::Message::Code("YLH1|".into());
    let forms: [Form; 4] = [
        ("何静", |_| Route::Schedule, ScreenMessage::Schedule(schedule::Message::Why("停电".into()))),
        ("何静", |_| Route::Settings, ScreenMessage::Settings(settings::Message::Hub(code))),
        ("周敏", |who| Route::Person(Some(who)), ScreenMessage::Person(relative)),
        ("陈静", Route::Health, ScreenMessage::Health(health::Message::Targeting(true))),
    ];
    for (name, route, typed) in forms {
        let mut sandbox = Sandbox::demo();
        let pin = if name == "何静" { MANAGER_PIN } else { STAFF_PIN };
        sandbox.unlock_as(name, pin);
        let route = route(sandbox.resident("王福全").id);
        go(&mut sandbox, route.clone());
        sandbox.wait(1);
        assert!(!sandbox.app.screen().has_draft(), "{route:?}");
        type_in(&mut sandbox, typed);
        assert!(sandbox.app.screen().has_draft(), "{route:?}");
        sandbox.wait(181);
        assert!(sandbox.cx().staff.is_none());
        sandbox.unlock_as(name, pin);
        assert!(sandbox.app.screen().has_draft(), "{route:?}");
    }
}

#[test]
fn two_people_find_each_their_own_form() {
    let mut sandbox = Sandbox::demo();
    let who = sandbox.resident("王福全").id;
    for (name, pin, words) in [("周敏", STAFF_PIN, "喜欢下棋"), ("何静", MANAGER_PIN, "听力不好")]
    {
        sandbox.unlock_as(name, pin);
        go(&mut sandbox, Route::Person(Some(who)));
        type_remark(&mut sandbox, words);
        sandbox.wait(181);
    }
    for (name, pin, words) in [("周敏", STAFF_PIN, "喜欢下棋"), ("何静", MANAGER_PIN, "听力不好")]
    {
        sandbox.unlock_as(name, pin);
        sandbox.press_key(KeyInput::Enter);
        assert_eq!(sandbox.resident("王福全").profile.remark, words);
        sandbox.wait(181);
    }
}

#[test]
fn whoever_was_being_asked_is_told_that_nothing_was_saved() {
    for (sample, words) in [("CancelAppointment", "的预约还没取消"), ("VolunteerShift", "的服务还没记好")]
    {
        let mut sandbox = Sandbox::demo();
        let (_, code) = other(&sandbox, "王福全");
        let all = samples(&sandbox);
        let asked = all.iter().find(|one| one.name == sample).expect("there");
        sandbox.show(asked, Lang::ZhHans, Sight::default(), Shape::Portrait);
        sandbox.wait(1);
        sandbox.scan(&code);
        let said = sandbox.texts().join(" ");
        assert!(said.contains(words), "{sample}: {said}");
    }
}

#[test]
fn a_resident_is_told_whether_the_slip_came_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let takes = folder.path().join("lp");
    std::fs::write(&takes, "#!/bin/sh\ncat > /dev/null\n").expect("written");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&takes, mode).expect("a program");
    let takes = takes.to_str().expect("a path");
    for (program, words) in [(takes, "小票打好了，请拿好"), ("false", "小票没打出来，请找工作人员")]
    {
        let cx = daycare_kiosk::app::presets::context(|store| daycare_kiosk::demo::seed(store).map(drop));
        let printer = Printer::through(program);
        let mut sandbox =
            Sandbox::with(cx.expect("a demo centre"), Devices { printer, ..Devices::default() });
        let all = samples(&sandbox);
        let booked = all.iter().find(|sample| sample.name == "Booked").expect("there");
        sandbox.show(booked, Lang::ZhHans, Sight::default(), Shape::Portrait);
        sandbox.wait(1);
        sandbox.click("打一张小票");
        assert!(sandbox.shows(words), "{program}: {:?}", sandbox.texts());
    }
}

#[test]
fn a_failed_save_keeps_what_was_typed_and_what_is_typed_after_it() {
    let mut sandbox = Sandbox::demo();
    sandbox.unlock();
    let who = sandbox.resident("王福全").id;
    go(&mut sandbox, Route::Person(Some(who)));
    type_remark(&mut sandbox, "喜欢下棋");
    let blocker = rusqlite::Connection::open(sandbox.cx().paths.database()).expect("opened");
    blocker.execute_batch("BEGIN EXCLUSIVE").expect("locked");
    sandbox.press_key(KeyInput::Enter);
    assert!(sandbox.app.screen().has_draft(), "nothing was saved");
    let allergies = person::Message::Typed(person::Field::Allergies, "青霉素".into());
    sandbox.send(Message::Tapped(String::new(), Press::Own(ScreenMessage::Person(allergies))));
    blocker.execute_batch("ROLLBACK").expect("free again");
    sandbox.press_key(KeyInput::Enter);
    sandbox.press_key(KeyInput::Enter);
    assert!(!sandbox.app.screen().has_draft());
    assert_eq!(sandbox.resident("王福全").profile.remark, "喜欢下棋");
    let plan = futures::executor::block_on(sandbox.cx().store.read(move |store| store.care_plan(who)));
    assert_eq!(plan.expect("read").allergies, "青霉素");
}

#[test]
fn a_paper_counts_as_printed_only_when_the_printer_took_it() {
    for (program, words) in [("false", "没有打印出来"), ("/bin/true-without-paper", "没有打印出来")]
    {
        let cx = daycare_kiosk::app::presets::context(|store| daycare_kiosk::demo::seed(store).map(drop));
        let printer = Printer::through(program);
        let mut sandbox =
            Sandbox::with(cx.expect("a demo centre"), Devices { printer, ..Devices::default() });
        sandbox.unlock();
        go(&mut sandbox, Route::Clinic);
        sandbox.wait(1);
        sandbox.tap_first("clinic-print");
        let said = sandbox.texts().join(" ");
        assert!(said.contains(words) && !said.contains("送去打印了"), "{program}: {said}");
    }
}

#[test]
fn a_tick_of_somebody_who_has_gone_is_not_acted_upon() {
    let mut sandbox = Sandbox::demo();
    sandbox.unlock();
    sandbox.wait(1);
    sandbox.tap_first("tick-");
    let here = |sandbox: &Sandbox| {
        let roster = futures::executor::block_on(sandbox.cx().store.read(|store| store.roster()));
        let here = roster.expect("read").into_iter().filter(|listed| listed.here_since.is_some());
        here.map(|listed| listed.resident.id).collect::<Vec<_>>()
    };
    let before = here(&sandbox);
    assert!(sandbox.texts().iter().any(|text| text.contains("1人回家")), "{:?}", sandbox.texts());
    // All of them go home at another machine.
    let (gone, at) = (before.clone(), sandbox.cx().clock.now());
    let left = sandbox.cx().store.write(move |store| store.check_out_all(Actor::Cli, &gone, at));
    let left = futures::executor::block_on(left).expect("written");
    assert_eq!(left.len(), before.len());
    sandbox.wait(10);
    assert!(!sandbox.texts().iter().any(|text| text.contains("1人回家")), "{:?}", sandbox.texts());
}

#[test]
fn a_pin_may_be_typed_at_the_desk() {
    let mut sandbox = in_mode(Mode::Desk);
    sandbox.click("陈静");
    for digit in STAFF_PIN.chars() {
        sandbox.wait(1);
        sandbox.send(Message::Key(KeyInput::Char(digit), iced::keyboard::Modifiers::empty()));
    }
    assert!(sandbox.cx().staff.is_some(), "{:?}", sandbox.texts());
}

#[test]
fn every_page_of_the_demo_says_so() {
    let mut sandbox = Sandbox::on(daycare_kiosk::app::presets::context(|_| Ok(())).expect("a new centre"));
    sandbox.click("先看演示中心");
    sandbox.wait(1);
    let marked = |sandbox: &Sandbox| sandbox.texts().iter().any(|text| text.contains("演示"));
    for sample in samples(&sandbox) {
        sandbox.show(&sample, Lang::ZhHans, Sight::default(), Shape::Portrait);
        assert!(marked(&sandbox), "{}", sample.name);
    }
    for (name, route) in staff_samples(&sandbox) {
        sandbox.show_staff(route, &[], Lang::ZhHans, Shape::Landscape);
        assert!(marked(&sandbox), "{name}");
    }
}

#[test]
fn the_demo_is_marked_and_ends_with_one_tap_at_the_first_start() {
    let mut sandbox = Sandbox::on(daycare_kiosk::app::presets::context(|_| Ok(())).expect("a new centre"));
    let own = sandbox.cx().paths.clone();
    sandbox.click("先看演示中心");
    sandbox.wait(1);
    sandbox.expect("您好，请刷卡签到");
    sandbox.expect("演示：点这里结束");
    assert_ne!(sandbox.cx().paths, own, "nothing invented lies among the centre's own records");
    sandbox.click("演示：点这里结束");
    assert!(matches!(sandbox.app.screen(), AnyScreen::FirstStart(_)));
    assert_eq!(sandbox.cx().paths, own);
    let people = futures::executor::block_on(sandbox.cx().store.read(|store| store.residents()));
    assert!(people.expect("read").is_empty());
}
