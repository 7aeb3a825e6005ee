//! Taking readings: five minutes of rest, two blood pressures, a third if they
//! differ; everything typed on a large keypad or sent by a device.

use std::time::Duration;

use iced::widget::{Column, Row, Space, column, container, row};
use iced::{Alignment, Length, Task};

use crate::domain::ids::{AppointmentId, CallId, ReadingId, ResidentId};
use crate::domain::resident::Resident;
use crate::domain::visit::Source;
use crate::domain::vitals::{
    CuffError, Guided, Implausible, Kind, Measured, Origin, REST_SECONDS, Reading, Timing, Value, guided,
};
use crate::error::Result;
use crate::health::LIMITS;
use crate::screens::resident::book::Wish;
use crate::screens::resident::page::Key;
use crate::screens::{Action, Ctx, Route};
use crate::theme::{Look, Role};
use crate::widgets::Element;
use crate::widgets::desk::{self, Kind as Button};
use crate::widgets::icon::Icon;

use super::frame::{self, Nav, Notice, Place};
use super::health::{kind_key, refusal_words, timing_key};

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Numbers are taken down.
    Taking,
    /// Saved; a high one for the first time: again another day?
    Recheck,
    /// Saved; staff are called. No number stands here.
    Critical,
}

/// Readings being taken.
#[derive(Debug)]
pub struct Measure {
    id: ResidentId,
    appointment: Option<AppointmentId>,
    resident: Option<Box<Resident>>,
    /// Whether they had a raised blood pressure before.
    raised_before: bool,
    kind: Kind,
    timing: Option<Timing>,
    typed: String,
    /// The systolic number, while the diastolic one is typed.
    systolic: Option<i32>,
    parts: Vec<Value>,
    origin: Origin,
    rest_since: Option<Duration>,
    rested: bool,
    taken: Vec<Reading>,
    stage: Stage,
    device_waits: bool,
    saving: bool,
    now: Duration,
    notice: Notice,
}

/// What happened here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Who it is, and whether a blood pressure was raised before.
    Loaded(Result<Option<(Box<Resident>, bool)>>),
    /// Another kind.
    Kind(Kind),
    /// When a glucose was taken.
    Timing(Timing),
    /// The rest begins.
    Rest,
    /// 已经休息好了
    Rested,
    /// A key of the pad.
    Key(Key),
    /// The point.
    Point,
    /// 记下
    Take,
    /// 重来
    Again,
    /// 用仪器
    Device,
    /// What the device sent.
    Measured(std::result::Result<Measured, CuffError>),
    /// 保存
    Save,
    /// It is on disk, or not.
    Saved(Result<()>),
    /// 约改天
    Recheck,
    /// 记到待联系
    RecheckList,
    /// Noted, or not.
    Noted(Result<()>),
    /// Back to their page.
    Done,
    /// The navigation.
    Nav(Nav),
}

impl Measure {
    /// Begins for one person.
    pub fn new(id: ResidentId, appointment: Option<AppointmentId>, cx: &Ctx) -> (Self, Task<Message>) {
        let now = cx.clock.monotonic();
        let measure = Self {
            id,
            appointment,
            resident: None,
            raised_before: false,
            kind: Kind::BloodPressure,
            timing: None,
            typed: String::new(),
            systolic: None,
            parts: vec![],
            origin: Origin::Typed,
            rest_since: None,
            rested: false,
            taken: vec![],
            stage: Stage::Taking,
            device_waits: false,
            saving: false,
            now,
            notice: None,
        };
        let since = cx.clock.now().plus_ms(-86_400_000 * 365);
        let read = cx.store.read(move |store| {
            let Some(resident) = store.resident(id)? else { return Ok(None) };
            let raised = store.readings_of(id, since)?.iter().any(|r| is_raised(r.kind, r.value));
            Ok(Some((Box::new(resident), raised)))
        });
        (measure, Task::perform(read, Message::Loaded))
    }

    /// Whether somebody sits and rests: the screen must not lock meanwhile.
    #[must_use]
    pub fn is_resting(&self) -> bool {
        self.rest_since.is_some()
    }

    /// Follows a message.
    pub fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Loaded(Ok(found)) => {
                if let Some((resident, raised)) = found {
                    (self.resident, self.raised_before) = (Some(resident), raised);
                }
            }
            Message::Kind(kind) => self.begin(kind),
            Message::Timing(timing) => self.timing = Some(timing),
            Message::Rest => self.rest_since = Some(cx.clock.monotonic()),
            Message::Rested => (self.rested, self.rest_since) = (true, None),
            Message::Key(key) => {
                key.apply(&mut self.typed, 5);
                self.notice = None;
            }
            Message::Point => {
                if self.kind.decimals() > 0 && !self.typed.is_empty() && !self.typed.contains('.') {
                    self.typed.push('.');
                }
            }
            Message::Take => self.take(cx),
            Message::Again => self.begin(self.kind),
            Message::Device => {
                self.device_waits = true;
                self.notice = Some(Ok(cx.tr("measure-device-waits")));
                return Action::Cuff;
            }
            Message::Measured(sent) => self.measured(sent, cx),
            Message::Save => return self.save(cx),
            Message::Saved(Ok(())) => return self.saved(),
            Message::Recheck => return self.recheck(),
            Message::RecheckList => {
                let (actor, id) = (cx.actor(), self.id);
                let write = cx.store.write(move |store| store.ask_recheck(actor, id));
                return Action::Run(Task::perform(write, Message::Noted));
            }
            Message::Noted(Ok(())) | Message::Done => return Action::Go(Route::Health(self.id)),
            Message::Nav(nav) => return nav.into(),
            Message::Loaded(Err(e)) | Message::Saved(Err(e)) | Message::Noted(Err(e)) => {
                self.saving = false;
                self.notice = Some(Err(e.to_string()));
            }
        }
        Action::None
    }

    fn begin(&mut self, kind: Kind) {
        self.kind = kind;
        self.typed.clear();
        self.parts.clear();
        (self.systolic, self.timing, self.notice) = (None, None, None);
        self.origin = Origin::Typed;
    }

    fn take(&mut self, cx: &Ctx) {
        let Some(number) = self.kind.parse(&self.typed) else {
            self.notice = Some(Err(cx.tr("measure-incomplete")));
            return;
        };
        let value = match (self.kind, self.systolic) {
            (Kind::BloodPressure, None) => {
                // Each number is believed or refused as soon as it is typed.
                let range = LIMITS.of(self.kind, None).map(|limits| limits.plausible);
                if range.is_some_and(|[low, high]| !(low..=high).contains(&number)) {
                    let [low, high] = range.unwrap_or_default();
                    self.refuse(Implausible::Range { low, high }, cx);
                } else {
                    self.systolic = Some(number);
                    self.typed.clear();
                    self.notice = None;
                }
                return;
            }
            (Kind::BloodPressure, Some(systolic)) => Value::pressure(systolic, number),
            _ => Value::one(number),
        };
        self.believe(value, cx);
    }

    fn believe(&mut self, value: Value, cx: &Ctx) {
        if let Err(why) = LIMITS.believe(self.kind, self.timing, value) {
            self.refuse(why, cx);
            return;
        }
        self.typed.clear();
        (self.systolic, self.notice) = (None, None);
        self.parts.push(value);
        let done = match self.kind {
            Kind::BloodPressure => match guided(&self.parts) {
                Guided::Average(average) => Some(average),
                Guided::Measure(_) => None,
            },
            _ => Some(value),
        };
        if let Some(value) = done {
            let parts = std::mem::take(&mut self.parts);
            let reading = self.reading(self.kind, value, parts, cx);
            self.keep(reading);
            (self.timing, self.origin) = (None, Origin::Typed);
        }
    }

    /// One reading a kind: taken again, it takes the place of the last.
    fn keep(&mut self, reading: Reading) {
        self.taken.retain(|other| other.kind != reading.kind || other.timing != reading.timing);
        self.taken.push(reading);
    }

    fn reading(&self, kind: Kind, value: Value, parts: Vec<Value>, cx: &Ctx) -> Reading {
        Reading {
            id: ReadingId::new(),
            resident_id: self.id,
            appointment_id: self.appointment,
            taken_at: cx.clock.now(),
            kind,
            timing: self.timing,
            value,
            parts,
            origin: self.origin,
            limits: LIMITS.version.clone(),
            taken_by: String::new(),
        }
    }

    fn refuse(&mut self, why: Implausible, cx: &Ctx) {
        self.typed.clear();
        if why == Implausible::Swapped {
            self.systolic = None;
        }
        self.notice = Some(Err(refusal_words(self.kind, why, cx)));
    }

    fn measured(&mut self, sent: std::result::Result<Measured, CuffError>, cx: &Ctx) {
        self.device_waits = false;
        match sent {
            Ok(Measured { pressure, pulse }) => {
                self.origin = Origin::Device;
                self.kind = Kind::BloodPressure;
                self.notice = None;
                self.believe(pressure, cx);
                let pulse = pulse.map(Value::one);
                if let Some(pulse) = pulse.filter(|p| LIMITS.believe(Kind::Pulse, None, *p).is_ok()) {
                    let reading = Reading { timing: None, ..self.reading(Kind::Pulse, pulse, vec![], cx) };
                    self.keep(reading);
                }
            }
            Err(error) => {
                let what = cx.tr(error.key());
                let values = [("what", what.as_str().into())];
                self.notice = Some(Err(cx.i18n.tr_with("measure-device-failed", &values)));
            }
        }
    }

    fn save(&mut self, cx: &Ctx) -> Action<Message> {
        if self.saving || self.taken.is_empty() {
            return Action::None;
        }
        self.saving = true;
        let (actor, taken) = (cx.actor(), self.taken.clone());
        let critical = taken.iter().any(|r| LIMITS.is_critical(r.kind, r.timing, r.value));
        if critical {
            self.stage = Stage::Critical;
        }
        let call = critical.then(CallId::new);
        let write = cx.store.write(move |store| store.add_readings(actor, &taken, call));
        Action::Run(Task::perform(write, Message::Saved))
    }

    fn saved(&mut self) -> Action<Message> {
        self.saving = false;
        if self.stage == Stage::Critical {
            return Action::Ring;
        }
        let raised = self.taken.iter().any(|r| is_raised(r.kind, r.value));
        if raised && !self.raised_before {
            self.stage = Stage::Recheck;
            return Action::None;
        }
        Action::Go(Route::Health(self.id))
    }

    fn recheck(&self) -> Action<Message> {
        self.resident.clone().map_or(Action::None, |resident| {
            Action::Go(Route::Book(Wish::health_check(resident, Source::Staff)))
        })
    }

    /// A second has passed.
    pub fn tick(&mut self, now: Duration, _cx: &Ctx) -> Action<Message> {
        self.now = now;
        if self.rest_since.is_some_and(|since| now.saturating_sub(since).as_secs() >= REST_SECONDS) {
            (self.rested, self.rest_since) = (true, None);
            return Action::Ring;
        }
        Action::None
    }

    /// Draws the screen.
    pub fn view<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let name = self
            .resident
            .as_ref()
            .map(|resident| format!("{}{}", resident.profile.name, resident.profile.called_by));
        let name = name.unwrap_or_default();
        let title = cx.i18n.tr_with("measure-title", &[("name", name.as_str().into())]);
        let content = match self.stage {
            Stage::Taking => self.taking(cx, look),
            Stage::Recheck => recheck_view(cx, look),
            Stage::Critical => kind_words(cx, look),
        };
        frame::frame(cx, look, Place::Clinic, &title, content, Message::Nav)
    }

    fn taking<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let p = look.palette;
        let kinds = Kind::ALL.iter().map(|kind| {
            let key = kind_key(*kind);
            let done = if self.taken.iter().any(|r| r.kind == *kind) { " ✓" } else { "" };
            (key, format!("{}{done}", cx.tr(key)), self.kind == *kind, Message::Kind(*kind))
        });
        let mut lines = Column::new().spacing(14).push(frame::segments(kinds.collect(), 4, look));
        if self.kind == Kind::Glucose {
            let timings = Timing::ALL.iter().map(|timing| {
                let key = timing_key(*timing);
                (key, cx.tr(key), self.timing == Some(*timing), Message::Timing(*timing))
            });
            lines = lines
                .push(desk::tinted(cx.tr("measure-timing"), Role::StaffBody, p.muted, look))
                .push(frame::segments(timings.collect(), 3, look));
        }
        if let Some(strip) = frame::notice_strip(&self.notice, look) {
            lines = lines.push(strip);
        }
        if self.kind == Kind::BloodPressure && !self.rested && self.parts.is_empty() {
            lines = lines.push(self.rest(cx, look));
        }
        lines = lines.push(self.asked(cx, look)).push(self.pad(cx, look)).push(self.taken_list(cx, look));
        let (again, save, back) = (cx.tr("measure-again"), cx.tr("measure-save"), cx.tr("back"));
        let ready = !self.taken.is_empty() && !self.saving;
        let kind = if ready { Button::Main } else { Button::Plain };
        let press = ready.then_some(Message::Save);
        let buttons = vec![
            desk::button("back", &back, Some(Icon::ArrowLeft), Button::Plain, Some(Message::Done), look),
            desk::button("again", &again, Some(Icon::RotateCw), Button::Plain, Some(Message::Again), look),
            desk::button("save", &save, Some(Icon::Save), kind, press, look),
        ];
        column![desk::scroll(lines), desk::buttons(buttons, 3)].spacing(12).into()
    }

    fn rest<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let p = look.palette;
        let words = match self.rest_since {
            None => cx.tr("measure-rest-title"),
            Some(since) => {
                let left = REST_SECONDS.saturating_sub(self.now.saturating_sub(since).as_secs());
                let time = format!("{}:{:02}", left / 60, left % 60);
                cx.i18n.tr_with("measure-rest-left", &[("time", time.as_str().into())])
            }
        };
        let sub = desk::tinted(cx.tr("measure-rest-sub"), Role::StaffBody, p.muted, look);
        let (begin, over) = (cx.tr("measure-rest"), cx.tr("measure-rested"));
        let mut buttons = Vec::new();
        if self.rest_since.is_none() {
            let press = Some(Message::Rest);
            buttons.push(desk::button("rest", &begin, Some(Icon::Hourglass), Button::Main, press, look));
        }
        let press = Some(Message::Rested);
        buttons.push(desk::button("rested", &over, Some(Icon::Check), Button::Plain, press, look));
        let picture = container(crate::widgets::parts::drawn("old-woman")).width(120).height(120);
        let about = row![picture, column![desk::words(words, Role::StaffTitle, look), sub].spacing(6)]
            .spacing(20)
            .align_y(Alignment::Center);
        desk::card(column![about, desk::buttons(buttons, 2)].spacing(12), look)
    }

    /// What is to be typed now, and what has been.
    fn asked<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let p = look.palette;
        let ask = match (self.kind, self.systolic) {
            (Kind::BloodPressure, None) => cx.tr("measure-systolic"),
            (Kind::BloodPressure, Some(_)) => cx.tr("measure-diastolic"),
            (kind, _) => cx.tr(kind_key(kind)),
        };
        let ask = match (self.kind, guided(&self.parts)) {
            (Kind::BloodPressure, Guided::Measure(3)) => format!("{} · {ask}", cx.tr("measure-third")),
            (Kind::BloodPressure, Guided::Measure(number)) => {
                format!("{} · {ask}", cx.i18n.tr_with("measure-first", &[("number", number.into())]))
            }
            _ => ask,
        };
        let before: Vec<String> = self.parts.iter().map(|part| part.words(self.kind)).collect();
        let typed = match self.systolic {
            Some(systolic) => format!("{systolic}/{}", self.typed),
            None => self.typed.clone(),
        };
        let typed = if typed.is_empty() { "—".to_owned() } else { typed };
        let numbers = row![
            container(desk::words(typed, Role::StaffNumber, look)).width(Length::Fill),
            desk::tinted(self.kind.unit(), Role::StaffName, p.muted, look),
        ]
        .align_y(Alignment::Center);
        let mut lines = column![desk::tinted(ask, Role::StaffName, p.green, look), numbers].spacing(6);
        if !before.is_empty() {
            lines = lines.push(desk::tinted(before.join("   "), Role::StaffName, p.muted, look));
        }
        desk::card(lines, look)
    }

    fn pad<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let key = |symbol: char| -> Element<'a, Message> {
            let (label, icon, message) = match symbol {
                '<' => (String::new(), Some(Icon::Delete), Message::Key(Key::Back)),
                '.' => (".".to_owned(), None, Message::Point),
                digit => (digit.to_string(), None, Message::Key(Key::Digit(digit))),
            };
            let press = (symbol != '.' || self.kind.decimals() > 0).then_some(message);
            let button = desk::button(&format!("key:{symbol}"), &label, icon, Button::Plain, press, look);
            desk::sized(button, Length::Fill, 92.0)
        };
        let mut lines = Column::new().spacing(10);
        for line in ["123", "456", "789", ".0<"] {
            lines = lines.push(Row::with_children(line.chars().map(key)).spacing(10));
        }
        let take = cx.tr("measure-take");
        let ready = !self.typed.is_empty();
        let kind = if ready { Button::Main } else { Button::Plain };
        let press = ready.then_some(Message::Take);
        let mut buttons = vec![desk::button("take", &take, Some(Icon::Check), kind, press, look)];
        if !cx.config.devices.blood_pressure.is_empty() {
            let label = cx.tr("measure-device");
            let press = (!self.device_waits).then_some(Message::Device);
            buttons.push(desk::button("device", &label, Some(Icon::HeartPulse), Button::Plain, press, look));
        }
        let per_row = buttons.len();
        lines.push(desk::buttons(buttons, per_row)).into()
    }

    fn taken_list<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        if self.taken.is_empty() {
            return Space::new().into();
        }
        let mut lines = Column::new().spacing(6);
        for reading in &self.taken {
            let value = format!("{} {}", reading.value.words(reading.kind), reading.kind.unit());
            let words = if reading.parts.len() > 1 {
                cx.i18n.tr_with("measure-average", &[("value", value.as_str().into())])
            } else {
                value
            };
            let timing = reading.timing.map(|t| format!(" {}", cx.tr(timing_key(t)))).unwrap_or_default();
            lines = lines.push(desk::words(
                format!("{}{timing}   {words}", cx.tr(kind_key(reading.kind))),
                Role::StaffName,
                look,
            ));
        }
        let hint = desk::tinted(cx.tr("measure-not-diagnosis"), Role::StaffBody, look.palette.muted, look);
        desk::card(lines.push(hint), look)
    }
}

/// Whether a blood pressure lies in a raised band.
fn is_raised(kind: Kind, value: Value) -> bool {
    kind == Kind::BloodPressure
        && LIMITS.band(kind, None, value).is_some_and(|band| band.name.starts_with("raised"))
}

fn recheck_view(cx: &Ctx, look: Look) -> Element<'_, Message> {
    let button = |key: &str, icon, kind, message| {
        let label = cx.tr(key);
        desk::button(key, &label, Some(icon), kind, Some(message), look)
    };
    let buttons = vec![
        button("measure-recheck-yes", Icon::CalendarPlus, Button::Main, Message::Recheck),
        button("measure-recheck-list", Icon::Phone, Button::Plain, Message::RecheckList),
        button("cancel-form", Icon::X, Button::Plain, Message::Done),
    ];
    let words = desk::words(cx.tr("measure-recheck"), Role::StaffTitle, look);
    desk::card(column![words, desk::buttons(buttons, 3)].spacing(20), look)
}

/// What the resident may read: no number, nothing to fear.
fn kind_words(cx: &Ctx, look: Look) -> Element<'_, Message> {
    let label = cx.tr("measure-kind-done");
    let done = desk::button("done", &label, Some(Icon::Check), Button::Main, Some(Message::Done), look);
    let words = column![
        container(crate::widgets::parts::drawn("teapot")).width(260).height(260),
        desk::words(cx.tr("kind-title"), Role::StaffNumber, look),
        desk::words(cx.tr("kind-sub"), Role::StaffTitle, look),
        desk::sized(done, 420.0, 108.0),
    ]
    .spacing(30)
    .align_x(Alignment::Center);
    desk::middle(words)
}
