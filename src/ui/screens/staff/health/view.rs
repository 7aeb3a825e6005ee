//! How a person's health page is drawn.

use chrono::Datelike;
use daycare_core::checkup::next_on;
use daycare_core::time::{Moment, hour_minute};
use daycare_core::vitals::{Kind, Reading, Target, bmi};
use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{Column, Row, column, container, row};

use super::super::clinic;
use super::super::frame::Place;
use super::{Data, Health, Message, TargetForm, kind_key, timing_key};
use crate::health::{CHECKUP, LIMITS};
use crate::ui::screens::Ctx;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::theme::{Role, Shape};
use crate::ui::widgets::Element;
use crate::ui::widgets::chart::{self, Chart, Mark, Series};
use crate::ui::widgets::controls::{self, Chip, Kind as Button};
use crate::ui::widgets::icon::Icon;

/// Most readings or appointments in a list.
const SHOWN: usize = 12;

impl Health {
    /// Draws the screen.
    pub(super) fn draw<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let mut lines = Column::new().spacing(14);
        if let Some(strip) = ui.feedback(&self.notice) {
            lines = lines.push(strip);
        }
        let Some(data) = &self.data else {
            return ui.page(Place::Clinic, "", lines, Message::Nav);
        };
        let profile = &data.resident.profile;
        let name = ui.addressed(&profile.name, &profile.called_by);
        let kinds = Kind::ALL.iter().map(|kind| {
            let key = kind_key(*kind);
            (key, ui.tr(key), self.kind == *kind, Message::Kind(*kind))
        });
        let mut body = Column::new().spacing(16).push(head(data, ui));
        body = body.push(ui.segments(kinds.collect(), if ui.look.shape == Shape::Portrait { 4 } else { 8 }));
        body = body.push(self.trend(data, ui));
        if let Some(form) = &self.target {
            body = body.push(self.target_view(form, ui));
        }
        body = body
            .push(self.readings(data, ui))
            .push(checkup(data, ui))
            .push(consent(data, ui))
            .push(appointments(data, ui));
        lines = lines.push(controls::scroll(body));
        let title = ui.i18n.tr_with("health-title", &[("name", name.as_str().into())]);
        ui.page(Place::Clinic, &title, lines, Message::Nav)
    }

    fn trend<'a>(&'a self, data: &'a Data, ui: Ui<'a>) -> Element<'a, Message> {
        let of_kind: Vec<&Reading> = data.readings.iter().filter(|r| r.kind == self.kind).collect();
        let mut lines = Column::new().spacing(8);
        if of_kind.is_empty() {
            return ui.card(ui.empty("health-none"));
        }
        let picture = trend(&of_kind, self.kind, self.target_of(self.kind), ui.cx);
        let width = if ui.look.shape == Shape::Portrait { 850.0 } else { 1500.0 };
        let height = if self.kind == Kind::BloodPressure { 460.0 } else { 340.0 };
        let drawn = container(chart::chart(&picture, width, height, ui.look)).width(width).height(height);
        lines = lines.push(drawn);
        let words = match self.target_of(self.kind) {
            Some(target) => {
                let range = range_words(target.range, target.range_second, self.kind);
                let day = target.set_on.to_string();
                ui.i18n.tr_with(
                    "health-target-of",
                    &[
                        ("range", range.as_str().into()),
                        ("who", target.set_by.as_str().into()),
                        ("day", day.as_str().into()),
                    ],
                )
            }
            None => ui.tr("health-no-target"),
        };
        let label = ui.tr("health-set-target");
        let open = Message::Targeting(self.target.is_none());
        let usual = LIMITS.of(self.kind, None).is_some_and(|limits| limits.usual.is_some());
        let mut line = Row::new()
            .spacing(12)
            .align_y(Vertical::Center)
            .push(container(ui.body(words)).width(Length::Fill));
        if usual {
            let button = ui.button("set-target").label(&label).icon(Icon::Pencil).on_press(open);
            line = line.push(button.width(190.0));
        }
        lines = lines.push(line);
        if let Some(limits) = LIMITS.of(self.kind, of_kind.last().and_then(|r| r.timing)) {
            let values =
                [("source", limits.source.as_str().into()), ("version", LIMITS.version.as_str().into())];
            let source = ui.i18n.tr_with("health-source", &values);
            lines = lines.push(ui.muted(source));
        }
        ui.card(lines)
    }

    fn target_view<'a>(&'a self, form: &'a TargetForm, ui: Ui<'a>) -> Element<'a, Message> {
        let step = if self.kind.decimals() == 0 { 5 } else { 1 };
        let bound = |at: usize, value: i32| {
            let name = format!("bound-{at}");
            let words = self.kind.words(value);
            container(ui.stepper(&name, &words, Message::Bound(at, -step), Message::Bound(at, step)))
                .width(Length::Fill)
        };
        let label = |key: &str| ui.muted(ui.tr(key));
        let second = form.range_second;
        let ready = !form.who.trim().is_empty();
        ui.form()
            .push_maybe(second.map(|_| label("measure-systolic")))
            .push(row![bound(0, form.range[0]), bound(1, form.range[1])].spacing(14))
            .push_maybe(second.map(|_| label("measure-diastolic")))
            .push_maybe(second.map(|range| row![bound(2, range[0]), bound(3, range[1])].spacing(14)))
            .push(ui.field(&ui.tr("health-target-who"), &form.who, Message::Who))
            .cancel("target-cancel", Message::Targeting(false))
            .save("target-save", ready.then_some(Message::TargetSave))
            .into()
    }

    fn readings<'a>(&'a self, data: &'a Data, ui: Ui<'a>) -> Element<'a, Message> {
        let of_kind = data.readings.iter().rev().filter(|r| r.kind == self.kind).take(SHOWN);
        let mut lines = Column::new();
        let weight = data.readings.iter().rev().find(|r| r.kind == Kind::Weight);
        let height = data.readings.iter().rev().find(|r| r.kind == Kind::Height);
        if let (Kind::Weight | Kind::Height, Some(weight), Some(height)) = (self.kind, weight, height)
            && let Some(index) = bmi(weight.value.first, height.value.first)
        {
            let words = format!("{} {}.{} kg/m²", ui.tr("kind-bmi"), index / 10, index % 10);
            lines = lines.push(container(ui.strong(words)).padding([8, 4]));
        }
        for reading in of_kind {
            lines = lines.push(reading_row(reading, self.target_of(self.kind), ui));
            if self.striking == Some(reading.id) {
                let reason = |key: &'static str| {
                    let label = ui.tr(key);
                    let message = Message::StrikeBecause(key);
                    ui.button(key).label(&label).icon(Icon::Trash2).on_press(message)
                };
                let reasons = ["reason-mistaken", "reason-wrong-tap"].map(reason);
                let title = ui.muted(ui.tr("health-strike"));
                let label = ui.tr("health-fixed");
                let field = ui.field(&label, &self.fixed, Message::Fixed);
                let form = column![field, title, ui.buttons(reasons, 2)].spacing(10);
                lines = lines.push(ui.panel(form));
            }
            lines = lines.push(ui.divider());
        }
        lines.into()
    }
}

fn head<'a>(data: &'a Data, ui: Ui<'a>) -> Element<'a, Message> {
    let profile = &data.resident.profile;
    let act = |key: &'static str, icon, kind, message| {
        let label = ui.tr(key);
        ui.button(key).label(&label).icon(icon).kind(kind).on_press(message).width(190.0)
    };
    row![
        container(ui.person(&profile.picture, &profile.name, &profile.called_by, &profile.yard))
            .width(Length::Fill),
        act("back", Icon::ArrowLeft, Button::Plain, Message::Back),
        act("board-file", Icon::FileText, Button::Plain, Message::File),
        act("health-measure", Icon::HeartPulse, Button::Main, Message::Measure),
    ]
    .spacing(12)
    .align_y(Vertical::Center)
    .into()
}

fn range_words(range: [i32; 2], second: Option<[i32; 2]>, kind: Kind) -> String {
    let words = |[low, high]: [i32; 2]| format!("{}–{}", kind.words(low), kind.words(high));
    match second {
        Some(second) => format!("{} / {}", words(range), words(second)),
        None => words(range),
    }
}

/// The chart of one kind of reading over the person's target range.
fn trend(readings: &[&Reading], kind: Kind, target: Option<&Target>, cx: &Ctx) -> Chart {
    #[expect(clippy::cast_precision_loss, reason = "days of a picture")]
    let days = |at: Moment| (at.0 / 60_000) as f32 / 1440.0;
    #[expect(clippy::cast_precision_loss, reason = "a reading has four digits")]
    let shown = |value: i32| if kind.decimals() == 0 { value as f32 } else { value as f32 / 10.0 };
    let usual = LIMITS.of(kind, readings.last().and_then(|r| r.timing));
    let range = target.map(|t| t.range).or_else(|| usual.and_then(|limits| limits.usual));
    let second = target.map_or_else(|| usual.and_then(|limits| limits.usual_second), |t| t.range_second);
    let band = |range: Option<[i32; 2]>| range.map(|[low, high]| (shown(low), shown(high)));
    let name = |key: &str| if kind == Kind::BloodPressure { cx.tr(key) } else { cx.tr(kind_key(kind)) };
    let mut series = vec![Series {
        points: readings.iter().map(|r| (days(r.taken_at), shown(r.value.first))).collect(),
        mark: Mark::Circle,
        band: band(range),
        name: name("measure-systolic"),
    }];
    if kind == Kind::BloodPressure {
        let lower = |r: &&Reading| r.value.second.map(|value| (days(r.taken_at), shown(value)));
        series.push(Series {
            points: readings.iter().filter_map(lower).collect(),
            mark: Mark::Square,
            band: band(second),
            name: name("measure-diastolic"),
        });
    }
    let when = |r: &&Reading| {
        let day = r.taken_at.local(cx.clock.zone()).date();
        (days(r.taken_at), format!("{}/{}", day.month(), day.day()))
    };
    let mut times: Vec<(f32, String)> = Vec::new();
    let span =
        readings.last().zip(readings.first()).map_or(1.0, |(l, f)| days(l.taken_at) - days(f.taken_at));
    for (at, words) in readings.iter().map(when) {
        // Labels that would touch are omitted; the last one is always shown.
        if times.last().is_none_or(|(last, _)| at - last > span / 7.0) {
            times.push((at, words));
        }
    }
    let words = if kind.decimals() == 0 { |v: f32| format!("{v:.0}") } else { |v: f32| format!("{v:.1}") };
    Chart { series, times, words, gap_days: 45.0 }
}

fn reading_row<'a>(reading: &'a Reading, target: Option<&Target>, ui: Ui<'a>) -> Element<'a, Message> {
    let at = reading.taken_at.local(ui.clock.zone());
    let day = if at.date().year() == ui.clock.today().year() {
        ui.i18n.month_day(at.date())
    } else {
        at.date().to_string()
    };
    let mut below = vec![format!("{day} {}", hour_minute(at.time()))];
    if let Some(timing) = reading.timing {
        below.push(ui.tr(timing_key(timing)));
    }
    if reading.parts.len() > 1 {
        let parts: Vec<String> = reading.parts.iter().map(|part| part.words(reading.kind)).collect();
        below.push(ui.i18n.tr_with("health-parts", &[("parts", parts.join("、").as_str().into())]));
    }
    if !reading.taken_by.is_empty() {
        below.push(ui.i18n.tr_with("health-by", &[("who", reading.taken_by.as_str().into())]));
    }
    let value = format!("{} {}", reading.value.words(reading.kind), reading.kind.unit());
    let mut line = Row::new()
        .spacing(14)
        .align_y(Vertical::Center)
        .push(container(ui.text(value, Role::StaffTitle)).width(280))
        .push(container(ui.muted(below.join(" · "))).width(Length::Fill));
    let band = LIMITS.band(reading.kind, reading.timing, reading.value);
    if let Some(band) = band {
        let inside = target.map_or(band.name == "normal", |target| target.holds(reading.value));
        let (chip, icon) =
            if inside { (Chip::Now, Icon::Check) } else { (Chip::Incomplete, Icon::TriangleAlert) };
        // If a doctor has set a target, readings are judged by it alone.
        let key = match (target, inside) {
            (None, _) => format!("band-{}", band.name),
            (Some(_), true) => "target-inside".to_owned(),
            (Some(_), false) => "target-outside".to_owned(),
        };
        line = line.push(ui.chip(chip, icon, &ui.tr(&key)));
    }
    ui.touch_row(format!("reading-{}", reading.id), container(line).padding(8))
        .on_press(Message::Strike(reading.id))
        .into()
}

fn checkup<'a>(data: &'a Data, ui: Ui<'a>) -> Element<'a, Message> {
    let today = ui.clock.today();
    let items: Vec<_> = CHECKUP.items_of(today.year()).collect();
    let values = [("done", data.done.len().into()), ("all", items.len().into())];
    let mut title = ui.i18n.tr_with("health-checkup", &values);
    if data.done.len() >= items.len() {
        let day = next_on(today).to_string();
        title = format!("{title} · {}", ui.i18n.tr_with("health-next", &[("day", day.as_str().into())]));
    }
    let buttons = items.into_iter().map(|item| {
        let done = data.done.contains(&item.key);
        let (kind, icon) = if done { (Button::On, Icon::SquareCheck) } else { (Button::Plain, Icon::Square) };
        let message = Message::Item(item.key.as_str(), !done);
        ui.button(format!("item-{}", item.key)).label(&item.name).icon(icon).kind(kind).on_press(message)
    });
    let per_row = if ui.look.shape == Shape::Portrait { 2 } else { 4 };
    let title = ui.strong(title);
    ui.card(column![title, ui.buttons(buttons, per_row)].spacing(12))
}

fn consent<'a>(data: &'a Data, ui: Ui<'a>) -> Element<'a, Message> {
    let words = match &data.consent {
        None => ui.tr("health-consent-unasked"),
        Some(consent) => {
            let key = if consent.given { "health-consent-yes" } else { "health-consent-no" };
            let day = consent.decided_on.to_string();
            ui.i18n.tr_with(key, &[("day", day.as_str().into()), ("who", consent.witness.as_str().into())])
        }
    };
    let given = data.consent.as_ref().map(|consent| consent.given);
    let choices = vec![
        ("health-agree", ui.tr("health-agree"), given == Some(true), Message::Consent(true)),
        ("health-refuse", ui.tr("health-refuse"), given == Some(false), Message::Consent(false)),
    ];
    let title = ui.strong(ui.tr("health-consent"));
    let words = ui.muted(words);
    ui.card(column![title, words, ui.segments(choices, 2)].spacing(10))
}

fn appointments<'a>(data: &'a Data, ui: Ui<'a>) -> Element<'a, Message> {
    let mut lines = Column::new().spacing(8).push(ui.strong(ui.tr("health-appointments")));
    for appointment in data.appointments.iter().rev().take(SHOWN) {
        let at = appointment.starts_at.local(ui.clock.zone());
        let when = format!("{} {}", ui.i18n.day_line(at.date()), hour_minute(at.time()));
        let (chip, icon, key) = clinic::view::state(appointment.status);
        lines = lines.push(
            row![
                container(ui.body(when)).width(300),
                container(ui.strong(ui.name(&appointment.service))).width(Length::Fill),
                ui.chip(chip, icon, &ui.tr(key)),
            ]
            .spacing(12)
            .align_y(Vertical::Center),
        );
    }
    ui.card(lines)
}
