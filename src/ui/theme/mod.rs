//! The visual design: colours, type, measures, fonts. Raw sizes and colours are used nowhere
//! else.

pub mod fonts;
pub mod metrics;
pub mod palette;
pub mod type_roles;

pub use metrics::{Rect, Shape};
pub use palette::Palette;
pub use type_roles::{Role, TextScale};

/// Everything a widget needs to know to draw itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// Colours of the theme in use.
    pub palette: &'static Palette,
    /// How large text is.
    pub scale: TextScale,
    /// Portrait or landscape.
    pub shape: Shape,
    /// Whether the screen is mirrored for the left hand.
    pub left_handed: bool,
}

impl Look {
    /// Pixels of a role at the chosen text scale.
    #[must_use]
    pub fn px(self, role: Role) -> f32 {
        role.px() * self.scale.factor()
    }
}
