//! Something to be printed or saved: the application has the printer and looks
//! for the stick, a screen only says what it is.

use std::path::PathBuf;

use super::ctx::Ctx;
use crate::error::Result;

/// What became of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handed {
    /// The printing system has it.
    Printed,
    /// The printer did not take it; it is a file instead.
    NotPrinted(PathBuf),
    /// It is a file: on a stick if one is plugged in, else among the exports.
    Filed(PathBuf),
}

/// How the bytes are made, on a thread of their own.
pub type Make = Box<dyn FnOnce() -> Result<Vec<u8>> + Send>;

/// A document, and whom to tell.
pub struct Document<M> {
    /// Name of the file, without its ending.
    pub stem: String,
    /// Ending of the file.
    pub extension: &'static str,
    /// Makes it.
    pub make: Make,
    /// Tells the screen; a slip tells nobody.
    pub told: Option<Box<dyn FnOnce(Result<Handed>) -> M + Send>>,
}

impl<M: 'static> Document<M> {
    /// A PDF.
    pub fn pdf(
        stem: impl Into<String>,
        make: impl FnOnce() -> Result<Vec<u8>> + Send + 'static,
        told: impl FnOnce(Result<Handed>) -> M + Send + 'static,
    ) -> Self {
        Self { stem: stem.into(), extension: "pdf", make: Box::new(make), told: Some(Box::new(told)) }
    }

    /// The same with another ending.
    #[must_use]
    pub fn ending(self, extension: &'static str) -> Self {
        Self { extension, ..self }
    }

    /// A slip for whoever stands at the screen: nobody is told.
    pub fn slip(make: impl FnOnce() -> Result<Vec<u8>> + Send + 'static) -> Self {
        Self { stem: "slip".into(), extension: "pdf", make: Box::new(make), told: None }
    }

    /// The same document for another screen's messages.
    pub fn map<N: 'static>(self, wrap: impl Fn(M) -> N + Send + 'static) -> Document<N> {
        let told = self.told.map(|told| {
            let told: Box<dyn FnOnce(Result<Handed>) -> N + Send> =
                Box::new(move |handed| wrap(told(handed)));
            told
        });
        Document { stem: self.stem, extension: self.extension, make: self.make, told }
    }
}

impl<M> std::fmt::Debug for Document<M> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Document({}.{})", self.stem, self.extension)
    }
}

/// What staff are told: well, or not.
///
/// # Errors
/// The words of what did not work.
pub fn words(handed: Result<Handed>, cx: &Ctx) -> std::result::Result<String, String> {
    match handed {
        Ok(Handed::Printed) => Ok(cx.tr("clinic-printed")),
        Ok(Handed::NotPrinted(path)) => {
            Err(cx.i18n.tr_with("handed-not-printed", &[("file", path.display().to_string().into())]))
        }
        Ok(Handed::Filed(path)) => {
            Ok(cx.i18n.tr_with("handed-filed", &[("file", path.display().to_string().into())]))
        }
        Err(error) => Err(cx.i18n.error(&error)),
    }
}
