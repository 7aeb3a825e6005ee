//! PDF pages: text, lines, backgrounds, pictures and QR codes at positions in millimetres,
//! with embedded font subsets.

use daycare_core::qr;
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Paint};
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};

use crate::error::{Error, Result};
use crate::graphics::fonts;
use crate::graphics::pictures;

/// Points per millimetre.
const PT: f32 = 72.0 / 25.4;

/// A text: start of its baseline, size in points.
#[derive(Debug, Clone, PartialEq)]
struct Words {
    x: f32,
    y: f32,
    size: f32,
    bold: bool,
    ink: Ink,
    text: String,
}

/// A colour: red, green, blue. Documents must stay readable in grey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ink(pub u8, pub u8, pub u8);

impl Ink {
    /// Text.
    pub const BLACK: Self = Self(0, 0, 0);
    /// Text on a dark ground.
    pub const WHITE: Self = Self(255, 255, 255);

    /// A grey, 0 black to 255 white.
    #[must_use]
    pub const fn grey(level: u8) -> Self {
        Self(level, level, level)
    }
}

/// A colour picture by name, in a square.
#[derive(Debug, Clone, PartialEq)]
struct Drawing {
    x: f32,
    y: f32,
    side: f32,
    name: String,
}

/// A filled rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
struct FilledRect {
    x: f32,
    y: f32,
    width: f32,
    height: f32,
    ink: Ink,
}

/// One page under construction.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    words: Vec<Words>,
    boxes: Vec<FilledRect>,
    drawings: Vec<Drawing>,
}

impl Page {
    /// Text whose baseline begins at x, y, `size` in points.
    pub fn text(&mut self, (x, y): (f32, f32), size: f32, bold: bool, text: impl Into<String>) {
        self.text_in((x, y), size, bold, Ink::BLACK, text);
    }

    /// As [`Page::text`], in a colour.
    pub fn text_in(&mut self, (x, y): (f32, f32), size: f32, bold: bool, ink: Ink, text: impl Into<String>) {
        self.words.push(Words { x, y, size, bold, ink, text: text.into() });
    }

    /// A colour picture, `side` wide and high.
    pub fn picture(&mut self, (x, y): (f32, f32), side: f32, name: &str) {
        self.drawings.push(Drawing { x, y, side, name: name.to_owned() });
    }

    /// Text right-aligned at x.
    pub fn text_right(&mut self, (x, y): (f32, f32), size: f32, bold: bool, text: &str) {
        self.text((x - width(text, size), y), size, bold, text);
    }

    /// Text centred on x.
    pub fn text_centred(&mut self, (x, y): (f32, f32), size: f32, bold: bool, text: &str) {
        self.text((x - width(text, size) / 2.0, y), size, bold, text);
    }

    /// A filled rectangle in grey, 0 black to 255 white.
    pub fn ground(&mut self, at: (f32, f32), size: (f32, f32), grey: u8) {
        self.ground_in(at, size, Ink::grey(grey));
    }

    /// A filled rectangle in a colour.
    pub fn ground_in(&mut self, (x, y): (f32, f32), (width, height): (f32, f32), ink: Ink) {
        self.boxes.push(FilledRect { x, y, width, height, ink });
    }

    /// The same page with everything scaled by `factor`, as for A4 on A3.
    #[must_use]
    pub fn enlarged(mut self, factor: f32) -> Self {
        for words in &mut self.words {
            (words.x, words.y, words.size) = (words.x * factor, words.y * factor, words.size * factor);
        }
        for ground in &mut self.boxes {
            (ground.x, ground.y) = (ground.x * factor, ground.y * factor);
            (ground.width, ground.height) = (ground.width * factor, ground.height * factor);
        }
        for drawing in &mut self.drawings {
            (drawing.x, drawing.y) = (drawing.x * factor, drawing.y * factor);
            drawing.side *= factor;
        }
        self
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
            // Slightly oversized, to avoid white seams between modules.
            self.ground((x + column * unit, y + row * unit), (unit * 1.02, unit * 1.02), 0);
        }
    }
}

/// A4 upright, in millimetres.
pub const A4: (f32, f32) = (210.0, 297.0);
/// Margin of reports and lists.
pub const MARGIN: f32 = 13.5;
/// Width between the margins.
pub const WIDTH: f32 = A4.0 - 2.0 * MARGIN;
/// Colour of secondary text.
pub const GREY: Ink = Ink(74, 74, 74);

/// Adds a footer to each page: a line, `words` at the left, "page of pages" at the right.
pub fn foot(pages: &mut [Page], words: &str) {
    let count = pages.len();
    for (at, page) in pages.iter_mut().enumerate() {
        page.ground_in((MARGIN, 281.0), (WIDTH, 0.2), Ink::grey(200));
        page.text_in((MARGIN, 287.0), 9.6, false, GREY, words);
        page.text_right((A4.0 - MARGIN, 287.0), 9.6, false, &format!("第 {} 页，共 {count} 页", at + 1));
    }
}

/// The last page; adds one if there is none.
pub fn last(pages: &mut Vec<Page>) -> &mut Page {
    if pages.is_empty() {
        pages.push(Page::default());
    }
    let at = pages.len() - 1;
    &mut pages[at]
}

/// Rough width of a text in millimetres: hanzi are square, digits and Latin
/// letters about half as wide.
#[must_use]
pub fn width(text: &str, size: f32) -> f32 {
    let ems: f32 = text.chars().map(|c| if c < '\u{2e80}' { 0.56 } else { 1.0 }).sum();
    ems * size / PT
}

/// Writes a PDF with pages of `width` x `height` millimetres.
///
/// # Errors
/// A font cannot be read or a size is invalid: a bug in this program.
pub fn write((width, height): (f32, f32), title: &str, pages: &[Page]) -> Result<Vec<u8>> {
    let fault = |what: &str| Error::Internal(format!("paper: {what}"));
    let font = |bytes: &'static [u8]| Font::new(bytes.into(), 0).ok_or_else(|| fault("font"));
    let fonts = Fonts {
        han: font(fonts::HAN)?,
        han_bold: font(fonts::HAN_BOLD)?,
        latin: font(fonts::LATIN)?,
        latin_bold: font(fonts::LATIN_BOLD)?,
    };
    let mut document = Document::new();
    document.set_metadata(krilla::metadata::Metadata::new().title(title.to_owned()));
    for page in &whole(pages, height) {
        let settings = PageSettings::from_wh(width * PT, height * PT).ok_or_else(|| fault("page size"))?;
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        for ground in &page.boxes {
            fill(&mut surface, ground.ink);
            let (x, y) = (ground.x * PT, ground.y * PT);
            let rect = Rect::from_xywh(x, y, ground.width * PT, ground.height * PT);
            let mut path = PathBuilder::new();
            path.push_rect(rect.ok_or_else(|| fault("rectangle"))?);
            surface.draw_path(&path.finish().ok_or_else(|| fault("path"))?);
        }
        for drawing in &page.drawings {
            draw(&mut surface, drawing);
        }
        for words in &page.words {
            fill(&mut surface, words.ink);
            let at = Point::from_xy(words.x * PT, words.y * PT);
            let font = fonts.of(&words.text, words.bold);
            surface.draw_text(at, font, words.size, &words.text, false, TextDirection::Auto);
        }
        surface.finish();
        sheet.finish();
    }
    document.finish().map_err(|e| fault(&format!("{e:?}")))
}

/// The pages with a placeholder for each character that has no glyph, and a list of these
/// characters at the foot, to be written in by hand.
fn whole(pages: &[Page], height: f32) -> Vec<Page> {
    let mut pages = pages.to_vec();
    for page in &mut pages {
        let mut missing: Vec<char> = page.words.iter().flat_map(|w| fonts::missing(&w.text)).collect();
        if missing.is_empty() {
            continue;
        }
        missing.sort_unstable();
        missing.dedup();
        for words in &mut page.words {
            let sign = |c| if fonts::has(c) { c } else { fonts::MISSING };
            words.text = words.text.chars().map(sign).collect();
        }
        let codes: Vec<String> = missing.iter().map(|c| format!("U+{:X}", u32::from(*c))).collect();
        let note = format!("{} 处的字印不出来，请手写：{}", fonts::MISSING, codes.join(" "));
        page.text_in((4.0, height - 3.0), 7.0, false, GREY, note);
    }
    pages
}

/// Draws the filled paths of a picture; a gradient becomes its first colour.
fn draw(surface: &mut Surface<'_>, drawing: &Drawing) {
    let Some(bytes) = pictures::bytes(&drawing.name) else { return };
    let Ok(tree) = usvg::Tree::from_data(bytes, &usvg::Options::default()) else { return };
    let scale = drawing.side / tree.size().width().max(tree.size().height());
    let place = (drawing.x * PT, drawing.y * PT, scale * PT);
    paths(surface, tree.root(), place);
}

fn paths(surface: &mut Surface<'_>, group: &usvg::Group, place: (f32, f32, f32)) {
    for node in group.children() {
        match node {
            usvg::Node::Group(group) => paths(surface, group, place),
            usvg::Node::Path(path) => {
                let at = path.abs_transform();
                let mut outline = |data: &usvg::tiny_skia_path::Path, paint: &usvg::Paint| {
                    let moved = data.clone().transform(at);
                    if let (Some(path), Some(ink)) =
                        (moved.and_then(|path| outline(&path, place)), ink_of(paint))
                    {
                        fill(surface, ink);
                        surface.draw_path(&path);
                    }
                };
                if let Some(fill) = path.fill() {
                    outline(path.data(), fill.paint());
                }
                if let Some(stroke) = path.stroke()
                    && let Some(edge) = path.data().stroke(&stroke.to_tiny_skia(), 1.0)
                {
                    outline(&edge, stroke.paint());
                }
            }
            usvg::Node::Image(_) | usvg::Node::Text(_) => {}
        }
    }
}

fn ink_of(paint: &usvg::Paint) -> Option<Ink> {
    let color = match paint {
        usvg::Paint::Color(color) => *color,
        usvg::Paint::LinearGradient(gradient) => gradient.stops().first()?.color(),
        usvg::Paint::RadialGradient(gradient) => gradient.stops().first()?.color(),
        usvg::Paint::Pattern(_) => return None,
    };
    Some(Ink(color.red, color.green, color.blue))
}

fn outline(path: &usvg::tiny_skia_path::Path, (x, y, scale): (f32, f32, f32)) -> Option<krilla::geom::Path> {
    use usvg::tiny_skia_path::{PathSegment, Point};
    let at = |point: Point| (x + point.x * scale, y + point.y * scale);
    let mut builder = PathBuilder::new();
    for segment in path.segments() {
        match segment {
            PathSegment::MoveTo(end) => builder.move_to(at(end).0, at(end).1),
            PathSegment::LineTo(end) => builder.line_to(at(end).0, at(end).1),
            PathSegment::QuadTo(pull, end) => {
                builder.quad_to(at(pull).0, at(pull).1, at(end).0, at(end).1);
            }
            PathSegment::CubicTo(first, second, end) => {
                let (first, second, end) = (at(first), at(second), at(end));
                builder.cubic_to(first.0, first.1, second.0, second.1, end.0, end.1);
            }
            PathSegment::Close => builder.close(),
        }
    }
    builder.finish()
}

fn fill(surface: &mut Surface<'_>, Ink(red, green, blue): Ink) {
    surface.set_fill(Some(Fill {
        paint: Paint::from(rgb::Color::new(red, green, blue)),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_without_a_glyph_prints_as_a_sign_and_the_foot_says_which_one_it_is() {
        let mut page = Page::default();
        page.text((10.0, 10.0), 12.0, false, "陈𮧵 · 共和路1号院");
        let page = whole(&[page], 297.0).remove(0);
        let texts: Vec<&str> = page.words.iter().map(|words| words.text.as_str()).collect();
        assert_eq!(texts, ["陈〓 · 共和路1号院", "〓 处的字印不出来，请手写：U+2E9F5"]);
    }
}
