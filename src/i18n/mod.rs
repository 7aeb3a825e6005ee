//! Texts in three languages. An [`I18n`] is passed, never global: a resident's language ends
//! with their visit, and tests run in parallel.

pub mod dates;
pub mod errors;
pub mod names;
pub mod pinyin;

use std::collections::HashMap;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

/// A language of the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Simplified Chinese, the reference.
    ZhHans,
    /// Traditional Chinese.
    ZhHant,
    /// English.
    En,
}

impl Lang {
    /// Every language, in the order of the buttons.
    pub const ALL: [Self; 3] = [Self::ZhHans, Self::ZhHant, Self::En];

    /// Language tag used in file and folder names, such as `zh-Hans`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::ZhHans => "zh-Hans",
            Self::ZhHant => "zh-Hant",
            Self::En => "en",
        }
    }

    /// The language of a tag; anything unknown is the reference language.
    #[must_use]
    pub fn from_tag(tag: &str) -> Self {
        Self::ALL.into_iter().find(|lang| lang.tag() == tag).unwrap_or(Self::ZhHans)
    }

    /// Whether it is written in Chinese, without spaces.
    #[must_use]
    pub fn is_chinese(self) -> bool {
        self != Self::En
    }

    fn sources(self) -> [&'static str; 4] {
        match self {
            Self::ZhHans => [
                include_str!("../../assets/i18n/zh-Hans/resident.ftl"),
                include_str!("../../assets/i18n/zh-Hans/staff.ftl"),
                include_str!("../../assets/i18n/zh-Hans/common.ftl"),
                include_str!("../../assets/i18n/zh-Hans/errors.ftl"),
            ],
            Self::ZhHant => [
                include_str!("../../assets/i18n/zh-Hant/resident.ftl"),
                include_str!("../../assets/i18n/zh-Hant/staff.ftl"),
                include_str!("../../assets/i18n/zh-Hant/common.ftl"),
                include_str!("../../assets/i18n/zh-Hant/errors.ftl"),
            ],
            Self::En => [
                include_str!("../../assets/i18n/en/resident.ftl"),
                include_str!("../../assets/i18n/en/staff.ftl"),
                include_str!("../../assets/i18n/en/common.ftl"),
                include_str!("../../assets/i18n/en/errors.ftl"),
            ],
        }
    }
}

type Bundle = FluentBundle<FluentResource>;

/// The texts of one language; the others can be switched to.
#[derive(Clone)]
pub struct I18n {
    bundles: Arc<HashMap<Lang, Bundle>>,
    lang: Lang,
}

impl std::fmt::Debug for I18n {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("I18n").field(&self.lang).finish()
    }
}

impl I18n {
    /// Loads all languages and selects `lang`.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        let bundles = Lang::ALL.into_iter().map(|lang| (lang, bundle(lang))).collect();
        Self { bundles: Arc::new(bundles), lang }
    }

    /// The selected language.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The same texts with another language selected.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> Self {
        Self { bundles: Arc::clone(&self.bundles), lang }
    }

    /// The text of a key.
    #[must_use]
    pub fn tr(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// The text of a key with variables filled in.
    #[must_use]
    pub fn tr_with<'a>(&self, key: &str, values: &[(&'a str, FluentValue<'a>)]) -> String {
        let args: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, value.clone())).collect();
        self.format(key, Some(&args))
    }

    /// A missing text is shown as its key, so that the gap is visible; a test proves that there
    /// is none.
    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let found = [self.lang, Lang::ZhHans].into_iter().find_map(|lang| {
            let bundle = self.bundles.get(&lang)?;
            let pattern = bundle.get_message(key)?.value()?;
            Some(bundle.format_pattern(pattern, args, &mut Vec::new()).into_owned())
        });
        found.unwrap_or_else(|| key.to_owned())
    }
}

fn bundle(lang: Lang) -> Bundle {
    let tag = lang.tag().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    bundle.set_use_isolating(false);
    for source in lang.sources() {
        // A syntax error drops only that message; tests report it.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, _)| partial);
        drop(bundle.add_resource(resource));
    }
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// Keys of a language with the variables each uses.
    fn keys(lang: Lang) -> BTreeMap<String, Vec<String>> {
        let mut keys = BTreeMap::new();
        for source in lang.sources() {
            let parsed = FluentResource::try_new(source.to_owned());
            assert!(parsed.is_ok(), "{}: {:?}", lang.tag(), parsed.err().map(|(_, e)| e));
            for line in source.lines() {
                let Some((key, text)) = line.split_once(" = ") else { continue };
                let mut names: Vec<String> = text
                    .split('$')
                    .skip(1)
                    .map(|rest| rest.chars().take_while(char::is_ascii_alphanumeric).collect())
                    .collect();
                names.sort();
                names.dedup();
                assert!(keys.insert(key.to_owned(), names).is_none(), "{key} stands twice in {}", lang.tag());
            }
        }
        keys
    }

    #[test]
    fn all_languages_have_the_same_keys_and_variables() {
        let reference = keys(Lang::ZhHans);
        assert!(reference.len() > 50);
        for lang in [Lang::ZhHant, Lang::En] {
            assert_eq!(keys(lang), reference, "{}", lang.tag());
        }
    }

    #[test]
    fn every_reason_and_every_doubt_has_words() {
        use daycare_core::import::outcome::{Doubt, Reason, WarningKind};
        let i18n = I18n::new(Lang::ZhHans);
        let keys = Reason::ALL.iter().map(|reason| reason.key());
        let keys = keys.chain(Doubt::ALL.iter().map(|doubt| doubt.key()));
        for key in keys.chain(WarningKind::ALL.iter().map(|kind| kind.key())) {
            assert_ne!(i18n.tr(&key), key);
        }
    }

    #[test]
    fn no_string_names_a_colour_that_another_theme_does_not_have() {
        const COLOURS: &[&str] = &[
            "红色", "绿色", "黄色", "蓝色", "黑色", "白色", "灰色", "橙色", "紫色", "红的", "绿的", "黄的",
            "綠色", "黃色", "藍色", "紅色", "green", "yellow", "amber", "blue", "grey",
        ];
        for lang in Lang::ALL {
            for source in lang.sources() {
                // The names of the themes themselves.
                for line in source.lines().filter(|line| !line.starts_with("display-")) {
                    let named = COLOURS.iter().find(|colour| line.to_lowercase().contains(**colour));
                    assert!(named.is_none(), "{lang:?}: {line}");
                }
            }
        }
    }

    #[test]
    fn no_string_for_residents_has_a_word_they_should_not_have_to_know() {
        let forbidden =
            ["登录", "提交", "验证", "系统", "异常", "失败", "超时", "ID", "确认", "登錄", "驗證"];
        for lang in [Lang::ZhHans, Lang::ZhHant] {
            for line in lang.sources()[0].lines() {
                let Some((key, text)) = line.split_once(" = ") else { continue };
                for word in forbidden {
                    assert!(!text.contains(word), "{key} says {word}");
                }
                let hanzi = text.chars().filter(|c| ('\u{4e00}'..'\u{9fff}').contains(c)).count();
                assert!(hanzi <= 24, "{key} is too long: {hanzi}");
            }
        }
    }
}
