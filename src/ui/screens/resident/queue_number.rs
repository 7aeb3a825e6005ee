//! After arriving for a booking: the queue number, large, and how many are ahead.

use std::time::Duration;

use daycare_core::appointment::Appointment;
use daycare_core::queue::{Ticket, TicketState};
use daycare_core::resident::Resident;
use iced::Task;

use crate::error::Result;
use crate::reports::slip::Slip;
use crate::ui::screens::document::{Document, Handed};
use crate::ui::screens::{Action, Ctx, Route, Screen, Side};
use crate::ui::theme::Shape;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, Press};

use super::page::{Emblem, Page, Words};
use super::ticket_stub::{self, Printing, Stub};

/// A queue number, just given or shown again.
#[derive(Debug)]
pub struct QueueNumber {
    resident: Box<Resident>,
    appointment: Box<Appointment>,
    before: Option<usize>,
    printing: Printing,
    since: Duration,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// The queue was loaded.
    Queue(Result<Vec<Ticket>>),
    /// 打一张小票
    Print,
    /// The printer's answer.
    Printed(Result<Handed>),
    /// 好的
    Done,
}

impl Screen for QueueNumber {
    type Message = Message;
    const SIDE: Side = Side::Resident;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Queue(Ok(queue)) => self.before = self.waiting_before(&queue),
            // Without the queue the number alone is enough.
            Message::Queue(Err(_)) => {}
            Message::Print => {
                self.printing = Printing::UnderWay;
                self.since = cx.clock.monotonic();
                let slip = Slip::of(
                    (&self.appointment, self.appointment.id),
                    &self.resident.profile,
                    &cx.centre.name,
                    cx.clock.now(),
                    cx.clock.zone(),
                );
                return Action::Print(Document::slip(move || slip.pdf(), Message::Printed));
            }
            Message::Printed(handed) => self.printing = Printing::after(&handed),
            Message::Done => return Action::Go(Route::FirstPage),
        }
        Action::None
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let profile = &self.resident.profile;
        let sub = match self.before {
            Some(0) => cx.tr("number-next"),
            Some(count) => cx.i18n.tr_with("number-before", &[("count", count.into())]),
            None => cx.tr("number-sub"),
        };
        let lead = cx.addressed(&profile.name, &profile.called_by);
        let words = Words { lead, title: cx.tr("number-title"), sub, steps: None };
        let mut page = Page::titled(cx, shape, Emblem::Done, &words);
        let number = self.appointment.ticket.as_deref().unwrap_or("—");
        ticket_stub::number(&mut page, &Stub::from(&*self.appointment), number, cx);
        page.primary("done", &cx.tr("ok"), Icon::Check, Press::Own(Message::Done));
        page.hint(&cx.tr(self.printing.hint().unwrap_or("number-sub")));
        if cx.can_print && self.printing.may_ask() {
            page.second((0, 1), "nav:print", &cx.tr("book-print"), Icon::Printer, Press::Own(Message::Print));
        }
        page.finish()
    }

    fn tick(&mut self, now: Duration, cx: &Ctx) -> Action<Message> {
        let stays = Duration::from_secs(cx.config.screen.success_seconds * 2);
        if now.saturating_sub(self.since) >= stays { Action::Go(Route::FirstPage) } else { Action::None }
    }

    fn spoken_key(&self) -> &'static str {
        "number-sub"
    }

    fn resident(&self) -> Option<&Resident> {
        Some(&self.resident)
    }

    fn is_personal(&self) -> bool {
        false
    }
}

impl QueueNumber {
    /// Shows the number and loads how many are ahead.
    pub fn new(resident: Box<Resident>, appointment: Box<Appointment>, cx: &Ctx) -> (Self, Task<Message>) {
        let load = Task::perform(cx.store.read(|store| store.queue()), Message::Queue);
        (
            Self {
                resident,
                appointment,
                before: None,
                printing: Printing::default(),
                since: cx.clock.monotonic(),
            },
            load,
        )
    }

    fn waiting_before(&self, queue: &[Ticket]) -> Option<usize> {
        let own = queue.iter().position(|ticket| ticket.appointment_id == self.appointment.id)?;
        let counts = |ticket: &&Ticket| {
            ticket.state == TicketState::Waiting && ticket.service_id == self.appointment.service_id
        };
        Some(queue[..own].iter().filter(counts).count())
    }
}
