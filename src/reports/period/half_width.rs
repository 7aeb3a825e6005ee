//! Tables half as wide as the page, in two columns over as many pages as they
//! need.

use super::super::pdf::GREY;
use super::super::pdf::Page;
use super::super::text;
use super::measures::{BOTTOM, HALF, LINE, ROW};

/// A table half as wide as the page.
pub(super) struct HalfWidth {
    title: String,
    heads: Vec<String>,
    x: f32,
    pub(super) rows: Vec<(String, Vec<String>)>,
    pub(super) total: Option<(String, Vec<String>)>,
}

impl HalfWidth {
    pub(super) fn new(title: &str, heads: &[&str], x: f32) -> Self {
        let heads = heads.iter().map(|&head| head.to_owned()).collect();
        Self { title: title.into(), heads, x, rows: vec![], total: None }
    }

    /// Draws as many rows as fit above `BOTTOM` and leaves the others in `rows`. Returns the y at
    /// which it ends.
    fn draw(&mut self, page: &mut Page, mut y: f32) -> f32 {
        page.text((self.x, y), 13.0, true, self.title.clone());
        y += 7.5;
        let (name, rest) =
            self.title.split_once('、').map_or((self.title.as_str(), ""), |(_, name)| (name, ""));
        page.text((self.x, y), 10.0, true, name.trim_start_matches('按').to_owned() + rest);
        let heads = self.heads.clone();
        self.cells(page, &heads, y, true);
        page.ground((self.x, y + 1.8), (HALF, 0.35), 0);
        y += ROW;
        if self.rows.is_empty() {
            page.text_in((self.x, y), 10.0, false, GREY, "没有");
            y += ROW;
        }
        let mut fit = 1;
        let mut next = y + ROW;
        while next + ROW <= BOTTOM {
            fit += 1;
            next += ROW;
        }
        let rest = self.rows.split_off(self.rows.len().min(fit));
        for (name, cells) in std::mem::replace(&mut self.rows, rest) {
            #[expect(clippy::cast_precision_loss, reason = "a table has few columns")]
            let count = cells.len() as f32;
            let (size, lines) = text::name_lines(&name, HALF - 16.5 * count, 10.0);
            match lines.as_slice() {
                [first, second] => {
                    page.text((self.x, y - 1.5), size, false, first.clone());
                    page.text((self.x, y + 1.3), size, false, second.clone());
                }
                _ => page.text((self.x, y), size, false, name.clone()),
            }
            self.cells(page, &cells, y, false);
            page.ground_in((self.x, y + 2.1), (HALF, 0.15), LINE);
            y += ROW;
        }
        if self.rows.is_empty()
            && let Some((name, cells)) = self.total.take()
        {
            page.ground((self.x, y - ROW + 2.1), (HALF, 0.35), 0);
            page.text((self.x, y), 10.0, true, name);
            self.cells(page, &cells, y, true);
            y += ROW;
        }
        y
    }

    fn cells(&self, page: &mut Page, cells: &[String], y: f32, bold: bool) {
        let mut right = self.x + HALF;
        for cell in cells.iter().rev() {
            page.text_right((right, y), 10.0, bold, cell);
            right -= 16.5;
        }
    }
}

/// Tables below one another in two columns, over as many pages as they need.
pub(super) fn two_columns(
    pages: &mut Vec<Page>,
    next_page: impl Fn() -> Page,
    mut columns: [Vec<HalfWidth>; 2],
    mut top: f32,
) {
    let mut at = pages.len() - 1;
    loop {
        let mut more = false;
        for column in &mut columns {
            let mut y = top;
            while let Some(half) = column.first_mut() {
                if y + 3.0 * ROW > BOTTOM {
                    break;
                }
                y = half.draw(&mut pages[at], y) + 6.0;
                if half.rows.is_empty() {
                    let _ = column.remove(0);
                } else {
                    break;
                }
            }
            more |= !column.is_empty();
        }
        if !more {
            return;
        }
        pages.push(next_page());
        at += 1;
        top = 34.0;
    }
}
