//! A wall poster of the week's activities: large type, one block per day, at most two
//! activities per line. Readable from two metres, and in grey.

use chrono::NaiveDate;
use daycare_core::activity::{ListedActivity, Off};
use daycare_core::appointment::Closure;

use super::pdf::{self, Ink, Page};
use crate::error::Result;
use crate::i18n::dates::lunar_day_words;
use crate::i18n::{I18n, Lang};

/// Paper size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// 210 x 297 mm.
    A4,
    /// 297 x 420 mm, everything larger.
    A3,
}

/// The contents of the poster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Poster {
    /// Name of the centre.
    pub centre: String,
    /// First day of the week.
    pub monday: NaiveDate,
    /// Paper size.
    pub sheet: Sheet,
    /// What takes place in the week, by day and time.
    pub listed: Vec<ListedActivity>,
    /// Closed days of the week.
    pub closures: Vec<Closure>,
}

const PAPER: (f32, f32) = (210.0, 297.0);
const MARGIN: f32 = 10.0;
const WIDTH: f32 = PAPER.0 - 2.0 * MARGIN;
/// Top of the first block, in mm.
const TOP: f32 = 35.0;
const BOTTOM: f32 = 266.0;
/// Width of the green field with the day.
const DAY: f32 = 33.0;
const LINE: f32 = 29.0;
const GAP: f32 = 3.0;
/// Smallest readable scale; below it another sheet is begun.
const SMALLEST: f32 = 0.6;
const GREEN: Ink = Ink(0, 89, 43);
const GREY: Ink = Ink(74, 74, 74);
const AMBER: Ink = Ink(255, 243, 214);

/// One day: its lines of one or two activities.
struct Block<'a> {
    day: NaiveDate,
    lines: Vec<Vec<&'a ListedActivity>>,
}

impl Block<'_> {
    fn height(&self) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "a day has a few lines")]
        let lines = self.lines.len().max(1) as f32;
        lines * LINE + 3.0
    }
}

impl Poster {
    /// The poster as PDF.
    ///
    /// # Errors
    /// See [`pdf::write`].
    pub fn pdf(&self) -> Result<Vec<u8>> {
        let blocks = self.blocks();
        let factor = match self.sheet {
            Sheet::A4 => 1.0,
            Sheet::A3 => std::f32::consts::SQRT_2,
        };
        let sheets: Vec<Page> =
            split(&blocks).into_iter().map(|part| self.page(part).enlarged(factor)).collect();
        let size = (PAPER.0 * factor, PAPER.1 * factor);
        pdf::write(size, &format!("{} {}", self.centre, self.monday), &sheets)
    }

    fn blocks(&self) -> Vec<Block<'_>> {
        let days = self.monday.iter_days().take(7);
        days.filter_map(|day| {
            let mut lines: Vec<Vec<&ListedActivity>> = Vec::new();
            for listed in self.listed.iter().filter(|listed| listed.occurrence.held_on == day) {
                if matches!(listed.occurrence.off, Some(Off::Closed(_))) {
                    continue;
                }
                let beside =
                    lines.last_mut().filter(|last| last.len() == 1 && !is_long(last[0]) && !is_long(listed));
                match beside {
                    Some(last) => last.push(listed),
                    None => lines.push(vec![listed]),
                }
            }
            (!lines.is_empty()).then_some(Block { day, lines })
        })
        .collect()
    }

    fn page(&self, blocks: &[Block<'_>]) -> Page {
        let i18n = I18n::new(Lang::ZhHans);
        let mut page = Page::default();
        let sunday = self.monday.checked_add_days(chrono::Days::new(6)).unwrap_or(self.monday);
        page.text_in((MARGIN, 28.0), 58.0, true, GREEN, "这周活动");
        let right = PAPER.0 - MARGIN;
        let days = format!("{}–{}", i18n.month_day(self.monday), i18n.month_day(sunday));
        page.text_right((right - 4.0, 19.0), 22.0, true, &days);
        let lunar = format!("{}到{}", i18n.lunar_line(self.monday), lunar_day_words(sunday));
        page.text_right((right - 4.0, 28.0), 15.0, false, &lunar);
        let needed: f32 = blocks.iter().map(|block| block.height() + GAP).sum();
        let scale = ((BOTTOM - TOP) / needed).min(1.0);
        let mut y = TOP;
        for block in blocks {
            draw(&mut page, block, y, scale, &i18n);
            y += (block.height() + GAP) * scale;
        }
        if blocks.is_empty() {
            page.text((MARGIN, 80.0), 30.0, true, "这周没有活动，来坐坐也好");
        }
        self.foot(&mut page, &i18n);
        page
    }

    /// The footer: closed days, which activities are full, how to take part.
    fn foot(&self, page: &mut Page, i18n: &I18n) {
        let closed: Vec<String> = self
            .closures
            .iter()
            .map(|closure| format!("{}休息（{}）", i18n.weekday(closure.day), closure.name))
            .collect();
        let mut full: Vec<&str> = self
            .listed
            .iter()
            .filter(|listed| listed.occurrence.off.is_none() && listed.is_full())
            .map(|listed| listed.occurrence.name.as_str())
            .collect();
        full.dedup();
        let mut notes = closed;
        if !full.is_empty() {
            notes.push(format!("{}满了，可以等位", full.join("、")));
        }
        if !notes.is_empty() {
            page.ground_in((MARGIN, 268.5), (WIDTH, 10.5), AMBER);
            let words = notes.join("　");
            let size = (WIDTH - 8.0) / pdf::width(&words, 1.0);
            page.text((MARGIN + 4.0, 275.6), size.min(15.0), true, words);
        }
        page.text((MARGIN, 287.0), 15.0, true, "想参加，签到时点一下，或告诉工作人员");
        let right = PAPER.0 - MARGIN - pdf::width(&self.centre, 13.0);
        page.text_in((right, 287.0), 13.0, false, GREY, self.centre.as_str());
    }
}

/// Splits the blocks into sheets on which they stay readable.
fn split<'a, 'b>(blocks: &'a [Block<'b>]) -> Vec<&'a [Block<'b>]> {
    let room = (BOTTOM - TOP) / SMALLEST;
    let mut sheets = Vec::new();
    let (mut from, mut height) = (0, 0.0);
    for (at, block) in blocks.iter().enumerate() {
        height += block.height() + GAP;
        if height > room && at > from {
            sheets.push(&blocks[from..at]);
            (from, height) = (at, block.height() + GAP);
        }
    }
    sheets.push(&blocks[from..]);
    sheets
}

/// Whether a name is too long for half a line.
fn is_long(listed: &ListedActivity) -> bool {
    listed.occurrence.name.chars().count() > 6
}

fn draw(page: &mut Page, block: &Block<'_>, y: f32, k: f32, i18n: &I18n) {
    let height = block.height() * k;
    let edge = 0.6;
    page.ground_in((MARGIN, y), (WIDTH, height), GREEN);
    let inside = (MARGIN + DAY, y + edge);
    page.ground_in(inside, (WIDTH - DAY - edge, height - 2.0 * edge), Ink::WHITE);
    let middle = MARGIN + DAY / 2.0;
    let weekday = i18n.weekday(block.day).replace("星期", "周");
    let centred = |page: &mut Page, y: f32, size: f32, bold: bool, words: &str| {
        page.text_in((middle - pdf::width(words, size) / 2.0, y), size, bold, Ink::WHITE, words);
    };
    centred(page, y + height / 2.0 - 1.0 * k, 29.0 * k, true, &weekday);
    let date = format!("{} {}", i18n.month_day(block.day), lunar_day_words(block.day));
    let size = (15.0 * k).min((DAY - 6.0) / pdf::width(&date, 1.0));
    centred(page, y + height / 2.0 + 9.0 * k, size, false, &date);
    for (at, line) in block.lines.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a day has a few lines")]
        let top = y + (at as f32 * LINE + 1.5) * k;
        let room = (WIDTH - DAY) / if line.len() == 2 { 2.0 } else { 1.0 };
        for (of, listed) in line.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "two a line")]
            let x = MARGIN + DAY + of as f32 * (WIDTH - DAY) / 2.0;
            one(page, listed, (x, top), room, k, i18n);
        }
    }
}

/// Picture, name, time and place of one activity.
fn one(page: &mut Page, listed: &ListedActivity, (x, y): (f32, f32), room: f32, k: f32, i18n: &I18n) {
    let occurrence = &listed.occurrence;
    let side = 17.0 * k;
    page.picture((x + 4.0, y + (LINE * k - side) / 2.0), side, &occurrence.picture);
    let text = x + 4.0 + side + 4.0;
    let width = room - (text - x) - 2.0;
    let fits = |words: &str, size: f32| size.min(width / pdf::width(words, 1.0));
    let name = &occurrence.name;
    let ink = if occurrence.off.is_some() { GREY } else { Ink::BLACK };
    page.text_in((text, y + 11.5 * k), fits(name, 26.0 * k), true, ink, name.as_str());
    if let Some(off) = &occurrence.off {
        let words = format!("× 这次不办：{}", off.why());
        page.text_in((text, y + 20.0 * k), fits(&words, 17.0 * k), false, GREY, words);
        return;
    }
    let time = i18n.clock_words(occurrence.arrangement.starts);
    page.text((text, y + 19.5 * k), 17.0 * k, false, time);
    if !listed.room.is_empty() {
        let size = fits(&listed.room, 17.0 * k);
        page.text((text, y + 26.5 * k), size, false, listed.room.as_str());
    }
    // A full activity is marked by a sign, not by colour alone.
    if listed.is_full() {
        let words = "满";
        let at = (x + room - 9.0 * k, y + 11.0 * k);
        page.text_in(at, 15.0 * k, true, GREY, words);
    }
}
