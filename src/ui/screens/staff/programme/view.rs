//! How the week, the month and the open time are drawn.

use chrono::{Datelike, NaiveDate, Timelike};
use daycare_core::activity::Listed;
use daycare_core::activity::enrolment::Tally;
use daycare_core::time::hour_minute;
use iced::alignment::Vertical;
use iced::widget::{Column, Row, Space, column, container, row};
use iced::{Background, Border, Length};

use super::super::frame::{self, Place};
use super::form::Form;
use super::{Message, Panel, Programme, Span, later, monday};
use crate::i18n::dates::lunar_day_words;
use crate::reports::poster::Sheet;
use crate::ui::screens::Ctx;
use crate::ui::theme::{Look, Role, Shape};
use crate::ui::widgets::desk::{self, Kind};
use crate::ui::widgets::fitted::shortened;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::touch::{Face, Faces, Touch};
use crate::ui::widgets::{Element, Press};

/// Height of a time of the plan with a name of one line.
const CARD: f32 = 168.0;
/// Height of a day of the month.
const DAY: f32 = 174.0;
const REASONS: [&str; 3] = ["prog-why-leader", "prog-why-weather", "prog-why-house"];
const END_REASONS: [&str; 3] = ["prog-end-few", "prog-end-leader", "prog-end-other"];

impl Programme {
    /// Draws the screen.
    pub fn view<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let mut content = Column::new().spacing(14).push(self.toolbar(cx, look));
        if let Some(strip) = frame::notice_strip(&self.notice, look) {
            content = content.push(strip);
        }
        let Some(data) = &self.data else {
            let words = desk::words(cx.tr("please-wait"), Role::StaffName, look);
            return framed(content.push(desk::middle(words)).into(), cx, look);
        };
        content = content.push(summary(&data.listed, &data.tallies, cx, look));
        // What was tapped takes the place of the plan: below it nobody would
        // see it appear.
        let inner = match (self.panel_view(cx, look), self.span, look.shape) {
            (Some(panel), ..) => panel,
            (None, Span::Month, _) => self.month(cx, look),
            (None, Span::Week, Shape::Landscape) => self.week(cx, look),
            (None, Span::Week, Shape::Portrait) => self.agenda(cx, look),
        };
        content = content.push(desk::scroll(inner));
        if let Panel::Form(_) = &self.panel {
            content = content.push(Form::buttons(cx, look).map(|tapped| tapped.map(Message::Form)));
        }
        framed(content.into(), cx, look)
    }

    fn toolbar<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let act = |key: &'static str, which, kind, message| {
            let label = cx.tr(key);
            desk::button(key, &label, Some(which), kind, Some(message), look)
        };
        let arrow = |name, which, forward| {
            let press = Some(Message::Moved(self.beside(forward)));
            desk::sized(desk::button(name, "", Some(which), Kind::Plain, press, look), 84.0, desk::CONTROL)
        };
        let (from, to) = self.period();
        let words = match self.span {
            Span::Week => format!("{} – {}", cx.i18n.month_day(from), cx.i18n.month_day(to)),
            Span::Month => cx.i18n.tr_with(
                "prog-month",
                &[("year", self.day.year().to_string().into()), ("month", self.day.month().into())],
            ),
        };
        let today =
            desk::button("today", &words, None, Kind::Plain, Some(Message::Moved(cx.clock.today())), look);
        let span = |key: &'static str, span| {
            let kind = if self.span == span { Kind::On } else { Kind::Plain };
            let button = desk::button(key, &cx.tr(key), None, kind, Some(Message::Spanned(span)), look);
            desk::sized(button, 110.0, desk::CONTROL)
        };
        let first = row![
            arrow("before", Icon::ChevronLeft, false),
            desk::sized(today, Length::Fill, desk::CONTROL),
            arrow("after", Icon::ChevronRight, true),
            span("prog-week", Span::Week),
            span("prog-month-tab", Span::Month),
            desk::sized(act("prog-new", Icon::Plus, Kind::Main, Message::New(None)), 190.0, desk::CONTROL),
        ]
        .spacing(10);
        let second = desk::buttons(
            vec![
                act("prog-copy", Icon::Copy, Kind::Plain, Message::Copy),
                act("prog-poster", Icon::Printer, Kind::Plain, Message::Poster(Sheet::A4)),
                act("prog-poster-a3", Icon::Printer, Kind::Plain, Message::Poster(Sheet::A3)),
                act("prog-feed", Icon::CalendarDays, Kind::Plain, Message::Feed),
                act("prog-volunteers", Icon::HandHeart, Kind::Plain, Message::Volunteers),
            ],
            if look.shape == Shape::Landscape { 5 } else { 3 },
        );
        column![first, second].spacing(10).into()
    }

    fn on(&self, day: NaiveDate) -> impl Iterator<Item = &Listed> {
        self.data.iter().flat_map(|data| &data.listed).filter(move |listed| listed.occurrence.held_on == day)
    }

    fn closed(&self, day: NaiveDate) -> Option<&str> {
        let closures = self.data.iter().flat_map(|data| &data.closures);
        closures.into_iter().find(|closure| closure.day == day).map(|closure| closure.name.as_str())
    }

    /// Lying screens: seven columns, mornings above afternoons.
    fn week<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let first = monday(self.day);
        let mut heads = Row::new().spacing(8).push(Space::new().width(56));
        for day in first.iter_days().take(7) {
            heads = heads.push(day_head(day, cx, look));
        }
        let mut plan = Column::new().spacing(10).push(heads);
        for (key, morning) in [("prog-morning", true), ("prog-afternoon", false)] {
            let label =
                container(desk::tinted(cx.tr(key), Role::StaffBody, look.palette.muted, look)).width(56);
            let mut lane = Row::new().spacing(8).push(label);
            for day in first.iter_days().take(7) {
                let mut cell = Column::new().spacing(8).width(Length::Fill);
                if let Some(why) = self.closed(day).filter(|_| morning) {
                    cell = cell.push(closed_chip(why, look));
                }
                let half = |listed: &&Listed| (listed.occurrence.arrangement.starts.hour() < 12) == morning;
                let mut any = false;
                for listed in self.on(day).filter(half) {
                    any = true;
                    cell = cell.push(self.card(listed, cx, look));
                }
                if !any && day >= cx.clock.today() && self.closed(day).is_none() {
                    let name = format!("new-{day}-{key}");
                    let press = Some(Message::New(Some(day)));
                    let plus = desk::button(&name, "", Some(Icon::Plus), Kind::Plain, press, look);
                    cell = cell.push(desk::sized(plus, Length::Fill, desk::CONTROL));
                }
                lane = lane.push(cell);
            }
            plan = plan.push(lane).push(desk::divider(look));
        }
        plan.into()
    }

    /// Upright screens: a day below the other, two cards a line.
    fn agenda<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let mut plan = Column::new().spacing(10);
        for day in monday(self.day).iter_days().take(7) {
            let head = container(day_head(day, cx, look)).width(150);
            let mut cards: Vec<Element<'a, Message>> =
                self.on(day).map(|listed| self.card(listed, cx, look)).collect();
            if let Some(why) = self.closed(day) {
                cards.insert(0, closed_chip(why, look));
            } else if day >= cx.clock.today() {
                let press = Some(Message::New(Some(day)));
                let plus =
                    desk::button(&format!("new-{day}"), "", Some(Icon::Plus), Kind::Plain, press, look);
                cards.push(desk::sized(plus, Length::Fill, desk::CONTROL));
            } else if cards.is_empty() {
                cards.push(desk::tinted(cx.tr("clinic-rest"), Role::StaffBody, look.palette.muted, look));
            }
            let mut lines = Column::new().spacing(8).width(Length::Fill);
            let mut cards = cards.into_iter();
            while let Some(left) = cards.next() {
                let right = cards.next().unwrap_or_else(|| Space::new().into());
                let half = |card| container(card).width(Length::Fill);
                lines = lines.push(Row::new().spacing(8).push(half(left)).push(half(right)));
            }
            plan = plan.push(row![head, lines].spacing(10)).push(desk::divider(look));
        }
        plan.into()
    }

    fn month<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let (from, to) = self.period();
        let mut heads = Row::new().spacing(6);
        for day in from.iter_days().take(7) {
            let words = desk::words(cx.i18n.weekday(day), Role::StaffBody, look);
            heads = heads.push(container(words).center_x(Length::Fill));
        }
        let mut plan = Column::new().spacing(6).push(heads);
        let mut first = from;
        while first <= to {
            let mut week = Row::new().spacing(6);
            for day in first.iter_days().take(7) {
                week = week.push(self.month_day(day, cx, look));
            }
            plan = plan.push(week);
            first = later(first, 7);
        }
        let tallies = self.data.as_ref().map(|data| data.tallies.as_slice()).unwrap_or_default();
        plan.push(tally_table(tallies, cx, look)).into()
    }

    fn month_day<'a>(&'a self, day: NaiveDate, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        const SHOWN: usize = 3;
        let p = look.palette;
        let this_month = day.month() == self.day.month();
        let ink = if this_month { p.ink } else { p.muted };
        let head = format!("{} {}", day.day(), lunar_day_words(day));
        let mut lines = Column::new().spacing(2).push(desk::tinted(head, Role::StaffBody, ink, look));
        if let Some(why) = self.closed(day) {
            lines = lines.push(desk::tinted(why, Role::StaffBody, p.red, look));
        }
        let all: Vec<&Listed> = self.on(day).collect();
        for listed in all.iter().take(SHOWN) {
            let off = listed.occurrence.off.is_some();
            let room = if look.shape == Shape::Landscape { 8.0 } else { 4.0 };
            let short = shortened(&cx.name(&listed.occurrence.name), room);
            let words = if off { format!("× {short}") } else { short };
            lines =
                lines.push(desk::tinted(words, Role::StaffBody, if off { p.muted } else { p.green }, look));
        }
        if all.len() > SHOWN {
            let more = format!("+{}", all.len() - SHOWN);
            lines = lines.push(desk::tinted(more, Role::StaffBody, p.muted, look));
        }
        let content = container(lines).padding(8).width(Length::Fill).height(DAY);
        let edge = if day == cx.clock.today() { (p.green, 4.0) } else { (p.hair, 1.0) };
        let fill = if this_month { p.card } else { p.sunk };
        touchable(&format!("month-{day}"), content.into(), fill, edge, Message::DayOpened(day), look, DAY)
    }

    /// Time and places, name, room, leader or state.
    fn card<'a>(&'a self, listed: &'a Listed, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let p = look.palette;
        let occurrence = &listed.occurrence;
        let now = cx.clock.now();
        let under_way =
            occurrence.starts_at(cx.clock.zone()) <= now && now < occurrence.ends_at(cx.clock.zone());
        let capacity = occurrence.arrangement.capacity;
        let taken = capacity.map_or(listed.taken.to_string(), |of| format!("{}/{of}", listed.taken));
        let (fill, edge, state) = if let Some(off) = &occurrence.off {
            (p.sunk, p.edge, Some((Icon::CalendarX, off.why().to_owned())))
        } else if under_way {
            (p.tint, p.green, Some((Icon::CircleCheck, cx.tr("prog-under-way"))))
        } else if listed.is_full() {
            let waits = cx.i18n.tr_with("prog-full", &[("count", listed.waiting.into())]);
            (p.amber_soft, p.amber_line, Some((Icon::Users, waits)))
        } else if occurrence.changed {
            (p.card, p.blue, Some((Icon::Pencil, cx.tr("prog-changed"))))
        } else {
            (p.card, p.hair, None)
        };
        let ink = if occurrence.off.is_some() { p.muted } else { p.ink };
        let head = row![
            desk::tinted(hour_minute(occurrence.arrangement.starts), Role::StaffName, ink, look),
            Space::new().width(Length::Fill),
            desk::tinted(taken, Role::StaffBody, ink, look),
        ]
        .align_y(Vertical::Center);
        let mut lines =
            column![head, desk::tinted(cx.name(&occurrence.name), Role::StaffName, ink, look)].spacing(2);
        if !listed.room.is_empty() {
            lines = lines.push(desk::tinted(cx.name(&listed.room), Role::StaffBody, p.muted, look));
        }
        lines = lines.push(match state {
            Some((which, words)) => row![
                container(icon(which, p.ink)).width(24).height(24),
                desk::words(words, Role::StaffBody, look)
            ]
            .spacing(6)
            .align_y(Vertical::Center)
            .into(),
            None => desk::tinted(cx.led_by(listed), Role::StaffBody, p.muted, look),
        });
        let on = self.open == Some(occurrence.key);
        let edge = if on { (p.green, 5.0) } else { (edge, 2.0) };
        let name = format!("time-{}-{}", occurrence.key.activity_id, occurrence.key.day);
        let content = container(lines).padding(12).width(Length::Fill);
        touchable(&name, content.into(), fill, edge, Message::Opened(occurrence.key), look, CARD)
    }

    fn panel_view<'a>(&'a self, cx: &'a Ctx, look: Look) -> Option<Element<'a, Message>> {
        let data = self.data.as_ref()?;
        if let Panel::Form(form) = &self.panel {
            let form = form.view(&data.rooms, &data.teams, &data.leaders, cx, look);
            return Some(form.map(|tapped| tapped.map(Message::Form)));
        }
        let listed = self.opened()?;
        let occurrence = &listed.occurrence;
        let time = format!(
            "{} {}–{} · {} · {}",
            cx.i18n.day_line(occurrence.held_on),
            hour_minute(occurrence.arrangement.starts),
            hour_minute(occurrence.arrangement.ends),
            cx.name(&listed.room),
            cx.led_by(listed)
        );
        let close = desk::button("close", "", Some(Icon::X), Kind::Plain, Some(Message::Closed), look);
        let head = row![
            column![
                desk::words(cx.name(&occurrence.name), Role::StaffTitle, look),
                desk::tinted(time, Role::StaffBody, look.palette.muted, look)
            ]
            .width(Length::Fill),
            desk::sized(close, 84.0, desk::CONTROL),
        ]
        .align_y(Vertical::Center);
        let reasons = |all: [&'static str; 3], message: fn(&'static str) -> Message| {
            let button = |key: &'static str| {
                desk::button(key, &cx.tr(key), Some(Icon::Ban), Kind::Plain, Some(message(key)), look)
            };
            desk::buttons(all.map(button).into(), 3)
        };
        let below: Element<'a, Message> = match &self.panel {
            Panel::People(people, picker) => Self::people_view(listed, people, picker.as_ref(), cx, look),
            Panel::Cancelling => column![
                desk::words(cx.tr("prog-why-cancel"), Role::StaffName, look),
                reasons(REASONS, Message::CancelBecause)
            ]
            .spacing(10)
            .into(),
            Panel::Ending => column![
                desk::words(cx.tr("prog-why-end"), Role::StaffName, look),
                reasons(END_REASONS, Message::EndBecause)
            ]
            .spacing(10)
            .into(),
            Panel::None | Panel::Form(_) => return None,
        };
        let p = look.palette;
        Some(desk::ground(column![head, below].spacing(12), p.card, p.green, 3.0, look))
    }
}

fn framed<'a>(content: Element<'a, Message>, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    frame::frame(cx, look, Place::Programme, &cx.tr("prog-title"), content, Message::Nav)
}

/// A target with a ground of its own.
fn touchable<'a>(
    name: &str,
    content: Element<'a, Message>,
    fill: iced::Color,
    (edge, edge_width): (iced::Color, f32),
    message: Message,
    look: Look,
    height: f32,
) -> Element<'a, Message> {
    let face = |fill| Face { fill, edge, edge_width, radius: 12.0 };
    let faces = Faces { rest: face(fill), pressed: face(look.palette.pressed) };
    Touch::new(name, faces, Some(Press::Own(message)), content).in_list().at_least(height).into()
}

fn day_head<'a>(day: NaiveDate, cx: &Ctx, look: Look) -> Element<'a, Message> {
    let p = look.palette;
    let on = day == cx.clock.today();
    let (fill, ink) = if on { (p.green, p.on_green) } else { (p.sunk, p.ink) };
    let words = column![
        desk::tinted(cx.i18n.weekday(day), Role::StaffName, ink, look),
        desk::tinted(format!("{} {}", day.day(), lunar_day_words(day)), Role::StaffBody, ink, look),
    ];
    container(words)
        .width(Length::Fill)
        .padding(10)
        .style(move |_| container::Style {
            background: Some(Background::Color(fill)),
            border: Border { radius: 8.0.into(), ..Border::default() },
            ..container::Style::default()
        })
        .into()
}

fn closed_chip<'a>(why: &str, look: Look) -> Element<'a, Message> {
    desk::chip(desk::Chip::Over, Icon::Moon, why, look)
}

/// How often each activity was held, and with how many.
fn tally_table<'a>(tallies: &[Tally], cx: &Ctx, look: Look) -> Element<'a, Message> {
    let mut table = Column::new().spacing(6).push(desk::words(cx.tr("prog-tally"), Role::StaffName, look));
    for tally in tallies {
        let values = [
            ("held", tally.held.into()),
            ("attended", tally.attendances.into()),
            ("people", tally.people.into()),
        ];
        table = table.push(row![
            container(desk::words(cx.name(&tally.name), Role::StaffName, look)).width(Length::Fill),
            desk::words(cx.i18n.tr_with("prog-tally-line", &values), Role::StaffName, look),
        ]);
    }
    table = table.push(desk::tinted(cx.tr("prog-tally-rule"), Role::StaffBody, look.palette.muted, look));
    desk::card(table, look)
}

/// 12场 · 报名146人次 · 满2 · 取消1 · 到场98人次
fn summary<'a>(listed: &[Listed], tallies: &[Tally], cx: &Ctx, look: Look) -> Element<'a, Message> {
    let held = listed.iter().filter(|listed| listed.occurrence.off.is_none());
    let taken: u32 = held.clone().map(|listed| u32::from(listed.taken)).sum();
    let values = [
        ("held", held.clone().count().into()),
        ("taken", taken.into()),
        ("full", held.filter(|listed| listed.is_full()).count().into()),
        ("off", listed.iter().filter(|listed| listed.occurrence.off.is_some()).count().into()),
        ("attended", tallies.iter().map(|tally| tally.attendances).sum::<u32>().into()),
    ];
    desk::tinted(cx.i18n.tr_with("prog-summary", &values), Role::StaffBody, look.palette.muted, look)
}
