//! Signed in: the visitor may choose purposes, or undo it all.

mod offers;

use std::time::Duration;

use daycare_core::activity::enrolment::{Shown, SignedUp, SigningUp};
use daycare_core::activity::{ListedActivity, OccurrenceKey};
use daycare_core::appointment::Appointment;
use daycare_core::birth::Birth;
use daycare_core::ids::{AppointmentId, EnrolmentId, ServiceId};
use daycare_core::resident::Resident;
use daycare_core::service::Service;
use daycare_core::visit::{Source, Visit};
use futures::future::BoxFuture;
use iced::Task;

use crate::error::{Error, Result, Thing};
use crate::i18n::dates::{Calendar, birthday};
use crate::ui::screens::{Action, ClosingSentence, Ctx, Route, Screen, Side, Trouble};
use crate::ui::theme::Shape;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, Press};

use super::activities::SignUpNotice;
use super::page::{Emblem, Page, Words};

/// The visit that was just saved.
#[derive(Debug)]
pub struct Success {
    resident: Box<Resident>,
    visit: Box<Visit>,
    /// Today's bookings, offered first.
    booked: Vec<Appointment>,
    /// Today's activities that can be joined, and this person's sign-ups.
    on: Vec<ListedActivity>,
    own: Vec<Shown>,
    /// Bookings the visitor ticked as "here for this".
    here_for: Vec<AppointmentId>,
    /// All services, the person's own usual ones first.
    offered: Vec<ServiceId>,
    page: usize,
    since: Duration,
    ending: bool,
    /// Whether the arrival was undone.
    undone: bool,
    /// Sign-ups made on this screen.
    joined_here: Vec<EnrolmentId>,
    /// Why the last tap changed nothing.
    notice: Option<SignUpNotice>,
    sign_up_id: EnrolmentId,
}

/// One person's usual purposes, and today's activities.
#[derive(Debug, Clone)]
pub struct Usual {
    services: Vec<ServiceId>,
    appointments: Vec<Appointment>,
    on: Vec<ListedActivity>,
    own: Vec<Shown>,
}

/// What a tile offers.
enum Offer<'a> {
    Booking(&'a Appointment),
    Activity(&'a ListedActivity, Option<&'a Shown>),
    Purpose(&'a Service),
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// The person's usual purposes, bookings and today's activities were loaded.
    Usual(Result<Box<Usual>>),
    /// An activity was tapped: signs up, or gives the place back.
    Activity(OccurrenceKey),
    /// The result of that, and the person's sign-ups now.
    SignedUp(String, Result<(Option<SignedUp>, Vec<Shown>)>),
    /// A booking was ticked as "here for this", or unticked.
    HereFor(AppointmentId),
    /// The result of giving queue numbers: the first of them.
    Came(Result<Appointment>),
    /// A purpose was tapped.
    Toggled(ServiceId),
    /// The result of saving the purposes.
    Chosen(Result<()>),
    /// 更多, 上一页
    Turned(usize),
    /// 好的
    Done,
    /// 看我今天的安排
    MyDay,
    /// 点错了，取消
    Undo,
    /// The result of undoing the arrival.
    Undone(Result<Visit>),
}

const PER_PAGE: usize = 4;

impl Screen for Success {
    type Message = Message;
    const SIDE: Side = Side::Resident;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Usual(Ok(usual)) => {
                let Usual { services: usual, appointments, on, own } = *usual;
                (self.on, self.own) = (on, own);
                let today = cx.clock.today();
                let keeps = |a: &Appointment| a.day == today && a.has_place() && a.ticket.is_none();
                self.booked = appointments.into_iter().filter(keeps).collect();
                let others = self.offered.iter().filter(|id| !usual.contains(id)).copied();
                self.offered = usual.iter().copied().chain(others).collect();
                Action::None
            }
            // Without the person's own order, the usual order is used.
            Message::Usual(Err(_)) | Message::Chosen(Ok(())) => Action::None,
            Message::Toggled(id) => self.toggle(id, cx),
            Message::Turned(page) => {
                self.page = page;
                Action::None
            }
            Message::HereFor(id) => self.toggle_booking(id, cx),
            Message::Activity(key) => self.toggle_activity(key, cx),
            Message::SignedUp(name, Ok((outcome, own))) => {
                self.own = own;
                // A tick already shows success; only failures need words.
                let went_well = matches!(outcome, None | Some(SignedUp::Done(_)));
                self.notice = outcome.filter(|_| !went_well).map(|outcome| SignUpNotice::of(name, outcome));
                Action::None
            }
            Message::Came(Ok(appointment)) => {
                Action::Go(Route::QueueNumber(self.resident.clone(), Box::new(appointment)))
            }
            Message::Done => self.end(cx),
            Message::MyDay => Action::Go(Route::MyDay(self.resident.clone(), self.visit.source)),
            Message::Undo => {
                let id = self.visit.id;
                let actor = cx.actor();
                let write = cx.store.write(move |store| store.undo_check_in(actor, id));
                Action::Run(Task::perform(write, Message::Undone))
            }
            Message::Undone(Ok(_)) => {
                self.undone = true;
                Action::Go(Route::Closing(ClosingSentence::Undone))
            }
            Message::Undone(Err(_))
            | Message::Chosen(Err(_))
            | Message::Came(Err(_))
            | Message::SignedUp(_, Err(_)) => Action::Go(Route::Trouble(Trouble::Resting)),
        }
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let profile = &self.resident.profile;
        let greeting = cx.i18n.greeting(cx.clock.local());
        let full = cx.addressed(&profile.name, &profile.called_by);
        let festival = cx.i18n.festival(cx.clock.today());
        let values = [
            ("name", full.as_str().into()),
            ("greeting", greeting.as_str().into()),
            ("festival", festival.as_deref().unwrap_or_default().into()),
        ];
        let birthday =
            profile.born_on.and_then(Birth::date).and_then(|born| birthday(born, cx.clock.today()));
        let key = match (birthday, &festival) {
            (Some(Calendar::Gregorian), _) => "ok-birthday",
            (Some(Calendar::Lunar), _) => "ok-birthday-lunar",
            (None, Some(_)) => "ok-festival",
            (None, None) => "ok-greeting",
        };
        let greeting = || cx.i18n.tr_with(key, &values);
        let sub = self.notice.as_ref().map_or_else(greeting, |said| said.words(cx));
        let words = Words { title: cx.tr("ok-in"), sub, ..Words::default() };
        let mut page = Page::crowded(cx, shape, Emblem::Done, &words);
        self.purposes(&mut page, cx);
        page.primary("done", &cx.tr("ok"), Icon::Check, Press::Own(Message::Done));
        let stays = cx.config.screen.success_seconds;
        if shape == Shape::Portrait {
            page.hint(&cx.i18n.tr_with("ok-undo-hint", &[("seconds", stays.into())]));
        }
        page.second_row(vec![
            ("nav:my-day", cx.tr("ok-my-day"), Icon::CalendarDays, Press::Own(Message::MyDay)),
            ("destructive:undo", cx.tr("ok-undo"), Icon::Undo2, Press::Own(Message::Undo)),
        ]);
        page.finish()
    }

    fn tick(&mut self, now: Duration, cx: &Ctx) -> Action<Message> {
        let stays = Duration::from_secs(cx.config.screen.success_seconds);
        if now.saturating_sub(self.since) >= stays && !self.ending { self.end(cx) } else { Action::None }
    }

    fn spoken_key(&self) -> &'static str {
        "ok-in"
    }

    fn resident(&self) -> Option<&Resident> {
        Some(&self.resident)
    }

    // The screen is left without 好的: a ticked booking still counts as arrived for.
    fn leave(&mut self, cx: &Ctx) -> Option<BoxFuture<'static, Result<()>>> {
        let ids = std::mem::take(&mut self.here_for);
        if ids.is_empty() || self.undone {
            return None;
        }
        let actor = cx.actor();
        // One booking that cannot be ticked does not cost the others.
        Some(cx.store.write(move |store| {
            let tried: Vec<_> = ids.iter().map(|id| store.come_for(actor, *id).map(drop)).collect();
            tried.into_iter().collect()
        }))
    }

    fn is_personal(&self) -> bool {
        false
    }
}

impl Success {
    /// Loads the person's usual purposes.
    pub fn new(resident: Box<Resident>, visit: Box<Visit>, cx: &Ctx) -> (Self, Task<Message>) {
        let id = resident.id;
        let offered = cx.centre.services.iter().map(|service| service.id).collect();
        let today = cx.clock.today();
        let (now, zone) = (cx.clock.now(), cx.clock.zone());
        let read = cx.store.read(move |store| {
            let mut on = store.activities(today, today)?;
            on.retain(|listed| listed.occurrence.off.is_none() && listed.occurrence.ends_at(zone) > now);
            Ok(Box::new(Usual {
                services: store.usual_services(id)?,
                appointments: store.appointments_of(id, today)?,
                on,
                own: store.enrolments_of(id, today)?,
            }))
        });
        let success = Self {
            resident,
            visit,
            booked: vec![],
            on: vec![],
            own: vec![],
            here_for: vec![],
            offered,
            page: 0,
            since: cx.clock.monotonic(),
            ending: false,
            undone: false,
            joined_here: vec![],
            notice: None,
            sign_up_id: EnrolmentId::new(),
        };
        (success, Task::perform(read, Message::Usual))
    }

    fn toggle(&mut self, id: ServiceId, cx: &Ctx) -> Action<Message> {
        match self.visit.services.iter().position(|chosen| *chosen == id) {
            Some(at) => drop(self.visit.services.remove(at)),
            None => self.visit.services.push(id),
        }
        let (visit, services) = (self.visit.id, self.visit.services.clone());
        let actor = cx.actor();
        let write = cx.store.write(move |store| store.set_services(actor, visit, &services));
        // Every tap restarts the time limit.
        self.since = cx.clock.monotonic();
        Action::Run(Task::perform(write, Message::Chosen))
    }

    fn toggle_booking(&mut self, id: AppointmentId, cx: &Ctx) -> Action<Message> {
        let Some(service) = self.booked.iter().find(|a| a.id == id).map(|a| a.service_id) else {
            return Action::None;
        };
        let on = !self.here_for.contains(&id);
        if on {
            self.here_for.push(id);
        } else {
            self.here_for.retain(|other| *other != id);
        }
        if self.visit.services.contains(&service) == on { Action::None } else { self.toggle(service, cx) }
    }

    /// Signs up for one of today's activities, or gives the place back. A sign-up from another
    /// day can be given back only with the card.
    fn toggle_activity(&mut self, key: OccurrenceKey, cx: &Ctx) -> Action<Message> {
        self.since = cx.clock.monotonic();
        let (who, today) = (self.resident.id, cx.clock.today());
        let own = self.own.iter().find(|own| own.enrolment.key == key).map(|own| own.enrolment.id);
        let id = self.sign_up_id;
        self.sign_up_id = EnrolmentId::new();
        if own.is_some_and(|own| !self.joined_here.contains(&own)) && self.visit.source != Source::Card {
            self.notice = Some(SignUpNotice::CardPlease);
            return Action::None;
        }
        if own.is_none() {
            self.joined_here.push(id);
        }
        let actor = cx.actor();
        let write = cx.store.write(move |store| {
            let outcome = if let Some(own) = own {
                let _ = store.leave_activity(actor, own, "")?;
                None
            } else {
                Some(store.sign_up(actor, &SigningUp { id, key, resident_id: who })?)
            };
            Ok((outcome, store.enrolments_of(who, today)?))
        });
        let listed = self.on.iter().find(|listed| listed.occurrence.key == key);
        let name = listed.map(|listed| listed.occurrence.name.clone()).unwrap_or_default();
        Action::Run(Task::perform(write, move |done| Message::SignedUp(name.clone(), done)))
    }

    /// Leaves the screen, by 好的 or time-out; ticked bookings get queue numbers.
    fn end(&mut self, cx: &Ctx) -> Action<Message> {
        let ids = std::mem::take(&mut self.here_for);
        if ids.is_empty() || self.ending {
            return Action::Go(Route::FirstPage);
        }
        self.ending = true;
        let actor = cx.actor();
        let write = cx.store.write(move |store| {
            let came: Result<Vec<Appointment>> = ids.iter().map(|id| store.come_for(actor, *id)).collect();
            came?.into_iter().min_by_key(|a| a.starts_at).ok_or(Error::NotFound(Thing::Appointment))
        });
        Action::Run(Task::perform(write, Message::Came))
    }
}
