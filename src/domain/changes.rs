//! What a write changed, so that a screen reloads only that.

/// Kinds of rows a write touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Changes {
    /// Residents, cards or pictures.
    pub residents: bool,
    /// Visits and their purposes.
    pub visits: bool,
    /// Calls for help.
    pub calls: bool,
    /// Staff accounts.
    pub staff: bool,
}

impl Changes {
    /// Everything may have changed.
    pub const ALL: Self = Self { residents: true, visits: true, calls: true, staff: true };
    /// Only visits.
    pub const VISITS: Self = Self { residents: false, visits: true, calls: false, staff: false };
    /// Only residents.
    pub const RESIDENTS: Self = Self { residents: true, visits: false, calls: false, staff: false };
    /// Only calls for help.
    pub const CALLS: Self = Self { residents: false, visits: false, calls: true, staff: false };
}
