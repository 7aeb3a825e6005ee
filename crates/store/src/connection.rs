//! One connection to the database, and the one kind of transaction.

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

    /// The folder this store lives in.
    #[must_use]
    pub fn paths(&self) -> &Paths {
        &self.paths
    }

    /// The clock the store goes by.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Runs `work` in one IMMEDIATE transaction: domain row, audit row and, while
    /// a hub is enrolled, the ops that tell it, together or nothing.
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

    /// Tries `work` and takes everything back: what would happen?
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
        // Best effort: statistics for the query planner, as SQLite advises on close.
        drop(self.conn.execute_batch("PRAGMA optimize"));
    }
}

/// An open transaction and who is acting in it.
pub(crate) struct Tx<'a> {
    pub(crate) raw: rusqlite::Transaction<'a>,
    pub(crate) clock: Clock,
    pub(crate) actor: Actor,
    /// Of a staff member: what they may do is looked up at every write.
    pub(crate) role: Option<Role>,
    /// Whether a hub is joined: edits are noted for it.
    pub(crate) enrolled: bool,
}

/// The role of a staff member; whoever has no account any more may nothing.
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
