//! Our own drawings: seal, hills, card over the reader, countdown ring.

use std::fmt::Write as _;

use iced::Length;
use iced::widget::svg;

use crate::ui::theme::Palette;
use crate::ui::theme::palette::hex;

type Drawing<'a> = svg::Svg<'a, iced::Theme>;

fn drawing<'a>(width: f32, height: f32, body: &str) -> Drawing<'a> {
    let text = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" preserveAspectRatio="none">{body}</svg>"#
    );
    svg(svg::Handle::from_memory(text.into_bytes())).width(Length::Fill).height(Length::Fill)
}

/// The seal of the house: sun over water.
pub fn seal<'a>(palette: &Palette) -> Drawing<'a> {
    let (ground, mark) = (hex(palette.seal), hex(palette.on_seal));
    let mut rays = String::new();
    for degrees in [0, 45, 90, 135, 180] {
        let _ =
            write!(rays, r#"<path d="M0 -13 V -17" transform="translate(32 29) rotate({})"/>"#, degrees - 90);
    }
    let body = format!(
        r#"<rect width="64" height="64" rx="12" fill="{ground}"/>
        <g fill="none" stroke="{mark}" stroke-width="2.5" stroke-linecap="round">
        <rect x="5" y="5" width="54" height="54" rx="8"/>{rays}
        <path d="M14 42 q6 -6 12 0 t12 0 t12 0"/><path d="M14 51 q6 -6 12 0 t12 0 t12 0"/></g>
        <circle cx="32" cy="29" r="9" fill="{mark}"/>"#
    );
    drawing(64.0, 64.0, &body)
}

/// Hills along the foot of a header; with the sun on the first page.
pub fn hills<'a>(palette: &Palette, width: f32, height: f32, with_sun: bool, success: bool) -> Drawing<'a> {
    let colors = if success { palette.hills_success } else { palette.hills };
    let outline = if palette.dark {
        format!(r#"stroke="{}" stroke-width="3""#, hex(palette.line))
    } else {
        String::new()
    };
    let paths = [
        "M0 .62h C .1w .35h .2w .2h .3w .48h S .48w .75h .6w .5h S .8w .4h w .66h V h H 0 Z",
        "M0 .86h C .12w .6h .26w .66h .4w .82h S .66w .5h .78w .62h S .92w .78h w .7h V h H 0 Z",
        "M0 .9h C .2w 1.02h .34w .76h .52w .9h S .8w h w .84h V h H 0 Z",
    ];
    let mut body = String::new();
    if with_sun {
        let _ = write!(
            body,
            r#"<circle cx="{}" cy="{}" r="60" fill="{}"/>"#,
            0.8 * width,
            0.38 * height,
            hex(palette.sun)
        );
    }
    for (path, color) in paths.iter().zip(colors) {
        let _ =
            write!(body, r#"<path d="{}" fill="{}" {outline}/>"#, measured(path, width, height), hex(color));
    }
    drawing(width, height, &body)
}

/// Replaces placeholders such as `.3w` and `.48h` by coordinates.
fn measured(path: &str, width: f32, height: f32) -> String {
    let mut out = String::new();
    for word in path.split(' ') {
        let letters: String = word.chars().take_while(char::is_ascii_uppercase).collect();
        let rest = word.strip_prefix(letters.as_str()).unwrap_or_default();
        let value = match (rest.strip_suffix('w'), rest.strip_suffix('h')) {
            (Some(part), _) => Some(part.parse().unwrap_or(1.0) * width),
            (_, Some(part)) => Some(part.parse().unwrap_or(1.0) * height),
            _ => rest.parse().ok(),
        };
        let _ = match value {
            Some(value) => write!(out, "{letters}{value} "),
            None => write!(out, "{letters} "),
        };
    }
    out
}

/// A card on its way to the reader.
pub fn card_over_reader<'a>(palette: &Palette) -> Drawing<'a> {
    let (card, line, green) = (hex(palette.card), hex(palette.line), hex(palette.green));
    let (ink, reader) = (hex(palette.ink), hex(palette.off));
    let mut squares = String::new();
    // Only looks like a QR code, so that nothing can be scanned off the screen.
    for (row, bits) in
        [0b101_0110_u32, 0b011_1001, 0b110_0101, 0b001_1110, 0b101_1011, 0b010_0110, 0b111_0001]
            .iter()
            .enumerate()
    {
        for column in 0..7 {
            if bits >> column & 1 == 1 {
                let _ = write!(
                    squares,
                    r#"<rect x="{}" y="{}" width="14" height="14"/>"#,
                    195 + column * 14,
                    66 + row * 14
                );
            }
        }
    }
    let corner = |x: u32, y: u32| {
        format!(
            r#"<rect x="{x}" y="{y}" width="36" height="36" fill="{card}"/><rect x="{}" y="{}" width="26" height="26" fill="none" stroke="{ink}" stroke-width="8"/>"#,
            x + 5,
            y + 5
        )
    };
    let body = format!(
        r#"<rect x="5" y="5" width="320" height="196" rx="20" fill="{card}" stroke="{line}" stroke-width="4"/>
        <path d="M7 44 V25 a18 18 0 0 1 18 -18 H305 a18 18 0 0 1 18 18 V44 Z" fill="{green}"/>
        <circle cx="92" cy="100" r="26" fill="none" stroke="{ink}" stroke-width="7"/>
        <path d="M48 172 q0 -38 44 -38 t44 38" fill="none" stroke="{ink}" stroke-width="7" stroke-linecap="round"/>
        <g fill="{ink}">{squares}</g>{}{}{}
        <g fill="none" stroke="{green}" stroke-width="10" stroke-linecap="round" stroke-linejoin="round">
        <path d="M122 224 l43 34 l43 -34"/><path d="M122 266 l43 34 l43 -34"/></g>
        <rect x="24" y="322" width="282" height="74" rx="14" fill="{reader}" stroke="{line}" stroke-width="4"/>
        <rect x="60" y="344" width="210" height="13" rx="6" fill="{ink}"/>
        <circle cx="165" cy="377" r="7" fill="{green}"/>"#,
        corner(191, 62),
        corner(260, 62),
        corner(191, 132),
    );
    drawing(330.0, 402.0, &body)
}

/// A ticket with a tear line `stub` px from its right edge.
pub fn ticket<'a>(palette: &Palette, width: f32, height: f32, stub: f32) -> Drawing<'a> {
    let (fill, edge) = (hex(palette.card), hex(palette.line));
    let (right, bottom, tear) = (width - 2.0, height - 2.0, width - stub);
    let (before, after) = (tear - 26.0, tear + 26.0);
    let body = format!(
        r#"<path d="M38 2 H{before} a26 26 0 0 0 52 0 H{} a36 36 0 0 1 36 36 V{} a36 36 0 0 1 -36 36 H{after} a26 26 0 0 0 -52 0 H38 a36 36 0 0 1 -36 -36 V38 a36 36 0 0 1 36 -36 Z" fill="{fill}" stroke="{edge}" stroke-width="3"/>
        <path d="M{tear} 44 V{}" stroke="{edge}" stroke-width="4" stroke-linecap="round" stroke-dasharray="1 14"/>"#,
        right - 36.0,
        bottom - 36.0,
        height - 44.0,
    );
    drawing(width, height, &body)
}

/// A countdown ring; `part` is what is left, 0 to 1.
pub fn ring<'a>(palette: &Palette, part: f32) -> Drawing<'a> {
    let (full, rest) = (hex(palette.green), hex(palette.off));
    let length = std::f32::consts::TAU * 182.0;
    let left = length * part.clamp(0.0, 1.0);
    let body = format!(
        r#"<g fill="none" stroke-width="36"><circle cx="200" cy="200" r="182" stroke="{rest}"/>
        <circle cx="200" cy="200" r="182" stroke="{full}" stroke-linecap="round" stroke-dasharray="{left} {length}"
        transform="rotate(-90 200 200)"/></g>"#
    );
    drawing(400.0, 400.0, &body)
}

/// A filled ring with a check, or an empty one.
pub fn tick<'a>(palette: &Palette, on: bool) -> Drawing<'a> {
    let (green, white, line) = (hex(palette.green), hex(palette.on_green), hex(palette.line));
    let body = if on {
        format!(
            r#"<circle cx="24" cy="24" r="24" fill="{green}"/><path d="M13 24 l8 8 l14 -15" fill="none" stroke="{white}" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/>"#
        )
    } else {
        format!(r#"<circle cx="24" cy="24" r="22" fill="none" stroke="{line}" stroke-width="4"/>"#)
    };
    drawing(48.0, 48.0, &body)
}
