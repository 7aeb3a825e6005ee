//! Books a health check or another service: day, time, confirmation. Full days and times are
//! shown, not hidden; a full day offers the waiting list.

mod view;

use std::time::Duration;

use chrono::{Days, NaiveDate};
use daycare_core::appointment::{Appointment, BookableDay, Booked, Booking, HORIZON_DAYS, Slot};
use daycare_core::ids::{AppointmentId, ServiceId, SessionId};
use daycare_core::resident::Resident;
use daycare_core::service::Service;
use iced::Task;
use iced::keyboard::Modifiers;

use super::confirm::PATIENCE;
use crate::error::Result;
use crate::ui::screens::{
    Action, ClosingSentence, Ctx, Route, Screen, Side, Trouble, Unfinished, Whose, Wish,
};
use crate::ui::theme::Shape;
use crate::ui::widgets::Element;
use crate::ui::widgets::root::KeyInput;

/// The question shown; one per screen.
#[derive(Debug, Clone, PartialEq)]
enum Step {
    /// What for?
    What,
    /// Which day?
    Day,
    /// What time?
    Time(NaiveDate),
    /// Is this right?
    Confirm(Slot),
    /// All full: wait?
    Wait(SessionId),
}

/// The booking under way.
#[derive(Debug)]
pub struct Book {
    wish: Wish,
    step: Step,
    page: usize,
    days: Option<Vec<BookableDay>>,
    /// Why the last attempt failed: a text key.
    notice: Option<&'static str>,
    /// Identifier of the booking, fixed before it is saved so that a double tap books once.
    id: AppointmentId,
    saving_since: Option<Duration>,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// The bookable times were loaded.
    Loaded(Result<Vec<Slot>>),
    /// 约别的
    Other,
    /// A service was tapped.
    Chose(ServiceId),
    /// A day was tapped.
    Day(NaiveDate),
    /// A time was tapped.
    Time(Box<Slot>),
    /// A full time was tapped.
    Full,
    /// Another page was chosen.
    Turned(usize),
    /// 对，就约这个
    Yes,
    /// 不对，重新选
    No,
    /// The result of saving the booking.
    Saved(Result<Booked>),
    /// 好，帮我排队
    Wait,
    /// The result of joining the waiting list: the entry, and how many are ahead.
    Waits(Result<(Appointment, usize)>),
}

fn load(service: ServiceId, cx: &Ctx) -> Task<Message> {
    let today = cx.clock.today();
    let last = today.checked_add_days(Days::new(HORIZON_DAYS)).unwrap_or(today);
    Task::perform(cx.store.read(move |store| store.slots(service, today, last)), Message::Loaded)
}

impl Screen for Book {
    type Message = Message;
    const SIDE: Side = Side::Resident;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Loaded(Ok(mut slots)) => {
                let now = cx.clock.now();
                slots.retain(|slot| slot.starts_at > now);
                self.days = Some(BookableDay::group(slots));
            }
            Message::Loaded(Err(_)) | Message::Saved(Err(_)) | Message::Waits(Err(_)) => {
                return Action::Go(Route::Trouble(Trouble::Resting));
            }
            Message::Other => self.go(Step::What),
            Message::Chose(service) => {
                self.wish.service = service;
                self.days = None;
                self.go(Step::Day);
                return Action::Run(load(service, cx));
            }
            Message::Day(day) => self.choose_day(day),
            Message::Time(slot) => self.go(Step::Confirm(*slot)),
            Message::Full => self.notice = Some("book-taken"),
            Message::Turned(page) => self.page = page,
            Message::No => self.go(Step::Day),
            Message::Yes => return self.save(cx),
            Message::Saved(Ok(booked)) => return self.saved(booked, cx),
            Message::Wait => return self.wait(cx),
            Message::Waits(Ok((waits, before))) => {
                let resident = self.wish.resident.clone();
                // A seat may have become free while the question was shown.
                return Action::Go(if waits.has_place() {
                    Route::Booked(resident, self.wish.source, Box::new(waits))
                } else {
                    Route::Closing(ClosingSentence::Waiting(resident, before))
                });
            }
        }
        Action::None
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        self.draw(cx, shape)
    }

    fn tick(&mut self, now: Duration, _cx: &Ctx) -> Action<Message> {
        match self.saving_since {
            Some(since) if now.saturating_sub(since) >= PATIENCE => {
                Action::Go(Route::Trouble(Trouble::Resting))
            }
            _ => Action::None,
        }
    }

    // Enter answers the question, because staff also book with the keyboard.
    fn key(&mut self, key: &KeyInput, _modifiers: Modifiers, cx: &Ctx) -> Action<Message> {
        match (key, &self.step) {
            (KeyInput::Enter, Step::Confirm(_)) => self.save(cx),
            (KeyInput::Enter, Step::Wait(_)) => self.wait(cx),
            _ => Action::None,
        }
    }

    fn has_keys(&self) -> bool {
        true
    }

    fn steps_back(&self) -> bool {
        true
    }

    fn back(&mut self) -> Option<Route> {
        let to = match &self.step {
            Step::Day => return Some(self.my_day()),
            Step::What | Step::Time(_) | Step::Wait(_) => Step::Day,
            Step::Confirm(slot) => Step::Time(slot.day),
        };
        self.go(to);
        None
    }

    fn spoken_key(&self) -> &'static str {
        match self.step {
            Step::What => "book-what",
            Step::Day => "book-day",
            Step::Time(_) => "book-time",
            Step::Confirm(_) => "book-right",
            Step::Wait(_) => "book-wait",
        }
    }

    fn resident(&self) -> Option<&Resident> {
        Some(&self.wish.resident)
    }

    fn unfinished(&self) -> Option<Unfinished<'_>> {
        Some(Unfinished { key: "strip-not-booked", whose: Whose::Resident(&self.wish.resident) })
    }
}

impl Book {
    /// Loads the times of the service.
    pub fn new(wish: Wish, cx: &Ctx) -> (Self, Task<Message>) {
        let task = load(wish.service, cx);
        let book = Self {
            wish,
            step: Step::Day,
            page: 0,
            days: None,
            notice: None,
            id: AppointmentId::new(),
            saving_since: None,
        };
        (book, task)
    }

    fn my_day(&self) -> Route {
        Route::MyDay(self.wish.resident.clone(), self.wish.source)
    }

    fn go(&mut self, step: Step) {
        self.step = step;
        self.page = 0;
        self.notice = None;
        self.saving_since = None;
        self.id = AppointmentId::new();
    }

    fn service<'a>(&self, cx: &'a Ctx) -> Option<&'a Service> {
        cx.service(self.wish.service)
    }

    fn choose_day(&mut self, day: NaiveDate) {
        let Some(chosen) = self.days.iter().flatten().find(|known| known.day == day) else { return };
        let step = match chosen.slots.first() {
            Some(first) if chosen.free() == 0 => Step::Wait(first.session_id),
            _ => Step::Time(day),
        };
        self.go(step);
    }

    fn save(&mut self, cx: &Ctx) -> Action<Message> {
        let Step::Confirm(slot) = &self.step else { return Action::None };
        if self.saving_since.is_some() {
            return Action::None;
        }
        self.saving_since = Some(cx.clock.monotonic());
        let booking = Booking {
            id: self.id,
            resident_id: self.wish.resident.id,
            session_id: slot.session_id,
            starts_at: slot.starts_at,
            instead_of: self.wish.instead_of,
        };
        let actor = cx.actor();
        let write = cx.store.write(move |store| store.book(actor, &booking));
        Action::Run(Task::perform(write, Message::Saved))
    }

    fn saved(&mut self, booked: Booked, cx: &Ctx) -> Action<Message> {
        match booked {
            Booked::Done(appointment) => {
                let (resident, source) = (self.wish.resident.clone(), self.wish.source);
                Action::Go(Route::Booked(resident, source, Box::new(appointment)))
            }
            Booked::Already(own) => Action::Go(Route::Closing(ClosingSentence::AlreadyBooked(
                self.wish.resident.clone(),
                Box::new(own),
            ))),
            full @ (Booked::Full | Booked::Closed) => {
                // The seat was taken meanwhile: reload the times.
                self.go(Step::Day);
                self.notice = Some(if full == Booked::Full { "book-taken" } else { "book-late" });
                Action::Run(load(self.wish.service, cx))
            }
        }
    }

    fn wait(&mut self, cx: &Ctx) -> Action<Message> {
        let Step::Wait(session) = self.step else { return Action::None };
        if self.saving_since.is_some() {
            return Action::None;
        }
        self.saving_since = Some(cx.clock.monotonic());
        let (id, resident) = (self.id, self.wish.resident.id);
        let actor = cx.actor();
        let write = cx.store.write(move |store| store.join_waitlist(actor, id, resident, session));
        Action::Run(Task::perform(write, Message::Waits))
    }
}
