//! Prints cards in bulk: A4 sheets of ten bank-card-sized cards, to be cut and laminated.

use daycare_core::resident::Profile;

use super::pdf::{self, Ink, Page};
use crate::error::Result;

/// One card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// Masked name such as 王婆婆, because cards get lost.
    pub public_name: String,
    /// Name of the personal picture.
    pub picture: String,
    /// The full card code.
    pub code: String,
}

/// All cards of a print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardSheet {
    /// Name of the centre.
    pub centre: String,
    /// The cards.
    pub faces: Vec<Face>,
}

const PAPER: (f32, f32) = (210.0, 297.0);
/// ID-1, the size of a bank card: 85.6 x 53.98 mm (ISO/IEC 7810).
const CARD: (f32, f32) = (85.6, 54.0);
const LEFT: f32 = 16.4;
const TOP: f32 = 11.0;
const GAP: (f32, f32) = (6.0, 1.0);
const PER_SHEET: usize = 10;
const GREY: Ink = Ink(74, 74, 74);

impl Face {
    /// The card of somebody.
    #[must_use]
    pub fn of(profile: &Profile, code: &str) -> Self {
        Self { public_name: profile.public_name(), picture: profile.picture.clone(), code: code.to_owned() }
    }
}

impl CardSheet {
    /// The sheets as PDF.
    ///
    /// # Errors
    /// See [`pdf::write`].
    pub fn pdf(&self) -> Result<Vec<u8>> {
        let mut pages = Vec::new();
        for faces in self.faces.chunks(PER_SHEET) {
            let mut page = Page::default();
            for (at, face) in faces.iter().enumerate() {
                #[expect(clippy::cast_precision_loss, reason = "ten cards a sheet")]
                let (column, row) = ((at % 2) as f32, (at / 2) as f32);
                let x = LEFT + column * (CARD.0 + GAP.0);
                let y = TOP + row * (CARD.1 + GAP.1);
                self.card(&mut page, face, (x, y));
            }
            pages.push(page);
        }
        if pages.is_empty() {
            pages.push(Page::default());
        }
        pdf::write(PAPER, &format!("{} 卡片", self.centre), &pages)
    }

    fn card(&self, page: &mut Page, face: &Face, (x, y): (f32, f32)) {
        let (width, height) = CARD;
        // Cutting lines.
        for (at, size) in [
            ((x, y), (width, 0.15)),
            ((x, y + height), (width, 0.15)),
            ((x, y), (0.15, height)),
            ((x + width, y), (0.15, height)),
        ] {
            page.ground(at, size, 150);
        }
        let size = super::text::fitting(&self.centre, 42.0, 10.0);
        page.text_in((x + 5.0, y + 8.5), size, false, GREY, self.centre.clone());
        page.picture((x + 5.0, y + 13.0), 19.0, &face.picture);
        let size = super::text::fitting(&face.public_name, 42.0, 21.0);
        page.text((x + 5.0, y + 41.0), size, true, face.public_name.clone());
        let tail = daycare_core::text::tail(&face.code, 4);
        page.text_in((x + 5.0, y + 49.0), 10.0, false, GREY, format!("尾号 {tail}　签到请刷卡"));
        page.code((x + width - 39.0, y + 7.5), 37.0, &face.code);
    }
}
