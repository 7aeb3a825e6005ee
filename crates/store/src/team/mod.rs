//! Teams that lead activities and serve.

use daycare_core::activity::{TEAMS, Team, team_id};
use daycare_core::audit::Actor;
use rusqlite::Connection;

use crate::audit::TrailEntry;
use crate::connection::{Store, Tx};
use crate::error::{Error, Result, Rule};
use crate::sql::{RowExt, params};

/// Adds the built-in teams that are missing; a renamed team keeps its name.
pub(crate) fn seed(store: &mut Store) -> Result<()> {
    let known = list(&store.conn)?;
    let missing: Vec<Team> = (0..)
        .zip(TEAMS)
        .map(|(place, name)| Team { id: team_id(place), name: (*name).to_owned() })
        .filter(|team| !known.iter().any(|other| other.id == team.id || other.name == team.name))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    store.transact(Actor::Program, |tx| missing.iter().try_for_each(|team| tx.put_team(team)))
}

pub(crate) fn list(conn: &Connection) -> Result<Vec<Team>> {
    let mut statement = conn.prepare_cached(include_str!("list.sql"))?;
    let rows = statement.query_map([], |row| Ok(Team { id: row.read(0)?, name: row.read(1)? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Tx<'_> {
    pub(crate) fn put_team(&self, team: &Team) -> Result<()> {
        let _ = self.prepare_cached(include_str!("put.sql"))?.execute(params![team.id, team.name])?;
        self.log(&TrailEntry::new("team.put", "team", team.id.uuid()).after(serde_json::to_value(team).ok()))
    }
}

impl Store {
    /// Teams in the order they are shown.
    pub fn teams(&self) -> Result<Vec<Team>> {
        list(&self.conn)
    }

    /// Adds or renames a team.
    ///
    /// # Errors
    /// No name, another team has it, or database errors.
    pub fn put_team(&mut self, actor: Actor, team: &Team) -> Result<()> {
        if team.name.trim().is_empty() {
            return Err(Error::Rule(Rule::TeamNameNeeded));
        }
        self.transact(actor, |tx| {
            if list(tx)?.iter().any(|other| other.name == team.name && other.id != team.id) {
                return Err(Error::Rule(Rule::TeamNameTaken));
            }
            tx.put_team(team)
        })
    }
}
