//! Tables independent of their output: the same rows become PDF and spreadsheet.

/// The content of a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number, kept as one.
    Number(f64),
    /// A percentage, kept as a number; `None` is printed empty.
    Share(Option<u32>),
    /// An empty box to be ticked on paper.
    Tick,
}

impl Cell {
    /// A cell with a whole number.
    pub fn count(value: impl Into<f64>) -> Self {
        Self::Number(value.into())
    }

    /// The text as printed.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Text(words) => words.clone(),
            Self::Number(value) if value.fract().abs() < f64::EPSILON => format!("{value:.0}"),
            Self::Number(value) => format!("{value:.1}"),
            Self::Share(Some(percent)) => format!("{percent}%"),
            Self::Share(None) => "—".into(),
            Self::Tick => "□".into(),
        }
    }

    /// Whether it is right-aligned.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Number(_) | Self::Share(_))
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(words: T) -> Self {
        Self::Text(words.into())
    }
}

/// A column: heading and relative width.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Heading.
    pub title: String,
    /// Relative width, in any unit.
    pub width: f32,
}

impl Column {
    /// A column.
    pub fn new(title: impl Into<String>, width: f32) -> Self {
        Self { title: title.into(), width }
    }
}

/// A table with its title.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// Title; also the name of the spreadsheet's sheet.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, as many cells as columns.
    pub rows: Vec<Vec<Cell>>,
    /// A last row that sums up.
    pub total: Option<Vec<Cell>>,
    /// A note below the table.
    pub note: String,
    /// Whether a spreadsheet draws the second column as bars.
    pub charted: bool,
}
