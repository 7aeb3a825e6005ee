//! Decodes bytes into sheets of cells: CSV in any Chinese encoding, `.xlsx` and `.xls`. Sizes
//! are limited before reading, because a small file can claim to be huge.

mod builder;
mod model;
mod text;
mod xls;
mod xlsx;

pub use builder::column_name;
pub use model::{HEADER_WITHIN, MAX_BYTES, Row, Sheet, Workbook, Wrong};

use crate::error::FileFault;

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
        return xlsx::read(bytes).map(|book| vec![book]);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return xls::read(bytes).map(|book| vec![book]);
    }
    if let Some(fault) = not_a_table(bytes) {
        return Err((fault, String::new()));
    }
    text::read(bytes)
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

#[cfg(test)]
mod tests {
    use std::io::Cursor;

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
    fn a_small_spreadsheet_that_unpacks_to_too_much_is_refused_before_it_is_read() {
        let much = vec![b' '; usize::try_from(model::MAX_UNPACKED).expect("fits") + 1];
        let bomb = zipped(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", &much)]);
        assert!(bomb.len() < 1_000_000);
        assert_eq!(read(&bomb).expect_err("refused").0, FileFault::TooLargeUnpacked);
    }
}
