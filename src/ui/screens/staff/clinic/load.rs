//! Loads the clinic's data and handles results.

use chrono::Datelike;
use daycare_core::access::Permission;
use daycare_core::checkup::born_by;
use daycare_core::follow_up::Kind as Why;
use daycare_core::ids::ServiceId;
use daycare_core::queue::Ticket;
use daycare_core::service::{CHECKUP, seed_id};
use daycare_core::visit::Source;
use iced::Task;

use super::{Clinic, Data, Message, Tab, booked_words};
use crate::health;
use crate::ui::screens::document::{self};
use crate::ui::screens::{Action, Ctx, Route, Wish};

impl Clinic {
    pub(super) fn load(&self, cx: &Ctx) -> Task<Message> {
        let (from, to) = self.span();
        let today = cx.clock.today();
        let month = today.with_day(1).unwrap_or(today);
        let services: Vec<ServiceId> =
            cx.centre.services.iter().filter(|s| s.bookable).map(|s| s.id).collect();
        // Repeat measurements are health data, so they need the health permission.
        let health = cx.may(Permission::Health);
        let lists = self.tab == Tab::Checkups && health;
        let read = cx.store.read(move |store| {
            let mut slots = Vec::new();
            for service in services {
                slots.extend(store.slots(service, from, to)?);
            }
            let born = born_by(today, health::CHECKUP.age);
            Ok(Box::new(Data {
                sessions: store.sessions(from, to)?,
                slots,
                listed: store.appointments_between(from, to)?,
                queue: store.queue()?,
                calls: store
                    .follow_ups()?
                    .into_iter()
                    .filter(|call| health || call.kind != Why::Recheck)
                    .collect(),
                checkups: if lists { store.checkups(today.year(), born)? } else { vec![] },
                caseload: store.caseload(month, today)?,
            }))
        });
        Task::perform(read, Message::Loaded)
    }

    /// Handles the results of tasks.
    pub(super) fn handle_result(&mut self, outcome: Message, cx: &Ctx) -> Action<Message> {
        let count = |key: &str, count: usize| cx.i18n.tr_with(key, &[("count", count.into())]);
        self.notice = match outcome {
            Message::Stepped(Ok(_)) | Message::Done(Ok(())) => {
                self.stepping_back = false;
                None
            }
            Message::BookedFor(name, Ok(booked)) => Some(booked_words(&name, booked, cx)),
            Message::Edited(Ok(called)) => {
                self.session = None;
                Some(Ok(called.map_or_else(|| cx.tr("session-saved"), |n| count("session-cancelled", n))))
            }
            Message::DayClosed(Ok(n)) => Some(Ok(count("clinic-closed-day", n))),
            Message::Called(Ok(_)) => None,
            Message::Printed(handed) => Some(document::words(handed, cx)),
            Message::CheckupFor(Ok(Some(resident))) => {
                let wish =
                    Wish { resident, source: Source::Staff, service: seed_id(CHECKUP), instead_of: None };
                return Action::Go(Route::Book(wish));
            }
            Message::Loaded(Err(e))
            | Message::Stepped(Err(e))
            | Message::BookedFor(_, Err(e))
            | Message::Edited(Err(e))
            | Message::DayClosed(Err(e))
            | Message::Called(Err(e))
            | Message::Done(Err(e))
            | Message::CheckupFor(Err(e)) => return self.fail(&e, cx),
            _ => None,
        };
        self.reload(cx)
    }

    pub(super) fn loaded(&mut self, data: Data) {
        let open = |ticket: &Ticket| (ticket.service_id, ticket.room.clone());
        if self.desk.is_none() {
            let session = data.sessions.iter().find(|s| s.cancelled.is_none());
            self.desk = data
                .queue
                .first()
                .map(open)
                .or_else(|| session.map(|session| (session.service_id, session.room.clone())));
        }
        self.data = Some(data);
    }
}
