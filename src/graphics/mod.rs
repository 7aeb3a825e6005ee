//! Graphics shared by screens and paper: bar charts, fonts, photos, pictures.

pub mod bars;
pub(crate) mod fonts;
pub mod photo;
pub(crate) mod pictures;
