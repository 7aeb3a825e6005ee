//! 活动: the week and the month, one time and who is there, what changes.

mod form;
mod papers;
pub(super) mod people;
mod step;
mod view;

use chrono::{Datelike, Days, Months, NaiveDate};
use daycare_core::activity::Affected;
use daycare_core::activity::enrolment::{Enrolment, Mood, Outcome, Participant, SignedUp, Tally};
use daycare_core::activity::{ListedActivity, OccurrenceKey, Room, Team};
use daycare_core::appointment::Closure;
use daycare_core::ids::EnrolmentId;
use iced::Task;
use iced::keyboard::Modifiers;
use iced::keyboard::key::Named;

use crate::error::{Error, Result};
use crate::reports::poster::Sheet;
use crate::ui::screens::document::{self, Handed};
use crate::ui::screens::staff::kit::Ui;
use crate::ui::screens::staff::kit::{Feedback, Loadable};
use crate::ui::screens::{Action, Ctx, Route, Screen, Side};
use crate::ui::theme::Shape;
use crate::ui::widgets::Element;
use crate::ui::widgets::root::KeyInput;

use super::frame::Nav;
use super::picker::{self, Picker};
use form::Form;

/// How much is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// Seven days from a Monday.
    Week,
    /// A month in whole weeks.
    Month,
}

/// What the screen shows.
#[derive(Debug, Clone)]
pub struct Data {
    listed: Vec<ListedActivity>,
    closures: Vec<Closure>,
    rooms: Vec<Room>,
    teams: Vec<Team>,
    /// Who may lead: staff and volunteers.
    leaders: Vec<String>,
    /// What was attended in the shown period.
    tallies: Vec<Tally>,
}

/// What is open below the plan.
#[derive(Debug)]
enum Panel {
    None,
    /// Who is there.
    People(Vec<Participant>, Option<Picker>),
    /// A new one, or changes.
    Form(Box<Form>),
    /// Why is it not held?
    Cancelling,
    /// Why does it end?
    Ending,
}

/// The plan.
#[derive(Debug)]
pub struct Programme {
    span: Span,
    /// A day of the shown week or month.
    day: NaiveDate,
    data: Loadable<Box<Data>>,
    open: Option<OccurrenceKey>,
    panel: Panel,
    notice: Feedback,
}

/// What happened here.
#[derive(Debug, Clone)]
pub enum Message {
    /// It came.
    Loaded(Result<Box<Data>>),
    /// 再试一次: it could not be read.
    Reload,
    /// 周, 月
    Spanned(Span),
    /// Another week or month.
    Moved(NaiveDate),
    /// A day of the month was tapped.
    DayOpened(NaiveDate),
    /// A time was tapped.
    Opened(OccurrenceKey),
    /// 收起
    Closed,
    /// Who is there came.
    People(Result<Vec<Participant>>),
    /// How somebody took part.
    Outcome(EnrolmentId, Option<Outcome>, Option<Mood>),
    /// 在中心的都来了
    AllHere,
    /// 打印签到表
    Sheet,
    /// It is written, or not.
    Noted(Result<()>),
    /// 加一位
    Picking,
    /// A person is being picked.
    Picker(picker::Message),
    /// Somebody was put on the list, or not.
    Added(String, Result<Added>),
    /// A place is given back.
    GiveBack(EnrolmentId),
    /// 新活动
    New(Option<NaiveDate>),
    /// 修改
    Edit,
    /// Something in the form.
    Form(form::Message),
    /// 取消这次
    Cancel,
    /// Because.
    CancelBecause(&'static str),
    /// 照常办
    Restore,
    /// 以后都不办
    End,
    /// Because.
    EndBecause(&'static str),
    /// The plan is changed, or not.
    Changed(&'static str, Result<Affected>),
    /// 抄到下周
    Copy,
    /// So many were copied.
    Copied(Result<usize>),
    /// 打印海报
    Poster(Sheet),
    /// 日历文件
    Feed,
    /// Where the file is.
    Saved(Result<Handed>),
    /// 志愿者
    Volunteers,
    /// The navigation.
    Nav(Nav),
}

/// How somebody was put on a list.
#[derive(Debug, Clone)]
pub enum Added {
    /// Signed up, before it begins.
    SignedUp(SignedUp),
    /// Came.
    Came(Enrolment),
}

fn monday(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))).unwrap_or(day)
}

fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

impl Screen for Programme {
    type Message = Message;
    const SIDE: Side = Side::Staff;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Loaded(read) => self.data.came(read, &mut self.notice, cx),
            Message::Reload => return Action::Run(self.load(cx)),
            Message::Spanned(span) => return self.show(span, self.day, cx),
            Message::Moved(day) => return self.show(self.span, day, cx),
            Message::DayOpened(day) => return self.show(Span::Week, day, cx),
            Message::Opened(key) => {
                (self.open, self.panel, self.notice) = (Some(key), Panel::People(vec![], None), None);
                return Action::Run(self.people(cx));
            }
            Message::Closed => (self.open, self.panel) = (None, Panel::None),
            Message::People(Ok(people)) => {
                if let Panel::People(shown, _) = &mut self.panel {
                    *shown = people;
                }
            }
            Message::Outcome(..)
            | Message::AllHere
            | Message::Sheet
            | Message::Picking
            | Message::Picker(_)
            | Message::GiveBack(_) => return self.list_action(message, cx),
            Message::New(day) => {
                self.open = None;
                let day = day.unwrap_or_else(|| self.day.max(cx.clock.today()));
                self.panel = Panel::Form(Box::new(Form::blank(day, cx)));
                self.notice = None;
            }
            Message::Edit => return self.edit(cx),
            Message::Form(message) => return self.form_message(message, cx),
            Message::Cancel => self.panel = Panel::Cancelling,
            Message::End => self.panel = Panel::Ending,
            Message::CancelBecause(_) | Message::EndBecause(_) | Message::Restore => {
                return self.give_up(&message, cx);
            }
            Message::Copy => {
                let (actor, from) = (cx.actor(), self.period().0);
                let to = later(from, 7);
                let write = cx.store.write(move |store| store.copy_week(actor, from, to));
                return Action::Run(Task::perform(write, Message::Copied));
            }
            Message::Poster(sheet) => return self.poster(sheet, cx),
            Message::Feed => return Self::feed(cx),
            Message::Volunteers => return Action::Go(Route::Volunteers),
            Message::Nav(nav) => return nav.into(),
            outcome => return self.handle_result(outcome, cx),
        }
        Action::None
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        self.draw(Ui::new(cx, shape))
    }

    // Keys of the desk: arrows turn weeks, up and down go through the times,
    // N a new one, E changes, Ctrl P the poster, Ctrl S saves, Esc closes.
    // Letters and arrows are the field's own while there is one.
    fn key(&mut self, key: &KeyInput, modifiers: Modifiers, cx: &Ctx) -> Action<Message> {
        let typing = matches!(&self.panel, Panel::Form(_) | Panel::People(_, Some(_)));
        let message = match key {
            KeyInput::Other(Named::Escape) => Message::Closed,
            KeyInput::Char('s' | 'S') if modifiers.control() => Message::Form(form::Message::Save),
            KeyInput::Char('p' | 'P') if modifiers.control() => Message::Poster(Sheet::A4),
            _ if typing || modifiers.control() || modifiers.alt() => return Action::None,
            KeyInput::Other(Named::ArrowLeft) => Message::Moved(self.beside(false)),
            KeyInput::Other(Named::ArrowRight) => Message::Moved(self.beside(true)),
            KeyInput::Other(Named::ArrowDown) => return self.step(1, cx),
            KeyInput::Other(Named::ArrowUp) => return self.step(-1, cx),
            KeyInput::Char('n' | 'N') => Message::New(None),
            KeyInput::Char('e' | 'E') | KeyInput::Enter if self.open.is_some() => Message::Edit,
            _ => return Action::None,
        };
        self.update(message, cx)
    }

    fn has_draft(&self) -> bool {
        matches!(self.panel, Panel::Form(_))
    }
}

impl Programme {
    /// Loads this week.
    pub fn new(cx: &Ctx) -> (Self, Task<Message>) {
        let programme = Self {
            span: Span::Week,
            day: cx.clock.today(),
            data: Loadable::default(),
            open: None,
            panel: Panel::None,
            notice: None,
        };
        let load = programme.load(cx);
        (programme, load)
    }

    /// First and last day shown.
    fn period(&self) -> (NaiveDate, NaiveDate) {
        match self.span {
            Span::Week => (monday(self.day), later(monday(self.day), 6)),
            Span::Month => {
                let first = self.day.with_day(1).unwrap_or(self.day);
                let last = first.checked_add_months(Months::new(1)).and_then(|day| day.pred_opt());
                (monday(first), later(monday(last.unwrap_or(first)), 6))
            }
        }
    }

    /// The same day a week or a month further or back.
    fn beside(&self, forward: bool) -> NaiveDate {
        let one = Months::new(1);
        match (self.span, forward) {
            (Span::Week, true) => later(self.day, 7),
            (Span::Week, false) => self.day.checked_sub_days(Days::new(7)).unwrap_or(self.day),
            (Span::Month, true) => self.day.checked_add_months(one).unwrap_or(self.day),
            (Span::Month, false) => self.day.checked_sub_months(one).unwrap_or(self.day),
        }
    }

    fn load(&self, cx: &Ctx) -> Task<Message> {
        let (from, to) = self.period();
        let read = cx.store.read(move |store| {
            let staff = store.staff()?.into_iter().map(|staff| staff.name);
            let volunteers = store.volunteers()?.into_iter().map(|volunteer| volunteer.name);
            Ok(Box::new(Data {
                listed: store.activities(from, to)?,
                closures: store.closures(from, to)?,
                rooms: store.rooms()?,
                teams: store.teams()?,
                leaders: staff.chain(volunteers).collect(),
                tallies: store.activity_tallies(from, to)?,
            }))
        });
        Task::perform(read, Message::Loaded)
    }

    fn opened(&self) -> Option<&ListedActivity> {
        let key = self.open?;
        self.data.as_ref()?.listed.iter().find(|listed| listed.occurrence.key == key)
    }

    fn people(&self, cx: &Ctx) -> Task<Message> {
        let Some(key) = self.open else { return Task::none() };
        Task::perform(cx.store.read(move |store| store.participants(key)), Message::People)
    }

    /// Plan and list anew.
    fn reload(&self, cx: &Ctx) -> Action<Message> {
        let people = if matches!(self.panel, Panel::People(..)) { self.people(cx) } else { Task::none() };
        Action::Run(Task::batch([self.load(cx), people]))
    }

    fn show(&mut self, span: Span, day: NaiveDate, cx: &Ctx) -> Action<Message> {
        (self.span, self.day, self.open, self.panel) = (span, day, None, Panel::None);
        Action::Run(self.load(cx))
    }

    fn failed(&mut self, error: &Error, cx: &Ctx) -> Action<Message> {
        self.notice = Some(Err(cx.i18n.error(error)));
        Action::None
    }

    /// What came of something that was asked for.
    fn handle_result(&mut self, outcome: Message, cx: &Ctx) -> Action<Message> {
        let count = |key: &str, count: usize| cx.i18n.tr_with(key, &[("count", count.into())]);
        self.notice = match outcome {
            Message::Noted(Ok(())) => None,
            Message::Added(name, Ok(added)) => Some(added_words(&name, &added, cx)),
            Message::Changed(key, Ok(affected)) => {
                self.panel = if self.open.is_some() { Panel::People(vec![], None) } else { Panel::None };
                let mut words = cx.tr(key);
                if affected.to_call > 0 {
                    words = format!("{words} · {}", count("prog-to-call", affected.to_call));
                }
                if affected.promoted > 0 {
                    words = format!("{words} · {}", count("prog-promoted", affected.promoted));
                }
                Some(Ok(words))
            }
            Message::Copied(Ok(copied)) => {
                self.day = later(self.day, 7);
                Some(Ok(count("prog-copied", copied)))
            }
            Message::Saved(handed) => Some(document::words(handed, cx)),
            Message::People(Err(e))
            | Message::Noted(Err(e))
            | Message::Added(_, Err(e))
            | Message::Changed(_, Err(e))
            | Message::Copied(Err(e)) => return self.failed(&e, cx),
            _ => None,
        };
        self.reload(cx)
    }
}

/// What became of somebody put on a list.
fn added_words(name: &str, added: &Added, cx: &Ctx) -> std::result::Result<String, String> {
    let with = |key: &str| cx.i18n.tr_with(key, &[("name", name.into())]);
    match added {
        Added::Came(_) | Added::SignedUp(SignedUp::Done(_)) => Ok(with("prog-added")),
        Added::SignedUp(SignedUp::Waiting(..)) => Ok(with("prog-waits")),
        Added::SignedUp(SignedUp::Elsewhere(own)) => {
            Err(format!("{} {}", with("prog-elsewhere"), cx.name(&own.name)))
        }
        Added::SignedUp(SignedUp::Full) => Err(cx.tr("act-full-title")),
        Added::SignedUp(SignedUp::Closed) => Err(cx.tr("act-closed")),
    }
}
