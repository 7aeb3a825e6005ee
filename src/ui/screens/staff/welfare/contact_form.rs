//! Recording a call or visit.

use chrono::Days;
use daycare_core::care_plan::Risk;
use daycare_core::ids::{ResidentId, WelfareCheckId};
use daycare_core::welfare::{Check, CheckWay};
use iced::Task;

use super::super::revealed::Revealed;
use super::{AWAY_DAYS, Message, Open, Welfare};
use crate::ui::screens::{Action, Ctx};

impl Welfare {
    /// Handles the form of a contact.
    pub(super) fn fill_in(&mut self, message: Message) {
        let Some(open) = &mut self.open else { return };
        match message {
            Message::Way(way) => open.way = way,
            Message::Result(result) => open.result = Some(result),
            Message::Away(by) => open.away_days = open.away_days.saturating_add_signed(by).clamp(1, 365),
            Message::Note(note) => open.note = note,
            _ => {}
        }
    }

    pub(super) fn select(&mut self, who: ResidentId, cx: &Ctx) -> Action<Message> {
        if self.open.as_ref().is_some_and(|open| open.who == who) {
            self.open = None;
            return Action::None;
        }
        self.notice = None;
        self.open = Some(Open {
            who,
            checks: vec![],
            way: CheckWay::Phone,
            result: None,
            away_days: AWAY_DAYS,
            note: String::new(),
            revealed: Revealed::default(),
        });
        let read = cx.store.read(move |store| store.welfare_checks(who));
        Action::Run(Task::perform(read, move |checks| Message::Checks(who, checks)))
    }

    pub(super) fn reveal(&mut self, cx: &Ctx) -> Action<Message> {
        let Some(open) = &mut self.open else { return Action::None };
        Action::Run(open.revealed.show(open.who.into(), cx, Message::PhoneNoted))
    }

    pub(super) fn save(&mut self, cx: &Ctx) -> Action<Message> {
        let Some(open) = &self.open else { return Action::None };
        let Some(result) = open.result else { return Action::None };
        let check = Check {
            id: WelfareCheckId::new(),
            at: cx.clock.now(),
            way: open.way,
            result,
            note: open.note.trim().to_owned(),
            by: String::new(),
        };
        let until = cx.clock.today().checked_add_days(Days::new(open.away_days));
        let (actor, who) = (cx.actor(), open.who);
        let write = cx.store.write(move |store| store.add_welfare_check(actor, who, &check, until));
        Action::Run(Task::perform(write, Message::Saved))
    }

    pub(super) fn class(&mut self, risk: Risk, cx: &Ctx) -> Action<Message> {
        let Some(open) = &self.open else { return Action::None };
        let (actor, who) = (cx.actor(), open.who);
        let write = cx.store.write(move |store| {
            let mut plan = store.care_plan(who)?;
            plan.risk = Some(risk);
            store.put_care_plan(actor, who, &plan)
        });
        Action::Run(Task::perform(write, Message::Saved))
    }
}
