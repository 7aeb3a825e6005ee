//! The layout of a resident screen: header, body, next step, way out and footer, each always
//! in the same place.

use daycare_core::time::hour_minute;

use super::keypad::Key;
use crate::ui::screens::Ctx;
use crate::ui::theme::metrics::{cell, rect};
use crate::ui::theme::{Look, Rect, Role, Shape};
use crate::ui::widgets::fitted::{Fitted, width_in_ems};
use crate::ui::widgets::frame::Frame;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::parts::{self, Button, Kind, Order};
use crate::ui::widgets::{Chrome, Element, Press, Tapped, drawing};

/// The disc of a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emblem<'a> {
    /// An icon for what the screen asks.
    Sign(Icon),
    /// The person's picture.
    Picture(&'a str),
    /// A check: done.
    Done,
}

/// The words of a header.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// Line above the title.
    pub lead: String,
    /// Title.
    pub title: String,
    /// Line below the title.
    pub sub: String,
    /// Step and number of steps, drawn as bars before the line below the title.
    pub steps: Option<(usize, usize)>,
}

/// A page under construction.
pub struct Page<'a, M> {
    frame: Frame<'a, Tapped<M>>,
    cx: &'a Ctx,
    /// Visual settings for the screen's own elements.
    pub look: Look,
    /// Whether a landscape screen has two rows of buttons in its left panel.
    crowded: bool,
}

impl<'a, M: Clone + 'a> Page<'a, M> {
    /// An empty page with background, header and footer.
    pub fn new(cx: &'a Ctx, shape: Shape, back: Chrome, success: bool) -> Self {
        let look = cx.look(shape);
        let frame = Frame::new(shape.size(), look.left_handed);
        let mut page = Self { frame, cx, look, crowded: false };
        let p = look.palette;
        let sand = if success { p.tint } else { p.sand };
        page.fill(shape.header(), sand);
        page.fill(shape.footer(), p.foot);
        let foot = shape.footer();
        page.fill(Rect { height: 2.0, ..foot }, p.hair);
        if p.dark {
            let header = shape.header();
            let edge = match shape {
                Shape::Portrait => rect(0.0, header.height - 2.0, header.width, 2.0),
                Shape::Landscape => rect(header.width - 2.0, 0.0, 2.0, header.height),
            };
            page.fill(edge, p.hair);
        }
        page.footer(back);
        page
    }

    /// The usual page: strip, emblem, words.
    pub fn titled(cx: &'a Ctx, shape: Shape, emblem: Emblem<'_>, words: &Words) -> Self {
        Self::with_header(cx, shape, emblem, words, false)
    }

    /// A page with a pager or two ways out.
    pub fn crowded(cx: &'a Ctx, shape: Shape, emblem: Emblem<'_>, words: &Words) -> Self {
        Self::with_header(cx, shape, emblem, words, true)
    }

    fn with_header(cx: &'a Ctx, shape: Shape, emblem: Emblem<'_>, words: &Words, crowded: bool) -> Self {
        let success = emblem == Emblem::Done;
        let mut page = Self::new(cx, shape, Chrome::Back, success);
        page.crowded = crowded;
        if shape == Shape::Portrait && page.look.scale == crate::ui::theme::TextScale::Normal {
            let hills = shape.hills();
            page.put(hills, drawing::hills(page.look.palette, hills.width, hills.height, false, success));
        }
        page.strip(true);
        let place = shape.emblem(crowded);
        let look = page.look;
        match emblem {
            Emblem::Sign(icon) => page.put(place, parts::sign(place, icon, look)),
            Emblem::Picture(name) => {
                let tint = name.len();
                page.put(place, parts::disc(place, name, tint, look));
            }
            Emblem::Done => page.put(place, parts::done(place, look)),
        }
        page.words(words);
        page
    }

    /// Puts an element at a rectangle of the grid.
    pub fn put(&mut self, place: Rect, element: impl Into<Element<'a, M>>) {
        self.frame.put(place, element);
    }

    /// Puts a text.
    pub fn text(&mut self, place: Rect, text: Fitted) {
        self.frame.put(place, text);
    }

    /// A card with a large picture in its middle.
    pub fn pictured(&mut self, card: Rect, name: &str) {
        self.put(card, parts::card(self.look));
        let side = (card.height - 140.0).min(420.0);
        let (x, y) = (card.x + (card.width - side) / 2.0, card.y + (card.height - side) / 2.0);
        self.put(rect(x, y, side, side), parts::drawn(name));
    }

    /// A card with a friendly text for an empty list.
    pub fn nothing(&mut self, card: Rect, words: &str) {
        self.put(card, parts::card(self.look));
        let side = (card.height * 0.5).min(320.0);
        let picture = rect(card.x + (card.width - side) / 2.0, card.y + card.height * 0.1, side, side);
        self.put(picture, parts::drawn("teapot"));
        let y = picture.y + side;
        let place = rect(card.x + 40.0, y, card.width - 80.0, card.y + card.height - y - 24.0);
        self.text(place, Fitted::new(words, Role::Item, self.look));
    }

    fn fill(&mut self, place: Rect, color: iced::Color) {
        self.put(place, parts::panel(color, iced::Color::TRANSPARENT, 0.0, 0.0));
    }

    /// Seal, name of the centre, clock.
    pub fn strip(&mut self, with_clock: bool) {
        let strip = self.look.shape.strip();
        let p = self.look.palette;
        self.put(rect(strip.x, strip.y + 4.0, 64.0, 64.0), drawing::seal(p));
        let clock_width = if with_clock { 188.0 } else { 0.0 };
        let name =
            Fitted::new(self.cx.centre.name.as_str(), Role::House, unscaled(self.look)).left().lines(1);
        let portrait = self.look.shape == Shape::Portrait && with_clock;
        let date_width = if portrait { 300.0 } else { 0.0 };
        let x = strip.x + 84.0;
        let width = strip.width - 84.0 - clock_width - date_width - 20.0;
        self.text(Rect { x, width, ..strip }, name);
        if with_clock {
            let now = hour_minute(self.cx.clock.local().time());
            let place = Rect { x: strip.x + strip.width - clock_width, width: clock_width, ..strip };
            self.text(place, Fitted::new(now, Role::Item, unscaled(self.look)).right().lines(1));
        }
        if portrait {
            let date = self.cx.i18n.day_line(self.cx.clock.today());
            let place = Rect {
                x: strip.x + strip.width - clock_width - date_width,
                width: date_width - 8.0,
                y: strip.y + 8.0,
                ..strip
            };
            let text = Fitted::new(date, Role::Small, unscaled(self.look)).color(p.muted).right().lines(1);
            self.text(place, text);
        }
    }

    fn words(&mut self, words: &Words) {
        let place = self.look.shape.words(self.crowded);
        let portrait = self.look.shape == Shape::Portrait;
        let scale = self.look.scale.factor();
        // Larger text hides the hills and gets their room.
        let room = if portrait && scale > 1.0 { place.height + 84.0 } else { place.height };
        let wanted = |scale: f32| {
            let long = width_in_ems(&words.title) * Role::Hero.px() * scale > place.width;
            let line = |text: &str, px: f32| if text.is_empty() { 0.0 } else { px * scale };
            let title = if long { 190.0 } else { 124.0 };
            [line(&words.lead, 62.0), line(&words.title, title), line(&words.sub, 62.0)]
        };
        let normal = wanted(1.0);
        let shrink = (place.height / normal.iter().sum::<f32>()).min(1.0);
        let mut heights = normal.map(|height| height * shrink);
        // Larger text shares the remaining height: no line gets less than at normal size.
        let growth: Vec<f32> =
            wanted(scale).iter().zip(&heights).map(|(wanted, height)| (wanted - height).max(0.0)).collect();
        let spare = (room - heights.iter().sum::<f32>()).max(0.0);
        let share = (spare / growth.iter().sum::<f32>().max(1.0)).min(1.0);
        for (height, growth) in heights.iter_mut().zip(growth) {
            *height += growth * share;
        }
        let mut y =
            place.y + if portrait { (room - heights.iter().sum::<f32>()).max(0.0) / 2.0 } else { 0.0 };
        let roles = [Role::Lead, Role::Hero, Role::Body];
        let lines = [1, 2, if portrait { 1 } else { 2 }];
        for (((text, role), height), lines) in
            [&words.lead, &words.title, &words.sub].into_iter().zip(roles).zip(heights).zip(lines)
        {
            let mut place = Rect { y, height, ..place };
            if let (Role::Body, Some(steps)) = (role, words.steps) {
                let taken = self.bars(place, steps);
                place = Rect { x: place.x + taken, width: place.width - taken, ..place };
            }
            if !text.is_empty() {
                let fitted = Fitted::new(text.as_str(), role, self.look).left().lines(lines);
                self.text(place, fitted);
            }
            y += height;
        }
    }

    /// Draws one bar per step, filled up to the present one; returns the width.
    fn bars(&mut self, place: Rect, (step, of): (usize, usize)) -> f32 {
        let p = self.look.palette;
        let mut x = place.x;
        for bar in 1..=of {
            let at = rect(x, place.y + (place.height - 20.0) / 2.0, 96.0, 20.0);
            let (fill, edge) = if bar <= step { (p.green, p.green) } else { (p.card, p.line) };
            self.put(at, parts::panel(fill, edge, 3.0, 10.0));
            x += 108.0;
        }
        x - place.x + 12.0
    }

    /// The primary button.
    pub fn primary(&mut self, name: &str, label: &str, icon: Icon, press: Press<M>) {
        self.bar(Kind::Primary, &format!("primary:{name}"), label, icon, Some(press));
    }

    /// The primary button while its action runs.
    pub fn waiting(&mut self) {
        let label = self.cx.tr("please-wait");
        self.bar(Kind::Waiting, "primary:waiting", &label, Icon::Hourglass, None);
    }

    /// The call-for-help button in place of the primary one.
    pub fn help_bar(&mut self) {
        let label = self.cx.tr("help");
        self.bar(Kind::HelpMain, "primary:help", &label, Icon::Hand, Some(Press::Chrome(Chrome::Help)));
    }

    fn bar(&mut self, kind: Kind, name: &str, label: &str, icon: Icon, press: Option<Press<M>>) {
        let place = self.look.shape.primary();
        let button = Button::new(kind, Role::Action, label).icon(icon);
        self.put(place, parts::button(place, name, &button, press, self.look));
    }

    /// The line between the primary button and the second row.
    pub fn hint(&mut self, words: &str) {
        if self.crowded && self.look.shape == Shape::Landscape {
            return;
        }
        let place = self.look.shape.hint();
        let text = Fitted::new(words, Role::Hint, self.look).lines(1);
        let text = if self.look.shape == Shape::Landscape { text.left() } else { text };
        self.text(place, text);
    }

    /// A button of the second row, which has one or two.
    pub fn second(
        &mut self,
        (of, count): (usize, usize),
        name: &str,
        label: &str,
        icon: Icon,
        press: Press<M>,
    ) {
        let place = self.look.shape.second(of, count);
        self.button(place, name, &Button::new(Kind::Secondary, Role::Button, label).icon(icon), press);
    }

    /// Two or three buttons of the second row, with one text size: the largest at which the
    /// longest label fits.
    pub fn second_row(&mut self, buttons: Vec<(&str, String, Icon, Press<M>)>) {
        let count = buttons.len();
        let shape = self.look.shape;
        let fits = |(of, label): (usize, &str)| {
            let place = shape.second(of, count);
            parts::largest_beside(place.size(), Role::Button, label)
        };
        let labels = buttons.iter().enumerate().map(|(of, (_, label, ..))| (of, label.as_str()));
        let size = labels.map(fits).fold(f32::INFINITY, f32::min);
        for (of, (name, label, icon, press)) in buttons.into_iter().enumerate() {
            let button = Button::new(Kind::Secondary, Role::Button, &label).icon(icon).at_most(size);
            self.button(shape.second(of, count), name, &button, press);
        }
    }

    /// Any button at any place.
    pub fn button(&mut self, place: Rect, name: &str, button: &Button<'_>, press: Press<M>) {
        self.put(place, parts::button(place, name, button, Some(press), self.look));
    }

    /// Buttons for the previous and next page. At an end its button is hidden and the page number
    /// takes its place, so that there is no gap.
    pub fn pager(&mut self, page: usize, pages: usize, turn: impl Fn(usize) -> M) {
        if pages < 2 {
            return;
        }
        let words = self.cx.i18n.tr_with("page-of", &[("page", (page + 1).into()), ("pages", pages.into())]);
        let ends = [
            (0, page > 0, "previous", "page-previous", Icon::ChevronLeft, Order::Beside),
            (2, page + 1 < pages, "next", "page-next", Icon::ChevronRight, Order::After),
        ];
        let mut said = false;
        for (of, there, name, key, icon, order) in ends {
            let place = self.look.shape.pager(of);
            if there {
                let label = self.cx.tr(key);
                let to = if of == 0 { page - 1 } else { page + 1 };
                let button = Button::new(Kind::Secondary, Role::Button, &label).icon(icon).order(order);
                self.button(place, &format!("nav:{name}"), &button, Press::Own(turn(to)));
            } else if !said {
                said = true;
                self.text(
                    place,
                    Fitted::new(words.as_str(), Role::Small, self.look).color(self.look.palette.muted),
                );
            }
        }
    }

    /// A keypad: 1 to 9 in the usual order, 0, backspace, clear.
    pub fn keypad(&mut self, portrait: Rect, press: impl Fn(Key) -> M) {
        let (area, columns, rows, order) = match self.look.shape {
            Shape::Portrait => (portrait, 3, 4, "123456789c0b"),
            // Landscape has no room for four rows; 1 to 9 stay where they are.
            Shape::Landscape => (self.look.shape.list(), 4, 3, "123c456b7890"),
        };
        for (at, symbol) in order.chars().enumerate() {
            let place = cell(area, at, columns, rows);
            let (label, icon, key) = match symbol {
                'c' => (self.cx.tr("key-clear"), Some(Icon::RotateCw), Key::Clear),
                'b' => (self.cx.tr("key-back"), Some(Icon::Delete), Key::Back),
                digit => (digit.to_string(), None, Key::Digit(digit)),
            };
            let role = if icon.is_some() { Role::Button } else { Role::Surname };
            let button = Button::new(Kind::Secondary, role, &label);
            let button = icon.map_or(button, |icon| Button::new(Kind::Secondary, role, &label).icon(icon));
            self.button(place, &format!("key:{symbol}"), &button, Press::Own(press(key)));
        }
    }

    fn footer(&mut self, back: Chrome) {
        let shape = self.look.shape;
        let (key, icon) = match back {
            Chrome::Staff => ("staff", Icon::Lock),
            _ => ("back", Icon::ArrowLeft),
        };
        let order = if shape == Shape::Portrait { Order::Above } else { Order::Beside };
        let buttons = [
            (shape.back(), key, icon, Kind::Quiet, Role::Button, back, Order::Beside),
            (shape.replay(), "replay", Icon::Volume2, Kind::Quiet, Role::Caption, Chrome::Replay, order),
            (shape.help(), "help", Icon::Hand, Kind::Help, Role::Item, Chrome::Help, Order::Beside),
        ];
        for (place, key, icon, kind, role, chrome, order) in buttons {
            let label = self.cx.tr(key);
            let name = match chrome {
                Chrome::Back | Chrome::Staff => "chrome:back",
                Chrome::Replay => "chrome:replay",
                Chrome::Help => "chrome:help",
            };
            let button = Button::new(kind, role, &label).icon(icon).order(order);
            self.button(place, name, &button, Press::Chrome(chrome));
        }
    }

    /// The finished page.
    pub fn finish(self) -> Element<'a, M> {
        self.frame.into()
    }
}

/// The centre's name and the time do not grow with the text scale: nobody needs them to go
/// on.
fn unscaled(look: Look) -> Look {
    Look { scale: crate::ui::theme::TextScale::Normal, ..look }
}
