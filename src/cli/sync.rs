//! `kiosk sync`: joins a hub, leaves it, syncs once, shows the sync status.

use daycare_core::audit::Actor;
use daycare_core::qr;
use daycare_store::Store;
use daycare_store::handle::StoreHandle;
use daycare_store::sync::Status;
use serde_json::json;

use super::context::Context;
use crate::error::{Error, Result};
use crate::sync_client::{self, Identity};

#[derive(Debug, clap::Subcommand)]
pub enum Args {
    /// Join a hub with a one-time code
    Enrol {
        /// The code: from `kiosk-hub code`, or `kiosk sync code` on a kiosk that has joined
        code: String,
    },
    /// Show the sync status of this kiosk
    Status,
    /// Push and pull once, now
    Once,
    /// A code, for ten minutes, that lets in another kiosk of this centre
    Code,
    /// Leave the hub; everything here stays here
    Leave,
}

pub fn run(context: &Context, args: &Args) -> Result<()> {
    if context.global.dry_run && !matches!(args, Args::Status) {
        return Err(Error::Usage("there is nothing to rehearse here".into()));
    }
    match args {
        Args::Enrol { code } => {
            let store = handle(context)?;
            let welcome = sync_client::join(&store, &context.paths, Actor::Cli, code)?;
            let json =
                json!({ "centre": welcome.centre, "kiosk": welcome.kiosk, "accounts": welcome.accounts });
            let words = if welcome.accounts {
                "joined; this kiosk keeps the accounts of the staff"
            } else {
                "joined; the accounts of the staff come from another kiosk"
            };
            context.answer(&json, words)
        }
        Args::Status => status(context),
        Args::Once => {
            let store = handle(context)?;
            let done = sync_client::once(&store, &identity(context)?, &context.paths)?;
            context.answer(&json!(done), &format!("{} pushed, {} pulled", done.pushed, done.pulled))
        }
        Args::Code => {
            let code = sync_client::invite(&identity(context)?)?;
            let words = format!("{}\n{code}", qr::half_blocks(&code).unwrap_or_default());
            context.answer(&json!({ "code": code }), &words)
        }
        Args::Leave => {
            sync_client::leave(&handle(context)?, &context.paths, Actor::Cli)?;
            context.answer(&json!({ "enrolled": false }), "left; everything here stays here")
        }
    }
}

fn handle(context: &Context) -> Result<StoreHandle> {
    StoreHandle::start(context.store()?)
}

fn identity(context: &Context) -> Result<Identity> {
    let known = Identity::load(&context.paths)?;
    known.ok_or_else(|| Error::Usage("no hub is joined: `kiosk sync enrol CODE`".into()))
}

fn status(context: &Context) -> Result<()> {
    let status = Store::open_read_only(&context.paths, &context.clock)?.sync_status()?;
    let Some(Status { state, unsent, pending, notices }) = status else {
        return context.answer(&json!({ "enrolled": false }), "no hub: everything is on this machine");
    };
    let zone = context.clock.zone();
    let at = state.synced_at.map(|at| at.local(zone).format("%Y-%m-%d %H:%M:%S").to_string());
    let json = json!({
        "enrolled": true, "hub": state.hub, "kiosk": state.kiosk, "accounts": state.accounts,
        "incarnation": state.incarnation, "cursor": state.cursor, "head": state.head,
        "unsent": unsent, "pending": pending, "to_decide": notices.len(),
        "clock_offset_ms": state.offset_ms, "synced_at": at, "trouble": state.trouble,
    });
    let words = format!(
        "hub {}\nlast success {}\nwaiting to be told {unsent}, without a result {pending}\nto be decided {}\n\
         the hub's clock is {} ms ahead{}",
        state.hub,
        at.as_deref().unwrap_or("never"),
        notices.len(),
        state.offset_ms,
        if state.trouble.is_empty() { String::new() } else { format!("\ntrouble: {}", state.trouble) },
    );
    context.answer(&json, &words)
}
