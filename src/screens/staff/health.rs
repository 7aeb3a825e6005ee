//! One person's health page: trend, readings, target, check-up, consent.

use chrono::{Datelike, Days};
use iced::alignment::Vertical;
use iced::widget::{Column, Row, column, container, row};
use iced::{Length, Task};

use crate::domain::appointment::Appointment;
use crate::domain::checkup::next_on;
use crate::domain::consent::Consent;
use crate::domain::ids::{ReadingId, ResidentId};
use crate::domain::resident::Resident;
use crate::domain::time::{Moment, hour_minute};
use crate::domain::vitals::{Implausible, Kind, Origin, Reading, Target, Timing, Value, bmi};
use crate::error::Result;
use crate::health::{CHECKUP, LIMITS};
use crate::screens::{Action, Ctx, Route};
use crate::theme::{Look, Role, Shape};
use crate::widgets::Element;
use crate::widgets::chart::{self, Chart, Mark, Series};
use crate::widgets::desk::{self, Chip, Kind as Button};
use crate::widgets::icon::Icon;

use super::clinic;
use super::frame::{self, Nav, Notice, Place};

/// Everything of one person.
#[derive(Debug, Clone)]
pub struct Data {
    resident: Resident,
    readings: Vec<Reading>,
    targets: Vec<Target>,
    done: Vec<String>,
    consent: Option<Consent>,
    appointments: Vec<Appointment>,
}

/// The page.
#[derive(Debug)]
pub struct Health {
    id: ResidentId,
    data: Option<Box<Data>>,
    kind: Kind,
    striking: Option<ReadingId>,
    /// What the open reading should be, as typed; empty strikes it out.
    fixed: String,
    target: Option<TargetForm>,
    notice: Notice,
}

/// A target being set.
#[derive(Debug, Clone)]
struct TargetForm {
    range: [i32; 2],
    range_second: Option<[i32; 2]>,
    who: String,
}

/// What happened here.
#[derive(Debug, Clone)]
pub enum Message {
    /// It came.
    Loaded(Result<Option<Box<Data>>>),
    /// Another kind.
    Kind(Kind),
    /// 量一次
    Measure,
    /// A reading was tapped.
    Strike(ReadingId),
    /// What it should be.
    Fixed(String),
    /// It was that, or none, because.
    StrikeBecause(&'static str),
    /// 定目标, or not.
    Targeting(bool),
    /// An end of the range, by so much.
    Bound(usize, i32),
    /// Who set it.
    Who(String),
    /// Save it.
    TargetSave,
    /// An item of the check-up.
    Item(&'static str, bool),
    /// 同意, 不同意
    Consent(bool),
    /// It is written, or not.
    Saved(Result<()>),
    /// Their file.
    File,
    /// 返回
    Back,
    /// The navigation.
    Nav(Nav),
}

/// A year and a half of readings.
const DAYS: u64 = 548;
const SHOWN: usize = 12;

/// Key of a kind's words.
pub(super) fn kind_key(kind: Kind) -> &'static str {
    match kind {
        Kind::BloodPressure => "kind-blood-pressure",
        Kind::Pulse => "kind-pulse",
        Kind::Glucose => "kind-glucose",
        Kind::OxygenSaturation => "kind-oxygen-saturation",
        Kind::Temperature => "kind-temperature",
        Kind::Height => "kind-height",
        Kind::Weight => "kind-weight",
        Kind::Waist => "kind-waist",
    }
}

/// Key of a timing's words.
pub(super) fn timing_key(timing: Timing) -> &'static str {
    match timing {
        Timing::Fasting => "timing-fasting",
        Timing::AfterMeal => "timing-after-meal",
        Timing::Random => "timing-random",
    }
}

impl Health {
    /// Loads one person.
    pub fn new(id: ResidentId, cx: &Ctx) -> (Self, Task<Message>) {
        let health = Self {
            id,
            data: None,
            kind: Kind::BloodPressure,
            striking: None,
            fixed: String::new(),
            target: None,
            notice: None,
        };
        let load = health.load(cx);
        (health, load)
    }

    fn load(&self, cx: &Ctx) -> Task<Message> {
        let id = self.id;
        let today = cx.clock.today();
        let since = cx.clock.now().plus_ms(-86_400_000 * i64::try_from(DAYS).unwrap_or(548));
        let from = today.checked_sub_days(Days::new(60)).unwrap_or(today);
        let read = cx.store.read(move |store| {
            let Some(resident) = store.resident(id)? else { return Ok(None) };
            Ok(Some(Box::new(Data {
                resident,
                readings: store.readings_of(id, since)?,
                targets: store.targets_of(id)?,
                done: store.checkup_done(id, today.year())?,
                consent: store.consent_of(id)?,
                appointments: store.appointments_of(id, from)?,
            })))
        });
        Task::perform(read, Message::Loaded)
    }

    fn target_of(&self, kind: Kind) -> Option<&Target> {
        self.data.as_ref()?.targets.iter().find(|target| target.kind == kind)
    }

    /// Follows a message.
    pub fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        let (actor, id) = (cx.actor(), self.id);
        match message {
            Message::Loaded(Ok(data)) => self.data = data,
            Message::Kind(kind) => (self.kind, self.striking, self.target) = (kind, None, None),
            Message::Measure => return Action::Go(Route::Measure(self.id, None)),
            Message::Strike(reading) => {
                self.striking = if self.striking == Some(reading) { None } else { Some(reading) };
                self.fixed.clear();
            }
            Message::Fixed(text) => self.fixed = text,
            Message::StrikeBecause(key) => return self.correct(key, cx),
            Message::Targeting(open) => self.target = open.then(|| self.target_form()).flatten(),
            Message::Bound(at, by) => self.bound(at, by),
            Message::Who(who) => {
                if let Some(form) = &mut self.target {
                    form.who = who;
                }
            }
            Message::TargetSave => {
                let Some(form) = self.target.take() else { return Action::None };
                let target = Target {
                    kind: self.kind,
                    range: form.range,
                    range_second: form.range_second,
                    set_by: form.who,
                    set_on: cx.clock.today(),
                };
                let write = cx.store.write(move |store| store.set_target(actor, id, &target));
                return Action::Run(Task::perform(write, Message::Saved));
            }
            Message::Item(item, done) => {
                let write = cx.store.write(move |store| store.set_checkup_item(actor, id, item, done));
                return Action::Run(Task::perform(write, Message::Saved));
            }
            Message::Consent(given) => {
                let witness = cx.staff.as_ref().map(|staff| staff.name.clone()).unwrap_or_default();
                let consent = Consent { given, decided_on: cx.clock.today(), witness };
                let write = cx.store.write(move |store| store.decide_consent(actor, id, &consent));
                return Action::Run(Task::perform(write, Message::Saved));
            }
            Message::Saved(Ok(())) => {
                self.notice = None;
                return Action::Run(self.load(cx));
            }
            Message::Loaded(Err(e)) | Message::Saved(Err(e)) => self.notice = Some(Err(e.to_string())),
            Message::File => return Action::Go(Route::Person(Some(self.id))),
            Message::Back => return Action::Go(Route::Clinic),
            Message::Nav(nav) => return nav.into(),
        }
        Action::None
    }

    /// Puts what was typed in place of the open reading, or strikes it out.
    fn correct(&mut self, key: &str, cx: &Ctx) -> Action<Message> {
        let Some(old) = self.striking else { return Action::None };
        let found = self.data.iter().flat_map(|data| &data.readings).find(|reading| reading.id == old);
        let Some(reading) = found.cloned() else { return Action::None };
        let (actor, why) = (cx.actor(), cx.tr(key));
        let write = if self.fixed.trim().is_empty() {
            cx.store.write(move |store| store.strike_out_reading(actor, old, &why))
        } else {
            let Some(value) = value_of(reading.kind, &self.fixed) else {
                self.notice = Some(Err(cx.tr("measure-incomplete")));
                return Action::None;
            };
            if let Err(why) = LIMITS.believe(reading.kind, reading.timing, value) {
                self.notice = Some(Err(refusal_words(reading.kind, why, cx)));
                return Action::None;
            }
            let fresh = Reading {
                id: ReadingId::new(),
                value,
                parts: vec![],
                origin: Origin::Typed,
                limits: LIMITS.version.clone(),
                ..reading
            };
            cx.store.write(move |store| store.correct_reading(actor, old, &fresh, &why))
        };
        self.striking = None;
        Action::Run(Task::perform(write, Message::Saved))
    }

    /// The target that holds, or the usual range, to begin with.
    fn target_form(&self) -> Option<TargetForm> {
        if let Some(target) = self.target_of(self.kind) {
            let (range, range_second, who) = (target.range, target.range_second, target.set_by.clone());
            return Some(TargetForm { range, range_second, who });
        }
        let limits = LIMITS.of(self.kind, None)?;
        Some(TargetForm { range: limits.usual?, range_second: limits.usual_second, who: String::new() })
    }

    fn bound(&mut self, at: usize, by: i32) {
        let Some(form) = &mut self.target else { return };
        let second = form.range_second.as_mut();
        match (at, second) {
            (0 | 1, _) => form.range[at] += by,
            (2 | 3, Some(range)) => range[at - 2] += by,
            _ => {}
        }
    }

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
        let name = format!("{}{}", profile.name, profile.called_by);
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
        container(desk::person(&profile.picture, &profile.name, &profile.called_by, &profile.yard, look))
            .width(Length::Fill),
        act("back", Icon::ArrowLeft, Button::Plain, Message::Back),
        act("board-file", Icon::FileText, Button::Plain, Message::File),
        act("health-measure", Icon::HeartPulse, Button::Main, Message::Measure),
    ]
    .spacing(12)
    .align_y(Vertical::Center)
    .into()
}

/// `128/76` or `6.1` as a value of a kind.
fn value_of(kind: Kind, typed: &str) -> Option<Value> {
    match (kind, typed.trim().split_once('/')) {
        (Kind::BloodPressure, Some((first, second))) => {
            Some(Value::pressure(kind.parse(first.trim())?, kind.parse(second.trim())?))
        }
        (Kind::BloodPressure, None) | (_, Some(_)) => None,
        (_, None) => kind.parse(typed.trim()).map(Value::one),
    }
}

/// Why a value is not believed, in words.
pub(super) fn refusal_words(kind: Kind, why: Implausible, cx: &Ctx) -> String {
    match why {
        Implausible::Range { low, high } => {
            let (low, high) = (kind.words(low), kind.words(high));
            let values = [("low", low.as_str().into()), ("high", high.as_str().into())];
            cx.i18n.tr_with("measure-wrong", &values)
        }
        Implausible::Swapped => cx.tr("measure-swapped"),
        Implausible::Incomplete => cx.tr("measure-timing"),
    }
}

fn range_words(range: [i32; 2], second: Option<[i32; 2]>, kind: Kind) -> String {
    let words = |[low, high]: [i32; 2]| format!("{}–{}", kind.words(low), kind.words(high));
    match second {
        Some(second) => format!("{} / {}", words(range), words(second)),
        None => words(range),
    }
}

/// The picture of a kind's readings over the person's own band.
pub(super) fn trend(readings: &[&Reading], kind: Kind, target: Option<&Target>, cx: &Ctx) -> Chart {
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
    let touch = desk::touch_row(
        &format!("reading-{}", reading.id),
        container(line).padding(8).into(),
        false,
        Some(Message::Strike(reading.id)),
        look,
    );
    desk::sized(touch, Length::Fill, desk::ROW)
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
        let (chip, icon, key) = clinic::state(appointment.status);
        lines = lines.push(
            row![
                container(desk::words(when, Role::StaffBody, look)).width(300),
                container(desk::words(appointment.service.as_str(), Role::StaffName, look))
                    .width(Length::Fill),
                desk::chip(chip, icon, &cx.tr(key), look),
            ]
            .spacing(12)
            .align_y(Vertical::Center),
        );
    }
    desk::card(lines, look)
}
