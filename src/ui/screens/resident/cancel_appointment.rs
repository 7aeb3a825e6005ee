//! Cancelling an appointment: asks for confirmation, and offers another time.

use daycare_core::appointment::Appointment;
use daycare_core::resident::Resident;
use daycare_core::visit::Source;
use iced::Task;

use crate::error::Result;
use crate::ui::screens::{
    Action, ClosingSentence, Ctx, Route, Screen, Side, Trouble, Unfinished, Whose, Wish,
};
use crate::ui::theme::Shape;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, Press};

use super::page::{Emblem, Page, Words};
use super::ticket_stub::{self, Stub};

/// The appointment to cancel.
#[derive(Debug)]
pub struct CancelAppointment {
    resident: Box<Resident>,
    source: Source,
    appointment: Box<Appointment>,
    saving: bool,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// 是，不去了
    Yes,
    /// 还是要去
    Keep,
    /// 换个时间
    Change,
    /// The result of cancelling.
    Saved(Result<Appointment>),
}

impl Screen for CancelAppointment {
    type Message = Message;
    const SIDE: Side = Side::Resident;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match &message {
            Message::Yes if self.saving => Action::None,
            Message::Yes => {
                self.saving = true;
                let (id, actor) = (self.appointment.id, cx.actor());
                let write = cx.store.write(move |store| store.cancel_appointment(actor, id, ""));
                Action::Run(Task::perform(write, Message::Saved))
            }
            Message::Keep => Action::Go(self.own_day()),
            Message::Change => Action::Go(Route::Book(Wish {
                resident: self.resident.clone(),
                source: self.source,
                service: self.appointment.service_id,
                instead_of: Some(self.appointment.id),
            })),
            Message::Saved(Ok(_)) => Action::Go(Route::Closing(ClosingSentence::Dropped(
                self.resident.clone(),
                self.source,
                self.appointment.clone(),
            ))),
            Message::Saved(Err(_)) => Action::Go(Route::Trouble(Trouble::Resting)),
        }
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let profile = &self.resident.profile;
        let lead = cx.addressed(&profile.name, &profile.called_by);
        let words = Words { lead, title: cx.tr("drop-ask"), sub: cx.tr("drop-sub"), steps: None };
        let mut page = Page::crowded(cx, shape, Emblem::Sign(Icon::CalendarDays), &words);
        ticket_stub::person(&mut page, &Stub::from(&*self.appointment), profile, cx);
        if self.saving {
            page.waiting();
        } else {
            page.primary("drop", &cx.tr("drop-yes"), Icon::Check, Press::Own(Message::Yes));
        }
        page.second_row(vec![
            ("nav:change", cx.tr("drop-change"), Icon::Clock, Press::Own(Message::Change)),
            ("destructive:keep", cx.tr("drop-keep"), Icon::Undo2, Press::Own(Message::Keep)),
        ]);
        page.finish()
    }

    fn back(&mut self) -> Option<Route> {
        Some(self.own_day())
    }

    fn unfinished(&self) -> Option<Unfinished<'_>> {
        Some(Unfinished { key: "strip-not-cancelled", whose: Whose::Resident(&self.resident) })
    }

    fn spoken_key(&self) -> &'static str {
        "drop-ask"
    }

    fn resident(&self) -> Option<&Resident> {
        Some(&self.resident)
    }
}

impl CancelAppointment {
    /// The route of the person's day, which lists the booking.
    fn own_day(&self) -> Route {
        Route::MyDay(self.resident.clone(), self.source)
    }

    /// Asks for confirmation.
    #[must_use]
    pub fn new(resident: Box<Resident>, source: Source, appointment: Box<Appointment>) -> Self {
        Self { resident, source, appointment, saving: false }
    }
}
