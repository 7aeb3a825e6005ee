//! Taking readings: five minutes of rest, two blood pressures, a third if they
//! differ; everything typed on a large keypad or sent by a device.

mod save;
mod view;

use std::time::Duration;

use daycare_core::ids::{AppointmentId, CallId, ReadingId, ResidentId};
use daycare_core::resident::Resident;
use daycare_core::vitals::{
    CuffError, Guided, Implausible, Kind, Measured, Origin, REST_SECONDS, Reading, Timing, Value, guided,
};
use iced::Task;
use iced::keyboard::Modifiers;
use iced::keyboard::key::Named;

use super::frame::Nav;
use super::health::refusal_words;
use crate::error::Result;
use crate::health::LIMITS;
use crate::ui::screens::resident::keypad::Key;
use crate::ui::screens::staff::kit::Feedback;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::screens::{Action, Ctx, Route, Screen, Side};
use crate::ui::theme::Shape;
use crate::ui::widgets::Element;
use crate::ui::widgets::root::KeyInput;

/// The stage of the measurement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Readings are being entered.
    Taking,
    /// Saved; raised for the first time: measure again another day?
    Recheck,
    /// Saved and critical: staff are called. The resident sees no number.
    Critical,
}

/// Retry interval for saving a critical value.
const RETRY: Duration = Duration::from_secs(5);

/// Readings being taken.
#[derive(Debug)]
pub struct Measure {
    id: ResidentId,
    appointment: Option<AppointmentId>,
    resident: Option<Box<Resident>>,
    /// Whether an earlier blood pressure was raised.
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
    /// The readings that the running save contains.
    sent: Vec<Reading>,
    /// Whether a critical value was saved and staff were called.
    called: bool,
    /// Whether a raised blood pressure was saved.
    raised: bool,
    /// The call for a critical value, with one identifier for all retries.
    call: Option<CallId>,
    /// Monotonic time at which an unanswered or failed critical save is retried.
    retry_at: Option<Duration>,
    now: Duration,
    notice: Feedback,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// The person was loaded, and whether an earlier blood pressure was raised.
    Loaded(Result<Option<(Box<Resident>, bool)>>),
    /// Another kind of reading was chosen.
    Kind(Kind),
    /// When the glucose was measured was chosen.
    Timing(Timing),
    /// Start the rest period.
    Rest,
    /// 已经休息好了
    Rested,
    /// A keypad key was tapped.
    Key(Key),
    /// The decimal point was tapped.
    Point,
    /// 记下
    Take,
    /// 重来
    Again,
    /// 用仪器
    Device,
    /// The device's measurement, or why there is none.
    Measured(std::result::Result<Measured, CuffError>),
    /// 保存
    Save,
    /// The result of saving.
    Saved(Result<()>),
    /// 约改天
    Recheck,
    /// 记到待联系
    RecheckList,
    /// The result of noting the follow-up.
    Noted(Result<()>),
    /// Return to the person's health page.
    Done,
    /// A navigation button was tapped.
    Nav(Nav),
}

impl Screen for Measure {
    type Message = Message;
    const SIDE: Side = Side::Staff;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
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
            Message::Saved(Ok(())) => return self.saved(cx),
            Message::Saved(Err(error)) => return self.not_saved(&error, cx),
            Message::Recheck => return self.recheck(),
            Message::RecheckList => {
                let (actor, id) = (cx.actor(), self.id);
                let write = cx.store.write(move |store| store.ask_recheck(actor, id));
                return Action::Run(Task::perform(write, Message::Noted));
            }
            // An unsaved critical value must be saved before leaving.
            Message::Done | Message::Nav(Nav::To(_)) if self.is_unsaved_alarm() => return self.save(cx),
            Message::Noted(Ok(())) | Message::Done => return Action::Go(self.origin_route()),
            Message::Nav(nav) => return nav.into(),
            Message::Loaded(Err(e)) | Message::Noted(Err(e)) => {
                self.notice = Some(Err(cx.i18n.error(&e)));
            }
        }
        Action::None
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        self.draw(Ui::new(cx, shape))
    }

    fn tick(&mut self, now: Duration, cx: &Ctx) -> Action<Message> {
        self.now = now;
        if self.retry_at.is_some_and(|at| now >= at) {
            // The answer may have been lost while the screen was locked. Everything has fixed
            // identifiers, so a retry saves nothing twice.
            self.saving = false;
            if self.is_unsaved_alarm() {
                return self.save(cx);
            }
            self.retry_at = None;
        }
        if self.rest_since.is_some_and(|since| now.saturating_sub(since).as_secs() >= REST_SECONDS) {
            (self.rested, self.rest_since) = (true, None);
            return Action::Ring;
        }
        Action::None
    }

    // Values are typed; Enter takes the value, then saves; Esc goes back if nothing would be
    // lost.
    fn key(&mut self, key: &KeyInput, _modifiers: Modifiers, cx: &Ctx) -> Action<Message> {
        let taking = matches!(self.stage, Stage::Taking);
        let message = match key {
            KeyInput::Char(digit) if taking && digit.is_ascii_digit() => Message::Key(Key::Digit(*digit)),
            KeyInput::Char('.' | '。') if taking => Message::Point,
            KeyInput::Other(Named::Backspace) if taking => Message::Key(Key::Back),
            KeyInput::Enter if taking && !self.typed.is_empty() => Message::Take,
            KeyInput::Enter if taking && !self.taken.is_empty() && !self.saving => Message::Save,
            KeyInput::Other(Named::Escape) if !self.typed.is_empty() => Message::Key(Key::Clear),
            KeyInput::Other(Named::Escape) if self.taken.is_empty() && self.parts.is_empty() => Message::Done,
            _ => return Action::None,
        };
        self.update(message, cx)
    }

    fn leads_from(&self) -> Option<Route> {
        Some(self.origin_route())
    }

    fn has_draft(&self) -> bool {
        matches!(self.stage, Stage::Taking) && !(self.taken.is_empty() && self.typed.is_empty())
    }

    fn is_unsaved_alarm(&self) -> bool {
        matches!(self.stage, Stage::Taking) && self.call.is_some()
    }

    fn keeps_awake(&self) -> bool {
        self.is_resting() || self.is_unsaved_alarm()
    }
}

impl Measure {
    /// Whose readings are taken.
    #[must_use]
    pub fn resident_id(&self) -> ResidentId {
        self.id
    }

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
            sent: vec![],
            called: false,
            raised: false,
            call: None,
            retry_at: None,
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

    /// Whether the person is resting: the screen must not lock meanwhile.
    #[must_use]
    pub fn is_resting(&self) -> bool {
        self.rest_since.is_some()
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
                // Each number is checked as soon as it is typed.
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

    /// Keeps one reading per kind: a new one replaces the last.
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
            timing: self.timing.filter(|_| kind == Kind::Glucose),
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
                // Input begun for another kind is discarded.
                if self.kind != Kind::BloodPressure {
                    self.begin(Kind::BloodPressure);
                }
                self.origin = Origin::Device;
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
}

fn is_critical(readings: &[Reading]) -> bool {
    readings.iter().any(|r| LIMITS.is_critical(r.kind, r.timing, r.value))
}

/// Whether the value is a blood pressure in a raised band.
fn is_raised(kind: Kind, value: Value) -> bool {
    kind == Kind::BloodPressure
        && LIMITS.band(kind, None, value).is_some_and(|band| band.name.starts_with("raised"))
}
