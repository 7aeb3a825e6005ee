//! Parts of the staff screens: they flow and may scroll, where the pages of
//! residents stand still.

use iced::alignment::{Horizontal, Vertical};
use iced::widget::{Column, Row, Space, TextInput, column, container, row, scrollable, text, text_input};
use iced::{Background, Border, Color, Length, Padding};

use super::fitted::Fitted;
use super::icon::{Icon, icon};
use super::touch::{Face, Faces, Touch};
use super::{Element, Press, Tapped};
use crate::ui::theme::{Look, Role, fonts};

/// Height of buttons and fields.
pub const CONTROL: f32 = 76.0;
/// Height of a person's row.
pub const ROW: f32 = 100.0;

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

/// A button as wide as `width`.
pub fn button<'a, M: Clone + 'a>(
    name: &str,
    label: &str,
    which: Option<Icon>,
    kind: Kind,
    press: Option<M>,
    look: Look,
) -> Element<'a, M> {
    let (mut faces, mut ink) = faces(kind, look);
    if press.is_none() {
        // What cannot be done now lies flat.
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
    Touch::new(name, faces, press.map(Press::Own), middle).in_list().into()
}

/// A button with a fixed size.
pub fn sized<'a, M: 'a>(element: Element<'a, M>, width: impl Into<Length>, height: f32) -> Element<'a, M> {
    container(element).width(width).height(height).into()
}

/// A row that is one target: `content` on its ground, `height` tall or as much
/// taller as its words need.
pub fn touch_row<'a, M: Clone + 'a>(
    name: &str,
    content: Element<'a, M>,
    on: bool,
    press: Option<M>,
    height: f32,
    look: Look,
) -> Element<'a, M> {
    let (faces, _) = faces(if on { Kind::RowOn } else { Kind::Row }, look);
    Touch::new(name, faces, press.map(Press::Own), content).in_list().at_least(height).into()
}

/// A card around a column.
pub fn card<'a, M: 'a>(content: impl Into<Element<'a, M>>, look: Look) -> Element<'a, M> {
    ground(content, look.palette.card, look.palette.hair, 1.0, look)
}

/// A box with a ground and an edge.
pub fn ground<'a, M: 'a>(
    content: impl Into<Element<'a, M>>,
    fill: Color,
    edge: Color,
    edge_width: f32,
    _look: Look,
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

/// A field whose digits are never shown.
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

/// Value between − and +.
pub fn stepper<'a, M: Clone + 'a>(name: &str, value: &str, less: M, more: M, look: Look) -> Element<'a, M> {
    row![
        sized(
            button(&format!("{name}-less"), "", Some(Icon::Minus), Kind::Plain, Some(less), look),
            84.0,
            CONTROL
        ),
        container(words(value, Role::StaffName, look)).center_x(Length::Fill).center_y(CONTROL),
        sized(
            button(&format!("{name}-more"), "", Some(Icon::Plus), Kind::Plain, Some(more), look),
            84.0,
            CONTROL
        ),
    ]
    .spacing(8)
    .into()
}

/// A column that scrolls, with its bar always seen.
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

/// Picture, name with called-by word, line below: the first column of a list.
pub fn person<'a, M: 'a>(
    picture: &str,
    name: &str,
    called_by: &str,
    below: &str,
    look: Look,
) -> Element<'a, M> {
    let names = row![
        words(name, Role::StaffName, look),
        tinted(called_by, Role::StaffBody, look.palette.muted, look)
    ]
    .spacing(8)
    .align_y(Vertical::Bottom);
    let lines = column![names, tinted(below, Role::StaffBody, look.palette.muted, look)].spacing(2);
    row![container(super::parts::drawn(picture)).width(64).height(64), lines]
        .spacing(16)
        .align_y(Vertical::Center)
        .into()
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

/// Centres something in what is left.
pub fn middle<'a, M: 'a>(content: impl Into<Element<'a, M>>) -> Element<'a, M> {
    container(content).width(Length::Fill).align_x(Horizontal::Center).padding(40).into()
}

/// A tile that is the tab of a list: icon, word, number; selected it has a
/// tick's colour and a thick edge, amber it says that work is left over.
pub fn tile<'a, M: Clone + 'a>(
    (name, which): (&str, Icon),
    label: &str,
    number: &str,
    (on, left_over): (bool, bool),
    press: Option<M>,
    look: Look,
) -> Element<'a, M> {
    let p = look.palette;
    let (fill, edge, width) = match (on, left_over) {
        (true, _) => (p.tint, p.green, 3.0),
        (false, true) => (p.amber_soft, p.amber_line, 2.0),
        (false, false) => (p.card, p.hair, 2.0),
    };
    let face = |fill, edge, edge_width| Face { fill, edge, edge_width, radius: 12.0 };
    let faces = Faces { rest: face(fill, edge, width), pressed: face(p.pressed, p.ink, 4.0) };
    let ink = if on { p.green } else { p.ink };
    let title = row![container(icon(which, ink)).width(28).height(28), words(label, Role::StaffBody, look)]
        .spacing(8)
        .align_y(Vertical::Center);
    let content = column![title, words(number, Role::StaffNumber, look)].spacing(2);
    let touch = Touch::new(name, faces, press.map(Press::Own), container(content).padding(14)).in_list();
    sized(touch.into(), Length::Fill, 124.0)
}

/// A share as a bar, `percent` of a hundred: green on the rest.
pub fn share_bar<'a, M: 'a>(percent: u32, look: Look) -> Element<'a, M> {
    two_parts(percent, look.palette.green, look.palette.pressed)
}

/// A size as a bar, `percent` of the longest: blue, nothing behind it.
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
    ground(content, look.palette.amber_soft, look.palette.amber_line, 1.0, look)
}

/// A dropdown that opens its choices below: the label with a chevron.
pub fn opener<'a, M: Clone + 'a>(
    name: &str,
    label: &str,
    open: bool,
    press: M,
    look: Look,
) -> Element<'a, M> {
    let which = if open { Icon::ChevronUp } else { Icon::ChevronDown };
    button(name, label, Some(which), if open { Kind::On } else { Kind::Plain }, Some(press), look)
}
