//! A report as a table in a terminal.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::domain::report::{Period, Report};
use crate::i18n::I18n;

/// The whole table.
#[must_use]
pub fn report(period: Period, report: &Report, i18n: &I18n) -> String {
    let mut out =
        format!("{} — {}\n人次 {}   人数 {}\n", period.from, period.to, report.visits, report.people);
    section(&mut out, "月份", report.by_month.iter().map(|(month, n)| (format!("{month}月"), *n)));
    section(&mut out, "院落", named(&report.by_yard));
    section(&mut out, "事项", named(&report.by_purpose));
    let _ = writeln!(out, "\n{}", i18n.tr("counting-rule"));
    out
}

fn named(map: &BTreeMap<String, u32>) -> impl Iterator<Item = (String, u32)> + '_ {
    map.iter().map(|(name, n)| (name.clone(), *n))
}

fn section(out: &mut String, title: &str, rows: impl Iterator<Item = (String, u32)>) {
    let _ = writeln!(out, "\n{title}");
    for (name, count) in rows {
        let _ = writeln!(out, "  {}{count:>6}", padded(&name, 24));
    }
}

/// Pads to `width` columns, where a Chinese character takes two.
fn padded(text: &str, width: usize) -> String {
    let used: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    format!("{text}{}", " ".repeat(width.saturating_sub(used)))
}

/// Words cut to `width` millimetres at `size` points, with "…".
#[must_use]
pub fn cut(words: &str, width: f32, size: f32) -> String {
    if super::pdf::width(words, size) <= width {
        return words.to_owned();
    }
    let mut out = String::new();
    for c in words.chars() {
        if super::pdf::width(&format!("{out}{c}…"), size) > width {
            break;
        }
        out.push(c);
    }
    out + "…"
}
