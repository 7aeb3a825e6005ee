//! The audit trail: one row per write, in the same transaction.

pub mod seal;

use daycare_core::access::Permission;
use daycare_core::audit::{Actor, AuditEntry, AuditFilter};
use daycare_core::ids::StaffId;
use daycare_core::resident::ERASED_NAME;
use rusqlite::{OptionalExtension, Row};
use serde_json::Value;
use uuid::Uuid;

use crate::connection::{Store, Tx};
use crate::error::{Error, Result};
use crate::sql::{RowExt, named_params, params};

/// One write, as an entry of the audit trail.
pub(crate) struct TrailEntry {
    action: &'static str,
    entity: &'static str,
    entity_id: Uuid,
    before: Option<Value>,
    after: Option<Value>,
    reason: Option<String>,
}

impl TrailEntry {
    pub(crate) fn new(action: &'static str, entity: &'static str, entity_id: Uuid) -> Self {
        Self { action, entity, entity_id, before: None, after: None, reason: None }
    }

    pub(crate) fn before(mut self, value: impl Into<Option<Value>>) -> Self {
        self.before = value.into();
        self
    }

    pub(crate) fn after(mut self, value: impl Into<Option<Value>>) -> Self {
        self.after = value.into();
        self
    }

    pub(crate) fn reason(mut self, reason: &str) -> Self {
        self.reason = (!reason.is_empty()).then(|| reason.to_owned());
        self
    }
}

impl Tx<'_> {
    /// Writes the sealed audit row. Fails, and so ends the transaction, if the actor may not
    /// make this change.
    pub(crate) fn log(&self, change: &TrailEntry) -> Result<()> {
        self.allow(change.action)?;
        let at = self.clock.now();
        let (actor, staff): (&str, Option<StaffId>) = match self.actor {
            Actor::Resident => ("resident", None),
            Actor::Staff(id) => ("staff", Some(id)),
            Actor::Cli => ("cli", None),
            Actor::Program => ("program", None),
        };
        let before = change.before.as_ref().map(Value::to_string);
        let after = change.after.as_ref().map(Value::to_string);
        let id = change.entity_id.into_bytes();
        let salt = seal::salt()?;
        let payload = seal::Payload {
            before: before.as_deref(),
            after: after.as_deref(),
            reason: change.reason.as_deref(),
        };
        let digest = seal::digest(&salt, &payload);
        let staff_bytes = staff.map(|id| id.uuid().into_bytes());
        let said = seal::Sealed {
            at: at.0,
            actor,
            staff: staff_bytes.as_ref().map(<[u8; 16]>::as_slice),
            action: change.action,
            entity: change.entity,
            entity_id: &id,
        };
        let last: Option<Option<Vec<u8>>> = self
            .prepare_cached(include_str!("last_seal.sql"))?
            .query_row([], |row| row.read(0))
            .optional()?;
        let seal = seal::seal(&last.flatten().unwrap_or_default(), &said, &digest);
        let _ = self.prepare_cached(include_str!("add.sql"))?.execute(params![
            at,
            actor,
            staff,
            change.action,
            change.entity,
            id,
            before,
            after,
            change.reason,
            salt,
            digest,
            seal,
        ])?;
        Ok(())
    }

    fn allow(&self, action: &str) -> Result<()> {
        let Some(role) = self.role else { return Ok(()) };
        if Permission::of_action(action).is_some_and(|needed| role.may(needed)) {
            Ok(())
        } else {
            Err(Error::NotAllowed)
        }
    }
}

fn entry(row: &Row<'_>) -> rusqlite::Result<AuditEntry> {
    Ok(AuditEntry {
        at: row.read("at")?,
        actor: row.read("actor")?,
        action: row.read("action")?,
        before: row.read("before")?,
        after: row.read("after")?,
        reason: row.read("reason")?,
        about: row.read("about")?,
    })
}

impl Store {
    /// One page of the audit trail, newest first.
    pub fn audit(&self, filter: &AuditFilter, page: u32, per_page: u32) -> Result<Vec<AuditEntry>> {
        let mut statement = self.conn.prepare_cached(include_str!("list.sql"))?;
        let rows = statement.query_map(
            named_params! {
                ":staff": filter.staff,
                ":entity": filter.entity,
                ":from": filter.from,
                ":until": filter.until,
                ":limit": per_page,
                ":offset": i64::from(page) * i64::from(per_page),
            },
            entry,
        )?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Reasons that staff gave, the most frequent first, without those of which a name was
    /// erased.
    pub fn past_reasons(&self, most: u32) -> Result<Vec<String>> {
        let mut statement = self.conn.prepare_cached(include_str!("past_reasons.sql"))?;
        let rows = statement.query_map(params![most, ERASED_NAME], |row| row.read(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The trail of one row and of the rows it corrects, oldest first.
    pub fn trail(&self, entity_id: Uuid) -> Result<Vec<AuditEntry>> {
        let mut statement = self.conn.prepare_cached(include_str!("list_trail.sql"))?;
        let rows = statement.query_map([entity_id.into_bytes()], entry)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
