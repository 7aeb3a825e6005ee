//! A card's QR code as a picture file, to be printed anywhere.

use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};

use crate::error::{Error, Result};

/// Pixels per module: sharp when printed 12 mm wide at 300 dpi.
const SCALE: usize = 12;

/// File name of the picture: contains only the last four characters of the code.
#[must_use]
pub fn stem(code: &str) -> String {
    format!("card-{}", daycare_core::text::tail(code, 4))
}

/// The code as a PNG.
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
