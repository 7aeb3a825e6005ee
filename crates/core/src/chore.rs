//! Daily background tasks.

/// A daily task that runs without staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chore {
    /// Closes visits, shifts and bookings of earlier days.
    Close,
    /// Creates the sessions and places of the coming days.
    LayOut,
    /// Writes a backup to the data folder.
    Backup,
    /// Copies the backup to the second location.
    Copy,
    /// Removes remaining copies of the data of an erased person.
    Forget,
}

impl Chore {
    /// Every task, in the order in which they are started.
    pub const ALL: [Self; 5] = [Self::Close, Self::LayOut, Self::Forget, Self::Backup, Self::Copy];

    /// Key of the message shown when it is late.
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

/// The set of tasks that are late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Late([bool; Chore::ALL.len()]);

impl Late {
    /// This set with `chore` added.
    #[must_use]
    pub fn with(mut self, chore: Chore) -> Self {
        self.0[chore as usize] = true;
        self
    }

    /// Whether `chore` is late.
    #[must_use]
    pub fn has(self, chore: Chore) -> bool {
        self.0[chore as usize]
    }

    /// The late tasks.
    pub fn each(self) -> impl Iterator<Item = Chore> {
        Chore::ALL.into_iter().filter(move |chore| self.has(*chore))
    }
}
