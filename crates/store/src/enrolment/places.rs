//! Steps inside a transaction: taking a place, passing it on.

use chrono::NaiveDate;
use daycare_core::activity::enrolment::{Enrolment, Mood, Outcome, Own, SignedUp, SigningUp};
use daycare_core::activity::{Occurrence, OccurrenceKey, Window};
use daycare_core::appointment::{Appointment, Origin, Status};
use daycare_core::audit::Actor;
use daycare_core::follow_up::{About, Kind};
use daycare_core::ids::{ActivityId, EnrolmentId, ResidentId};
use rusqlite::OptionalExtension;
use serde_json::json;

use super::{from_row, get, of_resident, require};
use crate::audit::TrailEntry;
use crate::connection::Tx;
use crate::error::Result;
use crate::sql::{RowExt, params};
use crate::sync::leases::pool_of_activity;
use crate::{activity, resident, sql};

impl Tx<'_> {
    pub(super) fn add_enrolment(
        &self,
        asked: &SigningUp,
        status: Status,
        origin: Origin,
        place: Option<u16>,
    ) -> Result<Enrolment> {
        let _ = self.prepare_cached(include_str!("add.sql"))?.execute(params![
            asked.id,
            asked.key.activity_id,
            asked.key.day.to_string(),
            asked.resident_id,
            status,
            origin,
            place,
            self.clock.now(),
        ])?;
        let words = json!({ "resident": asked.resident_id, "activity": asked.key.activity_id,
            "day": asked.key.day, "status": status, "origin": origin, "place": place });
        self.log(&TrailEntry::new("enrolment.add", "enrolment", asked.id.uuid()).after(words))?;
        require(self, asked.id)
    }

    /// Adds an enrolment with its outcome, from generated data; if all places are taken, the
    /// person waits.
    pub(crate) fn load_enrolment(
        &self,
        asked: &SigningUp,
        outcome: Option<Outcome>,
        mood: Option<Mood>,
    ) -> Result<()> {
        let occurrence = activity::require(self, asked.key)?;
        let place = self.free_place(&occurrence)?;
        let status = if place.is_some() { Status::Booked } else { Status::Waitlist };
        let _ = self.add_enrolment(asked, status, Origin::Booked, place)?;
        if place.is_some() && outcome.is_some() {
            let _ = self
                .prepare_cached(include_str!("set_outcome.sql"))?
                .execute(params![asked.id, outcome, mood])?;
        }
        Ok(())
    }

    pub(super) fn set_enrolment(
        &self,
        enrolment: &Enrolment,
        status: Status,
        place: Option<u16>,
        action: &'static str,
        reason: &str,
    ) -> Result<()> {
        let _ = self.prepare_cached(include_str!("set_status.sql"))?.execute(params![
            enrolment.id,
            status,
            place
        ])?;
        let change = TrailEntry::new(action, "enrolment", enrolment.id.uuid())
            .before(json!({ "status": enrolment.status }))
            .after(json!({ "status": status, "place": place }))
            .reason(reason);
        self.log(&change)
    }

    pub(super) fn own_enrolment(&self, asked: &SigningUp) -> Result<Option<Enrolment>> {
        let mut statement = self.prepare_cached(include_str!("find_own.sql"))?;
        let (key, day) = (asked.key, asked.key.day.to_string());
        Ok(statement.query_row(params![key.activity_id, day, asked.resident_id], from_row).optional()?)
    }

    fn listed(&self, sql: &str, key: OccurrenceKey) -> Result<Vec<Enrolment>> {
        let mut statement = self.prepare_cached(sql)?;
        let rows = statement.query_map(params![key.activity_id, key.day.to_string()], from_row)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn waiting(&self, key: OccurrenceKey) -> Result<Vec<Enrolment>> {
        self.listed(include_str!("list_waiting.sql"), key)
    }

    /// The first free place that this kiosk may give.
    fn free_place(&self, occurrence: &Occurrence) -> Result<Option<u16>> {
        let (key, capacity) = (occurrence.key, occurrence.arrangement.capacity.unwrap_or(u16::MAX));
        let mut statement = self.prepare_cached(include_str!("list_places.sql"))?;
        let taken = statement.query_map(params![key.activity_id, key.day.to_string()], |row| row.read(0))?;
        let taken = taken.collect::<rusqlite::Result<Vec<u32>>>()?;
        let free = self.kept(|| pool_of_activity(key))?.first_free(&taken, capacity.into());
        Ok(free.and_then(|place| u16::try_from(place).ok()))
    }

    /// Another activity or appointment of the same person at the same time.
    fn elsewhere(&self, who: ResidentId, at: &Occurrence) -> Result<Option<Own>> {
        let zone = self.clock.zone();
        let (from, to) = (at.starts_at(zone), at.ends_at(zone));
        let activities = of_resident(self, who, at.held_on, zone)?.into_iter().filter(|own| {
            own.enrolment.status == Status::Booked && own.enrolment.key != at.key && own.cancelled.is_none()
        });
        let appointments = crate::appointment::of_resident(self, who, at.held_on)?;
        let appointments = appointments.into_iter().filter(Appointment::has_place);
        let mut all: Vec<_> = activities
            .map(|own| (own.starts_at, own.ends_at, own.name))
            .chain(appointments.map(|own| (own.starts_at, own.ends_at, own.service)))
            .filter(|(starts, ends, _)| *starts < to && *ends > from)
            .collect();
        all.sort();
        Ok(all.into_iter().next().map(|(starts_at, _, name)| Own { name, starts_at }))
    }

    pub(super) fn sign_up(&self, asked: &SigningUp, wait: bool) -> Result<SignedUp> {
        if let Some(known) = get(self, asked.id)?.filter(|known| known.status != Status::Cancelled) {
            return self.with_position(known);
        }
        let _ = resident::require(self, asked.resident_id)?;
        let occurrence = activity::require(self, asked.key)?;
        let own = self.own_enrolment(asked)?;
        if let Some(own) = &own {
            if own.status == Status::Waitlist {
                // A place may have become free since the screen was drawn.
                let _ = self.promote_enrolled(&occurrence)?;
            }
            return self.with_position(require(self, own.id)?);
        }
        // Staff may add somebody to an occurrence that has begun.
        let window = occurrence.window(self.clock.now(), self.clock.zone());
        let by_staff = matches!(self.actor, Actor::Staff(_));
        let open = match window {
            Window::Open => true,
            Window::NotYet(_) => by_staff,
            Window::Over => by_staff && occurrence.ends_at(self.clock.zone()) > self.clock.now(),
            Window::Off => false,
        };
        if !open {
            return Ok(SignedUp::Closed);
        }
        if let Some(own) = self.elsewhere(asked.resident_id, &occurrence)? {
            return Ok(SignedUp::Elsewhere(own));
        }
        // People on the waiting list come first, even if a place is free right now.
        let place = if self.waiting(asked.key)?.is_empty() { self.free_place(&occurrence)? } else { None };
        let asked = &SigningUp { id: self.fresh(asked)?, ..*asked };
        match place {
            Some(place) => {
                self.add_enrolment(asked, Status::Booked, Origin::Booked, Some(place)).map(SignedUp::Done)
            }
            None if wait => {
                let waits = self.add_enrolment(asked, Status::Waitlist, Origin::Booked, None)?;
                let _ = self.promote_enrolled(&occurrence)?;
                self.with_position(require(self, waits.id)?)
            }
            None => Ok(SignedUp::Full),
        }
    }

    /// The identifier for a new enrolment. Somebody who gave a place back and signs up again
    /// gets a new row; the old one stays as it was.
    fn fresh(&self, asked: &SigningUp) -> Result<EnrolmentId> {
        Ok(if get(self, asked.id)?.is_some() { EnrolmentId::new() } else { asked.id })
    }

    fn with_position(&self, enrolment: Enrolment) -> Result<SignedUp> {
        if enrolment.status == Status::Booked {
            return Ok(SignedUp::Done(enrolment));
        }
        let before = self.waiting(enrolment.key)?.iter().position(|other| other.id == enrolment.id);
        Ok(SignedUp::Waiting(enrolment, before.unwrap_or(0)))
    }

    /// Gives free places to the people on the waiting list, first come, first served. Somebody
    /// who has something else at that time keeps waiting.
    pub(crate) fn promote_enrolled(&self, occurrence: &Occurrence) -> Result<usize> {
        let now = self.clock.now();
        if occurrence.off.is_some() || occurrence.starts_at(self.clock.zone()) <= now {
            return Ok(0);
        }
        let mut promoted = 0;
        for waiting in self.waiting(occurrence.key)? {
            let Some(place) = self.free_place(occurrence)? else { break };
            if self.elsewhere(waiting.resident_id, occurrence)?.is_some() {
                continue;
            }
            self.set_enrolment(&waiting, Status::Booked, Some(place), "enrolment.promote", "")?;
            self.raise_follow_up(waiting.resident_id, About::Enrolment(waiting.id), Kind::Promoted)?;
            promoted += 1;
        }
        Ok(promoted)
    }

    /// Ends all enrolments of an occurrence that is not held, and puts the people on the call
    /// list.
    pub(crate) fn cancel_enrolments(&self, key: OccurrenceKey, why: &str) -> Result<usize> {
        let open = self.listed(include_str!("list_open.sql"), key)?;
        for enrolment in &open {
            self.set_enrolment(enrolment, Status::Cancelled, None, "enrolment.not_held", why)?;
            let about = About::Enrolment(enrolment.id);
            self.raise_follow_up(enrolment.resident_id, about, Kind::SessionCancelled)?;
        }
        Ok(open.len())
    }

    /// Restores the enrolments of an occurrence that is held after all, in the order of
    /// sign-up, except for people who were already called or have something else at that time.
    pub(crate) fn revive_enrolments(&self, key: OccurrenceKey) -> Result<()> {
        let occurrence = activity::require(self, key)?;
        if occurrence.off.is_some() || occurrence.starts_at(self.clock.zone()) <= self.clock.now() {
            return Ok(());
        }
        for ended in self.listed(include_str!("list_to_revive.sql"), key)? {
            let again = SigningUp { id: ended.id, key, resident_id: ended.resident_id };
            if self.own_enrolment(&again)?.is_some()
                || self.elsewhere(ended.resident_id, &occurrence)?.is_some()
            {
                continue;
            }
            let place = self.free_place(&occurrence)?;
            let status = if place.is_some() { Status::Booked } else { Status::Waitlist };
            self.set_enrolment(&ended, status, place, "enrolment.held_again", "")?;
            self.take_back_follow_up(ended.id.uuid(), Kind::SessionCancelled)?;
        }
        Ok(())
    }

    /// Restores a waiting-list entry that was ended by mistake, before the occurrence.
    pub(crate) fn wait_for_place_again(&self, id: EnrolmentId) -> Result<()> {
        let ended = require(self, id)?;
        let occurrence = activity::require(self, ended.key)?;
        let asked = SigningUp { id, key: ended.key, resident_id: ended.resident_id };
        let is_over = occurrence.starts_at(self.clock.zone()) <= self.clock.now();
        if ended.status != Status::Cancelled || is_over || self.own_enrolment(&asked)?.is_some() {
            return Ok(());
        }
        self.set_enrolment(&ended, Status::Waitlist, None, "enrolment.held_again", "")?;
        self.promote_enrolled(&occurrence).map(drop)
    }

    /// Drops pending calls about a change that was undone.
    pub(crate) fn take_back_moves(&self, key: OccurrenceKey) -> Result<()> {
        let open = self.listed(include_str!("list_open.sql"), key)?;
        open.iter().try_for_each(|enrolment| self.take_back_follow_up(enrolment.id.uuid(), Kind::Moved))
    }

    /// Puts everybody who is signed up on the call list.
    pub(crate) fn follow_up_enrolled(&self, key: OccurrenceKey, kind: Kind) -> Result<usize> {
        let open = self.listed(include_str!("list_open.sql"), key)?;
        for enrolment in &open {
            self.raise_follow_up(enrolment.resident_id, About::Enrolment(enrolment.id), kind)?;
        }
        Ok(open.len())
    }

    /// Days from `from` on with enrolments.
    pub(crate) fn days_with_enrolments(
        &self,
        activity: ActivityId,
        from: NaiveDate,
    ) -> Result<Vec<NaiveDate>> {
        let mut statement = self.prepare_cached(include_str!("list_days.sql"))?;
        let rows = statement
            .query_map(params![activity, from.to_string()], |row| sql::day(row.get_ref(0)?.as_str()?))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
