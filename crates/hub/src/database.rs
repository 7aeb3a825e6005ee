//! PostgreSQL: the connection pool, the migrations, and transactions restricted to the rows of
//! one centre.

use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod, Transaction};
use tokio_postgres::NoTls;
use uuid::Uuid;

use super::error::{Error, Result};
use super::{Answer, Refusal};

const MIGRATIONS: &[&str] =
    &[include_str!("migrations/0001_hub.sql"), include_str!("migrations/0002_forgetting.sql")];

/// A pool of connections to the database.
#[derive(Clone)]
pub struct Database(Pool);

/// Most connections of one hub; several hubs share the limit of the server.
const CONNECTIONS: usize = 20;

impl Database {
    /// Creates a pool; no connection is opened yet.
    ///
    /// # Errors
    /// The address cannot be parsed.
    pub fn open(url: &str) -> Result<Self> {
        let config: tokio_postgres::Config =
            url.parse().map_err(|e| Error::Usage(format!("database address: {e}")))?;
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = Manager::from_config(config, NoTls, recycling);
        let pool = Pool::builder(manager)
            .max_size(CONNECTIONS)
            .runtime(deadpool_postgres::Runtime::Tokio1)
            .wait_timeout(Some(std::time::Duration::from_secs(5)))
            .create_timeout(Some(std::time::Duration::from_secs(5)))
            .build()
            .map_err(|e| Error::Internal(e.to_string()))?;
        Ok(Self(pool))
    }

    /// A connection from the pool.
    ///
    /// # Errors
    /// The pool had no free connection within five seconds.
    pub async fn connection(&self) -> Answer<Object> {
        Ok(self.0.get().await?)
    }

    /// Connections in use, and the number of calls waiting for one.
    #[must_use]
    pub fn load(&self) -> (usize, usize) {
        let status = self.0.status();
        (status.size.saturating_sub(status.available), status.waiting)
    }
}

/// Starts a transaction that can only see the rows of one centre.
///
/// # Errors
/// Database errors.
pub async fn of_centre(connection: &mut Object, centre: Uuid) -> Answer<Transaction<'_>> {
    let transaction = connection.transaction().await?;
    // Written into the statement, not bound: a bound value would not reach the other machines
    // of a distributed database. This is safe, because a UUID contains only hexadecimal digits
    // and dashes.
    transaction.batch_execute(&format!("SET LOCAL app.centre_id = '{centre}'")).await?;
    Ok(transaction)
}

/// An error reported by PostgreSQL, for the log.
pub(super) fn failed(error: &tokio_postgres::Error) -> Error {
    Error::Database(error.to_string())
}

/// Brings the schema up to date, as its owner, and creates the role used by the API, which
/// cannot bypass row security.
///
/// # Errors
/// No connection, a schema of a newer program, or database errors.
pub async fn migrate(admin_url: &str) -> Result<()> {
    let to_error = |e: tokio_postgres::Error| failed(&e);
    let (mut client, connection) = tokio_postgres::connect(admin_url, NoTls).await.map_err(to_error)?;
    let driver = tokio::spawn(connection);
    client.batch_execute(include_str!("sql/prepare.sql")).await.map_err(to_error)?;
    let version: i32 = client
        .query_one("SELECT coalesce(max(version), 0) FROM schema_version", &[])
        .await
        .map_err(to_error)?
        .get(0);
    let version = usize::try_from(version).unwrap_or(0);
    if version > MIGRATIONS.len() {
        return Err(Error::NewerDatabase(version));
    }
    for (number, sql) in (1i32..).zip(MIGRATIONS).skip(version) {
        let transaction = client.transaction().await.map_err(to_error)?;
        transaction.batch_execute(sql).await.map_err(to_error)?;
        let _ = transaction
            .execute("INSERT INTO schema_version VALUES ($1)", &[&number])
            .await
            .map_err(to_error)?;
        transaction.commit().await.map_err(to_error)?;
    }
    drop(client);
    drop(driver.await);
    Ok(())
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Broken(detail) => Self::Database(detail),
            Refusal::Stranger => Self::Usage("not enrolled".into()),
            Refusal::Protocol(refused) => Self::Usage(format!("{refused:?}")),
        }
    }
}
