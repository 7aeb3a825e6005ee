//! What a screen reads from the store before it can show anything.

use super::Ui;
use crate::error::Result;
use crate::i18n::I18n;
use crate::ui::widgets::Element;
use crate::ui::widgets::desk::Kind;
use crate::ui::widgets::icon::Icon;

/// A value that is being read, is there, or could not be read. What was there stays
/// there when reading it anew fails.
#[derive(Debug, Clone, Default)]
pub struct Loadable<T> {
    value: Option<T>,
    failed: Option<String>,
}

impl<T> Loadable<T> {
    /// Takes what came. Returns the words of what went wrong, if it did.
    pub fn came(&mut self, read: Result<T>, i18n: &I18n) -> Option<String> {
        match read {
            Ok(value) => *self = Self { value: Some(value), failed: None },
            Err(error) => self.failed = Some(i18n.error(&error)),
        }
        self.failed.clone()
    }

    /// Puts a value there.
    pub fn set(&mut self, value: T) {
        *self = Self { value: Some(value), failed: None };
    }

    /// The value, once it is there.
    pub fn get(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self) -> Option<&mut T> {
        self.value.as_mut()
    }

    /// What is drawn while there is no value: 请稍等, or what went wrong and a button
    /// that tries again. `Err` carries the value.
    ///
    /// # Errors
    /// The value, where it is there: it is for the caller to draw.
    pub fn placeholder<'a, M: Clone + 'a>(
        &self,
        ui: Ui<'a>,
        retry: M,
    ) -> std::result::Result<Element<'a, M>, &T> {
        match (&self.value, &self.failed) {
            (Some(value), _) => Err(value),
            (None, None) => Ok(ui.loading()),
            (None, Some(words)) => {
                let again = ui.act("try-again", Icon::RotateCw).kind(Kind::Main).width(300.0).on_press(retry);
                Ok(ui.lines().push(ui.error_strip(words)).push(again).into())
            }
        }
    }
}
