//! Actions on bookings, sessions and the queue.

use daycare_core::appointment::{Booking, Status};
use daycare_core::ids::AppointmentId;
use iced::Task;

use super::super::picker::Picker;
use super::{Clinic, Edit, Message, Picking, QueueAction};
use crate::ui::screens::{Action, Ctx};

impl Clinic {
    pub(super) fn step(&mut self, message: &Message, cx: &Ctx) -> Action<Message> {
        let Some(appointment) = self.opened().map(|listed| listed.appointment.clone()) else {
            return Action::None;
        };
        let (actor, id) = (cx.actor(), appointment.id);
        let write = match *message {
            Message::Step(Status::Cancelled) => {
                cx.store.write(move |store| store.cancel_appointment(actor, id, ""))
            }
            Message::Step(next) => cx.store.write(move |store| store.set_appointment(actor, id, next)),
            Message::BackBecause(key) => {
                let reason = cx.tr(key);
                let earlier = match appointment.status {
                    Status::CheckedIn | Status::Arrived => Status::Booked,
                    _ if appointment.day == cx.clock.today() => Status::Arrived,
                    _ => Status::Booked,
                };
                cx.store.write(move |store| store.step_back(actor, id, earlier, &reason))
            }
            _ => return Action::None,
        };
        Action::Run(Task::perform(write, Message::Stepped))
    }

    pub(super) fn pick(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        let begin = |picking| {
            let (picker, task) = Picker::new(cx);
            (Some((picking, picker)), Action::Run(task.map(Message::Picker)))
        };
        match message {
            Message::Seat(slot) => {
                let action;
                (self.picking, action) = begin(Picking::Seat(*slot));
                action
            }
            Message::WalkIn => {
                let Some((service, _)) = self.desk else { return Action::None };
                let action;
                (self.picking, action) = begin(Picking::WalkIn(service));
                action
            }
            Message::Picker(message) => {
                let Some((picking, picker)) = &mut self.picking else { return Action::None };
                let Some(resident) = picker.update(message) else { return Action::None };
                let (actor, who, id) = (cx.actor(), resident.id, AppointmentId::new());
                let task = match picking.clone() {
                    Picking::Seat(slot) => {
                        let booking = Booking {
                            id,
                            resident_id: who,
                            session_id: slot.session_id,
                            starts_at: slot.starts_at,
                            instead_of: None,
                        };
                        let name = cx.addressed(&resident.profile.name, &resident.profile.called_by);
                        let write = cx.store.write(move |store| store.book(actor, &booking));
                        Task::perform(write, move |booked| Message::BookedFor(name.clone(), booked))
                    }
                    Picking::WalkIn(service) => {
                        let write = cx.store.write(move |store| store.walk_in(actor, id, who, service));
                        Task::perform(write, Message::Stepped)
                    }
                };
                self.picking = None;
                Action::Run(task)
            }
            _ => Action::None,
        }
    }

    pub(super) fn edit(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        if let Message::Edit(id) = message {
            let session = self.data.iter().flat_map(|data| &data.sessions).find(|s| s.id == id).cloned();
            let same = self.session.as_ref().is_some_and(|edit| edit.session.id == id);
            self.session = session.filter(|_| !same).map(|session| Edit {
                room: session.room.clone(),
                provider: session.provider.clone(),
                capacity: session.capacity,
                session,
            });
            return Action::None;
        }
        let Some(edit) = &mut self.session else { return Action::None };
        let (actor, id) = (cx.actor(), edit.session.id);
        let write = match message {
            Message::Room(room) => {
                edit.room = room;
                return Action::None;
            }
            Message::Provider(provider) => {
                edit.provider = provider;
                return Action::None;
            }
            Message::Capacity(seats) => {
                edit.capacity = seats.clamp(1, daycare_core::appointment::MOST_SEATS);
                return Action::None;
            }
            Message::EditSave => {
                let Edit { room, provider, capacity, .. } = edit.clone();
                cx.store.write(move |store| {
                    store.change_session(actor, id, (room.trim(), provider.trim()), capacity)?;
                    Ok(None)
                })
            }
            Message::EditCancel(key) => {
                let reason = cx.tr(key);
                cx.store.write(move |store| store.cancel_session(actor, id, &reason).map(Some))
            }
            Message::EditReopen => cx.store.write(move |store| {
                store.reopen_session(actor, id)?;
                Ok(None)
            }),
            _ => return Action::None,
        };
        Action::Run(Task::perform(write, Message::Edited))
    }

    pub(super) fn queue_action(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        let actor = cx.actor();
        match message {
            Message::CallNext => {
                let Some((service, room)) = self.desk.clone() else { return Action::None };
                let after = self.called().map(|ticket| ticket.id);
                let write = cx.store.write(move |store| store.call_next(actor, service, &room, after));
                Action::Run(Task::perform(write, Message::Called))
            }
            Message::Number(id, action) => {
                let write = cx.store.write(move |store| match action {
                    QueueAction::Recall => store.recall(actor, id).map(drop),
                    QueueAction::Skip => store.skip(actor, id).map(drop),
                    QueueAction::Requeue => store.requeue(actor, id).map(drop),
                    QueueAction::Move(room) => store.move_ticket(actor, id, &room).map(drop),
                    QueueAction::Finish => store.finish_ticket(actor, id),
                });
                Action::Run(Task::perform(write, Message::Done))
            }
            _ => Action::None,
        }
    }
}
