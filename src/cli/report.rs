//! `kiosk report --from D --to D`.

use chrono::NaiveDate;

use super::Context;
use crate::domain::report::Period;
use crate::error::{Error, Result};
use crate::reports::text;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    period: PeriodArgs,
}

/// A period; without one, everything there is.
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
    pub fn resolve(&self, store: &crate::storage::Store) -> Result<Period> {
        let today = store.clock().today();
        let all = store.days_with_visits()?.unwrap_or(Period { from: today, to: today });
        let period = Period { from: self.from.unwrap_or(all.from), to: self.to.unwrap_or(all.to) };
        if period.from > period.to {
            return Err(Error::Refused(format!("--from {} is after --to {}", period.from, period.to)));
        }
        Ok(period)
    }
}

pub fn run(context: &Context, args: &Args) -> Result<()> {
    let store = context.store()?;
    let period = args.period.resolve(&store)?;
    let report = store.report(period)?;
    let json = serde_json::to_value(&report).map_err(|e| Error::Internal(e.to_string()))?;
    context.answer(&json, &text::report(period, &report))
}
