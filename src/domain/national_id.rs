//! The Chinese resident identity number: birth date, sex and check digit
//! (GB 11643-1999, check by ISO 7064 MOD 11-2). The number itself is not kept.

use chrono::NaiveDate;

use super::resident::Sex;

/// What an identity number says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NationalId {
    /// The number in plain upper-case form, for hashing only.
    pub number: String,
    /// Date of birth.
    pub born_on: Option<NaiveDate>,
    /// Sex.
    pub sex: Sex,
    /// Whether the check character fits (15-digit numbers have none).
    pub checksum_ok: bool,
}

/// Reads an 18- or 15-digit number. `None` if it has another shape.
#[must_use]
pub fn parse(raw: &str) -> Option<NationalId> {
    let number: String =
        super::text::tidy(raw).to_uppercase().chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let bytes = number.as_bytes();
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let (birth, order) = match bytes.len() {
        18 if digits(&number[..17]) && (bytes[17].is_ascii_digit() || bytes[17] == b'X') => {
            (number[6..14].to_owned(), bytes[16])
        }
        15 if digits(&number) => (format!("19{}", &number[6..12]), bytes[14]),
        _ => return None,
    };
    Some(NationalId {
        born_on: NaiveDate::parse_from_str(&birth, "%Y%m%d").ok(),
        sex: if (order - b'0') % 2 == 1 { Sex::Male } else { Sex::Female },
        checksum_ok: bytes.len() == 15 || check_character(&number[..17]) == bytes[17] as char,
        number,
    })
}

fn check_character(first17: &str) -> char {
    let sum: usize =
        first17.bytes().enumerate().map(|(i, b)| usize::from(b - b'0') * ((1usize << (17 - i)) % 11)).sum();
    b"10X98765432"[sum % 11] as char
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_valid_number_gives_birth_date_and_sex() {
        let id = parse("51010719360826341x").expect("a number");
        assert!(id.checksum_ok);
        assert_eq!(id.sex, Sex::Male);
        assert_eq!(id.born_on.expect("a date").to_string(), "1936-08-26");
    }

    #[test]
    fn one_wrong_digit_is_noticed() {
        assert!(!parse("510107193608263411").expect("a number").checksum_ok);
        assert!(parse("5101071936").is_none());
    }
}
