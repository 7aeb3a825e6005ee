//! Draws every screen to PNG, without a window:
//! `cargo run --release --example gallery -- DIR [--lang zh-Hans,en] [--theme light,dark] [--scale 1,1.5] [--shape portrait,landscape]`

#![allow(clippy::expect_used, clippy::panic, reason = "a tool that stops where something is wrong")]

#[path = "../tests/support/joined.rs"]
mod joined;
#[path = "../tests/support/sandbox.rs"]
mod sandbox;
#[path = "../tests/support/welcome.rs"]
mod welcome;

use std::path::PathBuf;

use daycare_kiosk::app::Message;
use daycare_kiosk::app::screen::ScreenMessage;
use daycare_kiosk::i18n::Lang;
use daycare_kiosk::screens::staff::settings;
use daycare_kiosk::screens::{Route, Sight};
use daycare_kiosk::sync::change::{Outcome, Reason};
use daycare_kiosk::sync::op::RowKey;
use daycare_kiosk::theme::{Shape, TextScale};
use daycare_kiosk::widgets::Press;
use joined::Joined;
use sandbox::{Sandbox, samples, staff_samples};

/// One way of looking at all screens.
#[derive(Clone, Copy)]
struct Way {
    lang: Lang,
    dark: bool,
    scale: TextScale,
    shape: Shape,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let folder = PathBuf::from(
        args.next().ok_or("usage: gallery DIR [--lang …] [--theme …] [--scale …] [--shape …]")?,
    );
    let rest: Vec<String> = args.collect();
    let asked = |flag: &str, default: &str| {
        let at = rest.iter().position(|arg| arg == flag);
        let value = at.and_then(|at| rest.get(at + 1)).map_or(default, String::as_str);
        value.split(',').map(str::to_owned).collect::<Vec<_>>()
    };
    std::fs::create_dir_all(&folder)?;
    let mut count = 0;
    for lang in asked("--lang", "zh-Hans") {
        for theme in asked("--theme", "light") {
            for scale in asked("--scale", "1") {
                for shape in asked("--shape", "portrait,landscape") {
                    let way = Way {
                        lang: Lang::from_tag(&lang),
                        dark: theme == "dark",
                        scale: TextScale::ALL
                            .into_iter()
                            .find(|s| s.factor().to_string() == scale)
                            .unwrap_or_default(),
                        shape: if shape == "landscape" { Shape::Landscape } else { Shape::Portrait },
                    };
                    count += draw(&folder, way, &format!("{lang}-{theme}-{scale}-{shape}"))?;
                }
            }
        }
    }
    eprintln!("{count} pictures in {}", folder.display());
    Ok(())
}

fn draw(folder: &std::path::Path, way: Way, suffix: &str) -> Result<usize, Box<dyn std::error::Error>> {
    let mut sandbox = Sandbox::demo();
    let all = samples(&sandbox);
    let count = all.len() + 1;
    let sight = Sight { scale: way.scale, dark: way.dark, left_handed: false };
    for sample in &all {
        sandbox.show(sample, way.lang, sight, way.shape);
        save(&sandbox, &folder.join(format!("{}-{suffix}.png", sample.name)))?;
    }
    sandbox.show(&all[2], way.lang, sight, way.shape);
    sandbox.wait(70);
    assert!(sandbox.app.asks_still_there());
    sandbox.send(Message::Second);
    save(&sandbox, &folder.join(format!("StillThere-{suffix}.png")))?;
    Ok(count + staff(folder, way, suffix)?)
}

/// Staff screens, in one text scale and theme: theirs do not change.
fn staff(folder: &std::path::Path, way: Way, suffix: &str) -> Result<usize, Box<dyn std::error::Error>> {
    if way.dark || way.scale != TextScale::Normal {
        return Ok(0);
    }
    let mut sandbox = Sandbox::demo();
    sandbox.unlock_as("何静", daycare_kiosk::demo::MANAGER_PIN);
    sandbox.wait(1);
    let routes = staff_samples(&sandbox);
    let count = routes.len();
    for (name, route) in routes {
        sandbox.open(route, way.lang, Sight::default(), way.shape);
        save(&sandbox, &folder.join(format!("Staff-{name}-{suffix}.png")))?;
        // Going to the door ends the session.
        if sandbox.cx().staff.is_none() {
            sandbox.open(Route::Idle, Lang::ZhHans, Sight::default(), way.shape);
            sandbox.unlock_as("何静", daycare_kiosk::demo::MANAGER_PIN);
            sandbox.wait(1);
        }
    }
    let count = count + programme(&mut sandbox, folder, way, suffix)?;
    let count = count + desk(&mut sandbox, folder, way, suffix)?;
    let count = count + sync(&mut sandbox, folder, way, suffix)?;
    Ok(count + clinic(&mut sandbox, folder, way, suffix)? + first_start(folder, way, suffix)?)
}

/// The desk of the manager: lists, figures, the book, the settings.
fn desk(
    sandbox: &mut Sandbox,
    folder: &std::path::Path,
    way: Way,
    suffix: &str,
) -> Result<usize, Box<dyn std::error::Error>> {
    let who = Route::Person(Some(sandbox.resident("欧阳素芬").id));
    let wang = Route::Person(Some(sandbox.resident("王福全").id));
    let steps: [(&str, Route, &[&str]); 16] = [
        ("Person-care", wang, &["person-care"]),
        ("Person-consents", who.clone(), &["person-consents"]),
        ("Person-cards", who.clone(), &["card-title"]),
        ("Person-more", who, &["person-more"]),
        ("Welfare-missed", Route::Welfare, &["welfare-missed", "@open-"]),
        ("Welfare-birthdays", Route::Welfare, &["welfare-tab-birthdays"]),
        ("Welfare-incomplete", Route::Welfare, &["welfare-tab-incomplete"]),
        ("Statistics-month", Route::Statistics, &["period-month"]),
        ("ShiftBook-incidents", Route::ShiftBook, &["book-incidents"]),
        ("ShiftBook-notices", Route::ShiftBook, &["book-notices"]),
        ("ShiftBook-numbers", Route::ShiftBook, &["book-numbers"]),
        ("ShiftBook-papers", Route::ShiftBook, &["book-papers"]),
        ("Settings-machine", Route::Settings, &["settings-machine"]),
        ("Settings-accounts", Route::Settings, &["settings-accounts"]),
        ("Settings-trail", Route::Settings, &["settings-trail"]),
        ("Settings-register", Route::Settings, &["settings-register"]),
    ];
    for (name, route, taps) in &steps {
        sandbox.open(route.clone(), way.lang, Sight::default(), way.shape);
        for tap in *taps {
            sandbox.wait(1);
            match tap.strip_prefix('@') {
                Some(target) => sandbox.tap_first(target),
                None => sandbox.click(&sandbox.cx().tr(tap)),
            }
        }
        save(sandbox, &folder.join(format!("Staff-{name}-{suffix}.png")))?;
    }
    Ok(steps.len())
}

/// A kiosk of a hub: what must be decided, how it stands, its clock behind.
fn sync(
    sandbox: &mut Sandbox,
    folder: &std::path::Path,
    way: Way,
    suffix: &str,
) -> Result<usize, Box<dyn std::error::Error>> {
    let panel = |sandbox: &mut Sandbox, name: &str| {
        sandbox.open(Route::Settings, way.lang, Sight::default(), way.shape);
        sandbox.wait(1);
        sandbox.click(&sandbox.cx().tr("settings-sync"));
        sandbox.wait(1);
        save(sandbox, &folder.join(format!("Staff-{name}-{suffix}.png")))
    };
    panel(sandbox, "Settings-sync-alone")?;
    let mut joined = Joined::of(sandbox, 0);
    let row = RowKey::new("care_plan", sandbox.resident("欧阳素芬").id.uuid().simple().to_string());
    let (other, queued) = (joined.other, Outcome::Queued { fields: vec!["allergies".into()] });
    joined.hear(sandbox, other, row, queued, |change| {
        drop(change.asked.insert("allergies".into(), "青霉素，头孢".into()));
    });
    let row = RowKey::new("resident", sandbox.resident("王福全").id.uuid().simple().to_string());
    let own = joined.own;
    joined.hear(sandbox, own, row, Outcome::Rejected(Reason::HasAPlace), |_| {});
    panel(sandbox, "Settings-sync")?;
    let code = format!("YLH1|https://hub.example:8443|{}|{}", "5a".repeat(32), "c3".repeat(16));
    let invited = settings::Message::Hub(settings::hub::Message::Invited(Ok(code)));
    sandbox.send(Message::Tapped(String::new(), Press::Own(ScreenMessage::Settings(invited))));
    save(sandbox, &folder.join(format!("Staff-Settings-sync-invited-{suffix}.png")))?;
    for sample in samples(sandbox).iter().filter(|sample| ["Booked", "MyDay-booked"].contains(&sample.name)) {
        sandbox.show(sample, way.lang, Sight::default(), way.shape);
        save(sandbox, &folder.join(format!("{}-unconfirmed-{suffix}.png", sample.name)))?;
    }
    let lost = sandbox.cx().store.write(|store| store.note_sync("put-back"));
    futures::executor::block_on(lost)?;
    panel(sandbox, "Settings-sync-put-back")?;
    joined.tell(sandbox, vec![], sandbox.cx().clock.now().plus_ms(12 * 60_000));
    sandbox.open(Route::Board, way.lang, Sight::default(), way.shape);
    sandbox.send(Message::Minute);
    save(sandbox, &folder.join(format!("Staff-Board-clock-{suffix}.png")))?;
    Ok(7)
}

/// The month, a time that was tapped, its form, and the volunteers' hours.
fn programme(
    sandbox: &mut Sandbox,
    folder: &std::path::Path,
    way: Way,
    suffix: &str,
) -> Result<usize, Box<dyn std::error::Error>> {
    let steps: [(&str, Route, &[&str]); 9] = [
        ("Programme-month", Route::Programme, &["prog-month-tab"]),
        ("Programme-people", Route::Programme, &["唱红歌"]),
        ("Programme-change", Route::Programme, &["唱红歌", "prog-edit", "prog-from-now"]),
        ("Volunteers-hours", Route::Volunteers, &["vol-hours"]),
        ("Volunteers-one", Route::Volunteers, &["谢大勇"]),
        ("Volunteers-late", Route::Volunteers, &["谢大勇", "vol-late"]),
        ("Volunteers-new", Route::Volunteers, &["vol-new"]),
        ("Volunteers-team", Route::Volunteers, &["vol-new-team"]),
        ("Programme-cancel", Route::Programme, &["唱红歌", "prog-cancel"]),
    ];
    for (name, route, taps) in &steps {
        sandbox.open(route.clone(), way.lang, Sight::default(), way.shape);
        for tap in *taps {
            sandbox.wait(1);
            sandbox.click(&sandbox.cx().tr(tap));
        }
        save(sandbox, &folder.join(format!("Staff-{name}-{suffix}.png")))?;
    }
    // With a PIN of a volunteer the door has a second list of names.
    let set = sandbox.cx().store.write(|store| {
        let id = store.volunteers()?.remove(0).id;
        store.set_volunteer_pin(daycare_kiosk::domain::audit::Actor::Program, id, "135246")
    });
    futures::executor::block_on(set)?;
    sandbox.open(Route::Unlock, way.lang, Sight::default(), way.shape);
    save(sandbox, &folder.join(format!("Staff-Unlock-volunteers-{suffix}.png")))?;
    Ok(steps.len() + 1)
}

/// The other lists of the clinic, and a booking that was tapped.
fn clinic(
    sandbox: &mut Sandbox,
    folder: &std::path::Path,
    way: Way,
    suffix: &str,
) -> Result<usize, Box<dyn std::error::Error>> {
    let tabs = [
        ("week", "clinic-week"),
        ("queue", "clinic-queue"),
        ("calls", "clinic-calls"),
        ("checkups", "clinic-checkups"),
    ];
    for (name, key) in tabs {
        sandbox.open(Route::Clinic, way.lang, Sight::default(), way.shape);
        sandbox.wait(1);
        let label = sandbox.cx().tr(key);
        let shown = sandbox.texts().into_iter().find(|text| text.starts_with(&label)).unwrap_or(label);
        sandbox.click(&shown);
        save(sandbox, &folder.join(format!("Staff-Clinic-{name}-{suffix}.png")))?;
    }
    let forms =
        [("session-form", Route::Clinic, "clinic-session"), ("hours-form", Route::Schedule, "schedule-add")];
    let count = tabs.len() + forms.len();
    for (name, route, key) in forms {
        sandbox.open(route, way.lang, Sight::default(), way.shape);
        sandbox.wait(1);
        sandbox.click(&sandbox.cx().tr(key));
        save(sandbox, &folder.join(format!("Staff-Clinic-{name}-{suffix}.png")))?;
    }
    Ok(count)
}

/// The very first start, question by question.
fn first_start(
    folder: &std::path::Path,
    way: Way,
    suffix: &str,
) -> Result<usize, Box<dyn std::error::Error>> {
    let cx = daycare_kiosk::app::presets::context(|_| Ok(()))?;
    let mut sandbox = Sandbox::on(cx);
    sandbox.shape = way.shape;
    save(&sandbox, &folder.join(format!("Staff-FirstStart-1-{suffix}.png")))?;
    sandbox.click("登记我们的中心");
    save(&sandbox, &folder.join(format!("Staff-FirstStart-2-{suffix}.png")))?;
    Ok(2)
}

fn save(sandbox: &Sandbox, path: &std::path::Path) -> Result<(), Box<dyn std::error::Error>> {
    let (width, height, rgba) = sandbox.picture(sandbox.shape.size());
    image::save_buffer(path, &rgba, width, height, image::ColorType::Rgba8)?;
    Ok(())
}
