//! Dates and times in words, with the lunar calendar.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use daycare_core::birth::Birth;
use icu_calendar::Date;
use icu_calendar::cal::ChineseTraditional;
use tyme4rs::tyme::Culture;
use tyme4rs::tyme::solar::SolarDay;

use super::{I18n, Lang};

const WEEKDAYS_EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const WEEKDAYS_ZH: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
const MONTHS_EN: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const LUNAR_MONTHS: [&str; 12] =
    ["正月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "冬月", "腊月"];
const NUMERALS: [&str; 11] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// Solar terms whose name differs in traditional characters.
const TERMS_HANT: [(&str, &str); 5] =
    [("惊蛰", "驚蟄"), ("谷雨", "穀雨"), ("小满", "小滿"), ("芒种", "芒種"), ("处暑", "處暑")];

impl I18n {
    /// A birth date to the precision known; a full date includes its lunar day.
    #[must_use]
    pub fn birth(&self, birth: Birth) -> String {
        match birth.date() {
            Some(day) => format!("{day}（{}）", self.lunar_line(day)),
            None => birth.to_string(),
        }
    }

    /// 星期二 · Tue.
    #[must_use]
    pub fn weekday(&self, day: NaiveDate) -> String {
        self.weekday_name(day.weekday())
    }

    /// As [`I18n::weekday`], from a weekday instead of a date.
    #[must_use]
    pub fn weekday_name(&self, day: chrono::Weekday) -> String {
        let index = day.num_days_from_monday() as usize;
        match self.lang() {
            Lang::En => WEEKDAYS_EN[index].to_owned(),
            Lang::ZhHans | Lang::ZhHant => format!("星期{}", WEEKDAYS_ZH[index]),
        }
    }

    /// 11月24日 · 24 Nov.
    #[must_use]
    pub fn month_day(&self, day: NaiveDate) -> String {
        match self.lang() {
            Lang::En => format!("{} {}", day.day(), MONTHS_EN[day.month0() as usize]),
            Lang::ZhHans | Lang::ZhHant => format!("{}月{}日", day.month(), day.day()),
        }
    }

    /// 11月24日 星期二 · Tue 24 Nov.
    #[must_use]
    pub fn day_line(&self, day: NaiveDate) -> String {
        match self.lang() {
            Lang::En => format!("{} {}", self.weekday(day), self.month_day(day)),
            Lang::ZhHans | Lang::ZhHant => format!("{} {}", self.month_day(day), self.weekday(day)),
        }
    }

    /// 今天, 明天, 后天, then 星期五 or 下星期一, and the date for later days.
    #[must_use]
    pub fn near_day(&self, day: NaiveDate, today: NaiveDate) -> String {
        let weeks = day.iso_week().year() * 100 + i32::try_from(day.iso_week().week()).unwrap_or(0);
        let next = today.checked_add_days(chrono::Days::new(7)).unwrap_or(today).iso_week();
        let next = next.year() * 100 + i32::try_from(next.week()).unwrap_or(0);
        match (day - today).num_days() {
            0 => self.tr("today"),
            1 => self.tr("tomorrow"),
            2 => self.tr("after-tomorrow"),
            3..=13 if weeks == next => {
                let weekday = self.weekday(day);
                self.tr_with("next-week", &[("weekday", weekday.as_str().into())])
            }
            3..=6 => self.weekday(day),
            _ => self.month_day(day),
        }
    }

    /// 上午 9:30 · 9:30 am, as two parts: half of the day and clock.
    #[must_use]
    pub fn half_and_clock(&self, at: NaiveTime) -> (String, String) {
        let half = self.tr(if at.hour() < 12 { "clock-morning" } else { "clock-afternoon" });
        let hour = if at.hour() > 12 { at.hour() - 12 } else { at.hour() };
        (half, format!("{hour}:{:02}", at.minute()))
    }

    /// 上午 9:30 · 9:30 am.
    #[must_use]
    pub fn clock_words(&self, at: NaiveTime) -> String {
        let (half, clock) = self.half_and_clock(at);
        match self.lang() {
            Lang::En => format!("{clock} {half}"),
            Lang::ZhHans | Lang::ZhHant => format!("{half} {clock}"),
        }
    }

    /// 农历十月十六, followed by the solar term if the day is one. In English: Lunar 10/16.
    #[must_use]
    pub fn lunar_line(&self, day: NaiveDate) -> String {
        let (month, lunar_day, leap) = lunar(day);
        match self.lang() {
            Lang::En => {
                format!("Lunar month {month}{}, day {lunar_day}", if leap { " (leap)" } else { "" })
            }
            Lang::ZhHans | Lang::ZhHant => {
                let hant = self.lang() == Lang::ZhHant;
                let head = if hant { "農曆" } else { "农历" };
                let name = LUNAR_MONTHS[usize::from(month - 1) % 12];
                let name = if hant { name.replace('腊', "臘") } else { name.to_owned() };
                let leap = match (leap, hant) {
                    (false, _) => "",
                    (true, false) => "闰",
                    (true, true) => "閏",
                };
                let term = solar_term(day, hant).map(|t| format!(" {t}")).unwrap_or_default();
                let festival = self.festival(day).map(|f| format!(" {f}")).unwrap_or_default();
                format!("{head}{leap}{name}{}{term}{festival}", lunar_day_name(lunar_day))
            }
        }
    }

    /// The name of the festival on this day; `None` on other days.
    #[must_use]
    pub fn festival(&self, day: NaiveDate) -> Option<String> {
        let (month, of_month, leap) = lunar(day);
        let tomorrow = day.succ_opt().map(lunar);
        let lunar_one = FESTIVALS
            .iter()
            .find(|(calendar, at, _)| *calendar == Calendar::Lunar && !leap && *at == (month, of_month));
        let key = if tomorrow == Some((1, 1, false)) {
            Some("festival-new-years-eve")
        } else if let Some((_, _, key)) = lunar_one {
            Some(*key)
        } else {
            let at = (u8::try_from(day.month()).unwrap_or(0), u8::try_from(day.day()).unwrap_or(0));
            FESTIVALS
                .iter()
                .find(|(calendar, on, _)| *calendar == Calendar::Gregorian && *on == at)
                .map(|f| f.2)
        };
        key.map(|key| self.tr(key))
    }

    /// 早上好, 中午好, 下午好.
    #[must_use]
    pub fn greeting(&self, at: NaiveDateTime) -> String {
        self.tr(match at.hour() {
            0..=10 => "greeting-morning",
            11..=12 => "greeting-noon",
            _ => "greeting-afternoon",
        })
    }
}

/// Calendar in which a date is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calendar {
    /// 公历
    Gregorian,
    /// 农历
    Lunar,
}

/// Festivals: calendar, month and day, and the key of the name.
const FESTIVALS: [(Calendar, (u8, u8), &str); 9] = [
    (Calendar::Lunar, (1, 1), "festival-spring"),
    (Calendar::Lunar, (1, 15), "festival-lantern"),
    (Calendar::Lunar, (5, 5), "festival-dragon-boat"),
    (Calendar::Lunar, (8, 15), "festival-mid-autumn"),
    (Calendar::Lunar, (9, 9), "festival-double-ninth"),
    (Calendar::Gregorian, (1, 1), "festival-new-year"),
    (Calendar::Gregorian, (3, 8), "festival-women"),
    (Calendar::Gregorian, (5, 1), "festival-labour"),
    (Calendar::Gregorian, (10, 1), "festival-national"),
];

/// Whether `day` is the birthday of somebody born on `born`, and by which calendar; many
/// elders know only the lunar one. A birthday in a leap month falls in the regular month of
/// that number; a day missing from this year falls on the last day of its month.
#[must_use]
pub fn birthday(born: NaiveDate, day: NaiveDate) -> Option<Calendar> {
    let solar = |date: NaiveDate| (date.month(), date.day());
    let leap_eve = solar(born) == (2, 29) && solar(day) == (2, 28) && !day.leap_year();
    if day > born && (solar(born) == solar(day) || leap_eve) {
        return Some(Calendar::Gregorian);
    }
    let (month, of_month, _) = lunar(born);
    let (now_month, now_day, now_leap) = lunar(day);
    let tomorrow = day.succ_opt().map_or(1, |next| lunar(next).1);
    // A short lunar month has no 30th day.
    let same_day = now_day == of_month || (of_month == 30 && now_day == 29 && tomorrow == 1);
    (day > born && !now_leap && now_month == month && same_day).then_some(Calendar::Lunar)
}

/// 十六: the day of the lunar month, as printed on wall calendars.
#[must_use]
pub fn lunar_day_words(day: NaiveDate) -> String {
    let (month, of_month, leap) = lunar(day);
    if of_month == 1 {
        let leap = if leap { "闰" } else { "" };
        return format!("{leap}{}", LUNAR_MONTHS[usize::from(month - 1) % 12]);
    }
    lunar_day_name(of_month)
}

/// Name of the official holiday on a day, if known: the State Council announces a year's
/// holidays in the autumn before, so later days have none yet.
#[must_use]
pub fn legal_holiday(day: NaiveDate) -> Option<String> {
    use tyme4rs::tyme::holiday::LegalHoliday;
    let year = isize::try_from(day.year()).ok()?;
    let holiday = LegalHoliday::from_ymd(year, day.month() as usize, day.day() as usize)?;
    (!holiday.is_work()).then(|| holiday.get_name())
}

/// The last day of the last year whose holidays are known.
#[must_use]
pub fn holidays_known_until() -> NaiveDate {
    static UNTIL: LazyLock<NaiveDate> = LazyLock::new(|| {
        let national_day =
            |year: &i32| NaiveDate::from_ymd_opt(*year, 10, 1).and_then(legal_holiday).is_some();
        let last = (2020..2200).take_while(national_day).last().unwrap_or(2020);
        NaiveDate::from_ymd_opt(last, 12, 31).unwrap_or(NaiveDate::MIN)
    });
    *UNTIL
}

/// The holiday that the law itself fixes on a day, without adjusted working days: what is
/// certain for a year whose holidays are not announced yet. Follows the rules in force since
/// 2025, taken from a secondary source.
#[must_use]
pub fn statutory_holiday(day: NaiveDate) -> Option<&'static str> {
    let tomorrow = day.succ_opt().map(lunar);
    let is_leap = lunar(day).2;
    let (month, of_month, _) = lunar(day);
    Some(match ((day.month(), day.day()), (month, of_month)) {
        ((1, 1), _) => "元旦节",
        ((5, 1 | 2), _) => "劳动节",
        ((10, 1..=3), _) => "国庆节",
        (_, (1, 1..=3)) if !is_leap => "春节",
        _ if tomorrow == Some((1, 1, false)) => "春节",
        (_, (5, 5)) if !is_leap => "端午节",
        (_, (8, 15)) if !is_leap => "中秋节",
        _ if solar_term(day, false).as_deref() == Some("清明") => "清明节",
        _ => return None,
    })
}

/// Lunar month, day, and whether the month is a leap month.
fn lunar(day: NaiveDate) -> (u8, u8, bool) {
    let month = u8::try_from(day.month()).unwrap_or(1);
    let of_month = u8::try_from(day.day()).unwrap_or(1);
    match Date::try_new_iso(day.year(), month, of_month) {
        Ok(iso) => {
            let date = iso.to_calendar(ChineseTraditional::new());
            let month = date.month().to_input();
            (month.number(), date.day_of_month().0, month.is_leap())
        }
        Err(_) => (1, 1, false),
    }
}

fn lunar_day_name(day: u8) -> String {
    let digit = |n: u8| NUMERALS[usize::from(n)];
    match day {
        1..=10 => format!("初{}", digit(day)),
        11..=19 => format!("十{}", digit(day - 10)),
        20 => "二十".to_owned(),
        21..=29 => format!("廿{}", digit(day - 20)),
        _ => "三十".to_owned(),
    }
}

fn solar_term(day: NaiveDate, hant: bool) -> Option<String> {
    let year = isize::try_from(day.year()).ok()?;
    let solar = SolarDay::from_ymd(year, day.month() as usize, day.day() as usize);
    let term = solar.get_term_day();
    (term.get_day_index() == 0).then(|| {
        let name = term.get_solar_term().get_name();
        let traditional = TERMS_HANT.iter().find(|(simplified, _)| hant && *simplified == name);
        traditional.map_or(name, |(_, traditional)| (*traditional).to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn national_day_is_a_holiday_and_a_made_up_workday_is_not() {
        let day = |text: &str| text.parse().expect("a day");
        assert!(legal_holiday(day("2025-10-01")).is_some());
        assert_eq!(legal_holiday(day("2025-09-28")), None, "worked in exchange");
        assert_eq!(legal_holiday(day("2025-11-25")), None);
        assert_eq!(legal_holiday(day("2090-10-01")), None, "not named yet");
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn the_days_that_the_law_names_are_holidays_in_every_year_of_the_table() {
        assert!(holidays_known_until() >= day("2026-12-31"));
        for date in day("2025-01-01").iter_days().take_while(|date| *date <= day("2026-12-31")) {
            if let Some(name) = statutory_holiday(date) {
                let announced = legal_holiday(date).unwrap_or_default();
                let same = announced.contains(name.trim_end_matches('节')) || announced == "国庆中秋";
                assert!(same, "{date} {name} {announced}");
            }
        }
        let of_2027 =
            day("2027-01-01").iter_days().take(365).filter(|date| statutory_holiday(*date).is_some());
        assert_eq!(of_2027.count(), 13, "1 and 4 and 1 and 2 and 1 and 1 and 3");
        assert_eq!(statutory_holiday(day("2027-02-05")), Some("春节"), "the eve");
    }

    #[test]
    fn lunar_dates_of_known_days() {
        let zh = I18n::new(Lang::ZhHans);
        for (date, want) in [
            ("2026-11-24", "农历十月十六"),
            ("2026-02-17", "农历正月初一 春节"),
            ("2026-09-25", "农历八月十五 中秋节"),
            ("2025-07-25", "农历闰六月初一"),
            ("2027-02-05", "农历腊月廿九 除夕"),
        ] {
            assert_eq!(zh.lunar_line(day(date)), want, "{date}");
        }
    }

    #[test]
    fn festivals_are_named_on_their_day_in_each_calendar() {
        let zh = I18n::new(Lang::ZhHans);
        let named = |date: &str| zh.festival(day(date)).unwrap_or_default();
        assert_eq!(named("2026-02-17"), "春节");
        assert_eq!(named("2026-02-16"), "除夕");
        assert_eq!(named("2026-10-18"), "重阳节");
        assert_eq!(named("2026-10-01"), "国庆节");
        assert_eq!(named("2026-11-24"), "");
        assert!(zh.lunar_line(day("2026-09-25")).ends_with(" 中秋节"));
    }

    #[test]
    fn a_birthday_is_known_in_both_calendars_and_on_days_a_year_does_not_have() {
        let on = |born: &str, date: &str| birthday(day(born), day(date));
        assert_eq!(on("1941-06-26", "2026-06-26"), Some(Calendar::Gregorian));
        // 1941-06-26 was the second day of the sixth lunar month.
        assert_eq!(lunar(day("1941-06-26")), (6, 2, false));
        assert_eq!(on("1941-06-26", "2026-07-15"), Some(Calendar::Lunar));
        assert_eq!(on("1941-06-26", "2026-07-16"), None);
        assert_eq!(on("1940-02-29", "2027-02-28"), Some(Calendar::Gregorian));
        assert_eq!(on("1940-02-29", "2028-02-28"), None);
        assert_eq!(on("2026-06-26", "2026-06-26"), None, "the day one is born is no birthday");
    }

    #[test]
    fn a_solar_term_is_named_only_on_its_day() {
        let zh = I18n::new(Lang::ZhHans);
        assert!(zh.lunar_line(day("2026-12-22")).ends_with(" 冬至"));
        assert!(!zh.lunar_line(day("2026-12-23")).contains(' '));
        let hant = zh.in_lang(Lang::ZhHant);
        assert!(hant.lunar_line(day("2026-03-05")).ends_with(" 驚蟄"));
    }

    #[test]
    fn dates_read_as_each_language_writes_them() {
        let zh = I18n::new(Lang::ZhHans);
        assert_eq!(zh.day_line(day("2026-11-24")), "11月24日 星期二");
        assert_eq!(zh.in_lang(Lang::En).day_line(day("2026-11-24")), "Tue 24 Nov");
    }
}
