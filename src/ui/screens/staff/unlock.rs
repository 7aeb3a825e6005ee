//! Unlocks the staff screens: choose a name, then enter six digits; the sixth submits.

use daycare_core::staff::{PIN_LENGTH, Staff, Tried};
use daycare_core::volunteer::Volunteer;
use iced::Task;
use iced::keyboard::Modifiers;
use iced::keyboard::key::Named;

use crate::error::Result;
use crate::ui::screens::resident::keypad::Key;
use crate::ui::screens::resident::page::{Emblem, Page, Words};
use crate::ui::screens::{Action, Ctx, Route, Screen, Side};
use crate::ui::theme::metrics::{cell, inset, rect};
use crate::ui::theme::{Rect, Role, Shape};
use crate::ui::widgets::fitted::Fitted;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::parts::{self, Button, Kind};
use crate::ui::widgets::root::KeyInput;
use crate::ui::widgets::{Element, Press};

/// The chosen name, and the digits so far.
#[derive(Debug, Default)]
pub struct Unlock {
    staff: Option<Vec<Staff>>,
    /// Volunteers who sign in with a PIN.
    volunteers: Vec<Volunteer>,
    /// Whether volunteers' names are shown instead of staff.
    among_volunteers: bool,
    chosen: Option<Who>,
    digits: String,
    /// Whether a PIN is being checked.
    trying: bool,
    refused: Option<Refused>,
    page: usize,
}

/// A staff account or a volunteer.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Who {
    Staff(Staff),
    Volunteer(Volunteer),
}

impl Who {
    fn name(&self) -> &str {
        match self {
            Self::Staff(staff) => &staff.name,
            Self::Volunteer(volunteer) => &volunteer.name,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refused {
    Wrong(u32),
    Locked(i64),
    Failed,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// The accounts and volunteers were loaded.
    Loaded(Result<(Vec<Staff>, Vec<Volunteer>)>),
    /// 志愿者, 工作人员
    Volunteers(bool),
    /// A name was tapped.
    Chose(usize),
    /// A keypad key was tapped.
    Key(Key),
    /// Another page of names.
    Turned(usize),
    /// The result of checking a staff PIN.
    Tried(Result<Tried<Staff>>),
    /// The result of checking a volunteer's PIN.
    TriedVolunteer(Result<Tried<Volunteer>>),
}

const NAMES_PER_PAGE: usize = 6;

impl Screen for Unlock {
    type Message = Message;
    const SIDE: Side = Side::Door;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Loaded(Ok((staff, volunteers))) => {
                // A single account needs no choosing.
                self.chosen = match (staff.as_slice(), volunteers.is_empty()) {
                    ([only], true) => Some(Who::Staff(only.clone())),
                    _ => None,
                };
                (self.staff, self.volunteers) = (Some(staff), volunteers);
            }
            Message::Volunteers(shown) => (self.among_volunteers, self.page) = (shown, 0),
            Message::Chose(at) => {
                self.chosen = self.people().into_iter().nth(at);
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
            Message::Tried(Ok(Tried::Opened(staff))) => return Action::Unlocked(staff),
            Message::TriedVolunteer(Ok(Tried::Opened(volunteer))) => {
                return Action::Go(Route::VolunteerShift(Box::new(volunteer)));
            }
            Message::Tried(tried) => self.refuse_because(&tried),
            Message::TriedVolunteer(tried) => self.refuse_because(&tried),
            Message::Loaded(Err(_)) => self.refuse(Refused::Failed),
        }
        Action::None
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let (title, sub) = match (&self.chosen, self.refused) {
            (_, Some(Refused::Wrong(left))) => {
                (cx.tr("unlock-wrong"), cx.i18n.tr_with("unlock-left", &[("count", left.into())]))
            }
            (_, Some(Refused::Locked(ms))) => {
                let minutes = (ms + 59_999) / 60_000;
                (cx.i18n.tr_with("unlock-wait", &[("minutes", minutes.into())]), cx.tr("unlock-wait-sub"))
            }
            (_, Some(Refused::Failed)) => (cx.tr("unlock-failed"), cx.tr("unlock-failed-sub")),
            (Some(who), None) => (who.name().to_owned(), cx.tr("unlock-pin")),
            (None, None) if self.among_volunteers => (cx.tr("unlock-volunteers"), cx.tr("unlock-who")),
            (None, None) => (cx.tr("staff"), cx.tr("unlock-who")),
        };
        let words = Words { title, sub, ..Words::default() };
        let mut page = Page::crowded(cx, shape, Emblem::Sign(Icon::Lock), &words);
        if self.chosen.is_some() {
            self.keypad(&mut page, cx);
        } else {
            self.names(&mut page, cx);
        }
        page.finish()
    }

    // A PIN may be typed; a name is chosen by its number.
    fn key(&mut self, key: &KeyInput, _modifiers: Modifiers, cx: &Ctx) -> Action<Message> {
        match key {
            KeyInput::Char(c) if c.is_ascii_digit() && self.chosen.is_some() => {
                self.update(Message::Key(Key::Digit(*c)), cx)
            }
            KeyInput::Char(c) => match c.to_digit(10) {
                Some(number @ 1..) => self.update(Message::Chose(number as usize - 1), cx),
                _ => Action::None,
            },
            KeyInput::Other(Named::Backspace) => self.update(Message::Key(Key::Back), cx),
            _ => Action::None,
        }
    }

    fn has_keys(&self) -> bool {
        true
    }

    fn steps_back(&self) -> bool {
        true
    }

    fn back(&mut self) -> Option<Route> {
        let several = self.staff.as_ref().is_some_and(|staff| staff.len() > 1) || !self.volunteers.is_empty();
        if several && self.chosen.take().is_some() {
            self.digits.clear();
            self.refused = None;
            return None;
        }
        Some(Route::FirstPage)
    }
}

impl Unlock {
    /// Loads the accounts.
    pub fn new(cx: &Ctx) -> (Self, Task<Message>) {
        let read = cx.store.read(|store| Ok((store.staff()?, store.volunteers_with_pin()?)));
        (Self::default(), Task::perform(read, Message::Loaded))
    }

    /// Checks a complete PIN at once; it is not kept longer than that.
    fn try_full(&mut self, cx: &Ctx) -> Action<Message> {
        let Some(who) = self.chosen.as_ref().filter(|_| self.digits.len() == PIN_LENGTH) else {
            return Action::None;
        };
        self.trying = true;
        let pin = std::mem::take(&mut self.digits);
        Action::Run(match who {
            Who::Staff(staff) => {
                let id = staff.id;
                Task::perform(cx.store.write(move |store| store.unlock(id, &pin)), Message::Tried)
            }
            Who::Volunteer(volunteer) => {
                let id = volunteer.id;
                let tried = cx.store.write(move |store| store.try_volunteer_pin(id, &pin));
                Task::perform(tried, Message::TriedVolunteer)
            }
        })
    }

    /// Those whose names are shown.
    fn people(&self) -> Vec<Who> {
        if self.among_volunteers {
            return self.volunteers.iter().cloned().map(Who::Volunteer).collect();
        }
        self.staff.iter().flatten().cloned().map(Who::Staff).collect()
    }

    fn refuse_because<T>(&mut self, tried: &Result<Tried<T>>) {
        self.refuse(match tried {
            Ok(Tried::Wrong { tries_left }) => Refused::Wrong(*tries_left),
            Ok(Tried::Locked { wait_ms }) => Refused::Locked(*wait_ms),
            Ok(Tried::Opened(_)) | Err(_) => Refused::Failed,
        });
    }

    fn refuse(&mut self, why: Refused) {
        self.trying = false;
        self.digits.clear();
        self.refused = Some(why);
    }

    fn names<'a>(&'a self, page: &mut Page<'a, Message>, cx: &Ctx) {
        let staff = self.people();
        let shape = page.look.shape;
        let pages = staff.len().div_ceil(NAMES_PER_PAGE).max(1);
        let (columns, rows) = if shape == Shape::Portrait { (2, 3) } else { (3, 2) };
        let shown = staff.iter().enumerate().skip(self.page * NAMES_PER_PAGE).take(NAMES_PER_PAGE);
        for (at, one) in shown {
            let place = cell(shape.list(), at % NAMES_PER_PAGE, columns, rows);
            let button = Button::new(Kind::Secondary, Role::Action, one.name());
            page.button(place, &format!("choice:staff-{at}"), &button, Press::Own(Message::Chose(at)));
        }
        if !self.volunteers.is_empty() {
            let (key, which) = if self.among_volunteers {
                ("unlock-staff", Icon::Lock)
            } else {
                ("unlock-volunteers", Icon::HandHeart)
            };
            let label = cx.tr(key);
            let place = if pages > 1 { shape.pager(1) } else { shape.pager_alone() };
            let other = Button::new(Kind::Secondary, Role::Button, &label).icon(which);
            let press = Press::Own(Message::Volunteers(!self.among_volunteers));
            page.button(place, "nav:volunteers", &other, press);
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
