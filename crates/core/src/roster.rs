//! Who is expected, present or gone home on a day: the read model.

use super::activity::OccurrenceKey;
use super::resident::{Resident, surname};
use super::time::Moment;

/// An active resident with today's attendance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedResident {
    /// The person.
    pub resident: Resident,
    /// Arrival of the open visit of today.
    pub here_since: Option<Moment>,
    /// Departure of the last visit of today.
    pub left_at: Option<Moment>,
    /// Whether they came in the last fourteen days.
    pub recent: bool,
    /// Whether they usually come on this weekday: twice in four weeks.
    pub expected: bool,
}

/// What somebody at the screen wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Intent {
    /// Sign in.
    CheckIn,
    /// Go home.
    Leave,
    /// See the activities, or sign up for the given one.
    Activities(Option<OccurrenceKey>),
}

/// If fewer recent people than this are found, everybody is shown.
const FEW: usize = 12;

/// Who is shown. To go home: those present. To sign in: those not present, and only the
/// expected and recent ones, unless they are few or `all` is set. For activities: everybody,
/// those present first.
pub fn shown(roster: &[ListedResident], intent: Intent, all: bool) -> Vec<&ListedResident> {
    let may = |listed: &&ListedResident| match intent {
        Intent::Leave => listed.here_since.is_some(),
        Intent::CheckIn => listed.here_since.is_none(),
        Intent::Activities(_) => true,
    };
    let usual = |listed: &&ListedResident| listed.here_since.is_some() || listed.recent || listed.expected;
    let mut everyone: Vec<_> = roster.iter().filter(may).collect();
    if let Intent::Activities(_) = intent {
        // People who are present are the likeliest to ask.
        everyone.sort_by_key(|listed| listed.here_since.is_none());
    }
    let likely: Vec<_> = everyone.iter().copied().filter(usual).collect();
    if all || intent == Intent::Leave || likely.len() < FEW { everyone } else { likely }
}

/// Surnames of those shown, in an order that stays the same all day: the most frequent in the
/// whole roster first.
#[must_use]
pub fn surnames(roster: &[ListedResident], shown: &[&ListedResident]) -> Vec<String> {
    let name = |listed: &ListedResident| surname(&listed.resident.profile.name).to_owned();
    let mut names: Vec<String> = shown.iter().map(|listed| name(listed)).collect();
    names.sort_unstable();
    names.dedup();
    let frequency = |wanted: &str| roster.iter().filter(|listed| name(listed) == wanted).count();
    names.sort_by_cached_key(|wanted| (std::cmp::Reverse(frequency(wanted)), wanted.clone()));
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ResidentId;
    use crate::resident::{Profile, Standing};

    fn listed(name: &str, here: bool, recent: bool) -> ListedResident {
        let profile = Profile { name: name.into(), ..Profile::default() };
        ListedResident {
            resident: Resident { id: ResidentId::new(), profile, standing: Standing::Active, id_hash: None },
            here_since: here.then_some(Moment(1)),
            left_at: None,
            recent,
            expected: false,
        }
    }

    #[test]
    fn going_home_shows_only_those_here_and_signing_in_only_the_others() {
        let roster = [listed("王一", true, true), listed("李二", false, false)];
        let names = |intent| surnames(&roster, &shown(&roster, intent, false));
        assert_eq!(names(Intent::Leave), ["王"]);
        assert_eq!(names(Intent::CheckIn), ["李"]);
    }

    #[test]
    fn everybody_is_shown_while_few_are_recent() {
        let mut roster: Vec<_> = (0..11).map(|_| listed("王一", false, true)).collect();
        roster.push(listed("李二", false, false));
        assert_eq!(shown(&roster, Intent::CheckIn, false).len(), 12);
        roster.push(listed("张三", false, true));
        assert_eq!(shown(&roster, Intent::CheckIn, false).len(), 12);
        assert_eq!(shown(&roster, Intent::CheckIn, true).len(), 13);
    }
}
