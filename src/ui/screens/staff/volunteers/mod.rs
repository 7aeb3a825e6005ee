//! 志愿者: open shifts, one volunteer's month, hours by team and purpose.

mod edit;
mod shifts;
mod view;

use chrono::{Datelike, Months, NaiveDate};
use daycare_core::activity::Team;
use daycare_core::card::{Card, Holder};
use daycare_core::ids::{ShiftId, TeamId, VolunteerId};
use daycare_core::staff::Staff;
use daycare_core::volunteer::{ListedShift, Shift, Volunteer, Worker};
use iced::Task;
use iced::keyboard::Modifiers;
use iced::keyboard::key::Named;

use super::frame::Nav;
use super::picker::{self, Picker};
use super::visit_form::{self, VisitForm};
use crate::error::Result;
use crate::reports::time_bank::Statement;
use crate::ui::screens::document::{self, Handed};
use crate::ui::screens::staff::kit::Feedback;
use crate::ui::screens::staff::kit::{Loadable, Ui};
use crate::ui::screens::{Action, Ctx, Route, Screen, Side};
use crate::ui::theme::Shape;
use crate::ui::widgets::Element;
use crate::ui::widgets::root::KeyInput;

/// What is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Everybody, and who serves now.
    People,
    /// Hours by team, purpose and person.
    Hours,
}

/// What the screen shows.
#[derive(Debug, Clone)]
pub struct Data {
    teams: Vec<Team>,
    volunteers: Vec<Volunteer>,
    staff: Vec<Staff>,
    /// Shifts of the shown month.
    shifts: Vec<ListedShift>,
    /// Who serves now.
    serving: Vec<Shift>,
    /// Cards of the open volunteer.
    cards: Vec<Card>,
}

/// The screen.
#[derive(Debug)]
pub struct Volunteers {
    tab: Tab,
    /// First day of the shown month.
    month: NaiveDate,
    data: Loadable<Box<Data>>,
    open: Option<Worker>,
    /// A new volunteer, or the open one being changed.
    draft: Option<Volunteer>,
    picker: Option<Picker>,
    /// A new team, or one being renamed.
    team: Option<Team>,
    /// A shift being corrected, or a late entry.
    form: Option<(Option<ShiftId>, VisitForm)>,
    pin: String,
    notice: Feedback,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// The data were loaded.
    Loaded(Result<Box<Data>>),
    /// 再试一次, after loading failed.
    Reload,
    /// Another tab was chosen.
    Tabbed(Tab),
    /// Another month was chosen.
    Moved(NaiveDate),
    /// Somebody was tapped.
    Opened(Worker),
    /// 返回
    Back,
    /// 开始
    Start(Worker),
    /// 结束
    End(Worker),
    /// The result of saving; the first value is the key of the success text.
    Written(&'static str, Result<()>),
    /// The result of recording that a number was looked at.
    PhoneNoted(Result<()>),
    /// 新志愿者
    New,
    /// 修改
    Edit,
    /// 不改了
    Cancel,
    /// The name was typed.
    Name(String),
    /// The phone number was typed.
    Phone(String),
    /// A team was chosen.
    Team(TeamId),
    /// Search for the volunteer among the residents.
    Link,
    /// Messages of the person search.
    Picker(picker::Message),
    /// Remove the link to a resident.
    Unlink,
    /// 保存
    Save,
    /// 加一个队, or one that is renamed.
    TeamOpened(Option<Team>),
    /// The team's name was typed.
    TeamName(String),
    /// 保存
    TeamSave,
    /// A PIN was typed.
    Pin(String),
    /// 设 PIN
    SetPin,
    /// 发卡
    Issue,
    /// 存卡的图
    SaveCard,
    /// 不再服务
    Archive,
    /// 改这一段
    Correct(ShiftId),
    /// 补一段
    Late,
    /// Messages of the form.
    Form(visit_form::Message),
    /// Save the form.
    SaveForm,
    /// 划掉
    StrikeOut(ShiftId),
    /// 时间银行证明
    Statement,
    /// The result of saving the file.
    Filed(Result<Handed>),
    /// The data of the statement were loaded.
    Stated(Result<Box<Statement>>),
    /// A navigation button was tapped.
    Nav(Nav),
}

fn last_of(month: NaiveDate) -> NaiveDate {
    month.checked_add_months(Months::new(1)).and_then(|day| day.pred_opt()).unwrap_or(month)
}

impl Screen for Volunteers {
    type Message = Message;
    const SIDE: Side = Side::Staff;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Loaded(read) => self.data.came(read, &mut self.notice, cx),
            Message::Reload => return Action::Run(self.load(cx)),
            Message::Tabbed(tab) => (self.tab, self.open) = (tab, None),
            Message::Moved(month) => {
                self.month = month;
                return Action::Run(self.load(cx));
            }
            Message::Opened(worker) => {
                self.close();
                (self.open, self.notice) = (Some(worker), None);
                return Action::Run(self.load(cx));
            }
            Message::Back if self.open.is_some() || self.draft.is_some() || self.team.is_some() => {
                self.close();
                self.open = None;
            }
            Message::Back => return Action::Go(Route::Programme),
            Message::Start(_) | Message::End(_) => return Self::toggle(&message, cx),
            Message::New => {
                let team = self.data.as_ref().and_then(|data| data.teams.first()).map(|team| team.id);
                self.close();
                self.open = None;
                self.draft = team.map(|team_id| Volunteer {
                    id: VolunteerId::new(),
                    name: String::new(),
                    team_id,
                    resident_id: None,
                    phone: String::new(),
                });
            }
            Message::Edit => return self.edit(cx),
            Message::Cancel => self.close(),
            Message::Name(_)
            | Message::Phone(_)
            | Message::Team(_)
            | Message::Link
            | Message::Unlink
            | Message::Picker(_) => return self.change(message, cx),
            Message::Save => return self.save(cx),
            Message::TeamOpened(_) | Message::TeamName(_) | Message::TeamSave => {
                return self.team(message, cx);
            }
            Message::Pin(pin) => self.pin = pin.chars().filter(char::is_ascii_digit).take(6).collect(),
            Message::SetPin | Message::Issue | Message::SaveCard | Message::Archive => {
                return self.account(&message, cx);
            }
            Message::Correct(_)
            | Message::Late
            | Message::Form(_)
            | Message::SaveForm
            | Message::StrikeOut(_) => {
                return self.shift(message, cx);
            }
            Message::Statement => return self.statement(cx),
            Message::Nav(nav) => return nav.into(),
            outcome => return self.handle_result(outcome, cx),
        }
        Action::None
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        self.draw(Ui::new(cx, shape))
    }

    // Esc closes what is open.
    fn key(&mut self, key: &KeyInput, _modifiers: Modifiers, cx: &Ctx) -> Action<Message> {
        if *key == KeyInput::Enter {
            if self.picker.is_some() {
                return Action::None;
            }
            let message = match (&self.draft, &self.team, &self.form) {
                (Some(draft), ..) if !draft.name.trim().is_empty() => Message::Save,
                (_, Some(team), _) if !team.name.trim().is_empty() => Message::TeamSave,
                (.., Some(_)) => Message::SaveForm,
                _ => return Action::None,
            };
            return self.update(message, cx);
        }
        if *key != KeyInput::Other(Named::Escape) {
            return Action::None;
        }
        if self.has_draft() {
            (self.draft, self.team, self.form) = (None, None, None);
            return Action::None;
        }
        self.update(Message::Back, cx)
    }

    fn has_draft(&self) -> bool {
        self.draft.is_some() || self.team.is_some() || self.form.is_some()
    }
}

impl Volunteers {
    /// Loads this month.
    pub fn new(cx: &Ctx) -> (Self, Task<Message>) {
        let today = cx.clock.today();
        let screen = Self {
            tab: Tab::People,
            month: today.with_day(1).unwrap_or(today),
            data: Loadable::default(),
            open: None,
            draft: None,
            picker: None,
            team: None,
            form: None,
            pin: String::new(),
            notice: None,
        };
        let load = screen.load(cx);
        (screen, load)
    }

    fn load(&self, cx: &Ctx) -> Task<Message> {
        let (from, to, open) = (self.month, last_of(self.month), self.open);
        let read = cx.store.read(move |store| {
            let volunteers = store.volunteers()?;
            let staff = store.staff()?;
            let workers = volunteers.iter().map(|volunteer| Worker::Volunteer(volunteer.id));
            let workers = workers.chain(staff.iter().map(|staff| Worker::Staff(staff.id)));
            let serving: Result<Vec<_>> = workers.map(|worker| store.open_shift(worker)).collect();
            let cards = match open {
                Some(Worker::Volunteer(id)) => store.cards_of(Holder::Volunteer(id))?,
                _ => vec![],
            };
            Ok(Box::new(Data {
                teams: store.teams()?,
                shifts: store.shifts(from, to, None)?,
                serving: serving?.into_iter().flatten().collect(),
                volunteers,
                staff,
                cards,
            }))
        });
        Task::perform(read, Message::Loaded)
    }

    fn name_of(&self, worker: Worker) -> Option<&str> {
        let data = self.data.as_ref()?;
        match worker {
            Worker::Volunteer(id) => data.volunteers.iter().find(|v| v.id == id).map(|v| v.name.as_str()),
            Worker::Staff(id) => data.staff.iter().find(|s| s.id == id).map(|s| s.name.as_str()),
        }
    }

    fn opened(&self) -> Option<&Volunteer> {
        let Some(Worker::Volunteer(id)) = self.open else { return None };
        self.data.as_ref()?.volunteers.iter().find(|volunteer| volunteer.id == id)
    }

    fn serving(&self, worker: Worker) -> Option<&Shift> {
        self.data.as_ref()?.serving.iter().find(|shift| shift.worker == worker)
    }

    fn close(&mut self) {
        (self.draft, self.picker, self.team, self.form) = (None, None, None, None);
        self.pin.clear();
    }

    /// Handles the results of tasks.
    fn handle_result(&mut self, outcome: Message, cx: &Ctx) -> Action<Message> {
        match outcome {
            Message::Written(key, Ok(())) => {
                self.close();
                self.notice = Some(Ok(cx.tr(key)));
            }
            Message::Filed(handed) => {
                self.notice = Some(document::words(handed, cx));
                return Action::None;
            }
            Message::Stated(Ok(statement)) => return self.stated(statement),
            Message::PhoneNoted(Ok(())) => {}
            Message::Written(_, Err(e)) | Message::PhoneNoted(Err(e)) | Message::Stated(Err(e)) => {
                self.notice = Some(Err(cx.i18n.error(&e)));
                return Action::None;
            }
            _ => {}
        }
        Action::Run(self.load(cx))
    }

    fn toggle(message: &Message, cx: &Ctx) -> Action<Message> {
        let actor = cx.actor();
        match *message {
            Message::Start(worker) => {
                let id = ShiftId::new();
                let write = cx.store.write(move |store| store.start_shift(actor, id, worker, None).map(drop));
                Action::Run(Task::perform(write, |done| Message::Written("vol-started", done)))
            }
            Message::End(worker) => {
                let write = cx.store.write(move |store| store.end_shift(actor, worker).map(drop));
                Action::Run(Task::perform(write, |done| Message::Written("vol-ended", done)))
            }
            _ => Action::None,
        }
    }

    /// The month before or after.
    fn beside(&self, forward: bool) -> NaiveDate {
        let one = Months::new(1);
        let to =
            if forward { self.month.checked_add_months(one) } else { self.month.checked_sub_months(one) };
        to.unwrap_or(self.month)
    }

    fn month_words(&self, cx: &Ctx) -> String {
        let (year, month) = (self.month.year().to_string(), self.month.month());
        cx.i18n.tr_with("prog-month", &[("year", year.into()), ("month", month.into())])
    }
}
