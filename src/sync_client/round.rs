//! One round of sync: push until nothing is left, then pull.

use std::cmp::Ordering;

use daycare_core::time::Moment;
use daycare_store::handle::StoreHandle;
use daycare_store::paths::Paths;
use daycare_store::sync::{SoFar, State};
use daycare_sync::wire::{
    Head, Invitation, PAGE, PAGE_BYTES, Pulled, Pushed, Refused, Snapshot, SnapshotRow, Welcome,
};
use futures::executor::block_on;

use super::failure::Failure;
use super::identity::{self, Identity};
use super::wire::Wire;

/// The result of one sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Done {
    /// Operations that were pushed.
    pub pushed: usize,
    /// Changes that were applied.
    pub pulled: usize,
    /// Changes that no local table accepts.
    pub refused: usize,
}

/// Changes of the clock offset below this are not saved, so that most polls write nothing.
const A_SECOND_MS: i64 = 1_000;

/// The kiosk's time; 0 if the store fails, so that nothing counts as expired.
fn clock_of(store: &StoreHandle) -> Moment {
    block_on(store.read(|store| Ok(store.clock().now()))).unwrap_or(Moment(0))
}

/// Records once that this kiosk has joined a hub but lost its certificate.
pub(super) fn note_lost(store: &StoreHandle) {
    let word = Failure::Rejoin.word();
    let known = block_on(store.read(|store| store.sync_state()));
    if known.is_ok_and(|state| state.is_some_and(|state| state.trouble != word)) {
        drop(block_on(store.write(move |store| store.note_sync(word))));
    }
}

/// Changes applied per transaction: few enough that somebody signing in meanwhile does not
/// wait.
const AT_ONCE: usize = 50;

/// A certificate is renewed when it expires within this time.
const RENEW_MS: i64 = 30 * 86_400_000;

pub(super) fn has_unsent(store: &StoreHandle) -> bool {
    let unsent = block_on(store.read(|store| store.has_unsent()));
    unsent.unwrap_or(false)
}

/// Pushes and pulls once, and records how it went.
///
/// # Errors
/// The hub does not answer or refuses, or the store fails.
pub fn once(store: &StoreHandle, identity: &Identity, paths: &Paths) -> Result<Done, Failure> {
    let done = run(store, identity, paths).map_err(|trouble| match trouble {
        // TLS rejects an expired certificate without giving the reason.
        Failure::Offline(_) if identity.not_after < clock_of(store) => Failure::Rejoin,
        other => other,
    });
    let word = done.as_ref().err().map_or("", Failure::word);
    if matches!(done, Err(Failure::Refused(Refused::Wipe))) {
        // The kiosk was reported lost: all its data are removed.
        block_on(store.write(daycare_store::Store::wipe))?;
        Identity::forget(paths)?;
    } else {
        block_on(store.write(move |store| store.note_sync(word)))?;
    }
    done
}

fn run(store: &StoreHandle, identity: &Identity, paths: &Paths) -> Result<Done, Failure> {
    let wire = identity.wire()?;
    let Some(state) = block_on(store.read(|store| store.sync_state()))? else {
        // A wipe was interrupted; on this call the hub orders it again.
        let _: Head = wire.get("/v1/sync/head")?;
        return Ok(Done::default());
    };
    let Head { cseq: head, hub_time, at, received } = look(&wire, &state)?.ok_or(Failure::PutBack)?;
    let last = received.and_then(|of| match of.incarnation.cmp(&state.incarnation) {
        Ordering::Equal => Some(of.last),
        Ordering::Less => Some(0),
        Ordering::Greater => None,
    });
    if let Some(last) = last.filter(|last| *last < state.acked) {
        // The hub has lost operations that it had acknowledged: send them again.
        block_on(store.write(move |store| store.rewind(last + 1)))?;
    }
    if let Some(op) = at.filter(|_| state.cursor_op.is_none()) {
        block_on(store.write(move |store| store.note_cursor(state.cursor, op)))?;
    }
    let mut done = Done { pushed: push(store, &wire)?, ..Done::default() };
    reread(store, &wire, &mut done)?;
    if done.pushed > 0 || head > state.cursor {
        pull(store, &wire, &mut done)?;
    } else if (hub_time.0 - clock_of(store).0 - state.offset_ms).abs() > A_SECOND_MS {
        let nothing = Pulled { changes: vec![], head, hub_time };
        let _ = block_on(store.write(move |store| store.receive(&nothing)))?;
    }
    if identity.not_after.0 - clock_of(store).0 < RENEW_MS {
        renew(&wire, identity, paths)?;
    }
    Ok(done)
}

/// Head of the hub's log; `None` if it is not the log that this kiosk has pulled so far.
pub(super) fn look(wire: &Wire, state: &State) -> Result<Option<Head>, Failure> {
    let head: Head = wire.get(&format!("/v1/sync/head?after={}", state.cursor))?;
    let other = head.at.zip(state.cursor_op).is_some_and(|(there, received)| there != received);
    Ok((head.cseq >= state.cursor && !other).then_some(head))
}

fn push(store: &StoreHandle, wire: &Wire) -> Result<usize, Failure> {
    let mut pushed = 0;
    while let Some(batch) = block_on(store.read(|store| store.batch()))? {
        let incarnation = batch.incarnation;
        match wire.post::<Pushed>("/v1/sync/push", &batch) {
            Ok(answer) => {
                pushed += batch.ops.len();
                block_on(store.write(move |store| store.pushed(incarnation, &answer)))?;
            }
            Err(Failure::Refused(Refused::Gap { expect })) => {
                block_on(store.write(move |store| store.rewind(expect)))?;
            }
            // Another machine has used our operation numbers: this one is a copy, or was restored
            // without a new incarnation.
            Err(Failure::Refused(Refused::Fork { received, .. })) => {
                block_on(store.write(move |store| store.renumber(received)))?;
            }
            Err(other) => return Err(other),
        }
    }
    Ok(pushed)
}

fn pull(store: &StoreHandle, wire: &Wire, done: &mut Done) -> Result<(), Failure> {
    loop {
        let Some(state) = block_on(store.read(|store| store.sync_state()))? else { return Ok(()) };
        let pulled: Pulled = match wire
            .get(&format!("/v1/sync/pull?after={}&limit={PAGE}&bytes={PAGE_BYTES}", state.cursor))
        {
            Ok(pulled) => pulled,
            Err(Failure::Refused(Refused::SnapshotRequired)) => {
                snapshot(store, wire, done)?;
                continue;
            }
            Err(other) => return Err(other),
        };
        let last = pulled.changes.last().is_none_or(|change| change.number >= pulled.head);
        let Pulled { changes, head, hub_time } = pulled;
        let mut rest = changes.into_iter();
        loop {
            let slice = Pulled { changes: rest.by_ref().take(AT_ONCE).collect(), head, hub_time };
            let received = block_on(store.write(move |store| store.receive(&slice)))?;
            done.pulled += received.applied;
            done.refused += received.refused;
            if rest.len() == 0 {
                break;
            }
        }
        if last {
            return Ok(());
        }
    }
}

fn snapshot(store: &StoreHandle, wire: &Wire, done: &mut Done) -> Result<(), Failure> {
    // Operations made from now on are not in the snapshot.
    let Some(State { acked, .. }) = block_on(store.read(|store| store.sync_state()))? else { return Ok(()) };
    // On a bad connection it takes several syncs; each resumes where the last stopped.
    let begun = block_on(store.read(|store| store.snapshot_so_far()))?;
    let mut so_far = begun.unwrap_or(SoFar { last: None, head: None, acked });
    loop {
        let from = match &so_far.last {
            None => String::new(),
            Some(row) => format!("&table={}&key={}", encoded(&row.table), encoded(&row.key)),
        };
        let Snapshot { rows, head, more } =
            wire.get(&format!("/v1/sync/snapshot?bytes={PAGE_BYTES}{from}"))?;
        // Changes made while the pages are read are pulled from the log later.
        let _ = so_far.head.get_or_insert(head);
        let is_last = !more.unwrap_or(rows.len() == PAGE);
        so_far.last = rows.last().map(|row| row.row.clone()).or(so_far.last);
        let acked = so_far.acked;
        for rows in rows.chunks(AT_ONCE).map(<[SnapshotRow]>::to_vec) {
            done.refused += block_on(store.write(move |store| store.receive_rows(&rows, acked)))?;
        }
        if is_last {
            break;
        }
        let now = so_far.clone();
        block_on(store.write(move |store| store.note_snapshot(&now)))?;
    }
    let (head, acked) = (so_far.head.unwrap_or(0), so_far.acked);
    Ok(block_on(store.write(move |store| store.end_snapshot(head, acked)))?)
}

/// Reloads whole tables in which an older program version skipped rows or columns.
fn reread(store: &StoreHandle, wire: &Wire, done: &mut Done) -> Result<(), Failure> {
    let tables = block_on(store.read(|store| store.tables_to_reread()))?;
    for table in &tables {
        let mut after = String::new();
        loop {
            let Some(state) = block_on(store.read(|store| store.sync_state()))? else { return Ok(()) };
            let page: Snapshot = wire.get(&format!(
                "/v1/sync/snapshot?bytes={PAGE_BYTES}&table={}&key={}",
                encoded(table),
                encoded(&after)
            ))?;
            let theirs: Vec<SnapshotRow> =
                page.rows.into_iter().take_while(|row| row.row.table == *table).collect();
            let Some(last) = theirs.last() else { break };
            after.clone_from(&last.row.key);
            for rows in theirs.chunks(AT_ONCE).map(<[SnapshotRow]>::to_vec) {
                let acked = state.acked;
                done.refused += block_on(store.write(move |store| store.receive_rows(&rows, acked)))?;
            }
        }
    }
    if !tables.is_empty() {
        block_on(store.write(daycare_store::Store::note_reread))?;
    }
    Ok(())
}

/// Percent-encodes everything except letters, digits and `-_.`.
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

fn renew(wire: &Wire, identity: &Identity, paths: &Paths) -> Result<(), Failure> {
    let (key, csr) = identity::key()?;
    let welcome: Welcome = wire.post("/v1/renew", &csr)?;
    let renewed =
        Identity { key, certificate: welcome.certificate, not_after: welcome.not_after, ..identity.clone() };
    Ok(renewed.save(paths)?)
}

/// A one-time code, valid for ten minutes, with which another kiosk of this centre can join.
///
/// # Errors
/// The hub does not answer or refuses.
pub fn invite(identity: &Identity) -> Result<String, Failure> {
    let invitation: Invitation = identity.wire()?.post("/v1/invite", &())?;
    Ok(invitation.code)
}
