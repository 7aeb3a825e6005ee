//! Staff accounts and the PIN lock.

pub(crate) mod role;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use daycare_core::audit::Actor;
use daycare_core::ids::StaffId;
use daycare_core::staff::{Lockout, PIN_LENGTH, Role, Staff, Tried};
use daycare_core::time::Moment;
use rusqlite::OptionalExtension;
use serde_json::json;

use crate::audit::TrailEntry;
use crate::connection::{Store, Tx};
use crate::error::{Error, Result, Rule, Thing};
use crate::sql::{RowExt, params};
use role::staff_role;

use crate::sync::state;

/// argon2id, 64 MiB, three passes: about a fifth of a second a try.
fn hasher() -> Result<Argon2<'static>> {
    let params = Params::new(64 * 1024, 3, 1, None).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

pub(crate) fn hash(pin: &str) -> Result<String> {
    if pin.len() != PIN_LENGTH || !pin.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Error::Rule(Rule::PinSixDigits));
    }
    let hash = hasher()?.hash_password(pin.as_bytes()).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(hash.to_string())
}

pub(crate) fn verify(pin: &str, stored: &str) -> Result<bool> {
    let parsed = PasswordHash::new(stored).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(hasher()?.verify_password(pin.as_bytes(), &parsed).is_ok())
}

impl Tx<'_> {
    /// Only one kiosk of a centre manages the accounts; the others receive them.
    fn accounts_are_here(&self) -> Result<()> {
        let elsewhere = self.enrolled && state::state(self)?.is_some_and(|state| !state.accounts);
        if elsewhere { Err(Error::AccountsElsewhere) } else { Ok(()) }
    }

    /// At least one manager must remain, who can give others access.
    fn one_manager_stays(&self) -> Result<()> {
        let managers: u32 =
            self.prepare_cached(include_str!("count_managers.sql"))?.query_row([], |row| row.read(0))?;
        if managers == 0 { Err(Error::Rule(Rule::LastManager)) } else { Ok(()) }
    }
}

impl Store {
    /// Everybody with an account, by name.
    pub fn staff(&self) -> Result<Vec<Staff>> {
        let mut statement = self.conn.prepare_cached(include_str!("list.sql"))?;
        let rows = statement
            .query_map([], |row| Ok(Staff { id: row.read(0)?, name: row.read(1)?, role: row.read(2)? }))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Adds an account. There is no default PIN.
    ///
    /// # Errors
    /// The PIN is not six digits, or database errors.
    pub fn add_staff(&mut self, actor: Actor, staff: &Staff, pin: &str) -> Result<()> {
        let hash = hash(pin)?;
        self.transact(actor, |tx| {
            tx.accounts_are_here()?;
            let _ = tx.prepare_cached(include_str!("add.sql"))?.execute(params![
                staff.id,
                staff.name,
                staff.role,
                hash,
                tx.clock.now()
            ])?;
            let after = json!({ "name": staff.name, "role": staff.role });
            tx.log(&TrailEntry::new("staff.add", "staff", staff.id.uuid()).after(after))
        })
    }

    /// Sets a new PIN and unlocks the account.
    ///
    /// # Errors
    /// The PIN is not six digits, no such account, or database errors.
    pub fn set_pin(&mut self, actor: Actor, id: StaffId, pin: &str) -> Result<()> {
        let hash = hash(pin)?;
        self.transact(actor, |tx| {
            tx.accounts_are_here()?;
            let changed = tx.prepare_cached(include_str!("set_pin.sql"))?.execute(params![id, hash])?;
            if changed == 0 {
                return Err(Error::NotFound(Thing::StaffAccount));
            }
            tx.log(&TrailEntry::new("staff.pin", "staff", id.uuid()))
        })
    }

    /// Changes one's own PIN, given the present one. Wrong attempts count as when unlocking.
    ///
    /// # Errors
    /// The new PIN is not six digits, no such account, or database errors.
    pub fn change_own_pin(&mut self, id: StaffId, present: &str, new: &str) -> Result<Tried<Staff>> {
        let hash = hash(new)?;
        let tried = self.unlock(id, present)?;
        if matches!(tried, Tried::Opened(_)) {
            self.transact(Actor::Staff(id), |tx| {
                tx.accounts_are_here()?;
                let _ = tx.prepare_cached(include_str!("set_pin.sql"))?.execute(params![id, hash])?;
                tx.log(&TrailEntry::new("staff.own_pin", "staff", id.uuid()))
            })?;
        }
        Ok(tried)
    }

    /// Changes the role of an account. At least one manager must remain.
    ///
    /// # Errors
    /// No such account, the last manager, or database errors.
    pub fn set_role(&mut self, actor: Actor, id: StaffId, to: Role) -> Result<()> {
        self.transact(actor, |tx| {
            tx.accounts_are_here()?;
            let before = staff_role(tx, id)?.ok_or(Error::NotFound(Thing::StaffAccount))?;
            if before == to {
                return Ok(());
            }
            let _ = tx.prepare_cached(include_str!("set_role.sql"))?.execute(params![id, to])?;
            tx.one_manager_stays()?;
            let change = TrailEntry::new("staff.role", "staff", id.uuid())
                .before(json!({ "role": before }))
                .after(json!({ "role": to }));
            tx.log(&change)
        })
    }

    /// Closes an account: its name stays in the audit trail, and it is locked at once.
    ///
    /// # Errors
    /// No such account, the last manager, or database errors.
    pub fn archive_staff(&mut self, actor: Actor, id: StaffId) -> Result<()> {
        self.transact(actor, |tx| {
            tx.accounts_are_here()?;
            let now = tx.clock.now();
            // The audit row comes first, while somebody closing their own account still has
            // permission.
            tx.log(&TrailEntry::new("staff.archive", "staff", id.uuid()))?;
            let ended = tx.prepare_cached(include_str!("archive.sql"))?.execute(params![id, now])?;
            if ended == 0 {
                return Err(Error::NotFound(Thing::StaffAccount));
            }
            tx.one_manager_stays()
        })
    }

    /// Signs an account out wherever it is in use.
    ///
    /// # Errors
    /// No such account, or database errors.
    pub fn sign_out(&mut self, actor: Actor, id: StaffId) -> Result<()> {
        self.transact(actor, |tx| {
            let now = tx.clock.now();
            let changed = tx.prepare_cached(include_str!("sign_out.sql"))?.execute(params![id, now])?;
            if changed == 0 {
                return Err(Error::NotFound(Thing::StaffAccount));
            }
            tx.log(&TrailEntry::new("staff.sign_out", "staff", id.uuid()))
        })
    }

    /// Whether an account that was unlocked at `since` may stay unlocked.
    pub fn may_stay(&self, id: StaffId, since: Moment) -> Result<bool> {
        let mut statement = self.conn.prepare_cached(include_str!("get_signed_out.sql"))?;
        let found: Option<Option<Moment>> = statement.query_row(params![id], |row| row.read(0)).optional()?;
        // A sign-out in the future was written by a clock that was ahead.
        let now = self.clock.now();
        Ok(found.is_some_and(|out| out.is_none_or(|out| out < since || out > now)))
    }

    /// Tries a PIN. The failure is counted on disk before the PIN is looked
    /// at, so pulling the plug never gives another try.
    ///
    /// # Errors
    /// No such account, or database errors.
    pub fn unlock(&mut self, id: StaffId, pin: &str) -> Result<Tried<Staff>> {
        let now = self.clock.now();
        let (staff, stored, lock) = self.account(id)?;
        let wait_ms = lock.wait_ms(now);
        if wait_ms > 0 {
            return Ok(Tried::Locked { wait_ms });
        }
        let failed = lock.after_failure(now);
        self.set_lock(id, failed)?;
        if verify(pin, &stored)? {
            self.set_lock(id, Lockout::default())?;
            return Ok(Tried::Opened(staff));
        }
        self.transact(Actor::Program, |tx| tx.log(&TrailEntry::new("staff.wrong_pin", "staff", id.uuid())))?;
        Ok(failed.as_tried(now))
    }

    fn account(&self, id: StaffId) -> Result<(Staff, String, Lockout)> {
        let mut statement = self.conn.prepare_cached(include_str!("get.sql"))?;
        let found = statement
            .query_row(params![id], |row| {
                let staff = Staff { id: row.read(0)?, name: row.read(1)?, role: row.read(2)? };
                let lock = Lockout { failures: row.read(4)?, locked_until: row.read(5)? };
                Ok((staff, row.read(3)?, lock))
            })
            .optional()?;
        found.ok_or(Error::NotFound(Thing::StaffAccount))
    }

    fn set_lock(&self, id: StaffId, lock: Lockout) -> Result<()> {
        let _ = self.conn.prepare_cached(include_str!("set_lock.sql"))?.execute(params![
            id,
            lock.failures,
            lock.locked_until
        ])?;
        Ok(())
    }
}
