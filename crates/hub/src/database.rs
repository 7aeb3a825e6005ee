//! PostgreSQL: the pool, the migrations, and transactions that say whose rows
//! they see.

use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod, Transaction};
use tokio_postgres::NoTls;
use uuid::Uuid;

use super::error::{Error, Result};
use super::{Answer, Refusal};

const MIGRATIONS: &[&str] =
    &[include_str!("migrations/0001_hub.sql"), include_str!("migrations/0002_forgetting.sql")];

/// Connections to the database.
#[derive(Clone)]
pub struct Database(Pool);

/// Connections of one hub; a few hubs share what the server allows.
const CONNECTIONS: usize = 20;

impl Database {
    /// A pool of connections; none is made yet.
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

    /// A connection.
    ///
    /// # Errors
    /// The pool had no free connection within five seconds.
    pub async fn connection(&self) -> Answer<Object> {
        Ok(self.0.get().await?)
    }

    /// Connections in use, and how many calls wait for one.
    #[must_use]
    pub fn load(&self) -> (usize, usize) {
        let status = self.0.status();
        (status.size.saturating_sub(status.available), status.waiting)
    }
}

/// A transaction that sees the rows of one centre and of no other.
///
/// # Errors
/// Database errors.
pub async fn of_centre(connection: &mut Object, centre: Uuid) -> Answer<Transaction<'_>> {
    let transaction = connection.transaction().await?;
    // Written out, not bound: a bound value is not passed on to other machines
    // of a spread database. A UUID holds nothing but digits and dashes.
    transaction.batch_execute(&format!("SET LOCAL app.centre_id = '{centre}'")).await?;
    Ok(transaction)
}

/// What PostgreSQL said, for the log.
pub(super) fn failed(error: &tokio_postgres::Error) -> Error {
    Error::Database(error.to_string())
}

/// Brings the schema up to date, as its owner, and makes the role that the API
/// uses: one that can bypass nothing.
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
