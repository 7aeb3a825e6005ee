//! Parts of resident screens: buttons, tiles, cards, notes.

use iced::widget::image::Handle;
use iced::widget::{Space, container, image, svg};
use iced::{Background, Border, Color, Length};

use super::fitted::Fitted;
use super::frame::Frame;
use super::icon::{Icon, icon};
use super::touch::{Face, Faces, Touch};
use super::{Element, Press, Tapped, drawing, picture};
use crate::ui::theme::metrics::{RADIUS, inset, rect};
use crate::ui::theme::{Look, Rect, Role};

/// What a button looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The primary button.
    Primary,
    /// The primary button while its action runs.
    Waiting,
    /// Others.
    Secondary,
    /// Footer, languages.
    Quiet,
    /// Call for help.
    Help,
    /// Call for help as the main action.
    HelpMain,
    /// Chosen among several.
    Chosen,
}

/// Position of the icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Beside the words.
    Beside,
    /// Above the words.
    Above,
    /// Beside, after the words.
    After,
}

/// A button: what it looks like and says.
#[derive(Debug, Clone)]
pub struct Button<'a> {
    /// Look.
    pub kind: Kind,
    /// Size of the words.
    pub role: Role,
    /// Words.
    pub label: &'a str,
    /// Icon.
    pub icon: Option<Icon>,
    /// Position of the icon.
    pub order: Order,
    at_most: f32,
}

impl<'a> Button<'a> {
    /// A button with words only.
    #[must_use]
    pub fn new(kind: Kind, role: Role, label: &'a str) -> Self {
        Self { kind, role, label, icon: None, order: Order::Beside, at_most: f32::INFINITY }
    }

    /// With an icon beside the words.
    #[must_use]
    pub fn icon(self, icon: Icon) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// Limits the text size in px, so that a row of buttons shares one size.
    #[must_use]
    pub fn at_most(self, px: f32) -> Self {
        Self { at_most: px, ..self }
    }

    /// The icon's place.
    #[must_use]
    pub fn order(self, order: Order) -> Self {
        Self { order, ..self }
    }
}

/// Fill and edge of a kind.
#[must_use]
pub fn faces(kind: Kind, look: Look) -> Faces {
    let p = look.palette;
    let face = |fill, edge, edge_width| Face { fill, edge, edge_width, radius: RADIUS };
    let none = Color::TRANSPARENT;
    let (rest, pressed) = match kind {
        Kind::Primary => (face(p.green, none, 0.0), face(p.green_dark, none, 0.0)),
        Kind::Waiting => (face(p.off, p.hair, 2.0), face(p.off, p.hair, 2.0)),
        Kind::Secondary => (face(p.card, p.line, 4.0), face(p.pressed, p.ink, 6.0)),
        Kind::Quiet => (face(p.paper, p.line, 3.0), face(p.pressed, p.ink, 6.0)),
        Kind::Help => (face(p.amber, p.amber_line, 4.0), face(p.amber_high, p.amber_line, 6.0)),
        Kind::HelpMain => (face(p.amber_high, p.amber_line, 4.0), face(p.amber, p.amber_line, 6.0)),
        Kind::Chosen => (face(p.tint, p.green, 6.0), face(p.pressed, p.ink, 6.0)),
    };
    Faces { rest, pressed }
}

fn ink(kind: Kind, look: Look) -> Color {
    let p = look.palette;
    match kind {
        Kind::Primary => p.on_green,
        Kind::Waiting => p.muted,
        Kind::HelpMain => p.on_amber_high,
        Kind::Secondary | Kind::Quiet | Kind::Help | Kind::Chosen => p.ink,
    }
}

/// A button that fills its area; tests and the tap guard identify it by `name`.
pub fn button<'a, M: Clone + 'a>(
    place: Rect,
    name: &str,
    button: &Button<'_>,
    press: Option<Press<M>>,
    look: Look,
) -> Element<'a, M> {
    let color = ink(button.kind, look);
    let size = place.size();
    let mut frame = Frame::new(size, false);
    let words = Fitted::new(button.label, button.role, look).color(color).at_most(button.at_most);
    match (button.icon, button.order) {
        (None, _) => frame.put(inset(rect(0.0, 0.0, size.width, size.height), 16.0), words),
        (Some(which), Order::Above) => {
            let side = (size.height * 0.36).min(96.0);
            let top = size.height * 0.16;
            frame.put(rect((size.width - side) / 2.0, top, side, side), icon(which, color));
            let y = top + side + 4.0;
            frame.put(rect(12.0, y, size.width - 24.0, size.height - y - 14.0), words.lines(1));
        }
        (Some(which), order) => {
            beside(&mut frame, size, which, order == Order::After, words, button, look, color);
        }
    }
    Touch::new(name, faces(button.kind, look), press, frame).into()
}

/// Padding of a button in px.
const PAD: f32 = 18.0;

fn ems(label: &str) -> f32 {
    label.chars().map(|c| if c < '\u{2e80}' { 0.58 } else { 1.0 }).sum()
}

/// The text size in px at which `label` fits on one line beside an icon.
#[must_use]
pub fn largest_beside(size: iced::Size, role: Role, label: &str) -> f32 {
    let side = (role.px() * 1.15).min(size.height * 0.6).min(size.width * 0.3);
    let room = size.width - 2.0 * PAD - side - (side * 0.3).max(10.0);
    room / ems(label).max(1.0)
}

/// Icon and words side by side, centred together.
#[expect(clippy::too_many_arguments, reason = "one drawing step of `button`")]
fn beside<'a, M: 'a>(
    frame: &mut Frame<'a, Tapped<M>>,
    size: iced::Size,
    which: Icon,
    after: bool,
    words: Fitted,
    button: &Button<'_>,
    look: Look,
    color: Color,
) {
    // The icon does not grow with the words: they need the room.
    let side = (button.role.px() * 1.15).min(size.height * 0.6).min(size.width * 0.3);
    let gap = (side * 0.3).max(10.0);
    let room = size.width - 2.0 * PAD - side - gap;
    // The text width is estimated to place icon and text; the text itself then fits what is
    // left. Chinese characters are square, Latin letters about half as wide.
    let ems = ems(button.label);
    let width = (ems * look.px(button.role) + 6.0).min(room);
    let left = (size.width - width - gap - side) / 2.0;
    let y = (size.height - side) / 2.0 + look.px(button.role) * 0.06;
    let (icon_x, words_x) = if after { (left + width + gap, left) } else { (left, left + side + gap) };
    frame.put(rect(icon_x, y, side, side), icon(which, color));
    frame.put(rect(words_x, 8.0, width, size.height - 16.0), if after { words } else { words.left() });
}

/// A plain rounded rectangle.
pub fn panel<'a, M: 'a>(fill: Color, edge: Color, edge_width: f32, radius: f32) -> Element<'a, M> {
    container(Space::new())
        .width(Length::Fill)
        .height(Length::Fill)
        .style(move |_| container::Style {
            background: Some(Background::Color(fill)),
            border: Border { color: edge, width: edge_width, radius: radius.into() },
            ..container::Style::default()
        })
        .into()
}

/// A display card: a thin edge means "not touchable".
pub fn card<'a, M: 'a>(look: Look) -> Element<'a, M> {
    panel(look.palette.card, look.palette.hair, 2.0, 36.0)
}

/// A colour picture on its disc.
pub fn disc<'a, M: 'a>(place: Rect, name: &str, tint: usize, look: Look) -> Element<'a, M> {
    let mut frame = Frame::new(place.size(), false);
    let side = place.width.min(place.height);
    let color = look.palette.discs[tint % look.palette.discs.len()];
    let centre = rect((place.width - side) / 2.0, (place.height - side) / 2.0, side, side);
    frame.put(centre, panel(color, Color::TRANSPARENT, 0.0, side / 2.0));
    frame.put(inset(centre, side * 0.16), drawn(name));
    frame.into()
}

/// A colour picture filling its place.
pub fn drawn<'a, M: 'a>(name: &str) -> Element<'a, M> {
    svg(picture::handle(name)).width(Length::Fill).height(Length::Fill).into()
}

/// A photo where there is one, else the personal picture.
pub fn portrait<'a, M: 'a>(photo: Option<&Handle>, picture: &str) -> Element<'a, M> {
    match photo {
        Some(photo) => image(photo.clone())
            .width(Length::Fill)
            .height(Length::Fill)
            .content_fit(iced::ContentFit::Contain)
            .into(),
        None => drawn(picture),
    }
}

/// A line icon on a white disc.
pub fn sign<'a, M: 'a>(place: Rect, which: Icon, look: Look) -> Element<'a, M> {
    let mut frame = Frame::new(place.size(), false);
    let side = place.width.min(place.height);
    let area = rect(0.0, 0.0, side, side);
    let p = look.palette;
    frame.put(area, panel(p.card, p.hair, 4.0, side / 2.0));
    frame.put(inset(area, side * 0.25), icon(which, p.green));
    frame.into()
}

/// The green disc with a check.
pub fn done<'a, M: 'a>(place: Rect, look: Look) -> Element<'a, M> {
    let mut frame = Frame::new(place.size(), false);
    let side = place.width.min(place.height);
    let area = rect(0.0, 0.0, side, side);
    frame.put(area, panel(look.palette.green, Color::TRANSPARENT, 0.0, side / 2.0));
    frame.put(inset(area, side * 0.2), icon(Icon::Check, look.palette.on_green));
    frame.into()
}

/// A tile of several that may be chosen: picture, words, ring.
pub fn choice<'a, M: Clone + 'a>(
    place: Rect,
    name: &str,
    (picture, label): (&str, &str),
    on: bool,
    press: Press<M>,
    look: Look,
) -> Element<'a, M> {
    let size = place.size();
    let mut frame = Frame::new(size, false);
    let upright = size.width < 330.0;
    let tint = if on { usize::MAX } else { label.chars().map(|c| c as usize).sum() };
    let picture_on = |frame: &mut Frame<'a, Tapped<M>>, area: Rect| {
        if on {
            let side = area.width.min(area.height);
            frame.put(area, panel(look.palette.card, Color::TRANSPARENT, 0.0, side / 2.0));
            frame.put(inset(area, side * 0.16), drawn(picture));
        } else {
            frame.put(area, disc(area, picture, tint, look));
        }
    };
    let words = Fitted::new(label, Role::Button, look);
    if upright {
        // A low tile leaves room for two lines.
        let (top, part) = if size.height < 240.0 { (10.0, 0.48) } else { (36.0, 0.54) };
        let side = (size.height * part).min(size.width - 136.0);
        picture_on(&mut frame, rect((size.width - side) / 2.0, top, side, side));
        let y = top + side + 4.0;
        frame.put(rect(16.0, y, size.width - 32.0, size.height - y - 8.0), words);
        frame.put(rect(size.width - 68.0, 18.0, 48.0, 48.0), drawing::tick(look.palette, on));
    } else {
        let side = (size.height - 48.0).min(120.0);
        picture_on(&mut frame, rect(24.0, (size.height - side) / 2.0, side, side));
        let x = 24.0 + side + 18.0;
        frame.put(rect(x, 12.0, size.width - x - 84.0, size.height - 24.0), words.left());
        frame.put(
            rect(size.width - 72.0, (size.height - 48.0) / 2.0, 48.0, 48.0),
            drawing::tick(look.palette, on),
        );
    }
    let kind = if on { Kind::Chosen } else { Kind::Secondary };
    Touch::new(name, faces(kind, look), Some(press), frame).into()
}

/// A strip with a quiet remark.
pub fn note<'a, M: 'a>(place: Rect, which: Icon, words: &str, look: Look) -> Element<'a, M> {
    let size = place.size();
    let mut frame = Frame::new(size, false);
    let p = look.palette;
    frame.put(
        rect(0.0, 0.0, size.width, size.height),
        panel(p.off, p.hair, if p.dark { 3.0 } else { 0.0 }, RADIUS),
    );
    frame.put(rect(44.0, (size.height - 60.0) / 2.0, 60.0, 60.0), icon(which, p.green));
    frame.put(
        rect(132.0, 8.0, size.width - 164.0, size.height - 16.0),
        Fitted::new(words, Role::Body, look).left(),
    );
    frame.into()
}
