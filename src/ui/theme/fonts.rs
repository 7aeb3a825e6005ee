//! The embedded fonts; no system fonts are used.

use std::borrow::Cow;

use iced::Font;
use iced::font::Weight;

use crate::graphics::fonts;

/// Chinese and everything else.
const HAN: &str = "Noto Sans SC";
/// Latin text: a Chinese font draws the apostrophe of O'Neill full-width.
const LATIN: &str = "Noto Sans";

/// The bytes of every font that is loaded.
#[must_use]
pub fn all() -> [Cow<'static, [u8]>; 4] {
    [fonts::HAN, fonts::HAN_BOLD, fonts::LATIN, fonts::LATIN_BOLD].map(Cow::Borrowed)
}

/// The font of the program.
pub const DEFAULT: Font = Font::with_name(HAN);

/// The font for a text: Latin letters without any hanzi get the Latin font.
/// Digits stay with the Chinese font, whose digits share one width.
#[must_use]
pub fn for_text(text: &str, bold: bool) -> Font {
    let latin = text.chars().any(char::is_alphabetic) && text.chars().all(|c| c < '\u{2e80}');
    let family = if latin { LATIN } else { HAN };
    Font { weight: if bold { Weight::Bold } else { Weight::Normal }, ..Font::with_name(family) }
}
