//! Dates and times as people write them.

use chrono::{Days, NaiveDate, NaiveTime};

use super::outcome::Reason;
use crate::domain::text::tidy;

/// Reads a date in any usual style: `1954/05/20`, `1954-5-20`, `1954.05.20`,
/// `1954年5月20日`, `19540520`, a spreadsheet's day number, and without a year
/// (`3月1日`, `3/1`) where `year` is given.
///
/// # Errors
/// [`Reason::NoDate`] if empty, [`Reason::NoYear`] if a year is missing,
/// [`Reason::ImpossibleDate`] otherwise.
pub fn date(raw: &str, year: Option<i32>) -> Result<NaiveDate, Reason> {
    let text = tidy(raw);
    if text.is_empty() {
        return Err(Reason::NoDate);
    }
    // A spreadsheet appends midnight to a date.
    let text = text
        .split_once(':')
        .map_or(text.as_str(), |(head, _)| head.trim_end_matches(|c: char| c.is_ascii_digit()));
    let known = |c: char| c.is_ascii_digit() || "-/.年月日号 ".contains(c);
    if !text.chars().all(known) {
        return Err(Reason::ImpossibleDate);
    }
    let groups: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty()).collect();
    let number = |group: &str| group.parse::<u32>().map_err(|_| Reason::ImpossibleDate);
    match groups.as_slice() {
        [y, m, d] => on_calendar(full_year(y)?, number(m)?, number(d)?),
        [m, d] => on_calendar(year.ok_or(Reason::NoYear)?, number(m)?, number(d)?),
        [one] if one.len() == 8 => {
            on_calendar(full_year(&one[..4])?, number(&one[4..6])?, number(&one[6..])?)
        }
        [one] if one.len() == 5 => day_number(number(one)?),
        _ => Err(Reason::ImpossibleDate),
    }
}

fn full_year(group: &str) -> Result<i32, Reason> {
    let year: i32 = group.parse().map_err(|_| Reason::ImpossibleDate)?;
    match group.len() {
        4 => Ok(year),
        // Two digits can only be the last century: residents are old.
        2 => Ok(1900 + year),
        _ => Err(Reason::ImpossibleDate),
    }
}

fn on_calendar(year: i32, month: u32, day: u32) -> Result<NaiveDate, Reason> {
    NaiveDate::from_ymd_opt(year, month, day).ok_or(Reason::ImpossibleDate)
}

/// The date of a spreadsheet's day number (1900 system).
pub(super) fn day_number(number: u32) -> Result<NaiveDate, Reason> {
    NaiveDate::from_ymd_opt(1899, 12, 30)
        .and_then(|start| start.checked_add_days(Days::new(number.into())))
        .ok_or(Reason::ImpossibleDate)
}

/// Reads a time of day: `9:45`, `9：45`, `9点45`, `9点半`, `9点`, `0945`,
/// `下午2:30`. `Ok(None)` if empty.
///
/// # Errors
/// [`Reason::ImpossibleTime`].
pub fn time(raw: &str) -> Result<Option<NaiveTime>, Reason> {
    let text = tidy(raw).replace(' ', "");
    if text.is_empty() {
        return Ok(None);
    }
    let mut digits = text.as_str();
    let mut afternoon = false;
    for (word, later) in [("上午", false), ("早上", false), ("中午", true), ("下午", true), ("晚上", true)]
    {
        if let Some(rest) = digits.strip_prefix(word) {
            digits = rest;
            afternoon = later;
        }
    }
    let bad = Reason::ImpossibleTime;
    let number = |s: &str| s.parse::<u32>().map_err(|_| bad);
    let (hour, minute) = if let Some(hour) = digits.strip_suffix("点半").or(digits.strip_suffix("时半")) {
        (number(hour)?, 30)
    } else {
        let parts: Vec<&str> =
            digits.trim_end_matches(['分', '点', '时']).split(['点', '时', ':', '.', '：']).collect();
        match parts.as_slice() {
            [one] if one.len() == 4 && one.is_ascii() => (number(&one[..2])?, number(&one[2..])?),
            [hour] if hour.len() <= 2 && digits.len() > hour.len() => (number(hour)?, 0),
            [hour, minute] | [hour, minute, _] => (number(hour)?, number(minute)?),
            _ => return Err(bad),
        }
    };
    let hour =
        if afternoon && hour < 12 && !(hour == 11 && text.starts_with("中午")) { hour + 12 } else { hour };
    NaiveTime::from_hms_opt(hour, minute, 0).map(Some).ok_or(bad)
}

#[cfg(test)]
mod tests {
    use super::*;

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
            "54.5.20",
            "19864",
            " 1954年05月20 ",
        ] {
            assert_eq!(date(text, None).map(|d| d.to_string()), Ok("1954-05-20".into()), "{text}");
        }
        assert_eq!(date("3月1日", Some(2016)).map(|d| d.to_string()), Ok("2016-03-01".into()));
        assert_eq!(date("3/1", Some(2016)).map(|d| d.to_string()), Ok("2016-03-01".into()));
    }

    #[test]
    fn what_is_no_date_is_named() {
        assert_eq!(date("", None), Err(Reason::NoDate));
        assert_eq!(date("3月1日", None), Err(Reason::NoYear));
        for text in ["1940-02-30", "1940-13-01", "不详", "1940", "1940年", "2月30日"] {
            assert_eq!(date(text, Some(2016)), Err(Reason::ImpossibleDate), "{text}");
        }
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
            ("中午12点", "12:00"),
            ("上午 9:05", "09:05"),
            ("14.05", "14:05"),
            ("09:45:00", "09:45"),
        ] {
            let got = time(text).map(|t| t.map(crate::domain::time::hour_minute));
            assert_eq!(got, Ok(Some(want.into())), "{text}");
        }
        assert_eq!(time(" "), Ok(None));
        for text in ["25:00", "9:75", "早", "9"] {
            assert_eq!(time(text), Err(Reason::ImpossibleTime), "{text}");
        }
    }
}
