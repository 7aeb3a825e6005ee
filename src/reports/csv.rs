//! CSV that Chinese spreadsheet programs open correctly: with a byte order mark, and no cell
//! that could run as a formula.

use daycare_core::text::looks_like_formula;
use daycare_core::time::hour_minute;
use daycare_core::visit::VisitRow;

use crate::error::{Error, Result};

/// Column headings and fixed words of a visit list, in the reader's language.
pub struct Headings {
    /// Day, name, form of address, yard, arrival, departure, purposes, state.
    pub columns: [String; 8],
    /// Text for a departure that nobody recorded.
    pub not_recorded: String,
    /// Text for somebody who is still here.
    pub here: String,
}

impl Headings {
    /// The headings in the language of `i18n`.
    #[must_use]
    pub fn of(i18n: &crate::i18n::I18n) -> Self {
        let keys = ["day", "name", "called-by", "yard", "arrived", "left", "purposes", "state"];
        Self {
            columns: keys.map(|key| i18n.tr(&format!("column-{key}"))),
            not_recorded: i18n.tr("state-not-recorded"),
            here: i18n.tr("state-here"),
        }
    }
}

/// A visit list as CSV bytes.
///
/// # Errors
/// Only if the CSV writer itself fails.
pub fn visits(headings: &Headings, rows: &[VisitRow], zone: chrono_tz::Tz) -> Result<Vec<u8>> {
    use daycare_core::visit::State;
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(vec![]);
    let internal = |e: ::csv::Error| Error::Internal(e.to_string());
    writer.write_record(&headings.columns).map_err(internal)?;
    for row in rows {
        let clock = |at: daycare_core::time::Moment| hour_minute(at.local(zone).time());
        let state = match row.visit.state {
            State::Open => headings.here.as_str(),
            State::NotRecorded => headings.not_recorded.as_str(),
            _ => "",
        };
        let cells = [
            row.visit.day.to_string(),
            row.name.clone(),
            row.called_by.clone(),
            row.yard.clone(),
            clock(row.visit.arrived_at),
            row.visit.left_at.map(clock).unwrap_or_default(),
            row.purposes.clone(),
            state.to_owned(),
        ];
        writer.write_record(cells.iter().map(|cell| safe(cell))).map_err(internal)?;
    }
    let body = writer.into_inner().map_err(|e| Error::Internal(e.to_string()))?;
    Ok([b"\xef\xbb\xbf".as_slice(), &body].concat())
}

fn safe(cell: &str) -> String {
    if looks_like_formula(cell) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_never_becomes_a_formula() {
        assert_eq!(safe("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(safe("+86"), "'+86");
        assert_eq!(safe("王福全"), "王福全");
    }
}
