//! The paper slip of an appointment, for an 80 mm roll or any printer.

use chrono_tz::Tz;
use daycare_core::appointment::Appointment;
use daycare_core::ids::AppointmentId;
use daycare_core::resident::Profile;
use daycare_core::time::{Moment, hour_minute};

use super::ics;
use super::pdf::{self, Page};
use crate::error::Result;
use crate::i18n::{I18n, Lang};

/// The contents of a slip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    centre: String,
    /// Masked name such as 王婆婆, because slips get lost.
    who: String,
    service: String,
    day: String,
    time: String,
    room: String,
    fasting: bool,
    ticket: Option<String>,
    /// Whether the place is confirmed; `None` if it was never in doubt.
    sure: Option<bool>,
    calendar: String,
}

const WIDTH: f32 = 80.0;
const HEIGHT: f32 = 130.0;

impl Slip {
    /// The slip of an appointment, with the one that was booked first (see [`ics::appointment`]).
    /// Paper is always in the reference language.
    #[must_use]
    pub fn of(
        (appointment, first): (&Appointment, AppointmentId),
        profile: &Profile,
        centre: &str,
        now: Moment,
        zone: Tz,
    ) -> Self {
        let i18n = I18n::new(Lang::ZhHans);
        let local = appointment.starts_at.local(zone);
        Self {
            centre: centre.to_owned(),
            who: profile.public_name(),
            service: appointment.service.clone(),
            day: i18n.day_line(local.date()),
            time: hour_minute(local.time()),
            room: appointment.room.clone(),
            fasting: appointment.fasting,
            ticket: appointment.ticket.clone(),
            sure: None,
            calendar: ics::appointment(appointment, first, centre, now),
        }
    }

    /// Adds whether the hub has confirmed the place against other kiosks.
    #[must_use]
    pub fn surely(self, sure: Option<bool>) -> Self {
        Self { sure, ..self }
    }

    /// The slip as PDF.
    ///
    /// # Errors
    /// See [`pdf::write`].
    pub fn pdf(&self) -> Result<Vec<u8>> {
        let mut page = Page::default();
        let middle = WIDTH / 2.0;
        page.text_centred((middle, 11.0), 12.0, true, &self.centre);
        page.line((6.0, 15.0), WIDTH - 12.0, 0.4);
        page.text((6.0, 24.0), 14.0, true, self.service.clone());
        page.text_right((WIDTH - 6.0, 24.0), 12.0, false, &self.who);
        page.text((6.0, 33.0), 14.0, false, self.day.clone());
        if let Some(sure) = self.sure {
            let words = if sure { "已确认" } else { "待确认" };
            page.text_right((WIDTH - 6.0, 33.0), 12.0, true, words);
        }
        let (large, words) = match &self.ticket {
            Some(ticket) => (ticket.as_str(), format!("{}  {}", self.time, self.room)),
            None => (self.time.as_str(), self.room.clone()),
        };
        page.text_centred((middle, 51.0), 40.0, true, large);
        page.text_centred((middle, 60.0), 14.0, false, &words);
        if self.fasting {
            page.ground((6.0, 64.0), (WIDTH - 12.0, 9.0), 225);
            page.text_centred((middle, 70.2), 13.0, true, "早上空腹来，先别吃早饭");
        }
        page.code((18.0, 75.0), 44.0, &self.calendar);
        page.text_centred((middle, 123.0), 9.0, false, "给家里人扫一扫，存到手机上");
        pdf::write((WIDTH, HEIGHT), &self.service, &[page])
    }
}
