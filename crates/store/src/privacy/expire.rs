//! Expiry of old records: off, unless the centre sets how many years it keeps them. Older
//! records stay as anonymous counts.

use chrono::{Datelike, NaiveDate, NaiveTime};
use daycare_core::audit::Actor;
use daycare_core::ids::ResidentId;
use daycare_core::resident::{Profile, Resident, Standing};
use daycare_core::time::Moment;
use serde_json::json;

use crate::audit::TrailEntry;
use crate::connection::{Store, Tx};
use crate::error::{Error, Result, Rule};
use crate::sql::{RowExt, params};
use crate::{resident, setting};

/// How many records have expired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Expired {
    /// Visits, bookings and sign-ups that were made anonymous.
    pub unlinked: usize,
    /// Archived people who were erased.
    pub people: usize,
    /// Readings, checks, notes and calls removed.
    pub removed: usize,
    /// Audit entries whose text was removed.
    pub trail: usize,
}

impl Store {
    /// How many years records stay linked to a person; 0 means for ever.
    pub fn keep_years(&self) -> Result<u32> {
        Ok(self.setting(setting::KEEP_YEARS)?.and_then(|years| years.parse().ok()).unwrap_or(0))
    }

    /// Expires records older than the centre keeps; with `dry_run`, only reports what would
    /// expire.
    pub fn expire(&mut self, actor: Actor, dry_run: bool) -> Result<Expired> {
        let years = self.keep_years()?;
        self.expire_after(actor, years, dry_run)
    }

    /// As [`Store::expire`], after the given number of years, whatever is set; 0 means never.
    /// Only whole calendar years expire: if a year were cut in the middle, its people (人数)
    /// would be counted twice.
    pub fn expire_after(&mut self, actor: Actor, years: u32, dry_run: bool) -> Result<Expired> {
        let cut = i32::try_from(years).ok().map(|years| self.clock.today().year() - years);
        let cut = cut.filter(|_| years > 0).and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1));
        let Some(cut) = cut else { return Ok(Expired::default()) };
        if dry_run {
            return self.rehearse(actor, |tx| tx.expire(cut));
        }
        let expired = self.transact(actor, |tx| {
            let expired = tx.expire(cut)?;
            if expired != Expired::default() {
                tx.note_copies_to_forget()?;
            }
            Ok(expired)
        })?;
        if expired != Expired::default() {
            let _ = self.forget_copies()?;
        }
        Ok(expired)
    }

    /// Sets how many years records stay linked to a person; 0 means for ever.
    pub fn set_keep_years(&mut self, actor: Actor, years: u32) -> Result<()> {
        if years > 100 {
            return Err(Error::Rule(Rule::YearsOutOfRange));
        }
        self.set_setting(actor, setting::KEEP_YEARS, &years.to_string())
    }
}

impl Tx<'_> {
    fn expire(&self, cut: NaiveDate) -> Result<Expired> {
        let mut expired = Expired::default();
        let before = Moment::from_local(cut.and_time(NaiveTime::MIN), self.clock.zone());
        let day = cut.to_string();
        for id in self.gone_since(&day, before)? {
            let _ = self.erase(id, "保存期满")?;
            expired.people += 1;
        }
        let owners: Vec<ResidentId> = {
            let mut statement = self.prepare(include_str!("list_visitors_before.sql"))?;
            let found = statement.query_map([&day], |row| row.read(0))?;
            found.collect::<rusqlite::Result<_>>()?
        };
        for owner in owners {
            expired.unlinked += self.unlink(owner, &day)?;
        }
        expired.removed = self.remove_older(&day, before)?;
        expired.trail =
            self.prepare(include_str!("empty_trail_lines_before.sql"))?.execute(params![before])?;
        if expired != Expired::default() {
            let change =
                TrailEntry::new("resident.expire", "resident", uuid::Uuid::nil()).after(json!(expired));
            self.log(&change)?;
        }
        Ok(expired)
    }

    /// People who left the register and have no newer records.
    fn gone_since(&self, day: &str, before: Moment) -> Result<Vec<ResidentId>> {
        let mut statement = self.prepare(include_str!("list_expired_residents.sql"))?;
        let found = statement.query_map(params![day, before], |row| row.read(0))?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// Moves older visits, bookings and sign-ups to an anonymous resident of the same 院落, so
    /// that the counts of those years stay.
    fn unlink(&self, owner: ResidentId, day: &str) -> Result<usize> {
        let person = resident::require(self, owner)?.profile;
        let profile = Profile {
            name: "（已过期）".into(),
            picture: daycare_core::picture::PERSONAL[0].into(),
            yard: person.yard,
            grid: person.grid,
            sex: person.sex,
            living: person.living,
            ..Profile::default()
        };
        let nobody = Resident { id: ResidentId::new(), profile, standing: Standing::Archived, id_hash: None };
        self.write_resident(&nobody)?;
        let sql = "UPDATE resident SET archived_as = 'erased' WHERE id = ?1";
        let _ = self.prepare_cached(sql)?.execute(params![nobody.id])?;
        let mut moved = 0;
        for sql in [
            include_str!("anonymise_visits.sql"),
            include_str!("anonymise_appointments.sql"),
            "UPDATE enrolment SET resident_id = ?2 WHERE resident_id = ?1 AND day < ?3",
        ] {
            moved += self.prepare_cached(sql)?.execute(params![owner, nobody.id, day])?;
        }
        Ok(moved)
    }

    fn remove_older(&self, day: &str, before: Moment) -> Result<usize> {
        let mut removed = 0;
        for sql in [
            "DELETE FROM reading_part WHERE reading_id IN (SELECT id FROM reading WHERE taken_at < ?1)",
            "UPDATE reading SET corrects = NULL WHERE corrects IN (SELECT id FROM reading WHERE taken_at < ?1)",
            "DELETE FROM reading WHERE taken_at < ?1",
            "DELETE FROM welfare_check WHERE at < ?1",
            "DELETE FROM follow_up WHERE done_at < ?1",
            "DELETE FROM handover WHERE at < ?1 AND done_at IS NOT NULL",
            "UPDATE incident SET resident_id = NULL, words = '', measures = '' WHERE at < ?1 AND words <> ''",
            "UPDATE call SET resident_id = NULL WHERE raised_at < ?1 AND resident_id IS NOT NULL",
        ] {
            removed += self.prepare_cached(sql)?.execute(params![before])?;
        }
        removed += self.prepare_cached("DELETE FROM absence WHERE until_on < ?1")?.execute([day])?;
        Ok(removed)
    }
}
