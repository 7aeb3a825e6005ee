//! How long somebody of the staff is signed in, and what waits for them.

use std::time::Duration;

use iced::Task;

use super::{App, Message};
use crate::domain::welfare::{Cared, State};
use crate::screens::Waiting;

impl App {
    /// The red numbers; and whether the account was ended or signed out by
    /// somebody else meanwhile.
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

    /// Nobody has touched the screen for a while, or it was open for too long.
    pub(super) fn staff_time_is_over(&self, now: Duration) -> bool {
        let screen = &self.cx.config.screen;
        let idle = now.saturating_sub(self.last_touch) >= Duration::from_secs(screen.staff_idle_seconds);
        let long = Duration::from_secs(screen.staff_session_minutes * 60);
        idle || now.saturating_sub(self.unlocked_since) >= long
    }
}
