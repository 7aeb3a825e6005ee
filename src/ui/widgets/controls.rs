//! Controls of staff screens: they flow and may scroll, unlike residents' pages, which are
//! fixed.

use iced::alignment::{Horizontal, Vertical};
use iced::widget::{Column, Row, Space, TextInput, column, container, row, scrollable, text, text_input};
use iced::{Background, Border, Color, Length, Padding};

use super::fitted::Fitted;
use super::icon::{Icon, icon};
use super::touch::{Face, Faces, Touch};
use super::{Element, Press, Tapped};
use crate::ui::theme::{Look, Role, fonts};

pub use crate::ui::theme::metrics::{CONTROL, ROW};

/// What a staff button looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The one main action.
    Main,
    /// Others.
    Plain,
    /// Chosen among several.
    On,
    /// Cannot be taken back, or needs a person now.
    Red,
    /// On a green bar.
    OnGreen,
    /// A row of a list.
    Row,
    /// A row that is selected.
    RowOn,
}

fn faces(kind: Kind, look: Look) -> (Faces, Color) {
    let p = look.palette;
    let face = |fill, edge, edge_width| Face { fill, edge, edge_width, radius: 10.0 };
    let none = Color::TRANSPARENT;
    let pressed = face(p.pressed, p.ink, 4.0);
    let (rest, pressed, ink) = match kind {
        Kind::Main => (face(p.green, none, 0.0), face(p.green_dark, none, 0.0), p.on_green),
        Kind::Plain => (face(p.card, p.edge, 2.0), pressed, p.ink),
        Kind::On => (face(p.tint, p.green, 3.0), pressed, p.ink),
        Kind::Red => {
            (face(p.red, none, 0.0), face(p.ink, none, 0.0), if p.dark { p.on_green } else { p.card })
        }
        Kind::OnGreen => (face(p.card, none, 0.0), pressed, p.ink),
        Kind::Row => (face(p.card, none, 0.0), face(p.pressed, none, 0.0), p.ink),
        Kind::RowOn => (face(p.tint, none, 0.0), face(p.pressed, none, 0.0), p.ink),
    };
    (Faces { rest, pressed }, ink)
}

/// Flowing text of a role.
pub fn words<'a, M: 'a>(content: impl Into<String>, role: Role, look: Look) -> Element<'a, M> {
    tinted(content, role, look.palette.ink, look)
}

/// Flowing text in a colour.
pub fn tinted<'a, M: 'a>(content: impl Into<String>, role: Role, color: Color, look: Look) -> Element<'a, M> {
    let content = content.into();
    let font = fonts::for_text(&content, role.bold());
    text(content).size(look.px(role)).font(font).color(color).line_height(1.3).into()
}

/// A staff button: an icon, a word, or both. Without a message it is drawn flat and is
/// disabled. It fills the width it is given.
///
/// ```ignore
/// Button::new("bulk", look).label("全部签退").icon(Icon::LogOut).on_press(Message::All)
/// ```
#[must_use]
pub struct Button<M> {
    name: String,
    label: String,
    icon: Option<Icon>,
    kind: Kind,
    press: Option<M>,
    size: Option<(Length, f32)>,
    look: Look,
}

impl<M> Button<M> {
    /// A button; the tap guard and tests identify it by `name`.
    pub fn new(name: impl Into<String>, look: Look) -> Self {
        let (label, icon, press, size) = (String::new(), None, None, None);
        Self { name: name.into(), label, icon, kind: Kind::Plain, press, size, look }
    }

    /// Its word; empty for an icon alone.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The icon before the word.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// The icon before the word, where there is one.
    pub fn icon_maybe(mut self, icon: Option<Icon>) -> Self {
        self.icon = icon;
        self
    }

    /// Its appearance; [`Kind::Plain`] by default.
    pub fn kind(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }

    /// Marks it as a button that opens choices below, which are `open` or not.
    pub fn opener(self, open: bool) -> Self {
        let kind = if open { Kind::On } else { Kind::Plain };
        self.icon(if open { Icon::ChevronUp } else { Icon::ChevronDown }).kind(kind)
    }

    /// The message it sends when pressed.
    pub fn on_press(self, message: M) -> Self {
        self.on_press_maybe(Some(message))
    }

    /// The same; `None` disables it.
    pub fn on_press_maybe(mut self, message: Option<M>) -> Self {
        self.press = message;
        self
    }

    /// Its width, at the height of a control.
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        let height = self.size.map_or(CONTROL, |(_, height)| height);
        self.size = Some((width.into(), height));
        self
    }

    /// Its height in pixels of the grid.
    pub fn height(mut self, height: f32) -> Self {
        let width = self.size.map_or(Length::Fill, |(width, _)| width);
        self.size = Some((width, height));
        self
    }
}

impl<'a, M: Clone + 'a> From<Button<M>> for Element<'a, M> {
    fn from(button: Button<M>) -> Self {
        let Button { name, label, icon: which, kind, press, size, look } = button;
        let (mut faces, mut ink) = faces(kind, look);
        if press.is_none() {
            // A disabled button is drawn flat.
            let p = look.palette;
            faces.rest = Face { fill: p.sunk, edge: p.hair, edge_width: 2.0, radius: 10.0 };
            ink = p.muted;
        }
        let mut line = Row::new().spacing(10).align_y(Vertical::Center);
        if let Some(which) = which {
            line = line.push(container(icon(which, ink)).width(30).height(30));
        }
        if !label.is_empty() {
            line = line.push(Fitted::new(label, Role::StaffName, look).color(ink).hugging());
        }
        let middle = container(line).padding([0, 8]).center(Length::Fill);
        let touch: Self = Touch::new(&name, faces, press.map(Press::Own), middle).in_list().into();
        match size {
            Some((width, height)) => sized(touch, width, height),
            None => touch,
        }
    }
}

/// A button with a fixed size.
pub fn sized<'a, M: 'a>(element: Element<'a, M>, width: impl Into<Length>, height: f32) -> Element<'a, M> {
    container(element).width(width).height(height).into()
}

/// A row that is one touch target, as tall as its content and at least the minimum height.
#[must_use]
pub struct TouchRow<'a, M> {
    name: String,
    content: Element<'a, M>,
    on: bool,
    press: Option<M>,
    height: f32,
    look: Look,
}

impl<'a, M> TouchRow<'a, M> {
    /// A row; the tap guard and tests identify it by `name`.
    pub fn new(name: impl Into<String>, content: impl Into<Element<'a, M>>, look: Look) -> Self {
        let (name, content) = (name.into(), content.into());
        Self { name, content, on: false, press: None, height: ROW, look }
    }

    /// Whether it is selected.
    pub fn on(mut self, on: bool) -> Self {
        self.on = on;
        self
    }

    /// The message it sends when pressed.
    pub fn on_press(self, message: M) -> Self {
        self.on_press_maybe(Some(message))
    }

    /// The same; `None` disables it.
    pub fn on_press_maybe(mut self, message: Option<M>) -> Self {
        self.press = message;
        self
    }

    /// The minimum height in px of the grid; by default that of a person's row.
    pub fn height(mut self, height: f32) -> Self {
        self.height = height;
        self
    }
}

impl<'a, M: Clone + 'a> From<TouchRow<'a, M>> for Element<'a, M> {
    fn from(row: TouchRow<'a, M>) -> Self {
        let (faces, _) = faces(if row.on { Kind::RowOn } else { Kind::Row }, row.look);
        let press = row.press.map(Press::Own);
        Touch::new(&row.name, faces, press, row.content).in_list().at_least(row.height).into()
    }
}

/// A card around a column.
pub fn card<'a, M: 'a>(content: impl Into<Element<'a, M>>, look: Look) -> Element<'a, M> {
    ground(content, look.palette.card, look.palette.hair, 1.0)
}

/// A box with a background and a border.
pub fn ground<'a, M: 'a>(
    content: impl Into<Element<'a, M>>,
    fill: Color,
    edge: Color,
    edge_width: f32,
) -> Element<'a, M> {
    container(content)
        .width(Length::Fill)
        .padding(16)
        .style(move |_| container::Style {
            background: Some(Background::Color(fill)),
            border: Border { color: edge, width: edge_width, radius: 12.0.into() },
            ..container::Style::default()
        })
        .into()
}

/// Status: always icon + word + shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chip {
    /// Good and now: filled.
    Now,
    /// Still to come: outlined.
    Coming,
    /// Over: grey.
    Over,
    /// Incomplete: amber.
    Incomplete,
    /// Needs a person: red.
    Act,
    /// Cannot be known: outlined.
    Unknown,
}

/// A chip.
pub fn chip<'a, M: 'a>(kind: Chip, which: Icon, label: &str, look: Look) -> Element<'a, M> {
    let p = look.palette;
    let (fill, edge, ink, radius) = match kind {
        Chip::Now => (p.green, p.green, p.on_green, 22.0),
        Chip::Coming => (p.card, p.blue, p.blue, 22.0),
        Chip::Over => (p.sunk, p.hair, p.muted, 6.0),
        Chip::Incomplete => (p.amber_soft, p.amber_line, p.ink, 6.0),
        Chip::Act => (p.red, p.red, p.card, 6.0),
        Chip::Unknown => (p.card, p.edge, p.ink, 6.0),
    };
    let line =
        row![container(icon(which, ink)).width(26).height(26), tinted(label, Role::StaffBody, ink, look)]
            .spacing(8)
            .align_y(Vertical::Center);
    container(line)
        .padding(Padding::from([6, 14]))
        .style(move |_| container::Style {
            background: Some(Background::Color(fill)),
            border: Border { color: edge, width: 2.0, radius: radius.into() },
            ..container::Style::default()
        })
        .into()
}

/// A field to type in.
pub fn field<'a, M: Clone + 'a>(
    hint: &str,
    value: &str,
    on_input: impl Fn(String) -> M + 'a,
    look: Look,
) -> Element<'a, M> {
    input(hint, value, on_input, look).into()
}

/// A field that hides its digits.
pub fn secret_field<'a, M: Clone + 'a>(
    hint: &str,
    value: &str,
    on_input: impl Fn(String) -> M + 'a,
    look: Look,
) -> Element<'a, M> {
    input(hint, value, on_input, look).secure(true).into()
}

fn input<'a, M: Clone + 'a>(
    hint: &str,
    value: &str,
    on_input: impl Fn(String) -> M + 'a,
    look: Look,
) -> TextInput<'a, Tapped<M>> {
    let p = look.palette;
    text_input(hint, value)
        .on_input(move |typed| Tapped::own(on_input(typed)))
        .size(look.px(Role::StaffName))
        .padding(Padding::from([18, 16]))
        .style(move |_, status| text_input::Style {
            background: Background::Color(p.card),
            border: Border {
                color: if matches!(status, text_input::Status::Focused { .. }) { p.blue } else { p.edge },
                width: if matches!(status, text_input::Status::Focused { .. }) { 4.0 } else { 2.0 },
                radius: 10.0.into(),
            },
            icon: p.ink,
            placeholder: p.muted,
            value: p.ink,
            selection: p.tint,
        })
}

/// A labelled field.
pub fn labelled<'a, M: 'a>(label: &str, inner: Element<'a, M>, look: Look) -> Element<'a, M> {
    column![tinted(label, Role::StaffBody, look.palette.muted, look), inner].spacing(6).into()
}

/// A value between the buttons − and +, with their messages.
pub fn stepper<'a, M: Clone + 'a>(
    name: &str,
    value: &str,
    (less, more): (M, M),
    look: Look,
) -> Element<'a, M> {
    let step = |end: &str, which, message| {
        Button::new(format!("{name}-{end}"), look).icon(which).width(84.0).on_press(message)
    };
    row![
        step("less", Icon::Minus, less),
        container(words(value, Role::StaffName, look)).center_x(Length::Fill).center_y(CONTROL),
        step("more", Icon::Plus, more),
    ]
    .spacing(8)
    .into()
}

/// A scrolling column whose scroll bar is always visible.
pub fn scroll<'a, M: 'a>(content: impl Into<Element<'a, M>>) -> Element<'a, M> {
    scrollable(container(content).padding(Padding { right: 18.0, ..Padding::ZERO }))
        .width(Length::Fill)
        .height(Length::Fill)
        .into()
}

/// A thin divider.
pub fn divider<'a, M: 'a>(look: Look) -> Element<'a, M> {
    container(Space::new().width(Length::Fill).height(1))
        .style(move |_| container::Style {
            background: Some(Background::Color(look.palette.hair)),
            ..container::Style::default()
        })
        .into()
}

/// The words beside a person's picture.
#[derive(Debug, Clone, Copy)]
pub struct Name<'s> {
    /// Their name.
    pub name: &'s str,
    /// 爷爷, 婆婆, or what the centre calls them.
    pub called_by: &'s str,
    /// The line below.
    pub below: &'s str,
}

/// Picture, name with called-by word, line below: the first column of a list.
pub fn person<'a, M: 'a>(picture: &str, name: Name<'_>, look: Look) -> Element<'a, M> {
    let muted = look.palette.muted;
    let names =
        row![words(name.name, Role::StaffName, look), tinted(name.called_by, Role::StaffBody, muted, look)]
            .spacing(8)
            .align_y(Vertical::Bottom);
    let lines = column![names, tinted(name.below, Role::StaffBody, muted, look)].spacing(2);
    row![container(super::parts::drawn(picture)).width(64).height(64), lines]
        .spacing(16)
        .align_y(Vertical::Center)
        .into()
}

/// An icon and a sentence on a ground of their own, as wide as there is room.
pub fn strip<'a, M: 'a>(
    sentence: &str,
    which: Icon,
    (ink, fill): (Color, Color),
    look: Look,
) -> Element<'a, M> {
    let line = row![
        container(icon(which, ink)).width(32).height(32),
        container(words(sentence, Role::StaffName, look)).width(Length::Fill),
    ]
    .spacing(12)
    .align_y(Vertical::Center);
    ground(line, fill, ink, 2.0)
}

/// Wraps buttons of equal width into rows of `per_row`.
pub fn buttons<'a, M: Clone + 'a>(all: Vec<Element<'a, M>>, per_row: usize) -> Element<'a, M> {
    let mut rows = Column::new().spacing(12);
    let mut all = all.into_iter().peekable();
    while all.peek().is_some() {
        let mut line = Row::new().spacing(12);
        for _ in 0..per_row {
            line = line.push(match all.next() {
                Some(button) => sized(button, Length::Fill, CONTROL),
                None => sized(Space::new().into(), Length::Fill, CONTROL),
            });
        }
        rows = rows.push(line);
    }
    rows.into()
}

/// Centres an element in the remaining space.
pub fn middle<'a, M: 'a>(content: impl Into<Element<'a, M>>) -> Element<'a, M> {
    container(content).width(Length::Fill).align_x(Horizontal::Center).padding(40).into()
}

/// A tile used as the tab of a list: icon, word, number. Selected it is tinted with a thick
/// edge; amber means unfinished work.
#[must_use]
pub struct Tile<M> {
    name: String,
    icon: Icon,
    label: String,
    number: String,
    on: bool,
    left_over: bool,
    press: Option<M>,
    look: Look,
}

impl<M> Tile<M> {
    /// A tile; the tap guard and tests identify it by `name`.
    pub fn new(name: impl Into<String>, icon: Icon, look: Look) -> Self {
        let (label, number) = (String::new(), String::new());
        Self { name: name.into(), icon, label, number, on: false, left_over: false, press: None, look }
    }

    /// The word over the number.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The number.
    pub fn number(mut self, number: impl Into<String>) -> Self {
        self.number = number.into();
        self
    }

    /// Whether its list is shown.
    pub fn on(mut self, on: bool) -> Self {
        self.on = on;
        self
    }

    /// Whether there is unfinished work.
    pub fn left_over(mut self, left_over: bool) -> Self {
        self.left_over = left_over;
        self
    }

    /// The message it sends when pressed; `None` disables it.
    pub fn on_press_maybe(mut self, message: Option<M>) -> Self {
        self.press = message;
        self
    }
}

impl<'a, M: Clone + 'a> From<Tile<M>> for Element<'a, M> {
    fn from(tile: Tile<M>) -> Self {
        let look = tile.look;
        let p = look.palette;
        let (fill, edge, width) = match (tile.on, tile.left_over) {
            (true, _) => (p.tint, p.green, 3.0),
            (false, true) => (p.amber_soft, p.amber_line, 2.0),
            (false, false) => (p.card, p.hair, 2.0),
        };
        let face = |fill, edge, edge_width| Face { fill, edge, edge_width, radius: 12.0 };
        let faces = Faces { rest: face(fill, edge, width), pressed: face(p.pressed, p.ink, 4.0) };
        let ink = if tile.on { p.green } else { p.ink };
        let picture = container(icon(tile.icon, ink)).width(28).height(28);
        let title =
            row![picture, words(tile.label, Role::StaffBody, look)].spacing(8).align_y(Vertical::Center);
        let content = column![title, words(tile.number, Role::StaffNumber, look)].spacing(2);
        let inside = container(content).padding(14);
        let touch = Touch::new(&tile.name, faces, tile.press.map(Press::Own), inside).in_list();
        sized(touch.into(), Length::Fill, 124.0)
    }
}

/// A share as a bar, 0 to 100 percent: green on a track.
pub fn share_bar<'a, M: 'a>(percent: u32, look: Look) -> Element<'a, M> {
    two_parts(percent, look.palette.green, look.palette.pressed)
}

/// A size as a bar, in percent of the longest: blue, without a track.
pub fn size_bar<'a, M: 'a>(percent: u32, look: Look) -> Element<'a, M> {
    two_parts(percent, look.palette.blue, Color::TRANSPARENT)
}

fn two_parts<'a, M: 'a>(percent: u32, first: Color, second: Color) -> Element<'a, M> {
    let part = |portion: u16, fill: Color| {
        container(Space::new().width(Length::Fill).height(14)).width(Length::FillPortion(portion)).style(
            move |_| container::Style {
                background: Some(Background::Color(fill)),
                ..container::Style::default()
            },
        )
    };
    let percent = u16::try_from(percent.min(100)).unwrap_or(100);
    let mut line = Row::new().width(Length::Fill);
    if percent > 0 {
        line = line.push(part(percent, first));
    }
    if percent < 100 {
        line = line.push(part(100 - percent, second));
    }
    line.into()
}

/// A box that explains, on amber.
pub fn amber_box<'a, M: 'a>(content: impl Into<Element<'a, M>>, look: Look) -> Element<'a, M> {
    ground(content, look.palette.amber_soft, look.palette.amber_line, 1.0)
}
