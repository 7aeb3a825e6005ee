//! 来访记录: find a visit, see its trail, correct it, export what is shown.

use chrono::{Datelike, Days, NaiveDate};
use iced::alignment::Vertical;
use iced::widget::{Column, Row, Space, column, container, row};
use iced::{Length, Task};

use crate::domain::audit::AuditEntry;
use crate::domain::ids::{ResidentId, VisitId};
use crate::domain::resident::Resident;
use crate::domain::time::hour_minute;
use crate::domain::visit::{HistoryFilter, State, Totals, VisitRow};
use crate::error::Result;
use crate::reports::csv;
use crate::reports::text::COUNTING_RULE;
use crate::screens::{Action, Ctx};
use crate::theme::{Look, Role};
use crate::widgets::Element;
use crate::widgets::desk::{self, Chip, Kind};
use crate::widgets::icon::{Icon, icon};

use super::frame::{self, Nav, Place};
use super::visit_form::{self, VisitForm};

/// Visits by day, person, text, 院落 and purpose.
#[derive(Debug)]
pub struct History {
    filter: HistoryFilter,
    period: Period,
    page: u32,
    rows: Vec<VisitRow>,
    totals: Totals,
    yards: Vec<String>,
    picking: Option<Picking>,
    open: Option<Open>,
    late: Option<Late>,
    notice: Option<std::result::Result<String, String>>,
}

/// Days shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// One day.
    Day(NaiveDate),
    /// The month of a day.
    Month(NaiveDate),
    /// Everything.
    All,
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

/// A late entry being made.
#[derive(Debug)]
struct Late {
    text: String,
    found: Vec<Resident>,
    who: Option<Resident>,
    form: VisitForm,
}

/// What happened here.
#[derive(Debug, Clone)]
pub enum Message {
    /// A page came.
    Loaded(Result<(Vec<VisitRow>, Totals, Vec<String>)>),
    /// Other days.
    Periods(Period),
    /// Another text.
    Searched(String),
    /// Choices were opened or closed.
    Picking(Option<Picking>),
    /// A 院落, or all.
    Yard(Option<String>),
    /// A purpose, or all.
    Service(Option<crate::domain::ids::ServiceId>),
    /// Only those without a departure, or all.
    NotRecorded(bool),
    /// Another page.
    Turned(u32),
    /// A row was tapped.
    Opened(VisitId),
    /// Its trail came.
    Trail(VisitId, Result<Vec<AuditEntry>>),
    /// One person's own visits.
    Person(Option<ResidentId>),
    /// 更正
    Correcting(bool),
    /// The form.
    Form(visit_form::Message),
    /// 保存
    Save,
    /// Strike it out.
    Strike,
    /// It is on disk, or not.
    Saved(Result<()>),
    /// 补录
    Late(bool),
    /// Whose late entry.
    LateText(String),
    /// People found.
    LateFound(Result<Vec<Resident>>),
    /// Who it is.
    LateWho(usize),
    /// 导出
    Export,
    /// Where it is.
    Exported(Result<(usize, std::path::PathBuf)>),
    /// The navigation.
    Nav(Nav),
}

const PER_PAGE: u32 = 20;

impl Period {
    /// First and last day.
    #[must_use]
    pub fn days(self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        match self {
            Self::Day(day) => (Some(day), Some(day)),
            Self::Month(day) => (day.with_day(1), last_of_month(day)),
            Self::All => (None, None),
        }
    }

    fn moved(self, forward: bool) -> Self {
        let day_by = |day: NaiveDate, by: u64| {
            if forward { day.checked_add_days(Days::new(by)) } else { day.checked_sub_days(Days::new(by)) }
        };
        match self {
            Self::Day(day) => Self::Day(day_by(day, 1).unwrap_or(day)),
            Self::Month(day) => {
                let edge = if forward { last_of_month(day) } else { day.with_day(1) };
                Self::Month(edge.and_then(|edge| day_by(edge, 1)).unwrap_or(day))
            }
            Self::All => Self::All,
        }
    }
}

fn last_of_month(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)?.checked_add_months(chrono::Months::new(1))?.pred_opt()
}

impl History {
    /// Today's visits.
    pub fn new(cx: &Ctx) -> (Self, Task<Message>) {
        let mut history = Self {
            filter: HistoryFilter::default(),
            period: Period::Day(cx.clock.today()),
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
        (self.filter.from, self.filter.to) = self.period.days();
        let (filter, page) = (self.filter.clone(), self.page);
        let read = cx.store.read(move |store| {
            Ok((store.history(&filter, page, PER_PAGE)?, store.history_totals(&filter)?, store.yards()?))
        });
        Task::perform(read, Message::Loaded)
    }

    fn reload(&mut self, cx: &Ctx) -> Action<Message> {
        self.page = 0;
        self.open = None;
        self.picking = None;
        Action::Run(self.load(cx))
    }

    /// Follows a message.
    pub fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Loaded(Ok((rows, totals, yards))) => {
                (self.rows, self.totals, self.yards) = (rows, totals, yards);
            }
            Message::Periods(period) => {
                self.period = period;
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
                    self.period = Period::All;
                }
                return self.reload(cx);
            }
            Message::Turned(page) => {
                self.page = page;
                self.open = None;
                return Action::Run(self.load(cx));
            }
            Message::Opened(id) => return self.select(id, cx),
            Message::Trail(id, Ok(trail)) => {
                if let Some(open) = self.open.as_mut().filter(|open| open.row.visit.id == id) {
                    open.trail = trail;
                }
            }
            Message::Nav(nav) => return nav.into(),
            Message::Export => return self.export(cx),
            Message::Exported(Ok((rows, path))) => {
                let values = [("count", rows.into()), ("file", path.display().to_string().into())];
                self.notice = Some(Ok(cx.i18n.tr_with("history-exported", &values)));
            }
            Message::Loaded(Err(e)) | Message::Trail(_, Err(e)) | Message::Exported(Err(e)) => {
                self.notice = Some(Err(e.to_string()));
            }
            other => return self.edit(other, cx),
        }
        Action::None
    }

    /// Messages of the correction and the late entry.
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
                self.late = None;
                self.notice = Some(Ok(cx.tr("history-saved")));
                return self.reload(cx);
            }
            Message::Saved(Err(e)) | Message::LateFound(Err(e)) => self.notice = Some(Err(e.to_string())),
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
        let Some(row) = self.rows.iter().find(|row| row.visit.id == id).cloned() else { return Action::None };
        self.notice = None;
        self.open = Some(Open { row, trail: vec![], form: None });
        let read = cx.store.read(move |store| store.trail(id.uuid()));
        Action::Run(Task::perform(read, move |trail| Message::Trail(id, trail)))
    }

    fn save(&mut self, cx: &Ctx) -> Action<Message> {
        let actor = cx.actor();
        if let Some(late) = &self.late {
            let (Some(who), Some(entry)) = (&late.who, late.form.correction(cx)) else { return Action::None };
            let id = who.id;
            let write = cx.store.write(move |store| store.enter_late(actor, id, &entry).map(drop));
            return Action::Run(Task::perform(write, Message::Saved));
        }
        let Some(open) = &self.open else { return Action::None };
        let Some(with) = open.form.as_ref().and_then(|form| form.correction(cx)) else { return Action::None };
        let old = open.row.visit.id;
        let write = cx.store.write(move |store| store.correct_visit(actor, old, &with).map(drop));
        Action::Run(Task::perform(write, Message::Saved))
    }

    fn strike(&mut self, cx: &Ctx) -> Action<Message> {
        let Some(open) = &self.open else { return Action::None };
        let Some(with) = open.form.as_ref().and_then(|form| form.correction(cx)) else { return Action::None };
        let (actor, id) = (cx.actor(), open.row.visit.id);
        let write = cx.store.write(move |store| store.strike_out(actor, id, &with.reason).map(drop));
        Action::Run(Task::perform(write, Message::Saved))
    }

    fn find(&mut self, text: String, cx: &Ctx) -> Action<Message> {
        let Some(late) = &mut self.late else { return Action::None };
        late.text.clone_from(&text);
        late.who = None;
        let read = cx.store.read(move |store| {
            let all = store.residents()?;
            Ok(all.into_iter().filter(|r| r.profile.matches(&text)).take(6).collect())
        });
        Action::Run(Task::perform(read, Message::LateFound))
    }

    /// Writes exactly what the filter shows.
    fn export(&mut self, cx: &Ctx) -> Action<Message> {
        let filter = self.filter.clone();
        let headings = csv::Headings::of(&cx.i18n);
        let stamp = cx.clock.local().format("%Y-%m-%d-%H%M%S").to_string();
        let zone = cx.clock.zone();
        let read = cx.store.read(move |store| {
            let rows = store.history(&filter, 0, u32::MAX)?;
            let path = store.paths().exports().join(format!("visits-{stamp}.csv"));
            csv::write_new(&path, &csv::visits(&headings, &rows, zone)?)?;
            Ok((rows.len(), path))
        });
        Action::Run(Task::perform(read, Message::Exported))
    }

    /// Draws the screen.
    pub fn view<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let mut content = Column::new().spacing(14);
        if let Some(late) = &self.late {
            content = content.push(desk::scroll(late_entry(late, cx, look)));
        } else {
            content = content.push(self.periods(cx, look)).push(self.filters(cx, look));
            if let Some(picking) = self.picking {
                content = content.push(self.choices(picking, cx, look));
            }
            content = content.push(self.counts(cx, look));
        }
        match &self.notice {
            Some(Ok(words)) => content = content.push(frame::done_strip(words, None, look)),
            Some(Err(words)) => content = content.push(frame::error_strip(words, look)),
            None => {}
        }
        if self.late.is_none() {
            content = content.push(desk::scroll(self.list(cx, look))).push(self.pager(cx, look));
        }
        frame::frame(cx, look, Place::History, &cx.tr("history-title"), content.into(), Message::Nav)
    }

    fn periods<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let today = cx.clock.today();
        let segments = [
            ("day", Period::Day(today), matches!(self.period, Period::Day(_))),
            ("month", Period::Month(today), matches!(self.period, Period::Month(_))),
            ("all", Period::All, self.period == Period::All),
        ];
        let mut line = Row::new().spacing(10).align_y(Vertical::Center);
        for (name, period, on) in segments {
            let label = cx.tr(&format!("period-{name}"));
            let kind = if on { Kind::On } else { Kind::Plain };
            let button = desk::button(&format!("period-{name}"), &label, None, kind, Some(Message::Periods(period)), look);
            line = line.push(desk::sized(button, 130.0, desk::CONTROL));
        }
        let words = match self.period {
            Period::Day(day) => cx.i18n.day_line(day),
            Period::Month(day) => format!("{}-{:02}", day.year(), day.month()),
            Period::All => cx.tr("period-everything"),
        };
        let arrow = |name: &str, which, forward| {
            let message = Message::Periods(self.period.moved(forward));
            desk::sized(desk::button(name, "", Some(which), Kind::Plain, Some(message), look), 76.0, desk::CONTROL)
        };
        line.push(arrow("earlier", Icon::ChevronLeft, false))
            .push(container(desk::words(words, Role::StaffName, look)).center_x(Length::Fill))
            .push(arrow("later", Icon::ChevronRight, true))
            .into()
    }

    fn filters<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let search = desk::field(&cx.tr("history-search"), &self.filter.text, Message::Searched, look);
        let select = |name: &str, label: String, on: bool, message| {
            let kind = if on { Kind::On } else { Kind::Plain };
            desk::button(name, &label, None, kind, Some(message), look)
        };
        let yard = self.filter.yard.clone().unwrap_or_else(|| cx.tr("column-yard"));
        let service = self.filter.service.and_then(|id| cx.service(id)).map(|service| service.name.clone());
        let service = service.unwrap_or_else(|| cx.tr("column-purposes"));
        let stale = self.filter.not_recorded_only;
        let open = |picking| if self.picking == Some(picking) { None } else { Some(picking) };
        let buttons = vec![
            select("pick-yard", yard, self.filter.yard.is_some(), Message::Picking(open(Picking::Yard))),
            select("pick-service", service, self.filter.service.is_some(), Message::Picking(open(Picking::Service))),
            select("not-recorded", cx.tr("state-not-recorded"), stale, Message::NotRecorded(!stale)),
        ];
        let mut lines = column![search, desk::buttons(buttons, 3)].spacing(10);
        if self.filter.resident.is_some() {
            let label = cx.tr("history-everybody");
            let button = desk::button("everybody", &label, Some(Icon::X), Kind::On, Some(Message::Person(None)), look);
            lines = lines.push(desk::sized(button, Length::Fill, desk::CONTROL));
        }
        lines.into()
    }

    fn choices<'a>(&'a self, picking: Picking, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let all = cx.tr("filter-all");
        let plain = |name: String, label: &str, message| {
            desk::button(&format!("choice-{name}"), label, None, Kind::Plain, Some(message), look)
        };
        let mut buttons = Vec::new();
        match picking {
            Picking::Yard => {
                buttons.push(plain("all".into(), &all, Message::Yard(None)));
                let yards = self.yards.iter().enumerate();
                buttons.extend(yards.map(|(i, yard)| plain(i.to_string(), yard, Message::Yard(Some(yard.clone())))));
            }
            Picking::Service => {
                buttons.push(plain("all".into(), &all, Message::Service(None)));
                let services = cx.centre.services.iter();
                buttons.extend(services.map(|s| plain(s.name.clone(), &s.name, Message::Service(Some(s.id)))));
            }
        }
        desk::card(desk::buttons(buttons, 3), look)
    }

    fn counts<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let values = [("visits", self.totals.visits.into()), ("people", self.totals.people.into())];
        let figures = desk::words(cx.i18n.tr_with("history-totals", &values), Role::StaffName, look);
        let export = cx.tr("history-export");
        let late = cx.tr("history-late");
        let line = row![
            container(figures).width(Length::Fill),
            desk::sized(desk::button("late", &late, Some(Icon::Plus), Kind::Plain, Some(Message::Late(true)), look), 170.0, desk::CONTROL),
            desk::sized(desk::button("export", &export, Some(Icon::Download), Kind::Plain, Some(Message::Export), look), 170.0, desk::CONTROL),
        ]
        .spacing(10)
        .align_y(Vertical::Center);
        column![line, desk::tinted(COUNTING_RULE, Role::StaffBody, look.palette.muted, look)].spacing(4).into()
    }

    fn list<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        if self.rows.is_empty() {
            return desk::middle(desk::words(cx.tr("history-empty"), Role::StaffName, look));
        }
        let mut list = Column::new();
        let mut day = None;
        for visit in &self.rows {
            if day != Some(visit.visit.day) {
                day = Some(visit.visit.day);
                let words = cx.i18n.day_line(visit.visit.day);
                list = list.push(desk::ground(desk::words(words, Role::StaffName, look), look.palette.sunk, look.palette.hair, 0.0, look));
            }
            list = list.push(self.visit_row(visit, cx, look)).push(desk::divider(look));
            if let Some(open) = self.open.as_ref().filter(|open| open.row.visit.id == visit.visit.id) {
                list = list.push(detail(open, cx, look));
            }
        }
        list.into()
    }

    fn visit_row<'a>(&'a self, row: &'a VisitRow, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let visit = &row.visit;
        let clock = |at: crate::domain::time::Moment| hour_minute(at.local(cx.clock.zone()).time());
        let left = visit.left_at.map_or_else(|| "—".to_owned(), clock);
        let times = format!("{} – {left}", clock(visit.arrived_at));
        let (chip, which, key) = match visit.state {
            State::Open => (Chip::Now, Icon::CircleCheck, "state-here"),
            State::NotRecorded => (Chip::Incomplete, Icon::TriangleAlert, "state-not-recorded"),
            _ => (Chip::Over, Icon::House, "board-gone"),
        };
        let mut line = Row::new().spacing(12).align_y(Vertical::Center).padding(10).push(
            container(desk::person(&row.picture, &row.name, &row.called_by, &row.yard, look)).width(Length::Fill),
        );
        line = line.push(container(desk::tinted(row.purposes.clone(), Role::StaffBody, look.palette.muted, look)).width(150));
        line = line.push(desk::words(times, Role::StaffName, look));
        if row.corrected {
            line = line.push(container(icon(Icon::Pencil, look.palette.blue)).width(28).height(28));
        }
        line = line.push(desk::chip(chip, which, &cx.tr(key), look));
        let on = self.open.as_ref().is_some_and(|open| open.row.visit.id == visit.id);
        let touch = desk::touch_row(&format!("visit-{}", visit.id), line.into(), on, Some(Message::Opened(visit.id)), look);
        desk::sized(touch, Length::Fill, desk::ROW)
    }

    fn pager<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let pages = self.totals.rows.div_ceil(PER_PAGE).max(1);
        if pages < 2 {
            return Space::new().into();
        }
        let words = cx.i18n.tr_with("page-of", &[("page", (self.page + 1).into()), ("pages", pages.into())]);
        let end = |name: &str, key: &str, there: bool, to: u32| {
            let label = cx.tr(key);
            let button = desk::button(name, &label, None, Kind::Plain, there.then_some(Message::Turned(to)), look);
            desk::sized(button, 200.0, desk::CONTROL)
        };
        row![
            end("previous", "page-previous", self.page > 0, self.page.saturating_sub(1)),
            container(desk::words(words, Role::StaffName, look)).center_x(Length::Fill),
            end("next", "page-next", self.page + 1 < pages, self.page + 1),
        ]
        .align_y(Vertical::Center)
        .into()
    }
}

/// The selected visit: trail, and the form of a correction.
fn detail<'a>(open: &'a Open, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let p = look.palette;
    let mut lines = Column::new().spacing(8);
    for entry in &open.trail {
        let at = entry.at.local(cx.clock.zone());
        let when = format!("{} {}", cx.i18n.month_day(at.date()), hour_minute(at.time()));
        let action = cx.tr(&format!("trail-{}", entry.action.replace('.', "-").replace('_', "-")));
        let actor = match entry.actor.as_str() {
            "resident" => cx.tr("actor-resident"),
            "program" => cx.tr("actor-program"),
            other => other.to_owned(),
        };
        let reason = entry.reason.as_deref().map(|r| format!(" · {r}")).unwrap_or_default();
        lines = lines.push(desk::tinted(format!("{when}  {action}  {actor}{reason}"), Role::StaffBody, p.muted, look));
    }
    let buttons: Vec<Element<'a, Message>> = match &open.form {
        None => {
            let correct = cx.tr("board-correct");
            let person = cx.tr("history-person");
            vec![
                desk::button("correct", &correct, Some(Icon::Pencil), Kind::Main, Some(Message::Correcting(true)), look),
                desk::button("person", &person, Some(Icon::History), Kind::Plain, Some(Message::Person(Some(open.row.visit.resident_id))), look),
            ]
        }
        Some(form) => {
            lines = lines.push(form.view(cx, look, false).map(wrap));
            let ready = form.correction(cx).is_some();
            let (save, strike, cancel) = (cx.tr("form-save"), cx.tr("form-strike"), cx.tr("cancel-form"));
            vec![
                desk::button("form-cancel", &cancel, None, Kind::Plain, Some(Message::Correcting(false)), look),
                desk::button("form-strike", &strike, Some(Icon::Trash2), Kind::Plain, ready.then_some(Message::Strike), look),
                desk::button("form-save", &save, Some(Icon::Save), if ready { Kind::Main } else { Kind::Plain }, ready.then_some(Message::Save), look),
            ]
        }
    };
    let per_row = buttons.len();
    desk::ground(lines.push(desk::buttons(buttons, per_row)), p.sunk, p.green, 3.0, look)
}

fn wrap(tapped: crate::widgets::Tapped<visit_form::Message>) -> crate::widgets::Tapped<Message> {
    use crate::widgets::{Press, Tapped};
    let press = match tapped.press {
        Press::Own(message) => Press::Own(Message::Form(message)),
        Press::Chrome(chrome) => Press::Chrome(chrome),
    };
    Tapped { target: tapped.target, press }
}

fn late_entry<'a>(late: &'a Late, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let mut lines = Column::new().spacing(16).push(desk::words(cx.tr("history-late"), Role::StaffTitle, look));
    match &late.who {
        Some(who) => {
            let profile = &who.profile;
            lines = lines.push(desk::person(&profile.picture, &profile.name, &profile.called_by, &profile.yard, look));
        }
        None => {
            lines = lines.push(desk::field(&cx.tr("history-search"), &late.text, Message::LateText, look));
            for (at, resident) in late.found.iter().enumerate() {
                let profile = &resident.profile;
                let person = desk::person(&profile.picture, &profile.name, &profile.called_by, &profile.yard, look);
                let touch = desk::touch_row(&format!("late-{at}"), container(person).padding(12).into(), false, Some(Message::LateWho(at)), look);
                lines = lines.push(desk::sized(touch, Length::Fill, desk::ROW));
            }
        }
    }
    lines = lines.push(late.form.view(cx, look, true).map(wrap));
    let ready = late.who.is_some() && late.form.correction(cx).is_some();
    let (save, cancel) = (cx.tr("form-save"), cx.tr("cancel-form"));
    let kind = if ready { Kind::Main } else { Kind::Plain };
    let buttons = vec![
        desk::button("late-cancel", &cancel, None, Kind::Plain, Some(Message::Late(false)), look),
        desk::button("late-save", &save, Some(Icon::Save), kind, ready.then_some(Message::Save), look),
    ];
    lines.push(desk::buttons(buttons, 2)).into()
}
