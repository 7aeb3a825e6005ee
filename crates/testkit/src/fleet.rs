//! Many kiosks at once, each a thread with its own connection.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use daycare_core::clock::Clock;
use daycare_kiosk::sync_client::Identity;
use daycare_sync::SCHEMA;
use daycare_sync::hlc::Hlc;
use daycare_sync::op::{Edit, Fields, Op, RowKey};
use daycare_sync::wire::{Batch, Pulled, Pushed};
use serde_json::json;
use uuid::Uuid;

use crate::http_client::Caller;
use crate::hub::Hub;

/// The results of a run.
#[derive(Debug, Default)]
pub struct Seen {
    pub pushes: usize,
    pub ops: usize,
    pub failed: Vec<String>,
    /// Duration of each push in ms, sorted.
    pub times: Vec<f64>,
}

impl Seen {
    /// The given percentile of the push durations in ms.
    pub fn percentile(&self, percent: usize) -> f64 {
        let at = (self.times.len() * percent / 100).min(self.times.len().saturating_sub(1));
        self.times.get(at).copied().unwrap_or_default()
    }
}

/// An operation that inserts an open visit, as a kiosk pushes it.
pub fn arrival(clock: &Clock) -> Op {
    let id = Uuid::now_v7().simple().to_string();
    let fields: Fields = [
        ("id", json!(id)),
        ("resident_id", json!(Uuid::now_v7().simple().to_string())),
        ("arrived_at", json!(clock.now().0)),
        ("state", json!("open")),
        ("source", json!("card")),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    let (row, hlc) = (RowKey::new("visit", id), Hlc::default().next(clock.now()));
    Op { id: Uuid::now_v7(), row, hlc, schema: SCHEMA, edit: Edit::Insert(fields) }
}

/// Enrols `kiosks` kiosks, spread over `centres` centres.
pub fn let_in(hub: &Hub, centres: usize, kiosks: usize) -> Vec<Identity> {
    let centres: Vec<Uuid> = (0..centres).map(|at| hub.centre(&format!("社区{at}"))).collect();
    let codes: Vec<String> = (0..kiosks).map(|at| hub.code(centres[at % centres.len()])).collect();
    let let_in = Mutex::new(Vec::new());
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            let _ = scope.spawn(|| {
                while let Some(code) = codes.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let (identity, _) = daycare_kiosk::sync_client::enrol(code, None).expect("let in");
                    let_in.lock().expect("a lock").push(identity);
                }
            });
        }
    });
    let_in.into_inner().expect("a lock")
}

/// Each kiosk pushes a batch, pulls changes and pauses, until the time is up.
pub fn run(identities: &[Identity], batch: usize, pause: Duration, long: Duration) -> Seen {
    let seen = Mutex::new(Seen::default());
    let clock = Clock::real(chrono_tz::Asia::Shanghai);
    std::thread::scope(|scope| {
        for (at, identity) in identities.iter().enumerate() {
            let (seen, clock) = (&seen, &clock);
            let one = move || {
                let caller = Caller::of(identity);
                let (mut own, mut first, mut cursor) = (Seen::default(), 1, 0);
                // Spreads the starts over one pause.
                let (place, of) =
                    (u32::try_from(at).expect("few"), u32::try_from(identities.len()).expect("few"));
                std::thread::sleep(pause * place / of);
                let until = Instant::now() + long;
                while Instant::now() < until {
                    let ops: Vec<Op> = (0..batch).map(|_| arrival(clock)).collect();
                    let told = Batch { incarnation: 1, first, ops, seal: String::new() };
                    let begun = Instant::now();
                    match caller.tell::<Pushed>("/v1/sync/push", &told) {
                        Ok(pushed) if pushed.acked == first + batch as u64 - 1 => first += batch as u64,
                        other => own.failed.push(format!("{other:?}")),
                    }
                    own.times.push(begun.elapsed().as_secs_f64() * 1000.0);
                    own.pushes += 1;
                    own.ops += batch;
                    match caller.ask::<Pulled>(&format!("/v1/sync/pull?after={cursor}&limit=500")) {
                        Ok(pulled) => cursor = pulled.changes.last().map_or(cursor, |change| change.number),
                        Err(other) => own.failed.push(format!("{other:?}")),
                    }
                    std::thread::sleep(pause);
                }
                let mut all = seen.lock().expect("a lock");
                all.pushes += own.pushes;
                all.ops += own.ops;
                all.failed.extend(own.failed);
                all.times.extend(own.times);
            };
            let thread = std::thread::Builder::new().stack_size(512 * 1024);
            let _ = thread.spawn_scoped(scope, one).expect("a thread");
        }
    });
    let mut seen = seen.into_inner().expect("a lock");
    seen.times.sort_by(f64::total_cmp);
    seen
}
