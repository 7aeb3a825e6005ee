//! The form of a correction and of a late entry: times by buttons, reasons by
//! buttons, nothing to type.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use daycare_core::ids::{ServiceId, VisitId};
use daycare_core::time::{Moment, hour_minute, moved};
use daycare_core::visit::{Correction, Visit};
use iced::widget::{Column, column, row};

use crate::ui::screens::Ctx;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::widgets::Element;
use crate::ui::widgets::controls::Kind;
use crate::ui::widgets::icon::Icon;

/// What is being entered: a visit, or a shift, which has no purposes here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitForm {
    with_services: bool,
    id: VisitId,
    day: NaiveDate,
    arrived: NaiveTime,
    left: Option<NaiveTime>,
    services: Vec<ServiceId>,
    reason: Option<&'static str>,
    /// The present local time: later times cannot be entered.
    now: NaiveDateTime,
}

/// Messages of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Move the day by this many days.
    Day(i64),
    /// Move the arrival by this many minutes.
    Arrived(i64),
    /// Move the departure by this many minutes.
    Left(i64),
    /// Whether the departure is known was set.
    LeftKnown(bool),
    /// A purpose was ticked or unticked.
    Service(ServiceId),
    /// A reason was chosen.
    Reason(&'static str),
}

const REASONS: [&str; 6] =
    ["reason-forgot", "reason-family", "reason-mistaken", "reason-paper", "reason-power", "reason-other"];
/// Step for changing times, in minutes.
const STEP: i64 = 5;

impl VisitForm {
    /// A correction, starting from the recorded visit.
    #[must_use]
    pub fn of(visit: &Visit, zone: chrono_tz::Tz, now: NaiveDateTime) -> Self {
        let services = visit.services.clone();
        Self { services, with_services: true, ..Self::of_span((visit.arrived_at, visit.left_at), zone, now) }
    }

    /// As [`VisitForm::of`], for a start and end without purposes.
    #[must_use]
    pub fn of_span((from, until): (Moment, Option<Moment>), zone: chrono_tz::Tz, now: NaiveDateTime) -> Self {
        Self {
            with_services: false,
            id: VisitId::new(),
            day: from.day(zone),
            arrived: from.local(zone).time(),
            left: until.map(|at| at.local(zone).time()),
            services: vec![],
            reason: None,
            now,
        }
    }

    /// A late entry, starting from now rounded down to five minutes.
    #[must_use]
    pub fn late(now: NaiveDateTime) -> Self {
        let minute = now.minute() / 5 * 5;
        let arrived = NaiveTime::from_hms_opt(now.hour(), minute, 0).unwrap_or_default();
        Self {
            with_services: true,
            id: VisitId::new(),
            day: now.date(),
            arrived,
            left: None,
            services: vec![],
            reason: None,
            now,
        }
    }

    /// As [`VisitForm::late`], for a start and end without purposes.
    #[must_use]
    pub fn late_span(now: NaiveDateTime) -> Self {
        Self { with_services: false, ..Self::late(now) }
    }

    /// Keeps the input, for entering another visit.
    pub fn renew(&mut self) {
        self.id = VisitId::new();
    }

    /// Handles a message.
    pub fn update(&mut self, message: &Message) {
        match message {
            Message::Day(by) => {
                let step = Days::new(by.unsigned_abs());
                let moved =
                    if *by < 0 { self.day.checked_sub_days(step) } else { self.day.checked_add_days(step) };
                self.day = moved.unwrap_or(self.day);
            }
            Message::Arrived(by) => self.arrived = moved(self.arrived, *by),
            Message::Left(by) => self.left = self.left.map(|left| moved(left, *by)),
            Message::LeftKnown(known) => {
                self.left = known.then(|| self.likely_departure());
            }
            Message::Service(id) => match self.services.iter().position(|chosen| chosen == id) {
                Some(at) => drop(self.services.remove(at)),
                None => self.services.push(*id),
            },
            Message::Reason(reason) => self.reason = Some(reason),
        }
    }

    /// An hour after the arrival, or now if that is earlier.
    fn likely_departure(&self) -> NaiveTime {
        let hour_later = moved(self.arrived, 60);
        if self.day == self.now.date() {
            hour_later.min(self.now.time()).max(self.arrived)
        } else {
            hour_later
        }
    }

    /// The correction to save; `None` until a reason is chosen.
    #[must_use]
    pub fn correction(&self, cx: &Ctx) -> Option<Correction> {
        let zone = cx.clock.zone();
        Some(Correction {
            new_id: self.id,
            arrived_at: Moment::from_local(self.day.and_time(self.arrived), zone),
            left_at: self.left.map(|left| Moment::from_local(self.day.and_time(left), zone)),
            services: self.services.clone(),
            reason: cx.tr(self.reason?),
        })
    }

    /// Draws the form; the day can be changed only where `with_day`.
    pub fn view<'a>(&'a self, ui: Ui<'a>, with_day: bool) -> Element<'a, Message> {
        let mut form = Column::new().spacing(14);
        if with_day {
            let day = ui.i18n.day_line(self.day);
            let stepper = ui.stepper("day", &day, Message::Day(-1), Message::Day(1));
            form = form.push(ui.labelled(&ui.tr("column-day"), stepper));
        }
        let arrived = ui.stepper(
            "arrived",
            &hour_minute(self.arrived),
            Message::Arrived(-STEP),
            Message::Arrived(STEP),
        );
        let left = match self.left {
            Some(left) => column![
                ui.stepper("left", &hour_minute(left), Message::Left(-STEP), Message::Left(STEP)),
                small("left-unknown", &ui.tr("form-left-unknown"), Message::LeftKnown(false), ui),
            ]
            .spacing(8)
            .into(),
            None => small("left-known", &ui.tr("form-left-known"), Message::LeftKnown(true), ui),
        };
        form = form.push(
            row![ui.labelled(&ui.tr("column-arrived"), arrived), ui.labelled(&ui.tr("column-left"), left)]
                .spacing(24),
        );
        let services = ui.centre.services.iter().map(|service| {
            let kind = if self.services.contains(&service.id) { Kind::On } else { Kind::Plain };
            let name = format!("service-{}", service.name);
            ui.button(&name).label(ui.name(&service.name)).kind(kind).on_press(Message::Service(service.id))
        });
        if self.with_services {
            let services = ui.buttons(services, 4);
            form = form.push(ui.labelled(&ui.tr("column-purposes"), services));
        }
        let reasons = REASONS.into_iter().map(|key| {
            let kind = if self.reason == Some(key) { Kind::On } else { Kind::Plain };
            ui.button(key).label(ui.tr(key)).kind(kind).on_press(Message::Reason(key))
        });
        form.push(ui.labelled(&ui.tr("form-reason"), ui.buttons(reasons, 3))).into()
    }
}

fn small<'a>(name: &str, label: &str, message: Message, ui: Ui<'_>) -> Element<'a, Message> {
    let button = ui.button(name).label(label).icon(Icon::Clock).on_press(message);
    button.width(iced::Length::Fill).into()
}
