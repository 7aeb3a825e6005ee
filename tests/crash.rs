//! kill -9 in the middle of 50 check-ins: what the screen acknowledged is there.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where something is wrong"
)]

#[path = "support/sandbox.rs"]
mod sandbox;
mod support;

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use daycare_kiosk::app::presets;
use daycare_kiosk::config::Config;
use daycare_kiosk::domain::audit::Actor;
use daycare_kiosk::domain::card::{CardCode, Holder};
use daycare_kiosk::storage::paths::Paths;
use daycare_kiosk::storage::{Store, setting};
use sandbox::Sandbox;
use support::{clock_at, person};

const FOLDER: &str = "KIOSK_CRASH_FOLDER";
const PEOPLE: u8 = 50;
const NOW: &str = "2026-11-24T09:00:00";

fn code(n: u8) -> CardCode {
    CardCode::from_random([n + 1; 10])
}

fn fill(folder: &Path) {
    let mut store = Store::open(&Paths::new(folder), &clock_at(NOW)).expect("a store");
    store.set_setting(Actor::Cli, setting::CENTRE_NAME, "中心").expect("named");
    for n in 0..PEOPLE {
        let resident = person(&format!("王{n}"));
        store.put_resident(Actor::Cli, &resident, "").expect("written");
        store.issue_card(Actor::Cli, Holder::Resident(resident.id), &code(n)).expect("issued");
    }
}

/// The program itself, in a process of its own: the whole application on the
/// store of the folder, told one scan and one tap after the other.
#[test]
fn child_checks_everybody_in() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let store = Store::open(&Paths::new(folder), &clock_at(NOW)).expect("opens");
    let cx = presets::open(store, Config::default()).expect("begins");
    let mut sandbox = Sandbox::on(cx);
    for n in 0..PEOPLE {
        sandbox.cx().clock.advance_monotonic(std::time::Duration::from_secs(5));
        sandbox.scan(code(n).as_str());
        sandbox.click("是我，签到");
        sandbox.expect("签到好了");
        println!("done {n}");
        std::io::stdout().flush().expect("told");
        sandbox.click("好的");
    }
}

#[test]
fn what_the_screen_acknowledged_before_kill_9_is_there() {
    for wanted in [1u8, 7, 23, 41] {
        let folder = tempfile::tempdir().expect("a folder");
        fill(folder.path());
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args(["--exact", "child_checks_everybody_in", "--nocapture"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        let mut acknowledged = Vec::new();
        for line in BufReader::new(child.stdout.take().expect("its output")).lines() {
            let line = line.expect("text");
            if let Some(n) = line.split("done ").nth(1).and_then(|n| n.trim().parse::<u8>().ok()) {
                acknowledged.push(n);
                if acknowledged.len() == usize::from(wanted) {
                    // SIGKILL: no destructor, no flush.
                    child.kill().expect("killed");
                }
            }
        }
        child.wait().expect("ended");
        assert!(acknowledged.len() >= usize::from(wanted), "only {} acknowledged", acknowledged.len());
        let store = Store::open(&Paths::new(folder.path()), &clock_at(NOW)).expect("opens again, sound");
        for n in acknowledged {
            let who = store.find_by_card(&code(n)).expect("read").expect("registered");
            let Holder::Resident(who) = who else { panic!("card {n} is a volunteer's") };
            assert!(store.open_visit(who).expect("read").is_some(), "check-in {n} was lost");
        }
    }
}
