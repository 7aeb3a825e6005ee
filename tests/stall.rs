//! With the store blocked for three seconds nothing on the screen waits for it.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where something is wrong"
)]

#[path = "support/sandbox.rs"]
mod sandbox;

use std::time::{Duration, Instant};

use daycare_kiosk::app::Message;
use daycare_kiosk::demo::CARD;
use sandbox::{Sandbox, lift, press};

/// A frame at 60 Hz.
const FRAME: Duration = Duration::from_millis(16);

#[test]
#[expect(clippy::disallowed_methods, reason = "this test blocks and measures on purpose")]
fn no_update_or_view_waits_for_a_blocked_store_and_the_resident_reads_please_wait() {
    let mut sandbox = Sandbox::demo();
    sandbox.scan(CARD);
    sandbox.cx().clock.advance(Duration::from_secs(1));
    // Blocks the owner of the database.
    let block = sandbox.cx().store.write(|_| {
        std::thread::sleep(Duration::from_secs(3));
        Ok(())
    });
    let blocked = std::thread::spawn(move || futures::executor::block_on(block));
    std::thread::sleep(Duration::from_millis(50));
    let yes = sandbox.target("btn:primary:yes");
    let taps = sandbox.messages_of(vec![press(1, yes), lift(1, yes)]);
    let mut waiting = Vec::new();
    let mut slowest = Duration::ZERO;
    for message in taps {
        let began = Instant::now();
        let task = sandbox.app.update(message);
        slowest = slowest.max(began.elapsed());
        waiting.push(task);
    }
    // What waits for the store waits on other threads, as in the window.
    let pending: Vec<_> = waiting
        .into_iter()
        .filter_map(iced_test::runtime::task::into_stream)
        .map(|stream| {
            std::thread::spawn(move || futures::executor::block_on_stream(stream).collect::<Vec<_>>())
        })
        .collect();
    sandbox.expect("请稍等");
    let began = Instant::now();
    while began.elapsed() < Duration::from_millis(1500) {
        let tick = Instant::now();
        drop(sandbox.app.update(Message::Second));
        slowest = slowest.max(tick.elapsed());
        let drawing = Instant::now();
        drop(sandbox.app.view());
        slowest = slowest.max(drawing.elapsed());
    }
    assert!(slowest < FRAME, "the slowest took {slowest:?}");
    blocked.join().expect("joined").expect("slept");
    for thread in pending {
        for action in thread.join().expect("joined") {
            if let iced_test::runtime::Action::Output(message) = action {
                sandbox.send(message);
            }
        }
    }
    sandbox.expect("签到好了");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "this test blocks on purpose")]
fn a_full_queue_says_busy_and_the_resident_is_sent_to_staff() {
    let mut sandbox = Sandbox::demo();
    sandbox.scan(CARD);
    sandbox.cx().clock.advance(Duration::from_secs(1));
    let store = sandbox.cx().store.clone();
    let sleep = || {
        store.write(|_| {
            std::thread::sleep(Duration::from_millis(1500));
            Ok(())
        })
    };
    // One is being done, sixty-four wait: the next finds no place.
    let jobs: Vec<_> = (0..66).map(|n| if n == 0 { sleep() } else { store.write(|_| Ok(())) }).collect();
    let threads: Vec<_> =
        jobs.into_iter().map(|job| std::thread::spawn(move || futures::executor::block_on(job))).collect();
    std::thread::sleep(Duration::from_millis(300));
    sandbox.click("是我，签到");
    sandbox.expect("机器在休息，请找工作人员");
    let results: Vec<_> = threads.into_iter().map(|t| t.join().expect("joined")).collect();
    assert!(results.contains(&Err(daycare_kiosk::error::Error::Busy)));
}
