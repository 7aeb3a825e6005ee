//! Reads a community office's registry into residents.

mod state;

pub(super) use state::in_name as state_in_name;

use std::path::Path;

use chrono::NaiveDate;
use daycare_core::birth::{Birth, Known};
use daycare_core::import::outcome::{Doubt, Reason, Rejected, Warning, WarningKind};
use daycare_core::import::rows::{ResidentRow, Rows};
use daycare_core::national_id::{self, NationalId, Unusable};
use daycare_core::resident::{Living, Profile, Sex, default_called_by};
use daycare_core::text;

use super::cell::{Cell, Kind};
use super::dates;
use super::table::{Layout, Part, Table, Words};
use super::workbook::Row;
use crate::error::Result;
use crate::graphics::fonts;

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

/// The common form of a group header over a contact's 姓名 and 电话.
fn group(word: &str) -> &str {
    const FAMILY: &[&str] = &["联系人", "家属", "监护", "子女", "亲属", "家庭成员"];
    if FAMILY.iter().any(|family| word.contains(family)) { "紧急联系人" } else { word }
}

/// A registry that was read; nothing is saved yet.
#[derive(Debug, Clone)]
pub struct Registry {
    /// The file's rows, for the list of refused rows.
    pub table: Table<Field>,
    /// The residents that were read, with refused rows and warnings.
    pub rows: Rows<ResidentRow>,
}

/// A function that gives the pinyin of a name.
type Reading = fn(&str) -> String;

impl Registry {
    /// Reads a file. `reading` gives the pinyin of a name.
    ///
    /// # Errors
    /// The file is missing, is not a table, or has no header of this kind.
    pub fn read(path: &Path, today: NaiveDate, reading: Reading) -> Result<Self> {
        Ok(Self::of(Table::read(path, &LAYOUT)?, today, reading))
    }

    /// As [`Registry::read`], from bytes.
    ///
    /// # Errors
    /// The bytes are not a table, or have no header of this kind.
    pub fn parse(
        bytes: &[u8],
        today: NaiveDate,
        reading: Reading,
    ) -> std::result::Result<Self, super::workbook::Wrong> {
        Ok(Self::of(Table::of(bytes, &LAYOUT)?, today, reading))
    }

    fn of(table: Table<Field>, today: NaiveDate, reading: Reading) -> Self {
        let mut rows = table.rows();
        let several = table.parts.len() > 1;
        for part in &table.parts {
            for row in &part.rows {
                let at = part.at(row);
                match entry(part, row, several, today) {
                    Ok((mut entry, kinds)) => {
                        entry.profile.pinyin = reading(&entry.profile.name);
                        rows.entries.push(entry);
                        rows.warnings.extend(kinds.into_iter().map(|kind| Warning { at, kind }));
                    }
                    Err(reason) => rows.rejected.push(Rejected { at, reason }),
                }
            }
        }
        Self { table, rows }
    }
}

fn entry(
    part: &Part<Field>,
    row: &Row,
    several: bool,
    today: NaiveDate,
) -> std::result::Result<(ResidentRow, Vec<WarningKind>), Reason> {
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
        // With one sheet per 院落, the sheet's name is the 院落.
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
    warn(!fonts::missing(&profile.name).is_empty(), WarningKind::NoGlyph);
    Ok((ResidentRow { at: part.at(row), profile, id, gone, doubt }, warnings))
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

/// A spreadsheet rounds numbers from here on.
const ROUNDED_FROM: f64 = 1e15;

/// The identity number, if it is valid and was not rounded.
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

/// The birth date from its column, or from the identity number if the column is empty,
/// partial or unreadable.
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
        // The identity number agrees and is more precise, which also settles the doubt.
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
