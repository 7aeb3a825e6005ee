//! Faults that the simulator of the tests puts in on purpose, to prove that it
//! would see them. Nothing else ever makes one.

/// One fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fault {
    /// As it should be.
    #[default]
    None,
    /// Of two edits at one instant the first wins.
    StrictTie,
    /// A kiosk does not follow the clocks it sees.
    NoFollow,
    /// The hub believes any clock.
    NoClamp,
    /// A restored kiosk numbers on as if nothing had happened.
    SameIncarnation,
    /// Pending edits are not kept in view.
    NoOverlay,
    /// Pending edits are forgotten once the hub says it has them.
    DropOnAck,
    /// The hub takes an op again that it knows from before a restore.
    Forgetful,
    /// The hub takes ops although some before them are missing.
    AnyGap,
    /// The hub gives leased places to anybody.
    NoLeases,
    /// A place is given although somebody has it.
    Overbook,
    /// A guarded column is decided by the clock.
    Unguarded,
    /// A change that lies further ahead is applied at once.
    AnyOrder,
    /// What did not stand is not taken back.
    NoRevert,
    /// An edit wakes what was taken away.
    Undead,
    /// A file may be merged into two others, or two into each other.
    AnyMerge,
}

impl Fault {
    /// Every fault.
    pub const ALL: [Self; 15] = [
        Self::StrictTie,
        Self::NoFollow,
        Self::NoClamp,
        Self::SameIncarnation,
        Self::NoOverlay,
        Self::DropOnAck,
        Self::Forgetful,
        Self::AnyGap,
        Self::NoLeases,
        Self::Overbook,
        Self::Unguarded,
        Self::AnyOrder,
        Self::NoRevert,
        Self::Undead,
        Self::AnyMerge,
    ];
}
