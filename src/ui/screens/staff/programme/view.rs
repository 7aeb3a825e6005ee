//! Draws the week, the month and the open occurrence.

use chrono::{Datelike, NaiveDate, Timelike};
use daycare_core::activity::ListedActivity;
use daycare_core::activity::enrolment::Tally;
use daycare_core::time::hour_minute;
use iced::alignment::Vertical;
use iced::widget::{Column, Row, Space, column, container, row};
use iced::{Background, Border, Length};

use super::super::frame::Place;
use super::form::Form;
use super::{Data, Message, Panel, Programme, Span, later, monday};
use crate::i18n::dates::lunar_day_words;
use crate::reports::poster::Sheet;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::theme::{Role, Shape};
use crate::ui::widgets::controls::{self, Kind};
use crate::ui::widgets::fitted::shortened;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::touch::{Face, Faces, Touch};
use crate::ui::widgets::{Element, Press};

/// Height in px of an occurrence with a one-line name.
const CARD: f32 = 168.0;
/// Height in px of a day in the month.
const DAY: f32 = 174.0;
const REASONS: [&str; 3] = ["prog-why-leader", "prog-why-weather", "prog-why-house"];
const END_REASONS: [&str; 3] = ["prog-end-few", "prog-end-leader", "prog-end-other"];

impl Programme {
    /// Draws the screen.
    pub(super) fn draw<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let mut content = Column::new().spacing(14).push(self.toolbar(ui));
        if let Some(strip) = ui.feedback(&self.notice) {
            content = content.push(strip);
        }
        content = content.push(self.data.view(ui, Message::Reload, |data| self.plan(data, ui)));
        if let Panel::Form(_) = &self.panel {
            content = content.push(Form::buttons(ui).map(|tapped| tapped.map(Message::Form)));
        }
        framed(content.into(), ui)
    }

    /// The figures of the period, and the plan or what was tapped in it.
    fn plan<'a>(&'a self, data: &'a Data, ui: Ui<'a>) -> Element<'a, Message> {
        let figures = summary(&data.listed, &data.tallies, ui);
        // The open panel replaces the plan, because below it nobody would see it appear.
        let inner = match (self.panel_view(ui), self.span, ui.look.shape) {
            (Some(panel), ..) => panel,
            (None, Span::Month, _) => self.month(ui),
            (None, Span::Week, Shape::Landscape) => self.week(ui),
            (None, Span::Week, Shape::Portrait) => self.agenda(ui),
        };
        column![figures, controls::scroll(inner)].spacing(14).into()
    }

    fn toolbar<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let act = |key: &'static str, which, kind, message| {
            let label = ui.tr(key);
            ui.button(key).label(&label).icon(which).kind(kind).on_press(message)
        };
        let (from, to) = self.period();
        let words = match self.span {
            Span::Week => format!("{} – {}", ui.i18n.month_day(from), ui.i18n.month_day(to)),
            Span::Month => ui.i18n.tr_with(
                "prog-month",
                &[("year", self.day.year().to_string().into()), ("month", self.day.month().into())],
            ),
        };
        let today = ui.button("today").label(&words).on_press(Message::Moved(ui.clock.today()));
        let moved = |forward| Some(Message::Moved(self.beside(forward)));
        let first = ui
            .toolbar()
            .arrows(("before", "after"), today, (moved(false), moved(true)))
            .tab("prog-week", self.span == Span::Week, 110.0, Message::Spanned(Span::Week))
            .tab("prog-month-tab", self.span == Span::Month, 110.0, Message::Spanned(Span::Month))
            .push(act("prog-new", Icon::Plus, Kind::Main, Message::New(None)).width(190.0));
        let second = ui.buttons(
            vec![
                act("prog-copy", Icon::Copy, Kind::Plain, Message::Copy),
                act("prog-poster", Icon::Printer, Kind::Plain, Message::Poster(Sheet::A4)),
                act("prog-poster-a3", Icon::Printer, Kind::Plain, Message::Poster(Sheet::A3)),
                act("prog-feed", Icon::CalendarDays, Kind::Plain, Message::Feed),
                act("prog-volunteers", Icon::HandHeart, Kind::Plain, Message::Volunteers),
            ],
            if ui.is_wide() { 5 } else { 3 },
        );
        column![first, second].spacing(10).into()
    }

    fn on(&self, day: NaiveDate) -> impl Iterator<Item = &ListedActivity> {
        self.data
            .as_ref()
            .into_iter()
            .flat_map(|data| &data.listed)
            .filter(move |listed| listed.occurrence.held_on == day)
    }

    fn closed(&self, day: NaiveDate) -> Option<&str> {
        let closures = self.data.as_ref().into_iter().flat_map(|data| &data.closures);
        closures.into_iter().find(|closure| closure.day == day).map(|closure| closure.name.as_str())
    }

    /// Landscape: seven columns, mornings above afternoons.
    fn week<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let first = monday(self.day);
        let mut heads = Row::new().spacing(8).push(Space::new().width(56));
        for day in first.iter_days().take(7) {
            heads = heads.push(day_head(day, ui));
        }
        let mut plan = Column::new().spacing(10).push(heads);
        for (key, morning) in [("prog-morning", true), ("prog-afternoon", false)] {
            let label = container(ui.muted(ui.tr(key))).width(56);
            let mut lane = Row::new().spacing(8).push(label);
            for day in first.iter_days().take(7) {
                let mut cell = Column::new().spacing(8).width(Length::Fill);
                if let Some(why) = self.closed(day).filter(|_| morning) {
                    cell = cell.push(closed_chip(why, ui));
                }
                let half =
                    |listed: &&ListedActivity| (listed.occurrence.arrangement.starts.hour() < 12) == morning;
                let mut any = false;
                for listed in self.on(day).filter(half) {
                    any = true;
                    cell = cell.push(self.card(listed, ui));
                }
                if !any && day >= ui.clock.today() && self.closed(day).is_none() {
                    let name = format!("new-{day}-{key}");
                    let press = Some(Message::New(Some(day)));
                    let plus = ui.button(&name).icon(Icon::Plus).on_press_maybe(press);
                    cell = cell.push(plus.width(Length::Fill));
                }
                lane = lane.push(cell);
            }
            plan = plan.push(lane).push(ui.divider());
        }
        plan.into()
    }

    /// Portrait: one day below the other, two cards per line.
    fn agenda<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let mut plan = Column::new().spacing(10);
        for day in monday(self.day).iter_days().take(7) {
            let head = container(day_head(day, ui)).width(150);
            let mut cards: Vec<Element<'a, Message>> =
                self.on(day).map(|listed| self.card(listed, ui)).collect();
            if let Some(why) = self.closed(day) {
                cards.insert(0, closed_chip(why, ui));
            } else if day >= ui.clock.today() {
                let press = Some(Message::New(Some(day)));
                let plus = ui.button(format!("new-{day}")).icon(Icon::Plus).on_press_maybe(press);
                cards.push(plus.width(Length::Fill).into());
            } else if cards.is_empty() {
                cards.push(ui.muted(ui.tr("clinic-rest")));
            }
            let mut lines = Column::new().spacing(8).width(Length::Fill);
            let mut cards = cards.into_iter();
            while let Some(left) = cards.next() {
                let right = cards.next().unwrap_or_else(|| Space::new().into());
                let half = |card| container(card).width(Length::Fill);
                lines = lines.push(Row::new().spacing(8).push(half(left)).push(half(right)));
            }
            plan = plan.push(row![head, lines].spacing(10)).push(ui.divider());
        }
        plan.into()
    }

    fn month<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let (from, to) = self.period();
        let mut heads = Row::new().spacing(6);
        for day in from.iter_days().take(7) {
            let words = ui.body(ui.i18n.weekday(day));
            heads = heads.push(container(words).center_x(Length::Fill));
        }
        let mut plan = Column::new().spacing(6).push(heads);
        let mut first = from;
        while first <= to {
            let mut week = Row::new().spacing(6);
            for day in first.iter_days().take(7) {
                week = week.push(self.month_day(day, ui));
            }
            plan = plan.push(week);
            first = later(first, 7);
        }
        let tallies = self.data.as_ref().map(|data| data.tallies.as_slice()).unwrap_or_default();
        plan.push(tally_table(tallies, ui)).into()
    }

    fn month_day<'a>(&'a self, day: NaiveDate, ui: Ui<'a>) -> Element<'a, Message> {
        const SHOWN: usize = 3;
        let p = ui.palette();
        let this_month = day.month() == self.day.month();
        let ink = if this_month { p.ink } else { p.muted };
        let head = format!("{} {}", day.day(), lunar_day_words(day));
        let mut lines = Column::new().spacing(2).push(ui.tinted(head, Role::StaffBody, ink));
        if let Some(why) = self.closed(day) {
            lines = lines.push(ui.tinted(why, Role::StaffBody, p.red));
        }
        let all: Vec<&ListedActivity> = self.on(day).collect();
        for listed in all.iter().take(SHOWN) {
            let off = listed.occurrence.off.is_some();
            let room = if ui.is_wide() { 8.0 } else { 4.0 };
            let short = shortened(&ui.name(&listed.occurrence.name), room);
            let words = if off { format!("× {short}") } else { short };
            lines = lines.push(ui.tinted(words, Role::StaffBody, if off { p.muted } else { p.green }));
        }
        if all.len() > SHOWN {
            let more = format!("+{}", all.len() - SHOWN);
            lines = lines.push(ui.muted(more));
        }
        let content = container(lines).padding(8).width(Length::Fill).height(DAY);
        let edge = if day == ui.clock.today() { (p.green, 4.0) } else { (p.hair, 1.0) };
        let fill = if this_month { p.card } else { p.sunk };
        touchable(&format!("month-{day}"), content.into(), fill, edge, Message::DayOpened(day), ui, DAY)
    }

    /// Time and places, name, room, leader or state.
    fn card<'a>(&'a self, listed: &'a ListedActivity, ui: Ui<'a>) -> Element<'a, Message> {
        let p = ui.palette();
        let occurrence = &listed.occurrence;
        let now = ui.clock.now();
        let under_way =
            occurrence.starts_at(ui.clock.zone()) <= now && now < occurrence.ends_at(ui.clock.zone());
        let capacity = occurrence.arrangement.capacity;
        let taken = capacity.map_or(listed.taken.to_string(), |of| format!("{}/{of}", listed.taken));
        let (fill, edge, state) = if let Some(off) = &occurrence.off {
            (p.sunk, p.edge, Some((Icon::CalendarX, off.why().to_owned())))
        } else if under_way {
            (p.tint, p.green, Some((Icon::CircleCheck, ui.tr("prog-under-way"))))
        } else if listed.is_full() {
            let waits = ui.i18n.tr_with("prog-full", &[("count", listed.waiting.into())]);
            (p.amber_soft, p.amber_line, Some((Icon::Users, waits)))
        } else if occurrence.changed {
            (p.card, p.blue, Some((Icon::Pencil, ui.tr("prog-changed"))))
        } else {
            (p.card, p.hair, None)
        };
        let ink = if occurrence.off.is_some() { p.muted } else { p.ink };
        let head = row![
            ui.tinted(hour_minute(occurrence.arrangement.starts), Role::StaffName, ink),
            Space::new().width(Length::Fill),
            ui.tinted(taken, Role::StaffBody, ink),
        ]
        .align_y(Vertical::Center);
        let mut lines = column![head, ui.tinted(ui.name(&occurrence.name), Role::StaffName, ink)].spacing(2);
        if !listed.room.is_empty() {
            lines = lines.push(ui.muted(ui.name(&listed.room)));
        }
        lines = lines.push(match state {
            Some((which, words)) => row![container(icon(which, p.ink)).width(24).height(24), ui.body(words)]
                .spacing(6)
                .align_y(Vertical::Center)
                .into(),
            None => ui.muted(ui.led_by(listed)),
        });
        let on = self.open == Some(occurrence.key);
        let edge = if on { (p.green, 5.0) } else { (edge, 2.0) };
        let name = format!("time-{}-{}", occurrence.key.activity_id, occurrence.key.day);
        let content = container(lines).padding(12).width(Length::Fill);
        touchable(&name, content.into(), fill, edge, Message::Opened(occurrence.key), ui, CARD)
    }

    fn panel_view<'a>(&'a self, ui: Ui<'a>) -> Option<Element<'a, Message>> {
        let data = self.data.as_ref()?;
        if let Panel::Form(form) = &self.panel {
            let form = form.view(&data.rooms, &data.teams, &data.leaders, ui);
            return Some(form.map(|tapped| tapped.map(Message::Form)));
        }
        let listed = self.opened()?;
        let occurrence = &listed.occurrence;
        let time = format!(
            "{} {}–{} · {} · {}",
            ui.i18n.day_line(occurrence.held_on),
            hour_minute(occurrence.arrangement.starts),
            hour_minute(occurrence.arrangement.ends),
            ui.name(&listed.room),
            ui.led_by(listed)
        );
        let close = ui.button("close").icon(Icon::X).on_press(Message::Closed);
        let head = row![
            column![ui.text(ui.name(&occurrence.name), Role::StaffTitle), ui.muted(time)].width(Length::Fill),
            close.width(84.0),
        ]
        .align_y(Vertical::Center);
        let reasons = |all: [&'static str; 3], message: fn(&'static str) -> Message| {
            let button =
                |key: &'static str| ui.button(key).label(ui.tr(key)).icon(Icon::Ban).on_press(message(key));
            ui.buttons(all.map(button), 3)
        };
        let below: Element<'a, Message> = match &self.panel {
            Panel::People(people, picker) => Self::people_view(listed, people, picker.as_ref(), ui),
            Panel::Cancelling => {
                column![ui.strong(ui.tr("prog-why-cancel")), reasons(REASONS, Message::CancelBecause)]
                    .spacing(10)
                    .into()
            }
            Panel::Ending => {
                column![ui.strong(ui.tr("prog-why-end")), reasons(END_REASONS, Message::EndBecause)]
                    .spacing(10)
                    .into()
            }
            Panel::None | Panel::Form(_) => return None,
        };
        let p = ui.palette();
        Some(ui.ground(column![head, below].spacing(12), p.card, p.green, 3.0))
    }
}

fn framed<'a>(content: Element<'a, Message>, ui: Ui<'a>) -> Element<'a, Message> {
    ui.page(Place::Programme, &ui.tr("prog-title"), content, Message::Nav)
}

/// A touch target with a background of its own.
fn touchable<'a>(
    name: &str,
    content: Element<'a, Message>,
    fill: iced::Color,
    (edge, edge_width): (iced::Color, f32),
    message: Message,
    ui: Ui<'_>,
    height: f32,
) -> Element<'a, Message> {
    let face = |fill| Face { fill, edge, edge_width, radius: 12.0 };
    let faces = Faces { rest: face(fill), pressed: face(ui.palette().pressed) };
    Touch::new(name, faces, Some(Press::Own(message)), content).in_list().at_least(height).into()
}

fn day_head(day: NaiveDate, ui: Ui<'_>) -> Element<'_, Message> {
    let p = ui.palette();
    let on = day == ui.clock.today();
    let (fill, ink) = if on { (p.green, p.on_green) } else { (p.sunk, p.ink) };
    let words = column![
        ui.tinted(ui.i18n.weekday(day), Role::StaffName, ink),
        ui.tinted(format!("{} {}", day.day(), lunar_day_words(day)), Role::StaffBody, ink),
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

fn closed_chip<'a>(why: &str, ui: Ui<'a>) -> Element<'a, Message> {
    ui.chip(controls::Chip::Over, Icon::Moon, why)
}

/// How often each activity was held, and with how many.
fn tally_table<'a>(tallies: &[Tally], ui: Ui<'a>) -> Element<'a, Message> {
    let mut table = Column::new().spacing(6).push(ui.strong(ui.tr("prog-tally")));
    for tally in tallies {
        let values = [
            ("held", tally.held.into()),
            ("attended", tally.attendances.into()),
            ("people", tally.people.into()),
        ];
        table = table.push(row![
            container(ui.strong(ui.name(&tally.name))).width(Length::Fill),
            ui.strong(ui.i18n.tr_with("prog-tally-line", &values)),
        ]);
    }
    table = table.push(ui.muted(ui.tr("prog-tally-rule")));
    ui.card(table)
}

/// 12场 · 报名146人次 · 满2 · 取消1 · 到场98人次
fn summary<'a>(listed: &[ListedActivity], tallies: &[Tally], ui: Ui<'a>) -> Element<'a, Message> {
    let held = listed.iter().filter(|listed| listed.occurrence.off.is_none());
    let taken: u32 = held.clone().map(|listed| u32::from(listed.taken)).sum();
    let values = [
        ("held", held.clone().count().into()),
        ("taken", taken.into()),
        ("full", held.filter(|listed| listed.is_full()).count().into()),
        ("off", listed.iter().filter(|listed| listed.occurrence.off.is_some()).count().into()),
        ("attended", tallies.iter().map(|tally| tally.attendances).sum::<u32>().into()),
    ];
    ui.muted(ui.i18n.tr_with("prog-summary", &values))
}
