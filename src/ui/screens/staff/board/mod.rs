//! 今日: who is here, who is expected, who has left; open calls for help first.

mod view;

use std::time::Duration;

use daycare_core::activity::ListedActivity as Activity;
use daycare_core::audit::Actor;
use daycare_core::call::Call;
use daycare_core::card::UnknownScan;
use daycare_core::ids::{CallId, ResidentId, VisitId};
use daycare_core::queue::Ticket;
use daycare_core::resident::{Escort, Profile, Resident, Standing, default_called_by};
use daycare_core::roster::ListedResident;
use daycare_core::time::Moment;
use daycare_core::visit::{CheckIn, CheckedIn, HistoryFilter, Source, VisitRow};
use daycare_store::Store;
use iced::Task;
use iced::keyboard::Modifiers;
use iced::keyboard::key::Named;

use super::frame::Nav;
use super::revealed::Revealed;
use crate::error::Result;
use crate::i18n::pinyin::reading;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::screens::{Action, Ctx, Route, Screen, Side};
use crate::ui::theme::Shape;
use crate::ui::widgets::Element;
use crate::ui::widgets::root::KeyInput;

/// The live board.
#[derive(Debug)]
pub struct Board {
    data: Option<Data>,
    tab: Tab,
    ticked: Vec<ResidentId>,
    contact: Revealed,
    adding: Option<NewPerson>,
    done: Option<Done>,
    error: Option<String>,
    loaded_at: Duration,
}

/// What the board shows.
#[derive(Debug, Clone)]
pub struct Data {
    roster: Vec<ListedResident>,
    calls: Vec<Call>,
    meals: u32,
    not_recorded: Vec<VisitRow>,
    unknown: Vec<UnknownScan>,
    damage: Option<String>,
    appointments: usize,
    queue: Vec<Ticket>,
    activities: Vec<Activity>,
    /// Open notes of the previous shift.
    notes: usize,
}

/// The group of people shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// 在这里
    Here,
    /// 该来未到
    Expected,
    /// 已回家
    Gone,
    /// 没记离开
    NotRecorded,
}

#[derive(Debug, Clone, Default)]
struct NewPerson {
    name: String,
    yard: String,
}

/// The last action, while it can be undone.
#[derive(Debug)]
struct Done {
    words: String,
    undo: Undo,
    since: Duration,
}

/// What undoing has to revert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undo {
    /// Undo these arrivals.
    Arrivals(Vec<VisitId>),
    /// Undo these departures.
    Departures(Vec<VisitId>),
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// The board was loaded.
    Loaded(Result<Data>),
    /// Another tab was chosen.
    Tabbed(Tab),
    /// A box was ticked.
    Ticked(ResidentId),
    /// 全选: everybody was ticked or unticked.
    TickedAll,
    /// The tab's action was chosen for these people.
    Acted(Vec<ResidentId>),
    /// The result of saving the action: what would undo it.
    Saved(Result<Undo>),
    /// 撤销
    UndoAsked,
    /// The result of undoing.
    Undone(Result<()>),
    /// 我去
    Answered(CallId),
    /// Show whom to call for this person.
    Contact(ResidentId),
    /// 加一个人
    Adding(bool),
    /// The new person's name.
    Named(String),
    /// The new person's 院落.
    Housed(String),
    /// Save and check in.
    Added,
    /// 知道了, about a damaged database.
    DamageSeen,
    /// 时间没错
    ClockIsRight,
    /// The result of saving that the clock is right.
    ClockConfirmed(Result<()>),
    /// The person's file.
    Opened(ResidentId),
    /// A navigation button was tapped.
    Nav(Nav),
}

/// An action can be undone for this long.
const UNDO: Duration = Duration::from_secs(15);
/// The board is reloaded this often.
const REFRESH: Duration = Duration::from_secs(5);

/// Reads what the board shows; called every few seconds.
///
/// # Errors
/// Database errors.
pub fn read(store: &Store) -> Result<Data> {
    let today = store.clock().today();
    let recent = HistoryFilter {
        from: today.checked_sub_days(chrono::Days::new(7)),
        not_recorded_only: true,
        ..HistoryFilter::default()
    };
    Ok(Data {
        roster: store.roster()?,
        calls: store.open_calls()?,
        meals: store.meals_today()?,
        not_recorded: store.history(&recent, 0, 200)?,
        unknown: store.unknown_scans()?,
        damage: store.damage_notice()?,
        appointments: store
            .appointments_between(today, today)?
            .iter()
            .filter(|listed| listed.appointment.has_place())
            .count(),
        queue: store.queue()?,
        activities: store.activities(today, today)?,
        notes: store.handovers(today)?.into_iter().filter(|note| note.done.is_none()).count(),
    })
}

fn load(cx: &Ctx) -> Task<Message> {
    Task::perform(cx.store.read(|store| read(store)), Message::Loaded)
}

impl Screen for Board {
    type Message = Message;
    const SIDE: Side = Side::Staff;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Loaded(Ok(data)) => {
                self.data = Some(data);
                // People who left the list meanwhile are not acted on.
                let shown: Vec<_> = self.people().into_iter().map(|listed| listed.resident.id).collect();
                self.ticked.retain(|id| shown.contains(id));
            }
            Message::Tabbed(tab) => {
                self.tab = tab;
                self.ticked.clear();
                self.contact.hide();
            }
            Message::Ticked(id) => toggle(&mut self.ticked, id),
            Message::TickedAll => self.tick_all(),
            Message::Acted(people) => return self.act(people, cx),
            Message::Saved(Ok(undo)) => return self.saved(undo, cx),
            Message::UndoAsked => return self.undo(cx),
            Message::Undone(Ok(())) => {
                self.done = None;
                return Action::Run(load(cx));
            }
            Message::Answered(id) => return answer(id, cx),
            Message::Contact(id) if self.contact.shows(id) => self.contact.hide(),
            Message::Contact(id) => {
                return Action::Run(self.contact.show(id.into(), cx, Message::Undone));
            }
            Message::Adding(open) => self.adding = open.then(NewPerson::default),
            Message::Named(name) => self.with_new(|person| person.name = name),
            Message::Housed(yard) => self.with_new(|person| person.yard = yard),
            Message::Added => return self.add(cx),
            Message::ClockIsRight => {
                let actor = cx.actor();
                let write = cx.store.write(move |store| store.confirm_clock(actor));
                return Action::Run(Task::perform(write, Message::ClockConfirmed));
            }
            Message::ClockConfirmed(Ok(())) => return Action::BelieveClock,
            Message::ClockConfirmed(Err(e)) => self.error = Some(cx.i18n.error(&e)),
            Message::DamageSeen => return Action::Run(damage_seen(cx)),
            Message::Opened(id) => return Action::Go(Route::Person(Some(id))),
            Message::Nav(nav) => return nav.into(),
            Message::Loaded(Err(error)) | Message::Saved(Err(error)) | Message::Undone(Err(error)) => {
                self.error = Some(cx.i18n.error(&error));
            }
        }
        Action::None
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        self.draw(Ui::new(cx, shape))
    }

    fn tick(&mut self, now: Duration, cx: &Ctx) -> Action<Message> {
        if self.done.as_ref().is_some_and(|done| now.saturating_sub(done.since) >= UNDO) {
            self.done = None;
        }
        self.contact.tick(now);
        if now.saturating_sub(self.loaded_at) >= REFRESH {
            self.loaded_at = now;
            return Action::Run(load(cx));
        }
        Action::None
    }

    // Enter saves the person being entered, Esc discards them.
    fn key(&mut self, key: &KeyInput, _modifiers: Modifiers, cx: &Ctx) -> Action<Message> {
        match key {
            KeyInput::Enter if self.adding.is_some() => self.add(cx),
            KeyInput::Other(Named::Escape) => self.update(Message::Adding(false), cx),
            _ => Action::None,
        }
    }

    fn takes_cards(&self) -> bool {
        !self.has_draft()
    }

    fn has_draft(&self) -> bool {
        self.adding.is_some()
    }
}

impl Board {
    /// Loads the board.
    pub fn new(cx: &Ctx) -> (Self, Task<Message>) {
        let board = Self {
            data: None,
            tab: Tab::Here,
            ticked: vec![],
            contact: Revealed::default(),
            adding: None,
            done: None,
            error: None,
            loaded_at: cx.clock.monotonic(),
        };
        (board, load(cx))
    }

    fn with_new(&mut self, change: impl FnOnce(&mut NewPerson)) {
        if let Some(person) = &mut self.adding {
            change(person);
        }
    }

    /// Ticks everybody shown, except people who must be seen home when the action is going home.
    fn tick_all(&mut self) {
        let may = |listed: &&ListedResident| {
            self.tab != Tab::Here || listed.resident.profile.escort != Escort::Staff
        };
        let all: Vec<_> = self.people().into_iter().filter(may).map(|listed| listed.resident.id).collect();
        self.ticked = if self.ticked.len() == all.len() { vec![] } else { all };
    }

    fn people(&self) -> Vec<&ListedResident> {
        let Some(data) = &self.data else { return vec![] };
        let shown = |listed: &&ListedResident| match self.tab {
            Tab::Here => listed.here_since.is_some(),
            Tab::Expected => listed.expected && listed.here_since.is_none() && listed.left_at.is_none(),
            Tab::Gone => listed.here_since.is_none() && listed.left_at.is_some(),
            Tab::NotRecorded => false,
        };
        data.roster.iter().filter(shown).collect()
    }

    fn act(&mut self, people: Vec<ResidentId>, cx: &Ctx) -> Action<Message> {
        self.ticked.clear();
        let (actor, at, leave) = (cx.actor(), cx.clock.now(), self.tab == Tab::Here);
        let write = cx.store.write(move |store| {
            if leave {
                let left = store.check_out_all(actor, &people, at)?;
                return Ok(Undo::Departures(left.iter().map(|visit| visit.id).collect()));
            }
            let arrivals: Vec<_> = people.into_iter().map(|id| arrival(id, at)).collect();
            let here = store.check_in_all(actor, &arrivals)?;
            // People who were already here are not part of this action, so undo leaves them.
            Ok(Undo::Arrivals(here.iter().filter_map(CheckedIn::done).map(|visit| visit.id).collect()))
        });
        Action::Run(Task::perform(write, Message::Saved))
    }

    fn saved(&mut self, undo: Undo, cx: &Ctx) -> Action<Message> {
        let (key, count) = match &undo {
            Undo::Arrivals(ids) => ("board-arrived", ids.len()),
            Undo::Departures(ids) => ("board-left", ids.len()),
        };
        let words = cx.i18n.tr_with(key, &[("count", count.into())]);
        self.done = Some(Done { words, undo, since: cx.clock.monotonic() });
        self.error = None;
        self.adding = None;
        Action::Run(load(cx))
    }

    fn undo(&mut self, cx: &Ctx) -> Action<Message> {
        let Some(done) = self.done.take() else { return Action::None };
        let actor = cx.actor();
        let write = cx.store.write(move |store| match done.undo {
            Undo::Arrivals(ids) => store.undo_check_ins(actor, &ids),
            Undo::Departures(ids) => store.undo_check_outs(actor, &ids),
        });
        Action::Run(Task::perform(write, Message::Undone))
    }

    /// Registers an unknown person by name and 院落, and signs them in.
    fn add(&mut self, cx: &Ctx) -> Action<Message> {
        let Some(person) = self.adding.as_ref().filter(|person| !person.name.trim().is_empty()) else {
            return Action::None;
        };
        let name = daycare_core::text::person_name(&person.name);
        let profile = Profile {
            pinyin: reading(&name),
            called_by: default_called_by(None).to_owned(),
            yard: person.yard.trim().to_owned(),
            picture: daycare_core::picture::PERSONAL[0].to_owned(),
            name,
            ..Profile::default()
        };
        let resident = Resident { id: ResidentId::new(), profile, standing: Standing::Active, id_hash: None };
        let (actor, at) = (cx.actor(), cx.clock.now());
        let write = cx.store.write(move |store| {
            store.put_resident(actor, &resident, "")?;
            let checked = store.check_in(actor, &arrival(resident.id, at))?;
            Ok(Undo::Arrivals(checked.done().map(|visit| visit.id).into_iter().collect()))
        });
        Action::Run(Task::perform(write, Message::Saved))
    }
}

fn arrival(resident_id: ResidentId, at: Moment) -> CheckIn {
    CheckIn { visit_id: VisitId::new(), resident_id, at, source: Source::Staff, services: vec![] }
}

fn answer(id: CallId, cx: &Ctx) -> Action<Message> {
    let staff = cx.staff.as_ref().map(|staff| staff.id);
    let write = cx.store.write(move |store| store.end_call(id, staff));
    Action::Run(Task::perform(write, Message::Undone))
}

fn damage_seen(cx: &Ctx) -> Task<Message> {
    let actor: Actor = cx.actor();
    Task::perform(cx.store.write(move |store| store.damage_seen(actor)), Message::Undone)
}

fn toggle(list: &mut Vec<ResidentId>, id: ResidentId) {
    match list.iter().position(|ticked| *ticked == id) {
        Some(at) => drop(list.remove(at)),
        None => list.push(id),
    }
}
