//! The tiles offered after signing in.

use daycare_core::activity::{ListedActivity, Window};
use daycare_core::appointment::Status;
use daycare_core::ids::ServiceId;
use daycare_core::time::hour_minute;

use super::super::page::Page;
use super::{Message, Offer, PER_PAGE, Success};
use crate::ui::screens::Ctx;
use crate::ui::theme::metrics::{cell, rect};
use crate::ui::theme::{Look, Rect, Role, Shape};
use crate::ui::widgets::fitted::{Fitted, shortened};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::parts::{self, Button, Kind};
use crate::ui::widgets::{Element, Press};

impl Success {
    /// Today's bookings, then the other purposes; a booked purpose appears once.
    pub(super) fn offers<'a>(&'a self, cx: &'a Ctx) -> Vec<Offer<'a>> {
        let free = |id: &&ServiceId| !self.booked.iter().any(|a| a.service_id == **id);
        let purposes = self.offered.iter().filter(free).filter_map(|id| cx.service(*id));
        let own =
            |listed: &ListedActivity| self.own.iter().find(|own| own.enrolment.key == listed.occurrence.key);
        let mine = self.on.iter().filter_map(|listed| Some(Offer::Activity(listed, Some(own(listed)?))));
        // The next activity comes before the purposes, the others after.
        let mut free = self.on.iter().filter(|listed| {
            let open = listed.occurrence.window(cx.clock.now(), cx.clock.zone()) == Window::Open;
            own(listed).is_none() && open && !listed.is_full()
        });
        let next = free.next().into_iter().map(|listed| Offer::Activity(listed, None));
        let mut offers: Vec<Offer<'a>> = self.booked.iter().map(Offer::Booking).chain(mine).collect();
        let mut purposes = purposes.map(Offer::Purpose);
        // The first page always has two usual purposes.
        offers.extend(purposes.by_ref().take(2));
        offers.extend(next);
        offers.extend(purposes);
        offers.extend(free.map(|listed| Offer::Activity(listed, None)));
        offers
    }

    pub(super) fn purposes<'a>(&'a self, page: &mut Page<'a, Message>, cx: &'a Ctx) {
        let look = page.look;
        let lying = look.shape == Shape::Landscape;
        let body = look.shape.reach();
        let head = 120.0;
        if lying {
            let note = rect(body.x, 48.0, body.width, 176.0);
            let came = hour_minute(self.visit.arrived_at.local(cx.clock.zone()).time());
            let words = cx.i18n.tr_with("day-came", &[("time", came.as_str().into())]);
            page.put(note, parts::note(note, Icon::Clock, &words, look));
        }
        let button_width = 219.0;
        let offers = self.offers(cx);
        let more = offers.len() > (self.page + 1) * PER_PAGE;
        let place = |of: f32| Rect {
            x: body.x + body.width - button_width - of * (button_width + 36.0),
            width: button_width,
            height: 108.0,
            ..body
        };
        let title_width = body.width - 2.0 * (button_width + 36.0);
        let title = Fitted::new(cx.tr("purpose-title"), Role::Button, look).left();
        page.text(rect(body.x, body.y, title_width, head - 12.0), title);
        if more {
            let label = cx.tr("purpose-more");
            let button = Button::new(Kind::Quiet, Role::Label, &label).icon(Icon::Ellipsis);
            page.button(place(0.0), "nav:more", &button, Press::Own(Message::Turned(self.page + 1)));
        }
        if self.page > 0 {
            let label = cx.tr("page-previous");
            let button = Button::new(Kind::Quiet, Role::Label, &label);
            let of = if more { 1.0 } else { 0.0 };
            page.button(place(of), "nav:previous", &button, Press::Own(Message::Turned(self.page - 1)));
        }
        let grid = Rect { y: body.y + head + 24.0, height: body.height - head - 24.0, ..body };
        for (at, offer) in offers.iter().skip(self.page * PER_PAGE).take(PER_PAGE).enumerate() {
            let place = if lying { cell(grid, at, 4, 1) } else { cell(grid, at, 2, 2) };
            page.put(place, self.tile(place, offer, cx, look));
        }
    }

    pub(super) fn tile<'a>(
        &self,
        place: Rect,
        offer: &Offer<'_>,
        cx: &Ctx,
        look: Look,
    ) -> Element<'a, Message> {
        match offer {
            Offer::Booking(a) => {
                let time = hour_minute(a.starts_at.local(cx.clock.zone()).time());
                let label = format!("{time} {}", cx.name(&a.service));
                let words = (a.picture.as_str(), label.as_str());
                let press = Press::Own(Message::HereFor(a.id));
                let name = format!("choice:booking-{}", a.service);
                parts::choice(place, &name, words, self.here_for.contains(&a.id), press, look)
            }
            Offer::Activity(listed, own) => {
                let time = hour_minute(listed.occurrence.arrangement.starts);
                // A landscape tile has room for one line; the name says more than the time.
                let name = cx.name(&listed.occurrence.name);
                let label = match look.shape {
                    Shape::Portrait => shortened(&format!("{time} {name}"), 10.0),
                    Shape::Landscape => shortened(&name, 11.0),
                };
                let words = (listed.occurrence.picture.as_str(), label.as_str());
                let press = Press::Own(Message::Activity(listed.occurrence.key));
                let name = format!("choice:activity-{}", listed.occurrence.name);
                let on = own.is_some_and(|own| own.enrolment.status == Status::Booked);
                parts::choice(place, &name, words, on, press, look)
            }
            Offer::Purpose(service) => {
                let name = cx.name(&service.name);
                let words = (service.picture.as_str(), name.as_str());
                let press = Press::Own(Message::Toggled(service.id));
                let on = self.visit.services.contains(&service.id);
                parts::choice(place, &format!("choice:{}", service.name), words, on, press, look)
            }
        }
    }
}
