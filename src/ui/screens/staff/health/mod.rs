//! One person's health page: trend, readings, target, check-up, consent.

mod view;

use chrono::{Datelike, Days};
use daycare_core::appointment::Appointment;
use daycare_core::consent::{Consent, Purpose};
use daycare_core::ids::{ReadingId, ResidentId};
use daycare_core::resident::Resident;
use daycare_core::vitals::{Implausible, Kind, Origin, Reading, Target, Timing, Value};
use iced::Task;
use iced::keyboard::Modifiers;
use iced::keyboard::key::Named;

use super::frame::Nav;
use crate::error::Result;
use crate::health::LIMITS;
use crate::ui::screens::staff::kit::Feedback;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::screens::{Action, Ctx, Route, Screen, Side};
use crate::ui::theme::Shape;
use crate::ui::widgets::Element;
use crate::ui::widgets::root::KeyInput;

/// One person's health data.
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
    /// The corrected value as typed; empty strikes the reading out.
    fixed: String,
    target: Option<TargetForm>,
    notice: Feedback,
}

/// The form for a target range.
#[derive(Debug, Clone)]
struct TargetForm {
    range: [i32; 2],
    range_second: Option<[i32; 2]>,
    who: String,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// The data were loaded; `None` if the person no longer exists.
    Loaded(Result<Option<Box<Data>>>),
    /// Another kind of reading was chosen.
    Kind(Kind),
    /// 量一次
    Measure,
    /// A reading was tapped.
    Strike(ReadingId),
    /// The corrected value was typed.
    Fixed(String),
    /// Save the correction, or strike the reading out, with this reason.
    StrikeBecause(&'static str),
    /// 定目标: the form was opened or closed.
    Targeting(bool),
    /// Move the limit with this index by this much.
    Bound(usize, i32),
    /// Who set the target was typed.
    Who(String),
    /// Save the target.
    TargetSave,
    /// A check-up item was ticked or unticked.
    Item(&'static str, bool),
    /// 同意, 不同意
    Consent(bool),
    /// The result of saving.
    Saved(Result<()>),
    /// Open the person's file.
    File,
    /// 返回
    Back,
    /// A navigation button was tapped.
    Nav(Nav),
}

/// Readings of this many days are shown.
const DAYS: u64 = 548;

/// Text key of a kind of reading.
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

/// Text key of a timing.
pub(super) fn timing_key(timing: Timing) -> &'static str {
    match timing {
        Timing::Fasting => "timing-fasting",
        Timing::AfterMeal => "timing-after-meal",
        Timing::Random => "timing-random",
    }
}

impl Screen for Health {
    type Message = Message;
    const SIDE: Side = Side::Staff;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
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
                let consent = Consent {
                    purpose: Purpose::Sharing,
                    given,
                    decided_on: cx.clock.today(),
                    witness,
                    guardian: String::new(),
                };
                let write = cx.store.write(move |store| store.decide_consent(actor, id, &consent));
                return Action::Run(Task::perform(write, Message::Saved));
            }
            Message::Saved(Ok(())) => {
                self.notice = None;
                return Action::Run(self.load(cx));
            }
            Message::Loaded(Err(e)) | Message::Saved(Err(e)) => self.notice = Some(Err(cx.i18n.error(&e))),
            Message::File => return Action::Go(Route::Person(Some(self.id))),
            Message::Back => return Action::Go(Route::Clinic),
            Message::Nav(nav) => return nav.into(),
        }
        Action::None
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        self.draw(Ui::new(cx, shape))
    }

    // Enter saves the target, Esc closes what is open, then goes back.
    fn key(&mut self, key: &KeyInput, _modifiers: Modifiers, cx: &Ctx) -> Action<Message> {
        match key {
            KeyInput::Enter if self.target.is_some() => self.update(Message::TargetSave, cx),
            KeyInput::Other(Named::Escape) if self.target.is_some() || self.striking.is_some() => {
                (self.target, self.striking) = (None, None);
                Action::None
            }
            KeyInput::Other(Named::Escape) => self.update(Message::Back, cx),
            _ => Action::None,
        }
    }

    fn has_draft(&self) -> bool {
        self.target.is_some() || !self.fixed.trim().is_empty()
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
                consent: store.consent_of(id, Purpose::Sharing)?,
                appointments: store.appointments_of(id, from)?,
            })))
        });
        Task::perform(read, Message::Loaded)
    }

    fn target_of(&self, kind: Kind) -> Option<&Target> {
        self.data.as_ref()?.targets.iter().find(|target| target.kind == kind)
    }

    /// Corrects the open reading to the typed value, or strikes it out.
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

    /// The form, starting from the current target or the usual range.
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
}

/// Parses `128/76` or `6.1` as a value of this kind; `None` if malformed.
fn value_of(kind: Kind, typed: &str) -> Option<Value> {
    match (kind, typed.trim().split_once('/')) {
        (Kind::BloodPressure, Some((first, second))) => {
            Some(Value::pressure(kind.parse(first.trim())?, kind.parse(second.trim())?))
        }
        (Kind::BloodPressure, None) | (_, Some(_)) => None,
        (_, None) => kind.parse(typed.trim()).map(Value::one),
    }
}

/// Why a value is implausible, in words.
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
