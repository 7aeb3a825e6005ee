//! The only place that reads the time.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{NaiveDate, NaiveDateTime};

use crate::time::Moment;

/// Time since the machine began, asleep or not.
#[cfg(target_os = "linux")]
fn since_boot() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    let seconds = u64::try_from(now.tv_sec).unwrap_or(0);
    Duration::new(seconds, u32::try_from(now.tv_nsec).unwrap_or(0))
}

/// Time since this was first asked; some systems count time asleep, some do not.
#[cfg(not(target_os = "linux"))]
#[expect(clippy::disallowed_methods, reason = "the one place that reads the time")]
fn since_boot() -> Duration {
    static FIRST: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    FIRST.get_or_init(std::time::Instant::now).elapsed()
}

/// Wall time, monotonic time and the centre's zone.
#[derive(Debug, Clone)]
pub struct Clock {
    source: Source,
    zone: chrono_tz::Tz,
}

#[derive(Debug, Clone)]
enum Source {
    Real { started: Duration },
    Fixed(Arc<Fixed>),
}

#[derive(Debug)]
struct Fixed {
    wall_ms: AtomicI64,
    monotonic_ms: AtomicI64,
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn real(zone: chrono_tz::Tz) -> Self {
        Self { source: Source::Real { started: since_boot() }, zone }
    }

    /// A clock that moves only when [`Clock::advance`] says so: for tests and presets.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use daycare_core::clock::Clock;
    /// use daycare_core::time::Moment;
    ///
    /// let clock = Clock::fixed(Moment(0), chrono_tz::Asia::Shanghai);
    /// clock.advance(Duration::from_secs(90));
    /// assert_eq!(clock.now(), Moment(90_000), "milliseconds of UTC");
    /// assert_eq!(clock.local().to_string(), "1970-01-01 08:01:30");
    /// ```
    #[must_use]
    pub fn fixed(at: Moment, zone: chrono_tz::Tz) -> Self {
        let fixed = Fixed {
            wall_ms: AtomicI64::new(at.0),
            // Not zero: a guard must not take the first second for "just changed".
            monotonic_ms: AtomicI64::new(10_000),
        };
        Self { source: Source::Fixed(Arc::new(fixed)), zone }
    }

    /// Now.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the time")]
    pub fn now(&self) -> Moment {
        match &self.source {
            Source::Real { .. } => Moment::from_utc(chrono::Utc::now()),
            Source::Fixed(fixed) => Moment(fixed.wall_ms.load(Ordering::SeqCst)),
        }
    }

    /// Time since an arbitrary start; never goes back. On Linux time asleep counts.
    #[must_use]
    pub fn monotonic(&self) -> Duration {
        match &self.source {
            Source::Real { started } => since_boot().saturating_sub(*started),
            Source::Fixed(fixed) => {
                let ms = fixed.monotonic_ms.load(Ordering::SeqCst);
                Duration::from_millis(u64::try_from(ms).unwrap_or(0))
            }
        }
    }

    /// Moves a fixed clock forward; the real one takes no orders.
    pub fn advance(&self, by: Duration) {
        if let Source::Fixed(fixed) = &self.source {
            let ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
            fixed.monotonic_ms.fetch_add(ms, Ordering::SeqCst);
            fixed.wall_ms.fetch_add(ms, Ordering::SeqCst);
        }
    }

    /// Moves only the monotonic hand of a fixed clock: what a preset does
    /// before each pointer press, so guards open while the wall stands still.
    pub fn advance_monotonic(&self, by: Duration) {
        if let Source::Fixed(fixed) = &self.source {
            let ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
            fixed.monotonic_ms.fetch_add(ms, Ordering::SeqCst);
        }
    }

    /// Sets the wall of a fixed clock, as a wrong system clock would.
    pub fn set_wall(&self, at: Moment) {
        if let Source::Fixed(fixed) = &self.source {
            fixed.wall_ms.store(at.0, Ordering::SeqCst);
        }
    }

    /// Whether the clock moves only when told.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        matches!(self.source, Source::Fixed(_))
    }

    /// The centre's zone.
    #[must_use]
    pub fn zone(&self) -> chrono_tz::Tz {
        self.zone
    }

    /// What the clock on the wall shows.
    #[must_use]
    pub fn local(&self) -> NaiveDateTime {
        self.now().local(self.zone)
    }

    /// The business day of now.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.local().date()
    }
}
