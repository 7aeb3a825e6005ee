//! Two files of one person made one, and taken apart again.

use super::ids::{MergeId, ResidentId};
use super::resident::{Resident, masked_phone};
use super::time::Moment;

/// A merge that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// Identifier.
    pub id: MergeId,
    /// The file that is kept.
    pub kept: ResidentId,
    /// Its name.
    pub kept_name: String,
    /// The file that was entered twice.
    pub merged: ResidentId,
    /// Its name.
    pub merged_name: String,
    /// When.
    pub made_at: Moment,
}

/// Why two files may be of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// Same name and birth date.
    NameAndBirth,
    /// Same name, and one of them has no birth date.
    Name,
    /// Same phone and family name.
    Phone,
}

/// Pairs of files that staff should look at, the likeliest first.
#[must_use]
pub fn candidates(residents: &[Resident]) -> Vec<(usize, usize, Likeness)> {
    use std::collections::HashMap;
    let mut pairs = Vec::new();
    let mut by_name: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut by_phone: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, resident) in residents.iter().enumerate() {
        by_name.entry(&resident.profile.name).or_default().push(at);
        if !resident.profile.phone.is_empty() {
            by_phone.entry(&resident.profile.phone).or_default().push(at);
        }
    }
    for group in by_name.values() {
        for (a, b) in couples(group) {
            let (one, two) = (residents[a].profile.born_on, residents[b].profile.born_on);
            match (one, two) {
                (Some(one), Some(two)) if one == two => pairs.push((a, b, Likeness::NameAndBirth)),
                (Some(_), Some(_)) => {}
                _ => pairs.push((a, b, Likeness::Name)),
            }
        }
    }
    for group in by_phone.values() {
        for (a, b) in couples(group) {
            let family = |at: usize| super::resident::surname(&residents[at].profile.name);
            let names = residents[a].profile.name != residents[b].profile.name;
            if names && family(a) == family(b) && residents[a].profile.sex == residents[b].profile.sex {
                pairs.push((a, b, Likeness::Phone));
            }
        }
    }
    pairs.sort_by_key(|(a, b, likeness)| (*likeness as u8, *a, *b));
    pairs
}

fn couples(group: &[usize]) -> impl Iterator<Item = (usize, usize)> + '_ {
    group.iter().enumerate().flat_map(|(at, a)| group[at + 1..].iter().map(move |b| (*a, *b)))
}

/// A line that tells two files apart: birth date, yard, door, masked phone.
#[must_use]
pub fn traits(resident: &Resident) -> String {
    let profile = &resident.profile;
    let born = profile.born_on.map(|day| day.to_string()).unwrap_or_default();
    let parts = [born, profile.yard.clone(), profile.door.clone(), masked_phone(&profile.phone)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::resident::{Profile, Standing};

    fn one(name: &str, born: Option<&str>, phone: &str) -> Resident {
        let born_on = born.map(|day| day.parse().expect("a day"));
        let profile = Profile { name: name.into(), born_on, phone: phone.into(), ..Profile::default() };
        Resident { id: ResidentId::new(), profile, standing: Standing::Active, id_hash: None }
    }

    #[test]
    fn complaint_23_two_files_of_one_person_are_found_and_two_people_of_one_name_are_not() {
        let all = [
            one("王桂芳", Some("1941-02-03"), ""),
            one("王桂芳", Some("1938-07-01"), ""),
            one("王桂芳", Some("1941-02-03"), ""),
            one("李秀英", None, "13800001111"),
            one("李秀瑛", Some("1940-01-01"), "13800001111"),
            one("赵国强", Some("1940-01-01"), "13800001111"),
        ];
        assert_eq!(candidates(&all), [(0, 2, Likeness::NameAndBirth), (3, 4, Likeness::Phone)]);
    }
}
