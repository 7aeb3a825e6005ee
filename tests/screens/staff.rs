//! The desk on the screen: who may open what, the welfare list, the shift book,
//! notices, the settings.

use daycare_core::appointment::Closure;
use daycare_core::audit::Actor;
use daycare_core::ids::NoticeId;
use daycare_core::shift_book::{Notice, NoticeKind};
use daycare_core::staff::Role;
use daycare_core::welfare::State;
use daycare_kiosk::demo::{MANAGER_PIN, STAFF_PIN};
use daycare_kiosk::i18n::{I18n, Lang};
use daycare_kiosk::ui::screens::{Route, Sight};
use daycare_kiosk::ui::theme::Shape;

use testkit::sandbox::{Sandbox, staff_samples};

fn signed_in(name: &str, pin: &str) -> Sandbox {
    let mut sandbox = Sandbox::demo();
    sandbox.unlock_as(name, pin);
    sandbox.wait(1);
    sandbox
}

fn open(sandbox: &mut Sandbox, route: Route) {
    sandbox.open(route, Lang::ZhHans, Sight::default(), Shape::Portrait);
    sandbox.wait(1);
}

fn tap(sandbox: &mut Sandbox, words: &[&str]) {
    for word in words {
        sandbox.wait(1);
        sandbox.click(word);
    }
}

fn read<T: Send + 'static>(
    sandbox: &Sandbox,
    work: impl FnOnce(&mut daycare_store::Store) -> daycare_kiosk::error::Result<T> + Send + 'static,
) -> T {
    futures::executor::block_on(sandbox.cx().store.write(work)).expect("done")
}

#[test]
fn every_screen_goes_by_the_table_with_every_role() {
    for (name, pin, role) in [
        ("周敏", STAFF_PIN, Role::Caregiver),
        ("陈静", STAFF_PIN, Role::Nurse),
        ("何静", MANAGER_PIN, Role::Manager),
    ] {
        let mut sandbox = signed_in(name, pin);
        let routes: Vec<_> =
            staff_samples(&sandbox).into_iter().filter(|(name, _)| *name != "Unlock").collect();
        assert!(routes.len() >= 17);
        for (screen, route) in routes {
            let needed = route.needs().expect("a staff screen");
            open(&mut sandbox, route);
            let locked = sandbox.shows("这里锁着");
            assert_eq!(locked, !role.may(needed) || screen == "Locked", "{role:?} {screen}");
        }
    }
}

#[test]
fn nobody_opens_a_staff_screen_without_a_pin() {
    let mut sandbox = Sandbox::demo();
    for (screen, route) in staff_samples(&sandbox) {
        open(&mut sandbox, route);
        assert!(sandbox.shows("周敏") && sandbox.shows("何静"), "{screen}: the door stands before it");
    }
}

#[test]
fn parts_of_the_settings_that_are_the_managers_say_whom_to_ask() {
    let mut sandbox = signed_in("周敏", STAFF_PIN);
    open(&mut sandbox, Route::Settings);
    for tab in ["账号", "改动记录", "名册和隐私"] {
        tap(&mut sandbox, &[tab]);
        sandbox.expect("这里由主任来办");
    }
    tap(&mut sandbox, &["机器"]);
    sandbox.expect("数据库");
}

#[test]
fn a_contact_that_found_somebody_well_takes_them_off_the_list() {
    let mut sandbox = signed_in("周敏", STAFF_PIN);
    let missed = |sandbox: &Sandbox| {
        let list = read(sandbox, |store| store.welfare());
        list.cared.into_iter().filter(|c| c.verdict.state == State::Missed).collect::<Vec<_>>()
    };
    let before = missed(&sandbox);
    assert!(!before.is_empty(), "the demo has somebody to look for");
    open(&mut sandbox, Route::Welfare);
    tap(&mut sandbox, &["没见到", &before[0].name]);
    sandbox.expect("为什么在名单上");
    sandbox.expect("先选结果");
    let phone = before[0].phone.clone();
    assert!(!sandbox.texts().iter().any(|text| text.contains(&phone)), "a number is hidden");
    tap(&mut sandbox, &["号码"]);
    assert!(sandbox.texts().iter().any(|text| text.contains(&phone)));
    sandbox.wait(31);
    assert!(!sandbox.texts().iter().any(|text| text.contains(&phone)), "and hidden again after 30 seconds");
    tap(&mut sandbox, &["平安", "记好，移出名单"]);
    sandbox.expect("记好了");
    assert_eq!(missed(&sandbox).len(), before.len() - 1);
    let id = before[0].resident_id;
    let log = read(&sandbox, move |store| store.trail(id.uuid()));
    let seen: Vec<&str> = log.iter().map(|entry| entry.action.as_str()).collect();
    assert!(seen.contains(&"phone.see") && seen.contains(&"welfare.check"), "{seen:?}");
}

#[test]
fn a_number_of_somebody_to_call_is_hidden_until_asked_for() {
    let mut sandbox = signed_in("陈静", STAFF_PIN);
    let calls = read(&sandbox, |store| store.follow_ups());
    let tab = format!("待联系 {}", calls.len());
    let call = calls.into_iter().find(|call| !call.phone.is_empty()).expect("the demo has somebody to call");
    open(&mut sandbox, Route::Clinic);
    tap(&mut sandbox, &[&tab]);
    sandbox.wait(1);
    let shown = |sandbox: &mut Sandbox| sandbox.texts().iter().any(|text| text.contains(&call.phone));
    assert!(!shown(&mut sandbox));
    sandbox.tap_first(&format!("phones-{}", call.id));
    assert!(shown(&mut sandbox));
    sandbox.wait(31);
    assert!(!shown(&mut sandbox), "hidden again after 30 seconds");
    let log = read(&sandbox, move |store| store.trail(call.resident_id.uuid()));
    assert!(log.iter().any(|entry| entry.action == "phone.see"));
}

#[test]
fn a_notice_is_shown_once_after_signing_in_and_the_tap_is_the_receipt() {
    let mut sandbox = Sandbox::demo();
    let today = sandbox.cx().clock.today();
    let id = NoticeId::from_u128(5);
    let notice = Notice {
        id,
        kind: NoticeKind::Heat,
        words: "今天39度，中午别出门".into(),
        from_on: today,
        until_on: today,
        read: 0,
    };
    read(&sandbox, move |store| store.add_notice(Actor::Program, &notice));
    sandbox.scan(daycare_kiosk::demo::CARD);
    tap(&mut sandbox, &["是我，签到"]);
    sandbox.expect("今天39度，中午别出门");
    let who = sandbox.resident("欧阳素芬").id;
    assert!(sandbox.is_here(who), "signing in does not wait for the tap");
    tap(&mut sandbox, &["知道了"]);
    sandbox.expect("签到好了");
    assert_eq!(read(&sandbox, |store| store.notices())[0].read, 1);
    assert_eq!(read(&sandbox, move |store| store.unread_notices(who)), []);
}

#[test]
fn complaint_29_while_the_glass_is_wiped_nothing_reacts_and_it_comes_back_by_itself() {
    let mut sandbox = signed_in("周敏", STAFF_PIN);
    open(&mut sandbox, Route::ShiftBook);
    tap(&mut sandbox, &["备用和清洁", "开始擦"]);
    sandbox.expect("正在擦屏幕，点了没有反应");
    let here = |sandbox: &Sandbox| {
        read(sandbox, |store| store.roster()).iter().filter(|l| l.here_since.is_some()).count()
    };
    let before = here(&sandbox);
    for y in (40..1900).step_by(60) {
        #[expect(clippy::cast_precision_loss, reason = "pixels")]
        let at = iced::Point::new(60.0 + (y % 900) as f32, y as f32);
        sandbox.events(vec![testkit::sandbox::press(1, at), testkit::sandbox::lift(1, at)]);
    }
    sandbox.expect("正在擦屏幕，点了没有反应");
    assert_eq!(here(&sandbox), before);
    sandbox.wait(61);
    sandbox.expect("在这里");
}

#[test]
fn a_note_an_incident_and_a_number_are_written_and_a_note_is_done() {
    let mut sandbox = signed_in("周敏", STAFF_PIN);
    open(&mut sandbox, Route::ShiftBook);
    sandbox.expect("明天上午卫生院来人，多摆十把椅子");
    tap(&mut sandbox, &["做完了"]);
    assert!(
        read(&sandbox, |store| store.handovers(store.clock().today())).iter().all(|note| note.done.is_some())
    );
    tap(&mut sandbox, &["突发情况", "争吵", "记下"]);
    sandbox.expect("记好了");
    let period = daycare_core::period::Period::month_of(sandbox.cx().clock.today());
    assert_eq!(read(&sandbox, move |store| store.incidents(period)).len(), 2);
}

#[test]
fn figures_stand_side_by_side_with_their_rule_and_their_denominators() {
    let mut sandbox = signed_in("何静", MANAGER_PIN);
    open(&mut sandbox, Route::Statistics);
    for wanted in ["人次", "人数", "登记 120 人", "按院落", "来过/登记"] {
        sandbox.expect(wanted);
    }
    let rule = sandbox.cx().tr("counting-rule");
    sandbox.expect(&rule);
    tap(&mut sandbox, &["按月"]);
    sandbox.expect("每天");
}

#[test]
fn an_account_that_is_signed_out_elsewhere_is_locked_within_a_minute() {
    let mut sandbox = signed_in("周敏", STAFF_PIN);
    open(&mut sandbox, Route::Board);
    sandbox.expect("在这里");
    sandbox.cx().clock.advance(std::time::Duration::from_secs(2));
    read(&sandbox, |store| {
        let id = store.staff()?.into_iter().find(|staff| staff.name == "周敏").expect("there").id;
        store.sign_out(Actor::Cli, id)
    });
    sandbox.send(daycare_kiosk::app::Message::Minute);
    sandbox.expect("您好，请刷卡签到");
    assert!(sandbox.cx().staff.is_none());
}

#[test]
fn a_photo_needs_a_consent_and_goes_with_it() {
    use daycare_core::consent::Purpose;
    let mut sandbox = signed_in("周敏", STAFF_PIN);
    let id = sandbox.resident("欧阳素芬").id;
    open(&mut sandbox, Route::Person(Some(id)));
    tap(&mut sandbox, &["同意书"]);
    sandbox.expect("先要本人同意显示照片");
    sandbox.tap_first("consent-give-consent-photo");
    sandbox.expect("签到时显示照片，更容易认；只在这台机器上");
    let jpeg = daycare_kiosk::graphics::photo::small_square(&png()).expect("a photo");
    read(&sandbox, move |store| store.put_photo(Actor::Cli, id, &jpeg));
    assert_eq!(read(&sandbox, |store| store.photos()).len(), 1);
    open(&mut sandbox, Route::Person(Some(id)));
    tap(&mut sandbox, &["同意书"]);
    sandbox.tap_first("consent-withdraw-consent-photo");
    assert_eq!(read(&sandbox, |store| store.photos()).len(), 0, "withdrawn: the photo goes");
    let decided = read(&sandbox, move |store| store.consent_of(id, Purpose::Photo)).expect("decided");
    assert_eq!((decided.given, decided.witness.as_str()), (false, "周敏"));
}

fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(60, 80, image::Rgb([200, 120, 90]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("written");
    bytes.into_inner()
}

#[test]
fn an_allergy_stands_in_every_part_of_the_file() {
    let mut sandbox = signed_in("周敏", STAFF_PIN);
    let id = sandbox.resident("欧阳素芬").id;
    open(&mut sandbox, Route::Person(Some(id)));
    for part in ["照护", "同意书", "卡片", "更多", "基本"] {
        tap(&mut sandbox, &[part]);
        sandbox.expect("青霉素过敏");
    }
}

#[test]
fn every_action_of_the_trail_has_words_in_every_language() {
    let store = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/store/src");
    let mut actions = Vec::new();
    let mut folders = vec![store];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).expect("text");
                for start in ["TrailEntry::new(\"", "Extra::of(\"", "Step::of(\""] {
                    actions.extend(
                        text.split(start)
                            .skip(1)
                            .filter_map(|rest| rest.split('"').next().map(str::to_owned)),
                    );
                }
            }
        }
    }
    actions.retain(|action| action.contains('.'));
    assert!(actions.len() > 60, "{}", actions.len());
    for lang in [Lang::ZhHans, Lang::ZhHant, Lang::En] {
        let i18n = I18n::new(lang);
        for action in &actions {
            let key = format!("trail-{}", action.replace(['.', '_'], "-"));
            assert_ne!(i18n.tr(&key), key, "{lang:?} {action}");
        }
    }
}

#[test]
fn a_holiday_that_nobody_has_announced_yet_is_marked_as_not_checked() {
    let mut sandbox = signed_in("周敏", STAFF_PIN);
    for (day, name) in [("2026-12-31", "年末"), ("2027-01-01", "元旦节")] {
        let closure = Closure { day: day.parse().expect("a day"), name: name.into() };
        let _ = read(&sandbox, move |store| store.close_day(Actor::Program, &closure));
    }
    open(&mut sandbox, Route::Schedule);
    let texts = sandbox.texts();
    let line = |day: &str| texts.iter().find(|text| text.starts_with(day)).expect("listed");
    assert!(line("2027-01-01").ends_with("（未核对）"), "{}", line("2027-01-01"));
    assert!(!line("2026-12-31").contains("未核对"), "this year is announced");
}
