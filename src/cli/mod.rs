//! The command line: one file per subcommand.

mod backup;
mod demo;
mod doctor;
mod export;
mod import;
mod privacy;
mod report;
mod restore;
mod run;
mod staff;
mod sync;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use daycare_core::clock::Clock;
use daycare_store::Store;
use daycare_store::paths::Paths;

use crate::config::Config;
use crate::error::{Error, Refusal, Result};
use crate::i18n::{I18n, Lang};

/// Check-in kiosk for elderly day-care centres.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Flags of every command.
#[derive(Debug, Clone, clap::Args)]
struct Global {
    /// Folder of the database, keys and backups (over kiosk.toml)
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Settings file (default: kiosk.toml in the working folder, if there)
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Answer with one JSON value on standard output
    #[arg(long, global = true)]
    json: bool,
    /// Say what would happen and write nothing
    #[arg(long, global = true)]
    dry_run: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open the kiosk (the default)
    Run(run::Args),
    /// Open the kiosk on a generated demo centre
    Demo(demo::Args),
    /// Take in a registry or a sign-in book
    #[command(subcommand)]
    Import(import::Args),
    /// Count visits and people of a period
    Report(report::Args),
    /// Write the visits of a period as CSV
    Export(export::Args),
    /// Make a checked copy of everything
    Backup(backup::Args),
    /// Put a backup in place; what it replaces is kept
    Restore(restore::Args),
    /// One person's data as a copy, erasure, retention
    #[command(subcommand)]
    Privacy(privacy::Args),
    /// Look at the state of the data folder
    Doctor,
    /// Add staff, list them, set PINs and roles, end accounts
    #[command(subcommand)]
    Staff(staff::Args),
    /// Join a hub, leave it, see how it stands
    #[command(subcommand)]
    Sync(sync::Args),
}

/// What a command works with.
struct Context {
    global: Global,
    config: Config,
    clock: Clock,
    paths: Paths,
}

impl Context {
    fn new(global: Global) -> Result<Self> {
        let config = read_config(&global)?;
        let zone = config.zone().map_err(Error::Usage)?;
        let paths = Paths::new(data_folder(&global, &config)?);
        Ok(Self { global, config, clock: Clock::real(zone), paths })
    }

    fn lang(&self) -> Lang {
        Lang::from_tag(&self.config.screen.language)
    }

    /// The same for the demo, in a folder of its own, unless one was named.
    fn with_demo_folder(&self) -> Option<Self> {
        self.global.data.is_none().then(|| Self {
            global: self.global.clone(),
            config: self.config.clone(),
            clock: self.clock.clone(),
            paths: self.paths.demo(),
        })
    }

    /// The store. A newer program never changes the tables of a database under an
    /// older kiosk that has it open.
    fn store(&self) -> Result<Store> {
        // What is wrong with a file that cannot be read, opening it says better.
        if !Store::is_older(&self.paths).unwrap_or(false) {
            return Store::open(&self.paths, &self.clock);
        }
        // No kiosk begins before the tables are up to date.
        let _lock = run::lock(&self.paths)?.ok_or_else(|| Error::refused(Refusal::KioskRunning, ""))?;
        Store::open(&self.paths, &self.clock)
    }

    /// Prints the answer: JSON alone, or words.
    fn answer(&self, json: &serde_json::Value, words: &str) -> Result<()> {
        let text = if self.global.json { json.to_string() } else { words.to_owned() };
        // A closed pipe is the reader's choice, not a fault.
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

/// Runs the program and says how it ended: 0 done, 1 refused, 2 wrong usage,
/// 70 our fault.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    start_log();
    let (done, lang) = match Context::new(cli.global) {
        Ok(context) => (dispatch(&context, cli.command), context.lang()),
        Err(error) => (Err(error), Lang::ZhHans),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            drop(writeln!(std::io::stderr(), "kiosk: {}", told(&error, lang)));
            exit_code(&error)
        }
    }
}

/// The sentence in the language of `kiosk.toml`; in Chinese followed by the
/// English words of the log, which a technician can search for.
fn told(error: &Error, lang: Lang) -> String {
    let message = I18n::new(lang).error(error);
    match (lang, error) {
        (Lang::En, _) | (_, Error::Usage(_)) => message,
        _ => format!("{message}\n({error})"),
    }
}

fn dispatch(context: &Context, command: Option<Command>) -> Result<()> {
    match command.unwrap_or(Command::Run(run::Args {})) {
        Command::Run(args) => run::run(context, &args),
        Command::Demo(args) => demo::run(context, &args),
        Command::Import(args) => import::run(context, &args),
        Command::Report(args) => report::run(context, &args),
        Command::Export(args) => export::run(context, &args),
        Command::Backup(args) => backup::run(context, &args),
        Command::Restore(args) => restore::run(context, &args),
        Command::Privacy(args) => privacy::run(context, &args),
        Command::Doctor => doctor::run(context),
        Command::Staff(args) => staff::run(context, &args),
        Command::Sync(args) => sync::run(context, &args),
    }
}

fn exit_code(error: &Error) -> ExitCode {
    match error {
        Error::File { .. }
        | Error::Refused { .. }
        | Error::Usage(_)
        | Error::NotFound(_)
        | Error::Rule(_)
        | Error::NotAllowed
        | Error::AccountsElsewhere => ExitCode::from(1),
        Error::Busy
        | Error::StoreStopped
        | Error::Database { .. }
        | Error::Damaged { .. }
        | Error::Internal(_) => ExitCode::from(70),
    }
}

fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("KIOSK_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    drop(tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init());
}
