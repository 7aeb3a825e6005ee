//! `kiosk import registry FILE`, `kiosk import visits FILE --year Y` and
//! `kiosk import roster FILE`.

use std::path::{Path, PathBuf};

use daycare_core::audit::Actor;
use daycare_core::import::outcome::Outcome;
use daycare_store::import::Mode;

use super::context::Context;
use crate::error::Result;
use crate::i18n::{I18n, pinyin};
use crate::intake::table::{Table, write_refused};
use crate::intake::{activity_plan, answer, registry, sign_in_book};

#[derive(Debug, clap::Subcommand)]
pub enum Args {
    /// The list of residents: CSV in any Chinese encoding, or a spreadsheet
    Registry(File),
    /// A paper sign-in book that was typed in
    Visits {
        #[command(flatten)]
        file: File,
        /// The year of dates written without one
        #[arg(long, value_name = "Y", value_parser = clap::value_parser!(i32).range(1980..2200))]
        year: Option<i32>,
    },
    /// The weekly activity plan, from today on
    Roster(File),
}

#[derive(Debug, clap::Args)]
pub struct File {
    /// The file
    #[arg(value_name = "FILE")]
    path: PathBuf,
    /// Where to write refused rows (default: inside the data folder)
    #[arg(long, value_name = "FILE")]
    refused: Option<PathBuf>,
    /// Take doubtful rows too, as the answer of a run without this names them
    #[arg(long)]
    accept_doubtful: bool,
}

impl File {
    fn mode(&self, context: &Context) -> Mode {
        Mode { write: !context.global.dry_run, confirmed: self.accept_doubtful }
    }
}

pub fn run(context: &Context, args: &Args) -> Result<()> {
    let mut store = context.store()?;
    match args {
        Args::Registry(file) => {
            let read = registry::Registry::read(&file.path, context.clock.today(), pinyin::reading)?;
            let outcome = store.import_registry(Actor::Cli, file.mode(context), &read.rows)?;
            finish(context, file, &read.table, &outcome, "registry")
        }
        Args::Visits { file, year } => {
            let residents = store.named_residents()?;
            let book = sign_in_book::SignInBook::read(&file.path, *year, context.clock.today(), &residents)?;
            let outcome = store.import_sign_in_book(Actor::Cli, file.mode(context), &book.rows)?;
            finish(context, file, &book.table, &outcome, "visits")
        }
        Args::Roster(file) => {
            let plan = activity_plan::ActivityPlan::read(&file.path)?;
            let outcome = store.import_activity_plan(Actor::Cli, file.mode(context), &plan.rows)?;
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
    let i18n = I18n::new(context.lang());
    let written = (!outcome.rejected.is_empty() && !context.global.dry_run).then(|| {
        let stamp = context.clock.local().format("%Y-%m-%d-%H%M%S");
        let default = || context.paths.refused().join(format!("{kind}-{stamp}.csv"));
        file.refused.clone().unwrap_or_else(default)
    });
    if let Some(path) = &written {
        let rows: Vec<_> = outcome.rejected.iter().map(|r| (r.at, i18n.tr(&r.reason.key()))).collect();
        write_refused(path, table, &rows)?;
    }
    context.answer(&outcome.json(), &words(outcome, &i18n, written.as_deref(), context.global.dry_run))
}

fn words(outcome: &Outcome, i18n: &I18n, refused: Option<&Path>, dry_run: bool) -> String {
    let mut lines = Vec::new();
    if dry_run {
        lines.push(i18n.tr("intake-dry-run"));
    }
    lines.push(answer::figures(outcome, "intake-did", i18n));
    lines.extend(answer::refusals(outcome, i18n));
    if !outcome.doubtful.is_empty() {
        let count = [("count", outcome.doubtful.len().into())];
        lines.push(format!("{} (--accept-doubtful)", i18n.tr_with("intake-doubtful", &count)));
        lines.extend(answer::doubts(outcome, i18n));
    }
    lines.extend(answer::remarks(outcome, i18n));
    if let Some(path) = refused {
        lines.push(i18n.tr_with("intake-to-mend", &[("file", path.display().to_string().into())]));
    }
    lines.join("\n")
}
