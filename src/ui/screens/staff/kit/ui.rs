//! The drawing context of staff views.

use std::ops::Deref;

use iced::widget::Column;
use iced::{Color, Length};

use crate::ui::screens::Ctx;
use crate::ui::theme::{Look, Palette, Role, Shape};
use crate::ui::widgets::Element;
use crate::ui::widgets::controls::{self, Button, Chip, TouchRow};
use crate::ui::widgets::icon::Icon;

/// Everything a view draws with: the context and the visual settings. It is copied, never
/// stored.
#[derive(Debug, Clone, Copy)]
pub struct Ui<'a> {
    /// The context, for references that must live as long as the view.
    pub cx: &'a Ctx,
    /// Colours, size of text, shape of the screen.
    pub look: Look,
}

impl Deref for Ui<'_> {
    type Target = Ctx;

    fn deref(&self) -> &Ctx {
        self.cx
    }
}

impl<'a> Ui<'a> {
    /// For a screen of this shape.
    #[must_use]
    pub fn new(cx: &'a Ctx, shape: Shape) -> Self {
        Self { cx, look: cx.look(shape) }
    }

    /// The colours in use.
    #[must_use]
    pub fn palette(self) -> &'static Palette {
        self.look.palette
    }

    /// Whether the screen is landscape, with room for more side by side.
    #[must_use]
    pub fn is_wide(self) -> bool {
        self.look.shape == Shape::Landscape
    }

    /// Text of a role in the colour of ink.
    pub fn text<M: 'a>(self, content: impl Into<String>, role: Role) -> Element<'a, M> {
        controls::words(content, role, self.look)
    }

    /// Emphasised text, read first: a name, the sentence of a form.
    pub fn strong<M: 'a>(self, content: impl Into<String>) -> Element<'a, M> {
        self.text(content, Role::StaffName)
    }

    /// Ordinary text.
    pub fn body<M: 'a>(self, content: impl Into<String>) -> Element<'a, M> {
        self.text(content, Role::StaffBody)
    }

    /// Muted text, read last: units, hints, sources.
    pub fn muted<M: 'a>(self, content: impl Into<String>) -> Element<'a, M> {
        self.tinted(content, Role::StaffBody, self.look.palette.muted)
    }

    /// Text of a role in a colour of the palette.
    pub fn tinted<M: 'a>(self, content: impl Into<String>, role: Role, color: Color) -> Element<'a, M> {
        controls::tinted(content, role, color, self.look)
    }

    /// A button identified by `name`.
    pub fn button<M>(self, name: impl Into<String>) -> Button<M> {
        Button::new(name, self.look)
    }

    /// A button whose name is also the key of its label.
    pub fn act<M>(self, key: &str, icon: Icon) -> Button<M> {
        self.button(key).label(self.tr(key)).icon(icon)
    }

    /// A list row that is one touch target.
    pub fn touch_row<M: 'a>(
        self,
        name: impl Into<String>,
        content: impl Into<Element<'a, M>>,
    ) -> TouchRow<'a, M> {
        TouchRow::new(name, content, self.look)
    }

    /// Icon and word of a state, also told apart by shape.
    pub fn chip<M: 'a>(self, kind: Chip, which: Icon, label: &str) -> Element<'a, M> {
        controls::chip(kind, which, label, self.look)
    }

    /// A text field; `hint` is shown while it is empty.
    pub fn field<M: Clone + 'a>(
        self,
        hint: &str,
        value: &str,
        on_input: impl Fn(String) -> M + 'a,
    ) -> Element<'a, M> {
        controls::field(hint, value, on_input, self.look)
    }

    /// A field that hides its digits.
    pub fn secret_field<M: Clone + 'a>(
        self,
        hint: &str,
        value: &str,
        on_input: impl Fn(String) -> M + 'a,
    ) -> Element<'a, M> {
        controls::secret_field(hint, value, on_input, self.look)
    }

    /// An element below its label.
    pub fn labelled<M: 'a>(self, label: &str, inner: impl Into<Element<'a, M>>) -> Element<'a, M> {
        controls::labelled(label, inner.into(), self.look)
    }

    /// A field below its label, which is also its hint.
    pub fn entry<M: Clone + 'a>(
        self,
        key: &str,
        value: &str,
        on_input: impl Fn(String) -> M + 'a,
    ) -> Element<'a, M> {
        let label = self.tr(key);
        self.labelled(&label, self.field(&label, value, on_input))
    }

    /// A value between the buttons − and +.
    pub fn stepper<M: Clone + 'a>(self, name: &str, value: &str, less: M, more: M) -> Element<'a, M> {
        controls::stepper(name, value, (less, more), self.look)
    }

    /// A button that opens choices below it.
    pub fn opener<M>(self, name: &str, label: impl Into<String>, open: bool) -> Button<M> {
        self.button(name).label(label).opener(open)
    }

    /// A card around a column.
    pub fn card<M: 'a>(self, content: impl Into<Element<'a, M>>) -> Element<'a, M> {
        controls::card(content, self.look)
    }

    /// A box with a background and a border.
    pub fn ground<M: 'a>(
        self,
        content: impl Into<Element<'a, M>>,
        fill: Color,
        edge: Color,
        edge_width: f32,
    ) -> Element<'a, M> {
        controls::ground(content, fill, edge, edge_width)
    }

    /// A recessed box, for details of the line above it.
    pub fn sunk<M: 'a>(self, content: impl Into<Element<'a, M>>) -> Element<'a, M> {
        self.ground(content, self.look.palette.sunk, self.look.palette.hair, 1.0)
    }

    /// The box for data entry or a decision.
    pub fn panel<M: 'a>(self, content: impl Into<Element<'a, M>>) -> Element<'a, M> {
        self.ground(content, self.look.palette.sunk, self.look.palette.green, 3.0)
    }

    /// An amber box for an explanation or warning.
    pub fn amber_box<M: 'a>(self, content: impl Into<Element<'a, M>>) -> Element<'a, M> {
        controls::amber_box(content, self.look)
    }

    /// A thin line between rows.
    pub fn divider<M: 'a>(self) -> Element<'a, M> {
        controls::divider(self.look)
    }

    /// Buttons of equal width, `per_row` per row.
    pub fn buttons<M: Clone + 'a, B: Into<Element<'a, M>>>(
        self,
        all: impl IntoIterator<Item = B>,
        per_row: usize,
    ) -> Element<'a, M> {
        controls::buttons(all.into_iter().map(Into::into).collect(), per_row)
    }

    /// A column with the line spacing of related lines.
    pub fn lines<M: 'a>(self) -> Column<'a, crate::ui::widgets::Tapped<M>> {
        Column::new().spacing(12).width(Length::Fill)
    }
}
