//! Text that always fits its area: drawn at its role's size, smaller only if it would not
//! fit, never below the smallest legible size.

use iced::advanced::layout::{Limits, Node};
use iced::advanced::text::{self, Paragraph as _, Wrapping};
use iced::advanced::widget::text::{Style, draw};
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Layout, Widget, mouse, renderer};
use iced::alignment::{Horizontal, Vertical};
use iced::{Color, Length, Pixels, Point, Rectangle, Renderer, Size, Theme};

use crate::ui::theme::{Look, Role, fonts};

type Paragraph = <Renderer as text::Renderer>::Paragraph;

/// One text element.
pub struct Fitted {
    content: String,
    role: Role,
    wanted: f32,
    color: Color,
    align: (Horizontal, Vertical),
    lines: u8,
    hugging: bool,
}

/// Line height of one line and of several.
const LEADING: f32 = 1.3;
/// One line at this fraction of the wanted size is preferred to two.
const ENOUGH: f32 = 0.7;
/// Up to this many characters stay on one line.
const SHORT: usize = 6;
/// Factor between successive attempts.
const SHRINK: f32 = 0.94;

impl Fitted {
    /// One line, or several if one is not enough.
    #[must_use]
    pub fn new(content: impl Into<String>, role: Role, look: Look) -> Self {
        Self {
            content: content.into(),
            role,
            wanted: look.px(role),
            color: look.palette.ink,
            align: (Horizontal::Center, Vertical::Center),
            lines: 2,
            hugging: false,
        }
    }

    /// The colour; ink by default.
    #[must_use]
    pub fn color(mut self, color: Color) -> Self {
        self.color = color;
        self
    }

    /// Aligns to the left edge.
    #[must_use]
    pub fn left(mut self) -> Self {
        self.align.0 = Horizontal::Left;
        self
    }

    /// Aligns to the right edge.
    #[must_use]
    pub fn right(mut self) -> Self {
        self.align.0 = Horizontal::Right;
        self
    }

    /// Aligns to the top edge.
    #[must_use]
    pub fn top(mut self) -> Self {
        self.align.1 = Vertical::Top;
        self
    }

    /// Limits the size in px, so that several texts can share one size.
    #[must_use]
    pub fn at_most(mut self, px: f32) -> Self {
        self.wanted = self.wanted.min(px.max(self.role.smallest()));
        self
    }

    /// How many lines it may take, 1 to 3.
    #[must_use]
    pub fn lines(mut self, lines: u8) -> Self {
        self.lines = lines;
        self
    }

    /// Takes only the width of the text, for use beside other elements.
    #[must_use]
    pub fn hugging(mut self) -> Self {
        self.hugging = true;
        self
    }

    fn shaped(&self, content: &str, size: f32, width: f32, wrapping: Wrapping) -> Paragraph {
        Paragraph::with_text(text::Text {
            content,
            bounds: Size::new(width, f32::INFINITY),
            size: Pixels(size),
            line_height: text::LineHeight::Relative(LEADING),
            font: fonts::for_text(&self.content, self.role.bold()),
            align_x: self.align.0.into(),
            align_y: Vertical::Top,
            shaping: text::Shaping::Advanced,
            wrapping,
        })
    }

    /// The largest size, from `wanted` down, at which `content` fits, and the text
    /// shaped in it. Words stay whole, unless not even the smallest size has room.
    fn largest(&self, content: &str, place: Size, wanted: f32, lines: u8) -> (f32, Shown) {
        let wrapping = if lines > 1 { Wrapping::Word } else { Wrapping::None };
        let mut size = wanted.max(self.role.smallest());
        loop {
            let paragraph = self.shaped(content, size, place.width, wrapping);
            let got = paragraph.min_bounds();
            let fits = got.width <= place.width + 0.5
                && got.height <= place.height + 0.5
                && (got.height / (size * LEADING)).round() <= f32::from(lines);
            if fits {
                return (size, Shown { words: self.content.clone(), paragraph });
            }
            if size <= self.role.smallest() {
                return (0.0, self.squeezed(content, size, place.width, lines));
            }
            size = (size * SHRINK).max(self.role.smallest());
        }
    }

    /// The fallback when even the smallest size does not fit: words broken over the lines, or one
    /// line cut off.
    fn squeezed(&self, content: &str, size: f32, width: f32, lines: u8) -> Shown {
        if lines > 1 {
            let paragraph = self.shaped(content, size, width, Wrapping::WordOrGlyph);
            return Shown { words: self.content.clone(), paragraph };
        }
        let count = content.chars().count();
        let cut = |kept: usize| content.chars().take(kept).chain(['…']).collect::<String>();
        let shown = |words: String| {
            let paragraph = self.shaped(&words, size, width, Wrapping::None);
            Shown { words, paragraph }
        };
        let fits = |kept: &usize| shown(cut(*kept)).paragraph.min_bounds().width <= width + 0.5;
        let kept = (1..=count).collect::<Vec<_>>().partition_point(fits);
        shown(if kept == 0 { content.to_owned() } else { cut(kept) })
    }

    /// A larger text scale never gives smaller text: if the larger text would have to shrink
    /// below normal size, the normal one is used.
    fn fit(&self, place: Size) -> Shown {
        let (size, fitted) = self.fit_from(self.wanted, place);
        let normal = self.role.px();
        if self.wanted <= normal {
            return fitted;
        }
        let (normal_size, as_normal) = self.fit_from(normal, place);
        if normal_size > size { as_normal } else { fitted }
    }

    /// Prefers one line if it is not much smaller; then a break after a comma; then any line
    /// break.
    fn fit_from(&self, wanted: f32, place: Size) -> (f32, Shown) {
        let (one_size, one) = self.largest(&self.content, place, wanted, 1);
        if self.lines == 1 || one_size >= wanted {
            return (one_size, one);
        }
        let broken = self.content.replacen('，', "，\n", 1).replacen('？', "？\n", 1);
        let broken = broken.trim_end();
        let (broken_size, at_comma) = self.largest(broken, place, wanted, self.lines);
        let enough = wanted * ENOUGH;
        if broken != self.content && broken_size >= enough.max(one_size) {
            return (broken_size, at_comma);
        }
        // A short word must not be broken.
        let short = self.content.chars().count() <= SHORT;
        if one_size >= enough || (short && one_size > 0.0) {
            return (one_size, one);
        }
        let (free_size, free) = self.largest(&self.content, place, wanted, self.lines);
        if broken != self.content && broken_size >= free_size * 0.85 {
            (broken_size, at_comma)
        } else {
            (free_size, free)
        }
    }
}

/// Words as they are drawn.
struct Shown {
    words: String,
    paragraph: Paragraph,
}

/// Cache of the last shaped text.
#[derive(Default)]
struct State {
    key: Option<(String, Role, u32, u32, u32, Horizontal, u8)>,
    shown: Option<Shown>,
}

impl<Message> Widget<Message, Theme, Renderer> for Fitted {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        let length = if self.hugging { Length::Shrink } else { Length::Fill };
        Size::new(length, length)
    }

    fn layout(&mut self, tree: &mut Tree, _renderer: &Renderer, limits: &Limits) -> Node {
        let place = limits.max();
        let state = tree.state.downcast_mut::<State>();
        let key = (
            self.content.clone(),
            self.role,
            self.wanted.to_bits(),
            place.width.to_bits(),
            place.height.to_bits(),
            self.align.0,
            self.lines,
        );
        if state.key.as_ref() != Some(&key) {
            state.shown = Some(self.fit(place));
            state.key = Some(key);
        }
        let got = state.shown.as_ref().map_or(Size::ZERO, |shown| shown.paragraph.min_bounds());
        if self.hugging {
            return Node::with_children(got, vec![Node::new(got)]);
        }
        let x = match self.align.0 {
            Horizontal::Left => 0.0,
            Horizontal::Center => (place.width - got.width) / 2.0,
            Horizontal::Right => place.width - got.width,
        };
        let y = match self.align.1 {
            Vertical::Top => 0.0,
            Vertical::Center => (place.height - got.height) / 2.0,
            Vertical::Bottom => place.height - got.height,
        };
        Node::with_children(place, vec![Node::new(got).move_to(Point::new(x, y))])
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        _renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        let state = tree.state.downcast_ref::<State>();
        if let (Some(inner), Some(shown)) = (layout.children().next(), &state.shown) {
            operation.text(None, inner.bounds(), &shown.words);
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        _theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_ref::<State>();
        if let (Some(inner), Some(shown)) = (layout.children().next(), &state.shown) {
            draw(
                renderer,
                style,
                inner.bounds(),
                &shown.paragraph,
                Style { color: Some(self.color) },
                viewport,
            );
        }
    }
}

impl<'a, Message: 'a> From<Fitted> for iced::Element<'a, Message, Theme> {
    fn from(fitted: Fitted) -> Self {
        Self::new(fitted)
    }
}

/// Shortens text to about this many ems.
#[must_use]
pub fn shortened(words: &str, ems: f32) -> String {
    let count = words.chars().count();
    let fits = |n: &usize| width_in_ems(&words.chars().take(*n).collect::<String>()) <= ems;
    match (1..=count).rev().find(fits) {
        Some(most) if most < count => words.chars().take(most.saturating_sub(1)).chain(['…']).collect(),
        _ => words.to_owned(),
    }
}

/// Rough width in multiples of the text size.
#[must_use]
pub fn width_in_ems(text: &str) -> f32 {
    text.chars().map(|c| if c < '\u{2e80}' { 0.58 } else { 1.0 }).sum()
}
