//! Pinyin of names, so that staff can search by initials.

use daycare_core::resident::surname;
use pinyin::ToPinyin;

/// Characters that are read differently as a family name.
const SURNAMES: &[(&str, &str)] = &[
    ("单", "shan"),
    ("曾", "zeng"),
    ("解", "xie"),
    ("查", "zha"),
    ("区", "ou"),
    ("仇", "qiu"),
    ("朴", "piao"),
    ("尉迟", "yu chi"),
    ("单于", "chan yu"),
    ("盖", "ge"),
    ("任", "ren"),
    ("华", "hua"),
    ("召", "shao"),
    ("员", "yun"),
    ("宓", "mi"),
    ("缪", "miao"),
    ("翟", "zhai"),
    ("乐", "yue"),
    ("覃", "qin"),
    ("折", "she"),
    ("黑", "he"),
    ("秘", "bi"),
    ("冼", "xian"),
    ("万俟", "mo qi"),
    ("长孙", "zhang sun"),
    ("澹台", "tan tai"),
    ("纪", "ji"),
    ("燕", "yan"),
    ("句", "gou"),
    ("逄", "pang"),
    ("繁", "po"),
    ("种", "chong"),
    ("牟", "mou"),
    ("洗", "xian"),
    ("區", "ou"),
    ("單", "shan"),
];

/// The reading of a name, syllables with spaces between: `wang fu quan`.
/// Characters without a known reading are left as they are.
#[must_use]
pub fn reading(name: &str) -> String {
    if name.is_ascii() {
        return name.to_lowercase();
    }
    let family = surname(name);
    let known = SURNAMES.iter().find(|(word, _)| *word == family);
    let head = known.map_or_else(|| syllables(family), |(_, reading)| (*reading).to_owned());
    let rest = syllables(name.strip_prefix(family).unwrap_or_default());
    if rest.is_empty() { head } else { format!("{head} {rest}") }
}

/// A sentence as tone-numbered syllables for a voice that reads pinyin: `qing3 zuo4 yi1
/// xia4`. Anything that is not a Chinese character becomes a pause.
#[must_use]
pub fn spoken(sentence: &str) -> String {
    let each = sentence.chars().map(|c| match c.to_pinyin() {
        Some(reading) => reading.with_tone_num_end().to_owned(),
        None if c.is_ascii_alphanumeric() => c.to_string(),
        None => ",".to_owned(),
    });
    each.collect::<Vec<_>>().join(" ")
}

fn syllables(text: &str) -> String {
    let each = text.chars().map(|c| c.to_pinyin().map_or_else(|| c.to_string(), |p| p.plain().to_owned()));
    each.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_with_many_readings_are_read_as_surnames() {
        for (name, want) in [
            ("单大勇", "shan da yong"),
            ("曾桂英", "zeng gui ying"),
            ("解永贵", "xie yong gui"),
            ("查世芬", "zha shi fen"),
            ("区德芬", "ou de fen"),
            ("仇玉兰", "qiu yu lan"),
            ("欧阳素芬", "ou yang su fen"),
            ("王福全", "wang fu quan"),
        ] {
            assert_eq!(reading(name), want);
        }
    }

    #[test]
    fn a_sentence_is_spoken_with_tones_and_pauses() {
        assert_eq!(spoken("请坐一下，好"), "qing3 zuo4 yi1 xia4 , hao3");
    }

    #[test]
    fn a_rare_character_does_not_stop_the_reading() {
        assert!(reading("王子㛃").starts_with("wang zi "));
    }
}
