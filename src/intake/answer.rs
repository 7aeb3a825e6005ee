//! The outcome of an import in words, for the preview and the command line.

use std::collections::BTreeMap;

use daycare_core::import::outcome::{At, Outcome, WarningKind};

use crate::i18n::I18n;

/// A warning lists at most this many lines; further ones are only counted.
const NAMED: usize = 12;

/// How many rows are new, changed, unchanged, refused or doubtful.
#[must_use]
pub fn figures(outcome: &Outcome, key: &str, i18n: &I18n) -> String {
    let values = [
        ("new", outcome.accepted.into()),
        ("changed", outcome.updated.into()),
        ("same", outcome.unchanged.into()),
        ("refused", outcome.rejected.len().into()),
        ("doubtful", outcome.doubtful.len().into()),
    ];
    i18n.tr_with(key, &values)
}

/// Rows that need a person's decision, each with its reason.
#[must_use]
pub fn doubts(outcome: &Outcome, i18n: &I18n) -> Vec<String> {
    outcome.doubtful.iter().map(|row| line(outcome, row.at, &i18n.tr(&row.doubt.key()), i18n)).collect()
}

/// Refused rows, each with its reason.
#[must_use]
pub fn refusals(outcome: &Outcome, i18n: &I18n) -> Vec<String> {
    outcome.rejected.iter().map(|row| line(outcome, row.at, &i18n.tr(&row.reason.key()), i18n)).collect()
}

/// What was read and what was ignored, and warnings about accepted rows.
#[must_use]
pub fn remarks(outcome: &Outcome, i18n: &I18n) -> Vec<String> {
    let mut lines = Vec::new();
    let named = |key: &str, names: &[String]| i18n.tr_with(key, &[("names", names.join("、").into())]);
    if outcome.sheets.len() > 1 {
        lines.push(named("intake-sheets", &outcome.sheets));
    }
    if !outcome.unused.is_empty() {
        lines.push(named("intake-unused", &outcome.unused));
    }
    let mut kinds: BTreeMap<WarningKind, Vec<At>> = BTreeMap::new();
    for warning in &outcome.warnings {
        kinds.entry(warning.kind).or_default().push(warning.at);
    }
    for (kind, rows) in kinds {
        let places: Vec<_> = rows.iter().take(NAMED).map(|at| place(outcome, *at)).collect();
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

fn line(outcome: &Outcome, at: At, why: &str, i18n: &I18n) -> String {
    i18n.tr_with("intake-line", &[("line", place(outcome, at).into()), ("why", why.into())])
}

fn place(outcome: &Outcome, at: At) -> String {
    match outcome.sheet_of(at) {
        Some(sheet) => format!("{sheet} {}", at.line),
        None => at.line.to_string(),
    }
}
