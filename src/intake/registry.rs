//! The registry of a community office -> residents.

mod state;

pub(super) use state::in_name as state_in_name;

use std::collections::{HashMap, HashSet};
use std::path::Path;

use chrono::NaiveDate;

use super::cell::{Cell, Kind};
use super::dates;
use super::outcome::{At, Doubt, Doubtful, Fate, Outcome, Reason, Rejected, Warning, WarningKind};
use super::table::{Layout, Part, Table, Words};
use super::workbook::Row;
use crate::domain::birth::{Birth, Known};
use crate::domain::ids::ResidentId;
use crate::domain::national_id::{self, NationalId, Unusable};
use crate::domain::resident::{
    ArchivedAs, Living, Profile, Resident, Sex, Standing, default_called_by, surname,
};
use crate::domain::{picture, text};
use crate::error::Result;

/// Columns of a registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// 序号
    Number,
    /// 姓名
    Name,
    /// 性别
    Sex,
    /// 出生日期
    Born,
    /// 身份证号
    NationalId,
    /// 手机号
    Phone,
    /// 院落/小区
    Yard,
    /// 门牌
    Door,
    /// 网格
    Grid,
    /// 居住情况
    Living,
    /// 紧急联系人
    Contact,
    /// 联系人电话
    ContactPhone,
    /// 状态
    State,
    /// 备注
    Remark,
}

const WORDS: &[Words<Field>] = &[
    (Field::Number, &["序号", "序"]),
    (Field::Name, &["姓名", "老人姓名", "名字", "居民姓名", "服务对象", "服务对象姓名", "户主姓名"]),
    (Field::Sex, &["性别"]),
    (Field::Born, &["出生日期", "出生年月日", "出生年月", "生日", "出生时间", "出生"]),
    (
        Field::NationalId,
        &[
            "身份证号",
            "身份证号码",
            "身份证",
            "证件号码",
            "证件号",
            "公民身份号码",
            "公民身份证号",
            "公民身份证号码",
            "居民身份证号",
        ],
    ),
    (
        Field::ContactPhone,
        &[
            "联系人电话",
            "紧急联系电话",
            "紧急联系人电话",
            "家属电话",
            "监护人电话",
            "子女电话",
            "联系人手机",
            "联系人手机号",
            "家属联系电话",
            "监护人联系电话",
            "紧急联系方式",
            "家属联系方式",
            "监护人联系方式",
            "联系人联系电话",
            "紧急联系人联系电话",
            "紧急联系人手机",
            "紧急联系人联系方式",
            "联系人联系方式",
            "紧急电话",
        ],
    ),
    (
        Field::Contact,
        &[
            "紧急联系人",
            "联系人",
            "家属姓名",
            "家属",
            "监护人",
            "紧急联系人姓名",
            "联系人姓名",
            "监护人姓名",
            "子女姓名",
            "亲属姓名",
            "亲属",
        ],
    ),
    (
        Field::Phone,
        &[
            "手机号",
            "手机号码",
            "手机",
            "电话",
            "联系电话",
            "本人电话",
            "电话号码",
            "联系方式",
            "本人联系方式",
            "本人手机",
            "老人电话",
        ],
    ),
    (
        Field::Yard,
        &[
            "院落/小区",
            "院落",
            "小区",
            "院落小区",
            "小区/院落",
            "所属院落",
            "所在院落",
            "所属小区",
            "所在小区",
            "居住小区",
            "院落名称",
            "小区名称",
        ],
    ),
    (
        Field::Door,
        &[
            "门牌",
            "门牌号",
            "房号",
            "楼栋",
            "住址",
            "地址",
            "现住址",
            "家庭住址",
            "家庭地址",
            "居住地址",
            "详细地址",
            "现居住地址",
            "现居住地",
            "楼栋门牌",
            "门牌号码",
            "房间号",
            "住址门牌",
        ],
    ),
    (Field::Grid, &["网格", "所属网格", "网格号", "所在网格", "网格名称"]),
    (Field::Living, &["居住情况", "居住状况", "居住状态", "生活状况", "家庭情况"]),
    (Field::State, &["状态", "人员状态", "在册状态", "现状", "老人状态"]),
    (Field::Remark, &["备注", "说明", "附注"]),
];

const LAYOUT: Layout<Field> = Layout {
    words: WORDS,
    needed: &[Field::Name],
    own: &[Field::Name, Field::NationalId, Field::Number],
    group,
};

/// A header over 姓名 and 电话 of somebody to call.
fn group(word: &str) -> &str {
    const FAMILY: &[&str] = &["联系人", "家属", "监护", "子女", "亲属", "家庭成员"];
    if FAMILY.iter().any(|family| word.contains(family)) { "紧急联系人" } else { word }
}

/// One row that can be written.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Where it stands.
    pub at: At,
    /// What it says.
    pub profile: Profile,
    /// The identity number, only if its check character fits.
    pub id: Option<NationalId>,
    /// Deceased or moved, where the row says so.
    pub gone: Option<ArchivedAs>,
    /// Why a person must look at it first.
    pub doubt: Option<Doubt>,
}

/// A registry as read: nothing is written yet.
#[derive(Debug, Clone)]
pub struct Registry {
    /// The file's rows, for the list of refusals.
    pub table: Table<Field>,
    /// Rows that can be written, in file order.
    pub entries: Vec<Entry>,
    /// Refused rows.
    pub rejected: Vec<Rejected>,
    /// Warnings about accepted rows.
    pub warnings: Vec<Warning>,
}

/// The pinyin of a name.
type Reading = fn(&str) -> String;

impl Registry {
    /// Reads a file. `reading` gives the pinyin of a name.
    ///
    /// # Errors
    /// The whole file is refused: missing, of another kind, without a header.
    pub fn read(path: &Path, today: NaiveDate, reading: Reading) -> Result<Self> {
        Ok(Self::of(Table::read(path, &LAYOUT)?, today, reading))
    }

    /// As [`Registry::read`], from bytes.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn parse(
        bytes: &[u8],
        today: NaiveDate,
        reading: Reading,
    ) -> std::result::Result<Self, super::workbook::Wrong> {
        Ok(Self::of(Table::of(bytes, &LAYOUT)?, today, reading))
    }

    fn of(table: Table<Field>, today: NaiveDate, reading: Reading) -> Self {
        let mut registry = Self { table, entries: vec![], rejected: vec![], warnings: vec![] };
        let several = registry.table.parts.len() > 1;
        for part in &registry.table.parts {
            for row in &part.rows {
                let at = part.at(row);
                match entry(part, row, several, today) {
                    Ok((mut entry, kinds)) => {
                        entry.profile.pinyin = reading(&entry.profile.name);
                        registry.entries.push(entry);
                        registry.warnings.extend(kinds.into_iter().map(|kind| Warning { at, kind }));
                    }
                    Err(reason) => registry.rejected.push(Rejected { at, reason }),
                }
            }
        }
        registry
    }
}

fn entry(
    part: &Part<Field>,
    row: &Row,
    several: bool,
    today: NaiveDate,
) -> std::result::Result<(Entry, Vec<WarningKind>), Reason> {
    let cell = |field| part.cell(row, field);
    let mut warnings = Vec::new();
    let (name, from_name) = state::in_name(&name_of(part, row)?);
    if name.is_empty() {
        return Err(Reason::NoName);
    }
    let two = is_two_people(&name) || are_two_names(&part.raw(row, Field::Name).text);
    let mut doubt = two.then_some(Doubt::TwoPeople);
    let id = identity(&part.raw(row, Field::NationalId), &mut warnings);
    let (born_on, birth_doubt) = birth_of(part, row, id.as_ref(), &mut warnings)?;
    doubt = doubt.or(birth_doubt);
    check_birth(born_on, today)?;
    let sex = match cell(Field::Sex).as_str() {
        "男" | "男性" | "M" => Some(Sex::Male),
        "女" | "女性" | "F" => Some(Sex::Female),
        _ => id.as_ref().and_then(|id| id.sex),
    };
    let mut warn = |is: bool, kind| {
        if is {
            warnings.push(kind);
        }
    };
    let typed_phone = cell(Field::Phone);
    let phone = text::phone(&typed_phone).unwrap_or_default();
    warn(typed_phone.is_empty(), WarningKind::NoPhone);
    warn(!typed_phone.is_empty() && phone.is_empty(), WarningKind::BadPhone);
    let contact_phone = text::phone(&cell(Field::ContactPhone)).unwrap_or_default();
    warn(contact_phone.is_empty(), WarningKind::NoContact);
    let remark = text::prose(&part.raw(row, Field::Remark).text);
    let gone =
        from_name.or_else(|| state::in_words(&cell(Field::State))).or_else(|| state::in_words(&remark));
    let mut yard = cell(Field::Yard);
    if yard.is_empty() && several && !part.has(Field::Yard) {
        // A sheet for each 院落 is named after it.
        yard = text::tidy(&part.name);
    }
    let profile = Profile {
        called_by: default_called_by(sex).to_owned(),
        sex,
        born_on,
        phone,
        yard,
        door: cell(Field::Door),
        grid: cell(Field::Grid),
        living: Living::from_words(&cell(Field::Living)),
        contact_name: text::person_name(&cell(Field::Contact)),
        contact_phone,
        remark,
        name,
        ..Profile::default()
    };
    let words = [&profile.name, &profile.yard, &profile.door, &profile.contact_name];
    warn(words.iter().any(|words| text::has_lost_characters(words)), WarningKind::LostCharacters);
    Ok((Entry { at: part.at(row), profile, id, gone, doubt }, warnings))
}

fn name_of(part: &Part<Field>, row: &Row) -> std::result::Result<String, Reason> {
    if let Some(reason) = part.beside_the_table(row, Field::Name) {
        return Err(reason);
    }
    let raw = part.raw(row, Field::Name);
    if raw.is_formula() {
        return Err(Reason::FormulaAsAName);
    }
    let name = text::person_name(&raw.text);
    if name.is_empty() || raw.is_ditto() {
        return Err(Reason::NoName);
    }
    if name.chars().any(char::is_alphabetic) { Ok(name) } else { Err(Reason::NotAName) }
}

/// 游德才/蒲素芳: two names in one cell.
fn is_two_people(name: &str) -> bool {
    let parts: Vec<&str> = name.split(['/', '、', ',', ';', '&', '+', '|', '\\']).collect();
    let named = |part: &&str| part.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    parts.iter().filter(|part| named(part)).count() >= 2
}

/// 「游德才 蒲素芳」, side by side or one under the other.
fn are_two_names(raw: &str) -> bool {
    let lines: Vec<&str> = raw.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let hanzi = |part: &str| part.chars().filter(|c| *c >= '\u{2e80}').count();
    if lines.len() >= 2 {
        return lines.iter().all(|line| hanzi(line) >= 2);
    }
    let parts: Vec<usize> = raw.split_whitespace().map(hanzi).collect();
    matches!(parts.as_slice(), [2..=3, 2..=3] if parts.iter().sum::<usize>() >= 5)
}

/// Numbers from here on have lost digits in a spreadsheet.
const ROUNDED_FROM: f64 = 1e15;

/// The identity number, if it can be relied on.
fn identity(cell: &Cell, warnings: &mut Vec<WarningKind>) -> Option<NationalId> {
    let typed = text::tidy(&cell.text);
    if typed.is_empty() {
        return None;
    }
    if matches!(cell.kind, Kind::Number(value) if value.abs() >= ROUNDED_FROM) {
        warnings.push(WarningKind::IdRounded);
        return None;
    }
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    match national_id::parse(&typed) {
        Ok(id) if id.checksum_ok && (id.born_on.is_some() || id.sex.is_none()) => return Some(id),
        Err(Unusable::Rounded) => warnings.push(WarningKind::IdRounded),
        Err(Unusable::Shape) if digits < 10 => warnings.push(WarningKind::IdUnreadable),
        _ => warnings.push(WarningKind::IdChecksum),
    }
    None
}

type BirthRead = (Option<Birth>, Option<Doubt>);

/// The birth date of the column; the identity number's where the column has
/// none, only a part of it, or nothing that can be read.
fn birth_of(
    part: &Part<Field>,
    row: &Row,
    id: Option<&NationalId>,
    warnings: &mut Vec<WarningKind>,
) -> std::result::Result<BirthRead, Reason> {
    let from_id = id.and_then(|id| id.born_on).map(Birth::day);
    let (written, doubt) = match dates::birth(&part.raw(row, Field::Born)) {
        Ok((birth, doubt)) => (Some(birth), doubt),
        Err(Reason::NoDate) => (None, None),
        Err(_) if from_id.is_some() => {
            warnings.push(WarningKind::BirthUnreadable);
            (None, None)
        }
        Err(reason) => return Err(reason),
    };
    let born_on = match (written, from_id) {
        // What the number says is more, and the same: the doubt is gone too.
        (Some(written), Some(number)) if written.fits(number) => return Ok((Some(number), None)),
        (Some(written), Some(_)) => {
            warnings.push(WarningKind::BirthDiffers);
            Some(written)
        }
        (written, number) => written.or(number),
    };
    match born_on.map(Birth::known) {
        None => warnings.push(WarningKind::NoBirthDate),
        Some(Known::Month) => warnings.push(WarningKind::BirthMonthOnly),
        Some(Known::Year) => warnings.push(WarningKind::BirthYearOnly),
        Some(Known::Day) => {}
    }
    Ok((born_on, doubt))
}

/// The oldest person ever known lived 122 years.
const OLDEST_YEARS: i32 = 125;

fn check_birth(born: Option<Birth>, today: NaiveDate) -> std::result::Result<(), Reason> {
    match born {
        Some(born) if born.earliest() > today => Err(Reason::BornInTheFuture),
        Some(born) if born.age_on(today) > OLDEST_YEARS => Err(Reason::ImpossibleDate),
        _ => Ok(()),
    }
}

/// A person as a file says they should be.
#[derive(Debug, Clone)]
pub struct Planned {
    /// The file's rows of this person, in its words.
    pub resident: Resident,
    /// Whether it differs from what is known.
    pub changed: bool,
    /// Deceased or moved, and not known to be.
    pub gone: Option<ArchivedAs>,
    /// Where it is said.
    pub at: At,
}

/// What to write, and what to say about it.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Residents as they should be.
    pub residents: Vec<Planned>,
    /// The answer.
    pub outcome: Outcome,
}

/// Keyed hash of an identity number.
type Hash = [u8; 32];

/// Merges the rows with each other, then with who is known. `hash` is the keyed
/// hash of an identity number; doubtful rows are taken only where `confirmed`.
#[must_use]
pub fn plan(registry: &Registry, known: &[Resident], confirmed: bool, hash: impl Fn(&str) -> Hash) -> Plan {
    let mut outcome = Outcome {
        rejected: registry.rejected.clone(),
        warnings: registry.warnings.clone(),
        ..registry.table.outcome()
    };
    let mut people = People::new(known);
    for entry in &registry.entries {
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
                let same = people.perhaps(entry, numbers);
                people.take(entry, numbers, same);
                continue;
            }
            // Somebody of their own, without the number of another.
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
    outcome.warnings.sort_unstable();
    let mut everyone = known.to_vec();
    let mut residents = Vec::new();
    for group in groups {
        let before = group.known.and_then(|at| everyone.get(at).cloned());
        let after = merged(before.as_ref(), &group, &everyone);
        let goes =
            group.gone.filter(|_| before.as_ref().is_none_or(|before| before.standing == Standing::Active));
        let changed = before.as_ref() != Some(&after);
        for fate in group.fates(before.is_some(), changed || goes.is_some()) {
            outcome.count(fate);
        }
        if changed || goes.is_some() {
            match group.known.and_then(|at| everyone.get_mut(at)) {
                Some(place) => *place = after.clone(),
                None => everyone.push(after.clone()),
            }
            residents.push(Planned { resident: after, changed, gone: goes, at: group.at });
        }
    }
    Plan { residents, outcome }
}

/// The number of a person, hashed as it is written with 18 and with 15 digits.
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

/// Who an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Same {
    /// An earlier row of the file.
    Group(usize),
    /// Somebody who is registered.
    Known(usize),
}

/// Everybody by name and number: those registered, and those of the file so far.
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

    /// Rows of one person go together, whoever they are known as: those of the
    /// file come before those registered.
    fn first(&self, entry: &Entry, fits: impl Fn(&Profile, Option<Hash>) -> bool) -> Option<Same> {
        let namesakes = self.by_name.get(&entry.profile.name)?;
        let fits = |same: &&Same| self.profile(**same).is_some_and(|(profile, hash)| fits(profile, hash));
        let in_file = namesakes.iter().filter(|same| matches!(same, Same::Group(_))).find(fits);
        in_file.or_else(|| namesakes.iter().find(fits)).copied()
    }

    /// Who the entry is about, or the doubt about it.
    fn find(&self, entry: &Entry, numbers: Option<Numbers>) -> std::result::Result<Option<Same>, Doubt> {
        let holder = numbers.and_then(|numbers| numbers.all().find_map(|hash| self.by_hash.get(&hash)));
        if let Some((same, (profile, _))) = holder.and_then(|same| Some((same, self.profile(*same)?))) {
            let same_name = text::person_name(&profile.name) == entry.profile.name;
            return if same_name { Ok(Some(*same)) } else { Err(Doubt::NumberOfAnother) };
        }
        match self.first(entry, |profile, hash| is_alike(profile, hash, entry, numbers)) {
            Some(same) => Ok(Some(same)),
            None if self.perhaps(entry, numbers).is_some() => Err(Doubt::PerhapsKnown),
            None => Ok(None),
        }
    }

    /// Somebody of the same name whose birth date says the same, but less or more.
    fn perhaps(&self, entry: &Entry, numbers: Option<Numbers>) -> Option<Same> {
        self.first(entry, |profile, hash| {
            !are_two_numbers(hash, numbers)
                && matches!(
                    (profile.born_on, entry.profile.born_on),
                    (Some(one), Some(other)) if one != other && one.fits(other)
                )
        })
    }

    /// Puts the entry with whom it is about.
    fn take(&mut self, entry: &Entry, numbers: Option<Numbers>, same: Option<Same>) {
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

/// Two numbers that differ are two people.
fn are_two_numbers(hash: Option<Hash>, numbers: Option<Numbers>) -> bool {
    matches!((hash, numbers), (Some(hash), Some(numbers)) if !numbers.is(hash))
}

/// Of one name: same birth date; without one, the same door. What is known only
/// in part needs the same phone or door too.
fn is_alike(profile: &Profile, hash: Option<Hash>, entry: &Entry, numbers: Option<Numbers>) -> bool {
    if are_two_numbers(hash, numbers) {
        return false;
    }
    match (profile.born_on, entry.profile.born_on) {
        (Some(one), Some(other)) => one == other || one.fits(other) && same_place(profile, &entry.profile),
        (None, None) => profile.yard == entry.profile.yard && profile.door == entry.profile.door,
        _ => false,
    }
}

/// Same phone, or same house and door.
fn same_place(one: &Profile, other: &Profile) -> bool {
    let phone = !one.phone.is_empty() && one.phone == other.phone;
    phone || !one.yard.is_empty() && one.yard == other.yard && one.door == other.door
}

/// A couple has one phone, and so may a typing mistake: staff are told.
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
    /// Who it is among those registered.
    known: Option<usize>,
    later_rows: Vec<Fate>,
}

impl Group {
    fn of(entry: &Entry, id_hash: Option<Hash>, known: Option<usize>) -> Self {
        Self {
            at: entry.at,
            profile: entry.profile.clone(),
            id_hash,
            gone: entry.gone,
            known,
            later_rows: Vec::new(),
        }
    }

    fn add(&mut self, entry: &Entry, numbers: Option<Numbers>) {
        let before = self.profile.clone();
        self.profile.take_later(&entry.profile);
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

fn merged(before: Option<&Resident>, group: &Group, everyone: &[Resident]) -> Resident {
    if let Some(before) = before {
        let mut after = before.clone();
        after.profile.take_later(&group.profile);
        after.id_hash = before.id_hash.or(group.id_hash);
        return after;
    }
    let family = surname(&group.profile.name);
    let same_surname = everyone.iter().filter(|r| surname(&r.profile.name) == family);
    let mut profile = group.profile.clone();
    picture::pick(same_surname.map(|r| r.profile.picture.as_str())).clone_into(&mut profile.picture);
    Resident { id: ResidentId::new(), profile, standing: Standing::Active, id_hash: group.id_hash }
}
