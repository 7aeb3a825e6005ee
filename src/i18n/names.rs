//! Names of services, rooms, activities, teams and duties in the language of
//! the screen. They are data in Chinese; people and addresses keep their names.

use std::collections::HashMap;
use std::sync::LazyLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

use super::{I18n, Lang};

/// What separates the names of a list, such as the purposes of a visit.
const BETWEEN: char = '、';

/// A centre's own names in other languages: maps a language and the name, as
/// entered in the reference language, to its translation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names(HashMap<(Lang, String), String>);

impl FromIterator<(String, String, String)> for Names {
    /// From (language tag, name, translation) triples.
    fn from_iter<I: IntoIterator<Item = (String, String, String)>>(all: I) -> Self {
        Self(all.into_iter().map(|(tag, name, words)| ((Lang::from_tag(&tag), name), words)).collect())
    }
}

impl Names {
    /// The centre's own translation of a name; `None` if it has none.
    #[must_use]
    pub fn own(&self, lang: Lang, name: &str) -> Option<&str> {
        self.0.get(&(lang, name.to_owned())).map(String::as_str).filter(|words| !words.is_empty())
    }

    /// Translates a name, or several separated by `、`, into the language of `i18n`.
    #[must_use]
    pub fn of(&self, i18n: &I18n, name: &str) -> String {
        let lang = i18n.lang();
        if lang == Lang::ZhHans {
            return name.to_owned();
        }
        let one = |name: &str| self.own(lang, name).map_or_else(|| usual(lang, name), str::to_owned);
        let all: Vec<String> = name.split(BETWEEN).map(one).collect();
        all.join(if lang.is_chinese() { "、" } else { ", " })
    }
}

/// Translation of a name for which a centre has none of its own: the built-in English name or
/// traditional characters. An unknown name stays as it is.
#[must_use]
pub fn usual(lang: Lang, name: &str) -> String {
    match lang {
        Lang::ZhHans => name.to_owned(),
        Lang::ZhHant => traditional(name),
        Lang::En => ENGLISH.get(name).map_or_else(|| name.to_owned(), Clone::clone),
    }
}

static ENGLISH: LazyLock<HashMap<String, String>> =
    LazyLock::new(|| toml::from_str(include_str!("../../assets/i18n/en/names.toml")).unwrap_or_default());

/// Converts simplified text to Taiwan's traditional characters, word by word.
fn traditional(text: &str) -> String {
    static CONVERTER: LazyLock<Option<OpenCC>> =
        LazyLock::new(|| OpenCC::from_config(BuiltinConfig::S2tw).ok());
    CONVERTER.as_ref().map_or_else(|| text.to_owned(), |converter| converter.convert(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use daycare_core::activity::TEAMS;
    use daycare_core::service::SEED;
    use daycare_core::volunteer::DUTIES;

    #[test]
    fn whatever_a_new_centre_starts_with_has_an_english_name() {
        let services = SEED.iter().map(|seed| seed.name);
        let duties = DUTIES.iter().map(|(name, _)| *name);
        for name in services.chain(TEAMS.iter().copied()).chain(duties) {
            assert!(usual(Lang::En, name).is_ascii(), "{name}");
        }
    }

    #[test]
    fn names_turn_traditional_word_by_word() {
        assert_eq!(usual(Lang::ZhHant, "手机课堂"), "手機課堂");
        assert_eq!(usual(Lang::ZhHant, "头发护理"), "頭髮護理");
        assert_eq!(usual(Lang::ZhHant, "健康讲座：冬季血压"), "健康講座：冬季血壓");
    }

    #[test]
    fn a_centres_own_words_come_before_the_built_in_ones_and_an_emptied_field_brings_those_back() {
        let own = |words: &str| Names::from_iter([("en".to_owned(), "唱红歌".to_owned(), words.to_owned())]);
        let english = I18n::new(Lang::En);
        assert_eq!(own("Red songs").of(&english, "唱红歌、午餐"), "Red songs, Lunch");
        assert_eq!(own("").of(&english, "唱红歌"), "Singing");
        assert_eq!(own("Red songs").of(&I18n::new(Lang::ZhHans), "唱红歌"), "唱红歌");
        assert_eq!(own("").of(&english, "绣花"), "绣花");
    }
}
