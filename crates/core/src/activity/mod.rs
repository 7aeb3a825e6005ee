//! Activities: recurring series, changes to single days, and the resulting occurrences.
//!
//! An activity is a chain of series: a change "from now on" ends the current series the day
//! before and starts a new one, so the past is never rewritten. A change to or cancellation of
//! one occurrence is stored beside the series; the occurrence is identified by the day that the
//! rule gives it (iCalendar's RECURRENCE-ID).

pub mod clash;
pub mod enrolment;
pub mod repeat;

use chrono::{Days, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::ids::{ActivityId, RoomId, SeriesId, TeamId};
use super::time::Moment;
use crate::rule::Rule;
use repeat::Repeat;

/// Longest name in characters: what fits on the widest card.
pub const LONGEST_NAME: usize = 24;
/// Days after which a notice is no longer shown.
pub const NOTICE_DAYS: u64 = 14;

/// A room of the house.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// Identifier.
    pub id: RoomId,
    /// Name, as on its door.
    pub name: String,
    /// People it holds, where known.
    pub capacity: Option<u16>,
}

/// A team that leads activities or serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Identifier.
    pub id: TeamId,
    /// Name.
    pub name: String,
}

/// Time, room, leader and number of places: what may differ on a single day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrangement {
    /// Start, local time.
    pub starts: NaiveTime,
    /// End, local time.
    pub ends: NaiveTime,
    /// Room, if any.
    pub room_id: Option<RoomId>,
    /// Which team leads.
    pub team_id: Option<TeamId>,
    /// Which person leads; may be empty.
    pub leader: String,
    /// Number of places; `None` if there is no limit.
    pub capacity: Option<u16>,
}

/// One version of an activity, valid from a given day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// Identifier.
    pub id: SeriesId,
    /// Which activity.
    pub activity_id: ActivityId,
    /// What it is called.
    pub name: String,
    /// Picture of the activity set.
    pub picture: String,
    /// On which days.
    pub repeat: Repeat,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day, if the series ends.
    pub until: Option<NaiveDate>,
    /// When, where, with whom.
    pub arrangement: Arrangement,
    /// Signing up opens so many days before.
    pub opens_days: u16,
    /// Signing up ends so many minutes before the beginning.
    pub closes_minutes: u16,
    /// A remark for participants; may be empty.
    pub notice: String,
    /// When the remark was written.
    pub notice_on: Option<NaiveDate>,
}

impl Series {
    /// Whether it makes sense, else what is wrong.
    ///
    /// # Errors
    /// In words for staff.
    pub fn check(&self) -> Result<(), Rule> {
        let length = self.name.trim().chars().count();
        if length == 0 {
            return Err(Rule::ActivityNameNeeded);
        }
        if length > LONGEST_NAME {
            return Err(Rule::ActivityNameTooLong);
        }
        if self.until.is_some_and(|until| until < self.starts_on) {
            return Err(Rule::DaysReversed);
        }
        self.repeat.check()?;
        self.arrangement.check()
    }
}

impl Arrangement {
    /// Whether it makes sense, else what is wrong.
    ///
    /// # Errors
    /// In words for staff.
    pub fn check(&self) -> Result<(), Rule> {
        if self.starts >= self.ends {
            return Err(Rule::ActivityEndsBeforeStart);
        }
        if self.capacity == Some(0) {
            return Err(Rule::ActivityPlaces);
        }
        Ok(())
    }
}

/// Identifies one occurrence of an activity by the day that the rule gives it. The key stays
/// the same when the occurrence is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OccurrenceKey {
    /// Which activity.
    pub activity_id: ActivityId,
    /// The day by the rule.
    pub day: NaiveDate,
}

/// A change to a single occurrence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OccurrenceChange {
    /// Which occurrence.
    pub key: OccurrenceKey,
    /// The day it is held on.
    pub held_on: NaiveDate,
    /// When, where, with whom on this day.
    pub arrangement: Arrangement,
    /// Why it is not held, if so.
    pub cancelled: Option<String>,
}

/// Why an occurrence is not held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Off {
    /// This occurrence was cancelled, for the given reason.
    Cancelled(String),
    /// The centre is closed, for the given reason.
    Closed(String),
}

impl Off {
    /// The reason in words.
    #[must_use]
    pub fn why(&self) -> &str {
        match self {
            Self::Cancelled(why) | Self::Closed(why) => why,
        }
    }
}

/// One time of an activity with everything a screen shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// Key of the occurrence.
    pub key: OccurrenceKey,
    /// Its series.
    pub series_id: SeriesId,
    /// The day it is held on.
    pub held_on: NaiveDate,
    /// What it is called.
    pub name: String,
    /// Picture.
    pub picture: String,
    /// When, where, with whom.
    pub arrangement: Arrangement,
    /// Signing up opens so many days before.
    pub opens_days: u16,
    /// Signing up ends so many minutes before the beginning.
    pub closes_minutes: u16,
    /// The remark, unless it is out of date by the day the activity is held.
    pub notice: String,
    /// Why it is not held, if so.
    pub off: Option<Off>,
    /// Whether this day differs from its series.
    pub changed: bool,
}

impl Occurrence {
    /// When it begins.
    #[must_use]
    pub fn starts_at(&self, zone: chrono_tz::Tz) -> Moment {
        Moment::from_local(self.held_on.and_time(self.arrangement.starts), zone)
    }

    /// When it ends.
    #[must_use]
    pub fn ends_at(&self, zone: chrono_tz::Tz) -> Moment {
        Moment::from_local(self.held_on.and_time(self.arrangement.ends), zone)
    }

    /// Whether sign-up is open at `now`, or why not. People who are present may still join once
    /// it has begun, but only staff can add them.
    #[must_use]
    pub fn window(&self, now: Moment, zone: chrono_tz::Tz) -> Window {
        let closes = self.starts_at(zone).plus_ms(-i64::from(self.closes_minutes) * 60_000);
        let first = self.held_on.checked_sub_days(Days::new(u64::from(self.opens_days)));
        if self.off.is_some() {
            Window::Off
        } else if now >= closes {
            Window::Over
        } else if now.day(zone) < first.unwrap_or(self.held_on) {
            Window::NotYet(first.unwrap_or(self.held_on))
        } else {
            Window::Open
        }
    }
}

/// Whether sign-up is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// Sign-up is open.
    Open,
    /// Opens on this day.
    NotYet(NaiveDate),
    /// Closed: the activity has begun or is about to begin.
    Over,
    /// It is not held.
    Off,
}

/// An occurrence with the number of people signed up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedActivity {
    /// The occurrence.
    pub occurrence: Occurrence,
    /// Name of the room; may be empty.
    pub room: String,
    /// Who leads: a person, else a team; may be empty.
    pub led_by: String,
    /// People who have a place.
    pub taken: u16,
    /// Free places reserved for other kiosks.
    pub kept: u16,
    /// People on the waiting list.
    pub waiting: u16,
}

impl ListedActivity {
    /// Places left; `None` if there is no limit.
    #[must_use]
    pub fn free(&self) -> Option<u16> {
        self.occurrence.arrangement.capacity.map(|capacity| capacity.saturating_sub(self.taken + self.kept))
    }

    /// Whether no place can be given: all are taken, or somebody is already waiting for the
    /// next one.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.free() == Some(0) || self.waiting > 0
    }
}

/// The teams of a new centre, which lead activities and serve. The first four are those on the
/// activity plan of the centre this was built for; the last two are placeholders to be renamed.
pub const TEAMS: &[&str] = &[
    "康乐服务队",
    "党员志愿服务队",
    "团员志愿宣传队",
    "妇联志愿后勤保障队",
    "邻里互助志愿队",
    "青少年志愿陪伴队",
];

/// Identifier of the team at index `place` in [`TEAMS`]; the same on every machine.
#[must_use]
pub const fn team_id(place: usize) -> TeamId {
    TeamId::from_u128(0x7465_616d_0000_0000_0000_0000_0000_0000 + place as u128 + 1)
}

/// Pictures that an activity may have. The first is the default.
pub const PICTURES: &[&str] = &[
    "party-popper",
    "leaf-fluttering-in-wind",
    "microphone",
    "paintbrush",
    "chess-pawn",
    "mahjong-red-dragon",
    "scissors",
    "clapper-board",
    "mobile-phone",
    "stethoscope",
    "balance-scale",
    "open-book",
    "teapot",
    "ping-pong",
    "sewing-needle",
    "artist-palette",
];

/// The picture suggested by words in the name.
#[must_use]
pub fn picture_for(name: &str) -> &'static str {
    const WORDS: &[(&str, &[&str])] = &[
        ("leaf-fluttering-in-wind", &["太极", "八段锦", "健身", "操", "气功"]),
        ("microphone", &["唱", "歌", "戏", "合唱"]),
        ("paintbrush", &["书法", "毛笔", "写字"]),
        ("artist-palette", &["画", "绘"]),
        ("chess-pawn", &["棋"]),
        ("mahjong-red-dragon", &["牌", "麻将"]),
        ("scissors", &["手工", "剪纸"]),
        ("sewing-needle", &["缝", "编织", "针线"]),
        ("clapper-board", &["电影", "影"]),
        ("mobile-phone", &["手机"]),
        ("stethoscope", &["血压", "健康", "义诊", "保健"]),
        ("balance-scale", &["法律", "普法"]),
        ("open-book", &["读", "讲座", "课", "书"]),
        ("teapot", &["茶", "谈心", "联谊"]),
        ("ping-pong", &["乒乓", "球"]),
    ];
    let fits = WORDS.iter().find(|(_, words)| words.iter().any(|word| name.contains(word)));
    fits.map_or(PICTURES[0], |(picture, _)| picture)
}

/// How many people a change of the plan affects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Affected {
    /// People to call because their occurrence was moved or cancelled.
    pub to_call: usize,
    /// People who got a place from the waiting list.
    pub promoted: usize,
}

impl std::ops::AddAssign for Affected {
    fn add_assign(&mut self, other: Self) {
        self.to_call += other.to_call;
        self.promoted += other.promoted;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_suggested_picture_can_be_chosen() {
        for name in [
            "太极拳",
            "象棋",
            "唱红歌",
            "健康讲座：冬季血压",
            "书法",
            "法律咨询",
            "手工",
            "电影：老片回放",
            "别的",
        ] {
            assert!(PICTURES.contains(&picture_for(name)), "{name}");
        }
        assert_eq!(picture_for("书法"), "paintbrush");
        assert_eq!(picture_for("电影：老片回放"), "clapper-board");
    }
}
