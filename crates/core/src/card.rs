//! The code on a card: `YL1-` + 16 characters of Crockford's base32 + a Luhn
//! mod 32 check character. Opaque, revocable, no personal data.

use serde::Serialize;

use super::ids::{CardId, ResidentId, VolunteerId};
use super::time::Moment;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Prefix of every card code.
pub const PREFIX: &str = "YL1-";

/// The holder of a card. Somebody who is both has the resident's card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// A resident.
    Resident(ResidentId),
    /// A volunteer who is not a resident.
    Volunteer(VolunteerId),
}

impl From<ResidentId> for Holder {
    fn from(id: ResidentId) -> Self {
        Self::Resident(id)
    }
}

impl From<VolunteerId> for Holder {
    fn from(id: VolunteerId) -> Self {
        Self::Volunteer(id)
    }
}

/// A card as staff see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Identifier.
    pub id: CardId,
    /// The whole code.
    pub code: String,
    /// When it was issued.
    pub issued_at: Moment,
    /// When it was revoked.
    pub revoked_at: Option<Moment>,
}

/// A scanned code that belongs to nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownScan {
    /// When.
    pub at: Moment,
    /// The last four characters; the rest is not kept, for privacy.
    pub tail: String,
}

/// A code with a valid check character.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CardCode(String);

impl CardCode {
    /// Makes a code from 80 random bits.
    #[must_use]
    pub fn from_random(random: [u8; 10]) -> Self {
        let bits = random.iter().fold(0u128, |bits, byte| (bits << 8) | u128::from(*byte));
        let body: String =
            (0..16).rev().map(|i| ALPHABET[((bits >> (i * 5)) & 31) as usize] as char).collect();
        let check = check_character(&body);
        Self(format!("{PREFIX}{body}{check}"))
    }

    /// Reads what a scanner typed. Nothing but an exact code passes.
    ///
    /// ```
    /// use daycare_core::card::CardCode;
    ///
    /// let code = CardCode::parse("yl1-0123456789abcdef8").expect("the check character fits");
    /// assert_eq!(code.as_str(), "YL1-0123456789ABCDEF8");
    /// assert!(CardCode::parse("YL1-0123456789ABCDEF9").is_none(), "one character is wrong");
    /// ```
    #[must_use]
    pub fn parse(scanned: &str) -> Option<Self> {
        let code = scanned.to_ascii_uppercase();
        let body = code.strip_prefix(PREFIX)?;
        let known = body.bytes().all(|b| ALPHABET.contains(&b));
        let (number, check) = body.split_at_checked(16)?;
        (known && check.chars().eq([check_character(number)])).then_some(Self(code))
    }

    /// The whole code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last four characters, for staff to read out.
    #[must_use]
    pub fn tail(&self) -> &str {
        super::text::tail(&self.0, 4)
    }
}

/// Luhn mod N over base 32, doubling from the right.
fn check_character(body: &str) -> char {
    let sum: usize = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, b)| {
            let value = ALPHABET.iter().position(|a| *a == b).unwrap_or(0);
            let value = if i % 2 == 0 { value * 2 } else { value };
            value / 32 + value % 32
        })
        .sum();
    ALPHABET[(32 - sum % 32) % 32] as char
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_code_of_the_design_is_valid() {
        assert!(CardCode::parse("YL1-0123456789ABCDEF8").is_some());
        assert!(CardCode::parse("yl1-0123456789abcdef8").is_some());
    }

    #[test]
    fn anything_else_is_refused() {
        for bad in [
            "YL1-0123456789ABCDEF9",
            "YL1-0123456789ABCDE",
            "YL2-0123456789ABCDEF8",
            "YL1-0123456789ABCDEF8 ",
            "YL1-0123456789ABCDEFU",
            "",
            "王福全",
        ] {
            assert!(CardCode::parse(bad).is_none(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn one_wrong_character_is_always_noticed(random: [u8; 10], place in 0usize..17, shift in 1usize..32) {
            let code = CardCode::from_random(random);
            prop_assert_eq!(CardCode::parse(code.as_str()), Some(code.clone()));
            let mut bytes = code.as_str().to_owned().into_bytes();
            let old = ALPHABET.iter().position(|a| *a == bytes[4 + place]).expect("in alphabet");
            bytes[4 + place] = ALPHABET[(old + shift) % 32];
            prop_assert!(CardCode::parse(std::str::from_utf8(&bytes).expect("ascii")).is_none());
        }
    }
}
