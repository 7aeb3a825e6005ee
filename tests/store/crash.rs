//! kill -9 in the middle of 50 check-ins: what the screen acknowledged is there.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use daycare_core::audit::Actor;
use daycare_core::card::{CardCode, Holder};
use daycare_core::ids::ResidentId;
use daycare_kiosk::app::presets;
use daycare_kiosk::config::Config;
use daycare_store::paths::Paths;
use daycare_store::{Store, backup, setting};

use testkit::centre::{clock_at, person};
use testkit::sandbox::Sandbox;

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
            .args(["--exact", "crash::child_checks_everybody_in", "--nocapture"])
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

const WHAT: &str = "KIOSK_CRASH_WHAT";
const NAME: &str = "欧阳素芬";

/// A centre with a past: somebody with visits, backups and files that name them.
fn with_a_past(folder: &Path) -> ResidentId {
    let mut store = Store::open(&Paths::new(folder), &clock_at(NOW)).expect("a store");
    let _ = daycare_kiosk::demo::seed(&mut store).expect("seeded");
    let who = store.residents().expect("read").into_iter().find(|one| one.profile.name == NAME);
    let paths = Paths::new(folder);
    for _ in 0..2 {
        let _ = backup::create(&store).expect("backed up");
    }
    std::fs::create_dir_all(paths.exports()).expect("made");
    std::fs::write(paths.exports().join("list.csv"), NAME).expect("written");
    let who = who.expect("of the demo").id;
    // Whoever is inside cannot be erased.
    let _ = store.check_out(Actor::Cli, who, store.clock().now(), None);
    who
}

/// One deed in a process of its own, which may be killed at any moment of it.
#[test]
fn child_erases_or_backs_up_or_restores() {
    let (Some(folder), Ok(what)) = (std::env::var_os(FOLDER), std::env::var(WHAT)) else { return };
    let (paths, clock) = (Paths::new(Path::new(&folder)), clock_at(NOW));
    println!("begins");
    std::io::stdout().flush().expect("told");
    if what == "restore" {
        let chosen = backup::newest(&paths).expect("a backup");
        let _ = backup::restore(&paths, &clock, &chosen).expect("restored");
    } else {
        let mut store = Store::open(&paths, &clock).expect("opens");
        let who = store.residents().expect("read").into_iter().find(|one| one.profile.name == NAME);
        if what == "erase" {
            let _ = store.erase_person(Actor::Cli, who.expect("there").id, "本人要求").expect("erased");
        } else {
            let _ = backup::create(&store).expect("backed up");
        }
    }
    println!("done");
}

/// Kills it after `delay`; whether it had ended before.
fn killed_after(folder: &Path, what: &str, delay: Duration) -> bool {
    let mut child = Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", "crash::child_erases_or_backs_up_or_restores", "--nocapture"])
        .env(FOLDER, folder)
        .env(WHAT, what)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts");
    let mut said = BufReader::new(child.stdout.take().expect("its output")).lines();
    let _ = said.by_ref().find(|line| line.as_ref().is_ok_and(|line| line.contains("begins")));
    std::thread::sleep(delay);
    child.kill().expect("killed");
    child.wait().expect("ended");
    said.any(|line| line.is_ok_and(|line| line.contains("done")))
}

/// Files under a folder that hold these words.
fn holding(folder: &Path, words: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            holding(&path, words, found);
        } else if std::fs::read(&path).expect("read").windows(words.len()).any(|w| w == words.as_bytes()) {
            found.push(path);
        }
    }
}

fn copy_all(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("made");
    for entry in std::fs::read_dir(from).expect("read").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_all(&entry.path(), &target);
        } else {
            let _ = std::fs::copy(entry.path(), &target).expect("copied");
        }
    }
}

#[test]
fn whenever_the_program_was_killed_somebody_who_is_erased_is_in_no_byte_of_the_folder() {
    let past = tempfile::tempdir().expect("a folder");
    let who = with_a_past(past.path());
    for what in ["erase", "backup", "restore"] {
        // Ever later, until it has ended by itself.
        for step in 0..60u64 {
            let home = tempfile::tempdir().expect("a folder");
            copy_all(past.path(), home.path());
            let ended = killed_after(home.path(), what, Duration::from_millis(step * 15));
            let (paths, clock) = (Paths::new(home.path()), clock_at(NOW));
            // As the program begins.
            let _ = backup::remove_leftovers(&paths).expect("swept");
            let mut store = match Store::open(&paths, &clock) {
                // A restore that was cut off between its two files.
                Err(_) => {
                    let _ = backup::recover(&paths, &clock).expect("recovered");
                    Store::open(&paths, &clock).expect("opens")
                }
                Ok(store) => store,
            };
            let there = store.resident(who).expect("read").is_some_and(|one| one.profile.name == NAME);
            if there {
                let _ = store.erase_person(Actor::Cli, who, "本人要求").expect("erased");
            }
            store.forget_what_is_noted().expect("worked off");
            let mut found = Vec::new();
            holding(home.path(), NAME, &mut found);
            assert!(found.is_empty(), "{what} killed after {} ms: {found:?}", step * 15);
            assert!(backup::newest(&paths).is_some(), "there is a backup all the same");
            if ended {
                break;
            }
        }
    }
}
