//! 关怀名单: who has not been seen, why, and what was done about it; birthdays, and people who
//! stopped coming.

mod contact_form;
mod view;

use std::collections::HashMap;
use std::time::Duration;

use chrono::{Days, NaiveDate};
use daycare_core::birth::Birth;
use daycare_core::care_plan::Risk;
use daycare_core::ids::ResidentId;
use daycare_core::resident::{Resident, Standing};
use daycare_core::welfare::{Cared, Check, CheckResult, CheckWay, State};
use daycare_store::welfare::Welfare as List;
use iced::Task;
use iced::keyboard::Modifiers;
use iced::keyboard::key::Named;

use super::frame::Nav;
use super::revealed::Revealed;
use crate::error::Result;
use crate::i18n::I18n;
use crate::i18n::dates::{Calendar, birthday};
use crate::reports::lists::{self, PaperHead};
use crate::ui::screens::document::{self, Document, Handed};
use crate::ui::screens::staff::kit::Ui;
use crate::ui::screens::staff::kit::{Feedback, Loadable};
use crate::ui::screens::{Action, Ctx, Route, Screen, Side};
use crate::ui::theme::Shape;
use crate::ui::widgets::Element;
use crate::ui::widgets::root::KeyInput;

/// The list, and the person who is open.
#[derive(Debug)]
pub struct Welfare {
    tab: Tab,
    data: Loadable<Box<Data>>,
    shown: Option<State>,
    open: Option<Open>,
    page: usize,
    notice: Feedback,
}

/// What the screen shows.
#[derive(Debug, Clone)]
pub struct Data {
    list: List,
    residents: Vec<Resident>,
    last: HashMap<ResidentId, Option<NaiveDate>>,
}

/// The list shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// People who must be checked on.
    Cared,
    /// 生日
    Birthdays,
    /// 很久没来
    Lapsed,
    /// 从没来过
    Never,
    /// 资料不全
    Incomplete,
}

/// The open person, and the contact being entered.
#[derive(Debug)]
struct Open {
    who: ResidentId,
    checks: Vec<Check>,
    way: CheckWay,
    result: Option<CheckResult>,
    /// Length of an absence in days, from today.
    away_days: u64,
    note: String,
    revealed: Revealed,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// The lists were loaded.
    Loaded(Result<Box<Data>>),
    /// 再试一次, after loading failed.
    Reload,
    /// Another list was chosen.
    Tabbed(Tab),
    /// Show only people in this state; `None` for all.
    Shown(Option<State>),
    /// A person was tapped.
    Opened(ResidentId),
    /// The person's earlier contacts were loaded.
    Checks(ResidentId, Result<Vec<Check>>),
    /// 号码: the phone number is shown, and this is recorded.
    Phone,
    /// The result of recording that.
    PhoneNoted(Result<()>),
    /// 电话, 上门, 问家属
    Way(CheckWay),
    /// 平安, 没接到, 外出了, 要帮助
    Result(CheckResult),
    /// Change the length of the absence by this many days.
    Away(i64),
    /// A note was typed.
    Note(String),
    /// Another risk class was chosen.
    Classed(Risk),
    /// 记好
    Save,
    /// The result of saving.
    Saved(Result<()>),
    /// Open the person's file.
    File(ResidentId),
    /// Another page was chosen.
    Turned(usize),
    /// 打印上门单
    Print,
    /// XLSX
    Export,
    /// The result of printing or saving the list.
    Handed(Result<Handed>),
    /// A navigation button was tapped.
    Nav(Nav),
}

const PER_PAGE: usize = 30;
/// Default length of an absence in days.
const AWAY_DAYS: u64 = 7;
/// Somebody who has not come for more than this many days has lapsed.
const LAPSED_DAYS: i64 = 60;
/// Birthdays within this many days are shown.
const BIRTHDAY_DAYS: u64 = 14;

/// A line of one of the lists beside the welfare list.
#[derive(Debug)]
struct Line<'a> {
    resident: &'a Resident,
    words: String,
}

impl Screen for Welfare {
    type Message = Message;
    const SIDE: Side = Side::Staff;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Loaded(read) => self.data.came(read, &mut self.notice, cx),
            Message::Reload => return Action::Run(load(cx)),
            Message::Tabbed(tab) => {
                self.tab = tab;
                self.page = 0;
                self.open = None;
            }
            Message::Shown(state) => {
                self.shown = state;
                self.page = 0;
                self.open = None;
            }
            Message::Opened(who) => return self.select(who, cx),
            Message::Checks(who, Ok(checks)) => {
                if let Some(open) = self.open.as_mut().filter(|open| open.who == who) {
                    open.checks = checks;
                }
            }
            Message::Phone => return self.reveal(cx),
            Message::Saved(Ok(())) => {
                self.notice = Some(Ok(cx.tr("welfare-saved")));
                self.open = None;
                return Action::Run(load(cx));
            }
            Message::Save => return self.save(cx),
            Message::Classed(risk) => return self.class(risk, cx),
            Message::File(who) => return Action::Go(Route::Person(Some(who))),
            Message::Turned(page) => self.page = page,
            Message::Print => return self.paper(cx, false),
            Message::Export => return self.paper(cx, true),
            Message::Handed(handed) => self.notice = Some(document::words(handed, cx)),
            Message::Nav(nav) => return nav.into(),
            Message::PhoneNoted(Ok(())) => {}
            Message::Checks(_, Err(e)) | Message::Saved(Err(e)) | Message::PhoneNoted(Err(e)) => {
                self.notice = Some(Err(cx.i18n.error(&e)));
            }
            Message::Way(_) | Message::Result(_) | Message::Away(_) | Message::Note(_) => {
                self.fill_in(message);
            }
        }
        Action::None
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        self.draw(Ui::new(cx, shape))
    }

    // A second has passed: a revealed number is hidden again.
    fn tick(&mut self, now: Duration, _cx: &Ctx) -> Action<Message> {
        if let Some(open) = &mut self.open {
            open.revealed.tick(now);
        }
        Action::None
    }

    fn has_draft(&self) -> bool {
        self.open.as_ref().is_some_and(|open| open.result.is_some() || !open.note.trim().is_empty())
    }

    // Enter saves the contact, Esc closes the person.
    fn key(&mut self, key: &KeyInput, _modifiers: Modifiers, cx: &Ctx) -> Action<Message> {
        match key {
            KeyInput::Enter => return self.save(cx),
            KeyInput::Other(Named::Escape) => {
                // A single key press must not discard a typed note.
                self.open.take_if(|open| open.note.trim().is_empty());
            }
            _ => {}
        }
        Action::None
    }
}

impl Welfare {
    /// Loads the lists.
    pub fn new(cx: &Ctx) -> (Self, Task<Message>) {
        let screen = Self {
            tab: Tab::Cared,
            data: Loadable::default(),
            shown: None,
            open: None,
            page: 0,
            notice: None,
        };
        (screen, load(cx))
    }

    /// Prints or saves the list of people to check on.
    fn paper(&self, cx: &Ctx, spreadsheet: bool) -> Action<Message> {
        let Some(data) = self.data.as_ref() else { return Action::None };
        let open: Vec<&Cared> =
            data.list.cared.iter().filter(|cared| lists::is_open(cared.verdict.state)).collect();
        let sheet = head(cx).welfare(&open, &I18n::new(crate::i18n::Lang::ZhHans));
        let stem = format!("welfare-{}", cx.clock.today());
        if spreadsheet {
            let document = Document::pdf(stem, move || sheet.xlsx(), Message::Handed).ending("xlsx");
            return Action::Save(document);
        }
        Action::Print(Document::pdf(stem, move || sheet.pdf(), Message::Handed))
    }

    fn cared(&self) -> Vec<&Cared> {
        let Some(data) = self.data.as_ref() else { return vec![] };
        let mut shown: Vec<&Cared> = data
            .list
            .cared
            .iter()
            .filter(|cared| self.shown.is_none_or(|state| cared.verdict.state == state))
            .collect();
        shown.sort_by_key(|cared| (cared.verdict.state, cared.risk, cared.verdict.seen));
        shown
    }

    /// The lines of the lists beside the welfare list.
    fn lines(&self, cx: &Ctx) -> Vec<Line<'_>> {
        let Some(data) = self.data.as_ref() else { return vec![] };
        let today = cx.clock.today();
        let active = data.residents.iter().filter(|r| r.standing == Standing::Active);
        let last = |resident: &Resident| data.last.get(&resident.id).copied().flatten();
        match self.tab {
            Tab::Cared => vec![],
            Tab::Birthdays => birthdays(active, today, cx),
            Tab::Lapsed => {
                let mut lapsed: Vec<(NaiveDate, &Resident)> = active
                    .filter_map(|resident| Some((last(resident)?, resident)))
                    .filter(|(day, _)| (today - *day).num_days() > LAPSED_DAYS)
                    .collect();
                lapsed.sort_by_key(|(day, _)| *day);
                let words =
                    |day: NaiveDate| cx.i18n.tr_with("welfare-last-came", &[("day", day.to_string().into())]);
                lapsed.into_iter().map(|(day, resident)| Line { resident, words: words(day) }).collect()
            }
            Tab::Never => active
                .filter(|resident| last(resident).is_none())
                .map(|resident| Line { resident, words: cx.tr("welfare-never-came") })
                .collect(),
            Tab::Incomplete => active
                .filter_map(|resident| {
                    let missing = missing(resident);
                    let words = missing.iter().map(|key| cx.tr(key)).collect::<Vec<_>>().join("、");
                    (!missing.is_empty()).then_some(Line { resident, words })
                })
                .collect(),
        }
    }
}

fn birthdays<'a>(all: impl Iterator<Item = &'a Resident>, today: NaiveDate, cx: &Ctx) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    let days: Vec<NaiveDate> =
        (0..BIRTHDAY_DAYS).filter_map(|ahead| today.checked_add_days(Days::new(ahead))).collect();
    for resident in all {
        let Some(born) = resident.profile.born_on.and_then(Birth::date) else { continue };
        let found = days.iter().find_map(|day| Some((*day, birthday(born, *day)?)));
        if let Some((day, calendar)) = found {
            let key = match calendar {
                Calendar::Gregorian => "welfare-birthday",
                Calendar::Lunar => "welfare-birthday-lunar",
            };
            let values = [("day", cx.i18n.near_day(day, today).into())];
            lines.push((day, Line { resident, words: cx.i18n.tr_with(key, &values) }));
        }
    }
    lines.sort_by_key(|(day, _)| *day);
    lines.into_iter().map(|(_, line)| line).collect()
}

/// The required data missing from a resident's file.
fn missing(resident: &Resident) -> Vec<&'static str> {
    let profile = &resident.profile;
    let fields = [
        (profile.born_on.is_none(), "field-born"),
        (profile.phone.is_empty(), "field-phone"),
        (profile.yard.is_empty() || profile.door.is_empty(), "column-yard"),
        (profile.grid.is_empty(), "field-grid"),
        (profile.living.is_none(), "field-living"),
        (profile.contact_phone.is_empty(), "field-contact-phone"),
    ];
    fields.into_iter().filter(|(is, _)| *is).map(|(_, key)| key).collect()
}

/// The heading of lists, shared by all screens that print some.
pub(super) fn head(cx: &Ctx) -> PaperHead {
    PaperHead { centre: cx.centre.name.clone(), now: cx.clock.local(), zone: cx.clock.zone() }
}

fn load(cx: &Ctx) -> Task<Message> {
    let read = cx.store.read(|store| {
        Ok(Box::new(Data { list: store.welfare()?, residents: store.residents()?, last: store.last_days()? }))
    });
    Task::perform(read, Message::Loaded)
}
