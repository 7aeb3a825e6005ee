//! Decodes bytes into sheets of cells: CSV in any Chinese encoding, `.xlsx` and `.xls`. Sizes
//! are limited before reading, because a small file can claim to be huge.

use std::collections::HashSet;
use std::io::{Cursor, Read};

use calamine::{Data, DataRef, Dimensions, Reader, SheetVisible, Xls, Xlsx};
use chrono::{NaiveDate, NaiveDateTime};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::cell::{Cell, Kind};
use crate::error::FileFault;

/// Largest file accepted: far above any centre's registry, far below memory.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// Limit for the unpacked parts of a spreadsheet, in bytes.
const MAX_UNPACKED: u64 = 256 * 1024 * 1024;
/// Most rows in a sheet: four district registries one below the other.
const MAX_ROWS: u32 = 200_000;
/// Most columns in a sheet.
const MAX_COLUMNS: u32 = 256;
/// Most non-empty cells.
const MAX_CELLS: usize = 3_000_000;
/// Most cells in the bounding box of an `.xls` sheet, which is read as a whole.
const MAX_BOX: u64 = 4_000_000;

/// What is wrong with a file, and the name or position concerned.
pub type Wrong = (FileFault, String);

/// One row with its place in the sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// Line or row, from 1.
    pub line: u32,
    /// Index of the grid cell it came from, from 0; 0 in a list.
    pub cell: u16,
    /// Cells from the first column on.
    pub cells: Vec<Cell>,
    /// Merged cells: first and last column.
    pub spans: Vec<(usize, usize)>,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// Its name; empty for a text file.
    pub name: String,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// The contents of a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Workbook {
    /// Visible sheets.
    pub sheets: Vec<Sheet>,
    /// Names of hidden sheets, which are not read.
    pub hidden: Vec<String>,
}

/// Decodes a file; a text file gives one result per possible encoding, the likeliest first.
///
/// # Errors
/// The file is too large, damaged, or not a table.
pub fn read(bytes: &[u8]) -> Result<Vec<Workbook>, Wrong> {
    if bytes.is_empty() {
        return Err((FileFault::Empty, String::new()));
    }
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MAX_BYTES {
        return Err((FileFault::TooLarge, String::new()));
    }
    if bytes.starts_with(b"PK") {
        return xlsx(bytes).map(|book| vec![book]);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return xls(bytes).map(|book| vec![book]);
    }
    if let Some(fault) = not_a_table(bytes) {
        return Err((fault, String::new()));
    }
    texts(bytes)
}

/// Recognises other file types that carry a table's extension.
fn not_a_table(bytes: &[u8]) -> Option<FileFault> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"%PDF") {
        return Some(FileFault::Pdf);
    }
    if starts(b"\x89PNG") || starts(b"\xff\xd8\xff") || starts(b"GIF8") || starts(b"BM6") {
        return Some(FileFault::Picture);
    }
    if starts(b"Rar!") || starts(b"7z\xbc\xaf") || starts(b"\x1f\x8b") {
        return Some(FileFault::Archive);
    }
    let head: String = bytes.iter().take(2048).filter(|b| **b != 0).map(|b| char::from(*b)).collect();
    let head = head.to_ascii_lowercase();
    let head = head.trim_start_matches(|c: char| !c.is_ascii() || c.is_whitespace());
    if head.starts_with("<?xml") || head.starts_with("<?mso") {
        let sheet = head.contains("spreadsheet") || head.contains("workbook");
        return Some(if sheet { FileFault::XmlSpreadsheet } else { FileFault::WebPage });
    }
    let web = ["<html", "<!doctype html", "<table", "<head", "<body", "<meta", "<style", "mime-version:"];
    if web.iter().any(|start| head.starts_with(start)) {
        return Some(FileFault::WebPage);
    }
    head.starts_with("{\\rtf").then_some(FileFault::TextDocument)
}

fn torn<E: std::fmt::Display>(error: E) -> Wrong {
    tracing::debug!("spreadsheet: {error}");
    (FileFault::TornSpreadsheet, String::new())
}

fn xlsx(bytes: &[u8]) -> Result<Workbook, Wrong> {
    check_archive(bytes)?;
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(torn)?;
    let epoch_1904 = book.has_1904_epoch();
    let mut out = Workbook::default();
    let mut cells = 0;
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.visible != SheetVisible::Visible {
            out.hidden.push(sheet.name);
            continue;
        }
        if sheet.typ != calamine::SheetType::WorkSheet {
            continue;
        }
        let mut builder = Builder::new(epoch_1904);
        let mut formulas = HashSet::new();
        {
            let mut reader = book.worksheet_cells_reader(&sheet.name).map_err(torn)?;
            while let Some(cell) = reader.next_formula().map_err(torn)? {
                if !cell.get_value().is_empty() && formulas.len() < MAX_CELLS {
                    let _ = formulas.insert(cell.get_position());
                }
            }
        }
        {
            let mut reader = book.worksheet_cells_reader(&sheet.name).map_err(torn)?;
            while let Some(cell) = reader.next_cell().map_err(torn)? {
                let value: &DataRef<'_> = cell.get_value();
                let value = Data::from(value.clone());
                builder.put(cell.get_position(), &value, formulas.contains(&cell.get_position()))?;
            }
        }
        cells += builder.count;
        if cells > MAX_CELLS {
            return Err((FileFault::TooManyCells, cells.to_string()));
        }
        let merged = book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
        out.sheets.push(Sheet { name: sheet.name, rows: builder.rows(&merged) });
    }
    Ok(out)
}

/// Unpacks every part once and counts the bytes: the sizes that an archive declares may be
/// false.
fn check_archive(bytes: &[u8]) -> Result<(), Wrong> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(torn)?;
    let names: Vec<String> =
        archive.file_names().filter_map(Result::ok).map(std::borrow::Cow::into_owned).collect();
    let has = |start: &str| names.iter().any(|name| name.starts_with(start));
    if !has("xl/") {
        let other = |kind: &str| (FileFault::OtherSpreadsheet, kind.to_owned());
        return Err(match () {
            () if has("word/") => (FileFault::TextDocument, String::new()),
            () if has("content.xml") && has("mimetype") => other(".ods"),
            () if has("Index/") => other(".numbers"),
            () => (FileFault::Archive, String::new()),
        });
    }
    if has("xl/workbook.bin") {
        return Err((FileFault::OtherSpreadsheet, ".xlsb".into()));
    }
    let mut left = MAX_UNPACKED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(torn)?;
        let size = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(torn)?;
        left = left.checked_sub(size).ok_or((FileFault::TooLargeUnpacked, String::new()))?;
    }
    Ok(())
}

fn xls(bytes: &[u8]) -> Result<Workbook, Wrong> {
    check_compound(bytes)?;
    let mut book: Xls<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(torn)?;
    let epoch_1904 = book.has_1904_epoch();
    let mut out = Workbook::default();
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.visible != SheetVisible::Visible {
            out.hidden.push(sheet.name);
            continue;
        }
        let Ok(range) = book.worksheet_range(&sheet.name) else { continue };
        let formulas = book.worksheet_formula(&sheet.name).unwrap_or_else(|_| calamine::Range::empty());
        let Some((top, left)) = range.start() else { continue };
        let mut builder = Builder::new(epoch_1904);
        for (row, column, value) in range.used_cells() {
            let place = |from: u32, at: usize| from + u32::try_from(at).unwrap_or(u32::MAX / 2);
            let place = (place(top, row), place(left, column));
            builder.put(place, value, formulas.get_value(place).is_some_and(|f| !f.is_empty()))?;
        }
        let merged = book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
        out.sheets.push(Sheet { name: sheet.name, rows: builder.rows(&merged) });
    }
    Ok(out)
}

/// Checks an old compound file before it is read as a whole: its type, and the size of the
/// bounding box of its cells.
fn check_compound(bytes: &[u8]) -> Result<(), Wrong> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(torn)?;
    let has = |name: &str| file.exists(name);
    if has("/EncryptedPackage") {
        return Err((FileFault::Protected, String::new()));
    }
    if has("/WordDocument") {
        return Err((FileFault::TextDocument, String::new()));
    }
    let Some(name) = ["/Workbook", "/Book"].into_iter().find(|name| has(name)) else {
        return Err((FileFault::WpsTable, String::new()));
    };
    let mut stream = Vec::new();
    let whole = file.open_stream(name).map_err(torn)?;
    let _ = whole.take(MAX_BYTES).read_to_end(&mut stream).map_err(torn)?;
    check_box(&stream)
}

/// BIFF records that hold cells; their data begin with row and column.
const CELL_RECORDS: [u16; 10] =
    [0x0006, 0x00bd, 0x00d6, 0x00fd, 0x0203, 0x0204, 0x0205, 0x027e, 0x0003, 0x0004];
const END_OF_SHEET: u16 = 0x000a;
const FILE_PASS: u16 = 0x002f;

fn check_box(stream: &[u8]) -> Result<(), Wrong> {
    let word = |at: usize| Some(u16::from_le_bytes([*stream.get(at)?, *stream.get(at + 1)?]));
    let (mut at, mut last_row, mut last_column) = (0, 0u64, 0u64);
    while let (Some(kind), Some(length)) = (word(at), word(at + 2)) {
        match kind {
            FILE_PASS => return Err((FileFault::Protected, String::new())),
            END_OF_SHEET => (last_row, last_column) = (0, 0),
            kind if CELL_RECORDS.contains(&kind) => {
                last_row = last_row.max(u64::from(word(at + 4).unwrap_or(0)));
                last_column = last_column.max(u64::from(word(at + 6).unwrap_or(0)));
                if (last_row + 1) * (last_column + 1) > MAX_BOX {
                    return Err((FileFault::TooManyCells, format!("{}×{}", last_row + 1, last_column + 1)));
                }
            }
            _ => {}
        }
        at += 4 + usize::from(length);
    }
    Ok(())
}

/// Collects cells into rows.
struct Builder {
    rows: std::collections::BTreeMap<u32, Vec<Cell>>,
    epoch_1904: bool,
    count: usize,
}

impl Builder {
    fn new(epoch_1904: bool) -> Self {
        Self { rows: std::collections::BTreeMap::new(), epoch_1904, count: 0 }
    }

    fn put(&mut self, (row, column): (u32, u32), value: &Data, formula: bool) -> Result<(), Wrong> {
        let Some(mut cell) = self.cell(value) else { return Ok(()) };
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            return Err((FileFault::TooManyCells, format!("{}{}", column_name(column), row + 1)));
        }
        self.count += 1;
        if self.count > MAX_CELLS {
            return Err((FileFault::TooManyCells, self.count.to_string()));
        }
        if formula {
            // A computed date or number keeps its type.
            cell.kind = if cell.kind == Kind::Text { Kind::Formula } else { cell.kind };
        }
        let cells = self.rows.entry(row).or_default();
        let at = column as usize;
        if cells.len() <= at {
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
            Data::Float(number) => Cell::number(*number),
            #[expect(clippy::cast_precision_loss, reason = "a spreadsheet has no larger number")]
            Data::Int(number) => Cell::number(*number as f64),
            Data::DateTime(stamp) => self.stamp(stamp.as_f64()),
            text => {
                let cell = Cell::typed(&text.to_string());
                return (!cell.text.is_empty()).then_some(cell);
            }
        })
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
    fn rows(mut self, merged: &[Dimensions]) -> Vec<Row> {
        let mut spans: Vec<(u32, usize, usize)> = Vec::new();
        for area in merged {
            let (top, left) = area.start;
            let (bottom, right) = area.end;
            if left >= MAX_COLUMNS || top >= MAX_ROWS {
                continue;
            }
            let value = self.rows.get(&top).and_then(|cells| cells.get(left as usize)).cloned();
            let Some(value) = value.filter(|cell| !cell.text.is_empty()) else { continue };
            if right > left {
                spans.push((top, left as usize, right.min(MAX_COLUMNS) as usize));
            }
            let below: Vec<u32> =
                self.rows.range(top + 1..=bottom.max(top + 1)).map(|(row, _)| *row).collect();
            for row in below.into_iter().filter(|row| *row <= bottom) {
                let cells = self.rows.entry(row).or_default();
                if cells.len() <= left as usize {
                    cells.resize_with(left as usize + 1, Cell::default);
                }
                if let Some(place) = cells.get_mut(left as usize).filter(|cell| cell.text.is_empty()) {
                    *place = value.clone();
                }
            }
        }
        let of = |row: u32| spans.iter().filter(|span| span.0 == row).map(|span| (span.1, span.2)).collect();
        self.rows
            .into_iter()
            .map(|(row, cells)| Row { line: row + 1, cell: 0, cells, spans: of(row) })
            .collect()
    }
}

/// The letters of a column index: `XFD` for 16383.
fn column_name(mut column: u32) -> String {
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

/// Decodes the text in each possible encoding, the likeliest first.
fn texts(bytes: &[u8]) -> Result<Vec<Workbook>, Wrong> {
    let mut books = Vec::new();
    for encoding in encodings(bytes) {
        let (text, _, broken) = encoding.decode(bytes);
        if broken || text.contains('\0') {
            continue;
        }
        let rows = csv_rows(&text)?;
        books.push(Workbook { sheets: vec![Sheet { name: String::new(), rows }], hidden: vec![] });
    }
    if books.is_empty() {
        return Err((FileFault::NeitherTextNorSpreadsheet, String::new()));
    }
    Ok(books)
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

/// The header and the delimiter are looked for in this many rows.
pub const HEADER_WITHIN: usize = 30;

fn csv_rows(text: &str) -> Result<Vec<Row>, Wrong> {
    // Line ends are unified, because the CSV reader would count lines wrongly.
    let text = &text.replace("\r\n", "\n").replace('\r', "\n");
    let head: String = text.lines().take(HEADER_WITHIN).collect();
    let count = |c: u8| head.bytes().filter(|b| *b == c).count();
    let delimiter = [b',', b'\t', b';'].into_iter().max_by_key(|c| count(*c)).unwrap_or(b',');
    let text = with_ditto_marks(text, char::from(delimiter));
    let quoted = records(&text, delimiter, true)?;
    // An unclosed quote would swallow rows; then quotes are taken literally.
    let swallowed =
        |row: &Row| row.cells.iter().any(|cell| cell.text.matches('\n').count() > LINES_IN_A_CELL);
    if quoted.iter().any(swallowed) { records(&text, delimiter, false) } else { Ok(quoted) }
}

/// More line breaks than anybody puts into one cell.
const LINES_IN_A_CELL: usize = 6;

/// Escapes ditto marks: a single quote mark alone in its cell means "as above", but to a CSV
/// reader it opens a quoted cell.
fn with_ditto_marks(text: &str, delimiter: char) -> String {
    let ends = |c: Option<char>| c.is_none_or(|c| c == delimiter || c == '\n');
    let (mut out, mut before, mut inside) = (String::with_capacity(text.len()), None, false);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        if c == '"' && !inside && ends(before) && ends(characters.peek().copied()) {
            out.push('〃');
        } else {
            inside ^= c == '"';
            out.push(c);
        }
        before = Some(c);
    }
    out
}

fn records(text: &str, delimiter: u8, quoting: bool) -> Result<Vec<Row>, Wrong> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .quoting(quoting)
        .from_reader(text.as_bytes());
    let (mut rows, mut cells) = (Vec::new(), 0);
    for record in reader.records().filter_map(Result::ok) {
        let line = record.position().map_or(0, |p| u32::try_from(p.line()).unwrap_or(u32::MAX));
        cells += record.len();
        if rows.len() >= MAX_ROWS as usize || cells > MAX_CELLS || record.len() > MAX_COLUMNS as usize {
            return Err((FileFault::TooManyCells, line.to_string()));
        }
        rows.push(Row { line, cell: 0, cells: record.iter().map(Cell::typed).collect(), spans: vec![] });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
        use std::io::Write as _;
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("begun");
            archive.write_all(bytes).expect("written");
        }
        archive.finish().expect("finished").into_inner()
    }

    fn compound(stream: &str) -> Vec<u8> {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("made");
        drop(file.create_stream(stream).expect("a stream"));
        file.into_inner().into_inner()
    }

    #[test]
    fn a_small_spreadsheet_that_unpacks_to_too_much_is_refused_before_it_is_read() {
        let much = vec![b' '; usize::try_from(MAX_UNPACKED).expect("fits") + 1];
        let bomb = zipped(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", &much)]);
        assert!(bomb.len() < 1_000_000);
        assert_eq!(read(&bomb).expect_err("refused").0, FileFault::TooLargeUnpacked);
    }

    #[test]
    fn a_file_of_another_program_is_named_for_what_it_is() {
        for (bytes, fault) in [
            (compound("/ET"), FileFault::WpsTable),
            (compound("/WordDocument"), FileFault::TextDocument),
            (compound("/EncryptedPackage"), FileFault::Protected),
            (zipped(&[("word/document.xml", b"<w/>")]), FileFault::TextDocument),
            (zipped(&[("mimetype", b"x"), ("content.xml", b"<c/>")]), FileFault::OtherSpreadsheet),
            (zipped(&[("a.txt", b"x")]), FileFault::Archive),
            ("<html><table><tr><td>姓名</td></tr></table>".as_bytes().to_vec(), FileFault::WebPage),
            (b"%PDF-1.7".to_vec(), FileFault::Pdf),
        ] {
            assert_eq!(read(&bytes).expect_err("refused").0, fault);
        }
    }

    #[test]
    fn every_chinese_encoding_is_read() {
        let text = "登记表,\n姓名,手机号\n王子㛃,1\n";
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let with_bom = [b"\xff\xfe".as_slice(), &utf16].concat();
        for bytes in [text.as_bytes(), &GB18030.encode(text).0, &utf16, &with_bom] {
            let books = read(bytes).expect("read");
            let rows = &books[0].sheets[0].rows;
            assert_eq!((rows[2].line, rows[2].cells[0].text.as_str()), (3, "王子㛃"));
        }
    }

    #[test]
    fn a_quote_that_stands_alone_swallows_nobody() {
        let rows =
            |text: &str| read(text.as_bytes()).expect("read").swap_remove(0).sheets.swap_remove(0).rows;
        let ditto = rows("姓名,院落\n王芳,三号院\n李群,\"\n张三,四号院\n");
        assert_eq!((ditto.len(), ditto[2].cells[1].text.as_str()), (4, "〃"));
        let quoted = rows("姓名,备注\n王芳,\"听力不好，\n说话大声\"\n李群,\"a,\",\n");
        assert_eq!(quoted.len(), 3);
        let many = "张三,x\n".repeat(20);
        assert_eq!(rows(&format!("姓名,备注\n李群,\"老大\n{many}")).len(), 22);
    }

    #[test]
    fn a_file_of_another_kind_is_named_for_what_it_is() {
        for (bytes, fault) in [
            (&b"%PDF-1.7"[..], FileFault::Pdf),
            (b"\x89PNG\r\n", FileFault::Picture),
            (b"\xef\xbb\xbf<html xmlns:x=\"urn\"><table>", FileFault::WebPage),
            (
                b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
                FileFault::XmlSpreadsheet,
            ),
            (b"MIME-Version: 1.0\r\n", FileFault::WebPage),
            (b"PK\x03\x04 not a zip", FileFault::TornSpreadsheet),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileFault::TornSpreadsheet),
            (&[0xff; 64], FileFault::NeitherTextNorSpreadsheet),
        ] {
            assert_eq!(read(bytes).map(|_| ()).map_err(|wrong| wrong.0), Err(fault));
        }
    }

    #[test]
    fn an_old_spreadsheet_is_measured_before_it_is_read() {
        let record = |kind: u16, data: &[u8]| {
            let length = u16::try_from(data.len()).expect("short");
            [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
        };
        let near = record(0x0203, &[5, 0, 3, 0, 0, 0]);
        let far = record(0x0203, &[0xff, 0xff, 0xff, 0, 0, 0]);
        assert_eq!(check_box(&near), Ok(()));
        assert_eq!(
            check_box(&[near.clone(), far].concat()).map_err(|wrong| wrong.0),
            Err(FileFault::TooManyCells)
        );
        assert_eq!(check_box(&record(0x002f, &[])).map_err(|wrong| wrong.0), Err(FileFault::Protected));
        assert_eq!(check_box(&[1, 2, 3]), Ok(()));
    }

    #[test]
    fn columns_have_the_names_of_a_spreadsheet() {
        assert_eq!([0, 25, 26, 16_383].map(column_name), ["A", "Z", "AA", "XFD"]);
    }
}
