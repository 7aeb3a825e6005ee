//! The row over the content: what is shown, and what can be done with it.

use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{Row, Space, container};

use super::ui::Ui;
use crate::ui::widgets::controls::{CONTROL, Kind};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, Tapped};

/// Width of an arrow in pixels of the grid.
const ARROW: f32 = 84.0;

/// Parts side by side at the height of a control.
pub struct Toolbar<'a, M> {
    ui: Ui<'a>,
    line: Row<'a, Tapped<M>>,
}

impl<'a> Ui<'a> {
    /// A row of parts over the content.
    #[must_use]
    pub fn toolbar<M: Clone + 'a>(self) -> Toolbar<'a, M> {
        Toolbar { ui: self, line: Row::new().spacing(10).align_y(Vertical::Center) }
    }
}

impl<'a, M: Clone + 'a> Toolbar<'a, M> {
    /// One more part.
    #[must_use]
    pub fn push(mut self, part: impl Into<Element<'a, M>>) -> Self {
        self.line = self.line.push(part);
        self
    }

    /// Aligns what follows to the right.
    #[must_use]
    pub fn gap(self) -> Self {
        self.push(Space::new().width(Length::Fill))
    }

    /// One of several views of the same thing, `width` pixels of the grid wide.
    #[must_use]
    pub fn tab(self, key: &str, on: bool, width: f32, message: M) -> Self {
        let kind = if on { Kind::On } else { Kind::Plain };
        let tab = self.ui.button(key).label(self.ui.tr(key)).kind(kind).width(width).on_press(message);
        self.push(tab)
    }

    /// Words between an arrow back and an arrow forward; an arrow without a message
    /// lies flat.
    #[must_use]
    pub fn arrows(
        self,
        (back, forward): (&str, &str),
        words: impl Into<Element<'a, M>>,
        (to_back, to_forward): (Option<M>, Option<M>),
    ) -> Self {
        let ui = self.ui;
        let arrow =
            |name: &str, icon, message| ui.button(name).icon(icon).width(ARROW).on_press_maybe(message);
        self.push(arrow(back, Icon::ChevronLeft, to_back))
            .push(container(words.into()).center_x(Length::Fill).center_y(CONTROL))
            .push(arrow(forward, Icon::ChevronRight, to_forward))
    }
}

impl<'a, M: Clone + 'a> From<Toolbar<'a, M>> for Element<'a, M> {
    fn from(toolbar: Toolbar<'a, M>) -> Self {
        toolbar.line.into()
    }
}
