//! The keyboard of the desk: what is typed, Enter and Esc on every form, and the
//! keys that work everywhere.

use daycare_core::ids::CallId;
use daycare_kiosk::app::Message;
use daycare_kiosk::app::screen::ScreenMessage;
use daycare_kiosk::demo::{MANAGER_PIN, STAFF_PIN};
use daycare_kiosk::error::Result;
use daycare_kiosk::i18n::Lang;
use daycare_kiosk::ui::screens::staff::{first_start, schedule};
use daycare_kiosk::ui::screens::{Route, Sight};
use daycare_kiosk::ui::theme::Shape;
use daycare_kiosk::ui::widgets::Press;
use daycare_kiosk::ui::widgets::root::KeyInput;
use daycare_store::Store;
use iced::keyboard::Modifiers;
use iced::keyboard::key::Named;

use testkit::sandbox::{Sandbox, staff_samples};

const ENTER: KeyInput = KeyInput::Enter;
const ESC: KeyInput = KeyInput::Other(Named::Escape);

fn signed_in(name: &str, pin: &str, route: fn(&Sandbox) -> Route) -> Sandbox {
    let mut sandbox = Sandbox::demo();
    sandbox.unlock_as(name, pin);
    let route = route(&sandbox);
    sandbox.open(route, Lang::ZhHans, Sight::default(), Shape::Landscape);
    sandbox.wait(1);
    sandbox
}

fn tap(sandbox: &mut Sandbox, words: &[&str]) {
    for word in words {
        sandbox.wait(1);
        sandbox.click(word);
    }
    sandbox.wait(1);
}

fn read<T: Send + 'static>(
    sandbox: &Sandbox,
    work: impl FnOnce(&mut Store) -> Result<T> + Send + 'static,
) -> T {
    futures::executor::block_on(sandbox.cx().store.write(work)).expect("done")
}

fn shown(sandbox: &Sandbox, text: &str) -> usize {
    sandbox.texts().iter().filter(|shown| shown.as_str() == text).count()
}

#[test]
fn enter_writes_a_line_of_the_shift_book_once_however_often_it_is_pressed() {
    let mut sandbox = signed_in("周敏", STAFF_PIN, |_| Route::ShiftBook);
    sandbox.type_into("写给下一班的话", "热水器修好了");
    sandbox.wait(1);
    for _ in 0..3 {
        sandbox.send(Message::Key(ENTER, Modifiers::empty()));
    }
    assert_eq!(shown(&sandbox, "热水器修好了"), 1);
    tap(&mut sandbox, &["突发情况"]);
    sandbox.tap_first("incident-fall");
    tap(&mut sandbox, &["是谁（可不选）"]);
    sandbox.press_key(ENTER);
    let period = daycare_core::period::Period::month_of(sandbox.cx().clock.today());
    let before = read(&sandbox, move |store| store.incidents(period)).len();
    sandbox.press_key(ENTER);
    assert_eq!(
        read(&sandbox, move |store| store.incidents(period)).len(),
        before,
        "Enter in the search for a person files nothing"
    );
}

#[test]
fn enter_saves_a_contact_of_the_welfare_list_and_esc_closes_the_person() {
    let mut sandbox = signed_in("周敏", STAFF_PIN, |_| Route::Welfare);
    sandbox.tap_first("open-");
    sandbox.press_key(ENTER);
    assert!(!sandbox.shows("记好了"), "no result is chosen yet");
    tap(&mut sandbox, &["平安"]);
    sandbox.press_key(ENTER);
    sandbox.expect("记好了");
    sandbox.tap_first("open-");
    sandbox.press_key(ESC);
    assert!(!sandbox.shows("平安"));
}

#[test]
fn enter_closes_a_day_and_saves_hours_and_esc_leads_back() {
    let mut sandbox = signed_in("何静", MANAGER_PIN, |_| Route::Schedule);
    // The field is below the list of hours.
    let type_in = |sandbox: &mut Sandbox, message| {
        let typed = ScreenMessage::Schedule(message);
        sandbox.send(Message::Tapped(String::new(), Press::Own(typed)));
    };
    type_in(&mut sandbox, schedule::Message::Day("2026-12-25".into()));
    sandbox.press_key(ENTER);
    let early = chrono::NaiveDate::from_ymd_opt(2026, 12, 25).expect("a day");
    assert!(read(&sandbox, move |store| store.closures(early, early)).is_empty(), "no reason is given yet");
    type_in(&mut sandbox, schedule::Message::Why("检修".into()));
    sandbox.press_key(ENTER);
    let day = chrono::NaiveDate::from_ymd_opt(2026, 12, 25).expect("a day");
    assert_eq!(read(&sandbox, move |store| store.closures(day, day)).len(), 1);
    let hours = read(&sandbox, |store| store.availabilities()).len();
    tap(&mut sandbox, &["加一段"]);
    sandbox.press_key(ENTER);
    assert_eq!(read(&sandbox, |store| store.availabilities()).len(), hours + 1);
    tap(&mut sandbox, &["加一段"]);
    sandbox.press_key(ESC);
    sandbox.expect("每周的时间");
    sandbox.press_key(ESC);
    assert!(!sandbox.shows("每周的时间"), "Esc leads back to the clinic");
}

#[test]
fn enter_saves_a_session_of_the_clinic_and_esc_closes_it() {
    let mut sandbox = signed_in("陈静", STAFF_PIN, |_| Route::Clinic);
    sandbox.tap_first("session-");
    sandbox.type_into("张老师", "、李老师");
    sandbox.press_key(ENTER);
    sandbox.expect("改好了");
    sandbox.tap_first("session-");
    sandbox.press_key(ESC);
    assert!(!sandbox.shows("地点"), "the form is closed");
}

#[test]
fn a_reading_is_typed_and_saved_without_a_finger() {
    let who = |sandbox: &Sandbox| Route::Measure(sandbox.resident("欧阳素芬").id, None);
    let mut sandbox = signed_in("陈静", STAFF_PIN, who);
    tap(&mut sandbox, &["体重"]);
    for key in ['6', '2', '.', '5'] {
        sandbox.press_key(KeyInput::Char(key));
    }
    sandbox.press_key(ENTER);
    sandbox.press_key(ENTER);
    let id = sandbox.resident("欧阳素芬").id;
    let since = sandbox.cx().clock.now().plus_ms(-60_000);
    let readings = read(&sandbox, move |store| store.readings_of(id, since));
    assert_eq!(readings.len(), 1);
}

#[test]
fn accounts_names_and_the_own_pin_are_saved_by_enter() {
    let mut sandbox = signed_in("何静", MANAGER_PIN, |_| Route::Settings);
    tap(&mut sandbox, &["其他语言", "聊天休闲"]);
    sandbox.type_into("Chat and rest", "Tea and talk");
    sandbox.press_key(ENTER);
    sandbox.expect("Tea and talk");
    sandbox.open(Route::FirstPage, Lang::En, Sight::default(), Shape::Portrait);
    assert_eq!(sandbox.cx().name("聊天休闲、午餐"), "Tea and talk, Lunch");

    let mut sandbox = signed_in("何静", MANAGER_PIN, |_| Route::Settings);
    tap(&mut sandbox, &["账号"]);
    sandbox.tap_first("role-caregiver");
    sandbox.type_into("姓名", "刘洋");
    sandbox.type_into("新密码（六位数字）", "864209");
    sandbox.press_key(ENTER);
    sandbox.expect("刘洋");
    tap(&mut sandbox, &["刘洋"]);
    sandbox.press_key(ESC);
    sandbox.expect("加一个账号");
}

#[test]
fn esc_leads_from_the_pages_of_the_settings_back_to_them() {
    for route in [|_: &Sandbox| Route::Merge, |_: &Sandbox| Route::Intake] {
        let mut sandbox = signed_in("何静", MANAGER_PIN, route);
        sandbox.press_key(ESC);
        sandbox.expect("账号");
    }
}

#[test]
fn f8_answers_the_oldest_call_on_every_staff_screen() {
    let mut sandbox = Sandbox::demo();
    for (name, route) in staff_samples(&sandbox) {
        // The door ends the session: nobody is there to answer.
        if matches!(route, Route::Unlock) {
            continue;
        }
        sandbox.show_staff(route, &[], Lang::ZhHans, Shape::Portrait);
        read(&sandbox, |store| store.raise_call(CallId::new(), None));
        sandbox.press_key(KeyInput::Other(Named::F8));
        let open = read(&sandbox, |store| store.open_calls());
        assert!(open.is_empty(), "{name}");
    }
}

#[test]
fn the_first_start_takes_the_pin_from_the_keyboard_and_esc_goes_back_a_step() {
    let cx = daycare_kiosk::app::presets::context(|_| Ok(())).expect("an empty centre");
    let mut sandbox = Sandbox::on(cx);
    sandbox.open(Route::FirstStart, Lang::ZhHans, Sight::default(), Shape::Portrait);
    let typed = |sandbox: &mut Sandbox, message| {
        sandbox.send(Message::Tapped(String::new(), Press::Own(ScreenMessage::FirstStart(message))));
    };
    sandbox.press_key(ENTER);
    typed(&mut sandbox, first_start::Message::Centre("共和路日间照料中心".into()));
    typed(&mut sandbox, first_start::Message::Inches("21.5"));
    typed(&mut sandbox, first_start::Message::Manager("何静".into()));
    sandbox.wait(1);
    sandbox.press_key(ENTER);
    sandbox.expect("请定一个六位密码");
    sandbox.press_key(ESC);
    sandbox.expect("中心名称");
    sandbox.wait(1);
    sandbox.press_key(ENTER);
    for _ in 0..2 {
        for digit in "135790".chars() {
            sandbox.press_key(KeyInput::Char(digit));
        }
    }
    sandbox.expect("登记老人");
}
