//! How a person's health page is drawn.

use chrono::Datelike;
use daycare_core::checkup::next_on;
use daycare_core::time::{Moment, hour_minute};
use daycare_core::vitals::{Kind, Reading, Target, bmi};
use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{Column, Row, column, container, row};

use super::super::clinic;
use super::super::frame::{self, Place};
use super::{Data, Health, Message, TargetForm, kind_key, timing_key};
use crate::health::{CHECKUP, LIMITS};
use crate::ui::screens::Ctx;
use crate::ui::theme::{Look, Role, Shape};
use crate::ui::widgets::Element;
use crate::ui::widgets::chart::{self, Chart, Mark, Series};
use crate::ui::widgets::desk::{self, Chip, Kind as Button};
use crate::ui::widgets::icon::Icon;

/// Readings and appointments in the lists.
const SHOWN: usize = 12;

impl Health {
    /// Draws the screen.
    pub fn view<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let mut lines = Column::new().spacing(14);
        if let Some(strip) = frame::notice_strip(&self.notice, look) {
            lines = lines.push(strip);
        }
        let Some(data) = &self.data else {
            return frame::frame(cx, look, Place::Clinic, "", lines.into(), Message::Nav);
        };
        let profile = &data.resident.profile;
        let name = cx.addressed(&profile.name, &profile.called_by);
        let kinds = Kind::ALL.iter().map(|kind| {
            let key = kind_key(*kind);
            (key, cx.tr(key), self.kind == *kind, Message::Kind(*kind))
        });
        let mut body = Column::new().spacing(16).push(head(data, cx, look));
        body = body.push(frame::segments(
            kinds.collect(),
            if look.shape == Shape::Portrait { 4 } else { 8 },
            look,
        ));
        body = body.push(self.trend(data, cx, look));
        if let Some(form) = &self.target {
            body = body.push(self.target_view(form, cx, look));
        }
        body = body
            .push(self.readings(data, cx, look))
            .push(checkup(data, cx, look))
            .push(consent(data, cx, look))
            .push(appointments(data, cx, look));
        lines = lines.push(desk::scroll(body));
        let title = cx.i18n.tr_with("health-title", &[("name", name.as_str().into())]);
        frame::frame(cx, look, Place::Clinic, &title, lines.into(), Message::Nav)
    }

    fn trend<'a>(&'a self, data: &'a Data, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let p = look.palette;
        let of_kind: Vec<&Reading> = data.readings.iter().filter(|r| r.kind == self.kind).collect();
        let mut lines = Column::new().spacing(8);
        if of_kind.is_empty() {
            return desk::card(desk::middle(desk::words(cx.tr("health-none"), Role::StaffName, look)), look);
        }
        let picture = trend(&of_kind, self.kind, self.target_of(self.kind), cx);
        let width = if look.shape == Shape::Portrait { 850.0 } else { 1500.0 };
        let height = if self.kind == Kind::BloodPressure { 460.0 } else { 340.0 };
        let drawn = container(chart::chart(&picture, width, height, look)).width(width).height(height);
        lines = lines.push(drawn);
        let words = match self.target_of(self.kind) {
            Some(target) => {
                let range = range_words(target.range, target.range_second, self.kind);
                let day = target.set_on.to_string();
                cx.i18n.tr_with(
                    "health-target-of",
                    &[
                        ("range", range.as_str().into()),
                        ("who", target.set_by.as_str().into()),
                        ("day", day.as_str().into()),
                    ],
                )
            }
            None => cx.tr("health-no-target"),
        };
        let label = cx.tr("health-set-target");
        let open = Message::Targeting(self.target.is_none());
        let usual = LIMITS.of(self.kind, None).is_some_and(|limits| limits.usual.is_some());
        let mut line = Row::new()
            .spacing(12)
            .align_y(Vertical::Center)
            .push(container(desk::words(words, Role::StaffBody, look)).width(Length::Fill));
        if usual {
            let button =
                desk::button("set-target", &label, Some(Icon::Pencil), Button::Plain, Some(open), look);
            line = line.push(desk::sized(button, 190.0, desk::CONTROL));
        }
        lines = lines.push(line);
        if let Some(limits) = LIMITS.of(self.kind, of_kind.last().and_then(|r| r.timing)) {
            let values =
                [("source", limits.source.as_str().into()), ("version", LIMITS.version.as_str().into())];
            let source = cx.i18n.tr_with("health-source", &values);
            lines = lines.push(desk::tinted(source, Role::StaffBody, p.muted, look));
        }
        desk::card(lines, look)
    }

    fn target_view<'a>(&'a self, form: &'a TargetForm, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let p = look.palette;
        let step = if self.kind.decimals() == 0 { 5 } else { 1 };
        let bound = |at: usize, value: i32| {
            let name = format!("bound-{at}");
            let words = self.kind.words(value);
            container(desk::stepper(&name, &words, Message::Bound(at, -step), Message::Bound(at, step), look))
                .width(Length::Fill)
        };
        let mut lines = Column::new().spacing(12);
        let label = |key: &str| desk::tinted(cx.tr(key), Role::StaffBody, p.muted, look);
        if form.range_second.is_some() {
            lines = lines.push(label("measure-systolic"));
        }
        lines = lines.push(row![bound(0, form.range[0]), bound(1, form.range[1])].spacing(14));
        if let Some(range) = form.range_second {
            lines = lines
                .push(label("measure-diastolic"))
                .push(row![bound(2, range[0]), bound(3, range[1])].spacing(14));
        }
        let who = cx.tr("health-target-who");
        lines = lines.push(desk::field(&who, &form.who, Message::Who, look));
        let (save, cancel) = (cx.tr("form-save"), cx.tr("cancel-form"));
        let ready = !form.who.trim().is_empty();
        let kind = if ready { Button::Main } else { Button::Plain };
        let press = ready.then_some(Message::TargetSave);
        let buttons = vec![
            desk::button(
                "target-cancel",
                &cancel,
                None,
                Button::Plain,
                Some(Message::Targeting(false)),
                look,
            ),
            desk::button("target-save", &save, Some(Icon::Save), kind, press, look),
        ];
        desk::ground(lines.push(desk::buttons(buttons, 2)), p.sunk, p.green, 3.0, look)
    }

    fn readings<'a>(&'a self, data: &'a Data, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let p = look.palette;
        let of_kind = data.readings.iter().rev().filter(|r| r.kind == self.kind).take(SHOWN);
        let mut lines = Column::new();
        let weight = data.readings.iter().rev().find(|r| r.kind == Kind::Weight);
        let height = data.readings.iter().rev().find(|r| r.kind == Kind::Height);
        if let (Kind::Weight | Kind::Height, Some(weight), Some(height)) = (self.kind, weight, height)
            && let Some(index) = bmi(weight.value.first, height.value.first)
        {
            let words = format!("{} {}.{} kg/m²", cx.tr("kind-bmi"), index / 10, index % 10);
            lines = lines.push(container(desk::words(words, Role::StaffName, look)).padding([8, 4]));
        }
        for reading in of_kind {
            lines = lines.push(reading_row(reading, self.target_of(self.kind), cx, look));
            if self.striking == Some(reading.id) {
                let reason = |key: &'static str| {
                    let label = cx.tr(key);
                    let message = Message::StrikeBecause(key);
                    desk::button(key, &label, Some(Icon::Trash2), Button::Plain, Some(message), look)
                };
                let reasons = ["reason-mistaken", "reason-wrong-tap"].map(reason);
                let title = desk::tinted(cx.tr("health-strike"), Role::StaffBody, p.muted, look);
                let label = cx.tr("health-fixed");
                let field = desk::field(&label, &self.fixed, Message::Fixed, look);
                let form = column![field, title, desk::buttons(reasons.into(), 2)].spacing(10);
                lines = lines.push(desk::ground(form, p.sunk, p.green, 3.0, look));
            }
            lines = lines.push(desk::divider(look));
        }
        lines.into()
    }
}

fn head<'a>(data: &'a Data, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let profile = &data.resident.profile;
    let act = |key: &'static str, icon, kind, message| {
        let label = cx.tr(key);
        desk::sized(desk::button(key, &label, Some(icon), kind, Some(message), look), 190.0, desk::CONTROL)
    };
    row![
        container(desk::person(
            &profile.picture,
            &profile.name,
            &cx.called(&profile.called_by),
            &profile.yard,
            look
        ))
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

/// The picture of a kind's readings over the person's own band.
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
        // Words that would touch are left out; the last one always stands.
        if times.last().is_none_or(|(last, _)| at - last > span / 7.0) {
            times.push((at, words));
        }
    }
    let words = if kind.decimals() == 0 { |v: f32| format!("{v:.0}") } else { |v: f32| format!("{v:.1}") };
    Chart { series, times, words, gap_days: 45.0 }
}

fn reading_row<'a>(
    reading: &'a Reading,
    target: Option<&Target>,
    cx: &'a Ctx,
    look: Look,
) -> Element<'a, Message> {
    let p = look.palette;
    let at = reading.taken_at.local(cx.clock.zone());
    let day = if at.date().year() == cx.clock.today().year() {
        cx.i18n.month_day(at.date())
    } else {
        at.date().to_string()
    };
    let mut below = vec![format!("{day} {}", hour_minute(at.time()))];
    if let Some(timing) = reading.timing {
        below.push(cx.tr(timing_key(timing)));
    }
    if reading.parts.len() > 1 {
        let parts: Vec<String> = reading.parts.iter().map(|part| part.words(reading.kind)).collect();
        below.push(cx.i18n.tr_with("health-parts", &[("parts", parts.join("、").as_str().into())]));
    }
    if !reading.taken_by.is_empty() {
        below.push(cx.i18n.tr_with("health-by", &[("who", reading.taken_by.as_str().into())]));
    }
    let value = format!("{} {}", reading.value.words(reading.kind), reading.kind.unit());
    let mut line = Row::new()
        .spacing(14)
        .align_y(Vertical::Center)
        .push(container(desk::words(value, Role::StaffTitle, look)).width(280))
        .push(container(desk::tinted(below.join(" · "), Role::StaffBody, p.muted, look)).width(Length::Fill));
    let band = LIMITS.band(reading.kind, reading.timing, reading.value);
    if let Some(band) = band {
        let inside = target.map_or(band.name == "normal", |target| target.holds(reading.value));
        let (chip, icon) =
            if inside { (Chip::Now, Icon::Check) } else { (Chip::Incomplete, Icon::TriangleAlert) };
        // Where a doctor has set a target, only that is judged.
        let key = match (target, inside) {
            (None, _) => format!("band-{}", band.name),
            (Some(_), true) => "target-inside".to_owned(),
            (Some(_), false) => "target-outside".to_owned(),
        };
        line = line.push(desk::chip(chip, icon, &cx.tr(&key), look));
    }
    desk::touch_row(
        &format!("reading-{}", reading.id),
        container(line).padding(8).into(),
        false,
        Some(Message::Strike(reading.id)),
        desk::ROW,
        look,
    )
}

fn checkup<'a>(data: &'a Data, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let today = cx.clock.today();
    let items: Vec<_> = CHECKUP.items_of(today.year()).collect();
    let values = [("done", data.done.len().into()), ("all", items.len().into())];
    let mut title = cx.i18n.tr_with("health-checkup", &values);
    if data.done.len() >= items.len() {
        let day = next_on(today).to_string();
        title = format!("{title} · {}", cx.i18n.tr_with("health-next", &[("day", day.as_str().into())]));
    }
    let buttons = items.into_iter().map(|item| {
        let done = data.done.contains(&item.key);
        let (kind, icon) = if done { (Button::On, Icon::SquareCheck) } else { (Button::Plain, Icon::Square) };
        let message = Message::Item(item.key.as_str(), !done);
        desk::button(&format!("item-{}", item.key), &item.name, Some(icon), kind, Some(message), look)
    });
    let per_row = if look.shape == Shape::Portrait { 2 } else { 4 };
    let title = desk::words(title, Role::StaffName, look);
    desk::card(column![title, desk::buttons(buttons.collect(), per_row)].spacing(12), look)
}

fn consent<'a>(data: &'a Data, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let words = match &data.consent {
        None => cx.tr("health-consent-unasked"),
        Some(consent) => {
            let key = if consent.given { "health-consent-yes" } else { "health-consent-no" };
            let day = consent.decided_on.to_string();
            cx.i18n.tr_with(key, &[("day", day.as_str().into()), ("who", consent.witness.as_str().into())])
        }
    };
    let given = data.consent.as_ref().map(|consent| consent.given);
    let choices = vec![
        ("health-agree", cx.tr("health-agree"), given == Some(true), Message::Consent(true)),
        ("health-refuse", cx.tr("health-refuse"), given == Some(false), Message::Consent(false)),
    ];
    let title = desk::words(cx.tr("health-consent"), Role::StaffName, look);
    let words = desk::tinted(words, Role::StaffBody, look.palette.muted, look);
    desk::card(column![title, words, frame::segments(choices, 2, look)].spacing(10), look)
}

fn appointments<'a>(data: &'a Data, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let mut lines =
        Column::new().spacing(8).push(desk::words(cx.tr("health-appointments"), Role::StaffName, look));
    for appointment in data.appointments.iter().rev().take(SHOWN) {
        let at = appointment.starts_at.local(cx.clock.zone());
        let when = format!("{} {}", cx.i18n.day_line(at.date()), hour_minute(at.time()));
        let (chip, icon, key) = clinic::view::state(appointment.status);
        lines = lines.push(
            row![
                container(desk::words(when, Role::StaffBody, look)).width(300),
                container(desk::words(cx.name(&appointment.service), Role::StaffName, look))
                    .width(Length::Fill),
                desk::chip(chip, icon, &cx.tr(key), look),
            ]
            .spacing(12)
            .align_y(Vertical::Center),
        );
    }
    desk::card(lines, look)
}
