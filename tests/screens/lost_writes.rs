//! What was not written is never called written, and nobody misses it.

use daycare_core::vitals::Measured;
use daycare_core::vitals::{Kind, Timing, Value};
use daycare_kiosk::app::Message;
use daycare_kiosk::app::screen::{AnyScreen, ScreenMessage};
use daycare_kiosk::demo::STAFF_PIN;
use daycare_kiosk::i18n::Lang;
use daycare_kiosk::ui::screens::staff::{measure, person};
use daycare_kiosk::ui::screens::{Route, Sight};
use daycare_kiosk::ui::theme::Shape;
use daycare_kiosk::ui::widgets::Press;
use daycare_kiosk::ui::widgets::root::KeyInput;

use testkit::sandbox::{Sandbox, lift, press};

/// Holds the database as another program would, so that every write fails.
struct Blocker(rusqlite::Connection);

impl Blocker {
    fn of(sandbox: &Sandbox) -> Self {
        let blocker = rusqlite::Connection::open(sandbox.cx().paths.database()).expect("opened");
        blocker.execute_batch("BEGIN IMMEDIATE").expect("locked");
        Self(blocker)
    }

    fn end(self) {
        self.0.execute_batch("ROLLBACK").expect("free again");
    }
}

fn measuring() -> Sandbox {
    let mut sandbox = Sandbox::demo();
    sandbox.unlock_as("陈静", STAFF_PIN);
    sandbox.wait(1);
    let who = sandbox.resident("欧阳素芬").id;
    sandbox.open(Route::Measure(who, None), Lang::ZhHans, Sight::default(), Shape::Portrait);
    sandbox
}

fn say(sandbox: &mut Sandbox, message: measure::Message) {
    sandbox.send(Message::Tapped(String::new(), Press::Own(ScreenMessage::Measure(message))));
}

/// Two measurements of a pressure at which staff are called.
fn critical(sandbox: &mut Sandbox) {
    for _ in 0..2 {
        let pressure = Measured { pressure: Value::pressure(192, 124), pulse: None };
        say(sandbox, measure::Message::Measured(Ok(pressure)));
    }
}

fn counted(sandbox: &Sandbox) -> (usize, usize) {
    let who = sandbox.resident("欧阳素芬").id;
    let since = sandbox.cx().clock.now().plus_ms(-600_000);
    let read = sandbox
        .cx()
        .store
        .read(move |store| Ok((store.readings_of(who, since)?.len(), store.open_calls()?.len())));
    futures::executor::block_on(read).expect("read")
}

fn says(sandbox: &Sandbox, words: &str) -> bool {
    sandbox.texts().iter().any(|text| text.contains(words))
}

#[test]
fn a_critical_value_that_cannot_be_saved_stays_and_is_saved_and_called_by_itself_later() {
    let mut sandbox = measuring();
    critical(&mut sandbox);
    let blocker = Blocker::of(&sandbox);
    say(&mut sandbox, measure::Message::Save);
    assert!(says(&sandbox, "还没存下来，也还没叫到人"), "{:?}", sandbox.texts());
    assert!(!says(&sandbox, "叫人了"), "nobody was called");
    // No way off the screen leaves the value behind.
    say(&mut sandbox, measure::Message::Done);
    assert!(matches!(sandbox.app.screen(), AnyScreen::Measure(_)));
    for (key, held) in [('1', iced::keyboard::Modifiers::ALT), ('l', iced::keyboard::Modifiers::CTRL)] {
        sandbox.wait(1);
        sandbox.send(Message::Key(KeyInput::Char(key), held));
        assert!(matches!(sandbox.app.screen(), AnyScreen::Measure(_)), "{key}");
    }
    blocker.end();
    sandbox.wait(12);
    assert_eq!(counted(&sandbox), (1, 1), "{:?}", sandbox.texts());
    assert!(!says(&sandbox, "还没存下来"));
    sandbox.wait(30);
    assert_eq!(counted(&sandbox), (1, 1), "tried again, and written once");
}

#[test]
fn what_is_taken_while_a_save_is_under_way_is_saved_too_and_nobody_is_called_for_it_too_early() {
    let mut sandbox = measuring();
    for _ in 0..2 {
        let usual = Measured { pressure: Value::pressure(124, 78), pulse: Some(72) };
        say(&mut sandbox, measure::Message::Measured(Ok(usual)));
    }
    let save = ScreenMessage::Measure(measure::Message::Save);
    let under_way = sandbox.app.update(Message::Tapped(String::new(), Press::Own(save)));
    critical(&mut sandbox);
    sandbox.drain(under_way);
    assert_eq!(counted(&sandbox), (3, 1), "{:?}", sandbox.texts());
    assert!(says(&sandbox, "叫"), "{:?}", sandbox.texts());
}

#[test]
fn a_pressure_from_the_cuff_after_the_timing_of_a_glucose_can_be_saved() {
    let mut sandbox = measuring();
    say(&mut sandbox, measure::Message::Kind(Kind::Glucose));
    say(&mut sandbox, measure::Message::Timing(Timing::Fasting));
    for _ in 0..2 {
        let pressure = Measured { pressure: Value::pressure(128, 78), pulse: Some(72) };
        say(&mut sandbox, measure::Message::Measured(Ok(pressure)));
    }
    say(&mut sandbox, measure::Message::Save);
    assert_eq!(counted(&sandbox).0, 2, "pressure and pulse: {:?}", sandbox.texts());
}

#[test]
fn a_save_that_fails_after_its_screen_was_left_is_told_on_the_next_one() {
    let mut sandbox = Sandbox::demo();
    sandbox.unlock();
    sandbox.wait(1);
    let who = sandbox.resident("王福全").id;
    sandbox.open(Route::Person(Some(who)), Lang::ZhHans, Sight::default(), Shape::Portrait);
    let typed = person::Message::Typed(person::Field::Remark, "喜欢下棋".into());
    sandbox.send(Message::Tapped(String::new(), Press::Own(ScreenMessage::Person(typed))));
    let blocker = Blocker::of(&sandbox);
    // Saved, and left before the answer is there.
    let save = Message::Tapped(String::new(), Press::Own(ScreenMessage::Person(person::Message::Save)));
    let waiting = sandbox.app.update(save);
    let left = sandbox.app.open(Route::Residents, Lang::ZhHans, Sight::default());
    sandbox.drain(left);
    sandbox.drain(waiting);
    assert!(says(&sandbox, "有一项没有存下来"), "{:?}", sandbox.texts());
    blocker.end();
}

#[test]
fn a_call_for_help_that_could_not_be_written_is_made_again() {
    let mut sandbox = Sandbox::demo();
    let blocker = Blocker::of(&sandbox);
    let at = sandbox.target("btn:chrome:help");
    sandbox.wait(1);
    sandbox.events(vec![press(1, at), lift(1, at)]);
    assert_eq!(counted(&sandbox).1, 0);
    blocker.end();
    sandbox.wait(2);
    assert_eq!(counted(&sandbox).1, 1);
    sandbox.press_key(KeyInput::Enter);
    sandbox.wait(5);
    assert_eq!(counted(&sandbox).1, 1, "one call, however often it was tried");
}
