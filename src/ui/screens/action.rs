//! What a screen may ask of the application: a closed list.

use std::path::PathBuf;

use daycare_core::staff::Staff;
use iced::Task;

use super::ctx::Sight;
use super::document::Document;
use super::route::Route;
use crate::i18n::Lang;

/// What a screen asks of the application.
#[must_use]
pub enum Action<M> {
    /// Nothing.
    None,
    /// Run this and tell the screen.
    Run(Task<M>),
    /// Go there.
    Go(Route),
    /// Speak this language until the visitor leaves.
    Speak(Lang),
    /// Show it like this until the visitor leaves.
    See(Sight),
    /// The right PIN was given.
    Unlocked(Staff),
    /// Lock the staff screens.
    Lock,
    /// The centre is set up: read it anew and show the first page.
    Founded,
    /// Show the demo centre.
    Demo,
    /// Print it, or save it where there is no printer.
    Print(Document<M>),
    /// Save it: on a stick if one is plugged in.
    Save(Document<M>),
    /// Look for files with these endings on the sticks.
    Look(&'static [&'static str], Box<dyn FnOnce(Vec<PathBuf>) -> M + Send>),
    /// Photos or names of the centre have changed: read them anew, and run this.
    Reread(Task<M>),
    /// Staff say that the clock is right, and that is on disk.
    BelieveClock,
    /// Ring the bell once.
    Ring,
    /// Ask the blood pressure device for a measurement.
    Cuff,
}

impl<M: Send + 'static> Action<M> {
    /// The same for the messages of whatever is around the screen.
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
