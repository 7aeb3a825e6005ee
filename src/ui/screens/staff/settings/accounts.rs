//! Accounts: who may unlock and with which role; changing PINs, signing out, ending accounts.

use daycare_core::ids::StaffId;
use daycare_core::staff::{PIN_LENGTH, Role, Staff};
use iced::alignment::Vertical;
use iced::widget::{Column, container, row};
use iced::{Length, Task};

use crate::error::Result;
use crate::ui::screens::staff::kit::{Feedback, Ui};
use crate::ui::screens::{Action, Ctx};
use crate::ui::widgets::Element;
use crate::ui::widgets::controls::Kind;
use crate::ui::widgets::icon::Icon;

use super::super::frame::role_key;

/// All accounts, and the form for one of them.
#[derive(Debug, Default)]
pub struct Accounts {
    all: Vec<Staff>,
    open: Option<StaffId>,
    name: String,
    role: Option<Role>,
    pin: String,
}

/// Messages of the accounts.
#[derive(Debug, Clone)]
pub enum Message {
    /// The accounts were loaded.
    Loaded(Result<Vec<Staff>>),
    /// An account was tapped, or the form for a new one.
    Opened(Option<StaffId>),
    /// The name of a new account was typed.
    Name(String),
    /// A role was chosen.
    Role(Role),
    /// A PIN was typed.
    Pin(String),
    /// 加一个账号
    Add,
    /// 换密码
    SetPin,
    /// 退出登录
    SignOut,
    /// 停用
    End,
    /// The result of saving.
    Saved(Result<()>),
}

impl Accounts {
    /// Loads the accounts.
    pub fn load(cx: &Ctx) -> Task<Message> {
        Task::perform(cx.store.read(|store| store.staff()), Message::Loaded)
    }

    /// Everybody who may unlock.
    pub fn all(&self) -> &[Staff] {
        &self.all
    }

    /// Handles a message; also returns what to tell the user.
    pub fn update(&mut self, message: Message, cx: &Ctx) -> (Action<Message>, Feedback) {
        match message {
            Message::Loaded(Ok(all)) => self.all = all,
            Message::Opened(id) => {
                let role = self.all.iter().find(|staff| Some(staff.id) == id).map(|staff| staff.role);
                self.open = if self.open == id { None } else { id };
                (self.name, self.pin, self.role) = (String::new(), String::new(), role);
            }
            Message::Name(name) => self.name = name,
            Message::Pin(pin) => self.pin = digits(&pin),
            Message::Role(role) if self.open.is_none() => self.role = Some(role),
            Message::Saved(Ok(())) => {
                *self = Self { all: std::mem::take(&mut self.all), ..Self::default() };
                let load = Self::load(cx);
                return (Action::Run(load), Some(Ok(cx.tr("welfare-saved"))));
            }
            Message::Loaded(Err(e)) | Message::Saved(Err(e)) => {
                return (Action::None, Some(Err(cx.i18n.error(&e))));
            }
            request => return (self.act(&request, cx), None),
        }
        (Action::None, None)
    }

    /// Whether a new account's name was typed.
    pub fn has_draft(&self) -> bool {
        self.open.is_none() && !self.name.trim().is_empty()
    }

    /// The message for Enter (`true`) or Esc (`false`).
    pub fn key(&self, enter: bool) -> Option<Message> {
        match (enter, self.open) {
            (true, None) => self.may_add().then_some(Message::Add),
            (true, Some(_)) => (self.pin.len() == PIN_LENGTH).then_some(Message::SetPin),
            (false, open) => open.map(|id| Message::Opened(Some(id))),
        }
    }

    fn act(&mut self, request: &Message, cx: &Ctx) -> Action<Message> {
        let (actor, pin) = (cx.actor(), self.pin.clone());
        let write = match (request, self.open) {
            (Message::Add, _) => {
                let Some(role) = self.role.filter(|_| self.may_add()) else { return Action::None };
                let staff = Staff { id: StaffId::new(), name: self.name.trim().to_owned(), role };
                cx.store.write(move |store| store.add_staff(actor, &staff, &pin))
            }
            (Message::Role(role), Some(id)) => {
                let role = *role;
                cx.store.write(move |store| store.set_role(actor, id, role))
            }
            (Message::SetPin, Some(id)) => cx.store.write(move |store| store.set_pin(actor, id, &pin)),
            (Message::SignOut, Some(id)) => cx.store.write(move |store| store.sign_out(actor, id)),
            (Message::End, Some(id)) => cx.store.write(move |store| store.archive_staff(actor, id)),
            _ => return Action::None,
        };
        Action::Run(Task::perform(write, Message::Saved))
    }

    /// Whether name, role and a six-digit PIN of a new account are complete.
    fn may_add(&self) -> bool {
        let name = self.name.trim();
        let known = self.all.iter().any(|staff| staff.name == name);
        !name.is_empty() && !known && self.role.is_some() && self.pin.len() == PIN_LENGTH
    }

    /// Draws the list and the form.
    pub fn view<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let mut list = Column::new().spacing(10);
        for staff in &self.all {
            let line = row![
                container(ui.strong(staff.name.as_str())).width(Length::Fill),
                ui.muted(ui.tr(role_key(staff.role))),
            ]
            .spacing(16)
            .padding(14)
            .align_y(Vertical::Center);
            let on = self.open == Some(staff.id);
            let touch = ui
                .touch_row(format!("account-{}", staff.id), line)
                .on(on)
                .height(84.0)
                .on_press(Message::Opened(Some(staff.id)));
            list = list.push(touch);
            if on {
                list = list.push(self.one(staff, ui));
            }
            list = list.push(ui.divider());
        }
        if self.open.is_none() {
            list = list.push(self.new_one(ui));
        }
        list.into()
    }

    fn pin_field<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        ui.secret_field(&ui.tr("settings-pin-new"), &self.pin, Message::Pin)
    }

    fn one<'a>(&'a self, staff: &Staff, ui: Ui<'a>) -> Element<'a, Message> {
        let act = |what: (&str, Icon), kind, there: bool, message| {
            ui.act(what.0, what.1).kind(kind).on_press_maybe(there.then_some(message))
        };
        let own = ui.staff.as_ref().is_some_and(|own| own.id == staff.id);
        let complete = self.pin.len() == PIN_LENGTH;
        let buttons = vec![
            act(("account-pin", Icon::KeyRound), Kind::Plain, complete, Message::SetPin),
            act(("account-sign-out", Icon::LogOut), Kind::Plain, !own, Message::SignOut),
            act(("account-end", Icon::X), Kind::Red, !own, Message::End),
        ];
        let lines = Column::new()
            .spacing(12)
            .push(roles(Some(staff.role), ui))
            .push(self.pin_field(ui))
            .push(ui.buttons(buttons, 3));
        ui.sunk(lines)
    }

    fn new_one<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let ready = self.may_add();
        let add = ui
            .act("account-add", Icon::UserPlus)
            .kind(if ready { Kind::Main } else { Kind::Plain })
            .on_press_maybe(ready.then_some(Message::Add));
        let lines = Column::new()
            .spacing(12)
            .push(ui.strong(ui.tr("account-new")))
            .push(ui.field(&ui.tr("column-name"), &self.name, Message::Name))
            .push(roles(self.role, ui))
            .push(self.pin_field(ui))
            .push(add.width(Length::Fill));
        ui.sunk(lines)
    }
}

fn roles(on: Option<Role>, ui: Ui<'_>) -> Element<'_, Message> {
    let roles = Role::ALL.map(|role| {
        let press = Message::Role(role);
        (role_key(role), ui.tr(role_key(role)), on == Some(role), press)
    });
    ui.segments(roles.into(), 3)
}

/// The first six digits of what was typed.
pub(super) fn digits(typed: &str) -> String {
    let digits = typed.chars().filter(char::is_ascii_digit);
    digits.take(daycare_core::staff::PIN_LENGTH).collect()
}
