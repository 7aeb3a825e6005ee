//! The ticket of an appointment: service, time, place; on its stub the person, a calendar
//! code, or the queue number.

use chrono::NaiveDate;
use daycare_core::appointment::Appointment;
use daycare_core::resident::Profile;
use daycare_core::time::Moment;

use super::page::Page;
use crate::error::Result;
use crate::ui::screens::Ctx;
use crate::ui::screens::document::Handed;
use crate::ui::theme::metrics::rect;
use crate::ui::theme::{Rect, Role};
use crate::ui::widgets::fitted::Fitted;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::{drawing, parts, qr};

/// How far the printing of a slip is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Printing {
    /// Not asked for.
    #[default]
    No,
    /// On its way to the printer.
    UnderWay,
    /// The printer took it.
    Done,
    /// It did not; staff can help.
    Failed,
}

impl Printing {
    /// The state after the printer's answer.
    #[must_use]
    pub fn after(handed: &Result<Handed>) -> Self {
        if matches!(handed, Ok(Handed::Printed)) { Self::Done } else { Self::Failed }
    }

    /// Whether a slip may be asked for.
    #[must_use]
    pub fn may_ask(self) -> bool {
        matches!(self, Self::No | Self::Failed)
    }

    /// Key of the hint, if there is something to say.
    #[must_use]
    pub fn hint(self) -> Option<&'static str> {
        match self {
            Self::No => None,
            Self::UnderWay => Some("book-printing"),
            Self::Done => Some("book-printed"),
            Self::Failed => Some("book-not-printed"),
        }
    }
}

/// Width in px of the part right of the tear line.
const STUB: f32 = 364.0;
/// The same for a queue number, which is the largest thing on the screen.
const WIDE_STUB: f32 = 484.0;

/// The words of a ticket.
pub struct Stub {
    /// Name of the service.
    pub service: String,
    /// Local day.
    pub day: NaiveDate,
    /// Time of the appointment.
    pub starts_at: Moment,
    /// Room; empty if it is not known yet.
    pub room: String,
    /// Whether to come fasting, without breakfast.
    pub fasting: bool,
}

impl From<&Appointment> for Stub {
    fn from(appointment: &Appointment) -> Self {
        Self {
            service: appointment.service.clone(),
            day: appointment.day,
            starts_at: appointment.starts_at,
            room: appointment.room.clone(),
            fasting: appointment.fasting,
        }
    }
}

/// A ticket with the person's picture and name on its stub.
pub fn person<'a, M: Clone + 'a>(page: &mut Page<'a, M>, stub: &Stub, profile: &Profile, cx: &Ctx) {
    let place = paper(page, stub, STUB, cx);
    let side = place.width - 110.0;
    let disc = rect(place.x + 55.0, place.y + place.height * 0.14, side, side);
    page.put(disc, parts::disc(disc, &profile.picture, profile.picture.len(), page.look));
    let name = cx.addressed(&profile.name, &profile.called_by);
    let y = disc.y + side + 12.0;
    let words = rect(place.x + 16.0, y, place.width - 32.0, place.y + place.height - y - 24.0);
    page.text(words, Fitted::new(name, Role::Label, page.look));
}

/// A ticket with a QR code from which a phone adds a calendar entry.
pub fn code<'a, M: Clone + 'a>(page: &mut Page<'a, M>, stub: &Stub, text: &str, cx: &Ctx) {
    let place = paper(page, stub, STUB, cx);
    let side = (place.width - 36.0).min(place.height - 130.0);
    let at = rect(place.x + (place.width - side) / 2.0, place.y + 20.0, side, side);
    page.put(at, qr::qr(text));
    let y = at.y + side + 4.0;
    let words = rect(place.x + 16.0, y, place.width - 32.0, place.y + place.height - y - 12.0);
    page.text(words, Fitted::new(cx.tr("book-scan"), Role::Small, page.look));
}

/// A ticket with the queue number, as large as possible.
pub fn number<'a, M: Clone + 'a>(page: &mut Page<'a, M>, stub: &Stub, number: &str, cx: &Ctx) {
    let place = paper(page, stub, WIDE_STUB, cx);
    let words = rect(place.x + 12.0, place.y + 40.0, place.width - 32.0, place.height - 80.0);
    let color = page.look.palette.green;
    page.text(words, Fitted::new(number, Role::Ticket, page.look).color(color).lines(1));
}

/// Draws the paper and its text; returns the area of the stub.
fn paper<'a, M: Clone + 'a>(page: &mut Page<'a, M>, stub: &Stub, torn: f32, cx: &Ctx) -> Rect {
    let look = page.look;
    let body = look.shape.body();
    page.put(body, drawing::ticket(look.palette, body.width, body.height, torn));
    let (x, width) = (body.x + 44.0, body.width - torn - 72.0);
    let room = body.height - 48.0;
    let mut y = body.y + 24.0;
    let mut line = |page: &mut Page<'a, M>, part: f32, which: Option<Icon>, words: String, role| {
        let height = room * part;
        let indent = if which.is_some() { 64.0 } else { 0.0 };
        if let Some(which) = which {
            page.put(rect(x, y + (height - 44.0) / 2.0, 44.0, 44.0), icon(which, look.palette.green));
        }
        let text = Fitted::new(words, role, look).left().lines(1);
        page.text(rect(x + indent, y, width - indent, height), text);
        y += height;
    };
    let at = stub.starts_at.local(cx.clock.zone()).time();
    let near = cx.i18n.near_day(stub.day, cx.clock.today());
    let date = cx.i18n.day_line(stub.day);
    let day = if date.contains(&near) { date } else { format!("{near} {}", cx.i18n.weekday(stub.day)) };
    let notes = usize::from(!stub.room.is_empty()) + usize::from(stub.fasting);
    let spare = [0.18, 0.09, 0.0][notes];
    line(page, 0.17 + spare / 2.0, None, cx.name(&stub.service), Role::Item);
    line(page, 0.16 + spare / 4.0, None, day, Role::Button);
    line(page, 0.27 + spare / 4.0, None, cx.i18n.clock_words(at), Role::Hero);
    if !stub.room.is_empty() {
        line(page, 0.18, Some(Icon::MapPin), cx.name(&stub.room), Role::Body);
    }
    if stub.fasting {
        line(page, 0.18, Some(Icon::Utensils), cx.tr("book-fasting"), Role::Body);
    }
    rect(body.x + body.width - torn, body.y, torn - 12.0, body.height)
}
