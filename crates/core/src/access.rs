//! Permissions by role. The screens, the store and the documentation all follow the table in
//! this file.

use super::staff::Role;

/// An area of data or functions that needs a permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Who is in; visits, corrections, late entries, calls for help.
    Attendance,
    /// Residents' files: family, care plan, consents, cards, photos.
    Registry,
    /// Bookings, the queue, sessions and closed days.
    Appointments,
    /// Values of readings, targets, the yearly check-up.
    Health,
    /// Activities, rooms, volunteers and their hours.
    Programme,
    /// The welfare list: contacts, absences.
    Welfare,
    /// Figures and reports.
    Statistics,
    /// The shift book, incidents, notices.
    ShiftBook,
    /// A staff member's own PIN and own log entries; the state of the machine.
    Own,
    /// Merging two files of the same person, and undoing a merge.
    Merge,
    /// Importing files: registry, sign-in book, activity plan.
    Import,
    /// Accounts, roles, signing others out.
    Staff,
    /// The whole trail.
    Audit,
    /// Exporting or erasing one person's data, and retention.
    Privacy,
    /// Settings of the centre.
    Settings,
}

impl Permission {
    /// Every one, in the order of the table.
    pub const ALL: [Self; 15] = [
        Self::Attendance,
        Self::Registry,
        Self::Appointments,
        Self::Health,
        Self::Programme,
        Self::Welfare,
        Self::Statistics,
        Self::ShiftBook,
        Self::Own,
        Self::Merge,
        Self::Import,
        Self::Staff,
        Self::Audit,
        Self::Privacy,
        Self::Settings,
    ];

    /// Key of the sentence that says whom to ask.
    #[must_use]
    pub fn ask_key(self) -> &'static str {
        if self == Self::Health { "locked-health" } else { "locked-manager" }
    }

    /// The permission that a write in the audit trail needs, or `None` if no staff member may
    /// make it. Action names have the form `entity.what`.
    #[must_use]
    pub fn of_action(action: &str) -> Option<Self> {
        let entity = action.split('.').next().unwrap_or_default();
        Some(match (action, entity) {
            ("resident.merge" | "resident.unmerge", _) => Self::Merge,
            ("resident.import" | "visit.import" | "activity.import" | "visit.complete", _) => Self::Import,
            ("resident.erase" | "resident.expire" | "person.export", _) => Self::Privacy,
            ("resident.demo" | "visit.demo" | "activity.demo" | "shift.demo", _) => return None,
            ("staff.own_pin" | "staff.wrong_pin", _) => Self::Own,
            ("notice.damage", _) => Self::Attendance,
            ("sync.decide", _) => Self::Registry,
            ("sync.enrol" | "sync.leave", _) => Self::Settings,
            ("clock.confirm", _) => Self::Attendance,
            (_, "visit" | "call") => Self::Attendance,
            (_, "resident" | "card" | "care_plan" | "relative" | "photo" | "consent" | "phone") => {
                Self::Registry
            }
            (_, "appointment" | "ticket" | "session" | "availability" | "closure" | "follow_up") => {
                Self::Appointments
            }
            (_, "reading" | "target" | "checkup") => Self::Health,
            (_, "activity" | "enrolment" | "room" | "team" | "volunteer" | "shift" | "duty") => {
                Self::Programme
            }
            (_, "welfare" | "absence") => Self::Welfare,
            (_, "handover" | "incident" | "notice" | "phone_number") => Self::ShiftBook,
            (_, "staff") => Self::Staff,
            (_, "setting") => Self::Settings,
            _ => return None,
        })
    }
}

impl Role {
    /// Every role, in the order of the table.
    pub const ALL: [Self; 3] = [Self::Caregiver, Self::Nurse, Self::Manager];

    /// Whether this role has the permission.
    #[must_use]
    pub fn may(self, what: Permission) -> bool {
        match what {
            Permission::Attendance
            | Permission::Registry
            | Permission::Appointments
            | Permission::Programme
            | Permission::Welfare
            | Permission::Statistics
            | Permission::ShiftBook
            | Permission::Own => true,
            Permission::Health => matches!(self, Self::Nurse | Self::Manager),
            Permission::Merge
            | Permission::Import
            | Permission::Staff
            | Permission::Audit
            | Permission::Privacy
            | Permission::Settings => self == Self::Manager,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn health_values_are_for_nurse_and_manager_and_nobody_else() {
        assert_eq!(Role::ALL.map(|role| role.may(Permission::Health)), [false, true, true]);
    }

    #[test]
    fn a_manager_may_everything_and_a_nurse_whatever_a_caregiver_may() {
        for what in Permission::ALL {
            assert!(Role::Manager.may(what), "{what:?}");
            assert!(!Role::Caregiver.may(what) || Role::Nurse.may(what), "{what:?}");
        }
    }
}
