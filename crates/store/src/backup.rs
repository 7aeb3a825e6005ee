//! Backups by SQLite's online API, each reopened and checked; restoring; and the recovery of a
//! damaged database.

use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use daycare_core::clock::Clock;
use rusqlite::{Connection, OpenFlags, backup::Backup};

use crate::connection::Store;
use crate::error::{Error, FileFault, Refusal, Result};
use crate::paths::{Paths, create_private, private_file};
use crate::sql::RowExt;

const DATABASE: &str = "kiosk.db";
const KEY: &str = "registry.key";
/// File name extension of a backup that is being written.
const PART: &str = "part";
/// Folder of a restore in progress.
const RESTORING: &str = "restoring";
/// Setting: how often the centre was restored from a backup.
const RESTORES: &str = "backup.restores";

/// Pages copied at a time, and the pause after them, so that a check-in that commits meanwhile
/// does not wait until the whole copy is on disk.
const STEP_PAGES: i32 = 512;
const STEP_PAUSE: Duration = Duration::from_millis(2);

/// The lock for writing and removing backups of a data folder, held by one thread of one
/// process at a time. Without it, a copy in progress could be removed as a leftover, and a copy
/// from before an erasure could appear after it.
#[derive(Debug)]
pub(crate) struct Hold {
    paths: Paths,
    _lock: File,
}

impl Hold {
    /// Waits until nobody else has it.
    fn wait(paths: &Paths) -> Result<Self> {
        let lock = Self::file(paths)?;
        lock.lock().map_err(|e| Error::file(paths.backups_lock(), e))?;
        Ok(Self { paths: paths.clone(), _lock: lock })
    }

    /// `None` if somebody else holds it, because a backup is in progress.
    pub(crate) fn now(paths: &Paths) -> Result<Option<Self>> {
        let lock = Self::file(paths)?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Self { paths: paths.clone(), _lock: lock })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(e)) => Err(Error::file(paths.backups_lock(), e)),
        }
    }

    fn file(paths: &Paths) -> Result<File> {
        let path = paths.backups_lock();
        paths.create()?;
        private_file(&path)?;
        File::open(&path).map_err(|e| Error::file(&path, e))
    }

    /// As [`create`], for a caller that holds the lock.
    pub(crate) fn create(&self, store: &Store) -> Result<PathBuf> {
        let folder = unused(&self.paths.backups(), &stamp(&store.clock));
        write_unheld(store, &folder)?;
        Ok(folder)
    }

    /// As [`remove_leftovers`], for a caller that holds the lock.
    pub(crate) fn remove_leftovers(&self) -> Result<usize> {
        let restoring = |name: &str| name.starts_with(RESTORING);
        let part = |name: &str| Path::new(name).extension().is_some_and(|e| e == PART);
        Ok(remove_named(&self.paths.backups(), part)? + remove_named(self.paths.root(), restoring)?)
    }
}

/// Removes the folders in `place` whose names match. Returns how many were removed.
fn remove_named(place: &Path, is_one: impl Fn(&str) -> bool) -> Result<usize> {
    let mut removed = 0;
    for entry in std::fs::read_dir(place).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && entry.file_name().to_str().is_some_and(&is_one) {
            std::fs::remove_dir_all(&path).map_err(|e| Error::file(&path, e))?;
            removed += 1;
        }
    }
    Ok(removed)
}

/// Writes a backup into the backup folder and checks it. It is a consistent snapshot, even if
/// others write meanwhile; `store` may be read-only. Waits while another backup is in progress.
///
/// # Errors
/// The disk is full, or the copy does not pass its check (then it is removed).
pub fn create(store: &Store) -> Result<PathBuf> {
    Hold::wait(&store.paths)?.create(store)
}

/// Writes a backup into `folder`, which must not exist yet.
///
/// # Errors
/// As [`create`].
pub fn write(store: &Store, folder: &Path) -> Result<()> {
    let _hold = Hold::wait(&store.paths)?;
    write_unheld(store, folder)
}

fn write_unheld(store: &Store, folder: &Path) -> Result<()> {
    if folder.exists() {
        return Err(Error::bad_file(folder, FileFault::Exists, ""));
    }
    drafted(folder, &folder.with_extension(PART), |draft| {
        copy_database(store, &draft.join(DATABASE))?;
        copy_key(&store.paths.key(), &draft.join(KEY))
    })
}

/// Creates a backup in `draft` with `fill`, checks it, and renames it last, so that a
/// half-written backup never looks like a complete one.
fn drafted(folder: &Path, draft: &Path, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    if draft.exists() {
        std::fs::remove_dir_all(draft).map_err(|e| Error::file(draft, e))?;
    }
    create_private(draft)?;
    let written = fill(draft)
        .and_then(|()| check(draft))
        .and_then(|()| sync_folder(draft))
        .and_then(|()| std::fs::rename(draft, folder).map_err(|e| Error::file(folder, e)))
        .and_then(|()| folder.parent().map_or(Ok(()), sync_folder));
    if written.is_err() {
        drop(std::fs::remove_dir_all(draft));
    }
    written
}

/// Copies the newest good backup into `place` under the same name, unless it is already there.
/// `mark` distinguishes half-written copies of this machine from those of others. Returns the
/// path of the copy.
fn copy_newest(paths: &Paths, place: &Path, mark: &str) -> Result<PathBuf> {
    // The folder is never created here: without its stick, a mount point would be a folder on
    // this disk.
    if !place.is_dir() {
        return Err(Error::file(place, std::io::Error::from(ErrorKind::NotFound)));
    }
    // Leftovers of this machine from a pulled stick or a power cut.
    let ending = format!(".{mark}.{PART}");
    let _ = remove_named(place, |name| name.ends_with(&ending))?;
    let newest = newest(paths).ok_or_else(|| Error::refused(Refusal::NoGoodBackup, ""))?;
    let name = newest.file_name().unwrap_or_default();
    let target = place.join(name);
    if !target.exists() {
        let draft = place.join(format!("{}{ending}", name.to_string_lossy()));
        drafted(&target, &draft, |draft| {
            copy_private(&newest.join(DATABASE), &draft.join(DATABASE))?;
            copy_key(&newest.join(KEY), &draft.join(KEY))
        })?;
    }
    Ok(target)
}

fn copy_database(store: &Store, target: &Path) -> Result<()> {
    private_file(target)?;
    let mut copy = Connection::open(target)?;
    // A consistent snapshot: without a transaction of its own, the copy would start again at
    // every write of another connection.
    let moment = store.conn.unchecked_transaction()?;
    let _: i64 = moment.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.read(0))?;
    {
        let backup = Backup::new(&moment, &mut copy)?;
        backup.run_to_completion(STEP_PAGES, STEP_PAUSE, None)?;
    }
    moment.commit()?;
    // One plain file: a backup has no -wal beside it.
    copy.execute_batch("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;")?;
    copy.close().map_err(|(_, e)| Error::from(e))?;
    std::fs::File::open(target).and_then(|file| file.sync_all()).map_err(|e| Error::file(target, e))
}

fn copy_key(from: &Path, to: &Path) -> Result<()> {
    if from.exists() { copy_private(from, to) } else { Ok(()) }
}

/// Copies a file that only its owner may read, and syncs it to disk.
fn copy_private(from: &Path, to: &Path) -> Result<()> {
    private_file(to)?;
    let fault = |e| Error::file(to, e);
    let mut source = std::fs::File::open(from).map_err(|e| Error::file(from, e))?;
    let mut target = std::fs::OpenOptions::new().write(true).truncate(true).open(to).map_err(fault)?;
    let _ = std::io::copy(&mut source, &mut target).map_err(fault)?;
    target.sync_all().map_err(fault)
}

/// Syncs a folder to disk, so that new names in it are durable.
fn sync_folder(folder: &Path) -> Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    match std::fs::File::open(folder).and_then(|open| open.sync_all()) {
        // Some file systems cannot sync folders and do not need to.
        Err(e) if !matches!(e.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => {
            Err(Error::file(folder, e))
        }
        _ => Ok(()),
    }
}

/// Opens a backup and runs the full integrity check.
///
/// # Errors
/// The backup cannot be opened or is damaged.
pub fn check(folder: &Path) -> Result<()> {
    let path = folder.join(DATABASE);
    let damaged = |detail: String| Error::Damaged { path: path.clone(), detail };
    if !path.is_file() {
        return Err(Error::bad_file(folder, FileFault::NotABackup, ""));
    }
    let conn = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let verdict: String = conn
        .query_row("PRAGMA integrity_check(1)", [], |row| row.read(0))
        .map_err(|e| damaged(e.to_string()))?;
    let version: i64 =
        conn.query_row("PRAGMA user_version", [], |row| row.read(0)).map_err(|e| damaged(e.to_string()))?;
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
    list_in(&paths.backups())
}

/// Backups in a folder, newest first. The order is determined by the content, not by the name,
/// because the clock may have been wrong.
fn list_in(place: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(place).into_iter().flatten().flatten();
    let mut all: Vec<(Age, PathBuf)> = entries
        .map(|entry| entry.path())
        .filter(|path| path.is_dir() && path.extension().is_none_or(|e| e != PART))
        .filter(|path| path.join(DATABASE).is_file())
        .map(|path| (age(&path).unwrap_or_default(), path))
        .collect();
    all.sort_unstable_by(|a, b| b.cmp(a));
    all.into_iter().map(|(_, path)| path).collect()
}

/// Sort key of a backup: how often the centre had been restored by then, and the last entry of
/// its audit trail.
type Age = (i64, i64);

fn age(folder: &Path) -> Result<Age> {
    age_of(&Connection::open_with_flags(folder.join(DATABASE), OpenFlags::SQLITE_OPEN_READ_ONLY)?)
}

fn age_of(conn: &Connection) -> Result<Age> {
    let restores = crate::setting::get(conn, RESTORES)?.and_then(|count| count.parse().ok()).unwrap_or(0);
    let trail: Option<i64> = conn.query_row("SELECT max(id) FROM audit", [], |row| row.read(0))?;
    Ok((restores, trail.unwrap_or(0)))
}

/// The newest backup that passes its check.
#[must_use]
pub fn newest(paths: &Paths) -> Option<PathBuf> {
    list(paths).into_iter().find(|folder| check(folder).is_ok())
}

/// Keeps the newest `kept` backups and removes the rest; the newest one always
/// stays.
///
/// # Errors
/// A folder cannot be removed.
pub fn thin(paths: &Paths, kept: u32) -> Result<()> {
    let _hold = Hold::wait(paths)?;
    for old in list(paths).into_iter().skip(kept.max(1) as usize) {
        std::fs::remove_dir_all(&old).map_err(|e| Error::file(&old, e))?;
    }
    Ok(())
}

/// Removes what a power cut left of a backup or a restore; does nothing while one is in
/// progress. Returns how many folders were removed.
///
/// # Errors
/// A folder cannot be removed.
pub fn remove_leftovers(paths: &Paths) -> Result<usize> {
    Hold::now(paths)?.map_or(Ok(0), |hold| hold.remove_leftovers())
}

/// Copies the newest backup to the second location; after an erasure the copy replaces all
/// older ones there. Backups of other machines or centres beside it are left alone. Returns the
/// mark of the erasures now completed there, for [`Store::second_place_forgot`].
///
/// # Errors
/// The location does not exist, there is no good backup, the copy cannot be written or fails
/// its check, or an old one cannot be removed.
pub fn keep_copy(store: &Store, place: &Path, kept: u32) -> Result<Option<String>> {
    // No erasure is processed during the copy; otherwise the copy could date from before it.
    let _hold = Hold::wait(&store.paths)?;
    let line = line_of(&store.conn)?;
    let mark = line.as_deref().and_then(|line| line.get(..8)).unwrap_or("new");
    let target = copy_newest(&store.paths, place, mark)?;
    let forget = store.second_place_is_to_forget()?;
    let kept = if forget.is_some() { 1 } else { kept.max(1) };
    let of_this_line = |folder: &PathBuf| {
        *folder != target && line_of_backup(folder).is_ok_and(|other| other.is_none() || other == line)
    };
    for old in list_in(place).into_iter().filter(of_this_line).skip(kept as usize - 1) {
        std::fs::remove_dir_all(&old).map_err(|e| Error::file(&old, e))?;
    }
    Ok(forget)
}

/// The common mark of the backups of one machine: the fingerprint of its key.
fn line_of(conn: &Connection) -> Result<Option<String>> {
    crate::setting::get(conn, crate::setting::KEY_FINGERPRINT)
}

fn line_of_backup(folder: &Path) -> Result<Option<String>> {
    line_of(&Connection::open_with_flags(folder.join(DATABASE), OpenFlags::SQLITE_OPEN_READ_ONLY)?)
}

/// Replaces the database by a backup. The replaced files are kept, including stale `-wal` and
/// `-shm` files, so that these can never be applied to the wrong database. The running program
/// must be closed first.
///
/// # Errors
/// The backup does not pass its check, or a file cannot be moved. Nothing is
/// replaced before the copy is complete and checked.
pub fn restore(paths: &Paths, clock: &Clock, backup: &Path) -> Result<Option<PathBuf>> {
    check(backup)?;
    let _hold = Hold::wait(paths)?;
    let fresh = unused(paths.root(), RESTORING);
    create_private(&fresh)?;
    // Anything written after the backup is abandoned: no backup of it may count as newer.
    let beside = backup.parent().map(list_in).unwrap_or_default();
    let known = list(paths).into_iter().chain(beside);
    let restores = known.filter_map(|one| age(&one).ok()).map(|(restores, _)| restores).max();
    let restores = restores.unwrap_or(0).max(age(backup).map_or(0, |(restores, _)| restores)) + 1;
    let copied = copy_private(&backup.join(DATABASE), &fresh.join(DATABASE))
        .and_then(|()| copy_key(&backup.join(KEY), &fresh.join(KEY)))
        .and_then(|()| begin_anew(&fresh.join(DATABASE), restores))
        .and_then(|()| check(&fresh));
    if let Err(error) = copied {
        drop(std::fs::remove_dir_all(&fresh));
        return Err(error);
    }
    let kept = set_aside(paths, clock)?;
    // The key comes first, because a database without its key is of less use.
    for (name, target) in [(KEY, paths.key()), (DATABASE, paths.database())] {
        let source = fresh.join(name);
        if source.exists() {
            std::fs::rename(&source, &target).map_err(|e| Error::file(&target, e))?;
        }
    }
    sync_folder(paths.root())?;
    std::fs::remove_dir_all(&fresh).map_err(|e| Error::file(&fresh, e))?;
    Ok(kept)
}

/// A restored copy must be recognisable to the hub: its ops get new numbers under a new
/// incarnation.
fn begin_anew(database: &Path, restores: i64) -> Result<()> {
    let mut conn = rusqlite::Connection::open(database)?;
    crate::setting::put(&conn, RESTORES, &restores.to_string())?;
    // Files that the restore sets aside must not be removed by an earlier erasure.
    crate::setting::put(&conn, crate::setting::COPIES_TO_FORGET, "")?;
    let knows_hubs = "SELECT 1 FROM sqlite_schema WHERE name = 'sync_state'";
    if conn.prepare(knows_hubs)?.exists([])? {
        let tx = conn.transaction()?;
        crate::sync::outbox::renumber(&tx, 0)?;
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

/// What was done to recover from a damaged database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovery {
    /// The folder of the damaged files.
    pub set_aside: Option<PathBuf>,
    /// The backup now in use.
    pub restored: PathBuf,
}

/// Sets a damaged database aside and replaces it by the newest good backup.
///
/// # Errors
/// There is no good backup; then nothing is moved or replaced.
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

/// `folder/name`, with a number appended if that is taken.
fn unused(folder: &Path, name: &str) -> PathBuf {
    let plain = folder.join(name);
    if !plain.exists() {
        return plain;
    }
    (2u32..10_000).map(|n| folder.join(format!("{name}-{n:02}"))).find(|path| !path.exists()).unwrap_or(plain)
}
