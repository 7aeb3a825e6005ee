//! The stored role of a staff member.

use daycare_core::ids::StaffId;
use daycare_core::staff::Role;
use rusqlite::{Connection, OptionalExtension};

use crate::error::Result;
use crate::sql::{RowExt, params};

/// The role of a staff member; `None` without an account.
pub(crate) fn staff_role(conn: &Connection, id: StaffId) -> Result<Option<Role>> {
    let mut statement = conn.prepare_cached(include_str!("get_role.sql"))?;
    Ok(statement.query_row(params![id], |row| row.read(0)).optional()?)
}
