//! How the live board is drawn.

use daycare_core::call::Call;
use daycare_core::queue::TicketState;
use daycare_core::resident::{Escort, Resident};
use daycare_core::roster::ListedResident;
use daycare_core::time::{Moment, hour_minute};
use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{Column, Space, column, container, row};

use super::super::frame::{Nav, Place};
use super::{Board, Message, NewPerson, Tab};
use crate::ui::screens::Ctx;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::theme::Role;
use crate::ui::widgets::Element;
use crate::ui::widgets::controls::{self, Chip, Kind};
use crate::ui::widgets::icon::{Icon, icon};

impl Board {
    /// Draws the screen.
    pub(super) fn draw<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let mut content = Column::new().spacing(16);
        let data = self.data.as_ref();
        if data.is_some_and(|data| data.damage.is_some()) {
            content = content.push(damage(ui));
        }
        if ui.clock_doubt.is_some() {
            let right = ("clock-is-right", Icon::Clock);
            let right = ui.act(right.0, right.1).kind(Kind::Main).on_press(Message::ClockIsRight);
            content = content.push(right.width(Length::Fill));
        }
        for chore in ui.late.each() {
            content = content.push(ui.error_strip(&ui.tr(chore.key())));
        }
        for (what, day) in &ui.ending {
            let words = ui.i18n.tr_with(what.key(), &[("day", day.to_string().into())]);
            content = content.push(ui.warning_strip(&words));
        }
        for call in data.iter().flat_map(|data| &data.calls).take(2) {
            content = content.push(call_strip(call, ui));
        }
        if let Some(error) = &self.error {
            content = content.push(ui.error_strip(error));
        }
        content = content.push(self.tiles(ui));
        if let Some(done) = &self.done {
            let undo = ui.tr("undo");
            content = content.push(ui.done_strip(&done.words, Some((undo, Message::UndoAsked))));
        }
        content = content.push(self.head(ui));
        let list = if self.tab == Tab::NotRecorded { self.stale(ui) } else { self.list(ui) };
        content = content.push(controls::scroll(list)).push(self.foot(ui));
        ui.page(Place::Board, &ui.tr("staff-board"), content, Message::Nav)
    }

    fn tiles<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
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
            controls::Tile::new(key, which, ui.look)
                .label(ui.tr(key))
                .number(count.to_string())
                .on(state.0)
                .left_over(state.1)
                .on_press_maybe(press)
                .into()
        });
        iced::widget::Row::with_children(tiles).spacing(12).into()
    }

    fn head<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let actionable = matches!(self.tab, Tab::Here | Tab::Expected);
        let count = self.ticked.len();
        let mut line = iced::widget::Row::new().spacing(12).align_y(Vertical::Center);
        if actionable {
            let label = ui.tr("board-all");
            let all = ui.button("all").label(&label).icon(Icon::SquareCheck).on_press(Message::TickedAll);
            line = line.push(all.width(170.0));
        }
        let meals = self.data.as_ref().map_or(0, |data| data.meals);
        let lunch = ui.i18n.tr_with("board-lunch", &[("count", meals.into())]);
        line = line.push(ui.strong(lunch)).push(Space::new().width(Length::Fill));
        if actionable && count > 0 {
            let key = if self.tab == Tab::Here { "board-leave-count" } else { "board-arrive-count" };
            let label = ui.i18n.tr_with(key, &[("count", count.into())]);
            let message = Message::Acted(self.ticked.clone());
            let which = if self.tab == Tab::Here { Icon::LogOut } else { Icon::LogIn };
            let button = ui.button("bulk").label(&label).icon(which).kind(Kind::Main).on_press(message);
            line = line.push(button.width(260.0));
        } else {
            let label = ui.tr("board-add");
            let add = ui.button("add").label(&label).icon(Icon::UserPlus).on_press(Message::Adding(true));
            line = line.push(add.width(220.0));
        }
        let mut head = Column::new().spacing(12).push(line);
        if let Some(person) = &self.adding {
            head = head.push(new_person(person, ui));
        }
        head.into()
    }

    fn list<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let people = self.people();
        if people.is_empty() && self.data.is_some() {
            return ui.empty("board-nobody");
        }
        let mut list = Column::new();
        for listed in people {
            list = list.push(self.person_row(listed, ui)).push(ui.divider());
            if self.contact.shows(listed.resident.id) {
                list = list.push(contact(&listed.resident, ui)).push(ui.divider());
            }
        }
        list.into()
    }

    fn person_row<'a>(&'a self, listed: &'a ListedResident, ui: Ui<'a>) -> Element<'a, Message> {
        let id = listed.resident.id;
        let profile = &listed.resident.profile;
        let clock = |at: Moment| hour_minute(at.local(ui.clock.zone()).time());
        let (chip, which, words) = match (listed.here_since, listed.left_at) {
            (Some(at), _) => (Chip::Now, Icon::CircleCheck, clock(at)),
            (None, Some(at)) => (Chip::Over, Icon::House, clock(at)),
            (None, None) => (Chip::Coming, Icon::Clock, ui.i18n.tr_with("board-usual", &[])),
        };
        let person = ui.person(&profile.picture, &profile.name, &profile.called_by, &profile.yard);
        let touch = ui
            .touch_row(format!("person-{id}"), container(person).padding(12))
            .on(self.contact.shows(id))
            .on_press(Message::Contact(id));
        let mut line = iced::widget::Row::new().spacing(10).align_y(Vertical::Center);
        if matches!(self.tab, Tab::Here | Tab::Expected) {
            let on = self.ticked.contains(&id);
            let (which, kind) = if on { (Icon::SquareCheck, Kind::RowOn) } else { (Icon::Square, Kind::Row) };
            let tick = ui.button(format!("tick-{id}")).icon(which).kind(kind).on_press(Message::Ticked(id));
            line = line.push(tick.width(76.0).height(controls::ROW));
        }
        line = line.push(controls::sized(touch.into(), Length::Fill, controls::ROW));
        if profile.escort == Escort::Staff {
            line = line.push(ui.chip(Chip::Incomplete, Icon::Hand, &ui.tr("escort-staff-short")));
        }
        line = line.push(ui.chip(chip, which, &words));
        let action = match self.tab {
            Tab::Here => Some(("board-leave", Icon::LogOut)),
            Tab::Expected => Some(("board-arrive", Icon::LogIn)),
            Tab::Gone | Tab::NotRecorded => None,
        };
        if let Some((key, which)) = action {
            let label = ui.tr(key);
            let name = format!("act-{id}");
            let button = ui.button(&name).label(&label).icon(which).on_press(Message::Acted(vec![id]));
            line = line.push(button.width(160.0));
        }
        line.into()
    }

    fn stale<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let rows = self.data.as_ref().map(|data| data.not_recorded.as_slice()).unwrap_or_default();
        if rows.is_empty() {
            return ui.empty("board-all-recorded");
        }
        let mut list = Column::new();
        for visit in rows {
            let day = ui.i18n.day_line(visit.visit.day);
            let line = row![
                container(ui.person(&visit.picture, &visit.name, &visit.called_by, &visit.yard))
                    .width(Length::Fill)
                    .padding(12),
                ui.strong(day),
                ui.chip(Chip::Incomplete, Icon::TriangleAlert, &ui.tr("state-not-recorded")),
            ]
            .spacing(12)
            .align_y(Vertical::Center);
            list = list.push(line).push(ui.divider());
        }
        let label = ui.tr("board-correct");
        let button = ui
            .button("correct")
            .label(&label)
            .icon(Icon::Pencil)
            .on_press(Message::Nav(Nav::To(Place::History)));
        list.push(button.width(Length::Fill)).spacing(8).into()
    }

    fn foot<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let Some(data) = &self.data else { return Space::new().into() };
        let waiting: Vec<_> = data.queue.iter().filter(|t| t.state == TicketState::Waiting).collect();
        let longest = waiting.iter().map(|t| t.waited_minutes(ui.clock.now())).max().unwrap_or(0);
        let values = [
            ("booked", data.appointments.into()),
            ("waiting", waiting.len().into()),
            ("minutes", longest.into()),
        ];
        let long = waiting.iter().any(|t| t.waits_long(ui.clock.now()));
        let color = if long { ui.palette().red } else { ui.palette().ink };
        let words = ui.i18n.tr_with("board-appointments", &values);
        let mut lines = Column::new().spacing(6);
        if let Some(words) = coming(data, ui.cx) {
            lines = lines.push(ui.body(words));
        }
        if data.notes > 0 {
            let words = ui.i18n.tr_with("board-notes", &[("count", data.notes.into())]);
            lines = lines.push(ui.body(words));
        }
        let lines = lines.push(ui.tinted(words, Role::StaffName, color));
        let unknown = &data.unknown;
        let Some(last) = unknown.first() else { return lines.into() };
        let at = hour_minute(last.at.local(ui.clock.zone()).time());
        let values = [
            ("count", unknown.len().into()),
            ("time", at.as_str().into()),
            ("tail", last.tail.as_str().into()),
        ];
        let words = ui.i18n.tr_with("board-unknown", &values);
        lines.push(ui.muted(words)).into()
    }
}

fn call_strip<'a>(call: &'a Call, ui: Ui<'a>) -> Element<'a, Message> {
    let p = ui.palette();
    let ink = if p.dark { p.on_green } else { p.card };
    let since = hour_minute(call.raised_at.local(ui.clock.zone()).time());
    let minutes = (ui.clock.now().0 - call.raised_at.0).max(0) / 60_000;
    let who = call.who.clone().unwrap_or_else(|| ui.tr("call-somebody"));
    let values = [("who", who.as_str().into()), ("time", since.as_str().into()), ("minutes", minutes.into())];
    let why = if call.for_reading { "call-reading" } else { "call-who" };
    let label = ui.tr("call-go");
    let button = ui
        .button("answer")
        .label(&label)
        .icon(Icon::Footprints)
        .kind(Kind::OnGreen)
        .on_press(Message::Answered(call.id));
    let line = row![
        container(icon(Icon::BellRing, ink)).width(44).height(44),
        column![
            ui.tinted(ui.i18n.tr_with(why, &values), Role::StaffName, ink),
            ui.tinted(ui.i18n.tr_with("call-since", &values), Role::StaffBody, ink),
        ]
        .width(Length::Fill),
        button.width(160.0),
    ]
    .spacing(16)
    .align_y(Vertical::Center);
    ui.ground(line, p.red, p.red, 0.0)
}

fn damage(ui: Ui<'_>) -> Element<'_, Message> {
    let label = ui.tr("damage-seen");
    let button = ui.button("damage-seen").label(&label).icon(Icon::Check).on_press(Message::DamageSeen);
    let line = row![
        container(icon(Icon::TriangleAlert, ui.palette().red)).width(44).height(44),
        column![ui.strong(ui.tr("damage-title")), ui.body(ui.tr("damage-what")),].width(Length::Fill),
        button.width(160.0),
    ]
    .spacing(16)
    .align_y(Vertical::Center);
    ui.ground(line, ui.palette().red_soft, ui.palette().red, 2.0)
}

fn contact<'a>(resident: &'a Resident, ui: Ui<'a>) -> Element<'a, Message> {
    let profile = &resident.profile;
    let known = |text: &str| if text.is_empty() { ui.tr("unknown") } else { text.to_owned() };
    let label = ui.tr("board-file");
    let button = ui.button("file").label(&label).icon(Icon::FileText).on_press(Message::Opened(resident.id));
    let line = row![
        container(icon(Icon::Phone, ui.palette().green)).width(36).height(36),
        column![
            ui.muted(ui.tr("field-contact")),
            ui.strong(format!("{}  {}", known(&profile.contact_name), known(&profile.contact_phone))),
        ]
        .width(Length::Fill),
        button.width(180.0),
    ]
    .spacing(16)
    .align_y(Vertical::Center);
    ui.sunk(line)
}

fn new_person<'a>(person: &'a NewPerson, ui: Ui<'a>) -> Element<'a, Message> {
    let ready = !person.name.trim().is_empty();
    let kind = if ready { Kind::Main } else { Kind::Plain };
    let fields = row![
        ui.entry("column-name", &person.name, Message::Named),
        ui.entry("column-yard", &person.yard, Message::Housed),
    ]
    .spacing(12);
    let buttons = row![
        ui.button("add-cancel").label(ui.tr("cancel-form")).on_press(Message::Adding(false)).width(180.0),
        ui.button("add-save")
            .label(ui.tr("board-add-save"))
            .icon(Icon::LogIn)
            .kind(kind)
            .on_press_maybe(ready.then_some(Message::Added))
            .width(Length::Fill),
    ]
    .spacing(12);
    ui.card(column![fields, buttons].spacing(12))
}

/// Today's remaining activities in one line; `None` if there are none.
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
