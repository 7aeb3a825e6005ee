//! This kiosk's side of sync, in its own database: operations to push, their results, and the
//! edits of other kiosks.

mod capture;
mod erased;
pub(crate) mod leases;
pub(crate) mod outbox;
mod pools;
mod receive;
pub(crate) mod stamp;
pub(crate) mod state;
mod yielding;

use daycare_core::audit::Actor;
use daycare_core::time::Moment;
use daycare_sync::change::Outcome;
use daycare_sync::op::{Fields, RowKey};
use daycare_sync::tables::Table;
use daycare_sync::wire::Welcome;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params_from_iter};
use serde_json::Value;
use uuid::Uuid;

use crate::audit::TrailEntry;
use crate::connection::{Store, Tx};
use crate::error::{Error, Result, Rule};
use crate::sql::{RowExt, params};
use crate::{privacy, setting};
use state::{REREAD, SNAPSHOT, is_enrolled, state};

pub use leases::Promise;
pub use state::{SoFar, State};

/// The state of sync, as shown to staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// State of the connection to the hub.
    pub state: State,
    /// Number of edits that the hub does not have yet.
    pub unsent: u64,
    /// Number of edits whose result has not come back.
    pub pending: u64,
    /// Problems that people must look at.
    pub notices: Vec<SyncIssue>,
}

/// A problem that people must look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncIssue {
    /// The op it is about.
    pub op: Uuid,
    /// Which row.
    pub row: RowKey,
    /// Result of the op.
    pub outcome: Outcome,
    /// Values that the op wanted for the columns that people must decide about.
    pub asked: Fields,
    /// Present values of those columns.
    pub stands: Fields,
    /// Name of the person concerned, if there is one.
    pub person: Option<String>,
    /// When it was received.
    pub at: Moment,
}

/// A hub's answer to joining, as parameters of a statement.
fn who<'a>(hub: &'a str, welcome: &'a Welcome) -> [Box<dyn rusqlite::ToSql + 'a>; 5] {
    [
        Box::new(hub),
        Box::new(welcome.centre.into_bytes()),
        Box::new(welcome.kiosk.into_bytes()),
        Box::new(welcome.ordinal),
        Box::new(welcome.accounts),
    ]
}

/// The first schema version with synced merges.
const WITH_MERGES: usize = 6;

/// After a migration from `version`: edits of new columns are recorded too, data that were not
/// synced before are pushed, and data that an older program skipped are read again.
pub(crate) fn note_new_columns(conn: &Connection, version: usize) -> Result<()> {
    if !is_enrolled(conn)? {
        return Ok(());
    }
    capture::end(conn)?;
    capture::begin(conn)?;
    if version < WITH_MERGES {
        for table in ["merge", "merge_row"].into_iter().filter_map(Table::named) {
            capture::whole_table(conn, table)?;
        }
        let passed_over =
            "UPDATE sync_notice SET seen_at = at WHERE tbl IN ('merge', 'merge_row') AND seen_at IS NULL";
        let _ = conn.execute(passed_over, [])?;
        setting::put(conn, REREAD, "consent merge merge_row target")?;
    }
    Ok(())
}

impl Store {
    /// Joins a hub: pushes everything that is here, and every edit from now on. Data that the
    /// centre already has win; this kiosk only fills in what is missing.
    ///
    /// # Errors
    /// A hub is already joined, or database errors.
    pub fn begin_sync(&mut self, actor: Actor, hub: &str, welcome: &Welcome) -> Result<()> {
        let sql = "INSERT INTO sync_state (id, hub, centre, kiosk, ordinal, accounts) VALUES (1, ?1, ?2, ?3, ?4, ?5)";
        self.transact(actor, |tx| {
            if is_enrolled(tx)? {
                return Err(Error::Rule(Rule::HubJoined));
            }
            setting::put(tx, SNAPSHOT, "")?;
            let _ = tx.execute("DELETE FROM sqlite_sequence WHERE name = 'op'", [])?;
            let _ = tx.execute(sql, params_from_iter(who(hub, welcome)))?;
            capture::begin(tx)?;
            // Pools for places that existed before are opened now.
            let _ = tx.execute(include_str!("known_pools.sql"), params![tx.clock.now()])?;
            let _ = tx.execute("DELETE FROM op", [])?;
            capture::everything(tx)?;
            stamp::stamp_with_age(tx)?;
            let words = serde_json::json!({ "hub": hub });
            tx.log(&TrailEntry::new("sync.enrol", "kiosk", welcome.kiosk).after(words))?;
            stamp::stamp(tx, &tx.clock)
        })
    }

    /// Joins the hub of its centre again, as a new kiosk, because its certificate expired or
    /// the hub was restored from a backup. Pending edits stay pending. A restored hub also gets
    /// everything else, each row with its own age: nothing newer is overwritten, and nothing
    /// that the hub lost stays lost.
    ///
    /// # Errors
    /// The code belongs to another centre, or database errors.
    pub fn rejoin(&mut self, actor: Actor, hub: &str, welcome: &Welcome, put_back: bool) -> Result<()> {
        let sql = "UPDATE sync_state SET hub = ?1, centre = ?2, kiosk = ?3, ordinal = ?4, accounts = ?5, trouble = ''";
        self.transact(actor, |tx| {
            if state(tx)?.is_none_or(|state| state.centre != welcome.centre) {
                return Err(Error::Rule(Rule::HubOfAnotherCentre));
            }
            let _ = tx.execute(sql, params_from_iter(who(hub, welcome)))?;
            setting::put(tx, SNAPSHOT, "")?;
            if put_back {
                let waiting: i64 =
                    tx.query_row("SELECT coalesce(max(number), 0) FROM op", [], |row| row.read(0))?;
                capture::everything(tx)?;
                let _ = tx.execute(include_str!("tell_gone.sql"), [waiting])?;
                if !welcome.accounts {
                    // The kiosk that manages the accounts pushes them.
                    let _ = tx.execute("DELETE FROM op WHERE id IS NULL AND tbl = 'staff'", [])?;
                }
                stamp::stamp_with_age(tx)?;
                // A pending edit must find its row at the hub.
                let later = "UPDATE op SET number = number + (SELECT max(number) FROM op) WHERE number <= ?1";
                let _ = tx.execute(later, [waiting])?;
                let _ = tx.execute("UPDATE sync_state SET cursor = 0, cursor_op = NULL, head = 0", [])?;
            }
            outbox::renumber(tx, 0)?;
            let words = serde_json::json!({ "hub": hub });
            tx.log(&TrailEntry::new("sync.enrol", "kiosk", welcome.kiosk).after(words))?;
            stamp::stamp(tx, &tx.clock)
        })
    }

    /// Leaves the hub; all data stay here.
    pub fn end_sync(&mut self, actor: Actor) -> Result<()> {
        self.transact(actor, |tx| {
            let Some(state) = state(tx)? else { return Ok(()) };
            tx.log(&TrailEntry::new("sync.leave", "kiosk", state.kiosk))?;
            capture::end(tx)?;
            for table in ["op", "sync_state", "sync_notice", "seat_lease", "pool", "row_heard"] {
                let _ = tx.execute(&format!("DELETE FROM {table}"), [])?;
            }
            Ok(())
        })
    }

    /// The state of this kiosk at its hub; `None` without one.
    pub fn sync_state(&self) -> Result<Option<State>> {
        state(&self.conn)
    }

    /// The state of sync for staff; `None` without a hub.
    pub fn sync_status(&self) -> Result<Option<Status>> {
        let Some(state) = state(&self.conn)? else { return Ok(None) };
        let count = |sql: &str| -> Result<u64> {
            let count: i64 = self.conn.prepare_cached(sql)?.query_row([], |row| row.read(0))?;
            Ok(count.cast_unsigned())
        };
        Ok(Some(Status {
            unsent: count("SELECT count(*) FROM op WHERE number > (SELECT acked FROM sync_state)")?,
            pending: count("SELECT count(*) FROM op WHERE settled = 0")?,
            notices: self.notices_of_sync()?,
            state,
        }))
    }

    /// Number of problems that people must look at.
    pub fn undecided(&self) -> Result<usize> {
        let sql = "SELECT count(*) FROM sync_notice WHERE seen_at IS NULL";
        let count: u32 = self.conn.prepare_cached(sql)?.query_row([], |row| row.read(0))?;
        Ok(count as usize)
    }

    /// Whether there is an edit that the hub does not have.
    pub fn has_unsent(&self) -> Result<bool> {
        let sql = "SELECT 1 FROM op WHERE number > (SELECT acked FROM sync_state) AND id IS NOT NULL LIMIT 1";
        Ok(self.conn.prepare_cached(sql)?.exists([])?)
    }

    /// Deletes everything on this machine for good, because it was lost.
    pub fn wipe(&mut self) -> Result<()> {
        // Files come first: if this is interrupted, the hub will request it again.
        let paths = self.paths().clone();
        for folder in [paths.backups(), paths.exports(), paths.refused(), paths.set_aside()] {
            let _ = privacy::remove_files(&folder)?;
        }
        let key = paths.key();
        match std::fs::remove_file(&key) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Error::file(&key, error));
            }
            _ => {}
        }
        self.conn.pragma_update(None, "foreign_keys", false)?;
        self.quietly(|conn, _| {
            capture::end(conn)?;
            let mut statement = conn.prepare(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
            )?;
            let tables = statement.query_map([], |row| row.read::<String>(0))?;
            for table in tables.collect::<rusqlite::Result<Vec<_>>>()? {
                let _ = conn.execute(&format!("DELETE FROM {table}"), [])?;
            }
            Ok(())
        })?;
        self.forget_pages()
    }

    /// How far an interrupted snapshot had come.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn snapshot_so_far(&self) -> Result<Option<SoFar>> {
        let noted = self.setting(SNAPSHOT)?;
        Ok(noted.and_then(|noted| serde_json::from_str(&noted).ok()))
    }

    /// Notes how far a snapshot has come.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn note_snapshot(&mut self, so_far: &SoFar) -> Result<()> {
        let words = serde_json::to_string(so_far).map_err(|e| Error::Internal(e.to_string()))?;
        self.quietly(|conn, _| setting::put(conn, SNAPSHOT, &words))
    }

    /// Tables of which an older program skipped rows or columns.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn tables_to_reread(&self) -> Result<Vec<String>> {
        let noted = self.setting(REREAD)?.unwrap_or_default();
        Ok(noted.split_whitespace().map(str::to_owned).collect())
    }

    /// Records that these tables have been read again.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn note_reread(&mut self) -> Result<()> {
        self.quietly(|conn, _| setting::put(conn, REREAD, ""))
    }

    /// Records which op the cursor is at, if the snapshot did not say.
    pub fn note_cursor(&mut self, cursor: u64, op: Uuid) -> Result<()> {
        self.quietly(|conn, _| {
            let sql = "UPDATE sync_state SET cursor_op = ?2 WHERE cursor = ?1 AND cursor_op IS NULL";
            let _ = conn.execute(sql, params![cursor.cast_signed(), op.into_bytes()])?;
            Ok(())
        })
    }

    fn notices_of_sync(&self) -> Result<Vec<SyncIssue>> {
        let mut statement = self.conn.prepare_cached(include_str!("list_notices.sql"))?;
        let mut rows = statement.query([])?;
        let mut notices = Vec::new();
        while let Some(row) = rows.next()? {
            let outcome: String = row.read(3)?;
            let outcome = serde_json::from_str(&outcome).map_err(|e| Error::Internal(e.to_string()))?;
            let key = RowKey::new(row.read::<String>(1)?, row.read::<String>(2)?);
            let asked = outbox::fields(row.read(4)?)?;
            let (stands, person) = receive::look(&self.conn, &key, &asked)?;
            let op = Uuid::from_bytes(row.read(0)?);
            notices.push(SyncIssue { op, row: key, outcome, asked, stands, person, at: row.read(5)? });
        }
        Ok(notices)
    }

    /// Applies a decision by people: the other value is taken, or the present one is kept.
    /// Either way every kiosk receives it, and nobody is asked again.
    pub fn decide_notice(&mut self, actor: Actor, op: Uuid, take_other: bool) -> Result<()> {
        self.transact(actor, |tx| {
            let Some(notice) = tx.notice(op)? else { return Ok(()) };
            let (row, asked) = notice;
            if take_other && !asked.is_empty() {
                receive::write_fields(tx, &row, &asked, tx.clock.now())?;
            } else if !asked.is_empty() {
                tx.affirm(&row, &asked)?;
            }
            let sql = "UPDATE sync_notice SET seen_at = ?2 WHERE op_id = ?1";
            let _ = tx.prepare_cached(sql)?.execute(params![op.into_bytes(), tx.clock.now()])?;
            let words = serde_json::json!({ "table": row.table, "row": row.key, "other": take_other });
            tx.log(&TrailEntry::new("sync.decide", "kiosk", op).after(words))
        })
    }

    /// Records the result of the last attempt to sync; empty if it succeeded.
    pub fn note_sync(&mut self, trouble: &str) -> Result<()> {
        self.quietly(|conn, wall| {
            let sql = "UPDATE sync_state SET trouble = ?1, synced_at = CASE WHEN ?1 = '' THEN ?2 ELSE synced_at END";
            let _ = conn.prepare_cached(sql)?.execute(params![trouble, wall])?;
            Ok(())
        })
    }

    /// A bookkeeping write of sync, without an audit row.
    pub(crate) fn quietly<T>(&mut self, work: impl FnOnce(&Connection, Moment) -> Result<T>) -> Result<T> {
        let wall = self.clock.now();
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = work(&tx, wall)?;
        tx.commit()?;
        Ok(value)
    }
}

impl Tx<'_> {
    fn notice(&self, op: Uuid) -> Result<Option<(RowKey, Fields)>> {
        let sql = "SELECT tbl, row, other FROM sync_notice WHERE op_id = ?1 AND seen_at IS NULL";
        let found = self.prepare_cached(sql)?.query_row([op.into_bytes()], |row| {
            let key = RowKey::new(row.read::<String>(0)?, row.read::<String>(1)?);
            Ok((key, outbox::fields(row.read(2)?)?))
        });
        Ok(found.optional()?)
    }

    /// Confirms to the hub that the present value is right.
    fn affirm(&self, row: &RowKey, asked: &Fields) -> Result<()> {
        let (stands, _) = receive::look(self, row, asked)?;
        let text = Value::Object(stands.into_iter().collect()).to_string();
        let sql = "INSERT INTO op (tbl, row, deed, fields, was) VALUES (?1, ?2, 'update', ?3, ?3)";
        let _ = self.prepare_cached(sql)?.execute(params![row.table, row.key, text])?;
        Ok(())
    }
}
