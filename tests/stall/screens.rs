//! With the store blocked for three seconds nothing on the screen waits for it.

use std::time::{Duration, Instant};

use daycare_kiosk::app::Message;
use daycare_kiosk::demo::CARD;
use futures::FutureExt as _;

use testkit::sandbox::{Sandbox, lift, press};

/// A frame at 60 Hz.
const FRAME: Duration = Duration::from_millis(16);

#[test]
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
fn a_full_queue_says_busy_and_the_resident_is_sent_to_staff() {
    let mut sandbox = Sandbox::demo();
    sandbox.scan(CARD);
    sandbox.cx().clock.advance(Duration::from_secs(1));
    let store = sandbox.cx().store.clone();
    // The owner waits until it is released; meanwhile its queue is filled.
    let (release, released) = std::sync::mpsc::channel::<()>();
    let (busy, is_busy) = std::sync::mpsc::channel::<()>();
    let mut waiting = vec![store.write(move |_| {
        let _ = (busy.send(()), released.recv());
        Ok(())
    })];
    assert_eq!(waiting[0].as_mut().now_or_never(), None);
    is_busy.recv().expect("the owner has begun");
    waiting.push(store.write(|_| Ok(())));
    let mut refused = None;
    for _ in 0..1000 {
        let last = waiting.last_mut().expect("one");
        refused = last.now_or_never();
        if refused.is_some() {
            break;
        }
        waiting.push(store.write(|_| Ok(())));
    }
    assert_eq!(refused, Some(Err(daycare_kiosk::error::Error::Busy)));
    sandbox.click("是我，签到");
    sandbox.expect("机器在休息，请找工作人员");
    release.send(()).expect("released");
}
