//! What the application does over time: leaving no trace, undo, idle, calls
//! for help, locks. Each complaint of the field that it answers is named.

use std::collections::HashSet;

use daycare_core::call::Call;
use daycare_core::period::Period;
use daycare_kiosk::app::Message;
use daycare_kiosk::demo::CARD;
use daycare_kiosk::i18n::Lang;
use daycare_kiosk::ui::screens::Sight;
use daycare_kiosk::ui::theme::Shape;

use testkit::sandbox::{Sandbox, samples};

fn checked_in() -> Sandbox {
    let mut sandbox = Sandbox::demo();
    sandbox.scan(CARD);
    sandbox.click("是我，签到");
    sandbox
}

fn calls(sandbox: &Sandbox) -> Vec<Call> {
    futures::executor::block_on(sandbox.cx().store.read(|store| store.open_calls())).expect("read")
}

#[test]
fn card_check_in_takes_one_tap_surname_four_phone_seven() {
    let mut card = Sandbox::demo();
    card.scan(CARD);
    card.click("是我，签到");
    card.expect("签到好了");
    let mut surname = Sandbox::demo();
    for tap in ["没带卡，点这里", "欧阳", "欧阳*芬 婆婆", "是我，签到"] {
        surname.click(tap);
    }
    surname.expect("签到好了");
    let mut phone = Sandbox::demo();
    for tap in ["没带卡，点这里", "用手机号", "5", "6", "7", "8", "是我，签到"] {
        phone.click(tap);
    }
    phone.expect("签到好了");
}

#[test]
fn nothing_is_written_before_the_confirming_tap() {
    let mut sandbox = Sandbox::demo();
    let who = sandbox.resident("欧阳素芬").id;
    sandbox.scan(CARD);
    sandbox.expect("您是欧阳素芬婆婆吗？");
    assert!(!sandbox.is_here(who));
    sandbox.click("不是我");
    assert!(!sandbox.is_here(who));
}

#[test]
fn complaint_1_an_abandoned_screen_asks_first_and_then_clears_itself() {
    let mut sandbox = Sandbox::demo();
    sandbox.click("没带卡，点这里");
    sandbox.wait(59);
    assert!(!sandbox.app.asks_still_there());
    sandbox.wait(1);
    sandbox.expect("您还在吗？");
    sandbox.click("我还在");
    sandbox.expect("您贵姓？请点一下");
    sandbox.wait(60);
    sandbox.expect("您还在吗？");
    sandbox.wait(30);
    sandbox.expect("您好，请刷卡签到");
}

#[test]
fn still_there_returns_to_the_very_same_state() {
    let mut sandbox = Sandbox::demo();
    for tap in ["没带卡，点这里", "用手机号", "5", "6"] {
        sandbox.click(tap);
    }
    let before: Vec<_> = sandbox.texts();
    sandbox.wait(60);
    sandbox.click("我还在");
    let clock = |texts: Vec<String>| texts.into_iter().filter(|t| !t.contains(':')).collect::<Vec<_>>();
    assert_eq!(clock(sandbox.texts()), clock(before));
}

#[test]
fn complaint_2_nothing_of_the_previous_person_is_left_on_any_way_out() {
    let mut sandbox = Sandbox::demo();
    let clean: HashSet<String> = sandbox.texts().into_iter().collect();
    let all = samples(&sandbox);
    for sample in &all {
        let name = sample.name;
        for way_out in ["back", "idle"] {
            // The calling screen is nobody's: it stands until it is tapped.
            if name == "Calling" && way_out == "idle" {
                continue;
            }
            let sight = Sight { dark: true, left_handed: true, ..Sight::default() };
            sandbox.show(sample, Lang::En, sight, Shape::Portrait);
            match way_out {
                // The first page has no way back; it clears itself.
                "back" if name != "FirstPage" => {
                    for _ in 0..4 {
                        sandbox.cx().clock.advance(std::time::Duration::from_secs(1));
                        if sandbox.shows("Back") {
                            sandbox.click("Back");
                        }
                    }
                }
                _ => sandbox.wait(95),
            }
            if sandbox.shows("Never mind") {
                sandbox.click("Never mind");
            }
            if sandbox.shows("不用了") {
                sandbox.click("不用了");
            }
            let now: HashSet<String> = sandbox.texts().into_iter().filter(|t| !t.contains(':')).collect();
            let left: Vec<_> = now.difference(&clean).collect();
            assert!(left.is_empty(), "{name} by {way_out}: {left:?}");
            assert_eq!(sandbox.cx().sight, Sight::default(), "{name} by {way_out}");
        }
    }
}

#[test]
fn complaint_4_a_repeated_scan_shows_my_day_and_has_a_safe_way_out() {
    let mut sandbox = checked_in();
    sandbox.click("好的");
    sandbox.wait(4);
    sandbox.scan(CARD);
    sandbox.expect("您今天的安排");
    sandbox.click("返回");
    sandbox.expect("您好，请刷卡签到");
}

#[test]
fn complaint_6_the_undo_stays_its_whole_fifteen_seconds() {
    let mut sandbox = checked_in();
    sandbox.wait(14);
    let who = sandbox.resident("欧阳素芬").id;
    sandbox.click("点错了，取消");
    assert!(!sandbox.is_here(who));
    sandbox.expect("已经取消了");
    let mut late = checked_in();
    late.wait(15);
    late.expect("您好，请刷卡签到");
}

#[test]
fn complaint_9_leaving_is_possible_for_everybody_who_came() {
    let mut sandbox = checked_in();
    sandbox.click("好的");
    for tap in ["我要回家了", "欧阳", "欧阳*芬 婆婆", "是，我回家"] {
        sandbox.click(tap);
    }
    sandbox.expect("再见，路上慢点");
    assert!(!sandbox.is_here(sandbox.resident("欧阳素芬").id));
}

#[test]
fn complaint_12_a_check_in_by_card_is_local_and_needs_no_network() {
    // The store is a file of this machine; nothing else is there to wait for.
    let sandbox = checked_in();
    sandbox.expect("欧阳素芬婆婆，早上好");
}

#[test]
fn complaint_15_the_first_page_shows_nobody() {
    let sandbox = Sandbox::demo();
    let people =
        futures::executor::block_on(sandbox.cx().store.read(|store| store.residents())).expect("read");
    for text in sandbox.texts() {
        assert!(!people.iter().any(|r| text.contains(&r.profile.name) || text.contains(&r.profile.phone)));
    }
}

#[test]
fn complaint_24_the_board_counts_who_is_here_now() {
    let mut sandbox = checked_in();
    sandbox.click("好的");
    let here = |sandbox: &Sandbox| {
        let roster =
            futures::executor::block_on(sandbox.cx().store.read(|store| store.roster())).expect("read");
        roster.iter().filter(|listed| listed.here_since.is_some()).count()
    };
    let before = here(&sandbox);
    sandbox.unlock();
    sandbox.expect(&before.to_string());
    sandbox.cx().clock.advance(std::time::Duration::from_secs(2));
    sandbox.click("回家");
    assert_eq!(here(&sandbox), before - 1);
    sandbox.expect(&(before - 1).to_string());
    sandbox.click("撤销");
    assert_eq!(here(&sandbox), before);
}

#[test]
fn a_call_for_help_stays_until_never_mind_or_a_staff_pin() {
    let mut sandbox = Sandbox::demo();
    sandbox.click("叫人帮忙");
    sandbox.expect("马上有人来，请坐一下");
    assert_eq!(calls(&sandbox).len(), 1);
    sandbox.wait(300);
    sandbox.expect("马上有人来，请坐一下");
    sandbox.click("不用了");
    assert!(calls(&sandbox).is_empty());
    sandbox.expect("您好，请刷卡签到");
}

#[test]
fn who_must_not_go_alone_waits_for_staff_and_staff_are_called() {
    let mut sandbox = Sandbox::demo();
    for tap in ["没带卡，点这里", "用手机号", "1", "9", "5", "3", "是我，签到", "看我今天的安排"]
    {
        sandbox.click(tap);
    }
    sandbox.click("我要回家了");
    sandbox.click("是，我回家");
    sandbox.expect("请等工作人员送您");
    let wang = sandbox.resident("王福全");
    assert!(sandbox.is_here(wang.id), "the kiosk must not let him go alone");
    assert_eq!(calls(&sandbox)[0].who.as_deref(), Some("王福全爷爷"));
}

#[test]
fn an_unknown_card_is_kept_for_staff_without_the_whole_code() {
    let mut sandbox = Sandbox::demo();
    sandbox.scan("6901234567892");
    sandbox.expect("没找到您的卡，请再放一次");
    let scans =
        futures::executor::block_on(sandbox.cx().store.read(|store| store.unknown_scans())).expect("read");
    assert_eq!(scans.len(), 1);
    assert_eq!(scans[0].tail, "7892");
    // The reader stays armed: a good card leaves the screen at once.
    sandbox.wait(1);
    sandbox.scan(CARD);
    sandbox.expect("您是欧阳素芬婆婆吗？");
}

#[test]
fn complaint_29_staff_screens_lock_themselves() {
    let mut sandbox = Sandbox::demo();
    sandbox.unlock();
    sandbox.expect("今日");
    sandbox.wait(179);
    sandbox.expect("今日");
    sandbox.wait(1);
    sandbox.expect("您好，请刷卡签到");
    assert!(sandbox.cx().staff.is_none());
}

#[test]
fn a_staff_route_without_a_pin_leads_to_the_door() {
    let mut sandbox = Sandbox::demo();
    for (_, route) in testkit::sandbox::staff_samples(&sandbox) {
        sandbox.open(route, Lang::ZhHans, Sight::default(), Shape::Portrait);
        sandbox.expect("请点您的名字");
    }
}

#[test]
fn a_stale_answer_of_a_screen_no_longer_shown_is_dropped() {
    let mut sandbox = Sandbox::demo();
    sandbox.click("没带卡，点这里");
    let late = daycare_kiosk::app::screen::ScreenMessage::Surname(
        daycare_kiosk::ui::screens::resident::surname::Message::Phone,
    );
    sandbox.send(Message::Came(0, late));
    sandbox.expect("您贵姓？请点一下");
}

#[test]
fn an_elders_whole_visit_is_found_corrected_and_exported() {
    let mut sandbox = checked_in();
    sandbox.click("量血压");
    sandbox.click("好的");
    sandbox.unlock();
    for tap in ["来访", "欧阳素芬", "更正", "家属来电", "保存"] {
        sandbox.cx().clock.advance(std::time::Duration::from_secs(1));
        sandbox.click(tap);
    }
    sandbox.expect("已经保存");
    sandbox.cx().clock.advance(std::time::Duration::from_secs(1));
    sandbox.click("导出");
    let exports = futures::executor::block_on(sandbox.cx().store.read(|store| Ok(store.paths().exports())));
    let file =
        std::fs::read_dir(exports.expect("a path")).expect("made").next().expect("one file").expect("read");
    let text = std::fs::read_to_string(file.path()).expect("text");
    assert!(text.starts_with('\u{feff}'));
    assert!(text.contains("欧阳素芬") && text.contains("量血压"));
    let day = sandbox.cx().clock.today();
    let report = sandbox.cx().store.read(move |store| store.report(Period { from: day, to: day }));
    let report = futures::executor::block_on(report).expect("counted");
    assert_eq!(text.lines().count(), report.visits as usize + 1);
}
