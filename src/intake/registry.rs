//! The registry of a community office -> residents.

use std::path::Path;

use chrono::NaiveDate;

use super::dates;
use super::outcome::{Fate, Outcome, Reason, Rejected, Warning, WarningKind};
use super::table::{Row, Table, Words};
use crate::domain::ids::ResidentId;
use crate::domain::national_id::{self, NationalId};
use crate::domain::resident::{Living, Profile, Resident, Sex, Standing, default_called_by, surname};
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
    /// 备注
    Remark,
}

const WORDS: &[Words<Field>] = &[
    (Field::Number, &["序号", "编号"]),
    (Field::Name, &["姓名", "老人姓名", "名字"]),
    (Field::Sex, &["性别"]),
    (Field::Born, &["出生日期", "出生年月日", "出生年月", "生日"]),
    (Field::NationalId, &["身份证号", "身份证号码", "身份证", "证件号码", "公民身份号码"]),
    (Field::ContactPhone, &["联系人电话", "紧急联系电话", "紧急联系人电话", "家属电话"]),
    (Field::Contact, &["紧急联系人", "联系人", "家属姓名", "家属"]),
    (Field::Phone, &["手机号", "手机号码", "手机", "电话", "联系电话", "本人电话", "电话号码"]),
    (Field::Yard, &["院落/小区", "院落", "小区", "院落小区", "小区/院落"]),
    (Field::Door, &["门牌", "门牌号", "房号", "楼栋", "住址", "地址"]),
    (Field::Grid, &["网格", "所属网格", "网格号"]),
    (Field::Living, &["居住情况", "居住状况"]),
    (Field::Remark, &["备注", "说明"]),
];

const TOTALS: &[&str] = &["合计", "总计", "小计", "共计", "总人数", "合计人数"];

/// One accepted row.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Line or row in the file.
    pub line: u32,
    /// What it says.
    pub profile: Profile,
    /// The identity number, only if its check character fits.
    pub id: Option<NationalId>,
}

/// A registry as read: nothing is written yet.
#[derive(Debug, Clone)]
pub struct Registry {
    /// The file's rows, for the list of refusals.
    pub table: Table<Field>,
    /// Accepted rows in file order.
    pub entries: Vec<Entry>,
    /// Refused rows.
    pub rejected: Vec<Rejected>,
    /// Warnings about accepted rows.
    pub warnings: Vec<Warning>,
}

impl Registry {
    /// Reads a file. `reading` gives the pinyin of a name.
    ///
    /// # Errors
    /// The whole file is refused: missing, of another kind, without a header.
    pub fn read(path: &Path, today: NaiveDate, reading: fn(&str) -> String) -> Result<Self> {
        let table = Table::read(path, WORDS, &[Field::Name])?;
        let mut registry = Self { table, entries: vec![], rejected: vec![], warnings: vec![] };
        for row in registry.table.rows.clone() {
            match registry.entry(&row, today, reading) {
                Ok((entry, kinds)) => {
                    registry.entries.push(entry);
                    let warnings = kinds.into_iter().map(|kind| Warning { line: row.line, kind });
                    registry.warnings.extend(warnings);
                }
                Err(reason) => registry.rejected.push(Rejected { line: row.line, reason }),
            }
        }
        Ok(registry)
    }

    fn entry(
        &self,
        row: &Row,
        today: NaiveDate,
        reading: fn(&str) -> String,
    ) -> std::result::Result<(Entry, Vec<WarningKind>), Reason> {
        let cell = |field| self.table.cell(row, field);
        let name = text::person_name(&cell(Field::Name));
        self.check_name(row, &name)?;
        let mut warnings = Vec::new();
        let mut warn = |is: bool, kind| {
            if is {
                warnings.push(kind);
            }
        };
        let typed_id = cell(Field::NationalId);
        let id = national_id::parse(&typed_id);
        let sound = id.as_ref().is_some_and(|id| id.checksum_ok && id.born_on.is_some());
        warn(!typed_id.is_empty() && !sound, WarningKind::IdChecksum);
        let from_id = id.as_ref().and_then(|id| id.born_on);
        let born_on = match cell(Field::Born) {
            empty if empty.is_empty() => from_id,
            typed => Some(dates::date(&typed, None).map_err(|_| Reason::ImpossibleDate)?),
        };
        warn(sound && born_on != from_id, WarningKind::BirthDiffers);
        warn(born_on.is_none(), WarningKind::NoBirthDate);
        check_birth(born_on, today)?;
        let sex = match cell(Field::Sex).as_str() {
            "男" | "男性" | "M" => Some(Sex::Male),
            "女" | "女性" | "F" => Some(Sex::Female),
            _ => id.as_ref().filter(|_| sound).map(|id| id.sex),
        };
        let typed_phone = cell(Field::Phone);
        let phone = text::phone(&typed_phone).unwrap_or_default();
        warn(typed_phone.is_empty(), WarningKind::NoPhone);
        warn(!typed_phone.is_empty() && phone.is_empty(), WarningKind::BadPhone);
        let contact_phone = text::phone(&cell(Field::ContactPhone)).unwrap_or_default();
        warn(contact_phone.is_empty(), WarningKind::NoContact);
        let profile = Profile {
            called_by: default_called_by(sex).to_owned(),
            pinyin: reading(&name),
            sex,
            born_on,
            phone,
            yard: cell(Field::Yard),
            door: cell(Field::Door),
            grid: cell(Field::Grid),
            living: Living::from_words(&cell(Field::Living)),
            contact_name: text::person_name(&cell(Field::Contact)),
            contact_phone,
            remark: cell(Field::Remark),
            name,
            ..Profile::default()
        };
        Ok((Entry { line: row.line, profile, id: id.filter(|_| sound) }, warnings))
    }

    fn check_name(&self, row: &Row, name: &str) -> std::result::Result<(), Reason> {
        let number = self.table.cell(row, Field::Number);
        let first = row.cells.first().map(|cell| text::tidy(cell)).unwrap_or_default();
        let is_total = |cell: &str| TOTALS.contains(&cell.replace(' ', "").trim_end_matches(':'));
        if is_total(name) || is_total(&number) || is_total(&first) {
            return Err(Reason::TotalRow);
        }
        if self.table.is_header(row) {
            return Err(Reason::HeaderRow);
        }
        let bare = name.trim_start_matches('\'');
        if text::looks_like_formula(bare) || self.table.is_formula(row, Field::Name) {
            return Err(Reason::FormulaAsName);
        }
        if name.is_empty() { Err(Reason::NoName) } else { Ok(()) }
    }
}

/// The oldest person ever known lived 122 years.
const OLDEST_YEARS: i32 = 125;

fn check_birth(born: Option<NaiveDate>, today: NaiveDate) -> std::result::Result<(), Reason> {
    match born {
        Some(born) if born > today => Err(Reason::BornInTheFuture),
        Some(born) if crate::domain::time::age_on(born, today) > OLDEST_YEARS => Err(Reason::ImpossibleDate),
        _ => Ok(()),
    }
}

/// What to write, and what to say about it.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Residents as they should be.
    pub residents: Vec<Resident>,
    /// The answer.
    pub outcome: Outcome,
}

/// Merges the rows with each other, then with who is known. `hash` is the
/// keyed hash of an identity number.
#[must_use]
pub fn plan(registry: &Registry, known: &[Resident], hash: impl Fn(&str) -> [u8; 32]) -> Plan {
    let mut groups: Vec<Group> = Vec::new();
    for entry in &registry.entries {
        let id_hash = entry.id.as_ref().map(|id| hash(&id.number));
        let same = groups.iter_mut().find(|g| same_person(&g.profile, g.id_hash, &entry.profile, id_hash));
        match same {
            Some(group) => group.add(entry, id_hash),
            None => groups.push(Group::of(entry, id_hash)),
        }
    }
    let mut outcome = Outcome {
        rejected: registry.rejected.clone(),
        warnings: registry.warnings.clone(),
        ..Outcome::default()
    };
    let mut everyone = known.to_vec();
    let mut residents = Vec::new();
    for group in groups {
        let known = &everyone[..known.len()];
        let same_number = |r: &Resident| r.id_hash.is_some() && r.id_hash == group.id_hash;
        let alike = |r: &Resident| same_person(&r.profile, r.id_hash, &group.profile, group.id_hash);
        let place = known.iter().position(same_number).or_else(|| known.iter().position(alike));
        let before = place.map(|at| everyone[at].clone());
        let after = merged(before.as_ref(), &group, &everyone);
        for fate in group.fates(before.as_ref(), &after) {
            outcome.count(fate);
        }
        if before.as_ref() != Some(&after) {
            match place {
                Some(at) => everyone[at] = after.clone(),
                None => everyone.push(after.clone()),
            }
            residents.push(after);
        }
    }
    Plan { residents, outcome }
}

/// Rows of one person in one file.
struct Group {
    profile: Profile,
    id_hash: Option<[u8; 32]>,
    later_rows: Vec<Fate>,
}

impl Group {
    fn of(entry: &Entry, id_hash: Option<[u8; 32]>) -> Self {
        Self { profile: entry.profile.clone(), id_hash, later_rows: Vec::new() }
    }

    fn add(&mut self, entry: &Entry, id_hash: Option<[u8; 32]>) {
        let before = self.profile.clone();
        self.profile.take_later(&entry.profile);
        let told = before != self.profile || (self.id_hash.is_none() && id_hash.is_some());
        self.id_hash = self.id_hash.or(id_hash);
        self.later_rows.push(if told { Fate::Updated } else { Fate::Unchanged });
    }

    fn fates(&self, before: Option<&Resident>, after: &Resident) -> Vec<Fate> {
        let first = match before {
            None => Fate::Accepted,
            Some(before) if before == after => {
                return vec![Fate::Unchanged; 1 + self.later_rows.len()];
            }
            Some(_) => Fate::Updated,
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

/// Same valid identity number; else same name and birth date; without a birth
/// date, same name at the same door.
fn same_person(a: &Profile, a_id: Option<[u8; 32]>, b: &Profile, b_id: Option<[u8; 32]>) -> bool {
    if let (Some(a_id), Some(b_id)) = (a_id, b_id) {
        return a_id == b_id;
    }
    if a.name != b.name {
        return false;
    }
    match (a.born_on, b.born_on) {
        (Some(a_born), Some(b_born)) => a_born == b_born,
        (None, None) => a.yard == b.yard && a.door == b.door,
        _ => false,
    }
}
