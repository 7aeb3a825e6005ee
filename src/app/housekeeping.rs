//! Daily chores: closing yesterday, laying out sessions, the nightly backup and its copy. A
//! failed chore is retried with growing waits until it succeeds.

use std::time::Duration;

use chrono::{NaiveDate, Timelike};
use daycare_core::appointment::Closure;
use daycare_core::audit::Actor;
use daycare_core::chore::{Chore, Late};
use daycare_core::clock_doubt::{ClockDoubt, UsualStarts};
use daycare_core::expiry::{self, Ending, Expiry};
use daycare_core::time::Moment;
use daycare_store::handle::StoreHandle;
use daycare_store::{Store, backup, setting};
use futures::FutureExt;
use iced::Task;

use crate::config;
use crate::error::Result;
use crate::health;
use crate::i18n::dates::{holidays_known_until, legal_holiday, statutory_holiday};
use crate::sync_client::Identity;
use crate::ui::screens::Ctx;

/// Results of background work.
#[derive(Debug, Clone)]
pub enum Message {
    /// The result of one chore for this local day.
    Kept(Chore, NaiveDate, Result<()>),
    /// The result of saving that the program is running.
    Alive(Result<()>),
    /// The minute's check was read: late backups, expiries, the hub's clock.
    Looked(Result<Looked>),
    /// What is needed to judge the clock at start was read.
    ClockKnown(Result<ClockKnown>),
}

/// Today's progress of each chore, and what is known of the clock.
#[derive(Debug, Default)]
pub struct State {
    progress: [Progress; Chore::ALL.len()],
    /// Chores whose last backup or copy is too old.
    old: Late,
    /// Whether the clock was checked against the newest record at start.
    checked: bool,
    /// Time of the newest record when the program started.
    newest: Option<Moment>,
    /// Number of the last audit trail line when the program started.
    since_line: i64,
    /// How far the hub's clock is ahead in ms; and its value when staff confirmed that the local
    /// clock is right.
    hub_offset_ms: Option<i64>,
    believed_offset_ms: Option<i64>,
    /// Wall clock and monotonic time of the last check.
    seen: Option<(Moment, Duration)>,
}

/// What the clock is judged by at start.
#[derive(Debug, Clone)]
pub struct ClockKnown {
    newest: Option<Moment>,
    doubt: Option<ClockDoubt>,
    usual: Option<UsualStarts>,
    line: i64,
}

/// The result of the check made every minute.
#[derive(Debug, Clone)]
pub struct Looked {
    /// Whether the last backup or its copy is too old.
    pub late: Late,
    /// What expires soon: holidays, health data, the certificate.
    pub ending: Vec<Ending>,
    /// How far the hub's clock is ahead in ms; `None` without a recent sync.
    pub hub_offset_ms: Option<i64>,
}

/// A hub clock reading older than this is not used.
const FRESH_MS: i64 = 3_600_000;

/// Progress of one chore.
#[derive(Debug, Clone, Copy, Default)]
struct Progress {
    done: Option<NaiveDate>,
    under_way: bool,
    failures: u32,
    /// Monotonic time before which it is not retried.
    next: Duration,
}

/// Retries wait 1, 2, 4, … minutes, at most this many.
const LONGEST_WAIT_MINUTES: u64 = 60;
/// A chore that failed this many times in a row is reported to staff.
const LATE_FAILURES: u32 = 3;
/// A backup older than this many days is reported to staff.
const LATE_DAYS: i64 = 2;

impl State {
    /// Starts the chores that are due. Called every minute; usually there are none.
    pub fn due(&mut self, cx: &Ctx) -> Task<Message> {
        if !self.checked {
            let known = cx.store.read(|store| {
                Ok(ClockKnown {
                    newest: store.newest_record()?,
                    doubt: store.noted_clock_doubt()?,
                    usual: store.usual_starts()?,
                    line: store.last_line()?,
                })
            });
            return Task::perform(known, Message::ClockKnown);
        }
        // While the clock is in doubt no day is closed, no backup removed, no record dated.
        if cx.clock_doubt.is_some() {
            return ask_late(cx);
        }
        let running = cx.store.write(Store::note_running);
        let mut tasks = vec![Task::perform(running, Message::Alive)];
        let (today, now) = (cx.clock.today(), cx.clock.monotonic());
        for chore in Chore::ALL {
            // The copy waits for today's backup.
            let waits = chore == Chore::Copy && self.progress[Chore::Backup as usize].done != Some(today);
            let progress = &mut self.progress[chore as usize];
            let due = progress.done != Some(today) && !progress.under_way && now >= progress.next && !waits;
            if due && may_begin(chore, cx) {
                progress.under_way = true;
                tasks.push(begin(chore, today, cx));
            }
        }
        tasks.push(ask_late(cx));
        Task::batch(tasks)
    }

    /// Judges the clock at start; `None` if there is no reason to doubt it.
    pub fn check(
        &mut self,
        ClockKnown { newest, doubt, usual, line }: ClockKnown,
        cx: &Ctx,
    ) -> Option<ClockDoubt> {
        (self.checked, self.newest, self.since_line) = (true, newest, line);
        let noted = doubt.filter(|doubt| *doubt != ClockDoubt::Behind);
        let unusual = || usual.and_then(|usual| usual.doubt(cx.clock.now(), cx.clock.zone()));
        ClockDoubt::at_start(cx.clock.now(), newest).or(noted).or_else(unusual)
    }

    /// Compares the wall clock with monotonic time. Returns the present doubt, and by how many
    /// milliseconds the clock was set since the last check.
    pub fn watch(&mut self, cx: &Ctx) -> (Option<ClockDoubt>, Option<i64>) {
        let (wall, gone) = (cx.clock.now(), cx.clock.monotonic());
        let seen = self.seen.replace((wall, gone));
        let set_by = seen.and_then(|(before, then)| {
            let elapsed = i64::try_from(gone.saturating_sub(then).as_millis()).unwrap_or(i64::MAX);
            ClockDoubt::jump(wall.0 - before.0, elapsed)
        });
        // A machine without an RTC battery starts in the past until a network or staff set its
        // clock; once past the newest record it is trusted.
        if cx.clock_doubt == Some(ClockDoubt::Behind) {
            return (ClockDoubt::at_start(wall, self.newest), set_by);
        }
        (set_by.map(|_| ClockDoubt::Jumped).or(cx.clock_doubt), set_by)
    }

    /// Number of the last audit trail line when the program started.
    #[must_use]
    pub fn since_line(&self) -> i64 {
        self.since_line
    }

    /// Accepts the clock as staff confirmed it, including its offset to the hub.
    pub fn believe(&mut self, cx: &Ctx) {
        self.seen = Some((cx.clock.now(), cx.clock.monotonic()));
        self.believed_offset_ms = self.hub_offset_ms;
    }

    /// Judges the clock by the hub's; the outer `None` means there is no recent offset.
    pub fn held_against_hub(&mut self, offset_ms: Option<i64>) -> Option<Option<ClockDoubt>> {
        self.hub_offset_ms = offset_ms;
        let offset_ms = offset_ms?;
        let believed = self.believed_offset_ms.is_some_and(|known| (known - offset_ms).abs() < FRESH_MS);
        Some(ClockDoubt::by_hub(offset_ms).filter(|_| !believed))
    }

    /// Records the result of a chore; a failed one is retried later.
    pub fn done(&mut self, chore: Chore, today: NaiveDate, done: &Result<()>, now: Duration) {
        let progress = &mut self.progress[chore as usize];
        progress.under_way = false;
        if let Err(error) = done {
            tracing::error!("{chore}: {error}");
            let minutes = 1u64.checked_shl(progress.failures).unwrap_or(LONGEST_WAIT_MINUTES);
            progress.next = now + Duration::from_secs(60 * minutes.min(LONGEST_WAIT_MINUTES));
            progress.failures += 1;
        } else {
            // Erasures can arrive at any time, so this chore is never done for the day.
            let done = (chore != Chore::Forget).then_some(today);
            *progress = Progress { done, ..Progress::default() };
        }
    }

    /// Stores which backups are too old.
    pub fn looked_at(&mut self, old: Late) {
        self.old = old;
    }

    /// What staff must be told: chores that keep failing, and backups that are too old.
    #[must_use]
    pub fn late(&self) -> Late {
        let failing = |chore: &Chore| self.progress[*chore as usize].failures >= LATE_FAILURES;
        Chore::ALL.into_iter().filter(failing).fold(self.old, Late::with)
    }
}

fn may_begin(chore: Chore, cx: &Ctx) -> bool {
    let config = &cx.config.storage;
    // A fixed clock means a test or preset, whose data needs no backup.
    let late_enough = || cx.clock.local().hour() >= config.backup_hour && !cx.clock.is_fixed();
    match chore {
        Chore::Close | Chore::LayOut | Chore::Forget => true,
        Chore::Backup => late_enough(),
        Chore::Copy => late_enough() && !config.backup_copy.as_os_str().is_empty(),
    }
}

fn begin(chore: Chore, today: NaiveDate, cx: &Ctx) -> Task<Message> {
    let (config, store) = (cx.config.storage.clone(), cx.store.clone());
    let work = match chore {
        Chore::Close => store.write(move |store| close(store, today)),
        Chore::LayOut => store.write(move |store| lay_out(store, today)),
        Chore::Forget => store.write(Store::forget_what_is_noted),
        Chore::Backup => back_up(store, config, today).boxed(),
        Chore::Copy => copy(store, config, today).boxed(),
    };
    Task::perform(work, move |done| Message::Kept(chore, today, done))
}

fn close(store: &mut Store, today: NaiveDate) -> Result<()> {
    store.close_days_before_today()?;
    store.close_shifts_before_today()?;
    store.close_waiting_lists()?;
    if let Some(yesterday) = today.pred_opt() {
        store.close_appointments(Actor::Program, yesterday)?;
    }
    Ok(())
}

fn lay_out(store: &mut Store, today: NaiveDate) -> Result<()> {
    store.seed_closures(&holidays(today))?;
    store.lay_out_sessions()?;
    store.open_places()
}

/// Holidays of the next 60 days, further than sessions are laid out. Years that are not
/// announced yet use the holidays fixed by law.
fn holidays(today: NaiveDate) -> Vec<Closure> {
    let name = |day: NaiveDate| {
        if day > holidays_known_until() {
            statutory_holiday(day).map(str::to_owned)
        } else {
            legal_holiday(day)
        }
    };
    let days = today.iter_days().take(60);
    days.filter_map(|day| Some(Closure { day, name: name(day)? })).collect()
}

/// Makes the daily backup, in the background. It is recorded as done before old ones are
/// thinned: an old folder that cannot be removed must not cause further backups.
async fn back_up(store: StoreHandle, config: config::Storage, today: NaiveDate) -> Result<()> {
    let day = today.to_string();
    if store.read(|store| store.setting(setting::LAST_BACKUP)).await?.as_deref() != Some(&day) {
        let _ = store.beside(backup::create).await?;
        store.write(move |store| store.set_setting(Actor::Program, setting::LAST_BACKUP, &day)).await?;
    }
    store.beside(move |store| backup::thin(store.paths(), config.backups_kept)).await
}

/// Copies the newest backup to the second place, and thins the copies there.
async fn copy(store: StoreHandle, config: config::Storage, today: NaiveDate) -> Result<()> {
    let forgotten =
        store.beside(move |store| backup::keep_copy(store, &config.backup_copy, config.backups_kept)).await?;
    let note = move |store: &mut Store| {
        if let Some(mark) = forgotten {
            store.second_place_forgot(&mark)?;
        }
        if store.setting(setting::LAST_COPY)?.as_deref() != Some(&today.to_string()) {
            store.set_setting(Actor::Program, setting::LAST_COPY, &today.to_string())?;
        }
        Ok(())
    };
    store.write(note).await
}

/// Reads the age of the backups, what expires soon, and the hub's clock.
fn ask_late(cx: &Ctx) -> Task<Message> {
    if cx.clock.is_fixed() {
        return Task::none();
    }
    let (today, config) = (cx.clock.today(), cx.config.storage.clone());
    let read = cx.store.read(move |store| {
        let old = |key: &str| -> Result<bool> {
            let last = store.setting(key)?.and_then(|day| day.parse::<NaiveDate>().ok());
            let first = store.first_day()?;
            Ok(last.or(first).is_some_and(|day| (today - day).num_days() > LATE_DAYS))
        };
        let mut late = Late::default();
        if old(setting::LAST_BACKUP)? {
            late = late.with(Chore::Backup);
        }
        if !config.backup_copy.as_os_str().is_empty() && old(setting::LAST_COPY)? {
            late = late.with(Chore::Copy);
        }
        let zone = store.clock().zone();
        let certificate = Identity::load(store.paths())?.map(|own| own.not_after.day(zone));
        let endings =
            [(Expiry::Holidays, holidays_known_until()), (Expiry::Health, health::reviewed_until())];
        let endings = endings.into_iter().chain(certificate.map(|day| (Expiry::Certificate, day)));
        // Only a recent offset says anything about the clock as it is now.
        let now = store.clock().now();
        let fresh = |at: Moment| (now.0 - at.0).abs() < FRESH_MS;
        let hub = store.sync_state()?.filter(|state| state.synced_at.is_some_and(fresh));
        let hub_offset_ms = hub.map(|state| state.offset_ms);
        Ok(Looked { late, ending: expiry::soon(endings, today), hub_offset_ms })
    });
    Task::perform(read, Message::Looked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    #[test]
    fn a_hub_whose_clock_is_wrong_is_asked_about_once() {
        let mut state = State::default();
        assert_eq!(state.held_against_hub(None), None, "no hub, or not heard lately");
        assert_eq!(state.held_against_hub(Some(8 * FRESH_MS)), Some(Some(ClockDoubt::Hub)));
        state.believed_offset_ms = state.hub_offset_ms;
        assert_eq!(state.held_against_hub(Some(8 * FRESH_MS + 60_000)), Some(None));
        assert_eq!(state.held_against_hub(Some(-8 * FRESH_MS)), Some(Some(ClockDoubt::Hub)));
    }

    #[test]
    fn on_10_december_the_first_of_january_is_closed_although_nobody_has_announced_it() {
        let closed = holidays("2026-12-10".parse().expect("a day"));
        let new_year = closed.iter().find(|closure| closure.day.to_string() == "2027-01-01");
        assert_eq!(new_year.map(|closure| closure.name.as_str()), Some("元旦节"));
    }

    #[test]
    fn what_fails_is_tried_again_ever_more_rarely_and_is_late_after_the_third_time() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day");
        let mut state = State::default();
        let mut now = Duration::ZERO;
        let mut waits = Vec::new();
        for _ in 0..9 {
            state.done(Chore::Copy, today, &Err(Error::Busy), now);
            let next = state.progress[Chore::Copy as usize].next;
            waits.push(next.saturating_sub(now).as_secs() / 60);
            now = next;
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert!(state.late().has(Chore::Copy));
        assert!(!state.late().has(Chore::Backup), "one that fails holds no other");
        state.done(Chore::Copy, today, &Ok(()), now);
        assert!(!state.late().has(Chore::Copy));
    }
}
