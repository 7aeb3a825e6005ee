//! Volunteers and teams being changed.

use daycare_core::activity::Team;
use daycare_core::card::{CardCode, Holder};
use daycare_core::ids::TeamId;
use iced::Task;

use super::super::picker::Picker;
use super::super::revealed;
use super::{Message, Volunteers};
use crate::reports::card;
use crate::ui::screens::document::Document;
use crate::ui::screens::{Action, Ctx};

impl Volunteers {
    /// The form of a team.
    pub(super) fn team(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::TeamOpened(team) => {
                let new = || Team { id: TeamId::new(), name: String::new() };
                self.team = Some(team.unwrap_or_else(new));
            }
            Message::TeamName(name) => {
                if let Some(team) = &mut self.team {
                    team.name = name;
                }
            }
            _ => {
                let Some(team) = self.team.clone() else { return Action::None };
                let actor = cx.actor();
                let write = cx.store.write(move |store| store.put_team(actor, &team));
                return Action::Run(Task::perform(write, |done| Message::Written("prog-saved", done)));
            }
        }
        Action::None
    }

    /// The form shows the full phone number, so opening it is recorded.
    pub(super) fn edit(&mut self, cx: &Ctx) -> Action<Message> {
        self.draft = self.opened().cloned();
        match self.draft.as_ref().filter(|volunteer| !volunteer.phone.is_empty()) {
            Some(volunteer) => Action::Run(revealed::note(volunteer.id.into(), cx, Message::PhoneNoted)),
            None => Action::None,
        }
    }

    pub(super) fn change(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        let Some(draft) = &mut self.draft else { return Action::None };
        match message {
            Message::Name(name) => draft.name = name,
            Message::Phone(phone) => draft.phone = phone,
            Message::Team(team) => draft.team_id = team,
            Message::Unlink => draft.resident_id = None,
            Message::Link => {
                let (picker, task) = Picker::new(cx);
                self.picker = Some(picker);
                return Action::Run(task.map(Message::Picker));
            }
            Message::Picker(message) => {
                if let Some(resident) = self.picker.as_mut().and_then(|picker| picker.update(message)) {
                    draft.resident_id = Some(resident.id);
                    draft.name.clone_from(&resident.profile.name);
                    draft.phone.clone_from(&resident.profile.phone);
                    self.picker = None;
                }
            }
            _ => {}
        }
        Action::None
    }

    pub(super) fn save(&mut self, cx: &Ctx) -> Action<Message> {
        let Some(draft) = self.draft.clone() else { return Action::None };
        let actor = cx.actor();
        let write = cx.store.write(move |store| store.put_volunteer(actor, &draft));
        Action::Run(Task::perform(write, |done| Message::Written("prog-saved", done)))
    }

    pub(super) fn account(&mut self, message: &Message, cx: &Ctx) -> Action<Message> {
        let Some(id) = self.opened().map(|volunteer| volunteer.id) else { return Action::None };
        let actor = cx.actor();
        let task = match message {
            Message::SetPin => {
                let pin = std::mem::take(&mut self.pin);
                let write = cx.store.write(move |store| store.set_volunteer_pin(actor, id, &pin));
                Task::perform(write, |done| Message::Written("vol-pin-set", done))
            }
            Message::Issue => {
                let write = cx.store.write(move |store| {
                    let code = CardCode::from_random(store.random_bits()?);
                    store.issue_card(actor, Holder::Volunteer(id), &code)
                });
                Task::perform(write, |done| Message::Written("vol-card-issued", done))
            }
            Message::SaveCard => {
                let cards = self.data.as_ref().into_iter().flat_map(|data| &data.cards);
                let valid = cards.into_iter().find(|card| card.revoked_at.is_none());
                let Some(code) = valid.map(|card| card.code.clone()) else { return Action::None };
                let document = Document::pdf(card::stem(&code), move || card::png(&code), Message::Filed);
                return Action::Save(document.ending("png"));
            }
            _ => {
                self.open = None;
                let write = cx.store.write(move |store| store.archive_volunteer(actor, id));
                Task::perform(write, |done| Message::Written("vol-archived", done))
            }
        };
        Action::Run(task)
    }
}
