//! What a screen reads from the store before it can show anything.

use super::strips::Feedback;
use super::ui::Ui;
use crate::error::Result;
use crate::ui::screens::Ctx;
use crate::ui::widgets::Element;
use crate::ui::widgets::controls::Kind;
use crate::ui::widgets::icon::Icon;

/// A value that is being read, is there, or could not be read. What was there stays
/// there when reading it anew fails.
#[derive(Debug, Clone)]
pub struct Loadable<T> {
    value: Option<T>,
    failed: Option<String>,
}

impl<T> Default for Loadable<T> {
    fn default() -> Self {
        Self { value: None, failed: None }
    }
}

impl<T> Loadable<T> {
    /// Takes what came. Where a value stays that could not be read anew, `feedback`
    /// says so; where there is none yet, [`Loadable::view`] does.
    pub fn came(&mut self, read: Result<T>, feedback: &mut Feedback, cx: &Ctx) {
        match read {
            Ok(value) => *self = Self { value: Some(value), failed: None },
            Err(error) if self.value.is_some() => *feedback = Some(Err(cx.i18n.error(&error))),
            Err(error) => self.failed = Some(cx.i18n.error(&error)),
        }
    }

    /// The value, once it is there.
    pub fn as_ref(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// Draws the value; until it is there 请稍等, and where it could not be read, why
    /// and a button that tries again.
    pub fn view<'a, M: Clone + 'a>(
        &'a self,
        ui: Ui<'a>,
        retry: M,
        draw: impl FnOnce(&'a T) -> Element<'a, M>,
    ) -> Element<'a, M> {
        match (&self.value, &self.failed) {
            (Some(value), _) => draw(value),
            (None, None) => ui.loading(),
            (None, Some(words)) => {
                let again = ui.act("load-again", Icon::RotateCw).kind(Kind::Main).width(300.0);
                ui.lines().push(ui.error_strip(words)).push(again.on_press(retry)).into()
            }
        }
    }
}
