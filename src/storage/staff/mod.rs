//! Staff accounts and their lock.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use rusqlite::{OptionalExtension, params};
use serde_json::json;

use super::Store;
use super::audit::Change;
use crate::domain::audit::Actor;
use crate::domain::ids::StaffId;
use crate::domain::staff::{Lockout, PIN_LENGTH, Staff, Tried};
use crate::error::{Error, Result};

/// argon2id, 64 MiB, three passes: about a fifth of a second a try.
fn hasher() -> Result<Argon2<'static>> {
    let params = Params::new(64 * 1024, 3, 1, None).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

pub(super) fn hash(pin: &str) -> Result<String> {
    if pin.len() != PIN_LENGTH || !pin.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Error::Rule("a PIN has six digits"));
    }
    let hash = hasher()?.hash_password(pin.as_bytes()).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(hash.to_string())
}

pub(super) fn verify(pin: &str, stored: &str) -> Result<bool> {
    let parsed = PasswordHash::new(stored).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(hasher()?.verify_password(pin.as_bytes(), &parsed).is_ok())
}

impl Store {
    /// Everybody who may unlock, by name.
    ///
    /// # Errors
    /// Database errors.
    pub fn staff(&self) -> Result<Vec<Staff>> {
        let mut statement = self.conn.prepare_cached(include_str!("list.sql"))?;
        let rows = statement
            .query_map([], |row| Ok(Staff { id: row.get(0)?, name: row.get(1)?, role: row.get(2)? }))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Adds an account. There is no default PIN.
    ///
    /// # Errors
    /// The PIN is not six digits, or database errors.
    pub fn add_staff(&mut self, actor: Actor, staff: &Staff, pin: &str) -> Result<()> {
        let hash = hash(pin)?;
        self.transact(actor, |tx| {
            let _ = tx.prepare_cached(include_str!("add.sql"))?.execute(params![
                staff.id,
                staff.name,
                staff.role,
                hash,
                tx.clock.now()
            ])?;
            let after = json!({ "name": staff.name, "role": staff.role });
            tx.log(&Change::new("staff.add", "staff", staff.id.uuid()).after(after))
        })
    }

    /// Sets a new PIN and opens a closed lock.
    ///
    /// # Errors
    /// The PIN is not six digits, no such account, or database errors.
    pub fn set_pin(&mut self, actor: Actor, id: StaffId, pin: &str) -> Result<()> {
        let hash = hash(pin)?;
        self.transact(actor, |tx| {
            let changed = tx.prepare_cached(include_str!("set_pin.sql"))?.execute(params![id, hash])?;
            if changed == 0 {
                return Err(Error::NotFound("staff account"));
            }
            tx.log(&Change::new("staff.pin", "staff", id.uuid()))
        })
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
        self.transact(Actor::Program, |tx| tx.log(&Change::new("staff.wrong_pin", "staff", id.uuid())))?;
        Ok(failed.told(now))
    }

    fn account(&self, id: StaffId) -> Result<(Staff, String, Lockout)> {
        let mut statement = self.conn.prepare_cached(include_str!("get.sql"))?;
        let found = statement
            .query_row([id], |row| {
                let staff = Staff { id: row.get(0)?, name: row.get(1)?, role: row.get(2)? };
                let lock = Lockout { failures: row.get(4)?, locked_until: row.get(5)? };
                Ok((staff, row.get(3)?, lock))
            })
            .optional()?;
        found.ok_or(Error::NotFound("staff account"))
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
