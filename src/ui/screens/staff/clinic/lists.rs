//! Who is to be called by phone, and who is due for the yearly check-up.

use chrono::Datelike;
use daycare_core::checkup::{Due, next_on};
use daycare_core::follow_up::{FollowUp, Kind as Why};
use daycare_core::time::hour_minute;
use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{Column, Row, column, container, row};

use super::super::frame;
use super::{Clinic, Data, Message};
use crate::health::CHECKUP;
use crate::ui::screens::Ctx;
use crate::ui::theme::{Look, Role};
use crate::ui::widgets::desk::{self, Chip, Kind};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, Tapped};

const PER_PAGE: usize = 20;

impl Clinic {
    pub(super) fn calls_view<'a>(
        &'a self,
        content: Column<'a, Tapped<Message>>,
        data: &'a Data,
        cx: &'a Ctx,
        look: Look,
    ) -> Column<'a, Tapped<Message>> {
        if data.calls.is_empty() {
            let words = desk::words(cx.tr("call-nobody"), Role::StaffName, look);
            return content.push(desk::middle(words));
        }
        let mut list = Column::new().spacing(10);
        for call in data.calls.iter().skip(self.page * PER_PAGE).take(PER_PAGE) {
            list = list.push(self.call_card(call, cx, look));
        }
        let pages = data.calls.len().div_ceil(PER_PAGE);
        content.push(desk::scroll(list)).push(frame::pager(cx, look, self.page, pages, Message::Turned))
    }

    pub(super) fn checkups_view<'a>(
        &'a self,
        content: Column<'a, Tapped<Message>>,
        data: &'a Data,
        cx: &'a Ctx,
        look: Look,
    ) -> Column<'a, Tapped<Message>> {
        let year = cx.clock.today().year();
        let items = u32::try_from(CHECKUP.items_of(year).count()).unwrap_or(0);
        let finished = data.checkups.iter().filter(|due| due.done >= items).count();
        let all = data.checkups.len();
        let values = [("due", (all - finished).into()), ("done", finished.into()), ("all", all.into())];
        let only = cx.tr("checkup-only-due");
        let kind = if self.only_due { Kind::On } else { Kind::Plain };
        let head = row![
            container(desk::words(cx.i18n.tr_with("checkup-due", &values), Role::StaffName, look))
                .width(Length::Fill),
            desk::sized(
                desk::button("only-due", &only, None, kind, Some(Message::OnlyDue(!self.only_due)), look),
                260.0,
                desk::CONTROL
            ),
        ]
        .align_y(Vertical::Center);
        let shown: Vec<&Due> =
            data.checkups.iter().filter(|due| !self.only_due || due.done < items).collect();
        let mut list = Column::new();
        for due in shown.iter().skip(self.page * PER_PAGE).take(PER_PAGE) {
            list = list.push(due_row(due, items, cx, look)).push(desk::divider(look));
        }
        let pages = shown.len().div_ceil(PER_PAGE);
        let source =
            [("source", CHECKUP.source.as_str().into()), ("version", CHECKUP.version.as_str().into())];
        let source = cx.i18n.tr_with("health-source", &source);
        content
            .push(head)
            .push(desk::scroll(list))
            .push(desk::tinted(source, Role::StaffBody, look.palette.muted, look))
            .push(frame::pager(cx, look, self.page, pages, Message::Turned))
    }
}

impl Clinic {
    fn call_card<'a>(&'a self, call: &'a FollowUp, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let why = cx.tr(match call.kind {
            Why::NoShow => "call-noshow",
            Why::Promoted => "call-promoted",
            Why::SessionCancelled => "call-session-cancelled",
            Why::Recheck => "call-recheck",
            Why::Moved => "call-moved",
            Why::Displaced => "call-displaced",
        });
        let what = call.starts_at.map(|at| {
            let at = at.local(cx.clock.zone());
            format!("{} {} {}", cx.i18n.month_day(at.date()), hour_minute(at.time()), cx.name(&call.service))
        });
        let phone = |number: &str| self.revealed.phone(call.resident_id, number);
        let phones = format!("{}   {} {}", phone(&call.phone), call.contact_name, phone(&call.contact_phone));
        let head = row![
            container(desk::person(&call.picture, &call.name, &cx.called(&call.called_by), &phones, look))
                .width(Length::Fill),
            desk::words(what.unwrap_or_default(), Role::StaffBody, look),
            desk::chip(Chip::Incomplete, Icon::Phone, &why, look),
        ]
        .spacing(14)
        .align_y(Vertical::Center);
        let result = |key: &'static str| {
            let label = cx.tr(key);
            let name = format!("{key}-{}", call.id);
            desk::button(&name, &label, None, Kind::Plain, Some(Message::CallResult(call.id, key)), look)
        };
        let mut buttons: Vec<_> = ["call-reached", "call-away"].map(result).into();
        let numbers = !(call.phone.is_empty() && call.contact_phone.is_empty());
        let ask =
            (numbers && !self.revealed.shows(call.resident_id)).then_some(Message::Phone(call.resident_id));
        let label = cx.tr("person-phones");
        let name = format!("phones-{}", call.id);
        buttons.insert(0, desk::button(&name, &label, Some(Icon::Phone), Kind::Plain, ask, look));
        desk::card(column![head, desk::buttons(buttons, 3)].spacing(10), look)
    }
}

fn due_row<'a>(due: &'a Due, items: u32, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let today = cx.clock.today();
    let age = due.born_on.map(|born| born.age_on(today)).unwrap_or_default();
    let day = |key: &str, day: chrono::NaiveDate| {
        let words = if day.year() == today.year() { cx.i18n.month_day(day) } else { day.to_string() };
        cx.i18n.tr_with(key, &[("day", words.as_str().into())])
    };
    let last = due.last_on.map_or_else(|| cx.tr("checkup-never"), |on| day("checkup-last", on));
    let next = due.last_on.filter(|_| due.done >= items).map(|on| day("health-next", next_on(on)));
    let below =
        format!("{} · {}", cx.i18n.tr_with("residents-age", &[("age", age.into())]), next.unwrap_or(last));
    let progress = cx.i18n.tr_with("checkup-progress", &[("done", due.done.into()), ("all", items.into())]);
    let mut line = Row::new()
        .spacing(14)
        .align_y(Vertical::Center)
        .padding([8, 4])
        .push(
            container(desk::person(&due.picture, &due.name, &cx.called(&due.called_by), &below, look))
                .width(Length::Fill),
        )
        .push(desk::words(progress, Role::StaffName, look));
    let file = cx.tr("act-file");
    let open = desk::button(
        &format!("file-{}", due.resident_id),
        &file,
        Some(Icon::ChartLine),
        Kind::Plain,
        Some(Message::File(due.resident_id)),
        look,
    );
    if let Some(at) = due.booked_at {
        let on = at.local(cx.clock.zone()).date();
        line = line.push(desk::chip(Chip::Coming, Icon::Clock, &day("checkup-booked", on), look));
    } else if due.done < items {
        let label = cx.tr("checkup-book");
        let book = desk::button(
            &format!("book-{}", due.resident_id),
            &label,
            Some(Icon::CalendarPlus),
            Kind::Plain,
            Some(Message::BookCheckup(due.resident_id)),
            look,
        );
        line = line.push(desk::sized(book, 150.0, 72.0));
    }
    line.push(desk::sized(open, 170.0, 72.0)).into()
}
