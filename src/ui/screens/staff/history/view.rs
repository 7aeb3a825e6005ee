//! How the visit history is drawn.

use daycare_core::time::hour_minute;
use daycare_core::visit::{State, VisitRow};
use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{Column, Row, column, container, row};

use super::super::frame::Place;
use super::super::span::{self, Span};
use super::super::visit_form;
use super::{History, Late, Message, Open, PER_PAGE, Picking};
use crate::ui::screens::staff::kit::Ui;
use crate::ui::theme::Role;
use crate::ui::widgets::Element;
use crate::ui::widgets::controls::{self, Chip, Kind};
use crate::ui::widgets::icon::{Icon, icon};

impl History {
    /// Draws the screen.
    pub(super) fn draw<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let mut content = Column::new().spacing(14);
        if let Some(late) = &self.late {
            content = content.push(controls::scroll(late_entry(late, ui)));
        } else {
            let today = ui.clock.today();
            let choices = [Span::Day(today), Span::Month(today), Span::Year(today), Span::All];
            let spans = span::bar(ui, &choices, self.span, Message::Spanned);
            content = content.push(spans).push(self.filters(ui)).push(self.counts(ui));
        }
        match &self.notice {
            Some(Ok(words)) => content = content.push(ui.done_strip(words, None)),
            Some(Err(words)) => content = content.push(ui.error_strip(words)),
            None => {}
        }
        if let Some(picking) = self.picking.filter(|_| self.late.is_none()) {
            // The choices replace the list, because there is no room beside it.
            content = content.push(controls::scroll(self.choices(picking, ui)));
        } else if self.late.is_none() {
            content = content.push(controls::scroll(self.list(ui))).push(ui.pager(
                self.page,
                self.totals.rows.div_ceil(PER_PAGE) as usize,
                Message::Turned,
            ));
        }
        ui.page(Place::History, &ui.tr("history-title"), content, Message::Nav)
    }

    fn filters<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let search = ui.field(&ui.tr("history-search"), &self.filter.text, Message::Searched);
        let select = |name: &str, label: String, on: bool, message| {
            let kind = if on { Kind::On } else { Kind::Plain };
            ui.button(name).label(&label).kind(kind).on_press(message)
        };
        let yard = self.filter.yard.clone().unwrap_or_else(|| ui.tr("column-yard"));
        let service = self.filter.service.and_then(|id| ui.service(id)).map(|service| ui.name(&service.name));
        let service = service.unwrap_or_else(|| ui.tr("column-purposes"));
        let stale = self.filter.not_recorded_only;
        let open = |picking| if self.picking == Some(picking) { None } else { Some(picking) };
        let buttons = vec![
            select("pick-yard", yard, self.filter.yard.is_some(), Message::Picking(open(Picking::Yard))),
            select(
                "pick-service",
                service,
                self.filter.service.is_some(),
                Message::Picking(open(Picking::Service)),
            ),
            select("not-recorded", ui.tr("state-not-recorded"), stale, Message::NotRecorded(!stale)),
        ];
        let buttons = ui.buttons(buttons, 3);
        let mut lines = Column::new().spacing(10);
        lines = if ui.is_wide() {
            let line = row![
                container(search).width(Length::FillPortion(2)),
                container(buttons).width(Length::FillPortion(3))
            ];
            lines.push(line.spacing(10).align_y(Vertical::Center))
        } else {
            lines.push(search).push(buttons)
        };
        if self.filter.resident.is_some() {
            let label = ui.tr("history-everybody");
            let button = ui
                .button("everybody")
                .label(&label)
                .icon(Icon::X)
                .kind(Kind::On)
                .on_press(Message::Person(None));
            lines = lines.push(button.width(Length::Fill));
        }
        lines.into()
    }

    fn choices<'a>(&'a self, picking: Picking, ui: Ui<'a>) -> Element<'a, Message> {
        let all = ui.tr("filter-all");
        let plain = |name: String, label: &str, message| {
            ui.button(format!("choice-{name}")).label(label).on_press(message)
        };
        let mut buttons = Vec::new();
        match picking {
            Picking::Yard => {
                buttons.push(plain("all".into(), &all, Message::Yard(None)));
                let yards = self.yards.iter().enumerate();
                buttons.extend(
                    yards.map(|(i, yard)| plain(i.to_string(), yard, Message::Yard(Some(yard.clone())))),
                );
            }
            Picking::Service => {
                buttons.push(plain("all".into(), &all, Message::Service(None)));
                let services = ui.centre.services.iter();
                buttons.extend(
                    services.map(|s| plain(s.name.clone(), &ui.name(&s.name), Message::Service(Some(s.id)))),
                );
            }
        }
        let per_row = if ui.is_wide() { 5 } else { 3 };
        ui.card(ui.buttons(buttons, per_row))
    }

    fn counts<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let values = [("visits", self.totals.visits.into()), ("people", self.totals.people.into())];
        let figures = ui.strong(ui.i18n.tr_with("history-totals", &values));
        let late = ui.tr("history-late");
        let rule = ui.muted(ui.tr("history-rule"));
        let line = row![
            column![figures, rule].width(Length::Fill),
            ui.button("late").label(&late).icon(Icon::Plus).on_press(Message::Late(true)).width(170.0),
            ui.act("history-export", Icon::Download).width(150.0).on_press(Message::Export(false)),
            ui.act("history-xlsx", Icon::FileSpreadsheet).width(150.0).on_press(Message::Export(true)),
        ]
        .spacing(10)
        .align_y(Vertical::Center);
        line.into()
    }

    fn list<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        if self.rows.is_empty() {
            return ui.empty("history-empty");
        }
        let mut list = Column::new();
        let mut day = None;
        for visit in &self.rows {
            let several = !matches!(self.span, Span::Day(_));
            if several && day != Some(visit.visit.day) {
                day = Some(visit.visit.day);
                let words = ui.i18n.day_line(visit.visit.day);
                list = list.push(ui.ground(ui.strong(words), ui.palette().sunk, ui.palette().hair, 0.0));
            }
            list = list.push(self.visit_row(visit, ui)).push(ui.divider());
            if let Some(open) = self.open.as_ref().filter(|open| open.row.visit.id == visit.visit.id) {
                list = list.push(detail(open, ui));
            }
        }
        list.into()
    }

    fn visit_row<'a>(&'a self, row: &'a VisitRow, ui: Ui<'a>) -> Element<'a, Message> {
        let visit = &row.visit;
        let clock = |at: daycare_core::time::Moment| hour_minute(at.local(ui.clock.zone()).time());
        let left = visit.left_at.map_or_else(|| "—".to_owned(), clock);
        let times = format!("{} – {left}", clock(visit.arrived_at));
        let (chip, which, key) = match visit.state {
            State::Open => (Chip::Now, Icon::CircleCheck, "state-here"),
            State::NotRecorded => (Chip::Incomplete, Icon::TriangleAlert, "state-not-recorded"),
            _ => (Chip::Over, Icon::House, "board-gone"),
        };
        let mut line = Row::new().spacing(12).align_y(Vertical::Center).padding(10).push(
            container(ui.person(&row.picture, &row.name, &row.called_by, &row.yard)).width(Length::Fill),
        );
        line = line.push(container(ui.muted(ui.name(&row.purposes))).width(if ui.is_wide() {
            420
        } else {
            170
        }));
        line = line.push(ui.strong(times));
        if row.corrected {
            line = line.push(container(icon(Icon::Pencil, ui.palette().blue)).width(28).height(28));
        }
        line = line.push(ui.chip(chip, which, &ui.tr(key)));
        let on = self.open.as_ref().is_some_and(|open| open.row.visit.id == visit.id);
        ui.touch_row(format!("visit-{}", visit.id), line).on(on).on_press(Message::Opened(visit.id)).into()
    }
}

/// Who did what, when and why.
fn trail<'a>(open: &'a Open, ui: Ui<'a>) -> Column<'a, crate::ui::widgets::Tapped<Message>> {
    let mut lines = Column::new().spacing(8);
    for entry in &open.trail {
        let at = entry.at.local(ui.clock.zone());
        let when = format!("{} {}", ui.i18n.month_day(at.date()), hour_minute(at.time()));
        let action = ui.tr(&format!("trail-{}", entry.action.replace(['.', '_'], "-")));
        let actor = match entry.actor.as_str() {
            "resident" => ui.tr("actor-resident"),
            "program" => ui.tr("actor-program"),
            other => other.to_owned(),
        };
        let reason = entry.reason.as_deref().map(|r| format!(" · {r}")).unwrap_or_default();
        lines = lines.push(ui.muted(format!("{when}  {action}  {actor}{reason}")));
    }
    lines
}

/// The selected visit: trail, and the form of a correction.
fn detail<'a>(open: &'a Open, ui: Ui<'a>) -> Element<'a, Message> {
    let mut lines = trail(open, ui);
    let buttons: Vec<Element<'a, Message>> = match &open.form {
        None => {
            let correct = ui.tr("board-correct");
            let person = ui.tr("history-person");
            vec![
                ui.button("correct")
                    .label(&correct)
                    .icon(Icon::Pencil)
                    .kind(Kind::Main)
                    .on_press(Message::Correcting(true))
                    .into(),
                ui.button("person")
                    .label(&person)
                    .icon(Icon::History)
                    .on_press(Message::Person(Some(open.row.visit.resident_id)))
                    .into(),
            ]
        }
        Some(form) => {
            lines = lines.push(form.view(ui, false).map(wrap));
            let ready = form.correction(ui.cx).is_some();
            let (save, strike, cancel) = (ui.tr("form-save"), ui.tr("form-strike"), ui.tr("cancel-form"));
            vec![
                ui.button("form-cancel").label(&cancel).on_press(Message::Correcting(false)).into(),
                ui.button("form-strike")
                    .label(&strike)
                    .icon(Icon::Trash2)
                    .on_press_maybe(ready.then_some(Message::Strike))
                    .into(),
                ui.button("form-save")
                    .label(&save)
                    .icon(Icon::Save)
                    .kind(if ready { Kind::Main } else { Kind::Plain })
                    .on_press_maybe(ready.then_some(Message::Save))
                    .into(),
            ]
        }
    };
    let per_row = buttons.len();
    ui.panel(lines.push(ui.buttons(buttons, per_row)))
}

fn wrap(tapped: crate::ui::widgets::Tapped<visit_form::Message>) -> crate::ui::widgets::Tapped<Message> {
    use crate::ui::widgets::{Press, Tapped};
    let press = match tapped.press {
        Press::Own(message) => Press::Own(Message::Form(message)),
        Press::Chrome(chrome) => Press::Chrome(chrome),
    };
    Tapped { target: tapped.target, press }
}

fn late_entry<'a>(late: &'a Late, ui: Ui<'a>) -> Element<'a, Message> {
    let mut lines = Column::new().spacing(16).push(ui.text(ui.tr("history-late"), Role::StaffTitle));
    if let Some(who) = &late.who {
        let profile = &who.profile;
        lines = lines.push(ui.person(&profile.picture, &profile.name, &profile.called_by, &profile.yard));
    } else {
        lines = lines.push(ui.field(&ui.tr("history-search"), &late.text, Message::LateText));
        for (at, resident) in late.found.iter().enumerate() {
            let profile = &resident.profile;
            let person = ui.person(&profile.picture, &profile.name, &profile.called_by, &profile.yard);
            let touch = ui
                .touch_row(format!("late-{at}"), container(person).padding(12))
                .on_press(Message::LateWho(at));
            lines = lines.push(touch);
        }
    }
    lines = lines.push(late.form.view(ui, true).map(wrap));
    let ready = late.who.is_some() && late.form.correction(ui.cx).is_some();
    let (save, cancel) = (ui.tr("form-save"), ui.tr("cancel-form"));
    let kind = if ready { Kind::Main } else { Kind::Plain };
    let buttons = vec![
        ui.button("late-cancel").label(&cancel).on_press(Message::Late(false)),
        ui.button("late-save")
            .label(&save)
            .icon(Icon::Save)
            .kind(kind)
            .on_press_maybe(ready.then_some(Message::Save)),
    ];
    lines.push(ui.buttons(buttons, 2)).into()
}
