//! The command line: one file per subcommand.

mod backup;
mod context;
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
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::error::{Error, Result};

use crate::i18n::{I18n, Lang};
use context::{Context, Global};

/// Check-in kiosk for elderly day-care centres.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Option<Command>,
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

/// Runs the program. Exit codes: 0 done, 1 refused, 2 wrong usage, 70 internal error.
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
            drop(writeln!(std::io::stderr(), "kiosk: {}", sentence(&error, lang)));
            exit_code(&error)
        }
    }
}

/// The error in the language of `kiosk.toml`; in Chinese followed by the English text of the
/// log, which a technician can search for.
fn sentence(error: &Error, lang: Lang) -> String {
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
