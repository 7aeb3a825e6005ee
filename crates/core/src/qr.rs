//! QR codes as modules and pixels. Screens draw them, reports write them to files.

use qrcode::{Color, EcLevel, QrCode};

/// Width of the quiet zone in modules, as the standard requires.
pub const QUIET: usize = 4;

/// Length in bytes up to which a code gets strong error correction; a card's code is shorter.
const LONG: usize = 100;

/// The modules of a code: side length, and which are dark, row by row.
#[must_use]
pub fn modules(text: &str) -> Option<(usize, Vec<bool>)> {
    // A card is worn and scratched and needs strong error correction. A calendar entry is read
    // right away off a screen, where large modules matter more.
    let level = if text.len() <= LONG { EcLevel::Q } else { EcLevel::L };
    let code = QrCode::with_error_correction_level(text, level).ok()?;
    let dark = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
    Some((code.width(), dark))
}

/// Grey pixels of the code with its quiet zone, `scale` pixels a module.
#[must_use]
pub fn pixels(text: &str, scale: usize) -> Option<(u32, Vec<u8>)> {
    let (side, dark) = modules(text)?;
    let whole = (side + 2 * QUIET) * scale;
    let mut grey = vec![255u8; whole * whole];
    for (at, _) in dark.iter().enumerate().filter(|(_, dark)| **dark) {
        let (x, y) = ((at % side + QUIET) * scale, (at / side + QUIET) * scale);
        for row in y..y + scale {
            grey[row * whole + x..row * whole + x + scale].fill(0);
        }
    }
    Some((u32::try_from(whole).ok()?, grey))
}

/// The code for a terminal: two rows of modules a line, light on dark.
#[must_use]
pub fn half_blocks(text: &str) -> Option<String> {
    let (side, dark) = modules(text)?;
    let is_dark = |x: usize, y: usize| {
        let inside = (QUIET..side + QUIET).contains(&x) && (QUIET..side + QUIET).contains(&y);
        inside && dark[(y - QUIET) * side + (x - QUIET)]
    };
    let line = |y: usize| {
        let marks = (0..side + 2 * QUIET).map(|x| match (is_dark(x, y), is_dark(x, y + 1)) {
            (true, true) => ' ',
            (true, false) => '▄',
            (false, true) => '▀',
            (false, false) => '█',
        });
        marks.collect::<String>()
    };
    Some((0..side + 2 * QUIET).step_by(2).map(line).collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::CardCode;

    #[test]
    fn a_drawn_card_is_read_again_as_the_same_code() {
        let code = CardCode::from_random([0xa5; 10]);
        let (side, grey) = pixels(code.as_str(), 6).expect("drawn");
        let side = side as usize;
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| grey[y * side + x]);
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        let (_, read) = grids[0].decode().expect("readable");
        assert_eq!(CardCode::parse(&read), Some(code));
    }
}
