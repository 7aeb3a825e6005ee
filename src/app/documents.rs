//! Prints documents, saves them to a USB stick or the exports folder, and finds files on
//! sticks. All of it runs off the UI thread.

use std::path::{Path, PathBuf};

use daycare_store::background::on_thread;
use iced::Task;

use super::state::{App, Message};
use crate::app::screen::ScreenMessage;
use crate::devices::printer::Printer;
use crate::devices::usb;
use crate::error::Error;
use crate::reports::files;
use crate::ui::screens::document::{Document, Handed};
use crate::ui::screens::strip::Strip;

/// Folder on a USB stick that holds everything this program writes.
const FOLDER: &str = "日间照料中心";

impl App {
    /// Prints the document; without a printer, saves it.
    pub(super) fn print(&mut self, document: Document<ScreenMessage>) -> Task<Message> {
        if document.slip || self.devices.printer.is_there() {
            let printer = self.devices.printer.clone();
            self.hand_over(document, "handed-printing", Some(printer))
        } else {
            self.save(document)
        }
    }

    /// Saves to a USB stick if one is plugged in, otherwise to the exports folder.
    pub(super) fn save(&mut self, document: Document<ScreenMessage>) -> Task<Message> {
        self.hand_over(document, "handed-saving", None)
    }

    /// Makes a document and prints or saves it off the UI thread. A strip says at once that it
    /// has begun; the result is reported only when it is really done.
    fn hand_over(
        &mut self,
        document: Document<ScreenMessage>,
        under_way: &str,
        printer: Option<Printer>,
    ) -> Task<Message> {
        let exports = self.cx.paths.exports();
        let Document { stem, extension, make, report, slip } = document;
        let work = on_thread("kiosk-files", move || {
            let bytes = make()?;
            if let Some(printer) = &printer {
                match printer.print(&bytes) {
                    Ok(()) => return Ok(Handed::Printed),
                    Err(why) => tracing::warn!("printing: {why}"),
                }
            }
            if slip {
                return Ok(Handed::NoSlip);
            }
            let place = place(usb::sticks(), &exports);
            let path = files::save(&place, &stem, extension, &bytes)?;
            Ok(if printer.is_some() { Handed::NotPrinted(path) } else { Handed::Filed(path) })
        });
        if slip {
            return self.owned(Task::future(async move { report(work.await) }));
        }
        self.strip = Some(Strip::note(self.cx.tr(under_way), &self.cx));
        let generation = self.generation;
        let work = async move {
            let done = work.await;
            (Message::HandedOver(generation, done.clone()), Message::Came(generation, report(done)))
        };
        Task::future(work).then(|(seen, answer)| Task::batch([Task::done(answer), Task::done(seen)]))
    }

    /// Lists the files with one of these extensions on all USB sticks.
    pub(super) fn look_for(
        &self,
        endings: &'static [&'static str],
        found: Box<dyn FnOnce(Vec<PathBuf>) -> ScreenMessage + Send>,
    ) -> Task<Message> {
        let work = on_thread("kiosk-files", move || Ok::<_, Error>(usb::files(&usb::sticks(), endings)));
        self.owned(Task::future(async move { found(work.await.unwrap_or_default()) }))
    }
}

fn place(sticks: Vec<PathBuf>, exports: &Path) -> PathBuf {
    sticks.into_iter().next().map_or_else(|| exports.to_owned(), |stick| stick.join(FOLDER))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stick_that_is_plugged_in_wins_over_the_exports() {
        let exports = Path::new("data/exports");
        assert_eq!(place(vec![], exports), exports);
        assert_eq!(place(vec!["U".into(), "V".into()], exports), Path::new("U").join(FOLDER));
    }
}
