//! One spreadsheet cell: its text, and the type in which the file stored it.

use chrono::{NaiveDate, NaiveDateTime};
use daycare_core::text::{self, tidy};

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// The text as a person reads it, without spreadsheet escapes.
    pub text: String,
    /// The type of the stored value.
    pub kind: Kind,
    /// Whether a number in it counts days from 1904, as old spreadsheets of the Mac do.
    pub epoch_1904: bool,
}

/// How a file stored a cell.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Kind {
    /// Text, or an empty cell.
    #[default]
    Text,
    /// A number. Leading zeros, trailing zeros after the point, and digits beyond the fifteenth
    /// are lost.
    Number(f64),
    /// A date, a time of day (then the date is 1899-12-31 or earlier), or both.
    Stamp(NaiveDateTime),
    /// A formula; the text is its result.
    Formula,
}

impl Cell {
    /// A cell from typed text. A leading apostrophe, `="…"` and tabs belong to the spreadsheet
    /// and are removed.
    #[must_use]
    pub fn typed(raw: &str) -> Self {
        let bare = raw.trim_matches(['\t', ' ', '\u{feff}']);
        let bare = bare.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(bare);
        let bare = if bare == "''" {
            bare
        } else {
            bare.strip_prefix(['\'', '\u{2019}', '\u{ff07}']).unwrap_or(bare)
        };
        Self { text: bare.to_owned(), kind: Kind::Text, epoch_1904: false }
    }

    /// A cell from a number, with the text a spreadsheet shows.
    #[must_use]
    pub fn number(value: f64) -> Self {
        let text = if value.fract() == 0.0 && value.abs() < 1e15 {
            format!("{value:.0}")
        } else if value.abs() < 1e15 {
            // Digits after the tenth decimal are only binary rounding error.
            let text = format!("{value:.10}");
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        } else {
            format!("{value}")
        };
        Self { text, kind: Kind::Number(value), epoch_1904: false }
    }

    /// A cell from a date, a time of day, or both.
    #[must_use]
    pub fn stamp(at: NaiveDateTime) -> Self {
        let clock = at.format("%H:%M");
        let text = if at.date() <= first_day() {
            clock.to_string()
        } else if at.time() == chrono::NaiveTime::MIN {
            at.date().to_string()
        } else {
            format!("{} {clock}", at.date())
        };
        Self { text, kind: Kind::Stamp(at), epoch_1904: false }
    }

    /// Whether its text is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        tidy(&self.text).is_empty()
    }

    /// Whether it is a ditto mark ("as above").
    #[must_use]
    pub fn is_ditto(&self) -> bool {
        const MARKS: &[&str] = &[
            "〃",
            "\"",
            "''",
            "″",
            "”",
            "“",
            "“”",
            "同上",
            "同前",
            "同上行",
            "上同",
            "〃〃",
            ",,",
            "〞",
            "ˮ",
            "″″",
        ];
        let bare: String = tidy(&self.text).chars().filter(|c| !" ()。.".contains(*c)).collect();
        MARKS.contains(&bare.as_str())
    }

    /// Whether a spreadsheet would run its text as a formula.
    #[must_use]
    pub fn is_formula(&self) -> bool {
        self.kind == Kind::Formula || text::looks_like_formula(self.text.trim_start_matches('\''))
    }
}

/// The last date that stands for "a time without a date" (day 1 of the 1900 date system).
fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(1899, 12, 31).unwrap_or(NaiveDate::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_spreadsheet_put_around_a_value_is_taken_off() {
        for raw in ["'13800000901", "=\"13800000901\"", "\t13800000901\t", " ’13800000901"] {
            assert_eq!(Cell::typed(raw).text, "13800000901", "{raw}");
        }
        assert_eq!(Cell::typed("'+86 138").text, "+86 138");
        assert!(Cell::typed("'=HYPERLINK(1)").is_formula());
    }

    #[test]
    fn a_number_is_written_as_it_is_shown() {
        for (value, text) in
            [(8.3 + f64::EPSILON * 8.0, "8.3"), (13_800_002_301.0, "13800002301"), (3.11, "3.11")]
        {
            assert_eq!(Cell::number(value).text, text);
        }
        assert_eq!(Cell::number(5.101_071_942_011_8e17).text, "510107194201180000");
    }
}
