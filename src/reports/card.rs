//! A card as a picture file, to be printed anywhere.

use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};

use crate::error::{Error, Result};

/// Pixels a module: 12 mm at 300 dpi stays sharp.
const SCALE: usize = 12;

/// Name of its file: only the last four characters.
#[must_use]
pub fn stem(code: &str) -> String {
    format!("card-{}", daycare_core::text::tail(code, 4))
}

/// The code as a picture.
///
/// # Errors
/// Only if the picture writer itself fails.
pub fn png(code: &str) -> Result<Vec<u8>> {
    let (side, grey) = pixels(code)?;
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes)
        .write_image(&grey, side, side, ExtendedColorType::L8)
        .map_err(|e| Error::Internal(e.to_string()))?;
    Ok(bytes)
}

fn pixels(code: &str) -> Result<(u32, Vec<u8>)> {
    daycare_core::qr::pixels(code, SCALE).ok_or_else(|| Error::Internal("card code too long".into()))
}
