//! Draws the queue: who is called where, who is waiting and for how long.

use daycare_core::appointment::Origin;
use daycare_core::ids::ServiceId;
use daycare_core::queue::{Ticket, TicketState};
use daycare_core::time::hour_minute;
use iced::alignment::Vertical;
use iced::widget::{Column, Row, column, container, row};
use iced::{Background, Border, Length};

use super::{Clinic, Data, Message, QueueAction};
use crate::ui::screens::staff::kit::Ui;
use crate::ui::theme::Role;
use crate::ui::widgets::controls::{self, Kind};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, Tapped};

impl Clinic {
    /// The number currently called to the chosen room.
    pub(super) fn called(&self) -> Option<&Ticket> {
        let (service, room) = self.desk.as_ref()?;
        let here =
            |t: &&Ticket| t.state == TicketState::Called && t.service_id == *service && t.room == *room;
        self.data.as_ref()?.queue.iter().find(here)
    }

    pub(super) fn queue_view<'a>(
        &'a self,
        content: Column<'a, Tapped<Message>>,
        data: &'a Data,
        ui: Ui<'a>,
    ) -> Column<'a, Tapped<Message>> {
        let desks = desks(data);
        let mut content = content;
        if desks.len() > 1 {
            let buttons = desks.iter().map(|(service, room)| {
                let name = ui.service(*service).map(|s| ui.name(&s.name)).unwrap_or_default();
                let on = self.desk.as_ref().is_some_and(|(s, r)| s == service && r == room);
                let kind = if on { Kind::On } else { Kind::Plain };
                let message = Message::Desk(*service, room.clone());
                ui.button(format!("desk-{name}-{room}"))
                    .label(format!("{name} {}", ui.name(room)))
                    .kind(kind)
                    .on_press(message)
            });
            content = content.push(ui.buttons(buttons, 3));
        }
        let Some((service, room)) = &self.desk else {
            return content.push(ui.empty("clinic-none"));
        };
        let mine = |t: &&Ticket| t.service_id == *service && t.room == *room;
        let waiting: Vec<&Ticket> =
            data.queue.iter().filter(mine).filter(|t| t.state != TicketState::Called).collect();
        let next = waiting.iter().find(|t| t.state == TicketState::Waiting);
        content = content.push(self.standing(room, ui)).push(counted(&waiting, ui));
        let mut list = Column::new();
        for ticket in &waiting {
            list = list.push(waiting_row(ticket, room, &desks, ui)).push(ui.divider());
        }
        if waiting.is_empty() {
            list = list.push(ui.empty("queue-empty"));
        }
        let label = match next {
            Some(next) => ui.i18n.tr_with("queue-next", &[("ticket", next.words.as_str().into())]),
            None => ui.tr("queue-next-none"),
        };
        let call = ui
            .button("call-next")
            .label(&label)
            .icon(Icon::Megaphone)
            .kind(if next.is_some() { Kind::Main } else { Kind::Plain })
            .on_press_maybe(next.is_some().then_some(Message::CallNext));
        let (walk, screen) = (ui.tr("queue-walk-in"), ui.tr("queue-screen"));
        let others = vec![
            ui.button("walk-in").label(&walk).icon(Icon::UserPlus).on_press(Message::WalkIn),
            ui.button("screen").label(&screen).icon(Icon::LayoutDashboard).on_press(Message::Screen),
        ];
        content
            .push(controls::scroll(list))
            .push(call.width(Length::Fill).height(108.0))
            .push(ui.buttons(others, 2))
    }

    /// The green card: who is being called, and the actions on that number.
    fn standing<'a>(&'a self, room: &'a str, ui: Ui<'a>) -> Element<'a, Message> {
        let p = ui.palette();
        let ink = p.on_green;
        let title = ui.i18n.tr_with("queue-calling", &[("room", ui.name(room).into())]);
        let mut lines = Column::new().spacing(10).push(ui.tinted(title, Role::StaffBody, ink));
        match self.called() {
            None => lines = lines.push(ui.tinted(ui.tr("queue-nobody"), Role::StaffTitle, ink)),
            Some(ticket) => {
                let act = |key: &'static str, icon, action| {
                    let label = ui.tr(key);
                    let message = Message::Number(ticket.id, action);
                    ui.button(key).label(&label).icon(icon).kind(Kind::OnGreen).on_press(message)
                };
                let at = ticket.called_at.map(|at| hour_minute(at.local(ui.clock.zone()).time()));
                let name = row![
                    ui.tinted(ticket.words.as_str(), Role::StaffNumber, ink),
                    container(ui.tinted(ticket.name.as_str(), Role::StaffTitle, ink)).width(Length::Fill),
                    ui.tinted(at.unwrap_or_default(), Role::StaffName, ink),
                ]
                .spacing(20)
                .align_y(Vertical::Center);
                let buttons = vec![
                    act("queue-again", Icon::Volume2, QueueAction::Recall),
                    act("queue-skip", Icon::SkipForward, QueueAction::Skip),
                    act("queue-finish", Icon::Check, QueueAction::Finish),
                ];
                let measure = ui.tr("act-measure");
                let open = Message::Measure(ticket.resident_id, ticket.appointment_id);
                let record = ui
                    .button("act-measure")
                    .label(&measure)
                    .icon(Icon::HeartPulse)
                    .kind(Kind::OnGreen)
                    .on_press(open);
                lines = lines.push(name).push(ui.buttons(buttons.into_iter().chain([record]), 4));
            }
        }
        container(lines)
            .width(Length::Fill)
            .padding(20)
            .style(move |_| container::Style {
                background: Some(Background::Color(p.green)),
                border: Border { radius: 12.0.into(), ..Border::default() },
                ..container::Style::default()
            })
            .into()
    }
}

/// Service and room of every queue of today.
fn desks(data: &Data) -> Vec<(ServiceId, String)> {
    let mut all: Vec<(ServiceId, String)> = Vec::new();
    let sessions =
        data.sessions.iter().filter(|s| s.cancelled.is_none()).map(|s| (s.service_id, s.room.clone()));
    for desk in sessions.chain(data.queue.iter().map(|t| (t.service_id, t.room.clone()))) {
        if !all.contains(&desk) {
            all.push(desk);
        }
    }
    all
}

fn counted<'a>(waiting: &[&Ticket], ui: Ui<'a>) -> Element<'a, Message> {
    let now = ui.clock.now();
    let longest = waiting.iter().map(|t| t.waited_minutes(now)).max().unwrap_or(0);
    let values = [("count", waiting.len().into()), ("minutes", longest.into())];
    ui.strong(ui.i18n.tr_with("queue-count", &values))
}

fn waiting_row<'a>(
    ticket: &'a Ticket,
    room: &str,
    desks: &[(ServiceId, String)],
    ui: Ui<'a>,
) -> Element<'a, Message> {
    let p = ui.palette();
    let now = ui.clock.now();
    let words = ui.i18n.tr_with("queue-waits", &[("minutes", ticket.waited_minutes(now).into())]);
    let (role, color) =
        if ticket.waits_long(now) { (Role::StaffName, p.red) } else { (Role::StaffBody, p.muted) };
    let below = match (ticket.state, ticket.origin) {
        (TicketState::Skipped, _) => ui.tr("queue-skip"),
        (_, Origin::WalkIn) => ui.tr("queue-unbooked"),
        (_, Origin::Booked) => {
            let time = hour_minute(ticket.starts_at.local(ui.clock.zone()).time());
            ui.i18n.tr_with("queue-appointed", &[("time", time.as_str().into())])
        }
    };
    let act = |key: &str, label: String, action| {
        let name = format!("{key}-{}", ticket.id);
        let message = Message::Number(ticket.id, action);
        ui.button(&name).label(&label).on_press(message).width(150.0).height(72.0)
    };
    let mut line = Row::new()
        .spacing(12)
        .align_y(Vertical::Center)
        .padding([8, 4])
        .push(container(ui.text(ticket.words.as_str(), Role::StaffTitle)).width(110))
        .push(column![ui.strong(ticket.name.as_str()), ui.muted(below)].width(Length::Fill))
        .push(ui.tinted(words, role, color));
    let other = desks.iter().find(|(service, other)| *service == ticket.service_id && other != room);
    if let Some((_, other)) = other {
        let label = ui.i18n.tr_with("queue-move", &[("room", ui.name(other).into())]);
        line = line.push(act("move", label, QueueAction::Move(other.clone())));
    }
    line.push(match ticket.state {
        TicketState::Skipped => act("requeue", ui.tr("queue-back"), QueueAction::Requeue),
        _ => act("skip", ui.tr("queue-skip"), QueueAction::Skip),
    })
    .into()
}
