//! This kiosk's side of sync, in its own database: operations to push, their
//! results, and what other kiosks wrote.

mod aside;
mod capture;
mod erased;
pub(crate) mod leases;
pub(crate) mod outbox;
mod pools;
mod receive;
pub(crate) mod stamp;
pub(crate) mod state;

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

/// What staff see of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// How it stands.
    pub state: State,
    /// Edits that the hub does not have yet.
    pub unsent: u64,
    /// Edits whose result has not come back.
    pub pending: u64,
    /// What people must look at.
    pub notices: Vec<SyncIssue>,
}

/// Something that people must look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncIssue {
    /// The op it is about.
    pub op: Uuid,
    /// Which row.
    pub row: RowKey,
    /// What came of the op.
    pub outcome: Outcome,
    /// What it wanted, of the columns that people must decide about.
    pub asked: Fields,
    /// What stands there.
    pub stands: Fields,
    /// Whom it concerns, where it concerns somebody.
    pub person: Option<String>,
    /// When it came.
    pub at: Moment,
}

/// What a hub said of this kiosk, as parameters.
fn who<'a>(hub: &'a str, welcome: &'a Welcome) -> [Box<dyn rusqlite::ToSql + 'a>; 5] {
    [
        Box::new(hub),
        Box::new(welcome.centre.into_bytes()),
        Box::new(welcome.kiosk.into_bytes()),
        Box::new(welcome.ordinal),
        Box::new(welcome.accounts),
    ]
}

/// From this schema on merges are synced.
const WITH_MERGES: usize = 6;

/// After a migration from `version`, and with it, edits of new columns are noted too,
/// what was not synced before is pushed, and what an older program has skipped is to be
/// read again.
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
    /// Begins to sync: everything that is here is pushed to the hub, and every
    /// edit from now on. What the centre has already stands: this only fills in
    /// what is missing there.
    ///
    /// # Errors
    /// A hub is enrolled already, or database errors.
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
            // Places that were there before are opened now.
            let _ = tx.execute(include_str!("known_pools.sql"), params![tx.clock.now()])?;
            let _ = tx.execute("DELETE FROM op", [])?;
            capture::everything(tx)?;
            stamp::stamp_with_age(tx)?;
            let words = serde_json::json!({ "hub": hub });
            tx.log(&TrailEntry::new("sync.enrol", "kiosk", welcome.kiosk).after(words))?;
            stamp::stamp(tx, &tx.clock)
        })
    }

    /// Joins the hub of its centre once more, as another kiosk: its certificate
    /// ran out, or the hub was put back from a backup. What waits here goes on
    /// waiting. A hub that was restored gets everything else too, each row as
    /// old as it is: nothing newer is overwritten, nothing that was lost stays lost.
    ///
    /// # Errors
    /// The code is of another centre, or database errors.
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
                    // The kiosk that keeps them pushes them.
                    let _ = tx.execute("DELETE FROM op WHERE id IS NULL AND tbl = 'staff'", [])?;
                }
                stamp::stamp_with_age(tx)?;
                // An edit that waits finds its row there.
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

    /// Leaves the hub: everything that is here stays here.
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

    /// How this kiosk stands with its hub; `None` without one.
    pub fn sync_state(&self) -> Result<Option<State>> {
        state(&self.conn)
    }

    /// What staff see of it; `None` without a hub.
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

    /// How much people must look at.
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

    /// This machine was lost: everything on it goes, at once and for good.
    pub fn wipe(&mut self) -> Result<()> {
        // Files first: whatever stops this half-way, the hub says it once more.
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

    /// How far a snapshot has come that was broken off.
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

    /// Tables of which an older program has passed over rows or columns.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn tables_to_reread(&self) -> Result<Vec<String>> {
        let noted = self.setting(REREAD)?.unwrap_or_default();
        Ok(noted.split_whitespace().map(str::to_owned).collect())
    }

    /// They have been read.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn note_reread(&mut self) -> Result<()> {
        self.quietly(|conn, _| setting::put(conn, REREAD, ""))
    }

    /// Which op the cursor is at, where a snapshot did not say.
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

    /// People have decided: the other value is taken, or what stands is kept.
    /// Either way every kiosk learns of it, and asks nobody again.
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

    /// Notes how the last try went.
    pub fn note_sync(&mut self, trouble: &str) -> Result<()> {
        self.quietly(|conn, wall| {
            let sql = "UPDATE sync_state SET trouble = ?1, synced_at = CASE WHEN ?1 = '' THEN ?2 ELSE synced_at END";
            let _ = conn.prepare_cached(sql)?.execute(params![trouble, wall])?;
            Ok(())
        })
    }

    /// A write of the program itself, without a trail: bookkeeping of sync.
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

    /// Tells the hub that what stands is right.
    fn affirm(&self, row: &RowKey, asked: &Fields) -> Result<()> {
        let (stands, _) = receive::look(self, row, asked)?;
        let text = Value::Object(stands.into_iter().collect()).to_string();
        let sql = "INSERT INTO op (tbl, row, deed, fields, was) VALUES (?1, ?2, 'update', ?3, ?3)";
        let _ = self.prepare_cached(sql)?.execute(params![row.table, row.key, text])?;
        Ok(())
    }
}
