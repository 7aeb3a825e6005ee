//! One table of a sheet: its rows and columns.

use daycare_core::import::outcome::{At, Reason};
use daycare_core::text::tidy;

use super::super::cell::Cell;
use super::super::workbook::{Row, Sheet, column_name};
use super::header::{Header, plain};
use super::layout::Layout;
use super::notes::{is_note, is_title, is_total};

/// The rows of one sheet, with its column mapping.
#[derive(Debug, Clone)]
pub struct Part<F: 'static> {
    /// Index of the sheet among those read.
    pub sheet: u16,
    /// Name of the sheet; empty for a text file.
    pub name: String,
    /// The header's words as written in the file.
    pub header: Vec<String>,
    /// Non-empty rows below the header.
    pub rows: Vec<Row>,
    columns: Vec<(F, usize)>,
    layout: &'static Layout<F>,
}

impl<F: Copy + PartialEq> Part<F> {
    pub(super) fn new(sheet: u16, from: Sheet, header: Header<F>, layout: &'static Layout<F>) -> Self {
        let Sheet { name, rows } = from;
        let (words, columns) = (header.words, header.columns);
        let mut part = Self { sheet, name, header: words, rows: vec![], columns, layout };
        let own: Vec<usize> = layout.own.iter().filter_map(|field| part.column(*field)).collect();
        // Totals and headings between the rows are not what a ditto mark repeats.
        let mut above: Vec<Cell> = Vec::new();
        for mut row in rows.into_iter().skip(header.last_row + 1) {
            if row.cells.iter().all(Cell::is_empty) {
                continue;
            }
            for (at, cell) in row.cells.iter_mut().enumerate() {
                if cell.is_ditto() && !own.contains(&at) {
                    *cell = above.get(at).cloned().unwrap_or_default();
                }
            }
            if part.beside_the_table(&row).is_none() {
                above.clone_from(&row.cells);
            }
            part.rows.push(row);
        }
        part
    }

    /// The position of a row, for messages.
    #[must_use]
    pub fn at(&self, row: &Row) -> At {
        At { sheet: self.sheet, line: row.line, cell: row.cell }
    }

    /// The cell of a field; empty if the column or the cell is missing.
    #[must_use]
    pub fn raw(&self, row: &Row, field: F) -> Cell {
        self.column(field).and_then(|at| row.cells.get(at)).cloned().unwrap_or_default()
    }

    /// The tidied text of a field.
    #[must_use]
    pub fn cell(&self, row: &Row, field: F) -> String {
        tidy(&self.raw(row, field).text)
    }

    /// Every cell of a field, from the top.
    pub fn column_cells(&self, field: F) -> impl Iterator<Item = &Cell> {
        let at = self.column(field);
        self.rows.iter().filter_map(move |row| row.cells.get(at?))
    }

    /// The header of the field's column as it is written; empty if there is none.
    #[must_use]
    pub fn title(&self, field: F) -> &str {
        self.column(field).and_then(|at| self.header.get(at)).map_or("", String::as_str)
    }

    /// Whether the table has a column for the field.
    #[must_use]
    pub fn has(&self, field: F) -> bool {
        self.column(field).is_some()
    }

    /// Why a row is not data: a repeated header, a total, a note below the table. `None` if it is
    /// data.
    #[must_use]
    pub fn beside_the_table(&self, row: &Row) -> Option<Reason> {
        if self.columns.iter().all(|(_, at)| {
            let word = row.cells.get(*at).map(|cell| plain(&cell.text)).unwrap_or_default();
            self.header
                .get(*at)
                .is_some_and(|known| *known == word || known.ends_with(&word) && !word.is_empty())
        }) {
            return Some(Reason::HeaderRow);
        }
        let filled: Vec<&Cell> = row.cells.iter().filter(|cell| !cell.is_empty()).collect();
        let first = filled.first().map(|cell| plain(&cell.text)).unwrap_or_default();
        let named = plain(&self.raw(row, self.layout.subject).text);
        if self.layout.is_word(&named) {
            return Some(Reason::HeaderRow);
        }
        if is_total(&first) || is_total(&named) {
            return Some(Reason::TotalRow);
        }
        let wide = row.spans.iter().any(|(from, to)| to - from >= 2);
        let alone = filled.len() == 1;
        let note = |words: &str| is_note(words) || alone && (wide || is_title(words));
        // A word such as 审核 before the name makes the row a signature line.
        let before = row.cells.iter().position(|cell| !cell.is_empty()) < self.column(self.layout.subject);
        ((note(&first) && (alone || before || named.is_empty() || named == first)) || is_note(&named))
            .then_some(Reason::NoteRow)
    }

    /// Whether a row fills nothing but its subject, and perhaps a number, where most rows of the
    /// table say more.
    #[must_use]
    pub fn is_alone(&self, row: &Row) -> bool {
        let filled = |row: &Row| row.cells.iter().filter(|cell| !cell.is_empty()).count();
        let told = |row: &Row| {
            let number = row.cells.first().is_some_and(|cell| {
                !cell.is_empty() && cell.text.chars().all(|c| c.is_ascii_digit() || c == '.')
            });
            filled(row) - usize::from(number && self.column(self.layout.subject) != Some(0))
        };
        told(row) == 1 && self.rows.iter().filter(|row| told(row) > 1).count() * 2 >= self.rows.len()
    }

    /// A form about one person: header words stand where the rows should be.
    pub(super) fn is_form(&self) -> bool {
        let words = self.rows.iter().filter(|row| {
            let named = plain(&self.raw(row, self.layout.subject).text);
            self.layout.is_word(&named) && !self.header.contains(&named)
        });
        let words = words.count();
        words >= 2 && words * 2 >= self.rows.len()
    }

    /// The header as it is read again: the plainest word of each column that was used.
    pub(super) fn titles(&self) -> Vec<String> {
        let plainest = |at: usize| {
            let (field, _) = self.columns.iter().find(|(_, used)| *used == at)?;
            self.layout.names(*field).first().map(|word| (*word).to_owned())
        };
        self.header
            .iter()
            .enumerate()
            .map(|(at, word)| plainest(at).unwrap_or_else(|| word.clone()))
            .collect()
    }

    /// The header of the field that the name of the sheet stands for, if it has no column.
    pub(super) fn sheet_title(&self) -> Option<&'static str> {
        let field = self.layout.by_sheet.filter(|field| !self.has(*field) && !self.name.is_empty())?;
        self.layout.names(field).first().copied()
    }

    pub(super) fn column(&self, field: F) -> Option<usize> {
        self.columns.iter().find(|(known, _)| *known == field).map(|(_, at)| *at)
    }

    /// Headers of non-empty columns that were not recognised.
    pub(super) fn unused(&self) -> Vec<String> {
        let used = |at: usize| self.columns.iter().any(|(_, used)| *used == at);
        let filled =
            |at: usize| self.rows.iter().any(|row| row.cells.get(at).is_some_and(|cell| !cell.is_empty()));
        let widest = self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let without_words = |at: usize| format!("{}列", column_name(u32::try_from(at).unwrap_or(u32::MAX)));
        let columns = self.header.iter().enumerate();
        columns
            .filter(|(at, _)| !used(*at) && filled(*at))
            .map(|(at, word)| if word.is_empty() { without_words(at) } else { word.clone() })
            .chain((self.header.len()..widest).filter(|at| filled(*at)).map(without_words))
            .collect()
    }
}
