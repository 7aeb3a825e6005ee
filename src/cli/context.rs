//! The global flags, and the context that every command works with.

use std::fs::File;
use std::io::Write as _;
use std::path::PathBuf;

use daycare_core::clock::Clock;
use daycare_store::Store;
use daycare_store::paths::Paths;

use crate::config::Config;
use crate::error::{Error, Refusal, Result};
use crate::i18n::Lang;

/// Flags that every command accepts.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Global {
    /// Folder of the database, keys and backups (over kiosk.toml)
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) data: Option<PathBuf>,
    /// Settings file (default: kiosk.toml in the working folder, if there)
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Answer with one JSON value on standard output
    #[arg(long, global = true)]
    pub(super) json: bool,
    /// Say what would happen and write nothing
    #[arg(long, global = true)]
    pub(super) dry_run: bool,
}

/// Configuration, paths and output format of one run.
pub(super) struct Context {
    pub(super) global: Global,
    pub(super) config: Config,
    pub(super) clock: Clock,
    pub(super) paths: Paths,
}

impl Context {
    pub(super) fn new(global: Global) -> Result<Self> {
        let config = read_config(&global)?;
        let zone = config.zone().map_err(Error::Usage)?;
        let paths = Paths::new(data_folder(&global, &config)?);
        Ok(Self { global, config, clock: Clock::real(zone), paths })
    }

    pub(super) fn lang(&self) -> Lang {
        Lang::from_tag(&self.config.screen.language)
    }

    /// The same context for the demo, in a data folder of its own unless `--data` was given.
    pub(super) fn with_demo_folder(&self) -> Option<Self> {
        self.global.data.is_none().then(|| Self {
            global: self.global.clone(),
            config: self.config.clone(),
            clock: self.clock.clone(),
            paths: self.paths.demo(),
        })
    }

    /// Opens the store. The tables are never migrated while an older kiosk has the database open.
    pub(super) fn store(&self) -> Result<Store> {
        // If the file cannot be read, opening it below gives the better error.
        if !Store::is_older(&self.paths).unwrap_or(false) {
            return Store::open(&self.paths, &self.clock);
        }
        // Holding the lock keeps a kiosk from starting before the tables are up to date.
        let _lock = lock(&self.paths)?.ok_or_else(|| Error::refused(Refusal::KioskRunning, ""))?;
        Store::open(&self.paths, &self.clock)
    }

    /// Prints the answer: the JSON value with `--json`, otherwise the words.
    pub(super) fn answer(&self, json: &serde_json::Value, words: &str) -> Result<()> {
        let text = if self.global.json { json.to_string() } else { words.to_owned() };
        // A closed pipe is not an error.
        match writeln!(std::io::stdout(), "{}", text.trim_end()) {
            Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(Error::file("standard output", e)),
            _ => Ok(()),
        }
    }
}

fn read_config(global: &Global) -> Result<Config> {
    match &global.config {
        Some(path) => Config::read(path),
        None if std::path::Path::new("kiosk.toml").is_file() => Config::read("kiosk.toml".as_ref()),
        None => Ok(Config::default()),
    }
}

fn data_folder(global: &Global, config: &Config) -> Result<PathBuf> {
    if let Some(data) = &global.data {
        return Ok(data.clone());
    }
    if !config.storage.data.as_os_str().is_empty() {
        return Ok(config.storage.data.clone());
    }
    let home = |variable: &str| std::env::var_os(variable).map(PathBuf::from);
    home("XDG_DATA_HOME")
        .or_else(|| home("LOCALAPPDATA"))
        .or_else(|| home("HOME").map(|home| home.join(".local/share")))
        .map(|base| base.join("daycare-kiosk"))
        .ok_or_else(|| Error::Usage("no data folder: give one with --data DIR".into()))
}

/// Takes the lock that a running kiosk holds; `None` if another process holds it.
pub(super) fn lock(paths: &Paths) -> Result<Option<File>> {
    paths.create()?;
    let path = paths.lock();
    let file = File::create(&path).map_err(|e| Error::file(&path, e))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(std::fs::TryLockError::WouldBlock) => Ok(None),
        Err(std::fs::TryLockError::Error(e)) => Err(Error::file(&path, e)),
    }
}
