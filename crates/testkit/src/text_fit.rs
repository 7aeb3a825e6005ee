//! Checks that text is drawn completely: all lines visible, no word broken.

use daycare_kiosk::ui::theme::fonts;
use iced::advanced::text::{Alignment, LineHeight, Paragraph as _, Shaping, Text, Wrapping};
use iced::alignment::Vertical;
use iced::{Pixels, Rectangle, Size};

type Paragraph = <iced::Renderer as iced::advanced::text::Renderer>::Paragraph;

/// Line height as a multiple of the text size.
pub const LEADING: f32 = 1.3;

/// Whether a size of at least `smallest` exists at which exactly the height of
/// `bounds` shows every line of `words`, and no word is broken.
pub fn is_whole(words: &str, bounds: Rectangle, smallest: f32) -> bool {
    let width = bounds.width + 0.5;
    (1u8..=12).map(|lines| bounds.height / LEADING / f32::from(lines)).any(|size| {
        let looks = [false, true].map(|bold| [(bold, Shaping::Auto), (bold, Shaping::Advanced)]);
        size >= smallest - 0.1
            && looks.into_iter().flatten().any(|look| {
                let got = shaped(words, size, look, width, Wrapping::WordOrGlyph);
                let unbroken = shaped(words, size, look, width, Wrapping::Word);
                (got.height - bounds.height).abs() < 1.0 && unbroken.width <= width + 0.5
            })
    })
}

/// The shaped text at a size within a width.
fn shaped(words: &str, size: f32, (bold, shaping): (bool, Shaping), width: f32, wrapping: Wrapping) -> Size {
    let paragraph = Paragraph::with_text(Text {
        content: words,
        bounds: Size::new(width, f32::INFINITY),
        size: Pixels(size),
        line_height: LineHeight::Relative(LEADING),
        font: fonts::for_text(words, bold),
        align_x: Alignment::Left,
        align_y: Vertical::Top,
        shaping,
        wrapping,
    });
    paragraph.min_bounds()
}
