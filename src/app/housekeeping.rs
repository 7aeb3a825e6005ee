//! What is done once a day: closing yesterday, laying out sessions, the nightly
//! backup.

use chrono::{NaiveDate, Timelike};
use iced::Task;

use super::Message;
use crate::domain::appointment::Closure;
use crate::domain::audit::Actor;
use crate::error::Result;
use crate::i18n::dates::legal_holiday;
use crate::screens::Ctx;
use crate::storage::{Store, backup, setting};

/// What was done today already.
#[derive(Debug, Default)]
pub struct State {
    closed: Option<NaiveDate>,
    backed_up: Option<NaiveDate>,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// A sign of life.
    Running,
    /// Earlier days are closed.
    Closed(NaiveDate),
    /// A backup was written and checked.
    BackedUp(NaiveDate),
}

impl State {
    /// Starts what is due. Asked every minute; most times nothing is.
    pub fn due(&mut self, cx: &Ctx) -> Task<Message> {
        let today = cx.clock.today();
        let mut tasks = Vec::new();
        let running = cx.store.write(|store| store.note_running().map(|()| Done::Running));
        tasks.push(Task::perform(running, Message::Kept));
        if self.closed != Some(today) {
            self.closed = Some(today);
            let close = cx.store.write(move |store| {
                store.close_days_before_today()?;
                store.close_shifts_before_today()?;
                store.close_waiting_lists()?;
                if let Some(yesterday) = today.pred_opt() {
                    store.close_appointments(Actor::Program, yesterday)?;
                }
                store.seed_closures(&holidays(today))?;
                store.lay_out_sessions()?;
                store.open_places()?;
                Ok(Done::Closed(today))
            });
            tasks.push(Task::perform(close, Message::Kept));
        }
        let late_enough = cx.clock.local().hour() >= cx.config.storage.backup_hour;
        // A preset's centre lives as long as its test; there is nothing to keep.
        if late_enough && self.backed_up != Some(today) && !cx.clock.is_fixed() {
            self.backed_up = Some(today);
            let config = cx.config.storage.clone();
            let write = cx.store.write(move |store| nightly(store, &config, today));
            tasks.push(Task::perform(write, Message::Kept));
        }
        Task::batch(tasks)
    }

    /// Notes what came of it; a failed backup is tried again next minute.
    pub fn done(&mut self, done: Result<Done>) {
        if let Err(error) = done {
            tracing::error!("housekeeping: {error}");
            self.backed_up = None;
        }
    }
}

/// Legal holidays of the coming weeks, further than sessions are laid out.
fn holidays(today: NaiveDate) -> Vec<Closure> {
    let days = today.iter_days().take(60);
    days.filter_map(|day| Some(Closure { day, name: legal_holiday(day)? })).collect()
}

/// One backup a day, copied to the second place where one is set, the oldest
/// removed.
fn nightly(store: &mut Store, config: &crate::config::Storage, today: NaiveDate) -> Result<Done> {
    let done = Ok(Done::BackedUp(today));
    if store.setting(setting::LAST_BACKUP)?.as_deref() == Some(&today.to_string()) {
        return done;
    }
    let folder = backup::create(store)?;
    if !config.backup_copy.as_os_str().is_empty() {
        let name = folder.file_name().unwrap_or_default();
        backup::write(store, &config.backup_copy.join(name))?;
    }
    backup::thin(store.paths(), config.backups_kept)?;
    store.set_setting(Actor::Program, setting::LAST_BACKUP, &today.to_string())?;
    done
}
