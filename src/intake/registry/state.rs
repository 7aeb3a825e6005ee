//! 已故, 已搬走: words that registries write into the state column, behind a name, or into the
//! remarks.

use daycare_core::resident::ArchivedAs;

/// What words say about a person who may be gone; `sure` if they can mean nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gone {
    /// Died or moved.
    pub how: ArchivedAs,
    /// Whether it needs no question.
    pub sure: bool,
}

const DECEASED: &[&str] = &[
    "去世",
    "逝世",
    "病故",
    "死亡",
    "过世",
    "离世",
    "身故",
    "已故",
    "亡故",
    "已亡",
    "已死",
    "殁",
    "不在世",
    "往生",
];
const MOVED: &[&str] = &[
    "搬走", "搬离", "搬迁", "搬家", "搬到", "搬至", "搬去", "搬往", "迁出", "外迁", "迁走", "迁往", "迁至",
    "迁到",
];
/// Whole words that are too short to be looked for inside others.
const SHORT: &[&str] = &["故", "亡"];
/// Somebody else of whom a remark speaks.
const FAMILY: &[&str] = &[
    "老伴", "丈夫", "妻", "丧偶", "配偶", "儿", "女", "父", "母", "老公", "老婆", "爱人", "先生", "独子",
    "子", "孙", "兄", "弟", "姐", "妹", "邻居", "亲属", "家属",
];
/// States of somebody who still comes.
const LIVING: &[&str] = &[
    "在册",
    "正常",
    "在世",
    "健在",
    "健康",
    "在住",
    "居住",
    "常住",
    "有效",
    "在籍",
    "现住",
    "在",
    "自理",
    "半自理",
    "失能",
    "半失能",
    "独居",
    "空巢",
    "active",
    "良好",
    "一般",
    "较差",
];

/// The state in a state column, a note behind a name, or the name of a sheet: words about this
/// person.
#[must_use]
pub fn in_note(words: &str) -> Option<Gone> {
    let sure = |how| Some(Gone { how, sure: true });
    if ["未", "没有"].iter().any(|not| words.contains(not)) {
        return None;
    }
    if DECEASED.iter().any(|word| words.contains(word)) || SHORT.contains(&words) {
        return sure(ArchivedAs::Deceased);
    }
    if MOVED.iter().any(|word| words.contains(word)) {
        return sure(ArchivedAs::Moved);
    }
    words.contains("注销").then_some(Gone { how: ArchivedAs::Deceased, sure: false })
}

/// Whether a state column says that the person still comes; anything else is reported.
#[must_use]
pub fn is_living(words: &str) -> bool {
    LIVING.contains(&words)
}

/// The state that a remark gives for this person. 「老伴已故」 is about somebody else, and so is
/// what follows it. A sentence that only contains the words is not sure.
#[must_use]
pub fn in_remark(words: &str) -> Option<Gone> {
    for clause in words.split(['；', ';', '，', ',', '。', ' ', '、', '\n']) {
        if FAMILY.iter().any(|other| clause.contains(other)) {
            // 「搬到女儿家」 may well be about the person.
            let moved = ["搬到", "搬去", "搬至"].iter().any(|word| clause.contains(word));
            return moved.then_some(Gone { how: ArchivedAs::Moved, sure: false });
        }
        let aside = |c: char| c.is_ascii_digit() || "年月日.-/于()（）已".contains(c);
        let bare = clause.trim_matches(aside);
        let whole = |words: &[&str]| words.iter().any(|word| word.trim_start_matches('已') == bare);
        if let Some(gone) = in_note(clause) {
            let sure =
                gone.sure && (whole(DECEASED) || whole(MOVED) || bare == "因病去世" || bare == "因病离世");
            return Some(Gone { sure, ..gone });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sure(how: ArchivedAs) -> Gone {
        Gone { how, sure: true }
    }

    #[test]
    fn a_remark_about_the_person_is_the_state() {
        for words in ["2015年去世", "因病去世", "已去世（2024.3）", "已故，由女儿代领遗物"]
        {
            assert_eq!(in_remark(words), Some(sure(ArchivedAs::Deceased)), "{words}");
        }
        assert_eq!(in_remark("已搬走；独居"), Some(sure(ArchivedAs::Moved)));
    }

    #[test]
    fn a_remark_about_somebody_else_is_no_state() {
        for words in ["老伴已故", "老伴 已故", "丧偶，2019年去世", "儿子，已搬走", "独子，去世", "在册"]
        {
            assert_eq!(in_remark(words), None, "{words}");
        }
    }

    #[test]
    fn a_sentence_that_only_contains_the_words_is_not_sure() {
        let moved = Some(Gone { how: ArchivedAs::Moved, sure: false });
        assert_eq!(in_remark("2024年搬到成都"), moved);
        assert_eq!(in_remark("户口已注销").map(|gone| gone.sure), Some(false));
    }

    #[test]
    fn a_note_about_the_person_needs_no_question() {
        for words in ["已于2023.5去世", "已死", "死亡注销", "不在世"] {
            assert_eq!(in_note(words), Some(sure(ArchivedAs::Deceased)), "{words}");
        }
        for words in ["搬至锦江区", "迁往外地", "2023年搬走"] {
            assert_eq!(in_note(words), Some(sure(ArchivedAs::Moved)), "{words}");
        }
        assert_eq!(in_note("在册"), None);
    }
}
