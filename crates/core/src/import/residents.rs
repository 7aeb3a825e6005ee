//! Merges the rows of a file with each other, then with the registered residents.

use std::collections::{HashMap, HashSet};

use super::outcome::{At, Doubt, Doubtful, Fate, Outcome, Warning, WarningKind};
use super::rows::{ResidentRow, Rows};
use crate::birth::Known;
use crate::ids::ResidentId;
use crate::resident::{ArchivedAs, Profile, Resident, Standing, surname};
use crate::{picture, text};

/// A resident as they should be after the import.
#[derive(Debug, Clone)]
pub struct Planned {
    /// The record, merged from the file's rows of this person.
    pub resident: Resident,
    /// Whether it differs from the existing record.
    pub changed: bool,
    /// Deceased or moved according to the file, and not yet archived.
    pub gone: Option<ArchivedAs>,
    /// Where the file says so.
    pub at: At,
}

/// What to write, and the report about it.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The residents to write.
    pub residents: Vec<Planned>,
    /// The report on the file.
    pub outcome: Outcome,
}

/// Keyed hash of an identity number.
type Hash = [u8; 32];

/// Merges the rows with each other, then with the registered residents. `hash` is the keyed
/// hash of an identity number; doubtful rows are included only if `confirmed`.
#[must_use]
pub fn plan(
    rows: &Rows<ResidentRow>,
    known: &[Resident],
    confirmed: bool,
    hash: impl Fn(&str) -> Hash,
) -> Plan {
    let mut outcome = rows.outcome();
    let mut people = People::new(known);
    for entry in &rows.entries {
        let numbers = entry
            .id
            .as_ref()
            .map(|id| Numbers { long: hash(&id.number), short: id.short.as_deref().map(&hash) });
        let doubt = match (entry.doubt, people.find(entry, numbers)) {
            (Some(doubt), _) if !confirmed => doubt,
            (_, Err(doubt)) if !confirmed => doubt,
            (_, Ok(same)) => {
                people.take(entry, numbers, same);
                continue;
            }
            (_, Err(Doubt::PerhapsKnown)) => {
                let same = people.namesake(entry, numbers, Relation::Perhaps);
                people.take(entry, numbers, same);
                continue;
            }
            (_, Err(Doubt::PerhapsNamesake)) => {
                people.take(entry, numbers, None);
                continue;
            }
            // A separate person, without the identity number that belongs to another.
            (_, Err(_)) => {
                let same = people.find(entry, None).unwrap_or_default();
                people.take(entry, None, same);
                continue;
            }
        };
        outcome.doubtful.push(Doubtful { at: entry.at, doubt });
    }
    let groups = people.groups;
    warn_of_shared_phones(&groups, known, &mut outcome.warnings);
    let silent: HashSet<At> = outcome.doubtful.iter().map(|doubtful| doubtful.at).collect();
    outcome.warnings.retain(|warning| !silent.contains(&warning.at));
    let mut pictures = Pictures::of(known);
    let mut residents = Vec::new();
    for group in groups {
        let before = group.known.and_then(|at| known.get(at));
        let after = merged(before, &group, &mut pictures);
        let goes = group.gone.filter(|_| before.is_none_or(|before| before.standing == Standing::Active));
        if group.gone.is_none() && before.is_some_and(|before| before.standing == Standing::Archived) {
            outcome.warnings.push(Warning { at: group.at, kind: WarningKind::StaysArchived });
        }
        let changed = before != Some(&after);
        for fate in group.fates(before.is_some(), changed || goes.is_some()) {
            outcome.count(fate);
        }
        if changed || goes.is_some() {
            residents.push(Planned { resident: after, changed, gone: goes, at: group.at });
        }
    }
    outcome.warnings.sort_unstable();
    Plan { residents, outcome }
}

/// Hashes of a person's identity number in its 18-digit and its 15-digit form.
#[derive(Debug, Clone, Copy)]
struct Numbers {
    long: Hash,
    short: Option<Hash>,
}

impl Numbers {
    fn all(self) -> impl Iterator<Item = Hash> {
        std::iter::once(self.long).chain(self.short)
    }

    fn is(self, hash: Hash) -> bool {
        self.all().any(|own| own == hash)
    }
}

/// The person that an entry refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Same {
    /// An earlier row of the file.
    Group(usize),
    /// Somebody who is registered.
    Known(usize),
}

/// Index by name and number of the registered residents and of the file's rows so far.
struct People<'a> {
    known: &'a [Resident],
    groups: Vec<Group>,
    by_name: HashMap<String, Vec<Same>>,
    by_hash: HashMap<Hash, Same>,
}

impl<'a> People<'a> {
    fn new(known: &'a [Resident]) -> Self {
        let mut people = Self { known, groups: vec![], by_name: HashMap::new(), by_hash: HashMap::new() };
        for (at, resident) in known.iter().enumerate() {
            people.note(text::person_name(&resident.profile.name), resident.id_hash, Same::Known(at));
        }
        people
    }

    fn note(&mut self, name: String, hash: Option<Hash>, same: Same) {
        self.by_name.entry(name).or_default().push(same);
        if let Some(hash) = hash {
            let _ = self.by_hash.insert(hash, same);
        }
    }

    fn profile(&self, same: Same) -> Option<(&Profile, Option<Hash>)> {
        match same {
            Same::Group(at) => self.groups.get(at).map(|group| (&group.profile, group.id_hash)),
            Same::Known(at) => self.known.get(at).map(|resident| (&resident.profile, resident.id_hash)),
        }
    }

    /// The namesake with this relation to the entry. The rows of one person belong together, so
    /// people found in the file are tried before registered ones.
    fn namesake(&self, entry: &ResidentRow, numbers: Option<Numbers>, wanted: Relation) -> Option<Same> {
        let namesakes = self.by_name.get(&entry.profile.name)?;
        let fits = |same: &&Same| {
            self.profile(**same)
                .is_some_and(|(profile, hash)| relation(profile, hash, entry, numbers) == wanted)
        };
        let in_file = namesakes.iter().filter(|same| matches!(same, Same::Group(_))).find(fits);
        in_file.or_else(|| namesakes.iter().find(fits)).copied()
    }

    /// The person that the entry refers to, or the doubt about it.
    fn find(
        &self,
        entry: &ResidentRow,
        numbers: Option<Numbers>,
    ) -> std::result::Result<Option<Same>, Doubt> {
        let holder = numbers.and_then(|numbers| numbers.all().find_map(|hash| self.by_hash.get(&hash)));
        if let Some((same, (profile, _))) = holder.and_then(|same| Some((same, self.profile(*same)?))) {
            let same_name = text::person_name(&profile.name) == entry.profile.name;
            return if same_name { Ok(Some(*same)) } else { Err(Doubt::NumberOfAnother) };
        }
        if let Some(same) = self.namesake(entry, numbers, Relation::Same) {
            return Ok(Some(same));
        }
        for (relation, doubt) in
            [(Relation::Perhaps, Doubt::PerhapsKnown), (Relation::Namesake, Doubt::PerhapsNamesake)]
        {
            if self.namesake(entry, numbers, relation).is_some() {
                return Err(doubt);
            }
        }
        Ok(None)
    }

    /// Adds the entry to the person it refers to.
    fn take(&mut self, entry: &ResidentRow, numbers: Option<Numbers>, same: Option<Same>) {
        if let Some(Same::Group(at)) = same
            && let Some(group) = self.groups.get_mut(at)
        {
            group.add(entry, numbers);
            if let Some(numbers) = numbers {
                let _ = self.by_hash.entry(numbers.long).or_insert(Same::Group(at));
            }
            return;
        }
        let known = match same {
            Some(Same::Known(at)) => Some(at),
            _ => None,
        };
        let known_hash = known.and_then(|at| self.known.get(at)).and_then(|resident| resident.id_hash);
        let hash = known_hash.or(numbers.map(|numbers| numbers.long));
        let place = Same::Group(self.groups.len());
        self.groups.push(Group::of(entry, hash, known));
        self.note(entry.profile.name.clone(), hash, place);
    }
}

/// Two different numbers mean two people.
fn are_two_numbers(hash: Option<Hash>, numbers: Option<Numbers>) -> bool {
    matches!((hash, numbers), (Some(hash), Some(numbers)) if !numbers.is(hash))
}

/// How an entry relates to somebody of the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    /// One person.
    Same,
    /// Probably one person, but something is missing that would tell.
    Perhaps,
    /// Perhaps one person, perhaps two: only the phone differs.
    Namesake,
    /// Two people.
    Other,
}

/// Compares the two by number, birth date, sex, address and phone. Never one person: two
/// different numbers, two birth dates that do not fit, or two addresses without a common phone
/// or birth date.
fn relation(
    profile: &Profile,
    hash: Option<Hash>,
    entry: &ResidentRow,
    numbers: Option<Numbers>,
) -> Relation {
    let (one, other) = (profile, &entry.profile);
    let both = |one: &str, other: &str| !one.is_empty() && !other.is_empty();
    let births = one.born_on.zip(other.born_on);
    let same_birth = births.is_some_and(|(one, other)| one == other && one.known() == Known::Day);
    if are_two_numbers(hash, numbers) || births.is_some_and(|(one, other)| one != other && !one.fits(other)) {
        return Relation::Other;
    }
    let two_yards = both(&one.yard, &other.yard) && one.yard != other.yard;
    let two_doors = both(&one.door, &other.door) && one.door != other.door;
    let same_phone = both(&one.phone, &other.phone) && one.phone == other.phone;
    let same_door = both(&one.yard, &other.yard) && both(&one.door, &other.door) && !two_yards && !two_doors;
    if one.sex.zip(other.sex).is_some_and(|(one, other)| one != other) {
        return if same_birth || same_phone || same_door { Relation::Perhaps } else { Relation::Other };
    }
    if same_birth || same_door {
        return Relation::Same;
    }
    if two_yards || two_doors {
        return if same_phone { Relation::Perhaps } else { Relation::Other };
    }
    if same_phone {
        return Relation::Same;
    }
    if both(&one.phone, &other.phone) {
        return Relation::Namesake;
    }
    // Nothing differs, but little is known. The same row twice is one person.
    let known = |of: &Profile| (of.born_on, of.phone.clone(), of.yard.clone(), of.door.clone());
    if known(one) == known(other) { Relation::Same } else { Relation::Perhaps }
}

/// A couple may share one phone, but it may also be a typing mistake: staff are warned.
fn warn_of_shared_phones(groups: &[Group], known: &[Resident], warnings: &mut Vec<Warning>) {
    let mut holders: HashMap<&str, &str> = HashMap::new();
    for resident in known {
        let _ = holders.entry(&resident.profile.phone).or_insert(&resident.profile.name);
    }
    for group in groups {
        let (phone, name) = (group.profile.phone.as_str(), group.profile.name.as_str());
        if phone.is_empty() {
            continue;
        }
        if *holders.entry(phone).or_insert(name) != name {
            warnings.push(Warning { at: group.at, kind: WarningKind::SharedPhone });
        }
    }
}

/// Rows of one person in one file.
struct Group {
    at: At,
    profile: Profile,
    id_hash: Option<Hash>,
    gone: Option<ArchivedAs>,
    /// Index of the matching registered resident, if any.
    known: Option<usize>,
    later_rows: Vec<Fate>,
}

impl Group {
    fn of(entry: &ResidentRow, id_hash: Option<Hash>, known: Option<usize>) -> Self {
        Self {
            at: entry.at,
            profile: entry.profile.clone(),
            id_hash,
            gone: entry.gone,
            known,
            later_rows: Vec::new(),
        }
    }

    fn add(&mut self, entry: &ResidentRow, numbers: Option<Numbers>) {
        let before = self.profile.clone();
        let mut later = entry.profile.clone();
        // A second contact is not lost: the file has one, the remark names the other.
        let second = [later.contact_name.clone(), later.contact_phone.clone()];
        if second.iter().all(|part| !part.is_empty())
            && !before.contact_phone.is_empty()
            && (&before.contact_name, &before.contact_phone) != (&later.contact_name, &later.contact_phone)
        {
            let words = second.join(" ");
            let known = &before.remark;
            if !known.contains(&words) {
                later.remark = if known.is_empty() { words } else { format!("{known}；{words}") };
            }
            (later.contact_name, later.contact_phone) = (String::new(), String::new());
        }
        self.profile.take_later(&later);
        let told = before != self.profile || (self.id_hash.is_none() && numbers.is_some());
        self.id_hash = self.id_hash.or(numbers.map(|numbers| numbers.long));
        self.gone = self.gone.or(entry.gone);
        self.later_rows.push(if told { Fate::Updated } else { Fate::Unchanged });
    }

    fn fates(&self, known: bool, changed: bool) -> Vec<Fate> {
        let first = match (known, changed) {
            (false, _) => Fate::Accepted,
            (true, false) => return vec![Fate::Unchanged; 1 + self.later_rows.len()],
            (true, true) => Fate::Updated,
        };
        std::iter::once(first).chain(self.later_rows.iter().copied()).collect()
    }
}

/// Personal pictures in use, by surname.
struct Pictures(HashMap<String, Vec<String>>);

impl Pictures {
    fn of(known: &[Resident]) -> Self {
        let mut pictures = Self(HashMap::new());
        for resident in known {
            let family = surname(&resident.profile.name).to_owned();
            pictures.0.entry(family).or_default().push(resident.profile.picture.clone());
        }
        pictures
    }

    /// A picture not yet used by anybody of this surname, as long as there are any left.
    fn next(&mut self, name: &str) -> String {
        let taken = self.0.entry(surname(name).to_owned()).or_default();
        let picked = picture::pick(taken.iter().map(String::as_str)).to_owned();
        taken.push(picked.clone());
        picked
    }
}

fn merged(before: Option<&Resident>, group: &Group, pictures: &mut Pictures) -> Resident {
    if let Some(before) = before {
        let mut after = before.clone();
        after.profile.take_later(&group.profile);
        after.id_hash = before.id_hash.or(group.id_hash);
        return after;
    }
    let mut profile = group.profile.clone();
    profile.picture = pictures.next(&profile.name);
    Resident { id: ResidentId::new(), profile, standing: Standing::Active, id_hash: group.id_hash }
}
