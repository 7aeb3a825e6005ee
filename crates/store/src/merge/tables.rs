//! The tables whose rows belong to a resident.

/// Key of a table whose rows have an identifier, as text.
const ID: &str = "lower(hex(id))";

/// Tables whose rows belong to a resident, and the key of their rows. If the kept file already
/// has such a row (one photo, one check-up item per year, one place in an activity), the other
/// stays behind.
pub(super) const TABLES: [(&str, &str); 17] = [
    ("visit", ID),
    ("card", ID),
    ("call", ID),
    ("appointment", ID),
    ("reading", ID),
    ("target", ID),
    ("consent", ID),
    ("follow_up", ID),
    ("enrolment", ID),
    ("relative", ID),
    ("welfare_check", ID),
    ("absence", ID),
    ("incident", ID),
    ("volunteer", ID),
    ("photo", WHOSE),
    ("checkup_item", "year || ' ' || item"),
    ("notice_receipt", "lower(hex(notice_id))"),
];

/// Key of a table with one row a resident.
pub(super) const WHOSE: &str = "lower(hex(resident_id))";
