//! Type roles: all text sizes in use.

/// How large a resident wants text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum TextScale {
    /// As designed.
    #[default]
    Normal,
    /// A quarter larger.
    Large,
    /// Half as large again.
    Largest,
}

impl TextScale {
    /// Every scale, in the order of the button.
    pub const ALL: [Self; 3] = [Self::Normal, Self::Large, Self::Largest];

    /// Factor applied to text sizes.
    #[must_use]
    pub fn factor(self) -> f32 {
        match self {
            Self::Normal => 1.0,
            Self::Large => 1.25,
            Self::Largest => 1.5,
        }
    }

    /// The next larger scale; after the largest the normal one.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Normal => Self::Large,
            Self::Large => Self::Largest,
            Self::Largest => Self::Normal,
        }
    }
}

/// What a text is for. Resident sizes in logical pixels at 21.5 inches;
/// staff sizes are those of the kiosk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The number of the day.
    Ticket,
    /// The clock at rest.
    Clock,
    /// Title, own name.
    Hero,
    /// A family name on its tile.
    Surname,
    /// The one next step; names on picture cards.
    Action,
    /// Rows, tiles, the call for help.
    Item,
    /// Buttons of the second row, the way back.
    Button,
    /// Languages, small bold buttons.
    Label,
    /// Name of the house.
    House,
    /// Words under an icon.
    Caption,
    /// The line above a title.
    Lead,
    /// The line below a title, places.
    Body,
    /// The line between two buttons.
    Hint,
    /// Date in the strip, second line of a tile. Never smaller.
    Small,
    /// Staff: title of a screen.
    StaffTitle,
    /// Staff: number in a tile.
    StaffNumber,
    /// Staff: name, section.
    StaffName,
    /// Staff: body.
    StaffBody,
}

impl Role {
    /// Size in logical pixels at scale 1.
    #[must_use]
    pub fn px(self) -> f32 {
        match self {
            Self::Ticket => 210.0,
            Self::Clock => 120.0,
            Self::Hero => 92.0,
            Self::Surname => 104.0,
            Self::Action => 72.0,
            Self::Item => 56.0,
            Self::Button => 52.0,
            Self::Label => 44.0,
            Self::House => 40.0,
            Self::Caption => 36.0,
            Self::Lead => 48.0,
            Self::Body => 44.0,
            Self::Hint => 40.0,
            Self::Small => 36.0,
            Self::StaffTitle => 40.0,
            Self::StaffNumber => 48.0,
            Self::StaffName => 28.0,
            Self::StaffBody => 24.0,
        }
    }

    /// Smallest size in logical pixels; 8 mm for residents.
    #[must_use]
    pub fn smallest(self) -> f32 {
        match self {
            Self::StaffTitle | Self::StaffNumber | Self::StaffName | Self::StaffBody => 24.0,
            _ => 33.0,
        }
    }

    /// Whether it is bold.
    #[must_use]
    pub fn bold(self) -> bool {
        !matches!(self, Self::Lead | Self::Body | Self::Hint | Self::Small | Self::StaffBody)
    }
}
