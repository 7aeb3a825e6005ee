//! Saving readings, and what a raised or critical one leads to.

use daycare_core::ids::CallId;
use daycare_core::visit::Source;
use iced::Task;

use super::{Measure, Message, RETRY, Stage, is_critical, is_raised};
use crate::error::Error;
use crate::ui::screens::{Action, Ctx, Route, Wish};

impl Measure {
    pub(super) fn save(&mut self, cx: &Ctx) -> Action<Message> {
        if self.saving || self.taken.is_empty() {
            return Action::None;
        }
        self.saving = true;
        self.retry_at = Some(cx.clock.monotonic() + RETRY);
        let (actor, taken) = (cx.actor(), self.taken.clone());
        self.sent.clone_from(&self.taken);
        let call = is_critical(&taken).then(|| *self.call.get_or_insert_with(CallId::new));
        let write = cx.store.write(move |store| store.add_readings(actor, &taken, call));
        Action::Run(Task::perform(write, Message::Saved))
    }

    /// Handles a successful save. Staff are shown as called only once the call is saved; readings
    /// taken meanwhile are saved before leaving.
    pub(super) fn saved(&mut self, cx: &Ctx) -> Action<Message> {
        (self.saving, self.retry_at) = (false, None);
        let sent = std::mem::take(&mut self.sent);
        self.called |= is_critical(&sent);
        self.raised |= sent.iter().any(|r| is_raised(r.kind, r.value));
        self.taken.retain(|taken| !sent.iter().any(|sent| sent.id == taken.id));
        self.call = None;
        if !self.taken.is_empty() {
            return self.save(cx);
        }
        if self.called {
            self.stage = Stage::Critical;
            return Action::Ring;
        }
        if self.raised && !self.raised_before {
            self.stage = Stage::Recheck;
            return Action::None;
        }
        Action::Go(self.origin_route())
    }

    /// Handles a failed save: the readings stay; a critical one rings and is retried
    /// automatically.
    pub(super) fn not_saved(&mut self, error: &Error, cx: &Ctx) -> Action<Message> {
        self.saving = false;
        let why = cx.i18n.error(error);
        if is_critical(&self.taken) {
            self.notice = Some(Err(cx.i18n.tr_with("measure-not-called", &[("why", why.into())])));
            return Action::Ring;
        }
        self.retry_at = None;
        self.notice = Some(Err(why));
        Action::None
    }

    /// Where measuring began: the clinic for an appointment, otherwise the person's health.
    pub(super) fn origin_route(&self) -> Route {
        if self.appointment.is_some() { Route::Clinic } else { Route::Health(self.id) }
    }

    pub(super) fn recheck(&self) -> Action<Message> {
        self.resident.clone().map_or(Action::None, |resident| {
            Action::Go(Route::Book(Wish::health_check(resident, Source::Staff)))
        })
    }
}
