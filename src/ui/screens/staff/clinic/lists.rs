//! The lists of people to call, and of people due for the yearly check-up.

use chrono::Datelike;
use daycare_core::checkup::{Due, next_on};
use daycare_core::follow_up::{FollowUp, Kind as Why};
use daycare_core::time::hour_minute;
use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{Column, Row, column, container, row};

use super::{Clinic, Data, Message};
use crate::health::CHECKUP;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::widgets::controls::{self, Chip, Kind};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, Tapped};

const PER_PAGE: usize = 20;

impl Clinic {
    pub(super) fn calls_view<'a>(
        &'a self,
        content: Column<'a, Tapped<Message>>,
        data: &'a Data,
        ui: Ui<'a>,
    ) -> Column<'a, Tapped<Message>> {
        if data.calls.is_empty() {
            let words = ui.strong(ui.tr("call-nobody"));
            return content.push(controls::middle(words));
        }
        let mut list = Column::new().spacing(10);
        for call in data.calls.iter().skip(self.page * PER_PAGE).take(PER_PAGE) {
            list = list.push(self.call_card(call, ui));
        }
        let pages = data.calls.len().div_ceil(PER_PAGE);
        content.push(controls::scroll(list)).push(ui.pager(self.page, pages, Message::Turned))
    }

    pub(super) fn checkups_view<'a>(
        &'a self,
        content: Column<'a, Tapped<Message>>,
        data: &'a Data,
        ui: Ui<'a>,
    ) -> Column<'a, Tapped<Message>> {
        let year = ui.clock.today().year();
        let items = u32::try_from(CHECKUP.items_of(year).count()).unwrap_or(0);
        let finished = data.checkups.iter().filter(|due| due.done >= items).count();
        let all = data.checkups.len();
        let values = [("due", (all - finished).into()), ("done", finished.into()), ("all", all.into())];
        let only = ui.tr("checkup-only-due");
        let kind = if self.only_due { Kind::On } else { Kind::Plain };
        let head = row![
            container(ui.strong(ui.i18n.tr_with("checkup-due", &values))).width(Length::Fill),
            ui.button("only-due")
                .label(&only)
                .kind(kind)
                .on_press(Message::OnlyDue(!self.only_due))
                .width(260.0),
        ]
        .align_y(Vertical::Center);
        let shown: Vec<&Due> =
            data.checkups.iter().filter(|due| !self.only_due || due.done < items).collect();
        let mut list = Column::new();
        for due in shown.iter().skip(self.page * PER_PAGE).take(PER_PAGE) {
            list = list.push(due_row(due, items, ui)).push(ui.divider());
        }
        let pages = shown.len().div_ceil(PER_PAGE);
        let source =
            [("source", CHECKUP.source.as_str().into()), ("version", CHECKUP.version.as_str().into())];
        let source = ui.i18n.tr_with("health-source", &source);
        content.push(head).push(controls::scroll(list)).push(ui.muted(source)).push(ui.pager(
            self.page,
            pages,
            Message::Turned,
        ))
    }
}

impl Clinic {
    fn call_card<'a>(&'a self, call: &'a FollowUp, ui: Ui<'a>) -> Element<'a, Message> {
        let why = ui.tr(match call.kind {
            Why::NoShow => "call-noshow",
            Why::Promoted => "call-promoted",
            Why::SessionCancelled => "call-session-cancelled",
            Why::Recheck => "call-recheck",
            Why::Moved => "call-moved",
            Why::Displaced => "call-displaced",
        });
        let what = call.starts_at.map(|at| {
            let at = at.local(ui.clock.zone());
            format!("{} {} {}", ui.i18n.month_day(at.date()), hour_minute(at.time()), ui.name(&call.service))
        });
        let phone = |number: &str| self.revealed.phone(call.resident_id, number);
        let phones = format!("{}   {} {}", phone(&call.phone), call.contact_name, phone(&call.contact_phone));
        let head = row![
            container(ui.person(&call.picture, &call.name, &call.called_by, &phones)).width(Length::Fill),
            ui.body(what.unwrap_or_default()),
            ui.chip(Chip::Incomplete, Icon::Phone, &why),
        ]
        .spacing(14)
        .align_y(Vertical::Center);
        let result = |key: &'static str| {
            let label = ui.tr(key);
            let name = format!("{key}-{}", call.id);
            ui.button(&name).label(&label).on_press(Message::CallResult(call.id, key))
        };
        let mut buttons: Vec<_> = ["call-reached", "call-away"].map(result).into();
        let numbers = !(call.phone.is_empty() && call.contact_phone.is_empty());
        let ask =
            (numbers && !self.revealed.shows(call.resident_id)).then_some(Message::Phone(call.resident_id));
        let label = ui.tr("person-phones");
        let name = format!("phones-{}", call.id);
        buttons.insert(0, ui.button(&name).label(&label).icon(Icon::Phone).on_press_maybe(ask));
        ui.card(column![head, ui.buttons(buttons, 3)].spacing(10))
    }
}

fn due_row<'a>(due: &'a Due, items: u32, ui: Ui<'a>) -> Element<'a, Message> {
    let today = ui.clock.today();
    let age = due.born_on.map(|born| born.age_on(today)).unwrap_or_default();
    let day = |key: &str, day: chrono::NaiveDate| {
        let words = if day.year() == today.year() { ui.i18n.month_day(day) } else { day.to_string() };
        ui.i18n.tr_with(key, &[("day", words.as_str().into())])
    };
    let last = due.last_on.map_or_else(|| ui.tr("checkup-never"), |on| day("checkup-last", on));
    let next = due.last_on.filter(|_| due.done >= items).map(|on| day("health-next", next_on(on)));
    let below =
        format!("{} · {}", ui.i18n.tr_with("residents-age", &[("age", age.into())]), next.unwrap_or(last));
    let progress = ui.i18n.tr_with("checkup-progress", &[("done", due.done.into()), ("all", items.into())]);
    let mut line = Row::new()
        .spacing(14)
        .align_y(Vertical::Center)
        .padding([8, 4])
        .push(container(ui.person(&due.picture, &due.name, &due.called_by, &below)).width(Length::Fill))
        .push(ui.strong(progress));
    let file = ui.tr("act-file");
    let open = ui
        .button(format!("file-{}", due.resident_id))
        .label(&file)
        .icon(Icon::ChartLine)
        .on_press(Message::File(due.resident_id));
    if let Some(at) = due.booked_at {
        let on = at.local(ui.clock.zone()).date();
        line = line.push(ui.chip(Chip::Coming, Icon::Clock, &day("checkup-booked", on)));
    } else if due.done < items {
        let label = ui.tr("checkup-book");
        let book = ui
            .button(format!("book-{}", due.resident_id))
            .label(&label)
            .icon(Icon::CalendarPlus)
            .on_press(Message::BookCheckup(due.resident_id));
        line = line.push(book.width(150.0).height(72.0));
    }
    line.push(open.width(170.0).height(72.0)).into()
}
