//! Sync costs the screen nothing: while a hub that says nothing is waited for,
//! and while a month is heard, no update and no frame waits.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use daycare_core::audit::Actor;
use daycare_kiosk::app::Message;
use daycare_kiosk::i18n::Lang;
use daycare_kiosk::sync_client::{self, Identity, Link};
use daycare_kiosk::ui::screens::{Route, Sight};
use daycare_kiosk::ui::theme::Shape;

use testkit::centre::person;
use testkit::hub::{Hub, Kiosk};
use testkit::proxy::{Proxy, Wire};
use testkit::sandbox::Sandbox;

/// Frames at 60 Hz that may be missed where two processors carry screen, hub and
/// database at once; waiting for a hub or a disk takes longer by far.
const FRAMES: Duration = Duration::from_millis(16 * 6);

fn slowest_frame(sandbox: &mut Sandbox, until: impl Fn(Duration) -> bool) -> Duration {
    let (began, mut slowest) = (Instant::now(), Duration::ZERO);
    while !until(began.elapsed()) {
        let frame = Instant::now();
        drop(sandbox.app.update(Message::Second));
        drop(sandbox.app.update(Message::Minute));
        drop(sandbox.app.view());
        slowest = slowest.max(frame.elapsed());
        std::thread::sleep(Duration::from_millis(8));
    }
    slowest
}

#[test]
fn no_frame_waits_for_a_hub_that_says_nothing_or_for_a_month_that_is_heard() {
    let hub = Hub::start();
    let centre = hub.centre("共和路");
    let mut sandbox = Sandbox::demo();
    let (store, paths, clock) =
        (sandbox.cx().store.clone(), sandbox.cx().paths.clone(), sandbox.cx().clock.clone());
    let _ = sync_client::join(&store, &paths, Actor::Cli, &hub.code(centre)).expect("let in");
    let identity = Identity::load(&paths).expect("read").expect("enrolled");
    let _ = sync_client::once(&store, &identity, &paths).expect("synced");
    // What the other door has written.
    let other = Kiosk::enrolled(&hub, centre, &clock);
    other.write(|store| {
        for number in 0..800 {
            store.put_resident(Actor::Cli, &person(&format!("王{number}")), "").map(drop)?;
        }
        Ok(())
    });
    let _ = other.sync().expect("synced");
    sandbox.unlock();
    sandbox.open(Route::Board, Lang::ZhHans, Sight::default(), Shape::Portrait);

    let proxy = Proxy::before(hub.outside);
    proxy.set(Wire::Silent);
    let url = format!("https://localhost:{}", proxy.at.port());
    Identity { url, ..identity.clone() }.save(&paths).expect("saved");
    let silent = Link::start(store.clone(), paths.clone(), clock, Duration::from_secs(1));
    let slowest = slowest_frame(&mut sandbox, |elapsed| elapsed > Duration::from_secs(5));
    assert!(slowest < FRAMES, "the slowest took {slowest:?} while the hub said nothing");
    drop(silent);

    let heard = AtomicBool::new(false);
    let slowest = std::thread::scope(|scope| {
        let _ = scope.spawn(|| {
            let done = sync_client::once(&store, &identity, &paths).expect("synced");
            assert!(done.pulled >= 800);
            heard.store(true, Ordering::Relaxed);
        });
        slowest_frame(&mut sandbox, |elapsed| {
            heard.load(Ordering::Relaxed) || elapsed > Duration::from_mins(1)
        })
    });
    assert!(heard.load(Ordering::Relaxed));
    assert!(slowest < FRAMES, "the slowest took {slowest:?} while a month was heard");
}
