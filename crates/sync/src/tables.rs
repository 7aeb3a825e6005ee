//! Which tables are synced, and how their columns merge.

use serde_json::Value;

use super::op::{Fields, RowKey};

/// How conflicting edits of a column are merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// The later edit wins.
    Later,
    /// As `Later`, but if the author had not seen the present value, people decide. For
    /// allergies, medication and emergency contacts.
    Guarded,
    /// Once set it never changes back: a revoked card, an ended call.
    Grows,
}

/// A table that is synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Columns that make up the key.
    pub key: &'static [&'static str],
    /// Guarded columns.
    pub guarded: &'static [&'static str],
    /// Columns that never change back once set.
    pub grows: &'static [&'static str],
    /// Columns that are valid only in combination: they are sent, and win or lose, as one.
    pub together: &'static [&'static str],
    /// Columns that are local to each kiosk.
    pub local: &'static [&'static str],
    /// Whether only the kiosk that manages the accounts may write it.
    pub accounts: bool,
    /// The parent table, and the column that refers to it: rows are created and removed with
    /// their parent.
    pub part_of: Option<(&'static str, &'static str)>,
    /// How its rows take limited places, if they do.
    pub places: Option<Places>,
}

/// How rows of a table take places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places {
    /// Columns that identify the pool.
    pub pool: [&'static str; 2],
    /// Column with the number of the place.
    pub seat: &'static str,
    /// Values of `status` that hold a place.
    pub holds: &'static [&'static str],
    /// Values of `status` that hold a place or wait for one.
    pub open: &'static [&'static str],
}

const ID: &[&str] = &["id"];
const NONE: &[&str] = &[];

const fn plain(name: &'static str) -> Table {
    Table {
        name,
        key: ID,
        guarded: NONE,
        grows: NONE,
        together: NONE,
        local: NONE,
        accounts: false,
        part_of: None,
        places: None,
    }
}

const fn keyed(name: &'static str, key: &'static [&'static str]) -> Table {
    Table { key, ..plain(name) }
}

const fn growing(name: &'static str, grows: &'static [&'static str]) -> Table {
    Table { grows, ..plain(name) }
}

const fn coupled(name: &'static str, together: &'static [&'static str]) -> Table {
    Table { together, ..plain(name) }
}

/// Every synced table, parents before the tables that refer to them.
pub const TABLES: &[Table] = &[
    keyed("setting", &["key"]),
    Table { accounts: true, local: &["failures", "locked_until_at", "signed_out_at"], ..plain("staff") },
    Table {
        guarded: &["contact_name", "contact_phone"],
        // `merged_into_id` follows from the merges in force.
        local: &["updated_at", "id_hash", "merged_into_id"],
        ..plain("resident")
    },
    Table { local: &["hashes"], ..growing("merge", &["undone_at"]) },
    Table { part_of: Some(("merge", "merge_id")), ..keyed("merge_row", &["merge_id", "entity", "row"]) },
    plain("team"),
    plain("duty"),
    plain("room"),
    Table { local: &["failures", "locked_until_at"], ..plain("volunteer") },
    Table { together: &["resident_id", "volunteer_id"], ..growing("card", &["revoked_at", "revoke_reason"]) },
    plain("service"),
    keyed("service_synonym", &["word"]),
    Table { together: &["starts", "ends"], ..growing("availability", &["ended_at"]) },
    keyed("closure", &["day"]),
    coupled("session", &["starts_at", "ends_at"]),
    keyed("seat", &["session_id", "starts_at", "number"]),
    Table {
        places: Some(Places {
            pool: ["session_id", "starts_at"],
            seat: "seat",
            holds: &["booked", "arrived", "checked-in", "fulfilled"],
            open: &["waitlist", "booked", "arrived", "checked-in"],
        }),
        ..coupled("appointment", &["session_id", "starts_at", "ends_at", "seat", "status", "origin"])
    },
    Table { part_of: Some(("appointment", "appointment_id")), ..plain("ticket") },
    coupled("visit", &["state", "arrived_at", "left_at"]),
    Table { part_of: Some(("visit", "visit_id")), ..keyed("visit_service", &["visit_id", "service_id"]) },
    coupled("reading", &["kind", "value", "second", "timing"]),
    Table { part_of: Some(("reading", "reading_id")), ..keyed("reading_part", &["reading_id", "number"]) },
    coupled("target", &["low", "high", "low_second", "high_second"]),
    keyed("checkup_item", &["resident_id", "year", "item"]),
    plain("consent"),
    plain("activity"),
    coupled("activity_series", &["starts", "ends"]),
    Table { together: &["starts", "ends"], ..keyed("activity_change", &["activity_id", "day"]) },
    Table {
        places: Some(Places {
            pool: ["activity_id", "day"],
            seat: "place",
            holds: &["booked"],
            open: &["waitlist", "booked"],
        }),
        ..coupled("enrolment", &["status", "place", "origin"])
    },
    growing("follow_up", &["done_at", "result"]),
    coupled("shift", &["state", "started_at", "ended_at", "volunteer_id", "staff_id"]),
    growing("call", &["ended_at", "answered_by"]),
    Table { key: &["resident_id"], guarded: &["allergies", "notes"], ..plain("care_plan") },
    Table { guarded: &["name", "phone"], ..plain("relative") },
    keyed("photo", &["resident_id"]),
    plain("welfare_check"),
    coupled("absence", &["from_on", "until_on"]),
    growing("handover", &["done_at", "done_by"]),
    plain("incident"),
    Table { together: &["from_on", "until_on"], ..growing("notice", &["ended_at"]) },
    keyed("notice_receipt", &["notice_id", "resident_id"]),
    plain("phone_number"),
    plain("erasure"),
    // Places of a session or an activity.
    keyed("pool", &["id"]),
];

/// Settings that belong to the centre; the others belong to one machine.
pub const SHARED_SETTINGS: &[&str] = &["centre.name", "privacy.keep_years"];

impl Table {
    /// A table by its name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        TABLES.iter().find(|table| table.name == name)
    }

    /// The columns that win or lose together with this one, including itself.
    #[must_use]
    pub fn with<'a>(&self, column: &'a &'a str) -> &'a [&'a str] {
        if self.together.contains(column) { self.together } else { std::slice::from_ref(column) }
    }

    /// The parent row of a row, if it has one.
    #[must_use]
    pub fn whole_of(&self, fields: &Fields) -> Option<RowKey> {
        let (table, column) = self.part_of?;
        Some(RowKey::new(table, fields.get(column)?.as_str()?))
    }

    /// How one of its columns merges.
    #[must_use]
    pub fn rule(&self, field: &str) -> Rule {
        if self.guarded.contains(&field) {
            Rule::Guarded
        } else if self.grows.contains(&field) {
            Rule::Grows
        } else {
            Rule::Later
        }
    }
}

impl Places {
    /// Identifier of the pool that a row belongs to: `appointment/…/…`.
    #[must_use]
    pub fn pool_of(&self, table: &str, fields: &Fields) -> Option<String> {
        let part = |name: &str| match fields.get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        Some(format!("{table}/{}/{}", part(self.pool[0])?, part(self.pool[1])?))
    }

    /// Whether a row holds a place. A walk-in without a free place has none.
    #[must_use]
    pub fn holds(&self, fields: &Fields) -> bool {
        let walked_in = fields.get("origin").and_then(Value::as_str) == Some("walk_in");
        let seatless = fields.get(self.seat).is_none_or(Value::is_null);
        is_in(fields, self.holds) && !(walked_in && seatless)
    }

    /// Whether a row has a place, or waits for one.
    #[must_use]
    pub fn is_open(&self, fields: &Fields) -> bool {
        is_in(fields, self.open)
    }
}

fn is_in(fields: &Fields, states: &[&str]) -> bool {
    fields.get("status").and_then(Value::as_str).is_some_and(|status| states.contains(&status))
}
