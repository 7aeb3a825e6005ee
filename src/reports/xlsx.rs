//! Spreadsheets: numbers are stored as numbers, and text is never run as a formula.

use rust_xlsxwriter::{Chart, ChartType, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::table::{Cell, Table};
use crate::error::{Error, Result};

/// Longest sheet name that spreadsheet programs accept.
const NAME_CHARS: usize = 31;
/// Row of the headings, below the title and an empty row.
const HEAD: u32 = 2;

/// A workbook with one sheet per table.
///
/// # Errors
/// More rows than a sheet can hold.
pub fn workbook(tables: &[Table]) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    let mut names: Vec<String> = Vec::new();
    for table in tables {
        let name = sheet_name(&table.title, &names);
        let sheet = book.add_worksheet();
        let _ = sheet.set_name(&name).map_err(|e| fault(&e))?;
        write(sheet, table, &name).map_err(|e| fault(&e))?;
        names.push(name);
    }
    book.save_to_buffer().map_err(|e| fault(&e))
}

fn fault(error: &XlsxError) -> Error {
    Error::Internal(format!("spreadsheet: {error}"))
}

/// A valid sheet name that is not in `taken`.
fn sheet_name(title: &str, taken: &[String]) -> String {
    let plain: String = title.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(NAME_CHARS - 3).collect();
    let plain = if plain.trim().is_empty() { "表".to_owned() } else { plain };
    let mut name = plain.clone();
    let mut number = 2;
    while taken.contains(&name) {
        name = format!("{plain} {number}");
        number += 1;
    }
    name
}

fn write(sheet: &mut Worksheet, table: &Table, name: &str) -> std::result::Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_font_size(14);
    let head = Format::new().set_bold().set_border_bottom(FormatBorder::Thin).set_text_wrap();
    let percent = Format::new().set_num_format("0%");
    let sum = Format::new().set_bold().set_border_top(FormatBorder::Thin);
    let note = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let _ = sheet.write_string_with_format(0, 0, &table.title, &bold)?;
    for (at, column) in (0u16..).zip(&table.columns) {
        let _ = sheet.write_string_with_format(HEAD, at, &column.title, &head)?;
        let _ = sheet.set_column_width(at, f64::from((column.width * 0.6).clamp(8.0, 60.0)))?;
    }
    let mut row = HEAD + 1;
    for cells in &table.rows {
        for (at, cell) in (0u16..).zip(cells) {
            put(sheet, row, at, cell, &percent)?;
        }
        row += 1;
    }
    if let Some(cells) = &table.total {
        for (at, cell) in (0u16..).zip(cells) {
            let _ = match cell {
                Cell::Number(value) => sheet.write_number_with_format(row, at, *value, &sum)?,
                Cell::Share(Some(share)) => {
                    let format = sum.clone().set_num_format("0%");
                    sheet.write_number_with_format(row, at, f64::from(*share) / 100.0, &format)?
                }
                other => sheet.write_string_with_format(row, at, other.words(), &sum)?,
            };
        }
        row += 1;
    }
    if !table.note.is_empty() {
        let last = u16::try_from(table.columns.len().max(2) - 1).unwrap_or(1);
        let _ = sheet.merge_range(row + 1, 0, row + 4, last, &table.note, &note)?;
    }
    if table.charted && !table.rows.is_empty() {
        let _ = sheet.insert_chart(
            HEAD,
            u16::try_from(table.columns.len() + 1).unwrap_or(6),
            &chart(table, name),
        )?;
    }
    let _ = sheet.set_freeze_panes(HEAD + 1, 0)?;
    Ok(())
}

fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    percent: &Format,
) -> std::result::Result<(), XlsxError> {
    let _ = match cell {
        Cell::Text(words) => sheet.write_string(row, column, words)?,
        Cell::Number(value) => sheet.write_number(row, column, *value)?,
        Cell::Share(Some(share)) => {
            sheet.write_number_with_format(row, column, f64::from(*share) / 100.0, percent)?
        }
        Cell::Share(None) | Cell::Tick => sheet.write_string(row, column, "")?,
    };
    Ok(())
}

/// A chart of the second column by the first.
fn chart(table: &Table, name: &str) -> Chart {
    let last = HEAD + u32::try_from(table.rows.len()).unwrap_or(1);
    let mut chart = Chart::new(ChartType::Column);
    let _ = chart
        .add_series()
        .set_categories((name, HEAD + 1, 0, last, 0))
        .set_values((name, HEAD + 1, 1, last, 1))
        .set_name(table.columns.get(1).map_or("", |column| column.title.as_str()));
    let _ = chart.title().set_name(&table.title);
    let _ = chart.legend().set_hidden();
    chart
}
