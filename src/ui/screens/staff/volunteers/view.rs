//! How volunteers, their month and the hours are drawn.

use daycare_core::time::hour_minute;
use daycare_core::visit::State;
use daycare_core::volunteer::{Listed, Minutes, Volunteer, Worker};
use iced::alignment::Vertical;
use iced::widget::{Column, Row, Space, column, container, row};
use iced::{Length, alignment};

use super::super::frame::{self, Place};
use super::{Data, Message, Tab, Volunteers};
use crate::reports::lists::hidden;
use crate::ui::screens::Ctx;
use crate::ui::theme::{Look, Role};
use crate::ui::widgets::desk::{self, Chip, Kind};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, Tapped};

impl Volunteers {
    /// Draws the screen.
    pub fn view<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let mut content = Column::new().spacing(14).push(self.toolbar(cx, look));
        if let Some(strip) = frame::notice_strip(&self.notice, look) {
            content = content.push(strip);
        }
        let inner: Element<'a, Message> = match &self.data {
            None => desk::middle(desk::words(cx.tr("please-wait"), Role::StaffName, look)),
            Some(_) if self.team.is_some() => {
                team_form(self.team.as_ref().map_or("", |team| team.name.as_str()), cx, look)
            }
            Some(data) => match (&self.draft, self.open, self.tab) {
                (Some(draft), ..) => self.draft_form(draft, data, cx, look),
                (None, Some(worker), _) => self.one(worker, data, cx, look),
                (None, None, Tab::People) => self.everybody(data, cx, look),
                (None, None, Tab::Hours) => hours(data, cx, look),
            },
        };
        let content = content.push(desk::scroll(inner)).into();
        frame::frame(cx, look, Place::Programme, &cx.tr("prog-volunteers"), content, Message::Nav)
    }

    fn toolbar<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let arrow = |name, which, forward| {
            let press = Some(Message::Moved(self.beside(forward)));
            desk::sized(desk::button(name, "", Some(which), Kind::Plain, press, look), 84.0, desk::CONTROL)
        };
        let tab = |key: &'static str, tab| {
            let kind = if self.tab == tab && self.open.is_none() { Kind::On } else { Kind::Plain };
            let button = desk::button(key, &cx.tr(key), None, kind, Some(Message::Tabbed(tab)), look);
            desk::sized(button, 140.0, desk::CONTROL)
        };
        let (back, new) = (cx.tr("back"), cx.tr("vol-new"));
        let back = desk::button("back", &back, Some(Icon::ArrowLeft), Kind::Plain, Some(Message::Back), look);
        let new = desk::button("new", &new, Some(Icon::UserPlus), Kind::Main, Some(Message::New), look);
        let month = container(desk::words(self.month_words(cx), Role::StaffName, look));
        let first = row![
            desk::sized(back, 150.0, desk::CONTROL),
            tab("vol-people", Tab::People),
            tab("vol-hours", Tab::Hours),
            Space::new().width(Length::Fill),
            desk::sized(new, 230.0, desk::CONTROL),
        ];
        let second = row![
            arrow("before", Icon::ChevronLeft, false),
            month.center_x(Length::Fill).center_y(desk::CONTROL),
            arrow("after", Icon::ChevronRight, true),
        ];
        column![first.spacing(10), second.spacing(10)].spacing(10).into()
    }

    fn everybody<'a>(&'a self, data: &'a Data, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let muted = look.palette.muted;
        let mut rows: Vec<Element<'a, Message>> = Vec::new();
        let add = cx.tr("vol-new-team");
        let press = Some(Message::TeamOpened(None));
        let add = desk::button("new-team", &add, Some(Icon::Plus), Kind::Plain, press, look);
        rows.push(desk::sized(add, Length::Fill, desk::CONTROL));
        for team in &data.teams {
            let members: Vec<&Volunteer> = data.volunteers.iter().filter(|v| v.team_id == team.id).collect();
            let count = cx.i18n.tr_with("schedule-people", &[("count", members.len().into())]);
            let press = Some(Message::TeamOpened(Some(team.clone())));
            let name = format!("team-{}", team.id);
            let rename = desk::button(&name, "", Some(Icon::Pencil), Kind::Plain, press, look);
            rows.push(
                row![
                    desk::words(cx.name(&team.name), Role::StaffName, look),
                    container(desk::tinted(count, Role::StaffBody, muted, look)).width(Length::Fill),
                    desk::sized(rename, 76.0, 72.0),
                ]
                .spacing(14)
                .align_y(Vertical::Center)
                .padding([8, 0])
                .into(),
            );
            for volunteer in members {
                // The whole number is in their form.
                let phone = hidden(&volunteer.phone);
                let phone = if volunteer.resident_id.is_some() {
                    format!("{phone} · {}", cx.tr("vol-is-resident"))
                } else {
                    phone
                };
                rows.push(self.worker_row(Worker::Volunteer(volunteer.id), &volunteer.name, phone, cx, look));
            }
        }
        rows.push(container(desk::words(cx.tr("staff"), Role::StaffName, look)).padding([10, 0]).into());
        for staff in &data.staff {
            rows.push(self.worker_row(Worker::Staff(staff.id), &staff.name, String::new(), cx, look));
        }
        Column::with_children(rows).spacing(6).into()
    }

    /// Name, since when they serve, and the one button.
    fn worker_row<'a>(
        &'a self,
        worker: Worker,
        name: &'a str,
        below: String,
        cx: &'a Ctx,
        look: Look,
    ) -> Element<'a, Message> {
        let id = match worker {
            Worker::Volunteer(id) => id.to_string(),
            Worker::Staff(id) => id.to_string(),
        };
        let serving = self.serving(worker);
        let mut line = Row::new().spacing(12).align_y(Vertical::Center);
        let about = column![
            desk::words(name, Role::StaffName, look),
            desk::tinted(below, Role::StaffBody, look.palette.muted, look)
        ];
        let touch = desk::touch_row(
            &format!("open-{id}"),
            container(about).padding([6, 12]).into(),
            false,
            Some(Message::Opened(worker)),
            84.0,
            look,
        );
        line = line.push(touch);
        let (key, which, kind, message) = match serving {
            Some(_) => ("vol-end", Icon::LogOut, Kind::Plain, Message::End(worker)),
            None => ("vol-start", Icon::LogIn, Kind::Plain, Message::Start(worker)),
        };
        if let Some(shift) = serving {
            let since = hour_minute(shift.started_at.local(cx.clock.zone()).time());
            let words = cx.i18n.tr_with("vol-since", &[("time", since.as_str().into())]);
            line = line.push(desk::chip(Chip::Now, Icon::CircleCheck, &words, look));
        }
        let label = cx.tr(key);
        let button = desk::button(&format!("{key}-{id}"), &label, Some(which), kind, Some(message), look);
        line.push(desk::sized(button, 170.0, desk::CONTROL)).into()
    }

    fn one<'a>(&'a self, worker: Worker, data: &'a Data, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let act = |key: &'static str, which, kind, message| {
            let label = cx.tr(key);
            desk::button(key, &label, Some(which), kind, Some(message), look)
        };
        let name = self.name_of(worker).unwrap_or_default();
        let own: Vec<&Listed> = data.shifts.iter().filter(|listed| listed.shift.worker == worker).collect();
        let minutes: u32 = own.iter().map(|listed| listed.shift.minutes()).sum();
        let total = hours_words(minutes, cx);
        let head = row![
            container(desk::words(name, Role::StaffTitle, look)).width(Length::Fill),
            desk::words(format!("{} {total}", self.month_words(cx)), Role::StaffName, look),
        ]
        .align_y(Vertical::Center);
        let mut buttons = vec![
            act("vol-statement", Icon::Printer, Kind::Main, Message::Statement),
            act("vol-late", Icon::Plus, Kind::Plain, Message::Late),
        ];
        let mut lines = Column::new().spacing(12).push(head);
        if let Some(volunteer) = self.opened() {
            buttons.push(act("prog-edit", Icon::Pencil, Kind::Plain, Message::Edit));
            if volunteer.resident_id.is_none() {
                buttons.push(act("vol-card", Icon::IdCard, Kind::Plain, Message::Issue));
                if data.cards.iter().any(|card| card.revoked_at.is_none()) {
                    buttons.push(act("vol-card-save", Icon::Image, Kind::Plain, Message::SaveCard));
                }
            }
            buttons.push(act("vol-archive", Icon::Archive, Kind::Plain, Message::Archive));
        }
        lines = lines.push(desk::buttons(buttons, 3));
        if self.opened().is_some() {
            lines = lines.push(self.pin_line(cx, look));
        }
        if let Some((_, form)) = &self.form {
            let inner = form.view(cx, look, true).map(formed);
            let buttons = vec![
                act("cancel-form", Icon::X, Kind::Plain, Message::Cancel),
                act("form-save", Icon::Save, Kind::Main, Message::SaveForm),
            ];
            let p = look.palette;
            lines = lines.push(desk::ground(
                column![inner, desk::buttons(buttons, 2)].spacing(12),
                p.sunk,
                p.green,
                3.0,
                look,
            ));
        }
        if own.is_empty() {
            lines =
                lines.push(desk::tinted(cx.tr("vol-no-shifts"), Role::StaffName, look.palette.muted, look));
        }
        for listed in own.iter().rev() {
            lines = lines.push(shift_row(listed, cx, look)).push(desk::divider(look));
        }
        lines.into()
    }

    fn pin_line<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let (hint, set) = (cx.tr("vol-pin"), cx.tr("vol-pin-save"));
        let ready = (self.pin.len() == 6).then_some(Message::SetPin);
        row![
            container(desk::secret_field(&hint, &self.pin, Message::Pin, look)).width(Length::Fill),
            desk::sized(
                desk::button("set-pin", &set, Some(Icon::KeyRound), Kind::Plain, ready, look),
                220.0,
                desk::CONTROL
            ),
        ]
        .spacing(12)
        .into()
    }

    fn draft_form<'a>(
        &'a self,
        draft: &'a Volunteer,
        data: &'a Data,
        cx: &'a Ctx,
        look: Look,
    ) -> Element<'a, Message> {
        let field = |key: &str, value: &'a str, message: fn(String) -> Message| {
            let label = cx.tr(key);
            let input = desk::field(&label, value, message, look);
            container(desk::labelled(&label, input, look)).width(Length::Fill)
        };
        let teams = data.teams.iter().map(|team| {
            (team.name.as_str(), cx.name(&team.name), draft.team_id == team.id, Message::Team(team.id))
        });
        let (link, icon, message) = if draft.resident_id.is_some() {
            ("vol-unlink", Icon::X, Message::Unlink)
        } else {
            ("vol-link", Icon::UserRoundSearch, Message::Link)
        };
        let link = desk::button("link", &cx.tr(link), Some(icon), Kind::Plain, Some(message), look);
        let (save, cancel) = (cx.tr("form-save"), cx.tr("cancel-form"));
        let ready = (!draft.name.trim().is_empty()).then_some(Message::Save);
        let buttons = vec![
            desk::button("cancel", &cancel, Some(Icon::X), Kind::Plain, Some(Message::Cancel), look),
            desk::button("save", &save, Some(Icon::Save), Kind::Main, ready, look),
        ];
        let mut lines = column![
            row![
                field("column-name", &draft.name, Message::Name),
                field("column-phone", &draft.phone, Message::Phone)
            ]
            .spacing(14),
            frame::segments(teams.collect(), 3, look),
            desk::sized(link, Length::Fill, desk::CONTROL),
        ]
        .spacing(12);
        if let Some(picker) = &self.picker {
            lines = lines.push(picker.view(cx, look).map(picked));
        }
        let p = look.palette;
        desk::ground(lines.push(desk::buttons(buttons, 2)), p.sunk, p.green, 3.0, look)
    }
}

fn team_form<'a>(name: &'a str, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let label = cx.tr("vol-team-name");
    let ready = (!name.trim().is_empty()).then_some(Message::TeamSave);
    let buttons = vec![
        desk::button(
            "cancel",
            &cx.tr("cancel-form"),
            Some(Icon::X),
            Kind::Plain,
            Some(Message::Cancel),
            look,
        ),
        desk::button("save", &cx.tr("form-save"), Some(Icon::Save), Kind::Main, ready, look),
    ];
    let field = desk::labelled(&label, desk::field(&label, name, Message::TeamName, look), look);
    let p = look.palette;
    desk::ground(column![field, desk::buttons(buttons, 2)].spacing(12), p.sunk, p.green, 3.0, look)
}

fn picked(tapped: Tapped<super::picker::Message>) -> Tapped<Message> {
    tapped.map(Message::Picker)
}

fn formed(tapped: Tapped<super::visit_form::Message>) -> Tapped<Message> {
    tapped.map(Message::Form)
}

fn hours_words(minutes: u32, cx: &Ctx) -> String {
    cx.i18n.tr_with("vol-length", &[("hours", (minutes / 60).into()), ("minutes", (minutes % 60).into())])
}

fn shift_row<'a>(listed: &'a Listed, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let shift = &listed.shift;
    let zone = cx.clock.zone();
    let clock = |at: daycare_core::time::Moment| hour_minute(at.local(zone).time());
    let end = shift.ended_at.map(clock).unwrap_or_default();
    let when = format!("{} {}–{end}", cx.i18n.day_line(shift.day), clock(shift.started_at));
    let mut line = Row::new().spacing(12).align_y(Vertical::Center).push(
        container(column![
            desk::words(when, Role::StaffName, look),
            desk::tinted(cx.name(&listed.duty), Role::StaffBody, look.palette.muted, look)
        ])
        .width(Length::Fill),
    );
    let chip = match shift.state {
        State::Open => desk::chip(Chip::Now, Icon::CircleCheck, &cx.tr("day-serving"), look),
        State::Left => desk::words(hours_words(shift.minutes(), cx), Role::StaffName, look),
        State::NotRecorded => desk::chip(Chip::Incomplete, Icon::TriangleAlert, &cx.tr("vol-no-end"), look),
        State::Void | State::Superseded => desk::chip(Chip::Over, Icon::X, &cx.tr("vol-void"), look),
    };
    line = line.push(chip);
    if shift.state.counts() {
        let small = |key: &'static str, which, message| {
            let name = format!("{key}-{}", shift.id);
            desk::sized(
                desk::button(&name, &cx.tr(key), Some(which), Kind::Plain, Some(message), look),
                150.0,
                72.0,
            )
        };
        line = line.push(small("vol-correct", Icon::Pencil, Message::Correct(shift.id))).push(small(
            "vol-strike",
            Icon::X,
            Message::StrikeOut(shift.id),
        ));
    }
    line.padding([6, 0]).into()
}

/// Three tables: by team, by purpose, by person.
fn hours<'a>(data: &'a Data, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let staff = cx.tr("staff");
    let none = cx.tr("vol-no-duty");
    // Teams and duties have words in other languages; people have their names.
    let label = |name: &str, unnamed: Option<&String>| match unnamed {
        Some(unnamed) if name.is_empty() => unnamed.clone(),
        Some(_) => cx.name(name),
        None => name.to_owned(),
    };
    let tables = [
        ("vol-by-team", Minutes::by(&data.shifts, |listed| &listed.team), Some(staff)),
        ("vol-by-duty", Minutes::by(&data.shifts, |listed| &listed.duty), Some(none)),
        ("vol-by-person", Minutes::by(&data.shifts, |listed| &listed.name), None),
    ];
    let mut lines = Column::new().spacing(14);
    for (key, groups, unnamed) in tables {
        let mut table = Column::new().spacing(6).push(desk::words(cx.tr(key), Role::StaffName, look));
        for group in &groups {
            let count = cx
                .i18n
                .tr_with("vol-count", &[("people", group.people.into()), ("shifts", group.shifts.into())]);
            let cell = |words: String, width| {
                container(desk::words(words, Role::StaffName, look))
                    .width(width)
                    .align_x(alignment::Horizontal::Right)
            };
            table = table.push(
                row![
                    container(desk::words(label(&group.name, unnamed.as_ref()), Role::StaffName, look))
                        .width(Length::Fill),
                    cell(count, Length::Fixed(260.0)),
                    cell(hours_words(group.minutes, cx), Length::Fixed(240.0)),
                ]
                .align_y(Vertical::Center),
            );
        }
        if groups.is_empty() {
            table =
                table.push(desk::tinted(cx.tr("vol-no-shifts"), Role::StaffBody, look.palette.muted, look));
        }
        lines = lines.push(desk::card(table, look));
    }
    lines.push(desk::tinted(cx.tr("vol-rule"), Role::StaffBody, look.palette.muted, look)).into()
}
