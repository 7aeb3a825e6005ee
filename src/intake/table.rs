//! A file as rows of text: CSV in any Chinese encoding, or a spreadsheet.

use std::collections::HashSet;
use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::domain::text::tidy;
use crate::error::{Error, Result};

/// Largest file taken: far above any centre's registry, far below memory.
const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// The header must be within the first rows.
const HEADER_WITHIN: usize = 30;

/// One row with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Line or row in the file, from 1.
    pub line: u32,
    /// Cells as text.
    pub cells: Vec<String>,
    formulas: HashSet<usize>,
}

/// A table whose header was found by its words.
#[derive(Debug, Clone)]
pub struct Table<F> {
    /// The header's words as they stand in the file.
    pub header: Vec<String>,
    /// Rows below the header that hold anything.
    pub rows: Vec<Row>,
    columns: Vec<(F, usize)>,
}

/// A field and the words that name its column.
pub type Words<F> = (F, &'static [&'static str]);

impl<F: Copy + PartialEq> Table<F> {
    /// Reads a file and finds the header that has the `needed` fields.
    ///
    /// # Errors
    /// The file is missing, too large, of another kind, or has no such header.
    pub fn read(path: &Path, words: &[Words<F>], needed: &[F]) -> Result<Self> {
        let size = std::fs::metadata(path).map_err(|e| Error::file(path, e))?.len();
        if size > MAX_BYTES {
            return Err(Error::file(path, "is larger than 64 MB; is it the right file?"));
        }
        let bytes = std::fs::read(path).map_err(|e| Error::file(path, e))?;
        Self::parse(&bytes, words, needed).map_err(|what| Error::file(path, what))
    }

    /// As [`Table::read`], from bytes.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the file.
    pub fn parse(bytes: &[u8], words: &[Words<F>], needed: &[F]) -> std::result::Result<Self, String> {
        if bytes.is_empty() {
            return Err("is empty".into());
        }
        let sheets = if bytes.starts_with(b"PK") { spreadsheet(bytes)? } else { texts(bytes)? };
        sheets.into_iter().find_map(|rows| Self::with_header(rows, words, needed)).ok_or_else(|| {
            let missing: Vec<&str> = words
                .iter()
                .filter(|(field, _)| needed.contains(field))
                .filter_map(|(_, names)| names.first().copied())
                .collect();
            format!("has no header row with the columns {}", missing.join(", "))
        })
    }

    fn with_header(rows: Vec<Row>, words: &[Words<F>], needed: &[F]) -> Option<Self> {
        let (at, columns) = rows.iter().take(HEADER_WITHIN).enumerate().find_map(|(at, row)| {
            let columns = columns_of(row, words);
            let found = |field: &F| columns.iter().any(|(known, _)| known == field);
            needed.iter().all(found).then_some((at, columns))
        })?;
        let header = rows[at].cells.clone();
        let below = rows.into_iter().skip(at + 1);
        let rows = below.filter(|row| row.cells.iter().any(|cell| !tidy(cell).is_empty())).collect();
        Some(Self { header, rows, columns })
    }

    /// The tidied text of a field; empty if the column or the cell is missing.
    #[must_use]
    pub fn cell(&self, row: &Row, field: F) -> String {
        self.column(field).and_then(|at| row.cells.get(at)).map(|cell| tidy(cell)).unwrap_or_default()
    }

    /// Whether the field's cell is a formula.
    #[must_use]
    pub fn is_formula(&self, row: &Row, field: F) -> bool {
        self.column(field).is_some_and(|at| row.formulas.contains(&at))
    }

    /// Whether the row repeats the header.
    #[must_use]
    pub fn is_header(&self, row: &Row) -> bool {
        self.columns.iter().all(|(_, at)| row.cells.get(*at) == self.header.get(*at))
    }

    fn column(&self, field: F) -> Option<usize> {
        self.columns.iter().find(|(known, _)| *known == field).map(|(_, at)| *at)
    }
}

/// Which column holds which field: the header's words win over their parts.
fn columns_of<F: Copy + PartialEq>(row: &Row, words: &[Words<F>]) -> Vec<(F, usize)> {
    let cells: Vec<String> = row.cells.iter().map(|cell| tidy(cell).replace(' ', "")).collect();
    let mut columns = Vec::new();
    let taken = |columns: &Vec<(F, usize)>, at: usize| columns.iter().any(|(_, used)| *used == at);
    for (field, names) in words {
        let exact = cells.iter().position(|cell| names.contains(&cell.as_str()));
        if let Some(at) = exact.filter(|at| !taken(&columns, *at)) {
            columns.push((*field, at));
        }
    }
    for (field, names) in words {
        if columns.iter().any(|(known, _)| known == field) {
            continue;
        }
        // 「手机号（必填）」 still means 手机号; a title line is too long to count.
        let part = cells.iter().enumerate().position(|(at, cell)| {
            !taken(&columns, at)
                && cell.chars().count() <= 12
                && names.iter().any(|name| cell.starts_with(name))
        });
        if let Some(at) = part {
            columns.push((*field, at));
        }
    }
    columns
}

/// The text in each encoding it may be in, the likeliest first.
fn texts(bytes: &[u8]) -> std::result::Result<Vec<Vec<Row>>, String> {
    let rows: Vec<Vec<Row>> = encodings(bytes)
        .into_iter()
        .filter_map(|encoding| {
            let (text, _, broken) = encoding.decode(bytes);
            (!broken && !text.contains('\0')).then(|| csv_rows(&text))
        })
        .collect();
    if rows.is_empty() {
        return Err("is neither a spreadsheet nor text in GB18030, UTF-8, UTF-16 or Big5".into());
    }
    Ok(rows)
}

fn encodings(bytes: &[u8]) -> Vec<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return vec![encoding];
    }
    let zeros = |offset: usize| bytes.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    if bytes.len() >= 4 && zeros(0) + zeros(1) > bytes.len() / 20 {
        return if zeros(1) > zeros(0) { vec![UTF_16LE] } else { vec![UTF_16BE] };
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    let _ = detector.feed(bytes, true);
    let guess = detector.guess(Some(b"cn"), chardetng::Utf8Detection::Allow);
    let chinese = if guess == BIG5 { [BIG5, GB18030] } else { [GB18030, BIG5] };
    let mut order = vec![UTF_8];
    order.extend(chinese);
    order
}

fn csv_rows(text: &str) -> Vec<Row> {
    // One kind of line end, or the reader counts a CRLF to the line before it.
    let text = &text.replace("\r\n", "\n").replace('\r', "\n");
    let head: String = text.lines().take(HEADER_WITHIN).collect();
    let count = |c: u8| head.bytes().filter(|b| *b == c).count();
    let delimiter = [b',', b'\t', b';'].into_iter().max_by_key(|c| count(*c)).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    reader
        .records()
        .filter_map(std::result::Result::ok)
        .map(|record| Row {
            line: record.position().map_or(0, |p| u32::try_from(p.line()).unwrap_or(u32::MAX)),
            cells: record.iter().map(str::to_owned).collect(),
            formulas: HashSet::new(),
        })
        .collect()
}

fn spreadsheet(bytes: &[u8]) -> std::result::Result<Vec<Vec<Row>>, String> {
    let mut book = calamine::open_workbook_auto_from_rs(Cursor::new(bytes))
        .map_err(|e| format!("cannot be read as a spreadsheet: {e}"))?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let Ok(range) = book.worksheet_range(&name) else { continue };
        let formulas = book.worksheet_formula(&name).unwrap_or_else(|_| calamine::Range::empty());
        let Some((first_row, first_column)) = range.start() else { continue };
        let is_formula = |row: u32, column: u32| {
            formulas.get_value((row, column)).is_some_and(|formula| !formula.is_empty())
        };
        let rows = (first_row..).zip(range.rows()).map(|(row, cells)| Row {
            line: row + 1,
            cells: cells.iter().map(cell_text).collect(),
            formulas: (0..cells.len())
                .filter(|at| is_formula(row, first_column + u32::try_from(*at).unwrap_or(u32::MAX)))
                .collect(),
        });
        sheets.push(rows.collect());
    }
    Ok(sheets)
}

fn cell_text(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            format!("{number:.0}")
        }
        Data::DateTime(stamp) => serial_text(stamp.as_f64()),
        other => other.to_string(),
    }
}

/// A spreadsheet's date, time, or both.
fn serial_text(serial: f64) -> String {
    let days = serial.floor();
    let minutes = ((serial - days) * 1440.0).round();
    let clock = format!("{:02.0}:{:02.0}", (minutes / 60.0).floor(), minutes % 60.0);
    if days < 1.0 {
        return clock;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a day number is small")]
    let date = super::dates::day_number(days as u32).map(|d| d.to_string()).unwrap_or_default();
    if minutes == 0.0 { date } else { format!("{date} {clock}") }
}

/// Writes refused rows to a file, to be mended and taken in again.
///
/// # Errors
/// The file cannot be written.
pub fn write_refused<F: Copy + PartialEq>(
    path: &Path,
    table: &Table<F>,
    refused: &[(u32, String)],
) -> Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|e| Error::file(folder, e))?;
    }
    std::fs::write(path, refused_csv(table, refused)?).map_err(|e| Error::file(path, e))
}

/// Refused rows as CSV, with their line and the reason.
///
/// # Errors
/// Only if the CSV writer itself fails.
pub fn refused_csv<F: Copy + PartialEq>(table: &Table<F>, refused: &[(u32, String)]) -> Result<Vec<u8>> {
    let internal = |e: csv::Error| Error::Internal(e.to_string());
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(vec![]);
    let safe = |cell: &str| {
        if crate::domain::text::looks_like_formula(cell) { format!("'{cell}") } else { cell.to_owned() }
    };
    let mut write = |cells: &[String], line: &str, reason: &str| {
        let padded = (0..table.header.len()).map(|at| cells.get(at).map(|c| safe(c)).unwrap_or_default());
        let last = [line.to_owned(), reason.to_owned()];
        writer.write_record(padded.chain(last)).map_err(internal)
    };
    write(&table.header, "行号", "原因")?;
    for (line, reason) in refused {
        if let Some(row) = table.rows.iter().find(|row| row.line == *line) {
            write(&row.cells, &line.to_string(), reason)?;
        }
    }
    let body = writer.into_inner().map_err(|e| Error::Internal(e.to_string()))?;
    // A byte order mark, or a Chinese spreadsheet program shows garbage.
    Ok([b"\xef\xbb\xbf".as_slice(), &body].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    enum F {
        Name,
        Phone,
    }

    const WORDS: &[Words<F>] = &[(F::Name, &["姓名"]), (F::Phone, &["手机号", "电话"])];

    fn parse(bytes: &[u8]) -> std::result::Result<Table<F>, String> {
        Table::parse(bytes, WORDS, &[F::Name])
    }

    #[test]
    fn every_chinese_encoding_is_read() {
        let text = "登记表,\n姓名,手机号\n王子㛃,1\n";
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let with_bom = [b"\xff\xfe".as_slice(), &utf16].concat();
        for bytes in [text.as_bytes(), &GB18030.encode(text).0, &utf16, &with_bom] {
            let table = parse(bytes).expect("read");
            assert_eq!(table.cell(&table.rows[0], F::Name), "王子㛃");
            assert_eq!(table.rows[0].line, 3);
        }
        let big5 = parse(&BIG5.encode("姓名,電話\n歐陽素芬,1\n").0).expect("read");
        assert_eq!(big5.cell(&big5.rows[0], F::Name), "歐陽素芬");
    }

    #[test]
    fn complaint_30_a_broken_file_is_refused_in_words() {
        assert!(parse(b"").expect_err("refused").contains("empty"));
        assert!(parse(b"PK\x03\x04 not a zip").expect_err("refused").contains("spreadsheet"));
        assert!(parse(&[0xff; 64]).expect_err("refused").contains("neither"));
        assert!(parse("a,b\n1,2\n".as_bytes()).expect_err("refused").contains("姓名"));
    }

    #[test]
    fn a_column_is_found_by_the_beginning_of_its_words() {
        let table = parse("序号;姓名（必填）;电话号码\n1;王芳;5\n".as_bytes()).expect("read");
        assert_eq!(table.cell(&table.rows[0], F::Name), "王芳");
        assert_eq!(table.cell(&table.rows[0], F::Phone), "5");
    }
}
