//! Reads a community office's registry into residents.

pub(super) mod names;
mod state;

use std::path::Path;

use chrono::NaiveDate;
use daycare_core::birth::{Birth, Known};
use daycare_core::import::outcome::{Doubt, Reason, Rejected, Warning, WarningKind};
use daycare_core::import::rows::{ResidentRow, Rows};
use daycare_core::national_id::{self, NationalId, Unusable};
use daycare_core::resident::{Living, Profile, Sex, default_called_by, join_words};
use daycare_core::surnames::is_name;
use daycare_core::text;

use super::cell::{Cell, Kind};
use super::dates;
use super::table::{Layout, Part, Table, Words};
use super::workbook::Row;
use crate::error::Result;
use crate::graphics::fonts;
use names::Named;

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
            "老人联系电话",
            "老人手机号",
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

static LAYOUT: Layout<Field> = Layout {
    words: WORDS,
    subject: Field::Name,
    needed: &[Field::Name],
    own: &[Field::Name, Field::NationalId, Field::Number],
    by_sheet: Some(Field::Yard),
    group,
    settle,
};

/// A phone column behind the contact's name, in a table with only one phone column, is the
/// contact's.
fn settle(header: &[String], columns: &mut Vec<(Field, usize)>) {
    let of = |columns: &[(Field, usize)], field| columns.iter().find(|(known, _)| *known == field).copied();
    if of(columns, Field::ContactPhone).is_some() {
        return;
    }
    let Some((_, contact)) = of(columns, Field::Contact) else { return };
    let is_phone = |at: usize| {
        header
            .get(at)
            .is_some_and(|word| ["电话", "联系电话", "手机", "手机号", "联系方式"].contains(&word.as_str()))
    };
    let behind = [contact + 1, contact + 2].into_iter().find(|at| {
        is_phone(*at)
            && (*at == contact + 1 || header.get(contact + 1).is_some_and(|word| word.contains("关系")))
    });
    let Some(phone) = behind else { return };
    columns.retain(|(_, at)| *at != phone);
    columns.push((Field::ContactPhone, phone));
}

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
    let words = |field| given(&cell(field));
    let mut warnings = Vec::new();
    let named = name_of(part, row)?;
    let name = named.name;
    let id = identity(&part.raw(row, Field::NationalId), &mut warnings);
    let (born_on, birth_doubt) = birth_of(part, row, id.as_ref(), &mut warnings)?;
    check_birth(born_on, today)?;
    let young = born_on.is_some_and(|born| born.age_on(today) < YOUNGEST_YEARS).then_some(Doubt::TooYoung);
    let written = match cell(Field::Sex).as_str() {
        "男" | "男性" | "M" => Some(Sex::Male),
        "女" | "女性" | "F" => Some(Sex::Female),
        _ => None,
    };
    let of_number = id.as_ref().and_then(|id| id.sex);
    let sex = written.or(of_number);
    let mut warn = |is: bool, kind| {
        if is {
            warnings.push(kind);
        }
    };
    warn(written.zip(of_number).is_some_and(|(one, other)| one != other), WarningKind::SexDiffers);
    let mut remark = text::prose(&part.raw(row, Field::Remark).text);
    let (typed, typed_contact) = (words(Field::Phone), words(Field::ContactPhone));
    let (phone, others) = phones(&typed);
    let (contact_phone, more) = phones(&typed_contact);
    warn(typed.is_empty(), WarningKind::NoPhone);
    warn(!typed.is_empty() && phone.is_empty(), WarningKind::BadPhone);
    warn(typed_contact.is_empty(), WarningKind::NoContact);
    warn(!typed_contact.is_empty() && contact_phone.is_empty(), WarningKind::BadPhone);
    for number in others.iter().chain(&more) {
        join_words(&mut remark, number);
    }
    let state = words(Field::State);
    let of_state = state::in_note(&state);
    warn(of_state.is_none() && !state.is_empty() && !state::is_living(&state), WarningKind::UnknownState);
    let from = Origin::of(part, several);
    let gone = named.gone.or(of_state).or_else(|| state::in_remark(&remark)).or(from.gone);
    warn(!named.note.is_empty(), WarningKind::NoteBehindName);
    join_words(&mut remark, &named.note);
    let unsure = gone.filter(|gone| !gone.sure).map(|_| Doubt::PerhapsGone);
    let or = |words: String, other: String| if words.is_empty() { other } else { words };
    let profile = Profile {
        called_by: default_called_by(sex).to_owned(),
        sex,
        born_on,
        phone,
        yard: or(words(Field::Yard), from.yard),
        door: words(Field::Door),
        grid: or(words(Field::Grid), from.grid),
        living: Living::from_words(&cell(Field::Living)),
        contact_name: text::person_name(&words(Field::Contact)),
        contact_phone,
        remark,
        name,
        ..Profile::default()
    };
    let written = [&profile.name, &profile.yard, &profile.door, &profile.contact_name];
    warn(written.iter().any(|words| text::has_lost_characters(words)), WarningKind::LostCharacters);
    warn(!fonts::missing(&profile.name).is_empty(), WarningKind::NoGlyph);
    let doubt = named.doubt.or(birth_doubt).or(young).or(unsure);
    Ok((ResidentRow { at: part.at(row), profile, id, gone: gone.map(|gone| gone.how), doubt }, warnings))
}

/// What the name of a sheet says about its rows.
#[derive(Default)]
struct Origin {
    yard: String,
    grid: String,
    gone: Option<state::Gone>,
}

impl Origin {
    /// With one sheet per 院落 or 网格, the name of the sheet is the 院落 or 网格; a sheet may also
    /// list those who are gone.
    fn of(part: &Part<Field>, several: bool) -> Self {
        const NO_PLACE: &[&str] =
            &["名单", "名册", "登记", "汇总", "总表", "人员", "台账", "统计", "信息", "男", "女", "老人"];
        let name = text::tidy(&part.name);
        if let Some(gone) = state::in_note(&name) {
            return Self { gone: Some(gone), ..Self::default() };
        }
        let default = ["sheet", "工作表", "表"].iter().any(|word| {
            let rest = name.to_lowercase();
            rest.strip_prefix(word).is_some_and(|rest| rest.trim().chars().all(|c| c.is_ascii_digit()))
        });
        if !several || default || NO_PLACE.iter().any(|word| name.contains(word)) {
            return Self::default();
        }
        if name.contains("网格") {
            return Self {
                grid: if part.has(Field::Grid) { String::new() } else { name },
                ..Self::default()
            };
        }
        Self { yard: if part.has(Field::Yard) { String::new() } else { name }, ..Self::default() }
    }
}

/// The words of a cell; a mark for "nothing" is nothing.
fn given(words: &str) -> String {
    const NOTHING: &[&str] = &["无", "暂无", "没有", "不详", "未知", "空", "略"];
    let nothing = NOTHING.contains(&words) || !words.chars().any(char::is_alphanumeric);
    if nothing { String::new() } else { words.to_owned() }
}

/// The first phone number of a cell, and the others in it. Words in brackets say whose it is.
fn phones(typed: &str) -> (String, Vec<String>) {
    let mut bare = String::new();
    let mut depth = 0u32;
    for c in typed.chars() {
        match c {
            '(' if typed.chars().any(char::is_alphabetic) => depth += 1,
            ')' if depth > 0 => depth -= 1,
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    let number = |text: &str| {
        let digits = text::phone(text)?;
        let digits = digits.strip_prefix("0086").map_or(digits.clone(), ToOwned::to_owned);
        (5..=13).contains(&digits.len()).then_some(digits)
    };
    if let Some(one) = number(&bare) {
        return (one, vec![]);
    }
    let mut all = bare.split(['/', '、', ',', ';', ' ', '|', '或']).filter_map(number);
    (all.next().unwrap_or_default(), all.collect())
}

fn name_of(part: &Part<Field>, row: &Row) -> std::result::Result<Named, Reason> {
    if let Some(reason) = part.beside_the_table(row) {
        return Err(reason);
    }
    let raw = part.raw(row, Field::Name);
    if text::looks_like_formula(raw.text.trim_start_matches('\'')) {
        return Err(Reason::FormulaAsAName);
    }
    if raw.is_ditto() {
        return Err(Reason::NoName);
    }
    let named = names::read(&raw.text)?;
    // A line that names nobody and says nothing else, in a table that says more: a heading.
    if part.is_alone(row) && !is_name(&named.name) {
        return Err(Reason::NoteRow);
    }
    Ok(named)
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
        Err(_) if from_id.is_some() || !dates::is_written_as_date(&part.raw(row, Field::Born)) => {
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

/// Nobody comes who is younger than this, in years.
const YOUNGEST_YEARS: i32 = 18;
/// The oldest person ever known lived 122 years.
const OLDEST_YEARS: i32 = 125;

fn check_birth(born: Option<Birth>, today: NaiveDate) -> std::result::Result<(), Reason> {
    match born {
        Some(born) if born.earliest() > today => Err(Reason::BornInTheFuture),
        Some(born) if born.age_on(today) > OLDEST_YEARS => Err(Reason::ImpossibleDate),
        _ => Ok(()),
    }
}
