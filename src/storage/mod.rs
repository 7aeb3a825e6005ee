//! The only place that names rusqlite: one folder per table, one `.sql` per
//! statement. [`Store`] is one connection; [`handle::StoreHandle`] is what the
//! screens see.

pub mod activity;
pub mod appointment;
pub mod audit;
pub mod backup;
pub mod call;
pub mod card;
pub mod care_plan;
pub mod checkup;
mod clock_check;
pub mod consent;
pub mod duty;
pub mod enrolment;
pub mod follow_up;
pub mod handle;
pub mod handover;
pub mod incident;
pub mod intake;
pub mod merge;
mod migrate;
pub mod notice;
pub mod paths;
pub mod phone_number;
pub mod photo;
pub mod privacy;
pub mod reading;
pub mod relative;
pub mod resident;
pub mod room;
pub mod secret;
pub mod service;
pub mod session;
pub mod setting;
pub mod shift;
mod sql;
pub mod staff;
pub mod statistics;
pub mod sync;
pub mod team;
mod thread;
pub mod ticket;
pub mod uptime;
pub mod visit;
pub mod volunteer;
pub mod welfare;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::clock::Clock;
use crate::domain::audit::Actor;
use crate::domain::staff::Role;
use crate::error::{DatabaseFault, Error, Result};
use crate::storage::sql::RowExt;
use paths::Paths;

/// One connection with the clock and the folder it belongs to.
pub struct Store {
    conn: Connection,
    clock: Clock,
    paths: Paths,
}

impl Store {
    /// Opens the database for writing, making and migrating it as needed.
    ///
    /// # Errors
    /// [`Error::Damaged`] if the file does not pass its check, or is gone while
    /// backups of it exist: an empty one never takes its place silently.
    pub fn open(paths: &Paths, clock: &Clock) -> Result<Self> {
        paths.create()?;
        let file = paths.database();
        if !file.exists() && backup::newest(paths).is_some() {
            return Err(Error::Damaged { path: file, detail: "it is gone, but backups exist".into() });
        }
        paths::private_file(&file)?;
        let conn = Connection::open(&file).map_err(|e| damaged_or(&file, e))?;
        let mut store = Self { conn, clock: clock.clone(), paths: paths.clone() };
        store.configure().map_err(|e| damaged_or(&file, e))?;
        store.check()?;
        migrate::run(&mut store)?;
        service::seed(&mut store)?;
        team::seed(&mut store)?;
        duty::seed(&mut store)?;
        Ok(store)
    }

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

    fn configure(&self) -> rusqlite::Result<()> {
        // FULL: a pulled plug after "checked in" must not lose the row.
        self.conn.execute_batch(
            "PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             PRAGMA foreign_keys = ON;
             PRAGMA busy_timeout = 5000;
             PRAGMA trusted_schema = OFF;
             PRAGMA cell_size_check = ON;
             PRAGMA journal_size_limit = 16777216;",
        )?;
        self.conn.set_prepared_statement_cache_capacity(64);
        Ok(())
    }

    fn check(&self) -> Result<()> {
        let path = self.paths.database();
        let verdict: String = self
            .conn
            .query_row("PRAGMA quick_check(1)", [], |row| row.read(0))
            .map_err(|e| damaged_or(&path, e))?;
        if verdict == "ok" { Ok(()) } else { Err(Error::Damaged { path, detail: verdict }) }
    }

    /// Runs `work` in one IMMEDIATE transaction: domain row, audit row and, while
    /// a hub is enrolled, the ops that tell it, together or nothing.
    fn transact<T>(&mut self, actor: Actor, work: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        let clock = self.clock.clone();
        let raw = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let enrolled = sync::is_enrolled(&raw)?;
        let role = role(&raw, actor)?;
        let tx = Tx { raw, clock, actor, role, enrolled };
        let value = work(&tx)?;
        if enrolled {
            tx.stamp()?;
        }
        tx.raw.commit()?;
        Ok(value)
    }

    /// Tries `work` and takes everything back: what would happen?
    fn rehearse<T>(&mut self, actor: Actor, work: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
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
struct Tx<'a> {
    raw: rusqlite::Transaction<'a>,
    clock: Clock,
    actor: Actor,
    /// Of a staff member: what they may do is looked up at every write.
    role: Option<Role>,
    enrolled: bool,
}

/// The role of a staff member; whoever has no account any more may nothing.
fn role(conn: &Connection, actor: Actor) -> Result<Option<Role>> {
    match actor {
        Actor::Staff(id) => staff::role(conn, id)?.map(Some).ok_or(Error::NotAllowed),
        Actor::Resident | Actor::Cli | Actor::Program => Ok(None),
    }
}

impl std::ops::Deref for Tx<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.raw
    }
}

fn damaged_or(path: &std::path::Path, error: rusqlite::Error) -> Error {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
    match error.sqlite_error_code() {
        Some(DatabaseCorrupt | NotADatabase) => {
            Error::Damaged { path: path.to_owned(), detail: error.to_string() }
        }
        _ => error.into(),
    }
}

/// SQLite's codes as kinds. The log of a database on a full disk cannot be
/// extended: SQLite calls that an I/O error of the shared memory's size.
fn fault_of(error: &rusqlite::Error) -> DatabaseFault {
    use rusqlite::ErrorCode as Code;
    use rusqlite::ffi;
    let rusqlite::Error::SqliteFailure(failure, _) = error else { return DatabaseFault::Other };
    match (failure.code, failure.extended_code) {
        (Code::DiskFull, _) | (_, ffi::SQLITE_IOERR_SHMSIZE) => DatabaseFault::Full,
        (Code::DatabaseBusy | Code::DatabaseLocked, _) => DatabaseFault::Locked,
        (Code::ReadOnly | Code::PermissionDenied, _) => DatabaseFault::ReadOnly,
        (Code::CannotOpen, _) => DatabaseFault::CannotOpen,
        (Code::SystemIoFailure, _) => DatabaseFault::Disk,
        (Code::DatabaseCorrupt | Code::NotADatabase, _) => DatabaseFault::Damaged,
        (
            _,
            ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID,
        ) => DatabaseFault::Duplicate,
        (_, ffi::SQLITE_CONSTRAINT_TRIGGER) => DatabaseFault::Overlap,
        (Code::ConstraintViolation, _) => DatabaseFault::Constraint,
        _ => DatabaseFault::Other,
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        let fault = fault_of(&error);
        // SQLite calls it an I/O error; whoever reads the log looks for the disk.
        let detail = if fault == DatabaseFault::Full { "disk full".to_owned() } else { error.to_string() };
        Self::Database { fault, detail }
    }
}
