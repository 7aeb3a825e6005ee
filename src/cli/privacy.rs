//! `kiosk privacy export|erase|expire`: one person's data, and what is older
//! than the centre keeps.

use std::path::{Path, PathBuf};

use daycare_core::audit::Actor;
use daycare_core::resident::Resident;
use daycare_store::{Store, setting};

use super::context::Context;
use crate::error::{Error, Result, Thing};
use crate::reports::files;
use crate::reports::lists::PaperHead;

#[derive(Debug, clap::Subcommand)]
pub enum Args {
    /// Everything that is stored about one person, as .json or .pdf
    Export {
        /// Identifier, or the name where only one person has it
        person: String,
        /// The new file; an existing one is never overwritten
        file: PathBuf,
    },
    /// Erase a person: rows, trail, copies and older backups; counts stay
    Erase {
        /// Identifier, or the name where only one person has it
        person: String,
        /// Why, kept as proof
        #[arg(long)]
        reason: String,
    },
    /// Take the person out of what is older than the centre keeps
    Expire {
        /// Set how many years records keep their person; 0 is always
        #[arg(long, value_name = "YEARS")]
        keep_years: Option<u32>,
    },
}

pub fn run(context: &Context, args: &Args) -> Result<()> {
    let mut store = context.store()?;
    match args {
        Args::Export { person, file } => export(context, &mut store, person, file),
        Args::Erase { person, reason } => erase(context, &mut store, person, reason),
        Args::Expire { keep_years } => expire(context, &mut store, *keep_years),
    }
}

fn find(store: &Store, person: &str) -> Result<Resident> {
    let all = store.residents()?;
    let by_id = all.iter().find(|resident| resident.id.to_string() == person);
    if let Some(resident) = by_id {
        return Ok(resident.clone());
    }
    let named: Vec<&Resident> = all.iter().filter(|resident| resident.profile.name == person).collect();
    match named.as_slice() {
        [one] => Ok((*one).clone()),
        [] => Err(Error::NotFound(Thing::Resident)),
        several => {
            let ids: Vec<_> = several.iter().map(|resident| resident.id.to_string()).collect();
            Err(Error::Usage(format!("{} people have this name; give one of: {}", ids.len(), ids.join(", "))))
        }
    }
}

fn export(context: &Context, store: &mut Store, person: &str, file: &Path) -> Result<()> {
    let who = find(store, person)?;
    let bytes = match file.extension().and_then(|ending| ending.to_str()) {
        Some("json") => {
            let all = store.export_person(Actor::Cli, who.id)?;
            serde_json::to_vec_pretty(&all).map_err(|e| Error::Internal(e.to_string()))?
        }
        Some("pdf") => {
            let centre = store.setting(setting::CENTRE_NAME)?.unwrap_or_default();
            let head = PaperHead { centre, now: context.clock.local(), zone: context.clock.zone() };
            let _ = store.export_person(Actor::Cli, who.id)?;
            head.person(&store.person_record(who.id, true)?).pdf()?
        }
        _ => return Err(Error::Usage("the file must end in .json or .pdf".into())),
    };
    if !context.global.dry_run {
        files::write_new(file, &bytes)?;
    }
    let json = serde_json::json!({ "file": file, "bytes": bytes.len() });
    context.answer(&json, &format!("{}", file.display()))
}

fn erase(context: &Context, store: &mut Store, person: &str, reason: &str) -> Result<()> {
    let who = find(store, person)?.id;
    let erased = if context.global.dry_run {
        store.rehearse_erasure(Actor::Cli, who, reason)?
    } else {
        store.erase_person(Actor::Cli, who, reason)?
    };
    let json = serde_json::to_value(&erased).map_err(|e| Error::Internal(e.to_string()))?;
    let rows: Vec<String> = erased.rows.iter().map(|(table, count)| format!("{table} {count}")).collect();
    let words = format!(
        "{}{}\nvisits kept as counts {}\ncopies and older backups removed {}{}",
        if context.global.dry_run { "dry run: nothing was written\n" } else { "" },
        rows.join(", "),
        erased.visits_kept,
        erased.files,
        match erased.namesakes {
            0 => String::new(),
            count => format!("\n{count} others have this name: notes that say it were left as they are"),
        }
    );
    context.answer(&json, &words)
}

fn expire(context: &Context, store: &mut Store, keep_years: Option<u32>) -> Result<()> {
    if let Some(years) = keep_years
        && !context.global.dry_run
    {
        store.set_keep_years(Actor::Cli, years)?;
    }
    let years = keep_years.unwrap_or(store.keep_years()?);
    let expired = store.expire_after(Actor::Cli, years, context.global.dry_run)?;
    let mut json = serde_json::to_value(expired).map_err(|e| Error::Internal(e.to_string()))?;
    json["keep_years"] = years.into();
    let words = match years {
        0 => "records keep their person always; nothing expires".to_owned(),
        years => format!(
            "{}kept {years} years: {} people erased, {} visits and bookings without a person, {} rows removed, {} lines of the trail emptied",
            if context.global.dry_run { "dry run: nothing was written\n" } else { "" },
            expired.people,
            expired.unlinked,
            expired.removed,
            expired.trail
        ),
    };
    context.answer(&json, &words)
}
