//! 活动: the week and the month, one occurrence and its participants, changes to the plan.

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

/// The period shown.
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
    /// Attendance in the period shown.
    tallies: Vec<Tally>,
}

/// The panel that replaces the plan.
#[derive(Debug)]
enum Panel {
    None,
    /// The participants, and the search for another one.
    People(Vec<Participant>, Option<Picker>),
    /// The form for a new or changed activity.
    Form(Box<Form>),
    /// Asking why this occurrence is cancelled.
    Cancelling,
    /// Asking why the activity ends.
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

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// The data were loaded.
    Loaded(Result<Box<Data>>),
    /// 再试一次, after loading failed.
    Reload,
    /// 周, 月
    Spanned(Span),
    /// Another week or month.
    Moved(NaiveDate),
    /// A day of the month was tapped.
    DayOpened(NaiveDate),
    /// An occurrence was tapped.
    Opened(OccurrenceKey),
    /// 收起
    Closed,
    /// The participants were loaded.
    People(Result<Vec<Participant>>),
    /// A participant's outcome or mood was set.
    Outcome(EnrolmentId, Option<Outcome>, Option<Mood>),
    /// 在中心的都来了
    AllHere,
    /// 打印签到表
    Sheet,
    /// The result of saving.
    Noted(Result<()>),
    /// 加一位
    Picking,
    /// Messages of the person search.
    Picker(picker::Message),
    /// The result of adding the person of this name.
    Added(String, Result<Added>),
    /// Give back this participant's place.
    GiveBack(EnrolmentId),
    /// 新活动
    New(Option<NaiveDate>),
    /// 修改
    Edit,
    /// Messages of the form.
    Form(form::Message),
    /// 取消这次
    Cancel,
    /// The reason for cancelling was chosen.
    CancelBecause(&'static str),
    /// 照常办
    Restore,
    /// 以后都不办
    End,
    /// The reason for ending was chosen.
    EndBecause(&'static str),
    /// The result of changing the plan; the first value is the key of the success text.
    Changed(&'static str, Result<Affected>),
    /// 抄到下周
    Copy,
    /// The result of copying: how many activities were copied.
    Copied(Result<usize>),
    /// 打印海报
    Poster(Sheet),
    /// 日历文件
    Feed,
    /// The result of printing or saving the file.
    Saved(Result<Handed>),
    /// 志愿者
    Volunteers,
    /// A navigation button was tapped.
    Nav(Nav),
}

/// How a person was added to a list.
#[derive(Debug, Clone)]
pub enum Added {
    /// Signed up, before it begins.
    SignedUp(SignedUp),
    /// Recorded as attended, after it began.
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

    /// The day a week or a month later or earlier.
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

    /// Reloads the plan and the participants.
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

    /// Handles the results of tasks.
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

/// The result of adding somebody, in words.
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
