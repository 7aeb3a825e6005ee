//! Faults that the test simulator injects on purpose, to prove that it would detect them.
//! Production code never uses one.

/// A fault to inject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fault {
    /// No fault.
    #[default]
    None,
    /// Of two edits at the same instant, the first wins.
    StrictTie,
    /// A kiosk does not advance its clock to the ones it sees.
    NoFollow,
    /// The hub accepts any clock value.
    NoClamp,
    /// A restored kiosk continues its numbering as if nothing had happened.
    SameIncarnation,
    /// Pending edits are not kept visible.
    NoOverlay,
    /// Pending edits are dropped once the hub acknowledges them.
    DropOnAck,
    /// The hub applies an op again that it received before a restore.
    Forgetful,
    /// The hub accepts ops even if earlier ones are missing.
    AnyGap,
    /// The hub gives leased places to any kiosk.
    NoLeases,
    /// A place is given even if somebody has it.
    Overbook,
    /// A guarded column is decided by the clock.
    Unguarded,
    /// A change further ahead in the log is applied at once.
    AnyOrder,
    /// Edits that were not applied are not reverted.
    NoRevert,
    /// An update revives a deleted row.
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
