//! Decodes a photo file once into a small square JPEG.

use std::path::Path;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageReader, Limits};

use crate::error::{Error, FileFault, Result};

/// Side in pixels: sharp on the largest screen's cards, about 20 kB.
const SIDE: u32 = 320;
const QUALITY: u8 = 85;
/// Largest side in pixels that is accepted; no camera exceeds it.
const MOST: u32 = 12_000;

/// As [`small_square`], from a file.
///
/// # Errors
/// The file cannot be read, or see [`small_square`].
pub fn from_file(path: &Path) -> Result<Vec<u8>> {
    let named = |error| match error {
        Error::File { fault, detail, .. } => Error::bad_file(path, fault, detail),
        other => other,
    };
    small_square(&std::fs::read(path).map_err(|e| Error::file(path, e))?).map_err(named)
}

/// Crops a square from a picture file and scales it down; returns a JPEG.
///
/// # Errors
/// The bytes are not a PNG or JPEG, or the picture is far too large.
pub fn small_square(bytes: &[u8]) -> Result<Vec<u8>> {
    let refused = |e: &dyn std::fmt::Display| Error::bad_file("", FileFault::NotAPhoto, e.to_string());
    let mut reader =
        ImageReader::new(std::io::Cursor::new(bytes)).with_guessed_format().map_err(|e| refused(&e))?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST);
    limits.max_image_height = Some(MOST);
    reader.limits(limits);
    let picture = reader.decode().map_err(|e| refused(&e))?;
    let (width, height) = (picture.width(), picture.height());
    let side = width.min(height);
    // Faces are in the upper part of an upright picture.
    let (x, y) = ((width - side) / 2, (height - side) / 4);
    let square = picture.crop_imm(x, y, side, side).resize_exact(SIDE, SIDE, FilterType::Triangle);
    let mut out = Vec::new();
    DynamicImage::ImageRgb8(square.to_rgb8())
        .write_with_encoder(JpegEncoder::new_with_quality(&mut out, QUALITY))
        .map_err(|e| Error::Internal(e.to_string()))?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = std::io::Cursor::new(Vec::new());
        let picture = image::RgbImage::from_pixel(width, height, image::Rgb([200, 120, 90]));
        picture.write_to(&mut bytes, image::ImageFormat::Png).expect("written");
        bytes.into_inner()
    }

    #[test]
    fn a_photo_becomes_a_small_square_whatever_its_shape() {
        for (width, height) in [(1200, 900), (600, 1000), (20, 20)] {
            let small = small_square(&png(width, height)).expect("a photo");
            let read = image::load_from_memory(&small).expect("a JPEG");
            assert_eq!((read.width(), read.height()), (SIDE, SIDE));
            assert!(small.len() < 40_000, "{}", small.len());
        }
    }

    #[test]
    fn what_is_no_picture_or_a_broken_one_is_refused() {
        assert!(matches!(small_square(b"%PDF-1.7"), Err(Error::File { .. })));
        let mut broken = png(100, 100);
        broken.truncate(60);
        assert!(matches!(small_square(&broken), Err(Error::File { .. })));
        // A header that claims more pixels than any camera has.
        let mut bomb = png(10, 10);
        bomb[16..20].copy_from_slice(&60_000u32.to_be_bytes());
        assert!(small_square(&bomb).is_err());
    }
}
