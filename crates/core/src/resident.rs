//! Residents: who may visit, how they are called and shown.

use serde::{Deserialize, Serialize};

use super::birth::Birth;
use super::ids::ResidentId;
use super::text::{person_name, tidy};

/// The placeholder name of an erased person.
pub const ERASED_NAME: &str = "（已删除）";

/// Sex as registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// 男
    Male,
    /// 女
    Female,
}

/// How someone lives, in the registry's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Living {
    /// 独居
    Alone,
    /// 空巢
    EmptyNest,
    /// 与配偶同住
    WithSpouse,
    /// 与子女同住
    WithChildren,
    /// 其他
    Other,
}

impl Living {
    /// Every value, in the order of the registry form.
    pub const ALL: [Self; 5] =
        [Self::Alone, Self::EmptyNest, Self::WithSpouse, Self::WithChildren, Self::Other];

    /// Parses the registry's word; `None` if it is unknown.
    #[must_use]
    pub fn from_words(words: &str) -> Option<Self> {
        let says = |any: &[&str]| any.iter().any(|word| words.contains(word));
        Some(match words {
            "" => return None,
            _ if says(&["独居"]) => Self::Alone,
            _ if says(&["空巢"]) => Self::EmptyNest,
            _ if says(&["子女", "儿子", "女儿"]) => Self::WithChildren,
            _ if says(&["配偶", "老伴", "夫妻", "丈夫", "妻子"]) => Self::WithSpouse,
            _ => Self::Other,
        })
    }
}

/// How someone goes home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default, PartialOrd, Ord)]
#[serde(rename_all = "snake_case")]
pub enum Escort {
    /// May leave freely; nothing is asked.
    #[default]
    None,
    /// Asked each time who accompanies them.
    Ask,
    /// Must not leave alone: staff see them out.
    Staff,
}

impl Escort {
    /// Every value, in the order of the form.
    pub const ALL: [Self; 3] = [Self::None, Self::Ask, Self::Staff];
}

/// Whether someone still comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Comes or may come.
    #[default]
    Active,
    /// Moved away, deceased or left: kept but no longer shown.
    Archived,
}

/// Why somebody no longer comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArchivedAs {
    /// 搬走了
    Moved,
    /// 已故
    Deceased,
    /// Another reason, or none given.
    Other,
    /// Their data were erased; only counts are left.
    Erased,
}

/// The data that staff may edit and that a registry import fills in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Profile {
    /// Full name.
    pub name: String,
    /// 称呼, the word after the name: 爷爷, 婆婆, 嬢嬢.
    pub called_by: String,
    /// Sex, where known.
    pub sex: Option<Sex>,
    /// Date of birth, where known.
    pub born_on: Option<Birth>,
    /// Mobile phone, digits only.
    pub phone: String,
    /// 院落 or estate.
    pub yard: String,
    /// Building, unit, door.
    pub door: String,
    /// 网格.
    pub grid: String,
    /// Living situation.
    pub living: Option<Living>,
    /// Emergency contact's name.
    pub contact_name: String,
    /// Emergency contact's phone, digits only.
    pub contact_phone: String,
    /// Remarks.
    pub remark: String,
    /// Reading of the name, syllables with spaces: `wang fu quan`.
    pub pinyin: String,
    /// Personal picture: name of a file in the picture set.
    pub picture: String,
    /// How they go home.
    pub escort: Escort,
}

/// A registered person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resident {
    /// Identifier.
    pub id: ResidentId,
    /// Everything staff may edit.
    pub profile: Profile,
    /// Active or archived.
    pub standing: Standing,
    /// Keyed hash of a valid identity number.
    pub id_hash: Option<[u8; 32]>,
}

/// Compound surnames of more than one character.
const COMPOUND: &[&str] = &[
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "长孙", "夏侯",
    "轩辕", "宇文", "端木", "独孤", "南宫", "西门", "欧陽", "申屠", "太史", "公冶", "澹台", "濮阳", "淳于",
    "单于", "钟离", "呼延", "闻人", "赫连", "拓跋", "万俟", "鲜于", "司空", "司寇", "仲孙", "亓官", "巫马",
    "公西", "漆雕", "乐正", "壤驷", "公良", "夹谷", "宰父", "谷梁", "段干", "百里", "东郭", "南门", "羊舌",
    "微生", "左丘", "东门", "第五", "贺兰", "颛孙", "梁丘", "太叔", "宗政", "纳兰", "司馬", "諸葛", "東方",
    "軒轅", "獨孤", "南宮", "西門", "萬俟", "鮮于", "鍾離", "單于", "聞人", "長孫", "赫連",
];

/// The family name of a full name.
#[must_use]
pub fn surname(name: &str) -> &str {
    if name.chars().count() > 2
        && let Some(compound) = COMPOUND.iter().find(|c| name.starts_with(**c))
    {
        return compound;
    }
    if name.is_ascii() {
        return name.rsplit(' ').next().unwrap_or(name);
    }
    name.chars().next().and_then(|c| name.get(..c.len_utf8())).unwrap_or_default()
}

/// 王*芳: the middle is hidden, the length stays.
#[must_use]
pub fn masked_name(name: &str) -> String {
    let family = surname(name);
    let given: Vec<char> = name.strip_prefix(family).unwrap_or_default().chars().collect();
    match given.as_slice() {
        [] => family.to_owned(),
        [_] => format!("{family}*"),
        [hidden @ .., last] => format!("{family}{}{last}", "*".repeat(hidden.len())),
    }
}

/// 138****1234.
#[must_use]
pub fn masked_phone(phone: &str) -> String {
    let count = phone.chars().count();
    if count < 8 {
        return "*".repeat(count);
    }
    let first: String = phone.chars().take(3).collect();
    format!("{first}****{}", super::text::tail(phone, 4))
}

/// The default called-by word.
#[must_use]
pub fn default_called_by(sex: Option<Sex>) -> &'static str {
    match sex {
        Some(Sex::Male) => "爷爷",
        Some(Sex::Female) => "婆婆",
        None => "老师",
    }
}

/// A search text, normalised in the same way as names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    text: String,
    /// The text without spaces, for comparing with pinyin.
    packed: String,
}

impl Query {
    /// Normalises what was typed.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let text = person_name(typed).to_lowercase();
        Self { packed: text.replace(' ', ""), text }
    }
}

/// Whether a name has only common hanzi, which need no normalising.
fn is_plain(name: &str) -> bool {
    name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

fn begins(text: impl Iterator<Item = char>, prefix: &str) -> bool {
    let mut text = text;
    prefix.chars().all(|wanted| text.next() == Some(wanted))
}

impl Profile {
    /// 王婆婆.
    #[must_use]
    pub fn public_name(&self) -> String {
        format!("{}{}", surname(&self.name), self.called_by)
    }

    /// Whether a staff search finds this person: by name, first letters,
    /// reading, or the end of the phone number.
    #[must_use]
    pub fn matches(&self, query: &Query) -> bool {
        let Query { text, packed } = query;
        // 王福全 by `wfq`.
        let first_letters = self.pinyin.split(' ').filter_map(|syllable| syllable.chars().next());
        text.is_empty()
            || self.name.contains(text)
            || (!is_plain(&self.name) && person_name(&self.name).contains(text))
            || begins(first_letters, text)
            || begins(self.pinyin.chars().filter(|c| *c != ' '), packed)
            || (text.len() >= 3 && self.phone.ends_with(text))
    }

    /// Takes over later non-empty values. Empty values erase nothing; remarks are joined.
    pub fn take_later(&mut self, later: &Self) {
        let pairs = [
            (&mut self.phone, &later.phone),
            (&mut self.yard, &later.yard),
            (&mut self.door, &later.door),
            (&mut self.grid, &later.grid),
            (&mut self.contact_name, &later.contact_name),
            (&mut self.contact_phone, &later.contact_phone),
        ];
        for (mine, theirs) in pairs {
            if !theirs.is_empty() {
                mine.clone_from(theirs);
            }
        }
        self.sex = later.sex.or(self.sex);
        // A vaguer date never replaces a more precise one that it agrees with.
        self.born_on = match (self.born_on, later.born_on) {
            (Some(mine), Some(theirs)) if mine.fits(theirs) && mine.known() > theirs.known() => Some(mine),
            (mine, theirs) => theirs.or(mine),
        };
        self.living = later.living.or(self.living);
        join_words(&mut self.remark, &later.remark);
    }

    /// What this profile adds to an earlier state; all other fields are empty.
    #[must_use]
    pub fn news_since(&self, earlier: &Self) -> Self {
        fn new<T: PartialEq + Clone + Default>(now: &T, earlier: &T) -> T {
            if now == earlier { T::default() } else { now.clone() }
        }
        Self {
            phone: new(&self.phone, &earlier.phone),
            yard: new(&self.yard, &earlier.yard),
            door: new(&self.door, &earlier.door),
            grid: new(&self.grid, &earlier.grid),
            contact_name: new(&self.contact_name, &earlier.contact_name),
            contact_phone: new(&self.contact_phone, &earlier.contact_phone),
            remark: self
                .remark
                .strip_prefix(&earlier.remark)
                .unwrap_or(&self.remark)
                .trim_matches('；')
                .into(),
            sex: new(&self.sex, &earlier.sex),
            born_on: new(&self.born_on, &earlier.born_on),
            living: new(&self.living, &earlier.living),
            ..Self::default()
        }
    }
}

/// Appends text, unless it is already contained.
pub fn join_words(mine: &mut String, more: &str) {
    if more.is_empty() || tidy(mine).contains(&tidy(more)) {
        return;
    }
    if !mine.is_empty() {
        mine.push('；');
    }
    mine.push_str(more);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compound_surnames_stay_whole() {
        assert_eq!(surname("欧阳素芬"), "欧阳");
        assert_eq!(surname("王福全"), "王");
        assert_eq!(surname("欧阳"), "欧");
    }

    #[test]
    fn a_masked_name_shows_family_name_and_last_character() {
        assert_eq!(masked_name("王桂芳"), "王*芳");
        assert_eq!(masked_name("王芳"), "王*");
        assert_eq!(masked_name("欧阳素芬"), "欧阳*芬");
        assert_eq!(masked_name("刘泽民生"), "刘**生");
        assert_eq!(masked_phone("13800005678"), "138****5678");
    }

    #[test]
    fn later_values_win_and_empty_never_erases() {
        let mut first = Profile { phone: "1".into(), remark: "听力不好".into(), ..Profile::default() };
        let later = Profile { yard: "科华苑".into(), remark: "重复登记".into(), ..Profile::default() };
        first.take_later(&later);
        first.take_later(&later);
        assert_eq!(first.phone, "1");
        assert_eq!(first.yard, "科华苑");
        assert_eq!(first.remark, "听力不好；重复登记");
    }

    #[test]
    fn staff_find_people_by_name_letters_reading_and_phone() {
        let one = Profile {
            name: "曾桂英".into(),
            pinyin: "zeng gui ying".into(),
            phone: "13982349423".into(),
            ..Profile::default()
        };
        for query in ["曾", "桂英", "zgy", "zenggui", "ZGY", "9423"] {
            assert!(one.matches(&Query::new(query)), "{query}");
        }
        assert!(!one.matches(&Query::new("王")));
        let dotted = Profile { name: "扎西·多吉".into(), ..Profile::default() };
        assert!(["扎西•多吉", "多　吉"].iter().all(|typed| dotted.matches(&Query::new(typed))));
    }
}
