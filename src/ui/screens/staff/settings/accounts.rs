//! Accounts: who may unlock, as what; a new PIN, signing out, the end.

use daycare_core::ids::StaffId;
use daycare_core::staff::{PIN_LENGTH, Role, Staff};
use iced::alignment::Vertical;
use iced::widget::{Column, container, row};
use iced::{Length, Task};

use crate::error::Result;
use crate::ui::screens::{Action, Ctx};
use crate::ui::theme::{Look, Role as Type};
use crate::ui::widgets::Element;
use crate::ui::widgets::desk::{self, Kind};
use crate::ui::widgets::icon::Icon;

use super::super::frame::{self, Notice, role_key};

/// Who may unlock, and what is being done to one of them.
#[derive(Debug, Default)]
pub struct Accounts {
    all: Vec<Staff>,
    open: Option<StaffId>,
    name: String,
    role: Option<Role>,
    pin: String,
}

/// What happened here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Everybody came.
    Loaded(Result<Vec<Staff>>),
    /// One was tapped, or the form of a new one.
    Opened(Option<StaffId>),
    /// The name of a new one.
    Name(String),
    /// What they may do.
    Role(Role),
    /// A PIN.
    Pin(String),
    /// 加一个账号
    Add,
    /// 换密码
    SetPin,
    /// 退出登录
    SignOut,
    /// 停用
    End,
    /// It is on disk, or not.
    Saved(Result<()>),
}

impl Accounts {
    /// Everybody.
    pub fn load(cx: &Ctx) -> Task<Message> {
        Task::perform(cx.store.read(|store| store.staff()), Message::Loaded)
    }

    /// Everybody who may unlock.
    pub fn all(&self) -> &[Staff] {
        &self.all
    }

    /// Follows a message; also what is to be said.
    pub fn update(&mut self, message: Message, cx: &Ctx) -> (Action<Message>, Notice) {
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
            deed => return (self.act(&deed, cx), None),
        }
        (Action::None, None)
    }

    /// What Enter or Esc stands for.
    pub fn key(&self, enter: bool) -> Option<Message> {
        match (enter, self.open) {
            (true, None) => self.may_add().then_some(Message::Add),
            (true, Some(_)) => (self.pin.len() == PIN_LENGTH).then_some(Message::SetPin),
            (false, open) => open.map(|id| Message::Opened(Some(id))),
        }
    }

    fn act(&mut self, deed: &Message, cx: &Ctx) -> Action<Message> {
        let (actor, pin) = (cx.actor(), self.pin.clone());
        let write = match (deed, self.open) {
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

    /// A new name, a role and six digits.
    fn may_add(&self) -> bool {
        let name = self.name.trim();
        let known = self.all.iter().any(|staff| staff.name == name);
        !name.is_empty() && !known && self.role.is_some() && self.pin.len() == PIN_LENGTH
    }

    /// Draws the list and the form.
    pub fn view<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let mut list = Column::new().spacing(10);
        for staff in &self.all {
            let line = row![
                container(desk::words(staff.name.as_str(), Type::StaffName, look)).width(Length::Fill),
                desk::tinted(cx.tr(role_key(staff.role)), Type::StaffBody, look.palette.muted, look),
            ]
            .spacing(16)
            .padding(14)
            .align_y(Vertical::Center);
            let on = self.open == Some(staff.id);
            let press = Some(Message::Opened(Some(staff.id)));
            let touch = desk::touch_row(&format!("account-{}", staff.id), line.into(), on, press, 84.0, look);
            list = list.push(touch);
            if on {
                list = list.push(self.one(staff, cx, look));
            }
            list = list.push(desk::divider(look));
        }
        if self.open.is_none() {
            list = list.push(self.new_one(cx, look));
        }
        list.into()
    }

    fn pin_field<'a>(&'a self, cx: &Ctx, look: Look) -> Element<'a, Message> {
        desk::secret_field(&cx.tr("settings-pin-new"), &self.pin, Message::Pin, look)
    }

    fn one<'a>(&'a self, staff: &Staff, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let act =
            |what, kind, there: bool, message| frame::act(cx, look, what, kind, there.then_some(message));
        let own = cx.staff.as_ref().is_some_and(|own| own.id == staff.id);
        let complete = self.pin.len() == PIN_LENGTH;
        let buttons = vec![
            act(("account-pin", Icon::KeyRound), Kind::Plain, complete, Message::SetPin),
            act(("account-sign-out", Icon::LogOut), Kind::Plain, !own, Message::SignOut),
            act(("account-end", Icon::X), Kind::Red, !own, Message::End),
        ];
        let lines = Column::new()
            .spacing(12)
            .push(roles(Some(staff.role), cx, look))
            .push(self.pin_field(cx, look))
            .push(desk::buttons(buttons, 3));
        let p = look.palette;
        desk::ground(lines, p.sunk, p.hair, 1.0, look)
    }

    fn new_one<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let ready = self.may_add();
        let add = frame::act(
            cx,
            look,
            ("account-add", Icon::UserPlus),
            if ready { Kind::Main } else { Kind::Plain },
            ready.then_some(Message::Add),
        );
        let lines = Column::new()
            .spacing(12)
            .push(desk::words(cx.tr("account-new"), Type::StaffName, look))
            .push(desk::field(&cx.tr("column-name"), &self.name, Message::Name, look))
            .push(roles(self.role, cx, look))
            .push(self.pin_field(cx, look))
            .push(desk::sized(add, Length::Fill, desk::CONTROL));
        let p = look.palette;
        desk::ground(lines, p.sunk, p.hair, 1.0, look)
    }
}

fn roles<'a>(on: Option<Role>, cx: &Ctx, look: Look) -> Element<'a, Message> {
    let roles = Role::ALL.map(|role| {
        let press = Message::Role(role);
        (role_key(role), cx.tr(role_key(role)), on == Some(role), press)
    });
    frame::segments(roles.into(), 3, look)
}

/// At most six digits of what was typed.
pub(super) fn digits(typed: &str) -> String {
    let digits = typed.chars().filter(char::is_ascii_digit);
    digits.take(daycare_core::staff::PIN_LENGTH).collect()
}
