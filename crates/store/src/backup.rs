//! Backups by SQLite's online API, each reopened and checked; restore; and
//! what happens to a damaged database.

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
/// Ending of a backup that is being written.
const PART: &str = "part";
/// Folder of a restore that is under way.
const RESTORING: &str = "restoring";
/// Setting of how often the centre was put back from a backup.
const RESTORES: &str = "backup.restores";

/// Pages copied at a time, and the pause after them: a check-in that commits
/// meanwhile does not wait for the whole copy to reach the disk.
const STEP_PAGES: i32 = 512;
const STEP_PAUSE: Duration = Duration::from_millis(2);

/// The right to write and remove backups of a data folder, which one thread of one
/// process has at a time. Without it a copy that is being written could be swept as
/// a leftover, and a copy of before an erasure could appear after it.
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

    /// `None` while somebody else has it: a backup is under way.
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

    /// As [`create`], for the one that holds it.
    pub(crate) fn create(&self, store: &Store) -> Result<PathBuf> {
        let folder = unused(&self.paths.backups(), &stamp(&store.clock));
        write_unheld(store, &folder)?;
        Ok(folder)
    }

    /// As [`remove_leftovers`], for the one that holds it.
    pub(crate) fn remove_leftovers(&self) -> Result<usize> {
        let restoring = |name: &str| name.starts_with(RESTORING);
        let part = |name: &str| Path::new(name).extension().is_some_and(|e| e == PART);
        Ok(remove_named(&self.paths.backups(), part)? + remove_named(self.paths.root(), restoring)?)
    }
}

/// Removes the folders in `place` whose names are like that. Returns how many went.
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

/// Writes a backup into the backup folder and checks it. It is one moment of the
/// database, also where others write meanwhile; `store` may read only. Waits while
/// another backup is under way.
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

/// Makes a backup in `draft` by `fill`, checks it and gives it its name last: a
/// half-written one must never look like one.
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

/// Copies the newest good backup into `place`, where it keeps its name; nothing
/// where it lies there already. `mark` tells half-written copies of this machine
/// from those of others. Returns where it is.
fn copy_newest(paths: &Paths, place: &Path, mark: &str) -> Result<PathBuf> {
    // Never made here: without its stick a mount point is a folder of this disk.
    if !place.is_dir() {
        return Err(Error::file(place, std::io::Error::from(ErrorKind::NotFound)));
    }
    // What a pulled stick or a power cut left half written here by this machine.
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
    // One moment of the database: without a transaction of its own the copy would
    // begin anew at every write of another connection.
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

/// Copies a file that only its owner may read, down to the disk.
fn copy_private(from: &Path, to: &Path) -> Result<()> {
    private_file(to)?;
    let fault = |e| Error::file(to, e);
    let mut source = std::fs::File::open(from).map_err(|e| Error::file(from, e))?;
    let mut target = std::fs::OpenOptions::new().write(true).truncate(true).open(to).map_err(fault)?;
    let _ = std::io::copy(&mut source, &mut target).map_err(fault)?;
    target.sync_all().map_err(fault)
}

/// Brings a new name in a folder down to the disk.
fn sync_folder(folder: &Path) -> Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    match std::fs::File::open(folder).and_then(|open| open.sync_all()) {
        // Some disks cannot, and have nothing to bring down.
        Err(e) if !matches!(e.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => {
            Err(Error::file(folder, e))
        }
        _ => Ok(()),
    }
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

/// Backups in a folder, newest first. What is inside tells which is newer, not
/// the name: the clock may have been wrong.
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

/// How new a backup is: how often the centre was put back before it, and the last
/// line of its trail.
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

/// Removes what a power cut left of a backup or a restore. Nothing while one is
/// under way. Returns how many folders went.
///
/// # Errors
/// A folder cannot be removed.
pub fn remove_leftovers(paths: &Paths) -> Result<usize> {
    Hold::now(paths)?.map_or(Ok(0), |hold| hold.remove_leftovers())
}

/// Makes the copy of the newest backup at the second place; after an erasure it
/// takes the place of all that lie there. Backups of another machine or centre may
/// lie beside it and are left alone. Returns the mark of the erasures that are
/// forgotten there now, for [`Store::second_place_forgot`].
///
/// # Errors
/// The place is not there, there is no good backup, the copy cannot be written or
/// does not pass its check, or an old one cannot be removed.
pub fn keep_copy(store: &Store, place: &Path, kept: u32) -> Result<Option<String>> {
    // No erasure is worked off while the copy is made: it would be of before it.
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

/// What the backups of one machine share: the fingerprint of its key.
fn line_of(conn: &Connection) -> Result<Option<String>> {
    crate::setting::get(conn, crate::setting::KEY_FINGERPRINT)
}

fn line_of_backup(folder: &Path) -> Result<Option<String>> {
    line_of(&Connection::open_with_flags(folder.join(DATABASE), OpenFlags::SQLITE_OPEN_READ_ONLY)?)
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
    let _hold = Hold::wait(paths)?;
    let fresh = unused(paths.root(), RESTORING);
    create_private(&fresh)?;
    // What was written after the backup belongs to a past that is given up: no
    // backup of it may be taken for a newer one.
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
    // The key first: a database without its key would be worth less.
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

/// A copy that takes the place of what it was copied from tells the hub so: its
/// ops get new numbers under a new incarnation.
fn begin_anew(database: &Path, restores: i64) -> Result<()> {
    let mut conn = rusqlite::Connection::open(database)?;
    crate::setting::put(&conn, RESTORES, &restores.to_string())?;
    // What the restore sets aside is not removed by an erasure of before.
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
