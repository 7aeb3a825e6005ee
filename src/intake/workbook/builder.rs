//! Collects the cells of a spreadsheet into rows, within the limits.

use std::collections::BTreeMap;

use calamine::{Data, Dimensions};
use chrono::{NaiveDate, NaiveDateTime};

use super::super::cell::{Cell, Kind};
use super::model::{MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT, Row, Wrong};
use crate::error::FileFault;

pub(super) fn torn<E: std::fmt::Display>(error: E) -> Wrong {
    tracing::debug!("spreadsheet: {error}");
    (FileFault::TornSpreadsheet, String::new())
}

/// What is left of the limits of a file, over all its sheets.
pub(super) struct Budget {
    cells: usize,
    text: usize,
}

impl Budget {
    pub(super) const fn new() -> Self {
        Self { cells: MAX_CELLS, text: MAX_TEXT }
    }

    /// Takes `count` cells.
    ///
    /// # Errors
    /// [`FileFault::TooManyCells`] with `place` if the file has no more.
    fn cells(&mut self, count: usize, place: impl FnOnce() -> String) -> Result<(), Wrong> {
        self.cells = self.cells.checked_sub(count).ok_or_else(|| (FileFault::TooManyCells, place()))?;
        Ok(())
    }

    /// Takes `bytes` of text.
    ///
    /// # Errors
    /// [`FileFault::TooMuchText`] if the file has no more.
    pub(super) fn text(&mut self, bytes: usize) -> Result<(), Wrong> {
        self.text = self.text.checked_sub(bytes).ok_or((FileFault::TooMuchText, String::new()))?;
        Ok(())
    }
}

/// Collects cells into rows.
pub(super) struct Builder<'a> {
    rows: BTreeMap<u32, Vec<Cell>>,
    epoch_1904: bool,
    budget: &'a mut Budget,
}

impl<'a> Builder<'a> {
    pub(super) fn new(epoch_1904: bool, budget: &'a mut Budget) -> Self {
        Self { rows: BTreeMap::new(), epoch_1904, budget }
    }

    /// Measures a text before it is copied: many cells may share one long text.
    ///
    /// # Errors
    /// The file has more text than is accepted.
    pub(super) fn measure(&mut self, text: &str) -> Result<(), Wrong> {
        self.budget.text(text.len())
    }

    /// Sets a cell; its text was measured.
    ///
    /// # Errors
    /// The cell is too far away, or one too many.
    pub(super) fn put(
        &mut self,
        (row, column): (u32, u32),
        value: &Data,
        formula: bool,
    ) -> Result<(), Wrong> {
        let Some(mut cell) = self.cell(value) else { return Ok(()) };
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            return Err((FileFault::TooManyCells, place_name(row, column)));
        }
        if formula {
            // A computed date or number keeps its type.
            cell.kind = if cell.kind == Kind::Text { Kind::Formula } else { cell.kind };
        }
        self.set(row, column, cell)
    }

    fn set(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), Wrong> {
        let cells = self.rows.entry(row).or_default();
        let at = column as usize;
        if cells.len() <= at {
            self.budget.cells(at + 1 - cells.len(), || place_name(row, column))?;
            cells.resize_with(at + 1, Cell::default);
        }
        if let Some(place) = cells.get_mut(at) {
            *place = cell;
        }
        Ok(())
    }

    fn cell(&self, value: &Data) -> Option<Cell> {
        Some(match value {
            Data::Empty | Data::Error(_) => return None,
            Data::Float(number) => self.number(*number),
            #[expect(clippy::cast_precision_loss, reason = "a spreadsheet has no larger number")]
            Data::Int(number) => self.number(*number as f64),
            Data::DateTime(stamp) => self.stamp(stamp.as_f64()),
            text => {
                let cell = Cell::typed(&text.to_string());
                return (!cell.text.is_empty()).then_some(cell);
            }
        })
    }

    fn number(&self, value: f64) -> Cell {
        Cell { epoch_1904: self.epoch_1904, ..Cell::number(value) }
    }

    /// Converts a serial day number, with its fraction, in the workbook's date system.
    fn stamp(&self, serial: f64) -> Cell {
        #[expect(clippy::cast_possible_truncation, reason = "bounded before")]
        let seconds = if serial.abs() < 4e6 { (serial * 86_400.0).round() as i64 } else { 0 };
        let epoch = if self.epoch_1904 && serial >= 1.0 { (1904, 1, 1) } else { (1899, 12, 30) };
        let epoch = NaiveDate::from_ymd_opt(epoch.0, epoch.1, epoch.2).unwrap_or(NaiveDate::MIN);
        let at =
            epoch.and_time(chrono::NaiveTime::MIN).checked_add_signed(chrono::Duration::seconds(seconds));
        at.map_or_else(|| Cell::number(serial), |at: NaiveDateTime| Cell::stamp(at))
    }

    /// The rows; a cell merged over several rows is repeated in each.
    ///
    /// # Errors
    /// Merged areas repeat more than the limits allow.
    pub(super) fn rows(mut self, merged: &[Dimensions]) -> Result<Vec<Row>, Wrong> {
        let mut spans: BTreeMap<u32, Vec<(usize, usize)>> = BTreeMap::new();
        for area in merged {
            let (top, left) = area.start;
            let (bottom, right) = area.end;
            if left >= MAX_COLUMNS || top >= MAX_ROWS {
                continue;
            }
            let value = self.rows.get(&top).and_then(|cells| cells.get(left as usize)).cloned();
            let Some(value) = value.filter(|cell| !cell.text.is_empty()) else { continue };
            if right > left {
                spans.entry(top).or_default().push((left as usize, right.min(MAX_COLUMNS) as usize));
            }
            let below: Vec<u32> =
                self.rows.range(top + 1..=bottom.max(top + 1)).map(|(row, _)| *row).collect();
            for row in below.into_iter().filter(|row| *row <= bottom) {
                if right > left {
                    spans.entry(row).or_default().push((left as usize, right.min(MAX_COLUMNS) as usize));
                }
                // Areas that lie over each other would otherwise repeat the work for ever.
                self.budget.cells(1, || place_name(row, left))?;
                let there = self.rows.get(&row).and_then(|cells| cells.get(left as usize));
                if there.is_none_or(|cell| cell.text.is_empty()) {
                    self.budget.text(value.text.len())?;
                    self.set(row, left, value.clone())?;
                }
            }
        }
        let row = |(row, cells): (u32, Vec<Cell>)| Row {
            line: row + 1,
            cell: 0,
            cells,
            spans: spans.remove(&row).unwrap_or_default(),
        };
        Ok(self.rows.into_iter().map(row).collect())
    }
}

/// The name of a cell as a spreadsheet shows it: `C12`.
fn place_name(row: u32, column: u32) -> String {
    format!("{}{}", column_name(column), row + 1)
}

/// The letters of a column index: `XFD` for 16383.
pub fn column_name(mut column: u32) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(column % 26).unwrap_or(0)));
        if column < 26 {
            break;
        }
        column = column / 26 - 1;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_names_of_a_spreadsheet() {
        assert_eq!([0, 25, 26, 16_383].map(column_name), ["A", "Z", "AA", "XFD"]);
    }

    #[test]
    fn merged_areas_that_lie_over_each_other_are_bounded() {
        let mut budget = Budget::new();
        let mut builder = Builder::new(false, &mut budget);
        for row in 0..1_000 {
            builder.put((row, 0), &Data::Float(1.0), false).expect("within");
        }
        let areas = vec![Dimensions { start: (0, 0), end: (999, 0) }; 10_000];
        assert_eq!(builder.rows(&areas).map_err(|wrong| wrong.0), Err(FileFault::TooManyCells));
    }

    #[test]
    fn a_long_text_that_many_cells_share_is_refused_before_it_is_copied() {
        let text = "长".repeat(10_000);
        let mut budget = Budget::new();
        let mut builder = Builder::new(false, &mut budget);
        let wrong = (0..40_000).find_map(|_| builder.measure(&text).err()).expect("refused");
        assert_eq!(wrong.0, FileFault::TooMuchText);
    }

    #[test]
    fn a_far_column_in_every_row_is_refused() {
        let mut budget = Budget::new();
        let mut builder = Builder::new(false, &mut budget);
        let mut put = |row| builder.put((row, 255), &Data::Float(1.0), false);
        let (fault, place) = (0..100_000).find_map(|row| put(row).err()).expect("refused");
        assert_eq!((fault, place.as_str()), (FileFault::TooManyCells, "IV11719"));
    }
}
