//! Lists on paper: any tables, A4 portrait, headings on every page.

use chrono::NaiveDateTime;

use super::pdf::{self, A4, GREY, MARGIN, Page, WIDTH};
use super::table::{Cell, Table};
use super::xlsx;
use crate::error::Result;

/// One or several tables under one title.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Name of the centre.
    pub centre: String,
    /// What it is.
    pub title: String,
    /// Which days, for whom.
    pub about: String,
    /// The tables.
    pub tables: Vec<Table>,
    /// Whether somebody signs it.
    pub signed: bool,
    /// When it was made.
    pub made_at: NaiveDateTime,
}

const BOTTOM: f32 = 272.0;
const LINE: f32 = 5.4;
const SIZE: f32 = 10.0;
/// Gap in mm between a number and the text to its right.
const GAP: f32 = 2.5;
/// A cell is cut after this many lines.
const MOST_LINES: usize = 6;

impl Sheet {
    /// The paper.
    ///
    /// # Errors
    /// See [`pdf::write`].
    pub fn pdf(&self) -> Result<Vec<u8>> {
        let mut pages = vec![self.head()];
        let mut y = 44.0;
        for table in &self.tables {
            y = self.table(&mut pages, table, y) + 7.0;
        }
        if self.signed {
            if y + 16.0 > BOTTOM {
                pages.push(self.head());
                y = 44.0;
            }
            let words = "填报人：______________　　审核人：______________　　（盖章）";
            pdf::last(&mut pages).text((MARGIN, y + 8.0), 10.5, false, words);
        }
        pdf::foot(&mut pages, &format!("{} 打印", self.made_at.format("%Y-%m-%d %H:%M")));
        pdf::write(A4, &format!("{} {}", self.centre, self.title), &pages)
    }

    /// The same rows as a workbook.
    ///
    /// # Errors
    /// See [`xlsx::workbook`].
    pub fn xlsx(&self) -> Result<Vec<u8>> {
        xlsx::workbook(&self.tables)
    }

    fn head(&self) -> Page {
        let mut page = Page::default();
        page.text_in((MARGIN, 18.0), 10.5, false, GREY, self.centre.clone());
        page.text((MARGIN, 28.0), 20.0, true, self.title.clone());
        page.text_right((A4.0 - MARGIN, 28.0), 10.5, false, &self.about);
        page.ground((MARGIN, 32.0), (WIDTH, 0.6), 0);
        page
    }

    fn table(&self, pages: &mut Vec<Page>, table: &Table, mut y: f32) -> f32 {
        if y + 26.0 > BOTTOM {
            pages.push(self.head());
            y = 44.0;
        }
        if table.title == self.title {
            y -= 5.0;
        } else {
            pdf::last(pages).text((MARGIN, y), 13.0, true, table.title.clone());
            y += 3.0;
        }
        let edges = edges(table);
        y = headings(pdf::last(pages), table, &edges, y);
        if table.rows.is_empty() {
            pdf::last(pages).text((MARGIN, y + 5.0), SIZE, false, "（没有）");
            y += 8.0;
        }
        let rows = table.rows.iter().map(|row| (row, false)).chain(table.total.iter().map(|row| (row, true)));
        for (row, bold) in rows {
            let cells: Vec<Vec<String>> =
                row.iter().zip(&edges).map(|(cell, edge)| lines(cell, edge.1)).collect();
            #[expect(clippy::cast_precision_loss, reason = "a cell has few lines")]
            let height = cells.iter().map(Vec::len).max().unwrap_or(1).max(1) as f32 * LINE + 2.0;
            if y + height > BOTTOM {
                pages.push(self.head());
                y = headings(pdf::last(pages), table, &edges, 39.0);
            }
            self::row(pdf::last(pages), row, &cells, &edges, y, bold);
            y += height;
            let (thick, grey) = if bold { (0.4, 0) } else { (0.15, 190) };
            pdf::last(pages).ground((MARGIN, y), (WIDTH, thick), grey);
        }
        if !table.note.is_empty() {
            for line in wrap(&table.note, WIDTH, 9.6) {
                y += LINE;
                if y > BOTTOM + 4.0 {
                    pages.push(self.head());
                    y = 44.0;
                }
                pdf::last(pages).text_in((MARGIN, y), 9.6, false, GREY, line);
            }
            y += 2.0;
        }
        y
    }
}

/// Left edge and width of each column in millimetres.
fn edges(table: &Table) -> Vec<(f32, f32)> {
    let sum: f32 = table.columns.iter().map(|column| column.width).sum();
    let mut x = MARGIN;
    let place = |column: &super::table::Column| {
        let width = column.width / sum.max(1.0) * WIDTH;
        let at = (x, width - 2.0);
        x += width;
        at
    };
    table.columns.iter().map(place).collect()
}

fn headings(page: &mut Page, table: &Table, edges: &[(f32, f32)], y: f32) -> f32 {
    page.ground((MARGIN, y), (WIDTH, 7.4), 235);
    for (at, (column, (x, width))) in table.columns.iter().zip(edges).enumerate() {
        let number =
            table.rows.iter().chain(&table.total).any(|row| row.get(at).is_some_and(Cell::is_number));
        let size = super::text::fitting(&column.title, *width, SIZE);
        if number {
            page.text_right((x + width - GAP, y + 5.2), size, true, &column.title);
        } else {
            page.text((*x, y + 5.2), size, true, column.title.clone());
        }
    }
    y + 7.4
}

fn row(page: &mut Page, row: &[Cell], cells: &[Vec<String>], edges: &[(f32, f32)], y: f32, bold: bool) {
    for ((cell, lines), (x, width)) in row.iter().zip(cells).zip(edges) {
        if *cell == Cell::Tick {
            tick_box(page, (x + 1.0, y + 1.6));
            continue;
        }
        #[expect(clippy::cast_precision_loss, reason = "a cell has few lines")]
        for (at, line) in lines.iter().enumerate() {
            let at = y + 5.2 + at as f32 * LINE;
            if cell.is_number() {
                page.text_right((x + width - GAP, at), SIZE, bold, line);
            } else {
                page.text((*x, at), SIZE, bold, line.clone());
            }
        }
    }
}

/// An empty square of four millimetres.
fn tick_box(page: &mut Page, (x, y): (f32, f32)) {
    page.ground((x, y), (4.4, 4.4), 0);
    page.ground((x + 0.3, y + 0.3), (3.8, 3.8), 255);
}

fn lines(cell: &Cell, width: f32) -> Vec<String> {
    let mut lines = wrap(&cell.words(), width, SIZE);
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines
}

/// Words in lines no wider than `width` millimetres. Latin words and numbers
/// stay whole where they can.
#[must_use]
pub fn wrap(words: &str, width: f32, size: f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut pieces: Vec<String> = Vec::new();
    for c in words.chars() {
        let joins = c.is_ascii_alphanumeric() || ".%:+-".contains(c);
        match pieces.last_mut() {
            Some(piece)
                if joins && piece.ends_with(|p: char| p.is_ascii_alphanumeric() || ".%:+-".contains(p)) =>
            {
                piece.push(c);
            }
            _ => pieces.push(c.to_string()),
        }
    }
    for piece in pieces {
        let line = lines.last().map_or("", String::as_str);
        let closing = piece.starts_with(['，', '。', '；', '、', '：', '）']);
        if piece == "\n" {
            lines.push(String::new());
        } else if line.is_empty() || closing || pdf::width(&format!("{line}{piece}"), size) <= width {
            if let Some(line) = lines.last_mut() {
                line.push_str(&piece);
            }
        } else {
            lines.push(piece.trim_start().to_owned());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_remark_wraps_and_no_line_is_wider_than_its_column() {
        let words = "听力不好，说话要大声；每周二、四来，电话13800001234，家里人下午4:30来接。";
        let lines = wrap(words, 40.0, 10.0);
        assert_eq!(lines.concat(), words);
        assert!(lines.len() > 2 && lines.iter().all(|line| pdf::width(line, 10.0) <= 44.0), "{lines:?}");
        assert!(lines.iter().any(|line| line.contains("13800001234")), "a number stays whole");
    }
}
