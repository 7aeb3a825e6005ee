//! How volunteers, their month and the hours are drawn.

use daycare_core::time::hour_minute;
use daycare_core::visit::State;
use daycare_core::volunteer::{ListedShift, Minutes, Volunteer, Worker};
use iced::alignment::Vertical;
use iced::widget::{Column, Row, column, container, row};
use iced::{Length, alignment};

use super::super::frame::Place;
use super::{Data, Message, Tab, Volunteers};
use crate::reports::lists::hidden;
use crate::ui::screens::Ctx;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::theme::Role;
use crate::ui::widgets::controls::{self, Chip, Kind};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, Tapped};

impl Volunteers {
    /// Draws the screen.
    pub(super) fn draw<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let mut content = Column::new().spacing(14).push(self.toolbar(ui));
        if let Some(strip) = ui.feedback(&self.notice) {
            content = content.push(strip);
        }
        let inner = self.data.view(ui, Message::Reload, |data| match (&self.team, &self.draft, self.open) {
            (Some(team), ..) => team_form(&team.name, ui),
            (None, Some(draft), _) => self.draft_form(draft, data, ui),
            (None, None, Some(worker)) => self.one(worker, data, ui),
            (None, None, None) if self.tab == Tab::People => self.everybody(data, ui),
            (None, None, None) => hours(data, ui),
        });
        let content = content.push(controls::scroll(inner));
        ui.page(Place::Programme, &ui.tr("prog-volunteers"), content, Message::Nav)
    }

    fn toolbar<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let shown = |tab| self.tab == tab && self.open.is_none();
        let new = ui.button("new").label(ui.tr("vol-new")).icon(Icon::UserPlus).kind(Kind::Main);
        let moved = |forward| Some(Message::Moved(self.beside(forward)));
        let first = ui
            .toolbar()
            .push(ui.act("back", Icon::ArrowLeft).width(150.0).on_press(Message::Back))
            .tab("vol-people", shown(Tab::People), 140.0, Message::Tabbed(Tab::People))
            .tab("vol-hours", shown(Tab::Hours), 140.0, Message::Tabbed(Tab::Hours))
            .gap()
            .push(new.width(230.0).on_press(Message::New));
        let month = ui.strong(self.month_words(ui.cx));
        let second = ui.toolbar().arrows(("before", "after"), month, (moved(false), moved(true)));
        column![first, second].spacing(10).into()
    }

    fn everybody<'a>(&'a self, data: &'a Data, ui: Ui<'a>) -> Element<'a, Message> {
        let mut rows: Vec<Element<'a, Message>> = Vec::new();
        let add = ui.tr("vol-new-team");
        let press = Some(Message::TeamOpened(None));
        let add = ui.button("new-team").label(&add).icon(Icon::Plus).on_press_maybe(press);
        rows.push(add.width(Length::Fill).into());
        for team in &data.teams {
            let members: Vec<&Volunteer> = data.volunteers.iter().filter(|v| v.team_id == team.id).collect();
            let count = ui.i18n.tr_with("schedule-people", &[("count", members.len().into())]);
            let press = Some(Message::TeamOpened(Some(team.clone())));
            let name = format!("team-{}", team.id);
            let rename = ui.button(&name).icon(Icon::Pencil).on_press_maybe(press);
            rows.push(
                row![
                    ui.strong(ui.name(&team.name)),
                    container(ui.muted(count)).width(Length::Fill),
                    rename.width(76.0).height(72.0),
                ]
                .spacing(14)
                .align_y(Vertical::Center)
                .padding([8, 0])
                .into(),
            );
            for volunteer in members {
                // The full number is only in the volunteer's form.
                let phone = hidden(&volunteer.phone);
                let phone = if volunteer.resident_id.is_some() {
                    format!("{phone} · {}", ui.tr("vol-is-resident"))
                } else {
                    phone
                };
                rows.push(self.worker_row(Worker::Volunteer(volunteer.id), &volunteer.name, phone, ui));
            }
        }
        rows.push(container(ui.strong(ui.tr("staff"))).padding([10, 0]).into());
        for staff in &data.staff {
            rows.push(self.worker_row(Worker::Staff(staff.id), &staff.name, String::new(), ui));
        }
        Column::with_children(rows).spacing(6).into()
    }

    /// Name, since when they serve, and the one button.
    fn worker_row<'a>(
        &'a self,
        worker: Worker,
        name: &'a str,
        below: String,
        ui: Ui<'a>,
    ) -> Element<'a, Message> {
        let id = match worker {
            Worker::Volunteer(id) => id.to_string(),
            Worker::Staff(id) => id.to_string(),
        };
        let serving = self.serving(worker);
        let mut line = Row::new().spacing(12).align_y(Vertical::Center);
        let about = column![ui.strong(name), ui.muted(below)];
        let touch = ui
            .touch_row(format!("open-{id}"), container(about).padding([6, 12]))
            .height(84.0)
            .on_press(Message::Opened(worker));
        line = line.push(touch);
        let (key, which, kind, message) = match serving {
            Some(_) => ("vol-end", Icon::LogOut, Kind::Plain, Message::End(worker)),
            None => ("vol-start", Icon::LogIn, Kind::Plain, Message::Start(worker)),
        };
        if let Some(shift) = serving {
            let since = hour_minute(shift.started_at.local(ui.clock.zone()).time());
            let words = ui.i18n.tr_with("vol-since", &[("time", since.as_str().into())]);
            line = line.push(ui.chip(Chip::Now, Icon::CircleCheck, &words));
        }
        let label = ui.tr(key);
        let button = ui.button(format!("{key}-{id}")).label(&label).icon(which).kind(kind).on_press(message);
        line.push(button.width(170.0)).into()
    }

    fn one<'a>(&'a self, worker: Worker, data: &'a Data, ui: Ui<'a>) -> Element<'a, Message> {
        let act = |key: &'static str, which, kind, message| {
            let label = ui.tr(key);
            ui.button(key).label(&label).icon(which).kind(kind).on_press(message)
        };
        let name = self.name_of(worker).unwrap_or_default();
        let own: Vec<&ListedShift> =
            data.shifts.iter().filter(|listed| listed.shift.worker == worker).collect();
        let minutes: u32 = own.iter().map(|listed| listed.shift.minutes()).sum();
        let total = hours_words(minutes, ui.cx);
        let head = row![
            container(ui.text(name, Role::StaffTitle)).width(Length::Fill),
            ui.strong(format!("{} {total}", self.month_words(ui.cx))),
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
        lines = lines.push(ui.buttons(buttons, 3));
        if self.opened().is_some() {
            lines = lines.push(self.pin_line(ui));
        }
        if let Some((_, form)) = &self.form {
            let form = ui
                .form()
                .push(form.view(ui, true).map(formed))
                .cancel("cancel-form", Message::Cancel)
                .save("form-save", Some(Message::SaveForm));
            lines = lines.push(form);
        }
        if own.is_empty() {
            lines = lines.push(ui.tinted(ui.tr("vol-no-shifts"), Role::StaffName, ui.palette().muted));
        }
        for listed in own.iter().rev() {
            lines = lines.push(shift_row(listed, ui)).push(ui.divider());
        }
        lines.into()
    }

    fn pin_line<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let (hint, set) = (ui.tr("vol-pin"), ui.tr("vol-pin-save"));
        let ready = (self.pin.len() == 6).then_some(Message::SetPin);
        row![
            container(ui.secret_field(&hint, &self.pin, Message::Pin)).width(Length::Fill),
            ui.button("set-pin").label(&set).icon(Icon::KeyRound).on_press_maybe(ready).width(220.0),
        ]
        .spacing(12)
        .into()
    }

    fn draft_form<'a>(&'a self, draft: &'a Volunteer, data: &'a Data, ui: Ui<'a>) -> Element<'a, Message> {
        let teams = data.teams.iter().map(|team| {
            (team.name.as_str(), ui.name(&team.name), draft.team_id == team.id, Message::Team(team.id))
        });
        let (link, icon, message) = if draft.resident_id.is_some() {
            ("vol-unlink", Icon::X, Message::Unlink)
        } else {
            ("vol-link", Icon::UserRoundSearch, Message::Link)
        };
        let link = ui.button("link").label(ui.tr(link)).icon(icon).on_press(message);
        let who = row![
            container(ui.entry("column-name", &draft.name, Message::Name)).width(Length::Fill),
            container(ui.entry("column-phone", &draft.phone, Message::Phone)).width(Length::Fill),
        ];
        ui.form()
            .push(who.spacing(14))
            .push(ui.segments(teams.collect(), 3))
            .push(link.width(Length::Fill))
            .push_maybe(self.picker.as_ref().map(|picker| picker.view(ui).map(picked)))
            .cancel("cancel", Message::Cancel)
            .save("save", (!draft.name.trim().is_empty()).then_some(Message::Save))
            .into()
    }
}

fn team_form<'a>(name: &'a str, ui: Ui<'a>) -> Element<'a, Message> {
    ui.form()
        .push(ui.entry("vol-team-name", name, Message::TeamName))
        .cancel("cancel", Message::Cancel)
        .save("save", (!name.trim().is_empty()).then_some(Message::TeamSave))
        .into()
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

fn shift_row<'a>(listed: &'a ListedShift, ui: Ui<'a>) -> Element<'a, Message> {
    let shift = &listed.shift;
    let zone = ui.clock.zone();
    let clock = |at: daycare_core::time::Moment| hour_minute(at.local(zone).time());
    let end = shift.ended_at.map(clock).unwrap_or_default();
    let when = format!("{} {}–{end}", ui.i18n.day_line(shift.day), clock(shift.started_at));
    let mut line = Row::new()
        .spacing(12)
        .align_y(Vertical::Center)
        .push(container(column![ui.strong(when), ui.muted(ui.name(&listed.duty))]).width(Length::Fill));
    let chip = match shift.state {
        State::Open => ui.chip(Chip::Now, Icon::CircleCheck, &ui.tr("day-serving")),
        State::Left => ui.strong(hours_words(shift.minutes(), ui.cx)),
        State::NotRecorded => ui.chip(Chip::Incomplete, Icon::TriangleAlert, &ui.tr("vol-no-end")),
        State::Void | State::Superseded => ui.chip(Chip::Over, Icon::X, &ui.tr("vol-void")),
    };
    line = line.push(chip);
    if shift.state.counts() {
        let small = |key: &'static str, which, message| {
            let name = format!("{key}-{}", shift.id);
            ui.button(&name).label(ui.tr(key)).icon(which).on_press(message).width(150.0).height(72.0)
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
fn hours<'a>(data: &'a Data, ui: Ui<'a>) -> Element<'a, Message> {
    let staff = ui.tr("staff");
    let none = ui.tr("vol-no-duty");
    // Teams and duties have words in other languages; people have their names.
    let label = |name: &str, unnamed: Option<&String>| match unnamed {
        Some(unnamed) if name.is_empty() => unnamed.clone(),
        Some(_) => ui.name(name),
        None => name.to_owned(),
    };
    let tables = [
        ("vol-by-team", Minutes::by(&data.shifts, |listed| &listed.team), Some(staff)),
        ("vol-by-duty", Minutes::by(&data.shifts, |listed| &listed.duty), Some(none)),
        ("vol-by-person", Minutes::by(&data.shifts, |listed| &listed.name), None),
    ];
    let mut lines = Column::new().spacing(14);
    for (key, groups, unnamed) in tables {
        let mut table = Column::new().spacing(6).push(ui.strong(ui.tr(key)));
        for group in &groups {
            let count = ui
                .i18n
                .tr_with("vol-count", &[("people", group.people.into()), ("shifts", group.shifts.into())]);
            let cell = |words: String, width| {
                container(ui.strong(words)).width(width).align_x(alignment::Horizontal::Right)
            };
            table = table.push(
                row![
                    container(ui.strong(label(&group.name, unnamed.as_ref()))).width(Length::Fill),
                    cell(count, Length::Fixed(260.0)),
                    cell(hours_words(group.minutes, ui.cx), Length::Fixed(240.0)),
                ]
                .align_y(Vertical::Center),
            );
        }
        if groups.is_empty() {
            table = table.push(ui.muted(ui.tr("vol-no-shifts")));
        }
        lines = lines.push(ui.card(table));
    }
    lines.push(ui.muted(ui.tr("vol-rule"))).into()
}
