//! Readings: what is measured, which values are plausible, and what they may mean. A reading is
//! never a diagnosis; bands are only wording for staff.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ids::{AppointmentId, ReadingId, ResidentId};
use super::time::Moment;

/// What is measured. Values are whole numbers of the smallest unit written
/// down: mmHg, beats a minute, percent, or tenths of mmol/L, °C, cm and kg.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Systolic over diastolic, mmHg.
    BloodPressure,
    /// Beats a minute.
    Pulse,
    /// Tenths of mmol/L.
    Glucose,
    /// Percent.
    OxygenSaturation,
    /// Tenths of °C.
    Temperature,
    /// Tenths of a centimetre.
    Height,
    /// Tenths of a kilogram.
    Weight,
    /// Tenths of a centimetre.
    Waist,
}

impl Kind {
    /// Every kind, in the order of the form.
    pub const ALL: [Self; 8] = [
        Self::BloodPressure,
        Self::Pulse,
        Self::Glucose,
        Self::OxygenSaturation,
        Self::Temperature,
        Self::Weight,
        Self::Height,
        Self::Waist,
    ];

    /// Number of decimal places.
    #[must_use]
    pub fn decimals(self) -> usize {
        match self {
            Self::BloodPressure | Self::Pulse | Self::OxygenSaturation => 0,
            Self::Glucose | Self::Temperature | Self::Height | Self::Weight | Self::Waist => 1,
        }
    }

    /// UCUM unit, as written beside the number.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::BloodPressure => "mmHg",
            Self::Pulse => "/min",
            Self::Glucose => "mmol/L",
            Self::OxygenSaturation => "%",
            Self::Temperature => "°C",
            Self::Height | Self::Waist => "cm",
            Self::Weight => "kg",
        }
    }

    /// The number as people write it, without the unit: `36.5`, `128`.
    #[must_use]
    pub fn words(self, value: i32) -> String {
        if self.decimals() == 0 { value.to_string() } else { format!("{}.{}", value / 10, value % 10) }
    }

    /// Parses typed input. `None` if it is not a number or has more decimals than are recorded:
    /// nothing is rounded.
    #[must_use]
    pub fn parse(self, typed: &str) -> Option<i32> {
        let (whole, rest) = typed.split_once('.').unwrap_or((typed, ""));
        let digits = |text: &str| text.len() <= 4 && text.chars().all(|c| c.is_ascii_digit());
        let pointless = typed.contains('.') && rest.is_empty();
        if whole.is_empty() || pointless || !digits(whole) || !digits(rest) || rest.len() > self.decimals() {
            return None;
        }
        let whole: i32 = whole.parse().ok()?;
        if self.decimals() == 0 { Some(whole) } else { Some(whole * 10 + rest.parse::<i32>().unwrap_or(0)) }
    }
}

/// When a glucose reading was taken; a value means little without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timing {
    /// Eight hours without food.
    Fasting,
    /// Two hours after a meal.
    AfterMeal,
    /// Any time.
    Random,
}

impl Timing {
    /// Every timing, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Fasting, Self::AfterMeal, Self::Random];
}

/// A measured value; the second number is the diastolic one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Value {
    /// The value; for blood pressure, the systolic one.
    pub first: i32,
    /// The diastolic value, for blood pressure.
    pub second: Option<i32>,
}

impl Value {
    /// One number.
    #[must_use]
    pub const fn one(first: i32) -> Self {
        Self { first, second: None }
    }

    /// Systolic over diastolic.
    #[must_use]
    pub const fn pressure(systolic: i32, diastolic: i32) -> Self {
        Self { first: systolic, second: Some(diastolic) }
    }

    /// As people write it: `128/76`, `6.1`.
    #[must_use]
    pub fn words(self, kind: Kind) -> String {
        match self.second {
            Some(second) => format!("{}/{}", kind.words(self.first), kind.words(second)),
            None => kind.words(self.first),
        }
    }
}

/// Where a number came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Typed by staff.
    Typed,
    /// Sent by a device.
    Device,
    /// Generated demo data.
    Demo,
}

/// One reading as kept: the average of several measurements, or a single one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Identifier, made by the sender.
    pub id: ReadingId,
    /// Whose.
    pub resident_id: ResidentId,
    /// At which appointment, if any.
    pub appointment_id: Option<AppointmentId>,
    /// When.
    pub taken_at: Moment,
    /// What.
    pub kind: Kind,
    /// When, for glucose.
    pub timing: Option<Timing>,
    /// The value: of a blood pressure, the average.
    pub value: Value,
    /// The single measurements behind an average, in order.
    pub parts: Vec<Value>,
    /// Where it came from.
    pub origin: Origin,
    /// Version of the limits by which it was judged.
    pub limits: String,
    /// Who took it, in words; set by the store.
    pub taken_by: String,
}

/// A band of values: from this value up to the next band.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Name of its message.
    pub name: String,
    /// Lowest value.
    pub from: i32,
    /// Lowest second value; the higher of the two bands counts.
    pub from_second: Option<i32>,
}

/// Plausible, usual and critical values of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindLimits {
    /// Which kind.
    pub kind: Kind,
    /// Applies only with this timing.
    pub timing: Option<Timing>,
    /// Lowest and highest plausible value.
    pub plausible: [i32; 2],
    /// The same of the second value.
    pub plausible_second: Option<[i32; 2]>,
    /// Staff are called at or below this value.
    pub critical_low: Option<i32>,
    /// Staff are called at or above this value.
    pub critical_high: Option<i32>,
    /// Staff are called at or above this second value.
    pub critical_high_second: Option<i32>,
    /// The usual range of the first value, shown behind a trend.
    pub usual: Option<[i32; 2]>,
    /// The usual range of the second value.
    pub usual_second: Option<[i32; 2]>,
    /// Bands, lowest first.
    #[serde(default)]
    pub bands: Vec<Band>,
    /// Source of the numbers, and whether somebody has checked it.
    pub source: String,
}

/// All limits of one version.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// The version, which is stored with every reading.
    pub version: String,
    /// The day by which somebody checks whether the guidelines have changed.
    pub review_by: NaiveDate,
    /// One entry per kind, or per kind and timing.
    pub limits: Vec<KindLimits>,
}

/// Why a value is implausible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Implausible {
    /// Outside the plausible range.
    Range {
        /// Lowest plausible value.
        low: i32,
        /// Highest plausible value.
        high: i32,
    },
    /// The diastolic number is not clearly below the systolic one.
    Swapped,
    /// A number is missing.
    Incomplete,
}

/// The systolic number must be at least this much above the diastolic one, in mmHg.
pub const PULSE_PRESSURE: i32 = 10;

impl Limits {
    /// The limits of a kind.
    #[must_use]
    pub fn of(&self, kind: Kind, timing: Option<Timing>) -> Option<&KindLimits> {
        let fits = |limits: &&KindLimits| limits.kind == kind && limits.timing == timing;
        self.limits.iter().find(fits).or_else(|| self.limits.iter().find(|limits| limits.kind == kind))
    }

    /// Checks that a value is plausible. Implausible values are refused, never rounded.
    ///
    /// # Errors
    /// Why the value is implausible.
    pub fn believe(&self, kind: Kind, timing: Option<Timing>, value: Value) -> Result<(), Implausible> {
        let Some(limits) = self.of(kind, timing) else { return Ok(()) };
        if (kind == Kind::BloodPressure) != value.second.is_some()
            || (kind == Kind::Glucose && timing.is_none())
        {
            return Err(Implausible::Incomplete);
        }
        let within = |value: i32, [low, high]: [i32; 2]| {
            if (low..=high).contains(&value) { Ok(()) } else { Err(Implausible::Range { low, high }) }
        };
        within(value.first, limits.plausible)?;
        if let (Some(second), Some(range)) = (value.second, limits.plausible_second) {
            within(second, range)?;
            if value.first < second + PULSE_PRESSURE {
                return Err(Implausible::Swapped);
            }
        }
        Ok(())
    }

    /// The band of a value: the higher of the two numbers' bands.
    #[must_use]
    pub fn band(&self, kind: Kind, timing: Option<Timing>, value: Value) -> Option<&Band> {
        let reached = |band: &&Band| {
            value.first >= band.from
                || matches!((value.second, band.from_second), (Some(v), Some(from)) if v >= from)
        };
        self.of(kind, timing)?.bands.iter().rfind(reached)
    }

    /// Whether staff must be called at once.
    #[must_use]
    pub fn is_critical(&self, kind: Kind, timing: Option<Timing>, value: Value) -> bool {
        let Some(limits) = self.of(kind, timing) else { return false };
        let second = value.second.zip(limits.critical_high_second);
        limits.critical_low.is_some_and(|low| value.first <= low)
            || limits.critical_high.is_some_and(|high| value.first >= high)
            || second.is_some_and(|(value, high)| value >= high)
    }
}

/// A person's own target, set by their doctor; the newest one counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Which kind.
    pub kind: Kind,
    /// Lowest and highest first value of the target range.
    pub range: [i32; 2],
    /// The same of the second value.
    pub range_second: Option<[i32; 2]>,
    /// Who set it.
    pub set_by: String,
    /// Local day from which it applies.
    pub set_on: chrono::NaiveDate,
}

impl Target {
    /// Whether a value lies within the target range.
    #[must_use]
    pub fn holds(&self, value: Value) -> bool {
        let within = |value: i32, range: [i32; 2]| (range[0]..=range[1]).contains(&value);
        within(value.first, self.range)
            && value.second.zip(self.range_second).is_none_or(|(second, range)| within(second, range))
    }
}

/// What a blood pressure device measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// Systolic over diastolic, mmHg.
    pub pressure: Value,
    /// Beats a minute, where sent.
    pub pulse: Option<i32>,
}

/// Why a device gave no measurement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CuffError {
    /// Fewer bytes than the flags announce.
    TooShort,
    /// The device's own "not a number" or overflow.
    NoValue,
    /// A value with a fraction, or in kPa: nothing is rounded here.
    NotWhole,
    /// The body moved.
    Moved,
    /// The cuff sits loosely.
    Loose,
    /// The arm was not at the height of the heart.
    Position,
    /// No program is named, or it does not start.
    NotStarted,
    /// No data arrived in time.
    Silent,
}

impl CuffError {
    /// Key of its message.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::TooShort => "cuff-too-short",
            Self::NoValue => "cuff-no-value",
            Self::NotWhole => "cuff-not-whole",
            Self::Moved => "cuff-moved",
            Self::Loose => "cuff-loose",
            Self::Position => "cuff-position",
            Self::NotStarted => "cuff-not-started",
            Self::Silent => "cuff-silent",
        }
    }
}

/// Seconds of sitting still before the first measurement.
///
/// Source: the usual method of the Chinese guidelines for primary care,
/// second-hand; see `assets/health`.
pub const REST_SECONDS: u64 = 300;
/// A third measurement is taken if the first two differ by more than this, in mmHg.
pub const AGREE: i32 = 5;

/// What a guided blood pressure needs next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guided {
    /// Another measurement, with its number from 1.
    Measure(usize),
    /// Enough: this is the average of all.
    Average(Value),
}

/// Two measurements, a third if they differ by more than [`AGREE`]; the
/// average of all, halves upwards.
#[must_use]
pub fn guided(parts: &[Value]) -> Guided {
    let [first, second, rest @ ..] = parts else { return Guided::Measure(parts.len() + 1) };
    let far = |a: i32, b: i32| (a - b).abs() > AGREE;
    let differ = far(first.first, second.first) || far(first.second.unwrap_or(0), second.second.unwrap_or(0));
    if differ && rest.is_empty() {
        return Guided::Measure(3);
    }
    Guided::Average(average(parts))
}

/// The average of measurements, halves upwards.
#[must_use]
pub fn average(parts: &[Value]) -> Value {
    let count = i32::try_from(parts.len()).unwrap_or(i32::MAX).max(1);
    let mean = |sum: i32| (2 * sum + count).div_euclid(2 * count);
    let first = mean(parts.iter().map(|part| part.first).sum());
    let second = parts.iter().map(|part| part.second).sum::<Option<i32>>().map(mean);
    Value { first, second: second.filter(|_| !parts.is_empty()) }
}

/// Body mass index in tenths of kg/m², from tenths of kg and of cm.
#[must_use]
pub fn bmi(weight: i32, height: i32) -> Option<i32> {
    if height <= 0 {
        return None;
    }
    let (weight, height) = (i64::from(weight), i64::from(height));
    // kg/10 / (cm/10/100)² x 10 = weight x 10^6 / height², halves upwards.
    i32::try_from((2 * weight * 1_000_000 + height * height) / (2 * height * height)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_taken_as_it_stands_or_not_at_all() {
        assert_eq!(Kind::Temperature.parse("36.5"), Some(365));
        assert_eq!(Kind::Temperature.parse("36"), Some(360));
        assert_eq!(Kind::BloodPressure.parse("128"), Some(128));
        for slip in ["", ".", "36.", ".5", "36.55", "3 6", "-3", "１２", "36.5.1", "99999"] {
            assert_eq!(Kind::Temperature.parse(slip), None, "{slip}");
        }
        assert_eq!(Kind::Pulse.parse("72.5"), None, "a pulse has no tenths");
        assert_eq!(Kind::Glucose.words(61), "6.1");
    }

    #[test]
    fn two_close_measurements_are_averaged_and_two_far_ones_ask_for_a_third() {
        let p = Value::pressure;
        assert_eq!(guided(&[]), Guided::Measure(1));
        assert_eq!(guided(&[p(148, 83)]), Guided::Measure(2));
        assert_eq!(guided(&[p(148, 83), p(143, 81)]), Guided::Average(p(146, 82)));
        assert_eq!(guided(&[p(148, 83), p(142, 83)]), Guided::Measure(3));
        assert_eq!(guided(&[p(148, 83), p(148, 89)]), Guided::Measure(3));
        assert_eq!(guided(&[p(160, 92), p(150, 90), p(155, 91)]), Guided::Average(p(155, 91)));
    }

    #[test]
    fn the_body_mass_index_is_weight_by_height_squared() {
        assert_eq!(bmi(625, 1650), Some(230));
        assert_eq!(bmi(625, 0), None);
    }
}
