//! `kiosk report --from D --to D [--format xlsx|pdf --out FILE]`.

use std::path::PathBuf;

use chrono::NaiveDate;
use daycare_core::papers::Audience;
use daycare_core::period::Period;
use daycare_core::statistics::{By, Statistics};

use super::context::Context;
use crate::error::{Error, Refusal, Result};
use crate::i18n::{I18n, Lang};
use crate::reports::period::PeriodReport;
use crate::reports::{figures, files, text};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    period: PeriodArgs,
    /// Write a file: a spreadsheet with every table, or one page to sign
    #[arg(long, value_enum, requires = "out")]
    format: Option<Format>,
    /// The new file; an existing one is never overwritten
    #[arg(long, value_name = "FILE", requires = "format")]
    out: Option<PathBuf>,
    /// Whom the file is for
    #[arg(long = "for", value_enum, default_value = "street")]
    audience: Reader,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Xlsx,
    Pdf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Reader {
    /// The street office: figures
    Street,
    /// The operating organisation: also services, activities, volunteers
    Operator,
}

/// A period; without its two dates, all records.
#[derive(Debug, clap::Args)]
pub struct PeriodArgs {
    /// First day, inclusive (YYYY-MM-DD)
    #[arg(long, value_name = "D")]
    from: Option<NaiveDate>,
    /// Last day, inclusive (YYYY-MM-DD)
    #[arg(long, value_name = "D")]
    to: Option<NaiveDate>,
}

impl PeriodArgs {
    pub fn resolve(&self, store: &daycare_store::Store) -> Result<Period> {
        let today = store.clock().today();
        let all = store.days_with_visits()?.unwrap_or(Period { from: today, to: today });
        let period = Period { from: self.from.unwrap_or(all.from), to: self.to.unwrap_or(all.to) };
        if period.from > period.to {
            return Err(Error::refused(Refusal::PeriodReversed, format!("{} > {}", period.from, period.to)));
        }
        Ok(period)
    }
}

pub fn run(context: &Context, args: &Args) -> Result<()> {
    let store = context.store()?;
    let period = args.period.resolve(&store)?;
    let contents = store.report_contents(period)?;
    let report = contents.statistics.report();
    let i18n = I18n::new(Lang::from_tag(&context.config.screen.language));
    let mut words = text::report(period, &report, &i18n);
    let mut json = serde_json::to_value(&report).map_err(|e| Error::Internal(e.to_string()))?;
    json["registered"] = contents.statistics.registered.into();
    json["meals"] = contents.statistics.meals.into();
    json["open_days"] = contents.statistics.open_days.into();
    json["tables"] = By::ALL.map(|by| tables(&contents.statistics, by, &i18n)).into_iter().collect();
    if let (Some(format), Some(out)) = (args.format, &args.out) {
        let audience = match args.audience {
            Reader::Street => Audience::Street,
            Reader::Operator => Audience::Operator,
        };
        let made_at = context.clock.local();
        let paper = PeriodReport { contents, audience, made_by: String::new(), made_at };
        let bytes = match format {
            Format::Xlsx => paper.xlsx()?,
            Format::Pdf => paper.pdf()?,
        };
        if !context.global.dry_run {
            files::write_new(out, &bytes)?;
        }
        json["file"] = out.to_string_lossy().into();
        words = format!("{words}\n{}\n", out.display());
    }
    context.answer(&json, &words)
}

/// One table as `[by, [{name, visits, people, registered}]]`.
fn tables(statistics: &Statistics, by: By, i18n: &I18n) -> (String, serde_json::Value) {
    let lines: Vec<_> = statistics
        .by(by)
        .iter()
        .map(|group| {
            serde_json::json!({
                "name": figures::key_words(&group.key, i18n),
                "visits": group.count.visits,
                "people": group.count.people,
                "registered": group.registered,
            })
        })
        .collect();
    (by.key().trim_start_matches("by-").to_owned(), lines.into())
}
