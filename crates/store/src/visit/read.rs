//! Reading single visits.

use daycare_core::ids::{ResidentId, VisitId};
use daycare_core::visit::Visit;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::error::{Error, Result, Thing};
use crate::sql::{self, RowExt, params};

pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Visit> {
    let day = row.get_ref(2)?.as_str()?;
    Ok(Visit {
        id: row.read(0)?,
        resident_id: row.read(1)?,
        day: sql::day(day)?,
        arrived_at: row.read(3)?,
        left_at: row.read(4)?,
        state: row.read(5)?,
        source: row.read(6)?,
        services: Vec::new(),
    })
}

pub(super) fn with_services(conn: &Connection, mut visit: Visit) -> Result<Visit> {
    let mut statement = conn.prepare_cached(include_str!("list_services.sql"))?;
    let rows = statement.query_map(params![visit.id], |row| row.read(0))?;
    visit.services = rows.collect::<rusqlite::Result<_>>()?;
    Ok(visit)
}

pub(crate) fn get(conn: &Connection, id: VisitId) -> Result<Option<Visit>> {
    let mut statement = conn.prepare_cached(include_str!("get.sql"))?;
    let visit = statement.query_row(params![id], from_row).optional()?;
    visit.map(|visit| with_services(conn, visit)).transpose()
}

pub(crate) fn require(conn: &Connection, id: VisitId) -> Result<Visit> {
    get(conn, id)?.ok_or(Error::NotFound(Thing::Visit))
}

/// The open visit of a resident.
pub(crate) fn open_of(conn: &Connection, resident: ResidentId) -> Result<Option<Visit>> {
    let mut statement = conn.prepare_cached(include_str!("get_open.sql"))?;
    let visit = statement.query_row(params![resident], from_row).optional()?;
    visit.map(|visit| with_services(conn, visit)).transpose()
}
