//! Cleaning what people type: full-width forms, ideographic spaces, dashes.

/// The normal form of a word, number or code: full-width ASCII becomes half-width; radicals,
/// compatibility and private-use characters become the hanzi they look like; every kind of
/// space becomes one space; invisible characters are removed; ends are trimmed.
#[must_use]
pub fn tidy(raw: &str) -> String {
    spaced(raw.chars().filter_map(plain))
}

/// As [`tidy`], but keeps punctuation as typed: for remarks.
#[must_use]
pub fn prose(raw: &str) -> String {
    let kept = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' if !c.is_alphanumeric() => Some(c),
        c => plain(c),
    };
    spaced(raw.chars().filter_map(kept))
}

fn spaced(chars: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    let mut gap = false;
    for c in chars {
        if c == ' ' {
            gap = !out.is_empty();
        } else {
            if gap {
                out.push(' ');
                gap = false;
            }
            out.push(c);
        }
    }
    out
}

fn plain(c: char) -> Option<char> {
    match c {
        '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => None,
        // Variation selectors choose a drawing, not a character.
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => None,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0),
        c if c.is_whitespace() => Some(' '),
        c if c.is_control() => None,
        c => Some(hanzi(c)),
    }
}

/// The hanzi that a radical, a compatibility character or a private-use code of
/// old Chinese fonts stands for.
fn hanzi(c: char) -> char {
    match c {
        // Kangxi radicals, compatibility ideographs: as Unicode says.
        '\u{2f00}'..='\u{2fd5}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}' => compatible(c),
        '\u{2e80}'..='\u{2ef3}' | '\u{e815}'..='\u{e864}' => {
            LOOK_ALIKE.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to)
        }
        c => c,
    }
}

fn compatible(c: char) -> char {
    let mut plain = c;
    unicode_normalization::char::decompose_compatible(c, |first| plain = first);
    plain
}

/// Radicals with the shape of a hanzi (Unicode's EquivalentUnifiedIdeograph),
/// and hanzi that GBK fonts kept in the private-use area before Unicode had them
/// (GB 18030-2000, rows FE50 to FEA0).
const LOOK_ALIKE: &[(char, char)] = &[
    ('\u{2e81}', '厂'),
    ('\u{2e8c}', '小'),
    ('\u{2e8d}', '小'),
    ('\u{2e9c}', '日'),
    ('\u{2e9d}', '月'),
    ('\u{2e9f}', '母'),
    ('\u{2ea0}', '民'),
    ('\u{2ea7}', '牛'),
    ('\u{2ea9}', '王'),
    ('\u{2eac}', '示'),
    ('\u{2eaf}', '糸'),
    ('\u{2eb6}', '羊'),
    ('\u{2ebc}', '月'),
    ('\u{2ebd}', '臼'),
    ('\u{2ec4}', '西'),
    ('\u{2ec5}', '见'),
    ('\u{2ec6}', '角'),
    ('\u{2ec9}', '贝'),
    ('\u{2ecb}', '车'),
    ('\u{2ed1}', '長'),
    ('\u{2ed3}', '长'),
    ('\u{2ed4}', '门'),
    ('\u{2ed5}', '阜'),
    ('\u{2ed7}', '雨'),
    ('\u{2ed8}', '青'),
    ('\u{2ed9}', '韦'),
    ('\u{2eda}', '页'),
    ('\u{2edb}', '风'),
    ('\u{2edc}', '飞'),
    ('\u{2edd}', '食'),
    ('\u{2ee2}', '马'),
    ('\u{2ee3}', '骨'),
    ('\u{2ee4}', '鬼'),
    ('\u{2ee5}', '鱼'),
    ('\u{2ee6}', '鸟'),
    ('\u{2ee7}', '卤'),
    ('\u{2ee8}', '麦'),
    ('\u{2ee9}', '黄'),
    ('\u{2eea}', '黾'),
    ('\u{2eec}', '齐'),
    ('\u{2eee}', '齿'),
    ('\u{2ef0}', '龙'),
    ('\u{2ef1}', '龜'),
    ('\u{2ef3}', '龟'),
    ('\u{e816}', '𠂇'),
    ('\u{e817}', '𠂉'),
    ('\u{e818}', '𠃌'),
    ('\u{e81a}', '㑳'),
    ('\u{e81b}', '㑇'),
    ('\u{e81e}', '龴'),
    ('\u{e81f}', '㖞'),
    ('\u{e820}', '㘚'),
    ('\u{e821}', '㘎'),
    ('\u{e824}', '㥮'),
    ('\u{e825}', '㤘'),
    ('\u{e826}', '龵'),
    ('\u{e827}', '㧏'),
    ('\u{e828}', '㧟'),
    ('\u{e829}', '㩳'),
    ('\u{e82a}', '㧐'),
    ('\u{e82b}', '龶'),
    ('\u{e82c}', '龷'),
    ('\u{e82d}', '㭎'),
    ('\u{e82e}', '㱮'),
    ('\u{e82f}', '㳠'),
    ('\u{e831}', '𡗗'),
    ('\u{e832}', '龸'),
    ('\u{e834}', '䁖'),
    ('\u{e835}', '䅟'),
    ('\u{e837}', '䌷'),
    ('\u{e83b}', '𢦏'),
    ('\u{e83c}', '䎱'),
    ('\u{e83d}', '䎬'),
    ('\u{e83f}', '䏝'),
    ('\u{e840}', '䓖'),
    ('\u{e841}', '䙡'),
    ('\u{e842}', '䙌'),
    ('\u{e843}', '龹'),
    ('\u{e844}', '䜣'),
    ('\u{e845}', '䜩'),
    ('\u{e846}', '䝼'),
    ('\u{e847}', '䞍'),
    ('\u{e849}', '䥇'),
    ('\u{e84a}', '䥺'),
    ('\u{e84b}', '䥽'),
    ('\u{e84c}', '䦂'),
    ('\u{e84d}', '䦃'),
    ('\u{e84e}', '䦅'),
    ('\u{e84f}', '䦆'),
    ('\u{e850}', '䦟'),
    ('\u{e851}', '䦛'),
    ('\u{e852}', '䦷'),
    ('\u{e853}', '䦶'),
    ('\u{e854}', '龺'),
    ('\u{e855}', '𤇾'),
    ('\u{e856}', '䲣'),
    ('\u{e857}', '䲟'),
    ('\u{e858}', '䲠'),
    ('\u{e859}', '䲡'),
    ('\u{e85a}', '䱷'),
    ('\u{e85b}', '䲢'),
    ('\u{e85c}', '䴓'),
    ('\u{e85d}', '䴔'),
    ('\u{e85e}', '䴕'),
    ('\u{e85f}', '䴖'),
    ('\u{e860}', '䴗'),
    ('\u{e861}', '䴘'),
    ('\u{e862}', '䴙'),
    ('\u{e863}', '䶮'),
    ('\u{e864}', '龻'),
];

/// Variants of the dot between parts of a name, as keyboards produce them.
const DOTS: &[char] = &['•', '‧', '・', '･', '∙', '⋅', '．', '.', '﹒', '●', '᛫'];

/// The normal form of a name. A Chinese name loses its spaces, and its parts are joined by an
/// interpunct; a Latin name keeps its spaces.
#[must_use]
pub fn person_name(raw: &str) -> String {
    let name = tidy(raw);
    if name.chars().any(|c| c.is_ascii_alphabetic()) {
        return name;
    }
    name.chars().filter(|c| *c != ' ').map(|c| if DOTS.contains(&c) { '·' } else { c }).collect()
}

/// Whether the text contains replacement characters, which programs write for characters that
/// their encoding lacks.
#[must_use]
pub fn has_lost_characters(text: &str) -> bool {
    text.contains(['\u{fffd}', '□', '〓'])
        || text.chars().any(|c| c >= '\u{2e80}') && text.trim_end_matches(['？']).contains('?')
}

/// The digits of a phone number without the usual separators; `None` if it contains anything
/// else.
#[must_use]
pub fn phone(raw: &str) -> Option<String> {
    let tidy = tidy(raw);
    let digits: String =
        tidy.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '+' | '—' | '–')).collect();
    if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let digits = match digits.strip_prefix("86") {
        Some(rest) if rest.len() == 11 => rest.to_owned(),
        _ => digits,
    };
    (7..=12).contains(&digits.len()).then_some(digits)
}

/// The last `count` characters.
#[must_use]
pub fn tail(text: &str, count: usize) -> &str {
    let at = text.char_indices().rev().nth(count.saturating_sub(1)).map_or(0, |(at, _)| at);
    text.get(at..).unwrap_or_default()
}

/// Whether a spreadsheet would read the cell as a formula.
#[must_use]
pub fn looks_like_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Bytes as hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Hexadecimal digits as bytes; `None` where the text is not hexadecimal.
#[must_use]
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_digits_and_ideographic_spaces_become_plain() {
        assert_eq!(tidy("　１３８ ０１ \u{feff}"), "138 01");
        assert_eq!(person_name("曹　桂芳 "), "曹桂芳");
        assert_eq!(person_name("Anna  Li"), "Anna Li");
    }

    #[test]
    fn one_name_in_several_spellings_has_one_form() {
        for dot in ["·", "•", "‧", "・", "．", ".", " · "] {
            assert_eq!(person_name(&format!("扎西{dot}多吉")), "扎西·多吉", "{dot}");
        }
        assert_eq!(person_name("龚\u{e863}"), "龚䶮");
        assert_eq!(person_name("\u{2fbc}桂华"), "高桂华");
        assert_eq!(person_name("\u{2ee2}国\u{f9f4}"), "马国林");
        assert_eq!(person_name("葛\u{e0100}明"), "葛明");
        assert!(
            has_lost_characters("陈?") && has_lost_characters("陈\u{fffd}") && !has_lost_characters("陈")
        );
        assert!(!has_lost_characters("Ann?"));
    }

    #[test]
    fn a_remark_keeps_its_punctuation() {
        assert_eq!(prose(" 听力不好，\n说话大声！ １２ "), "听力不好， 说话大声！ 12");
    }

    #[test]
    fn a_tail_never_cuts_a_character() {
        assert_eq!(
            (tail("ABCDEF", 4), tail("王芳", 4), tail("身份证", 1), tail("", 4)),
            ("CDEF", "王芳", "证", "")
        );
    }

    #[test]
    fn a_phone_keeps_its_digits_and_refuses_words() {
        assert_eq!(phone("139 0878-9042").as_deref(), Some("13908789042"));
        assert_eq!(phone("+86 13908789042").as_deref(), Some("13908789042"));
        assert_eq!(phone("没有"), None);
        assert_eq!(phone(""), None);
    }
}
