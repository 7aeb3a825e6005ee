//! How the live board is drawn.

use daycare_core::call::Call;
use daycare_core::queue::TicketState;
use daycare_core::resident::{Escort, Resident};
use daycare_core::roster::Listed;
use daycare_core::time::{Moment, hour_minute};
use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{Column, Space, column, container, row};

use super::super::frame::{self, Nav, Place};
use super::{Board, Message, NewPerson, Tab};
use crate::ui::screens::Ctx;
use crate::ui::theme::{Look, Role};
use crate::ui::widgets::Element;
use crate::ui::widgets::desk::{self, Chip, Kind};
use crate::ui::widgets::icon::{Icon, icon};

impl Board {
    /// Draws the screen.
    pub fn view<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let mut content = Column::new().spacing(16);
        let data = self.data.as_ref();
        if data.is_some_and(|data| data.damage.is_some()) {
            content = content.push(damage(cx, look));
        }
        if cx.clock_doubt.is_some() {
            let right = ("clock-is-right", Icon::Clock);
            let right = frame::act(cx, look, right, Kind::Main, Some(Message::ClockIsRight));
            content = content.push(desk::sized(right, Length::Fill, desk::CONTROL));
        }
        for chore in cx.late.each() {
            content = content.push(frame::error_strip(&cx.tr(chore.key()), look));
        }
        for (what, day) in &cx.ending {
            let words = cx.i18n.tr_with(what.key(), &[("day", day.to_string().into())]);
            content = content.push(frame::warning_strip(&words, look));
        }
        for call in data.iter().flat_map(|data| &data.calls).take(2) {
            content = content.push(call_strip(call, cx, look));
        }
        if let Some(error) = &self.error {
            content = content.push(frame::error_strip(error, look));
        }
        content = content.push(self.tiles(cx, look));
        if let Some(done) = &self.done {
            let undo = cx.tr("undo");
            content = content.push(frame::done_strip(&done.words, Some((&undo, Message::UndoAsked)), look));
        }
        content = content.push(self.head(cx, look));
        let list = if self.tab == Tab::NotRecorded { self.stale(cx, look) } else { self.list(cx, look) };
        content = content.push(desk::scroll(list)).push(self.foot(cx, look));
        frame::frame(cx, look, Place::Board, &cx.tr("staff-board"), content.into(), Message::Nav)
    }

    fn tiles<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let roster = self.data.as_ref().map(|data| data.roster.as_slice()).unwrap_or_default();
        let here = roster.iter().filter(|l| l.here_since.is_some()).count();
        let expected =
            roster.iter().filter(|l| l.expected && l.here_since.is_none() && l.left_at.is_none()).count();
        let gone = roster.iter().filter(|l| l.here_since.is_none() && l.left_at.is_some()).count();
        let stale = self.data.as_ref().map_or(0, |data| data.not_recorded.len());
        let tiles = [
            (Tab::Here, "board-here", Icon::CircleCheck, here),
            (Tab::Expected, "board-expected", Icon::Clock, expected),
            (Tab::Gone, "board-gone", Icon::House, gone),
            (Tab::NotRecorded, "board-not-recorded", Icon::TriangleAlert, stale),
        ];
        let tiles = tiles.into_iter().map(|(tab, key, which, count)| {
            let left_over = tab == Tab::NotRecorded && stale > 0;
            let press = Some(Message::Tabbed(tab));
            let state = (self.tab == tab, left_over);
            desk::tile((key, which), &cx.tr(key), &count.to_string(), state, press, look)
        });
        iced::widget::Row::with_children(tiles).spacing(12).into()
    }

    fn head<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let actionable = matches!(self.tab, Tab::Here | Tab::Expected);
        let count = self.ticked.len();
        let mut line = iced::widget::Row::new().spacing(12).align_y(Vertical::Center);
        if actionable {
            let label = cx.tr("board-all");
            let all = desk::button(
                "all",
                &label,
                Some(Icon::SquareCheck),
                Kind::Plain,
                Some(Message::TickedAll),
                look,
            );
            line = line.push(desk::sized(all, 170.0, desk::CONTROL));
        }
        let meals = self.data.as_ref().map_or(0, |data| data.meals);
        let lunch = cx.i18n.tr_with("board-lunch", &[("count", meals.into())]);
        line = line.push(desk::words(lunch, Role::StaffName, look)).push(Space::new().width(Length::Fill));
        if actionable && count > 0 {
            let key = if self.tab == Tab::Here { "board-leave-count" } else { "board-arrive-count" };
            let label = cx.i18n.tr_with(key, &[("count", count.into())]);
            let message = Message::Acted(self.ticked.clone());
            let which = if self.tab == Tab::Here { Icon::LogOut } else { Icon::LogIn };
            let button = desk::button("bulk", &label, Some(which), Kind::Main, Some(message), look);
            line = line.push(desk::sized(button, 260.0, desk::CONTROL));
        } else {
            let label = cx.tr("board-add");
            let add = desk::button(
                "add",
                &label,
                Some(Icon::UserPlus),
                Kind::Plain,
                Some(Message::Adding(true)),
                look,
            );
            line = line.push(desk::sized(add, 220.0, desk::CONTROL));
        }
        let mut head = Column::new().spacing(12).push(line);
        if let Some(person) = &self.adding {
            head = head.push(new_person(person, cx, look));
        }
        head.into()
    }

    fn list<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let people = self.people();
        if people.is_empty() && self.data.is_some() {
            return desk::middle(desk::words(cx.tr("board-nobody"), Role::StaffName, look));
        }
        let mut list = Column::new();
        for listed in people {
            list = list.push(self.person_row(listed, cx, look)).push(desk::divider(look));
            if self.contact.shows(listed.resident.id) {
                list = list.push(contact(&listed.resident, cx, look)).push(desk::divider(look));
            }
        }
        list.into()
    }

    fn person_row<'a>(&'a self, listed: &'a Listed, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let id = listed.resident.id;
        let profile = &listed.resident.profile;
        let clock = |at: Moment| hour_minute(at.local(cx.clock.zone()).time());
        let (chip, which, words) = match (listed.here_since, listed.left_at) {
            (Some(at), _) => (Chip::Now, Icon::CircleCheck, clock(at)),
            (None, Some(at)) => (Chip::Over, Icon::House, clock(at)),
            (None, None) => (Chip::Coming, Icon::Clock, cx.i18n.tr_with("board-usual", &[])),
        };
        let person = desk::person(
            &profile.picture,
            &profile.name,
            &cx.called(&profile.called_by),
            &profile.yard,
            look,
        );
        let touch = desk::touch_row(
            &format!("person-{id}"),
            container(person).padding(12).into(),
            self.contact.shows(id),
            Some(Message::Contact(id)),
            desk::ROW,
            look,
        );
        let mut line = iced::widget::Row::new().spacing(10).align_y(Vertical::Center);
        if matches!(self.tab, Tab::Here | Tab::Expected) {
            let on = self.ticked.contains(&id);
            let (which, kind) = if on { (Icon::SquareCheck, Kind::RowOn) } else { (Icon::Square, Kind::Row) };
            let tick =
                desk::button(&format!("tick-{id}"), "", Some(which), kind, Some(Message::Ticked(id)), look);
            line = line.push(desk::sized(tick, 76.0, desk::ROW));
        }
        line = line.push(desk::sized(touch, Length::Fill, desk::ROW));
        if profile.escort == Escort::Staff {
            line = line.push(desk::chip(Chip::Incomplete, Icon::Hand, &cx.tr("escort-staff-short"), look));
        }
        line = line.push(desk::chip(chip, which, &words, look));
        let action = match self.tab {
            Tab::Here => Some(("board-leave", Icon::LogOut)),
            Tab::Expected => Some(("board-arrive", Icon::LogIn)),
            Tab::Gone | Tab::NotRecorded => None,
        };
        if let Some((key, which)) = action {
            let label = cx.tr(key);
            let name = format!("act-{id}");
            let button =
                desk::button(&name, &label, Some(which), Kind::Plain, Some(Message::Acted(vec![id])), look);
            line = line.push(desk::sized(button, 160.0, desk::CONTROL));
        }
        line.into()
    }

    fn stale<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let rows = self.data.as_ref().map(|data| data.not_recorded.as_slice()).unwrap_or_default();
        if rows.is_empty() {
            return desk::middle(desk::words(cx.tr("board-all-recorded"), Role::StaffName, look));
        }
        let mut list = Column::new();
        for visit in rows {
            let day = cx.i18n.day_line(visit.visit.day);
            let line = row![
                container(desk::person(
                    &visit.picture,
                    &visit.name,
                    &cx.called(&visit.called_by),
                    &visit.yard,
                    look
                ))
                .width(Length::Fill)
                .padding(12),
                desk::words(day, Role::StaffName, look),
                desk::chip(Chip::Incomplete, Icon::TriangleAlert, &cx.tr("state-not-recorded"), look),
            ]
            .spacing(12)
            .align_y(Vertical::Center);
            list = list.push(line).push(desk::divider(look));
        }
        let label = cx.tr("board-correct");
        let button = desk::button(
            "correct",
            &label,
            Some(Icon::Pencil),
            Kind::Plain,
            Some(Message::Nav(Nav::To(Place::History))),
            look,
        );
        list.push(desk::sized(button, Length::Fill, desk::CONTROL)).spacing(8).into()
    }

    fn foot<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let Some(data) = &self.data else { return Space::new().into() };
        let waiting: Vec<_> = data.queue.iter().filter(|t| t.state == TicketState::Waiting).collect();
        let longest = waiting.iter().map(|t| t.waited_minutes(cx.clock.now())).max().unwrap_or(0);
        let values = [
            ("booked", data.appointments.into()),
            ("waiting", waiting.len().into()),
            ("minutes", longest.into()),
        ];
        let long = waiting.iter().any(|t| t.waits_long(cx.clock.now()));
        let color = if long { look.palette.red } else { look.palette.ink };
        let words = cx.i18n.tr_with("board-appointments", &values);
        let mut lines = Column::new().spacing(6);
        if let Some(words) = coming(data, cx) {
            lines = lines.push(desk::words(words, Role::StaffBody, look));
        }
        if data.notes > 0 {
            let words = cx.i18n.tr_with("board-notes", &[("count", data.notes.into())]);
            lines = lines.push(desk::words(words, Role::StaffBody, look));
        }
        let lines = lines.push(desk::tinted(words, Role::StaffName, color, look));
        let unknown = &data.unknown;
        let Some(last) = unknown.first() else { return lines.into() };
        let at = hour_minute(last.at.local(cx.clock.zone()).time());
        let values = [
            ("count", unknown.len().into()),
            ("time", at.as_str().into()),
            ("tail", last.tail.as_str().into()),
        ];
        let words = cx.i18n.tr_with("board-unknown", &values);
        lines.push(desk::tinted(words, Role::StaffBody, look.palette.muted, look)).into()
    }
}

fn call_strip<'a>(call: &'a Call, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let p = look.palette;
    let ink = if p.dark { p.on_green } else { p.card };
    let since = hour_minute(call.raised_at.local(cx.clock.zone()).time());
    let minutes = (cx.clock.now().0 - call.raised_at.0).max(0) / 60_000;
    let who = call.who.clone().unwrap_or_else(|| cx.tr("call-somebody"));
    let values = [("who", who.as_str().into()), ("time", since.as_str().into()), ("minutes", minutes.into())];
    let why = if call.for_reading { "call-reading" } else { "call-who" };
    let label = cx.tr("call-go");
    let button = desk::button(
        "answer",
        &label,
        Some(Icon::Footprints),
        Kind::OnGreen,
        Some(Message::Answered(call.id)),
        look,
    );
    let line = row![
        container(icon(Icon::BellRing, ink)).width(44).height(44),
        column![
            desk::tinted(cx.i18n.tr_with(why, &values), Role::StaffName, ink, look),
            desk::tinted(cx.i18n.tr_with("call-since", &values), Role::StaffBody, ink, look),
        ]
        .width(Length::Fill),
        desk::sized(button, 160.0, desk::CONTROL),
    ]
    .spacing(16)
    .align_y(Vertical::Center);
    desk::ground(line, p.red, p.red, 0.0, look)
}

fn damage(cx: &Ctx, look: Look) -> Element<'_, Message> {
    let label = cx.tr("damage-seen");
    let button =
        desk::button("damage-seen", &label, Some(Icon::Check), Kind::Plain, Some(Message::DamageSeen), look);
    let line = row![
        container(icon(Icon::TriangleAlert, look.palette.red)).width(44).height(44),
        column![
            desk::words(cx.tr("damage-title"), Role::StaffName, look),
            desk::words(cx.tr("damage-what"), Role::StaffBody, look),
        ]
        .width(Length::Fill),
        desk::sized(button, 160.0, desk::CONTROL),
    ]
    .spacing(16)
    .align_y(Vertical::Center);
    desk::ground(line, look.palette.red_soft, look.palette.red, 2.0, look)
}

fn contact<'a>(resident: &'a Resident, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let profile = &resident.profile;
    let known = |text: &str| if text.is_empty() { cx.tr("unknown") } else { text.to_owned() };
    let label = cx.tr("board-file");
    let button = desk::button(
        "file",
        &label,
        Some(Icon::FileText),
        Kind::Plain,
        Some(Message::Opened(resident.id)),
        look,
    );
    let line = row![
        container(icon(Icon::Phone, look.palette.green)).width(36).height(36),
        column![
            desk::tinted(cx.tr("field-contact"), Role::StaffBody, look.palette.muted, look),
            desk::words(
                format!("{}  {}", known(&profile.contact_name), known(&profile.contact_phone)),
                Role::StaffName,
                look
            ),
        ]
        .width(Length::Fill),
        desk::sized(button, 180.0, desk::CONTROL),
    ]
    .spacing(16)
    .align_y(Vertical::Center);
    desk::ground(line, look.palette.sunk, look.palette.hair, 1.0, look)
}

fn new_person<'a>(person: &'a NewPerson, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let ready = !person.name.trim().is_empty();
    let save = cx.tr("board-add-save");
    let cancel = cx.tr("cancel-form");
    let kind = if ready { Kind::Main } else { Kind::Plain };
    let fields = row![
        desk::labelled(
            &cx.tr("column-name"),
            desk::field(&cx.tr("column-name"), &person.name, Message::Named, look),
            look
        ),
        desk::labelled(
            &cx.tr("column-yard"),
            desk::field(&cx.tr("column-yard"), &person.yard, Message::Housed, look),
            look
        ),
    ]
    .spacing(12);
    let buttons = row![
        desk::sized(
            desk::button("add-cancel", &cancel, None, Kind::Plain, Some(Message::Adding(false)), look),
            180.0,
            desk::CONTROL
        ),
        desk::sized(
            desk::button("add-save", &save, Some(Icon::LogIn), kind, ready.then_some(Message::Added), look),
            Length::Fill,
            desk::CONTROL
        ),
    ]
    .spacing(12);
    desk::card(column![fields, buttons].spacing(12), look)
}

/// What is still on today.
fn coming(data: &super::Data, cx: &Ctx) -> Option<String> {
    let now = cx.clock.now();
    let zone = cx.clock.zone();
    let held = data.activities.iter().filter(|activity| activity.occurrence.off.is_none());
    let coming: Vec<String> = held
        .filter(|activity| activity.occurrence.ends_at(zone) > now)
        .map(|activity| {
            let arrangement = &activity.occurrence.arrangement;
            format!("{} {}", hour_minute(arrangement.starts), cx.name(&activity.occurrence.name))
        })
        .collect();
    let words = coming.join("、");
    (!coming.is_empty()).then(|| cx.i18n.tr_with("board-activities", &[("what", words.into())]))
}
