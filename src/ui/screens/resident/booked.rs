//! After booking: the ticket with a calendar code for the family's phone, a slip if there is
//! a printer, and an undo button.

use std::time::Duration;

use daycare_core::appointment::Appointment;
use daycare_core::ids::AppointmentId;
use daycare_core::resident::Resident;
use daycare_core::visit::Source;
use daycare_store::sync::Promise;
use iced::Task;

use crate::error::Result;
use crate::reports::ics;
use crate::reports::slip::Slip;
use crate::ui::screens::document::{Document, Handed};
use crate::ui::screens::{Action, ClosingSentence, Ctx, Route, Screen, Side, Trouble};
use crate::ui::theme::Shape;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, Press};

use super::page::{Emblem, Page, Words};
use super::ticket_stub::{self, Printing, Stub};

/// An appointment just made.
#[derive(Debug)]
pub struct Booked {
    resident: Box<Resident>,
    source: Source,
    appointment: Box<Appointment>,
    /// The appointment that was booked first, if this one was moved.
    first: AppointmentId,
    /// iCalendar text of the QR code.
    calendar: String,
    promise: Promise,
    printing: Printing,
    since: Duration,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// 好的
    Done,
    /// 打一张小票
    Print,
    /// The printer's answer.
    Printed(Result<Handed>),
    /// 点错了，取消
    Undo,
    /// The result of cancelling the booking.
    Undone(Result<Appointment>),
    /// Whether the place is confirmed against other kiosks, and which appointment was booked
    /// first, were loaded.
    Promised(Result<(Promise, AppointmentId)>),
}

impl Screen for Booked {
    type Message = Message;
    const SIDE: Side = Side::Resident;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match &message {
            Message::Done => Action::Go(Route::MyDay(self.resident.clone(), self.source)),
            Message::Print => {
                self.printing = Printing::UnderWay;
                self.since = cx.clock.monotonic();
                let slip = Slip::of(
                    (&self.appointment, self.first),
                    &self.resident.profile,
                    &cx.centre.name,
                    cx.clock.now(),
                    cx.clock.zone(),
                )
                .surely(self.promise.is_sure());
                Action::Print(Document::slip(move || slip.pdf(), Message::Printed))
            }
            Message::Printed(handed) => {
                self.printing = Printing::after(handed);
                Action::None
            }
            Message::Undo => {
                let (id, actor) = (self.appointment.id, cx.actor());
                let write = cx.store.write(move |store| store.cancel_appointment(actor, id, "undone"));
                Action::Run(Task::perform(write, Message::Undone))
            }
            Message::Promised(promise) => {
                let (promise, first) = promise.as_ref().copied().unwrap_or((Promise::default(), self.first));
                self.promise = promise;
                if first != self.first {
                    self.first = first;
                    self.calendar =
                        ics::appointment(&self.appointment, first, &cx.centre.name, cx.clock.now());
                }
                Action::None
            }
            Message::Undone(Ok(_)) => Action::Go(Route::Closing(ClosingSentence::Undone)),
            Message::Undone(Err(_)) => Action::Go(Route::Trouble(Trouble::Resting)),
        }
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let (emblem, title, sub) = match self.promise {
            Promise::Given => (Emblem::Done, "book-ok", "book-ok-sub"),
            Promise::Confirmed => (Emblem::Done, "book-ok", "book-confirmed"),
            Promise::Unconfirmed => (Emblem::Sign(Icon::Clock), "book-unconfirmed", "book-unconfirmed-sub"),
        };
        let words = Words { title: cx.tr(title), sub: cx.tr(sub), ..Words::default() };
        let mut page = Page::crowded(cx, shape, emblem, &words);
        ticket_stub::code(&mut page, &Stub::from(&*self.appointment), &self.calendar, cx);
        page.primary("done", &cx.tr("ok"), Icon::Check, Press::Own(Message::Done));
        let undo = cx.tr("ok-undo");
        if let Some(hint) = self.printing.hint() {
            page.hint(&cx.tr(hint));
        }
        if cx.can_print && self.printing.may_ask() {
            page.second_row(vec![
                ("nav:print", cx.tr("book-print"), Icon::Printer, Press::Own(Message::Print)),
                ("destructive:undo", undo, Icon::Undo2, Press::Own(Message::Undo)),
            ]);
        } else {
            page.second((0, 1), "destructive:undo", &undo, Icon::Undo2, Press::Own(Message::Undo));
        }
        page.finish()
    }

    // A second has passed. The code stays long enough to be scanned.
    fn tick(&mut self, now: Duration, cx: &Ctx) -> Action<Message> {
        let stays = Duration::from_secs(cx.config.screen.success_seconds * 4);
        if now.saturating_sub(self.since) >= stays {
            return Action::Go(Route::FirstPage);
        }
        // The hub may confirm while the ticket is being read.
        if self.promise == Promise::Unconfirmed { Action::Run(self.ask(cx)) } else { Action::None }
    }

    fn has_keys(&self) -> bool {
        true
    }

    fn steps_back(&self) -> bool {
        true
    }

    fn spoken_key(&self) -> &'static str {
        "book-ok"
    }

    fn resident(&self) -> Option<&Resident> {
        Some(&self.resident)
    }

    fn is_personal(&self) -> bool {
        false
    }
}

impl Booked {
    /// Shows the ticket, and loads whether the place is confirmed.
    pub fn new(
        resident: Box<Resident>,
        source: Source,
        appointment: Box<Appointment>,
        cx: &Ctx,
    ) -> (Self, Task<Message>) {
        let first = appointment.id;
        let calendar = ics::appointment(&appointment, first, &cx.centre.name, cx.clock.now());
        let (promise, since) = (Promise::default(), cx.clock.monotonic());
        let booked = Self {
            resident,
            source,
            appointment,
            first,
            calendar,
            promise,
            printing: Printing::default(),
            since,
        };
        let ask = booked.ask(cx);
        (booked, ask)
    }

    fn ask(&self, cx: &Ctx) -> Task<Message> {
        let id = self.appointment.id;
        let read = cx.store.read(move |store| Ok((store.promise(id.uuid())?, store.first_booked(id)?)));
        Task::perform(read, Message::Promised)
    }
}
