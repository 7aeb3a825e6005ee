//! Volunteers and staff on duty: shifts, hours, the time bank (时间银行).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ids::{DutyId, ResidentId, ShiftId, StaffId, TeamId, VolunteerId};
use super::time::Moment;
use super::visit::State;

/// Somebody who serves. One person may be a resident too: then the card is
/// the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volunteer {
    /// Identifier.
    pub id: VolunteerId,
    /// Full name.
    pub name: String,
    /// Team.
    pub team_id: TeamId,
    /// Who they are among the residents, if they are.
    pub resident_id: Option<ResidentId>,
    /// Phone.
    pub phone: String,
}

/// What a shift is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// Identifier.
    pub id: DutyId,
    /// Name.
    pub name: String,
    /// Picture.
    pub picture: String,
}

/// What a new centre starts with.
pub const DUTIES: &[(&str, &str)] = &[
    ("带活动", "party-popper"),
    ("陪伴聊天", "teapot"),
    ("送餐助餐", "steaming-bowl"),
    ("上门探访", "house-with-garden"),
    ("健康服务", "stethoscope"),
    ("打扫后勤", "broom"),
    ("接待值班", "handshake"),
    ("宣传", "speech-balloon"),
];

/// Identifier of a duty of [`DUTIES`]: the same on every machine.
#[must_use]
pub const fn duty_id(place: usize) -> DutyId {
    DutyId::from_u128(0x6475_7479_0000_0000_0000_0000_0000_0000 + place as u128 + 1)
}

/// Who is on duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Worker {
    /// A volunteer.
    Volunteer(VolunteerId),
    /// Somebody who works here.
    Staff(StaffId),
}

/// One version of one stretch of work. `state` is read as for visits: open,
/// left, not recorded, void, superseded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// Identifier of this version.
    pub id: ShiftId,
    /// Who.
    pub worker: Worker,
    /// The team at that time; none for staff.
    pub team_id: Option<TeamId>,
    /// What for, once said.
    pub duty_id: Option<DutyId>,
    /// Local day of the beginning.
    pub day: NaiveDate,
    /// From.
    pub started_at: Moment,
    /// Until, where known.
    pub ended_at: Option<Moment>,
    /// Where it stands.
    pub state: State,
}

impl Shift {
    /// Whole minutes that count: an end that nobody noted counts nothing, and
    /// is never guessed.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        match (self.state, self.ended_at) {
            (State::Left, Some(end)) => u32::try_from((end.0 - self.started_at.0) / 60_000).unwrap_or(0),
            _ => 0,
        }
    }
}

/// A shift with the words a list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedShift {
    /// The shift.
    pub shift: Shift,
    /// Full name.
    pub name: String,
    /// Team; empty for staff.
    pub team: String,
    /// What for; may be empty.
    pub duty: String,
}

/// Minutes of a group: a team, a purpose, a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minutes {
    /// What they are of.
    pub name: String,
    /// Distinct people.
    pub people: u32,
    /// Shifts.
    pub shifts: u32,
    /// Whole minutes.
    pub minutes: u32,
}

impl Minutes {
    /// Sums up shifts by a name, the longest first.
    #[must_use]
    pub fn by(shifts: &[ListedShift], name: impl Fn(&ListedShift) -> &str) -> Vec<Self> {
        let mut all: Vec<(Self, Vec<Worker>)> = Vec::new();
        for listed in shifts.iter().filter(|listed| listed.shift.state.counts()) {
            let key = name(listed);
            let at = all.iter().position(|(group, _)| group.name == key).unwrap_or_else(|| {
                let group = Self { name: key.to_owned(), people: 0, shifts: 0, minutes: 0 };
                all.push((group, vec![]));
                all.len() - 1
            });
            let (group, workers) = &mut all[at];
            group.shifts += 1;
            group.minutes += listed.shift.minutes();
            if !workers.contains(&listed.shift.worker) {
                workers.push(listed.shift.worker);
                group.people += 1;
            }
        }
        let mut groups: Vec<Self> = all.into_iter().map(|(group, _)| group).collect();
        groups.sort_by(|a, b| b.minutes.cmp(&a.minutes).then_with(|| a.name.cmp(&b.name)));
        groups
    }
}

/// What a corrected shift says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Identifier of the new version, made by the sender.
    pub new_id: ShiftId,
    /// From.
    pub started_at: Moment,
    /// Until, where known.
    pub ended_at: Option<Moment>,
    /// What for.
    pub duty_id: Option<DutyId>,
    /// Why.
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shift(worker: u128, minutes: Option<i64>, state: State) -> ListedShift {
        let shift = Shift {
            id: ShiftId::from_u128(worker),
            worker: Worker::Volunteer(VolunteerId::from_u128(worker)),
            team_id: None,
            duty_id: None,
            day: NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day"),
            started_at: Moment(0),
            ended_at: minutes.map(|minutes| Moment(minutes * 60_000)),
            state,
        };
        ListedShift {
            shift, name: worker.to_string(), team: "康乐服务队".into(), duty: "带活动".into()
        }
    }

    #[test]
    fn an_end_that_nobody_noted_counts_a_shift_and_no_minutes_and_a_struck_out_one_nothing() {
        let all = [
            shift(1, Some(90), State::Left),
            shift(1, Some(30), State::Left),
            shift(2, None, State::NotRecorded),
            shift(3, Some(600), State::Void),
        ];
        let teams = Minutes::by(&all, |listed| &listed.team);
        assert_eq!(teams, [Minutes { name: "康乐服务队".into(), people: 2, shifts: 3, minutes: 120 }]);
    }
}
