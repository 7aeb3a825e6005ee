//! Handover notes, incidents, notices and the phone list.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ids::{HandoverId, IncidentId, NoticeId, PhoneNumberId, ResidentId};
use super::time::Moment;

/// A note for the next shift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// Identifier.
    pub id: HandoverId,
    /// Day it was written.
    pub day: NaiveDate,
    /// Text of the note.
    pub words: String,
    /// When.
    pub at: Moment,
    /// Who wrote it.
    pub by: String,
    /// When and by whom it was done, if it was.
    pub done: Option<(Moment, String)>,
}

/// Kind of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IncidentKind {
    /// 跌倒
    Fall,
    /// 身体不适
    Unwell,
    /// 争吵
    Quarrel,
    /// 走失
    Lost,
    /// 其他
    Other,
}

impl IncidentKind {
    /// Every kind, in the order of the form.
    pub const ALL: [Self; 5] = [Self::Fall, Self::Unwell, Self::Quarrel, Self::Lost, Self::Other];

    /// Key of its name among the words.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Fall => "incident-fall",
            Self::Unwell => "incident-unwell",
            Self::Quarrel => "incident-quarrel",
            Self::Lost => "incident-lost",
            Self::Other => "incident-other",
        }
    }
}

/// An incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// Identifier.
    pub id: IncidentId,
    /// The person affected, if it was one person.
    pub resident: Option<ResidentId>,
    /// Their name; empty without one.
    pub name: String,
    /// What kind.
    pub kind: IncidentKind,
    /// When.
    pub at: Moment,
    /// What happened.
    pub words: String,
    /// What was done.
    pub measures: String,
    /// Who wrote it.
    pub by: String,
}

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// 高温
    Heat,
    /// 空气
    Air,
    /// 暴雨
    Flood,
    /// 防病
    Health,
    /// 其他
    Other,
}

impl NoticeKind {
    /// Every kind, in the order of the form.
    pub const ALL: [Self; 5] = [Self::Heat, Self::Air, Self::Flood, Self::Health, Self::Other];

    /// Key of its name among the words.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Heat => "notice-heat",
            Self::Air => "notice-air",
            Self::Flood => "notice-flood",
            Self::Health => "notice-health",
            Self::Other => "notice-other",
        }
    }

    /// Picture shown beside the words.
    #[must_use]
    pub fn picture(self) -> &'static str {
        match self {
            Self::Heat => "sun-with-face",
            Self::Air => "wind-face",
            Self::Flood => "umbrella",
            Self::Health => "stethoscope",
            Self::Other => "megaphone",
        }
    }
}

/// A notice shown once to everybody who signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Identifier.
    pub id: NoticeId,
    /// What about.
    pub kind: NoticeKind,
    /// The sentence.
    pub words: String,
    /// First day.
    pub from_on: NaiveDate,
    /// Last day.
    pub until_on: NaiveDate,
    /// How many have read it.
    pub read: u32,
}

/// The longest notice in characters: it must fit a resident's screen.
pub const NOTICE_CHARS: usize = 24;

/// An entry of the phone list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneNumber {
    /// Identifier.
    pub id: PhoneNumberId,
    /// Whose number it is: 社区卫生服务中心.
    pub name: String,
    /// The number.
    pub phone: String,
}
