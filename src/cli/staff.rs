//! `kiosk staff list|add|role|end|sign-out|pin`.

use std::io::BufRead as _;

use daycare_core::audit::Actor;
use daycare_core::ids::StaffId;
use daycare_core::staff::{Role, Staff};
use daycare_store::Store;

use super::context::Context;
use crate::error::{Error, Result, Thing};

#[derive(Debug, clap::Subcommand)]
pub enum Args {
    /// Everybody who may unlock
    List,
    /// Add an account; the PIN is read from standard input
    Add {
        /// Name as shown on the unlock screen
        name: String,
        /// What they may do
        #[arg(long, value_enum, default_value = "caregiver")]
        role: RoleArg,
    },
    /// Give an account another role
    Role {
        /// Name of the account
        name: String,
        /// What they may do from now on
        #[arg(value_enum)]
        role: RoleArg,
    },
    /// End an account; its name stays in the trail
    End {
        /// Name of the account
        name: String,
    },
    /// Sign an account out wherever it is open
    SignOut {
        /// Name of the account
        name: String,
    },
    /// Set a new PIN, read from standard input; this also opens a closed lock
    Pin {
        /// Name of the account
        name: String,
    },
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum RoleArg {
    Caregiver,
    Nurse,
    Manager,
}

impl From<RoleArg> for Role {
    fn from(role: RoleArg) -> Self {
        match role {
            RoleArg::Caregiver => Self::Caregiver,
            RoleArg::Nurse => Self::Nurse,
            RoleArg::Manager => Self::Manager,
        }
    }
}

pub fn run(context: &Context, args: &Args) -> Result<()> {
    let mut store = context.store()?;
    match args {
        Args::List => {
            let staff = store.staff()?;
            let json: Vec<_> =
                staff.iter().map(|s| serde_json::json!({ "name": s.name, "role": s.role })).collect();
            let words: Vec<_> = staff.iter().map(|s| format!("{} {:?}", s.name, s.role)).collect();
            context.answer(&json.into(), &words.join("\n"))
        }
        Args::Add { name, role } => {
            let staff = Staff { id: StaffId::new(), name: name.trim().to_owned(), role: (*role).into() };
            if staff.name.is_empty() || store.staff()?.iter().any(|s| s.name == staff.name) {
                return Err(Error::Usage(format!("{name:?}: a new name is needed")));
            }
            let pin = pin()?;
            if !context.global.dry_run {
                store.add_staff(Actor::Cli, &staff, &pin)?;
            }
            context.answer(&serde_json::json!({ "added": staff.name }), &format!("added {}", staff.name))
        }
        Args::Role { name, role } => {
            let staff = find(&store, name)?;
            if !context.global.dry_run {
                store.set_role(Actor::Cli, staff.id, (*role).into())?;
            }
            context.answer(&serde_json::json!({ "role_set": name }), &format!("new role for {name}"))
        }
        Args::End { name } => {
            let staff = find(&store, name)?;
            if !context.global.dry_run {
                store.archive_staff(Actor::Cli, staff.id)?;
            }
            context.answer(&serde_json::json!({ "ended": name }), &format!("ended {name}"))
        }
        Args::SignOut { name } => {
            let staff = find(&store, name)?;
            if !context.global.dry_run {
                store.sign_out(Actor::Cli, staff.id)?;
            }
            context.answer(&serde_json::json!({ "signed_out": name }), &format!("signed out {name}"))
        }
        Args::Pin { name } => {
            let staff = find(&store, name)?;
            let pin = pin()?;
            if !context.global.dry_run {
                store.set_pin(Actor::Cli, staff.id, &pin)?;
            }
            context.answer(&serde_json::json!({ "pin_set": name }), &format!("new PIN for {name}"))
        }
    }
}

fn find(store: &Store, name: &str) -> Result<Staff> {
    store.staff()?.into_iter().find(|s| s.name == name).ok_or(Error::NotFound(Thing::StaffAccount))
}

/// Reads the PIN from standard input: arguments are visible in the process list.
fn pin() -> Result<String> {
    let mut line = String::new();
    let _ = std::io::stdin().lock().read_line(&mut line).map_err(|e| Error::file("standard input", e))?;
    Ok(line.trim().to_owned())
}
