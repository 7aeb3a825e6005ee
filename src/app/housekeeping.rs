//! What is done once a day: closing yesterday, laying out sessions, the nightly
//! backup and its copy. Each is tried again by itself until it is done.

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
use crate::link::Identity;
use crate::ui::screens::Ctx;

/// What went on.
#[derive(Debug, Clone)]
pub enum Message {
    /// The night's work was done, or not.
    Kept(Chore, NaiveDate, Result<()>),
    /// A sign of life is on disk, or not.
    Alive(Result<()>),
    /// What is late, what ends soon, and what the hub says of the clock.
    Looked(Result<Looked>),
    /// The newest record came, and a doubt of before.
    ClockKnown(Result<ClockKnown>),
}

/// How far each is today.
#[derive(Debug, Default)]
pub struct State {
    progress: [Progress; Chore::ALL.len()],
    /// Backups that are too old.
    old: Late,
    /// The clock was held against the newest record.
    checked: bool,
    /// The newest record at the start.
    newest: Option<Moment>,
    /// The trail's last line at the start.
    since_line: i64,
    /// How far the hub's clock is ahead, and how far it was when staff said that
    /// this one is right.
    hub_offset_ms: Option<i64>,
    believed_offset_ms: Option<i64>,
    /// The wall clock and the time gone by when it was last looked at.
    seen: Option<(Moment, Duration)>,
}

/// What is known of the clock at the start.
#[derive(Debug, Clone)]
pub struct ClockKnown {
    newest: Option<Moment>,
    doubt: Option<ClockDoubt>,
    usual: Option<UsualStarts>,
    line: i64,
}

/// What was looked at every minute.
#[derive(Debug, Clone)]
pub struct Looked {
    /// Backups that are too old.
    pub late: Late,
    /// What ends soon.
    pub ending: Vec<Ending>,
    /// How far the hub's clock is ahead, where it said so lately.
    pub hub_offset_ms: Option<i64>,
}

/// What the hub said of its clock holds for so long.
const FRESH_MS: i64 = 3_600_000;

/// How far one chore has come.
#[derive(Debug, Clone, Copy, Default)]
struct Progress {
    done: Option<NaiveDate>,
    under_way: bool,
    failures: u32,
    /// Not tried before this.
    next: Duration,
}

/// After the first failure it is tried again in a minute, then in two, four and
/// so on, at most in an hour.
const LONGEST_WAIT_MINUTES: u64 = 60;
/// Failed so often, it is late.
const LATE_FAILURES: u32 = 3;
/// A backup older than this many days is late.
const LATE_DAYS: i64 = 2;

impl State {
    /// Starts what is due. Asked every minute; most times nothing is.
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
        // With a clock that may be wrong nothing is closed, thinned or dated.
        if cx.clock_doubt.is_some() {
            return ask_late(cx);
        }
        let running = cx.store.write(Store::note_running);
        let mut tasks = vec![Task::perform(running, Message::Alive)];
        let (today, now) = (cx.clock.today(), cx.clock.monotonic());
        for chore in Chore::ALL {
            // The copy is of today's backup.
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

    /// What is known of the clock came: whether it can be right.
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

    /// A minute has passed: the doubt there is now, and by how much the clock was set.
    pub fn watch(&mut self, cx: &Ctx) -> (Option<ClockDoubt>, Option<i64>) {
        let (wall, gone) = (cx.clock.now(), cx.clock.monotonic());
        let seen = self.seen.replace((wall, gone));
        let set_by = seen.and_then(|(before, then)| {
            let elapsed = i64::try_from(gone.saturating_sub(then).as_millis()).unwrap_or(i64::MAX);
            ClockDoubt::jump(wall.0 - before.0, elapsed)
        });
        // A machine without a battery starts in the past, until a network or staff
        // set its clock: past the newest record it is right.
        if cx.clock_doubt == Some(ClockDoubt::Behind) {
            return (ClockDoubt::at_start(wall, self.newest), set_by);
        }
        (set_by.map(|_| ClockDoubt::Jumped).or(cx.clock_doubt), set_by)
    }

    /// The trail's last line when the program began.
    #[must_use]
    pub fn since_line(&self) -> i64 {
        self.since_line
    }

    /// Staff say that the clock is right, also against the hub's.
    pub fn believe(&mut self, cx: &Ctx) {
        self.seen = Some((cx.clock.now(), cx.clock.monotonic()));
        self.believed_offset_ms = self.hub_offset_ms;
    }

    /// What the hub's clock says of this one; `None` where it says nothing new.
    pub fn held_against_hub(&mut self, offset_ms: Option<i64>) -> Option<Option<ClockDoubt>> {
        self.hub_offset_ms = offset_ms;
        let offset_ms = offset_ms?;
        let believed = self.believed_offset_ms.is_some_and(|known| (known - offset_ms).abs() < FRESH_MS);
        Some(ClockDoubt::by_hub(offset_ms).filter(|_| !believed))
    }

    /// Notes what came of one; a failed one is tried again later.
    pub fn done(&mut self, chore: Chore, today: NaiveDate, done: &Result<()>, now: Duration) {
        let progress = &mut self.progress[chore as usize];
        progress.under_way = false;
        if let Err(error) = done {
            tracing::error!("{chore}: {error}");
            let minutes = 1u64.checked_shl(progress.failures).unwrap_or(LONGEST_WAIT_MINUTES);
            progress.next = now + Duration::from_secs(60 * minutes.min(LONGEST_WAIT_MINUTES));
            progress.failures += 1;
        } else {
            // What may have to be forgotten is looked at every minute.
            let done = (chore != Chore::Forget).then_some(today);
            *progress = Progress { done, ..Progress::default() };
        }
    }

    /// The backups were looked at.
    pub fn looked_at(&mut self, old: Late) {
        self.old = old;
    }

    /// What staff must know of: failed again and again, or not done for days.
    #[must_use]
    pub fn late(&self) -> Late {
        let failing = |chore: &Chore| self.progress[*chore as usize].failures >= LATE_FAILURES;
        Chore::ALL.into_iter().filter(failing).fold(self.old, Late::with)
    }
}

fn may_begin(chore: Chore, cx: &Ctx) -> bool {
    let config = &cx.config.storage;
    // A preset's centre lives as long as its test; there is nothing to keep.
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

/// Holidays of the coming weeks, further than sessions are laid out. Of days that
/// are not announced yet, those that the law names.
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

/// One backup a day, beside everything else. That it is done is noted before the
/// old ones are thinned: a folder that cannot be removed makes no further backups.
async fn back_up(store: StoreHandle, config: config::Storage, today: NaiveDate) -> Result<()> {
    let day = today.to_string();
    if store.read(|store| store.setting(setting::LAST_BACKUP)).await?.as_deref() != Some(&day) {
        let _ = store.beside(backup::create).await?;
        store.write(move |store| store.set_setting(Actor::Program, setting::LAST_BACKUP, &day)).await?;
    }
    store.beside(move |store| backup::thin(store.paths(), config.backups_kept)).await
}

/// The newest backup at the second place, which is thinned as well.
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

/// Looks at how old the backups are, and at what ends soon.
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
        // Only what the hub has just said speaks of the clock as it is now.
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
