//! Answers with what other kiosks have written: the log after a number, its head, or the
//! current rows.

use daycare_core::time::Moment;
use daycare_sync::change::{Change, Gone};
use daycare_sync::op::{Fields, OpId, RowKey};
use daycare_sync::wire::{Head, PAGE, PAGE_BYTES, Pulled, Refused, Snapshot, SnapshotRow};
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::database::{self, Database};
use super::forget::Forgetting;
use super::{Answer, Refusal, affected};

/// The number after which to begin, and the most changes to return.
#[derive(Debug, Deserialize)]
pub(super) struct Since {
    pub(super) after: u64,
    limit: Option<usize>,
    /// Size limit of the answer in bytes. An older kiosk does not send one, and treats an
    /// answer that is not full as the last.
    bytes: Option<u32>,
}

pub(super) async fn pull(
    database: &Database,
    centre: Uuid,
    kiosk: Uuid,
    since: &Since,
    now: Moment,
) -> Answer<Pulled> {
    let mut connection = database.connection().await?;
    let transaction = database::of_centre(&mut connection, centre).await?;
    let _ = super::enrol::check(&transaction, centre, kiosk).await?;
    let HeadOf { cseq: head, floor, .. } = head_of(&transaction, centre).await?;
    if since.after < floor {
        return Err(Refused::SnapshotRequired.into());
    }
    let limit = i64::try_from(since.limit.unwrap_or(PAGE).clamp(1, PAGE)).unwrap_or(1);
    let from = i64::try_from(since.after).map_err(|_| Refused::BadBody)?;
    let statement = transaction.prepare_cached(include_str!("sql/pull.sql")).await?;
    let bytes = most_bytes(since.bytes);
    let rows = transaction.query(&statement, &[&centre, &from, &limit, &bytes]).await?;
    let changes = rows.into_iter().map(|row| change(row.get(0))).collect::<Answer<Vec<Change>>>()?;
    transaction.commit().await?;
    Ok(Pulled { changes, head, hub_time: now })
}

fn most_bytes(asked: Option<u32>) -> i64 {
    asked.map_or(i64::MAX, |bytes| i64::from(bytes.min(PAGE_BYTES)))
}

fn change(stored: Value) -> Answer<Change> {
    serde_json::from_value(stored).map_err(|e| Refusal::Broken(format!("a stored change: {e}")))
}

/// How far a log goes, the number below which nobody reads it any more, and up to which number
/// erased data have been removed from it.
struct HeadOf {
    cseq: u64,
    floor: u64,
    emptied: u64,
}

async fn head_of(transaction: &deadpool_postgres::Transaction<'_>, centre: Uuid) -> Answer<HeadOf> {
    let statement = transaction.prepare_cached(include_str!("sql/get_head.sql")).await?;
    let row = transaction.query_opt(&statement, &[&centre]).await?.ok_or(Refusal::Stranger)?;
    let number = |at: usize| row.get::<_, i64>(at).cast_unsigned();
    Ok(HeadOf { cseq: number(0), floor: number(1), emptied: number(2) })
}

/// The log number that the kiosk asks about.
#[derive(Debug, Deserialize)]
pub(super) struct About {
    after: Option<u64>,
}

pub(super) async fn head(
    database: &Database,
    centre: Uuid,
    kiosk: Uuid,
    about: &About,
    (now, forgetting): (Moment, &Forgetting),
) -> Answer<Head> {
    let mut connection = database.connection().await?;
    let transaction = database::of_centre(&mut connection, centre).await?;
    let received = super::enrol::check(&transaction, centre, kiosk).await?;
    let HeadOf { cseq, floor, emptied } = head_of(&transaction, centre).await?;
    let number = i64::try_from(about.after.unwrap_or(0)).map_err(|_| Refused::BadBody)?;
    let statement = transaction.prepare_cached(include_str!("sql/get_op.sql")).await?;
    let at: Option<OpId> =
        transaction.query_opt(&statement, &[&centre, &number]).await?.map(|row| row.get(0));
    transaction.commit().await?;
    // Every exchange begins with this call, so unfinished cleaning continues here.
    forgetting.begin(database, centre, (emptied.cast_signed(), floor.cast_signed()));
    Ok(Head { cseq, at, received: Some(received), hub_time: now })
}

/// Where the previous page ended; empty for the first page.
#[derive(Debug, Deserialize)]
pub(super) struct Page {
    table: Option<String>,
    key: Option<String>,
    /// Size limit of the page in bytes. An older kiosk does not send one, and treats a page
    /// that is not full as the last.
    bytes: Option<u32>,
}

pub(super) async fn snapshot(
    database: &Database,
    centre: Uuid,
    kiosk: Uuid,
    page: &Page,
) -> Answer<Snapshot> {
    let mut connection = database.connection().await?;
    let transaction = database::of_centre(&mut connection, centre).await?;
    let _ = super::enrol::check(&transaction, centre, kiosk).await?;
    let HeadOf { cseq: head, .. } = head_of(&transaction, centre).await?;
    let (table, key) = (page.table.clone().unwrap_or_default(), page.key.clone().unwrap_or_default());
    if [&table, &key].iter().any(|text| text.contains('\0')) {
        return Err(Refused::BadBody.into());
    }
    let limit = i64::try_from(PAGE).unwrap_or(1);
    let statement = transaction.prepare_cached(include_str!("sql/snapshot.sql")).await?;
    let bytes = most_bytes(page.bytes);
    let rows = transaction.query(&statement, &[&centre, &table, &key, &limit, &bytes]).await?;
    let rows = rows.into_iter().map(|row| {
        let gone = match (row.get::<_, Option<i64>>(3), row.get(4)) {
            (_, true) => Some(Gone::Erased),
            (Some(_), false) => Some(Gone::Deleted),
            (None, false) => None,
        };
        SnapshotRow {
            row: RowKey::new(row.get::<_, String>(0), row.get::<_, String>(1)),
            at: affected::latest(row.get(5), row.get(3)),
            fields: if gone == Some(Gone::Deleted) { Fields::new() } else { affected::fields_of(row.get(2)) },
            gone,
        }
    });
    let rows: Vec<SnapshotRow> = rows.collect();
    transaction.commit().await?;
    // Only an empty page is surely the last.
    let more = page.bytes.map(|_| !rows.is_empty());
    Ok(Snapshot { rows, head, more })
}
