//! The part of a centre that a batch touches: loaded, judged in memory by the pure code of the
//! sync crate, and stored again.

use std::collections::{BTreeMap, BTreeSet};

use daycare_core::time::Moment;
use daycare_sync::hlc::Hlc;
use daycare_sync::judge::{Centre, Row};
use daycare_sync::op::{Fields, Op, RowKey};
use daycare_sync::pool::{Pool, Seat};
use daycare_sync::tables::Table;
use deadpool_postgres::Transaction;
use serde_json::Value;
use tokio_postgres::types::Json;
use uuid::Uuid;

use super::Answer;

/// Two arrivals at most this many ms apart may be one.
const NEAR_MS: i64 = 10 * 60_000;

/// Loads every row that these ops may touch or clash with.
pub(super) async fn load(transaction: &Transaction<'_>, centre: Uuid, ops: &[&Op]) -> Answer<Centre> {
    let mut affected = Centre::default();
    let person = |op: &&Op| text(op.edit.fields()?.get("resident_id")?);
    let merged = |op: &&Op| text(op.edit.fields()?.get("merged_id")?);
    let mut keys: BTreeSet<RowKey> = ops.iter().map(|op| op.row.clone()).collect();
    let people: BTreeSet<String> = ops.iter().filter_map(person).collect();
    keys.extend(people.iter().map(|id| RowKey::new("resident", id.as_str())));
    keys.extend(ops.iter().filter_map(merged).map(|id| RowKey::new("resident", id)));
    keys.extend(ops.iter().filter_map(|op| Table::named(&op.row.table)?.whole_of(op.edit.fields()?)));
    // Rows of these tables may clash with each other.
    let clashing = |op: &&&Op| op.row.table == "visit" || places(&op.row).is_some();
    let tables: BTreeSet<&str> = ops.iter().filter(clashing).map(|op| op.row.table.as_str()).collect();
    let arrivals = ops.iter().filter_map(|op| op.edit.fields()?.get("arrived_at")?.as_i64());
    let since = arrivals.min().unwrap_or(i64::MAX).saturating_sub(NEAR_MS);
    let (names, row_keys): (Vec<&str>, Vec<&str>) =
        keys.iter().map(|key| (key.table.as_str(), key.key.as_str())).unzip();
    let (people, tables): (Vec<&String>, Vec<&str>) = (people.iter().collect(), tables.into_iter().collect());
    load_rows(transaction, centre, (&names, &row_keys), (&people, &tables, since), &mut affected).await?;
    // An edit does not say which person its row belongs to; the stored row does.
    let whose = |op: &&Op| text(affected.rows.get(&op.row)?.fields.get("resident_id")?);
    let booked = |op: &&&Op| places(&op.row).is_some();
    let others: BTreeSet<String> = ops.iter().filter(booked).copied().filter_map(|op| whose(&op)).collect();
    let persons: BTreeSet<String> = ops.iter().filter_map(whose).collect();
    let persons: Vec<&str> = persons.iter().map(String::as_str).collect();
    let others: Vec<&String> = others.iter().filter(|id| !people.contains(id)).collect();
    if !persons.is_empty() {
        let residents = vec!["resident"; persons.len()];
        load_rows(transaction, centre, (&residents, &persons), (&others, &tables, since), &mut affected)
            .await?;
    }
    if ops.iter().any(|op| op.row.table == "merge") {
        let statement = transaction.prepare_cached(include_str!("sql/list_merges.sql")).await?;
        keep_rows(transaction.query(&statement, &[&centre]).await?, &mut affected);
    }
    let pools = pools_of(ops, &affected);
    if !pools.is_empty() {
        load_pools(transaction, centre, pools, &mut affected).await?;
    }
    Ok(affected)
}

/// Loads rows by their keys, and the open rows of some people.
async fn load_rows(
    transaction: &Transaction<'_>,
    centre: Uuid,
    (names, keys): (&[&str], &[&str]),
    (people, tables, since): (&[&String], &[&str], i64),
    affected: &mut Centre,
) -> Answer<()> {
    let statement = transaction.prepare_cached(include_str!("sql/list_rows.sql")).await?;
    let rows = transaction.query(&statement, &[&centre, &names, &keys, &people, &tables, &since]).await?;
    keep_rows(rows, affected);
    Ok(())
}

/// tbl, row_key, fields, fhlc, deleted, erased
fn keep_rows(rows: Vec<tokio_postgres::Row>, affected: &mut Centre) {
    for row in rows {
        let key = RowKey::new(row.get::<_, String>(0), row.get::<_, String>(1));
        let at: BTreeMap<String, Hlc> = serde_json::from_value(row.get(3)).unwrap_or_default();
        let deleted = row.get::<_, Option<i64>>(4).map(|bits| Hlc::from_bits(bits.cast_unsigned()));
        let _ =
            affected.rows.insert(key, Row { fields: object(row.get(2)), at, deleted, erased: row.get(5) });
    }
}

async fn load_pools(
    transaction: &Transaction<'_>,
    centre: Uuid,
    pools: BTreeSet<String>,
    affected: &mut Centre,
) -> Answer<()> {
    let pools: Vec<String> = pools.into_iter().collect();
    let statement = transaction.prepare_cached(include_str!("sql/list_seats.sql")).await?;
    for row in transaction.query(&statement, &[&centre, &pools]).await? {
        let pool: &mut Pool = affected.pools.entry(row.get(0)).or_default();
        pool.capacity = row.get::<_, Option<i32>>(1).and_then(|n| u32::try_from(n).ok());
        let Some(number) = row.get::<_, Option<i32>>(2).and_then(|n| u32::try_from(n).ok()) else { continue };
        let lease = row.get::<_, Option<Uuid>>(3).zip(row.get::<_, Option<i64>>(4).map(Moment));
        let _ = pool.seats.insert(number, Seat { lease, taken: row.get(5) });
    }
    let statement = transaction.prepare_cached(include_str!("sql/list_kiosks.sql")).await?;
    let kiosks = transaction.query(&statement, &[&centre]).await?;
    affected.kiosks = kiosks.iter().map(|row| row.get(0)).collect();
    Ok(())
}

fn places(row: &RowKey) -> Option<daycare_sync::tables::Places> {
    Table::named(&row.table)?.places
}

/// The pools whose places some ops open, take or free, applying the ops in order.
fn pools_of(ops: &[&Op], affected: &Centre) -> BTreeSet<String> {
    let mut pools = BTreeSet::new();
    let mut rows: BTreeMap<&RowKey, Fields> = BTreeMap::new();
    for op in ops {
        if op.row.table == "pool" {
            let _ = pools.insert(op.row.key.clone());
        }
        let Some(places) = places(&op.row) else { continue };
        let stored = || affected.rows.get(&op.row).map(|row| row.fields.clone()).unwrap_or_default();
        let fields = rows.entry(&op.row).or_insert_with(stored);
        pools.extend(places.pool_of(&op.row.table, fields));
        fields.extend(op.edit.fields().cloned().unwrap_or_default());
        pools.extend(places.pool_of(&op.row.table, fields));
    }
    pools
}

/// Stores the judged rows, pools and changes.
pub(super) async fn store(
    transaction: &Transaction<'_>,
    centre: Uuid,
    affected: &Centre,
    last: &BTreeMap<RowKey, u64>,
) -> Answer<()> {
    store_rows(transaction, centre, affected, last).await?;
    if !affected.touched.pools.is_empty() {
        store_pools(transaction, centre, affected).await?;
    }
    if !affected.conflicts.is_empty() {
        store_conflicts(transaction, centre, affected).await?;
    }
    Ok(())
}

async fn store_rows(
    transaction: &Transaction<'_>,
    centre: Uuid,
    affected: &Centre,
    last: &BTreeMap<RowKey, u64>,
) -> Answer<()> {
    let touched: Vec<(&RowKey, &Row)> =
        affected.touched.rows.iter().filter_map(|key| Some((key, affected.rows.get(key)?))).collect();
    let tables: Vec<&str> = touched.iter().map(|(key, _)| key.table.as_str()).collect();
    let keys: Vec<&str> = touched.iter().map(|(key, _)| key.key.as_str()).collect();
    let numbers: Vec<i64> =
        touched.iter().map(|(key, _)| last.get(*key).copied().unwrap_or(0).cast_signed()).collect();
    let fields: Vec<Json<&Fields>> = touched.iter().map(|(_, row)| Json(&row.fields)).collect();
    let since: Vec<Json<&BTreeMap<String, Hlc>>> = touched.iter().map(|(_, row)| Json(&row.at)).collect();
    let deleted: Vec<Option<i64>> =
        touched.iter().map(|(_, row)| row.deleted.map(|at| at.to_bits().cast_signed())).collect();
    let erased: Vec<bool> = touched.iter().map(|(_, row)| row.erased).collect();
    let people: Vec<Option<String>> = touched.iter().map(|(key, row)| person_of(key, &row.fields)).collect();
    let open: Vec<bool> = touched.iter().map(|(key, row)| is_open(key, row)).collect();
    let began = |row: &Row| row.fields.get("arrived_at").and_then(Value::as_i64).unwrap_or(0);
    let began: Vec<i64> = touched.iter().map(|(_, row)| began(row)).collect();
    let statement = transaction.prepare_cached(include_str!("sql/put_rows.sql")).await?;
    let _ = transaction
        .execute(
            &statement,
            &[&centre, &tables, &keys, &numbers, &fields, &since, &deleted, &erased, &people, &open, &began],
        )
        .await?;
    Ok(())
}

async fn store_pools(transaction: &Transaction<'_>, centre: Uuid, affected: &Centre) -> Answer<()> {
    let touched: Vec<(&String, &Pool)> =
        affected.touched.pools.iter().filter_map(|id| Some((id, affected.pools.get(id)?))).collect();
    let ids: Vec<&String> = touched.iter().map(|(id, _)| *id).collect();
    let capacities: Vec<Option<i32>> =
        touched.iter().map(|(_, pool)| pool.capacity.and_then(|n| i32::try_from(n).ok())).collect();
    let statement = transaction.prepare_cached(include_str!("sql/put_pools.sql")).await?;
    let _ = transaction.execute(&statement, &[&centre, &ids, &capacities]).await?;
    let statement = transaction.prepare_cached(include_str!("sql/free_seats.sql")).await?;
    let _ = transaction.execute(&statement, &[&centre, &ids]).await?;
    let seats: Vec<(&String, i32, &Seat)> = touched
        .iter()
        .flat_map(|(id, pool)| {
            pool.seats
                .iter()
                .map(move |(number, seat)| (*id, i32::try_from(*number).unwrap_or(i32::MAX), seat))
        })
        .collect();
    let pools: Vec<&String> = seats.iter().map(|(id, ..)| *id).collect();
    let numbers: Vec<i32> = seats.iter().map(|(_, number, _)| *number).collect();
    let kiosks: Vec<Option<Uuid>> =
        seats.iter().map(|(.., seat)| seat.lease.map(|(kiosk, _)| kiosk)).collect();
    let until: Vec<Option<i64>> =
        seats.iter().map(|(.., seat)| seat.lease.map(|(_, until)| until.0)).collect();
    let rows: Vec<Option<&String>> = seats.iter().map(|(.., seat)| seat.taken.as_ref()).collect();
    let statement = transaction.prepare_cached(include_str!("sql/put_seats.sql")).await?;
    let _ = transaction.execute(&statement, &[&centre, &pools, &numbers, &kiosks, &until, &rows]).await?;
    Ok(())
}

async fn store_conflicts(transaction: &Transaction<'_>, centre: Uuid, affected: &Centre) -> Answer<()> {
    let all = &affected.conflicts;
    let numbers: Vec<i64> = all.iter().map(|conflict| conflict.number.cast_signed()).collect();
    let tables: Vec<&str> = all.iter().map(|conflict| conflict.row.table.as_str()).collect();
    let keys: Vec<&str> = all.iter().map(|conflict| conflict.row.key.as_str()).collect();
    let fields: Vec<&str> = all.iter().map(|conflict| conflict.field.as_str()).collect();
    let stands: Vec<&Value> = all.iter().map(|conflict| &conflict.stands).collect();
    let other: Vec<&Value> = all.iter().map(|conflict| &conflict.other).collect();
    let statement = transaction.prepare_cached(include_str!("sql/add_conflicts.sql")).await?;
    let _ = transaction
        .execute(&statement, &[&centre, &numbers, &tables, &keys, &fields, &stands, &other])
        .await?;
    Ok(())
}

/// The resident to whom a row belongs.
fn person_of(key: &RowKey, fields: &Fields) -> Option<String> {
    if key.table == "resident" { Some(key.key.clone()) } else { text(fields.get("resident_id")?) }
}

fn is_open(key: &RowKey, row: &Row) -> bool {
    let open = match places(key) {
        Some(places) => places.is_open(&row.fields),
        None => key.table == "visit" && row.fields.get("state").and_then(Value::as_str) == Some("open"),
    };
    open && row.deleted.is_none()
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn object(value: Value) -> Fields {
    match value {
        Value::Object(map) => map.into_iter().collect(),
        _ => Fields::new(),
    }
}

/// When a stored row was last changed.
pub(super) fn latest(ages: Value, deleted: Option<i64>) -> Hlc {
    let ages: BTreeMap<String, Hlc> = serde_json::from_value(ages).unwrap_or_default();
    let deleted = deleted.map(|bits| Hlc::from_bits(bits.cast_unsigned()));
    ages.into_values().chain(deleted).max().unwrap_or_default()
}

/// Columns of a stored row.
pub(super) fn fields_of(value: Value) -> Fields {
    object(value)
}
