//! Data that a screen loads before it can show anything.

use super::strips::Feedback;
use super::ui::Ui;
use crate::error::Result;
use crate::ui::screens::Ctx;
use crate::ui::widgets::Element;
use crate::ui::widgets::controls::Kind;
use crate::ui::widgets::icon::Icon;

/// A value that is loading, loaded, or failed to load. A loaded value is kept when reloading
/// fails.
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
    /// Stores the result of loading. If reloading failed, the old value stays and `feedback` gets
    /// the error; if there is no value yet, [`Loadable::view`] shows it.
    pub fn came(&mut self, read: Result<T>, feedback: &mut Feedback, cx: &Ctx) {
        match read {
            Ok(value) => *self = Self { value: Some(value), failed: None },
            Err(error) if self.value.is_some() => *feedback = Some(Err(cx.i18n.error(&error))),
            Err(error) => self.failed = Some(cx.i18n.error(&error)),
        }
    }

    /// The value; `None` until it is loaded.
    pub fn as_ref(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// Draws the value; before that 请稍等, or after a failure the reason and a retry button.
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
