//! Merging two files of one person, and undoing a merge.

use serde::{Deserialize, Serialize};

use super::care_plan::CarePlan;
use super::ids::{MergeId, ResidentId};
use super::resident::{Profile, Resident, join_words, masked_phone};
use super::time::Moment;

/// A merge that is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// Identifier.
    pub id: MergeId,
    /// The file that is kept.
    pub kept: ResidentId,
    /// Its name.
    pub kept_name: String,
    /// The duplicate file.
    pub merged: ResidentId,
    /// Its name.
    pub merged_name: String,
    /// When.
    pub made_at: Moment,
}

/// A person's data in a file, without the records kept in other tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Everything staff may edit.
    pub profile: Profile,
    /// The care plan, if there is one.
    pub plan: Option<CarePlan>,
    /// Keyed hash of a valid identity number. It never leaves the machine.
    #[serde(skip)]
    pub id_hash: Option<[u8; 32]>,
}

/// Keyed hashes of the identity numbers in two files that were merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hashes {
    /// In the kept file before.
    pub before: Option<[u8; 32]>,
    /// In the kept file after.
    pub after: Option<[u8; 32]>,
    /// In the other file.
    pub other: Option<[u8; 32]>,
}

/// The kept file before and after a merge, needed to undo it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// As it was.
    pub before: File,
    /// As the merge left it.
    pub after: File,
}

impl File {
    /// This file, completed with what only the other one has. Nothing that protects the person
    /// is lost: allergies, notes and remarks are joined, the stricter escort and the closer
    /// watch win, and a second emergency contact becomes a remark.
    #[must_use]
    pub fn joined(&self, other: &Self) -> Self {
        let plan = match (&self.plan, &other.plan) {
            (Some(mine), Some(theirs)) => Some(joined_plans(mine, theirs)),
            (mine, theirs) => mine.clone().or_else(|| theirs.clone()),
        };
        Self {
            profile: joined_profiles(&self.profile, &other.profile),
            plan,
            id_hash: self.id_hash.or(other.id_hash),
        }
    }
}

impl Kept {
    /// The kept file without what the merge added; later changes by staff stay.
    #[must_use]
    pub fn taken_back(&self, mut now: File) -> File {
        fn back<T: PartialEq + Clone>(now: &mut T, before: &T, after: &T) {
            if now == after {
                now.clone_from(before);
            }
        }
        let (before, after) = (&self.before.profile, &self.after.profile);
        let profile = &mut now.profile;
        back(&mut profile.phone, &before.phone, &after.phone);
        back(&mut profile.yard, &before.yard, &after.yard);
        back(&mut profile.door, &before.door, &after.door);
        back(&mut profile.grid, &before.grid, &after.grid);
        back(&mut profile.contact_name, &before.contact_name, &after.contact_name);
        back(&mut profile.contact_phone, &before.contact_phone, &after.contact_phone);
        back(&mut profile.remark, &before.remark, &after.remark);
        back(&mut profile.sex, &before.sex, &after.sex);
        back(&mut profile.born_on, &before.born_on, &after.born_on);
        back(&mut profile.living, &before.living, &after.living);
        back(&mut profile.escort, &before.escort, &after.escort);
        back(&mut now.plan, &self.before.plan, &self.after.plan);
        back(&mut now.id_hash, &self.before.id_hash, &self.after.id_hash);
        now
    }
}

fn joined_profiles(mine: &Profile, theirs: &Profile) -> Profile {
    let mut all = mine.clone();
    if all.phone.is_empty() {
        all.phone.clone_from(&theirs.phone);
    }
    // Yard and door belong together, as do contact name and number: never mix the halves.
    fill_pair((&mut all.yard, &mut all.door), (&theirs.yard, &theirs.door));
    if all.grid.is_empty() && all.yard == theirs.yard {
        all.grid.clone_from(&theirs.grid);
    }
    let contact = (&theirs.contact_name, &theirs.contact_phone);
    fill_pair((&mut all.contact_name, &mut all.contact_phone), contact);
    all.sex = mine.sex.or(theirs.sex);
    all.born_on = mine.born_on.or(theirs.born_on);
    all.living = mine.living.or(theirs.living);
    all.escort = mine.escort.max(theirs.escort);
    join_words(&mut all.remark, &theirs.remark);
    if (&all.contact_name, &all.contact_phone) != contact {
        join_words(&mut all.remark, format!("{} {}", contact.0, contact.1).trim());
    }
    all
}

fn fill_pair(mine: (&mut String, &mut String), theirs: (&String, &String)) {
    let (first, second) = (mine.0.is_empty() || mine.0 == theirs.0, mine.1.is_empty() || mine.1 == theirs.1);
    if first && second {
        for (mine, theirs) in [(mine.0, theirs.0), (mine.1, theirs.1)] {
            if mine.is_empty() {
                mine.clone_from(theirs);
            }
        }
    }
}

fn joined_plans(mine: &CarePlan, theirs: &CarePlan) -> CarePlan {
    let mut all = mine.clone();
    join_words(&mut all.allergies, &theirs.allergies);
    join_words(&mut all.notes, &theirs.notes);
    all.hearing |= theirs.hearing;
    all.sight |= theirs.sight;
    all.wheelchair |= theirs.wheelchair;
    all.risk = [mine.risk, theirs.risk].into_iter().flatten().min();
    all
}

/// Why two files may belong to the same person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// Same name and birth date.
    NameAndBirth,
    /// Same name, and one of them has no birth date.
    Name,
    /// Same phone and family name.
    Phone,
}

/// Pairs of files (as indexes) that staff should review, likeliest first.
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
    use crate::care_plan::Risk;
    use crate::resident::{Escort, Standing};

    fn one(name: &str, born: Option<&str>, phone: &str) -> Resident {
        let born_on = born.map(|day| day.parse().expect("a birth date"));
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

    fn file(profile: Profile, plan: CarePlan) -> File {
        File { profile, plan: Some(plan), id_hash: None }
    }

    #[test]
    fn complaint_23_a_merge_keeps_allergies_escort_and_both_contacts() {
        let mine = file(
            Profile {
                yard: "科华苑".into(),
                contact_name: "王建军".into(),
                contact_phone: "13800002206".into(),
                ..Profile::default()
            },
            CarePlan { allergies: "海鲜".into(), risk: Some(Risk::General), ..CarePlan::default() },
        );
        let theirs = file(
            Profile {
                yard: "望江雅居".into(),
                door: "3-2-1".into(),
                escort: Escort::Staff,
                contact_name: "李红".into(),
                contact_phone: "13900001111".into(),
                remark: "怕狗".into(),
                ..Profile::default()
            },
            CarePlan {
                allergies: "青霉素".into(),
                wheelchair: true,
                risk: Some(Risk::High),
                ..CarePlan::default()
            },
        );
        let both = mine.joined(&theirs);
        let plan = both.plan.as_ref().expect("a plan");
        assert_eq!(
            (plan.allergies.as_str(), plan.wheelchair, plan.risk),
            ("海鲜；青霉素", true, Some(Risk::High))
        );
        assert_eq!(
            (both.profile.yard.as_str(), both.profile.door.as_str()),
            ("科华苑", ""),
            "no half address"
        );
        assert_eq!((both.profile.escort, both.profile.contact_name.as_str()), (Escort::Staff, "王建军"));
        assert_eq!(both.profile.remark, "怕狗；李红 13900001111");
        let kept = Kept { before: mine.clone(), after: both.clone() };
        assert_eq!(kept.taken_back(both.clone()), mine);
        let mut since = both;
        since.profile.remark = "怕狗；李红 13900001111；爱下棋".into();
        assert_eq!(
            kept.taken_back(since.clone()).profile.remark,
            since.profile.remark,
            "written since: stays"
        );
    }
}
