//! The day's appointments on paper: one table per service, with boxes to tick.

use chrono::NaiveDate;
use chrono_tz::Tz;
use daycare_core::appointment::{Appointment, Status};
use daycare_core::time::hour_minute;

use super::pdf::{self, Page};
use crate::error::Result;
use crate::i18n::{I18n, Lang};

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The appointment.
    pub appointment: Appointment,
    /// Full name with the form of address.
    pub name: String,
    /// 院落.
    pub yard: String,
    /// Phone.
    pub phone: String,
}

/// The list of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayList {
    /// Name of the centre.
    pub centre: String,
    /// Which day.
    pub day: NaiveDate,
    /// Its appointments, in any order.
    pub lines: Vec<Line>,
    /// The centre's time zone.
    pub zone: Tz,
}

const PAPER: (f32, f32) = (210.0, 297.0);
const MARGIN: f32 = 15.0;
const ROW: f32 = 8.5;
const BOTTOM: f32 = 280.0;
/// Left edges of the columns.
const COLUMNS: [(f32, &str); 7] = [
    (15.0, "时间"),
    (32.0, "号"),
    (47.0, "姓名"),
    (88.0, "院落"),
    (130.0, "电话"),
    (163.0, "来了"),
    (180.0, "备注"),
];

impl DayList {
    /// The list as PDF, A4 upright.
    ///
    /// # Errors
    /// See [`pdf::write`].
    pub fn pdf(&self) -> Result<Vec<u8>> {
        let i18n = I18n::new(Lang::ZhHans);
        let mut groups: Vec<(String, Vec<&Line>)> = Vec::new();
        let mut lines: Vec<&Line> =
            self.lines.iter().filter(|line| line.appointment.status != Status::Cancelled).collect();
        lines.sort_by_key(|line| {
            let a = &line.appointment;
            (a.service.clone(), a.room.clone(), a.starts_at, a.id)
        });
        for line in lines {
            let a = &line.appointment;
            let title = format!("{} · {} · {}", a.service, a.room, a.provider);
            match groups.last_mut() {
                Some((last, group)) if *last == title => group.push(line),
                _ => groups.push((title, vec![line])),
            }
        }
        let mut sheets = vec![self.sheet(&i18n)];
        let mut y = 36.0;
        for (title, group) in &groups {
            if y + 4.0 * ROW > BOTTOM {
                sheets.push(self.sheet(&i18n));
                y = 36.0;
            }
            y = heading(pdf::last(&mut sheets), y, &format!("{title}   {} 人", group.len()));
            for line in group {
                if y + ROW > BOTTOM {
                    sheets.push(self.sheet(&i18n));
                    y = heading(pdf::last(&mut sheets), 36.0, &format!("{title}（续）"));
                }
                self.line(pdf::last(&mut sheets), y, line);
                y += ROW;
            }
            y += ROW;
        }
        if groups.is_empty() {
            pdf::last(&mut sheets).text((MARGIN, 46.0), 12.0, false, "这天没有预约");
        }
        let count = sheets.len();
        for (at, sheet) in sheets.iter_mut().enumerate() {
            sheet.text_centred(
                (PAPER.0 / 2.0, 289.0),
                9.0,
                false,
                &format!("第 {} 页，共 {count} 页", at + 1),
            );
        }
        pdf::write(PAPER, &format!("{} {}", self.centre, self.day), &sheets)
    }

    fn sheet(&self, i18n: &I18n) -> Page {
        let mut page = Page::default();
        page.text((MARGIN, 20.0), 18.0, true, "预约名单");
        page.text(
            (MARGIN, 28.0),
            11.0,
            false,
            format!("{} {}", self.day.format("%Y年"), i18n.day_line(self.day)),
        );
        page.text_right((PAPER.0 - MARGIN, 20.0), 11.0, false, &self.centre);
        page
    }

    fn line(&self, page: &mut Page, y: f32, line: &Line) {
        let a = &line.appointment;
        let base = y + ROW - 3.0;
        let waits = a.status == Status::Waitlist;
        let time = if waits { "等位".to_owned() } else { hour_minute(a.starts_at.local(self.zone).time()) };
        let kept = match a.status {
            Status::Arrived | Status::CheckedIn => "到了",
            Status::Fulfilled => "做完",
            Status::NoShow => "没来",
            Status::Booked | Status::Waitlist | Status::Cancelled => "□",
        };
        let note = if a.fasting { "空腹" } else { "" };
        let cells = [
            time.as_str(),
            a.ticket.as_deref().unwrap_or(""),
            line.name.as_str(),
            line.yard.as_str(),
            line.phone.as_str(),
            kept,
            note,
        ];
        for ((x, _), words) in COLUMNS.into_iter().zip(cells) {
            page.text((x, base), 11.0, x > 40.0 && x < 50.0, words);
        }
        page.ground((MARGIN, y + ROW), (PAPER.0 - 2.0 * MARGIN, 0.15), 120);
    }
}

/// Draws a group's title and column headings; returns the y of its first row.
fn heading(page: &mut Page, y: f32, title: &str) -> f32 {
    page.text((MARGIN, y + 6.0), 13.0, true, title);
    let y = y + 9.0;
    page.ground((MARGIN, y), (PAPER.0 - 2.0 * MARGIN, 7.0), 228);
    for (x, words) in COLUMNS {
        page.text((x, y + 5.0), 9.5, true, words);
    }
    y + 7.0
}
