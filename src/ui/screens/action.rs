//! The closed list of what a screen may ask of the application.

use std::path::PathBuf;

use daycare_core::staff::Staff;
use iced::Task;

use super::ctx::Sight;
use super::document::Document;
use super::route::Route;
use crate::i18n::Lang;

/// A request of a screen to the application.
#[must_use]
pub enum Action<M> {
    /// Nothing.
    None,
    /// Run this task and send its messages to the screen.
    Run(Task<M>),
    /// Open this route.
    Go(Route),
    /// Use this language until the visitor leaves.
    Speak(Lang),
    /// Use these display settings until the visitor leaves.
    See(Sight),
    /// This account entered its PIN correctly.
    Unlocked(Staff),
    /// Lock the staff screens.
    Lock,
    /// The centre was set up or joined: load it and show the first page.
    Founded,
    /// Open the demo centre.
    Demo,
    /// Print the document; without a printer, save it.
    Print(Document<M>),
    /// Save the document, to a USB stick if one is plugged in.
    Save(Document<M>),
    /// Find files with these extensions on USB sticks, and send the message made from them.
    Look(&'static [&'static str], Box<dyn FnOnce(Vec<PathBuf>) -> M + Send>),
    /// Photos or the centre's names have changed: reload them, and run this task.
    Reread(Task<M>),
    /// Staff confirmed that the clock is right, and this was saved.
    BelieveClock,
    /// Ring the bell once.
    Ring,
    /// Ask the blood pressure device for a measurement.
    Cuff,
}

impl<M: Send + 'static> Action<M> {
    /// Converts the screen's messages into those of its parent.
    pub fn map<N: Send + 'static>(self, wrap: fn(M) -> N) -> Action<N> {
        match self {
            Self::None => Action::None,
            Self::Run(task) => Action::Run(task.map(wrap)),
            Self::Go(route) => Action::Go(route),
            Self::Speak(lang) => Action::Speak(lang),
            Self::See(sight) => Action::See(sight),
            Self::Unlocked(staff) => Action::Unlocked(staff),
            Self::Lock => Action::Lock,
            Self::Founded => Action::Founded,
            Self::Demo => Action::Demo,
            Self::Print(document) => Action::Print(document.map(wrap)),
            Self::Save(document) => Action::Save(document.map(wrap)),
            Self::Look(endings, found) => Action::Look(endings, Box::new(move |files| wrap(found(files)))),
            Self::BelieveClock => Action::BelieveClock,
            Self::Ring => Action::Ring,
            Self::Reread(task) => Action::Reread(task.map(wrap)),
            Self::Cuff => Action::Cuff,
        }
    }
}
