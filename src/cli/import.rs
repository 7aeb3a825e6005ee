//! `kiosk import registry FILE`, `kiosk import visits FILE --year Y` and
//! `kiosk import roster FILE`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::Context;
use crate::domain::audit::Actor;
use crate::error::Result;
use crate::i18n::{I18n, Lang, pinyin};
use crate::intake::outcome::Outcome;
use crate::intake::table::{Table, write_refused};
use crate::intake::{registry, roster, visits};
use crate::storage::intake::Mode;

#[derive(Debug, clap::Subcommand)]
pub enum Args {
    /// The list of residents: CSV in any Chinese encoding, or a spreadsheet
    Registry(File),
    /// A paper sign-in book that was typed in
    Visits {
        #[command(flatten)]
        file: File,
        /// The year of dates written without one
        #[arg(long, value_name = "Y")]
        year: Option<i32>,
    },
    /// The weekly activity plan, from today on
    Roster(File),
}

#[derive(Debug, clap::Args)]
pub struct File {
    /// The file
    file: PathBuf,
    /// Where to write refused rows (default: inside the data folder)
    #[arg(long, value_name = "FILE")]
    refused: Option<PathBuf>,
}

pub fn run(context: &Context, args: &Args) -> Result<()> {
    let mode = if context.global.dry_run { Mode::DryRun } else { Mode::Write };
    let mut store = context.store()?;
    match args {
        Args::Registry(file) => {
            let read = registry::Registry::read(&file.file, context.clock.today(), pinyin::reading)?;
            let outcome = store.import_registry(Actor::Cli, mode, &read)?;
            finish(context, file, &read.table, &outcome, "registry")
        }
        Args::Visits { file, year } => {
            let residents = store.named_residents()?;
            let book = visits::Book::read(&file.file, *year, context.clock.today(), &residents)?;
            let outcome = store.import_book(Actor::Cli, mode, &book)?;
            finish(context, file, &book.table, &outcome, "visits")
        }
        Args::Roster(file) => {
            let plan = roster::Roster::read(&file.file)?;
            let outcome = store.import_roster(Actor::Cli, mode, &plan)?;
            finish(context, file, &plan.table, &outcome, "roster")
        }
    }
}

fn finish<F: Copy + PartialEq>(
    context: &Context,
    file: &File,
    table: &Table<F>,
    outcome: &Outcome,
    kind: &str,
) -> Result<()> {
    let i18n = I18n::new(Lang::from_tag(&context.config.screen.language));
    let written = (!outcome.rejected.is_empty() && !context.global.dry_run).then(|| {
        let stamp = context.clock.local().format("%Y-%m-%d-%H%M%S");
        let default = || context.paths.refused().join(format!("{kind}-{stamp}.csv"));
        file.refused.clone().unwrap_or_else(default)
    });
    if let Some(path) = &written {
        let rows: Vec<_> = outcome.rejected.iter().map(|r| (r.line, i18n.tr(&r.reason.key()))).collect();
        write_refused(path, table, &rows)?;
    }
    context.answer(&outcome.json(), &words(outcome, &i18n, written.as_deref(), context.global.dry_run))
}

fn words(outcome: &Outcome, i18n: &I18n, refused: Option<&Path>, dry_run: bool) -> String {
    let mut out = String::new();
    if dry_run {
        out.push_str("dry run: nothing was written\n");
    }
    let _ = writeln!(
        out,
        "accepted {}, updated {}, unchanged {}, refused {}",
        outcome.accepted,
        outcome.updated,
        outcome.unchanged,
        outcome.rejected.len()
    );
    for rejected in &outcome.rejected {
        let _ = writeln!(out, "  line {}: {}", rejected.line, i18n.tr(&rejected.reason.key()));
    }
    let mut kinds: std::collections::BTreeMap<_, Vec<u32>> = std::collections::BTreeMap::new();
    for warning in &outcome.warnings {
        kinds.entry(warning.kind).or_default().push(warning.line);
    }
    for (kind, lines) in kinds {
        let name = serde_json::to_value(kind).ok().and_then(|v| v.as_str().map(str::to_owned));
        let lines: Vec<_> = lines.iter().map(u32::to_string).collect();
        let _ = writeln!(out, "warning {}: lines {}", name.unwrap_or_default(), lines.join(", "));
    }
    if let Some(path) = refused {
        let _ = writeln!(out, "refused rows to mend: {}", path.display());
    }
    out
}
