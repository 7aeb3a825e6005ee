//! What the program does by itself once a day.

/// A daily task that needs nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chore {
    /// Visits, shifts and bookings of earlier days are closed.
    Close,
    /// Sessions and places of the coming days are laid out.
    LayOut,
    /// A backup in the data folder.
    Backup,
    /// Its copy at the second place.
    Copy,
    /// Copies of somebody who was erased are removed.
    Forget,
}

impl Chore {
    /// All, in the order in which they are begun.
    pub const ALL: [Self; 5] = [Self::Close, Self::LayOut, Self::Forget, Self::Backup, Self::Copy];

    /// Key of the words that say it is late.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Close => "late-close",
            Self::LayOut => "late-lay-out",
            Self::Backup => "late-backup",
            Self::Copy => "late-copy",
            Self::Forget => "late-forget",
        }
    }
}

impl std::fmt::Display for Chore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Close => "closing earlier days",
            Self::LayOut => "laying out sessions",
            Self::Backup => "backup",
            Self::Copy => "copy of the backup",
            Self::Forget => "forgetting copies of the erased",
        })
    }
}

/// Those that are late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Late([bool; Chore::ALL.len()]);

impl Late {
    /// The same and one more.
    #[must_use]
    pub fn with(mut self, chore: Chore) -> Self {
        self.0[chore as usize] = true;
        self
    }

    /// Whether one is late.
    #[must_use]
    pub fn has(self, chore: Chore) -> bool {
        self.0[chore as usize]
    }

    /// Each that is late.
    pub fn each(self) -> impl Iterator<Item = Chore> {
        Chore::ALL.into_iter().filter(move |chore| self.has(*chore))
    }
}
