//! 设置: one's own PIN and log; accounts, audit trail, privacy and the register for the
//! manager; the state of the machine for everybody.

mod accounts;
mod fact;
pub mod hub;
pub mod hub_view;
mod names;
mod view;

use std::time::Duration;

use chrono::{Days, NaiveTime};
use daycare_core::audit::{AuditEntry, AuditFilter};
use daycare_core::ids::StaffId;
use daycare_core::staff::{Staff, Tried};
use daycare_core::time::Moment;
use daycare_store::audit::seal::Chain;
use daycare_store::privacy::Expired;
use daycare_store::{backup, setting};
use iced::Task;
use iced::keyboard::Modifiers;
use iced::keyboard::key::Named;

use super::frame::Nav;
use crate::error::Result;
use crate::reports::cards::{CardSheet, Face};
use crate::ui::screens::document::{self, Document, Handed};
use crate::ui::screens::staff::kit::Feedback;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::screens::{Action, Ctx, Route, Screen, Side};
use crate::ui::theme::Shape;
use crate::ui::widgets::Element;
use crate::ui::widgets::root::KeyInput;
use accounts::{Accounts, digits};
use hub::Hub;
use names::Names;

/// The settings, open at one of their parts.
#[derive(Debug)]
pub struct Settings {
    tab: Tab,
    own: OwnPin,
    accounts: Accounts,
    hub: Hub,
    names: Names,
    entries: Vec<AuditEntry>,
    about: Option<&'static str>,
    /// Show only lines of this account.
    of: Option<StaffId>,
    page: u32,
    machine: Option<Machine>,
    keep_years: u32,
    expired: Option<Expired>,
    notice: Feedback,
}

/// The part of the settings shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// 我
    Own,
    /// 机器
    Machine,
    /// 同步
    Sync,
    /// 账号
    Accounts,
    /// 改动记录
    Trail,
    /// 名册和隐私
    Register,
    /// 各语言的叫法
    Names,
}

/// A new PIN being typed.
#[derive(Debug, Default)]
struct OwnPin {
    present: String,
    new: String,
    again: String,
}

/// What is known of the machine.
#[derive(Debug, Clone)]
pub struct Machine {
    last_backup: Option<String>,
    backups: usize,
    good: bool,
    chain: Chain,
    residents: usize,
    without_card: usize,
    printer: bool,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// Another part was chosen.
    Tabbed(Tab),
    /// The audit trail was loaded.
    Entries(Result<Vec<AuditEntry>>),
    /// Only lines about one kind of row, or all.
    About(Option<&'static str>),
    /// Only lines of one person, or of all.
    Of(Option<StaffId>),
    /// Another page of the trail.
    Turned(u32),
    /// The state of the machine was loaded, and the retention period in years.
    Machine(Result<(Machine, u32)>),
    /// The present PIN was typed.
    Present(String),
    /// The new PIN was typed.
    New(String),
    /// The new PIN was typed again.
    Again(String),
    /// 改密码
    ChangePin,
    /// The result of changing the PIN.
    PinChanged(Result<Tried<Staff>>),
    /// Accounts.
    Accounts(accounts::Message),
    /// The hub.
    Hub(hub::Message),
    /// Names in other languages.
    Names(names::Message),
    /// Change by this much how many years records keep their person.
    KeepYears(i64),
    /// 看看会清掉什么
    Rehearse,
    /// 清掉过期的
    Expire,
    /// The result of the expiry, or of its preview (`true`).
    Expired(bool, Result<Expired>),
    /// The result of saving.
    Saved(Result<()>),
    /// 印所有卡片
    Cards,
    /// The result of printing or saving the document.
    Handed(Result<Handed>),
    /// 合并重复, 从U盘导入
    Go(Route),
    /// A navigation button was tapped.
    Nav(Nav),
}

const PER_PAGE: u32 = 40;
/// The logs on the screen go back this many days.
const TRAIL_DAYS: u64 = 3_660;

impl Screen for Settings {
    type Message = Message;
    const SIDE: Side = Side::Staff;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Tabbed(tab) => return self.open(tab, cx),
            Message::Entries(Ok(entries)) => self.entries = entries,
            Message::About(about) => {
                self.about = about;
                self.page = 0;
                return Action::Run(self.load_entries(cx));
            }
            Message::Of(of) => {
                self.of = of;
                self.page = 0;
                return Action::Run(self.load_entries(cx));
            }
            Message::Turned(page) => {
                self.page = page;
                return Action::Run(self.load_entries(cx));
            }
            Message::Machine(Ok((machine, years))) => {
                self.machine = Some(machine);
                self.keep_years = years;
            }
            Message::Present(typed) => self.own.present = digits(&typed),
            Message::New(typed) => self.own.new = digits(&typed),
            Message::Again(typed) => self.own.again = digits(&typed),
            Message::ChangePin => return self.change_pin(cx),
            Message::PinChanged(Ok(tried)) => self.pin_changed(&tried, cx),
            Message::Accounts(message) => {
                let (action, notice) = self.accounts.update(message, cx);
                self.notice = notice.or_else(|| self.notice.take());
                return action.map(Message::Accounts);
            }
            Message::Hub(message) => {
                let (action, notice) = self.hub.update(message, cx);
                self.notice = notice.or_else(|| self.notice.take());
                return action.map(Message::Hub);
            }
            Message::Names(message) => {
                let (action, notice) = self.names.update(message, cx);
                self.notice = notice.or_else(|| self.notice.take());
                return action.map(Message::Names);
            }
            Message::KeepYears(by) => {
                let years = i64::from(self.keep_years) + by;
                self.keep_years = u32::try_from(years.clamp(0, 100)).unwrap_or(0);
                self.expired = None;
            }
            Message::Rehearse => return self.expire(true, cx),
            Message::Expire => return self.expire(false, cx),
            Message::Expired(dry_run, Ok(expired)) => {
                self.expired = Some(expired);
                self.notice = (!dry_run).then(|| Ok(cx.tr("welfare-saved")));
            }
            Message::Cards => return cards(cx),
            Message::Handed(handed) => self.notice = Some(document::words(handed, cx)),
            Message::Go(route) => return Action::Go(route),
            Message::Nav(nav) => return nav.into(),
            Message::Saved(Ok(())) => self.notice = Some(Ok(cx.tr("welfare-saved"))),
            Message::Entries(Err(e))
            | Message::Machine(Err(e))
            | Message::PinChanged(Err(e))
            | Message::Expired(_, Err(e))
            | Message::Saved(Err(e)) => self.notice = Some(Err(cx.i18n.error(&e))),
        }
        Action::None
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        self.draw(Ui::new(cx, shape))
    }

    // A second has passed: the sync status is kept up to date.
    fn tick(&mut self, _now: Duration, cx: &Ctx) -> Action<Message> {
        if self.tab == Tab::Sync { Action::Run(Hub::load(cx).map(Message::Hub)) } else { Action::None }
    }

    // Enter does what the button of the open form does, Esc closes the form.
    fn key(&mut self, key: &KeyInput, _modifiers: Modifiers, cx: &Ctx) -> Action<Message> {
        let enter = *key == KeyInput::Enter;
        let message = match (self.tab, key) {
            (Tab::Own, KeyInput::Enter) => Some(Message::ChangePin),
            (Tab::Own, KeyInput::Other(Named::Escape)) => {
                self.own = OwnPin::default();
                None
            }
            (Tab::Accounts, KeyInput::Enter | KeyInput::Other(Named::Escape)) => {
                self.accounts.key(enter).map(Message::Accounts)
            }
            (Tab::Names, KeyInput::Enter | KeyInput::Other(Named::Escape)) => {
                self.names.key(enter, cx).map(Message::Names)
            }
            (Tab::Sync, KeyInput::Enter) => self.hub.enter().map(Message::Hub),
            _ => None,
        };
        message.map_or(Action::None, |message| self.update(message, cx))
    }

    // A PIN that was being typed is not kept.
    fn has_draft(&self) -> bool {
        self.accounts.has_draft() || self.names.has_draft() || self.hub.has_draft()
    }
}

impl Settings {
    /// The settings, open at one's own part.
    pub fn new(cx: &Ctx) -> (Self, Task<Message>) {
        let settings = Self {
            tab: Tab::Own,
            own: OwnPin::default(),
            accounts: Accounts::default(),
            hub: Hub::default(),
            names: Names::default(),
            entries: vec![],
            about: None,
            of: None,
            page: 0,
            machine: None,
            keep_years: 0,
            expired: None,
            notice: None,
        };
        let entries = settings.load_entries(cx);
        (settings, entries)
    }

    fn open(&mut self, tab: Tab, cx: &Ctx) -> Action<Message> {
        self.tab = tab;
        self.notice = None;
        self.page = 0;
        Action::Run(match tab {
            Tab::Own => {
                self.entries.clear();
                self.load_entries(cx)
            }
            Tab::Trail => {
                self.entries.clear();
                Task::batch([self.load_entries(cx), Accounts::load(cx).map(Message::Accounts)])
            }
            Tab::Machine | Tab::Register => load_machine(cx),
            Tab::Accounts => Accounts::load(cx).map(Message::Accounts),
            Tab::Sync => Hub::load(cx).map(Message::Hub),
            Tab::Names => Names::load(cx).map(Message::Names),
        })
    }

    /// Loads the account's own lines, or in the audit trail everybody's.
    fn load_entries(&self, cx: &Ctx) -> Task<Message> {
        let own = self.tab == Tab::Own;
        let (zone, today) = (cx.clock.zone(), cx.clock.today());
        let midnight = |day: chrono::NaiveDate| Moment::from_local(day.and_time(NaiveTime::MIN), zone);
        let filter = AuditFilter {
            staff: if own { cx.staff.as_ref().map(|staff| staff.id) } else { self.of },
            entity: self.about.filter(|_| !own).map(str::to_owned),
            from: midnight(today.checked_sub_days(Days::new(TRAIL_DAYS)).unwrap_or(today)),
            until: midnight(today.succ_opt().unwrap_or(today)),
        };
        let page = self.page;
        let read = cx.store.read(move |store| store.audit(&filter, page, PER_PAGE));
        Task::perform(read, Message::Entries)
    }

    /// Whether the three PIN fields are complete and consistent.
    fn pin_is_ready(&self) -> bool {
        use daycare_core::staff::PIN_LENGTH;
        let own = &self.own;
        own.present.len() == PIN_LENGTH && own.new.len() == PIN_LENGTH && own.new == own.again
    }

    fn change_pin(&mut self, cx: &Ctx) -> Action<Message> {
        let Some(staff) = cx.staff.as_ref().filter(|_| self.pin_is_ready()) else { return Action::None };
        let (id, present, new) = (staff.id, self.own.present.clone(), self.own.new.clone());
        let write = cx.store.write(move |store| store.change_own_pin(id, &present, &new));
        Action::Run(Task::perform(write, Message::PinChanged))
    }

    fn pin_changed(&mut self, tried: &Tried<Staff>, cx: &Ctx) {
        self.own = OwnPin::default();
        self.notice = Some(match tried {
            Tried::Opened(_) => Ok(cx.tr("settings-pin-changed")),
            Tried::Wrong { tries_left } => {
                Err(cx.i18n.tr_with("settings-pin-wrong", &[("left", (*tries_left).into())]))
            }
            Tried::Locked { .. } => Err(cx.tr("settings-pin-locked")),
        });
    }

    fn expire(&mut self, dry_run: bool, cx: &Ctx) -> Action<Message> {
        let (actor, years) = (cx.actor(), self.keep_years);
        let write = cx.store.write(move |store| {
            if !dry_run {
                store.set_keep_years(actor, years)?;
            }
            store.expire_after(actor, years, dry_run)
        });
        Action::Run(Task::perform(write, move |expired| Message::Expired(dry_run, expired)))
    }
}

fn load_machine(cx: &Ctx) -> Task<Message> {
    let printer = cx.can_print;
    // Checking a large backup takes seconds.
    let read = cx.store.beside(move |store| {
        let backups = backup::list(store.paths());
        let active: Vec<_> = store.roster()?.into_iter().map(|listed| listed.resident.id).collect();
        let cards = store.valid_cards()?;
        let machine = Machine {
            last_backup: store.setting(setting::LAST_BACKUP)?,
            good: backups.first().is_some_and(|folder| backup::check(folder).is_ok()),
            backups: backups.len(),
            chain: store.check_trail()?,
            residents: active.len(),
            without_card: active.iter().filter(|id| !cards.iter().any(|(holder, _)| holder == *id)).count(),
            printer,
        };
        Ok((machine, store.keep_years()?))
    });
    Task::perform(read, Message::Machine)
}

/// Prints cards for everybody; people without a card get one first.
fn cards(cx: &Ctx) -> Action<Message> {
    let (actor, centre) = (cx.actor(), cx.centre.name.clone());
    let write = cx.store.write(move |store| {
        let _ = store.issue_missing_cards(actor)?;
        let codes = store.valid_cards()?;
        let mut residents = store.residents()?;
        residents
            .sort_by(|a, b| (&a.profile.yard, &a.profile.pinyin).cmp(&(&b.profile.yard, &b.profile.pinyin)));
        let face = |resident: &daycare_core::resident::Resident| {
            let (_, code) = codes.iter().find(|(id, _)| *id == resident.id)?;
            Some(Face::of(&resident.profile, code))
        };
        Ok(residents.iter().filter_map(face).collect())
    });
    let make = move || CardSheet { centre, faces: futures::executor::block_on(write)? }.pdf();
    Action::Print(Document::pdf(format!("cards-{}", cx.clock.today()), make, Message::Handed))
}
