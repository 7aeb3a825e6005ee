//! Forms: fields in a column, and the buttons that end them.

use iced::widget::Column;

use super::ui::Ui;
use crate::ui::widgets::controls::{Button, Kind};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, Tapped};

/// Fields on the background of data entry, then 取消 and 保存. The save button is highlighted
/// once it is enabled.
pub struct Form<'a, M> {
    ui: Ui<'a>,
    lines: Column<'a, Tapped<M>>,
    buttons: Vec<Element<'a, M>>,
}

impl<'a> Ui<'a> {
    /// An empty form.
    #[must_use]
    pub fn form<M: Clone + 'a>(self) -> Form<'a, M> {
        Form::new(self)
    }
}

impl<'a, M: Clone + 'a> Form<'a, M> {
    fn new(ui: Ui<'a>) -> Self {
        Self { ui, lines: ui.lines(), buttons: vec![] }
    }

    /// Adds a line.
    #[must_use]
    pub fn push(mut self, line: impl Into<Element<'a, M>>) -> Self {
        self.lines = self.lines.push(line);
        self
    }

    /// Adds a line if it is `Some`.
    #[must_use]
    pub fn push_maybe(self, line: Option<impl Into<Element<'a, M>>>) -> Self {
        match line {
            Some(line) => self.push(line),
            None => self,
        }
    }

    /// The button that closes the form and discards the input.
    #[must_use]
    pub fn cancel(self, name: &str, message: M) -> Self {
        let button = self.ui.button(name).label(self.ui.tr("cancel-form"));
        self.button(button.icon(Icon::X).on_press(message))
    }

    /// The button that saves; disabled while `message` is `None`.
    #[must_use]
    pub fn save(self, name: &str, message: Option<M>) -> Self {
        let kind = if message.is_some() { Kind::Main } else { Kind::Plain };
        let button = self.ui.button(name).label(self.ui.tr("form-save"));
        self.button(button.icon(Icon::Save).kind(kind).on_press_maybe(message))
    }

    /// Adds another button beside them.
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
