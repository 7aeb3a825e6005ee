//! A closing sentence, then back to the first page.

use std::time::Duration;

use daycare_core::appointment::{Booked, Booking};
use daycare_core::ids::AppointmentId;
use daycare_core::visit::{Source, Visit};
use daycare_core::volunteer::Shift;
use iced::Task;

use crate::error::Result;
use crate::ui::screens::{Action, ClosingSentence, Ctx, Route, Screen, Side, Trouble, Wish};
use crate::ui::theme::Shape;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, Press};

use super::page::{Emblem, Page, Words};
use super::ticket_stub::{self, Stub};

/// The sentence and its undo.
#[derive(Debug)]
pub struct Closing {
    saying: ClosingSentence,
    since: Duration,
    /// Identifier for booking again, fixed in advance so that a double tap books once.
    again: AppointmentId,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// 好的
    Done,
    /// 点错了，取消: undo what the sentence says.
    Undo,
    /// The result of undoing the departure.
    Undone(Result<Visit>),
    /// The result of booking again.
    BookedAgain(Result<Booked>),
    /// The result of undoing a shift's start or end.
    UndoneShift(Result<Shift>),
}

impl Screen for Closing {
    type Message = Message;
    const SIDE: Side = Side::Resident;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match (message, &self.saying) {
            (Message::Undo, ClosingSentence::Goodbye(_, visit)) => {
                let id = *visit;
                let actor = cx.actor();
                let write = cx.store.write(move |store| store.undo_check_out(actor, id));
                Action::Run(Task::perform(write, Message::Undone))
            }
            (Message::Undone(Ok(_)), ClosingSentence::Goodbye(resident, _)) => {
                // How they identified themselves is no longer known: assume the least trusted way.
                Action::Go(Route::MyDay(resident.clone(), Source::Surname))
            }
            (Message::Undo, ClosingSentence::Dropped(_, _, appointment)) => {
                let booking = Booking {
                    id: self.again,
                    resident_id: appointment.resident_id,
                    session_id: appointment.session_id,
                    starts_at: appointment.starts_at,
                    instead_of: None,
                };
                let actor = cx.actor();
                let write = cx.store.write(move |store| store.book(actor, &booking));
                Action::Run(Task::perform(write, Message::BookedAgain))
            }
            (
                Message::BookedAgain(Ok(Booked::Done(again))),
                ClosingSentence::Dropped(resident, source, _),
            ) => Action::Go(Route::Booked(resident.clone(), *source, Box::new(again))),
            // The seat was taken meanwhile: offer another time.
            (Message::BookedAgain(Ok(_)), ClosingSentence::Dropped(resident, source, appointment)) => {
                Action::Go(Route::Book(Wish {
                    resident: resident.clone(),
                    source: *source,
                    service: appointment.service_id,
                    instead_of: None,
                }))
            }
            (Message::Undo, ClosingSentence::Serving(_, shift) | ClosingSentence::Served(_, shift)) => {
                let id = shift.id;
                let actor = cx.actor();
                let write = cx.store.write(move |store| store.undo_shift(actor, id));
                Action::Run(Task::perform(write, Message::UndoneShift))
            }
            (
                Message::UndoneShift(Ok(_)),
                ClosingSentence::Serving(volunteer, _) | ClosingSentence::Served(volunteer, _),
            ) => Action::Go(Route::VolunteerShift(volunteer.clone())),
            (Message::UndoneShift(Err(_)), _) => Action::Go(Route::Trouble(Trouble::Resting)),
            (Message::BookedAgain(Err(_)), _) => Action::Go(Route::Trouble(Trouble::Resting)),
            (Message::Undone(Err(_)), _) => Action::Go(Route::Trouble(Trouble::Resting)),
            _ => Action::Go(Route::FirstPage),
        }
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let (title, sub, lead, picture) = match &self.saying {
            ClosingSentence::Goodbye(resident, _) => {
                ("closing-goodbye", "closing-goodbye-sub", Some(resident), "house-with-garden")
            }
            ClosingSentence::Undone => ("closing-undone", "closing-undone-sub", None, "handshake"),
            ClosingSentence::WaitForStaff(resident) => {
                ("closing-wait", "closing-wait-sub", Some(resident), "handshake")
            }
            ClosingSentence::NobodyHere => {
                ("closing-nobody", "closing-nobody-sub", None, "house-with-garden")
            }
            ClosingSentence::Dropped(resident, ..) => {
                ("closing-dropped", "closing-dropped-sub", Some(resident), "seedling")
            }
            ClosingSentence::Waiting(resident, _) => {
                ("closing-waiting", "closing-waiting-sub", Some(resident), "teapot")
            }
            ClosingSentence::AlreadyBooked(resident, _) => {
                ("book-have", "book-have-sub", Some(resident), "clipboard")
            }
            ClosingSentence::Serving(..) => ("closing-serving", "closing-serving-sub", None, "handshake"),
            ClosingSentence::Served(..) => ("closing-served", "closing-served-sub", None, "rose"),
        };
        let name = match &self.saying {
            ClosingSentence::Serving(volunteer, _) | ClosingSentence::Served(volunteer, _) => {
                Some(volunteer.name.clone())
            }
            _ => lead.map(|r| cx.addressed(&r.profile.name, &r.profile.called_by)),
        };
        let sub = match &self.saying {
            ClosingSentence::Waiting(_, before) => cx.i18n.tr_with(sub, &[("count", (*before).into())]),
            ClosingSentence::Served(_, shift) => {
                let minutes = shift.minutes();
                cx.i18n.tr_with(sub, &[("hours", (minutes / 60).into()), ("minutes", (minutes % 60).into())])
            }
            _ => cx.tr(sub),
        };
        let words = Words { lead: name.unwrap_or_default(), title: cx.tr(title), sub, steps: None };
        let waits = matches!(self.saying, ClosingSentence::WaitForStaff(_) | ClosingSentence::NobodyHere);
        let emblem = if waits { Emblem::Sign(Icon::Hand) } else { Emblem::Done };
        let mut page = Page::titled(cx, shape, emblem, &words);
        if let ClosingSentence::AlreadyBooked(resident, own) = &self.saying {
            ticket_stub::person(&mut page, &Stub::from(&**own), &resident.profile, cx);
        } else {
            page.pictured(shape.body(), picture);
        }
        page.primary("done", &cx.tr("ok"), Icon::Check, Press::Own(Message::Done));
        let may_undo = matches!(
            self.saying,
            ClosingSentence::Goodbye(..)
                | ClosingSentence::Dropped(..)
                | ClosingSentence::Serving(..)
                | ClosingSentence::Served(..)
        );
        if may_undo {
            let stays = cx.config.screen.success_seconds;
            page.hint(&cx.i18n.tr_with("ok-undo-hint", &[("seconds", stays.into())]));
            page.second(
                (0, 1),
                "destructive:undo",
                &cx.tr("ok-undo"),
                Icon::Undo2,
                Press::Own(Message::Undo),
            );
        }
        page.finish()
    }

    fn tick(&mut self, now: Duration, cx: &Ctx) -> Action<Message> {
        let stays = Duration::from_secs(cx.config.screen.success_seconds);
        if now.saturating_sub(self.since) >= stays { Action::Go(Route::FirstPage) } else { Action::None }
    }

    fn is_personal(&self) -> bool {
        false
    }
}

impl Closing {
    /// Shows the sentence.
    #[must_use]
    pub fn new(saying: ClosingSentence, cx: &Ctx) -> Self {
        Self { saying, since: cx.clock.monotonic(), again: AppointmentId::new() }
    }
}
