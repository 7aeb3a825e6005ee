//! What is typed into a file besides the profile, until it is saved.

/// Default length of an absence in days.
const AWAY_DAYS: u64 = 7;

/// Input other than the profile.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) relative: String,
    pub(super) relation: String,
    pub(super) phone: String,
    pub(super) collects: bool,
    pub(super) witness: String,
    pub(super) guardian: String,
    pub(super) away_days: u64,
    pub(super) away_reason: String,
    pub(super) archiving: bool,
    /// The preview of the erasure in words, once it was made, and the reason.
    pub(super) erasing: Option<String>,
    pub(super) erase_reason: String,
}

/// The form of the file whose input is saved by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A new relative.
    Relative,
    /// An absence.
    Away,
    /// A consent, with its witness and guardian.
    Consent,
    /// Something without typed input.
    Other,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            relative: String::new(),
            relation: String::new(),
            phone: String::new(),
            collects: false,
            witness: String::new(),
            guardian: String::new(),
            away_days: AWAY_DAYS,
            away_reason: String::new(),
            archiving: false,
            erasing: None,
            erase_reason: String::new(),
        }
    }
}

impl Draft {
    pub(super) fn is_typed(&self) -> bool {
        let texts =
            [&self.relative, &self.relation, &self.phone, &self.witness, &self.guardian, &self.away_reason];
        texts.into_iter().chain([&self.erase_reason]).any(|text| !text.trim().is_empty())
    }

    /// Empties the form that was saved; what was typed in the others stays.
    pub(super) fn clear(&mut self, part: Part) {
        let before = std::mem::take(self);
        *self = match part {
            Part::Relative => Self {
                relative: String::new(),
                relation: String::new(),
                phone: String::new(),
                collects: false,
                ..before
            },
            Part::Away => Self { away_days: AWAY_DAYS, away_reason: String::new(), ..before },
            Part::Consent => Self { witness: String::new(), guardian: String::new(), ..before },
            Part::Other => before,
        };
    }
}
