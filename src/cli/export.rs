//! `kiosk export visits|fhir FILE --from D --to D`, `kiosk export activities FILE`.

use std::path::{Path, PathBuf};

use daycare_core::consent::Purpose;
use daycare_core::period::Period;
use daycare_core::time::Moment;
use daycare_core::visit::HistoryFilter;
use daycare_store::{Store, setting};

use super::context::Context;
use super::report::PeriodArgs;
use crate::error::{Error, Result};
use crate::i18n::{I18n, Lang};
use crate::reports::fhir::Content;
use crate::reports::{csv, fhir, files, ics};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Visits, newest first, as CSV
    Visits(Target),
    /// FHIR R4: visits, appointments and readings of those who agreed
    Fhir(Target),
    /// The activities of the next three months as a calendar (.ics)
    Activities {
        /// The new file; an existing one is never overwritten
        file: PathBuf,
    },
}

#[derive(Debug, clap::Args)]
struct Target {
    /// The new file; an existing one is never overwritten
    file: PathBuf,
    #[command(flatten)]
    period: PeriodArgs,
}

pub fn run(context: &Context, args: &Args) -> Result<()> {
    match &args.what {
        What::Visits(target) => visits(context, target),
        What::Fhir(target) => fhir(context, target),
        What::Activities { file } => activities(context, file),
    }
}

fn visits(context: &Context, target: &Target) -> Result<()> {
    let store = context.store()?;
    let period = target.period.resolve(&store)?;
    let filter = HistoryFilter { from: Some(period.from), to: Some(period.to), ..HistoryFilter::default() };
    let rows = store.history(&filter, 0, u32::MAX)?;
    let i18n = I18n::new(Lang::from_tag(&context.config.screen.language));
    let bytes = csv::visits(&csv::Headings::of(&i18n), &rows, context.clock.zone())?;
    write(context, &target.file, &bytes, "rows", rows.len())
}

fn fhir(context: &Context, target: &Target) -> Result<()> {
    let store = context.store()?;
    let period = target.period.resolve(&store)?;
    let content = content(&store, period)?;
    let bundle = fhir::bundle(&content, context.clock.now());
    let bytes = serde_json::to_vec_pretty(&bundle).map_err(|e| Error::Internal(e.to_string()))?;
    let count = bundle["entry"].as_array().map_or(0, Vec::len);
    write(context, &target.file, &bytes, "resources", count)
}

fn activities(context: &Context, file: &Path) -> Result<()> {
    let store = context.store()?;
    let today = context.clock.today();
    let last = today.checked_add_days(chrono::Days::new(ics::FEED_DAYS)).unwrap_or(today);
    let all = store.activities(today, last)?;
    let centre = store.setting(setting::CENTRE_NAME)?.unwrap_or_default();
    let text = ics::feed(&all, &centre, context.clock.now(), context.clock.zone());
    write(context, file, text.as_bytes(), "activities", all.len())
}

fn write(context: &Context, file: &Path, bytes: &[u8], what: &str, count: usize) -> Result<()> {
    if !context.global.dry_run {
        files::write_new(file, bytes)?;
    }
    let json = serde_json::json!({ what: count, "file": file });
    context.answer(&json, &format!("{count} {what}: {}", file.display()))
}

/// All FHIR content of a period; only people who consented are included.
fn content(store: &Store, period: Period) -> Result<Content> {
    let agreed = store.consenting(Purpose::Sharing)?;
    let zone = store.clock().zone();
    let begins = |day: chrono::NaiveDate| Moment::from_local(day.and_time(chrono::NaiveTime::MIN), zone);
    let until = begins(period.to.succ_opt().unwrap_or(period.to));
    let filter = HistoryFilter { from: Some(period.from), to: Some(period.to), ..HistoryFilter::default() };
    let services = store.services()?;
    let mut slots = Vec::new();
    for service in services.iter().filter(|service| service.bookable) {
        slots.extend(store.slots(service.id, period.from, period.to)?);
    }
    let visits = store.history(&filter, 0, u32::MAX)?;
    let appointments = store.appointments_between(period.from, period.to)?;
    Ok(Content {
        residents: store.residents()?.into_iter().filter(|r| agreed.contains(&r.id)).collect(),
        visits: visits.into_iter().map(|row| row.visit).collect(),
        sessions: store.sessions(period.from, period.to)?,
        slots,
        appointments: appointments.into_iter().map(|listed| listed.appointment).collect(),
        readings: store.readings_between(begins(period.from), until)?,
        services,
    })
}
