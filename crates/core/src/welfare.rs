//! Who has not been seen: judged by each person's own rhythm, and by the duty to see them at
//! least so often. Attending the centre counts as being seen.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use super::birth::Birth;
use super::care_plan::Risk;
use super::ids::{AbsenceId, ResidentId, WelfareCheckId};
use super::resident::Living;
use super::time::Moment;

/// Days of history from which a rhythm is learnt: eight weeks.
pub const WINDOW_DAYS: u64 = 56;
/// With fewer days of attendance than this, there is no rhythm.
const REGULAR_FROM: usize = 4;
/// With at least this many gaps, the longest one is ignored as an outlier.
const GAPS_FOR_CHANCE: usize = 8;
/// A weekday counts as open if somebody came on at least this many of the last eight.
const OPEN_FROM: usize = 2;

/// How somebody was checked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckWay {
    /// 电话
    Phone,
    /// 上门
    Home,
    /// 问家属
    Family,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckResult {
    /// 平安: counts as seen.
    Safe,
    /// 没接到: no answer; stays on the list.
    NoAnswer,
    /// 外出了: away until a day.
    Away,
    /// 要帮助: needs help; the manager is called.
    Help,
}

/// One call or visit to check on somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Identifier.
    pub id: WelfareCheckId,
    /// When.
    pub at: Moment,
    /// How.
    pub way: CheckWay,
    /// What came of it.
    pub result: CheckResult,
    /// Further remarks.
    pub note: String,
    /// Who did it.
    pub by: String,
}

/// Days on which somebody is away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// Identifier.
    pub id: AbsenceId,
    /// First day.
    pub from_on: NaiveDate,
    /// Last day.
    pub until_on: NaiveDate,
    /// Why.
    pub reason: String,
}

/// When the house was open, and when the kiosk ran.
#[derive(Debug, Clone, Default)]
pub struct House {
    /// Weekdays on which somebody comes, Monday first.
    pub weekdays: [bool; 7],
    /// Closed days.
    pub closed: BTreeSet<NaiveDate>,
    /// Local times at which the kiosk ran, in order. Before the first entry nothing was
    /// recorded: it is assumed to have run on days on which somebody came.
    pub ran: Vec<(NaiveDateTime, NaiveDateTime)>,
    /// Days on which somebody came.
    pub came: BTreeSet<NaiveDate>,
}

impl House {
    /// Derives the open weekdays from the days on which somebody came.
    #[must_use]
    pub fn learn(days: &BTreeSet<NaiveDate>) -> [bool; 7] {
        let mut seen = [0; 7];
        for day in days {
            seen[day.weekday().num_days_from_monday() as usize] += 1;
        }
        seen.map(|days| days >= OPEN_FROM)
    }

    fn is_open(&self, day: NaiveDate) -> bool {
        self.weekdays[day.weekday().num_days_from_monday() as usize] && !self.closed.contains(&day)
    }

    /// Whether the kiosk ran for at least half of these hours of a day.
    fn ran_during(&self, day: NaiveDate, (from, to): (NaiveTime, NaiveTime)) -> bool {
        let (from, to) = (day.and_time(from), day.and_time(to));
        let first = self.ran.first().map(|(first, _)| *first);
        if first.is_none_or(|first| from < first) {
            return self.came.contains(&day);
        }
        let ran: i64 =
            self.ran.iter().map(|(on, off)| ((*off).min(to) - (*on).max(from)).num_minutes().max(0)).sum();
        ran * 2 >= (to - from).num_minutes()
    }

    /// Periods of half an hour or more, between 08:00 and 18:00 of open days, in which the
    /// kiosk did not run, from `since` until `now`.
    #[must_use]
    pub fn off(&self, since: NaiveDate, now: NaiveDateTime) -> Vec<(NaiveDateTime, NaiveDateTime)> {
        let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        let mut off = Vec::new();
        let ends = self.ran.iter().map(|(_, off)| *off);
        let starts = self.ran.iter().skip(1).map(|(on, _)| *on).chain(std::iter::once(now));
        for (from, to) in ends.zip(starts) {
            let mut day = from.date().max(since);
            while day <= to.date() {
                let (begins, ends) = (from.max(day.and_time(hour(8))), to.min(day.and_time(hour(18))));
                if self.is_open(day) && (ends - begins).num_minutes() >= 30 {
                    off.push((begins, ends));
                }
                let Some(next) = day.succ_opt() else { break };
                day = next;
            }
        }
        off
    }
}

/// What is known of one person.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Arrivals within the window before today, in order.
    pub came: Vec<NaiveDateTime>,
    /// The last day of attendance, including today.
    pub attended: Option<NaiveDate>,
    /// Whether they came before the window.
    pub older: bool,
    /// The last day on which somebody made sure that they are well.
    pub checked: Option<NaiveDate>,
    /// Days away, first and last; past absences included.
    pub away: Vec<(NaiveDate, NaiveDate)>,
}

impl Known {
    /// Absences still in force: somebody who has come back is no longer away. Coming on the day
    /// of leaving does not count as coming back.
    fn still_away(&self) -> Vec<(NaiveDate, NaiveDate)> {
        let holds = |(from, _): &&(NaiveDate, NaiveDate)| self.attended.is_none_or(|day| day <= *from);
        self.away.iter().filter(holds).copied().collect()
    }
}

/// How somebody usually comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    /// Days a week, in tenths.
    pub per_week: u32,
    /// The longest usual gap between two days of attendance, in open days.
    pub longest: u32,
    /// The usual time range of arrivals.
    pub hours: (NaiveTime, NaiveTime),
}

/// State of somebody on the welfare list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// 没见到: not seen for longer than their own rhythm allows.
    Missed,
    /// 该去看: due for a visit by the duty of their class.
    Due,
    /// 说不准: the kiosk was off when they usually come.
    CannotTell,
    /// 外出
    Away,
    /// 见到了
    Seen,
}

/// Why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Attended, or somebody made sure that they are well.
    Seen,
    /// Not seen for more open days than their rhythm allows.
    Rhythm {
        /// Open days without them.
        silent: u32,
    },
    /// Days since they were last seen; `None` if never.
    Duty {
        /// Days.
        days: Option<u32>,
    },
    /// The kiosk did not run on some of the days without them.
    Off {
        /// Open days without them.
        silent: u32,
        /// Days on which it did not run.
        off: u32,
    },
    /// Away until this day.
    Away(NaiveDate),
}

/// The verdict on one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Where they stand.
    pub state: State,
    /// Why.
    pub why: Why,
    /// How they usually come; `None` if there is no rhythm.
    pub rhythm: Option<Rhythm>,
    /// The last day they were seen.
    pub seen: Option<NaiveDate>,
}

/// Learns somebody's rhythm; `None` for fewer than four days of attendance.
#[must_use]
pub fn rhythm(known: &Known, house: &House, today: NaiveDate) -> Option<Rhythm> {
    let days: BTreeSet<NaiveDate> = known.came.iter().map(NaiveDateTime::date).collect();
    if days.len() < REGULAR_FROM {
        return None;
    }
    let first = *days.first()?;
    let since = if known.older { today.checked_sub_days(Days::new(WINDOW_DAYS))? } else { first };
    let span = u32::try_from((today - since).num_days()).ok()?.max(7);
    let per_week = (u32::try_from(days.len()).ok()? * 70 + span / 2) / span;
    let mut gaps: Vec<u32> = days
        .iter()
        .zip(days.iter().skip(1))
        .map(|(from, to)| {
            let open = between(*from, *to).filter(|day| house.is_open(*day)).count();
            1 + u32::try_from(open).unwrap_or(0)
        })
        .collect();
    gaps.sort_unstable();
    if gaps.len() >= GAPS_FOR_CHANCE {
        let _ = gaps.pop();
    }
    let times = known.came.iter().map(NaiveDateTime::time);
    let from = times.clone().min()?;
    let to = super::time::moved(times.max()?, 30);
    Some(Rhythm { per_week, longest: gaps.last().copied()?, hours: (from, to) })
}

/// The days after `from` and before `to`.
fn between(from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    from.iter_days().skip(1).take_while(move |day| *day < to)
}

/// The verdict on somebody today. Today itself does not count against them, because it is not
/// over.
#[must_use]
pub fn verdict(known: &Known, risk: Risk, house: &House, today: NaiveDate) -> Verdict {
    let rhythm = rhythm(known, house, today);
    let seen = known.attended.max(known.checked);
    let at = |state, why| Verdict { state, why, rhythm, seen };
    let away = known.still_away();
    if let Some((_, until)) = away.iter().find(|(from, until)| (*from..=*until).contains(&today)) {
        return at(State::Away, Why::Away(*until));
    }
    if let (Some(rhythm), Some(seen)) = (rhythm, seen) {
        let (silent, off) = silence(seen, &away, rhythm, house, today);
        let limit = rhythm.longest + u32::from(risk != Risk::High);
        if silent >= limit {
            return at(State::Missed, Why::Rhythm { silent });
        }
        if silent + off >= limit {
            return at(State::CannotTell, Why::Off { silent, off });
        }
    }
    let days = seen.map(|seen| u32::try_from((today - seen).num_days()).unwrap_or(0));
    if days.is_none_or(|days| days >= risk.days()) {
        return at(State::Due, Why::Duty { days });
    }
    at(State::Seen, Why::Seen)
}

/// Open days without somebody since they were last seen, and on how many of them the kiosk did
/// not run. Days on which they were away are left out.
fn silence(
    seen: NaiveDate,
    away: &[(NaiveDate, NaiveDate)],
    rhythm: Rhythm,
    house: &House,
    today: NaiveDate,
) -> (u32, u32) {
    let mut days = (0, 0);
    let absent = |day: &NaiveDate| away.iter().any(|(from, until)| (*from..=*until).contains(day));
    for day in between(seen, today).filter(|day| house.is_open(*day) && !absent(day)) {
        if house.ran_during(day, rhythm.hours) {
            days.0 += 1;
        } else {
            days.1 += 1;
        }
    }
    days
}

/// One row of the welfare list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cared {
    /// Whom.
    pub resident_id: ResidentId,
    /// Full name.
    pub name: String,
    /// Called-by word.
    pub called_by: String,
    /// Personal picture.
    pub picture: String,
    /// 院落
    pub yard: String,
    /// Door.
    pub door: String,
    /// Phone.
    pub phone: String,
    /// Date of birth.
    pub born_on: Option<Birth>,
    /// How they live.
    pub living: Option<Living>,
    /// Risk class.
    pub risk: Risk,
    /// Where they stand.
    pub verdict: Verdict,
    /// Whether somebody has checked on them today.
    pub handled_today: bool,
}

#[cfg(test)]
mod tests;
