//! What carers need to know about somebody, and whom to call.

use serde::{Deserialize, Serialize};

use super::ids::RelativeId;
use super::resident::Living;

/// Risk class: how often somebody must at least be seen. Classes and intervals follow the
/// practice of one province (Inner Mongolia, 2022: weekly, monthly, quarterly); a centre may
/// assign the classes as it likes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    /// 高: every week.
    High,
    /// 重点: every month.
    Key,
    /// 一般: every quarter.
    General,
}

impl Risk {
    /// Every class.
    pub const ALL: [Self; 3] = [Self::High, Self::Key, Self::General];

    /// Longest interval in days between two times that somebody is seen.
    #[must_use]
    pub fn days(self) -> u32 {
        match self {
            Self::High => 7,
            Self::Key => 30,
            Self::General => 91,
        }
    }

    /// The default class if none was set; living alone ranks higher. `None` if the living
    /// situation is unknown.
    #[must_use]
    pub fn usual(living: Option<Living>) -> Option<Self> {
        match living? {
            Living::Alone => Some(Self::Key),
            Living::EmptyNest => Some(Self::General),
            Living::WithSpouse | Living::WithChildren | Living::Other => None,
        }
    }
}

/// What carers must know.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CarePlan {
    /// Allergies, as free text; always shown.
    pub allergies: String,
    /// Habits, illnesses, wishes.
    pub notes: String,
    /// Hard of hearing.
    pub hearing: bool,
    /// Weak eyes.
    pub sight: bool,
    /// In a wheelchair.
    pub wheelchair: bool,
    /// Risk class, if one was set.
    pub risk: Option<Risk>,
}

/// A relative, or another contact such as a neighbour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relative {
    /// Identifier.
    pub id: RelativeId,
    /// Name.
    pub name: String,
    /// 儿子, 女儿, 邻居
    pub relation: String,
    /// Phone, digits only.
    pub phone: String,
    /// Whether they may pick the person up.
    pub collects: bool,
}
