//! A kiosk pushes its edits: one transaction, all of them or none.

use std::collections::BTreeMap;

use daycare_core::time::Moment;
use daycare_sync::admit::admit;
use daycare_sync::change::{Change, Outcome};
use daycare_sync::fault::Fault;
use daycare_sync::op::{Edit, Op, OpId, RowKey};
use daycare_sync::wire::Progress;
use daycare_sync::wire::{BATCH, Batch, Caller, Pushed, Refused};
use serde_json::Value;
use tokio_postgres::types::Json;
use uuid::Uuid;

use super::database::{self, Database};
use super::forget::Forgetting;
use super::{Answer, Refusal, SCHEMAS, affected};

/// Upper limit of op numbers, which no kiosk can ever reach.
const LAST: u64 = 1 << 60;

/// Processes a batch from a kiosk.
pub(super) async fn push(
    database: &Database,
    (centre, kiosk): (Uuid, Uuid),
    mut batch: Batch,
    (hub_time, forgetting): (Moment, &Forgetting),
) -> Answer<Pushed> {
    let is_number = (1..=LAST).contains(&batch.first);
    if batch.ops.is_empty() || batch.ops.len() > BATCH || !is_number {
        return Err(Refused::BadBody.into());
    }
    batch.ops.iter_mut().for_each(Op::without_nul);
    batch.seal.retain(|c| c != '\0');
    let batch = &batch;
    if batch.ops.iter().any(|op| !SCHEMAS.contains(&op.schema)) {
        return Err(Refused::Schema { min: *SCHEMAS.start(), max: *SCHEMAS.end() }.into());
    }
    let mut connection = database.connection().await?;
    let transaction = database::of_centre(&mut connection, centre).await?;
    // Only kiosks of the same centre wait for each other here, so that its log has no gaps.
    let statement = transaction.prepare_cached(include_str!("sql/lock_head.sql")).await?;
    let head: i64 = transaction.query_opt(&statement, &[&centre]).await?.ok_or(Refusal::Stranger)?.get(0);
    let statement = transaction.prepare_cached(include_str!("sql/get_kiosk.sql")).await?;
    let row = transaction.query_opt(&statement, &[&centre, &kiosk]).await?.ok_or(Refusal::Stranger)?;
    super::enrol::still_welcome(row.get(0))?;
    let received = Progress {
        incarnation: row.get::<_, i32>(1).cast_unsigned(),
        last: row.get::<_, i64>(2).cast_unsigned(),
    };
    let caller = Caller { kiosk, accounts: row.get(3) };
    let incarnation = batch.incarnation.cast_signed();
    let (first, end) = (batch.first.cast_signed(), batch.first.cast_signed() + 100);
    let statement = transaction.prepare_cached(include_str!("sql/list_sent.sql")).await?;
    let sent = transaction.query(&statement, &[&centre, &kiosk, &incarnation, &first, &end]).await?;
    let sent: BTreeMap<u64, OpId> =
        sent.iter().map(|row| (row.get::<_, i64>(0).cast_unsigned(), row.get(1))).collect();
    let (_, now) = admit(received, batch, &sent, Fault::None)?;
    // Ops already known, from this incarnation or an earlier one, already have a result.
    let ids: Vec<OpId> = batch.ops.iter().map(|op| op.id).collect();
    let statement = transaction.prepare_cached(include_str!("sql/list_known.sql")).await?;
    let known = transaction.query(&statement, &[&centre, &ids]).await?;
    let mut outcomes: BTreeMap<OpId, Outcome> =
        known.iter().filter_map(|row| Some((row.get(0), outcome_of(row.get(1))?))).collect();
    let mut fresh: Vec<(u64, &Op)> = Vec::new();
    for (number, op) in (batch.first..).zip(&batch.ops) {
        if !outcomes.contains_key(&op.id) && !fresh.iter().any(|(_, other)| other.id == op.id) {
            fresh.push((number, op));
        }
    }
    let mut erased = None;
    if !fresh.is_empty() {
        let ops: Vec<&Op> = fresh.iter().map(|(_, op)| *op).collect();
        let mut rows = affected::load(&transaction, centre, &ops).await?;
        let mut changes: Vec<(u64, &Op, Change)> = Vec::new();
        for (number, (kseq, op)) in (head.cast_unsigned() + 1..).zip(&fresh) {
            let change = rows.take(caller, op, number, hub_time);
            let _ = outcomes.insert(op.id, change.outcome.clone());
            changes.push((*kseq, op, change));
        }
        let last: BTreeMap<RowKey, u64> =
            changes.iter().map(|(.., change)| (change.row.clone(), change.number)).collect();
        add_to_log(&transaction, centre, kiosk, incarnation, &changes).await?;
        affected::store(&transaction, centre, &rows, &last).await?;
        decide_conflicts(&transaction, centre, &changes).await?;
        let head = head + i64::try_from(changes.len()).unwrap_or(i64::MAX);
        let statement = transaction.prepare_cached(include_str!("sql/set_head.sql")).await?;
        let _ = transaction.execute(&statement, &[&centre, &head]).await?;
        erased = forget_erased(&transaction, centre, &changes).await?;
    }
    note_received(&transaction, (centre, kiosk), now, batch).await?;
    transaction.commit().await?;
    if let Some(floor) = erased {
        forgetting.begin(database, centre, (0, floor));
    }
    // Acknowledges no further than this batch: later ops that another incarnation of this kiosk
    // pushed are not necessarily ops of this one.
    let acked = batch.first + batch.ops.len() as u64 - 1;
    Ok(Pushed { acked, outcomes: outcomes.into_iter().collect(), hub_time })
}

/// Records how far the operations of this kiosk were received, and the last seal of its audit
/// trail.
async fn note_received(
    transaction: &deadpool_postgres::Transaction<'_>,
    (centre, kiosk): (Uuid, Uuid),
    now: Progress,
    batch: &Batch,
) -> Answer<()> {
    let schema = batch.ops.iter().map(|op| op.schema).max().unwrap_or(0).cast_signed();
    let statement = transaction.prepare_cached(include_str!("sql/set_kiosk.sql")).await?;
    let (now_at, last) = (now.incarnation.cast_signed(), now.last.cast_signed());
    let _ = transaction.execute(&statement, &[&centre, &kiosk, &now_at, &last, &batch.seal, &schema]).await?;
    Ok(())
}

fn outcome_of(change: Value) -> Option<Outcome> {
    serde_json::from_value::<Change>(change).ok().map(|change| change.outcome)
}

async fn add_to_log(
    transaction: &deadpool_postgres::Transaction<'_>,
    centre: Uuid,
    kiosk: Uuid,
    incarnation: i32,
    changes: &[(u64, &Op, Change)],
) -> Answer<()> {
    let numbers: Vec<i64> = changes.iter().map(|(.., change)| change.number.cast_signed()).collect();
    let sent: Vec<i64> = changes.iter().map(|(kseq, ..)| kseq.cast_signed()).collect();
    let ids: Vec<OpId> = changes.iter().map(|(_, op, _)| op.id).collect();
    let raw: Vec<i64> = changes.iter().map(|(_, op, _)| op.hlc.to_bits().cast_signed()).collect();
    let schemas: Vec<i32> = changes.iter().map(|(_, op, _)| op.schema.cast_signed()).collect();
    let bodies: Vec<Json<&Change>> = changes.iter().map(|(.., change)| Json(change)).collect();
    let statement = transaction.prepare_cached(include_str!("sql/add_log.sql")).await?;
    let _ = transaction
        .execute(&statement, &[&centre, &kiosk, &incarnation, &numbers, &sent, &ids, &raw, &schemas, &bodies])
        .await?;
    Ok(())
}

/// Writing a guarded column with knowledge of the present value resolves its conflict.
async fn decide_conflicts(
    transaction: &deadpool_postgres::Transaction<'_>,
    centre: Uuid,
    changes: &[(u64, &Op, Change)],
) -> Answer<()> {
    let mut decided: Vec<(&str, &str, &str)> = Vec::new();
    for (.., change) in changes {
        let guarded =
            daycare_sync::tables::Table::named(&change.row.table).map_or(&[][..], |table| table.guarded);
        let fields = change.fields.keys().filter(|name| guarded.contains(&name.as_str()));
        decided
            .extend(fields.map(|name| (change.row.table.as_str(), change.row.key.as_str(), name.as_str())));
    }
    if decided.is_empty() {
        return Ok(());
    }
    let tables: Vec<&str> = decided.iter().map(|(table, ..)| *table).collect();
    let keys: Vec<&str> = decided.iter().map(|(_, key, _)| *key).collect();
    let fields: Vec<&str> = decided.iter().map(|(.., field)| *field).collect();
    let statement = transaction.prepare_cached(include_str!("sql/decide_conflicts.sql")).await?;
    let _ = transaction.execute(&statement, &[&centre, &tables, &keys, &fields]).await?;
    Ok(())
}

/// Statements that remove data about a person from everything other than their own rows.
const FORGET: [&str; 3] = [
    include_str!("sql/forget_conflicts.sql"),
    include_str!("sql/free_places_of.sql"),
    include_str!("sql/forget_whose.sql"),
];

/// Statements that delete rows of a person. Parts go before the rows through which they are
/// found.
const TAKE_AWAY: [&str; 3] = [
    include_str!("sql/forget_merges.sql"),
    include_str!("sql/forget_parts.sql"),
    include_str!("sql/forget_rows.sql"),
];

/// Removes the rows of erased people at once, in one step, and makes the earlier log
/// unreadable: kiosks that have not read that far start from a snapshot. The text in that log
/// is removed in the background (`forget`). Returns up to which number, if somebody was erased.
async fn forget_erased(
    transaction: &deadpool_postgres::Transaction<'_>,
    centre: Uuid,
    changes: &[(u64, &Op, Change)],
) -> Answer<Option<i64>> {
    let erased = || changes.iter().filter(|(_, op, _)| matches!(op.edit, Edit::Erase(_)));
    let Some((.., last)) = erased().max_by_key(|(.., change)| change.number) else { return Ok(None) };
    let people: Vec<&str> = erased().map(|(_, op, _)| op.row.key.as_str()).collect();
    let at = erased().map(|(.., change)| change.at).max().unwrap_or_default().to_bits().cast_signed();
    for sql in FORGET {
        let statement = transaction.prepare_cached(sql).await?;
        let _ = transaction.execute(&statement, &[&centre, &people]).await?;
    }
    // Also rows that another kiosk pushed and the erasing one has not received.
    for sql in TAKE_AWAY {
        let statement = transaction.prepare_cached(sql).await?;
        let _ = transaction.execute(&statement, &[&centre, &people, &at]).await?;
    }
    let floor = last.number.cast_signed() - 1;
    let statement = transaction.prepare_cached(include_str!("sql/raise_floor.sql")).await?;
    let _ = transaction.execute(&statement, &[&centre, &floor]).await?;
    Ok(Some(floor))
}
