//! Colours. Every pair that text is drawn in has a contrast of at least 7:1.

use iced::Color;

const fn rgb(hex: u32) -> Color {
    #[expect(clippy::cast_possible_truncation, reason = "three bytes of a colour")]
    Color::from_rgb8((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// The colours of one theme.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Palette {
    /// Page.
    pub paper: Color,
    /// Header.
    pub sand: Color,
    /// Footer band.
    pub foot: Color,
    /// Cards and secondary buttons.
    pub card: Color,
    /// Text.
    pub ink: Color,
    /// Date, disabled words.
    pub muted: Color,
    /// Edges of targets.
    pub line: Color,
    /// Edges of display cards, dividers.
    pub hair: Color,
    /// Primary bar, success disc, selected edge.
    pub green: Color,
    /// Text on it.
    pub on_green: Color,
    /// Primary bar, pressed.
    pub green_dark: Color,
    /// Selected fill, header of success screens.
    pub tint: Color,
    /// Secondary button, pressed.
    pub pressed: Color,
    /// Call for help.
    pub amber: Color,
    /// Its edge.
    pub amber_line: Color,
    /// Call for help as the main action, or pressed.
    pub amber_high: Color,
    /// Text on that.
    pub on_amber_high: Color,
    /// The seal only.
    pub seal: Color,
    /// Marks on the seal.
    pub on_seal: Color,
    /// Full or waiting; plain note strips.
    pub off: Color,
    /// Discs behind pictures.
    pub discs: [Color; 6],
    /// Hills, back to front.
    pub hills: [Color; 3],
    /// Hills of a success screen.
    pub hills_success: [Color; 3],
    /// The sun.
    pub sun: Color,
    /// Needs a person now; errors (staff).
    pub red: Color,
    /// Ground of such a notice (staff).
    pub red_soft: Color,
    /// Ground of what is incomplete (staff).
    pub amber_soft: Color,
    /// Information, expected (staff).
    pub blue: Color,
    /// Navigation, table heads, form areas (staff).
    pub sunk: Color,
    /// Border of a control (staff).
    pub edge: Color,
    /// Whether this is the black theme.
    pub dark: bool,
}

/// Warm light, the default.
pub static LIGHT: Palette = Palette {
    paper: rgb(0xFF_FDF5),
    sand: rgb(0xF6_EEDD),
    foot: rgb(0xEF_E6D2),
    card: rgb(0xFF_FFFF),
    ink: rgb(0x1A_1A1A),
    muted: rgb(0x4A_4A4A),
    line: rgb(0x6B_6257),
    hair: rgb(0xD9_CDB5),
    green: rgb(0x00_592B),
    on_green: rgb(0xFF_FFFF),
    green_dark: rgb(0x00_3F1E),
    tint: rgb(0xE4_F1E6),
    pressed: rgb(0xE6_DECB),
    amber: rgb(0xFF_E3A0),
    amber_line: rgb(0x7A_5600),
    amber_high: rgb(0xFF_C933),
    on_amber_high: rgb(0x1A_1A1A),
    seal: rgb(0x9B_1C1C),
    on_seal: rgb(0xFF_FFFF),
    off: rgb(0xEE_E7D8),
    discs: [rgb(0xFB_E7C6), rgb(0xE1_EEDD), rgb(0xFA_DFD8), rgb(0xDC_EAF0), rgb(0xEF_E3F0), rgb(0xF3_EBCB)],
    hills: [rgb(0xE9_E3C9), rgb(0xD3_DFC3), rgb(0xAF_CBA9)],
    hills_success: [rgb(0xD3_E6D2), rgb(0xBF_DABF), rgb(0xA4_C9A6)],
    sun: rgb(0xF2_B25C),
    red: rgb(0x9B_1C1C),
    red_soft: rgb(0xFB_EAE8),
    amber_soft: rgb(0xFF_F4D1),
    blue: rgb(0x0B_4A8F),
    sunk: rgb(0xF5_F2E8),
    edge: rgb(0x85_806F),
    dark: false,
};

/// Yellow and white on black.
pub static DARK: Palette = Palette {
    paper: rgb(0x00_0000),
    sand: rgb(0x00_0000),
    foot: rgb(0x00_0000),
    card: rgb(0x00_0000),
    ink: rgb(0xFF_FFFF),
    muted: rgb(0xFF_FFFF),
    line: rgb(0xFF_E94A),
    hair: rgb(0xFF_E94A),
    green: rgb(0xFF_E94A),
    on_green: rgb(0x00_0000),
    green_dark: rgb(0xFF_FFFF),
    tint: rgb(0x33_2E00),
    pressed: rgb(0x33_2E00),
    amber: rgb(0x00_0000),
    amber_line: rgb(0xFF_FFFF),
    amber_high: rgb(0xFF_E94A),
    on_amber_high: rgb(0x00_0000),
    seal: rgb(0xFF_E94A),
    on_seal: rgb(0x00_0000),
    off: rgb(0x00_0000),
    discs: [rgb(0xFF_FFFF); 6],
    hills: [rgb(0x00_0000); 3],
    hills_success: [rgb(0x00_0000); 3],
    sun: rgb(0xFF_E94A),
    red: rgb(0xFF_E94A),
    red_soft: rgb(0x33_2E00),
    amber_soft: rgb(0x33_2E00),
    blue: rgb(0xFF_FFFF),
    sunk: rgb(0x00_0000),
    edge: rgb(0xFF_E94A),
    dark: true,
};

/// Contrast of two colours by WCAG 2.2.
#[must_use]
pub fn contrast(a: Color, b: Color) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(color: Color) -> f32 {
    let linear = |c: f32| if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
    0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)
}

/// `#rrggbb`, for drawings.
#[must_use]
pub fn hex(color: Color) -> String {
    let [r, g, b, _] = color.into_rgba8();
    format!("#{r:02x}{g:02x}{b:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c1_every_text_has_seven_to_one_in_both_themes() {
        for p in [&LIGHT, &DARK] {
            let mut pairs = vec![
                (p.ink, p.paper),
                (p.ink, p.sand),
                (p.ink, p.foot),
                (p.ink, p.card),
                (p.ink, p.tint),
                (p.ink, p.amber),
                (p.ink, p.pressed),
                (p.on_amber_high, p.amber_high),
                (p.on_green, p.green),
                (p.on_green, p.green_dark),
                (p.muted, p.paper),
                (p.muted, p.sand),
                (p.muted, p.foot),
                (p.muted, p.off),
                (p.on_seal, p.seal),
                (p.ink, p.sunk),
                (p.ink, p.amber_soft),
                (p.ink, p.red_soft),
            ];
            if !p.dark {
                pairs.extend([(p.card, p.red), (p.card, p.blue), (p.green, p.tint)]);
            }
            for (text, ground) in pairs {
                let got = contrast(text, ground);
                assert!(got >= 7.0, "{} on {}: {got:.2}", hex(text), hex(ground));
            }
        }
    }

    #[test]
    fn c2_every_edge_of_a_target_has_three_to_one() {
        for p in [&LIGHT, &DARK] {
            for ground in [p.paper, p.sand, p.foot, p.card] {
                assert!(contrast(p.line, ground) >= 3.0);
                assert!(contrast(p.green, ground) >= 3.0);
            }
            assert!(contrast(p.amber_line, p.foot) >= 3.0);
            assert!(contrast(p.edge, p.paper) >= 3.0 && contrast(p.edge, p.sunk) >= 3.0);
        }
    }
}
