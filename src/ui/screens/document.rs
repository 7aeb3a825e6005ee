//! A document to print or save. A screen only describes it; the application has the printer
//! and finds the USB stick.

use std::path::PathBuf;

use super::ctx::Ctx;
use crate::error::Result;

/// The result of printing or saving a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handed {
    /// It was queued for printing.
    Printed,
    /// Printing failed; it was saved to this file instead.
    NotPrinted(PathBuf),
    /// A slip was not printed. It is saved nowhere: a stick may be somebody else's.
    NoSlip,
    /// It was saved to this file: on a USB stick if one is plugged in, otherwise in the exports
    /// folder.
    Filed(PathBuf),
}

/// Makes the bytes, on a thread of its own.
pub type Make = Box<dyn FnOnce() -> Result<Vec<u8>> + Send>;

/// A document, and the message for its result.
pub struct Document<M> {
    /// File name without extension.
    pub stem: String,
    /// File extension.
    pub extension: &'static str,
    /// Makes its bytes.
    pub make: Make,
    /// Makes the screen's message from the result.
    pub report: Box<dyn FnOnce(Result<Handed>) -> M + Send>,
    /// A slip for a resident: only printed, and no strip for staff.
    pub slip: bool,
}

impl<M: 'static> Document<M> {
    /// A PDF.
    pub fn pdf(
        stem: impl Into<String>,
        make: impl FnOnce() -> Result<Vec<u8>> + Send + 'static,
        report: impl FnOnce(Result<Handed>) -> M + Send + 'static,
    ) -> Self {
        Self {
            stem: stem.into(),
            extension: "pdf",
            make: Box::new(make),
            report: Box::new(report),
            slip: false,
        }
    }

    /// The same document with another file extension.
    #[must_use]
    pub fn ending(self, extension: &'static str) -> Self {
        Self { extension, ..self }
    }

    /// A slip for the visitor.
    pub fn slip(
        make: impl FnOnce() -> Result<Vec<u8>> + Send + 'static,
        report: impl FnOnce(Result<Handed>) -> M + Send + 'static,
    ) -> Self {
        Self { slip: true, ..Self::pdf("slip", make, report) }
    }

    /// The same document for another screen's messages.
    pub fn map<N: 'static>(self, wrap: impl Fn(M) -> N + Send + 'static) -> Document<N> {
        let report = self.report;
        Document {
            stem: self.stem,
            extension: self.extension,
            make: self.make,
            report: Box::new(move |handed| wrap(report(handed))),
            slip: self.slip,
        }
    }
}

impl<M> std::fmt::Debug for Document<M> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Document({}.{})", self.stem, self.extension)
    }
}

/// The result in words for staff.
///
/// # Errors
/// Making, printing or saving failed; in words.
pub fn words(handed: Result<Handed>, cx: &Ctx) -> std::result::Result<String, String> {
    match handed {
        Ok(Handed::Printed) => Ok(cx.tr("clinic-printed")),
        Ok(Handed::NotPrinted(path)) => {
            Err(cx.i18n.tr_with("handed-not-printed", &[("file", path.display().to_string().into())]))
        }
        Ok(Handed::NoSlip) => Err(cx.tr("book-not-printed")),
        Ok(Handed::Filed(path)) => {
            Ok(cx.i18n.tr_with("handed-filed", &[("file", path.display().to_string().into())]))
        }
        Err(error) => Err(cx.i18n.error(&error)),
    }
}
