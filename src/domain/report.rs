//! Counting. 人次: one person on one day counts one, however often they came;
//! by purpose, each purpose once per person and day. 人数: distinct people.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

/// Figures of a period. Only what is not zero is in the maps.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Report {
    /// 人次: person-days.
    pub visits: u32,
    /// 人数: distinct people.
    pub people: u32,
    /// 人次 by month number, `3` for March.
    pub by_month: BTreeMap<u32, u32>,
    /// 人次 by 院落.
    pub by_yard: BTreeMap<String, u32>,
    /// Person-days by purpose; they may add up to more than `visits`.
    pub by_purpose: BTreeMap<String, u32>,
}

/// The period of a report, both days inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}
