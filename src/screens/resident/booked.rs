//! After booking: the ticket with a code for the family's phone, a slip if
//! there is a printer, and a way to take it back.

use std::time::Duration;

use iced::Task;

use crate::domain::appointment::Appointment;
use crate::domain::resident::Resident;
use crate::domain::visit::Source;
use crate::error::Result;
use crate::reports::ics;
use crate::reports::slip::Slip;
use crate::screens::document::Document;
use crate::screens::{Action, Ctx, Route, Saying, Trouble};
use crate::theme::Shape;
use crate::widgets::icon::Icon;
use crate::widgets::{Element, Press};

use super::page::{Emblem, Page, Words};
use super::stub::{self, Stub};

/// An appointment just made.
#[derive(Debug)]
pub struct Booked {
    resident: Box<Resident>,
    source: Source,
    appointment: Box<Appointment>,
    /// What the code says.
    calendar: String,
    printed: bool,
    since: Duration,
}

/// What happened here.
#[derive(Debug, Clone)]
pub enum Message {
    /// 好的
    Done,
    /// 打一张小票
    Print,
    /// 点错了，取消
    Undo,
    /// It is taken back, or not.
    Undone(Result<Appointment>),
}

impl Booked {
    /// Shows it.
    #[must_use]
    pub fn new(resident: Box<Resident>, source: Source, appointment: Box<Appointment>, cx: &Ctx) -> Self {
        let calendar = ics::appointment(&appointment, &cx.centre.name, cx.clock.now());
        Self { resident, source, appointment, calendar, printed: false, since: cx.clock.monotonic() }
    }

    /// Whose screen it is.
    #[must_use]
    pub fn resident(&self) -> &Resident {
        &self.resident
    }

    /// Follows a message.
    pub fn update(&mut self, message: &Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Done => Action::Go(Route::MyDay(self.resident.clone(), self.source)),
            Message::Print => {
                self.printed = true;
                self.since = cx.clock.monotonic();
                let slip =
                    Slip::of(&self.appointment, &self.resident.profile, &cx.centre.name, cx.clock.zone());
                Action::Print(Document::slip(move || slip.pdf()))
            }
            Message::Undo => {
                let (id, actor) = (self.appointment.id, cx.actor());
                let write = cx.store.write(move |store| store.cancel_appointment(actor, id, "undone"));
                Action::Run(Task::perform(write, Message::Undone))
            }
            Message::Undone(Ok(_)) => Action::Go(Route::Said(Saying::Undone)),
            Message::Undone(Err(_)) => Action::Go(Route::Trouble(Trouble::Resting)),
        }
    }

    /// A second has passed. The code stays long enough to be scanned.
    pub fn tick(&mut self, now: Duration, cx: &Ctx) -> Action<Message> {
        let stays = Duration::from_secs(cx.config.screen.success_seconds * 4);
        if now.saturating_sub(self.since) >= stays { Action::Go(Route::Idle) } else { Action::None }
    }

    /// Draws the screen.
    pub fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let words = Words { title: cx.tr("book-ok"), sub: cx.tr("book-ok-sub"), ..Words::default() };
        let mut page = Page::crowded(cx, shape, Emblem::Done, &words);
        stub::code(&mut page, &Stub::from(&*self.appointment), &self.calendar, cx);
        page.primary("done", &cx.tr("ok"), Icon::Check, Press::Own(Message::Done));
        let undo = cx.tr("ok-undo");
        if cx.can_print && !self.printed {
            page.second((0, 2), "nav:print", &cx.tr("book-print"), Icon::Printer, Press::Own(Message::Print));
            page.second((1, 2), "destructive:undo", &undo, Icon::Undo2, Press::Own(Message::Undo));
        } else {
            if self.printed {
                page.hint(&cx.tr("book-printing"));
            }
            page.second((0, 1), "destructive:undo", &undo, Icon::Undo2, Press::Own(Message::Undo));
        }
        page.finish()
    }
}
