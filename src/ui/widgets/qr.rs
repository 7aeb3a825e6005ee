//! QR codes on the screen, black on white in every theme, as scanners need.

use std::fmt::Write as _;

use daycare_core::qr::{QUIET, modules};
use iced::Length;
use iced::widget::svg;

/// The code, filling its area; an empty drawing if the text is too long.
pub fn qr<'a>(text: &str) -> svg::Svg<'a, iced::Theme> {
    let (side, dark) = modules(text).unwrap_or((1, vec![false]));
    let whole = side + 2 * QUIET;
    let mut path = String::new();
    for (at, _) in dark.iter().enumerate().filter(|(_, dark)| **dark) {
        let _ = write!(path, "M{} {}h1v1h-1z", at % side + QUIET, at / side + QUIET);
    }
    let drawing = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}"><rect width="{whole}" height="{whole}" fill="#fff"/><path d="{path}"/></svg>"##
    );
    svg(svg::Handle::from_memory(drawing.into_bytes())).width(Length::Fill).height(Length::Fill)
}
