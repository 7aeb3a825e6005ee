//! The rows of the day: bookings, activities, services.

use daycare_core::activity::enrolment::Shown;
use daycare_core::appointment::{Appointment, Status};
use daycare_core::volunteer::Shift;

use super::super::page::Page;
use super::{Entry, Message, MyDay, per_page};
use crate::ui::screens::Ctx;
use crate::ui::theme::metrics::{rect, row};
use crate::ui::theme::{Rect, Role, Shape};
use crate::ui::widgets::fitted::Fitted;
use crate::ui::widgets::parts::{Button, Kind};
use crate::ui::widgets::{Press, parts};

/// A name with more Chinese characters than this takes two lines.
const LONG: usize = 12;

impl MyDay {
    pub(super) fn rows<'a>(&'a self, page: &mut Page<'a, Message>, cx: &'a Ctx) {
        let look = page.look;
        let lying = look.shape == Shape::Landscape;
        let area = if lying { look.shape.reach() } else { look.shape.body() };
        let entries = self.entries(cx);
        if entries.is_empty() {
            if self.loaded {
                page.nothing(look.shape.body(), &cx.tr("day-none"));
            }
            return;
        }
        let (per_page, at_page) = (per_page(look.shape), self.page.min(self.pages(look.shape, cx) - 1));
        for (at, entry) in entries.into_iter().skip(at_page * per_page).take(per_page).enumerate() {
            let place = row(area, at, per_page);
            match entry {
                Entry::Booked(appointment) => self.booked(page, place, at, appointment, cx),
                Entry::Activity(own) => {
                    let unsure = self.unconfirmed.contains(&own.enrolment.id.uuid());
                    signed_up(page, place, at, (own, unsure), cx);
                }
                Entry::Serving(open) => serving(page, place, at, open, cx),
                Entry::Chosen(service) => {
                    let text = pictured(page, place, at, &service.picture);
                    page.text(text, Fitted::new(cx.name(&service.name), Role::Item, look).left());
                }
            }
        }
    }

    pub(super) fn booked<'a>(
        &'a self,
        page: &mut Page<'a, Message>,
        place: Rect,
        at: usize,
        appointment: &Appointment,
        cx: &'a Ctx,
    ) {
        let text = pictured(page, place, at, &appointment.picture);
        let button = (place.height - 56.0).clamp(104.0, 124.0);
        let spot = |of: f32| {
            let x = place.x + place.width - 28.0 - 224.0 - of * 252.0;
            rect(x, place.y + (place.height - button) / 2.0, 224.0, button)
        };
        let mut buttons = 0.0;
        let mut put = |page: &mut Page<'a, Message>, name: String, label: &str, role, press| {
            page.button(spot(buttons), &name, &Button::new(Kind::Secondary, role, label), Press::Own(press));
            buttons += 1.0;
        };
        let today = appointment.day == cx.clock.today();
        let waits = appointment.status == Status::Waitlist;
        let to_come = matches!(appointment.status, Status::Booked | Status::Arrived);
        if (to_come || waits) && self.may_change(cx) {
            put(
                page,
                format!("nav:drop-{at}"),
                &cx.tr("day-drop"),
                Role::Label,
                Message::Drop(appointment.id),
            );
        }
        if let Some(ticket) = appointment.ticket.as_deref().filter(|_| appointment.status.is_open()) {
            put(page, format!("nav:number-{at}"), ticket, Role::Item, Message::Number(appointment.id));
        } else if to_come && today && self.visit.is_some() {
            let label = cx.tr("day-came-for");
            put(page, format!("nav:here-{at}"), &label, Role::Label, Message::CameFor(appointment.id));
        }
        let clock = cx.i18n.clock_words(appointment.starts_at.local(cx.clock.zone()).time());
        let when = match (waits, today) {
            (true, _) => cx.tr("day-waits"),
            (false, true) => clock,
            (false, false) => format!("{} {clock}", cx.i18n.near_day(appointment.day, cx.clock.today())),
        };
        let unsure = self.unconfirmed.contains(&appointment.id.uuid());
        let when = if unsure { format!("{when} · {}", cx.tr("unconfirmed")) } else { when };
        let width = text.width - buttons * 252.0;
        three_lines(
            page,
            Rect { width, ..text },
            &when,
            &cx.name(&appointment.service),
            &cx.name(&appointment.room),
        );
    }
}

/// Draws a row with its picture; returns the area for its text.
fn pictured(page: &mut Page<'_, Message>, place: Rect, at: usize, picture: &str) -> Rect {
    let look = page.look;
    page.put(place, parts::card(look));
    let side = (place.height - 48.0).min(120.0);
    let disc = rect(place.x + 28.0, place.y + (place.height - side) / 2.0, side, side);
    page.put(disc, parts::disc(disc, picture, at, look));
    let x = disc.x + side + 28.0;
    Rect { x, width: place.x + place.width - 28.0 - x, ..place }
}

/// Time, name and place one below the other; landscape screens use two lines.
fn three_lines(page: &mut Page<'_, Message>, text: Rect, when: &str, what: &str, room: &str) {
    let look = page.look;
    let line = |page: &mut Page<'_, Message>, from: f32, part: f32, words: Fitted| {
        let place = Rect { y: text.y + text.height * from, height: text.height * part, ..text };
        page.text(place, words.left());
    };
    let green = look.palette.green;
    if look.shape == Shape::Landscape && what.chars().count() > LONG {
        line(page, 0.04, 0.3, Fitted::new(when, Role::Caption, look).color(green).lines(1));
        line(page, 0.34, 0.62, Fitted::new(what, Role::Item, look));
        return;
    }
    if look.shape == Shape::Landscape {
        let first = if room.is_empty() { when.to_owned() } else { format!("{when} · {room}") };
        line(page, 0.06, 0.4, Fitted::new(first, Role::Caption, look).color(green).lines(1));
        line(page, 0.47, 0.46, Fitted::new(what, Role::Item, look).lines(1));
        return;
    }
    line(page, 0.05, 0.3, Fitted::new(when, Role::Label, look).color(green).lines(1));
    if what.chars().count() > LONG {
        // A long name also uses the line of the place.
        line(page, 0.34, 0.6, Fitted::new(what, Role::Item, look));
        return;
    }
    line(page, 0.34, 0.36, Fitted::new(what, Role::Item, look).lines(1));
    line(page, 0.69, 0.27, Fitted::new(room, Role::Small, look).lines(1));
}

/// The place of a row's one button.
fn at_the_end(place: Rect) -> Rect {
    let height = (place.height - 56.0).clamp(104.0, 124.0);
    rect(place.x + place.width - 28.0 - 224.0, place.y + (place.height - height) / 2.0, 224.0, height)
}

/// An activity somebody is signed up for: a tap shows it among the others.
pub(super) fn signed_up(
    page: &mut Page<'_, Message>,
    place: Rect,
    at: usize,
    (own, unsure): (&Shown, bool),
    cx: &Ctx,
) {
    let text = pictured(page, place, at, &own.picture);
    let begins = own.starts_at.local(cx.clock.zone());
    let clock = cx.i18n.clock_words(begins.time());
    let today = cx.clock.today();
    let when = match own.enrolment.status {
        Status::Waitlist => cx.tr("act-waits"),
        _ if begins.date() == today => clock,
        _ => format!("{} {clock}", cx.i18n.near_day(begins.date(), today)),
    };
    let button = at_the_end(place);
    let label = cx.tr(if unsure { "unconfirmed" } else { "act-in" });
    let kind = Button::new(Kind::Chosen, Role::Label, &label);
    page.button(button, &format!("nav:activity-{at}"), &kind, Press::Own(Message::Activities));
    let text = Rect { width: button.x - 28.0 - text.x, ..text };
    three_lines(page, text, &when, &cx.name(&own.name), &cx.name(&own.room));
}

/// The row in which a volunteer starts or ends a shift.
pub(super) fn serving(page: &mut Page<'_, Message>, place: Rect, at: usize, open: Option<&Shift>, cx: &Ctx) {
    let text = pictured(page, place, at, "handshake");
    let button = at_the_end(place);
    let label = cx.tr(if open.is_some() { "day-serving" } else { "day-serve" });
    let kind = if open.is_some() { Kind::Chosen } else { Kind::Secondary };
    page.button(button, "nav:serve", &Button::new(kind, Role::Label, &label), Press::Own(Message::Serve));
    let text = Rect { width: button.x - 28.0 - text.x, ..text };
    page.text(text, Fitted::new(cx.tr("day-volunteer"), Role::Item, page.look).left().lines(1));
}
