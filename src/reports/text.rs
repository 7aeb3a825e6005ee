//! A report as a table in a terminal.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use daycare_core::period::Period;
use daycare_core::report::Report;

use crate::i18n::I18n;

/// The report as text for a terminal.
#[must_use]
pub fn report(period: Period, report: &Report, i18n: &I18n) -> String {
    let mut out =
        format!("{} — {}\n人次 {}   人数 {}\n", period.from, period.to, report.visits, report.people);
    let several = report.has_several_years();
    let month = |(year, month): &(i32, u32)| {
        if several { format!("{year}年{month}月") } else { format!("{month}月") }
    };
    section(&mut out, "月份", report.by_month.iter().map(|(of, n)| (month(of), *n)));
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

/// The largest font size in points, up to `size`, at which `words` fit into `width` mm: names
/// on official documents are never cut.
#[must_use]
pub fn fitting(words: &str, width: f32, size: f32) -> f32 {
    let needed = super::pdf::width(words, size);
    if needed <= width { size } else { size * width / needed }
}

/// Smallest readable size in points; below it two lines are used.
const SMALLEST: f32 = 7.0;

/// Fits a name into `width` mm on one line, or on two of equal length if one would be too
/// small. Returns the size in points and the lines.
#[must_use]
pub fn name_lines(name: &str, width: f32, size: f32) -> (f32, Vec<String>) {
    let one = fitting(name, width, size);
    if one >= SMALLEST {
        return (one, vec![name.to_owned()]);
    }
    let half = name.chars().count().div_ceil(2);
    let (first, second): (String, String) =
        (name.chars().take(half).collect(), name.chars().skip(half).collect());
    let both = fitting(&first, width, SMALLEST).min(fitting(&second, width, SMALLEST));
    (both, vec![first, second])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_on_paper_is_never_cut() {
        for name in [
            "三号院",
            "太平南新街8号院",
            "望江路15号院（东区二期）",
            "某某街道某某社区某某小区某某苑东区二期三栋",
        ] {
            let (size, lines) = name_lines(name, 22.0, 10.0);
            assert_eq!(lines.concat(), name);
            assert!(lines.iter().all(|line| crate::reports::pdf::width(line, size) <= 22.1), "{name}");
        }
        assert!(
            (name_lines("三号院", 22.0, 10.0).0 - 10.0).abs() < f32::EPSILON,
            "a short name stays as it is"
        );
    }
}
