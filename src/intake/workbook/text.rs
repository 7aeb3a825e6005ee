//! Reads text files with delimiters, in any Chinese encoding.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::super::cell::Cell;
use super::model::{HEADER_WITHIN, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Row, Sheet, Workbook, Wrong};
use crate::error::FileFault;

/// Decodes the text in each possible encoding, the likeliest first.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Workbook>, Wrong> {
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
        return with_lost_characters(bytes);
    }
    if books.iter().all(|book| book.sheets.iter().all(|sheet| sheet.rows.iter().all(is_blank))) {
        return Err((FileFault::Empty, String::new()));
    }
    Ok(books)
}

fn is_blank(row: &Row) -> bool {
    row.cells.iter().all(Cell::is_empty)
}

/// One broken character in this many bytes still leaves a text.
const BYTES_A_BROKEN: usize = 200;

/// The text with its few broken characters replaced, which the preview then reports.
fn with_lost_characters(bytes: &[u8]) -> Result<Vec<Workbook>, Wrong> {
    let lost = |text: &str| text.matches('\u{fffd}').count();
    let best = encodings(bytes)
        .into_iter()
        .map(|encoding| encoding.decode(bytes).0)
        .filter(|text| !text.contains('\0'))
        .min_by_key(|text| lost(text))
        .filter(|text| lost(text) <= bytes.len() / BYTES_A_BROKEN + 1);
    let text = best.ok_or((FileFault::NeitherTextNorSpreadsheet, String::new()))?;
    let sheet = Sheet { name: String::new(), rows: csv_rows(&text)? };
    Ok(vec![Workbook { sheets: vec![sheet], hidden: vec![] }])
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

const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

fn csv_rows(text: &str) -> Result<Vec<Row>, Wrong> {
    // Line ends are unified, because the CSV reader would count lines wrongly.
    let mut text = text.replace("\r\n", "\n").replace('\r', "\n");
    let head: String = text.lines().take(HEADER_WITHIN).collect();
    let count = |c: u8| head.bytes().filter(|b| *b == c).count();
    // Typed by hand with the commas of a Chinese keyboard.
    if DELIMITERS.iter().all(|c| count(*c) == 0) {
        text = text.replace('，', ",");
    }
    let delimiter = DELIMITERS.into_iter().max_by_key(|c| count(*c)).unwrap_or(b',');
    let text = with_ditto_marks(&text, char::from(delimiter));
    let quoted = records(&text, delimiter, true)?;
    // An unclosed quote would swallow rows; then quotes are taken literally. Rows inside a cell
    // have as many delimiters as the table's.
    let columns = quoted.iter().map(|row| row.cells.len()).find(|columns| *columns > 1).unwrap_or(2);
    let is_row = |line: &str| line.bytes().filter(|b| *b == delimiter).count() + 1 >= columns;
    let swallowed = |row: &Row| {
        row.cells.iter().any(|cell| {
            cell.text.matches('\n').count() > LINES_IN_A_CELL
                || cell.text.contains('\n') && cell.text.lines().any(is_row)
        })
    };
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
        let three = rows("姓名,备注,手机号\n王芳,\"老大,138\n李强,x,139\n赵敏,y,137\n");
        assert_eq!(three.len(), 4, "a quote that never ends swallows nobody");
        let many = "张三,x\n".repeat(20);
        assert_eq!(rows(&format!("姓名,备注\n李群,\"老大\n{many}")).len(), 22);
    }
}
