//! One connection to the database, and its transactions.

use daycare_core::audit::Actor;
use daycare_core::clock::Clock;
use daycare_core::staff::Role;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::error::{Error, Result};
use crate::paths::Paths;
use crate::staff::role::staff_role;
use crate::sync::{stamp, state};

/// One connection with the clock and the folder it belongs to.
pub struct Store {
    pub(crate) conn: Connection,
    pub(crate) clock: Clock,
    pub(crate) paths: Paths,
}

impl Store {
    /// Opens the database for reading only.
    ///
    /// # Errors
    /// The file is missing or is not a database.
    pub fn open_read_only(paths: &Paths, clock: &Clock) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(paths.database(), flags)?;
        let store = Self { conn, clock: clock.clone(), paths: paths.clone() };
        store.conn.execute_batch("PRAGMA busy_timeout = 5000; PRAGMA query_only = ON;")?;
        store.conn.set_prepared_statement_cache_capacity(64);
        Ok(store)
    }

    /// The data folder of this store.
    #[must_use]
    pub fn paths(&self) -> &Paths {
        &self.paths
    }

    /// The clock that the store uses.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Runs `work` in one IMMEDIATE transaction: the domain row, the audit row and, while a hub
    /// is joined, the ops that describe the change are written together or not at all.
    pub(crate) fn transact<T>(&mut self, actor: Actor, work: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        let clock = self.clock.clone();
        let raw = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let enrolled = state::is_enrolled(&raw)?;
        let role = role(&raw, actor)?;
        let tx = Tx { raw, clock, actor, role, enrolled };
        let value = work(&tx)?;
        if enrolled {
            stamp::stamp(&tx, &tx.clock)?;
        }
        tx.raw.commit()?;
        Ok(value)
    }

    /// Runs `work` and rolls it back, to see what would happen.
    pub(crate) fn rehearse<T>(&mut self, actor: Actor, work: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        let clock = self.clock.clone();
        let raw = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let role = role(&raw, actor)?;
        let tx = Tx { raw, clock, actor, role, enrolled: false };
        let value = work(&tx)?;
        tx.raw.rollback()?;
        Ok(value)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // Best effort: update the query planner's statistics, as SQLite advises on close.
        drop(self.conn.execute_batch("PRAGMA optimize"));
    }
}

/// An open transaction and who is acting in it.
pub(crate) struct Tx<'a> {
    pub(crate) raw: rusqlite::Transaction<'a>,
    pub(crate) clock: Clock,
    pub(crate) actor: Actor,
    /// Role of a staff member; their permissions are checked at every write.
    pub(crate) role: Option<Role>,
    /// Whether a hub is joined, so that edits must be recorded for it.
    pub(crate) enrolled: bool,
}

/// The role of a staff member; somebody without an account may do nothing.
fn role(conn: &Connection, actor: Actor) -> Result<Option<Role>> {
    match actor {
        Actor::Staff(id) => staff_role(conn, id)?.map(Some).ok_or(Error::NotAllowed),
        Actor::Resident | Actor::Cli | Actor::Program => Ok(None),
    }
}

impl std::ops::Deref for Tx<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.raw
    }
}
