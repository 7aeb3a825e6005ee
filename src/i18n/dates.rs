//! Dates and times in words, with the lunar calendar.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
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

/// Solar terms whose traditional form differs.
const TERMS_HANT: [(&str, &str); 5] =
    [("惊蛰", "驚蟄"), ("谷雨", "穀雨"), ("小满", "小滿"), ("芒种", "芒種"), ("处暑", "處暑")];

impl I18n {
    /// 星期二 · Tue.
    #[must_use]
    pub fn weekday(&self, day: NaiveDate) -> String {
        let index = day.weekday().num_days_from_monday() as usize;
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

    /// 今天, 明天, 后天, then 星期五, 下星期一, and further on the date.
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

    /// 上午 9:30 · 9:30 am: the half of the day and the clock, apart.
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

    /// 农历十月十六, on the day of a solar term followed by its name. English
    /// screens show it in pinyin-free words: Lunar 10/16.
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
                format!("{head}{leap}{name}{}{term}", lunar_day_name(lunar_day))
            }
        }
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

/// The legal holiday of a day, where it is known: the State Council names
/// those of a year in the autumn before, so later days have none yet.
#[must_use]
pub fn legal_holiday(day: NaiveDate) -> Option<String> {
    use tyme4rs::tyme::holiday::LegalHoliday;
    let year = isize::try_from(day.year()).ok()?;
    let holiday = LegalHoliday::from_ymd(year, day.month() as usize, day.day() as usize)?;
    (!holiday.is_work()).then(|| holiday.get_name())
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
    fn lunar_dates_of_known_days() {
        let zh = I18n::new(Lang::ZhHans);
        for (date, want) in [
            ("2026-11-24", "农历十月十六"),
            ("2026-02-17", "农历正月初一"),
            ("2026-09-25", "农历八月十五"),
            ("2025-07-25", "农历闰六月初一"),
            ("2027-02-05", "农历腊月廿九"),
        ] {
            assert_eq!(zh.lunar_line(day(date)), want, "{date}");
        }
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
