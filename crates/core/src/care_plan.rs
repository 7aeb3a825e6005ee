//! What carers must know of somebody, and whom to call.

use serde::{Deserialize, Serialize};

use super::ids::RelativeId;
use super::resident::Living;

/// How closely somebody is looked after: how often they must at least be seen.
/// Classes and intervals follow one province's practice (Inner Mongolia, 2022:
/// weekly, monthly, quarterly); a centre may class everybody as it likes.
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

    /// Days after which somebody must have been seen.
    #[must_use]
    pub fn days(self) -> u32 {
        match self {
            Self::High => 7,
            Self::Key => 30,
            Self::General => 91,
        }
    }

    /// The class of somebody nobody has classed: who lives alone counts more.
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
    /// Allergies, in words; never hidden.
    pub allergies: String,
    /// Habits, illnesses, wishes.
    pub notes: String,
    /// Hard of hearing.
    pub hearing: bool,
    /// Weak eyes.
    pub sight: bool,
    /// In a wheelchair.
    pub wheelchair: bool,
    /// Class of the visiting duty, where somebody has set one.
    pub risk: Option<Risk>,
}

/// Somebody of the family.
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
    /// Whether they may collect the person.
    pub collects: bool,
}
