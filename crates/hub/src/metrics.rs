//! Metrics of this hub, in the format of Prometheus. No names, no centres.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Upper bounds of the histogram buckets, in milliseconds.
const CLASSES: [u64; 9] = [5, 10, 25, 50, 100, 250, 500, 1000, 5000];

/// Counted since this hub started.
#[derive(Debug, Default)]
pub(super) struct Metrics {
    pushes: AtomicU64,
    ops: AtomicU64,
    pulls: AtomicU64,
    refused: AtomicU64,
    failed: AtomicU64,
    strangers: AtomicU64,
    push_ms: [AtomicU64; 10],
    push_ms_sum: AtomicU64,
}

impl Metrics {
    pub(super) fn pushed(&self, ops: usize, took: Duration) {
        let _ = self.pushes.fetch_add(1, Ordering::Relaxed);
        let _ = self.ops.fetch_add(ops as u64, Ordering::Relaxed);
        let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let class = CLASSES.iter().position(|end| ms <= *end).unwrap_or(CLASSES.len());
        let _ = self.push_ms[class].fetch_add(1, Ordering::Relaxed);
        let _ = self.push_ms_sum.fetch_add(ms, Ordering::Relaxed);
    }

    pub(super) fn pulled(&self) {
        let _ = self.pulls.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn ended(&self, refusal: &super::Refusal) {
        let counter = match refusal {
            super::Refusal::Protocol(_) => &self.refused,
            super::Refusal::Stranger => &self.strangers,
            super::Refusal::Broken(_) => &self.failed,
        };
        let _ = counter.fetch_add(1, Ordering::Relaxed);
    }

    /// The metrics in the text format.
    pub(super) fn text(&self, (busy, waiting): (usize, usize)) -> String {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let mut text = String::new();
        for (name, help, counter) in [
            ("pushes_total", "Batches taken", &self.pushes),
            ("ops_total", "Ops in them", &self.ops),
            ("pulls_total", "Pulls answered", &self.pulls),
            ("refused_total", "Calls refused by the protocol", &self.refused),
            ("strangers_total", "Calls without a valid certificate or code", &self.strangers),
            ("failed_total", "Calls that failed here", &self.failed),
        ] {
            let _ = writeln!(
                text,
                "# HELP kiosk_hub_{name} {help}\n# TYPE kiosk_hub_{name} counter\nkiosk_hub_{name} {}",
                read(counter)
            );
        }
        let _ = writeln!(
            text,
            "# HELP kiosk_hub_connections Database connections in use\n# TYPE kiosk_hub_connections gauge\nkiosk_hub_connections {busy}"
        );
        let _ = writeln!(
            text,
            "# HELP kiosk_hub_waiting Calls that wait for a connection\n# TYPE kiosk_hub_waiting gauge\nkiosk_hub_waiting {waiting}"
        );
        let _ =
            writeln!(text, "# HELP kiosk_hub_push_ms Duration of a push\n# TYPE kiosk_hub_push_ms histogram");
        let mut sum = 0;
        for (class, counter) in self.push_ms.iter().enumerate() {
            sum += read(counter);
            let end = CLASSES.get(class).map_or_else(|| "+Inf".to_owned(), ToString::to_string);
            let _ = writeln!(text, "kiosk_hub_push_ms_bucket{{le=\"{end}\"}} {sum}");
        }
        let _ = writeln!(
            text,
            "kiosk_hub_push_ms_sum {}\nkiosk_hub_push_ms_count {sum}",
            read(&self.push_ms_sum)
        );
        text
    }
}
