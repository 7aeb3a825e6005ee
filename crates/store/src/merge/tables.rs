//! The tables whose rows belong to a resident.

/// Key of a table whose rows have an identifier, as text.
const ID: &str = "lower(hex(id))";

/// Tables whose rows belong to a resident, and what their rows are known by.
/// Where the file that is kept has such a row already (one photo, one item of a
/// check-up a year, one place in an activity), the other stays behind.
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
