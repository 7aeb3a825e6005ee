//! `kiosk demo`: the kiosk on a generated centre.

use super::context::Context;
use crate::error::Result;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Fill the data folder and end
    #[arg(long)]
    seed_only: bool,
}

pub fn run(context: &Context, args: &Args) -> Result<()> {
    let own = context.with_demo_folder();
    let context = own.as_ref().unwrap_or(context);
    let mut store = context.store()?;
    let summary = crate::demo::seed(&mut store)?;
    if args.seed_only {
        let json = serde_json::json!({ "residents": summary.residents, "visits": summary.visits });
        let words = format!("demo centre: {} residents, {} visits", summary.residents, summary.visits);
        return context.answer(&json, &words);
    }
    drop(store);
    super::run::run(context, &super::run::Args {})
}
