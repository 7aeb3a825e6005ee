//! Parses weekdays as people write them: 周一, 星期一至五, 一三五.

use chrono::Weekday;
use daycare_core::activity::repeat::weekday;
use daycare_core::text::tidy;

const WEEKDAYS: [&[&str]; 7] = [
    &["一", "1", "mon", "monday"],
    &["二", "2", "tue", "tuesday"],
    &["三", "3", "wed", "wednesday"],
    &["四", "4", "thu", "thursday"],
    &["五", "5", "fri", "friday"],
    &["六", "6", "sat", "saturday"],
    &["日", "天", "7", "sun", "sunday"],
];

/// Accepts 一, 周一, 星期天, 礼拜日, 1, Mon; 周一、周三; 周一至周五; 每天; 工作日. `None` if any part is not a
/// weekday.
pub(super) fn weekdays_of(written: &str) -> Option<Vec<Weekday>> {
    let plain = tidy(written).replace(' ', "").to_lowercase();
    // The date of one week's plan says nothing about the others.
    let plain = match plain.split_once('(') {
        Some((day, note)) if note.chars().any(|c| c.is_ascii_digit()) => day.to_owned(),
        _ => plain,
    };
    let all = |places: std::ops::Range<usize>| Some(places.map(weekday).collect());
    match plain.as_str() {
        "每天" | "每日" | "天天" | "周一至周日" => return all(0..7),
        "工作日" | "平日" => return all(0..5),
        "周末" => return all(5..7),
        _ => {}
    }
    let mut found = Vec::new();
    for part in plain.trim_start_matches('每').split(['、', ',', '/', ';', '.', '和', '及', '与', '+']) {
        match part.split_once(['至', '-', '到', '~', '—']) {
            Some((from, to)) => {
                let (from, to) = (one_weekday(from)?, one_weekday(to)?);
                found.extend(if from <= to { from..to + 1 } else { return None });
            }
            None => match one_weekday(part) {
                Some(day) => found.push(day),
                None => found.extend(run_of(part)?),
            },
        }
    }
    found.sort_unstable();
    found.dedup();
    Some(found.into_iter().map(weekday).collect())
}

/// Whether the words mean some weeks only: 单周一, 隔周三, 每月第一个周一.
pub(super) fn is_not_weekly(written: &str) -> bool {
    ["单周", "双周", "隔周", "每月", "第一个", "第二个", "第三个", "第四个", "除"]
        .iter()
        .any(|word| written.contains(word))
}

/// Several weekdays without separators: 一三五.
fn run_of(part: &str) -> Option<Vec<usize>> {
    bare(part)
        .chars()
        .map(|c| one_weekday(&c.to_string()))
        .collect::<Option<Vec<_>>>()
        .filter(|days| days.len() > 1)
}

fn bare(part: &str) -> &str {
    part.trim_start_matches("星期").trim_start_matches("礼拜").trim_start_matches(['周', '週', '每'])
}

fn one_weekday(part: &str) -> Option<usize> {
    let bare = bare(part);
    WEEKDAYS.iter().position(|names| names.contains(&bare))
}
