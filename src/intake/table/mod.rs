//! Tables in a file, with columns recognised by the words of their header.

mod header;
mod layout;
mod notes;
mod part;
mod read;
mod refused;
mod sections;

pub use layout::{Layout, Words};
pub use part::Part;
pub use read::{Table, bad, bytes_of};
pub use refused::{refused_csv, write_refused};

#[cfg(test)]
mod tests {
    use daycare_core::import::outcome::Reason;

    use crate::error::FileFault;

    use super::*;

    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    enum F {
        Name,
        Phone,
        Yard,
        Contact,
        ContactPhone,
    }

    static LAYOUT: Layout<F> = Layout {
        words: &[
            (F::Name, &["姓名"]),
            (F::ContactPhone, &["联系人电话"]),
            (F::Contact, &["联系人", "联系人姓名"]),
            (F::Phone, &["手机号", "电话"]),
            (F::Yard, &["院落"]),
        ],
        subject: F::Name,
        needed: &[F::Name],
        own: &[F::Name],
        by_sheet: None,
        settle: |_, _| {},
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
        let reasons: Vec<_> = part.rows.iter().map(|row| part.beside_the_table(row)).collect();
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
