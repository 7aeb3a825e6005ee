//! Visitor and staff sessions: how they end, their time limits, and the counters shown to
//! staff.

use std::time::Duration;

use daycare_core::welfare::{Cared, State};
use iced::Task;

use super::screen::ScreenMessage;
use super::state::{App, Message};
use crate::ui::screens::front::Passage;
use crate::ui::screens::staff::measure;
use crate::ui::screens::{Route, Sight, Waiting};

impl App {
    /// Updates both sessions for `route` and returns the route to open. The staff session ends
    /// when a resident's screen opens that staff did not open; the visitor changes when another
    /// person is identified.
    pub(super) fn passage(&mut self, route: Route) -> Route {
        let from = self.screen.leads_from();
        let passage = self.cx.staff.as_mut().map(|session| session.passes(route.clone(), from));
        let route = match passage {
            Some(Passage::Goes(route) | Passage::Returns(route)) => route,
            Some(Passage::Ends(route)) => {
                self.end_staff_session();
                route
            }
            None => route,
        };
        if !route.needs_staff() && !matches!(route, Route::Unlock) {
            self.wanted = None;
        }
        let next = route.visitor();
        if let (Some(before), Some(next)) = (self.visitor, next)
            && before.id != next.id
        {
            self.cx.i18n = self.cx.i18n.in_lang(self.home_lang);
            self.cx.sight = Sight::default();
        }
        if next.is_some() || route.needs_staff() {
            self.visitor = next;
        }
        route
    }

    /// Ends the staff session and shows the first page.
    pub(super) fn lock(&mut self) -> Task<Message> {
        if self.screen.is_unsaved_alarm() {
            return self.save_alarm();
        }
        self.end_staff_session();
        self.go(Route::FirstPage)
    }

    /// Retries saving the critical value instead of leaving the screen.
    pub(super) fn save_alarm(&mut self) -> Task<Message> {
        self.deliver(ScreenMessage::Measure(measure::Message::Save))
    }

    /// Ends the staff session. An unsaved form is kept for the same account only.
    pub(super) fn end_staff_session(&mut self) {
        let Some(session) = self.cx.staff.take() else { return };
        // The strip may name somebody, and its button is for staff only.
        self.strip = None;
        if self.screen.has_draft() {
            let _ = self.parked.insert(session.id, std::mem::take(&mut self.screen));
        }
    }

    /// Reads the red counters, and whether the account was ended or signed out elsewhere.
    pub(super) fn ask_waiting(&self) -> Task<Message> {
        let Some(staff) = self.cx.staff.as_ref().map(|staff| staff.id) else { return Task::none() };
        let since = self.staff_since;
        let read = self.cx.store.read(move |store| {
            let missed = |cared: &&Cared| cared.verdict.state == State::Missed;
            let waiting = Waiting {
                calls: store.open_calls()?.len(),
                missed: store.welfare()?.cared.iter().filter(missed).count(),
                decisions: store.undecided()?,
                clock_off_ms: store.sync_state()?.map_or(0, |state| state.offset_ms),
            };
            Ok((waiting, store.may_stay(staff, since)?))
        });
        Task::perform(read, move |answer| Message::Waiting(staff, answer))
    }

    /// Whether the staff session is over: no touch for too long, or open for too long.
    pub(super) fn staff_time_is_over(&self, now: Duration) -> bool {
        let screen = &self.cx.config.screen;
        let idle = now.saturating_sub(self.last_touch) >= Duration::from_secs(screen.staff_idle_seconds);
        let long = Duration::from_secs(screen.staff_session_minutes * 60);
        idle || now.saturating_sub(self.unlocked_since) >= long
    }
}
