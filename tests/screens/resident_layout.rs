//! The layout of every resident screen, in every language, text scale, shape
//! and theme, against the rules of the design. A screen added later must be
//! in the samples, or the first test fails.

use std::collections::BTreeMap;

use daycare_core::activity::Series;
use daycare_core::activity::enrolment::SigningUp;
use daycare_core::audit::Actor;
use daycare_core::ids::{EnrolmentId, ResidentId, SeriesId, VisitId};
use daycare_core::visit::{CheckIn, Source, Visit};
use daycare_kiosk::app::screen::AnyScreen;
use daycare_kiosk::i18n::Lang;
use daycare_kiosk::ui::screens::{Route, Sight};
use daycare_kiosk::ui::theme::{Shape, TextScale};
use iced::Rectangle;

use testkit::sandbox::{Piece, Sample, Sandbox, samples};
use testkit::text_fit::is_whole;

/// Pixels a millimetre on the panel the design is for.
const MM: f32 = 4.03;

struct Drawn {
    place: String,
    shape: Shape,
    targets: Vec<(String, Rectangle)>,
    texts: Vec<(String, Rectangle)>,
    forbidden: Vec<&'static str>,
}

impl Drawn {
    fn of(sandbox: &Sandbox, place: String) -> Self {
        let mut drawn =
            Self { place, shape: sandbox.shape, targets: vec![], texts: vec![], forbidden: vec![] };
        for piece in sandbox.pieces() {
            match piece {
                Piece::Target { name, bounds } => drawn.targets.push((name, bounds)),
                Piece::Text { content, bounds } => drawn.texts.push((content, bounds)),
                Piece::Forbidden(what) => drawn.forbidden.push(what),
            }
        }
        drawn
    }

    fn screen(&self) -> Rectangle {
        Rectangle::with_size(self.shape.size())
    }

    /// Everything that is wrong, in words.
    fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        faults.extend(self.forbidden.iter().map(|what| format!("N3: {what}")));
        self.target_sizes(&mut faults);
        self.target_places(&mut faults);
        self.text_places(&mut faults);
        self.counts(&mut faults);
        faults.into_iter().map(|fault| format!("{}: {fault}", self.place)).collect()
    }

    fn target_sizes(&self, faults: &mut Vec<String>) {
        for (name, at) in &self.targets {
            let (rule, width, height) = match name.as_str() {
                n if n.starts_with("btn:primary:") => ("T2", 80.0, 40.0),
                n if n.starts_with("btn:key:") => ("T3", 36.0, 32.0),
                n if n.starts_with("btn:choice:person-") => ("T3", 80.0, 100.0),
                n if n.starts_with("btn:choice:surname-") => ("T3", 60.0, 40.0),
                "btn:nav:next" => ("N4", 40.0, 30.0),
                _ => ("T1", 23.8, 23.8),
            };
            if at.width < width * MM - 0.5 || at.height < height * MM - 0.5 {
                faults.push(format!("{rule}: {name} is {:.0} x {:.0} px", at.width, at.height));
            }
        }
    }

    fn target_places(&self, faults: &mut Vec<String>) {
        let screen = self.screen();
        let top = if self.shape == Shape::Portrait { 560.0 } else { 270.0 };
        for (i, (name, at)) in self.targets.iter().enumerate() {
            let margin =
                (at.x).min(at.y).min(screen.width - at.x - at.width).min(screen.height - at.y - at.height);
            if margin < 40.0 {
                faults.push(format!("T6: {name} is {margin:.0} px from the edge"));
            }
            if at.y < top {
                faults.push(format!("R1: {name} is at y {:.0}", at.y));
            }
            for (other, there) in &self.targets[i + 1..] {
                let apart = gap(at, there);
                let decides = |n: &str| n.starts_with("btn:primary:");
                let undoes = |n: &str| n.starts_with("btn:destructive:");
                let opposed = (decides(name) && undoes(other)) || (undoes(name) && decides(other));
                let (rule, wanted) = if opposed { ("T4 20 mm", 80.0) } else { ("T4/T5", 28.0) };
                if apart < wanted {
                    faults.push(format!("{rule}: {name} and {other} are {apart:.0} px apart"));
                }
            }
        }
    }

    fn text_places(&self, faults: &mut Vec<String>) {
        let screen = self.screen();
        for (i, (text, at)) in self.texts.iter().enumerate() {
            // A line is 1.3 times its size: 8 mm is 32 px, 42 px a line.
            if at.height < 41.0 {
                faults.push(format!("F1: {text:?} is {:.0} px high", at.height));
            }
            if !inside(at, &screen) {
                faults.push(format!("F5: {text:?} leaves the screen"));
            }
            if !is_whole(text, *at, 33.0) {
                faults.push(format!("F5: {text:?} is cut off or broken within a word"));
            }
            for (name, target) in &self.targets {
                if overlap(at, target) > 2.0 && !inside(at, target) {
                    faults.push(format!("F5: {text:?} crosses the edge of {name}"));
                }
            }
            for (other, there) in &self.texts[i + 1..] {
                if overlap(at, there) > 3.0 {
                    faults.push(format!("F5: {text:?} and {other:?} overlap"));
                }
            }
        }
    }

    fn counts(&self, faults: &mut Vec<String>) {
        let count = |prefix: &str| self.targets.iter().filter(|(name, _)| name.starts_with(prefix)).count();
        let (surnames, people) = (count("btn:choice:surname-"), count("btn:choice:person-"));
        let others = count("btn:choice:") - surnames - people;
        if surnames > 12 || people > 6 || others > 4 {
            faults.push(format!("N1: {surnames} surnames, {people} people, {others} choices"));
        }
        if count("btn:primary:") > 1 {
            faults.push("more than one next step".into());
        }
        for needed in ["btn:chrome:back", "btn:chrome:help"] {
            if count(needed) != 1 {
                faults.push(format!("N5: {needed} is missing"));
            }
        }
    }
}

fn gap(a: &Rectangle, b: &Rectangle) -> f32 {
    let dx = (b.x - a.x - a.width).max(a.x - b.x - b.width).max(0.0);
    let dy = (b.y - a.y - a.height).max(a.y - b.y - b.height).max(0.0);
    dx.hypot(dy)
}

fn overlap(a: &Rectangle, b: &Rectangle) -> f32 {
    a.intersection(b).map_or(0.0, |both| both.width.min(both.height))
}

fn inside(a: &Rectangle, b: &Rectangle) -> bool {
    a.x >= b.x - 1.0
        && a.y >= b.y - 1.0
        && a.x + a.width <= b.x + b.width + 1.0
        && a.y + a.height <= b.y + b.height + 1.0
}

/// Runs `look` on every screen in every way it can be seen.
fn every_way(mut look: impl FnMut(&Sandbox, &str, String)) {
    let mut sandbox = Sandbox::demo();
    let mut all = samples(&sandbox);
    all.push(Sample { name: "StillThere", route: all[2].route.clone(), taps: &[] });
    for shape in Shape::ALL {
        for lang in Lang::ALL {
            for scale in TextScale::ALL {
                for dark in [false, true] {
                    for left_handed in [false, true] {
                        for sample in &all {
                            let sight = Sight { scale, dark, left_handed };
                            sandbox.show(sample, lang, sight, shape);
                            let name = sample.name;
                            if name == "StillThere" {
                                sandbox.wait(61);
                                assert!(sandbox.app.asks_still_there());
                            }
                            let place = format!("{name} {} {scale:?} {shape:?} {sight:?}", lang.tag());
                            look(&sandbox, name, place);
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn every_screen_is_in_the_samples() {
    let sandbox = Sandbox::demo();
    let sampled: Vec<_> = samples(&sandbox).into_iter().map(|sample| sample.name).collect();
    for name in AnyScreen::NAMES.iter().filter(|name| AnyScreen::is_for_residents(name)) {
        let there = sampled.iter().any(|sample| sample.split('-').next() == Some(*name));
        assert!(there, "{name} has no sample: add one to tests/support/sandbox.rs");
    }
}

#[test]
fn every_screen_keeps_the_rules_in_every_language_scale_shape_and_theme() {
    let mut faults = Vec::new();
    every_way(|sandbox, _, place| faults.extend(Drawn::of(sandbox, place).faults()));
    let shown: Vec<_> = faults.iter().take(40).cloned().collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), shown.join("\n"));
}

/// Heights of the texts of a screen, by their words: a text that stands twice is
/// left out.
fn heights(sandbox: &Sandbox) -> std::collections::HashMap<String, Option<f32>> {
    let mut heights = std::collections::HashMap::new();
    for piece in sandbox.pieces() {
        if let Piece::Text { content, bounds } = piece {
            let height = Some(bounds.height);
            let _ = heights.entry(content).and_modify(|known| *known = None).or_insert(height);
        }
    }
    heights
}

#[test]
fn nothing_is_smaller_at_a_larger_setting_than_at_the_normal_one() {
    let mut sandbox = Sandbox::demo();
    let all = samples(&sandbox);
    let mut smaller = Vec::new();
    for shape in Shape::ALL {
        for lang in Lang::ALL {
            for sample in &all {
                let mut at = |scale| {
                    sandbox.show(sample, lang, Sight { scale, ..Sight::default() }, shape);
                    heights(&sandbox)
                };
                let normal = at(TextScale::default());
                for scale in TextScale::ALL {
                    for (words, height) in at(scale) {
                        let (Some(height), Some(Some(usual))) = (height, normal.get(&words)) else {
                            continue;
                        };
                        if height < usual - 1.0 {
                            let place = format!("{} {} {scale:?} {shape:?}", sample.name, lang.tag());
                            smaller.push(format!("{place}: {words:?} {usual} -> {height}"));
                        }
                    }
                }
            }
        }
    }
    let shown: Vec<_> = smaller.iter().take(60).cloned().collect();
    assert!(smaller.is_empty(), "{} are smaller:\n{}", smaller.len(), shown.join("\n"));
}

#[test]
fn every_name_of_an_activity_of_1_to_24_hanzi_fits_wherever_it_stands() {
    const NAME: &str = "重阳敬老文艺汇演暨冬季养生健康知识讲座与茶话联谊会";
    let mut sandbox = Sandbox::demo();
    let who = Box::new(sandbox.resident("王福全"));
    let mut faults = Vec::new();
    for length in 1..=24 {
        let name: String = NAME.chars().take(length).collect();
        let visit = named(&sandbox, &name, who.id);
        let routes = [
            ("Activities", Route::Activities(None, None)),
            ("Activities of one", Route::Activities(Some((who.clone(), Source::Card)), None)),
            ("Success", Route::Success(who.clone(), Box::new(visit))),
            ("MyDay", Route::MyDay(who.clone(), Source::Card)),
            ("FirstPage", Route::FirstPage),
        ];
        for (shape, scale) in
            Shape::ALL.into_iter().flat_map(|shape| TextScale::ALL.map(|scale| (shape, scale)))
        {
            for (screen, route) in &routes {
                let sight = Sight { scale, ..Sight::default() };
                sandbox.open(route.clone(), Lang::ZhHans, sight, shape);
                let place = format!("{screen} {length} {scale:?} {shape:?}");
                let whole = screen.starts_with("Activities") || *screen == "MyDay";
                if whole && !sandbox.shows(&name) {
                    faults.push(format!("{place} does not show the whole name"));
                }
                faults.extend(Drawn::of(&sandbox, place).faults());
            }
        }
    }
    let shown: Vec<_> = faults.iter().take(40).cloned().collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), shown.join("\n"));
}

/// What begins next has this name, and one person is signed up for it.
fn named(sandbox: &Sandbox, name: &str, who: ResidentId) -> Visit {
    let (today, name) = (sandbox.cx().clock.today(), name.to_owned());
    let at = sandbox.cx().clock.now();
    let write = sandbox.cx().store.write(move |store| {
        let next = store.activities(today, today)?.remove(0).occurrence;
        let running = store.series_of(next.key.activity_id)?.pop().expect("a series");
        let renamed = Series { id: SeriesId::new(), name, starts_on: today, ..running };
        let _ = store.change_activity(Actor::Program, next.key, &renamed)?;
        let asked = SigningUp { id: EnrolmentId::new(), key: next.key, resident_id: who };
        let _ = store.sign_up(Actor::Program, &asked)?;
        let services = vec![];
        let arrival =
            CheckIn { visit_id: VisitId::new(), resident_id: who, at, source: Source::Card, services };
        Ok(store.check_in(Actor::Program, &arrival)?.visit().clone())
    });
    futures::executor::block_on(write).expect("written")
}

#[test]
fn names_stand_in_the_language_of_the_screen() {
    let mut sandbox = Sandbox::demo();
    let all = samples(&sandbox);
    let mut strange = Vec::new();
    for lang in [Lang::ZhHant, Lang::En] {
        for sample in &all {
            sandbox.show(sample, lang, Sight::default(), Shape::Portrait);
            let place = format!("{} {}", sample.name, lang.tag());
            strange.extend(sandbox.strange_names().into_iter().map(|text| format!("{place}: {text}")));
        }
    }
    strange.sort();
    strange.dedup();
    assert!(strange.is_empty(), "{}", strange.join("\n"));
}

#[test]
fn the_way_back_and_the_call_for_help_never_move() {
    let mut places: BTreeMap<String, Rectangle> = BTreeMap::new();
    every_way(|sandbox, _, place| {
        for (name, at) in Drawn::of(sandbox, place.clone()).targets {
            if name.starts_with("btn:chrome:")
                || name.starts_with("btn:primary:") && !place.starts_with("FirstPage")
            {
                let left = sandbox.cx().sight.left_handed;
                let name = if name.starts_with("btn:primary:") { "primary" } else { &name };
                let key = format!("{name} {:?} {left}", sandbox.shape);
                let known = places.entry(key.clone()).or_insert(at);
                assert_eq!(*known, at, "{key} on {place}");
            }
        }
    });
}

#[test]
fn complaint_15_no_full_name_stands_on_a_screen_before_the_confirming_one() {
    let names: Vec<String> = {
        let sandbox = Sandbox::demo();
        let all = sandbox.cx().store.read(|store| store.residents());
        let all = futures::executor::block_on(all).expect("read");
        all.into_iter().map(|resident| resident.profile.name).collect()
    };
    every_way(|sandbox, name, place| {
        let public = ["FirstPage", "Activities", "Display", "Surname", "Photo", "Phone", "Help", "Trouble"];
        if public.iter().any(|screen| name.starts_with(screen)) {
            for text in sandbox.texts() {
                assert!(!names.iter().any(|full| text.contains(full.as_str())), "{place} shows {text}");
            }
        }
    });
}
