//! Shifts and hours: corrections, late entries, statements.

use chrono::NaiveDate;
use daycare_core::ids::ShiftId;
use daycare_core::volunteer::Correction;
use iced::Task;

use super::super::visit_form::VisitForm;
use super::{Message, Volunteers, last_of};
use crate::reports::time_bank::Statement;
use crate::ui::screens::document::Document;
use crate::ui::screens::{Action, Ctx};

impl Volunteers {
    pub(super) fn shift(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        let (now, zone, actor) = (cx.clock.local(), cx.clock.zone(), cx.actor());
        match message {
            Message::Correct(id) => {
                let shifts = self.data.as_ref().into_iter().flat_map(|data| &data.shifts);
                let found = shifts.into_iter().find(|listed| listed.shift.id == id);
                self.form = found.map(|listed| {
                    let span = (listed.shift.started_at, listed.shift.ended_at);
                    (Some(id), VisitForm::of_span(span, zone, now))
                });
            }
            Message::Late => self.form = Some((None, VisitForm::late_span(now))),
            Message::Form(message) => {
                if let Some((_, form)) = &mut self.form {
                    form.update(&message);
                }
            }
            Message::SaveForm => return self.save_form(cx),
            Message::StrikeOut(id) => {
                let why = cx.tr("reason-mistaken");
                let write = cx.store.write(move |store| store.strike_out_shift(actor, id, &why).map(drop));
                return Action::Run(Task::perform(write, |done| Message::Written("vol-struck", done)));
            }
            _ => {}
        }
        Action::None
    }

    pub(super) fn save_form(&mut self, cx: &Ctx) -> Action<Message> {
        let (Some((corrects, form)), Some(worker)) = (&self.form, self.open) else { return Action::None };
        let Some(written) = form.correction(cx) else {
            self.notice = Some(Err(cx.tr("form-reason")));
            return Action::None;
        };
        let (corrects, actor) = (*corrects, cx.actor());
        let shifts = self.data.as_ref().into_iter().flat_map(|data| &data.shifts);
        let duty_id = shifts.into_iter().find(|l| Some(l.shift.id) == corrects).and_then(|l| l.shift.duty_id);
        let with = Correction {
            new_id: ShiftId::from(written.new_id.uuid()),
            started_at: written.arrived_at,
            ended_at: written.left_at,
            duty_id,
            reason: written.reason,
        };
        let write = cx.store.write(move |store| match corrects {
            Some(old) => store.correct_shift(actor, old, &with).map(drop),
            None => store.enter_shift_late(actor, worker, &with).map(drop),
        });
        Action::Run(Task::perform(write, |done| Message::Written("prog-saved", done)))
    }

    /// Prints the statement of the month shown, with the hours served before.
    pub(super) fn statement(&mut self, cx: &Ctx) -> Action<Message> {
        let Some(worker) = self.open else { return Action::None };
        let (from, to) = (self.month, last_of(self.month));
        let (centre, zone, made_on) = (cx.centre.name.clone(), cx.clock.zone(), cx.clock.today());
        let team = self.opened().map(|volunteer| volunteer.team_id);
        let name = self.name_of(worker).unwrap_or_default().to_owned();
        let read = cx.store.read(move |store| {
            let earlier =
                store.shifts(NaiveDate::default(), from.pred_opt().unwrap_or(from), Some(worker))?;
            let team = store.teams()?.into_iter().find(|known| Some(known.id) == team);
            Ok(Box::new(Statement {
                centre,
                name,
                team: team.map(|team| team.name).unwrap_or_default(),
                from,
                to,
                made_on,
                carried: earlier.iter().map(|listed| listed.shift.minutes()).sum(),
                shifts: store.shifts(from, to, Some(worker))?,
                zone,
            }))
        });
        Action::Run(Task::perform(read, Message::Stated))
    }

    pub(super) fn stated(&self, statement: Box<Statement>) -> Action<Message> {
        let name = format!("time-bank-{}", self.month.format("%Y-%m"));
        Action::Print(Document::pdf(name, move || statement.pdf(), Message::Filed))
    }
}
