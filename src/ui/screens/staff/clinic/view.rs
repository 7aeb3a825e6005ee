//! Draws the day and the week.

use chrono::{Days, NaiveDate};
use daycare_core::access::Permission;
use daycare_core::appointment::{Session, Slot, Status};
use daycare_core::ids::ServiceId;
use daycare_core::time::hour_minute;
use daycare_store::appointment::ListedAppointment;
use iced::alignment::Vertical;
use iced::widget::{Column, Row, column, container, row};
use iced::{Alignment, Length};

use super::super::frame::Place;
use super::session_form::day_foot;
use super::session_form::session_form;
use super::session_form::summary;
use super::{Clinic, Data, Message, Tab};
use crate::ui::screens::staff::kit::Ui;
use crate::ui::theme::{Role, Shape};
use crate::ui::widgets::controls::{self, Chip, Kind};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, Tapped};

/// Sessions of one service, room and person: a column of the day.
struct Group<'a> {
    service: ServiceId,
    room: &'a str,
    provider: &'a str,
    sessions: Vec<&'a Session>,
}

impl Clinic {
    /// Draws the screen.
    pub(super) fn draw<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let mut content = Column::new().spacing(14).push(self.tabs(ui));
        if let Some(strip) = ui.feedback(&self.notice) {
            content = content.push(strip);
        }
        if let Some((_, picker)) = &self.picking {
            let title = ui.strong(ui.tr("pick-who"));
            let picker = picker.view(ui).map(picked);
            content = content.push(ui.card(column![title, picker].spacing(10)));
        }
        if let Some(data) = &self.data {
            content = match self.tab {
                Tab::Day => self.day_view(content, data, ui),
                Tab::Week => self.week_view(content, data, ui),
                Tab::Queue => self.queue_view(content, data, ui),
                Tab::Calls => self.calls_view(content, data, ui),
                Tab::Checkups if !ui.may(Permission::Health) => content.push(ui.locked(Permission::Health)),
                Tab::Checkups => self.checkups_view(content, data, ui),
            };
        }
        ui.page(Place::Clinic, &ui.tr("clinic-title"), content, Message::Nav)
    }

    fn tabs<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let calls = self.data.as_ref().map_or(0, |data| data.calls.len());
        let tab = |name, tab, count: usize| {
            let label = ui.tr(name);
            let label = if count > 0 { format!("{label} {count}") } else { label };
            (name, label, self.tab == tab, Message::Tabbed(tab))
        };
        ui.segments(
            vec![
                tab("clinic-day", Tab::Day, 0),
                tab("clinic-week", Tab::Week, 0),
                tab("clinic-queue", Tab::Queue, 0),
                tab("clinic-calls", Tab::Calls, calls),
                tab("clinic-checkups", Tab::Checkups, 0),
                ("clinic-schedule", ui.tr("clinic-schedule"), false, Message::Schedule),
            ],
            if ui.look.shape == Shape::Portrait { 3 } else { 6 },
        )
    }

    fn day_line<'a>(&self, words: String, step: u64, ui: Ui<'a>) -> Element<'a, Message> {
        let days = Days::new(step);
        let moved = |day: Option<NaiveDate>| Some(Message::Moved(day.unwrap_or(self.day)));
        let to = (moved(self.day.checked_sub_days(days)), moved(self.day.checked_add_days(days)));
        ui.toolbar().arrows(("earlier", "later"), ui.strong(words), to).into()
    }

    fn day_view<'a>(
        &'a self,
        content: Column<'a, Tapped<Message>>,
        data: &'a Data,
        ui: Ui<'a>,
    ) -> Column<'a, Tapped<Message>> {
        let near = ui.i18n.near_day(self.day, ui.clock.today());
        let line = ui.i18n.day_line(self.day);
        let words = if line.contains(&near) { line } else { format!("{near} · {line}") };
        let mut content = content.push(self.day_line(words, 1, ui)).push(summary(data, ui));
        let groups = groups(&data.sessions);
        let wide = if ui.look.shape == Shape::Portrait { 2 } else { 4 };
        let pages = groups.len().div_ceil(wide).max(1);
        let at = self.group.min(pages - 1);
        if groups.is_empty() {
            content = content.push(ui.empty("clinic-none"));
        } else {
            if pages > 1 {
                content = content.push(group_line(at, pages, ui));
            }
            let mut columns = Row::new().spacing(12);
            for group in groups.iter().skip(at * wide).take(wide) {
                columns = columns.push(self.column(group, data, ui));
            }
            let mut lines = Column::new().spacing(14);
            if let Some(listed) = self.opened() {
                lines = lines.push(self.detail(listed, ui));
            }
            if let Some(edit) = &self.session {
                lines = lines.push(session_form(edit, ui));
            }
            content = content.push(controls::scroll(lines.push(columns)));
        }
        content.push(day_foot(ui))
    }

    fn column<'a>(&'a self, group: &Group<'a>, data: &'a Data, ui: Ui<'a>) -> Element<'a, Message> {
        let p = ui.palette();
        let name = ui.service(group.service).map(|s| ui.name(&s.name)).unwrap_or_default();
        let place = format!("{} · {}", ui.name(group.room), group.provider);
        let mut lines = Column::new().spacing(6).push(ui.strong(name)).push(ui.muted(place));
        for session in &group.sessions {
            let edit = ui.tr("clinic-session");
            let button = ui
                .button(format!("session-{}", session.id))
                .label(&edit)
                .icon(Icon::Pencil)
                .on_press(Message::Edit(session.id));
            lines = lines.push(button.width(Length::Fill).height(72.0));
            if let Some(why) = &session.cancelled {
                let words = ui.i18n.tr_with("clinic-closed", &[("why", why.as_str().into())]);
                lines = lines.push(ui.tinted(words, Role::StaffName, p.red));
                continue;
            }
            let of = |listed: &&'a ListedAppointment| listed.appointment.session_id == session.id;
            let waiting =
                data.listed.iter().filter(of).filter(|l| l.appointment.status == Status::Waitlist).count();
            if waiting > 0 {
                let words = ui.i18n.tr_with("clinic-waits", &[("count", waiting.into())]);
                lines = lines.push(ui.tinted(words, Role::StaffBody, p.blue));
            }
            for slot in data.slots.iter().filter(|slot| slot.session_id == session.id) {
                lines = lines.push(self.slot(slot, data, ui));
            }
        }
        container(ui.card(lines)).width(Length::Fill).into()
    }

    fn slot<'a>(&'a self, slot: &'a Slot, data: &'a Data, ui: Ui<'a>) -> Element<'a, Message> {
        let p = ui.palette();
        let time = hour_minute(slot.starts_at.local(ui.clock.zone()).time());
        let mut lines = Column::new().spacing(4);
        let here = data.listed.iter().filter(|listed| {
            let a = &listed.appointment;
            a.session_id == slot.session_id
                && a.starts_at == slot.starts_at
                && !matches!(a.status, Status::Cancelled | Status::Waitlist)
        });
        for listed in here {
            lines = lines.push(self.booking(listed, ui));
        }
        let over = slot.starts_at <= ui.clock.now();
        if slot.free > 0 && !over {
            let label = format!("{} {}", ui.tr("clinic-free"), slot.free);
            let name = format!("seat-{}-{}", slot.session_id, slot.starts_at.0);
            let press = Some(Message::Seat(Box::new(slot.clone())));
            let button = ui.button(&name).label(&label).icon(Icon::Plus).on_press_maybe(press);
            lines = lines.push(button.width(Length::Fill).height(72.0));
        }
        let ink = if over { p.muted } else { p.ink };
        row![
            container(ui.tinted(time, Role::StaffBody, ink)).width(74).padding([20, 0]),
            lines.width(Length::Fill),
        ]
        .into()
    }

    fn booking<'a>(&'a self, listed: &'a ListedAppointment, ui: Ui<'a>) -> Element<'a, Message> {
        let a = &listed.appointment;
        let (chip, which, key) = state(a.status);
        let ticket = a.ticket.as_deref().map(|t| format!("{t} ")).unwrap_or_default();
        let content =
            column![ui.strong(format!("{ticket}{}", listed.name)), ui.chip(chip, which, &ui.tr(key)),]
                .spacing(4);
        let on = self.open == Some(a.id);
        ui.touch_row(format!("booking-{}", a.id), container(content).padding([8, 12]))
            .on(on)
            .height(104.0)
            .on_press(Message::Opened(a.id))
            .into()
    }

    /// The open booking and the actions on it.
    fn detail<'a>(&'a self, listed: &'a ListedAppointment, ui: Ui<'a>) -> Element<'a, Message> {
        let a = &listed.appointment;
        let (chip, which, key) = state(a.status);
        let time = hour_minute(a.starts_at.local(ui.clock.zone()).time());
        let about = row![
            container(ui.person(&listed.face, &listed.name, &listed.called_by, &listed.yard))
                .width(Length::Fill),
            ui.strong(format!("{} {time}", ui.name(&a.service))),
            ui.chip(chip, which, &ui.tr(key)),
        ]
        .spacing(14)
        .align_y(Alignment::Center);
        let act = |key: &'static str, icon, kind, message| {
            let label = ui.tr(key);
            ui.button(key).label(&label).icon(icon).kind(kind).on_press(message)
        };
        let step = |key, icon, kind, next: Status| {
            a.status.may_become(next).then(|| act(key, icon, kind, Message::Step(next)))
        };
        let today = a.day == ui.clock.today();
        let number = step("act-number", Icon::Ticket, Kind::Main, Status::CheckedIn).filter(|_| today);
        let mut buttons: Vec<_> = [
            number,
            step("act-done", Icon::Check, Kind::Plain, Status::Fulfilled),
            step("act-missed", Icon::UserRoundX, Kind::Plain, Status::NoShow),
            step("act-cancel", Icon::X, Kind::Plain, Status::Cancelled),
        ]
        .into_iter()
        .flatten()
        .collect();
        let may_back = [Status::Booked, Status::Arrived].iter().any(|s| a.status.may_go_back_to(*s));
        if may_back {
            buttons.push(act("act-back", Icon::Undo2, Kind::Plain, Message::Back));
        }
        if today && a.has_place() {
            buttons.push(act(
                "act-measure",
                Icon::HeartPulse,
                Kind::Plain,
                Message::Measure(a.resident_id, a.id),
            ));
        }
        buttons.push(act("act-file", Icon::ChartLine, Kind::Plain, Message::File(a.resident_id)));
        let mut lines = column![about, ui.buttons(buttons, 4)].spacing(12);
        if self.stepping_back {
            let reasons = ["reason-wrong-tap", "reason-came-late", "reason-mistaken"];
            let reasons = reasons.map(|key| act(key, Icon::Undo2, Kind::Plain, Message::BackBecause(key)));
            lines = lines.push(ui.muted(ui.tr("act-ready"))).push(ui.buttons(reasons, 3));
        }
        ui.panel(lines)
    }

    fn week_view<'a>(
        &'a self,
        content: Column<'a, Tapped<Message>>,
        data: &'a Data,
        ui: Ui<'a>,
    ) -> Column<'a, Tapped<Message>> {
        let p = ui.palette();
        let (from, to) = self.span();
        let words = format!("{} – {}", ui.i18n.month_day(from), ui.i18n.month_day(to));
        let content = content.push(self.day_line(words, 7, ui)).push(summary(data, ui));
        let mut lines = Column::new().spacing(10);
        for day in from.iter_days().take(7) {
            let mut cells = Row::new().spacing(10).align_y(Vertical::Center);
            let mut any = false;
            for service in ui.centre.services.iter().filter(|service| service.bookable) {
                let slots: Vec<&Slot> = data
                    .slots
                    .iter()
                    .filter(|slot| {
                        slot.day == day
                            && data
                                .sessions
                                .iter()
                                .any(|s| s.id == slot.session_id && s.service_id == service.id)
                    })
                    .collect();
                let seats: u16 = slots.iter().map(|slot| slot.seats).sum();
                let free: u16 = slots.iter().map(|slot| slot.free).sum();
                if seats > 0 {
                    any = true;
                    let full = if free == 0 { p.red } else { p.muted };
                    cells = cells.push(column![
                        ui.body(ui.name(&service.name)),
                        ui.tinted(format!("{}/{seats}", seats - free), Role::StaffName, full),
                    ]);
                }
            }
            if !any {
                cells = cells.push(ui.muted(ui.tr("clinic-rest")));
            }
            let title = ui.strong(ui.i18n.day_line(day));
            let content = row![container(title).width(240), cells.spacing(22)].align_y(Vertical::Center);
            let touch = ui
                .touch_row(format!("day-{day}"), container(content).padding(14))
                .on(day == ui.clock.today())
                .on_press(Message::DayOpened(day));
            lines = lines.push(touch).push(ui.divider());
        }
        let kept = data
            .caseload
            .iter()
            .map(|load| format!("{} {} {}/{}", ui.name(&load.service), load.provider, load.kept, load.people))
            .collect::<Vec<_>>()
            .join(" · ");
        let words = ui.i18n.tr_with("clinic-caseload", &[("words", kept.as_str().into())]);
        let lines = lines.push(ui.muted(words));
        content.push(controls::scroll(lines))
    }
}

pub(super) fn picked(tapped: Tapped<super::picker::Message>) -> Tapped<Message> {
    tapped.map(Message::Picker)
}

/// Chip, icon and words of a status.
pub(in crate::ui::screens::staff) fn state(status: Status) -> (Chip, Icon, &'static str) {
    match status {
        Status::Waitlist => (Chip::Coming, Icon::Hourglass, "status-waitlist"),
        Status::Booked => (Chip::Coming, Icon::Clock, "status-booked"),
        Status::Arrived => (Chip::Now, Icon::CircleCheck, "status-arrived"),
        Status::CheckedIn => (Chip::Now, Icon::Ticket, "status-checked-in"),
        Status::Fulfilled => (Chip::Over, Icon::Check, "status-fulfilled"),
        Status::Cancelled => (Chip::Over, Icon::X, "status-cancelled"),
        Status::NoShow => (Chip::Incomplete, Icon::TriangleAlert, "status-noshow"),
    }
}

fn group_line(at: usize, pages: usize, ui: Ui<'_>) -> Element<'_, Message> {
    let words = ui.i18n.tr_with("clinic-groups", &[("page", (at + 1).into()), ("pages", pages.into())]);
    let arrow = |name, which, there: bool, to: usize| {
        let press = there.then_some(Message::Turned(to));
        ui.button(name).icon(which).on_press_maybe(press).width(84.0)
    };
    row![
        arrow("group-before", Icon::ChevronLeft, at > 0, at.saturating_sub(1)),
        container(ui.muted(words)).center_x(Length::Fill),
        arrow("group-after", Icon::ChevronRight, at + 1 < pages, at + 1),
    ]
    .align_y(Vertical::Center)
    .into()
}

fn groups(sessions: &[Session]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for session in sessions {
        let same = groups.iter_mut().find(|group| {
            group.service == session.service_id
                && group.room == session.room
                && group.provider == session.provider
        });
        match same {
            Some(group) => group.sessions.push(session),
            None => groups.push(Group {
                service: session.service_id,
                room: &session.room,
                provider: &session.provider,
                sessions: vec![session],
            }),
        }
    }
    groups
}
