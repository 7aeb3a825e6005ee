//! How domain types are stored in SQLite.

use daycare_core::activity::enrolment::{Mood, Outcome};
use daycare_core::activity::repeat::Repeat;
use daycare_core::appointment::{Origin, Status};
use daycare_core::care_plan::Risk;
use daycare_core::consent::Purpose;
use daycare_core::follow_up::Kind as FollowUpKind;
use daycare_core::ids::{
    AbsenceId, ActivityId, AppointmentId, AvailabilityId, CallId, CardId, ConsentId, DutyId, EnrolmentId,
    ErasureId, FollowUpId, HandoverId, IncidentId, MergeId, NoticeId, PhoneNumberId, ReadingId, RelativeId,
    ResidentId, RoomId, SeriesId, ServiceId, SessionId, ShiftId, StaffId, TargetId, TeamId, TicketId,
    VisitId, VolunteerId, WelfareCheckId,
};
use daycare_core::queue::TicketState;
use daycare_core::resident::{ArchivedAs, Escort, Living, Sex, Standing};
use daycare_core::shift_book::{IncidentKind, NoticeKind};
use daycare_core::staff::Role;
use daycare_core::time::Moment;
use daycare_core::visit::{Source, State, Way};
use daycare_core::vitals::{Kind, Origin as ReadingOrigin, Timing};
use daycare_core::welfare::{CheckResult, CheckWay};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, Null, ToSql, ToSqlOutput, Value, ValueRef};
use rusqlite::{Row, RowIndex};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use uuid::Uuid;

/// A value as it is bound to a statement. rusqlite's own traits cannot be
/// implemented here for types of another crate.
pub(crate) trait Bind {
    /// The value in one of SQLite's types.
    fn bind(&self) -> rusqlite::Result<ToSqlOutput<'_>>;
}

/// A value that can be read from a column.
pub(crate) trait Fetch: Sized {
    /// Converts the value of a column from one of SQLite's types.
    fn fetch(value: ValueRef<'_>) -> FromSqlResult<Self>;
}

/// Wraps a value that is bound to a statement; created by [`params`].
pub(crate) struct Param<'a, T: ?Sized>(pub &'a T);

impl<T: Bind + ?Sized> ToSql for Param<'_, T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.bind()
    }
}

/// The values of a statement, in the order of its `?1`, `?2` …
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        rusqlite::params![$($crate::sql::Param(&$value)),*]
    };
}
pub(crate) use params;

/// The values of a statement by their names: `":day": value`.
macro_rules! named_params {
    ($($name:literal: $value:expr),* $(,)?) => {
        rusqlite::named_params! { $($name: $crate::sql::Param(&$value)),* }
    };
}
pub(crate) use named_params;

struct Column<T>(T);

impl<T: Fetch> FromSql for Column<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        T::fetch(value).map(Self)
    }
}

/// Reading a column as a domain value.
pub(crate) trait RowExt {
    /// The value of the column at `at`, counted from 0.
    fn read<T: Fetch>(&self, at: impl RowIndex) -> rusqlite::Result<T>;
}

impl RowExt for Row<'_> {
    fn read<T: Fetch>(&self, at: impl RowIndex) -> rusqlite::Result<T> {
        self.get::<_, Column<T>>(at).map(|column| column.0)
    }
}

impl<T: Bind + ?Sized> Bind for &T {
    fn bind(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        (**self).bind()
    }
}

impl<T: Bind> Bind for Option<T> {
    fn bind(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.as_ref().map_or(Ok(ToSqlOutput::from(Null)), Bind::bind)
    }
}

impl<T: Fetch> Fetch for Option<T> {
    fn fetch(value: ValueRef<'_>) -> FromSqlResult<Self> {
        if value == ValueRef::Null { Ok(None) } else { T::fetch(value).map(Some) }
    }
}

/// Implements the traits for types that rusqlite supports.
macro_rules! bound_as_is {
    ($($name:ty),+) => {$(
        impl Bind for $name {
            fn bind(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                self.to_sql()
            }
        }
    )+};
}
macro_rules! fetched_as_is {
    ($($name:ty),+) => {$(
        impl Fetch for $name {
            fn fetch(value: ValueRef<'_>) -> FromSqlResult<Self> {
                Self::column_result(value)
            }
        }
    )+};
}

bound_as_is!(bool, u8, u16, u32, i32, i64, f64, str, String, Vec<u8>, [u8], [u8; 16], [u8; 32], Value);
fetched_as_is!(bool, u8, u16, u32, i32, i64, f64, String, Vec<u8>, [u8; 16], [u8; 32], Value);

macro_rules! id_as_blob {
    ($($name:ident),+) => {$(
        impl Bind for $name {
            fn bind(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::from(self.uuid().into_bytes().to_vec()))
            }
        }

        impl Fetch for $name {
            fn fetch(value: ValueRef<'_>) -> FromSqlResult<Self> {
                let bytes = <[u8; 16]>::column_result(value)?;
                Ok(Self::from(Uuid::from_bytes(bytes)))
            }
        }
    )+};
}

/// Enums are stored as the text that serde gives them, so that there is one spelling
/// everywhere.
macro_rules! word_as_text {
    ($($name:ident),+) => {$(
        impl Bind for $name {
            fn bind(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                match serde_json::to_value(self) {
                    Ok(serde_json::Value::String(word)) => Ok(ToSqlOutput::from(word)),
                    _ => Err(rusqlite::Error::ToSqlConversionFailure("not a word".into())),
                }
            }
        }

        impl Fetch for $name {
            fn fetch(value: ValueRef<'_>) -> FromSqlResult<Self> {
                let word = value.as_str()?.into_deserializer();
                Self::deserialize(word).map_err(|e: serde::de::value::Error| FromSqlError::Other(Box::new(e)))
            }
        }
    )+};
}

id_as_blob!(
    ResidentId,
    VisitId,
    CardId,
    ConsentId,
    TargetId,
    StaffId,
    ServiceId,
    CallId,
    AvailabilityId,
    SessionId,
    AppointmentId,
    TicketId,
    ReadingId,
    FollowUpId,
    RoomId,
    TeamId,
    ActivityId,
    SeriesId,
    EnrolmentId,
    VolunteerId,
    DutyId,
    ShiftId,
    MergeId,
    RelativeId,
    WelfareCheckId,
    AbsenceId,
    HandoverId,
    IncidentId,
    NoticeId,
    PhoneNumberId,
    ErasureId
);
word_as_text!(
    Sex,
    Living,
    Escort,
    Standing,
    Role,
    State,
    Source,
    Way,
    Status,
    Origin,
    TicketState,
    Kind,
    Timing,
    ReadingOrigin,
    FollowUpKind,
    Repeat,
    Outcome,
    Mood,
    ArchivedAs,
    Risk,
    Purpose,
    CheckWay,
    CheckResult,
    IncidentKind,
    NoticeKind
);

impl Bind for Moment {
    fn bind(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.0))
    }
}

impl Fetch for Moment {
    fn fetch(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64().map(Self)
    }
}

/// A birth date, as far as it is known.
pub(crate) fn birth(text: &str) -> rusqlite::Result<daycare_core::birth::Birth> {
    text.parse().map_err(|e: String| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, e.into())
    })
}

/// Parses a local date as `YYYY-MM-DD`, the only stored form. It is parsed by position, because
/// one page of a list has many dates.
pub(crate) fn day(text: &str) -> rusqlite::Result<chrono::NaiveDate> {
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<u16>().ok();
    let date = (text.len() == 10)
        .then(|| {
            let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
            chrono::NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))
        })
        .flatten();
    date.ok_or_else(|| {
        let what = format!("{text:?} is no day").into();
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, what)
    })
}

/// Parses a local time as `HH:MM`.
pub(crate) fn time(text: &str) -> rusqlite::Result<chrono::NaiveTime> {
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
    let time =
        (text.len() == 5).then(|| chrono::NaiveTime::from_hms_opt(part(0, 2)?, part(3, 5)?, 0)).flatten();
    time.ok_or_else(|| {
        let what = format!("{text:?} is no time").into();
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, what)
    })
}
