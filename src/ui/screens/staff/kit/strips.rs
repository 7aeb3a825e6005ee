//! Strips over the content: results, errors, warnings.

use daycare_core::access::Permission;
use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{column, container, row};

use super::ui::Ui;
use crate::ui::widgets::Element;
use crate::ui::widgets::controls;
use crate::ui::widgets::icon::{Icon, icon};

/// The result of the last action in words: success or error; `None` for neither.
pub type Feedback = Option<std::result::Result<String, String>>;

impl<'a> Ui<'a> {
    /// A strip for a completed action, with an undo button if there is one.
    pub fn done_strip<M: Clone + 'a>(self, words: &str, undo: Option<(String, M)>) -> Element<'a, M> {
        let p = self.palette();
        let mut line = row![
            container(icon(Icon::CircleCheck, p.green)).width(32).height(32),
            container(self.strong(words)).width(Length::Fill),
        ]
        .spacing(12)
        .align_y(Vertical::Center);
        if let Some((label, message)) = undo {
            line =
                line.push(self.button("undo").label(label).icon(Icon::Undo2).width(200.0).on_press(message));
        }
        self.ground(line, p.tint, p.green, 2.0)
    }

    /// A strip for an error.
    pub fn error_strip<M: 'a>(self, words: &str) -> Element<'a, M> {
        let p = self.palette();
        controls::strip(words, Icon::CircleAlert, (p.red, p.red_soft), self.look)
    }

    /// A strip for something staff should see to in the coming days.
    pub fn warning_strip<M: 'a>(self, words: &str) -> Element<'a, M> {
        let p = self.palette();
        controls::strip(words, Icon::TriangleAlert, (p.amber_line, p.amber_soft), self.look)
    }

    /// The strip for the last action's result, if there is one.
    pub fn feedback<M: Clone + 'a>(self, notice: &Feedback) -> Option<Element<'a, M>> {
        notice.as_ref().map(|notice| match notice {
            Ok(words) => self.done_strip(words, None),
            Err(words) => self.error_strip(words),
        })
    }

    /// Shown in place of content this account may not see: a lock, and whom to ask.
    pub fn locked<M: 'a>(self, what: Permission) -> Element<'a, M> {
        let words = column![
            container(icon(Icon::Lock, self.palette().muted)).width(72).height(72),
            self.strong(self.tr(what.ask_key())),
        ];
        controls::middle(words.spacing(20).align_x(iced::Alignment::Center))
    }
}
