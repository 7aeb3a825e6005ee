//! Statistics as tables with localised labels.

use daycare_core::resident::{Living, Sex};
use daycare_core::statistics::{AgeBand, By, Group, Key, Statistics};

use super::table::{Cell, Column, Table};
use crate::i18n::I18n;

/// The label of a line.
#[must_use]
pub fn key_words(key: &Key, i18n: &I18n) -> String {
    match key {
        Key::Year(year) => i18n.tr_with("figures-year", &[("year", year.to_string().into())]),
        Key::Month(year, month) => {
            i18n.tr_with("figures-month", &[("year", year.to_string().into()), ("month", (*month).into())])
        }
        Key::Day(day) => format!("{day} {}", i18n.weekday(*day)),
        Key::Words(words) if words.is_empty() => i18n.tr("figures-none"),
        Key::Words(words) => words.clone(),
        Key::Age(AgeBand::Under60) => i18n.tr("age-under-60"),
        Key::Age(AgeBand::From(from)) => {
            i18n.tr_with("age-from", &[("from", (*from).into()), ("to", (*from + 9).into())])
        }
        Key::Age(AgeBand::From90) => i18n.tr("age-from-90"),
        Key::Sex(Some(Sex::Male)) => i18n.tr("sex-male"),
        Key::Sex(Some(Sex::Female)) => i18n.tr("sex-female"),
        Key::Living(Some(living)) => i18n.tr(living_key(*living)),
        Key::Age(AgeBand::Unknown) | Key::Sex(None) | Key::Living(None) => i18n.tr("figures-none"),
    }
}

/// Text key of a living situation.
#[must_use]
pub fn living_key(living: Living) -> &'static str {
    match living {
        Living::Alone => "living-alone",
        Living::EmptyNest => "living-empty-nest",
        Living::WithSpouse => "living-spouse",
        Living::WithChildren => "living-children",
        Living::Other => "living-other",
    }
}

/// A table of figures: 人次 and 人数 side by side, with the number registered and the share of
/// them where known, and the year before.
#[must_use]
pub fn table(statistics: &Statistics, before: Option<&Statistics>, by: By, i18n: &I18n) -> Table {
    let groups = statistics.by(by);
    let of_people = matches!(by, By::Yard | By::Grid | By::Age | By::Sex | By::Living);
    let compared = before.filter(|_| !matches!(by, By::Year | By::Month | By::Day));
    let mut columns = vec![
        Column::new(i18n.tr(by.key()), 44.0),
        Column::new(i18n.tr("figures-visits"), 20.0),
        Column::new(i18n.tr("figures-people"), 20.0),
    ];
    if of_people {
        columns.push(Column::new(i18n.tr("figures-registered"), 20.0));
        columns.push(Column::new(i18n.tr("figures-share"), 18.0));
    }
    if compared.is_some() {
        columns.push(Column::new(i18n.tr("figures-before"), 22.0));
    }
    let earlier = |group: &Group| {
        let found = compared.and_then(|before| before.by(by).iter().find(|old| old.key == group.key));
        found.map_or(0, |old| old.count.visits)
    };
    let rows = groups.iter().map(|group| {
        let mut row = vec![
            Cell::Text(key_words(&group.key, i18n)),
            Cell::count(group.count.visits),
            Cell::count(group.count.people),
        ];
        if of_people {
            row.push(Cell::count(group.registered.unwrap_or(0)));
            row.push(Cell::Share(group.share()));
        }
        if compared.is_some() {
            row.push(Cell::count(earlier(group)));
        }
        row
    });
    let total = of_people.then(|| {
        let total = Group {
            key: Key::Words(String::new()),
            count: statistics.total,
            registered: Some(statistics.registered),
        };
        let mut row = vec![
            Cell::Text(i18n.tr("figures-total")),
            Cell::count(total.count.visits),
            Cell::count(total.count.people),
            Cell::count(statistics.registered),
            Cell::Share(total.share()),
        ];
        row.extend(compared.map(|before| Cell::count(before.total.visits)));
        row
    });
    Table {
        title: i18n.tr(by.key()),
        columns,
        rows: rows.collect(),
        total,
        note: i18n.tr("counting-rule"),
        charted: matches!(by, By::Month | By::Day),
    }
}
