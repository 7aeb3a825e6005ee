//! Embedded medical data: limits of readings and the items of the yearly check-up. Both are
//! versioned files that name their sources.

use std::sync::LazyLock;

use chrono::NaiveDate;
use daycare_core::vitals::Limits;
use serde::Deserialize;

/// The limits in use. Tests catch an invalid file before it ships.
pub static LIMITS: LazyLock<Limits> = LazyLock::new(|| {
    toml::from_str(include_str!("../../assets/health/limits.toml")).unwrap_or_else(|_| Limits {
        version: String::new(),
        review_by: NaiveDate::MIN,
        limits: vec![],
    })
});

/// One item of the yearly check-up.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Key under which a completed item is stored.
    pub key: String,
    /// Name on screen and paper.
    pub name: String,
    /// Section of the check-up form.
    pub part: String,
    /// First year in which the item is part of the check-up.
    pub since: i32,
}

/// The yearly check-up.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checkup {
    /// Version of the list.
    pub version: String,
    /// Date by which the list must be reviewed for changes.
    pub review_by: NaiveDate,
    /// Age in years from which people are entitled to it.
    pub age: i32,
    /// Source of the list.
    pub source: String,
    /// Items in the order of the form.
    pub items: Vec<Item>,
}

impl Checkup {
    /// Items that belong to the check-up of a year.
    pub fn items_of(&self, year: i32) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| item.since <= year)
    }
}

/// The check-up in use.
pub static CHECKUP: LazyLock<Checkup> = LazyLock::new(|| {
    toml::from_str(include_str!("../../assets/health/checkup.toml")).unwrap_or_else(|_| Checkup {
        version: String::new(),
        review_by: NaiveDate::MIN,
        age: 65,
        source: String::new(),
        items: vec![],
    })
});

/// The earlier of the two review dates.
#[must_use]
pub fn reviewed_until() -> NaiveDate {
    LIMITS.review_by.min(CHECKUP.review_by)
}

#[cfg(test)]
mod tests {
    use super::*;
    use daycare_core::vitals::{Implausible, Kind, Timing, Value};

    fn name(kind: Kind, timing: Option<Timing>, value: Value) -> &'static str {
        LIMITS.band(kind, timing, value).map_or("", |band| band.name.as_str())
    }

    #[test]
    fn every_kind_has_limits_with_a_source_and_bands_that_rise() {
        for kind in Kind::ALL {
            let limits = LIMITS.of(kind, None).unwrap_or_else(|| panic!("{kind:?} has no limits"));
            assert!(limits.source.chars().count() > 10, "{kind:?}");
            assert!(limits.bands.is_sorted_by_key(|band| band.from), "{kind:?}");
            assert_eq!(limits.kind == Kind::BloodPressure, limits.plausible_second.is_some());
        }
    }

    #[test]
    fn every_edge_of_the_blood_pressure_bands() {
        let band = |s, d| name(Kind::BloodPressure, None, Value::pressure(s, d));
        let edges = [
            (89, 59, "low"),
            (90, 59, "normal"),
            (89, 60, "normal"),
            (119, 79, "normal"),
            (120, 79, "high-normal"),
            (119, 80, "high-normal"),
            (139, 89, "high-normal"),
            (140, 89, "raised-1"),
            (139, 90, "raised-1"),
            (159, 99, "raised-1"),
            (160, 99, "raised-2"),
            (159, 100, "raised-2"),
            (179, 109, "raised-2"),
            (180, 80, "raised-3"),
            (140, 110, "raised-3"),
        ];
        for (systolic, diastolic, wanted) in edges {
            assert_eq!(band(systolic, diastolic), wanted, "{systolic}/{diastolic}");
        }
    }

    #[test]
    fn every_edge_of_the_glucose_bands_depends_on_when_it_was_taken() {
        use Timing::{AfterMeal, Fasting, Random};
        let band = |value, timing| name(Kind::Glucose, Some(timing), Value::one(value));
        let edges = [
            (39, Fasting, "low"),
            (40, Fasting, "normal"),
            (60, Fasting, "normal"),
            (61, Fasting, "above-normal"),
            (69, Fasting, "above-normal"),
            (70, Fasting, "raised"),
            (77, AfterMeal, "normal"),
            (78, AfterMeal, "above-normal"),
            (110, AfterMeal, "above-normal"),
            (111, AfterMeal, "raised"),
            (110, Random, "normal"),
            (111, Random, "raised"),
        ];
        for (value, timing, wanted) in edges {
            assert_eq!(band(value, timing), wanted, "{value} {timing:?}");
        }
    }

    #[test]
    fn critical_values_begin_exactly_at_their_limits() {
        let pressure = |s, d| LIMITS.is_critical(Kind::BloodPressure, None, Value::pressure(s, d));
        assert!(!pressure(179, 109));
        assert!(pressure(180, 80) && pressure(150, 110));
        let glucose = |v| LIMITS.is_critical(Kind::Glucose, Some(Timing::Fasting), Value::one(v));
        assert!(glucose(39) && !glucose(40) && !glucose(166) && glucose(167));
    }

    #[test]
    fn complaint_30_a_device_error_code_and_every_slip_of_the_keypad_are_refused() {
        let believe = |kind, value| LIMITS.believe(kind, None, value);
        for (s, d) in [(2047, 2047), (255, 255), (59, 40), (261, 90), (120, 29), (120, 161)] {
            let got = believe(Kind::BloodPressure, Value::pressure(s, d));
            assert!(matches!(got, Err(Implausible::Range { .. })), "{s}/{d}");
        }
        for (s, d) in [(80, 120), (120, 120), (120, 111)] {
            assert_eq!(believe(Kind::BloodPressure, Value::pressure(s, d)), Err(Implausible::Swapped));
        }
        assert_eq!(believe(Kind::BloodPressure, Value::pressure(120, 110)), Ok(()));
        assert_eq!(believe(Kind::BloodPressure, Value::one(120)), Err(Implausible::Incomplete));
        assert_eq!(believe(Kind::Glucose, Value::one(61)), Err(Implausible::Incomplete), "without timing");
        // One-key typing errors: a digit too many or too few, doubled, or a missing point.
        for (kind, right, slips) in [
            (Kind::Temperature, "36.5", vec!["365", "3.65", "3.5", "6.5", "366.5"]),
            (Kind::Pulse, "72", vec!["7", "2", "722", "772"]),
            (Kind::Weight, "62.5", vec!["625", "6.2", "2.5", "662.5"]),
            (Kind::Height, "165", vec!["16", "15", "1655", "1.65"]),
            (Kind::OxygenSaturation, "97", vec!["9", "7", "977", "997"]),
        ] {
            let taken = |typed: &str| {
                kind.parse(typed).is_some_and(|v| LIMITS.believe(kind, None, Value::one(v)).is_ok())
            };
            assert!(taken(right), "{right}");
            for slip in slips {
                assert!(!taken(slip), "{kind:?} {slip} was taken for {right}");
            }
        }
    }

    #[test]
    fn the_check_up_of_2025_has_two_items_more() {
        let count = |year| CHECKUP.items_of(year).count();
        assert_eq!(count(2025), count(2024) + 2);
        assert!(CHECKUP.items.iter().any(|item| item.key == "chest-x-ray"));
        assert!(CHECKUP.items.iter().any(|item| item.key == "hba1c"));
    }
}
