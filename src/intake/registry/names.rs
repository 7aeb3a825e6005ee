//! What stands in a name column: a name, with marks and notes around it, or something else.

use daycare_core::import::outcome::{Doubt, Reason};
use daycare_core::resident::surname;
use daycare_core::surnames::{is_name, is_surname};
use daycare_core::text;

use super::state::{self, Gone};

/// A name, and what was written around it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Named {
    /// The name alone.
    pub name: String,
    /// Deceased or moved.
    pub gone: Option<Gone>,
    /// Another note behind the name, such as 住院.
    pub note: String,
    /// Why a person must look at it.
    pub doubt: Option<Doubt>,
}

/// Longest Chinese name without an interpunct that is taken without a question.
const LONGEST: usize = 5;

/// Reads the cell of a name.
///
/// # Errors
/// The cell is empty, a note below a table, or no name at all.
pub fn read(raw: &str) -> Result<Named, Reason> {
    let written = text::person_name(raw);
    if written.is_empty() {
        return Err(Reason::NoName);
    }
    if !written.chars().any(char::is_alphabetic) {
        return Err(Reason::NotAName);
    }
    let mut named = Named { name: without_number(&written).to_owned(), ..Named::default() };
    take_notes(&mut named);
    take_ending(&mut named);
    let name = named.name.as_str();
    if name.is_empty() {
        return Err(Reason::NoName);
    }
    if is_nobody(name) {
        return Err(Reason::NotAName);
    }
    if is_remark(name) || is_remark(&named.note) {
        return Err(Reason::NoteRow);
    }
    let hanzi = name.chars().filter(|c| *c >= '\u{2e80}').count();
    named.doubt = if are_two(name, raw) {
        Some(Doubt::TwoPeople)
    } else if hanzi > LONGEST && !name.contains('·') || name.chars().any(|c| c.is_ascii_digit()) {
        Some(Doubt::PerhapsNoName)
    } else {
        None
    };
    Ok(named)
}

/// 「1、郑华」, 「★冯英」: a number or a mark before the name.
fn without_number(name: &str) -> &str {
    let name = name.trim_start_matches(['*', '★', '☆', '●', '○', '◆', '■', '▲', '△', '√', '※', '#']);
    let digits = name.trim_start_matches(|c: char| c.is_ascii_digit());
    match digits.strip_prefix(['、', '.', '·', ')']) {
        Some(rest) if digits.len() < name.len() => rest,
        _ => name,
    }
}

const OPENING: [char; 7] = ['(', '（', '[', '【', '{', '〔', '〈'];
const CLOSING: [char; 7] = [')', '）', ']', '】', '}', '〕', '〉'];

/// Takes the notes in brackets off the end. One character is kept: 王芳(小) is told from 王芳 by
/// it.
fn take_notes(named: &mut Named) {
    while let Some((rest, note)) = named.name.strip_suffix(CLOSING).and_then(|open| open.rsplit_once(OPENING))
    {
        let note = note.trim();
        let (rest, note) = (rest.to_owned(), note.to_owned());
        if let Some(gone) = state::in_note(&note) {
            named.gone = named.gone.or(Some(gone));
        } else if note.chars().count() > 1 {
            text_join(&mut named.note, &note);
        } else if note != "男" && note != "女" {
            return;
        }
        named.name = rest;
    }
}

fn text_join(notes: &mut String, note: &str) {
    if !notes.is_empty() {
        notes.push('；');
    }
    notes.push_str(note);
}

/// 「王芳已故」, 「杨六-已故」, 「朱七殁」; 故 alone may be part of a name.
fn take_ending(named: &mut Named) {
    const ENDINGS: &[&str] = &[
        "已故",
        "已去世",
        "去世",
        "已病故",
        "病故",
        "已逝世",
        "逝世",
        "已死亡",
        "死亡",
        "已过世",
        "过世",
        "已离世",
        "离世",
        "已亡",
        "已死",
        "殁",
        "已搬走",
        "已搬离",
        "已搬家",
        "已搬迁",
        "已迁出",
        "已外迁",
        "已迁走",
        "搬走",
        "迁出",
    ];
    let ending = ENDINGS.iter().find_map(|ending| Some((named.name.strip_suffix(ending)?, *ending)));
    let Some((rest, ending)) = ending.filter(|(rest, _)| rest.chars().count() >= 2) else { return };
    let gone = state::in_note(ending);
    let rest = rest.trim_end_matches(['-', '—', '–', ',', '，']).to_owned();
    named.gone = named.gone.or(gone);
    named.name = rest;
}

/// Words for an empty place in a list.
fn is_nobody(name: &str) -> bool {
    const NOBODY: &[&str] = &[
        "无", "暂无", "空户", "空", "空白", "不详", "未知", "待定", "略", "无人", "true", "false", "TRUE",
        "FALSE",
    ];
    NOBODY.contains(&name)
}

/// Words below a table: a signature, a date, a sum, a remark.
fn is_remark(name: &str) -> bool {
    const ANYWHERE: &[&str] = &["盖章", "签字", "签名", ":", "以下空白", "时间", "日期", "一式"];
    const BEGINS: &[&str] =
        &["以上", "以下", "此表", "本表", "本页", "截止", "截至", "共计", "合计", "总计", "小计", "注:"];
    let counted =
        name.chars().any(|c| c.is_ascii_digit()) && name.contains(['年', '月', '日', '人', '户', '共', '名']);
    ANYWHERE.iter().any(|word| name.contains(word))
        || BEGINS.iter().any(|word| name.starts_with(word))
        || counted
}

/// Two people in one cell: 游德才/蒲素芳, 张三 李四, 游德才和蒲素芳, 陈国强夫妇.
fn are_two(name: &str, raw: &str) -> bool {
    const COUPLE: &[&str] = &["夫妇", "夫妻", "两口子", "老两口", "二人", "两人"];
    let parts: Vec<&str> = name.split(['/', '、', ',', ';', '&', '+', '|', '\\']).collect();
    let named = |part: &&str| part.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    if parts.iter().filter(|part| named(part)).count() >= 2 {
        return true;
    }
    let joined = |and: char| {
        name.split_once(and).is_some_and(|(one, other)| {
            let is_person =
                |part: &str| part.chars().count() >= 2 && part.chars().next().is_some_and(is_surname);
            is_person(one) && is_person(other)
        })
    };
    let brackets = name.chars().filter(|c| OPENING.contains(c)).count();
    COUPLE.iter().any(|word| name.ends_with(word))
        || ['和', '与', '及', '跟'].into_iter().any(joined)
        || brackets > 1
        || side_by_side(raw)
}

/// 「游德才 蒲素芳」, side by side or one under the other. 「欧阳 建国」 is one person.
fn side_by_side(raw: &str) -> bool {
    let hanzi = |part: &str| part.chars().filter(|c| *c >= '\u{2e80}').count();
    let lines: Vec<&str> = raw.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.len() >= 2 {
        return lines.iter().all(|line| hanzi(line) >= 2);
    }
    let parts: Vec<&str> = raw.split_whitespace().collect();
    let [one, other] = parts.as_slice() else { return false };
    let lengths = [hanzi(one), hanzi(other)];
    let compound = surname(&format!("{one}{other}")) == *one;
    matches!(lengths, [2..=3, 2..=3]) && !compound && (lengths != [2, 2] || is_name(one) && is_name(other))
}

#[cfg(test)]
mod tests {
    use daycare_core::resident::ArchivedAs;

    use super::*;

    fn name(raw: &str) -> (String, Option<ArchivedAs>) {
        let named = read(raw).unwrap_or_else(|reason| panic!("{raw}: {reason}"));
        (named.name, named.gone.map(|gone| gone.how))
    }

    #[test]
    fn what_stands_behind_a_name_becomes_the_state() {
        for raw in [
            "代玉珍(已故)",
            "代玉珍已故",
            "代玉珍（已于2023.5去世）",
            "代玉珍〔已故〕",
            "代玉珍{已故}",
            "代玉珍 殁",
            "代玉珍-已故",
            "代玉珍（死亡注销）",
        ] {
            assert_eq!(name(raw), ("代玉珍".into(), Some(ArchivedAs::Deceased)), "{raw}");
        }
        for raw in ["代玉珍（已搬走）", "代玉珍（搬至锦江区）"] {
            assert_eq!(name(raw), ("代玉珍".into(), Some(ArchivedAs::Moved)), "{raw}");
        }
        assert_eq!(name("王芳(小)"), ("王芳(小)".into(), None));
        assert_eq!(name("李亡"), ("李亡".into(), None));
    }

    #[test]
    fn marks_and_notes_are_taken_off() {
        for raw in ["1、郑华", "12.郑华", "★冯英", "*冯英", "王芳（女）"] {
            assert_eq!(name(raw).0.chars().count(), 2, "{raw}");
        }
        let named = read("王芳（住院）").expect("a name");
        assert_eq!((named.name.as_str(), named.note.as_str(), named.doubt), ("王芳", "住院", None));
    }

    #[test]
    fn two_people_in_one_cell_are_asked_about() {
        for raw in [
            "张三 李四",
            "游德才 蒲素芳",
            "游德才/蒲素芳",
            "游德才和蒲素芳",
            "陈国强夫妇",
            "周明（夫）吴英（妻）",
            "游德才\n蒲素芳",
        ] {
            assert_eq!(read(raw).map(|named| named.doubt), Ok(Some(Doubt::TwoPeople)), "{raw}");
        }
        for raw in ["欧阳 建国", "李和平", "张 三", "阿依古丽", "买买提·艾力"] {
            assert_eq!(read(raw).map(|named| named.doubt), Ok(None), "{raw}");
        }
    }

    #[test]
    fn what_stands_below_a_list_is_nobody() {
        for raw in [
            "共3人",
            "以上共计12户",
            "制表：何静",
            "负责人签字：",
            "社区（盖章）",
            "2025年3月5日",
            "打印时间：2025-3-5",
            "——以下空白——",
            "以上人员信息真实有效",
            "此表一式两份",
            "男：2人 女：1人",
            "玉林一号院（共2人）",
        ] {
            assert!(matches!(read(raw), Err(Reason::NoteRow)), "{raw}: {:?}", read(raw));
        }
        for raw in ["无", "暂无", "空户", "true", "——"] {
            assert_eq!(read(raw), Err(Reason::NotAName), "{raw}");
        }
        assert_eq!(read("王芳2").map(|named| named.doubt), Ok(Some(Doubt::PerhapsNoName)));
    }
}
