//! Commands of the hub's operator: centres, codes, lost kiosks.

use std::path::Path;

use daycare_sync::invitation::Invitation;
use uuid::Uuid;

use super::authority::Authority;
use super::database::{self, Database};
use super::enrol;
use super::error::{Error, Result};

/// A kiosk, as shown to the operator.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Known {
    /// Identifier of the kiosk.
    pub kiosk: Uuid,
    /// Number of the kiosk within the centre, from 0.
    pub ordinal: i32,
    /// Whether it manages the staff accounts.
    pub accounts: bool,
    /// `active`, `revoked` or `wipe`.
    pub status: String,
    /// Number of operations received in its present incarnation.
    pub ops: i64,
    /// Schema of its program.
    pub schema: i32,
    /// Seconds since 1970 when it last pushed.
    pub seen: Option<f64>,
}

/// Adds a centre.
///
/// # Errors
/// Database errors. `url` must be that of the schema's owner, because the API role may not add
/// centres.
pub async fn add_centre(url: &str, name: &str) -> Result<Uuid> {
    let database = Database::open(url)?;
    let mut connection = database.connection().await?;
    let id = Uuid::now_v7();
    let to_error = |e: tokio_postgres::Error| super::database::failed(&e);
    let _ = connection.execute(include_str!("sql/add_centre.sql"), &[&id, &name]).await.map_err(to_error)?;
    let transaction = database::of_centre(&mut connection, id).await?;
    let _ = transaction.execute(include_str!("sql/add_head.sql"), &[&id]).await.map_err(to_error)?;
    transaction.commit().await.map_err(to_error)?;
    Ok(id)
}

/// Every centre.
///
/// # Errors
/// Database errors.
pub async fn centres(url: &str) -> Result<Vec<(Uuid, String)>> {
    let database = Database::open(url)?;
    let connection = database.connection().await?;
    let to_error = |e: tokio_postgres::Error| super::database::failed(&e);
    let rows = connection.query(include_str!("sql/list_centres.sql"), &[]).await.map_err(to_error)?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// Creates a code that admits one kiosk.
///
/// # Errors
/// Database errors, or the authority cannot be read.
pub async fn invite(
    database_url: &str,
    authority: &Path,
    hub_url: &str,
    centre: Uuid,
    accounts: bool,
) -> Result<Invitation> {
    let database = Database::open(database_url)?;
    let authority = Authority::open(authority, daycare_core::clock::Clock::real(chrono_tz::UTC).now())?;
    Ok(enrol::invite(&database, &authority, hub_url, centre, (accounts, true)).await?)
}

/// The kiosks of a centre.
///
/// # Errors
/// Database errors.
pub async fn kiosks(url: &str, centre: Uuid) -> Result<Vec<Known>> {
    let database = Database::open(url)?;
    let mut connection = database.connection().await?;
    let transaction = database::of_centre(&mut connection, centre).await?;
    let to_error = |e: tokio_postgres::Error| super::database::failed(&e);
    let rows = transaction.query(include_str!("sql/show_kiosks.sql"), &[&centre]).await.map_err(to_error)?;
    Ok(rows
        .iter()
        .map(|row| Known {
            kiosk: row.get(0),
            ordinal: row.get(1),
            accounts: row.get(2),
            status: row.get(3),
            ops: row.get(4),
            schema: row.get(5),
            seen: row.get(6),
        })
        .collect())
}

/// Revokes a kiosk from its next call on; with `wipe` it then deletes all its data.
///
/// # Errors
/// No such kiosk, or database errors.
pub async fn end(url: &str, centre: Uuid, kiosk: Uuid, wipe: bool) -> Result<()> {
    let database = Database::open(url)?;
    let mut connection = database.connection().await?;
    let transaction = database::of_centre(&mut connection, centre).await?;
    let to_error = |e: tokio_postgres::Error| super::database::failed(&e);
    let status = if wipe { "wipe" } else { "revoked" };
    let _ = transaction.execute(include_str!("sql/lock_head.sql"), &[&centre]).await.map_err(to_error)?;
    let changed = transaction
        .execute(include_str!("sql/set_status.sql"), &[&centre, &kiosk, &status])
        .await
        .map_err(to_error)?;
    let nobody: Option<Uuid> = None;
    let leases = include_str!("sql/end_leases.sql");
    let _ = transaction.execute(leases, &[&centre, &kiosk, &nobody]).await.map_err(to_error)?;
    transaction.commit().await.map_err(to_error)?;
    if changed == 0 { Err(Error::UnknownKiosk) } else { Ok(()) }
}

/// Removes log entries older than `days`; kiosks that are further behind start again from a
/// snapshot. Returns how many entries were removed.
///
/// # Errors
/// Database errors. `url` is the owner's.
pub async fn prune(url: &str, centre: Uuid, days: i32) -> Result<usize> {
    let database = Database::open(url)?;
    let mut connection = database.connection().await?;
    let transaction = database::of_centre(&mut connection, centre).await?;
    let to_error = |e: tokio_postgres::Error| super::database::failed(&e);
    let gone =
        transaction.query(include_str!("sql/prune_log.sql"), &[&centre, &days]).await.map_err(to_error)?;
    if let Some(last) = gone.iter().map(|row| row.get::<_, i64>(0)).max() {
        let _ = transaction
            .execute(include_str!("sql/raise_floor.sql"), &[&centre, &last])
            .await
            .map_err(to_error)?;
    }
    transaction.commit().await.map_err(to_error)?;
    Ok(gone.len())
}
