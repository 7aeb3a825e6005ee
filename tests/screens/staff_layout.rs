//! The layout of every staff screen in every language and both shapes. The
//! grid of 1920 x 1080 is scaled to the window, so it stands for a laptop of
//! 1366 x 768 as well.

use daycare_kiosk::app::screen::AnyScreen;
use daycare_kiosk::i18n::Lang;
use daycare_kiosk::ui::theme::Shape;
use iced::advanced::layout::Limits;
use iced::{Rectangle, Size, Vector};
use iced_test::core::widget::operation::{Operation, Scrollable};
use iced_test::core::widget::{Id, Tree};

use testkit::sandbox::{Painter, Sandbox, staff_samples, staff_steps};
use testkit::text_fit::{LEADING, is_whole};

/// The smallest target of a staff screen, in grid pixels.
const TARGET: f32 = 72.0;
/// The smallest text of a staff screen, in grid pixels.
const TEXT: f32 = 24.0;

/// A box of the screen that other things stand in.
#[derive(Clone)]
struct Around {
    bounds: Rectangle,
    target: Option<String>,
    /// What stands in it may be longer than the box.
    scrolls: bool,
}

struct Written {
    words: String,
    bounds: Rectangle,
    around: Vec<Around>,
}

/// Everything on a screen, each text with the boxes it stands in.
struct Survey {
    stack: Vec<Around>,
    entered: Option<Around>,
    texts: Vec<Written>,
    targets: Vec<(String, Rectangle, Rectangle)>,
}

impl Survey {
    fn of(sandbox: &Sandbox) -> Self {
        let size = sandbox.shape.size();
        let mut element = sandbox.app.view();
        let mut tree = Tree::new(element.as_widget());
        let renderer = Painter::new();
        let node =
            element.as_widget_mut().layout(&mut tree, renderer.renderer(), &Limits::new(Size::ZERO, size));
        let screen = Around { bounds: Rectangle::with_size(size), target: None, scrolls: false };
        let mut survey = Self { stack: vec![screen], entered: None, texts: Vec::new(), targets: Vec::new() };
        let layout = iced::advanced::Layout::new(&node);
        element.as_widget_mut().operate(&mut tree, layout, renderer.renderer(), &mut survey);
        survey
    }

    fn enter(&mut self, bounds: Rectangle, target: Option<String>, scrolls: bool) {
        self.entered = Some(Around { bounds, target, scrolls });
    }

    /// What can be seen of `bounds`: scrolled lists end at their edges.
    fn visible(&self, bounds: Rectangle) -> Rectangle {
        let clips = self.stack.iter().filter(|around| around.scrolls);
        clips.fold(bounds, |left, clip| left.intersection(&clip.bounds).unwrap_or_default())
    }
}

impl Operation for Survey {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        let entered = self.entered.take();
        let depth = self.stack.len();
        self.stack.extend(entered);
        operate(self);
        self.stack.truncate(depth);
    }

    fn container(&mut self, id: Option<&Id>, bounds: Rectangle) {
        let name = id.map(|id| format!("{id:?}"));
        let name = name.and_then(|shown| shown.split('"').nth(1).map(str::to_owned));
        let name = name.filter(|name| name.starts_with("btn:"));
        if let Some(name) = &name {
            self.targets.push((name.clone(), bounds, self.visible(bounds)));
        }
        self.enter(bounds, name, false);
    }

    fn scrollable(
        &mut self,
        _: Option<&Id>,
        bounds: Rectangle,
        _: Rectangle,
        _: Vector,
        _: &mut dyn Scrollable,
    ) {
        self.enter(bounds, None, true);
    }

    fn text(&mut self, _: Option<&Id>, bounds: Rectangle, words: &str) {
        if !words.trim().is_empty() {
            self.texts.push(Written { words: words.to_owned(), bounds, around: self.stack.clone() });
        }
    }
}

impl Written {
    fn faults(&self, faults: &mut Vec<String>) {
        let words: String = self.words.chars().take(40).collect();
        if !is_whole(&self.words, self.bounds, TEXT) {
            let Size { width, height } = self.bounds.size();
            faults.push(format!("{words:?} does not fit its {width:.0} x {height:.0} px"));
        }
        if self.bounds.height < TEXT * LEADING - 1.0 {
            faults.push(format!("{words:?} is {:.0} px high", self.bounds.height));
        }
        let mut scrolled = false;
        for around in self.around.iter().rev() {
            scrolled |= around.scrolls;
            let (own, there) = (self.bounds, around.bounds);
            let beside = own.x < there.x - 1.0 || own.x + own.width > there.x + there.width + 1.0;
            let below = own.y < there.y - 1.0 || own.y + own.height > there.y + there.height + 1.0;
            if beside || (below && !scrolled) {
                let name = around.target.as_deref().unwrap_or("its box");
                faults.push(format!("{words:?} runs out of {name}"));
                break;
            }
        }
    }
}

fn overlap(a: &Rectangle, b: &Rectangle) -> f32 {
    a.intersection(b).map_or(0.0, |both| both.width.min(both.height))
}

fn faults(sandbox: &Sandbox) -> Vec<String> {
    let survey = Survey::of(sandbox);
    let mut faults = Vec::new();
    for written in &survey.texts {
        written.faults(&mut faults);
    }
    for (i, written) in survey.texts.iter().enumerate() {
        for other in &survey.texts[i + 1..] {
            if overlap(&written.bounds, &other.bounds) > 3.0 && same_layer(written, other) {
                faults.push(format!("{:?} and {:?} overlap", written.words, other.words));
            }
        }
    }
    for (i, (name, bounds, visible)) in survey.targets.iter().enumerate() {
        if bounds.width < TARGET - 0.5 || bounds.height < TARGET - 0.5 {
            faults.push(format!("{name} is {:.0} x {:.0} px", bounds.width, bounds.height));
        }
        for (other, _, there) in &survey.targets[i + 1..] {
            let inside = there.is_within(bounds);
            if !inside && overlap(visible, there) > 1.0 {
                faults.push(format!("{name} and {other} overlap"));
            }
        }
    }
    faults
}

/// Whether neither is scrolled away under what stands around the list.
fn same_layer(a: &Written, b: &Written) -> bool {
    let list = |of: &Written| of.around.iter().filter(|around| around.scrolls).count();
    list(a) == list(b)
}

#[test]
fn every_staff_screen_keeps_the_rules_in_every_language_and_shape() {
    let mut sandbox = Sandbox::demo();
    let mut found = Vec::new();
    for shape in Shape::ALL {
        for lang in Lang::ALL {
            let samples = staff_samples(&sandbox).into_iter().map(|(name, route)| (name, route, &[][..]));
            let all: Vec<_> = samples.chain(staff_steps(&sandbox)).collect();
            for (name, route, taps) in all {
                sandbox.show_staff(route, taps, lang, shape);
                let place = format!("{name} {} {shape:?}", lang.tag());
                // The list of the names themselves shows them in every language.
                if name != "Settings-names" {
                    let strange = sandbox.strange_names().into_iter();
                    found.extend(strange.map(|text| format!("{place}: {text:?} is in another language")));
                }
                found.extend(faults(&sandbox).into_iter().map(|fault| format!("{place}: {fault}")));
            }
        }
    }
    let shown: Vec<_> = found.iter().take(400).cloned().collect();
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), shown.join("\n"));
}

#[test]
fn every_screen_that_residents_do_not_see_is_in_this_audit() {
    let sandbox = Sandbox::demo();
    let steps = staff_steps(&sandbox).into_iter().map(|(name, ..)| name);
    let sampled: Vec<_> = staff_samples(&sandbox).into_iter().map(|(name, _)| name).chain(steps).collect();
    for name in AnyScreen::NAMES.iter().filter(|name| !AnyScreen::is_for_residents(name)) {
        assert!(sampled.contains(name), "{name} has no sample");
    }
}

/// Latin words that stand in Chinese sentences: keys, kinds of files, units, names of things.
const LATIN: &[&str] = &[
    "PIN", "PDF", "XLSX", "CSV", "FHIR", "USB", "Alt", "Ctrl", "Esc", "Enter", "English", "mmHg", "mmol",
    "BMI", "kg", "csv", "xlsx", "xls", "txt", "kiosk", "hub", "ics", "YLH",
];

#[test]
fn a_manager_who_reads_only_chinese_meets_no_latin_sentence() {
    let mut sandbox = Sandbox::demo();
    let mut found = Vec::new();
    let plain = staff_samples(&sandbox).into_iter().map(|(name, route)| (name, route, &[][..]));
    // The names in other languages are shown on purpose.
    let all: Vec<_> =
        plain.chain(staff_steps(&sandbox)).filter(|(name, ..)| *name != "Settings-names").collect();
    for (name, route, taps) in all {
        sandbox.show_staff(route, taps, Lang::ZhHans, Shape::Landscape);
        for text in sandbox.texts() {
            let words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 2);
            let words: Vec<_> = words.filter(|word| !LATIN.contains(word)).collect();
            if words.len() > 1 {
                found.push(format!("{name}: {text}"));
            }
        }
    }
    found.sort();
    found.dedup();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
