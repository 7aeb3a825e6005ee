//! Paper: text, lines, grounds and codes at places in millimetres, as PDF
//! with the fonts of the program embedded (only the glyphs that are used).

use krilla::Document;
use krilla::color::luma;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Paint};
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};

use crate::error::{Error, Result};
use crate::font_files;
use crate::qr;

/// Points a millimetre.
const PT: f32 = 72.0 / 25.4;

/// A text: where its baseline begins, how large in points.
#[derive(Debug, Clone, PartialEq)]
struct Words {
    x: f32,
    y: f32,
    size: f32,
    bold: bool,
    text: String,
}

/// A filled rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Box {
    x: f32,
    y: f32,
    width: f32,
    height: f32,
    grey: u8,
}

/// One page under construction.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    words: Vec<Words>,
    boxes: Vec<Box>,
}

impl Page {
    /// Text whose baseline begins at x, y, `size` in points.
    pub fn text(&mut self, (x, y): (f32, f32), size: f32, bold: bool, text: impl Into<String>) {
        self.words.push(Words { x, y, size, bold, text: text.into() });
    }

    /// Text that ends at x.
    pub fn text_right(&mut self, (x, y): (f32, f32), size: f32, bold: bool, text: &str) {
        self.text((x - width(text, size), y), size, bold, text);
    }

    /// Text around x.
    pub fn text_centred(&mut self, (x, y): (f32, f32), size: f32, bold: bool, text: &str) {
        self.text((x - width(text, size) / 2.0, y), size, bold, text);
    }

    /// A ground of a grey, 0 black to 255 white.
    pub fn ground(&mut self, (x, y): (f32, f32), (width, height): (f32, f32), grey: u8) {
        self.boxes.push(Box { x, y, width, height, grey });
    }

    /// A horizontal line.
    pub fn line(&mut self, (x, y): (f32, f32), length: f32, thick: f32) {
        self.ground((x, y), (length, thick), 0);
    }

    /// A QR code with its quiet zone, `side` wide.
    pub fn code(&mut self, (x, y): (f32, f32), side: f32, text: &str) {
        let Some((modules, dark)) = qr::modules(text) else { return };
        #[expect(clippy::cast_precision_loss, reason = "a code has at most 177 modules")]
        let unit = side / (modules + 2 * qr::QUIET) as f32;
        for (at, _) in dark.iter().enumerate().filter(|(_, dark)| **dark) {
            #[expect(clippy::cast_precision_loss, reason = "a code has at most 177 modules")]
            let (column, row) = ((at % modules + qr::QUIET) as f32, (at / modules + qr::QUIET) as f32);
            // A hair over: no white seams between modules.
            self.ground((x + column * unit, y + row * unit), (unit * 1.02, unit * 1.02), 0);
        }
    }
}

/// Rough width of a text in millimetres: hanzi are square, digits and Latin
/// letters about half as wide.
#[must_use]
pub fn width(text: &str, size: f32) -> f32 {
    let ems: f32 = text.chars().map(|c| if c < '\u{2e80}' { 0.56 } else { 1.0 }).sum();
    ems * size / PT
}

/// Writes pages of `width` x `height` millimetres.
///
/// # Errors
/// A font cannot be read, or a size is impossible: our own fault.
pub fn write((width, height): (f32, f32), title: &str, pages: &[Page]) -> Result<Vec<u8>> {
    let fault = |what: &str| Error::Internal(format!("paper: {what}"));
    let font = |bytes: &'static [u8]| Font::new(bytes.into(), 0).ok_or_else(|| fault("font"));
    let fonts = Fonts {
        han: font(font_files::HAN)?,
        han_bold: font(font_files::HAN_BOLD)?,
        latin: font(font_files::LATIN)?,
        latin_bold: font(font_files::LATIN_BOLD)?,
    };
    let mut document = Document::new();
    document.set_metadata(krilla::metadata::Metadata::new().title(title.to_owned()));
    for page in pages {
        let settings = PageSettings::from_wh(width * PT, height * PT).ok_or_else(|| fault("page size"))?;
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        for ground in &page.boxes {
            fill(&mut surface, ground.grey);
            let (x, y) = (ground.x * PT, ground.y * PT);
            let rect = Rect::from_xywh(x, y, ground.width * PT, ground.height * PT);
            let mut path = PathBuilder::new();
            path.push_rect(rect.ok_or_else(|| fault("rectangle"))?);
            surface.draw_path(&path.finish().ok_or_else(|| fault("path"))?);
        }
        fill(&mut surface, 0);
        for words in &page.words {
            let at = Point::from_xy(words.x * PT, words.y * PT);
            let font = fonts.of(&words.text, words.bold);
            surface.draw_text(at, font, words.size, &words.text, false, TextDirection::Auto);
        }
        surface.finish();
        sheet.finish();
    }
    document.finish().map_err(|e| fault(&format!("{e:?}")))
}

fn fill(surface: &mut Surface<'_>, grey: u8) {
    surface.set_fill(Some(Fill {
        paint: Paint::from(luma::Color::new(grey)),
        opacity: NormalizedF32::ONE,
        rule: krilla::paint::FillRule::default(),
    }));
}

struct Fonts {
    han: Font,
    han_bold: Font,
    latin: Font,
    latin_bold: Font,
}

impl Fonts {
    /// As on the screen: Latin letters without any hanzi get the Latin font.
    fn of(&self, text: &str, bold: bool) -> Font {
        let latin = text.chars().any(char::is_alphabetic) && text.chars().all(|c| c < '\u{2e80}');
        match (latin, bold) {
            (false, false) => self.han.clone(),
            (false, true) => self.han_bold.clone(),
            (true, false) => self.latin.clone(),
            (true, true) => self.latin_bold.clone(),
        }
    }
}
