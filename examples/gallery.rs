//! Draws every screen to PNG, without a window:
//! `cargo run --release --example gallery -- DIR [--lang zh-Hans,en] [--theme light,dark] [--scale 1,1.5] [--shape portrait,landscape]`

#![allow(clippy::expect_used, clippy::panic, reason = "a tool that stops where something is wrong")]

use std::path::PathBuf;

use daycare_kiosk::app::Message;
use daycare_kiosk::app::screen::ScreenMessage;
use daycare_kiosk::i18n::Lang;
use daycare_kiosk::ui::screens::staff::settings;
use daycare_kiosk::ui::screens::{Route, Sight};
use daycare_kiosk::ui::theme::{Shape, TextScale};
use daycare_kiosk::ui::widgets::Press;
use daycare_sync::change::{Outcome, Reason};
use daycare_sync::op::RowKey;

use testkit::joined::Joined;
use testkit::sandbox::{Sandbox, samples, staff_samples, staff_steps};

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
    let samples = staff_samples(&sandbox).into_iter().map(|(name, route)| (name, route, &[][..]));
    let all: Vec<_> = samples.chain(staff_steps(&sandbox)).collect();
    let count = all.len();
    for (name, route, taps) in all {
        sandbox.show_staff(route, taps, way.lang, way.shape);
        save(&sandbox, &folder.join(format!("Staff-{name}-{suffix}.png")))?;
    }
    let count = count + beside(&mut sandbox, folder, way, suffix)?;
    let count = count + sync(&mut sandbox, folder, way, suffix)?;
    Ok(count + door(&mut sandbox, folder, way, suffix)? + first_start(folder, way, suffix)?)
}

/// What may stand over or above a screen: a card read meanwhile, a wrong clock.
fn beside(
    sandbox: &mut Sandbox,
    folder: &std::path::Path,
    way: Way,
    suffix: &str,
) -> Result<usize, Box<dyn std::error::Error>> {
    for (name, route) in [("Board", Route::Board), ("Settings", Route::Settings)] {
        sandbox.show_staff(route, &[], way.lang, way.shape);
        sandbox.wait(4);
        sandbox.scan(daycare_kiosk::demo::CARD);
        save(sandbox, &folder.join(format!("Staff-{name}-card-{suffix}.png")))?;
    }
    let right = sandbox.cx().clock.now();
    sandbox.send(Message::Minute);
    sandbox.cx().clock.set_wall(right.plus_ms(-5 * 3_600_000));
    sandbox.send(Message::Minute);
    sandbox.show_staff(Route::Board, &[], way.lang, way.shape);
    save(sandbox, &folder.join(format!("Staff-Board-wrong-clock-{suffix}.png")))?;
    sandbox.cx().clock.set_wall(right);
    sandbox.wait(1);
    sandbox.click(&sandbox.cx().tr("clock-is-right"));
    Ok(3)
}

/// A kiosk of a hub: what must be decided, how it stands, its clock behind.
fn sync(
    sandbox: &mut Sandbox,
    folder: &std::path::Path,
    way: Way,
    suffix: &str,
) -> Result<usize, Box<dyn std::error::Error>> {
    let panel = |sandbox: &mut Sandbox, name: &str| {
        sandbox.show_staff(Route::Settings, &["settings-sync"], way.lang, way.shape);
        sandbox.wait(1);
        save(sandbox, &folder.join(format!("Staff-{name}-{suffix}.png")))
    };
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
    sandbox.show_staff(Route::Board, &[], way.lang, way.shape);
    sandbox.send(Message::Minute);
    save(sandbox, &folder.join(format!("Staff-Board-clock-{suffix}.png")))?;
    Ok(6)
}

/// With a PIN of a volunteer the door has a second list of names.
fn door(
    sandbox: &mut Sandbox,
    folder: &std::path::Path,
    way: Way,
    suffix: &str,
) -> Result<usize, Box<dyn std::error::Error>> {
    let set = sandbox.cx().store.write(|store| {
        let id = store.volunteers()?.remove(0).id;
        store.set_volunteer_pin(daycare_core::audit::Actor::Program, id, "135246")
    });
    futures::executor::block_on(set)?;
    sandbox.open(Route::Unlock, way.lang, Sight::default(), way.shape);
    save(sandbox, &folder.join(format!("Staff-Unlock-volunteers-{suffix}.png")))?;
    Ok(1)
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
