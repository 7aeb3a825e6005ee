//! `kiosk doctor`: the state of the data folder in one answer.

use super::Context;
use crate::error::Result;
use crate::storage::{backup, setting};

pub fn run(context: &Context) -> Result<()> {
    // Opening runs the check; a damaged database ends here with its message.
    let store = context.store()?;
    let backups = backup::list(&context.paths);
    let good = backups.iter().filter(|folder| backup::check(folder).is_ok()).count();
    let json = serde_json::json!({
        "database": "ok",
        "data": context.paths.root(),
        "centre": store.setting(setting::CENTRE_NAME)?,
        "residents": store.residents()?.len(),
        "staff": store.staff()?.len(),
        "backups": backups.len(),
        "good_backups": good,
        "newest_backup": backups.first(),
    });
    let words = format!(
        "database ok in {}\nresidents {}, staff {}\nbackups {} ({good} good)",
        context.paths.root().display(),
        json["residents"],
        json["staff"],
        backups.len(),
    );
    context.answer(&json, &words)
}
