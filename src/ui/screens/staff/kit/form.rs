//! A form: fields one under the other, and the buttons that end it.

use iced::widget::Column;

use super::ui::Ui;
use crate::ui::widgets::controls::{Button, Kind};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, Tapped};

/// Fields on the ground of what is being entered, then 取消 and 保存. The button that
/// saves is the main one once it may be pressed.
pub struct Form<'a, M> {
    ui: Ui<'a>,
    lines: Column<'a, Tapped<M>>,
    buttons: Vec<Element<'a, M>>,
}

impl<'a> Ui<'a> {
    /// A form of fields with its buttons.
    #[must_use]
    pub fn form<M: Clone + 'a>(self) -> Form<'a, M> {
        Form::new(self)
    }
}

impl<'a, M: Clone + 'a> Form<'a, M> {
    fn new(ui: Ui<'a>) -> Self {
        Self { ui, lines: ui.lines(), buttons: vec![] }
    }

    /// One more line.
    #[must_use]
    pub fn push(mut self, line: impl Into<Element<'a, M>>) -> Self {
        self.lines = self.lines.push(line);
        self
    }

    /// One more line, where there is one.
    #[must_use]
    pub fn push_maybe(self, line: Option<impl Into<Element<'a, M>>>) -> Self {
        match line {
            Some(line) => self.push(line),
            None => self,
        }
    }

    /// The button that closes the form and keeps nothing.
    #[must_use]
    pub fn cancel(self, name: &str, message: M) -> Self {
        let button = self.ui.button(name).label(self.ui.tr("cancel-form"));
        self.button(button.icon(Icon::X).on_press(message))
    }

    /// The button that saves; `message` is there once everything needed is entered.
    #[must_use]
    pub fn save(self, name: &str, message: Option<M>) -> Self {
        let kind = if message.is_some() { Kind::Main } else { Kind::Plain };
        let button = self.ui.button(name).label(self.ui.tr("form-save"));
        self.button(button.icon(Icon::Save).kind(kind).on_press_maybe(message))
    }

    /// Another button beside them.
    #[must_use]
    pub fn button(mut self, button: Button<M>) -> Self {
        self.buttons.push(button.into());
        self
    }
}

impl<'a, M: Clone + 'a> From<Form<'a, M>> for Element<'a, M> {
    fn from(form: Form<'a, M>) -> Self {
        let Form { ui, lines, buttons } = form;
        let count = buttons.len();
        let lines = if count == 0 { lines } else { lines.push(ui.buttons(buttons, count)) };
        ui.panel(lines)
    }
}
