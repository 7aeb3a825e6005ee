//! The clock. This is the only module that reads the system time.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{NaiveDate, NaiveDateTime};

use crate::time::Moment;

/// Time since the machine was started, including time asleep.
#[cfg(target_os = "linux")]
fn since_boot() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    let seconds = u64::try_from(now.tv_sec).unwrap_or(0);
    Duration::new(seconds, u32::try_from(now.tv_nsec).unwrap_or(0))
}

/// Time since the first call. Some systems include time asleep, others do not.
#[cfg(not(target_os = "linux"))]
#[expect(clippy::disallowed_methods, reason = "the one place that reads the time")]
fn since_boot() -> Duration {
    static FIRST: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    FIRST.get_or_init(std::time::Instant::now).elapsed()
}

/// The wall clock, a monotonic clock and the centre's time zone.
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

    /// A clock that moves only through [`Clock::advance`]: for tests and presets.
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
            // Not zero, so that a guard does not treat the first second as "just changed".
            monotonic_ms: AtomicI64::new(10_000),
        };
        Self { source: Source::Fixed(Arc::new(fixed)), zone }
    }

    /// The current wall time.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the time")]
    pub fn now(&self) -> Moment {
        match &self.source {
            Source::Real { .. } => Moment::from_utc(chrono::Utc::now()),
            Source::Fixed(fixed) => Moment(fixed.wall_ms.load(Ordering::SeqCst)),
        }
    }

    /// Time since an arbitrary start; never goes back. On Linux it includes time asleep.
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

    /// Moves a fixed clock forward; has no effect on the real one.
    pub fn advance(&self, by: Duration) {
        if let Source::Fixed(fixed) = &self.source {
            let ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
            fixed.monotonic_ms.fetch_add(ms, Ordering::SeqCst);
            fixed.wall_ms.fetch_add(ms, Ordering::SeqCst);
        }
    }

    /// Moves only the monotonic time of a fixed clock. Presets do this before each pointer
    /// press, so that guards expire while the wall clock stands still.
    pub fn advance_monotonic(&self, by: Duration) {
        if let Source::Fixed(fixed) = &self.source {
            let ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
            fixed.monotonic_ms.fetch_add(ms, Ordering::SeqCst);
        }
    }

    /// Sets the wall time of a fixed clock, to simulate a wrong system clock.
    pub fn set_wall(&self, at: Moment) {
        if let Source::Fixed(fixed) = &self.source {
            fixed.wall_ms.store(at.0, Ordering::SeqCst);
        }
    }

    /// Whether this is a fixed clock.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        matches!(self.source, Source::Fixed(_))
    }

    /// The centre's zone.
    #[must_use]
    pub fn zone(&self) -> chrono_tz::Tz {
        self.zone
    }

    /// The local wall time.
    #[must_use]
    pub fn local(&self) -> NaiveDateTime {
        self.now().local(self.zone)
    }

    /// The current business day, a local date.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.local().date()
    }
}
