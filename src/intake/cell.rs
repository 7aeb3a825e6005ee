//! One cell: its text, and what the file stored it as.

use chrono::{NaiveDate, NaiveDateTime};
use daycare_core::text::{self, tidy};

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// As a person would read it, without what the spreadsheet put around it.
    pub text: String,
    /// What the file stored.
    pub kind: Kind,
}

/// How a file stored a cell.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Kind {
    /// Text, or nothing.
    #[default]
    Text,
    /// A number. It has lost leading zeros, trailing zeros behind its point, and
    /// what lies beyond fifteen digits.
    Number(f64),
    /// A date, a time of day (then the date is 1899-12-31 or earlier), or both.
    Stamp(NaiveDateTime),
    /// A formula. The text is its result.
    Formula,
}

impl Cell {
    /// Text as a person typed it. An apostrophe in front, `="…"` and tabs belong
    /// to the spreadsheet, not to the value.
    #[must_use]
    pub fn typed(raw: &str) -> Self {
        let bare = raw.trim_matches(['\t', ' ', '\u{feff}']);
        let bare = bare.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(bare);
        let bare = if bare == "''" {
            bare
        } else {
            bare.strip_prefix(['\'', '\u{2019}', '\u{ff07}']).unwrap_or(bare)
        };
        Self { text: bare.to_owned(), kind: Kind::Text }
    }

    /// A number, written as a spreadsheet shows it.
    #[must_use]
    pub fn number(value: f64) -> Self {
        let text = if value.fract() == 0.0 && value.abs() < 1e15 {
            format!("{value:.0}")
        } else if value.abs() < 1e15 {
            // Beyond ten digits stands only what binary fractions cannot hold.
            let text = format!("{value:.10}");
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        } else {
            format!("{value}")
        };
        Self { text, kind: Kind::Number(value) }
    }

    /// A date, a time, or both.
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
        Self { text, kind: Kind::Stamp(at) }
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        tidy(&self.text).is_empty()
    }

    /// Whether it says "as above".
    #[must_use]
    pub fn is_ditto(&self) -> bool {
        const MARKS: &[&str] =
            &["〃", "\"", "''", "″", "”", "“", "“”", "同上", "同前", "同上行", ",,", "〞", "ˮ", "″″"];
        MARKS.contains(&tidy(&self.text).as_str())
    }

    /// Whether a name in it would run as a formula.
    #[must_use]
    pub fn is_formula(&self) -> bool {
        self.kind == Kind::Formula || text::looks_like_formula(self.text.trim_start_matches('\''))
    }
}

/// The last day that means a time without a date (day 1 of the 1900 system).
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
