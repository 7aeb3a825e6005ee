//! Parses dates and times as people write them and as spreadsheets store them. An ambiguous
//! cell gives the likeliest value and its doubt.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime};
use daycare_core::birth::Birth;
use daycare_core::import::outcome::{Doubt, Reason};
use daycare_core::text::tidy;

use super::cell::{Cell, Kind};

/// A value, and why it may be wrong.
pub type Likely<T> = (T, Option<Doubt>);

/// How to read the dates of one column.
#[derive(Debug, Clone, Copy, Default)]
pub struct How {
    /// The year of dates written without one, or with its last two digits.
    pub year: Option<i32>,
    /// Numbers in this column are month and day: `3.11`.
    pub month_and_day: bool,
    /// Trailing zeros are written in this column: `3.10`.
    pub zeros: bool,
}

/// Reads a day in any usual style: `1954/05/20`, `1954.05.20`, `1954年5月20日`,
/// `19540520`, a spreadsheet's day number, and without a year (`3月1日`, `3/1`)
/// where one is given.
///
/// # Errors
/// [`Reason::NoDate`] if empty, [`Reason::NoYear`] if the year is missing,
/// [`Reason::ImpossibleDate`] otherwise.
pub fn day(cell: &Cell, how: How) -> Result<Likely<NaiveDate>, Reason> {
    match cell.kind {
        Kind::Stamp(at) => return Ok((at.date(), None)),
        Kind::Number(value) if value.fract() != 0.0 => return month_and_day(value, how),
        _ => {}
    }
    let text = tidy(&cell.text);
    if text.is_empty() {
        return Err(Reason::NoDate);
    }
    let text = without_clock(&text);
    let groups = groups(text).ok_or(Reason::ImpossibleDate)?;
    match groups.as_slice() {
        [year, month, day] => full(year, month, day, how.year),
        [month, day] => {
            let year = how.year.ok_or(Reason::NoYear)?;
            let (month, of_month) = (number(month)?, number(day)?);
            // A spreadsheet that was saved as text writes 3.10 as 3.1.
            let dropped = !how.zeros
                && is_dotted(text)
                && day.len() == 1
                && on_calendar(year, month, of_month * 10).is_ok();
            Ok((on_calendar(year, month, of_month)?, dropped.then_some(Doubt::DroppedZero)))
        }
        [one] if one.len() == 8 => Ok((eight_digits(one)?, None)),
        [one] if one.len() == 5 => Ok((day_number(number(one)?, cell.epoch_1904)?, None)),
        _ => Err(Reason::ImpossibleDate),
    }
}

/// Reads a birth date, or the part of it that is written.
///
/// # Errors
/// [`Reason::ImpossibleDate`] if it is not a date, [`Reason::NoDate`] if empty.
pub fn birth(cell: &Cell) -> Result<Likely<Birth>, Reason> {
    if let Kind::Number(value) = cell.kind
        && (1880.0..2100.0).contains(&value)
    {
        return birth_number(value);
    }
    if let Kind::Stamp(at) = cell.kind {
        return Ok((Birth::day(at.date()), None));
    }
    let text = tidy(&cell.text);
    if text.is_empty() {
        return Err(Reason::NoDate);
    }
    let text = without_clock(&text);
    let written = groups(text).ok_or(Reason::ImpossibleDate)?;
    let year_of = |text: &str| number(text).ok().and_then(|year| i32::try_from(year).ok());
    match written.as_slice() {
        // 19423 may be 1942.3 without its point, or the day number of a date.
        [one] if one.len() == 5 && one.starts_with("19") && matches!(cell.kind, Kind::Text) => {
            day(cell, How::default()).map(|(day, doubt)| (Birth::day(day), doubt.or(Some(Doubt::DayNumber))))
        }
        [year] if year.len() == 4 => partial(year_of(year), None),
        [one] if one.len() == 6 => partial(one.get(..4).and_then(year_of), one.get(4..)),
        [year, month] if year.len() == 4 => {
            let (birth, _) = partial(year_of(year), Some(month))?;
            let dropped = is_dotted(text) && *month == "1";
            Ok((birth, dropped.then_some(Doubt::DroppedZero)))
        }
        [year, month] if year.len() == 2 => {
            let year = year_of(year).map(|year| 1900 + year);
            let (birth, _) = partial(year, Some(month))?;
            Ok((birth, year.is_some_and(|year| year < OLD_ENOUGH).then_some(Doubt::TwoDigitYear)))
        }
        [year, month, day] if year.len() == 2 => {
            let year = 1900 + year_of(year).unwrap_or_default();
            // A resident of twenty, or of a hundred and twenty?
            let doubt = (year < OLD_ENOUGH).then_some(Doubt::TwoDigitYear);
            Ok((Birth::day(on_calendar(year, number(month)?, number(day)?)?), doubt))
        }
        _ => day(cell, How::default()).map(|(day, doubt)| (Birth::day(day), doubt)),
    }
}

/// Whether a cell is written like a date, so that it is wrong where it cannot be one; otherwise
/// its words are only not understood.
#[must_use]
pub fn is_written_as_date(cell: &Cell) -> bool {
    let text = tidy(&cell.text);
    groups(without_clock(&text)).is_some_and(|groups| !groups.is_empty())
}

/// Nobody who comes today was born before this year: an earlier two-digit year may belong to
/// this century.
const OLD_ENOUGH: i32 = 1915;

/// Reads `1944.05` stored as a number; `1944.1` may have been `1944.10`.
fn birth_number(value: f64) -> Result<Likely<Birth>, Reason> {
    let (year, part) = (whole(value), hundredths(value));
    if part == 0 {
        return partial(i32::try_from(year).ok(), None);
    }
    // 1944.5 is May: there is no month 50.
    let month = if part > 12 && part.is_multiple_of(10) { part / 10 } else { part };
    let (birth, _) = partial(i32::try_from(year).ok(), Some(&month.to_string()))?;
    Ok((birth, (part == 10).then_some(Doubt::DroppedZero)))
}

fn partial(year: Option<i32>, month: Option<&str>) -> Result<Likely<Birth>, Reason> {
    let year = year.filter(|year| (1880..2100).contains(year)).ok_or(Reason::ImpossibleDate)?;
    let month = month.map(number).transpose()?;
    Birth::partial(year, month).map(|birth| (birth, None)).ok_or(Reason::ImpossibleDate)
}

/// Drops a time after a date, such as `9:30` or `T08:31:07`.
fn without_clock(text: &str) -> &str {
    let Some((head, _)) = text.split_once([':', '点']) else { return text };
    head.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['T', ' ', '上', '下', '午'])
}

fn is_dotted(text: &str) -> bool {
    text.contains('.') && text.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// Whether a column writes trailing zeros: 3.10 beside 3.1.
#[must_use]
pub fn writes_zeros<'a>(mut column: impl Iterator<Item = &'a Cell>) -> bool {
    column.any(|cell| {
        let text = tidy(&cell.text);
        cell.kind == Kind::Text && is_dotted(&text) && text.ends_with('0')
    })
}

fn groups(text: &str) -> Option<Vec<&str>> {
    let known = |c: char| c.is_ascii_digit() || "-/.·年月日号 ()周星期一二三四五六天生".contains(c);
    let groups = || text.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    text.chars().all(known).then(groups)
}

fn number(group: &str) -> Result<u32, Reason> {
    group.parse().map_err(|_| Reason::ImpossibleDate)
}

fn full(year: &str, month: &str, day: &str, stated: Option<i32>) -> Result<Likely<NaiveDate>, Reason> {
    let (month, day) = (number(month)?, number(day)?);
    let written = i32::try_from(number(year)?).map_err(|_| Reason::ImpossibleDate)?;
    match (year.len(), stated) {
        (4, _) => Ok((on_calendar(written, month, day)?, None)),
        (2, Some(stated)) => {
            let century = stated.div_euclid(100) * 100;
            let doubt = (written != stated.rem_euclid(100)).then_some(Doubt::OtherYear);
            Ok((on_calendar(century + written, month, day)?, doubt))
        }
        (2, None) => Ok((on_calendar(2000 + written, month, day)?, Some(Doubt::TwoDigitYear))),
        _ => Err(Reason::ImpossibleDate),
    }
}

fn eight_digits(one: &str) -> Result<NaiveDate, Reason> {
    NaiveDate::parse_from_str(one, "%Y%m%d").map_err(|_| Reason::ImpossibleDate)
}

fn on_calendar(year: i32, month: u32, day: u32) -> Result<NaiveDate, Reason> {
    NaiveDate::from_ymd_opt(year, month, day).ok_or(Reason::ImpossibleDate)
}

/// The date of a spreadsheet's day number, counted from 1900 or from 1904.
fn day_number(number: u32, from_1904: bool) -> Result<NaiveDate, Reason> {
    let start = if from_1904 { (1904, 1, 1) } else { (1899, 12, 30) };
    NaiveDate::from_ymd_opt(start.0, start.1, start.2)
        .and_then(|start| start.checked_add_days(Days::new(number.into())))
        .filter(|day| day.year() < 2200)
        .ok_or(Reason::ImpossibleDate)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded by whoever asks")]
fn whole(value: f64) -> u32 {
    value.clamp(0.0, 1e9).floor() as u32
}

/// The first two decimals of a number: 10 for 3.1, 11 for 3.11.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
fn hundredths(value: f64) -> u32 {
    (value.fract().abs() * 100.0).round() as u32
}

/// Whether a number has one decimal, so that a trailing zero may be lost.
fn one_digit(value: f64) -> bool {
    hundredths(value).is_multiple_of(10)
}

/// Reads a number typed as month and day. `3.11` can only be 11 March; `3.1` may have been
/// `3.10`.
fn month_and_day(value: f64, how: How) -> Result<Likely<NaiveDate>, Reason> {
    if !(1.0..13.0).contains(&value) {
        return Err(Reason::ImpossibleDate);
    }
    let year = how.year.ok_or(Reason::NoYear)?;
    let day = if one_digit(value) { hundredths(value) / 10 } else { hundredths(value) };
    let on = on_calendar(year, whole(value), day)?;
    let with_zero = on_calendar(year, whole(value), day * 10).is_ok();
    let doubt =
        if !how.month_and_day || one_digit(value) && with_zero { Some(Doubt::DroppedZero) } else { None };
    Ok((on, doubt))
}

/// Whether the numbers of a column are month and day: at least one has two decimals, and all
/// are possible.
#[must_use]
pub fn is_month_and_day<'a>(column: impl Iterator<Item = &'a Cell>) -> bool {
    let (mut numbers, mut sure) = (0, false);
    for cell in column {
        let Kind::Number(value) = cell.kind else { continue };
        if value.fract() == 0.0 || !(1.0..13.0).contains(&value) || !(1..=99).contains(&hundredths(value)) {
            return false;
        }
        numbers += 1;
        sure |= !one_digit(value);
    }
    numbers > 0 && sure
}

/// How to read times with a point in one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dots {
    /// All are hour and minutes with trailing zeros dropped: `8.3` is 8:30.
    Minutes,
    /// Halves and quarters only, or fractions that no minute has: `8.5` may be half past eight.
    Decimal,
    /// Unclear: `8.3` may be 8:03.
    #[default]
    Mixed,
}

/// Decides from the whole column whether its numbers are hour and minutes with a point
/// between.
#[must_use]
pub fn dots<'a>(column: impl Iterator<Item = &'a Cell>) -> Dots {
    let (mut minutes, mut fractions) = (false, false);
    for cell in column {
        let text = tidy(&cell.text);
        let value = match cell.kind {
            Kind::Number(value) => Some(value),
            // 8.50 in a text says minutes; 8.5 does not.
            Kind::Text | Kind::Formula => text.parse().ok().filter(|_| !text.ends_with('0')),
            Kind::Stamp(_) => None,
        };
        if let Some(value) = value.filter(|value| value.fract() != 0.0 && (1.0..24.0).contains(value)) {
            if hundredths(value) >= 60 {
                return Dots::Decimal;
            }
            fractions = true;
            minutes |= ![25, 50].contains(&hundredths(value));
        }
        let dotted = match cell.kind {
            Kind::Number(value) => (0.0..24.0).contains(&value) && hundredths(value) < 60,
            Kind::Stamp(_) => false,
            Kind::Text | Kind::Formula => {
                let plain = |c: char| c.is_ascii_digit() || c == '.';
                // Text such as 「8.30」 shows that trailing zeros are written.
                let zeros = text.ends_with('0') && text.contains('.');
                text.is_empty() || text.chars().all(plain) && !zeros
            }
        };
        if !dotted && !cell.is_empty() {
            return Dots::Mixed;
        }
    }
    if fractions && !minutes { Dots::Decimal } else { Dots::Minutes }
}

/// Reads a time of day: `9:45`, `9：45`, `9点45`, `9点半`, `9点`, `0945`,
/// `下午2:30`, also behind a date. `Ok(None)` if empty.
///
/// # Errors
/// [`Reason::ImpossibleTime`] if it is not a time of day.
pub fn time(cell: &Cell, dots: Dots) -> Result<Option<Likely<NaiveTime>>, Reason> {
    use chrono::Timelike;
    const MORNING: [&str; 5] = ["上午", "早", "凌晨", "AM", "am"];
    let read = written_time(cell, dots)?;
    // Nobody comes at half past one in the night: 1:30 is often written for the afternoon.
    let said = MORNING.iter().any(|word| cell.text.contains(word));
    let night = |time: &NaiveTime| (time.hour() < OPENS_AT && !said).then_some(Doubt::NightHour);
    Ok(read.map(|(time, doubt)| (time, doubt.or(night(&time)))))
}

/// No centre opens before this hour.
const OPENS_AT: u32 = 6;

fn written_time(cell: &Cell, dots: Dots) -> Result<Option<Likely<NaiveTime>>, Reason> {
    match cell.kind {
        Kind::Stamp(at) => return Ok(Some((to_the_minute(at.time()), None))),
        Kind::Number(value) if (0.0..1.0).contains(&value) && value > 0.0 => {
            return Ok(Some((of_fraction(value), None)));
        }
        Kind::Number(value) if value.fract() != 0.0 && value < 24.0 => return dotted(value, dots).map(Some),
        _ => {}
    }
    let text = tidy(&cell.text);
    let text = match text.rsplit_once([' ', 'T']) {
        // 「2025-03-03 08:31:07」
        Some((head, clock)) if groups(head).is_some_and(|day| day.len() >= 2) => clock.to_owned(),
        _ => text.replace(' ', ""),
    };
    if text.is_empty() {
        return Ok(None);
    }
    // A fraction of a day that was saved as text: 0.375 is nine o'clock.
    if let Some(value) = text.strip_prefix("0.").and_then(|_| text.parse::<f64>().ok()) {
        return Ok(Some((of_fraction(value), None)));
    }
    words(&text, dots).map(Some)
}

/// The date of a cell that holds date and time; `None` if it has no date.
#[must_use]
pub fn day_in_time(cell: &Cell, how: How) -> Option<Likely<NaiveDate>> {
    match cell.kind {
        Kind::Stamp(at) => Some((at.date(), None)).filter(|(day, _)| day.year() > 1900),
        Kind::Number(value) if value >= 10_000.0 => {
            day_number(whole(value), cell.epoch_1904).ok().map(|day| (day, None))
        }
        Kind::Number(_) => None,
        Kind::Text | Kind::Formula => {
            let text = tidy(&cell.text);
            let (head, _) = text.rsplit_once([' ', 'T'])?;
            day(&Cell::typed(head), how).ok()
        }
    }
}

fn to_the_minute(time: NaiveTime) -> NaiveTime {
    use chrono::Timelike;
    time.with_second(0).and_then(|time| time.with_nanosecond(0)).unwrap_or(time)
}

fn of_fraction(value: f64) -> NaiveTime {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "less than a day")]
    let seconds = (value * 86_400.0).round() as u32;
    let midnight = NaiveDateTime::default();
    to_the_minute((midnight + chrono::Duration::seconds(i64::from(seconds.min(86_399)))).time())
}

/// Reads a number as hour and minutes: 8.3 is 8:30.
fn dotted(value: f64, dots: Dots) -> Result<Likely<NaiveTime>, Reason> {
    let minutes = hundredths(value);
    if dots == Dots::Decimal {
        let minutes = if minutes >= 60 { minutes * 60 / 100 } else { minutes };
        let time = NaiveTime::from_hms_opt(whole(value), minutes, 0).ok_or(Reason::ImpossibleTime)?;
        return Ok((time, Some(Doubt::DecimalHour)));
    }
    let time = NaiveTime::from_hms_opt(whole(value), minutes, 0).ok_or(Reason::ImpossibleTime)?;
    Ok((time, (dots == Dots::Mixed && one_digit(value)).then_some(Doubt::DroppedZero)))
}

fn words(text: &str, dots: Dots) -> Result<Likely<NaiveTime>, Reason> {
    let mut digits = text;
    let mut afternoon = false;
    for (word, later) in [
        ("凌晨", false),
        ("上午", false),
        ("早上", false),
        ("早", false),
        ("中午", true),
        ("下午", true),
        ("晚上", true),
        ("AM", false),
        ("PM", true),
        ("am", false),
        ("pm", true),
    ] {
        if let Some(rest) = digits.strip_prefix(word).or_else(|| digits.strip_suffix(word)) {
            digits = rest;
            afternoon = later;
        }
    }
    let bad = Reason::ImpossibleTime;
    let number = |s: &str| s.parse::<u32>().map_err(|_| bad);
    let mut doubt = None;
    let (hour, minute) = if let Some(hour) = digits.strip_suffix("点半").or(digits.strip_suffix("时半")) {
        (number(hour)?, 30)
    } else {
        let parts: Vec<&str> = digits
            .trim_end_matches(['分', '点', '时', '秒'])
            .split(['点', '时', '分', ':', '.', '：'])
            .collect();
        match parts.as_slice() {
            [one] if one.len() == 4 && one.is_ascii() => {
                let (hour, minute) = one.split_at_checked(2).ok_or(bad)?;
                (number(hour)?, number(minute)?)
            }
            [hour] if hour.len() <= 2 && digits.len() > hour.len() => (number(hour)?, 0),
            [hour, minute] if digits.contains('.') && minute.len() == 1 => {
                // A spreadsheet dropped the zero, or somebody left one out.
                doubt = match dots {
                    Dots::Mixed => Some(Doubt::DroppedZero),
                    Dots::Decimal => Some(Doubt::DecimalHour),
                    Dots::Minutes => None,
                };
                (number(hour)?, number(minute)? * 10)
            }
            // 8:3 is three minutes past eight, or half past.
            [hour, minute] if digits.contains(':') && minute.len() == 1 => {
                doubt = Some(Doubt::DroppedZero);
                (number(hour)?, number(minute)?)
            }
            [hour, minute] | [hour, minute, _] => (number(hour)?, number(minute)?),
            _ => return Err(bad),
        }
    };
    let midnight = hour == 12 && (text.contains("晚上") || text.to_lowercase().contains("am"));
    let hour = match hour {
        _ if midnight => 0,
        11 if text.starts_with("中午") => 11,
        0..12 if afternoon => hour + 12,
        _ => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0).map(|time| (time, doubt)).ok_or(bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str, year: Option<i32>) -> Result<(String, Option<Doubt>), Reason> {
        let how = How { year, ..How::default() };
        day(&Cell::typed(text), how).map(|(day, doubt)| (day.to_string(), doubt))
    }

    fn sure(text: &str) -> (String, Option<Doubt>) {
        (text.to_owned(), None)
    }

    #[test]
    fn every_style_of_date_is_read() {
        for text in [
            "1954/05/20",
            "1954-5-20",
            "1954.05.20",
            "1954年5月20日",
            "19540520",
            "１９５４－０５－２０",
            "1954-05-20 00:00:00",
            "1954-05-20T08:31:07",
            "19864",
            " 1954年05月20 ",
            "1954年5月20日（星期四）",
        ] {
            assert_eq!(date(text, None), Ok(sure("1954-05-20")), "{text}");
        }
        assert_eq!(date("3月1日", Some(2016)), Ok(sure("2016-03-01")));
        assert_eq!(date("3/1", Some(2016)), Ok(sure("2016-03-01")));
        assert_eq!(date("3.1", Some(2016)), Ok(("2016-03-01".into(), Some(Doubt::DroppedZero))));
        assert_eq!(date("3.11", Some(2016)), Ok(sure("2016-03-11")));
    }

    #[test]
    fn two_digits_are_the_stated_year_or_doubtful() {
        assert_eq!(date("16.3.5", Some(2016)), Ok(sure("2016-03-05")));
        assert_eq!(date("26.3.5", Some(2016)), Ok(("2026-03-05".into(), Some(Doubt::OtherYear))));
        assert_eq!(date("16/3/6", None), Ok(("2016-03-06".into(), Some(Doubt::TwoDigitYear))));
    }

    #[test]
    fn what_is_no_date_is_named() {
        assert_eq!(date("", None), Err(Reason::NoDate));
        assert_eq!(date("3月1日", None), Err(Reason::NoYear));
        for text in
            ["1940-02-30", "1940-13-01", "不详", "1940", "1940年", "2月30日", "身份证已遗失", "99999999999"]
        {
            assert_eq!(date(text, Some(2016)), Err(Reason::ImpossibleDate), "{text}");
        }
    }

    #[test]
    fn a_number_with_a_point_is_month_and_day_and_a_dropped_zero_is_doubtful() {
        let column = [3.1, 3.2, 3.11].map(Cell::number);
        let how = How { year: Some(2016), month_and_day: is_month_and_day(column.iter()), zeros: false };
        let read: Vec<_> = column.iter().map(|cell| day(cell, how).expect("a day")).collect();
        assert_eq!(read[0].1, Some(Doubt::DroppedZero));
        assert_eq!((read[2].0.to_string().as_str(), read[2].1), ("2016-03-11", None));
        assert_eq!(day(&Cell::number(4.5), how).expect("a day").1, None, "there is no 50 April");
        assert_eq!(day(&Cell::number(3.45), how), Err(Reason::ImpossibleDate));
    }

    #[test]
    fn a_birth_date_may_be_a_month_or_a_year() {
        let read = |text: &str| birth(&Cell::typed(text)).map(|(birth, doubt)| (birth.to_string(), doubt));
        for (text, want) in [
            ("1944.05", "1944-05"),
            ("1947年11月", "1947-11"),
            ("194411", "1944-11"),
            ("1939", "1939"),
            ("1939年生", "1939"),
            ("41.10.3", "1941-10-03"),
            ("1944.6.9", "1944-06-09"),
        ] {
            assert_eq!(read(text), Ok((want.into(), None)), "{text}");
        }
        assert_eq!(read("05.3.2"), Ok(("1905-03-02".into(), Some(Doubt::TwoDigitYear))));
        assert_eq!(read("1944.13"), Err(Reason::ImpossibleDate));
        let number = |value| birth(&Cell::number(value)).map(|(birth, doubt)| (birth.to_string(), doubt));
        assert_eq!(number(1944.05), Ok(("1944-05".into(), None)));
        assert_eq!(number(1944.5), Ok(("1944-05".into(), None)));
        assert_eq!(read("1944.1"), Ok(("1944-01".into(), Some(Doubt::DroppedZero))));
        assert_eq!(read("03.05"), Ok(("1903-05".into(), Some(Doubt::TwoDigitYear))));
        assert_eq!(number(1944.1), Ok(("1944-10".into(), Some(Doubt::DroppedZero))));
    }

    fn clock(cell: &Cell, dots: Dots) -> Result<Option<String>, Reason> {
        time(cell, dots).map(|t| t.map(|(t, _)| daycare_core::time::hour_minute(t)))
    }

    #[test]
    fn every_style_of_time_is_read() {
        for (text, want) in [
            ("9:45", "09:45"),
            ("09：45", "09:45"),
            ("9点45", "09:45"),
            ("9点45分", "09:45"),
            ("9点半", "09:30"),
            ("9点", "09:00"),
            ("0945", "09:45"),
            ("下午2:30", "14:30"),
            ("2:30 PM", "14:30"),
            ("中午12点", "12:00"),
            ("上午 9:05", "09:05"),
            ("14.05", "14:05"),
            ("09:45:00", "09:45"),
            ("2025-03-03 08:31:07", "08:31"),
            ("2025/3/4 8:29", "08:29"),
        ] {
            assert_eq!(clock(&Cell::typed(text), Dots::Mixed), Ok(Some(want.into())), "{text}");
        }
        assert_eq!(clock(&Cell::typed(" "), Dots::Mixed), Ok(None));
        for text in ["25:00", "9:75", "早", "9", "身份"] {
            assert_eq!(clock(&Cell::typed(text), Dots::Mixed), Err(Reason::ImpossibleTime), "{text}");
        }
    }

    #[test]
    fn a_time_whose_zero_was_dropped_is_never_three_past_eight() {
        let column = [8.3 + f64::EPSILON * 8.0, 9.05, 14.3, 16.45, 10.5].map(Cell::number);
        assert_eq!(dots(column.iter()), Dots::Minutes);
        let read: Vec<_> = column.iter().map(|cell| clock(cell, Dots::Minutes).expect("a time")).collect();
        assert_eq!(
            read.into_iter().flatten().collect::<Vec<_>>(),
            ["08:30", "09:05", "14:30", "16:45", "10:50"]
        );
        let mixed = [Cell::number(8.3), Cell::typed("9:05")];
        assert_eq!(dots(mixed.iter()), Dots::Mixed);
        assert_eq!(time(&mixed[0], Dots::Mixed).expect("a time").expect("one").1, Some(Doubt::DroppedZero));
        let texts = ["8.3", "8.30"].map(Cell::typed);
        assert_eq!(dots(texts.iter()), Dots::Mixed);
        assert_eq!(clock(&Cell::number(0.354_166_666_7), Dots::Mixed), Ok(Some("08:30".into())));
    }

    #[test]
    fn day_and_time_in_one_cell_are_both_read() {
        let of = |text: &str| day_in_time(&Cell::typed(text), How::default()).map(|(day, _)| day.to_string());
        assert_eq!(of("2025-03-03 08:31:07").as_deref(), Some("2025-03-03"));
        assert_eq!(of("2025/3/4 8:29").as_deref(), Some("2025-03-04"));
        assert_eq!(of("8:29"), None);
        assert_eq!(of("下午 2:30"), None);
    }
}
