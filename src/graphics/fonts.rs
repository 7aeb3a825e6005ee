//! The embedded font files, shared by screens and PDF output.

use std::sync::LazyLock;

use ttf_parser::Face;

/// Noto Sans SC, regular.
pub static HAN: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-Regular.ttf");
/// Noto Sans SC, bold.
pub static HAN_BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-Bold.ttf");
/// Noto Sans, regular.
pub static LATIN: &[u8] = include_bytes!("../../assets/fonts/NotoSans-Regular.ttf");
/// Noto Sans, bold.
pub static LATIN_BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSans-Bold.ttf");

/// Placeholder for a character that no embedded font has, as used in typesetting.
pub const MISSING: char = '〓';

/// Whether a character can be shown and printed.
#[must_use]
pub fn has(c: char) -> bool {
    static FACES: LazyLock<Vec<Face<'static>>> =
        LazyLock::new(|| [HAN, LATIN].into_iter().filter_map(|font| Face::parse(font, 0).ok()).collect());
    c.is_control() || FACES.iter().any(|face| face.glyph_index(c).is_some())
}

/// The characters of a text that can be neither shown nor printed, each once.
#[must_use]
pub fn missing(text: &str) -> Vec<char> {
    let mut missing: Vec<char> = text.chars().filter(|c| !has(*c)).collect();
    missing.sort_unstable();
    missing.dedup();
    missing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_and_less_common_hanzi_have_a_glyph_and_the_rarest_are_known_to_have_none() {
        assert!(missing("王福全 欧阳素芬 䶮 喆 垚 煊 㛃 ABC 123 ，。〓\n").is_empty());
        assert_eq!(missing("陈𮧵𮧵"), ['𮧵']);
    }
}
