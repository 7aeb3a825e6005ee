//! 排班: weekly hours of every service, holidays and closed days.

use chrono::{Days, NaiveDate, NaiveTime};
use daycare_core::activity::repeat;
use daycare_core::appointment::{Availability, Closure, HORIZON_DAYS, LONGEST_SLOT_MINUTES, MOST_SEATS};
use daycare_core::ids::{AvailabilityId, ServiceId};
use daycare_core::time::{hour_minute, moved};
use iced::alignment::Vertical;
use iced::keyboard::Modifiers;
use iced::keyboard::key::Named;
use iced::widget::{Column, Row, column, container, row};
use iced::{Length, Task};

use super::frame::{Nav, Place};
use crate::error::Result;
use crate::i18n::dates::holidays_known_until;
use crate::ui::screens::staff::kit::{Feedback, Ui};
use crate::ui::screens::{Action, Ctx, Route, Screen, Side};
use crate::ui::theme::Shape;
use crate::ui::widgets::controls::{self, Kind};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::root::KeyInput;
use crate::ui::widgets::{Element, Tapped};

/// The hours, and a form for new ones.
#[derive(Debug)]
pub struct Schedule {
    hours: Vec<Availability>,
    closures: Vec<Closure>,
    form: Option<Availability>,
    day: String,
    why: String,
    notice: Feedback,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// The hours and closed days were loaded.
    Loaded(Result<(Vec<Availability>, Vec<Closure>)>),
    /// 加一段: the form was opened or closed.
    Adding(bool),
    /// The service was chosen.
    Service(ServiceId),
    /// The weekday was chosen; 1 is Monday.
    Weekday(u8),
    /// Move the start by this many minutes.
    Starts(i64),
    /// Move the end by this many minutes.
    Ends(i64),
    /// Minutes per slot were set.
    Slot(u16),
    /// Seats per slot were set.
    Seats(u16),
    /// The room was typed.
    Room(String),
    /// The provider was typed.
    Provider(String),
    /// 保存
    Save,
    /// 停掉
    End(AvailabilityId),
    /// The date of a closed day was typed.
    Day(String),
    /// The reason for closing was typed.
    Why(String),
    /// 关这一天
    Close,
    /// 照常开
    Open(NaiveDate),
    /// The result of saving: how many people must be called. The first value is the key of the
    /// success text.
    Saved(&'static str, Result<usize>),
    /// 返回
    Back,
    /// A navigation button was tapped.
    Nav(Nav),
}

fn load(cx: &Ctx) -> Task<Message> {
    let today = cx.clock.today();
    let last = today.checked_add_days(Days::new(HORIZON_DAYS * 12)).unwrap_or(today);
    let read = cx.store.read(move |store| Ok((store.availabilities()?, store.closures(today, last)?)));
    Task::perform(read, Message::Loaded)
}

impl Screen for Schedule {
    type Message = Message;
    const SIDE: Side = Side::Staff;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Loaded(Ok((hours, closures))) => (self.hours, self.closures) = (hours, closures),
            Message::Adding(open) => self.form = open.then(|| Self::blank(cx)),
            Message::Save => return self.save(cx),
            Message::End(id) => {
                let (actor, why) = (cx.actor(), cx.tr("schedule-end"));
                let write = cx.store.write(move |store| store.end_availability(actor, id, &why));
                return Action::Run(Task::perform(write, |n| Message::Saved("schedule-ended", n)));
            }
            Message::Day(day) => self.day = day,
            Message::Why(why) => self.why = why,
            Message::Close => return self.close(cx),
            Message::Open(day) => {
                let actor = cx.actor();
                let write = cx.store.write(move |store| store.open_day(actor, day).map(|()| 0));
                return Action::Run(Task::perform(write, |n| Message::Saved("session-saved", n)));
            }
            Message::Saved(key, Ok(count)) => {
                self.form = None;
                self.notice = Some(Ok(cx.i18n.tr_with(key, &[("count", count.into())])));
                return Action::Run(load(cx));
            }
            Message::Loaded(Err(e)) | Message::Saved(_, Err(e)) => {
                self.notice = Some(Err(cx.i18n.error(&e)));
            }
            Message::Back => return Action::Go(Route::Clinic),
            Message::Nav(nav) => return nav.into(),
            change => self.change(change),
        }
        Action::None
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let ui = Ui::new(cx, shape);
        let mut lines = Column::new().spacing(14);
        if let Some(strip) = ui.feedback(&self.notice) {
            lines = lines.push(strip);
        }
        let (add, back) = (ui.tr("schedule-add"), ui.tr("back"));
        lines = lines.push(ui.buttons(
            vec![
                    ui.button("back").label(&back).icon(Icon::ArrowLeft).on_press(Message::Back),
                    ui.button("add")
                        .label(&add)
                        .icon(Icon::Plus)
                        .kind(Kind::Main)
                        .on_press(Message::Adding(true)),
                ],
            2,
        ));
        if let Some(form) = &self.form {
            lines = lines.push(hours_form(form, ui));
        }
        let mut list = Column::new().spacing(8).push(ui.strong(ui.tr("schedule-weekly")));
        for hours in &self.hours {
            list = list.push(hours_row(hours, ui)).push(ui.divider());
        }
        list = list.push(self.closed_days(ui));
        let content = lines.push(controls::scroll(list));
        ui.page(Place::Clinic, &ui.tr("schedule-title"), content, Message::Nav)
    }

    // Enter saves the hours, or closes the day once a reason is given. Esc closes
    // the form, then goes back where nothing typed would be lost.
    fn key(&mut self, key: &KeyInput, _modifiers: Modifiers, cx: &Ctx) -> Action<Message> {
        match key {
            KeyInput::Enter if self.form.as_ref().is_some_and(|form| form.check().is_ok()) => self.save(cx),
            KeyInput::Enter if self.form.is_none() && !self.why.trim().is_empty() => self.close(cx),
            KeyInput::Other(Named::Escape) if self.form.is_some() => {
                self.form = None;
                Action::None
            }
            KeyInput::Other(Named::Escape) if !self.has_draft() => self.update(Message::Back, cx),
            _ => Action::None,
        }
    }

    fn has_draft(&self) -> bool {
        self.form.is_some() || !self.day.is_empty() || !self.why.is_empty()
    }
}

impl Schedule {
    /// Loads the hours.
    pub fn new(cx: &Ctx) -> (Self, Task<Message>) {
        let schedule = Self {
            hours: vec![],
            closures: vec![],
            form: None,
            day: String::new(),
            why: String::new(),
            notice: None,
        };
        (schedule, load(cx))
    }

    fn blank(cx: &Ctx) -> Availability {
        let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        let service = cx.centre.services.iter().find(|service| service.bookable);
        Availability {
            id: AvailabilityId::new(),
            service_id: service.map(|service| service.id).unwrap_or_default(),
            weekday: 1,
            starts: at(9),
            ends: at(11),
            slot_minutes: 30,
            capacity: 1,
            room: String::new(),
            provider: String::new(),
        }
    }

    fn change(&mut self, change: Message) {
        let Some(form) = &mut self.form else { return };
        match change {
            Message::Service(id) => form.service_id = id,
            Message::Weekday(day) => form.weekday = day,
            Message::Starts(minutes) => form.starts = moved(form.starts, minutes),
            Message::Ends(minutes) => form.ends = moved(form.ends, minutes),
            Message::Slot(minutes) => form.slot_minutes = minutes.clamp(5, LONGEST_SLOT_MINUTES),
            Message::Seats(seats) => form.capacity = seats.clamp(1, MOST_SEATS),
            Message::Room(room) => form.room = room,
            Message::Provider(provider) => form.provider = provider,
            _ => {}
        }
    }

    fn save(&mut self, cx: &Ctx) -> Action<Message> {
        let Some(hours) = self.form.clone() else { return Action::None };
        let actor = cx.actor();
        let write = cx.store.write(move |store| store.add_availability(actor, &hours).map(|()| 0));
        Action::Run(Task::perform(write, |n| Message::Saved("session-saved", n)))
    }

    fn close(&mut self, cx: &Ctx) -> Action<Message> {
        let Ok(day) = self.day.trim().parse::<NaiveDate>() else {
            self.notice = Some(Err(cx.tr("schedule-date")));
            return Action::None;
        };
        let typed = self.why.trim();
        let name = if typed.is_empty() { cx.tr("schedule-close") } else { typed.to_owned() };
        let (actor, closure) = (cx.actor(), Closure { day, name });
        let write = cx.store.write(move |store| store.close_day(actor, &closure));
        (self.day, self.why) = (String::new(), String::new());
        Action::Run(Task::perform(write, |n| Message::Saved("schedule-closed", n)))
    }

    fn closed_days<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let mut lines = Column::new().spacing(10).push(ui.strong(ui.tr("schedule-closures")));
        for closure in &self.closures {
            let open = ui.tr("schedule-open");
            let day = closure.day;
            let unchecked = day > holidays_known_until();
            let mark = if unchecked { format!(" {}", ui.tr("schedule-unchecked")) } else { String::new() };
            let words = format!("{day} {}{mark}", closure.name);
            let button = ui
                .button(format!("open-{day}"))
                .label(&open)
                .icon(Icon::RotateCw)
                .on_press(Message::Open(day));
            lines = lines.push(
                row![container(ui.strong(words)).width(Length::Fill), button.width(200.0)]
                    .align_y(Vertical::Center),
            );
        }
        let (date, why, close) = (ui.tr("schedule-date"), ui.tr("schedule-reason"), ui.tr("schedule-close"));
        let button = ui.button("close-day").label(&close).icon(Icon::Ban).on_press(Message::Close);
        let form = row![
            container(ui.field(&date, &self.day, Message::Day)).width(Length::Fill),
            container(ui.field(&why, &self.why, Message::Why)).width(Length::Fill),
            button.width(220.0),
        ]
        .spacing(12)
        .align_y(Vertical::Center);
        ui.card(lines.push(form))
    }
}

/// 星期一 in the words of the language; 1 is Monday.
fn weekday(day: u8, cx: &Ctx) -> String {
    cx.i18n.weekday_name(repeat::weekday(usize::from(day.saturating_sub(1))))
}

fn hours_row<'a>(hours: &'a Availability, ui: Ui<'a>) -> Element<'a, Message> {
    let service = ui.service(hours.service_id).map(|s| ui.name(&s.name)).unwrap_or_default();
    let minutes = ui.i18n.tr_with("schedule-minutes", &[("count", hours.slot_minutes.into())]);
    let seats = ui.i18n.tr_with("schedule-people", &[("count", hours.capacity.into())]);
    let when = format!(
        "{} {}–{} · {minutes} · {seats}",
        weekday(hours.weekday, ui.cx),
        hour_minute(hours.starts),
        hour_minute(hours.ends)
    );
    let what = format!("{service} · {} · {}", ui.name(&hours.room), hours.provider);
    let end = ui.tr("schedule-end");
    let button =
        ui.button(format!("end-{}", hours.id)).label(&end).icon(Icon::X).on_press(Message::End(hours.id));
    row![column![ui.strong(what), ui.muted(when)].width(Length::Fill), button.width(150.0),]
        .align_y(Vertical::Center)
        .padding([8, 4])
        .into()
}

fn hours_form<'a>(form: &'a Availability, ui: Ui<'a>) -> Element<'a, Message> {
    let services = ui.centre.services.iter().filter(|service| service.bookable).map(|service| {
        (
            service.name.as_str(),
            ui.name(&service.name),
            form.service_id == service.id,
            Message::Service(service.id),
        )
    });
    let days: Vec<String> = (1..=7).map(|day| format!("weekday-{day}")).collect();
    let days = days
        .iter()
        .zip(1u8..)
        .map(|(name, day)| (name.as_str(), weekday(day, ui.cx), form.weekday == day, Message::Weekday(day)));
    let stepper = |key: &'static str, value: String, less: Message, more: Message| {
        let inner = ui.stepper(key, &value, less, more);
        container(ui.labelled(&ui.tr(key), inner)).width(Length::Fill)
    };
    let minutes = ui.i18n.tr_with("schedule-minutes", &[("count", form.slot_minutes.into())]);
    let seats = ui.i18n.tr_with("schedule-people", &[("count", form.capacity.into())]);
    let times = row![
        stepper("schedule-from", hour_minute(form.starts), Message::Starts(-30), Message::Starts(30)),
        stepper("schedule-until", hour_minute(form.ends), Message::Ends(-30), Message::Ends(30)),
    ]
    .spacing(14);
    let sizes = row![
        stepper(
            "schedule-slot",
            minutes,
            Message::Slot(form.slot_minutes.saturating_sub(5)),
            Message::Slot(form.slot_minutes + 5)
        ),
        stepper(
            "schedule-seats",
            seats,
            Message::Seats(form.capacity.saturating_sub(1)),
            Message::Seats(form.capacity + 1)
        ),
    ]
    .spacing(14);
    let places = places(form, ui);
    ui.form()
        .push(ui.segments(services.collect(), 4))
        .push(ui.segments(days.collect(), 7))
        .push(times)
        .push(sizes)
        .push(places)
        .cancel("cancel", Message::Adding(false))
        .save("save", form.check().is_ok().then_some(Message::Save))
        .into()
}

fn places<'a>(form: &'a Availability, ui: Ui<'a>) -> Row<'a, Tapped<Message>> {
    let field = |key: &str, value: &'a str, message: fn(String) -> Message| {
        let label = ui.tr(key);
        let input = ui.field(&label, value, message);
        container(ui.labelled(&label, input)).width(Length::Fill)
    };
    row![
        field("schedule-room", &form.room, Message::Room),
        field("schedule-provider", &form.provider, Message::Provider)
    ]
    .spacing(14)
}
