//! How the visit history is drawn.

use daycare_core::time::hour_minute;
use daycare_core::visit::{State, VisitRow};
use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{Column, Row, column, container, row};

use super::super::frame::{self, Place};
use super::super::span::{self, Span};
use super::super::visit_form;
use super::{History, Late, Message, Open, PER_PAGE, Picking};
use crate::ui::screens::Ctx;
use crate::ui::theme::{Look, Role, Shape};
use crate::ui::widgets::Element;
use crate::ui::widgets::desk::{self, Chip, Kind};
use crate::ui::widgets::icon::{Icon, icon};

impl History {
    /// Draws the screen.
    pub fn view<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let mut content = Column::new().spacing(14);
        if let Some(late) = &self.late {
            content = content.push(desk::scroll(late_entry(late, cx, look)));
        } else {
            let today = cx.clock.today();
            let choices = [Span::Day(today), Span::Month(today), Span::Year(today), Span::All];
            let spans = span::bar(cx, look, &choices, self.span, Message::Spanned);
            content = content.push(spans).push(self.filters(cx, look)).push(self.counts(cx, look));
        }
        match &self.notice {
            Some(Ok(words)) => content = content.push(frame::done_strip(words, None, look)),
            Some(Err(words)) => content = content.push(frame::error_strip(words, look)),
            None => {}
        }
        if let Some(picking) = self.picking.filter(|_| self.late.is_none()) {
            // The choices take the place of the list: beside it there is no room.
            content = content.push(desk::scroll(self.choices(picking, cx, look)));
        } else if self.late.is_none() {
            content = content.push(desk::scroll(self.list(cx, look))).push(frame::pager(
                cx,
                look,
                self.page,
                self.totals.rows.div_ceil(PER_PAGE) as usize,
                Message::Turned,
            ));
        }
        frame::frame(cx, look, Place::History, &cx.tr("history-title"), content.into(), Message::Nav)
    }

    fn filters<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let search = desk::field(&cx.tr("history-search"), &self.filter.text, Message::Searched, look);
        let select = |name: &str, label: String, on: bool, message| {
            let kind = if on { Kind::On } else { Kind::Plain };
            desk::button(name, &label, None, kind, Some(message), look)
        };
        let yard = self.filter.yard.clone().unwrap_or_else(|| cx.tr("column-yard"));
        let service = self.filter.service.and_then(|id| cx.service(id)).map(|service| cx.name(&service.name));
        let service = service.unwrap_or_else(|| cx.tr("column-purposes"));
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
            select("not-recorded", cx.tr("state-not-recorded"), stale, Message::NotRecorded(!stale)),
        ];
        let buttons = desk::buttons(buttons, 3);
        let mut lines = Column::new().spacing(10);
        lines = if look.shape == Shape::Landscape {
            let line = row![
                container(search).width(Length::FillPortion(2)),
                container(buttons).width(Length::FillPortion(3))
            ];
            lines.push(line.spacing(10).align_y(Vertical::Center))
        } else {
            lines.push(search).push(buttons)
        };
        if self.filter.resident.is_some() {
            let label = cx.tr("history-everybody");
            let button =
                desk::button("everybody", &label, Some(Icon::X), Kind::On, Some(Message::Person(None)), look);
            lines = lines.push(desk::sized(button, Length::Fill, desk::CONTROL));
        }
        lines.into()
    }

    fn choices<'a>(&'a self, picking: Picking, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let all = cx.tr("filter-all");
        let plain = |name: String, label: &str, message| {
            desk::button(&format!("choice-{name}"), label, None, Kind::Plain, Some(message), look)
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
                let services = cx.centre.services.iter();
                buttons.extend(
                    services.map(|s| plain(s.name.clone(), &cx.name(&s.name), Message::Service(Some(s.id)))),
                );
            }
        }
        let per_row = if look.shape == Shape::Landscape { 5 } else { 3 };
        desk::card(desk::buttons(buttons, per_row), look)
    }

    fn counts<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let values = [("visits", self.totals.visits.into()), ("people", self.totals.people.into())];
        let figures = desk::words(cx.i18n.tr_with("history-totals", &values), Role::StaffName, look);
        let late = cx.tr("history-late");
        let rule = desk::tinted(cx.tr("history-rule"), Role::StaffBody, look.palette.muted, look);
        let line = row![
            column![figures, rule].width(Length::Fill),
            desk::sized(
                desk::button("late", &late, Some(Icon::Plus), Kind::Plain, Some(Message::Late(true)), look),
                170.0,
                desk::CONTROL
            ),
            frame::act_wide(
                cx,
                look,
                ("history-export", Icon::Download),
                150.0,
                Some(Message::Export(false))
            ),
            frame::act_wide(
                cx,
                look,
                ("history-xlsx", Icon::FileSpreadsheet),
                150.0,
                Some(Message::Export(true))
            ),
        ]
        .spacing(10)
        .align_y(Vertical::Center);
        line.into()
    }

    fn list<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        if self.rows.is_empty() {
            return desk::middle(desk::words(cx.tr("history-empty"), Role::StaffName, look));
        }
        let mut list = Column::new();
        let mut day = None;
        for visit in &self.rows {
            let several = !matches!(self.span, Span::Day(_));
            if several && day != Some(visit.visit.day) {
                day = Some(visit.visit.day);
                let words = cx.i18n.day_line(visit.visit.day);
                list = list.push(desk::ground(
                    desk::words(words, Role::StaffName, look),
                    look.palette.sunk,
                    look.palette.hair,
                    0.0,
                    look,
                ));
            }
            list = list.push(self.visit_row(visit, cx, look)).push(desk::divider(look));
            if let Some(open) = self.open.as_ref().filter(|open| open.row.visit.id == visit.visit.id) {
                list = list.push(detail(open, cx, look));
            }
        }
        list.into()
    }

    fn visit_row<'a>(&'a self, row: &'a VisitRow, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let visit = &row.visit;
        let clock = |at: daycare_core::time::Moment| hour_minute(at.local(cx.clock.zone()).time());
        let left = visit.left_at.map_or_else(|| "—".to_owned(), clock);
        let times = format!("{} – {left}", clock(visit.arrived_at));
        let (chip, which, key) = match visit.state {
            State::Open => (Chip::Now, Icon::CircleCheck, "state-here"),
            State::NotRecorded => (Chip::Incomplete, Icon::TriangleAlert, "state-not-recorded"),
            _ => (Chip::Over, Icon::House, "board-gone"),
        };
        let mut line = Row::new().spacing(12).align_y(Vertical::Center).padding(10).push(
            container(desk::person(&row.picture, &row.name, &cx.called(&row.called_by), &row.yard, look))
                .width(Length::Fill),
        );
        line = line.push(
            container(desk::tinted(cx.name(&row.purposes), Role::StaffBody, look.palette.muted, look))
                .width(if look.shape == Shape::Landscape { 420 } else { 170 }),
        );
        line = line.push(desk::words(times, Role::StaffName, look));
        if row.corrected {
            line = line.push(container(icon(Icon::Pencil, look.palette.blue)).width(28).height(28));
        }
        line = line.push(desk::chip(chip, which, &cx.tr(key), look));
        let on = self.open.as_ref().is_some_and(|open| open.row.visit.id == visit.id);
        desk::touch_row(
            &format!("visit-{}", visit.id),
            line.into(),
            on,
            Some(Message::Opened(visit.id)),
            desk::ROW,
            look,
        )
    }
}

/// Who did what, when and why.
fn trail<'a>(open: &'a Open, cx: &'a Ctx, look: Look) -> Column<'a, crate::ui::widgets::Tapped<Message>> {
    let p = look.palette;
    let mut lines = Column::new().spacing(8);
    for entry in &open.trail {
        let at = entry.at.local(cx.clock.zone());
        let when = format!("{} {}", cx.i18n.month_day(at.date()), hour_minute(at.time()));
        let action = cx.tr(&format!("trail-{}", entry.action.replace(['.', '_'], "-")));
        let actor = match entry.actor.as_str() {
            "resident" => cx.tr("actor-resident"),
            "program" => cx.tr("actor-program"),
            other => other.to_owned(),
        };
        let reason = entry.reason.as_deref().map(|r| format!(" · {r}")).unwrap_or_default();
        lines = lines.push(desk::tinted(
            format!("{when}  {action}  {actor}{reason}"),
            Role::StaffBody,
            p.muted,
            look,
        ));
    }
    lines
}

/// The selected visit: trail, and the form of a correction.
fn detail<'a>(open: &'a Open, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let p = look.palette;
    let mut lines = trail(open, cx, look);
    let buttons: Vec<Element<'a, Message>> = match &open.form {
        None => {
            let correct = cx.tr("board-correct");
            let person = cx.tr("history-person");
            vec![
                desk::button(
                    "correct",
                    &correct,
                    Some(Icon::Pencil),
                    Kind::Main,
                    Some(Message::Correcting(true)),
                    look,
                ),
                desk::button(
                    "person",
                    &person,
                    Some(Icon::History),
                    Kind::Plain,
                    Some(Message::Person(Some(open.row.visit.resident_id))),
                    look,
                ),
            ]
        }
        Some(form) => {
            lines = lines.push(form.view(cx, look, false).map(wrap));
            let ready = form.correction(cx).is_some();
            let (save, strike, cancel) = (cx.tr("form-save"), cx.tr("form-strike"), cx.tr("cancel-form"));
            vec![
                desk::button(
                    "form-cancel",
                    &cancel,
                    None,
                    Kind::Plain,
                    Some(Message::Correcting(false)),
                    look,
                ),
                desk::button(
                    "form-strike",
                    &strike,
                    Some(Icon::Trash2),
                    Kind::Plain,
                    ready.then_some(Message::Strike),
                    look,
                ),
                desk::button(
                    "form-save",
                    &save,
                    Some(Icon::Save),
                    if ready { Kind::Main } else { Kind::Plain },
                    ready.then_some(Message::Save),
                    look,
                ),
            ]
        }
    };
    let per_row = buttons.len();
    desk::ground(lines.push(desk::buttons(buttons, per_row)), p.sunk, p.green, 3.0, look)
}

fn wrap(tapped: crate::ui::widgets::Tapped<visit_form::Message>) -> crate::ui::widgets::Tapped<Message> {
    use crate::ui::widgets::{Press, Tapped};
    let press = match tapped.press {
        Press::Own(message) => Press::Own(Message::Form(message)),
        Press::Chrome(chrome) => Press::Chrome(chrome),
    };
    Tapped { target: tapped.target, press }
}

fn late_entry<'a>(late: &'a Late, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let mut lines =
        Column::new().spacing(16).push(desk::words(cx.tr("history-late"), Role::StaffTitle, look));
    if let Some(who) = &late.who {
        let profile = &who.profile;
        lines = lines.push(desk::person(
            &profile.picture,
            &profile.name,
            &cx.called(&profile.called_by),
            &profile.yard,
            look,
        ));
    } else {
        lines = lines.push(desk::field(&cx.tr("history-search"), &late.text, Message::LateText, look));
        for (at, resident) in late.found.iter().enumerate() {
            let profile = &resident.profile;
            let person = desk::person(
                &profile.picture,
                &profile.name,
                &cx.called(&profile.called_by),
                &profile.yard,
                look,
            );
            let touch = desk::touch_row(
                &format!("late-{at}"),
                container(person).padding(12).into(),
                false,
                Some(Message::LateWho(at)),
                desk::ROW,
                look,
            );
            lines = lines.push(touch);
        }
    }
    lines = lines.push(late.form.view(cx, look, true).map(wrap));
    let ready = late.who.is_some() && late.form.correction(cx).is_some();
    let (save, cancel) = (cx.tr("form-save"), cx.tr("cancel-form"));
    let kind = if ready { Kind::Main } else { Kind::Plain };
    let buttons = vec![
        desk::button("late-cancel", &cancel, None, Kind::Plain, Some(Message::Late(false)), look),
        desk::button("late-save", &save, Some(Icon::Save), kind, ready.then_some(Message::Save), look),
    ];
    lines.push(desk::buttons(buttons, 2)).into()
}
