//! The poster and the calendar file of the plan; cancelling occurrences and ending
//! activities.

use chrono::NaiveDate;
use daycare_core::activity::Affected;
use iced::Task;

use super::form;
use super::{Message, Programme, later, monday};
use crate::reports::ics;
use crate::reports::poster::{Poster, Sheet};
use crate::ui::screens::document::Document;
use crate::ui::screens::{Action, Ctx};

impl Programme {
    pub(super) fn poster(&mut self, sheet: Sheet, cx: &Ctx) -> Action<Message> {
        let Some(data) = self.data.as_ref() else { return Action::None };
        let from = monday(self.day);
        let within = |day: NaiveDate| (from..=later(from, 6)).contains(&day);
        let poster = Poster {
            centre: cx.centre.name.clone(),
            monday: from,
            sheet,
            listed: data.listed.iter().filter(|l| within(l.occurrence.held_on)).cloned().collect(),
            closures: data.closures.iter().filter(|closure| within(closure.day)).cloned().collect(),
        };
        Action::Print(Document::pdf(format!("poster-{from}"), move || poster.pdf(), Message::Saved))
    }

    pub(super) fn feed(cx: &Ctx) -> Action<Message> {
        let (today, now, zone) = (cx.clock.today(), cx.clock.now(), cx.clock.zone());
        let centre = cx.centre.name.clone();
        let read = cx.store.read(move |store| {
            let all = store.activities(today, later(today, ics::FEED_DAYS))?;
            Ok(ics::feed(&all, &centre, now, zone).into_bytes())
        });
        let make = move || futures::executor::block_on(read);
        Action::Save(Document::pdf(format!("activities-{today}"), make, Message::Saved).ending("ics"))
    }

    /// Cancels one occurrence, ends the activity from it on, or restores a cancelled occurrence.
    pub(super) fn give_up(&mut self, message: &Message, cx: &Ctx) -> Action<Message> {
        let Some(listed) = self.opened().cloned() else { return Action::None };
        let (actor, key) = (cx.actor(), listed.occurrence.key);
        match message {
            Message::CancelBecause(reason) => {
                let change = form::change_of(&listed, Some(cx.tr(reason)));
                let write = cx.store.write(move |store| store.change_occurrence(actor, &change));
                Action::Run(Task::perform(write, |done| Message::Changed("prog-cancelled", done)))
            }
            Message::EndBecause(reason) => {
                let why = cx.tr(reason);
                let write = cx.store.write(move |store| store.end_activity(actor, key, &why));
                Action::Run(Task::perform(write, |done| Message::Changed("prog-ended", done)))
            }
            _ => {
                let write = cx
                    .store
                    .write(move |store| store.restore_occurrence(actor, key).map(|()| Affected::default()));
                Action::Run(Task::perform(write, |done| Message::Changed("prog-restored", done)))
            }
        }
    }
}
