//! Conflicts over something that only one row can have: which row here yields, either until its
//! own result arrives or for good.

use daycare_sync::op::{Fields, RowKey};
use serde_json::Value;

use super::receive::{whole, write_fields};
use crate::connection::Tx;
use crate::error::Result;
use crate::sql::{RowExt, params};

impl Tx<'_> {
    /// Handles somebody who is here twice: signed in at two kiosks, or under two files that
    /// were merged. The hub's visit comes first; the other becomes its duplicate, which is kept
    /// but not counted.
    pub(super) fn write_second_visit(&self, row: &RowKey, fields: &Fields) -> Result<()> {
        let mut all = whole(self, row)?;
        all.extend(fields.clone());
        let person = all.get("resident_id").and_then(Value::as_str).unwrap_or_default().to_owned();
        let (other, is_awaited): (String, bool) = self
            .prepare_cached(include_str!("aside_visit.sql"))?
            .query_row(params![row.key, person], |row| Ok((row.read(0)?, row.read(1)?)))?;
        let is_own = self.pending_of(row)?.iter().any(|pending| !pending.settled);
        let (second, first) = if is_own { (&row.key, &other) } else { (&other, &row.key) };
        let mark = Fields::from([("duplicate_of".to_owned(), Value::from(first.as_str()))]);
        let second = RowKey::new("visit", second.as_str());
        let mut fields = fields.clone();
        if is_own {
            fields.extend(mark.clone());
        } else {
            write_fields(self, &second, &mark, self.clock.now())?;
        }
        write_fields(self, row, &fields, self.clock.now())?;
        // Its own result will say so as well, if it is still awaited.
        if is_own || !is_awaited {
            let was = Fields::from([("duplicate_of".to_owned(), Value::Null)]);
            self.tell_update(&second, &mark, &was)?;
        }
        Ok(())
    }

    /// Records an edit that is already in place, to be pushed.
    fn tell_update(&self, row: &RowKey, fields: &Fields, was: &Fields) -> Result<()> {
        let text = |fields: &Fields| Value::Object(fields.clone().into_iter().collect()).to_string();
        let sql = "INSERT INTO op (tbl, row, deed, fields, was, under) VALUES (?1, ?2, 'update', ?3, ?4, ?4)";
        let _ = self.prepare_cached(sql)?.execute(params![row.table, row.key, text(fields), text(was)])?;
        Ok(())
    }

    /// The hub gives precedence to this row: the local row that competes with it yields until
    /// its own result arrives.
    pub(super) fn step_aside(&self, row: &RowKey, fields: &Fields) -> Result<()> {
        let sql = match row.table.as_str() {
            "appointment" => include_str!("aside_appointment.sql"),
            "enrolment" => include_str!("aside_enrolment.sql"),
            "shift" => include_str!("aside_shift.sql"),
            "ticket" => include_str!("aside_ticket.sql"),
            "volunteer" => include_str!("aside_volunteer.sql"),
            "room" | "team" | "duty" | "service" => {
                let name = fields.get("name").and_then(Value::as_str).unwrap_or_default();
                let sql = format!("UPDATE {} SET name = name || ' (2)' WHERE name = ?1", row.table);
                let _ = self.prepare(&sql)?.execute([name])?;
                return Ok(());
            }
            _ => return Ok(()),
        };
        // Columns that are not in the change stay as they are here.
        let mut all = whole(self, row)?;
        all.extend(fields.clone());
        let text = Value::Object(all.into_iter().collect()).to_string();
        for statement in sql.split(";\n").filter(|statement| !statement.trim().is_empty()) {
            let _ = self.prepare(statement)?.execute(params![row.key, text])?;
        }
        Ok(())
    }
}
