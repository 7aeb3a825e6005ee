//! The call list: people who did not come, got a seat, lost a session or were moved.

use daycare_core::audit::Actor;
use daycare_core::follow_up::{About, FollowUp, Kind};
use daycare_core::ids::{FollowUpId, ResidentId, StaffId};
use daycare_core::time::Moment;
use uuid::Uuid;

use crate::audit::TrailEntry;
use crate::connection::{Store, Tx};
use crate::error::{Error, Result, Rule};
use crate::sql;
use crate::sql::{RowExt, params};

impl Tx<'_> {
    pub(crate) fn raise_follow_up(&self, resident: ResidentId, about: About, kind: Kind) -> Result<()> {
        let (appointment, enrolment) = match about {
            About::Nothing => (None, None),
            About::Appointment(id) => (Some(id), None),
            About::Enrolment(id) => (None, Some(id)),
        };
        let id = FollowUpId::new();
        let now = self.clock.now();
        let _ = self.prepare_cached(include_str!("add.sql"))?.execute(params![
            id,
            resident,
            appointment,
            enrolment,
            kind,
            now
        ])?;
        Ok(())
    }

    /// Removes an entry whose cause was undone, unless the person was already called.
    pub(crate) fn take_back_follow_up(&self, of: Uuid, kind: Kind) -> Result<()> {
        let _ =
            self.prepare_cached(include_str!("take_back.sql"))?.execute(params![of.into_bytes(), kind])?;
        Ok(())
    }
}

impl Store {
    /// People to call, longest waiting first.
    pub fn follow_ups(&self) -> Result<Vec<FollowUp>> {
        let mut statement = self.conn.prepare_cached(include_str!("list_open.sql"))?;
        let zone = self.clock.zone();
        let rows = statement.query_map([], |row| {
            let held: Option<(String, String)> = row.read(12).and_then(|day| Ok((day, row.read(13)?))).ok();
            let held = match held {
                Some((day, time)) => {
                    Some(Moment::from_local(sql::day(&day)?.and_time(sql::time(&time)?), zone))
                }
                None => None,
            };
            Ok(FollowUp {
                id: row.read(0)?,
                kind: row.read(1)?,
                raised_at: row.read(2)?,
                resident_id: row.read(3)?,
                name: row.read(4)?,
                called_by: row.read(5)?,
                picture: row.read(6)?,
                phone: row.read(7)?,
                contact_name: row.read(8)?,
                contact_phone: row.read(9)?,
                service: row.read(10)?,
                starts_at: row.read::<Option<Moment>>(11)?.or(held),
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Records the result of a call.
    ///
    /// # Errors
    /// No result, or database errors.
    pub fn finish_follow_up(&mut self, actor: Actor, id: FollowUpId, result: &str) -> Result<()> {
        if result.trim().is_empty() {
            return Err(Error::Rule(Rule::OutcomeNeeded));
        }
        let staff: Option<StaffId> = match actor {
            Actor::Staff(id) => Some(id),
            _ => None,
        };
        self.transact(actor, |tx| {
            let now = tx.clock.now();
            let done =
                tx.prepare_cached(include_str!("finish.sql"))?.execute(params![id, result, now, staff])?;
            if done == 0 {
                return Ok(());
            }
            tx.log(&TrailEntry::new("follow_up.finish", "follow_up", id.uuid()).reason(result))
        })
    }
}
