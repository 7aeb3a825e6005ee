//! Tables in a file, with columns recognised by the words of their header.

use std::path::Path;

use daycare_core::import::outcome::{At, Reason};
use daycare_core::import::rows::Rows;
use daycare_core::text::{looks_like_formula, tidy};

use super::cell::Cell;
use super::workbook::{self, HEADER_WITHIN, Row, Sheet, Workbook, Wrong};
use crate::error::{Error, FileFault, Result};

/// A field and the words that name its column.
pub type Words<F> = (F, &'static [&'static str]);

/// Layout of one kind of file.
#[derive(Debug, Clone, Copy)]
pub struct Layout<F: 'static> {
    /// Header words of each field, the plainest first.
    pub words: &'static [Words<F>],
    /// Fields that a header must have.
    pub needed: &'static [F],
    /// Fields in which a ditto mark is not resolved.
    pub own: &'static [F],
    /// Maps a header that spans several columns to a common word, such as 监护人 over 姓名 and 电话.
    pub group: fn(&str) -> &str,
}

/// The rows of one sheet, with its column mapping.
#[derive(Debug, Clone)]
pub struct Part<F> {
    /// Index of the sheet among those read.
    pub sheet: u16,
    /// Name of the sheet; empty for a text file.
    pub name: String,
    /// The header's words as written in the file.
    pub header: Vec<String>,
    /// Non-empty rows below the header.
    pub rows: Vec<Row>,
    columns: Vec<(F, usize)>,
}

/// All sheets of a file that have the expected header.
#[derive(Debug, Clone)]
pub struct Table<F> {
    /// Sheets with a header, in file order.
    pub parts: Vec<Part<F>>,
    /// Non-empty columns, and sheets, that were not used.
    pub unused: Vec<String>,
}

impl<F: Copy + PartialEq> Table<F> {
    /// Reads a file and finds the headers that have the needed fields.
    ///
    /// # Errors
    /// The file is missing, too large, not a table, or has no such header.
    pub fn read(path: &Path, layout: &Layout<F>) -> Result<Self> {
        Self::of(&bytes_of(path)?, layout).map_err(|(fault, detail)| bad(path, fault, detail))
    }

    /// As [`Table::read`], from bytes.
    ///
    /// # Errors
    /// The bytes are not a table, or have no such header.
    pub fn of(bytes: &[u8], layout: &Layout<F>) -> std::result::Result<Self, Wrong> {
        Self::among(workbook::read(bytes)?, layout)
    }

    /// The first of several decodings that has the header.
    pub(super) fn among(mut readings: Vec<Workbook>, layout: &Layout<F>) -> std::result::Result<Self, Wrong> {
        let found = readings
            .iter()
            .position(|book| book.sheets.iter().any(|sheet| header_of(sheet, layout).is_some()));
        match found {
            Some(at) => Ok(Self::with_headers(readings.swap_remove(at), layout)),
            None => Err((FileFault::NoHeader, missing(layout))),
        }
    }

    fn with_headers(book: Workbook, layout: &Layout<F>) -> Self {
        let mut table = Self { parts: vec![], unused: book.hidden };
        for sheet in book.sheets {
            let Some(header) = header_of(&sheet, layout) else {
                if !sheet.rows.is_empty() {
                    table.unused.push(sheet.name);
                }
                continue;
            };
            let number = u16::try_from(table.parts.len()).unwrap_or(u16::MAX);
            let part = Part::new(number, sheet, header, layout);
            for column in part.unused() {
                if !table.unused.contains(&column) {
                    table.unused.push(column);
                }
            }
            table.parts.push(part);
        }
        table
    }

    /// An empty result that already names the sheets and the unused columns.
    pub(super) fn rows<R>(&self) -> Rows<R> {
        Rows {
            sheets: self.parts.iter().map(|part| part.name.clone()).collect(),
            unused: self.unused.clone(),
            entries: vec![],
            rejected: vec![],
            warnings: vec![],
        }
    }
}

/// Reads a file after checking its size.
///
/// # Errors
/// The file is missing, cannot be read, or is larger than [`workbook::MAX_BYTES`].
pub fn bytes_of(path: &Path) -> Result<Vec<u8>> {
    let size = std::fs::metadata(path).map_err(|e| Error::file(path, e))?.len();
    if size > workbook::MAX_BYTES {
        return Err(Error::bad_file(path, FileFault::TooLarge, ""));
    }
    std::fs::read(path).map_err(|e| Error::file(path, e))
}

/// An error that names the file and what is wrong with it.
pub fn bad(path: &Path, fault: FileFault, detail: String) -> Error {
    let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    let unclear = matches!(
        fault,
        FileFault::TornSpreadsheet
            | FileFault::NeitherTextNorSpreadsheet
            | FileFault::NoHeader
            | FileFault::Archive
    );
    let fault = match ending.as_str() {
        "et" | "ett" if unclear => FileFault::WpsTable,
        "wps" | "wpt" | "doc" | "docx" if unclear => FileFault::TextDocument,
        _ => fault,
    };
    Error::bad_file(path, fault, detail)
}

fn missing<F: Copy + PartialEq>(layout: &Layout<F>) -> String {
    let needed = layout.words.iter().filter(|(field, _)| layout.needed.contains(field));
    needed.filter_map(|(_, names)| names.first().copied()).collect::<Vec<_>>().join("、")
}

/// Position of a header of one or two rows, and its words.
struct Header<F> {
    last_row: usize,
    words: Vec<String>,
    columns: Vec<(F, usize)>,
}

fn header_of<F: Copy + PartialEq>(sheet: &Sheet, layout: &Layout<F>) -> Option<Header<F>> {
    // A title such as 服务对象登记表 begins like a header word, so a row with exact words is preferred
    // wherever it is.
    [true, false].into_iter().find_map(|exact| {
        sheet
            .rows
            .iter()
            .take(HEADER_WITHIN)
            .enumerate()
            .find_map(|(at, _)| header_at(sheet, at, exact, layout))
    })
}

fn header_at<F: Copy + PartialEq>(
    sheet: &Sheet,
    at: usize,
    exact: bool,
    layout: &Layout<F>,
) -> Option<Header<F>> {
    let row = sheet.rows.get(at)?;
    let filled = row.cells.iter().filter(|cell| !cell.is_empty()).count();
    let whole = |found: &Found<F>| {
        let columns = found.columns.get(..if exact { found.exact } else { found.columns.len() });
        let has = |field: &F| columns.unwrap_or_default().iter().any(|(known, _)| known == field);
        layout.needed.iter().all(has) && (exact || filled >= 2)
    };
    let upper = words_of(row);
    if let Some(lower) = sheet.rows.get(at + 1).filter(|lower| is_second_line(row, lower, layout)) {
        let words = under_each_other(row, lower);
        let found = columns_of(&words, layout);
        if whole(&found) {
            let words = words.into_iter().map(|(upper, lower)| joined(&upper, &lower)).collect();
            return Some(Header { last_row: at + 1, words, columns: found.columns });
        }
    }
    let single: Vec<_> = upper.iter().map(|word| (word.clone(), String::new())).collect();
    let found = columns_of(&single, layout);
    whole(&found).then_some(Header { last_row: at, words: upper, columns: found.columns })
}

fn joined(upper: &str, lower: &str) -> String {
    if lower.is_empty() || upper == lower { upper.to_owned() } else { format!("{upper}{lower}") }
}

/// A header's words without spaces and line breaks.
fn words_of(row: &Row) -> Vec<String> {
    row.cells.iter().map(|cell| plain(&cell.text)).collect()
}

fn plain(text: &str) -> String {
    tidy(text).replace(' ', "")
}

/// Whether a row is the second row of the header above it: it fills in below a merged or
/// empty cell, and contains only header words.
fn is_second_line<F: Copy + PartialEq>(upper: &Row, lower: &Row, layout: &Layout<F>) -> bool {
    const COMMON: &[&str] =
        &["姓名", "电话", "手机", "手机号", "联系电话", "联系方式", "关系", "与老人关系", "性别"];
    let known =
        |word: &str| COMMON.contains(&word) || layout.words.iter().any(|(_, names)| names.contains(&word));
    let above = under_each_other(upper, lower);
    let words = words_of(lower);
    let told = words.iter().filter(|word| !word.is_empty());
    let all_known = told.clone().count() > 0 && told.clone().all(|word| known(word));
    let differs = above.iter().any(|(upper, lower)| !lower.is_empty() && upper != lower);
    all_known && differs
}

/// Upper and lower word of each column. A merged upper cell covers its whole width; in a text
/// file, which has no widths, a word also covers the empty cells after it that have a word
/// below.
fn under_each_other(upper: &Row, lower: &Row) -> Vec<(String, String)> {
    let (above, below) = (words_of(upper), words_of(lower));
    let mut out: Vec<(String, String)> = Vec::new();
    for at in 0..above.len().max(below.len()) {
        let own = above.get(at).cloned().unwrap_or_default();
        let low = below.get(at).cloned().unwrap_or_default();
        let span = upper.spans.iter().find(|(from, to)| *from < at && at <= *to);
        let reach = match span {
            Some((from, _)) => above.get(*from).cloned(),
            None if own.is_empty() && !low.is_empty() => out.last().map(|(upper, _)| upper.clone()),
            None => None,
        };
        out.push((if own.is_empty() { reach.unwrap_or_default() } else { own }, low));
    }
    out
}

/// The words that may name a column, the most complete first.
fn names_of<F>((upper, lower): &(String, String), layout: &Layout<F>) -> Vec<String> {
    if lower.is_empty() || upper == lower {
        return vec![upper.clone()];
    }
    let group = (layout.group)(upper);
    let short = match lower.as_str() {
        "联系电话" | "手机" | "手机号" | "手机号码" | "联系方式" | "电话号码" => "电话",
        other => other,
    };
    let mut names = vec![format!("{upper}{lower}"), format!("{group}{short}")];
    if group == upper {
        names.push(lower.clone());
    }
    names
}

/// Columns that were found, exact matches first.
struct Found<F> {
    columns: Vec<(F, usize)>,
    exact: usize,
}

/// Maps fields to columns; exact header words win over partial matches.
fn columns_of<F: Copy + PartialEq>(header: &[(String, String)], layout: &Layout<F>) -> Found<F> {
    let names: Vec<Vec<String>> = header.iter().map(|words| names_of(words, layout)).collect();
    let mut columns: Vec<(F, usize)> = Vec::new();
    let taken = |columns: &[(F, usize)], at: usize| columns.iter().any(|(_, used)| *used == at);
    for depth in 0..3 {
        for (field, known) in layout.words {
            if columns.iter().any(|(found, _)| found == field) {
                continue;
            }
            // The plainest word first: 手机号 wins over 联系方式.
            let exact = known.iter().find_map(|word| {
                let at = |names: &Vec<String>| names.get(depth).is_some_and(|name| name == word);
                names.iter().enumerate().position(|(place, names)| !taken(&columns, place) && at(names))
            });
            if let Some(at) = exact {
                columns.push((*field, at));
            }
        }
    }
    let exact = columns.len();
    for (field, known) in layout.words {
        if columns.iter().any(|(found, _)| found == field) {
            continue;
        }
        // 「手机号（必填）」 still means 手机号; a title line is too long to count.
        let part = names.iter().enumerate().position(|(at, names)| {
            let [word] = names.as_slice() else { return false };
            !taken(&columns, at)
                && word.chars().count() <= 12
                && known.iter().any(|name| word.starts_with(name) && is_aside(word, name))
        });
        if let Some(at) = part {
            columns.push((*field, at));
        }
    }
    Found { columns, exact }
}

/// Whether what follows a known word only explains it, such as brackets or 号码, and does not
/// begin another word.
fn is_aside(word: &str, name: &str) -> bool {
    let rest = word.strip_prefix(name).unwrap_or_default();
    let other = ["关系", "电话", "手机", "姓名", "地址", "证", "类型", "备注", "情况"];
    !other.iter().any(|start| rest.starts_with(start))
}

impl<F: Copy + PartialEq> Part<F> {
    fn new(sheet: u16, from: Sheet, header: Header<F>, layout: &Layout<F>) -> Self {
        let Sheet { name, rows } = from;
        let mut part = Self { sheet, name, header: header.words, rows: vec![], columns: header.columns };
        let own: Vec<usize> = layout.own.iter().filter_map(|field| part.column(*field)).collect();
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
            above.clone_from(&row.cells);
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

    /// Whether the table has a column for the field.
    #[must_use]
    pub fn has(&self, field: F) -> bool {
        self.column(field).is_some()
    }

    /// Why a row is not data: a repeated header, a total, a note below the table. `None` if it is
    /// data.
    #[must_use]
    pub fn beside_the_table(&self, row: &Row, name: F) -> Option<Reason> {
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
        let named = plain(&self.raw(row, name).text);
        if is_total(&first) || is_total(&named) {
            return Some(Reason::TotalRow);
        }
        let wide = row.spans.iter().any(|(from, to)| to - from >= 2);
        let alone = filled.len() == 1;
        let note = |words: &str| is_note(words) || alone && (wide || is_title(words));
        ((note(&first) && (alone || named.is_empty() || named == first)) || is_note(&named))
            .then_some(Reason::NoteRow)
    }

    fn column(&self, field: F) -> Option<usize> {
        self.columns.iter().find(|(known, _)| *known == field).map(|(_, at)| *at)
    }

    /// Headers of non-empty columns that were not recognised.
    fn unused(&self) -> Vec<String> {
        let used = |at: usize| self.columns.iter().any(|(_, used)| *used == at);
        let filled =
            |at: usize| self.rows.iter().any(|row| row.cells.get(at).is_some_and(|cell| !cell.is_empty()));
        let columns = self.header.iter().enumerate();
        columns
            .filter(|(at, word)| !word.is_empty() && !used(*at) && filled(*at))
            .map(|(_, word)| word.clone())
            .collect()
    }
}

/// Whether it is a total, such as 合计, 合计：3人, 总计(人).
fn is_total(words: &str) -> bool {
    const TOTALS: &[&str] = &["合计", "总计", "小计", "共计", "总人数", "合计人数", "累计", "总共"];
    TOTALS.iter().any(|total| {
        words
            .strip_prefix(total)
            .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || ":.()人数名户次共".contains(c)))
    })
}

/// Whether it is a note below a table: who filled it in, remarks, an end mark.
fn is_note(words: &str) -> bool {
    const ENDS: &[&str] = &["以下空白", "此行以下空白", "以下无正文", "以下为空", "本页空白", "(以下空白)"];
    const STARTS: &[&str] = &[
        "填表人",
        "制表人",
        "填报人",
        "审核人",
        "审核",
        "经办人",
        "负责人",
        "统计人",
        "登记人",
        "记录人",
        "签字",
        "签名",
        "盖章",
        "单位",
        "填表日期",
        "制表日期",
        "填报日期",
        "打印日期",
        "日期",
        "注",
        "备注",
        "说明",
        "填表说明",
        "联系电话",
    ];
    let marked = |rest: &str| {
        rest.is_empty()
            || rest.starts_with([':', '(', '.', ';', '、'])
            || rest.starts_with(|c: char| c.is_ascii_digit())
    };
    let page = words.starts_with('第') && (words.ends_with('页') || words.contains("页,"));
    ENDS.iter().any(|end| words.starts_with(end))
        || page
        || STARTS.iter().any(|start| words.strip_prefix(start).is_some_and(marked))
}

/// Whether it is a title line that names a place or a list, not a person.
fn is_title(words: &str) -> bool {
    const PLACES: &[&str] =
        &["院", "苑", "小区", "院落", "社区", "网格", "名单", "名册", "登记表", "花园", "号"];
    words.chars().count() >= 3 && PLACES.iter().any(|place| words.ends_with(place))
}

/// Writes refused rows to a file, to be corrected and imported again.
///
/// # Errors
/// The file cannot be written.
pub fn write_refused<F: Copy + PartialEq>(
    path: &Path,
    table: &Table<F>,
    refused: &[(At, String)],
) -> Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|e| Error::file(folder, e))?;
    }
    std::fs::write(path, refused_csv(table, refused)?).map_err(|e| Error::file(path, e))
}

/// Refused rows as CSV, with line number and reason. A cell that a spreadsheet would run as a
/// formula gets a leading apostrophe, which import removes again.
///
/// # Errors
/// Only if the CSV writer itself fails.
pub fn refused_csv<F: Copy + PartialEq>(table: &Table<F>, refused: &[(At, String)]) -> Result<Vec<u8>> {
    let internal = |e: csv::Error| Error::Internal(e.to_string());
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(vec![]);
    let safe = |cell: &str| if looks_like_formula(cell) { format!("'{cell}") } else { cell.to_owned() };
    for part in &table.parts {
        let mine: Vec<_> = refused.iter().filter(|(at, _)| at.sheet == part.sheet).collect();
        if mine.is_empty() {
            continue;
        }
        let mut write = |cells: Vec<String>, line: &str, reason: &str| {
            let padded =
                (0..part.header.len()).map(|at| cells.get(at).map(|cell| safe(cell)).unwrap_or_default());
            writer.write_record(padded.chain([line.to_owned(), reason.to_owned()])).map_err(internal)
        };
        write(part.header.clone(), "行号", "原因")?;
        for (at, reason) in mine {
            if let Some(row) = part.rows.iter().find(|row| part.at(row) == *at) {
                write(
                    row.cells.iter().map(|cell| cell.text.clone()).collect(),
                    &at.line.to_string(),
                    reason,
                )?;
            }
        }
    }
    let body = writer.into_inner().map_err(|e| Error::Internal(e.to_string()))?;
    // Without a byte order mark Chinese spreadsheet programs show garbage.
    Ok([b"\xef\xbb\xbf".as_slice(), &body].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    enum F {
        Name,
        Phone,
        Yard,
        Contact,
        ContactPhone,
    }

    const LAYOUT: Layout<F> = Layout {
        words: &[
            (F::Name, &["姓名"]),
            (F::ContactPhone, &["联系人电话"]),
            (F::Contact, &["联系人", "联系人姓名"]),
            (F::Phone, &["手机号", "电话"]),
            (F::Yard, &["院落"]),
        ],
        needed: &[F::Name],
        own: &[F::Name],
        group: |word| if word.contains("监护") { "联系人" } else { word },
    };

    fn parse(text: &str) -> Part<F> {
        Table::of(text.as_bytes(), &LAYOUT).expect("read").parts.swap_remove(0)
    }

    #[test]
    fn complaint_30_a_broken_file_is_refused_for_what_is_wrong_with_it() {
        let fault = |bytes: &[u8]| Table::of(bytes, &LAYOUT).expect_err("refused");
        assert_eq!(fault(b"").0, FileFault::Empty);
        assert_eq!(fault(b"a,b\n1,2\n"), (FileFault::NoHeader, "姓名".into()));
    }

    #[test]
    fn a_column_is_found_by_the_beginning_of_its_words() {
        let part = parse("序号;姓名（必填）;电话号码\n1;王芳;5\n");
        assert_eq!(part.cell(&part.rows[0], F::Name), "王芳");
        assert_eq!(part.cell(&part.rows[0], F::Phone), "5");
    }

    #[test]
    fn a_header_of_two_lines_is_read_as_one() {
        let part = parse("姓名,电话,监护人,,\n,,姓名,电话,院落\n王芳,1,王军,2,三号院\n");
        let row = &part.rows[0];
        assert_eq!(
            [F::Name, F::Phone, F::Contact, F::ContactPhone].map(|field| part.cell(row, field)),
            ["王芳", "1", "王军", "2"]
        );
    }

    #[test]
    fn a_title_that_begins_like_a_word_is_no_header() {
        let part = parse("电话登记表,,\n序号,姓名,电话\n1,王芳,5\n");
        assert_eq!(part.rows.len(), 1);
        assert_eq!(part.cell(&part.rows[0], F::Phone), "5");
        let title = parse("姓名登记,,\n序号,姓名,电话,民族\n1,王芳,5,汉\n");
        assert_eq!(title.cell(&title.rows[0], F::Name), "王芳");
    }

    #[test]
    fn as_above_is_the_value_above_but_never_a_name() {
        let part = parse("姓名,院落\n王芳,三号院\n李群,同上\n同上,〃\n");
        assert_eq!(part.cell(&part.rows[2], F::Yard), "三号院");
        assert_eq!(part.cell(&part.rows[2], F::Name), "同上");
    }

    #[test]
    fn what_stands_below_a_table_is_no_person() {
        use Reason::{HeaderRow, NoteRow, TotalRow};
        let part = parse(
            "姓名,院落\n王芳,三号院\n合计：3人,\n以下空白,\n填表人：何静　2025年3月5日,\n注：1.本表一式两份,\n姓名,院落\n玉林一号院,\n单国强,一号院\n",
        );
        let reasons: Vec<_> = part.rows.iter().map(|row| part.beside_the_table(row, F::Name)).collect();
        let want = [
            None,
            Some(TotalRow),
            Some(NoteRow),
            Some(NoteRow),
            Some(NoteRow),
            Some(HeaderRow),
            Some(NoteRow),
            None,
        ];
        assert_eq!(reasons, want);
    }

    #[test]
    fn a_column_that_was_not_used_is_named() {
        let table = Table::of("编号,姓名,空\n1,王芳,\n".as_bytes(), &LAYOUT).expect("read");
        assert_eq!(table.unused, ["编号"]);
    }
}
