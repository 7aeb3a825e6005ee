//! Activities and volunteers on the real screens.

use chrono::NaiveDate;
use daycare_core::activity::enrolment::SigningUp;
use daycare_core::activity::{OccurrenceKey, Series};
use daycare_core::audit::Actor;
use daycare_core::card::{CardCode, Holder};
use daycare_core::ids::{EnrolmentId, SeriesId};
use daycare_core::visit::Source;
use daycare_kiosk::app::Message;
use daycare_kiosk::error::Result;
use daycare_kiosk::i18n::Lang;
use daycare_kiosk::ui::screens::{Route, Sight};
use daycare_kiosk::ui::theme::Shape;
use daycare_kiosk::ui::widgets::root::KeyInput;
use daycare_store::Store;
use iced::keyboard::Modifiers;
use iced::keyboard::key::Named;

use testkit::sandbox::{Sandbox, lift, press};

fn write<T: Send + 'static>(
    sandbox: &Sandbox,
    work: impl FnOnce(&mut Store) -> Result<T> + Send + 'static,
) -> T {
    futures::executor::block_on(sandbox.cx().store.write(work)).expect("written")
}

fn open(sandbox: &mut Sandbox, route: Route) {
    sandbox.open(route, Lang::ZhHans, Sight::default(), Shape::Portrait);
}

fn key(sandbox: &mut Sandbox, key: KeyInput, modifiers: Modifiers) {
    sandbox.send(Message::Key(key, modifiers));
}

/// Staff change an activity of this week: its form is open.
fn changing(name: &str) -> Sandbox {
    let mut sandbox = Sandbox::demo();
    sandbox.unlock();
    open(&mut sandbox, Route::Programme);
    for words in [name, "修改"] {
        sandbox.wait(1);
        sandbox.click(words);
    }
    sandbox.wait(1);
    sandbox
}

#[test]
fn the_first_page_says_what_begins_next_and_no_name_and_is_asked_again_each_minute() {
    let mut sandbox = Sandbox::demo();
    sandbox.expect("10:00 唱红歌");
    assert!(!sandbox.texts().iter().any(|text| text.contains("团员") || text.contains("谢大勇")));
    sandbox.cx().clock.advance(std::time::Duration::from_hours(2));
    sandbox.send(Message::Minute);
    sandbox.expect("14:00 八段锦");
}

#[test]
fn a_bouncing_finger_joins_once_and_does_not_leave_again() {
    let mut sandbox = Sandbox::demo();
    let who = sandbox.resident("欧阳素芬");
    open(&mut sandbox, Route::Activities(Some((Box::new(who.clone()), Source::Card)), None));
    sandbox.wait(1);
    let at = sandbox.target("btn:choice:join-0");
    sandbox.events(vec![press(1, at), lift(1, at), press(1, at), lift(1, at)]);
    sandbox.expect("报名了：唱红歌");
    let id = who.id;
    let own = write(&sandbox, move |store| store.enrolments_of(id, store.clock().today()));
    assert_eq!(own.len(), 1);
}

#[test]
fn a_birthday_is_greeted_after_saying_who_one_is_and_on_no_screen_before() {
    let mut sandbox = Sandbox::demo();
    let mut who = sandbox.resident("欧阳素芬");
    // The 24th of November 2026 is the sixteenth of the tenth lunar month.
    for (born, words) in [("1941-11-24", "生日快乐"), ("1942-11-23", "农历生日快乐")] {
        who.profile.born_on = Some(born.parse().expect("a birth date"));
        let resident = who.clone();
        write(&sandbox, move |store| store.put_resident(Actor::Cli, &resident, ""));
        open(&mut sandbox, Route::Confirm(Box::new(who.clone()), Source::Card));
        assert!(!sandbox.texts().iter().any(|text| text.contains("生日")));
        sandbox.wait(1);
        sandbox.click("是我，签到");
        sandbox.expect(&format!("欧阳素芬婆婆，{words}！"));
        sandbox.wait(1);
        sandbox.click("点错了，取消");
    }
}

#[test]
fn a_card_of_a_volunteer_leads_to_serving_and_of_a_resident_to_checking_in() {
    let mut sandbox = Sandbox::demo();
    let code = CardCode::from_random([9; 10]);
    let text = code.as_str().to_owned();
    write(&sandbox, move |store| {
        let volunteer = store.volunteers()?.into_iter().find(|v| v.name == "曾德明").expect("in the demo");
        store.issue_card(Actor::Cli, Holder::Volunteer(volunteer.id), &code)
    });
    sandbox.scan(&text);
    sandbox.expect("曾德明");
    sandbox.wait(1);
    sandbox.click("开始服务");
    sandbox.expect("走的时候再刷一下卡");
    sandbox.wait(1);
    sandbox.click("好的");
    sandbox.wait(1);
    sandbox.cx().clock.advance(std::time::Duration::from_mins(75));
    sandbox.scan(&text);
    sandbox.wait(1);
    sandbox.click("服务完了");
    sandbox.expect("这次服务 1 小时 15 分钟");
}

#[test]
fn a_clash_is_told_in_words_before_saving() {
    let mut sandbox = changing("八段锦");
    // At 14:00 nothing is in the reading room; at 15:30 the phone class is.
    sandbox.click("师兰书社");
    assert!(!sandbox.texts().iter().any(|text| text.contains("时间撞了")));
    for _ in 0..6 {
        sandbox.wait(1);
        let more = sandbox.target("btn:schedule-from-more");
        sandbox.events(vec![press(1, more), lift(1, more)]);
    }
    sandbox.expect("11月24日 星期二 15:30–16:30 师兰书社有手机课堂，时间撞了");
}

#[test]
fn keys_turn_weeks_go_through_the_times_and_open_a_new_one() {
    let mut sandbox = Sandbox::demo();
    sandbox.unlock();
    let none = Modifiers::empty();
    key(&mut sandbox, KeyInput::Char('5'), Modifiers::ALT);
    sandbox.expect("11月23日 – 11月29日");
    key(&mut sandbox, KeyInput::Other(Named::ArrowRight), none);
    sandbox.expect("11月30日 – 12月6日");
    key(&mut sandbox, KeyInput::Other(Named::ArrowLeft), none);
    key(&mut sandbox, KeyInput::Other(Named::ArrowDown), none);
    sandbox.expect("太极拳");
    key(&mut sandbox, KeyInput::Other(Named::ArrowDown), none);
    key(&mut sandbox, KeyInput::Other(Named::ArrowDown), none);
    sandbox.expect("11月24日 星期二 10:00–11:00 · 多功能厅 · 团员志愿宣传队");
    key(&mut sandbox, KeyInput::Other(Named::Escape), none);
    key(&mut sandbox, KeyInput::Char('n'), none);
    sandbox.expect("活动名称");
    // A letter belongs to the field now.
    key(&mut sandbox, KeyInput::Other(Named::ArrowRight), none);
    sandbox.expect("11月23日 – 11月29日");
}

#[test]
fn a_notice_is_shown_while_it_is_news_and_no_longer() {
    let mut sandbox = Sandbox::demo();
    let shown = |sandbox: &mut Sandbox, written: &str| {
        let written: NaiveDate = written.parse().expect("a day");
        write(sandbox, move |store| {
            let today = store.clock().today();
            let next = store.activities(today, today)?.remove(0).occurrence;
            let running = store.series_of(next.key.activity_id)?.pop().expect("a series");
            let notice = "带老花镜".to_owned();
            let noted =
                Series { id: SeriesId::new(), starts_on: today, notice, notice_on: Some(written), ..running };
            store.change_activity(Actor::Program, next.key, &noted)
        });
        open(sandbox, Route::Activities(None, None));
        sandbox.texts().iter().any(|text| text.contains("带老花镜"))
    };
    assert!(shown(&mut sandbox, "2026-11-12"));
    assert!(!shown(&mut sandbox, "2026-11-01"));
}

#[test]
fn staff_note_who_came_in_one_tap_and_how_they_were_in_another() {
    let mut sandbox = Sandbox::demo();
    sandbox.unlock();
    open(&mut sandbox, Route::Programme);
    sandbox.wait(1);
    sandbox.click("唱红歌");
    sandbox.wait(1);
    sandbox.click("在中心的都来了");
    let key = write(&sandbox, |store| {
        let today = store.clock().today();
        Ok(store.activities(today, today)?.remove(0).occurrence.key)
    });
    let people = write(&sandbox, move |store| store.participants(key));
    let noted = people.iter().filter(|p| p.enrolment.outcome.is_some()).count();
    assert_eq!(noted, people.iter().filter(|p| p.here).count());
    assert!(noted > 0);
    let first = people[0].enrolment.id;
    sandbox.wait(1);
    let smile = sandbox.target(&format!("btn:mood-cheerful-{first}"));
    sandbox.events(vec![press(1, smile), lift(1, smile)]);
    let people = write(&sandbox, move |store| store.participants(key));
    assert!(people[0].enrolment.mood.is_some() && people[0].enrolment.outcome.is_some());
}

#[test]
fn a_next_time_that_cannot_be_joined_yet_is_told_and_not_offered() {
    let mut sandbox = Sandbox::demo();
    write(&sandbox, |store| {
        let today = store.clock().today();
        let class = store.activities(today, today)?.pop().expect("the phone class").occurrence;
        let running = store.series_of(class.key.activity_id)?.pop().expect("a series");
        let late = Series { id: SeriesId::new(), starts_on: today, opens_days: 3, ..running };
        store.change_activity(Actor::Program, class.key, &late)
    });
    let who = Box::new(sandbox.resident("欧阳素芬"));
    open(&mut sandbox, Route::Activities(Some((who, Source::Card)), None));
    sandbox.wait(1);
    sandbox.click("满了");
    sandbox.expect("名额满了");
    sandbox.expect("星期六起报名");
    assert!(!sandbox.shows("下次我去"), "{:?}", sandbox.texts());
    sandbox.expect("帮我等位");
}

#[test]
fn more_places_than_a_room_holds_are_told_and_a_team_gets_its_own_name() {
    let mut sandbox = changing("八段锦");
    sandbox.click("棋牌室");
    sandbox.expect("棋牌室只坐得下 16 人");
    open(&mut sandbox, Route::Volunteers);
    sandbox.wait(1);
    let id = daycare_core::activity::team_id(4);
    let pencil = sandbox.target(&format!("btn:team-{id}"));
    sandbox.events(vec![press(1, pencil), lift(1, pencil)]);
    sandbox.expect("队的名字");
    write(&sandbox, move |store| {
        let name = "邻里帮帮队".to_owned();
        store.put_team(Actor::Cli, &daycare_core::activity::Team { id, name })
    });
    open(&mut sandbox, Route::Volunteers);
    sandbox.expect("邻里帮帮队");
}

#[test]
fn who_says_who_they_are_only_after_a_full_one_still_gets_what_was_asked_for() {
    let mut sandbox = Sandbox::demo();
    let who = sandbox.resident("欧阳素芬").id;
    for (asked, named) in [("下次我去", "报名了：手机课堂"), ("帮我等位", "名额满了")] {
        open(&mut sandbox, Route::Activities(None, None));
        for words in ["满了", asked, "欧阳", "欧阳*芬 婆婆"] {
            sandbox.wait(1);
            sandbox.click(words);
        }
        sandbox.expect(named);
    }
    // The question is asked again, now of somebody: nobody waits unasked.
    sandbox.wait(1);
    sandbox.click("帮我等位");
    sandbox.expect("有位子就给您，前面有 1 位");
    let own = write(&sandbox, move |store| store.enrolments_of(who, store.clock().today()));
    assert_eq!(own.len(), 2, "next week's, and the waiting list of today");
}

#[test]
fn a_tile_that_cannot_be_ticked_says_why() {
    let mut sandbox = Sandbox::demo();
    let who = sandbox.resident("欧阳素芬");
    let id = who.id;
    write(&sandbox, move |store| {
        let today = store.clock().today();
        let first = store.activities(today, today)?.remove(0).occurrence;
        let running = store.series_of(first.key.activity_id)?.pop().expect("a series");
        let other = Series {
            id: SeriesId::new(),
            activity_id: daycare_core::ids::ActivityId::new(),
            name: "读报".into(),
            starts_on: today,
            ..running
        };
        store.add_activity(Actor::Program, &other)?;
        let key = OccurrenceKey { activity_id: other.activity_id, day: today };
        store.sign_up(Actor::Program, &SigningUp { id: EnrolmentId::new(), key, resident_id: id })
    });
    open(&mut sandbox, Route::Confirm(Box::new(who), Source::Card));
    sandbox.wait(1);
    sandbox.click("是我，签到");
    sandbox.wait(1);
    sandbox.click("10:00 唱红歌");
    sandbox.expect("那时候您有读报（10:00）");
}
