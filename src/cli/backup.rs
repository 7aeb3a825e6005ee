//! `kiosk backup`.

use std::path::PathBuf;

use daycare_store::backup;

use super::context::Context;
use crate::error::Result;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// A new folder for the copy (default: inside the data folder)
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
}

pub fn run(context: &Context, args: &Args) -> Result<()> {
    let store = context.store()?;
    let folder = match (&args.to, context.global.dry_run) {
        (Some(folder), true) => folder.clone(),
        (None, true) => context.paths.backups(),
        (Some(folder), false) => {
            backup::write(&store, folder)?;
            folder.clone()
        }
        (None, false) => backup::create(&store)?,
    };
    let json = serde_json::json!({ "backup": folder, "checked": !context.global.dry_run });
    let verb = if context.global.dry_run { "would be written to" } else { "written and checked:" };
    context.answer(&json, &format!("backup {verb} {}", folder.display()))
}
