//! A card as a picture file, to be printed anywhere.

use std::path::{Path, PathBuf};

use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};

use super::files;
use crate::error::{Error, Result};

/// Pixels a module: 12 mm at 300 dpi stays sharp.
const SCALE: usize = 12;

/// Writes the code as `card-<last four>.png`, with a number where that exists.
///
/// # Errors
/// The folder cannot be written.
pub fn save_png(folder: &Path, code: &str) -> Result<PathBuf> {
    let (side, grey) = pixels(code)?;
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes)
        .write_image(&grey, side, side, ExtendedColorType::L8)
        .map_err(|e| Error::Internal(e.to_string()))?;
    let tail = &code[code.len().saturating_sub(4)..];
    files::save(folder, &format!("card-{tail}"), "png", &bytes)
}

fn pixels(code: &str) -> Result<(u32, Vec<u8>)> {
    crate::qr::pixels(code, SCALE).ok_or_else(|| Error::Internal("card code too long".into()))
}
