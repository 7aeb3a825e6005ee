//! Fingers on the real widgets: bounce, palm, slide-off, second finger,
//! pointer elsewhere, and a screen that has just changed.

use std::time::Duration;

use daycare_kiosk::app::Message;
use daycare_kiosk::ui::screens::{Route, Sight};
use iced::{Event, Point, mouse};

use testkit::sandbox::{Sandbox, drag, lift, press};

const NO_CARD: &str = "btn:primary:nocard";

fn taps(messages: &[Message]) -> usize {
    messages.iter().filter(|m| matches!(m, Message::Tapped(..))).count()
}

#[test]
fn a_clean_tap_is_one_tap() {
    let sandbox = Sandbox::demo();
    let at = sandbox.target(NO_CARD);
    assert_eq!(taps(&sandbox.messages_of(vec![press(1, at), lift(1, at)])), 1);
}

#[test]
fn a_long_press_is_one_tap_and_acts_on_release() {
    let sandbox = Sandbox::demo();
    let at = sandbox.target(NO_CARD);
    assert_eq!(taps(&sandbox.messages_of(vec![press(1, at)])), 0);
    let held = vec![press(1, at), drag(1, at), drag(1, at), lift(1, at)];
    assert_eq!(taps(&sandbox.messages_of(held)), 1);
}

#[test]
fn sliding_off_cancels_and_sliding_back_does_not() {
    let sandbox = Sandbox::demo();
    let at = sandbox.target(NO_CARD);
    let off = Point::new(at.x, at.y - 200.0);
    assert_eq!(taps(&sandbox.messages_of(vec![press(1, at), drag(1, off), lift(1, off)])), 0);
    assert_eq!(taps(&sandbox.messages_of(vec![press(1, at), drag(1, off), drag(1, at), lift(1, at)])), 1);
    assert_eq!(taps(&sandbox.messages_of(vec![press(1, off), drag(1, at), lift(1, at)])), 0);
}

#[test]
fn a_trembling_finger_just_outside_the_edge_still_hits() {
    let sandbox = Sandbox::demo();
    let at = sandbox.target(NO_CARD);
    let edge = Point::new(at.x, at.y - 90.0 - 10.0);
    let outside = Point::new(at.x, at.y - 90.0 - 15.0);
    assert_eq!(taps(&sandbox.messages_of(vec![press(1, edge), lift(1, edge)])), 1);
    assert_eq!(taps(&sandbox.messages_of(vec![press(1, outside), lift(1, outside)])), 0);
}

#[test]
fn a_resting_palm_that_lifts_mid_tap_neither_triggers_nor_cancels() {
    let sandbox = Sandbox::demo();
    let at = sandbox.target(NO_CARD);
    let palm = Point::new(1070.0, 1910.0);
    let events = vec![press(9, palm), press(1, at), lift(9, palm), lift(1, at)];
    assert_eq!(taps(&sandbox.messages_of(events)), 1);
}

#[test]
fn a_second_finger_on_the_same_target_is_not_a_second_tap() {
    let sandbox = Sandbox::demo();
    let at = sandbox.target(NO_CARD);
    let beside = Point::new(at.x + 60.0, at.y);
    let events = vec![press(1, at), press(2, beside), lift(2, beside), lift(1, at)];
    assert_eq!(taps(&sandbox.messages_of(events)), 1);
}

#[test]
fn a_pointer_elsewhere_does_not_eat_the_tap() {
    let sandbox = Sandbox::demo();
    let at = sandbox.target(NO_CARD);
    let elsewhere = Event::Mouse(mouse::Event::CursorMoved { position: Point::new(5.0, 5.0) });
    let events = vec![press(1, at), elsewhere, lift(1, at)];
    assert_eq!(taps(&sandbox.messages_of(events)), 1);
}

#[test]
fn a_lost_finger_is_no_tap() {
    let sandbox = Sandbox::demo();
    let at = sandbox.target(NO_CARD);
    let lost = Event::Touch(iced::touch::Event::FingerLost { id: iced::touch::Finger(1), position: at });
    assert_eq!(taps(&sandbox.messages_of(vec![press(1, at), lost, lift(1, at)])), 0);
}

#[test]
fn three_bounces_on_one_target_check_in_once() {
    let mut sandbox = Sandbox::demo();
    let route = testkit::sandbox::samples(&sandbox)
        .into_iter()
        .find(|sample| sample.name == "Phone")
        .expect("there")
        .route;
    let route: Route = route;
    drop(sandbox.app.open(route, daycare_kiosk::i18n::Lang::ZhHans, Sight::default()));
    sandbox.cx().clock.advance(Duration::from_secs(2));
    let tapped = |n: usize| {
        Message::Tapped(
            format!("btn:key:{}", n % 10),
            daycare_kiosk::ui::widgets::Press::Own(daycare_kiosk::app::screen::ScreenMessage::Phone(
                daycare_kiosk::ui::screens::resident::phone::Message::Key(
                    daycare_kiosk::ui::screens::resident::keypad::Key::Digit('7'),
                ),
            )),
        )
    };
    let shown = |sandbox: &Sandbox| sandbox.texts().iter().filter(|text| *text == "7").count();
    let before = shown(&sandbox);
    for _ in 0..3 {
        sandbox.send(tapped(7));
        sandbox.cx().clock.advance(Duration::from_millis(60));
    }
    assert_eq!(shown(&sandbox), before + 1);
}

#[test]
fn a_tap_right_after_the_screen_changed_is_ignored() {
    let mut sandbox = Sandbox::demo();
    let route = testkit::sandbox::samples(&sandbox)
        .into_iter()
        .find(|sample| sample.name == "Confirm")
        .expect("there")
        .route;
    drop(sandbox.app.open(route, daycare_kiosk::i18n::Lang::ZhHans, Sight::default()));
    let yes = |sandbox: &Sandbox| {
        let at = sandbox.target("btn:primary:yes");
        let messages = sandbox.messages_of(vec![press(1, at), lift(1, at)]);
        messages.into_iter().filter(|m| matches!(m, Message::Tapped(..))).collect::<Vec<_>>()
    };
    let ouyang = sandbox.resident("欧阳素芬").id;
    sandbox.cx().clock.advance(Duration::from_millis(200));
    yes(&sandbox).into_iter().for_each(|tap| sandbox.send(tap));
    assert!(!sandbox.is_here(ouyang));
    sandbox.cx().clock.advance(Duration::from_millis(200));
    yes(&sandbox).into_iter().for_each(|tap| sandbox.send(tap));
    assert!(sandbox.is_here(ouyang));
}
