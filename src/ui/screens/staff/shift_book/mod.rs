//! 交班本: handover notes, incidents, notices, phone numbers; paper forms for power cuts;
//! cleaning the screen.

mod view;

use chrono::{Days, NaiveDate};
use daycare_core::ids::{HandoverId, IncidentId, NoticeId, PhoneNumberId};
use daycare_core::period::Period;
use daycare_core::resident::Resident;
use daycare_core::shift_book::{
    Handover, Incident, IncidentKind, NOTICE_CHARS, Notice, NoticeKind, PhoneNumber,
};
use iced::Task;
use iced::keyboard::Modifiers;
use iced::keyboard::key::Named;

use super::frame::Nav;
use super::picker::{self, Picker};
use super::welfare::head;
use crate::error::Result;
use crate::reports::lists::Inside;
use crate::ui::screens::document::{self, Document, Handed};
use crate::ui::screens::staff::kit::Ui;
use crate::ui::screens::staff::kit::{Feedback, Loadable};
use crate::ui::screens::{Action, Ctx, Route, Screen, Side};
use crate::ui::theme::Shape;
use crate::ui::widgets::Element;
use crate::ui::widgets::root::KeyInput;

/// The book, open at one of its parts.
#[derive(Debug)]
pub struct ShiftBook {
    tab: Tab,
    data: Loadable<Box<Data>>,
    draft: Draft,
    picker: Option<Picker>,
    notice: Feedback,
}

/// What the screen shows.
#[derive(Debug, Clone)]
pub struct Data {
    handovers: Vec<Handover>,
    incidents: Vec<Incident>,
    notices: Vec<Notice>,
    numbers: Vec<PhoneNumber>,
    active: usize,
}

/// The part of the book shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// 交班
    Handover,
    /// 突发情况
    Incidents,
    /// 通知
    Notices,
    /// 电话
    Numbers,
    /// 备用和清洁
    Papers,
}

/// The line being written.
#[derive(Debug, Default)]
struct Draft {
    words: String,
    measures: String,
    incident: Option<IncidentKind>,
    who: Option<Box<Resident>>,
    kind: Option<NoticeKind>,
    days: u64,
    phone: String,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// The book was loaded.
    Loaded(Result<Box<Data>>),
    /// 再试一次, after loading failed.
    Reload,
    /// Another part was chosen.
    Tabbed(Tab),
    /// The text, or a name, was typed.
    Words(String),
    /// The measures taken were typed.
    Measures(String),
    /// A phone number was typed.
    Phone(String),
    /// The kind of incident was chosen.
    Incident(IncidentKind),
    /// The search for the person concerned was opened or closed.
    Picking(bool),
    /// Messages of that search.
    Picker(picker::Message),
    /// The kind of notice was chosen.
    Kind(NoticeKind),
    /// Change the notice's duration by this many days.
    Days(i64),
    /// 记下
    Save,
    /// 做完了
    Done(HandoverId),
    /// End this notice.
    End(NoticeId),
    /// Remove this phone number.
    Remove(PhoneNumberId),
    /// The result of saving.
    Saved(Result<()>),
    /// 打印备用签到表, for today or tomorrow.
    Fallback(bool),
    /// 打印疏散名单
    Evacuation,
    /// The result of printing or saving the document.
    Handed(Result<Handed>),
    /// 擦屏幕
    Clean,
    /// A navigation button was tapped.
    Nav(Nav),
}

/// Finished notes are shown for this many days.
const SHOWN_DAYS: u64 = 7;
/// Incidents are shown for this many days.
const INCIDENT_DAYS: u64 = 90;

fn back(cx: &Ctx, days: u64) -> NaiveDate {
    let today = cx.clock.today();
    today.checked_sub_days(Days::new(days)).unwrap_or(today)
}

fn load(cx: &Ctx) -> Task<Message> {
    let (since, today) = (back(cx, SHOWN_DAYS), cx.clock.today());
    let period = Period { from: back(cx, INCIDENT_DAYS), to: today };
    let read = cx.store.read(move |store| {
        Ok(Box::new(Data {
            handovers: store.handovers(since)?,
            incidents: store.incidents(period)?,
            notices: store.notices()?,
            numbers: store.phone_numbers()?,
            active: store.roster()?.len(),
        }))
    });
    Task::perform(read, Message::Loaded)
}

impl Screen for ShiftBook {
    type Message = Message;
    const SIDE: Side = Side::Staff;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Loaded(read) => self.data.came(read, &mut self.notice, cx),
            Message::Reload => return Action::Run(load(cx)),
            Message::Tabbed(tab) => {
                self.tab = tab;
                self.clear();
            }
            Message::Picking(open) => return self.pick(open, cx),
            Message::Picker(message) => {
                let picked = self.picker.as_mut().and_then(|picker| picker.update(message));
                if picked.is_some() {
                    self.draft.who = picked;
                    self.picker = None;
                }
            }
            Message::Save => return self.save(cx),
            Message::Done(_) | Message::End(_) | Message::Remove(_) => return end(&message, cx),
            Message::Saved(Ok(())) => {
                self.clear();
                self.notice = Some(Ok(cx.tr("welfare-saved")));
                return Action::Run(load(cx));
            }
            Message::Fallback(tomorrow) => return fallback(tomorrow, cx),
            Message::Evacuation => return evacuation(cx),
            Message::Handed(handed) => self.notice = Some(document::words(handed, cx)),
            Message::Clean => return Action::Go(Route::Cleaning),
            Message::Nav(nav) => return nav.into(),
            Message::Saved(Err(e)) => self.notice = Some(Err(cx.i18n.error(&e))),
            Message::Words(_)
            | Message::Measures(_)
            | Message::Phone(_)
            | Message::Incident(_)
            | Message::Kind(_)
            | Message::Days(_) => self.fill_in(message),
        }
        Action::None
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        self.draw(Ui::new(cx, shape))
    }

    // Enter saves the line, Esc closes the person search.
    fn key(&mut self, key: &KeyInput, _modifiers: Modifiers, cx: &Ctx) -> Action<Message> {
        match key {
            KeyInput::Enter if self.picker.is_none() => return self.save(cx),
            KeyInput::Other(Named::Escape) => self.picker = None,
            _ => {}
        }
        Action::None
    }

    fn has_draft(&self) -> bool {
        let draft = &self.draft;
        [&draft.words, &draft.measures, &draft.phone].iter().any(|words| !words.trim().is_empty())
    }
}

impl ShiftBook {
    /// Loads the book.
    pub fn new(cx: &Ctx) -> (Self, Task<Message>) {
        let draft = Draft { days: 1, ..Draft::default() };
        (Self { tab: Tab::Handover, data: Loadable::default(), draft, picker: None, notice: None }, load(cx))
    }

    fn clear(&mut self) {
        self.draft = Draft { days: 1, ..Draft::default() };
        self.picker = None;
        self.notice = None;
    }

    fn pick(&mut self, open: bool, cx: &Ctx) -> Action<Message> {
        if !open {
            self.picker = None;
            return Action::None;
        }
        let (picker, load) = Picker::new(cx);
        self.picker = Some(picker);
        Action::Run(load.map(Message::Picker))
    }

    fn fill_in(&mut self, message: Message) {
        let draft = &mut self.draft;
        match message {
            // A notice must fit a resident's screen.
            Message::Words(words) if self.tab == Tab::Notices => {
                draft.words = words.chars().take(NOTICE_CHARS).collect();
            }
            Message::Words(words) => draft.words = words,
            Message::Measures(measures) => draft.measures = measures,
            Message::Phone(phone) => draft.phone = phone,
            Message::Incident(kind) => draft.incident = Some(kind),
            Message::Kind(kind) => draft.kind = Some(kind),
            Message::Days(by) => draft.days = draft.days.saturating_add_signed(by).clamp(1, 30),
            _ => {}
        }
    }

    /// Whether the line is complete enough to be saved.
    fn is_ready(&self) -> bool {
        let draft = &self.draft;
        match self.tab {
            Tab::Handover => !draft.words.trim().is_empty(),
            Tab::Incidents => draft.incident.is_some(),
            Tab::Notices => draft.kind.is_some() && !draft.words.trim().is_empty(),
            Tab::Numbers => !draft.words.trim().is_empty() && !draft.phone.trim().is_empty(),
            Tab::Papers => false,
        }
    }

    fn save(&mut self, cx: &Ctx) -> Action<Message> {
        if !self.is_ready() {
            return Action::None;
        }
        let (actor, draft) = (cx.actor(), &self.draft);
        let words = draft.words.trim().to_owned();
        let write = match (self.tab, draft.incident, draft.kind) {
            (Tab::Incidents, Some(kind), _) => {
                let incident = Incident {
                    id: IncidentId::new(),
                    resident: draft.who.as_ref().map(|who| who.id),
                    name: String::new(),
                    kind,
                    at: cx.clock.now(),
                    words,
                    measures: draft.measures.trim().to_owned(),
                    by: String::new(),
                };
                cx.store.write(move |store| store.add_incident(actor, &incident))
            }
            (Tab::Notices, _, Some(kind)) => {
                let from_on = cx.clock.today();
                let until_on = from_on.checked_add_days(Days::new(draft.days - 1)).unwrap_or(from_on);
                let notice = Notice { id: NoticeId::new(), kind, words, from_on, until_on, read: 0 };
                cx.store.write(move |store| store.add_notice(actor, &notice))
            }
            (Tab::Numbers, ..) => {
                let phone = draft.phone.trim().to_owned();
                let number = PhoneNumber { id: PhoneNumberId::new(), name: words, phone };
                cx.store.write(move |store| store.put_phone_number(actor, &number))
            }
            _ => cx.store.write(move |store| store.add_handover(actor, HandoverId::new(), &words)),
        };
        Action::Run(Task::perform(write, Message::Saved))
    }
}

fn end(message: &Message, cx: &Ctx) -> Action<Message> {
    let actor = cx.actor();
    let write = match *message {
        Message::End(id) => cx.store.write(move |store| store.end_notice(actor, id)),
        Message::Remove(id) => cx.store.write(move |store| store.remove_phone_number(actor, id)),
        Message::Done(id) => cx.store.write(move |store| store.finish_handover(actor, id)),
        _ => return Action::None,
    };
    Action::Run(Task::perform(write, Message::Saved))
}

/// Prints the paper sign-in list of everybody expected, for a power cut.
fn fallback(tomorrow: bool, cx: &Ctx) -> Action<Message> {
    let today = cx.clock.today();
    let day = if tomorrow { today.succ_opt().unwrap_or(today) } else { today };
    let head = head(cx);
    let read = cx.store.read(move |store| {
        let mut expected = store.roster_of(day)?;
        expected.retain(|listed| listed.expected || listed.recent);
        Ok(expected)
    });
    let make = move || head.fallback(day, &futures::executor::block_on(read)?).pdf();
    Action::Print(Document::pdf(format!("fallback-{day}"), make, Message::Handed))
}

/// Prints the list of people in the building.
fn evacuation(cx: &Ctx) -> Action<Message> {
    let head = head(cx);
    let read = cx.store.read(|store| {
        let mut inside = Vec::new();
        for listed in store.inside()? {
            let plan = store.care_plan(listed.resident.id)?;
            inside.push(Inside { listed, wheelchair: plan.wheelchair, hearing: plan.hearing });
        }
        Ok(inside)
    });
    let make = move || head.evacuation(&futures::executor::block_on(read)?).pdf();
    let stem = format!("evacuation-{}", cx.clock.local().format("%Y-%m-%d-%H%M"));
    Action::Print(Document::pdf(stem, make, Message::Handed))
}
