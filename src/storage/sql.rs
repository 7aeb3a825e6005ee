//! How domain words are stored.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use uuid::Uuid;

use crate::domain::activity::enrolment::{Mood, Outcome};
use crate::domain::activity::repeat::Repeat;
use crate::domain::appointment::{Origin, Status};
use crate::domain::care_plan::Risk;
use crate::domain::consent::Purpose;
use crate::domain::follow_up::Kind as FollowUpKind;
use crate::domain::ids::{
    AbsenceId, ActivityId, AppointmentId, AvailabilityId, CallId, CardId, ConsentId, DutyId, EnrolmentId,
    ErasureId, FollowUpId, HandoverId, IncidentId, MergeId, NoticeId, PhoneNumberId, ReadingId, RelativeId,
    ResidentId, RoomId, SeriesId, ServiceId, SessionId, ShiftId, StaffId, TargetId, TeamId, TicketId,
    VisitId, VolunteerId, WelfareCheckId,
};
use crate::domain::queue::TicketState;
use crate::domain::resident::{ArchivedAs, Escort, Living, Sex, Standing};
use crate::domain::shift_book::{IncidentKind, NoticeKind};
use crate::domain::staff::Role;
use crate::domain::time::Moment;
use crate::domain::visit::{Source, State, Way};
use crate::domain::vitals::{Kind, Origin as ReadingOrigin, Timing};
use crate::domain::welfare::{CheckResult, CheckWay};

macro_rules! id_as_blob {
    ($($name:ident),+) => {$(
        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::from(self.uuid().into_bytes().to_vec()))
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                let bytes = <[u8; 16]>::column_result(value)?;
                Ok(Self::from(Uuid::from_bytes(bytes)))
            }
        }
    )+};
}

/// Enums are stored as the words serde gives them: one spelling everywhere.
macro_rules! word_as_text {
    ($($name:ident),+) => {$(
        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                match serde_json::to_value(self) {
                    Ok(serde_json::Value::String(word)) => Ok(ToSqlOutput::from(word)),
                    _ => Err(rusqlite::Error::ToSqlConversionFailure("not a word".into())),
                }
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
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

impl ToSql for Moment {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.0))
    }
}

impl FromSql for Moment {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64().map(Self)
    }
}

/// A birth date, as far as it is known.
pub(super) fn birth(text: &str) -> rusqlite::Result<crate::domain::birth::Birth> {
    text.parse().map_err(|e: String| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, e.into())
    })
}

/// A local date as `YYYY-MM-DD`, the one form that is stored: read by place,
/// since a page of a list has many.
pub(super) fn day(text: &str) -> rusqlite::Result<chrono::NaiveDate> {
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

/// A local time as `HH:MM`.
pub(super) fn time(text: &str) -> rusqlite::Result<chrono::NaiveTime> {
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
    let time =
        (text.len() == 5).then(|| chrono::NaiveTime::from_hms_opt(part(0, 2)?, part(3, 5)?, 0)).flatten();
    time.ok_or_else(|| {
        let what = format!("{text:?} is no time").into();
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, what)
    })
}
