//! The trail: one row a write, in the transaction of the write.

use serde_json::Value;
use uuid::Uuid;

use super::{Store, Tx};
use crate::domain::audit::{Actor, AuditEntry};
use crate::domain::ids::StaffId;
use crate::error::Result;

/// One write, to be told to the trail and to the hub.
pub(super) struct Change {
    action: &'static str,
    entity: &'static str,
    entity_id: Uuid,
    before: Option<Value>,
    after: Option<Value>,
    reason: Option<String>,
}

impl Change {
    pub(super) fn new(action: &'static str, entity: &'static str, entity_id: Uuid) -> Self {
        Self { action, entity, entity_id, before: None, after: None, reason: None }
    }

    pub(super) fn before(mut self, value: impl Into<Option<Value>>) -> Self {
        self.before = value.into();
        self
    }

    pub(super) fn after(mut self, value: impl Into<Option<Value>>) -> Self {
        self.after = value.into();
        self
    }

    pub(super) fn reason(mut self, reason: &str) -> Self {
        self.reason = (!reason.is_empty()).then(|| reason.to_owned());
        self
    }
}

impl Tx<'_> {
    /// Writes the audit row, and the outbox row while a hub is enrolled.
    pub(super) fn log(&self, change: &Change) -> Result<()> {
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
        let _ = self.prepare_cached(include_str!("add.sql"))?.execute(rusqlite::params![
            at,
            actor,
            staff,
            change.action,
            change.entity,
            id,
            before,
            after,
            change.reason,
        ])?;
        if self.enrolled {
            let op_id = Uuid::now_v7().into_bytes();
            let _ = self.prepare_cached(include_str!("add_outbox.sql"))?.execute(rusqlite::params![
                op_id,
                at,
                change.action,
                change.entity,
                id,
                after
            ])?;
        }
        Ok(())
    }
}

impl Store {
    /// The trail of one row and of the rows it corrects, oldest first.
    ///
    /// # Errors
    /// Database errors.
    pub fn trail(&self, entity_id: Uuid) -> Result<Vec<AuditEntry>> {
        let mut statement = self.conn.prepare_cached(include_str!("list_trail.sql"))?;
        let rows = statement.query_map([entity_id.into_bytes()], |row| {
            Ok(AuditEntry {
                at: row.get(0)?,
                actor: row.get(1)?,
                action: row.get(2)?,
                before: row.get(3)?,
                after: row.get(4)?,
                reason: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
