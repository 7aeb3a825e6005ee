//! The number on an identity document. Of a Chinese resident identity number
//! (also of the residence permits of Hong Kong, Macau and Taiwan, 81 to 83) it
//! gives birth date, sex and check digit (GB 11643-1999, check by ISO 7064 MOD
//! 11-2). The number itself is not kept.

use chrono::NaiveDate;

use super::resident::Sex;

/// What can be read from a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NationalId {
    /// The number in canonical form, used only for hashing: a 15-digit number is extended to 18
    /// digits, so that both forms give the same hash.
    pub number: String,
    /// The former 15-digit form of the number, for people born before 2000.
    pub short: Option<String>,
    /// Date of birth.
    pub born_on: Option<NaiveDate>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Whether the check character fits (15-digit and foreign numbers have none).
    pub checksum_ok: bool,
}

/// Why a number cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unusable {
    /// A spreadsheet kept it as a number and lost the last digits.
    Rounded,
    /// The format is wrong: too short, too long, or words.
    Shape,
}

/// Significant digits that a spreadsheet keeps of a number.
const KEPT_DIGITS: usize = 15;

/// Reads a number: 18 or 15 digits, or the letters and digits of a passport or a
/// foreign permit, which are kept as they are.
///
/// # Errors
/// [`Unusable`].
pub fn parse(raw: &str) -> Result<NationalId, Unusable> {
    let number: String =
        super::text::tidy(raw).to_uppercase().chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    if is_rounded(&number) {
        return Err(Unusable::Rounded);
    }
    let characters: Vec<char> = number.chars().collect();
    let digits = |part: &[char]| part.iter().all(char::is_ascii_digit);
    match characters.as_slice() {
        [first17 @ .., last] if first17.len() == 17 && digits(first17) => match last {
            '0'..='9' | 'X' => Ok(resident(first17, Some(*last))),
            _ => Err(Unusable::Shape),
        },
        all if all.len() == 15 && digits(all) => {
            let (area, rest) = all.split_at(6);
            let first17: Vec<char> = [area, &['1', '9'], rest].concat();
            Ok(resident(&first17, None))
        }
        all if is_foreign(all) => {
            Ok(NationalId { number, short: None, born_on: None, sex: None, checksum_ok: true })
        }
        _ => Err(Unusable::Shape),
    }
}

/// `5.10107E+17`, or 18 digits that end in three zeros. Only about one genuine number in a
/// thousand ends like that with a valid check digit, and wrongly merging two people is worse
/// than ignoring a number.
fn is_rounded(number: &str) -> bool {
    let scientific = number.contains("E+") && number.chars().all(|c| c.is_ascii_digit() || ".E+".contains(c));
    let zeros = number.len() == 18
        && number.chars().all(|c| c.is_ascii_digit())
        && number.chars().skip(KEPT_DIGITS).all(|c| c == '0');
    scientific || zeros
}

/// One to three letters and at least seven digits: passports, travel permits,
/// foreign permanent residence permits.
fn is_foreign(all: &[char]) -> bool {
    let letters = all.iter().take_while(|c| c.is_ascii_alphabetic()).count();
    let digits = all.iter().skip(letters).filter(|c| c.is_ascii_digit()).count();
    (1..=3).contains(&letters) && digits >= 7 && letters + digits == all.len() && all.len() <= 18
}

fn resident(first17: &[char], last: Option<char>) -> NationalId {
    let check = check_character(first17);
    let part = |from: usize, to: usize| first17.get(from..to).unwrap_or_default().iter().collect::<String>();
    let order = first17.get(16).and_then(|c| c.to_digit(10)).unwrap_or_default();
    NationalId {
        born_on: NaiveDate::parse_from_str(&part(6, 14), "%Y%m%d").ok(),
        sex: Some(if order % 2 == 1 { Sex::Male } else { Sex::Female }),
        checksum_ok: last.is_none_or(|last| last == check),
        number: part(0, 17) + &last.unwrap_or(check).to_string(),
        short: (part(6, 8) == "19").then(|| part(0, 6) + &part(8, 17)),
    }
}

fn check_character(first17: &[char]) -> char {
    let weight = |at: usize| (1u32 << (17 - at.min(17))) % 11;
    let sum: u32 = first17.iter().enumerate().filter_map(|(at, c)| Some(c.to_digit(10)? * weight(at))).sum();
    "10X98765432".chars().nth((sum % 11) as usize).unwrap_or('X')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_valid_number_gives_birth_date_and_sex() {
        let id = parse("51010719360826341x").expect("a number");
        assert!(id.checksum_ok);
        assert_eq!(id.sex, Some(Sex::Male));
        assert_eq!(id.born_on.expect("a date").to_string(), "1936-08-26");
    }

    #[test]
    fn one_wrong_digit_is_noticed() {
        assert!(!parse("510107193608263411").expect("a number").checksum_ok);
        assert_eq!(parse("5101071936"), Err(Unusable::Shape));
    }

    #[test]
    fn fifteen_and_eighteen_digits_of_one_person_are_one_number() {
        let (long, short) = (parse("510103194305110247"), parse("510103430511024"));
        let (long, short) = (long.expect("a number"), short.expect("a number"));
        assert!(long.checksum_ok);
        assert_eq!((&long.number, long.born_on, long.sex), (&short.number, short.born_on, short.sex));
    }

    #[test]
    fn residence_permits_and_foreign_numbers_are_kept_as_they_are() {
        let permit = parse("810000199408230021").expect("a number");
        assert!(permit.checksum_ok && permit.born_on.is_some());
        let foreign = parse("aus110080010101").expect("a number");
        assert_eq!((foreign.number.as_str(), foreign.born_on), ("AUS110080010101", None));
        assert!(parse("H12345678").is_ok());
    }

    #[test]
    fn what_a_spreadsheet_rounded_is_no_number() {
        for text in ["5.10107E+17", "510107194201180000"] {
            assert_eq!(parse(text), Err(Unusable::Rounded), "{text}");
        }
    }

    #[test]
    fn words_of_eighteen_bytes_are_no_number() {
        for text in ["身份证已遗失", "五一〇一〇七", "", "１２３", "51010719360826341é"] {
            assert_eq!(parse(text), Err(Unusable::Shape), "{text}");
        }
    }
}
