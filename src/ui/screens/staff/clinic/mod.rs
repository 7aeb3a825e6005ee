//! 健康: the day by service and room, the week, the queue, follow-up calls and yearly
//! check-ups.

mod lists;
mod load;
mod queue;
mod session_form;
mod steps;
pub(super) mod view;

use std::time::Duration;

use chrono::{Datelike, Days, NaiveDate};
use daycare_core::appointment::{Appointment, Booked, Session, Slot, Status};
use daycare_core::checkup::Due;
use daycare_core::follow_up::FollowUp;
use daycare_core::ids::{AppointmentId, FollowUpId, ResidentId, ServiceId, SessionId, TicketId};
use daycare_core::queue::Ticket;
use daycare_core::time::hour_minute;
use daycare_store::appointment::{Caseload, ListedAppointment};
use iced::Task;
use iced::keyboard::Modifiers;
use iced::keyboard::key::Named;

use super::frame::Nav;
use super::picker::{self, Picker};
use super::revealed::Revealed;
use crate::error::Result;
use crate::reports::day_list::{DayList, Line};
use crate::ui::screens::document::{Document, Handed};
use crate::ui::screens::staff::kit::Feedback;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::screens::{Action, Ctx, Route, Screen, Side};
use crate::ui::theme::Shape;
use crate::ui::widgets::Element;
use crate::ui::widgets::root::KeyInput;

/// What is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// One day by service and room.
    Day,
    /// Seven days, counts only.
    Week,
    /// The queues, by service and room.
    Queue,
    /// People to call by phone.
    Calls,
    /// The yearly check-ups.
    Checkups,
}

/// Everything a tab shows.
#[derive(Debug, Clone)]
pub struct Data {
    sessions: Vec<Session>,
    slots: Vec<Slot>,
    listed: Vec<ListedAppointment>,
    queue: Vec<Ticket>,
    calls: Vec<FollowUp>,
    checkups: Vec<Due>,
    caseload: Vec<Caseload>,
}

/// What a person is being picked for.
#[derive(Debug, Clone, PartialEq)]
enum Picking {
    Seat(Slot),
    WalkIn(ServiceId),
}

/// The clinic.
#[derive(Debug)]
pub struct Clinic {
    tab: Tab,
    day: NaiveDate,
    data: Option<Data>,
    /// Index of the group of columns shown.
    group: usize,
    open: Option<AppointmentId>,
    stepping_back: bool,
    session: Option<Edit>,
    picking: Option<(Picking, Picker)>,
    /// Service and room whose queue is shown.
    desk: Option<(ServiceId, String)>,
    only_due: bool,
    revealed: Revealed,
    page: usize,
    notice: Feedback,
    loaded_at: Duration,
}

/// Changes to one session on its day.
#[derive(Debug, Clone)]
struct Edit {
    session: Session,
    room: String,
    provider: String,
    capacity: u16,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// The data were loaded.
    Loaded(Result<Box<Data>>),
    /// Another tab was chosen.
    Tabbed(Tab),
    /// Another day was chosen.
    Moved(NaiveDate),
    /// A day of the week was tapped, to be opened.
    DayOpened(NaiveDate),
    /// Another group of columns, or page of a list.
    Turned(usize),
    /// A booking was tapped.
    Opened(AppointmentId),
    /// Set this status for the open booking.
    Step(Status),
    /// 退回一步
    Back,
    /// The reason for going back a step was chosen.
    BackBecause(&'static str),
    /// The result of saving the status.
    Stepped(Result<Appointment>),
    /// A free seat was tapped.
    Seat(Box<Slot>),
    /// 没约的来，给号
    WalkIn,
    /// Messages of the person search.
    Picker(picker::Message),
    /// The result of booking for the person of this name.
    BookedFor(String, Result<Booked>),
    /// Open the form for this session.
    Edit(SessionId),
    /// The session's room was typed.
    Room(String),
    /// The session's provider was typed.
    Provider(String),
    /// The session's number of seats was set.
    Capacity(u16),
    /// 保存
    EditSave,
    /// 这一场不办, with this reason.
    EditCancel(&'static str),
    /// 照常办
    EditReopen,
    /// The result of saving the session: how many people must be called, if any.
    Edited(Result<Option<usize>>),
    /// 打印名单
    Print,
    /// The result of printing or saving the list.
    Printed(Result<Handed>),
    /// 收尾
    CloseDay,
    /// The result of closing the day: how many people did not come.
    DayClosed(Result<usize>),
    /// The queue of this service and room was chosen.
    Desk(ServiceId, String),
    /// 叫下一位
    CallNext,
    /// The result of calling the next number; `None` if nobody is waiting.
    Called(Result<Option<Ticket>>),
    /// An action on a number was chosen.
    Number(TicketId, QueueAction),
    /// The result of that action.
    Done(Result<()>),
    /// 叫号屏
    Screen,
    /// 号码: show the phone number of this person.
    Phone(ResidentId),
    /// The outcome of a phone call was chosen.
    CallResult(FollowUpId, &'static str),
    /// Show only people who are due, or everybody.
    OnlyDue(bool),
    /// Book a check-up for this person.
    BookCheckup(ResidentId),
    /// The person for that booking was loaded.
    CheckupFor(Result<Option<Box<daycare_core::resident::Resident>>>),
    /// 看健康
    File(ResidentId),
    /// 记录
    Measure(ResidentId, AppointmentId),
    /// 排班
    Schedule,
    /// A navigation button was tapped.
    Nav(Nav),
}

/// Actions on a queue number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueueAction {
    /// 再叫
    Recall,
    /// 过号
    Skip,
    /// 排回去
    Requeue,
    /// 换到
    Move(String),
    /// 完成
    Finish,
}

/// The data are reloaded this often.
const REFRESH: Duration = Duration::from_secs(5);

impl Screen for Clinic {
    type Message = Message;
    const SIDE: Side = Side::Staff;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Loaded(Ok(data)) => self.loaded(*data),
            Message::Tabbed(tab) => {
                (self.tab, self.page, self.group) = (tab, 0, 0);
                (self.open, self.session, self.picking, self.notice) = (None, None, None, None);
                if tab == Tab::Queue {
                    self.day = cx.clock.today();
                }
                return self.reload(cx);
            }
            Message::Moved(day) => {
                (self.day, self.group, self.open, self.session) = (day, 0, None, None);
                return self.reload(cx);
            }
            Message::DayOpened(day) => {
                (self.tab, self.day, self.group) = (Tab::Day, day, 0);
                return self.reload(cx);
            }
            Message::Turned(page) => (self.page, self.group) = (page, page),
            Message::Opened(id) => {
                self.open = if self.open == Some(id) { None } else { Some(id) };
                self.stepping_back = false;
            }
            Message::Back => self.stepping_back = !self.stepping_back,
            Message::Step(_) | Message::BackBecause(_) => return self.step(&message, cx),
            Message::Seat(_) | Message::WalkIn | Message::Picker(_) => return self.pick(message, cx),
            Message::Edit(_)
            | Message::Room(_)
            | Message::Provider(_)
            | Message::Capacity(_)
            | Message::EditSave
            | Message::EditCancel(_)
            | Message::EditReopen => return self.edit(message, cx),
            Message::Print => return self.print(cx),
            Message::CloseDay => {
                let (actor, today) = (cx.actor(), cx.clock.today());
                let write = cx.store.write(move |store| store.close_appointments(actor, today));
                return Action::Run(Task::perform(write, Message::DayClosed));
            }
            Message::Desk(service, room) => self.desk = Some((service, room)),
            Message::CallNext | Message::Number(..) => return self.queue_action(message, cx),
            Message::Phone(who) => {
                return Action::Run(self.revealed.show(who.into(), cx, Message::Done));
            }
            Message::CallResult(id, key) => {
                let (actor, words) = (cx.actor(), cx.tr(key));
                let write = cx.store.write(move |store| store.finish_follow_up(actor, id, &words));
                return Action::Run(Task::perform(write, Message::Done));
            }
            Message::OnlyDue(only) => (self.only_due, self.page) = (only, 0),
            Message::BookCheckup(id) => {
                let read = cx.store.read(move |store| Ok(store.resident(id)?.map(Box::new)));
                return Action::Run(Task::perform(read, Message::CheckupFor));
            }
            Message::Screen => return Action::Go(Route::Calling),
            Message::File(id) => return Action::Go(Route::Health(id)),
            Message::Measure(id, at) => return Action::Go(Route::Measure(id, Some(at))),
            Message::Schedule => return Action::Go(Route::Schedule),
            Message::Nav(nav) => return nav.into(),
            outcome => return self.handle_result(outcome, cx),
        }
        Action::None
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        self.draw(Ui::new(cx, shape))
    }

    fn tick(&mut self, now: Duration, cx: &Ctx) -> Action<Message> {
        self.revealed.tick(now);
        if now.saturating_sub(self.loaded_at) >= REFRESH && self.picking.is_none() && self.session.is_none() {
            return self.reload(cx);
        }
        Action::None
    }

    // Enter saves the open session, Esc closes what is open.
    fn key(&mut self, key: &KeyInput, _modifiers: Modifiers, cx: &Ctx) -> Action<Message> {
        match key {
            KeyInput::Enter if self.session.is_some() && self.picking.is_none() => {
                return self.update(Message::EditSave, cx);
            }
            KeyInput::Other(Named::Escape) if self.session.is_some() || self.picking.is_some() => {
                (self.session, self.picking) = (None, None);
            }
            KeyInput::Other(Named::Escape) => (self.open, self.stepping_back) = (None, false),
            _ => {}
        }
        Action::None
    }

    fn has_draft(&self) -> bool {
        self.session.is_some()
    }

    fn leads_from(&self) -> Option<Route> {
        Some(Route::Clinic)
    }
}

impl Clinic {
    /// Loads today.
    pub fn new(cx: &Ctx) -> (Self, Task<Message>) {
        let clinic = Self {
            tab: Tab::Day,
            day: cx.clock.today(),
            data: None,
            group: 0,
            open: None,
            stepping_back: false,
            session: None,
            picking: None,
            desk: None,
            only_due: true,
            revealed: Revealed::default(),
            page: 0,
            notice: None,
            loaded_at: cx.clock.monotonic(),
        };
        let load = clinic.load(cx);
        (clinic, load)
    }

    /// First and last local day that the tab shows.
    fn span(&self) -> (NaiveDate, NaiveDate) {
        match self.tab {
            Tab::Week => {
                let back = u64::from(self.day.weekday().num_days_from_monday());
                let monday = self.day.checked_sub_days(Days::new(back)).unwrap_or(self.day);
                (monday, monday.checked_add_days(Days::new(6)).unwrap_or(monday))
            }
            _ => (self.day, self.day),
        }
    }

    fn reload(&mut self, cx: &Ctx) -> Action<Message> {
        self.loaded_at = cx.clock.monotonic();
        Action::Run(self.load(cx))
    }

    fn fail(&mut self, error: &crate::error::Error, cx: &Ctx) -> Action<Message> {
        self.notice = Some(Err(cx.i18n.error(error)));
        Action::None
    }

    fn opened(&self) -> Option<&ListedAppointment> {
        let id = self.open?;
        self.data.as_ref()?.listed.iter().find(|listed| listed.appointment.id == id)
    }

    fn print(&mut self, cx: &Ctx) -> Action<Message> {
        let Some(data) = &self.data else { return Action::None };
        let line = |listed: &ListedAppointment| Line {
            appointment: listed.appointment.clone(),
            name: cx.addressed(&listed.name, &listed.called_by),
            yard: listed.yard.clone(),
            phone: listed.phone.clone(),
        };
        let list = DayList {
            centre: cx.centre.name.clone(),
            day: self.day,
            lines: data.listed.iter().map(line).collect(),
            zone: cx.clock.zone(),
        };
        let name = format!("appointments-{}", self.day);
        Action::Print(Document::pdf(name, move || list.pdf(), Message::Printed))
    }
}

/// The result of a booking made for somebody, in words.
fn booked_words(name: &str, booked: Booked, cx: &Ctx) -> std::result::Result<String, String> {
    match booked {
        Booked::Done(_) => Ok(cx.i18n.tr_with("booked-for", &[("name", name.into())])),
        Booked::Full => Err(cx.tr("booked-full")),
        Booked::Closed => Err(cx.tr("booked-closed")),
        Booked::Already(own) => {
            let at = own.starts_at.local(cx.clock.zone());
            let what = format!(
                "{} {} {}",
                cx.i18n.month_day(at.date()),
                hour_minute(at.time()),
                cx.name(&own.service)
            );
            Err(cx.i18n.tr_with("booked-already", &[("what", what.as_str().into())]))
        }
    }
}
