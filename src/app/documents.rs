//! Where documents go: the printer, a stick, the exports; and files that are
//! found on a stick. Nothing here runs on the screen's thread.

use std::path::{Path, PathBuf};

use iced::Task;

use super::{App, Message};
use crate::app::screen::ScreenMessage;
use crate::devices::usb;
use crate::error::Error;
use crate::reports::files;
use crate::screens::document::{Document, Handed};
use crate::thread::on_thread;

/// Folder on a stick: what this program writes lies together.
const FOLDER: &str = "日间照料中心";

impl App {
    /// Prints, or where there is no printer saves.
    pub(super) fn print(&self, document: Document<ScreenMessage>) -> Task<Message> {
        if !self.devices.printer.is_there() {
            return self.save(document);
        }
        self.devices.printer.print(document.make);
        match document.told {
            Some(told) => self.owned(Task::done(told(Ok(Handed::Printing)))),
            None => Task::none(),
        }
    }

    /// Saves to a stick if one is plugged in, else among the exports.
    pub(super) fn save(&self, document: Document<ScreenMessage>) -> Task<Message> {
        let exports = self.cx.paths.exports();
        let Document { stem, extension, make, told } = document;
        let work = on_thread("kiosk-files", move || {
            let bytes = make()?;
            let place = place(usb::sticks(), &exports);
            files::save(&place, &stem, extension, &bytes).map(Handed::Filed)
        });
        match told {
            Some(told) => self.owned(Task::future(async move { told(work.await) })),
            None => Task::future(work).discard(),
        }
    }

    /// Looks for files with one of these endings on the sticks.
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
