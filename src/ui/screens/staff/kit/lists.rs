//! Parts of lists: people, pages, filters, tabs.

use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{Space, container, row};

use super::ui::Ui;
use crate::ui::theme::Shape;
use crate::ui::widgets::Element;
use crate::ui::widgets::controls::{self, Kind};

impl<'a> Ui<'a> {
    /// Picture, name with form of address, and a line below.
    pub fn person<M: 'a>(
        self,
        picture: &str,
        name: &str,
        called_by: &str,
        below: impl Into<String>,
    ) -> Element<'a, M> {
        let name = controls::Name { name, called_by: &self.called(called_by), below: &below.into() };
        controls::person(picture, name, self.look)
    }

    /// The text of an empty list.
    pub fn empty<M: 'a>(self, key: &str) -> Element<'a, M> {
        controls::middle(self.strong(self.tr(key)))
    }

    /// The placeholder while something is loading.
    pub fn loading<M: 'a>(self) -> Element<'a, M> {
        self.empty("please-wait")
    }

    /// Buttons for the previous and next page, with the page number between; `None` if there is
    /// only one page.
    pub fn pager<M: Clone + 'a>(
        self,
        page: usize,
        pages: usize,
        turn: impl Fn(usize) -> M,
    ) -> Element<'a, M> {
        if pages < 2 {
            return Space::new().into();
        }
        let words = self.i18n.tr_with("page-of", &[("page", (page + 1).into()), ("pages", pages.into())]);
        let end = |name: &str, key: &str, there: bool, to: usize| {
            self.button(name).label(self.tr(key)).width(200.0).on_press_maybe(there.then(|| turn(to)))
        };
        row![
            end("previous", "page-previous", page > 0, page.saturating_sub(1)),
            container(self.strong(words)).center_x(Length::Fill),
            end("next", "page-next", page + 1 < pages, page + 1),
        ]
        .align_y(Vertical::Center)
        .into()
    }

    /// Choices side by side, one of them selected: name, label, whether selected, message.
    pub fn segments<M: Clone + 'a>(
        self,
        choices: Vec<(&str, String, bool, M)>,
        per_row: usize,
    ) -> Element<'a, M> {
        let button = |(name, label, on, message): (&str, String, bool, M)| {
            let kind = if on { Kind::On } else { Kind::Plain };
            self.button(name).label(label).kind(kind).on_press(message)
        };
        self.buttons(choices.into_iter().map(button), per_row)
    }

    /// Tabs side by side, one of them selected.
    pub fn tabs<T: Copy + PartialEq, M: Clone + 'a>(
        self,
        all: &[(T, &str)],
        on: T,
        tabbed: impl Fn(T) -> M,
    ) -> Element<'a, M> {
        let choices = all.iter().map(|(tab, key)| (*key, self.tr(key), *tab == on, tabbed(*tab))).collect();
        let per_row = match (self.look.shape, all.len()) {
            (_, few @ ..=5) => few,
            (Shape::Landscape, many) => many,
            (Shape::Portrait, many) => many.div_ceil(2),
        };
        self.segments(choices, per_row)
    }
}
