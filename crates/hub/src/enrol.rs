//! Admitting kiosks, and checking that they are still admitted.

use daycare_core::text::hex;
use daycare_core::time::Moment;
use daycare_sync::invitation::Invitation;
use daycare_sync::wire::Progress;
use daycare_sync::wire::{Asking, Refused, Welcome};
use uuid::Uuid;

use super::authority::{Authority, sha256};
use super::database::{self, Database};
use super::{Answer, Refusal};

/// The centre and kiosk to which a certificate belongs.
pub(super) async fn whose(database: &Database, certificate: &[u8]) -> Answer<(Uuid, Uuid)> {
    let connection = database.connection().await?;
    let statement = connection.prepare_cached(include_str!("sql/find_cert.sql")).await?;
    let digest = sha256(certificate).to_vec();
    let row = connection.query_opt(&statement, &[&digest]).await?.ok_or(Refusal::Stranger)?;
    Ok((row.get(0), row.get(1)))
}

/// Checks that a kiosk may still call. This is done on every call, so that a revocation takes
/// effect at once. Returns how far its operations were received.
pub(super) async fn check(
    transaction: &deadpool_postgres::Transaction<'_>,
    centre: Uuid,
    kiosk: Uuid,
) -> Answer<Progress> {
    let statement = transaction.prepare_cached(include_str!("sql/get_kiosk.sql")).await?;
    let row = transaction.query_opt(&statement, &[&centre, &kiosk]).await?.ok_or(Refusal::Stranger)?;
    still_welcome(row.get(0))?;
    if !row.get::<_, bool>(4) {
        let statement = transaction.prepare_cached(include_str!("sql/see_kiosk.sql")).await?;
        let _ = transaction.execute(&statement, &[&centre, &kiosk]).await?;
    }
    let (incarnation, last) = (row.get::<_, i32>(1).cast_unsigned(), row.get::<_, i64>(2).cast_unsigned());
    Ok(Progress { incarnation, last })
}

pub(super) fn still_welcome(status: &str) -> Answer<()> {
    match status {
        "active" => Ok(()),
        "wipe" => Err(Refused::Wipe.into()),
        _ => Err(Refused::Revoked.into()),
    }
}

/// Whether a kiosk keeps the accounts of its centre.
pub(super) async fn keeps_accounts(database: &Database, centre: Uuid, kiosk: Uuid) -> Answer<bool> {
    let mut connection = database.connection().await?;
    let transaction = database::of_centre(&mut connection, centre).await?;
    let _ = check(&transaction, centre, kiosk).await?;
    let statement = transaction.prepare_cached(include_str!("sql/get_kiosk.sql")).await?;
    let keeps = transaction.query_one(&statement, &[&centre, &kiosk]).await?.get(3);
    transaction.commit().await?;
    Ok(keeps)
}

/// Admits a kiosk that presents an unused code.
pub(super) async fn enrol(
    database: &Database,
    authority: &Authority,
    asking: &Asking,
    now: Moment,
) -> Answer<Welcome> {
    let mut connection = database.connection().await?;
    let digest = sha256(asking.code.as_bytes()).to_vec();
    let kiosk = Uuid::now_v7();
    let (certificate, fingerprint, not_after) =
        authority.sign(&asking.csr, kiosk, now).map_err(|_| Refused::BadBody)?;
    let statement = connection.prepare_cached(include_str!("sql/use_code.sql")).await?;
    let row = connection.query_opt(&statement, &[&digest]).await?.ok_or(Refusal::Stranger)?;
    let (centre, accounts, trusted): (Uuid, bool, bool) = (row.get(0), row.get(1), row.get(2));
    let transaction = database::of_centre(&mut connection, centre).await?;
    let statement = transaction.prepare_cached(include_str!("sql/next_ordinal.sql")).await?;
    let mut ordinal: i32 = transaction.query_one(&statement, &[&centre]).await?.get(0);
    let statement = transaction.prepare_cached(include_str!("sql/show_kiosks.sql")).await?;
    let known = transaction.query(&statement, &[&centre]).await?;
    let keeps = |row: &tokio_postgres::Row| row.get::<_, bool>(2);
    let spoke = |row: &tokio_postgres::Row| row.get::<_, Option<f64>>(6).is_some();
    // A kiosk may invite others, but not a replacement for the one that manages the accounts.
    let before = asking.replaces.and_then(|old| known.iter().find(|row| row.get::<_, Uuid>(0) == old));
    let before = before.filter(|row| trusted || !keeps(row));
    if let Some(before) = before {
        ordinal = before.get(1);
        end(&transaction, centre, before.get(0), Some(kiosk)).await?;
    }
    // One kiosk manages the accounts of a centre: the first, or its replacement.
    let kept = known.iter().any(|row| keeps(row) && spoke(row) && row.get::<_, &str>(3) == "active");
    let accounts = accounts || trusted && (!kept || before.is_some_and(keeps));
    let statement = transaction.prepare_cached(include_str!("sql/add_kiosk.sql")).await?;
    let _ = transaction.execute(&statement, &[&centre, &kiosk, &ordinal, &accounts]).await?;
    add_cert(&transaction, centre, kiosk, &fingerprint, not_after).await?;
    transaction.commit().await?;
    let ordinal = u32::try_from(ordinal).unwrap_or(0);
    Ok(Welcome { centre, kiosk, ordinal, accounts, certificate, not_after: Moment(not_after * 1000) })
}

/// Closes a kiosk's entry. Places leased to it go to its replacement, or are released. A kiosk
/// that must wipe itself keeps that status.
async fn end(
    transaction: &deadpool_postgres::Transaction<'_>,
    centre: Uuid,
    kiosk: Uuid,
    heir: Option<Uuid>,
) -> Answer<()> {
    let statement = transaction.prepare_cached(include_str!("sql/end_kiosk.sql")).await?;
    let _ = transaction.execute(&statement, &[&centre, &kiosk]).await?;
    let statement = transaction.prepare_cached(include_str!("sql/end_leases.sql")).await?;
    let _ = transaction.execute(&statement, &[&centre, &kiosk, &heir]).await?;
    Ok(())
}

/// A kiosk leaves the centre: its leases are released.
pub(super) async fn leave(database: &Database, centre: Uuid, kiosk: Uuid) -> Answer<()> {
    let mut connection = database.connection().await?;
    let transaction = database::of_centre(&mut connection, centre).await?;
    let _ = check(&transaction, centre, kiosk).await?;
    let statement = transaction.prepare_cached(include_str!("sql/lock_head.sql")).await?;
    let _ = transaction.execute(&statement, &[&centre]).await?;
    end(&transaction, centre, kiosk, None).await?;
    Ok(transaction.commit().await?)
}

async fn add_cert(
    transaction: &deadpool_postgres::Transaction<'_>,
    centre: Uuid,
    kiosk: Uuid,
    fingerprint: &Vec<u8>,
    not_after: i64,
) -> Answer<()> {
    let statement = transaction.prepare_cached(include_str!("sql/add_cert.sql")).await?;
    #[expect(clippy::cast_precision_loss, reason = "seconds since 1970 are far below 2^52")]
    let not_after = not_after as f64;
    let _ = transaction.execute(&statement, &[fingerprint, &centre, &kiosk, &not_after]).await?;
    Ok(())
}

/// Issues a new certificate to a kiosk whose present one is still valid.
pub(super) async fn renew(
    database: &Database,
    authority: &Authority,
    (centre, kiosk): (Uuid, Uuid),
    csr: &str,
    now: Moment,
) -> Answer<Welcome> {
    let mut connection = database.connection().await?;
    let transaction = database::of_centre(&mut connection, centre).await?;
    let _ = check(&transaction, centre, kiosk).await?;
    let (certificate, fingerprint, not_after) =
        authority.sign(csr, kiosk, now).map_err(|_| Refused::BadBody)?;
    add_cert(&transaction, centre, kiosk, &fingerprint, not_after).await?;
    let statement = transaction.prepare_cached(include_str!("sql/show_kiosks.sql")).await?;
    let rows = transaction.query(&statement, &[&centre]).await?;
    let own = rows.iter().find(|row| row.get::<_, Uuid>(0) == kiosk).ok_or(Refusal::Stranger)?;
    let (ordinal, accounts) = (u32::try_from(own.get::<_, i32>(1)).unwrap_or(0), own.get(2));
    transaction.commit().await?;
    Ok(Welcome { centre, kiosk, ordinal, accounts, certificate, not_after: Moment(not_after * 1000) })
}

/// A code that admits one more kiosk, valid for ten minutes.
pub(super) async fn invite(
    database: &Database,
    authority: &Authority,
    url: &str,
    centre: Uuid,
    (accounts, trusted): (bool, bool),
) -> Answer<Invitation> {
    let mut bits = [0; 16];
    getrandom::fill(&mut bits).map_err(|e| Refusal::Broken(e.to_string()))?;
    let secret = hex(&bits);
    let connection = database.connection().await?;
    let digest = sha256(secret.as_bytes()).to_vec();
    let statement = connection.prepare_cached(include_str!("sql/add_code.sql")).await?;
    let _ = connection.execute(&statement, &[&digest, &centre, &accounts, &trusted]).await?;
    Ok(Invitation { url: url.to_owned(), pin: authority.pin(), secret })
}
