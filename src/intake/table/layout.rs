//! Kinds of files: their fields, and the words of their headers.

/// A field and the words that name its column.
pub type Words<F> = (F, &'static [&'static str]);

/// Layout of one kind of file.
#[derive(Debug, Clone, Copy)]
pub struct Layout<F: 'static> {
    /// Header words of each field, the plainest first.
    pub words: &'static [Words<F>],
    /// The field that makes a row: without it there is none.
    pub subject: F,
    /// Fields that a header must have.
    pub needed: &'static [F],
    /// Fields in which a ditto mark is not resolved.
    pub own: &'static [F],
    /// The field that the name of a sheet may stand for.
    pub by_sheet: Option<F>,
    /// Maps a header that spans several columns to a common word, such as 监护人 over 姓名 and 电话.
    pub group: fn(&str) -> &str,
    /// Decides what only the order of the columns tells.
    pub settle: fn(&[String], &mut Vec<(F, usize)>),
}

impl<F: Copy + PartialEq> Layout<F> {
    pub(super) fn names(&self, field: F) -> &'static [&'static str] {
        self.words.iter().find(|(known, _)| *known == field).map_or(&[], |(_, names)| names)
    }

    /// Whether it is a word of a header of this layout.
    pub(super) fn is_word(&self, word: &str) -> bool {
        self.words.iter().any(|(_, names)| names.contains(&word))
    }
}
