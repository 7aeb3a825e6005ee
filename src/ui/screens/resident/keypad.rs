//! Keypad keys and how they edit a number.

/// A key of a keypad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// 0 to 9.
    Digit(char),
    /// 退一格
    Back,
    /// 清除
    Clear,
}

impl Key {
    /// Applies the key to `digits`, which never exceed `longest`.
    pub fn apply(self, digits: &mut String, longest: usize) {
        match self {
            Self::Digit(digit) if digits.len() < longest => digits.push(digit),
            Self::Digit(_) => {}
            Self::Back => drop(digits.pop()),
            Self::Clear => digits.clear(),
        }
    }
}
