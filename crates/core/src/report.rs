//! The short report. 人次 counts one person on one day once, however often they came; by purpose,
//! each purpose once per person and day. 人数 counts distinct people.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

/// Figures of a period. The maps contain only non-zero entries.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Report {
    /// 人次: person-days.
    pub visits: u32,
    /// 人数: distinct people.
    pub people: u32,
    /// 人次 by year and month; the key is written as `3`, or as `2026-03` if the visits span
    /// several years.
    #[serde(serialize_with = "months")]
    pub by_month: BTreeMap<(i32, u32), u32>,
    /// 人次 by 院落.
    pub by_yard: BTreeMap<String, u32>,
    /// Person-days by purpose; they may add up to more than `visits`.
    pub by_purpose: BTreeMap<String, u32>,
}

impl Report {
    /// Whether the visits span more than one year, so that months must name their year.
    #[must_use]
    pub fn has_several_years(&self) -> bool {
        let years = |month: Option<(&(i32, u32), &u32)>| month.map(|((year, _), _)| *year);
        years(self.by_month.first_key_value()) != years(self.by_month.last_key_value())
    }
}

fn months<S: Serializer>(by_month: &BTreeMap<(i32, u32), u32>, serializer: S) -> Result<S::Ok, S::Error> {
    let several = Report { by_month: by_month.clone(), ..Report::default() }.has_several_years();
    let key = |(year, month): &(i32, u32)| {
        if several { format!("{year}-{month:02}") } else { month.to_string() }
    };
    serializer.collect_map(by_month.iter().map(|(month, visits)| (key(month), visits)))
}
