//! Staff accounts and the PIN lock.

use serde::{Deserialize, Serialize};

use super::ids::StaffId;
use super::time::Moment;

/// The role of a staff member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 护理员
    Caregiver,
    /// 护士
    Nurse,
    /// 主任
    Manager,
}

/// A staff account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// Identifier.
    pub id: StaffId,
    /// Name as shown on the unlock screen.
    pub name: String,
    /// Role.
    pub role: Role,
}

/// Wrong PINs allowed before the account is locked.
pub const TRIES: u32 = 5;
/// Digits of a PIN.
pub const PIN_LENGTH: usize = 6;
/// The first lock-out; each further one doubles up to [`LONGEST_LOCK_MS`].
pub const FIRST_LOCK_MS: i64 = 60_000;
/// The longest lock-out.
pub const LONGEST_LOCK_MS: i64 = 30 * 60_000;

/// Failed attempts of one account; kept across restarts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lockout {
    /// Wrong PINs since the last right one.
    pub failures: u32,
    /// No attempt is accepted before this instant.
    pub locked_until: Option<Moment>,
}

impl Lockout {
    /// Milliseconds left to wait at `now`; never more than the longest lockout, even if the
    /// clock was set far back.
    #[must_use]
    pub fn wait_ms(&self, now: Moment) -> i64 {
        self.locked_until.map_or(0, |until| (until.0 - now.0).clamp(0, LONGEST_LOCK_MS))
    }

    /// The state after one more wrong PIN at `now`.
    #[must_use]
    pub fn after_failure(self, now: Moment) -> Self {
        let failures = self.failures.saturating_add(1);
        let locked_until = (failures >= TRIES).then(|| {
            let doublings = (failures - TRIES).min(10);
            now.plus_ms((FIRST_LOCK_MS << doublings).min(LONGEST_LOCK_MS))
        });
        Self { failures, locked_until }
    }

    /// What is told after a wrong PIN.
    #[must_use]
    pub fn as_tried<T>(&self, now: Moment) -> Tried<T> {
        match self.wait_ms(now) {
            0 => Tried::Wrong { tries_left: self.tries_left() },
            wait_ms => Tried::Locked { wait_ms },
        }
    }

    /// Attempts left before the account is locked.
    #[must_use]
    pub fn tries_left(&self) -> u32 {
        TRIES.saturating_sub(self.failures)
    }
}

/// Result of entering a PIN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tried<T> {
    /// The right PIN, with its owner.
    Opened(T),
    /// The wrong PIN, with attempts left.
    Wrong {
        /// Attempts left before the account is locked.
        tries_left: u32,
    },
    /// The account is locked.
    Locked {
        /// Wait in milliseconds.
        wait_ms: i64,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fifth_wrong_pin_locks_for_a_minute_and_the_wait_doubles_up_to_half_an_hour() {
        let now = Moment(1_000);
        let mut lock = Lockout::default();
        let mut waits = Vec::new();
        for _ in 0..12 {
            lock = lock.after_failure(now);
            waits.push(lock.wait_ms(now) / 60_000);
        }
        assert_eq!(waits, [0, 0, 0, 0, 1, 2, 4, 8, 16, 30, 30, 30]);
    }
}
