//! Runs the hub, or one command for its operator.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use daycare_core::qr;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::server::{Listening, Settings};
use crate::{database, operator};

/// The hub that the kiosks of day-care centres sync with.
#[derive(Debug, Parser)]
#[command(name = "kiosk-hub", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Args)]
struct Owner {
    /// PostgreSQL connection as the owner of the schema.
    #[arg(long, env = "KIOSK_HUB_OWNER")]
    owner: String,
}

#[derive(Debug, Args)]
struct Api {
    /// PostgreSQL connection as the role `kiosk_hub_api`.
    #[arg(long, env = "KIOSK_HUB_DATABASE")]
    database: String,
    /// Folder of the certificate authority.
    #[arg(long, env = "KIOSK_HUB_AUTHORITY", default_value = "authority")]
    authority: PathBuf,
    /// Public address of the hub, as the kiosks call it.
    #[arg(long, env = "KIOSK_HUB_URL", default_value = "https://localhost:8443")]
    url: String,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Bring the schema up to date and create the role of the API.
    Migrate(Owner),
    /// Serve the API until SIGTERM or Ctrl+C.
    Serve {
        #[command(flatten)]
        api: Api,
        /// Address and port to listen on for kiosks.
        #[arg(long, env = "KIOSK_HUB_LISTEN", default_value = "0.0.0.0:8443")]
        listen: SocketAddr,
        /// Address and port of /healthz, /readyz and /metrics.
        #[arg(long, env = "KIOSK_HUB_INSIDE", default_value = "127.0.0.1:9464")]
        inside: SocketAddr,
        /// Further names in the hub's certificate, besides the host of its address.
        #[arg(long = "name")]
        names: Vec<String>,
    },
    /// Add a centre and print its identifier.
    AddCentre {
        #[command(flatten)]
        owner: Owner,
        /// Name of the centre.
        name: String,
    },
    /// List the centres.
    Centres(Owner),
    /// Print a one-time code, valid for ten minutes, that lets one kiosk join; also as QR.
    Code {
        #[command(flatten)]
        api: Api,
        /// Identifier of the centre.
        centre: Uuid,
        /// The kiosk that joins keeps the staff accounts of the centre.
        #[arg(long)]
        accounts: bool,
    },
    /// List the kiosks of a centre as JSON.
    Kiosks {
        #[command(flatten)]
        api: Api,
        /// Identifier of the centre.
        centre: Uuid,
    },
    /// Revoke a kiosk: it is refused from its next call on.
    Revoke {
        #[command(flatten)]
        api: Api,
        /// Identifier of the centre.
        centre: Uuid,
        /// Identifier of the kiosk.
        kiosk: Uuid,
        /// The machine was lost: its next call makes it erase everything.
        #[arg(long)]
        wipe: bool,
    },
    /// Remove old lines of the log.
    Prune {
        #[command(flatten)]
        owner: Owner,
        /// Identifier of the centre.
        centre: Uuid,
        /// Keep this many days.
        #[arg(long, default_value_t = 180)]
        days: i32,
    },
}

/// Runs the program with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    run(std::env::args_os())
}

/// Runs the program; the first of `args` is its name. Exit codes: 1, the command was refused;
/// 2, wrong usage; 70, an internal error.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = Cli::parse_from(args);
    tracing_subscriber::fmt().json().with_writer(std::io::stderr).init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!("{error}");
            return ExitCode::from(70);
        }
    };
    match runtime.block_on(answer(cli.command)) {
        Ok(words) => {
            if !words.is_empty() {
                say(&words);
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::from(1)
        }
    }
}

#[expect(clippy::print_stdout, reason = "standard output is the answer of the program")]
fn say(words: &str) {
    println!("{words}");
}

async fn answer(command: Command) -> Result<String> {
    match command {
        Command::Migrate(owner) => database::migrate(&owner.owner).await.map(|()| String::new()),
        Command::Serve { api, listen, inside, names } => serve(api, listen, inside, names).await,
        Command::AddCentre { owner, name } => {
            Ok(operator::add_centre(&owner.owner, &name).await?.to_string())
        }
        Command::Centres(owner) => {
            let all = operator::centres(&owner.owner).await?;
            Ok(all.iter().map(|(id, name)| format!("{id} {name}")).collect::<Vec<_>>().join("\n"))
        }
        Command::Code { api, centre, accounts } => {
            let code = operator::invite(&api.database, &api.authority, &api.url, centre, accounts)
                .await?
                .to_string();
            Ok(format!("{}\n{code}", qr::half_blocks(&code).unwrap_or_default()))
        }
        Command::Kiosks { api, centre } => {
            let all = operator::kiosks(&api.database, centre).await?;
            serde_json::to_string_pretty(&all).map_err(|e| Error::Internal(e.to_string()))
        }
        Command::Revoke { api, centre, kiosk, wipe } => {
            operator::end(&api.database, centre, kiosk, wipe).await.map(|()| String::new())
        }
        Command::Prune { owner, centre, days } => {
            Ok(format!("{} lines removed", operator::prune(&owner.owner, centre, days).await?))
        }
    }
}

async fn serve(api: Api, listen: SocketAddr, inside: SocketAddr, mut names: Vec<String>) -> Result<String> {
    let host = api.url.trim_start_matches("https://").split([':', '/']).next().unwrap_or_default();
    names.push(host.to_owned());
    let settings =
        Settings { database: api.database, listen, inside, authority: api.authority, url: api.url, names };
    let hub = Listening::open(&settings).await?;
    let (outside, inside) = hub.addresses()?;
    tracing::info!(%outside, %inside, "listening");
    hub.serve(told_to_end()).await;
    tracing::info!("ended");
    Ok(String::new())
}

async fn told_to_end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut term) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = term.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    drop(tokio::signal::ctrl_c().await);
}
