//! Rooms of the centre.

use daycare_core::activity::Room;
use daycare_core::audit::Actor;
use rusqlite::Connection;

use crate::audit::TrailEntry;
use crate::connection::{Store, Tx};
use crate::error::{Error, Result, Rule};
use crate::sql::{RowExt, params};

pub(crate) fn list(conn: &Connection) -> Result<Vec<Room>> {
    let mut statement = conn.prepare_cached(include_str!("list.sql"))?;
    let rows = statement
        .query_map([], |row| Ok(Room { id: row.read(0)?, name: row.read(1)?, capacity: row.read(2)? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Tx<'_> {
    pub(crate) fn put_room(&self, room: &Room) -> Result<()> {
        let _ = self.prepare_cached(include_str!("put.sql"))?.execute(params![
            room.id,
            room.name,
            room.capacity
        ])?;
        self.log(&TrailEntry::new("room.put", "room", room.id.uuid()).after(serde_json::to_value(room).ok()))
    }
}

impl Store {
    /// Rooms by name.
    pub fn rooms(&self) -> Result<Vec<Room>> {
        list(&self.conn)
    }

    /// Adds or changes a room.
    ///
    /// # Errors
    /// No name, another room has it, or database errors.
    pub fn put_room(&mut self, actor: Actor, room: &Room) -> Result<()> {
        if room.name.trim().is_empty() {
            return Err(Error::Rule(Rule::RoomNameNeeded));
        }
        self.transact(actor, |tx| {
            if list(tx)?.iter().any(|other| other.name == room.name && other.id != room.id) {
                return Err(Error::Rule(Rule::RoomNameTaken));
            }
            tx.put_room(room)
        })
    }
}
