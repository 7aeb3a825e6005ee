//! 已故, 已搬走: marks that registries write after a name or into the remarks.

use daycare_core::resident::ArchivedAs;

const DECEASED: &[&str] = &[
    "已故",
    "故",
    "已去世",
    "去世",
    "病故",
    "已病故",
    "逝世",
    "已逝世",
    "死亡",
    "已死亡",
    "过世",
    "已过世",
    "离世",
    "已离世",
    "亡",
    "已亡",
    "身故",
];
const MOVED: &[&str] = &[
    "已搬走",
    "搬走",
    "已搬离",
    "搬离",
    "已搬家",
    "搬家",
    "已搬迁",
    "搬迁",
    "迁出",
    "已迁出",
    "外迁",
    "已外迁",
    "已迁走",
    "迁走",
];

/// Splits a mark such as 「（已故）」 from a name.
pub fn in_name(name: &str) -> (String, Option<ArchivedAs>) {
    let bare = name.trim_end_matches([')', '）', ']', '】']);
    if bare.len() < name.len()
        && let Some((name, note)) = bare.rsplit_once(['(', '（', '[', '【'])
        && let Some(gone) = in_words(note)
    {
        return (name.to_owned(), Some(gone));
    }
    for (words, gone) in [(DECEASED, ArchivedAs::Deceased), (MOVED, ArchivedAs::Moved)] {
        // 「王芳已故」, but 故 alone may be part of a name.
        let long = words.iter().filter(|word| word.chars().count() > 2 || word.starts_with('已'));
        if let Some(name) =
            long.filter_map(|word| name.strip_suffix(word)).find(|name| name.chars().count() >= 2)
        {
            return (name.to_owned(), Some(gone));
        }
    }
    (name.to_owned(), None)
}

/// The state a remark gives for this person; 「老伴已故」 is about somebody else.
pub fn in_words(words: &str) -> Option<ArchivedAs> {
    const FAMILY: &[&str] =
        &["老伴", "丈夫", "妻", "丧偶", "配偶", "儿", "女", "父", "母", "老公", "老婆", "爱人", "先生"];
    if FAMILY.iter().any(|other| words.contains(other)) {
        return None;
    }
    words.split(['；', ';', '，', ',', '。', ' ', '、']).find_map(|part| {
        let date = |c: char| c.is_ascii_digit() || "年月日.-/于".contains(c);
        let bare = part.trim_matches(date);
        if DECEASED.contains(&bare) {
            Some(ArchivedAs::Deceased)
        } else if MOVED.contains(&bare) {
            Some(ArchivedAs::Moved)
        } else {
            None
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_a_name_becomes_the_state() {
        assert_eq!(in_name("代玉珍(已故)"), ("代玉珍".into(), Some(ArchivedAs::Deceased)));
        assert_eq!(in_name("代玉珍（已搬走）"), ("代玉珍".into(), Some(ArchivedAs::Moved)));
        assert_eq!(in_name("代玉珍已故"), ("代玉珍".into(), Some(ArchivedAs::Deceased)));
        assert_eq!(in_name("王芳(小)"), ("王芳(小)".into(), None));
        assert_eq!(in_name("李亡"), ("李亡".into(), None));
    }

    #[test]
    fn a_remark_about_somebody_else_is_none_about_the_person() {
        assert_eq!(in_words("2015年去世"), Some(ArchivedAs::Deceased));
        assert_eq!(in_words("独居；已搬走"), Some(ArchivedAs::Moved));
        for words in ["老伴已故", "老伴 已故", "丧偶，2019年去世", "儿子，已搬走"] {
            assert_eq!(in_words(words), None, "{words}");
        }
        assert_eq!(in_words("在册"), None);
    }
}
