//! Cleaning what people type: full-width forms, ideographic spaces, dashes.

/// Full-width ASCII becomes plain, every kind of space becomes one space,
/// invisible characters go, ends are trimmed.
#[must_use]
pub fn tidy(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut gap = false;
    for c in raw.chars().filter_map(plain) {
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
        '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' => None,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0),
        c if c.is_whitespace() => Some(' '),
        c if c.is_control() => None,
        c => Some(c),
    }
}

/// A Chinese name loses the spaces inside; a Latin one keeps them.
#[must_use]
pub fn person_name(raw: &str) -> String {
    let name = tidy(raw);
    if name.chars().any(|c| c.is_ascii_alphabetic()) { name } else { name.replace(' ', "") }
}

/// Digits only, where the rest is what people put between digits.
/// `None` if anything else is in it.
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

/// A spreadsheet reads a cell that begins like this as a formula.
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

/// Hexadecimal digits as bytes; nothing where they are none.
#[must_use]
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
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
    fn a_phone_keeps_its_digits_and_refuses_words() {
        assert_eq!(phone("139 0878-9042").as_deref(), Some("13908789042"));
        assert_eq!(phone("+86 13908789042").as_deref(), Some("13908789042"));
        assert_eq!(phone("没有"), None);
        assert_eq!(phone(""), None);
    }
}
