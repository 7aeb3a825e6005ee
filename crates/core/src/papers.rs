//! The contents of a period report and of one person's printed file.

use chrono::NaiveDate;

use super::activity::enrolment::Shown;
use super::care_plan::{CarePlan, Relative};
use super::consent::Consent;
use super::resident::Resident;
use super::shift_book::IncidentKind;
use super::statistics::{Count, Statistics};
use super::visit::VisitRow;
use super::vitals::Reading;
use super::volunteer::Minutes;
use super::welfare::Check;

/// Whom a report is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// 街道办事处: figures.
    Street,
    /// 运营机构: also activities, services, volunteers and incidents.
    Operator,
}

/// Everything shown in a period report.
#[derive(Debug, Clone, PartialEq)]
pub struct Contents {
    /// Name of the centre.
    pub centre: String,
    /// What was counted.
    pub statistics: Statistics,
    /// The same days of the year before.
    pub before: Statistics,
    /// Closed days of the period.
    pub closed: Vec<NaiveDate>,
    /// People of the welfare list.
    pub cared: u32,
    /// Those of them who came or were found well.
    pub cared_seen: u32,
    /// Calls and visits to them.
    pub checks: Count,
    /// Volunteers by team.
    pub teams: Vec<Minutes>,
    /// Incidents by kind.
    pub incidents: Vec<(IncidentKind, u32)>,
    /// The last seal of the audit trail, which ties the figures to their records.
    pub seal: String,
}

/// One person's file, for printing.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonRecord {
    /// Who.
    pub resident: Resident,
    /// What carers must know.
    pub care_plan: CarePlan,
    /// Family.
    pub relatives: Vec<Relative>,
    /// Consent decisions in force.
    pub consents: Vec<Consent>,
    /// Visits, newest first.
    pub visits: Vec<VisitRow>,
    /// Activities, newest first.
    pub activities: Vec<Shown>,
    /// Calls and visits to them.
    pub checks: Vec<Check>,
    /// Readings, newest first; `None` if the reader may not see them.
    pub readings: Option<Vec<Reading>>,
}
