//! The door of the staff: choose yourself, six digits, the sixth opens.

use iced::Task;

use crate::domain::staff::{PIN_LENGTH, Staff, Unlock as Outcome};
use crate::error::Result;
use crate::screens::resident::page::{Emblem, Key, Page, Words};
use crate::screens::{Action, Ctx, Route};
use crate::theme::metrics::{cell, inset, rect};
use crate::theme::{Rect, Role, Shape};
use crate::widgets::fitted::Fitted;
use crate::widgets::icon::Icon;
use crate::widgets::parts::{self, Button, Kind};
use crate::widgets::{Element, Press};

/// Who is at the door, and what they have tapped.
#[derive(Debug, Default)]
pub struct Unlock {
    staff: Option<Vec<Staff>>,
    chosen: Option<Staff>,
    digits: String,
    /// A PIN is being looked at.
    trying: bool,
    refused: Option<Refused>,
    page: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refused {
    Wrong(u32),
    Locked(i64),
    Failed,
}

/// What happened here.
#[derive(Debug, Clone)]
pub enum Message {
    /// The accounts came.
    Loaded(Result<Vec<Staff>>),
    /// A name was tapped.
    Chose(usize),
    /// A key.
    Key(Key),
    /// Another page of names.
    Turned(usize),
    /// The answer to a PIN.
    Tried(Result<Outcome>),
}

const NAMES_PER_PAGE: usize = 6;

impl Unlock {
    /// Loads the accounts.
    pub fn new(cx: &Ctx) -> (Self, Task<Message>) {
        (Self::default(), Task::perform(cx.store.read(|store| store.staff()), Message::Loaded))
    }

    /// Follows a message.
    pub fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Loaded(Ok(staff)) => {
                // One account needs no choosing.
                self.chosen = if let [only] = staff.as_slice() { Some(only.clone()) } else { None };
                self.staff = Some(staff);
            }
            Message::Chose(at) => {
                self.chosen = self.staff.as_ref().and_then(|staff| staff.get(at)).cloned();
                self.digits.clear();
                self.refused = None;
            }
            Message::Key(_) if self.trying => {}
            Message::Key(key) => {
                key.apply(&mut self.digits, PIN_LENGTH);
                self.refused = None;
                return self.try_full(cx);
            }
            Message::Turned(page) => self.page = page,
            Message::Tried(Ok(Outcome::Opened(staff))) => return Action::Unlocked(staff),
            Message::Tried(Ok(Outcome::Wrong { tries_left })) => {
                self.refuse(Refused::Wrong(tries_left));
            }
            Message::Tried(Ok(Outcome::Locked { wait_ms })) => {
                self.refuse(Refused::Locked(wait_ms));
            }
            Message::Tried(Err(_)) | Message::Loaded(Err(_)) => self.refuse(Refused::Failed),
        }
        Action::None
    }

    /// A full PIN is tried at once; it is never kept longer than that.
    fn try_full(&mut self, cx: &Ctx) -> Action<Message> {
        let Some(staff) = self.chosen.as_ref().filter(|_| self.digits.len() == PIN_LENGTH) else {
            return Action::None;
        };
        self.trying = true;
        let (id, pin) = (staff.id, std::mem::take(&mut self.digits));
        Action::Run(Task::perform(cx.store.write(move |store| store.unlock(id, &pin)), Message::Tried))
    }

    fn refuse(&mut self, why: Refused) {
        self.trying = false;
        self.digits.clear();
        self.refused = Some(why);
    }

    /// Where 返回 leads: to the names, then out.
    pub fn back(&mut self) -> Option<Route> {
        let several = self.staff.as_ref().is_some_and(|staff| staff.len() > 1);
        if several && self.chosen.take().is_some() {
            self.digits.clear();
            self.refused = None;
            return None;
        }
        Some(Route::Idle)
    }

    /// Draws the screen.
    pub fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let (title, sub) = match (&self.chosen, self.refused) {
            (_, Some(Refused::Wrong(left))) => {
                (cx.tr("unlock-wrong"), cx.i18n.tr_with("unlock-left", &[("count", left.into())]))
            }
            (_, Some(Refused::Locked(ms))) => {
                let minutes = (ms + 59_999) / 60_000;
                (cx.i18n.tr_with("unlock-wait", &[("minutes", minutes.into())]), cx.tr("unlock-wait-sub"))
            }
            (_, Some(Refused::Failed)) => (cx.tr("unlock-failed"), cx.tr("unlock-failed-sub")),
            (Some(staff), None) => (staff.name.clone(), cx.tr("unlock-pin")),
            (None, None) => (cx.tr("staff"), cx.tr("unlock-who")),
        };
        let words = Words { title, sub, ..Words::default() };
        let mut page = Page::crowded(cx, shape, Emblem::Sign(Icon::Lock), &words);
        if self.chosen.is_some() {
            self.keypad(&mut page, cx);
        } else {
            self.names(&mut page);
        }
        page.finish()
    }

    fn names<'a>(&'a self, page: &mut Page<'a, Message>) {
        let staff = self.staff.as_deref().unwrap_or_default();
        let shape = page.look.shape;
        let pages = staff.len().div_ceil(NAMES_PER_PAGE).max(1);
        let (columns, rows) = if shape == Shape::Portrait { (2, 3) } else { (3, 2) };
        let shown = staff.iter().enumerate().skip(self.page * NAMES_PER_PAGE).take(NAMES_PER_PAGE);
        for (at, one) in shown {
            let place = cell(shape.list(), at % NAMES_PER_PAGE, columns, rows);
            let button = Button::new(Kind::Secondary, Role::Action, &one.name);
            page.button(place, &format!("choice:staff-{at}"), &button, Press::Own(Message::Chose(at)));
        }
        page.pager(self.page, pages, Message::Turned);
    }

    fn keypad<'a>(&'a self, page: &mut Page<'a, Message>, cx: &Ctx) {
        let look = page.look;
        let dots = match look.shape {
            Shape::Portrait => rect(140.0, 572.0, 800.0, 110.0),
            Shape::Landscape => rect(816.0, 90.0, 1056.0, 110.0),
        };
        for at in 0..PIN_LENGTH {
            let place = cell(dots, at, PIN_LENGTH, 1);
            let side = 72.0;
            let dot: Rect = rect(place.x + (place.width - side) / 2.0, place.y + 19.0, side, side);
            page.put(dot, parts::panel(look.palette.card, look.palette.line, 3.0, side / 2.0));
            if at < self.digits.len() || self.trying {
                page.put(inset(dot, 16.0), parts::panel(look.palette.ink, look.palette.ink, 0.0, 20.0));
            }
        }
        if self.trying {
            let line = Rect { y: dots.y + dots.height, height: 40.0, ..dots };
            page.text(line, Fitted::new(cx.tr("please-wait"), Role::StaffBody, look));
        }
        page.keypad(rect(48.0, 720.0, 984.0, 896.0), Message::Key);
    }
}
