//! An import's answer in words, for the preview and the command line.

use std::collections::BTreeMap;

use super::outcome::{At, Outcome, WarningKind};
use crate::i18n::I18n;

/// Lines named one by one behind a warning; more are counted.
const NAMED: usize = 12;

impl Outcome {
    /// How many rows came to what.
    #[must_use]
    pub fn figures(&self, key: &str, i18n: &I18n) -> String {
        let values = [
            ("new", self.accepted.into()),
            ("changed", self.updated.into()),
            ("same", self.unchanged.into()),
            ("refused", self.rejected.len().into()),
            ("doubtful", self.doubtful.len().into()),
        ];
        i18n.tr_with(key, &values)
    }

    /// Rows that wait for a person, each with its reason.
    #[must_use]
    pub fn doubts(&self, i18n: &I18n) -> Vec<String> {
        self.doubtful.iter().map(|row| self.line(row.at, &i18n.tr(&row.doubt.key()), i18n)).collect()
    }

    /// Refused rows, each with its reason.
    #[must_use]
    pub fn refusals(&self, i18n: &I18n) -> Vec<String> {
        self.rejected.iter().map(|row| self.line(row.at, &i18n.tr(&row.reason.key()), i18n)).collect()
    }

    /// What was read and what was not, and what is odd about accepted rows.
    #[must_use]
    pub fn remarks(&self, i18n: &I18n) -> Vec<String> {
        let mut lines = Vec::new();
        let named = |key: &str, names: &[String]| i18n.tr_with(key, &[("names", names.join("、").into())]);
        if self.sheets.len() > 1 {
            lines.push(named("intake-sheets", &self.sheets));
        }
        if !self.unused.is_empty() {
            lines.push(named("intake-unused", &self.unused));
        }
        let mut kinds: BTreeMap<WarningKind, Vec<At>> = BTreeMap::new();
        for warning in &self.warnings {
            kinds.entry(warning.kind).or_default().push(warning.at);
        }
        for (kind, rows) in kinds {
            let places: Vec<_> = rows.iter().take(NAMED).map(|at| self.place(*at)).collect();
            let more = if rows.len() > NAMED { "…" } else { "" };
            let values = [
                ("what", i18n.tr(&kind.key()).into()),
                ("count", rows.len().into()),
                ("lines", format!("{}{more}", places.join("、")).into()),
            ];
            lines.push(i18n.tr_with("intake-warning", &values));
        }
        lines
    }

    fn line(&self, at: At, why: &str, i18n: &I18n) -> String {
        i18n.tr_with("intake-line", &[("line", self.place(at).into()), ("why", why.into())])
    }

    fn place(&self, at: At) -> String {
        match self.sheet_of(at) {
            Some(sheet) => format!("{sheet} {}", at.line),
            None => at.line.to_string(),
        }
    }
}
