//! A report as a table in a terminal.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::domain::report::{Period, Report};

/// The rule the figures follow; it stands under every table.
pub const COUNTING_RULE: &str = "人次：同一人同一天不论来几次只算一次；按事项，同一人同一天每种事项算一次（各事项之和可以大于人次）。人数：来过的人，不重复。";

/// The whole table.
#[must_use]
pub fn report(period: Period, report: &Report) -> String {
    let mut out =
        format!("{} — {}\n人次 {}   人数 {}\n", period.from, period.to, report.visits, report.people);
    section(&mut out, "月份", report.by_month.iter().map(|(month, n)| (format!("{month}月"), *n)));
    section(&mut out, "院落", named(&report.by_yard));
    section(&mut out, "事项", named(&report.by_purpose));
    let _ = writeln!(out, "\n{COUNTING_RULE}");
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
