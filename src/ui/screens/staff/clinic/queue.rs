//! The queue: who is called where, who waits and for how long.

use daycare_core::appointment::Origin;
use daycare_core::ids::ServiceId;
use daycare_core::queue::{Ticket, TicketState};
use daycare_core::time::hour_minute;
use iced::alignment::Vertical;
use iced::widget::{Column, Row, column, container, row};
use iced::{Background, Border, Length};

use super::{Clinic, Data, Deed, Message};
use crate::ui::screens::Ctx;
use crate::ui::theme::{Look, Role};
use crate::ui::widgets::desk::{self, Kind};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, Tapped};

impl Clinic {
    /// The number standing in the chosen room.
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
        cx: &'a Ctx,
        look: Look,
    ) -> Column<'a, Tapped<Message>> {
        let desks = desks(data);
        let mut content = content;
        if desks.len() > 1 {
            let buttons = desks.iter().map(|(service, room)| {
                let name = cx.service(*service).map(|s| cx.name(&s.name)).unwrap_or_default();
                let on = self.desk.as_ref().is_some_and(|(s, r)| s == service && r == room);
                let kind = if on { Kind::On } else { Kind::Plain };
                let message = Message::Desk(*service, room.clone());
                desk::button(
                    &format!("desk-{name}-{room}"),
                    &format!("{name} {}", cx.name(room)),
                    None,
                    kind,
                    Some(message),
                    look,
                )
            });
            content = content.push(desk::buttons(buttons.collect(), 3));
        }
        let Some((service, room)) = &self.desk else {
            return content.push(desk::middle(desk::words(cx.tr("clinic-none"), Role::StaffName, look)));
        };
        let mine = |t: &&Ticket| t.service_id == *service && t.room == *room;
        let waiting: Vec<&Ticket> =
            data.queue.iter().filter(mine).filter(|t| t.state != TicketState::Called).collect();
        let next = waiting.iter().find(|t| t.state == TicketState::Waiting);
        content = content.push(self.standing(room, cx, look)).push(counted(&waiting, cx, look));
        let mut list = Column::new();
        for ticket in &waiting {
            list = list.push(waiting_row(ticket, room, &desks, cx, look)).push(desk::divider(look));
        }
        if waiting.is_empty() {
            list = list.push(desk::middle(desk::words(cx.tr("queue-empty"), Role::StaffName, look)));
        }
        let label = match next {
            Some(next) => cx.i18n.tr_with("queue-next", &[("ticket", next.words.as_str().into())]),
            None => cx.tr("queue-next-none"),
        };
        let call = desk::button(
            "call-next",
            &label,
            Some(Icon::Megaphone),
            if next.is_some() { Kind::Main } else { Kind::Plain },
            next.is_some().then_some(Message::CallNext),
            look,
        );
        let (walk, screen) = (cx.tr("queue-walk-in"), cx.tr("queue-screen"));
        let others = vec![
            desk::button("walk-in", &walk, Some(Icon::UserPlus), Kind::Plain, Some(Message::WalkIn), look),
            desk::button(
                "screen",
                &screen,
                Some(Icon::LayoutDashboard),
                Kind::Plain,
                Some(Message::Screen),
                look,
            ),
        ];
        content
            .push(desk::scroll(list))
            .push(desk::sized(call, Length::Fill, 108.0))
            .push(desk::buttons(others, 2))
    }

    /// The green card: who is called, and what may be done with them.
    fn standing<'a>(&'a self, room: &'a str, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let p = look.palette;
        let ink = p.on_green;
        let title = cx.i18n.tr_with("queue-calling", &[("room", cx.name(room).into())]);
        let mut lines = Column::new().spacing(10).push(desk::tinted(title, Role::StaffBody, ink, look));
        match self.called() {
            None => lines = lines.push(desk::tinted(cx.tr("queue-nobody"), Role::StaffTitle, ink, look)),
            Some(ticket) => {
                let act = |key: &'static str, icon, deed| {
                    let label = cx.tr(key);
                    let message = Message::Number(ticket.id, deed);
                    desk::button(key, &label, Some(icon), Kind::OnGreen, Some(message), look)
                };
                let at = ticket.called_at.map(|at| hour_minute(at.local(cx.clock.zone()).time()));
                let name = row![
                    desk::tinted(ticket.words.as_str(), Role::StaffNumber, ink, look),
                    container(desk::tinted(ticket.name.as_str(), Role::StaffTitle, ink, look))
                        .width(Length::Fill),
                    desk::tinted(at.unwrap_or_default(), Role::StaffName, ink, look),
                ]
                .spacing(20)
                .align_y(Vertical::Center);
                let buttons = vec![
                    act("queue-again", Icon::Volume2, Deed::Recall),
                    act("queue-skip", Icon::SkipForward, Deed::Skip),
                    act("queue-finish", Icon::Check, Deed::Finish),
                ];
                let measure = cx.tr("act-measure");
                let open = Message::Measure(ticket.resident_id, ticket.appointment_id);
                let record = desk::button(
                    "act-measure",
                    &measure,
                    Some(Icon::HeartPulse),
                    Kind::OnGreen,
                    Some(open),
                    look,
                );
                lines =
                    lines.push(name).push(desk::buttons(buttons.into_iter().chain([record]).collect(), 4));
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

fn counted<'a>(waiting: &[&Ticket], cx: &Ctx, look: Look) -> Element<'a, Message> {
    let now = cx.clock.now();
    let longest = waiting.iter().map(|t| t.waited_minutes(now)).max().unwrap_or(0);
    let values = [("count", waiting.len().into()), ("minutes", longest.into())];
    desk::words(cx.i18n.tr_with("queue-count", &values), Role::StaffName, look)
}

fn waiting_row<'a>(
    ticket: &'a Ticket,
    room: &str,
    desks: &[(ServiceId, String)],
    cx: &Ctx,
    look: Look,
) -> Element<'a, Message> {
    let p = look.palette;
    let now = cx.clock.now();
    let words = cx.i18n.tr_with("queue-waits", &[("minutes", ticket.waited_minutes(now).into())]);
    let (role, color) =
        if ticket.waits_long(now) { (Role::StaffName, p.red) } else { (Role::StaffBody, p.muted) };
    let below = match (ticket.state, ticket.origin) {
        (TicketState::Skipped, _) => cx.tr("queue-skip"),
        (_, Origin::WalkIn) => cx.tr("queue-unbooked"),
        (_, Origin::Booked) => {
            let time = hour_minute(ticket.starts_at.local(cx.clock.zone()).time());
            cx.i18n.tr_with("queue-appointed", &[("time", time.as_str().into())])
        }
    };
    let act = |key: &str, label: String, deed| {
        let name = format!("{key}-{}", ticket.id);
        let message = Message::Number(ticket.id, deed);
        desk::sized(desk::button(&name, &label, None, Kind::Plain, Some(message), look), 150.0, 72.0)
    };
    let mut line = Row::new()
        .spacing(12)
        .align_y(Vertical::Center)
        .padding([8, 4])
        .push(container(desk::words(ticket.words.as_str(), Role::StaffTitle, look)).width(110))
        .push(
            column![
                desk::words(ticket.name.as_str(), Role::StaffName, look),
                desk::tinted(below, Role::StaffBody, p.muted, look)
            ]
            .width(Length::Fill),
        )
        .push(desk::tinted(words, role, color, look));
    let other = desks.iter().find(|(service, other)| *service == ticket.service_id && other != room);
    if let Some((_, other)) = other {
        let label = cx.i18n.tr_with("queue-move", &[("room", cx.name(other).into())]);
        line = line.push(act("move", label, Deed::Move(other.clone())));
    }
    line.push(match ticket.state {
        TicketState::Skipped => act("requeue", cx.tr("queue-back"), Deed::Requeue),
        _ => act("skip", cx.tr("queue-skip"), Deed::Skip),
    })
    .into()
}
