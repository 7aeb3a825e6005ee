//! One person's plans for today and the next days. Scanning the card a second time leads
//! here, never to an error. With the card, bookings can be cancelled or moved.

mod rows;

use chrono::NaiveDate;
use daycare_core::activity::enrolment::Shown;
use daycare_core::appointment::{Appointment, Status};
use daycare_core::ids::AppointmentId;
use daycare_core::resident::Resident;
use daycare_core::service::Service;
use daycare_core::time::hour_minute;
use daycare_core::visit::{Source, Visit};
use daycare_core::volunteer::{Shift, Volunteer, Worker};
use iced::Task;
use uuid::Uuid;

use crate::error::Result;
use crate::ui::screens::{Action, Ctx, Route, Screen, Side, Trouble, Wish};
use crate::ui::theme::{Role, Shape};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::parts::{Button, Kind};
use crate::ui::widgets::{Element, Press};

use super::page::{Emblem, Page, Words};

/// One person's day.
#[derive(Debug)]
pub struct MyDay {
    resident: Box<Resident>,
    source: Source,
    visit: Option<Visit>,
    appointments: Vec<Appointment>,
    enrolments: Vec<Shown>,
    volunteer: Option<(Box<Volunteer>, Option<Shift>)>,
    /// Sign-ups that the hub has not confirmed yet.
    unconfirmed: Vec<Uuid>,
    loaded: bool,
    page: usize,
    saving: bool,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// The day's data were loaded.
    Loaded(Result<Box<Known>>),
    /// 看活动
    Activities,
    /// 去服务
    Serve,
    /// 看好了
    Done,
    /// 我要回家了
    Leaving,
    /// 预约体检
    Book,
    /// 我到了
    CameFor(AppointmentId),
    /// The result of giving a queue number.
    Came(Result<Appointment>),
    /// Show the queue number again.
    Number(AppointmentId),
    /// 不去了
    Drop(AppointmentId),
    /// 看我的记录: opens only with staff.
    Health,
    /// Another page was chosen.
    Turned(usize),
}

/// Everything about one person's day.
#[derive(Debug, Clone)]
pub struct Known {
    visit: Option<Visit>,
    appointments: Vec<Appointment>,
    enrolments: Vec<Shown>,
    volunteer: Option<(Box<Volunteer>, Option<Shift>)>,
    unconfirmed: Vec<Uuid>,
}

/// One row.
enum Entry<'a> {
    Serving(Option<&'a Shift>),
    Booked(&'a Appointment),
    Activity(&'a Shown),
    Chosen(&'a Service),
}

fn per_page(shape: Shape) -> usize {
    match shape {
        Shape::Portrait => 3,
        Shape::Landscape => 2,
    }
}

impl Screen for MyDay {
    type Message = Message;
    const SIDE: Side = Side::Resident;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        let find = |id| self.appointments.iter().find(|known| known.id == id).cloned().map(Box::new);
        match message {
            Message::Loaded(Ok(known)) => {
                self.visit = known.visit;
                (self.enrolments, self.volunteer) = (known.enrolments, known.volunteer);
                self.unconfirmed = known.unconfirmed;
                self.appointments =
                    known.appointments.into_iter().filter(|a| a.status != Status::NoShow).collect();
                self.loaded = true;
                Action::None
            }
            Message::Loaded(Err(_)) | Message::Came(Err(_)) => Action::Go(Route::Trouble(Trouble::Resting)),
            Message::Done => Action::Go(Route::FirstPage),
            Message::Leaving => Action::Go(Route::Leave(self.resident.clone())),
            Message::Book => Action::Go(Route::Book(Wish::health_check(self.resident.clone(), self.source))),
            Message::Activities => {
                Action::Go(Route::Activities(Some((self.resident.clone(), self.source)), None))
            }
            Message::Serve => match &self.volunteer {
                Some((volunteer, _)) => Action::Go(Route::VolunteerShift(volunteer.clone())),
                None => Action::None,
            },
            Message::CameFor(_) if self.saving => Action::None,
            Message::CameFor(id) => {
                self.saving = true;
                let actor = cx.actor();
                let write = cx.store.write(move |store| store.come_for(actor, id));
                Action::Run(Task::perform(write, Message::Came))
            }
            Message::Came(Ok(appointment)) => {
                Action::Go(Route::QueueNumber(self.resident.clone(), Box::new(appointment)))
            }
            Message::Number(id) => find(id)
                .map_or(Action::None, |found| Action::Go(Route::QueueNumber(self.resident.clone(), found))),
            Message::Drop(id) => find(id).map_or(Action::None, |found| {
                Action::Go(Route::CancelAppointment(self.resident.clone(), self.source, found))
            }),
            Message::Health => Action::Go(Route::Health(self.resident.id)),
            Message::Turned(page) => {
                self.page = page;
                Action::None
            }
        }
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let profile = &self.resident.profile;
        let words = Words {
            lead: cx.addressed(&profile.name, &profile.called_by),
            title: cx.tr("day-title"),
            sub: self.sub(cx),
            steps: None,
        };
        let mut page = Page::crowded(cx, shape, Emblem::Picture(&profile.picture), &words);
        self.rows(&mut page, cx);
        page.primary("done", &cx.tr("day-done"), Icon::Check, Press::Own(Message::Done));
        if self.pages(shape, cx) > 1 {
            // The pager uses the place of the hint.
        } else if !self.appointments.is_empty() && !self.may_change(cx) {
            page.hint(&cx.tr("day-look"));
        } else if self.visit.is_some() {
            page.hint(&cx.tr("day-hint"));
        }
        let book = cx.tr("day-book");
        let pages = self.pages(shape, cx);
        if pages > 1 {
            let button = Button::new(Kind::Secondary, Role::Button, &book).icon(Icon::CalendarPlus);
            page.button(shape.pager(1), "nav:book", &button, Press::Own(Message::Book));
            page.pager(self.page.min(pages - 1), pages, Message::Turned);
            return page.finish();
        }
        let mut row = vec![
            ("nav:book", book, Icon::CalendarPlus, Press::Own(Message::Book)),
            ("nav:activities", cx.tr("day-act"), Icon::Music, Press::Own(Message::Activities)),
        ];
        if self.visit.is_some() {
            row.push(("nav:leave", cx.tr("idle-leave"), Icon::House, Press::Own(Message::Leaving)));
        } else if self.source == Source::Card {
            row.push(("nav:health", cx.tr("day-health"), Icon::HeartPulse, Press::Own(Message::Health)));
        }
        page.second_row(row);
        page.finish()
    }

    fn spoken_key(&self) -> &'static str {
        "day-title"
    }

    fn resident(&self) -> Option<&Resident> {
        Some(&self.resident)
    }
}

impl MyDay {
    /// Loads today's visit, bookings and activities.
    pub fn new(resident: Box<Resident>, source: Source, cx: &Ctx) -> (Self, Task<Message>) {
        let (id, today) = (resident.id, cx.clock.today());
        let now = cx.clock.now();
        let read = cx.store.read(move |store| {
            let mut enrolments = store.enrolments_of(id, today)?;
            enrolments.retain(|own| own.ends_at > now && own.cancelled.is_none());
            let serving = |volunteer: Volunteer| -> Result<_> {
                let open = store.open_shift(Worker::Volunteer(volunteer.id))?;
                Ok((Box::new(volunteer), open))
            };
            Ok(Box::new(Known {
                visit: store.open_visit(id)?,
                appointments: store.appointments_of(id, today)?,
                enrolments,
                volunteer: store.volunteer_of(id)?.map(serving).transpose()?,
                unconfirmed: store.unconfirmed()?,
            }))
        });
        let day = Self {
            resident,
            source,
            visit: None,
            appointments: vec![],
            enrolments: vec![],
            volunteer: None,
            unconfirmed: vec![],
            loaded: false,
            page: 0,
            saving: false,
        };
        (day, Task::perform(read, Message::Loaded))
    }

    /// Whether bookings may be changed: with the card, or led by staff.
    fn may_change(&self, cx: &Ctx) -> bool {
        self.source == Source::Card || cx.staff.is_some()
    }

    /// The most important line: come without breakfast, otherwise the time of arrival.
    fn sub(&self, cx: &Ctx) -> String {
        let today = cx.clock.today();
        let fasting = |day: NaiveDate| {
            let open = |a: &&Appointment| {
                a.fasting && a.day == day && a.status.is_open() && a.status != Status::Waitlist
            };
            self.appointments.iter().find(open)
        };
        if fasting(today).is_some_and(|a| a.status != Status::Fulfilled) {
            return cx.tr("day-fasting-today");
        }
        if let Some(eve) = today.succ_opt().and_then(fasting) {
            let time = cx.i18n.clock_words(eve.starts_at.local(cx.clock.zone()).time());
            return cx.i18n.tr_with("day-fasting", &[("time", time.as_str().into())]);
        }
        let came =
            self.visit.as_ref().map(|visit| hour_minute(visit.arrived_at.local(cx.clock.zone()).time()));
        came.map(|at| cx.i18n.tr_with("day-came", &[("time", at.as_str().into())])).unwrap_or_default()
    }

    /// Today's purposes that were not booked.
    fn chosen<'a>(&self, cx: &'a Ctx) -> Vec<&'a Service> {
        let chosen = self.visit.iter().flat_map(|visit| &visit.services);
        chosen.filter_map(|id| cx.service(*id)).filter(|service| !service.bookable).collect()
    }

    /// The rows: volunteering first, then plans by time, then the rest.
    fn entries<'a>(&'a self, cx: &'a Ctx) -> Vec<Entry<'a>> {
        let serving = self.volunteer.iter().map(|(_, open)| Entry::Serving(open.as_ref()));
        let booked = self.appointments.iter().map(|a| (a.starts_at, Entry::Booked(a)));
        let signed_up = self.enrolments.iter().map(|own| (own.starts_at, Entry::Activity(own)));
        let mut planned: Vec<_> = booked.chain(signed_up).collect();
        planned.sort_by_key(|(at, _)| *at);
        let chosen = self.chosen(cx).into_iter().map(Entry::Chosen);
        serving.chain(planned.into_iter().map(|(_, entry)| entry)).chain(chosen).collect()
    }

    fn pages(&self, shape: Shape, cx: &Ctx) -> usize {
        self.entries(cx).len().div_ceil(per_page(shape)).max(1)
    }
}
