//! `kiosk export visits FILE --from D --to D`.

use std::path::PathBuf;

use super::Context;
use super::report::PeriodArgs;
use crate::domain::visit::HistoryFilter;
use crate::error::Result;
use crate::i18n::{I18n, Lang};
use crate::reports::csv;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Visits, newest first, as CSV
    Visits {
        /// The new file; an existing one is never overwritten
        file: PathBuf,
        #[command(flatten)]
        period: PeriodArgs,
    },
}

pub fn run(context: &Context, args: &Args) -> Result<()> {
    let What::Visits { file, period } = &args.what;
    let store = context.store()?;
    let period = period.resolve(&store)?;
    let filter = HistoryFilter { from: Some(period.from), to: Some(period.to), ..HistoryFilter::default() };
    let rows = store.history(&filter, 0, u32::MAX)?;
    let i18n = I18n::new(Lang::from_tag(&context.config.screen.language));
    let bytes = csv::visits(&csv::Headings::of(&i18n), &rows, context.clock.zone())?;
    if !context.global.dry_run {
        csv::write_new(file, &bytes)?;
    }
    let json = serde_json::json!({ "rows": rows.len(), "file": file });
    context.answer(&json, &format!("{} rows: {}", rows.len(), file.display()))
}
