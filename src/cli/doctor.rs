//! `kiosk doctor`: reports the state of the data folder.

use daycare_core::clock_doubt::ClockDoubt;
use daycare_store::{backup, setting};

use super::context::Context;
use crate::error::{Error, Result, Rule};

pub fn run(context: &Context) -> Result<()> {
    // Opening checks the database; a damaged one ends here with its error.
    let store = context.store()?;
    let backups = backup::list(&context.paths);
    let good = backups.iter().filter(|folder| backup::check(folder).is_ok()).count();
    let chain = store.check_trail()?;
    // The grid is designed for a 21.5-inch panel and scaled to the window: on a smaller panel a
    // 24 mm target shrinks with it.
    let inches = store.setting(setting::PANEL_INCHES)?.and_then(|inches| inches.parse::<f32>().ok());
    let inches = inches.unwrap_or(context.config.screen.panel_diagonal_in);
    let target = (240.0 * inches / 21.5).round() / 10.0;
    let doubt = ClockDoubt::at_start(context.clock.now(), store.newest_record()?);
    let json = serde_json::json!({
        "database": "ok",
        "clock_believed": doubt.is_none(),
        "data": context.paths.root(),
        "centre": store.setting(setting::CENTRE_NAME)?,
        "residents": store.residents()?.len(),
        "staff": store.staff()?.len(),
        "backups": backups.len(),
        "good_backups": good,
        "newest_backup": backups.first(),
        "smallest_target_mm": target,
        "trail": {
            "rows": chain.rows,
            "whole": chain.broken_at.is_none(),
            "broken_at": chain.broken_at,
            "seal": chain.head,
        },
    });
    let trail = match chain.broken_at {
        None => {
            format!("trail of {} lines whole, seal {}", chain.rows, chain.head.get(..8).unwrap_or("none"))
        }
        Some(line) => format!("TRAIL BROKEN at line {line}: somebody changed it outside this program"),
    };
    let words = format!(
        "database ok in {}\nresidents {}, staff {}\nbackups {} ({good} good)\n{trail}\nsmallest target {target} mm{}",
        context.paths.root().display(),
        json["residents"],
        json["staff"],
        backups.len(),
        if target < 23.9 {
            ": too small for trembling hands; use a panel of 21.5 inches or more"
        } else {
            ""
        },
    );
    context.answer(&json, &words)?;
    match doubt {
        Some(_) => Err(Error::Rule(Rule::ClockInDoubt)),
        None => Ok(()),
    }
}
