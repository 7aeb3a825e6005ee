//! Phone numbers are hidden until asked for, then shown for half a minute; each look is
//! recorded in the audit trail.

use std::time::Duration;

use daycare_core::card::Holder;
use iced::Task;

use crate::error::Result;
use crate::reports::lists;
use crate::ui::screens::Ctx;

/// A number is hidden again after this.
const SHOWN: Duration = Duration::from_secs(30);

/// Whose number is shown, if anybody's.
#[derive(Debug, Default)]
pub struct Revealed(Option<(Holder, Duration)>);

impl Revealed {
    /// Shows a number, and records in the audit trail that it was looked at.
    pub fn show<M: Send + 'static>(
        &mut self,
        who: Holder,
        cx: &Ctx,
        noted: impl FnOnce(Result<()>) -> M + Send + 'static,
    ) -> Task<M> {
        self.0 = Some((who, cx.clock.monotonic() + SHOWN));
        note(who, cx, noted)
    }

    /// Hides it.
    pub fn hide(&mut self) {
        self.0 = None;
    }

    /// Whether somebody's number is shown.
    #[must_use]
    pub fn shows(&self, who: impl Into<Holder>) -> bool {
        let who = who.into();
        self.0.is_some_and(|(shown, _)| shown == who)
    }

    /// The number, hidden unless it is revealed now.
    #[must_use]
    pub fn phone(&self, who: impl Into<Holder>, phone: &str) -> String {
        if self.shows(who) { phone.to_owned() } else { lists::hidden(phone) }
    }

    /// A second has passed.
    pub fn tick(&mut self, now: Duration) {
        if self.0.is_some_and(|(_, until)| now >= until) {
            self.0 = None;
        }
    }
}

/// Records in the audit trail that a number was looked at.
pub fn note<M: Send + 'static>(
    who: Holder,
    cx: &Ctx,
    noted: impl FnOnce(Result<()>) -> M + Send + 'static,
) -> Task<M> {
    let actor = cx.actor();
    let write = cx.store.write(move |store| store.note_phone_seen(actor, who));
    Task::perform(write, noted)
}
