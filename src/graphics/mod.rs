//! What screens and papers show alike: the bars of a chart, fonts, photos,
//! pictures.

pub mod bars;
pub(crate) mod fonts;
pub mod photo;
pub(crate) mod pictures;
