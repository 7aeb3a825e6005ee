//! `kiosk restore DIR`.

use std::path::PathBuf;

use daycare_store::{Store, backup};

use super::context::Context;
use crate::error::{Error, Refusal, Result};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The backup (default: the newest good one in the data folder)
    backup: Option<PathBuf>,
}

pub fn run(context: &Context, args: &Args) -> Result<()> {
    let chosen = match &args.backup {
        Some(folder) => folder.clone(),
        None => backup::newest(&context.paths).ok_or_else(|| Error::refused(Refusal::NoBackup, ""))?,
    };
    let _lock =
        super::context::lock(&context.paths)?.ok_or_else(|| Error::refused(Refusal::KioskRunning, ""))?;
    if context.global.dry_run {
        backup::check(&chosen)?;
        let json = serde_json::json!({ "restored": chosen, "kept": null, "dry_run": true });
        return context.answer(&json, &format!("would restore {}", chosen.display()));
    }
    let kept = backup::restore(&context.paths, &context.clock, &chosen)?;
    // Opening the store verifies what was restored.
    drop(Store::open(&context.paths, &context.clock)?);
    let json = serde_json::json!({ "restored": chosen, "kept": kept });
    let words = match kept {
        Some(kept) => {
            format!("restored {}\nwhat was there is kept in {}", chosen.display(), kept.display())
        }
        None => format!("restored {}", chosen.display()),
    };
    context.answer(&json, &words)
}
