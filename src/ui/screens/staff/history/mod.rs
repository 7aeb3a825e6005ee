//! 来访记录: search visits, see their audit trail, correct them, export the list.

mod view;

use daycare_core::audit::AuditEntry;
use daycare_core::ids::{ResidentId, VisitId};
use daycare_core::resident::{Query, Resident};
use daycare_core::visit::{HistoryFilter, Totals, Visit, VisitRow};
use iced::Task;
use iced::keyboard::Modifiers;
use iced::keyboard::key::Named;

use super::frame::Nav;
use super::span::Span;
use super::visit_form::{self, VisitForm};
use super::welfare::head;
use crate::error::Result;
use crate::reports::csv;
use crate::ui::screens::document::{self, Document, Handed};
use crate::ui::screens::staff::kit::Ui;
use crate::ui::screens::{Action, Ctx, Screen, Side};
use crate::ui::theme::Shape;
use crate::ui::widgets::Element;
use crate::ui::widgets::root::KeyInput;

/// Visits by day, person, text, 院落 and purpose.
#[derive(Debug)]
pub struct History {
    filter: HistoryFilter,
    span: Span,
    page: usize,
    rows: Vec<VisitRow>,
    totals: Totals,
    yards: Vec<String>,
    picking: Option<Picking>,
    open: Option<Open>,
    late: Option<Late>,
    notice: Option<std::result::Result<String, String>>,
}

/// Which filter's choices are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picking {
    /// 院落
    Yard,
    /// 事项
    Service,
}

/// The selected visit.
#[derive(Debug)]
struct Open {
    row: VisitRow,
    trail: Vec<AuditEntry>,
    form: Option<VisitForm>,
}

/// A visit being entered later.
#[derive(Debug)]
struct Late {
    text: String,
    found: Vec<Resident>,
    who: Option<Resident>,
    form: VisitForm,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// A page of visits was loaded, with totals and the list of 院落.
    Loaded(Result<(Vec<VisitRow>, Totals, Vec<String>)>),
    /// Another period was chosen.
    Spanned(Span),
    /// The search text changed.
    Searched(String),
    /// A filter's choices were opened, or closed.
    Picking(Option<Picking>),
    /// A 院落 was chosen; `None` for all.
    Yard(Option<String>),
    /// A purpose was chosen; `None` for all.
    Service(Option<daycare_core::ids::ServiceId>),
    /// Show only visits without a departure, or all.
    NotRecorded(bool),
    /// Another page was chosen.
    Turned(usize),
    /// A row was tapped.
    Opened(VisitId),
    /// The visit's audit trail was loaded, with the whole visit.
    Trail(VisitId, Result<(Vec<AuditEntry>, Option<Visit>)>),
    /// Show the visits of one person; `None` for all.
    Person(Option<ResidentId>),
    /// 更正
    Correcting(bool),
    /// Messages of the form.
    Form(visit_form::Message),
    /// 保存
    Save,
    /// Strike the visit out.
    Strike,
    /// The result of saving.
    Saved(Result<()>),
    /// 补录
    Late(bool),
    /// The name for a late entry was typed.
    LateText(String),
    /// People matching that name were found.
    LateFound(Result<Vec<Resident>>),
    /// One of them was chosen.
    LateWho(usize),
    /// 导出, as CSV (`false`) or spreadsheet (`true`).
    Export(bool),
    /// The result of saving the export.
    Exported(Result<Handed>),
    /// A navigation button was tapped.
    Nav(Nav),
}

const PER_PAGE: u32 = 20;

impl Screen for History {
    type Message = Message;
    const SIDE: Side = Side::Staff;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Loaded(Ok((rows, totals, yards))) => {
                (self.rows, self.totals, self.yards) = (rows, totals, yards);
            }
            Message::Spanned(span) => {
                self.span = span;
                return self.reload(cx);
            }
            Message::Searched(text) => {
                self.filter.text = text;
                return self.reload(cx);
            }
            Message::Picking(picking) => self.picking = picking,
            Message::Yard(yard) => {
                self.filter.yard = yard;
                return self.reload(cx);
            }
            Message::Service(service) => {
                self.filter.service = service;
                return self.reload(cx);
            }
            Message::NotRecorded(only) => {
                self.filter.not_recorded_only = only;
                return self.reload(cx);
            }
            Message::Person(person) => {
                self.filter.resident = person;
                if person.is_some() {
                    self.span = Span::All;
                }
                return self.reload(cx);
            }
            Message::Turned(page) => {
                self.page = page;
                self.open = None;
                return Action::Run(self.load(cx));
            }
            Message::Opened(id) => return self.select(id, cx),
            Message::Trail(id, Ok((trail, visit))) => {
                if let Some(open) = self.open.as_mut().filter(|open| open.row.visit.id == id) {
                    open.trail = trail;
                    // List rows lack purposes, but a correction starts from them.
                    if let Some(visit) = visit {
                        open.row.visit = visit;
                    }
                }
            }
            Message::Nav(nav) => return nav.into(),
            Message::Export(spreadsheet) => return self.export(spreadsheet, cx),
            Message::Exported(Ok(handed)) => {
                let saved = document::words(Ok(handed), cx);
                let rows = cx.i18n.tr_with("history-exported", &[("count", self.totals.rows.into())]);
                self.notice = Some(saved.map(|words| format!("{rows} {words}")));
            }
            Message::Loaded(Err(e)) | Message::Trail(_, Err(e)) | Message::Exported(Err(e)) => {
                self.notice = Some(Err(cx.i18n.error(&e)));
            }
            other => return self.edit(other, cx),
        }
        Action::None
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        self.draw(Ui::new(cx, shape))
    }

    // Enter saves what is being entered, Esc closes what is open.
    fn key(&mut self, key: &KeyInput, _modifiers: Modifiers, cx: &Ctx) -> Action<Message> {
        if *key == KeyInput::Enter && self.has_draft() {
            return self.save(cx);
        }
        if *key == KeyInput::Other(Named::Escape) {
            match &mut self.open {
                Some(open) if open.form.is_some() => open.form = None,
                _ => (self.open, self.late) = (None, None),
            }
        }
        Action::None
    }

    fn takes_cards(&self) -> bool {
        !self.has_draft()
    }

    fn has_draft(&self) -> bool {
        self.late.is_some() || self.open.as_ref().is_some_and(|open| open.form.is_some())
    }
}

impl History {
    /// Today's visits.
    pub fn new(cx: &Ctx) -> (Self, Task<Message>) {
        let mut history = Self {
            filter: HistoryFilter::default(),
            span: Span::Day(cx.clock.today()),
            page: 0,
            rows: vec![],
            totals: Totals::default(),
            yards: vec![],
            picking: None,
            open: None,
            late: None,
            notice: None,
        };
        let load = history.load(cx);
        (history, load)
    }

    fn load(&mut self, cx: &Ctx) -> Task<Message> {
        let period = self.span.period();
        (self.filter.from, self.filter.to) = (period.map(|p| p.from), period.map(|p| p.to));
        let (filter, page) = (self.filter.clone(), self.page);
        let read = cx.store.read(move |store| {
            Ok((
                store.history(&filter, u32::try_from(page).unwrap_or(u32::MAX), PER_PAGE)?,
                store.history_totals(&filter)?,
                store.yards()?,
            ))
        });
        Task::perform(read, Message::Loaded)
    }

    fn reload(&mut self, cx: &Ctx) -> Action<Message> {
        self.page = 0;
        self.open = None;
        self.picking = None;
        Action::Run(self.load(cx))
    }

    /// Handles messages of the correction and the late entry.
    fn edit(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Correcting(on) => {
                if let Some(open) = &mut self.open {
                    open.form = on.then(|| VisitForm::of(&open.row.visit, cx.clock.zone(), cx.clock.local()));
                }
            }
            Message::Form(message) => {
                let form = match (&mut self.late, &mut self.open) {
                    (Some(late), _) => Some(&mut late.form),
                    (None, Some(open)) => open.form.as_mut(),
                    (None, None) => None,
                };
                if let Some(form) = form {
                    form.update(&message);
                }
            }
            Message::Save => return self.save(cx),
            Message::Strike => return self.strike(cx),
            Message::Saved(Ok(())) => {
                // For the next line of the same paper, day, times and reason stay.
                if let Some(late) = &mut self.late {
                    (late.text, late.found, late.who) = (String::new(), vec![], None);
                    late.form.renew();
                }
                self.notice = Some(Ok(cx.tr("history-saved")));
                return self.reload(cx);
            }
            Message::Saved(Err(e)) | Message::LateFound(Err(e)) => {
                self.notice = Some(Err(cx.i18n.error(&e)));
            }
            Message::Late(on) => {
                self.open = None;
                let form = VisitForm::late(cx.clock.local());
                self.late = on.then(|| Late { text: String::new(), found: vec![], who: None, form });
            }
            Message::LateText(text) => return self.find(text, cx),
            Message::LateFound(Ok(found)) => {
                if let Some(late) = &mut self.late {
                    late.found = found;
                }
            }
            Message::LateWho(at) => {
                if let Some(late) = &mut self.late {
                    late.who = late.found.get(at).cloned();
                }
            }
            _ => {}
        }
        Action::None
    }

    fn select(&mut self, id: VisitId, cx: &Ctx) -> Action<Message> {
        if self.open.as_ref().is_some_and(|open| open.row.visit.id == id) {
            self.open = None;
            return Action::None;
        }
        let Some(row) = self.rows.iter().find(|row| row.visit.id == id).cloned() else {
            return Action::None;
        };
        self.notice = None;
        self.open = Some(Open { row, trail: vec![], form: None });
        let read = cx.store.read(move |store| Ok((store.trail(id.uuid())?, store.visit(id)?)));
        Action::Run(Task::perform(read, move |trail| Message::Trail(id, trail)))
    }

    fn save(&mut self, cx: &Ctx) -> Action<Message> {
        let actor = cx.actor();
        if let Some(late) = &self.late {
            let (Some(who), Some(entry)) = (&late.who, late.form.correction(cx)) else {
                return Action::None;
            };
            let id = who.id;
            let write = cx.store.write(move |store| store.enter_late(actor, id, &entry).map(drop));
            return Action::Run(Task::perform(write, Message::Saved));
        }
        let Some(open) = &self.open else { return Action::None };
        let Some(with) = open.form.as_ref().and_then(|form| form.correction(cx)) else {
            return Action::None;
        };
        let old = open.row.visit.id;
        let write = cx.store.write(move |store| store.correct_visit(actor, old, &with).map(drop));
        Action::Run(Task::perform(write, Message::Saved))
    }

    fn strike(&mut self, cx: &Ctx) -> Action<Message> {
        let Some(open) = &self.open else { return Action::None };
        let Some(with) = open.form.as_ref().and_then(|form| form.correction(cx)) else {
            return Action::None;
        };
        let (actor, id) = (cx.actor(), open.row.visit.id);
        let write = cx.store.write(move |store| store.strike_out(actor, id, &with.reason).map(drop));
        Action::Run(Task::perform(write, Message::Saved))
    }

    fn find(&mut self, text: String, cx: &Ctx) -> Action<Message> {
        let Some(late) = &mut self.late else { return Action::None };
        late.text.clone_from(&text);
        late.who = None;
        let read = cx.store.read(move |store| {
            let all = store.named_residents()?;
            let query = Query::new(&text);
            Ok(all.into_iter().filter(|r| r.profile.matches(&query)).take(6).collect())
        });
        Action::Run(Task::perform(read, Message::LateFound))
    }

    /// Exports exactly the visits shown, as CSV or spreadsheet.
    fn export(&mut self, spreadsheet: bool, cx: &Ctx) -> Action<Message> {
        let filter = self.filter.clone();
        let headings = csv::Headings::of(&cx.i18n);
        let (zone, about, head) = (cx.clock.zone(), self.span.words(cx), head(cx));
        let read = cx.store.read(move |store| {
            let rows = store.history(&filter, 0, u32::MAX)?;
            if spreadsheet { head.history(about, &rows).xlsx() } else { csv::visits(&headings, &rows, zone) }
        });
        let stem = format!("visits-{}", cx.clock.local().format("%Y-%m-%d-%H%M%S"));
        let make = move || futures::executor::block_on(read);
        let ending = if spreadsheet { "xlsx" } else { "csv" };
        Action::Save(Document::pdf(stem, make, Message::Exported).ending(ending))
    }
}
