//! Backups by SQLite's online API, each reopened and checked; restore; and
//! what happens to a damaged database.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, backup::Backup};

use super::Store;
use super::paths::{Paths, create_private};
use crate::clock::Clock;
use crate::error::{Error, FileFault, Refusal, Result};

const DATABASE: &str = "kiosk.db";
const KEY: &str = "registry.key";

/// Writes a backup into the backup folder and checks it.
///
/// # Errors
/// The disk is full, or the copy does not pass its check (then it is removed).
pub fn create(store: &Store) -> Result<PathBuf> {
    let folder = unused(&store.paths.backups(), &stamp(&store.clock));
    write(store, &folder)?;
    Ok(folder)
}

/// Writes a backup into `folder`, which must not exist yet.
///
/// # Errors
/// As [`create`].
pub fn write(store: &Store, folder: &Path) -> Result<()> {
    if folder.exists() {
        return Err(Error::bad_file(folder, FileFault::Exists, ""));
    }
    // A half-written backup must never look like one: it gets its name last.
    let draft = folder.with_extension("part");
    if draft.exists() {
        std::fs::remove_dir_all(&draft).map_err(|e| Error::file(&draft, e))?;
    }
    create_private(&draft)?;
    let written = copy_database(store, &draft.join(DATABASE))
        .and_then(|()| copy_key(&store.paths.key(), &draft.join(KEY)))
        .and_then(|()| check(&draft))
        .and_then(|()| std::fs::rename(&draft, folder).map_err(|e| Error::file(folder, e)));
    if written.is_err() {
        drop(std::fs::remove_dir_all(&draft));
    }
    written
}

fn copy_database(store: &Store, target: &Path) -> Result<()> {
    let mut copy = Connection::open(target)?;
    {
        let backup = Backup::new(&store.conn, &mut copy)?;
        backup.run_to_completion(1024, std::time::Duration::ZERO, None)?;
    }
    // One plain file: a backup has no -wal beside it.
    copy.execute_batch("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;")?;
    copy.close().map_err(|(_, e)| Error::from(e))?;
    std::fs::File::open(target).and_then(|file| file.sync_all()).map_err(|e| Error::file(target, e))
}

fn copy_key(from: &Path, to: &Path) -> Result<()> {
    if from.exists() {
        let _ = std::fs::copy(from, to).map_err(|e| Error::file(to, e))?;
    }
    Ok(())
}

/// Opens a backup and runs the whole integrity check.
///
/// # Errors
/// What is wrong with it.
pub fn check(folder: &Path) -> Result<()> {
    let path = folder.join(DATABASE);
    let damaged = |detail: String| Error::Damaged { path: path.clone(), detail };
    if !path.is_file() {
        return Err(Error::bad_file(folder, FileFault::NotABackup, ""));
    }
    let conn = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let verdict: String = conn
        .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        .map_err(|e| damaged(e.to_string()))?;
    let version: i64 =
        conn.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(|e| damaged(e.to_string()))?;
    if verdict != "ok" {
        return Err(damaged(verdict));
    }
    if version < 1 {
        return Err(damaged("it holds no centre".into()));
    }
    Ok(())
}

/// All backups, newest first.
#[must_use]
pub fn list(paths: &Paths) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(paths.backups()).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.is_dir() && path.extension().is_none_or(|e| e != "part"))
        .collect();
    folders.sort_unstable_by(|a, b| b.cmp(a));
    folders
}

/// The newest backup that passes its check.
#[must_use]
pub fn newest(paths: &Paths) -> Option<PathBuf> {
    list(paths).into_iter().find(|folder| check(folder).is_ok())
}

/// Keeps the newest `kept` backups and removes the rest.
///
/// # Errors
/// A folder cannot be removed.
pub fn thin(paths: &Paths, kept: u32) -> Result<()> {
    for old in list(paths).into_iter().skip(kept as usize) {
        std::fs::remove_dir_all(&old).map_err(|e| Error::file(&old, e))?;
    }
    Ok(())
}

/// Puts a backup in place of the database. What it replaces is kept; stale
/// `-wal` and `-shm` files go with it, so they can never be applied to the
/// wrong database. The running program must be closed first.
///
/// # Errors
/// The backup does not pass its check, or a file cannot be moved. Nothing is
/// replaced before the copy is complete and checked.
pub fn restore(paths: &Paths, clock: &Clock, backup: &Path) -> Result<Option<PathBuf>> {
    check(backup)?;
    paths.create()?;
    let fresh = unused(paths.root(), "restoring");
    create_private(&fresh)?;
    let copied = std::fs::copy(backup.join(DATABASE), fresh.join(DATABASE))
        .map_err(|e| Error::file(&fresh, e))
        .and_then(|_| copy_key(&backup.join(KEY), &fresh.join(KEY)))
        .and_then(|()| begin_anew(&fresh.join(DATABASE)))
        .and_then(|()| check(&fresh));
    if let Err(error) = copied {
        drop(std::fs::remove_dir_all(&fresh));
        return Err(error);
    }
    let kept = set_aside(paths, clock)?;
    for (name, target) in [(DATABASE, paths.database()), (KEY, paths.key())] {
        let source = fresh.join(name);
        if source.exists() {
            std::fs::rename(&source, &target).map_err(|e| Error::file(&target, e))?;
        }
    }
    std::fs::remove_dir_all(&fresh).map_err(|e| Error::file(&fresh, e))?;
    Ok(kept)
}

/// A copy that takes the place of what it was copied from tells the hub so: its
/// ops get new numbers under a new incarnation.
fn begin_anew(database: &Path) -> Result<()> {
    let mut conn = rusqlite::Connection::open(database)?;
    let knows_hubs = "SELECT 1 FROM sqlite_schema WHERE name = 'sync_state'";
    if conn.prepare(knows_hubs)?.exists([])? {
        let tx = conn.transaction()?;
        super::sync::renumber(&tx, 0)?;
        tx.commit()?;
    }
    Ok(())
}

/// Moves database, -wal, -shm and key together into a folder of their own.
///
/// # Errors
/// A file cannot be moved.
pub fn set_aside(paths: &Paths, clock: &Clock) -> Result<Option<PathBuf>> {
    let database = paths.database();
    let side = |suffix: &str| paths.root().join(format!("{DATABASE}{suffix}"));
    let files = [database, side("-wal"), side("-shm"), paths.key()];
    if !files.iter().any(|file| file.exists()) {
        return Ok(None);
    }
    let folder = unused(&paths.set_aside(), &stamp(clock));
    create_private(&folder)?;
    for file in files.iter().filter(|file| file.exists()) {
        let name = file.file_name().unwrap_or_default();
        std::fs::rename(file, folder.join(name)).map_err(|e| Error::file(file, e))?;
    }
    Ok(Some(folder))
}

/// What was done about a damaged database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovery {
    /// Where the damaged files are.
    pub set_aside: Option<PathBuf>,
    /// The backup now in use.
    pub restored: PathBuf,
}

/// Sets a damaged database aside and puts the newest good backup in its place.
///
/// # Errors
/// There is no good backup: then nothing is moved and nothing is replaced.
pub fn recover(paths: &Paths, clock: &Clock) -> Result<Recovery> {
    let Some(restored) = newest(paths) else {
        return Err(Error::refused(Refusal::NoGoodBackup, ""));
    };
    let set_aside = restore(paths, clock, &restored)?;
    Ok(Recovery { set_aside, restored })
}

fn stamp(clock: &Clock) -> String {
    clock.local().format("%Y-%m-%d-%H%M%S").to_string()
}

/// `folder/name`, or with a number where that is taken.
fn unused(folder: &Path, name: &str) -> PathBuf {
    let plain = folder.join(name);
    if !plain.exists() {
        return plain;
    }
    (2u32..10_000).map(|n| folder.join(format!("{name}-{n:02}"))).find(|path| !path.exists()).unwrap_or(plain)
}
