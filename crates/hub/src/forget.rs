//! Removes data of erased people from the log, in the background: a limited number of entries
//! per transaction, and nobody waits for it. The progress is stored, so that a hub that was
//! stopped midway continues.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use uuid::Uuid;

use super::Answer;
use super::database::{self, Database};

/// Entries processed in one transaction.
const AT_ONCE: i64 = 5_000;

/// Centres whose log is being emptied by this hub.
#[derive(Debug, Clone, Default)]
pub(super) struct Forgetting(Arc<Mutex<HashSet<Uuid>>>);

impl Forgetting {
    /// Starts cleaning the log of a centre, unless that is in progress or done.
    pub(super) fn begin(&self, database: &Database, centre: Uuid, (emptied, floor): (i64, i64)) {
        if emptied >= floor || !self.centres().insert(centre) {
            return;
        }
        let (all, database) = (self.clone(), database.clone());
        drop(tokio::spawn(async move {
            if let Err(refusal) = empty(&database, centre).await {
                // The next call of one of its kiosks begins it again.
                tracing::warn!(%centre, ?refusal, "the log still says something of the erased");
            }
            let _ = all.centres().remove(&centre);
        }));
    }

    fn centres(&self) -> std::sync::MutexGuard<'_, HashSet<Uuid>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Cleans the entries below the floor, until none are left.
async fn empty(database: &Database, centre: Uuid) -> Answer<()> {
    loop {
        let mut connection = database.connection().await?;
        let transaction = database::of_centre(&mut connection, centre).await?;
        let statement = transaction.prepare_cached(include_str!("sql/get_head.sql")).await?;
        let Some(row) = transaction.query_opt(&statement, &[&centre]).await? else { return Ok(()) };
        let (floor, emptied): (i64, i64) = (row.get(1), row.get(2));
        if emptied >= floor {
            return Ok(());
        }
        let until = floor.min(emptied + AT_ONCE);
        let statement = transaction.prepare_cached(include_str!("sql/forget_log.sql")).await?;
        let _ = transaction.execute(&statement, &[&centre, &emptied, &until]).await?;
        let statement = transaction.prepare_cached(include_str!("sql/set_emptied.sql")).await?;
        let _ = transaction.execute(&statement, &[&centre, &until]).await?;
        transaction.commit().await?;
    }
}
